"""Why a sentence has its themes: words, headings, neighbours and references for and against each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from danvan_nlp import references
from danvan_nlp.errors import UsageError
from danvan_nlp.lines import line_finder
from danvan_nlp.structure import parse
from danvan_nlp.themes import Reason, SentenceContext, Tagger, contexts
from danvan_nlp.themes.words import syllables
from danvan_nlp.types import Unit

_LONGEST = 4


@dataclass(frozen=True, slots=True)
class Why:
    """One theme of one sentence: its probability, its threshold, and what weighs for and against it.

    The weights of ``reasons`` add up to the theme's log-odds before the document's genre is weighed.
    """

    theme: str
    probability: float
    threshold: float
    chosen: bool
    reasons: tuple[Reason, ...]


def explain(
    tagger: Tagger, sentences: Sequence[SentenceContext], index: int, *, themes: Iterable[str] = (), least: float = 0.05
) -> list[Why]:
    """Say why a sentence has its themes, and why it lacks those that came near.

    Parameters
    ----------
    tagger : Tagger
        The model.
    sentences : sequence of SentenceContext
        The sentence among its neighbours.
    index : int
        Which of them.
    themes : iterable of str
        Themes to explain; without, those that are set, and those with a probability of at least ``least``.

    Returns
    -------
    list of Why
        The likeliest theme first; the words of a reference count together, in the block ``"reference"``.

    Raises
    ------
    UsageError
        The model knows no such theme.

    Examples
    --------
    >>> from danvan_nlp.themes import load_model
    >>> sentence = SentenceContext(text="Chủ tịch xã tiếp công dân định kỳ, giải quyết 12 đơn khiếu nại.")
    >>> explain(load_model(), [sentence], 0)[0].theme
    'tiep_dan'
    """
    model = tagger.model
    wanted = list(themes)
    unknown = [theme for theme in wanted if theme not in model.themes]
    if unknown:
        raise UsageError(f"no theme {unknown[0]!r}; the model knows {', '.join(model.themes)}")
    tagging = tagger.tag(sentences)[index]
    if not wanted:
        wanted = [t for t in model.themes if t in tagging.themes or tagging.scores[t] >= least]
    found = _reference_grams(sentences[index].text)
    return [
        Why(
            theme=theme,
            probability=tagging.scores[theme],
            threshold=float(model.thresholds[model.themes.index(theme)]),
            chosen=theme in tagging.themes,
            reasons=_with_references(tagger.explain(sentences, index, theme, limit=None), found),
        )
        for theme in sorted(wanted, key=lambda theme: (-tagging.scores[theme], theme))
    ]


def _reference_grams(text: str) -> dict[str, str]:
    """N-grams that stand in a reference and nowhere else in the sentence, with the reference's surface."""
    mentions = references.find(text, (Unit(start=0, end=len(text), role="sentence"),)) if text.strip() else []
    inside: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        surface = text[mention.start : mention.end]
        inside[" ".join(surface.split())].update(_grams(syllables(surface)))
    everywhere, owners = Counter(_grams(syllables(text))), Counter[str]()
    for grams in inside.values():
        owners.update(grams.keys())
    return {
        gram: surface
        for surface, grams in inside.items()
        for gram, count in grams.items()
        if owners[gram] == 1 and count == everywhere[gram]
    }


def _grams(words: Sequence[str]) -> Iterable[str]:
    return (" ".join(words[at : at + size]) for size in range(1, _LONGEST + 1) for at in range(len(words) - size + 1))


def _with_references(reasons: Sequence[Reason], found: dict[str, str]) -> tuple[Reason, ...]:
    cited: Counter[str] = Counter()
    kept = []
    for reason in reasons:
        if reason.block == "words" and reason.feature in found:
            cited[found[reason.feature]] += reason.weight  # type: ignore[assignment]  # a Counter adds floats as well
        else:
            kept.append(reason)
    kept += [Reason("reference", surface, round(weight, 4)) for surface, weight in cited.items()]
    return tuple(sorted(kept, key=lambda reason: (-abs(reason.weight), reason.block, reason.feature)))


def sentences_at(path: str | Path, line: int) -> tuple[list[SentenceContext], list[int]]:
    """All sentences of a report, and which of them stand on a line of its text.

    Parameters
    ----------
    path : path-like
        A report.
    line : int
        Line of the text, counted from one.

    Raises
    ------
    ReadingError
        The report cannot be read.
    UsageError
        The report has no such line, or no sentence stands on it.
    """
    from danvan_nlp.reading import read_source

    report = parse(read_source(path))
    line_of = line_finder(report.text)
    n_lines = line_of(len(report.text))
    if not 1 <= line <= n_lines:
        raise UsageError(f"{path} has {n_lines} lines; there is no line {line}")
    indexes, sentences = contexts(report)
    found = []
    for place, index in enumerate(indexes):
        unit = report.units[index]
        if line_of(unit.start) <= line <= line_of(unit.end - 1):
            found.append(place)
    if not found:
        raise UsageError(
            f"no sentence stands on line {line} of {path}; headings, tables and blank lines have no themes"
        )
    return sentences, found
