import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_nlp.errors import ReadingError
from danvan_nlp.reading import decode
from danvan_nlp.reading.text import read_text

TEXT = "Báo cáo số 12-BC/HU, ngày 5 tháng 6 năm 2019 của Huyện uỷ về công tác tiếp dân, đối thoại.\r\nHết."


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16 without mark", "utf-16 big endian"],
)
def test_unicode_files_give_their_text_unchanged(data: bytes) -> None:
    assert decode(data) == TEXT


def test_windows_1258_is_recognised_by_its_vietnamese_letters() -> None:
    written = "Công tác dân vâ\u0323n của huyê\u0323n năm 2005, tiếp dân đi\u0323nh kỳ ta\u0323i tru\u0323 sở".encode(
        "cp1258", "ignore"
    )
    assert "Công tác dân" in decode(written)


@pytest.mark.parametrize(
    ("data", "code", "remedy"),
    [
        (b"", "empty", "export the report again"),
        (b" \n\t ", "empty", "export the report again"),
        ("\u00a0\n".encode(), "empty", "export the report again"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "not_text", "save the report as .txt or .md"),
        (b"%PDF-1.7", "not_text", "save the report as .txt or .md"),
        (b"PK\x03\x04rest", "not_text", "save the report as .txt or .md"),
        (b"Bao cao\x00\x00 so 12", "nul_bytes", "export it again"),
        (b"abc \xff\xfe\xfd \x81\x8d" * 20, "invalid_encoding", "save the report as UTF-8"),
        (codecs.BOM_UTF8 + b"\xff\xff", "invalid_encoding", "save the file again as UTF-8"),
    ],
)
def test_what_is_no_report_is_refused_with_a_reason_and_a_way_out(data: bytes, code: str, remedy: str) -> None:
    with pytest.raises(ReadingError, match=f"; {remedy}") as raised:
        decode(data)
    assert raised.value.code == code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1258"])
def test_a_line_too_long_is_left_out_and_told(encoding: str) -> None:
    long = "Huyên uy tiêp 12 lươt công dân. " * 40_000
    read = read_text(f"I. KÊT QUA\nĐôi thoai 5 cuôc.\n{long}\nHêt.\n".encode(encoding))
    assert read.text == "I. KÊT QUA\nĐôi thoai 5 cuôc.\n\nHêt.\n"
    (notice,) = read.notices
    assert notice.error == "line_too_long"
    assert f"line 3 ({len(long):,} characters)" in notice.message


def test_a_file_of_nothing_but_a_line_too_long_is_refused() -> None:
    with pytest.raises(ReadingError) as raised:
        read_text(b"x" * 1_000_001)
    assert raised.value.code == "line_too_long"


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_reading_error(data: bytes) -> None:
    try:
        text = decode(data)
    except ReadingError:
        return
    assert text.strip()


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00\ufeff"), min_size=1).filter(str.strip))
def test_utf8_text_is_never_altered(text: str) -> None:
    # A leading "GIF8" or "%PDF" is taken for another format.
    assert decode(("Số " + text).encode()) == "Số " + text
