"""Archives of reports: what is read of them, what is refused, and that nothing is ever written."""

from __future__ import annotations

import stat
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from danvan_nlp.errors import ReadingError
from danvan_nlp.reading import find_inputs, read_source

from .make_formats import as_docx, sample
from .test_hostile import packed

TEXT = "I. KẾT QUẢ\n"


def outcome(path: Path) -> list[tuple[str, str]]:
    """Each file or problem of an archive: its name, and the format or the error's code."""
    paths, problems = find_inputs([path])
    rows = [(Path(problem.path).name, problem.error) for problem in problems]
    for found in paths:
        try:
            rows.append((found.name, read_source(found).format))
        except ReadingError as error:
            rows.append((found.name, error.code))
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    return rows


def locked() -> bytes:
    data = bytearray(packed({"a.txt": TEXT}))
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def linked(path: Path) -> None:
    entry = zipfile.ZipInfo("link.txt")
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, "/etc/passwd")


def overlapping() -> bytes:
    """Many entries of the directory that name one member: a bomb without an archive in an archive."""
    data = packed({"a.txt": TEXT * 1000})
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entries = data[start:end] * 999
    tail = bytearray(data[end:])
    tail[8:10] = tail[10:12] = (999).to_bytes(2, "little")
    tail[12:16] = len(entries).to_bytes(4, "little")
    return data[:start] + entries + bytes(tail)


@pytest.mark.parametrize(
    ("make", "rows"),
    [
        (lambda: packed({"in.zip": packed({"a.txt": TEXT})}), [("in.zip", "unsupported_format")]),
        (locked, [("a.txt", "encrypted")]),
        (overlapping, [("a.zip", "unsafe_archive")]),
        (lambda: packed({}), [("a.zip", "empty")]),
        (lambda: packed({"a.txt": b"\0" * (130 * 2**20)}), [("a.txt", "too_large")]),
        (lambda: as_docx(sample()), [("a.zip", "docx")]),
        (lambda: b"%PDF-1.7\n%%EOF", [("a.zip", "damaged")]),
        (TEXT.encode, [("a.zip", "unsupported_format")]),
        (lambda: packed({"y" * 300 + ".txt": TEXT, "~/á.txt": TEXT}), [("y" * 300 + ".txt", "txt"), ("á.txt", "txt")]),
    ],
    ids=["in an archive", "locked", "overlapping", "empty", "bomb", "a Word file", "a PDF", "a text", "long names"],
)  # fmt: skip
def test_each_member_is_read_or_a_problem(
    tmp_path: Path, make: Callable[[], bytes], rows: list[tuple[str, str]]
) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(make())
    assert sorted(outcome(path)) == sorted(rows)


def test_links_are_not_followed(tmp_path: Path) -> None:
    linked(tmp_path / "a.zip")
    assert outcome(tmp_path / "a.zip") == [("a.zip", "link")]


def test_members_of_one_name_are_a_problem(tmp_path: Path) -> None:
    with warnings.catch_warnings(), zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("a.txt", TEXT)
        archive.writestr("a.txt", TEXT)
    assert outcome(tmp_path / "a.zip") == [("a.zip", "repeated_name"), ("a.txt", "txt")]
