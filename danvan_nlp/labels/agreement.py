"""How far two annotators agree: Cohen's kappa and Krippendorff's alpha of each theme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from danvan_nlp.errors import DataError, UsageError
from danvan_nlp.labels.exchange import import_labels
from danvan_nlp.labels.gold import is_gold, read_gold
from danvan_nlp.labels.judged import judged_cells, split_keys
from danvan_nlp.tables.sheet import read_sheet
from danvan_nlp.themes import Taxonomy

Labels = dict[str, dict[str, bool]]


def cohen_kappa(one: Sequence[Hashable], two: Sequence[Hashable]) -> float | None:
    """Agreement of two annotators beyond chance (Cohen 1960); None where chance alone gives full agreement.

    Parameters
    ----------
    one, two : sequence
        What each said of the same items.

    Examples
    --------
    >>> one = ["yes"] * 25 + ["no"] * 25
    >>> two = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    >>> round(cohen_kappa(one, two), 3)
    0.4
    """
    n = len(one)
    if n == 0:
        return None
    seen = sum(a == b for a, b in zip(one, two, strict=True)) / n
    first, second = Counter(one), Counter(two)
    chance = sum(first[value] * second[value] for value in first) / n**2
    return None if chance == 1 else (seen - chance) / (1 - chance)


def krippendorff_alpha(items: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha for nominal values (Krippendorff 2011); None where all values are the same.

    Parameters
    ----------
    items : iterable of sequence
        For each item, the values that it got; what an annotator did not judge is left out.

    Examples
    --------
    >>> one, two = "0100000010", "1110010000"
    >>> round(krippendorff_alpha(list(zip(one, two))), 3)
    0.095
    """
    counts: Counter[Hashable] = Counter()
    apart = 0.0
    for values in items:
        if len(values) < 2:
            continue
        here = Counter(values)
        counts.update(here)
        apart += sum(n * (len(values) - n) for n in here.values()) / (len(values) - 1)
    n = counts.total()
    expected = sum(count * (n - count) for count in counts.values())
    return None if expected == 0 else 1 - (n - 1) * apart / expected


def read_labels(path: str | Path, taxonomy: Taxonomy) -> Labels:
    """Read who said what of which sentence.

    Parameters
    ----------
    path : path-like
        A folder of annotated reports or of ``*.gold.jsonl``; a CSV or XLSX file with ``sentence_id`` and a column a
        theme, or with ``document``, ``sentence`` (counted from one) and ``themes`` (all that hold); an export of
        Label Studio (``.json``) or doccano (``.jsonl``).

    Returns
    -------
    dict of str to dict
        For each sentence the judged themes; in a list of themes, all others count as no.

    Raises
    ------
    DataError
        The file is of no such form, or a row of it cannot be read.
    """
    path = Path(path)
    if path.is_dir() and is_gold(path):
        return {
            f"{document.name}:{n}": taxonomy.all_judged(unit.themes)
            for document in read_gold(path)
            for n, unit in enumerate(document.units, 1)
        }
    if path.suffix.lower() in (".csv", ".xlsx"):
        if not path.is_file():
            raise DataError(f"{path} does not exist")
        return {key: said for key, said in (_row(row, taxonomy, path) for row in read_sheet(path)) if said}
    judged, problems = import_labels(path, taxonomy.keys)
    if problems:
        raise DataError(f"{path}: {problems[0]} ({len(problems)} such rows)")
    return {one.sentence_id: dict(one.themes) for one in judged}


def _row(row: Mapping[str, str], taxonomy: Taxonomy, path: Path) -> tuple[str, dict[str, bool]]:
    where = f"{path}, line {row['line']}"
    if row.get("document") and row.get("sentence"):
        key = f"{row['document']}:{row['sentence']}"
    elif row.get("sentence_id"):
        key = row["sentence_id"]
    else:
        raise DataError(f"{where}: names no sentence; give sentence_id, or document and sentence")
    try:
        if "themes" in row:
            return key, taxonomy.all_judged(split_keys(row["themes"]))
        return key, judged_cells(row, taxonomy.keys)
    except DataError as error:
        raise DataError(f"{where}: {error}") from error


def agreement(one: Labels, two: Labels, taxonomy: Taxonomy) -> dict[str, Any]:
    """Agreement of each theme over the sentences that both judged.

    Returns
    -------
    dict
        ``themes`` (for each: n, yes of either, share of agreement, kappa, alpha, F1 of the second against the first),
        the mean over core themes and over all, the micro-averaged F1, and how many sentences only one of them has.

    Raises
    ------
    UsageError
        They have no sentence in common.
    """
    shared = [key for key in one if key in two]
    if not shared:
        raise UsageError("the two have no sentence in common; they must name sentences in the same way")
    themes = {}
    for theme in taxonomy.keys:
        pairs = [(one[k][theme], two[k][theme]) for k in shared if theme in one[k] and theme in two[k]]
        if pairs:
            themes[theme] = _of_theme(pairs)
    top = [theme.key for theme in taxonomy if not theme.parent and theme.key in themes]
    core = [key for key in taxonomy.core if key in themes]
    return {
        "sentences": len(shared),
        "only_first": len(one) - len(shared),
        "only_second": len(two) - len(shared),
        "themes": themes,
        "core": _mean(themes, core),
        "all": _mean(themes, top),
        "micro_f1": _f1([themes[key] for key in top]),
    }


def _of_theme(pairs: Sequence[tuple[bool, bool]]) -> dict[str, Any]:
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    counts = {"yes_first": sum(first), "yes_second": sum(second), "both": sum(a and b for a, b in pairs)}
    return {
        "n": len(pairs),
        **counts,
        "agreement": sum(a == b for a, b in pairs) / len(pairs),
        "kappa": cohen_kappa(first, second),
        "alpha": krippendorff_alpha(pairs),
        "f1": _f1([counts]),
    }


def _f1(counts: Sequence[Mapping[str, Any]]) -> float | None:
    total = sum(c["yes_first"] + c["yes_second"] for c in counts)
    return 2 * sum(c["both"] for c in counts) / total if total else None


def _mean(themes: Mapping[str, Mapping[str, Any]], keys: Sequence[str]) -> dict[str, float | None]:
    means: dict[str, float | None] = {}
    for name in ("kappa", "alpha", "f1"):
        values = [themes[key][name] for key in keys if themes[key][name] is not None]
        means[name] = sum(values) / len(values) if values else None
    return means
