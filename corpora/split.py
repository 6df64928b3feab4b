"""Draw the locked test split of the corpus: ``python corpora/split.py`` prints ``annotated/splits.toml``.

The reports are put in the order of level, writer and kind, chance deciding among equals, and every fifth is drawn: so
each level, writer and kind has about its share. The split was drawn once; a report that joins the corpus later joins
the development part.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from danvan_nlp.annotated import AnnotatedReport, read_annotated

ANNOTATED = Path(__file__).resolve().parent / "annotated"
SEED, EVERY = 0, 5


def draw(reports: Iterable[AnnotatedReport]) -> list[str]:
    """Names of the reports of the test split, sorted."""

    def chance(name: str) -> str:
        return hashlib.sha256(f"{SEED}:{name}".encode()).hexdigest()

    ordered = sorted(reports, key=lambda r: (*(str(r.about[k]) for k in ("level", "writer", "kind")), chance(r.name)))
    return sorted(report.name for report in ordered[SEED % EVERY :: EVERY])


def digest(reports: Iterable[AnnotatedReport]) -> str:
    """Digest of the names and texts of reports in order; their labels may still be put right by the guide."""
    found = hashlib.sha256()
    for report in reports:
        found.update(f"{report.name}\n{report.text}\n".encode())
    return found.hexdigest()


def main() -> None:
    """Print the split of the reports that there are."""
    reports = {path.stem: read_annotated(path) for path in sorted(ANNOTATED.glob("*.txt"))}
    names = draw(reports.values())
    print("# The locked test split, drawn by ../split.py. No choice of the development looks at these reports.")
    print(f'seed = {SEED}\nsha256 = "{digest(reports[name] for name in names)}"\ntest = [')
    print("\n".join(f'    "{name}",' for name in names) + "\n]")


if __name__ == "__main__":
    main()
