"""The text of one NFO: where its elements stand, and how one is put in or taken out byte for byte.

expat reports offsets in the document's UTF-8 form; they are translated to offsets in the file's own bytes, and
only those bytes are cut, so nothing outside the cut can change. Rules that make taking out the exact inverse
of putting in:

- An element is put right behind another element, on a line of its own if that one stands on a line of its
  own (same line break, same indentation), else without any white space.
- An element is taken out together with the line break and indentation before it, if these alone stand there.
- `<movie/>` becomes `<movie><tag>…</tag> </movie>`; the blank before the end tag is how it is known again.
"""

import re
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape

from taggarr.core.nfo_edit import NfoContent, NfoEdit, needed, same_text

TAG: Final = "tag"
GENRE: Final = "genre"
ROOTS: Final = ("tvshow", "movie")

_BYTE_ORDER_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_DECLARED: Final = re.compile(rb"<\?xml\s[^>]*?\sencoding\s*=\s*[\"']([A-Za-z][A-Za-z0-9._-]*)[\"']")
_START_TAG: Final = re.compile(rb"<(?:[^\"'>]|\"[^\"]*\"|'[^']*')*+>")
_REMARK: Final = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_LINE_BREAKS: Final = (b"\r\n", b"\n", b"\r")
_INDENT: Final = b"  "


class NotEditableError(Exception):
    """The document is of a form that nobody may edit; `str()` says which."""


@dataclass(frozen=True, slots=True)
class Element:
    """A direct child of the root, from `start` up to `end`; `text` is None if it holds elements of its own."""

    name: str
    text: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """An NFO and the places in it, as offsets into `body`, its UTF-8 form without byte order mark.

    `opened` is where the root's start tag ends, `closing` where its end tag begins, `end` where that ends;
    for `<movie/>` all three are the same. `labels` are the `<tag>` and `<genre>` children, `last` the last
    child of any name.
    """

    raw: bytes
    mark: bytes
    encoding: str
    body: bytes
    root: str
    opened: int
    closing: int
    end: int
    labels: tuple[Element, ...]
    last: Element | None

    @property
    def content(self) -> NfoContent:
        return NfoContent(tags=self._texts(TAG), genres=self._texts(GENRE))

    def _texts(self, name: str) -> tuple[str, ...]:
        return tuple(element.text for element in self.labels if element.name == name and element.text)

    def find(self, name: str, text: str) -> Element | None:
        """Return the first element of that name and text."""
        for element in self.labels:
            if element.name == name and element.text is not None and same_text(element.text, text):
                return element
        return None

    def splice(self, start: int, end: int, text: bytes) -> bytes:
        """Return the file's bytes with `text` (UTF-8) in place of what stands from `start` up to `end`."""
        new = text.decode().encode(self.encoding, "xmlcharrefreplace")
        return self.raw[: self._in_file(start)] + new + self.raw[self._in_file(end) :]

    def _in_file(self, offset: int) -> int:
        before = self.mark + self.body[:offset].decode().encode(self.encoding, "replace")
        if not self.raw.startswith(before):  # in some encodings a character has several byte forms, or none
            raise NotEditableError(
                f"its characters cannot be located exactly in the encoding {self.encoding}"
            )
        return len(before)


def edited(document: Document, edit: NfoEdit) -> Document:
    """Return the document as `edit` wants it; the same one if it is so already."""
    todo = needed(document.content, edit)
    for name, texts in ((TAG, todo.add_tags), (GENRE, todo.add_genres)):
        for text in texts:
            document = parse(_with(document, name, text))
    for name, texts in ((TAG, todo.remove_tags), (GENRE, todo.remove_genres)):
        for text in texts:
            while (element := document.find(name, text)) is not None:
                document = parse(_without(document, element))
    return document


def _with(document: Document, name: str, text: str) -> bytes:
    new = f"<{name}>{escape(text)}</{name}>".encode()
    if document.opened == document.end:
        opened = document.opened - len("/>")
        return document.splice(opened, document.end, b">" + new + f" </{document.root}>".encode())
    same_name = [element for element in document.labels if element.name == name]
    neighbour = same_name[-1] if same_name else document.last
    if neighbour is not None:
        margin = document.body[_line_start(document.body, neighbour.start) : neighbour.start]
        return document.splice(neighbour.end, neighbour.end, margin + new)
    place = _line_start(document.body, document.closing)
    margin = document.body[place : document.closing]
    return document.splice(place, place, margin + (_INDENT if margin else b"") + new)


def _without(document: Document, element: Element) -> bytes:
    alone = element.start == document.opened and document.body[element.end : document.closing] == b" "
    if alone:
        return document.splice(document.opened - len(">"), document.end, b"/>")
    return document.splice(_line_start(document.body, element.start), element.end, b"")


def _line_start(body: bytes, offset: int) -> int:
    """Where the line break before `offset` begins if only indentation stands between them, else `offset`."""
    head = body[:offset].rstrip(b" \t")
    for line_break in _LINE_BREAKS:
        if head.endswith(line_break):
            return len(head) - len(line_break)
    return offset


def parse(raw: bytes) -> Document:
    """Find the places in an NFO. Raise NotEditableError for what is not one well-formed `<tvshow>` or `<movie>`.

    Text behind the root's end tag (the arrs and Kodi allow a link there) is no part of the XML and is kept.
    """
    mark, encoding = _encoding(raw)
    try:
        body = raw[len(mark) :].decode(encoding).encode()
    except (LookupError, UnicodeError):
        raise NotEditableError(f"it cannot be read in its encoding ({encoding})") from None
    if not body.strip():
        raise NotEditableError("it is empty")
    if b"<" not in body:
        raise NotEditableError("it holds only a link" if b"://" in body else "it is not XML")
    outline = _Outline(body)
    outline.read()
    opened, closing, end = outline.root_span()
    if b"<" in _REMARK.sub(b"", body[end:]):
        raise NotEditableError("more than text stands behind its root element")
    if outline.root not in ROOTS:
        raise NotEditableError(f"its root element is <{outline.root}>, neither <tvshow> nor <movie>")
    return Document(
        raw, mark, encoding, body, outline.root, opened, closing, end, tuple(outline.labels), outline.last
    )


def _encoding(raw: bytes) -> tuple[bytes, str]:
    """The byte order mark, which beats the declaration (RFC 7303 §3), and Python's name of the encoding."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return mark, encoding
    if raw.startswith(b"<\0"):
        return b"", "utf-16-le"
    if raw.startswith(b"\0<"):
        return b"", "utf-16-be"
    declared = _DECLARED.match(raw)
    return b"", declared[1].decode().lower() if declared else "utf-8"


@dataclass
class _Outline:
    """Walks one document with expat and keeps the places of the root and its children."""

    body: bytes
    root: str = ""
    labels: list[Element] = field(default_factory=list)
    last: Element | None = None
    _depth: int = 0
    _root_start: int = 0
    _root_closing: int | None = None
    _child_start: int = 0
    _text: list[str] | None = None

    def read(self) -> None:
        parser = expat.ParserCreate("utf-8")
        self._parser = parser
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            parser.Parse(self.body, True)
        except expat.ExpatError as error:
            if self._root_closing is None:  # an error behind the root is only the text that may stand there
                raise NotEditableError(f"it is not well-formed XML ({error})") from None

    def root_span(self) -> tuple[int, int, int]:
        """Where the root's start tag ends, its end tag begins, and that ends."""
        assert self._root_closing is not None
        opened, end = self._ends(self._root_start, self._root_closing)
        return opened, self._root_closing, end

    def _start(self, name: str, _attributes: object) -> None:
        offset = self._parser.CurrentByteIndex
        if self._depth == 0:
            self.root, self._root_start = name, offset
        elif self._depth == 1:
            self._child_start, self._text = offset, []
        else:
            self._text = None
        self._depth += 1

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, name: str) -> None:
        self._depth -= 1
        offset = self._parser.CurrentByteIndex
        if self._depth == 0:
            self._root_closing = offset
        elif self._depth == 1:
            text = None if self._text is None else "".join(self._text).strip()
            _, end = self._ends(self._child_start, offset)
            self.last = Element(name, text, self._child_start, end)
            self._text = None
            if name in (TAG, GENRE):
                self.labels.append(self.last)

    def _doctype(self, *_declaration: object) -> None:
        raise NotEditableError("it has a DOCTYPE")

    def _ends(self, start: int, closing: int) -> tuple[int, int]:
        """Where the start tag at `start` ends, and its element, whose end tag begins at `closing`."""
        start_tag = _START_TAG.match(self.body, start)
        assert start_tag is not None
        if start_tag[0].endswith(b"/>"):
            return start_tag.end(), start_tag.end()
        return start_tag.end(), self.body.index(b">", closing) + 1
