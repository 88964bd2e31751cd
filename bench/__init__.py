"""Figures on a large library: `python3 dev.py bench`."""
