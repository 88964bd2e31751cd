"""Breaks media files in the ways that disks, downloads and attackers do."""

import random
from collections.abc import Callable

from taggarr.simulator.media import box, chunks, element

CUT = "cut"
DISPLACING = ("twice", "moved", "nested")
"""What leaves a part of the file in a place where it means nothing."""
_HEADER_BYTES = 2_500
"""Most damage goes into so many bytes at either end: there the readers look."""
_LIES = (b"\0\0\0\0", b"\xff" * 4, b"\0\0\0\1", b"\x01" + b"\xff" * 3, b"\x7f\xff\xff\xff", b"\0\0\1\0")
_DEEPEST = 300


def damaged(data: bytes, rng: random.Random, most: int = 1) -> tuple[tuple[str, ...], bytes]:
    """What was done to `data`, one to `most` times, and what it is now."""
    done = [rng.choice(_DAMAGES) for _ in range(rng.randint(1, most))]
    broken = bytearray(data)
    for damage in done:
        if broken:
            damage(broken, rng)
    return tuple(damage.__name__ for damage in done), bytes(broken)


def flips(data: bytearray, rng: random.Random) -> None:
    """A few bits turned over, close to each other or not."""
    for _ in range(rng.randint(1, 8)):
        data[_place(data, rng)] ^= 1 << rng.randrange(8)


def cut(data: bytearray, rng: random.Random) -> None:
    """The end is missing."""
    del data[rng.choice((_place(data, rng), rng.randrange(len(data)))) :]


def rubbish(data: bytearray, rng: random.Random) -> None:
    """Random bytes in the place of others."""
    size = rng.randint(1, 16)
    _put(data, _place(data, rng), rng.randbytes(size))


def lie(data: bytearray, rng: random.Random) -> None:
    """A size, or what happens to stand there, that is none, immense, or a little wrong."""
    at = _place(data, rng)
    if rng.random() < 0.5:
        data[at] = (data[at] + rng.randint(-24, 24)) % 256
    else:
        _put(data, at, rng.choice(_LIES))


def hole(data: bytearray, rng: random.Random) -> None:
    """A part that was left out, or is nothing but zeros."""
    at, size = _place(data, rng), rng.randint(1, 200)
    if rng.random() < 0.5:
        del data[at : at + size]
    else:
        _put(data, at, bytes(size))


def twice(data: bytearray, rng: random.Random) -> None:
    """A part that comes again and again."""
    at, size = _place(data, rng), rng.randint(1, 400)
    data[at:at] = data[at : at + size] * rng.randint(1, 4)


def moved(data: bytearray, rng: random.Random) -> None:
    """A part that stands in another place."""
    at, size = _place(data, rng), rng.randint(1, 200)
    part = data[at : at + size]
    del data[at : at + size]
    to = _place(data, rng) if data else 0
    data[to:to] = part


def nested(data: bytearray, rng: random.Random) -> None:
    """A part that is wrapped again and again, in its place or beside it."""
    at, size = _place(data, rng), rng.randint(0, 300)
    wrap, part = rng.choice(_WRAPS), bytes(data[at : at + size])
    for _ in range(rng.randint(1, _DEEPEST)):
        part = wrap(part)
    data[at : at + rng.choice((0, size))] = part


_DAMAGES: tuple[Callable[[bytearray, random.Random], None], ...] = (
    *(flips, cut, rubbish, lie, hole, twice, moved, nested),
)
_WRAPS: tuple[Callable[[bytes], bytes], ...] = (
    *(lambda data: box("moov", data), lambda data: box("trak", data), lambda data: box("udta", data)),
    *(lambda data: element(0x1654AE6B, data), lambda data: element(0xAE, data)),
    *(lambda data: chunks("hdrl", data), lambda data: chunks("strl", data)),
)


def _place(data: bytearray, rng: random.Random) -> int:
    """Somewhere near the beginning or the end."""
    header = min(len(data), _HEADER_BYTES)
    return rng.choice((0, len(data) - header)) + rng.randrange(header)


def _put(data: bytearray, at: int, new: bytes) -> None:
    """Write over what is there, and not past the end."""
    size = min(len(new), len(data) - at)
    data[at : at + size] = new[:size]
