"""Keywords in context."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from fnmatch import translate
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from danvan_nlp.corpus.index import Longs, TokenIndex, letter_starts
from danvan_nlp.errors import UsageError
from danvan_nlp.language.key import fold, make_key

if TYPE_CHECKING:
    import pandas as pd

    from danvan_nlp.corpus.corpus import Corpus

Kind = Literal["glob", "fixed", "bare", "regex", "directive"]
_HITS_AT_ONCE = 16_384
KINDS: tuple[Kind, ...] = ("glob", "fixed", "bare", "regex", "directive")
_PUNCTUATION = re.compile(r"(?<=\w)([,;:.!…)”\"]+)(?=\s|$)|(?:(?<=\s)|^)([(“\"]+)(?=\w)")


def kwic(
    corpus: Corpus,
    pattern: str | Iterable[str],
    *,
    window: int = 5,
    kind: Kind = "glob",
    limit: int | None = None,
) -> pd.DataFrame:
    """Find words, phrases or citations with the words around them.

    A pattern is cut at its blanks; its parts have to stand one after another in one sentence. Both sides are compared
    by their key: lower case, hoà as hòa, NFD as NFC. As in quanteda's ``kwic``, the context is a number of tokens on
    either side, here never beyond the sentence.

    Parameters
    ----------
    corpus : Corpus
        Where to look.
    pattern : str or iterable of str
        ``"đối thoại"``, ``"dân *"``; more than one may be given.
    window : int
        Words before and after.
    kind : {"glob", "fixed", "bare", "regex", "directive"}
        How each part is compared with a syllable of the text: with the wildcards ``*`` and ``?``; as it stands; with
        the wildcards and without the marks of either side (``doi thoai`` finds đối thoại); as a regular expression
        found anywhere in the syllable; or, for ``"directive"``, the whole pattern as a directive (id, number and
        symbol, title or alias), found wherever it is cited in whatever form.
    limit : int, optional
        At most so many rows, the first of the corpus.

    Returns
    -------
    pandas.DataFrame
        ``doc_id, sentence_id, start, end`` of the keyword, ``place, locality, admin_level, year``, ``pre``,
        ``keyword``, ``post`` as they stand in the text, ``pattern``; in the order of the corpus.

    Raises
    ------
    UsageError
        The pattern is empty or not a regular expression, the kind unknown, the window or limit negative.

    References
    ----------
    Benoit, K. et al. (2018). quanteda: An R package for the quantitative analysis of textual data. Journal of Open
    Source Software 3(30), 774; function ``kwic``.

    Examples
    --------
    >>> Corpus.from_run("demo").kwic("hoà giải")[["pre", "keyword", "post"]]  # doctest: +SKIP
    """
    import pandas as pd

    if kind not in KINDS:
        raise UsageError(f"unknown kind {kind!r}; choose one of {', '.join(KINDS)}")
    if window < 0:
        raise UsageError(f"window is {window}; give a number of words, 0 or more")
    if limit is not None and limit < 0:
        raise UsageError(f"limit is {limit}; give a number of rows, 0 or more")
    patterns = [pattern] if isinstance(pattern, str) else list(pattern)
    find = _citations if kind == "directive" else _matches
    found = [find(corpus, text, kind) for text in patterns]
    which = np.repeat(np.arange(len(found)), [len(f[0]) for f in found])
    tokens, lasts, starts, ends = (
        np.concatenate([np.asarray(f[i], np.int64) for f in found] or [np.empty(0, np.int64)]) for i in range(4)
    )
    order = np.lexsort((which, ends, tokens))[:limit]
    frame = _lines(corpus, tokens[order], lasts[order], starts[order], ends[order], window)
    return frame.assign(pattern=pd.array([*patterns, ""], dtype="string").take(which[order]))


Found = tuple[Longs, Longs, Longs, Longs]


def _matches(corpus: Corpus, pattern: str, kind: Kind) -> Found:
    """First token, last token, start and end of every match."""
    index = corpus.store.index
    at = match_syllables(index, pattern, kind)
    size = len(pattern_parts(pattern, kind))
    token = index.syllables.token
    at = at[corpus.selected[index.sentence[token[at]]]]
    last = at + size - 1
    start, end = index.spans(at, last)
    return token[at].astype(np.int64), token[last].astype(np.int64), start, end


def pattern_parts(pattern: str, kind: Kind) -> list[str]:
    """A pattern as the syllables it is made of.

    Examples
    --------
    >>> pattern_parts("Quốc phòng, an ninh", "glob")
    ['quốc', 'phòng', ',', 'an', 'ninh']
    """
    if kind == "regex":
        return make_key(pattern).text.split()
    return _PUNCTUATION.sub(r" \1\2 ", fold(pattern)).split()


def match_syllables(index: TokenIndex, pattern: str, kind: Kind = "glob") -> Longs:
    """Where in the stream of syllables a pattern begins; its parts stand in one sentence.

    Raises
    ------
    UsageError
        The pattern is empty, or not a regular expression.
    """
    parts = pattern_parts(pattern, kind)
    if not parts:
        raise UsageError("the pattern is empty; give at least one word")
    stream = index.syllables
    tables = [_table(stream.vocabulary, part, kind) for part in parts]
    if not len(stream.piece):
        return np.empty(0, np.int64)
    first, *others = (table[stream.pieces] for table in tables)
    at = np.flatnonzero(first[stream.piece[: len(stream.piece) - len(parts) + 1]])
    for step, table in enumerate(others, 1):
        at = at[table[stream.piece[at + step]]]
    sentence = index.sentence
    here: Longs = at[sentence[stream.token[at]] == sentence[stream.token[at + len(parts) - 1]]]
    return here


def _table(vocabulary: list[str], part: str, kind: Kind) -> npt.NDArray[np.bool_]:
    """Which syllables a part of the pattern fits."""
    test: Callable[[str], object]
    if kind == "bare":
        return _table([_unmarked(word) for word in vocabulary], _unmarked(part), "glob")
    if kind == "fixed" or (kind == "glob" and not set(part) & set("*?")):
        test = part.__eq__
    elif kind == "glob":
        # Only * and ? are wildcards; a bracket is a bracket.
        test = re.compile(translate(part.replace("[", "[[]"))).match
    else:
        try:
            test = re.compile(part, re.IGNORECASE).search
        except re.error as error:
            raise UsageError(f"{part!r} is no regular expression: {error}") from error
    return np.fromiter((bool(test(word)) for word in vocabulary), bool, len(vocabulary))


def _unmarked(word: str) -> str:
    """A syllable without the marks of its letters."""
    return unicodedata.normalize("NFKD", word.replace("đ", "d")).encode("ascii", "ignore").decode()


def _citations(corpus: Corpus, pattern: str, kind: Kind) -> Found:
    """First token, last token, start and end of every citation of a directive."""
    store = corpus.store
    targets = store.targets(pattern)
    rows = store.reference_rows
    meant = np.array([t in targets for t in store.column("references", "target_id").to_pylist()], bool)
    keep = np.flatnonzero(meant & (rows >= 0)) if len(rows) else np.empty(0, np.int64)
    keep = keep[corpus.selected[rows[keep]]]
    starts = store.column("references", "start").to_numpy()[keep]
    ends = store.column("references", "end").to_numpy()[keep]
    index = store.index
    first, last = np.empty(len(keep), np.int64), np.empty(len(keep), np.int64)
    for n, (row, start, end) in enumerate(zip(rows[keep], starts, ends, strict=True)):
        low, high = index.first[row], index.first[row + 1]
        words = index.start[low:high]
        first[n] = low + max(np.searchsorted(words, start, "right") - 1, 0)
        last[n] = low + max(np.searchsorted(words, end, "left") - 1, 0)
    return first, last, starts, ends


def _lines(corpus: Corpus, first: Longs, last: Longs, starts: Longs, ends: Longs, window: int) -> pd.DataFrame:
    import pandas as pd
    import pyarrow as pa

    index = corpus.store.index
    rows = index.sentence[first].astype(np.int64)
    base = corpus.store.starts[rows]
    before = np.maximum(first - window, index.first[rows])
    after = np.minimum(last + window, index.first[rows + 1] - 1)
    left, right = index.start[before], index.start[after] + index.length[index.raw[after]]
    # A match may reach over a token's edge, a citation over the tokens that hold it: context never goes backwards.
    edges = np.stack([np.minimum(left, starts), starts, ends, np.maximum(right, ends)], axis=1) - base[:, None]
    texts = corpus.store.column("sentences", "text")
    blocks = [
        _cut(texts, rows[at : at + _HITS_AT_ONCE], edges[at : at + _HITS_AT_ONCE])
        for at in range(0, len(rows), _HITS_AT_ONCE)
    ]
    frame = corpus.rows(rows).assign(start=starts, end=ends)
    for n, name in enumerate(("pre", "keyword", "post")):
        pieces = pa.chunked_array([block[n] for block in blocks], pa.large_string())
        frame[name] = pd.array(pieces, dtype="string")
    return frame


def _cut(texts: Any, rows: Longs, edges: Longs) -> list[Any]:
    """The three pieces between four edges of each line, counted in the characters of its sentence."""
    import pyarrow as pa
    import pyarrow.compute as pc

    which = np.cumsum(np.append(True, rows[1:] != rows[:-1])) - 1
    block = texts.take(rows[np.flatnonzero(np.diff(which, prepend=-1))]).combine_chunks().cast(pa.large_string())
    offsets = np.frombuffer(block.buffers()[1], np.int64)[: len(block) + 1]
    data = np.frombuffer(block.buffers()[2], np.uint8)[: offsets[-1]]
    letters = letter_starts(data)
    bounds = np.concatenate([[0], np.cumsum(pc.utf8_length(block).to_numpy())])
    cuts = letters[np.clip(bounds[which, None] + edges, bounds[which, None], bounds[which + 1, None])]
    # The lines are copied out one behind another, so that each piece ends where the next begins.
    sizes = np.diff(cuts, axis=1).ravel()
    ends = np.concatenate([[0], np.cumsum(sizes)])
    taken = np.arange(ends[-1]) + np.repeat(cuts[:, 0] - ends[:-1:3], cuts[:, 3] - cuts[:, 0])
    lines = pa.LargeStringArray.from_buffers(len(sizes), pa.py_buffer(ends), pa.py_buffer(data[taken]))
    return [lines.take(pa.array(np.arange(n, len(lines), 3))) for n in range(3)]
