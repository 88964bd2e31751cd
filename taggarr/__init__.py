"""Taggarr: tells which films and series have their dub, and writes it as tags."""

__version__ = "1.0.0.dev0"
