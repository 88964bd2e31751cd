"""The grammar of MP4: boxes, full boxes, and the headers that come in two versions."""


def u16(value: int) -> bytes:
    """Two bytes, big-endian."""
    return value.to_bytes(2, "big")


def u32(value: int) -> bytes:
    """Four bytes, big-endian."""
    return value.to_bytes(4, "big")


def u64(value: int) -> bytes:
    """Eight bytes, big-endian."""
    return value.to_bytes(8, "big")


def box(kind: str, *parts: bytes) -> bytes:
    """One plain box; the type is four Latin-1 characters."""
    payload = b"".join(parts)
    return u32(len(payload) + 8) + kind.encode("latin-1") + payload


class BoxWriter:
    """Writes boxes: the named ones with 64-bit sizes, one kind with a wrong size, and noise where asked."""

    def __init__(self, wide: frozenset[str], overstate: str | None, overstate_by: int, noise: bool) -> None:
        self._odd = wide | ({overstate} if overstate else frozenset())
        self._wide = wide
        self._overstate = overstate
        self._overstate_by = overstate_by
        decoy = box("mdhd", bytes(12), u32(1000), u32(0), u16(0x15C7), u16(0))
        self._noise = (
            box("free", decoy) + box("skip", decoy) + box("uuid", bytes(range(16)), decoy) if noise else b""
        )

    def noise_boxes(self) -> bytes:
        """Boxes to skip; what they hold looks like a box of interest."""
        return self._noise

    def box(self, kind: str, *parts: bytes) -> bytes:
        """One box."""
        if kind not in self._odd:
            return box(kind, *parts)
        payload = b"".join(parts)
        size = len(payload) + (self._overstate_by if kind == self._overstate else 0)
        if kind in self._wide:
            return u32(1) + kind.encode("latin-1") + u64(size + 16) + payload
        return u32(size + 8) + kind.encode("latin-1") + payload

    def full(self, kind: str, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
        """One box with a version and flags."""
        return self.box(kind, u32(version << 24 | flags), *parts)

    def header(self, kind: str, flags: int, version: int, middle: bytes, duration: int, rest: bytes) -> bytes:
        """mvhd, tkhd or mdhd: times and duration have 64 bits in version 1."""
        number = u64 if version else u32
        return self.full(kind, number(0) * 2, middle, number(duration), rest, version=version, flags=flags)

    def handler(self, component: bytes, kind: bytes, name: bytes, *, pascal: bool) -> bytes:
        """A `hdlr`: QuickTime names what kind of component it is, and counts the letters of the name."""
        ended = bytes((len(name),)) + name if pascal else name + b"\0"
        return self.full("hdlr", component, kind, bytes(12), ended)
