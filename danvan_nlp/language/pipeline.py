"""The door to spaCy: a ``Language`` whose tokenizer and components call the same functions as a run does."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Callable
from functools import partial

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.vocab import Vocab

from danvan_nlp import linking, references, themes
from danvan_nlp.analysis import shared_registry
from danvan_nlp.language.tokens import tokenize_words
from danvan_nlp.paths import PathLike, Paths, listed
from danvan_nlp.structure import parse
from danvan_nlp.types import Source
from danvan_nlp.user_files import UserFiles


class WordTokenizer:
    """Words of a text as spaCy tokens; blanks that a space cannot stand for are tokens of their own."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Tokenize a text; ``doc.text`` is the text again."""
        report = parse(Source(text, "txt", ""))
        units = report.units
        segmented = tokenize_words([text[unit.start : unit.end] for unit in units])
        spans = [(u.start + a, u.start + b) for u, found in zip(units, segmented, strict=True) for a, b in found]
        words: list[str] = []
        spaces: list[bool] = []
        at = 0
        for start, end in [*spans, (len(text), len(text))]:
            if gap := text[at:start]:
                if gap[0] == " " and words:
                    spaces[-1] = True
                    gap = gap[1:]
                if gap:
                    words.append(gap)
                    spaces.append(False)
            if end > start:
                words.append(text[start:end])
                spaces.append(False)
            at = end
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, **kwargs: object) -> bytes:
        """Nothing to store: the words come from underthesea's model."""
        return b""

    def from_bytes(self, data: bytes, **kwargs: object) -> WordTokenizer:
        """Nothing to load."""
        return self

    def to_disk(self, path: object, **kwargs: object) -> None:
        """Nothing to store."""

    def from_disk(self, path: object, **kwargs: object) -> WordTokenizer:
        """Nothing to load."""
        return self


def make_words() -> Callable[[Language], WordTokenizer]:
    """What makes the tokenizer of a pipeline."""
    return lambda nlp: WordTokenizer(nlp.vocab)


def load(*, registry: Paths = (), model: PathLike | None = None) -> Language:
    """Make a spaCy pipeline over this package's functions.

    Parameters
    ----------
    registry : path-like or iterable of path-like
        Files with directives of the user's own, added to those of the package.
    model : path-like, optional
        Folder of a theme model that takes the place of the package's.

    Returns
    -------
    spacy.language.Language
        Its tokens keep document numbers whole. A ``Doc`` gets ``doc.sents``, ``doc.spans["references"]`` (label: the
        document's type; ``span._.target``: the id of the directive meant) and ``sent._.themes``, ``sent._.role``,
        ``sent._.scores``.

    Raises
    ------
    DataError
        A registry or the model is not what it should be.

    Examples
    --------
    >>> doc = load()("I. KẾT QUẢ\\nHuyện đã quán triệt Kết luận số 114-KL/TW đến cán bộ.")
    >>> [span.text for span in doc.spans["references"]]
    ['Kết luận số 114-KL/TW']
    """
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "danvan_nlp.words"}}})
    config = {"registry": listed(registry), "model": None if model is None else os.fspath(model)}
    nlp.add_pipe("danvan_report", config=config)
    return nlp


def read_report(nlp: Language, name: str, registry: list[str], model: str | None) -> Callable[[Doc], Doc]:
    """Factory of the component that sets sentence boundaries, themes and references of a ``Doc``."""
    known = shared_registry(UserFiles.of(registry).registry)
    return partial(_read, known=known, tagger=themes.load_model(model))


def _read(doc: Doc, *, known: linking.Registry, tagger: themes.Tagger) -> Doc:
    report = parse(Source(doc.text, "txt", ""))
    units = report.units
    starts = [token.idx for token in doc]
    opens = {bisect_right(starts, unit.start) - 1 for unit in units}
    for token in doc:
        token.is_sent_start = token.i in opens or token.i == 0
    mentions = references.find(doc.text, units)
    links = linking.link(mentions, text=doc.text, units=units, header=report.header, registry=known)
    group = SpanGroup(doc, name="references")
    for mention, link in zip(mentions, links, strict=True):
        span = doc.char_span(mention.start, mention.end, label=mention.type or "văn bản", alignment_mode="expand")
        span._.target = link.target
        group.append(span)
    doc.spans["references"] = group
    indexes, contexts = themes.contexts(report)
    taggings = dict(zip(indexes, tagger.tag(contexts), strict=True))
    for sent in doc.sents:
        i = bisect_right([unit.start for unit in units], sent.start_char) - 1
        if i < 0:
            continue
        sent._.role = units[i].role
        if i in taggings:
            sent._.themes, sent._.scores = taggings[i].themes, taggings[i].scores
    return doc


# spaCy imports this module by the entry points of pyproject.toml, so that it can load a pipeline that was stored.
spacy.registry.tokenizers("danvan_nlp.words", func=make_words)
Language.factory("danvan_report", default_config={"registry": [], "model": None}, func=read_report)
for _name, _default in (("target", None), ("themes", ()), ("role", None), ("scores", {})):
    if not Span.has_extension(_name):
        Span.set_extension(_name, default=_default)
