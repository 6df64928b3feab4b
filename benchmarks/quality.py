"""Quality gate: score the public command on annotated reports, and on the same reports in other layouts.

Floors stand in ``floors.toml``; a figure below its floor, or one that another layout lowers by more than 0.02, fails.
Real reports are read from ``../shared``; where they are absent, the project's own annotated samples take their place.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from layouts import LAYOUTS, rewrite

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
TOLERANCE = 0.02
# Lower is better.
COUNTS = ("offset_errors", "overlapping_sentences", "letters_uncovered", "missing_documents")


def run(reports: Path, out: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "danvan_nlp.cli",
        "run",
        str(reports / "*.txt"),
        "--out",
        str(out),
        "--format",
        "jsonl",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    if done.returncode:
        raise SystemExit(f"danvan run failed on {reports}:\n{done.stderr}{done.stdout}")


def score(reports: Path, out: Path, errors: int = 0) -> dict[str, Any]:
    command = [sys.executable, str(SHARED / "score.py"), str(reports), str(out), "--json", "--errors", str(errors)]
    result: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return result


def figures(result: dict[str, Any]) -> dict[str, float]:
    """The figures of a score in one level."""
    flat = {name: result[name]["f1"] for name in ("sentence_boundaries", "references", "relations", "indicators")}
    flat |= {f"role_{name}": row["f1"] for name, row in result["roles"].items()}
    flat |= {f"attribute_{name}": value for name, value in result["reference_attributes"].items()}
    flat |= {name: result[name] for name in ("reference_spans_exact", "reference_targets")}
    flat |= {name: result[name] for name in ("themes_core_macro_f1", "themes_all_micro_f1")}
    flat |= {name: result[name] for name in COUNTS[:3]}
    return flat | {"missing_documents": len(result["missing_documents"])}


def below(measured: dict[str, float], floors: dict[str, float]) -> list[str]:
    """What falls short of its floor."""
    short = []
    for name, floor in floors.items():
        value = measured.get(name)
        if value is None or (value > floor if name in COUNTS else value < floor):
            short.append(f"{name}: {value}, floor {floor}")
    return short


def dropped(base: dict[str, float], changed: dict[str, float]) -> list[str]:
    """What another layout lowers by more than the tolerance."""
    return [
        f"{name}: {base[name]:.4f} -> {changed.get(name, 0):.4f}"
        for name in base
        if (changed.get(name, 0) > base[name] if name in COUNTS else changed.get(name, 0) < base[name] - TOLERANCE)
    ]


def measure(layout: str, work: Path) -> tuple[str, dict[str, float]]:
    reports = work / layout.replace(" ", "_")
    reports.mkdir()
    rewrite(SHARED / "reports", reports, layout)
    run(reports, work / f"{reports.name}_run")
    return layout, figures(score(reports, work / f"{reports.name}_run"))


def real_reports(work: Path, errors: int) -> list[str]:
    out = work / "real"
    run(SHARED / "reports", out)
    result = score(SHARED / "reports", out, errors)
    base = figures(result)
    failures = below(base, tomllib.loads((ROOT / "benchmarks" / "floors.toml").read_text(encoding="utf-8"))["real"])
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        layouts = dict(pool.map(lambda layout: measure(layout, work), LAYOUTS))
    width = max(map(len, base))
    print(f"{'':{width}}  {'as is':>10}" + "".join(f"{name:>12}" for name in layouts))
    for name, value in base.items():
        print(f"{name:{width}}  {value:10.4f}" + "".join(f"{row.get(name, 0):12.4f}" for row in layouts.values()))
    for layout, changed in layouts.items():
        failures += [f"{layout}: {line}" for line in dropped(base, changed)]
    for kind, rows in result["errors"].items():
        print(f"\n[{kind}]", *rows, sep="\n  ")
    return failures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", type=int, default=0, help="list so many errors of each kind")
    args = parser.parse_args()
    if not (SHARED / "score.py").exists() and os.environ.get("CI") == "true":
        raise SystemExit("quality: ../shared is absent; in CI the gate needs the real reports")
    with tempfile.TemporaryDirectory() as folder:
        if (SHARED / "score.py").exists():
            failures = real_reports(Path(folder), args.errors)
        else:
            from samples import own_samples

            print("../shared is absent: scoring the project's own annotated samples instead")
            failures = own_samples(Path(folder))
    if failures:
        raise SystemExit("\n".join(["quality: below what it was:", *failures]))
    print("\nquality: every figure holds")


if __name__ == "__main__":
    main()
