"""Encodings of Vietnamese before Unicode: told, converted, explained."""

from danvan_nlp.reading.legacy.encodings import convert_run, decode_legacy, encode_legacy, encoding_of_font
from danvan_nlp.reading.legacy.repair import Plan, Repaired, Step, repair

__all__ = ["Plan", "Repaired", "Step", "convert_run", "decode_legacy", "encode_legacy", "encoding_of_font", "repair"]
