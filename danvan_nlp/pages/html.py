"""What every page shares: one file, everything from reports escaped, nothing fetched."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html import escape
from importlib.resources import files
from typing import Any

_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def make_page(title: str, body: str, *, style: str, script: str, data: Any) -> str:
    """One self-contained HTML page.

    Its policy lets the browser run this script alone and fetch nothing, so that a text that slipped through unescaped
    could still do nothing.

    Parameters
    ----------
    title : str
        Plain text.
    body : str
        HTML; whatever came from a report has to be escaped.
    style, script : str
        Names of assets of this package.
    data : object
        What the script reads, put into the page as JSON.

    Returns
    -------
    str
        The page.

    Examples
    --------
    >>> "<script>alert" in make_page("t", "", style="report.css", script="report.js", data=["<script>alert(1)"])
    False
    """
    code = asset(script)
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; img-src data:"
    return (
        '<!DOCTYPE html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        # Without an icon of its own the page would make a browser ask for one.
        f'<link rel="icon" href="data:,">\n<title>{escape(title)}</title>\n<style>\n{asset(style)}</style>\n</head>\n'
        f'<body>\n{body}\n<script type="application/json" id="data">{script_json(data)}</script>\n'
        f"<script>{code}</script>\n</body>\n</html>\n"
    )


def script_json(data: Any) -> str:
    """Compact JSON that can stand in a script element.

    Examples
    --------
    >>> script_json("</script>&")
    '"\\\\u003c/script\\\\u003e\\\\u0026"'
    """
    return escape_json(json.dumps(data, ensure_ascii=False, separators=(",", ":")))


def escape_json(text: str) -> str:
    """The same JSON without a letter that could end the script element that it stands in.

    Examples
    --------
    >>> escape_json('{"a": "</script>"}')
    '{"a": "\\\\u003c/script\\\\u003e"}'
    """
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


def xml_text(text: str) -> str:
    """A text with U+FFFD for each character that XML, and so SVG, cannot hold.

    Examples
    --------
    >>> xml_text("a\\x0cb")
    'a�b'
    """
    return _NOT_XML.sub("\ufffd", text)


def asset(name: str) -> str:
    """Text of a style sheet or script of this package."""
    return files("danvan_nlp.pages").joinpath("assets", name).read_text(encoding="utf-8")
