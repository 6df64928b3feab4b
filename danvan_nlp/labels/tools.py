"""The files of annotation tools: Label Studio (JSON) and doccano (JSON lines), written and read.

Label Studio counts offsets in code points, doccano in UTF-16 units. Themes are labels: ``tiep_dan`` is a yes,
``no:tiep_dan`` a no, ``no:*`` a no for all others; what is not labelled is not judged.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from danvan_nlp.errors import DataError
from danvan_nlp.labels.judged import PATH_SIGN
from danvan_nlp.labels.offsets import from_utf16
from danvan_nlp.labels.tasks import Task


@dataclass(frozen=True, slots=True)
class Marked:
    """One text as it came back from a tool.

    Attributes
    ----------
    where : str
        Task or line of the file, for messages.
    place : mapping
        What `Task.place` was sent out with it.
    labels : tuple of str
        Labels of the whole text.
    spans : tuple of (int, int, str)
        Start and end in the text, in code points, and label.
    done : bool
        False where nobody has worked on it.
    """

    where: str
    text: str
    place: Mapping[str, Any]
    labels: tuple[str, ...] = ()
    spans: tuple[tuple[int, int, str], ...] = ()
    done: bool = True


def write_labelstudio(path: str | Path, tasks: Iterable[Task], names: Mapping[str, str]) -> Path:
    """Write tasks for Label Studio, and beside them the labelling interface to paste into the project's settings.

    Parameters
    ----------
    path : path-like
        The file of tasks; that of the interface has ``.config.xml`` for its ending.
    names : mapping of str to str
        Theme keys, which the export holds, and the names that the annotator sees.

    Returns
    -------
    Path
        The interface.
    """
    listed = list(tasks)
    whole = any(task.whole for task in listed)
    made = []
    for task in listed:
        data: dict[str, Any] = {"text": task.text, "headings": PATH_SIGN.join(task.headings), **task.place}
        guess = {"model_version": "danvan_nlp", "result": _predicted(task)}
        made.append({"data": data, "predictions": [guess]})
    Path(path).write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    config = Path(path).with_suffix(".config.xml")
    config.write_text(_span_config(names) if whole else _choice_config(names), encoding="utf-8")
    return config


def _predicted(task: Task) -> list[dict[str, Any]]:
    if task.whole:
        return [
            {
                "from_name": "themes", "to_name": "text", "type": "labels", "score": score,
                "value": {"start": start, "end": end, "text": task.text[start:end], "labels": [theme]},
            }
            for start, end, theme, score in task.spans
        ]  # fmt: skip
    choices = {"choices": sorted(task.predicted)}
    return [{"from_name": "yes", "to_name": "text", "type": "choices", "value": choices}] if task.predicted else []


def _choice_config(names: Mapping[str, str]) -> str:
    def group(name: str, title: str, choices: Iterable[tuple[str, str]]) -> str:
        listed = "\n".join(f'    <Choice value="{escape(shown)}" alias="{escape(key)}"/>' for key, shown in choices)
        return (
            f'  <Header value="{title}"/>\n'
            f'  <Choices name="{name}" toName="text" choice="multiple" showInline="true">\n{listed}\n  </Choices>\n'
        )

    yes, no = names.items(), ((f"no:{key}", name) for key, name in names.items())
    return (
        '<View>\n  <Text name="headings" value="$headings"/>\n  <Text name="text" value="$text"/>\n'
        + group("yes", "Có", yes)
        + group("no", "Không", [*no, ("no:*", "không, với mọi chủ đề chưa đánh dấu")])
        + "</View>\n"
    )


def _span_config(names: Mapping[str, str]) -> str:
    shown = [pair for key, name in names.items() for pair in ((key, name), (f"no:{key}", f"không: {name}"))]
    shown.append(("no:*", "không, với mọi chủ đề chưa đánh dấu"))
    labels = "\n".join(f'    <Label value="{escape(name)}" alias="{escape(key)}"/>' for key, name in shown)
    return (
        f'<View>\n  <Labels name="themes" toName="text">\n{labels}\n  </Labels>\n'
        '  <Text name="text" value="$text"/>\n</View>\n'
    )


def write_doccano(path: str | Path, tasks: Iterable[Task]) -> None:
    """Write tasks for doccano: sentences for text classification, documents for sequence labelling."""
    with Path(path).open("w", encoding="utf-8", newline="\n") as out:
        for task in tasks:
            shown = {"headings": PATH_SIGN.join(task.headings), "predicted": " ".join(sorted(task.predicted))}
            row = {"text": task.text, "label": [], **shown, **task.place}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def read_labelstudio(path: str | Path) -> tuple[list[Marked], list[str]]:
    """Read what Label Studio exports as JSON.

    Returns
    -------
    marked : list of Marked
        One a task.
    problems : list of str
        Tasks that cannot be taken, and why.
    """
    tasks = _json(Path(path).read_text(encoding="utf-8-sig"), str(path))
    if not isinstance(tasks, list):
        raise DataError(f"{path} is not Label Studio's JSON export, which is a list of tasks; export it as JSON")
    marked, problems = [], []
    for number, task in enumerate(tasks, 1):
        where = f"task {task.get('id', number) if isinstance(task, dict) else number}"
        try:
            marked.append(_labelstudio_task(task, where))
        except (DataError, KeyError, TypeError, AttributeError) as error:
            problems.append(f"{where}: {_said(error)}")
    return marked, problems


def _said(error: Exception) -> str:
    if isinstance(error, DataError):
        return str(error)
    return f"not of the form that the export wrote ({type(error).__name__}: {error})"


def _labelstudio_task(task: Mapping[str, Any], where: str) -> Marked:
    text = str(task["data"]["text"])
    given = [a["result"] for a in task.get("annotations", ()) if not a.get("was_cancelled")]
    found = [_labelstudio_result(result, text) for result in given]
    if any(one != found[0] for one in found):
        raise DataError(f"its {len(found)} annotations differ; export one annotator at a time, or settle the task")
    labels, spans = found[0] if found else ((), ())
    return Marked(where, text, task["data"], labels, spans, bool(found))


def _labelstudio_result(
    result: Sequence[Mapping[str, Any]], text: str
) -> tuple[tuple[str, ...], tuple[tuple[int, int, str], ...]]:
    labels: list[str] = []
    spans: list[tuple[int, int, str]] = []
    for one in result:
        value = one["value"]
        if one["type"] == "choices":
            labels += value["choices"]
        elif one["type"] == "labels":
            start, end = int(value["start"]), int(value["end"])
            if "text" in value and text[start:end] != value["text"]:
                raise DataError(f"the text at {start}-{end} is {text[start:end]!r}, the label has {value['text']!r}")
            spans += [(start, end, label) for label in value["labels"]]
    return tuple(sorted(labels)), tuple(sorted(spans))


def read_doccano(path: str | Path) -> tuple[list[Marked], list[str]]:
    """Read what doccano exports as JSONL; values as in `read_labelstudio`."""
    marked, problems = [], []
    lines = Path(path).read_text(encoding="utf-8-sig").split("\n")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"line {number}"
        try:
            marked.append(_doccano_row(_json(line, where), where))
        except (DataError, KeyError, TypeError, ValueError, AttributeError) as error:
            problems.append(f"{where}: {_said(error)}")
    return marked, problems


def _doccano_row(row: Mapping[str, Any], where: str) -> Marked:
    text = str(row["text"])
    labels: list[str] = []
    spans: list[tuple[int, int, str]] = []
    entities = [[e["start_offset"], e["end_offset"], e["label"]] for e in row.get("entities", ())]
    for one in [*row.get("label", row.get("labels", ())), *entities]:
        if isinstance(one, str):
            labels.append(one)
        else:
            start, end, label = one
            spans.append((from_utf16(text, start), from_utf16(text, end), str(label)))
    # Versions differ in where they keep what came with the text.
    place = {**row, **row.get("meta", {}), **row.get("metadata", {})}
    return Marked(where, text, place, tuple(sorted(labels)), tuple(sorted(spans)), bool(labels or spans))


def _json(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise DataError(f"{where} is not valid JSON: {error}") from error
