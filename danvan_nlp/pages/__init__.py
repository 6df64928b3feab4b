"""Pages to look at a run with: one self-contained HTML file each."""
