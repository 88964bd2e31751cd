"""Reads single files, without a configuration."""

from taggarr.probe import close, read

__all__ = ["close", "read"]
