"""Styles: what a paragraph or a run inherits."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from danvan_nlp.reading.word.names import VAL, W

_OFF = ("0", "false", "off", "none")
_HEADING = re.compile(r"(?:heading|tiêu đề|đề mục)\s*([1-9])$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Look:
    """What the printed page depends on; None where it is inherited.

    Attributes
    ----------
    outline : int or None
        Depth of a heading from 0; 9 and more is running text.
    number, depth : str or None, int or None
        The list that numbers the paragraph ("0": none), and the depth in it.
    """

    font: str | None = None
    capitals: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None
    centred: bool | None = None
    outline: int | None = None
    number: str | None = None
    depth: int | None = None

    def over(self, base: Look) -> Look:
        """This look laid over another one."""
        mine = {name: value for name in self.__slots__ if (value := getattr(self, name)) is not None}
        return replace(base, **mine) if mine else base


NO_LOOK = Look()


def is_on(element: etree._Element | None) -> bool | None:
    """The value of a switch such as ``w:caps``: None where it is absent."""
    if element is None:
        return None
    return element.get(VAL, "1").lower() not in _OFF


def run_look(properties: etree._Element | None) -> Look:
    """The look that run properties (``w:rPr``) state."""
    if properties is None:
        return NO_LOOK
    fonts = properties.find(f"{W}rFonts")
    font = None if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")
    raised = properties.find(f"{W}vertAlign")
    return Look(
        font=font,
        capitals=is_on(properties.find(f"{W}caps")),
        hidden=is_on(properties.find(f"{W}vanish")),
        raised=None if raised is None else raised.get(VAL) == "superscript",
    )


def paragraph_look(properties: etree._Element | None) -> Look:
    """The look that paragraph properties (``w:pPr``) state."""
    if properties is None:
        return NO_LOOK
    centred = properties.find(f"{W}jc")
    outline = _number(properties.find(f"{W}outlineLvl"))
    numbering = properties.find(f"{W}numPr")
    number = depth = None
    if numbering is not None:
        given = numbering.find(f"{W}numId")
        number = None if given is None else given.get(VAL)
        depth = _number(numbering.find(f"{W}ilvl"))
    return Look(
        centred=None if centred is None else centred.get(VAL) == "center", outline=outline, number=number, depth=depth
    )


def _number(element: etree._Element | None) -> int | None:
    value = "" if element is None else element.get(VAL, "")
    return int(value) if value.isdecimal() and len(value) < 4 else None


class Styles:
    """The styles of a document, each with all that it inherits."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._looks: dict[str, Look] = {}
        self._default = NO_LOOK
        self.usual: str | None = None
        if root is None:
            return
        self._default = run_look(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        for style in root.iterfind(f"{W}style"):
            name = style.get(f"{W}styleId", "")
            self._elements[name] = style
            if style.get(f"{W}default") in ("1", "true") and style.get(f"{W}type") == "paragraph":
                self.usual = name

    def look(self, name: str | None) -> Look:
        """The look of a style, by its id; the document's defaults for one that does not exist."""
        chain: list[str] = []
        while name and name in self._elements and name not in self._looks and name not in chain:
            chain.append(name)
            based = self._elements[name].find(f"{W}basedOn")
            name = None if based is None else based.get(VAL)
        look = self._looks.get(name or "", self._default)
        for style in reversed(chain):
            look = self._looks[style] = self._stated(style).over(look)
        return look

    def character(self, name: str | None) -> Look:
        """What a character style itself states, with the styles that it is based on, without the defaults."""
        looks: list[Look] = []
        seen: set[str] = set()
        while name and name in self._elements and name not in seen:
            seen.add(name)
            looks.append(run_look(self._elements[name].find(f"{W}rPr")))
            based = self._elements[name].find(f"{W}basedOn")
            name = None if based is None else based.get(VAL)
        result = NO_LOOK
        for look in reversed(looks):
            result = look.over(result)
        return result

    def _stated(self, name: str) -> Look:
        style = self._elements[name]
        look = run_look(style.find(f"{W}rPr")).over(paragraph_look(style.find(f"{W}pPr")))
        title = style.find(f"{W}name")
        heading = _HEADING.match("" if title is None else title.get(VAL, ""))
        if heading and look.outline is None:
            look = replace(look, outline=int(heading[1]) - 1)
        return look
