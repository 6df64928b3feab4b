"""Write the plain texts of the sample reports from their annotated form: ``python corpora/render.py``."""

from __future__ import annotations

from pathlib import Path

from danvan_nlp.annotated import read_annotated

HERE = Path(__file__).resolve().parent
# A province, a district, a department.
SAMPLES = (
    "tinh-uy-thach-linh-2020-ket-luan-114",
    "huyen-vam-thoi-2019-ubnd-nam",
    "so-noi-vu-dong-thuan-2021-cchc-dan-van",
)


def main() -> None:
    """Render every sample."""
    for name in SAMPLES:
        report = read_annotated(HERE / "annotated" / f"{name}.txt")
        with (HERE / "samples" / f"{name}.txt").open("w", encoding="utf-8", newline="") as out:
            out.write(report.text)


if __name__ == "__main__":
    main()
