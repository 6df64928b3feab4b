"""Tables of docx, html and pdf: merged headers, merged labels and page breaks lose no figure on the way to the grid."""

from __future__ import annotations

import html
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from danvan_nlp.analysis import read
from danvan_nlp.indicators import extract, notices
from tests.reading.typeset import find_font

Cell = str | tuple[str, int, int]
"""A cell's text, with the rows and columns that it covers where these are several."""
Rows = list[list[Cell]]

_FRONT = ["TỈNH ỦY NẬM KHAO", "BÁO CÁO", "Sơ kết 05 năm thực hiện Kết luận số 114-KL/TW (2015 - 2020)", "PHỤ LỤC"]
_KN, _TC = "don_khieu_nai", "don_to_cao"
_CASES: dict[str, tuple[str, Rows, list[tuple[Any, ...]]]] = {
    "groups of columns under two merged cells": (
        "5.1. Đơn thư khiếu nại",
        [
            [("Đơn vị", 2, 1), ("Tiếp nhận, giải quyết", 1, 2), ("Vụ việc khởi kiện ra tòa", 1, 3)],
            ["Số đơn tiếp nhận", "Đã giải quyết", "Tổng số", "Tòa giữ nguyên QĐ", "Tòa hủy QĐ"],
            ["Cấp tỉnh", "120", "80 (90%)", "5", "", "1"],
            ["Cấp huyện", "", "40", "3", "3", ""],
        ],
        [
            (f"{_KN}_tiep_nhan", "cap_tinh", 120.0, None), (f"{_KN}_da_giai_quyet", "cap_tinh", 80.0, 90.0),
            ("khoi_kien_tong", "cap_tinh", 5.0, None), ("khoi_kien_huy", "cap_tinh", 1.0, None),
            (f"{_KN}_da_giai_quyet", "cap_huyen", 40.0, None), ("khoi_kien_tong", "cap_huyen", 3.0, None),
            ("khoi_kien_giu_nguyen", "cap_huyen", 3.0, None),
        ],
    ),
    "three rows of headers": (
        "3. Công tác kiểm tra, giám sát",
        [
            [("Cấp", 3, 1), ("Kiểm tra, giám sát", 1, 4)],
            [("Kiểm tra", 1, 2), ("Giám sát", 1, 2)],
            ["Số đoàn", "Số cuộc", "Số đoàn", "Số cuộc"],
            ["Cấp tỉnh", "3", "5", "1", ""],
            ["Cấp xã", "", "7", "", "2"],
        ],
        [
            ("so_doan_kiem_tra", "cap_tinh", 3.0, None), ("so_cuoc_kiem_tra", "cap_tinh", 5.0, None),
            ("so_doan_giam_sat", "cap_tinh", 1.0, None), ("so_cuoc_kiem_tra", "cap_xa", 7.0, None),
            ("so_cuoc_giam_sat", "cap_xa", 2.0, None),
        ],
    ),
    "a label merged over its rows, a title over its columns": (
        "5. Đơn thư",
        [
            ["Lĩnh vực", "Nội dung", "Số liệu"],
            [("Khiếu nại", 2, 1), "Số đơn tiếp nhận", "36"],
            ["Đã giải quyết", "18 (50%)"],
            [("Tố cáo", 2, 1), "Số đơn tiếp nhận", "4"],
            ["Đã giải quyết", "Không"],
        ],
        [
            (f"{_KN}_tiep_nhan", None, 36.0, None), (f"{_KN}_da_giai_quyet", None, 18.0, 50.0),
            (f"{_TC}_tiep_nhan", None, 4.0, None), (f"{_TC}_da_giai_quyet", None, 0.0, None),
        ],
    ),
    "several lines in a cell": (
        "2. Chức danh cán bộ được phân công phụ trách công tác dân vận",
        [
            ["UBND tỉnh", "UBND huyện"],
            ["- Cấp trưởng: 01\n- Cấp phó: 02", "- Cấp trưởng: 11\n- Cấp phó: 12"],
        ],
        [
            ("chuc_danh_cap_truong", "ubnd_tinh", 1.0, None), ("chuc_danh_cap_pho", "ubnd_tinh", 2.0, None),
            ("chuc_danh_cap_truong", "ubnd_huyen", 11.0, None), ("chuc_danh_cap_pho", "ubnd_huyen", 12.0, None),
        ],
    ),
}  # fmt: skip


def _placed(rows: Rows) -> tuple[dict[tuple[int, int], tuple[str, int, int]], int]:
    """Each cell at its upper left corner, and how many columns there are."""
    taken: set[tuple[int, int]] = set()
    cells = {}
    for r, row in enumerate(rows):
        c = 0
        for cell in row:
            text, tall, wide = cell if isinstance(cell, tuple) else (cell, 1, 1)
            while (r, c) in taken:
                c += 1
            taken |= {(r + i, c + j) for i in range(tall) for j in range(wide)}
            cells[r, c] = (text, tall, wide)
            c += wide
    return cells, max(c for _, c in taken) + 1


def _docx(title: str, rows: Rows) -> bytes:
    import docx

    cells, width = _placed(rows)
    made = docx.Document()
    for line in (*_FRONT, title):
        made.add_paragraph(line)
    table = made.add_table(rows=len(rows), cols=width)
    for (r, c), (text, tall, wide) in cells.items():
        table.cell(r, c).merge(table.cell(r + tall - 1, c + wide - 1)).text = text
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _html(title: str, rows: Rows) -> bytes:
    lines = [f"<p>{html.escape(line)}</p>" for line in (*_FRONT, title)]
    for row in rows:
        cells = [cell if isinstance(cell, tuple) else (cell, 1, 1) for cell in row]
        tags = (f"<td rowspan={t} colspan={w}>{html.escape(x).replace(chr(10), '<br>')}</td>" for x, t, w in cells)
        lines.append(f"<tr>{''.join(tags)}</tr>")
    body = "".join(lines[: len(_FRONT) + 1]) + f"<table>{''.join(lines[len(_FRONT) + 1 :])}</table>"
    return f"<html><head><meta charset='utf-8'></head><body>{body}</body></html>".encode()


def _pdf(title: str, rows: Rows, *, repeat: int = 0) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

    pdfmetrics.registerFont(TTFont("Body", find_font()))
    cells, width = _placed(rows)
    grid = [["" for _ in range(width)] for _ in rows]
    style: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), "Body", 9)]
    for (r, c), (text, tall, wide) in cells.items():
        grid[r][c] = text
        style.append(("SPAN", (c, r), (c + wide - 1, r + tall - 1)))
    body = ParagraphStyle("body", fontName="Body", fontSize=11, leading=15)
    out = io.BytesIO()
    story: list[Any] = [Paragraph(html.escape(line), body) for line in (*_FRONT, title)]
    story.append(Table(grid, style=TableStyle(style), repeatRows=repeat))
    SimpleDocTemplate(out, pagesize=A4).build(story)
    return out.getvalue()


_NEEDS_FONT = pytest.mark.skipif(find_font() is None, reason="needs a font with Vietnamese letters")
_MAKERS = [
    pytest.param("docx", _docx),
    pytest.param("html", _html),
    pytest.param("pdf", _pdf, marks=_NEEDS_FONT),
]


@pytest.mark.parametrize(("form", "make"), _MAKERS)
@pytest.mark.parametrize("name", _CASES)
def test_merged_cells_say_the_same_in_every_format(
    tmp_path: Path, form: str, make: Callable[[str, Rows], bytes], name: str
) -> None:
    title, rows, expected = _CASES[name]
    path = tmp_path / f"a.{form}"
    path.write_bytes(make(title, rows))
    found = extract(read(path))
    assert [(f.key, f.level, f.value, f.percent) for f in found] == expected
    assert notices(read(path)) == []


@_NEEDS_FONT
def test_a_table_broken_by_pages_is_read_as_one(tmp_path: Path) -> None:
    head: Rows = [[("Đơn vị", 2, 1), ("Kiểm tra", 1, 2)], ["Số đoàn", "Số cuộc"]]
    body: Rows = [[f"Xã Bản {chr(65 + n % 26)}{'aeiou'[n // 26]}n", str(n), str(2 * n)] for n in range(90)]
    path = tmp_path / "a.pdf"
    path.write_bytes(_pdf("3. Công tác kiểm tra", head + body, repeat=2))
    found = extract(read(path))
    for key, times in (("so_doan_kiem_tra", 1), ("so_cuoc_kiem_tra", 2)):
        assert [f.value for f in found if f.key == key] == [float(times * n) for n in range(90)]
    assert {f.level for f in found} == {"cap_xa"}
