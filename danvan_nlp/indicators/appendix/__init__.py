"""The appendices: every figure of their tables as a fact with its indicator, level and year."""
