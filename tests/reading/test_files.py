import os
from pathlib import Path

import pytest

from danvan_nlp.errors import ReadingError
from danvan_nlp.reading import find_inputs, read_source


def test_folders_are_read_in_the_order_of_names_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", ".hidden.txt", "sub/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    paths, problems = find_inputs([tmp_path])
    assert [path.relative_to(tmp_path).as_posix() for path in paths] == ["a.md", "b.txt", "sub/c.txt"]
    assert not problems


def test_a_file_named_twice_is_listed_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    paths, _ = find_inputs([tmp_path / "a.txt", tmp_path, str(tmp_path / "*.txt")])
    assert len(paths) == 1


def test_what_does_not_exist_is_a_problem_and_not_an_error(tmp_path: Path) -> None:
    paths, problems = find_inputs([tmp_path / "none.txt", str(tmp_path / "*.md")])
    assert not paths
    assert {problem.error for problem in problems} == {"not_found", "no_match"}


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="needs a user without rights over every folder"
)
def test_a_folder_without_permission_is_a_problem(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o000)
    try:
        _, problems = find_inputs([tmp_path])
        assert [problem.error for problem in problems] == ["unreadable_folder"]
    finally:
        locked.chmod(0o700)


def test_a_broken_link_and_an_unknown_type_say_what_to_do(tmp_path: Path) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to(tmp_path / "gone.txt")
    with pytest.raises(ReadingError, match="mend or remove"):
        read_source(link)
    (tmp_path / "scan.docx").write_bytes(b"PK\x03\x04")
    with pytest.raises(ReadingError, match="save as one of"):
        read_source(tmp_path / "scan.docx")


def test_carriage_returns_stay_in_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("I. Một\r\nHai".encode())
    assert read_source(tmp_path / "a.txt").text == "I. Một\r\nHai"
