"""Text that was written in an encoding before Unicode, told by its letters and repaired by a plan.

The plan lists every change, says why, and makes the same change again; a text that is right already has an empty one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from danvan_nlp.reading.legacy.encodings import TWICE, WINDOWS_1258, decode_legacy, encodings
from danvan_nlp.reading.legacy.syllables import WORD, is_syllable

_SAMPLE = 200_000
_FEWEST = 3
_SURE, _AHEAD = 0.85, 0.2
# The same for the words with marks alone, which a name or a sentence in another language does not dilute.
_MARKED_SURE, _MARKED_AHEAD = 0.95, 0.5
_CLEARLY = 0.1
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

    def moved(self, position: int) -> int:
        """Where a position of the text stands in the repaired one; one inside a change, where the change begins."""
        shift = 0
        for step in self.steps:
            if step.start >= position:
                break
            if step.end > position:
                return step.start + shift
            shift += len(step.after) - len(step.before)
        return position + shift


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired text and the plan that made it."""

    text: str
    plan: Plan


@dataclass(frozen=True, slots=True)
class _Told:
    """An encoding, the share of words that are Vietnamese when read so, and a sentence on why."""

    encoding: str
    share: float
    reason: str


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
    and 20 more than as it stands; or 95 of 100 of its words with marks, and 50 more. Lines are told and changed one by
    one, those that are right already are not.

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
    found = _told(doubtful)
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    steps = [
        step
        for start, line in zip(starts, lines, strict=False)
        if line in found
        for step in _step(line, start, found[line].encoding)
    ]
    used = {step.encoding for step in steps}
    reasons = {told.encoding: told.reason for told in found.values() if told.encoding in used}
    plan = Plan(tuple(steps), "; ".join(reasons.values()))
    return Repaired(plan.apply(text), plan)


def _told(lines: Sequence[str]) -> dict[str, _Told]:
    """The encoding of each line: that of the text, or another one that fits the line clearly better.

    A text that was pasted together may have lines in several encodings, each of which says itself in which.
    """
    whole = _detect("\n".join(lines)[:_SAMPLE])
    own = {line: told for line in dict.fromkeys(lines) if (told := _detect(line))}
    if whole is None:
        sizes: Counter[str] = Counter()
        for line, told in own.items():
            sizes[told.encoding] += len(line)
        usual = max(sizes, key=lambda encoding: sizes[encoding], default=None)
        whole = next((told for told in own.values() if told.encoding == usual), None)
    if whole is None:
        return {}
    return {
        line: told
        if (told := own.get(line)) and told.share > _share(decode_legacy(line, whole.encoding)) + _CLEARLY
        else whole
        for line in lines
    }


def _step(line: str, start: int, encoding: str) -> Iterator[Step]:
    after = _with_capitals(line, decode_legacy(line, encoding), encoding)
    if after != line and _share(after) > _share(line):
        yield Step(start, start + len(line), encoding, line, after)


def _detect(sample: str) -> _Told | None:
    """The encoding of a sample, and why."""
    marked = " ".join(word for word in sample.split() if not word.isascii())
    return _best(sample, _SURE, _AHEAD) or _best(marked, _MARKED_SURE, _MARKED_AHEAD)


def _best(sample: str, sure: float, ahead: float) -> _Told | None:
    """The encoding in which most words are Vietnamese, where they are enough."""
    as_it_stands = _share(sample)
    best: tuple[float, str] | None = None
    for encoding in (*encodings(), WINDOWS_1258, TWICE):
        decoded = decode_legacy(sample, encoding)
        # A sign alone becomes a letter alone: no evidence.
        words = {word for word in WORD.findall(decoded) if len(word) > 1 and not word.isascii()}
        changed = words - set(WORD.findall(sample))
        if len(changed) < _FEWEST:
            continue
        share = _share(decoded)
        if share >= sure and share >= as_it_stands + ahead and (best is None or share > best[0]):
            best = (share, encoding)
    if best is None:
        return None
    name = encodings()[best[1]].name if best[1] in encodings() else best[1]
    reason = f"{best[0]:.0%} of the words are Vietnamese when read as {name}, {as_it_stands:.0%} as they stand"
    return _Told(best[1], best[0], reason)


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
