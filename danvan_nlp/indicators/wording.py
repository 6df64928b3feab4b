"""Labels compared by their words: without tone marks, abbreviations spelt out, slips of the scanner mended."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from danvan_nlp.indicators.catalogue import Catalogue, bare, catalogue

_SYLLABLE = re.compile(
    r"(?:[bghklmnprstvxdc]|ch|gh|gi|kh|ng|ngh|nh|ph|qu|th|tr)?[aeiouy]{1,3}(?:c|ch|m|n|ng|nh|p|t)?$|\d+$"
)
_LABEL_LIMIT = 600
_COMPACT = 9


@dataclass(frozen=True, slots=True)
class Wording:
    """A label ready for comparison: its words, each between blanks, and its letters run together."""

    words: str
    letters: str

    def has(self, phrase: str) -> bool:
        """Whether the label holds a phrase, given in bare words; lost or added blanks do not matter in a long one.

        Examples
        --------
        >>> read_label("Số đoànKT").has("doan kiem tra"), read_label("Số đơn").has("doan")
        (False, False)
        >>> read_label("Số đơn thưtồn đọng").has("ton dong")
        False
        >>> read_label("Thuộcthẩm quyền").has("thuoc tham quyen")
        True
        """
        if f" {phrase} " in self.words:
            return True
        run = phrase.replace(" ", "")
        return len(run) >= _COMPACT and run in self.letters

    def says(self, phrase: str) -> bool:
        """Whether the label is a phrase, whole.

        Examples
        --------
        >>> read_label("Thành:").says("thanh"), read_label("Không thành").says("thanh")
        (True, False)
        """
        return self.words.strip() == phrase

    def adds_only(self, words: frozenset[str], phrase: str) -> bool:
        """Whether the label has only such words, and numbers, beside a phrase.

        Examples
        --------
        >>> neutral = catalogue().indicators["don_khieu_nai_tiep_nhan"].neutral
        >>> [read_label(t).adds_only(neutral, "so don") for t in ("Số đơn khiếu nại của công dân", "Số đơn được rút")]
        [True, False]
        """
        rest = self.words.replace(f" {phrase} ", " ").split()
        return all(word in words or word.isdigit() or len(word) == 1 for word in rest)


@lru_cache(maxsize=50_000)
def read_label(text: str, known: Catalogue | None = None) -> Wording:
    """Make a label comparable.

    Parameters
    ----------
    text : str
        The label.
    known : Catalogue, optional
        The package's own by default.

    Examples
    --------
    >>> read_label("Số đoàn KT").words
    ' so doan kiem tra '
    >>> read_label("Khiêú nạí, tố caó").has("to cao")
    True
    """
    known = known or catalogue()
    spelt: list[str] = []
    for token in bare(text[:_LABEL_LIMIT]).split():
        if token in known.abbreviations:
            spelt.append(known.abbreviations[token])
        elif token in known.vocabulary or _SYLLABLE.match(token):
            spelt.append(token)
        else:
            spelt.append(_mended(token, known))
    words = f" {' '.join(spelt)} "
    for phrase, word in known.compounds.items():
        words = words.replace(f" {phrase} ", f" {word} ")
    if known.city:
        words = words.replace(" thanh pho ", f" {known.city} ").replace(" thanh uy ", f" {known.city} uy ")
    return Wording(words, words.replace(" ", ""))


def _mended(token: str, known: Catalogue) -> str:
    """The one known word that a misread word can stand for, where it is no Vietnamese syllable itself."""
    if len(token) < 4 or len(token) > 9:
        return token
    near = {word for piece in _deletions(token) for word in known.neighbours.get(piece, ())}
    return next(iter(near)) if len(near) == 1 else token


def _deletions(token: str) -> set[str]:
    return {token, *(token[:i] + token[i + 1 :] for i in range(len(token)))}
