"""The section tree, from the headings' markers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from danvan_nlp.structure.lines import is_upper, split_lines
from danvan_nlp.structure.markers import Marker, parse_marker
from danvan_nlp.structure.regions import is_appendix_heading
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
            previous = units[i - 1] if i else None
            if style == "title" and previous is not None and previous.role == "heading" and stack and stack[-1][0] == "title":
                at = stack[-1][1]
                joined = f"{sections[at].title} {_clean(text, marker)}"
                sections[at] = replace(sections[at], title=joined)
            else:
                _close(stack, style)
                parent = stack[-1][1] if stack else None
                sections.append(
                    Section(
                        parent=parent,
                        depth=len(stack),
                        marker=marker.text if style not in ("title", "upper_bare", "bare") else None,
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


def _close(stack: list[tuple[str, int]], style: str) -> None:
    """Close the sections that a heading of this style ends."""
    if style == "appendix":
        stack.clear()
        return
    styles = [name for name, _ in stack]
    if style in styles:
        del stack[styles.index(style) :]
    elif style in ("roman", "part") or (style == "upper_bare" and "appendix" not in styles):
        # The highest levels of a report are never below a number; they close what other styles opened.
        keep = [k for k, name in enumerate(styles) if name in ("appendix", "part") and name != style]
        del stack[len(keep) :]
    elif style.startswith("decimal"):
        while stack and stack[-1][0].startswith("decimal") and stack[-1][0] >= style:
            stack.pop()
        while stack and stack[-1][0] in ("lower", "paren", "bullet", "bare"):
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
