"""Fuzz target of every reader: ``python -m tests.reading.fuzz docx --minutes 5``.

Each round takes a good file, changes it (bytes, chunks, or inside the parts of an archive) and reads it. Whatever comes
is text or a ReadingError; anything else is written next to the seed that made it, and the run ends with status 1.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import random
import time
import traceback
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from danvan_nlp.errors import ReadingError
from danvan_nlp.reading.files import read_bytes
from danvan_nlp.reading.pdf.document import extract

from .make_formats import as_docx, as_html, as_pdf, sample

_SLOWEST = 30.0


def spoil(data: bytes, chance: random.Random) -> bytes:
    """Change a few bytes; cut, repeat or move a chunk."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at, size = chance.randrange(len(changed) + 1), chance.choice((1, 2, 8, 64, 1024))
        kind = chance.randrange(4)
        if kind == 0:
            changed[at : at + size] = chance.randbytes(min(size, len(changed) - at))
        elif kind == 1:
            del changed[at : at + size]
        elif kind == 2:
            changed[at:at] = changed[at : at + size] * chance.randint(1, 20)
        else:
            source = chance.randrange(len(changed) + 1)
            changed[at:at] = changed[source : source + size]
    return bytes(changed)


def spoil_parts(data: bytes, chance: random.Random) -> bytes:
    """Change the inside of a part of an archive, so that its checks still pass."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        parts = [name for name in old.namelist() if name.endswith((".xml", ".rels"))]
        chosen = chance.choice(parts)
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, spoil(content, chance) if name == chosen else content)
    return made.getvalue()


def targets() -> dict[str, tuple[Callable[[], bytes], Callable[[bytes], object]]]:
    return {
        "docx": (lambda: as_docx(sample()), lambda data: read_bytes(data, "docx")),
        "html": (lambda: as_html(sample()), lambda data: read_bytes(data, "html")),
        # In this process: a crash of the library below would end the run, and be seen.
        "pdf": (lambda: as_pdf(sample()), partial(extract, ocr=False)),
        "txt": (sample().text.encode, lambda data: read_bytes(data, "txt")),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reader", choices=sorted(targets()))
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    make, read = targets()[args.reader]
    good = make()
    end, rounds, read_whole = time.monotonic() + 60 * args.minutes, 0, 0
    while time.monotonic() < end:
        chance = random.Random(args.seed + rounds)
        inside = args.reader == "docx" and chance.random() < 0.8
        bad = spoil_parts(good, chance) if inside else spoil(good, chance)
        start = time.monotonic()
        try:
            with contextlib.suppress(ReadingError):
                read(bad)
                read_whole += 1
            if time.monotonic() - start > _SLOWEST:
                raise TimeoutError(f"{time.monotonic() - start:.0f} seconds")
        except Exception:
            Path(f"fuzz-{args.reader}-{args.seed + rounds}").write_bytes(bad)
            traceback.print_exc()
            raise SystemExit(1) from None
        rounds += 1
    print(f"{args.reader}: {rounds} files in {args.minutes} minutes, {read_whole} read, the others refused")


if __name__ == "__main__":
    main()
