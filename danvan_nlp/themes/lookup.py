"""A table of integers that a whole batch is looked up in at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_NONE = -1
# Slots for each key: with few of them taken, most searches end at the first.
_ROOM = 4


@dataclass(frozen=True, slots=True)
class Lookup:
    """Places of distinct keys, by open addressing: numpy's own search in a sorted array is several times slower.

    Examples
    --------
    >>> Lookup.of(np.array([30, 10, 20]))(np.array([10, 11, 30])).tolist()
    [1, -1, 0]
    """

    keys: Ints
    places: Ints

    @classmethod
    def of(cls, keys: Ints) -> Lookup:
        """A table of the keys."""
        size = 1 << max(4, (_ROOM * len(keys)).bit_length())
        table = cls(np.full(size, _NONE, dtype=np.int64), np.full(size, _NONE, dtype=np.int64))
        places, slots = np.arange(len(keys)), table._slots(keys)
        while len(places):
            free = table.places[slots] == _NONE
            # Where several keys want one slot, the last written has it.
            table.places[slots[free]] = places[free]
            left = table.places[slots] != places
            places, slots = places[left], (slots[left] + 1) & (size - 1)
        taken = table.places != _NONE
        table.keys[taken] = keys[table.places[taken]]
        return table

    def __call__(self, wanted: Ints) -> Ints:
        """The place of each key, -1 where there is none."""
        slots = self._slots(wanted)
        found = np.where(self.keys[slots] == wanted, self.places[slots], _NONE)
        left = np.flatnonzero((found == _NONE) & (self.places[slots] != _NONE))
        slots = slots[left]
        while len(left):
            slots = (slots + 1) & (len(self.keys) - 1)
            same = self.keys[slots] == wanted[left]
            found[left[same]] = self.places[slots[same]]
            more = ~same & (self.places[slots] != _NONE)
            left, slots = left[more], slots[more]
        return found

    def _slots(self, keys: Ints) -> Ints:
        """Where the search for each key begins."""
        shift = np.uint64(65 - len(self.keys).bit_length())
        return ((keys.astype(np.uint64) * _SPREAD) >> shift).astype(np.int64)
