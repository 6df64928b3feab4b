"""One appendix in the layouts of several converters gives the same statistics."""

import textwrap
from collections.abc import Callable, Iterator

import pytest

from danvan_nlp.structure import parse
from danvan_nlp.types import Source
from tests.structure import conversions

Rows = list[list[str]]
APPENDIX = conversions.CASES / "template-rows-province-2020.txt"
_LABELS = ("20", "Cấp ", "UBND", "Các", "Tỉnh")
_GRID = 14


def parts(text: str) -> Iterator[str | Rows]:
    """The text's lines, and the rows of its appendix's tables."""
    rows: Rows = []
    inside = False
    for line in text.split("\n"):
        inside = inside or line.startswith("PHỤ LỤC")
        if inside and "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            width = max(map(len, rows))
            yield [row + [""] * (width - len(row)) for row in rows]
            rows = []
        yield line


def pipes(rows: Rows) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])


def bars(rows: Rows) -> str:
    return "\n".join(" | ".join(row) for row in rows)


def grid(rows: Rows) -> str:
    rule = "+" + "+".join("-" * (_GRID + 2) for _ in rows[0]) + "+"
    lines = [rule]
    for row in rows:
        cells = [textwrap.wrap(cell, _GRID) for cell in row]
        for k in range(max(map(len, cells))):
            lines.append("| " + " | ".join((c[k] if k < len(c) else "").ljust(_GRID) for c in cells) + " |")
        lines.append(rule)
    return "\n".join(lines)


def aligned(width: int, gap: int, centred: bool) -> Callable[[Rows], str]:
    """Columns apart by blanks, cells wrapped over lines, as ``pdftotext -layout`` writes them."""

    def render(rows: Rows) -> str:
        n_header = next(i for i, row in enumerate(rows) if i and row[0].startswith(_LABELS))
        head = rows[:n_header]
        widths = [1] * len(rows[0])
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if not (r < n_header and any(other[c] for other in head[r + 1 :])):
                    widths[c] = max([widths[c], *map(len, textwrap.wrap(cell, width))])
        edges = [2]
        for column in widths:
            edges.append(edges[-1] + column + gap)
        return "\n".join(line for r, row in enumerate(rows) for line in _lines(row, rows[r + 1 : n_header], edges))

    def _lines(row: list[str], below: Rows, edges: list[int]) -> Iterator[str]:
        cells = []
        for c, cell in enumerate(row):
            end = c + 1
            while c and below and end < len(row) and not row[end] and any(other[end] for other in below):
                end += 1
            room = edges[end] - edges[c] - gap
            cells.append((edges[c], room, textwrap.wrap(cell, max(room, width))))
        for k in range(max(len(words) for _, _, words in cells)):
            line = [" "] * (edges[-1] + 60)
            for left, room, words in cells:
                if k < len(words):
                    at = left + max(0, (room - len(words[k])) // 2 if centred else 0)
                    line[at : at + len(words[k])] = words[k]
            yield "".join(line).rstrip()

    return render


LAYOUTS: dict[str, tuple[Callable[[Rows], str], float]] = {
    "Markdown pipes": (pipes, 1.0),
    "bars without edges": (bars, 1.0),
    "grid": (grid, 1.0),
    # A header of three rows whose groups touch one another is told apart by no blank.
    "aligned left": (aligned(12, 4, False), 0.96),
    "centred": (aligned(12, 4, True), 0.96),
    "wide, aligned left": (aligned(22, 3, False), 0.96),
    "wide, centred": (aligned(22, 3, True), 0.96),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_appendix_gives_the_same_statistics(layout: str) -> None:
    render, floor = LAYOUTS[layout]
    case = conversions.read_case(APPENDIX)
    text = "\n".join(part if isinstance(part, str) else render(part) for part in parts(case.text))
    score = conversions.indicators(APPENDIX, parse(Source(text, "txt", "")))
    assert score.value >= floor, score.errors
