"""Speed of the command line against underthesea's own word segmentation, in one run.

Prints the CPU time of ``import danvan_nlp`` beyond the bare interpreter, and the time of ``danvan run`` on a report of
60 KB as a ratio to ``python -c "from underthesea import word_tokenize; word_tokenize(TEXT)"`` on the same text. The two
commands run in turn, so that a change of the machine's speed meets both; medians are printed.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZE = 60_000
PEER = "import sys; from underthesea import word_tokenize; word_tokenize(open(sys.argv[1], encoding='utf-8').read())"


def text_of_60_kb() -> str:
    """Whole reports of the project put one behind the other, cut at a line after 60 KB."""
    from danvan_nlp.annotated import read_annotated

    reports = [read_annotated(path).text for path in sorted((ROOT / "corpora" / "annotated").glob("*.txt"))]
    lines: list[str] = []
    size = 0
    for line in "\n".join(reports).split("\n"):
        if size > SIZE:
            break
        lines.append(line)
        size += len(line.encode()) + 1
    return "\n".join(lines)


def timed(command: list[str]) -> tuple[float, float]:
    """Wall and CPU seconds of one command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    python = sys.executable
    with tempfile.TemporaryDirectory() as folder:
        report, out = Path(folder, "report.txt"), Path(folder, "out")
        report.write_text(text_of_60_kb(), encoding="utf-8")
        ours = [python, "-m", "danvan_nlp.cli", "run", str(report), "--out", str(out)]
        peer = [python, "-c", PEER, str(report)]
        rows: dict[str, list[tuple[float, float]]] = {
            "danvan run": [],
            "word_tokenize": [],
            "import": [],
            "interpreter": [],
        }
        for n in range(runs + 1):
            shutil.rmtree(out, ignore_errors=True)
            measured = {
                "danvan run": timed(ours),
                "word_tokenize": timed(peer),
                "import": timed([python, "-c", "import danvan_nlp"]),
                "interpreter": timed([python, "-c", "pass"]),
            }
            if n:
                for name, row in measured.items():
                    rows[name].append(row)
    for name, values in rows.items():
        wall, cpu = (statistics.median(column) for column in zip(*values, strict=True))
        print(f"{name:14}  wall {wall:6.3f} s  CPU {cpu:6.3f} s")
    ratios = [ours[0] / peer[0] for ours, peer in zip(rows["danvan run"], rows["word_tokenize"], strict=True)]
    extra = statistics.median(a[1] - b[1] for a, b in zip(rows["import"], rows["interpreter"], strict=True))
    print(f"danvan run / word_tokenize on {SIZE // 1000} KB: {statistics.median(ratios):.2f} (goal: at most 2)")
    print(f"import danvan_nlp beyond the interpreter: {extra:.3f} s of CPU (goal: under 0.3)")


if __name__ == "__main__":
    main()
