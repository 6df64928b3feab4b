"""The section tree, from the headings' markers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from danvan_nlp.structure.lines.looks import is_appendix_heading
from danvan_nlp.structure.lines.markers import Marker, parse_marker
from danvan_nlp.structure.lines.split import is_upper, split_lines
from danvan_nlp.types import Section, Unit


def build_sections(key: str, units: Sequence[Unit]) -> tuple[list[Section], list[Unit]]:
    """Build the section tree and set each unit's section.

    A heading's level is that of its marker's style; styles rank in the order in which the report itself nests them
    (Phần / A / I / 1 / 1.1 / a). Headings in a row without a section of their own (a title on two lines) are one.

    Parameters
    ----------
    key : str
        The document's key.
    units : sequence of Unit
        All units in order.

    Returns
    -------
    sections : list of Section
        In order of their start; ``end`` is where the next section of the same or a higher level begins.
    units : list of Unit
        The same units with ``section`` set.
    """
    sections: list[Section] = []
    placed: list[Unit] = []
    stack: list[tuple[str, int]] = []
    for i, unit in enumerate(units):
        if unit.role == "heading":
            text = key[unit.start : unit.end]
            marker = parse_marker(text)
            style = _style(text, marker)
            follows = i > 0 and units[i - 1].role == "heading" and bool(stack) and stack[-1][0] == style
            if follows and style == "upper_bare":
                at = stack[-1][1]
                sections[at] = replace(sections[at], title=f"{sections[at].title} {_clean(text, marker)}")
            else:
                _close(stack, style, marker.ordinal)
                parent = stack[-1][1] if stack else None
                sections.append(
                    Section(
                        parent=parent,
                        depth=len(stack),
                        marker=marker.text if style not in ("upper_bare", "bare") else None,
                        title=_clean(text, marker),
                        start=unit.start,
                        end=unit.end,
                    )
                )
                stack.append((style, len(sections) - 1))
        placed.append(replace(unit, section=stack[-1][1] if stack else None))
    return _set_ends(sections, units[-1].end if units else 0), placed


def _style(text: str, marker: Marker) -> str:
    line = split_lines(text)[0]
    if is_appendix_heading(line):
        return "appendix"
    if marker.markup.startswith("#") and marker.style == "none":
        return marker.markup.split()[0]
    if marker.style == "none":
        return "upper_bare" if is_upper(text) else "bare"
    return marker.style


def _clean(text: str, marker: Marker) -> str:
    return " ".join(text[marker.length :].split()).strip("*_ :")


def _close(stack: list[tuple[str, int]], style: str, ordinal: int | None) -> None:
    """Close the sections that a heading of this style ends."""
    styles = [name for name, _ in stack]
    if style == "appendix":
        stack.clear()
    elif style in styles:
        del stack[styles.index(style) :]
    elif style == "upper_bare" and any(name.startswith("decimal") for name in styles):
        # A caption in capitals among numbered sections stands below the one it is in.
        return
    elif style in ("roman", "upper", "part", "upper_bare"):
        # A series of letters may hold one of Roman numerals, or the other way round; nothing else holds either.
        holders = {"roman": "upper", "upper": "roman"}
        inside = style in holders and ordinal == 1 and holders[style] in styles
        keep = ("appendix", "part", holders[style]) if inside else ("appendix", "part")
        deepest = max((k for k, name in enumerate(styles) if name in keep), default=-1)
        del stack[deepest + 1 :]
    elif style.startswith("decimal"):
        while stack and (stack[-1][0] in ("lower", "paren", "bullet", "bare") or style <= stack[-1][0] < "e"):
            stack.pop()


def _set_ends(sections: list[Section], end: int) -> list[Section]:
    """Let each section end where the next one that is not below it begins."""
    open_sections: list[int] = []
    done = list(sections)
    for i, section in enumerate(sections):
        while open_sections and sections[open_sections[-1]].depth >= section.depth:
            j = open_sections.pop()
            done[j] = replace(done[j], end=section.start)
        open_sections.append(i)
    for j in open_sections:
        done[j] = replace(done[j], end=end)
    return done
