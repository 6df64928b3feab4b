"""Numbers: how Vietnamese writes them, and the figures that one cell holds."""
