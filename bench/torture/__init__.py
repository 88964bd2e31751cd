"""Scans that are disturbed and killed in every way that can be thought of, and whether they end where they should."""
