"""Text that was written in an encoding before Unicode, told by its letters and repaired by a plan.

The plan lists every change, says why, and makes the same change again; a text that is right already has an empty one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from danvan_nlp.reading.legacy.encodings import TWICE, WINDOWS_1258, decode_legacy, encodings
from danvan_nlp.reading.legacy.syllables import WORD, is_syllable

_SAMPLE = 200_000
_SURE = 0.85
_AHEAD = 0.2
_FEWEST = 3
# Vietnamese letters that no legacy text shows; a line that has one is Unicode already.
_UNICODE_ONLY = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9]|[\u0300-\u036f]")
_ORDINARY = re.compile(r"[\x00-\x7f“”‘’–—…«»°²³½%§©®\u00a0]")
_LETTERS = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a plan: what stood at a range of the text, what stands there now, and in which encoding it was."""

    start: int
    end: int
    encoding: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The changes that repair a text, in its order.

    Attributes
    ----------
    steps : tuple of Step
        Empty where nothing has to be repaired.
    reason : str
        Why the text was taken for one in that encoding.
    """

    steps: tuple[Step, ...] = ()
    reason: str = ""

    def __iter__(self) -> Iterator[Step]:
        return iter(self.steps)

    def __len__(self) -> int:
        return len(self.steps)

    def apply(self, text: str) -> str:
        """Make the same changes again.

        Raises
        ------
        ValueError
            The text is not the one that the plan was made for.
        """
        pieces: list[str] = []
        at = 0
        for step in self.steps:
            if text[step.start : step.end] != step.before:
                raise ValueError(f"the text at {step.start} is not {step.before[:20]!r}: the plan is another text's")
            pieces += (text[at : step.start], step.after)
            at = step.end
        return "".join((*pieces, text[at:]))


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired text and the plan that made it."""

    text: str
    plan: Plan


def repair(text: str) -> Repaired:
    """Turn text in TCVN3, VNI, VPS, VISCII or windows-1258, and UTF-8 read as windows-1252, into Unicode.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    Repaired
        The text and the plan. Text in another language, and Vietnamese in Unicode whichever its form, come back as
        they are with an empty plan.

    Notes
    -----
    A text is taken for one in an encoding where at least 85 of 100 of its words, so read, are Vietnamese syllables,
    and 20 more than as it stands. Lines are changed one by one, those that are right already are not.

    Examples
    --------
    >>> repaired = repair("C«ng t¸c d©n vËn cña chÝnh quyÒn")
    >>> repaired.text, len(repaired.plan)
    ('Công tác dân vận của chính quyền', 1)
    >>> repair("Công tác dân vận à la française").plan.steps
    ()
    """
    if text.isascii():
        return Repaired(text, Plan())
    lines = text.split("\n")
    doubtful = [line for line in lines if not line.isascii() and not _UNICODE_ONLY.search(line)]
    found = _detect("\n".join(doubtful)[:_SAMPLE])
    if found is None:
        return Repaired(text, Plan())
    encoding, reason = found
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    steps = tuple(step for start, line in zip(starts, lines, strict=False) for step in _step(line, start, encoding))
    plan = Plan(steps, reason)
    return Repaired(plan.apply(text), plan)


def _step(line: str, start: int, encoding: str) -> Iterator[Step]:
    if line.isascii() or _UNICODE_ONLY.search(line):
        return
    after = _with_capitals(line, decode_legacy(line, encoding), encoding)
    if after != line and _share(after) > _share(line):
        yield Step(start, start + len(line), encoding, line, after)


def _detect(sample: str) -> tuple[str, str] | None:
    """The encoding of a sample, and why."""
    as_it_stands = _share(sample)
    best: tuple[float, str] | None = None
    for encoding in (*encodings(), WINDOWS_1258, TWICE):
        decoded = decode_legacy(sample, encoding)
        changed = {word for word in WORD.findall(decoded) if not word.isascii()} - set(WORD.findall(sample))
        if len(changed) < _FEWEST:
            continue
        share = _share(decoded)
        if share >= _SURE and share >= as_it_stands + _AHEAD and (best is None or share > best[0]):
            best = (share, encoding)
    if best is None:
        return None
    name = encodings()[best[1]].name if best[1] in encodings() else best[1]
    return best[1], f"{best[0]:.0%} of the words are Vietnamese when read as {name}, {as_it_stands:.0%} as they stand"


def _share(text: str) -> float:
    """How many of the words are Vietnamese syllables; signs that no text has count as words that are none."""
    words = WORD.findall(text)
    letters = sum(map(len, words))
    strange = sum(not c.isalpha() for c in _ORDINARY.sub("", text))
    if not letters:
        return 0.0
    return sum(len(word) for word in words if is_syllable(word)) / (letters + 2 * strange)


def _with_capitals(line: str, decoded: str, encoding: str) -> str:
    """Capitals for the marked letters of words in capitals: TCVN3 writes them small ("CéNG")."""
    if encoding != "tcvn3":
        return decoded
    typed = _LETTERS.findall(line)
    if len(typed) >= 4 and all(c.isupper() for c in typed):
        return decoded.upper()
    return WORD.sub(_capitalised, decoded)


def _capitalised(word: re.Match[str]) -> str:
    typed = [c for c in word[0] if c.isascii()]
    return word[0].upper() if len(typed) > 1 and all(c.isupper() for c in typed) else word[0]
