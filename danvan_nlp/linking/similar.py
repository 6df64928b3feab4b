"""How much of a title a passage says: overlap of words and word pairs, without the words every title holds."""

from __future__ import annotations

import re
from functools import lru_cache

from danvan_nlp.language.key import fold

_WORDS = re.compile(r"[^\W_]+")
# Words and openings that stand in any title and so tell nothing apart.
_COMMON = frozenset(
    [
        "về",
        "việc",
        "và",
        "của",
        "các",
        "những",
        "một",
        "số",
        "trong",
        "với",
        "cho",
        "đối",
        "tại",
        "ở",
        "trên",
        "theo",
        "từ",
        "đến",
        "năm",
        "giai",
        "đoạn",
        "tiếp",
        "tục",
        "thực",
        "hiện",
        "triển",
        "khai",
        "tăng",
        "cường",
        "đổi",
        "mới",
        "nâng",
        "cao",
        "ban",
        "hành",
        "đảng",
        "sự",
        "lãnh",
        "đạo",
        "tình",
        "hình",
        "nhà",
        "nước",
        "công",
        "tác",
        "chất",
        "lượng",
        "hiệu",
        "quả",
    ]
)
# Titles are written out in the registry and shortened in reports.
_SHORT = {
    "dtts": "dân tộc thiểu số",
    "cnh": "công nghiệp hóa",
    "hđh": "hiện đại hóa",
    "mttq": "mặt trận tổ quốc",
    "qcdc": "quy chế dân chủ",
    "cbcc": "cán bộ công chức",
    "xhcn": "xã hội chủ nghĩa",
    "tthc": "thủ tục hành chính",
    "cchc": "cải cách hành chính",
    "mtqg": "mục tiêu quốc gia",
}


def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, common abbreviations written out.

    Examples
    --------
    >>> words("vùng DTTS")
    ('vùng', 'dân', 'tộc', 'thiểu', 'số')
    """
    found: list[str] = []
    for word in _WORDS.findall(fold(text)):
        found += _SHORT.get(word, word).split()
    return tuple(found)


@lru_cache(maxsize=4096)
def pairs(text: str) -> frozenset[str]:
    """Neighbouring words of a text, pairs of common words left out.

    Examples
    --------
    >>> sorted(pairs("về công tác dân vận"))
    ['dân vận', 'tác dân']
    """
    run = words(text)
    return frozenset(
        f"{a} {b}" for a, b in zip(run, run[1:], strict=False) if not (a in _COMMON and b in _COMMON)
    )  # fmt: skip


def overlap(stated: str | None, known: str | None) -> float | None:
    """Share of the shorter title's word pairs that the other holds, None where either says too little.

    Examples
    --------
    >>> overlap("công tác dân tộc", "công tác dân tộc trong tình hình mới")
    1.0
    >>> overlap("công tác tôn giáo", "công tác dân vận")
    0.0
    """
    a, b = pairs(stated or ""), pairs(known or "")
    if not a or not b:
        return None
    return len(a & b) / min(len(a), len(b))
