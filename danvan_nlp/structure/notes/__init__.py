"""Footnotes: where they stand, and which sentence each belongs to."""
