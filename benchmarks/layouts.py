"""The same reports in another layout: edits of a text that carry its gold annotation along."""

from __future__ import annotations

import json
import re
import shutil
import textwrap
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from danvan_nlp.structure.lines.markers import parse_marker

Gold = list[dict[str, Any]]
Edit = tuple[int, int, str]

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_PLACES = {"Cao Bằng": "Lạng Sơn", "CAO BẰNG": "LẠNG SƠN", "Kon Tum": "Gia Lai", "KON TUM": "GIA LAI"}
_SLUGS = {"cao-bang": "lang-son", "kon-tum": "gia-lai"}


def crlf(text: str, gold: Gold) -> Iterator[Edit]:
    """Line ends as Windows writes them."""
    yield from ((m.start(), m.start(), "\r") for m in re.finditer("\n", text))


def markdown(text: str, gold: Gold) -> Iterator[Edit]:
    """Headings marked as a converter to Markdown marks them: ``##`` for the higher, ``**…**`` for the others."""
    for unit in gold:
        if unit["role"] != "heading" or "**" in unit["text"]:
            continue
        if parse_marker(unit["text"]).style == "roman":
            yield unit["start"], unit["start"], "## "
        elif "\n" not in unit["text"]:
            yield unit["start"], unit["start"], "**"
            yield unit["end"], unit["end"], "**"


def renumbered(text: str, gold: Gold) -> Iterator[Edit]:
    """``II.`` written ``B.``, ``1.`` written ``1)``, ``2.1.`` without its last full stop."""
    for unit in gold:
        marker = parse_marker(unit["text"])
        if unit["role"] not in ("heading", "sentence") or marker.markup:
            continue
        at = unit["start"] + unit["text"].index(marker.text) if marker.text else unit["start"]
        end = unit["start"] + marker.length
        if marker.style == "roman" and marker.ordinal is not None:
            yield at, end, "ABCDEĐGH"[marker.ordinal - 1] + ". "
        elif marker.style == "decimal1":
            yield at, end, marker.text + ") "
        elif marker.style == "decimal2":
            yield at, end, marker.text + " "


def old_tone_marks(text: str, gold: Gold) -> Iterator[Edit]:
    """``hòa`` written ``hoà`` and ``hoà`` written ``hòa``: each style replaced by the other."""
    pairs: dict[str, str] = {}
    for first, second in ("oa", "oe", "uy"):
        for tone in _TONES:
            new, old = (
                unicodedata.normalize("NFC", first + tone) + second,
                first + unicodedata.normalize("NFC", second + tone),
            )
            for swap in ({new: old, old: new}, {new.upper(): old.upper(), old.upper(): new.upper()}):
                pairs |= swap
    for m in re.finditer(r"(?<![qQ])(?:" + "|".join(pairs) + r")(?![^\W\d_])", text):
        yield m.start(), m.end(), pairs[m[0]]


def decomposed(text: str, gold: Gold) -> Iterator[Edit]:
    """NFD: letters and their marks apart."""
    for i, letter in enumerate(text):
        apart = unicodedata.normalize("NFD", letter)
        if apart != letter:
            yield i, i + 1, apart


def wrapped(text: str, gold: Gold) -> Iterator[Edit]:
    """Running text wrapped at 80 columns; rows of tables left as they are."""
    at = 0
    for line in text.split("\n"):
        if len(line) > 80 and "\t" not in line:
            position = 0
            pieces = textwrap.wrap(line, 80, break_long_words=False, break_on_hyphens=False)
            for piece in pieces[:-1]:
                position = line.index(piece, position) + len(piece)
                if line[position : position + 1] == " ":
                    yield at + position, at + position + 1, "\n"
        at += len(line) + 1


def elsewhere(text: str, gold: Gold) -> Iterator[Edit]:
    """Another province's name in place of the report's own."""
    for m in re.finditer("|".join(_PLACES), text):
        yield m.start(), m.end(), _PLACES[m[0]]


LAYOUTS: dict[str, Callable[[str, Gold], Iterator[Edit]]] = {
    "CRLF": crlf,
    "markdown": markdown,
    "renumbered": renumbered,
    "tone marks": old_tone_marks,
    "NFD": decomposed,
    "wrapped": wrapped,
    "elsewhere": elsewhere,
}


def rewrite(source: Path, target: Path, layout: str) -> None:
    """Write all reports of a folder with their gold in another layout.

    Parameters
    ----------
    source, target : Path
        Folders with NAME.txt, NAME.gold.jsonl and NAME.indicators.csv.
    layout : str
        A key of ``LAYOUTS``.
    """
    for path in sorted(source.glob("*.gold.jsonl")):
        name = path.name.removesuffix(".gold.jsonl")
        text = (source / f"{name}.txt").open(encoding="utf-8-sig", newline="").read()
        gold = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        edits = sorted(LAYOUTS[layout](text, gold))
        changed, moved = apply(text, edits)
        units = [carry(unit, changed, moved, layout) for unit in gold]
        with (target / f"{name}.txt").open("w", encoding="utf-8", newline="") as out:
            out.write(changed)
        lines = (json.dumps(unit, ensure_ascii=False) + "\n" for unit in units)
        (target / path.name).write_text("".join(lines), encoding="utf-8")
        if (source / f"{name}.indicators.csv").exists():
            shutil.copy(source / f"{name}.indicators.csv", target)


def apply(text: str, edits: list[Edit]) -> tuple[str, Callable[[int, bool], int]]:
    """Apply edits; return the text and the map of positions (for an end: before what is inserted there)."""
    pieces: list[str] = []
    starts, ends, shifts = [], [], [0]
    at = 0
    for start, end, new in edits:
        pieces += (text[at:start], new)
        at = end
        starts.append(start)
        ends.append(end)
        shifts.append(shifts[-1] + len(new) - (end - start))
    pieces.append(text[at:])

    def moved(position: int, is_end: bool) -> int:
        k = bisect_right(ends, position)
        while is_end and k and ends[k - 1] == starts[k - 1] == position:
            k -= 1
        return position + shifts[k]

    return "".join(pieces), moved


def carry(unit: dict[str, Any], text: str, moved: Callable[[int, bool], int], layout: str) -> dict[str, Any]:
    """One gold unit with its references and relations at their new places."""
    old = unit["text"]
    start, end = moved(unit["start"], False), moved(unit["end"], True)
    surfaces: dict[str, str] = {"self": "self"}
    refs = []
    for ref in unit.get("refs", ()):
        at = -1
        for _ in range(ref.get("nth", 0) + 1):
            at = old.find(ref["surface"], at + 1)
        a = moved(unit["start"] + at, False)
        b = moved(unit["start"] + at + len(ref["surface"]), True)
        surfaces[ref["surface"]] = text[a:b]
        nth = sum(1 for m in re.finditer(f"(?={re.escape(text[a:b])})", text[start:a]) if m)
        refs.append({**ref, "surface": text[a:b], "nth": nth})
    rels = [
        {**r, "from": surfaces.get(r["from"], r["from"]), "to": surfaces.get(r["to"], r["to"])}
        for r in unit.get("rels", ())
    ]
    made = {**unit, "start": start, "end": end, "text": text[start:end], "refs": refs, "rels": rels}
    if layout == "elsewhere":
        line = json.dumps(made, ensure_ascii=False)
        for here, there in (_PLACES | _SLUGS).items():
            line = line.replace(here, there)
        made = json.loads(line)
    return made
