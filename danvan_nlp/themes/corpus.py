"""Reading the annotated corpus: one text file a document, one unit a line (corpora/README.md)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from danvan_nlp.themes.context import SentenceContext

CODES = {
    "cchc": "cai_cach_hanh_chinh",
    "tcd": "tiep_dan",
    "qcdc": "quy_che_dan_chu",
    "hc": "han_che",
    "nn": "nguyen_nhan",
    "ldcd": "lanh_dao_chi_dao",
    "ktgs": "kiem_tra_giam_sat",
    "tcbm": "to_chuc_bo_may",
    "ddcv": "dao_duc_cong_vu",
    "dvk": "dan_van_kheo",
    "mt": "mat_tran_doan_the",
    "ktxh": "kinh_te_xa_hoi",
    "bhkn": "bai_hoc_kinh_nghiem",
    "nvgp": "nhiem_vu_giai_phap",
}
_FRONT = re.compile(r"\+\+\+\n(.*?)\n\+\+\+\n", re.DOTALL)
_LINE = re.compile(r"\+?\[([^\]]*)\] ?(.*)$")
_MARKERS = (
    (0, re.compile(r"phần\s+(?:thứ|[ivx\d])", re.IGNORECASE)),
    (6, re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}")),
    (5, re.compile(r"\d{1,2}\.\d{1,2}")),
    (3, re.compile(r"[IVX]{1,5}\s*[.\-–)/:]")),
    (4, re.compile(r"\(?\d{1,2}\s*[.\-–)/:]")),
    (2, re.compile(r"[A-ZĐ]\s*[.\-–)]")),
    (7, re.compile(r"[a-zđ]\s*[.\-–)]")),
    (8, re.compile(r"[-+•*–]")),
)
_UNMARKED = 1
_MARKS = re.compile(r"[¹²³⁰⁴-⁹]+|\[\d{1,2}\]")
_MARK = re.compile(r"[¹²³⁰⁴-⁹]+|\[\d{1,2}\]|[\d*�(]+\)?\s")


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """One annotated document: the contexts of its sentences and the themes of each."""

    name: str
    writer: str
    sentences: tuple[SentenceContext, ...]
    themes: tuple[frozenset[str], ...]


def read_corpus(folder: str | Path) -> list[AnnotatedDocument]:
    """Read all documents of a folder, sorted by name.

    Raises
    ------
    ValueError
        Where the folder holds no document, or a line does not follow the format: names the file and the line.
    """
    documents = [_read(path) for path in sorted(Path(folder).glob("*.txt"))]
    if not documents:
        raise ValueError(f"{folder} holds no annotated document (*.txt)")
    return documents


def read_prose(path: str | Path) -> list[AnnotatedDocument]:
    """Read prose of other genres: one sentence a line, a blank line between texts, ``#`` before a remark."""
    lines = [line for line in Path(path).read_text(encoding="utf-8").split("\n") if not line.startswith("#")]
    texts = [block.split("\n") for block in "\n".join(lines).strip().split("\n\n")]
    made = []
    for i, text in enumerate(texts):
        name = f"other-{i:02}"
        sentences = tuple(SentenceContext(text=line, document=name) for line in text if line.strip())
        made.append(AnnotatedDocument(name, "", sentences, (frozenset(),) * len(sentences)))
    return made


def _read(path: Path) -> AnnotatedDocument:
    text = path.read_text(encoding="utf-8")
    front = _FRONT.match(text)
    if not front:
        raise ValueError(f"{path.name}: front matter between two lines '+++' is missing")
    units: list[tuple[str, str]] = []
    for number, line in enumerate(text[front.end() :].split("\n"), front[0].count("\n") + 1):
        if not line.strip():
            continue
        found = _LINE.match(line)
        if not found:
            raise ValueError(f"{path.name}, line {number}: wants '[themes] text', has {line[:40]!r}")
        units.append((found[1], found[2].replace("⏎", "\n").replace("⇥", "\t")))
    sentences, themes = [], []
    for tag, body, headings in with_headings(units):
        footnote = tag.startswith("footnote")
        codes = [code.strip() for code in tag.removeprefix("footnote").removeprefix(":").split(",") if code.strip()]
        if unknown := set(codes) - CODES.keys():
            raise ValueError(f"{path.name}: unknown themes {sorted(unknown)} in [{tag}] {body[:40]}")
        role = "footnote" if footnote else "sentence"
        sentences.append(SentenceContext(text=body, headings=headings, role=role, document=path.stem))
        themes.append(frozenset(CODES[code] for code in codes))
    writer = str(tomllib.loads(front[1]).get("writer", ""))
    return AnnotatedDocument(path.stem, writer, tuple(sentences), tuple(themes))


def with_headings(units: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str, tuple[str, ...]]]:
    """The sentences among (tag, text) pairs, each with the headings of the sections above it.

    ``heading``, ``admin`` and ``table`` are the tags of what is no sentence. The title is no section's heading: it
    names everything the report holds ("… nhiệm vụ năm 2020") and so says nothing of one sentence. A footnote has the
    headings of the sentence that bears its mark; where the marks are lost it has none, since footnotes may stand at
    the end of the report.

    Examples
    --------
    >>> units = [("heading", "BÁO CÁO"), ("heading", "công tác dân vận"), ("heading", "I. KẾT QUẢ"),
    ...          ("heading", "1. Tiếp dân"), ("", "Huyện tiếp 9 lượt¹."), ("heading", "II. NHIỆM VỤ"),
    ...          ("", "Tăng cường tiếp dân."), ("footnote", "¹ Trong đó có 2 lượt đột xuất.")]
    >>> [headings for _, _, headings in with_headings(units)]
    [('I. KẾT QUẢ', '1. Tiếp dân'), ('II. NHIỆM VỤ',), ('I. KẾT QUẢ', '1. Tiếp dân')]
    """
    open_: list[tuple[int, str]] = []
    marked: dict[str, tuple[str, ...]] = {}
    of_footnote: tuple[str, ...] = ()
    after_heading, in_title = False, True
    for tag, text in units:
        if tag == "heading":
            level = _level(text)
            in_title = in_title and level == _UNMARKED
            if in_title:
                continue
            _enter(open_, level, text, joins=after_heading)
            after_heading = True
        elif tag.startswith("footnote"):
            mark = _MARK.match(text)
            # A footnote's later sentences bear no mark and follow the first.
            of_footnote = marked.get(mark[0].strip(), ()) if mark else of_footnote
            yield tag, text, of_footnote
        elif tag not in ("admin", "table"):
            after_heading = in_title = False
            path = tuple(heading for _, heading in open_)
            marked.update(dict.fromkeys(_MARKS.findall(text), path))
            yield tag, text, path


def _enter(open_: list[tuple[int, str]], level: int, text: str, *, joins: bool) -> None:
    """Close the sections that a heading ends and open its own; an unmarked line after a heading continues it."""
    if level == _UNMARKED and joins and open_:
        open_[-1] = (open_[-1][0], f"{open_[-1][1]}\n{text}")
        return
    while open_ and open_[-1][0] >= level:
        open_.pop()
    open_.append((level, text))


def _level(heading: str) -> int:
    bare = heading.lstrip("#*_ ")
    return next((level for level, marker in _MARKERS if marker.match(bare)), _UNMARKED)
