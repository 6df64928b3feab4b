"""The words of a run as integers: built once, searched many times.

Every token is the number of its type; a type is split into the syllables that its key holds, so that a phrase is found
however the segmenter cut it into words. Nothing is copied out of the text: ranges lead back to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from danvan_nlp.language.key import fold, make_key

if TYPE_CHECKING:
    import pyarrow as pa

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
_ROWS_AT_ONCE = 50_000
_INK = re.compile(r"\S+")


@dataclass(frozen=True)
class Syllables:
    """The stream of syllables behind the stream of tokens.

    Attributes
    ----------
    vocabulary : list of str
        Keys of the syllables, lower case.
    pieces : array of int32, shape (n_pieces,)
        Number in ``vocabulary`` of each syllable of each type of token, one type behind another.
    piece : array of int32, shape (n_syllables,)
        Which of the pieces each syllable of the stream is.
    token : array of int32, shape (n_syllables,)
        Token that each syllable belongs to.
    """

    vocabulary: list[str]
    pieces: Ints
    piece: Ints
    token: Ints

    @property
    def ids(self) -> Ints:
        """Number of each syllable of the stream in ``vocabulary``."""
        return np.asarray(self.pieces[self.piece], np.int32)


@dataclass(frozen=True)
class TokenIndex:
    """The tokens of all sentences, in the order of the table.

    Attributes
    ----------
    types : list of str
        Every distinct token as it stands in the texts.
    raw : array of int32, shape (n_tokens,)
        Number of each token in ``types``.
    start : array of int64, shape (n_tokens,)
        Where the token starts in its document.
    first : array of int64, shape (n_sentences + 1,)
        The first token of each sentence.
    """

    types: list[str]
    raw: Ints
    start: Longs
    first: Longs

    @cached_property
    def length(self) -> Ints:
        """Code points of each type."""
        return np.fromiter((len(t) for t in self.types), np.int32, len(self.types))

    @cached_property
    def _folded(self) -> tuple[list[str], Ints]:
        numbers: dict[str, int] = {}
        of_raw = [numbers.setdefault(fold(t), len(numbers)) for t in self.types]
        return list(numbers), np.array(of_raw, np.int32)

    @property
    def words(self) -> list[str]:
        """Keys of the word types: lower case, one style of tone marks, single blanks."""
        return self._folded[0]

    @cached_property
    def ids(self) -> Ints:
        """Number of each token in ``words``."""
        return np.asarray(self._folded[1][self.raw], np.int32)

    @cached_property
    def spelt(self) -> npt.NDArray[np.bool_]:
        """Which words hold a letter: the others are punctuation and figures."""
        return np.array([any(c.isalpha() for c in word) for word in self.words], bool)

    @cached_property
    def sentence(self) -> Ints:
        """Sentence of each token."""
        return np.repeat(np.arange(len(self.first) - 1, dtype=np.int32), np.diff(self.first))

    @cached_property
    def _pieces(self) -> tuple[list[str], Longs, Ints, Ints, Ints]:
        """Syllables of the types, one list behind another: vocabulary, first of each type, ids, ranges in the type."""
        numbers: dict[str, int] = {}
        bounds, ids, starts, ends = [0], [], [], []
        for text in self.types:
            key = make_key(text)
            for found in _INK.finditer(key.text):
                begin, end = key.to_source(*found.span())
                ids.append(numbers.setdefault(found[0].lower(), len(numbers)))
                starts.append(begin)
                ends.append(end)
            bounds.append(len(ids))
        of, a, b = (np.array(column, np.int32) for column in (ids, starts, ends))
        return list(numbers), np.array(bounds, np.int64), of, a, b

    @cached_property
    def syllables(self) -> Syllables:
        """Every token cut at its blanks."""
        vocabulary, bounds, ids, _, _ = self._pieces
        counts = np.diff(bounds)[self.raw]
        token = np.repeat(np.arange(len(self.raw), dtype=np.int32), counts)
        shift = bounds[:-1][self.raw] - (np.cumsum(counts) - counts)
        piece = np.repeat(shift, counts)
        piece += np.arange(len(piece))
        return Syllables(vocabulary, ids, piece.astype(np.int32), token)

    def spans(self, first: Longs, last: Longs) -> tuple[Longs, Longs]:
        """Ranges of the text from one syllable to another.

        Parameters
        ----------
        first, last : array of int64
            Numbers of syllables in the stream.

        Returns
        -------
        start, end : array of int64
            Code points in the documents.
        """
        *_, starts, ends = self._pieces
        return self._edge(first, starts), self._edge(last, ends)

    def _edge(self, syllable: Longs, edges: Ints) -> Longs:
        stream = self.syllables
        return np.asarray(self.start[stream.token[syllable]] + edges[stream.piece[syllable]], np.int64)


def build_index(texts: pa.ChunkedArray, tokens: pa.ChunkedArray, starts: Longs) -> TokenIndex:
    """Number the tokens of all sentences.

    Parameters
    ----------
    texts : chunked array of string, shape (n_sentences,)
        Text of each sentence.
    tokens : chunked array of list of [start, end], shape (n_sentences,)
        Ranges of its tokens in its document, in order, none overlapping another.
    starts : array of int64, shape (n_sentences,)
        Where each sentence starts in its document.

    Returns
    -------
    TokenIndex
        The index; time and memory grow with the number of tokens.
    """
    import pyarrow.compute as pc

    numbers: dict[str, int] = {}
    raw: list[Ints] = [np.empty(0, np.int32)]
    begins: list[Longs] = [np.empty(0, np.int64)]
    counts: list[Longs] = [np.empty(0, np.int64)]
    for at in range(0, len(starts), _ROWS_AT_ONCE):
        block = tokens.slice(at, _ROWS_AT_ONCE).combine_chunks()
        n = pc.list_value_length(block).to_numpy(zero_copy_only=False).astype(np.int64)
        edges = block.flatten().flatten().to_numpy(zero_copy_only=False)
        counts.append(n)
        begins.append(edges[::2].astype(np.int64))
        base = np.repeat(starts[at : at + _ROWS_AT_ONCE], n)
        strings = _slices(texts.slice(at, _ROWS_AT_ONCE).combine_chunks(), n, edges[::2] - base, edges[1::2] - base)
        raw.append(_number(strings, numbers))
    first = np.concatenate([[0], np.cumsum(np.concatenate(counts))]).astype(np.int64)
    return TokenIndex(list(numbers), np.concatenate(raw), np.concatenate(begins), first)


def _slices(texts: Any, counts: Longs, starts: Longs, ends: Longs) -> Any:
    """Tokens and the gaps between them, in turn, as one string array over the buffer of the texts."""
    import pyarrow as pa

    if not len(starts):
        return pa.array([], pa.string())
    offsets = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset : texts.offset + len(texts) + 1]
    data = np.frombuffer(texts.buffers()[2], np.uint8)[: offsets[-1]]
    letters = letter_starts(data)
    base = np.repeat(np.searchsorted(letters, offsets[:-1]), counts)
    edges = np.empty(2 * len(starts), np.int32)
    edges[::2], edges[1::2] = letters[base + starts], letters[base + ends]
    return pa.StringArray.from_buffers(len(edges) - 1, pa.py_buffer(edges), texts.buffers()[2])


def letter_starts(data: npt.NDArray[np.uint8]) -> Longs:
    """Where each character of UTF-8 begins, and where the last ends.

    Examples
    --------
    >>> letter_starts(np.frombuffer("vận".encode(), np.uint8)).tolist()
    [0, 1, 4, 5]
    """
    begins = np.ones(len(data) + 1, bool)
    # Every byte but those of the form 10xxxxxx begins a character.
    np.not_equal(data & 0xC0, 0x80, out=begins[:-1])
    return np.flatnonzero(begins)


def _number(strings: Any, numbers: dict[str, int]) -> Ints:
    encoded = strings.dictionary_encode()
    codes = encoded.indices.to_numpy(zero_copy_only=False)[::2]
    used = np.flatnonzero(np.bincount(codes, minlength=len(encoded.dictionary)))
    table = np.zeros(len(encoded.dictionary), np.int32)
    for code, text in zip(used, encoded.dictionary.take(used).to_pylist(), strict=True):
        table[code] = numbers.setdefault(text, len(numbers))
    return np.asarray(table[codes], np.int32)
