"""PDF files: running text in reading order, notes told from it, ruled tables, scans by OCR."""

from danvan_nlp.reading.pdf.isolate import read_pdf, read_picture

__all__ = ["read_pdf", "read_picture"]
