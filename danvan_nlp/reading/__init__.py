"""Reading: bytes into sources."""

from danvan_nlp.reading.files import Problem, find_inputs, read_source
from danvan_nlp.reading.text import decode

__all__ = ["Problem", "decode", "find_inputs", "read_source"]
