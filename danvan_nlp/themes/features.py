"""Features of a batch of sentences, in blocks: its own words, the headings above it, lexicon, references, role."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from danvan_nlp.language.key import fold
from danvan_nlp.themes.context import SentenceContext
from danvan_nlp.themes.grams import START, Grams, Ints, syllables
from danvan_nlp.themes.taxonomy import Taxonomy

Floats = npt.NDArray[np.float32]

_REFERENCE = re.compile(r"(?<![\w/.-])0*(\d{1,4}[a-c]?)\s?[-/]\s?((?:(?:19|20)\d\d[/-])?[a-zđ]{2,}(?:[-/][a-zđ\d]+)?)")
_HITS = 3
# Length of the tf-idf vector of a sentence of usual size.
_USUAL_NORM = 45.0


@dataclass(frozen=True, slots=True)
class Sparse:
    """Entries of a sparse matrix, rows in any order."""

    rows: Ints
    columns: Ints
    values: Floats


@dataclass(frozen=True, slots=True)
class Weights:
    """How much the blocks weigh against the sentence's own words (1.0); 0 leaves a block out.

    ``neighbour`` is that of the words of the sentences before and after.
    """

    heading: float = 0.3
    outer: float = 0.15
    lexicon: float = 0.5
    section: float = 0.5
    reference: float = 0.5
    role: float = 0.2
    neighbour: float = 0.5


@dataclass(frozen=True, slots=True)
class Featuriser:
    """Turns contexts into rows of features; the same code trains and tags.

    Columns are, one block after another: n-grams of the sentence, n-grams of the innermost heading, of the outer
    headings, lexicon hits a theme, hits in the innermost and the outer headings a theme, cited directives a theme,
    role.
    """

    grams: Grams
    idf: Floats
    heading_grams: Grams
    heading_idf: Floats
    lexicon: Grams
    lexicon_themes: Floats
    section: Grams
    section_themes: Floats
    references: dict[str, Ints]
    themes: tuple[str, ...]
    weights: Weights

    @property
    def blocks(self) -> dict[str, int]:
        """Name and number of columns of each block, in their order."""
        n = len(self.themes)
        sizes = [len(self.grams), len(self.heading_grams), len(self.heading_grams), n, n, n, n, 1]
        return dict(
            zip(("words", "heading", "outer", "lexicon", "section", "above", "reference", "role"), sizes, strict=True)
        )

    def __call__(self, sentences: Sequence[SentenceContext]) -> Sparse:
        """Features of a batch."""
        starts = np.cumsum([0, *self.blocks.values()])
        paths = {path: i for i, path in enumerate(dict.fromkeys(s.headings for s in sentences))}
        of_path = np.array([paths[s.headings] for s in sentences], dtype=np.int64)
        inner = [syllables(path[-1]) if path else [] for path in paths]
        outer = [[w for title in path[:-1] for w in (START, *syllables(title))] for path in paths]
        words = [[START, *syllables(s.text)] for s in sentences]
        weights, hg, hi = self.weights, self.heading_grams, self.heading_idf
        parts = [
            _weighed(self.grams, self.idf, words, 1.0),
            _spread(_weighed(hg, hi, inner, weights.heading), of_path, len(paths)),
            _spread(_weighed(hg, hi, outer, weights.outer), of_path, len(paths)),
            self._hits(self.lexicon, self.lexicon_themes, words, weights.lexicon),
            _spread(self._hits(self.section, self.section_themes, inner, weights.section), of_path, len(paths)),
            _spread(self._hits(self.section, self.section_themes, outer, weights.section), of_path, len(paths)),
            self._cited(sentences),
            self._role(sentences),
        ]
        return Sparse(
            np.concatenate([part.rows for part in parts]),
            np.concatenate([part.columns + start for part, start in zip(parts, starts[:-1], strict=True)]),
            np.concatenate([part.values for part in parts]),
        )

    def describe(self, column: int) -> tuple[str, str]:
        """Block and name of a column.

        Returns
        -------
        block, feature : str
            Such as ``("words", "tiếp công dân")`` or ``("reference", "quy_che_dan_chu")``.
        """
        for block, size in self.blocks.items():
            if column < size:
                break
            column -= size
        if block == "words":
            return block, self.grams.name(column)
        if block in ("heading", "outer"):
            return block, self.heading_grams.name(column)
        return block, "footnote" if block == "role" else self.themes[column]

    def _hits(self, grams: Grams, themes: Floats, texts: Sequence[Sequence[str]], weight: float) -> Sparse:
        """Number of a lexicon's phrases that stand in each text, a theme, up to three."""
        if not weight:
            return _NOTHING
        n = len(self.themes)
        rows, found = grams.find(*grams.read(texts))
        # themes has one row an n-gram, one column a theme.
        hits = np.zeros((len(texts), n), dtype=np.float32)
        np.add.at(hits, rows, themes[found])
        rows, columns = np.nonzero(hits)
        return Sparse(rows, columns, (np.minimum(hits[rows, columns], _HITS) * (weight / _HITS)).astype(np.float32))

    def _cited(self, sentences: Sequence[SentenceContext]) -> Sparse:
        if not self.weights.reference:
            return _NOTHING
        pairs = {
            (row, int(column))
            for row, sentence in enumerate(sentences)
            for key in reference_keys(sentence)
            for column in self.references.get(key, ())
        }
        rows, columns = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2).T
        return Sparse(rows, columns, np.full(len(rows), self.weights.reference, dtype=np.float32))

    def _role(self, sentences: Sequence[SentenceContext]) -> Sparse:
        rows = np.array([row for row, sentence in enumerate(sentences) if sentence.role == "footnote"], dtype=np.int64)
        return Sparse(rows, np.zeros_like(rows), np.full(len(rows), self.weights.role, dtype=np.float32))


_NOTHING = Sparse(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32))


def reference_keys(sentence: SentenceContext) -> list[str]:
    """Directives that a sentence cites, as keys without year or zeros: those given and those its words show.

    Examples
    --------
    >>> reference_keys(SentenceContext(text="theo Nghị định số 04/2015/NĐ-CP và Chỉ thị 30-CT/TW"))
    ['4nđcp', '30cttw']
    """
    found = [f"{number}{symbol}" for number, symbol in _REFERENCE.findall(fold(sentence.text))]
    return [reference_key(reference) for reference in (*sentence.references, *found)]


def reference_key(reference: str) -> str:
    """Form in which directives are compared.

    Examples
    --------
    >>> reference_key("04/2015/NĐ-CP"), reference_key("114-KL/TW")
    ('4nđcp', '114kltw')
    """
    bare = re.sub(r"(?<=\d)[/-](?:19|20)\d\d(?=[/-])|(?<=\D)", "", fold(reference))
    bare = re.sub(r"(?<=[\dabc])(?:19|20)\d\d[/-]", "", bare)
    return re.sub(r"[\W_]", "", bare).lstrip("0")


def make_featuriser(
    documents: Sequence[Sequence[SentenceContext]],
    taxonomy: Taxonomy,
    weights: Weights,
    *,
    order: int = 4,
    least: int = 2,
) -> Featuriser:
    """Choose the vocabulary from documents and compile the taxonomy's word lists."""
    words = [[[START, *syllables(s.text)] for s in document] for document in documents]
    headings = [
        [[START, *syllables(title)] for title in dict.fromkeys(t for s in d for t in s.headings)] for d in documents
    ]
    grams = Grams.of_documents(words, order=order, least=least)
    heading_grams = Grams.of_documents(headings, order=2, least=2)
    keys = taxonomy.keys
    lexicon, lexicon_themes = _compile({t.key: t.lexicon for t in taxonomy}, keys)
    section, section_themes = _compile({t.key: t.headings for t in taxonomy}, keys)
    references: dict[str, list[int]] = {}
    for theme in taxonomy:
        for reference in theme.references:
            references.setdefault(reference_key(reference), []).append(keys.index(theme.key))
    flat = [sentence for document in words for sentence in document]
    return Featuriser(
        grams,
        _idf(grams, flat),
        heading_grams,
        _idf(heading_grams, [h for d in headings for h in d]),
        lexicon,
        lexicon_themes,
        section,
        section_themes,
        {key: np.array(v, dtype=np.int64) for key, v in references.items()},
        keys,
        weights,
    )


def _compile(phrases: dict[str, tuple[str, ...]], keys: tuple[str, ...]) -> tuple[Grams, Floats]:
    grams = Grams.of_phrases(phrase for group in phrases.values() for phrase in group)
    places = {grams.name(i): i for i in range(len(grams))}
    themes = np.zeros((len(grams), len(keys)), dtype=np.float32)
    for key, group in phrases.items():
        for phrase in group:
            themes[places[" ".join(syllables(phrase))], keys.index(key)] = 1
    return grams, themes


def _idf(grams: Grams, texts: Sequence[Sequence[str]]) -> Floats:
    rows, found = grams.find(*grams.read(texts))
    unique = np.unique(rows * len(grams) + found) % len(grams)
    counts = np.bincount(unique, minlength=len(grams))
    return (np.log((1 + len(texts)) / (1 + counts)) + 1).astype(np.float32)


def _weighed(grams: Grams, idf: Floats, texts: Sequence[Sequence[str]], weight: float) -> Sparse:
    """Sublinear tf-idf times the block's weight, of unit length; long texts, being of many things, are a little longer."""
    if not weight or not len(grams):
        return _NOTHING
    rows, found = grams.find(*grams.read(texts))
    unique, counts = np.unique(rows * len(grams) + found, return_counts=True)
    rows, found = np.divmod(unique, len(grams))
    values = (1 + np.log(counts)) * idf[found]
    norms = np.sqrt(np.bincount(rows, values**2, minlength=len(texts)))
    norms = np.minimum(norms, np.sqrt(norms * _USUAL_NORM))
    return Sparse(rows, found, (values * (weight / norms[rows])).astype(np.float32))


def _spread(block: Sparse, of_path: Ints, n_paths: int) -> Sparse:
    """Features of heading paths, given to every sentence that stands under the path."""
    order = np.argsort(block.rows, kind="stable")
    counts = np.bincount(block.rows, minlength=n_paths)
    starts = np.cumsum(counts) - counts
    lengths = counts[of_path]
    rows = np.repeat(np.arange(len(of_path)), lengths)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    take = order[np.repeat(starts[of_path], lengths) + within]
    return Sparse(rows, block.columns[take], block.values[take])
