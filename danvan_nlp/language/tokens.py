"""Word tokens by underthesea's own model, with offsets; document numbers, dates and figures stay whole.

underthesea's ``word_tokenize`` returns strings and splits "114-KL/TW" into five of them. Here its pattern and its
CRF are called through offsets, with a pattern for document numbers put first; every other token is as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from danvan_nlp.language.key import make_key
from danvan_nlp.language.letters import UPPER

# 114-KL/TW, 04/2015/NĐ-CP, 23/CtrPH-UBND-BTTUBMTTQVN, "08 -CT/TU": a number, then a symbol of two capitals or more.
DOCUMENT_NUMBER = (
    rf"(?P<document>(?<![\w/])\d{{1,5}}[a-zA-Z]?(?:/\d{{4}})?\x20?[-/]\x20?[{UPPER}][{UPPER}a-zđ]*[{UPPER}]\w*"
    rf"(?:\x20?[-/&]\x20?[{UPPER}]\w*)*)"
)

_LONGEST_RUN = 5_000
# Half of a pair of UTF-16 is no character; the tagger cannot take it.
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class _Segmenter:
    """underthesea's token pattern, its token normaliser, and its trained tagger."""

    pattern: re.Pattern[str]
    normalize: Any
    featurizer: Any
    estimator: Any


@cache
def _segmenter() -> _Segmenter:
    from underthesea.models.fast_crf_sequence_tagger import FastCRFSequenceTagger
    from underthesea.pipeline.text_normalize import token_normalize
    from underthesea.pipeline.word_tokenize import regex_tokenize

    tagger = FastCRFSequenceTagger()
    tagger.load(str(files("underthesea.pipeline.word_tokenize") / "models" / "ws_crf_vlsp2013_20230727"))
    pattern = "(" + DOCUMENT_NUMBER + "|" + "|".join(regex_tokenize.regex_patterns) + ")"
    return _Segmenter(re.compile(pattern, re.VERBOSE), token_normalize, tagger.featurizer, tagger.estimator)


def _runs(features: list[list[str]]) -> Iterator[list[list[str]]]:
    """Pieces that the tagger is given at once: its features of a whole table in one cell would fill the memory."""
    for at in range(0, len(features), _LONGEST_RUN):
        yield features[at : at + _LONGEST_RUN]


def tokenize_words(sentences: Sequence[str]) -> list[list[tuple[int, int]]]:
    """Segment sentences into words.

    Parameters
    ----------
    sentences : sequence of str
        Sentences, each judged by itself.

    Returns
    -------
    list of list of tuple of int
        For each sentence the ranges of its words, in code points of the sentence; a word may hold blanks
        ("công tác") and no two words overlap.

    Examples
    --------
    >>> text = "Kết luận số 114-KL/TW, ngày 14/7/2015"
    >>> [text[a:b] for a, b in tokenize_words([text])[0]]
    ['Kết luận', 'số', '114-KL/TW', ',', 'ngày', '14/7/2015']
    """
    model = _segmenter()
    keys = [make_key(_HALF.sub("\ufffd", sentence)) for sentence in sentences]
    pieces = [[m.span() for m in model.pattern.finditer(key.text)] for key in keys]
    words: list[list[tuple[int, int]]] = []
    for key, spans in zip(keys, pieces, strict=True):
        if not spans:
            words.append([])
            continue
        features = [[model.normalize(key.text[a:b])] for a, b in spans]
        tags = [tag for run in _runs(features) for tag in model.estimator.tag(model.featurizer.process([run])[0])]
        joined: list[tuple[int, int]] = []
        for (a, b), tag in zip(spans, tags, strict=True):
            if tag == "I-W" and joined:
                joined[-1] = (joined[-1][0], b)
            else:
                joined.append((a, b))
        words.append([key.to_source(a, b) for a, b in joined])
    return words
