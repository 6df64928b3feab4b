"""Headings: which paragraphs are headings, and the tree of sections they open."""
