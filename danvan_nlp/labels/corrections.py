"""A file of corrections, read and checked: which sentence or reference, and what it should say."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from danvan_nlp.errors import DataError, UsageError
from danvan_nlp.labels.judged import PATH_SIGN, Judged, judged_cells
from danvan_nlp.language.key import make_key
from danvan_nlp.tables.sheet import read_sheet, write_sheet

PLACE = ("sentence_id", "doc_id", "start", "end", "text_sha256")
_REFERENCE = ("ref_id", "target_id")
# For the person who fills the file in; nothing is read from them.
_SHOWN = ("headings", "predicted", "note")
_KNOWN = frozenset({*PLACE, *_REFERENCE, *_SHOWN, "yes", "no", "document_sha256", "text", "line"})
_TARGET = re.compile(r"[^@\s]+@[^@\s]+@(?:\d{4}|\?)")
NO_TARGET = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One row of a corrections file.

    Attributes
    ----------
    line : int
        Where it stands in its file.
    document_sha256 : str or None
        Digest of the document's text (not of its file), another way to name the document.
    target_id : str or None
        For a reference: the directive that it means; None where it means none.
    themes : mapping of str to bool
        Judged themes.
    """

    line: int
    sentence_id: str | None = None
    doc_id: str | None = None
    document_sha256: str | None = None
    start: int | None = None
    end: int | None = None
    text: str | None = None
    text_sha256: str | None = None
    ref_id: str | None = None
    target_id: str | None = None
    themes: Mapping[str, bool] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Where it belongs, for a message."""
        named = self.ref_id or self.sentence_id
        document = self.doc_id or self.document_sha256
        at = f"{document or 'any document'}, {self.start if self.start is not None else repr((self.text or '')[:40])}"
        return named or at


@dataclass(frozen=True, slots=True)
class Corrections:
    """Corrections by the document that they name; those that name a text alone belong to any."""

    by_doc_id: Mapping[str, tuple[Correction, ...]]
    by_text_hash: Mapping[str, tuple[Correction, ...]]
    anywhere: Mapping[str, tuple[Correction, ...]]

    def all(self) -> list[Correction]:
        """All of them, in the order of their file."""
        groups = (self.by_doc_id, self.by_text_hash, self.anywhere)
        return sorted((row for group in groups for rows in group.values() for row in rows), key=lambda row: row.line)


def same_words(text: str) -> str:
    """What a text is matched by: its key with every white space as one blank, so that NFC and NFD match.

    Examples
    --------
    >>> same_words("hoà  giải") == same_words("hòa giải")
    True
    """
    return " ".join(make_key(text).text.split())


def read_corrections(path: str | Path, themes: Collection[str], parents: Iterable[tuple[str, str]] = ()) -> Corrections:
    """Read a corrections file.

    A row names a sentence by ``sentence_id``, or by ``doc_id`` (or ``document_sha256``) with ``start``, or by its
    exact ``text``; a reference by ``ref_id``. Themes are judged in a column a theme (yes, no, or blank) or in the
    columns ``yes`` and ``no`` (keys in a list); ``target_id`` corrects a reference, ``none`` says that it has none.

    Parameters
    ----------
    path : path-like
        A CSV or XLSX file.
    themes : collection of str
        Keys of all themes.
    parents : iterable of (str, str)
        Themes and the theme that is set wherever they are.

    Raises
    ------
    UsageError
        The file does not exist, has a column of no meaning, or a row that names nothing or contradicts itself; the
        message names the line.
    """
    if not Path(path).is_file():
        raise UsageError(f"corrections file {path} does not exist; check the path given to --corrections")
    try:
        rows = read_sheet(path)
    except DataError as error:
        raise UsageError(str(error)) from error
    unknown = sorted({name for row in rows for name in row} - _KNOWN - set(themes))
    if unknown:
        raise UsageError(
            f"{path}: column {unknown[0]!r} is neither a theme of the model nor known; known are "
            f"{', '.join(sorted(_KNOWN - {'line'}))} and the themes {', '.join(sorted(themes))}; "
            "for a theme of your own give the model that knows it (--model)"
        )
    made = []
    pairs = tuple(parents)
    for row in rows:
        try:
            made.append(_correction(row, themes, pairs))
        except (DataError, ValueError) as error:
            raise UsageError(f"{path}, line {row['line']}: {error}") from error
    return _grouped([row for row in made if row.themes or row.ref_id])


def _correction(row: Mapping[str, str], themes: Collection[str], parents: Sequence[tuple[str, str]]) -> Correction:
    cells = {name: row.get(name, "").strip() or None for name in (*PLACE, *_REFERENCE, "document_sha256")}
    judged = judged_cells(row, themes)
    for child, parent in parents:
        if judged.get(child) and judged.get(parent) is False:
            raise DataError(f"{child} is yes and {parent} no; {parent} is set wherever {child} is")
    text = row.get("text") or None
    doc_id, ref_id, target = cells["doc_id"], cells["ref_id"], cells["target_id"]
    named = cells["sentence_id"] or ref_id
    if named and ":" not in named:
        raise DataError(f"{named!r} is no id of a sentence or reference, such as 0123456789abcdef:s:1042")
    if named:
        doc_id = named.split(":")[0]
    elif (doc_id or cells["document_sha256"]) and cells["start"] is None and text is None:
        raise DataError("names a document but no sentence; give start, or the sentence's text")
    elif not (doc_id or cells["document_sha256"] or text):
        raise DataError("names no sentence; give sentence_id, or doc_id and start, or the sentence's text, or ref_id")
    if ref_id and not target:
        raise DataError(f"ref_id without target_id; give the directive's id, or {NO_TARGET!r} where there is none")
    if target and not ref_id:
        raise DataError("target_id without ref_id; give the id of the reference that it corrects")
    if target and target != NO_TARGET and not _TARGET.fullmatch(target):
        raise DataError(f"target_id {target!r} is not of the form 114-KL/TW@TW@2015 (name@scope@year, ? for no year)")
    if ref_id and judged:
        raise DataError("corrects a reference and a sentence at once; give each a row")
    return Correction(
        line=int(row["line"]), sentence_id=cells["sentence_id"], doc_id=doc_id,
        document_sha256=cells["document_sha256"], start=_number(cells["start"], "start"),
        end=_number(cells["end"], "end"), text=text, text_sha256=cells["text_sha256"], ref_id=ref_id,
        target_id=None if target == NO_TARGET else target, themes=judged,
    )  # fmt: skip


def _number(cell: str | None, name: str) -> int | None:
    if cell is None:
        return None
    try:
        return int(cell)
    except ValueError as error:
        raise DataError(f"{name} is {cell!r}; give a whole number") from error


def _grouped(rows: Sequence[Correction]) -> Corrections:
    by_doc_id: dict[str, list[Correction]] = defaultdict(list)
    by_text_hash: dict[str, list[Correction]] = defaultdict(list)
    anywhere: dict[str, list[Correction]] = defaultdict(list)
    for row in rows:
        if row.doc_id:
            by_doc_id[row.doc_id].append(row)
        elif row.document_sha256:
            by_text_hash[row.document_sha256].append(row)
        else:
            anywhere[same_words(row.text or "")].append(row)
    return Corrections(*({k: tuple(v) for k, v in group.items()} for group in (by_doc_id, by_text_hash, anywhere)))


def write_corrections(
    path: str | Path, judged: Iterable[Judged], themes: Collection[str], *, by_text: bool = False
) -> None:
    """Write judged sentences as a corrections file.

    Parameters
    ----------
    by_text : bool
        Name sentences by their text alone, so that the corrections hold in any document, also an edited one.
    """
    rows = []
    for sentence in judged:
        row: dict[str, str | int | None] = {t: "yes" if said else "no" for t, said in sentence.themes.items()}
        if not by_text:
            row |= {name: getattr(sentence, name) for name in PLACE}
        rows.append({**row, "headings": PATH_SIGN.join(sentence.headings), "text": sentence.text})
    places = () if by_text else PLACE
    write_sheet(path, (*places, "headings", "text", *sorted(themes)), rows)
