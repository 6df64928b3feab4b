"""The capital letters of Vietnamese, for character classes: ranges such as ``À-Ỹ`` would hold small letters too."""

from __future__ import annotations

import unicodedata

UPPER = (
    "A-Z"
    + "".join(
        sorted(
            {
                c
                for base in "AĂÂEÊIOÔƠUƯY"
                for tone in ("", *"\u0300\u0301\u0303\u0309\u0323")
                if not (c := unicodedata.normalize("NFC", base + tone)).isascii()
            }
        )
    )
    + "Đ"
)
