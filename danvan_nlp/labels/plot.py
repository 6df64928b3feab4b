"""A picture of an evaluation: F1 of each theme with its interval, as SVG."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

_ROW, _LEFT, _WIDTH, _TOP = 24, 250, 420, 34


def draw(figures: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Draw what `evaluate` gave.

    Parameters
    ----------
    figures : mapping
        Its figures.
    names : mapping of str to str
        Theme keys and how they are called.

    Returns
    -------
    str
        An SVG document: a dot for F1, a line for its 95 % interval, the support at the right.
    """
    rows = sorted(figures["themes"].items(), key=lambda pair: (-pair[1]["f1"], pair[0]))
    height = _TOP + _ROW * len(rows) + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_LEFT + _WIDTH + 90}" height="{height}" '
        'font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="white"/>',
        f'<text x="{_LEFT}" y="18" font-weight="bold">F1 (95 %), {figures["sentences"]} sentences of '
        f"{figures['documents']} documents</text>",
    ]
    for tenth in range(0, 11, 2):
        x = _at(tenth / 10)
        parts.append(f'<line x1="{x}" x2="{x}" y1="{_TOP}" y2="{height - 26}" stroke="#ddd"/>')
        parts.append(f'<text x="{x}" y="{height - 10}" text-anchor="middle">{tenth / 10:.1f}</text>')
    for i, (key, row) in enumerate(rows):
        y = _TOP + _ROW * i + _ROW // 2
        parts.append(f'<text x="{_LEFT - 10}" y="{y + 4}" text-anchor="end">{escape(names.get(key, key))}</text>')
        if row["f1_interval"]:
            low, high = map(_at, row["f1_interval"])
            parts.append(f'<line x1="{low}" x2="{high}" y1="{y}" y2="{y}" stroke="#4477aa" stroke-width="3"/>')
        parts.append(f'<circle cx="{_at(row["f1"])}" cy="{y}" r="5" fill="#224466"/>')
        parts.append(f'<text x="{_LEFT + _WIDTH + 14}" y="{y + 4}">{row["f1"]:.3f} ({row["support"]})</text>')
    return "\n".join([*parts, "</svg>", ""])


def _at(share: float) -> float:
    return round(_LEFT + _WIDTH * share, 1)
