"""Print the agreement of the two passes and what the review changed: ``python corpora/agreement/measure.py``."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Collection
from pathlib import Path

from danvan_nlp.annotated import read_annotated
from danvan_nlp.themes import Taxonomy

HERE = Path(__file__).resolve().parent


def rows(name: str) -> list[dict[str, str]]:
    """Rows of a CSV file beside this one."""
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def main() -> None:
    """Print F1 and Cohen's kappa of each theme, first pass against second."""
    labels = {
        (path.stem, i): set(unit.themes)
        for path in sorted((HERE.parent / "annotated").glob("*.txt"))
        for i, unit in enumerate((u for u in read_annotated(path).units if u.role in ("sentence", "footnote")), 1)
    }
    reviewed = {(row["document"], int(row["sentence"]), row["theme"]): row for row in rows("review.csv")}
    for (document, sentence, theme), row in reviewed.items():
        # As it stood before the review.
        (set.add if row["label"] == "yes" else set.discard)(labels[document, sentence], theme)
    second = {(row["document"], int(row["sentence"])): set(row["themes"].split()) for row in rows("second_pass.csv")}
    ruled = {(row["document"], int(row["sentence"])): set(row["first"].split()) for row in rows("rulings.csv")}
    # What was not ruled on was labelled alike in both passes.
    first = {key: ruled.get(key, final) for key, final in labels.items()}
    n, alike = len(labels), sum(first[key] == second[key] for key in labels)
    print(f"{len({name for name, _ in labels})} documents, {n} sentences, {n - alike} labelled differently")
    print("| theme | first | second | F1 | kappa |\n|---|---|---|---|---|")
    hits = given = 0
    for theme in Taxonomy.load().keys:
        one = {key for key in labels if theme in first[key]}
        two = {key for key in labels if theme in second[key]}
        if not one | two:
            continue
        both = len(one & two)
        hits, given = hits + both, given + len(one) + len(two)
        chance = (len(one) * len(two) + (n - len(one)) * (n - len(two))) / n**2
        observed = 1 - (len(one) + len(two) - 2 * both) / n
        kappa = (observed - chance) / (1 - chance)
        print(f"| {theme} | {len(one)} | {len(two)} | {2 * both / (len(one) + len(two)):.3f} | {kappa:.3f} |")
    print(f"micro F1 {2 * hits / given:.3f}")
    print_review(reviewed.values())


def print_review(decisions: Collection[dict[str, str]]) -> None:
    """Print how many doubtful labels of each theme were kept, given and taken away."""
    counts = Counter((row["theme"], row["label"], row["review"]) for row in decisions)
    changed = sum(row["label"] != row["review"] for row in decisions)
    print(f"\n{len(decisions)} doubtful labels reviewed, {changed} changed")
    print("| theme | reviewed | given | taken away |\n|---|---|---|---|")
    for theme in sorted({row["theme"] for row in decisions}):
        total = sum(count for (of, _, _), count in counts.items() if of == theme)
        print(f"| {theme} | {total} | {counts[theme, 'no', 'yes']} | {counts[theme, 'yes', 'no']} |")


if __name__ == "__main__":
    main()
