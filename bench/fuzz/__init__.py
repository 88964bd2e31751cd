"""Damaged media files by the thousand, and what the readers may answer to them."""
