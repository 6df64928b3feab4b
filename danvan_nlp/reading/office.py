"""Files of older or other word processors, converted by LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

from danvan_nlp.errors import ReadingError
from danvan_nlp.reading.limits import LARGEST_FILE, OFFICE_MEMORY, OFFICE_SECONDS
from danvan_nlp.reading.reading import Reading
from danvan_nlp.reading.words import words

_PROGRAMS = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)


def find_office() -> str | None:
    """The path of LibreOffice; None where it is not installed."""
    found = (shutil.which(name) for name in _PROGRAMS)
    return next((path for path in found if path), None) or next((p for p in _PLACES if Path(p).is_file()), None)


def read_office(data: bytes, form: str) -> Reading:
    """Read a ``doc``, ``rtf`` or ``odt`` through LibreOffice, as the docx that it makes of it.

    Parameters
    ----------
    data : bytes
        The whole file.
    form : str
        Its format, which is the suffix that LibreOffice sees.

    Raises
    ------
    ReadingError
        LibreOffice is not installed, cannot read the file, or takes too long.
    """
    office = find_office()
    if office is None:
        message = f"{form} files are read through LibreOffice, which is not installed; install it (package "
        raise ReadingError("needs_libreoffice", message + "libreoffice-writer), or save the file as .docx")
    with tempfile.TemporaryDirectory(prefix="danvan-") as folder:
        source = Path(folder, f"report.{form}")
        source.write_bytes(data)
        # A profile of its own: a program that the user has open is left alone.
        profile = Path(folder, "profile")
        _write_settings(profile)
        command = [
            office,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "docx",
            "--outdir",
            folder,
            str(source),
        ]
        _run(command)
        made = source.with_suffix(".docx")
        if not made.is_file() or made.stat().st_size > LARGEST_FILE:
            message = f"LibreOffice cannot read the file as {form}; open it in its program and save it as .docx"
            raise ReadingError("damaged", message)
        converted = made.read_bytes()
    from danvan_nlp.reading.word import read_docx

    return read_docx(converted)


def _write_settings(profile: Path) -> None:
    """Make a profile in which links are not followed and macros are not run."""
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{escape(value)}</value></prop></item>'
        for path, name, value in words()["libreoffice"]["settings"]
    )
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(
        f'<?xml version="1.0"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>', "utf-8"
    )


def _run(command: list[str]) -> None:
    """Run LibreOffice and all that it starts, within limits of time, memory and of what it writes."""
    quiet = subprocess.DEVNULL
    if sys.platform != "win32":
        # In blocks of 1024 and of 512 bytes, as the shell counts them.
        limits = f"ulimit -d {OFFICE_MEMORY // 1024}; ulimit -f {LARGEST_FILE // 512}"
        command = ["/bin/sh", "-c", f'{limits}; exec "$@"', "sh", *command]
    process = subprocess.Popen(
        command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=sys.platform != "win32"
    )
    try:
        process.wait(OFFICE_SECONDS)
    except subprocess.TimeoutExpired as error:
        message = f"LibreOffice took more than {OFFICE_SECONDS:.0f} seconds; open the file and save it as .docx"
        raise ReadingError("timeout", message) from error
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End LibreOffice and whatever it started."""
    if sys.platform == "win32":
        process.kill()
    else:
        try:
            # They are all in the session that was made for them.
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
    process.wait()
