"""Scans kept as pictures, one file a page or a page a frame: turned into the PDF that a scanner would have made."""

from __future__ import annotations

import io
import warnings
from typing import Any

from danvan_nlp.errors import ReadingError
from danvan_nlp.reading.limits import MOST_DOTS, MOST_FRAMES

_LONG_SIDE = 11.69
"""Of an A4 page, in inches: pictures seldom say how large the page was."""


def as_pdf(data: bytes) -> bytes:
    """A picture as the pages of a PDF.

    Parameters
    ----------
    data : bytes
        A JPEG, PNG or TIFF.

    Returns
    -------
    bytes
        The PDF: a page for each frame, turned as the camera was held.

    Raises
    ------
    ReadingError
        The picture is damaged or beyond the limits.

    Examples
    --------
    >>> from PIL import Image
    >>> buffer = io.BytesIO()
    >>> Image.new("L", (40, 60)).save(buffer, "PNG")
    >>> as_pdf(buffer.getvalue())[:5]
    b'%PDF-'
    """
    from PIL import Image

    made = io.BytesIO()
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "TIFF")) as picture:
            warnings.simplefilter("ignore")
            frames = getattr(picture, "n_frames", 1)
            if frames > MOST_FRAMES:
                raise ReadingError("too_large", f"{frames} pictures in one file (at most {MOST_FRAMES}); split it")
            for i in range(frames):
                picture.seek(i)
                _add_page(_page(picture), made)
    except ReadingError:
        raise
    except Image.DecompressionBombError as error:
        raise _too_many_dots() from error
    except Exception as error:
        # A damaged picture trips the decoder over whatever it meets.
        message = f"the picture cannot be opened ({error}); scan the page again, or save it as .png"
        raise ReadingError("damaged", message) from error
    return made.getvalue()


def _page(picture: Any) -> Any:
    """One frame in grey on white, upright."""
    from PIL import Image, ImageOps

    if picture.width * picture.height > MOST_DOTS:
        raise _too_many_dots()
    frame = ImageOps.exif_transpose(picture)
    if frame.mode in ("RGBA", "LA", "PA") or "transparency" in frame.info:
        frame = Image.alpha_composite(Image.new("RGBA", frame.size, "white"), frame.convert("RGBA"))
    return frame.convert("L")


def _too_many_dots() -> ReadingError:
    return ReadingError("too_large", f"a picture of more than {MOST_DOTS:,} dots; scan the page at 300 dpi")


def _add_page(page: Any, made: io.BytesIO) -> None:
    added = bool(made.getbuffer().nbytes)
    page.save(made, "PDF", resolution=max(page.size) / _LONG_SIDE, quality=95, append=added)
