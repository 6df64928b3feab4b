"""Pictures of an evaluation, as SVG: F1 of each theme with its interval; how far probabilities can be trusted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import log10
from typing import Any

_COLOURS = ("#224466", "#cc6633", "#338855")
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
    heard = [(key, row) for key, row in figures["themes"].items() if row["f1"] is not None]
    rows = sorted(heard, key=lambda pair: (-pair[1]["f1"], pair[0]))
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


def draw_reliability(curves: Mapping[str, Sequence[Mapping[str, float]]]) -> str:
    """Draw how often what was given a probability holds.

    Parameters
    ----------
    curves : mapping of str to sequence of mapping
        For each name the bins that `themes.evaluate.reliability` gave.

    Returns
    -------
    str
        An SVG document: probability to the right, share that holds upwards; calibrated probabilities lie on the
        diagonal, and the larger a dot, the more sentences and themes it stands for.
    """
    side, left, top = 360, 60, 34
    width, height = left + side + 30, top + side + 70 + 18 * len(curves)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif" '
        'font-size="12">',
        '<rect width="100%" height="100%" fill="white"/>',
        f'<text x="{left}" y="18" font-weight="bold">Độ tin cậy của xác suất (reliability)</text>',
        f'<rect x="{left}" y="{top}" width="{side}" height="{side}" fill="none" stroke="#999"/>',
        f'<line x1="{left}" y1="{top + side}" x2="{left + side}" y2="{top}" stroke="#bbb" stroke-dasharray="4"/>',
        f'<text x="{left + side / 2}" y="{top + side + 36}" text-anchor="middle">xác suất</text>',
        f'<text x="16" y="{top + side / 2}" text-anchor="middle" '
        f'transform="rotate(-90 16 {top + side / 2})">tỷ lệ đúng</text>',
    ]
    for tenth in range(0, 11, 2):
        at = side * tenth / 10
        parts.append(f'<text x="{left + at}" y="{top + side + 18}" text-anchor="middle">{tenth / 10:.1f}</text>')
        parts.append(f'<text x="{left - 8}" y="{top + side - at + 4}" text-anchor="end">{tenth / 10:.1f}</text>')
    for i, (name, bins) in enumerate(curves.items()):
        colour = _COLOURS[i % len(_COLOURS)]
        dots = [(left + side * b["probability"], top + side * (1 - b["share"]), 2 + log10(b["n"])) for b in bins]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in dots)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{colour}"/>' for x, y, r in dots]
        y = top + side + 58 + 18 * i
        parts.append(f'<circle cx="{left + 6}" cy="{y - 4}" r="5" fill="{colour}"/>')
        parts.append(f'<text x="{left + 18}" y="{y}">{escape(name)}</text>')
    return "\n".join([*parts, "</svg>", ""])
