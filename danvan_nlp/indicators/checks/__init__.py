"""Checks: whether the figures add up, in a table, against the running text and against other reports."""
