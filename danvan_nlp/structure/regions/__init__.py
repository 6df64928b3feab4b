"""Regions: the great parts of a report, from letterhead to appendices."""
