"""Fuzz target of every reader: ``python -m tests.reading.fuzz docx --minutes 5``.

Each round takes a good file, changes it (bytes, chunks, or inside the parts of an archive) and reads it. Whatever comes
is text or a ReadingError; anything else is written next to the seed that made it, and the run ends with status 1.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import random
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from danvan_nlp.errors import ReadingError
from danvan_nlp.reading import find_inputs, read_source
from danvan_nlp.reading.files import read_bytes
from danvan_nlp.reading.limits import OFFICE_SECONDS
from danvan_nlp.reading.pdf.document import extract

from .make_formats import as_docx, as_html, as_office, as_pdf, as_pictures, as_zip, sample

_SLOWEST = {"doc": OFFICE_SECONDS + 30, "rtf": OFFICE_SECONDS + 30, "odt": OFFICE_SECONDS + 30, "image": 120.0}
_OTHERS = 30.0


def spoil(data: bytes, chance: random.Random, kinds: int = 4) -> bytes:
    """Change a few bytes; where all kinds are wanted, cut, repeat or move a chunk."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at, size = chance.randrange(len(changed) + 1), chance.choice((1, 2, 8, 64, 1024))
        kind = chance.randrange(kinds)
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


def targets() -> dict[str, tuple[Callable[[], list[bytes]], Callable[[bytes], object]]]:
    """How the good files of each reader are made, and how one is read."""
    return {
        "docx": (lambda: [as_docx(sample())], partial(read_bytes, form="docx")),
        "html": (lambda: [as_html(sample())], partial(read_bytes, form="html")),
        # In this process: a crash of the library below would end the run, and be seen.
        "pdf": (lambda: [as_pdf(sample())], partial(extract, ocr=False)),
        "txt": (lambda: [sample().text.encode()], partial(read_bytes, form="txt")),
        "zip": (lambda: [as_zip(sample())], read_packed),
        "image": (lambda: as_pictures(sample()), partial(read_bytes, form="image")),
        **{form: (partial(_office, form), partial(read_bytes, form=form)) for form in ("doc", "rtf", "odt")},
    }


def _office(form: str) -> list[bytes]:
    return [as_office(form)]


def read_packed(data: bytes) -> None:
    """Read every member of an archive."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "in", "reports.zip")
        path.parent.mkdir()
        path.write_bytes(data)
        for found in find_inputs([path])[0]:
            with contextlib.suppress(ReadingError):
                read_source(found)
        assert [p.name for p in Path(folder).rglob("*")] == ["in", "reports.zip"], "a file was written"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reader", choices=sorted(targets()))
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    make, read = targets()[args.reader]
    goods = make()
    end, rounds, read_whole = time.monotonic() + 60 * args.minutes, 0, 0
    while time.monotonic() < end:
        chance = random.Random(args.seed + rounds)
        good = chance.choice(goods)
        inside = args.reader in ("docx", "odt") and chance.random() < 0.8
        # A compound file with a chunk moved is refused at its first sector, a picture at its first block.
        kinds = 1 if args.reader in ("doc", "image") else 4
        bad = spoil_parts(good, chance) if inside else spoil(good, chance, kinds)
        start = time.monotonic()
        try:
            with contextlib.suppress(ReadingError):
                read(bad)
                read_whole += 1
            if time.monotonic() - start > _SLOWEST.get(args.reader, _OTHERS):
                raise TimeoutError(f"{time.monotonic() - start:.0f} seconds")
        except Exception:
            Path(f"fuzz-{args.reader}-{args.seed + rounds}").write_bytes(bad)
            traceback.print_exc()
            raise SystemExit(1) from None
        rounds += 1
    print(f"{args.reader}: {rounds} files in {args.minutes} minutes, {read_whole} read, the others refused")


if __name__ == "__main__":
    main()
