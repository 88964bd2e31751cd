"""Reads single files, without a configuration."""

from taggarr.probe import close, read
from taggarr.probe.reader import failure

__all__ = ["close", "failure", "read"]
