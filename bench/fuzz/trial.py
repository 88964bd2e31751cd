"""Reads one damaged file, and says what is wrong with the answer."""

import os
import random
from dataclasses import replace

from bench.fuzz.damage import CUT, DISPLACING, damaged
from bench.fuzz.shapes import Shape
from taggarr.core.media import Heard, LanguageSource, Reading, Unreadable
from taggarr.probe import reader
from taggarr.probe.source import MAX_BYTES, MAX_READS, Source

_AROUND = 8


def mutant(shape: Shape, seed: str, number: int, most: int = 4) -> tuple[tuple[str, ...], bytes]:
    """What was done to the file, and what it is now: for the same arguments always the same."""
    done, data = damaged(shape.data, random.Random(f"{seed} {shape.name} {number}"), most)
    return done, shape.whole(data) if shape.whole else data


def read(fd: int, data: bytes) -> tuple[Reading | None, str | None]:
    """What the readers say of such a file (None: libmediainfo would be asked), and what is wrong with that.

    Lets through whatever they raise: they ought to raise nothing.
    """
    os.ftruncate(fd, 0)
    os.pwrite(fd, data, 0)
    source = Source(fd)
    reading = reader.opened(source, fd)
    wrong = None
    if not (reading is None or isinstance(reading, Heard | Unreadable)):
        wrong = f"the answer was {reading!r}"
    if source.reads > MAX_READS or source.bytes_read > MAX_BYTES:
        wrong = f"it took {source.reads} reads of {source.bytes_read} bytes in all"
    return reading, wrong


def lost_tracks(
    shape: Shape, original: Reading | None, done: tuple[str, ...], data: bytes, reading: Reading | None
) -> str | None:
    """Whether an answer leaves out tracks that it could not know to be gone; None where it does not.

    A file that lacks nothing but its end is read as before or not at all. And where all that says of tracks that
    they are audio is still in its place after one damage, the file is not said to be silent.
    """
    if not (isinstance(reading, Heard) and isinstance(original, Heard)) or len(done) != 1:
        return None
    if done == (CUT,) and not shape.whole and not _the_same(original, reading):
        return f"a cut file has the tracks {reading.tracks}"
    silenced = original.tracks and not reading.tracks and done[0] not in DISPLACING
    if silenced and shape.sound and _says_sound(shape, shape.sound, data):
        return "a file with audio is said to have none"
    return None


def _the_same(original: Heard, reading: Heard) -> bool:
    """Whether the tracks are the same, but for languages that stand in another place (AVI) and are unknown now."""
    if len(original.tracks) != len(reading.tracks):
        return False
    return all(
        now in (before, replace(before, language=None, language_source=LanguageSource.NONE))
        for before, now in zip(original.tracks, reading.tracks, strict=True)
    )


def _says_sound(shape: Shape, sound: bytes, data: bytes) -> bool:
    """Whether the statement of each audio track, with the bytes around it, is still there."""
    at = shape.data.find(sound)
    while at >= 0:
        said = shape.data[max(0, at - _AROUND) : at + len(sound) + _AROUND]
        if data.count(said) < shape.data.count(said):
            return False
        at = shape.data.find(sound, at + 1)
    return True
