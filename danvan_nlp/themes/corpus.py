"""The annotated corpus as training data: each sentence in the context that the reader of reports gives it."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path

from danvan_nlp.annotated import AnnotatedReport, AnnotatedUnit, read_annotated
from danvan_nlp.errors import DataError
from danvan_nlp.structure import parse
from danvan_nlp.themes.context import SentenceContext, reading_place, unit_headings
from danvan_nlp.types import Report, Source

# The corpus writes themes by short codes.
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


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """The sentences of one document in context, and the themes of each; ``writer`` is empty for other genres."""

    name: str
    writer: str
    sentences: tuple[SentenceContext, ...]
    themes: tuple[frozenset[str], ...]


def read_corpus(folder: str | Path) -> list[AnnotatedDocument]:
    """Read all annotated reports of a folder, sorted by name.

    Raises
    ------
    DataError
        The folder holds no report, or a line does not follow the format: names the file and the line.
    """
    paths = sorted(Path(folder).glob("*.txt"))
    if not paths:
        raise DataError(f"{folder} holds no annotated report (*.txt)")
    return [in_context(read_annotated(path)) for path in paths]


def in_context(annotated: AnnotatedReport) -> AnnotatedDocument:
    """Sentences and footnotes of an annotated report, under the headings that ``structure.parse`` finds."""
    text = annotated.text
    report = parse(Source(text, "txt", hashlib.sha256(text.encode()).hexdigest()))
    headings = unit_headings(report)
    judged = [(_place(report, u), u) for u in annotated.units if u.role in ("sentence", "footnote")]
    sentences, themes = [], []
    for place, unit in sorted(judged, key=lambda pair: (reading_place(report, pair[0]), pair[1].start)):
        context = SentenceContext(
            text=text[unit.start : unit.end],
            headings=headings[place],
            document=annotated.name,
        )
        sentences.append(context)
        themes.append(frozenset(_theme(code, annotated.name) for code in unit.themes))
    writer = str(annotated.about.get("writer", "?"))
    return AnnotatedDocument(annotated.name, writer, tuple(sentences), tuple(themes))


def _place(report: Report, unit: AnnotatedUnit) -> int:
    """Index of the parsed unit that covers the middle of an annotated one."""
    middle = (unit.start + unit.end) // 2
    return max(0, bisect_right(report.units, middle, key=lambda parsed: parsed.start) - 1)


def _theme(code: str, name: str) -> str:
    if code in CODES:
        return CODES[code]
    if code in CODES.values():
        return code
    raise DataError(f"{name}: unknown theme {code!r}; known are {', '.join(CODES)}")


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
