"""How much a file may hold before it is refused: stated once, named in the errors."""

from __future__ import annotations

MIB = 2**20
LARGEST_FILE = 512 * MIB
LARGEST_PART = 128 * MIB
"""Inflated size of one member of a zip archive."""
LARGEST_ARCHIVE = 512 * MIB
"""Inflated size of all members that are read."""
MOST_MEMBERS = 20_000
MOST_TAGS = 3_000_000
"""Opening and closing tags of one XML part; those of a report of 100 pages are fewer than half a million."""
MOST_ATTRIBUTES = 4_000_000
"""Signs of equality in one XML part or page; a parsed attribute takes some 250 bytes."""
MOST_HTML_TAGS = 1_000_000
LONGEST_LINE = 1_000_000
"""Characters of a line of a text file; a longer one is left out."""
MOST_COLUMNS = 1_000
"""Of a table; those further right are left out."""
MOST_CELLS = 1_000_000
"""Places of the grids of all tables of a document, those that a merged cell covers among them; rows beyond are left
out."""
MOST_PAGES = 5_000
PDF_SECONDS = 120.0
PDF_MEMORY = 2_000 * MIB
OFFICE_SECONDS = 180.0
OFFICE_MEMORY = 2_000 * MIB
OCR_SECONDS = 60.0
"""For one page."""
MOST_FRAMES = 200
"""Pictures in one TIFF."""
MOST_DOTS = 100_000_000
"""Of one picture; an A3 page at 600 dpi has 70 million."""
