"""Which paragraphs are headings, also where they are long, run in, or end with a full stop."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from danvan_nlp.language.letters import UPPER
from danvan_nlp.language.sentences import split_sentences
from danvan_nlp.structure.headings.unnumbered import (
    LABEL_WORDS,
    LONGEST_UNMARKED,
    NO_TITLE,
    ends_with_stops,
    is_bare_heading,
    is_caption,
    is_label,
    is_title_line,
)
from danvan_nlp.structure.lines.looks import is_appendix_heading, is_attachment_note
from danvan_nlp.structure.lines.paragraphs import Paragraph
from danvan_nlp.structure.lines.split import word_count
from danvan_nlp.structure.vocabulary import vocabulary

_LONGEST = 75
_OPENING_WORDS = 16
# How many paragraphs before and behind are looked at for the other members of a numbered series.
_SERIES_REACH = 80
_NUMBERED = ("roman", "upper", "decimal1", "decimal2", "decimal3", "decimal4", "decimal5", "lower", "paren", "part")
_RANKS = {
    name: rank for rank, name in enumerate(("part", "upper", "roman", "decimal1", "decimal2", "decimal3", "lower"))
}
_NUMBERED_LABEL = re.compile(rf"[{UPPER}]\w*(?:\s\w+){{0,2}}\s(?:\d{{1,2}}|[IVX]{{1,4}}|thứ\s\w+)\s?[.:–-]\s+\S")
_RUN_IN = re.compile(r":\**_*\s+\S")
_BOLD = re.compile(r"^(?:[-+*]\s+)?(\*\*|__)(?=\S).{2,300}?\1[:.]?$", re.DOTALL)


def find_headings(key: str, paragraphs: Sequence[Paragraph], styled: Sequence[tuple[int, int]] = ()) -> list[bool]:
    """Tell headings from running text.

    Parameters
    ----------
    key : str
        The document's key.
    paragraphs : sequence of Paragraph
        All paragraphs in order.
    styled : sequence of tuple of int
        Ranges of the key that the file itself marks as headings, in order: headings unless they read as sentences.

    Returns
    -------
    list of bool
        One answer a paragraph. Titles count as headings; tables, footnotes and administrative lines never do.
    """
    # A page's foot may stand between a heading and its section.
    shown = [i for i, paragraph in enumerate(paragraphs) if paragraph.region not in ("page", "footnote")]
    text = [paragraphs[i] for i in shown]
    cut = [_is_cut_by_notes(paragraphs, i) for i in shown]
    starts = [start for start, _ in styled]
    stops = ends_with_stops(key, text)
    answers = [False] * len(text)
    # A heading may stand on another, so the lower one is told first.
    for i in reversed(range(len(text))):
        answers[i] = (
            not cut[i]
            and _is_heading(key, text, i)
            or _is_styled(key, text[i], styled, starts)
            or stops
            and is_title_line(key, text, i, answers)
            and not (_holds_sentences(key, text[i]) or cut[i])
        )
    for i, paragraph in enumerate(text):
        if not answers[i] and _ends_like_sentence(paragraph) and _among_headings(key, text, answers, i):
            answers[i] = True
    headings = {i for i, answer in zip(shown, answers, strict=True) if answer}
    return [i in headings for i in range(len(paragraphs))]


def _is_heading(key: str, paragraphs: Sequence[Paragraph], i: int) -> bool:
    here = paragraphs[i]
    line = here.first
    if here.region in ("title", "appendix_title"):
        return not (is_attachment_note(line) or is_opening_sentence(key, here))
    if here.region not in ("body", "appendix"):
        return False
    text = key[here.start : here.end]
    words = word_count(text[:2000])
    if line.marker.markup.startswith("#") or is_appendix_heading(line):
        return words <= _LONGEST
    if words > _LONGEST or not words:
        return False
    style = line.marker.style
    if style == "part":
        return not NO_TITLE.search(here.last.tail) or words <= 6
    if line.upper and style != "bullet":
        return words >= 2 or style != "none"
    if is_caption(paragraphs, i) or style in _NUMBERED and _names_section(paragraphs, i):
        return True
    if style == "none" and _is_numbered_label(key, paragraphs, i):
        return True
    if _RUN_IN.search(text) and style not in ("roman", "part"):
        return False
    if _BOLD.match(text.strip()) and not NO_TITLE.search(here.last.tail) and _has_content(paragraphs, i):
        return True
    if words <= LABEL_WORDS and style in ("none", "bullet") and is_label(paragraphs, i):
        return True
    if NO_TITLE.search(here.last.tail) or len(split_sentences(text)) > 1:
        return False
    if style in _NUMBERED:
        if here.last.tail.endswith(":") and words > 20:
            return False
        return _has_content(paragraphs, i)
    if style == "bullet":
        return (
            set(line.marker.text) == {"*"}
            and words <= 12
            and _has_content(paragraphs, i)
            and not _next_is_bullet(paragraphs, i, line.marker.text)
        )
    return is_bare_heading(key, paragraphs, i, words)


def _is_cut_by_notes(paragraphs: Sequence[Paragraph], i: int) -> bool:
    """Whether a page's footnotes stand between the two halves of a sentence, of which this paragraph is the first."""
    j = i + 1
    while j < len(paragraphs) and paragraphs[j].region in ("footnote", "page"):
        j += 1
    return i + 1 < j < len(paragraphs) and paragraphs[j].first.text[0].islower()


def _is_styled(key: str, here: Paragraph, styled: Sequence[tuple[int, int]], starts: Sequence[int]) -> bool:
    """Whether a paragraph of the text lies in what the file marks as a heading, and does not read as a sentence."""
    at = bisect_right(starts, here.start) - 1
    if at < 0 or here.end > styled[at][1] or here.region not in ("body", "appendix"):
        return False
    text = key[here.start : here.end]
    words = word_count(text)
    stopped = words > LABEL_WORDS and NO_TITLE.search(here.last.tail) is not None
    return 0 < words <= _LONGEST and not (stopped or _holds_sentences(key, here))


def _holds_sentences(key: str, paragraph: Paragraph) -> bool:
    """Whether a title would hold a sentence, or more than one."""
    run_in = _RUN_IN.search(key, paragraph.start, paragraph.end) is not None
    return run_in or len(split_sentences(key, paragraph.start, paragraph.end)) > 1


def is_opening_sentence(key: str, paragraph: Paragraph) -> bool:
    """Whether a paragraph among the lines of the title is the report's first sentence."""
    if paragraph.region != "title" or paragraph.first.upper:
        return False
    text = " ".join(key[paragraph.start : paragraph.end].lower().split())
    if word_count(text) < _OPENING_WORDS or not paragraph.last.tail.endswith((".", ":")):
        return False
    states = any(verb in text for verb in (*vocabulary().finite, " báo cáo "))
    return states or text.startswith(vocabulary().openings) or text.endswith(":") or ". " in text


def _next_is_bullet(paragraphs: Sequence[Paragraph], i: int, bullet: str) -> bool:
    return i + 1 < len(paragraphs) and paragraphs[i + 1].first.marker.text == bullet


def _has_content(paragraphs: Sequence[Paragraph], i: int) -> bool:
    """Whether something stands under paragraph ``i``: a heading has its section below it, an item the next item."""
    if i + 1 == len(paragraphs):
        return False
    marker = paragraphs[i].first.marker
    following = paragraphs[i + 1]
    if following.region in ("closing", "appendix_title") and paragraphs[i].region == "body":
        return False
    if following.region != paragraphs[i].region and following.region not in ("table", "footnote", "body", "appendix"):
        return False
    after = following.first.marker
    if after.style == marker.style and marker.style != "none":
        own, other = marker.ordinal, after.ordinal
        return own is None or other is None or other != own + 1
    if marker.style in _RANKS and after.style in _RANKS and _RANKS[after.style] < _RANKS[marker.style]:
        # An item straight before a higher number: the last of a list, unless the other items were headings too.
        return False
    return True


def _names_section(paragraphs: Sequence[Paragraph], i: int) -> bool:
    """Whether a numbered line is a section's usual title, whatever stands behind it: ``2. Kiến nghị.``"""
    here = paragraphs[i]
    named = here.first.folded.rstrip(" .:*_") in vocabulary().section_titles
    return named and here.n_lines == 1 and here.region == "body" and _has_content(paragraphs, i)


def _is_numbered_label(key: str, paragraphs: Sequence[Paragraph], i: int) -> bool:
    """A title behind a word with its number: ``Điểm 2: Về môi trường``, ``Nhiệm vụ 1. Hoàn thiện thể chế``."""
    here = paragraphs[i]
    if (
        not _NUMBERED_LABEL.match(here.first.words)
        or NO_TITLE.search(here.last.tail)
        or here.last.tail.endswith((":", ","))
    ):
        return False
    if word_count(key[here.start : here.end]) > LONGEST_UNMARKED or not _has_content(paragraphs, i):
        return False
    following = paragraphs[i + 1]
    return following.region == here.region and not _NUMBERED_LABEL.match(following.first.words)


def _ends_like_sentence(paragraph: Paragraph) -> bool:
    return (
        paragraph.region == "body"
        and paragraph.first.marker.style.startswith("decimal")
        and paragraph.last.tail.endswith((".", ":"))
    )


def _among_headings(key: str, paragraphs: Sequence[Paragraph], answers: Sequence[bool], i: int) -> bool:
    """Whether a numbered single sentence is a heading, since the others of its series are and text follows it."""
    here = paragraphs[i]
    text = key[here.start : here.end]
    if word_count(text) > 45 or len(split_sentences(text)) > 1 or _RUN_IN.search(text):
        return False
    if (
        i + 1 == len(paragraphs)
        or paragraphs[i + 1].region != "body"
        or paragraphs[i + 1].first.marker.style in _NUMBERED
        and not answers[i + 1]
    ):
        return False
    after = paragraphs[i + 1].first.marker
    if answers[i + 1] and after.style.startswith("decimal") and not after.text.startswith(f"{here.first.marker.text}."):
        return False
    series = [j for j in _series(paragraphs, i) if j != i]
    titles = sum(answers[j] or _short_title(key, paragraphs, j) for j in series)
    return bool(series) and titles > 0.6 * len(series)


def _short_title(key: str, paragraphs: Sequence[Paragraph], i: int) -> bool:
    """A short numbered line with running text under it, though it ends with a full stop."""
    here = paragraphs[i]
    if word_count(here.first.text) > 14 or here.n_lines > 1 or len(split_sentences(key, here.start, here.end)) > 1:
        return False
    return (
        i + 1 < len(paragraphs)
        and paragraphs[i + 1].first.marker.style in ("none", "bullet")
        and paragraphs[i + 1].region == "body"
    )


def _series(paragraphs: Sequence[Paragraph], i: int) -> list[int]:
    """The paragraphs numbered in one series with paragraph ``i``: same style and stem, up to a restart."""
    marker = paragraphs[i].first.marker
    stem = marker.text.rpartition(".")[0]
    members = [i]
    for step in (-1, 1):
        ordinal, j = marker.ordinal, i + step
        while 0 <= j < len(paragraphs) and abs(j - i) <= _SERIES_REACH:
            other = paragraphs[j].first.marker
            if other.style == marker.style and other.text.rpartition(".")[0] == stem and other.ordinal is not None:
                if ordinal is None or (other.ordinal - ordinal) * step <= 0:
                    break
                members.append(j)
                ordinal = other.ordinal
            elif step < 0 and _RANKS.get(other.style, 9) < _RANKS.get(marker.style, 9) and marker.style == "decimal1":
                break
            j += step
    return members
