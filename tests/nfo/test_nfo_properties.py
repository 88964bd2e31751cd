"""What holds for every document: only our bytes come, and they go without a trace."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taggarr import nfo
from taggarr.core.nfo_edit import NfoEdit, NfoEdited

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "iso-8859-1", "windows-1252", "gb18030", "koi8-r")
BLANKS = st.sampled_from(["", "", " ", "\n", "\n  ", "\r\n\t", "\n\n", "\r", " \n ", "\t", "\r\n  \r\n  "])
TEXTS = st.sampled_from(
    ["", "a", "Größe", "Ж", "日本", "&amp;", "&#10;", "x > y", "]]", "<![CDATA[</movie><tag>]]>"]
)
ATTRIBUTES = st.sampled_from(["", " ", " a='>'", ' b="/>" c=\'"\'', "\n  d=''"])


@st.composite
def _element(draw: st.DrawFn) -> str:
    name = draw(st.sampled_from(["tag", "genre", "title", "Tag", "set"]))
    inner = draw(
        st.one_of(TEXTS, st.sampled_from(["<tag>dub</tag>", "<b/>x", " other ", "dub-x", "<!-- dub -->"]))
    )
    attributes = draw(ATTRIBUTES)
    if not inner and draw(st.booleans()):
        return f"<{name}{attributes}/>"
    return f"<{name}{attributes}>{inner}</{name}{draw(st.sampled_from(['', ' ']))}>"


REMARKS = st.sampled_from(["<!-- <tag>dub</tag> -->", "<?x </movie> ?>"])
NODES = st.one_of(_element(), _element(), REMARKS, TEXTS)


@st.composite
def _document(draw: st.DrawFn, self_closing: bool = True) -> bytes:
    encoding = draw(st.sampled_from(ENCODINGS))
    name = draw(st.sampled_from(["movie", "tvshow"]))
    nodes = "".join(draw(BLANKS) + node for node in draw(st.lists(NODES, max_size=6)))
    content = nodes + draw(BLANKS)
    attributes = draw(ATTRIBUTES)
    closed = self_closing and not content and draw(st.booleans())
    root = f"<{name}{attributes}/>" if closed else f"<{name}{attributes}>{content}</{name}>"
    declared = encoding.replace("-sig", "").replace("-be", "")
    declaration = f'<?xml version="1.0" encoding="{declared}"?>{draw(BLANKS)}'
    tail = draw(st.sampled_from(["", "\n", "\nhttps://x.y/?a=1&b=2\r\n", " <!-- x --> é text"]))
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    return (mark + declaration + root + tail).encode(encoding, "ignore")


@st.composite
def _cut_off(draw: st.DrawFn) -> bytes:
    document = draw(_document())
    return document[: draw(st.integers(0, len(document)))]


GARBAGE = st.one_of(st.binary(max_size=60), _cut_off())
ADDS = st.builds(
    NfoEdit,
    add_tags=st.sampled_from([("dub",), ("dub", "Managed-2"), ()]),
    add_genres=st.sampled_from([("Dub",), ()]),
)
REMOVE_ALL = NfoEdit(remove_tags=("dub", "semi-dub", "managed-2"), remove_genres=("dub",))
REPLACE = NfoEdit(add_tags=("semi-dub",), remove_tags=("dub", "managed-2"))


def _apply(path: Path, change: NfoEdit) -> NfoEdited:
    outcome = nfo.edit(path, change)
    assert isinstance(outcome, NfoEdited), outcome
    return outcome


@settings(max_examples=150, deadline=None)
@given(document=_document(), add=ADDS, replaced=st.booleans())
def test_removing_what_was_added_restores_the_document(
    tmp_path_factory: pytest.TempPathFactory, document: bytes, add: NfoEdit, replaced: bool
) -> None:
    """Add, perhaps replace one label by another, remove: the first bytes are back."""
    path = tmp_path_factory.getbasetemp() / "round-trip.nfo"
    path.write_bytes(document)
    added = _apply(path, add)
    assert set(added.after.tags) == {*added.before.tags, *add.add_tags}
    if replaced:
        _apply(path, REPLACE)
    removed = _apply(path, REMOVE_ALL)
    assert removed.after == added.before
    assert path.read_bytes() == document


@settings(max_examples=100, deadline=None)
@given(document=_document(self_closing=False))
def test_adding_inserts_one_element_and_touches_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, document: bytes
) -> None:
    """Cutting the inserted piece out of the text leaves the text of before; and a second edit writes nothing."""
    path = tmp_path_factory.getbasetemp() / "insert.nfo"
    path.write_bytes(document)
    _apply(path, NfoEdit(add_tags=("dub",)))
    edited = path.read_bytes()
    length = len(edited) - len(document)
    cuts = [i for i in range(len(document) + 1) if edited[:i] + edited[i + length :] == document]
    pieces = [edited[i : i + length].replace(b"\0", b"") for i in cuts]
    assert any(re.fullmatch(rb"((\r\n|\r|\n)[ \t]*)?<tag>dub</tag>", piece) for piece in pieces)
    stamp = path.stat().st_mtime_ns
    _apply(path, NfoEdit(add_tags=("DUB",)))
    assert path.stat().st_mtime_ns == stamp


@settings(max_examples=100, deadline=None)
@given(document=GARBAGE)
def test_any_bytes_are_edited_or_left_as_they_are(
    tmp_path_factory: pytest.TempPathFactory, document: bytes
) -> None:
    """Garbage and cut-off files never raise, and a refused file keeps its bytes."""
    path = tmp_path_factory.getbasetemp() / "garbage.nfo"
    path.write_bytes(document)
    if not isinstance(nfo.edit(path, NfoEdit(add_tags=("dub",))), NfoEdited):
        assert path.read_bytes() == document
