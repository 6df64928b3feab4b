"""Many reports: each document once, a shard of rows each, then one table per kind of thing.

A shard's name holds the document's content and everything that its rows depend on, so a killed run goes on where it
stopped and a finished one can be added to. Tables are written aside and renamed: they appear whole, or not at all.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from danvan_nlp.errors import ReadingError, UsageError
from danvan_nlp.provenance import make_record, stamp
from danvan_nlp.reading import Problem, find_inputs, fingerprint, read_source
from danvan_nlp.results import Rows, Run
from danvan_nlp.run_folder import SHARDS, TEXTS, prepare_folder, write_run, write_whole
from danvan_nlp.tables import FORMATS, TABLES, Format
from danvan_nlp.user_files import UserFiles

if TYPE_CHECKING:
    from danvan_nlp.labels import Overlay

Progress = Callable[[int, int], None]
# What a shard holds besides its tables: what became of the corrections that speak of its document.
_OUTCOMES = "outcomes"


@dataclass(frozen=True, slots=True)
class _Job:
    """One document to analyse: where it is read, where its shard and text go."""

    doc_id: str
    path: Path
    shard: Path
    text: Path
    own: UserFiles
    overlay: Overlay | None


def run(
    inputs: Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str] | None = None,
    *,
    format: Format = "parquet",
    jobs: int = 1,
    resume: bool = False,
    overwrite: bool = False,
    registry: Sequence[str | os.PathLike[str]] = (),
    indicators: Sequence[str | os.PathLike[str]] = (),
    corrections: str | os.PathLike[str] | None = None,
    model: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
) -> Run:
    """Read reports and make the tables.

    Parameters
    ----------
    inputs : iterable of path-like
        Files, folders and globs.
    out : path-like, optional
        Folder to write to; without it nothing is kept on disk.
    format : {"parquet", "csv", "jsonl", "xlsx"}
        Form of the tables.
    jobs : int
        How many processes work side by side.
    resume : bool
        Go on with the run that ``out`` holds: documents that are done are not done again.
    overwrite : bool
        Replace the run that ``out`` holds.
    registry : sequence of path-like
        CSV files with directives of the user's own, added to those of the package.
    indicators : sequence of path-like
        TOML files with indicators of the user's own and their wordings, added to those of the package.
    corrections : path-like, optional
        CSV or XLSX file of corrections, laid over what the stages found (`labels.read_corrections`); one that matches
        nothing is a row of ``problems``.
    model : path-like, optional
        Folder of a theme model that takes the place of the package's.
    progress : callable, optional
        Called with the number of documents done and their total.

    Returns
    -------
    Run
        All tables. What could not be read is a row of ``problems``; it never stops the run.

    Raises
    ------
    UsageError
        The options contradict each other, or ``out`` holds something that would be lost.
    DataError
        A registry, a file of indicators or of corrections, or a model is not what it should be.
    """
    if format not in FORMATS:
        raise UsageError(f"unknown format {format!r}; choose one of {', '.join(FORMATS)}")
    if jobs < 1:
        raise UsageError(f"jobs is {jobs}; give the number of processes, 1 or more")
    own = UserFiles.of(registry, indicators)
    given = [os.fspath(path) for path in inputs]
    overlay = _overlay(corrections, model)
    if out is None:
        with tempfile.TemporaryDirectory(prefix="danvan-") as folder:
            return _run(given, Path(folder), None, format, jobs, own, overlay, progress)
    folder_out = Path(out)
    prepare_folder(folder_out, resume=resume, overwrite=overwrite)
    return _run(given, folder_out, folder_out, format, jobs, own, overlay, progress)


def _overlay(corrections: str | os.PathLike[str] | None, model: str | os.PathLike[str] | None) -> Overlay | None:
    if corrections is None and model is None:
        return None
    from danvan_nlp.labels import make_overlay

    return make_overlay(corrections, model)


def _run(
    given: list[str],
    work: Path,
    out: Path | None,
    form: Format,
    jobs: int,
    own: UserFiles,
    overlay: Overlay | None,
    progress: Progress | None,
) -> Run:
    paths, problems = find_inputs(given)
    digest = stamp(own, overlay)
    documents, unread = _identify(paths)
    problems += unread
    for name in (SHARDS, TEXTS):
        (work / name).mkdir(parents=True, exist_ok=True)
    queue = [
        _Job(
            doc_id,
            found[0],
            work / SHARDS / f"{doc_id}-{digest}.json",
            work / TEXTS / f"{doc_id}.txt",
            own,
            overlay,
        )
        for doc_id, found in documents.items()
    ]
    problems += _work(queue, jobs, progress)
    rows = _reduce(queue, documents, problems, overlay)
    record = make_record(given, paths, form, digest, own, overlay)
    if out is not None:
        write_run(rows, record, out, form)
    return Run(rows, record, out)


def _identify(paths: Sequence[Path]) -> tuple[dict[str, list[Path]], list[Problem]]:
    """Group files by content: the same report given twice is one document with two paths."""
    documents: dict[str, list[Path]] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            doc_id = fingerprint(path)[:16]
        except ReadingError as error:
            problems.append(Problem(str(path), "read", error.code, error.message))
            continue
        if doc_id in documents:
            message = f"the same content as {documents[doc_id][0]}; counted once, both paths are kept"
            problems.append(Problem(str(path), "read", "duplicate", message))
        documents.setdefault(doc_id, []).append(path)
    return documents, problems


def _work(queue: Sequence[_Job], jobs: int, progress: Progress | None) -> list[Problem]:
    """Make the shards that are not there yet."""
    waiting = [job for job in queue if not (job.shard.exists() and job.text.exists())]
    problems: list[Problem] = []
    done = len(queue) - len(waiting)
    for problem in _results(waiting, jobs):
        done += 1
        if problem is not None:
            problems.append(problem)
        if progress is not None:
            progress(done, len(queue))
    return problems


def _results(waiting: Sequence[_Job], jobs: int) -> Iterator[Problem | None]:
    if jobs == 1 or len(waiting) < 2:
        yield from map(_make_shard, waiting)
        return
    left = list(waiting)
    with ProcessPoolExecutor(max_workers=jobs) as pool:
        futures = {pool.submit(_make_shard, job): job for job in waiting}
        for future in as_completed(futures):
            try:
                result = future.result()
            except BrokenProcessPool:
                break
            left.remove(futures[future])
            yield result
    # A process died, and the pool with it: each document that is left gets a process of its own, so that only the
    # one that kills it is lost.
    for job in left:
        with ProcessPoolExecutor(max_workers=1) as single:
            try:
                yield single.submit(_make_shard, job).result()
            except BrokenProcessPool:
                message = "the process died on this file, perhaps out of memory; split the file, or report it"
                yield Problem(str(job.path), "analyse", "process_died", message)


def _make_shard(job: _Job) -> Problem | None:
    """Analyse one document and write its rows and its text."""
    from danvan_nlp.analysis import analyse, shared_registry
    from danvan_nlp.tables.rows import document_rows

    try:
        source, known = read_source(job.path), shared_registry(job.own.registry)
        shard: dict[str, Any]
        if job.overlay is None:
            analysis = analyse(source, own=job.own)
            shard = dict(document_rows(analysis, job.doc_id, known))
        else:
            from danvan_nlp.labels import overlaid_rows, overlaid_tagger

            analysis = analyse(source, own=job.own, tagger=overlaid_tagger(job.overlay))
            rows, outcomes = overlaid_rows(analysis, job.doc_id, known, job.overlay)
            shard = {**rows, _OUTCOMES: outcomes}
        noticed = [("read", *notice) for notice in source.notices] + analysis.failures
        shard["problems"] = [asdict(Problem(str(job.path), *notice)) for notice in noticed]
        write_whole(job.text, analysis.report.text)
        write_whole(job.shard, json.dumps(shard, ensure_ascii=False, separators=(",", ":")))
    except ReadingError as error:
        return Problem(str(job.path), "read", error.code, error.message)
    except Exception as error:  # one document never loses another's rows
        message = f"{error}; this is a defect of danvan_nlp, please report it with the file"
        return Problem(str(job.path), "analyse", type(error).__name__, message)
    return None


def _reduce(
    queue: Sequence[_Job], documents: dict[str, list[Path]], problems: list[Problem], overlay: Overlay | None
) -> Rows:
    """Put the shards together, in the order of the inputs; count directives and hold reports against one another."""
    from danvan_nlp.indicators import across
    from danvan_nlp.tables.merge import merge_directives, merge_findings

    rows: Rows = {name: [] for name in TABLES}
    outcomes: list[list[Any]] = []
    for job in queue:
        if not job.shard.exists():
            continue
        shard: Rows = json.loads(job.shard.read_text(encoding="utf-8"))
        outcomes.extend(shard.pop(_OUTCOMES, []))  # type: ignore[arg-type]  # a list of triples, no table
        shard["documents"][0]["paths"] = [str(path) for path in documents[job.doc_id]]
        for name, table in shard.items():
            rows[name].extend(table)
    rows["directives"] = merge_directives(rows["directives"])
    rows["findings"] = merge_findings(rows, across(rows["documents"], rows["indicators"]))
    if overlay is not None:
        from danvan_nlp.labels import unmatched

        problems = [*problems, *unmatched(overlay, outcomes)]
    rows["problems"] += map(asdict, problems)
    rows["problems"].sort(key=lambda row: (row["path"], row["stage"], row["error"]))
    return rows
