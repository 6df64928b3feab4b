"""Many reports: each document once, a shard of rows each, then one table per kind of thing.

A shard's name holds the document's content and everything that its rows depend on, so a killed run goes on where it
stopped and a finished one can be added to. Tables and texts are put in the place of those before only once all shards
are made.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from danvan_nlp.errors import ReadingError, UsageError
from danvan_nlp.paths import PathLike, Paths, listed
from danvan_nlp.provenance import make_record, stamp, stamp_of_format
from danvan_nlp.reading import Problem, find_inputs, identify, read_source
from danvan_nlp.reading.readers import READERS, reader_versions
from danvan_nlp.results import Rows, Run
from danvan_nlp.run_folder import SHARDS, check_apart, check_folder, open_folder, read_record, write_run, write_whole
from danvan_nlp.tables import FORMATS, TABLES, Format
from danvan_nlp.user_files import UserFiles

if TYPE_CHECKING:
    from danvan_nlp.labels import Overlay

Progress = Callable[[int, int], None]
# What a shard holds besides its tables: the text, and what became of the corrections that speak of its document.
_TEXT, _OUTCOMES = "text", "outcomes"


@dataclass(frozen=True, slots=True)
class _Document:
    """One content, in a format, and the files that hold it."""

    doc_id: str
    form: str
    paths: list[Path]


@dataclass(frozen=True, slots=True)
class _Job:
    """One document to analyse, and where its shard goes."""

    document: _Document
    shard: Path
    own: UserFiles
    overlay: Overlay | None


def run(
    inputs: Paths,
    out: PathLike | None = None,
    *,
    format: Format = "parquet",
    jobs: int = 1,
    resume: bool = False,
    overwrite: bool = False,
    registry: Paths = (),
    indicators: Paths = (),
    corrections: PathLike | None = None,
    model: PathLike | None = None,
    progress: Progress | None = None,
) -> Run:
    """Read reports and make the tables.

    Parameters
    ----------
    inputs : path-like or iterable of path-like
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
        Replace the run that ``out`` holds, once the new one is done and has read something.
    registry : path-like or iterable of path-like
        CSV files with directives of the user's own, added to those of the package.
    indicators : path-like or iterable of path-like
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
        The options contradict each other, ``out`` holds something that would be lost, or reports lie in it.
    DataError
        A registry, a file of indicators or of corrections, or a model is not what it should be.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     report = Path(folder, "a.txt")
    ...     _ = report.write_text("I. KẾT QUẢ\\nHuyện đã quán triệt Kết luận số 114-KL/TW.", encoding="utf-8")
    ...     run(report).references["target_id"].tolist()
    ['114-KL/TW@TW@2015']
    """
    if format not in FORMATS:
        raise UsageError(f"unknown format {format!r}; choose one of {', '.join(FORMATS)}")
    if jobs < 1:
        raise UsageError(f"jobs is {jobs}; give the number of processes, 1 or more")
    own = UserFiles.of(registry, indicators)
    overlay = _overlay(corrections, model)
    given = listed(inputs)
    if out is None:
        with tempfile.TemporaryDirectory(prefix="danvan-") as folder:
            return _run(given, Path(folder), None, format, jobs, own, overlay, progress)
    check_folder(Path(out), format, resume=resume, overwrite=overwrite)
    return _run(given, Path(out), Path(out), format, jobs, own, overlay, progress, anew=overwrite)


def _overlay(corrections: PathLike | None, model: PathLike | None) -> Overlay | None:
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
    anew: bool = False,
) -> Run:
    paths, problems = find_inputs(given, out=out)
    if out is not None:
        check_apart(out, paths)
        open_folder(out)
    documents, unread = _identify(paths)
    problems += unread
    digest, readers = stamp(own, overlay), reader_versions(document.form for document in documents)
    record = make_record(given, paths, form, digest, readers, own, overlay)
    queue = [_Job(document, _shard(work, document, digest, readers), own, overlay) for document in documents]
    (work / SHARDS).mkdir(exist_ok=True)
    if anew:
        for job in queue:
            job.shard.unlink(missing_ok=True)
    problems += _work(queue, jobs, progress)
    rows, texts = _reduce(queue, problems, overlay)
    if out is None:
        return Run(rows, record)
    if not rows["documents"] and read_record(out) is not None:
        message = "no report could be read, so the run that the folder holds was left as it was; check the inputs"
        rows["problems"].append(asdict(Problem(str(out), "write", "nothing_read", message)))
        return Run(rows, record)
    write_run(rows, texts, record, out, [job.shard for job in queue])
    return Run(rows, record, out)


def _identify(paths: Sequence[Path]) -> tuple[list[_Document], list[Problem]]:
    """Group files by content: the same report given twice is one document with two paths."""
    documents: dict[str, _Document] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            sha256, form = identify(path)
        except ReadingError as error:
            problems.append(Problem(str(path), "read", error.code, error.message))
            continue
        document = documents.setdefault(sha256[:16], _Document(sha256[:16], form, []))
        if document.paths:
            message = f"the same content as {document.paths[0]}; counted once, both paths are kept"
            problems.append(Problem(str(path), "read", "duplicate", message))
        document.paths.append(path)
    return list(documents.values()), problems


def _shard(work: Path, document: _Document, digest: str, readers: Mapping[str, str | None]) -> Path:
    """Where the rows of a document go: under another name once what reads its format has changed."""
    own = {name: readers[name] for name in READERS[document.form]}
    return work / SHARDS / f"{document.doc_id}-{stamp_of_format(digest, own)}.json"


def _work(queue: Sequence[_Job], jobs: int, progress: Progress | None) -> list[Problem]:
    """Make the shards that are not there yet."""
    waiting = [job for job in queue if not job.shard.exists()]
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
                yield Problem(str(job.document.paths[0]), "analyse", "process_died", message)


def _make_shard(job: _Job) -> Problem | None:
    """Analyse one document and write its text and its rows."""
    from danvan_nlp.analysis import analyse, shared_registry
    from danvan_nlp.tables.rows import document_rows

    path, doc_id = job.document.paths[0], job.document.doc_id
    try:
        source, known = read_source(path), shared_registry(job.own.registry)
        shard: dict[str, Any]
        if job.overlay is None:
            analysis = analyse(source, own=job.own)
            shard = dict(document_rows(analysis, doc_id, known))
        else:
            from danvan_nlp.labels import overlaid_rows, overlaid_tagger

            analysis = analyse(source, own=job.own, tagger=overlaid_tagger(job.overlay))
            rows, outcomes = overlaid_rows(analysis, doc_id, known, job.overlay)
            shard = {**rows, _OUTCOMES: outcomes}
        noticed = [("read", *notice) for notice in source.notices] + analysis.failures
        shard["problems"] = [asdict(Problem(str(path), *notice)) for notice in noticed]
        shard[_TEXT] = analysis.report.text
        write_whole(job.shard, json.dumps(shard, ensure_ascii=False, separators=(",", ":")))
    except ReadingError as error:
        return Problem(str(path), "read", error.code, error.message)
    except Exception as error:  # one document never loses another's rows
        message = f"{error}; this is a defect of danvan_nlp, please report it with the file"
        return Problem(str(path), "analyse", type(error).__name__, message)
    return None


def _reduce(queue: Sequence[_Job], problems: list[Problem], overlay: Overlay | None) -> tuple[Rows, dict[str, str]]:
    """Put the shards together, in the order of the inputs; count directives and hold reports against one another.

    The second value is the text of each document by its id.
    """
    from danvan_nlp.indicators import across
    from danvan_nlp.tables.merge import merge_directives, merge_findings

    rows: Rows = {name: [] for name in TABLES}
    texts: dict[str, str] = {}
    outcomes: list[list[Any]] = []
    for job in queue:
        if not job.shard.exists():
            continue
        shard = json.loads(job.shard.read_text(encoding="utf-8"))
        texts[job.document.doc_id] = shard.pop(_TEXT)
        outcomes.extend(shard.pop(_OUTCOMES, []))
        shard["documents"][0]["paths"] = [str(path) for path in job.document.paths]
        for name, table in shard.items():
            rows[name].extend(table)
    rows["directives"] = merge_directives(rows["directives"])
    rows["findings"] = merge_findings(rows, across(rows["documents"], rows["indicators"]))
    if overlay is not None:
        from danvan_nlp.labels import unmatched

        problems = [*problems, *unmatched(overlay, outcomes)]
    rows["problems"] += map(asdict, problems)
    rows["problems"].sort(key=lambda row: (row["path"], row["stage"], row["error"]))
    return rows, texts
