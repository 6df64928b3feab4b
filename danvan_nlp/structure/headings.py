"""Which paragraphs are headings, also where they are long, run in, or end with a full stop."""

from __future__ import annotations

import re
from collections.abc import Sequence

from danvan_nlp.language.sentences import split_sentences
from danvan_nlp.structure.lines import word_count
from danvan_nlp.structure.looks import is_appendix_heading, is_attachment_note, is_capitalised
from danvan_nlp.structure.markers import NO_MARKER
from danvan_nlp.structure.paragraphs import Paragraph
from danvan_nlp.structure.vocabulary import vocabulary

_STOP = re.compile(r"(?<!\.)[.;!?][”\"’)]*$|;$|\.\.\.$|…$")
_LONGEST = 75
_LONGEST_UNMARKED = 18
_LABEL_WORDS = 6
_OPENING_WORDS = 16
_LETTERS_A_WORD = 5
# How many paragraphs before and behind are looked at for the other members of a numbered series.
_SERIES_REACH = 80
_FIGURE = re.compile(r"\d")
_PUNCTUATED = re.compile(r"[.;:!?\d]")
_CAPTION = re.compile(r"(?:bảng|biểu|hình|biểu đồ)\s(?:số\s)?\d{1,2}(?:\.\d{1,2})?\s?[.:–-]?(?:\s|$)")
_NUMBERED = ("roman", "upper", "decimal1", "decimal2", "decimal3", "decimal4", "decimal5", "lower", "paren", "part")
_RANKS = {
    name: rank for rank, name in enumerate(("part", "upper", "roman", "decimal1", "decimal2", "decimal3", "lower"))
}
_RUN_IN = re.compile(r":\**_*\s+\S")
_BOLD = re.compile(r"^(?:[-+*]\s+)?(\*\*|__)(?=\S).{2,300}?\1[:.]?$", re.DOTALL)


def find_headings(key: str, paragraphs: Sequence[Paragraph]) -> list[bool]:
    """Tell headings from running text.

    Parameters
    ----------
    key : str
        The document's key.
    paragraphs : sequence of Paragraph
        All paragraphs in order.

    Returns
    -------
    list of bool
        One answer a paragraph. Titles count as headings; tables, footnotes and administrative lines never do.
    """
    # A page number may stand between a heading and its section.
    shown = [i for i, paragraph in enumerate(paragraphs) if paragraph.region != "page"]
    text = [paragraphs[i] for i in shown]
    answers = [_is_heading(key, text, i) for i in range(len(text))]
    for i, paragraph in enumerate(text):
        if not answers[i] and _ends_like_sentence(paragraph) and _among_headings(key, text, answers, i):
            answers[i] = True
    headings = {i for i, answer in zip(shown, answers, strict=True) if answer}
    return [i in headings for i in range(len(paragraphs))]


def _is_heading(key: str, paragraphs: Sequence[Paragraph], i: int) -> bool:
    here = paragraphs[i]
    line = here.first
    if here.region in ("title", "appendix_title"):
        return not is_attachment_note(line) and not is_opening_sentence(key, here)
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
        return not _STOP.search(here.last.tail) or words <= 6
    if line.upper and style != "bullet":
        return words >= 2 or style != "none"
    if _is_caption(paragraphs, i) or style in _NUMBERED and _names_section(paragraphs, i):
        return True
    if _RUN_IN.search(text) and style not in ("roman", "part"):
        return False
    if _BOLD.match(text.strip()) and not _STOP.search(here.last.tail) and _has_content(paragraphs, i):
        return True
    if words <= _LABEL_WORDS and style in ("none", "bullet") and _is_label(paragraphs, i):
        return True
    if _STOP.search(here.last.tail) or len(split_sentences(text)) > 1:
        return False
    if style in _NUMBERED:
        if here.last.tail.endswith(":") and words > 20:
            return False
        return _has_content(paragraphs, i)
    if style == "bullet":
        return (
            line.marker.text == "*"
            and words <= 12
            and _has_content(paragraphs, i)
            and not _next_is_bullet(paragraphs, i, "*")
        )
    return _is_bare_heading(paragraphs, i, words)


def is_opening_sentence(key: str, paragraph: Paragraph) -> bool:
    """Whether a paragraph among the lines of the title is the report's first sentence."""
    if paragraph.region != "title" or paragraph.first.upper:
        return False
    text = " ".join(key[paragraph.start : paragraph.end].lower().split())
    if word_count(text) < _OPENING_WORDS or not paragraph.last.tail.endswith((".", ":")):
        return False
    states = any(verb in text for verb in (*vocabulary().finite, " báo cáo "))
    return states or text.startswith(vocabulary().openings) or text.endswith(":") or ". " in text


def _is_running(paragraph: Paragraph, words: int) -> bool:
    """Whether a paragraph is running text of at least so many words; its further lines count."""
    return word_count(paragraph.first.text) >= words or (
        paragraph.n_lines > 1 and paragraph.end - paragraph.start >= _LETTERS_A_WORD * words
    )


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


def _is_bare_heading(paragraphs: Sequence[Paragraph], i: int, words: int) -> bool:
    """A short line without number or full stop above running text or a table."""
    here = paragraphs[i]
    if _is_named_section(paragraphs, i, words):
        return True
    if words > _LONGEST_UNMARKED or words < 2 or here.n_lines > 2 or not here.first.text[:1].isupper():
        return False
    if i + 1 == len(paragraphs) or here.last.tail.endswith((",", ":")):
        return False
    if any(verb in f" {here.first.folded} " for verb in vocabulary().finite):
        return False
    following = paragraphs[i + 1]
    if following.region == "table":
        return here.region == "appendix" or words <= 12
    if following.region != here.region or here.region == "appendix":
        return False
    long_enough = _is_running(following, 15) or following.first.marker.style in (
        "bullet",
        "decimal1",
        "lower",
    )
    return long_enough and not following.first.text[:1].islower()


def _is_caption(paragraphs: Sequence[Paragraph], i: int) -> bool:
    """The title of a table in the body: ``Bảng 1: Số mô hình đăng ký``."""
    here = paragraphs[i]
    if i + 1 == len(paragraphs) or not _CAPTION.match(here.first.folded) or _STOP.search(here.last.tail):
        return False
    return paragraphs[i + 1].region == "table" or here.region == "appendix" and word_count(here.first.text) <= 2


def _names_section(paragraphs: Sequence[Paragraph], i: int) -> bool:
    """Whether a numbered line is a section's usual title, whatever stands behind it: ``2. Kiến nghị.``"""
    here = paragraphs[i]
    named = here.first.folded.rstrip(" .:*_") in vocabulary().section_titles
    return named and here.n_lines == 1 and here.region == "body" and _has_content(paragraphs, i)


def _is_named_section(paragraphs: Sequence[Paragraph], i: int, words: int) -> bool:
    """A section's usual title alone on its line (``Nguyên nhân``), or one With Every Word Capitalised."""
    here = paragraphs[i]
    if here.region != "body" or here.n_lines > 2 or i + 1 == len(paragraphs):
        return False
    if paragraphs[i + 1].region not in ("body", "table"):
        return False
    text = here.first.words.strip()
    if here.first.folded in vocabulary().section_titles:
        return text[:1].isupper()
    return words <= _LONGEST_UNMARKED and is_capitalised(text) and not _PUNCTUATED.search(text)


def _is_label(paragraphs: Sequence[Paragraph], i: int) -> bool:
    """A few words with a colon or full stop, alone on their line above running text: ``Nguyên nhân:``."""
    here = paragraphs[i]
    if i + 1 == len(paragraphs) or not here.first.text[: here.first.marker.length + 1][-1:].isupper():
        return False
    if not here.last.tail.endswith((":", ".")) or here.first.folded.startswith(vocabulary().lead_in):
        return False
    if _FIGURE.search(here.first.text):
        return False
    following = paragraphs[i + 1]
    if following.region != "body" or here.region != "body" or following.first.marker == here.first.marker != NO_MARKER:
        return False
    return _is_running(following, 2 * _LABEL_WORDS + 1)


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
