"""The door to spaCy: a ``Language`` whose tokenizer and components call the same functions as a run does."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from danvan_nlp import linking, references, themes
from danvan_nlp.language.tokens import tokenize_words
from danvan_nlp.structure import parse
from danvan_nlp.types import Source

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab


class WordTokenizer:
    """Words of a text as spaCy tokens; blanks that a space cannot stand for are tokens of their own."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Tokenize a text; ``doc.text`` is the text again."""
        from spacy.tokens import Doc

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


def load() -> Language:
    """Make a spaCy pipeline over this package's functions.

    Returns
    -------
    spacy.language.Language
        Its tokens keep document numbers whole. A ``Doc`` gets ``doc.sents``, ``doc.spans["references"]`` (label: the
        document's type; ``span._.target``: the id of the directive meant) and ``sent._.themes``, ``sent._.role``,
        ``sent._.scores``.

    Examples
    --------
    >>> doc = load()("I. KẾT QUẢ\\nHuyện đã quán triệt Kết luận số 114-KL/TW đến cán bộ.")
    >>> [span.text for span in doc.spans["references"]]
    ['Kết luận số 114-KL/TW']
    """
    import spacy

    _register()
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "danvan_nlp.words"}}})
    nlp.add_pipe("danvan_report")
    return nlp


def _register() -> None:
    """Register tokenizer, component and extension attributes once."""
    import spacy
    from spacy.language import Language
    from spacy.tokens import Span

    if spacy.registry.has("tokenizers", "danvan_nlp.words"):
        return
    spacy.registry.tokenizers("danvan_nlp.words", func=lambda: lambda nlp: WordTokenizer(nlp.vocab))
    for name, default in (("target", None), ("themes", ()), ("role", None), ("scores", {})):
        Span.set_extension(name, default=default)
    Language.component("danvan_report", func=read_report)


def read_report(doc: Doc) -> Doc:
    """Component: set sentence boundaries, themes and references of a ``Doc``."""
    from spacy.tokens import SpanGroup

    report = parse(Source(doc.text, "txt", ""))
    units = report.units
    starts = [token.idx for token in doc]
    opens = {bisect_right(starts, unit.start) - 1 for unit in units}
    for token in doc:
        token.is_sent_start = token.i in opens or token.i == 0
    mentions = references.find(doc.text, units)
    links = linking.link(mentions, text=doc.text, units=units, header=report.header, registry=linking.load_registry())
    group = SpanGroup(doc, name="references")
    for mention, link in zip(mentions, links, strict=True):
        span = doc.char_span(mention.start, mention.end, label=mention.type or "văn bản", alignment_mode="expand")
        span._.target = link.target
        group.append(span)
    doc.spans["references"] = group
    indexes, contexts = themes.contexts(report)
    taggings = dict(zip(indexes, themes.load_model().tag(contexts), strict=True))
    for sent in doc.sents:
        i = bisect_right([unit.start for unit in units], sent.start_char) - 1
        if i < 0:
            continue
        sent._.role = units[i].role
        if i in taggings:
            sent._.themes, sent._.scores = taggings[i].themes, taggings[i].scores
    return doc
