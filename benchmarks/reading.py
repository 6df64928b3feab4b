"""Speed and memory of the readers, and how well each format agrees with the text of the same report.

Prints MB of text a second for docx, pages a second and peak memory for a PDF of 1,000 pages without ruled tables, and
F1 against the annotated sample in every format that the machine has the programs for (LibreOffice, tesseract).
``--check`` ends with an error where a figure falls below its level.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.reading.agreement import agreement  # noqa: E402
from tests.reading.make_formats import as_docx, as_html, as_pdf, as_scan, as_zip, convert_with_office, sample  # noqa: E402

DOCX_MB, PDF_PAGES, PDF_MB = 1.0, 200.0, 300.0
PAGES = 1_000
LEVELS = {"references": 1.0, "sentence_boundaries": 0.99, "indicators": 0.98, "roles": 0.98}
OCR_LEVELS = {"references": 0.90}
CHILD = """
import json, resource, sys, time
from pathlib import Path
from danvan_nlp.reading.pdf.document import extract
data = Path(sys.argv[1]).read_bytes()
start = time.process_time()
read = extract(data, ocr=False)
seconds = time.process_time() - start
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
print(json.dumps({"seconds": seconds, "megabytes": memory, "letters": len(read.text)}))
"""


def long_docx(times: int) -> bytes:
    """The sample's body so many times in one file."""
    data = as_docx(sample())
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "word/document.xml":
                start, end = content.index(b"<w:body>") + len(b"<w:body>"), content.rindex(b"<w:sectPr")
                content = content[:start] + content[start:end] * times + content[end:]
            new.writestr(info, content)
    return made.getvalue()


def docx_speed() -> float:
    """MB of text a second of CPU time."""
    from danvan_nlp.reading.word import read_docx

    data = long_docx(60)
    start = time.process_time()
    text = read_docx(data).text
    return len(text.encode()) / 1e6 / (time.process_time() - start)


def pdf_speed(folder: Path) -> tuple[float, float]:
    """Pages a second of CPU time, and peak memory in MB, on pages of running text."""
    import pypdfium2

    source = pypdfium2.PdfDocument(as_pdf(sample()))
    long = pypdfium2.PdfDocument.new()
    while len(long) < PAGES:
        long.import_pages(source, list(range(1, 6)))
    path = folder / "long.pdf"
    long.save(path)
    done = subprocess.run([sys.executable, "-c", CHILD, str(path)], capture_output=True, text=True, check=True)
    measured = json.loads(done.stdout)
    return len(long) / measured["seconds"], measured["megabytes"]


def write_samples(folder: Path) -> dict[str, Path]:
    """The sample in each format: its name, and the path to read."""
    from danvan_nlp.reading.office import find_office
    from danvan_nlp.reading.pdf.ocr import has_tesseract

    report = sample()
    made = {"docx": as_docx(report), "html": as_html(report), "pdf": as_pdf(report), "zip": as_zip(report)}
    if has_tesseract():
        made["ocr.pdf"] = as_scan(made["pdf"])
    paths = {form: folder / f"sample.{form}" for form in made}
    for form, data in made.items():
        paths[form].write_bytes(data)
    paths["zip"] /= "2021/report.docx"
    if find_office() is not None:
        for form in ("doc", "rtf", "odt"):
            convert_with_office(paths["docx"], form)
            paths[form] = folder / f"sample.{form}"
    return paths


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    from danvan_nlp.reading import read_source

    short = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for form, path in write_samples(folder).items():
            measured = agreement(sample(), read_source(path))
            print(f"{form:8}", "  ".join(f"{key} {value:.4f}" for key, value in measured.items()))
            levels = OCR_LEVELS if form.startswith("ocr") else LEVELS
            short += [f"{form} {key}" for key, level in levels.items() if measured[key] < level]
        megabytes = docx_speed()
        pages, memory = pdf_speed(folder)
    print(f"docx: {megabytes:.1f} MB of text a second (level: {DOCX_MB})")
    print(f"pdf: {pages:.0f} pages a second (level: {PDF_PAGES:.0f})")
    print(f"pdf: {memory:.0f} MB for {PAGES} pages (at most {PDF_MB:.0f})")
    short += [
        name
        for name, bad in (("docx", megabytes < DOCX_MB), ("pages", pages < PDF_PAGES), ("memory", memory > PDF_MB))
        if bad
    ]
    if args.check and short:
        raise SystemExit(f"reading: below its level: {', '.join(short)}")


if __name__ == "__main__":
    main()
