"""A mention while it is being read; places are places of the key."""

from __future__ import annotations

import re
from dataclasses import dataclass

from danvan_nlp.types import Kind, Role


@dataclass(slots=True, eq=False)
class Draft:
    """One mention in the making.

    Attributes
    ----------
    floor, limit : int
        The unit that the mention stands in.
    stop : int
        What belongs to the mention ends here: at the end of the unit, or of its cell of a table.
    number_at : int
        Where the number begins.
    typed, numbered : bool
        A type word leads to the number; the word "số" does.
    tail : int
        Where the date, issuer and term after the number end.
    together : bool
        The date is said to be that of the documents named before it too ("cùng ngày").
    issuer, title : tuple of int or None
        Where the names of the issuing body and of the subject stand.
    cover : int
        How far the mention with its title reaches; a mention that begins before it stands inside the title.
    central : bool
        The issuing body is a central one.
    """

    start: int
    end: int
    floor: int
    limit: int
    stop: int
    kind: Kind = "full"
    type: str | None = None
    number: str | None = None
    symbol: str | None = None
    year: str | None = None
    known: bool = True
    central: bool = False
    number_at: int = -1
    typed: bool = False
    numbered: bool = False
    tail: int = -1
    date: str | None = None
    dated: bool = False
    together: bool = False
    issuer: tuple[int, int] | None = None
    term: str | None = None
    title: tuple[int, int] | None = None
    cover: int = -1
    part: str | None = None
    name: str | None = None
    titled: bool = True
    nested: bool = False
    role: Role | None = None
    antecedent: Draft | None = None
    declares: bool = False

    @property
    def body(self) -> str:
        """The bodies in the symbol: "TU" in KH/TU, "UBND" in KH-UBND."""
        return re.split(r"[/-]", self.symbol or "", maxsplit=1)[-1]
