"""Who signs a report, and who receives it: from its closing block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from danvan_nlp.language.key import fold
from danvan_nlp.structure.header.letterhead import COLUMNS
from danvan_nlp.structure.lines.looks import is_name, without_rank
from danvan_nlp.structure.lines.split import is_upper
from danvan_nlp.structure.vocabulary import vocabulary

_ENTRY = re.compile(r"[-+–]\s*[^\W_]|\*\s+\S")
# "- Lưu: VT. Đặng Quốc Khởi": the columns of the closing block run together.
_BEHIND_ENTRY = re.compile(r"([-+–*].{3,}?[;,.])\s+([^;,.]+)")
_IN_ROW = re.compile(r"[:;.]\s*[-+–]\s*(?=[^\W_])")
_SIGNED = re.compile(r"\(\s*đã ký\s*\)", re.IGNORECASE)


def signer_of(closing: Sequence[str]) -> tuple[str | None, str | None]:
    """Name and post from the signature block; of those who sign together, the first."""
    post = None
    for text in closing:
        in_row = False
        for piece in _pieces(text):
            folded = fold(piece).strip(" *_().")
            if _is_post(piece, folded):
                post = post if in_row else " ".join(piece.split()).strip("*_ ")
                in_row = True
            elif post and is_name(piece) and not is_upper(piece):
                return without_rank(piece), post
    return None, post


def _is_post(piece: str, folded: str) -> bool:
    """Whether a piece of the signature block is a post: ``PHÓ BÍ THƯ``, ``TRƯỞNG BAN DÂN VẬN TỈNH ỦY``."""
    posts = vocabulary().posts
    if folded.startswith("đã ký"):
        return False
    return folded in posts or is_upper(piece) and folded.startswith(tuple(f"{post} " for post in posts))


def _pieces(text: str) -> list[str]:
    """What stands side by side on a line: its columns, and a post or a name behind a recipient's entry."""
    pieces: list[str] = []
    for column in COLUMNS.split(text):
        behind = _BEHIND_ENTRY.fullmatch(column.strip())
        if behind and (fold(behind[2]).strip(" *_().") in vocabulary().posts or is_name(behind[2])):
            pieces += behind.groups()
        else:
            pieces += _post_and_name(column)
    return pieces


def _post_and_name(column: str) -> list[str]:
    """``T/M BAN THƯỜNG VỤ PHÓ BÍ THƯ Lê Văn A``, a signature block in one cell, as post and name."""
    words = _SIGNED.sub(" ", column).split()
    post = list(takewhile(str.isupper, words))
    name = " ".join(words[len(post) :])
    posts = (" ".join(post[at:]) for at in range(len(post)))
    named = next((text for text in posts if fold(text) in vocabulary().posts), None)
    return [named, name] if named and is_name(name) else [column]


def recipients_of(closing: Sequence[str]) -> tuple[str, ...]:
    """The entries of the list of recipients."""
    listed: list[str] = []
    inside = False
    for line in closing:
        text = line.strip("| ")
        folded = fold(text).lstrip("*_ ")
        if folded.startswith(vocabulary().recipients):
            inside = True
            listed += _IN_ROW.split(text)[1:]
        elif inside and _ENTRY.match(text):
            listed.append(_pieces(text)[0])
        elif inside and listed:
            break
    return tuple(entry for entry in (" ".join(x.split()).strip("-+–*,;. ") for x in listed) if entry)
