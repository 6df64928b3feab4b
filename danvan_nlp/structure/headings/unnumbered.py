"""Headings without a number: told by their usual words, their look and what stands below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from danvan_nlp.structure.lines.looks import is_capitalised, is_name, is_table_caption
from danvan_nlp.structure.lines.markers import NO_MARKER
from danvan_nlp.structure.lines.paragraphs import Paragraph
from danvan_nlp.structure.lines.split import word_count
from danvan_nlp.structure.lines.wrap import STOPS
from danvan_nlp.structure.tables.cells import is_period
from danvan_nlp.structure.vocabulary import vocabulary

NO_TITLE = re.compile(r"(?<!\.)[.;!?][”\"’)]*$|;$|\.\.\.$|…$")
"""How the last line of a heading does not end."""
LABEL_WORDS = 6
LONGEST_UNMARKED = 18
_LONGEST_TITLE = 30
_LONGEST_WITH_VERB = 12
_LONGEST_RUN = 3
_LETTERS_A_WORD = 5
_RUNNING_WORDS = 5
_JUDGED_LENGTH = 40
_FEWEST_JUDGED = 6
_MOST_BARE = 0.05
_FIGURE = re.compile(r"\d")
_PUNCTUATED = re.compile(r"[.;:!?\d]")
_STATED = re.compile(r"(?::|\.{4}|……)\s*\d")


def ends_with_stops(key: str, paragraphs: Sequence[Paragraph]) -> bool:
    """Whether the statements of a report end with a stop, so that a line without one is a title."""
    stopped = bare = 0
    for paragraph in paragraphs:
        line = paragraph.first
        marked = line.upper or line.marker.style not in ("none", "bullet")
        if paragraph.region != "body" or marked or line.length < _JUDGED_LENGTH:
            continue
        if _is_closed(paragraph):
            stopped += 1
        else:
            bare += _states(key, paragraph) or word_count(key[paragraph.start : paragraph.end]) > _LONGEST_TITLE
    return stopped >= _FEWEST_JUDGED and bare <= _MOST_BARE * stopped


def _is_closed(paragraph: Paragraph) -> bool:
    tail = paragraph.last.tail
    return STOPS.search(tail) is not None or tail.endswith((";", ":"))


def _states(key: str, paragraph: Paragraph) -> bool:
    """Whether a paragraph has a verb that makes it a statement."""
    text = f" {key[paragraph.start : paragraph.end].lower()} ".replace("\n", " ")
    return any(verb in text for verb in vocabulary().finite)


def is_title_line(key: str, paragraphs: Sequence[Paragraph], i: int, headings: Sequence[bool]) -> bool:
    """Whether a line without number and stop is a heading in a report whose paragraphs end with stops.

    Parameters
    ----------
    key : str
        The document's key.
    paragraphs : sequence of Paragraph
        The report's paragraphs.
    i : int
        Which of them is asked for.
    headings : sequence of bool
        The headings among those behind it.
    """
    here = paragraphs[i]
    if here.region not in ("body", "appendix") or i + 1 == len(paragraphs) or not _may_be_title(here):
        return False
    words = word_count(key[here.start : here.end])
    following = paragraphs[i + 1]
    if here.region == "appendix":
        stated = following.first.marker.style == "bullet" and _STATED.search(following.first.text) is not None
        return stated and 1 < words <= LONGEST_UNMARKED and not _FIGURE.search(here.first.text)
    if words > _LONGEST_TITLE or words < 2 and not is_period(here.first.words):
        return False
    if words > _LONGEST_WITH_VERB and _states(key, here) and not here.first.folded.startswith(vocabulary().topics):
        return False
    # Names and places in a list have no stops either.
    if sum(1 for _ in _title_run(paragraphs, i)) > _LONGEST_RUN:
        return False
    if following.region == "table":
        return words <= LONGEST_UNMARKED
    if following.region != "body":
        return False
    if headings[i + 1]:
        return following.first.marker.style == "none" or following.first.marker.ordinal == 1
    running = word_count(following.first.text) >= _RUNNING_WORDS and not following.first.words[:1].islower()
    return running and _is_closed(following)


def _may_be_title(paragraph: Paragraph) -> bool:
    line, tail = paragraph.first, paragraph.last.tail
    if line.marker.style != "none" or tail.endswith((".", ",", ":", ";")) or NO_TITLE.search(tail):
        return False
    columns = line.tabs or line.n_gaps
    return paragraph.n_lines <= 3 and line.words[:1].isupper() and not (columns or is_name(line.text))


def _title_run(paragraphs: Sequence[Paragraph], i: int) -> Iterator[int]:
    """The lines that look like titles and stand together with line ``i``; four of them at most."""
    yield i
    for step in (-1, 1):
        for j in range(i + step, i + step * (_LONGEST_RUN + 1), step):
            if not 0 <= j < len(paragraphs) or paragraphs[j].region != "body" or not _may_be_title(paragraphs[j]):
                break
            yield j


def is_bare_heading(key: str, paragraphs: Sequence[Paragraph], i: int, words: int) -> bool:
    """A short line without number or full stop above running text or a table."""
    here = paragraphs[i]
    if _is_named_section(paragraphs, i, words):
        return True
    if is_period(here.first.words) and _heads_table(paragraphs, i):
        return True
    if words > LONGEST_UNMARKED or words < 2 or here.n_lines > 2 or not here.first.text[:1].isupper():
        return False
    if i + 1 == len(paragraphs) or here.last.tail.endswith((",", ":")):
        return False
    if _states(key, here) and not here.first.folded.startswith(vocabulary().topics):
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


def _heads_table(paragraphs: Sequence[Paragraph], i: int) -> bool:
    """Whether the header of a table, a row without figures, stands below a paragraph: ``Năm 2018``."""
    row = paragraphs[i + 1] if i + 1 < len(paragraphs) else None
    return row is not None and row.region == "table" and row.first.tabs > 1 and not _FIGURE.search(row.first.text)


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
    return words <= LONGEST_UNMARKED and is_capitalised(text) and not _PUNCTUATED.search(text)


def is_label(paragraphs: Sequence[Paragraph], i: int) -> bool:
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
    named = here.first.folded.rstrip(" :.") in vocabulary().section_titles
    return _is_running(following, _RUNNING_WORDS if named else 2 * LABEL_WORDS + 1)


def is_caption(paragraphs: Sequence[Paragraph], i: int) -> bool:
    """The title of a table in the body: ``Bảng 1: Số mô hình đăng ký``."""
    here = paragraphs[i]
    if i + 1 == len(paragraphs) or not is_table_caption(here.first) or NO_TITLE.search(here.last.tail):
        return False
    return paragraphs[i + 1].region == "table" or here.region == "appendix" and word_count(here.first.text) <= 2


def _is_running(paragraph: Paragraph, words: int) -> bool:
    """Whether a paragraph is running text of at least so many words; its further lines count."""
    return word_count(paragraph.first.text) >= words or (
        paragraph.n_lines > 1 and paragraph.end - paragraph.start >= _LETTERS_A_WORD * words
    )
