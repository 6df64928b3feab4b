"""Reading: bytes into sources."""

from danvan_nlp.reading.files import Problem, find_inputs, identify, read_source
from danvan_nlp.reading.legacy import Plan, Repaired, Step, repair
from danvan_nlp.reading.text import decode

__all__ = ["Plan", "Problem", "Repaired", "Step", "decode", "find_inputs", "identify", "read_source", "repair"]
