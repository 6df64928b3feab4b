"""Word files: the text that the reader of the printed page sees."""

from danvan_nlp.reading.word.document import read_docx

__all__ = ["read_docx"]
