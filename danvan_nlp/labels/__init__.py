"""Labels: corrections laid over a run, exchange with annotation tools, agreement, evaluation."""

from danvan_nlp.labels.corrections import Correction, Corrections, read_corrections, write_corrections
from danvan_nlp.labels.judged import Judged, text_hash
from danvan_nlp.labels.overlay import Overlay, make_overlay, overlaid_rows, overlaid_tagger, unmatched

__all__ = [
    "Correction",
    "Corrections",
    "Judged",
    "Overlay",
    "make_overlay",
    "overlaid_rows",
    "overlaid_tagger",
    "read_corrections",
    "text_hash",
    "unmatched",
    "write_corrections",
]
