"""Labels out to the people who judge them, and back, with every text checked."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

import danvan_nlp.themes as theme_models
from danvan_nlp.corpus.names import theme_names
from danvan_nlp.errors import DataError, UsageError
from danvan_nlp.labels.corrections import PLACE
from danvan_nlp.labels.judged import PATH_SIGN, Judged, from_marks, heading_path, judged_cells, text_hash
from danvan_nlp.labels.tasks import Part, Task, run_tagger, run_tasks
from danvan_nlp.labels.tools import Marked, read_doccano, read_labelstudio, write_doccano, write_labelstudio
from danvan_nlp.run_folder import read_record
from danvan_nlp.tables.sheet import read_sheet, write_sheet

Tool = Literal["labelstudio", "doccano", "csv", "xlsx"]
TOOLS: tuple[Tool, ...] = ("labelstudio", "doccano", "csv", "xlsx")


def export_labels(
    run: str | Path,
    out: str | Path,
    tool: Tool,
    *,
    part: Part = "sentence",
    uncertain: bool = False,
    taxonomy: theme_models.Taxonomy | None = None,
) -> list[Path]:
    """Write the sentences of a run for an annotation tool.

    Parameters
    ----------
    run : path-like
        Folder of a run.
    out : path-like
        The file to write.
    tool : {"labelstudio", "doccano", "csv", "xlsx"}
        What reads it.
    part : {"sentence", "document"}
        Whether a task is a sentence or a document.
    uncertain : bool
        The sentences first of which the model is least sure.
    taxonomy : Taxonomy, optional
        Whose themes are asked; without it, those of the run's model.

    Returns
    -------
    list of Path
        Files that were written.

    Raises
    ------
    UsageError
        The options contradict each other, or the folder holds no run.
    """
    if tool not in TOOLS:
        raise UsageError(f"no tool {tool!r}; choose one of {', '.join(TOOLS)}")
    if part not in ("sentence", "document"):
        raise UsageError(f"no part {part!r}; choose sentence or document")
    out = Path(out)
    if tool in ("csv", "xlsx") and out.suffix.lower() != f".{tool}":
        raise UsageError(f"{out}: give a name that ends in .{tool}")
    if tool in ("csv", "xlsx") and part == "document":
        raise UsageError("a sheet holds a sentence a row; give --part sentence")
    tasks = run_tasks(run, part=part, uncertain=uncertain)
    themes = taxonomy.keys if taxonomy else run_tagger(run).model.themes
    if tool == "labelstudio":
        return [out, write_labelstudio(out, tasks, _names(themes, run, taxonomy))]
    if tool == "doccano":
        write_doccano(out, tasks)
    else:
        write_sheet(out, (*PLACE, "headings", "text", "predicted", *themes), map(_sheet_row, tasks))
    return [out]


def _names(themes: Collection[str], run: str | Path, taxonomy: theme_models.Taxonomy | None) -> dict[str, str]:
    """What the annotator reads for each theme."""
    known = {theme.key: theme.vi for theme in taxonomy} if taxonomy else theme_names(read_record(Path(run)))
    return {theme: known.get(theme, theme) for theme in themes}


def _sheet_row(task: Task) -> dict[str, str | int | None]:
    place = {name: value for name, value in task.place.items() if name in PLACE}
    likely = sorted(task.predicted.items(), key=lambda pair: -pair[1])
    return {
        **place,
        "sentence_id": f"{task.doc_id}:s:{task.start}",
        "headings": PATH_SIGN.join(task.headings),
        "text": task.text,
        "predicted": ", ".join(f"{theme} {score:.2f}" for theme, score in likely),
    }


def import_labels(path: str | Path, themes: Collection[str]) -> tuple[list[Judged], list[str]]:
    """Read a label file back: Label Studio ``.json``, doccano ``.jsonl``, a ``.csv`` or ``.xlsx`` sheet.

    Parameters
    ----------
    path : path-like
        The file.
    themes : collection of str
        Keys of all themes.

    Returns
    -------
    judged : list of Judged
        Sentences of which at least one theme was judged.
    problems : list of str
        Every row that was not taken, and why: its text is another than that which went out, a label names no
        theme, a span lies outside the sentences.

    Raises
    ------
    DataError
        The file is of no such form.
    """
    path = Path(path)
    if not path.is_file():
        raise DataError(f"{path} does not exist")
    kind = path.suffix.lower()
    if kind in (".csv", ".xlsx"):
        return _from_sheet(path, themes)
    if kind not in (".json", ".jsonl"):
        raise DataError(f"{path}: give Label Studio's .json, doccano's .jsonl, or a .csv or .xlsx sheet")
    marked, problems = read_labelstudio(path) if kind == ".json" else read_doccano(path)
    judged = []
    for one in marked:
        if not one.done:
            continue
        try:
            _check_text(one.text, str(one.place["text_sha256"]))
            judged += _of_sentences(one, themes)
        except KeyError as error:
            problems.append(f"{one.where}: the field {error} is gone; export from the project that was imported")
        except DataError as error:
            problems.append(f"{one.where}: {error}")
        except (TypeError, ValueError) as error:
            problems.append(f"{one.where}: what came with the text is damaged ({error})")
    return judged, problems


def _check_text(text: str, digest: str) -> None:
    if text_hash(text) == digest:
        return
    for form in ("NFC", "NFD"):
        if text_hash(unicodedata.normalize(form, text)) == digest:
            raise DataError(f"the text was brought into another Unicode form than {form}, so that its offsets moved")
    raise DataError(f"the text is not the one that went out (its hash differs): {text[:60]!r}")


def _of_sentences(one: Marked, themes: Collection[str]) -> list[Judged]:
    """Judgements of each sentence that a label covers."""
    base = int(one.place["start"])
    sentences = [(int(start) - base, int(end) - base) for start, end in one.place["sentences"]]
    if any(not 0 <= start < end <= len(one.text) for start, end in sentences):
        raise DataError("its sentences lie outside its text")
    marks: dict[tuple[int, int], list[str]] = defaultdict(list)
    for span in sentences if one.labels else ():
        marks[span] += one.labels
    for start, end, label in one.spans:
        if not 0 <= start < end <= len(one.text):
            raise DataError(f"the label {label!r} at {start}-{end} lies outside its text of {len(one.text)} letters")
        for span in _covered(sentences, start, end, label):
            marks[span].append(label)
    doc_id = str(one.place["doc_id"])
    made = []
    for (start, end), labels in sorted(marks.items()):
        text = one.text[start:end]
        made.append(
            Judged(
                sentence_id=f"{doc_id}:s:{base + start}", doc_id=doc_id, start=base + start, end=base + end,
                text=text, text_sha256=text_hash(text), themes=from_marks(labels, themes),
                headings=heading_path(str(one.place.get("headings", ""))),
            )
        )  # fmt: skip
    return made


def _covered(sentences: Iterable[tuple[int, int]], start: int, end: int, label: str) -> list[tuple[int, int]]:
    """Sentences that a span covers by half or more; else the one that it shares most with."""
    shared = {(a, b): min(b, end) - max(a, start) for a, b in sentences if a < end and start < b}
    if not shared:
        raise DataError(f"the label {label!r} at {start}-{end} touches no sentence")
    covered = [span for span, size in shared.items() if 2 * size >= span[1] - span[0]]
    return covered or [max(shared, key=lambda span: shared[span])]


def _from_sheet(path: Path, themes: Collection[str]) -> tuple[list[Judged], list[str]]:
    judged, problems = [], []
    rows = read_sheet(path)
    missing = {"sentence_id", "text_sha256"} - set(rows[0] if rows else ())
    if rows and missing:
        raise DataError(f"{path}: column {sorted(missing)[0]!r} is missing; it brings a label back to its sentence")
    for row in rows:
        try:
            one = _sheet_judged(row, themes)
        except (DataError, ValueError) as error:
            problems.append(f"line {row['line']}: {error}")
            continue
        if one.themes:
            judged.append(one)
    return judged, problems


def _sheet_judged(row: Mapping[str, Any], themes: Collection[str]) -> Judged:
    text, start = row.get("text", ""), int(row["sentence_id"].rpartition(":")[2])
    _check_text(text, row["text_sha256"])
    if row.get("start", "") not in ("", str(start)):
        raise DataError(f"start is {row['start']}, its sentence begins at {start}")
    return Judged(
        sentence_id=row["sentence_id"],
        doc_id=row["sentence_id"].partition(":")[0],
        start=start,
        end=start + len(text),
        text=text,
        text_sha256=row["text_sha256"],
        themes=judged_cells(row, themes),
        headings=heading_path(row.get("headings", "")),
    )
