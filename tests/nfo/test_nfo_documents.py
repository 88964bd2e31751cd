"""Documents in, edit, documents out: every byte written out."""

from pathlib import Path

import pytest

from taggarr import nfo
from taggarr.core.nfo_edit import NfoCause, NfoContent, NfoEdit, NfoEdited, NfoProblem

DUB = NfoEdit(add_tags=("dub",))
NO_DUB = NfoEdit(remove_tags=("dub", "semi-dub", "wrong-dub"))
GENRE = NfoEdit(add_genres=("Dub",))

ROUND_TRIPS = {
    "behind the last tag": (
        b"<movie>\n  <title>A</title>\n  <tag>x</tag>\n  <year>1999</year>\n</movie>\n",
        b"<movie>\n  <title>A</title>\n  <tag>x</tag>\n  <tag>dub</tag>\n  <year>1999</year>\n</movie>\n",
    ),
    "no tag yet: last in the root": (
        b"<tvshow>\n\t<title>A</title>\n\t<genre>Drama</genre>\n</tvshow>",
        b"<tvshow>\n\t<title>A</title>\n\t<genre>Drama</genre>\n\t<tag>dub</tag>\n</tvshow>",
    ),
    "CRLF": (
        b"<movie>\r\n    <title>A</title>\r\n</movie>\r\n",
        b"<movie>\r\n    <title>A</title>\r\n    <tag>dub</tag>\r\n</movie>\r\n",
    ),
    "CR alone": (
        b"<movie>\r  <title>A</title>\r</movie>",
        b"<movie>\r  <title>A</title>\r  <tag>dub</tag>\r</movie>",
    ),
    "blank lines stay": (
        b"<movie>\n\n  <title>A</title>\n\n</movie>",
        b"<movie>\n\n  <title>A</title>\n  <tag>dub</tag>\n\n</movie>",
    ),
    "all on one line": (
        b'<?xml version="1.0"?><movie><title>A</title><tag>x</tag> </movie>',
        b'<?xml version="1.0"?><movie><title>A</title><tag>x</tag><tag>dub</tag> </movie>',
    ),
    "UTF-8 with BOM": (
        b"\xef\xbb\xbf<?xml version='1.0' encoding='utf-8'?>\n<movie>\n  <title>\xc3\xa9</title>\n</movie>",
        b"\xef\xbb\xbf<?xml version='1.0' encoding='utf-8'?>\n<movie>\n  <title>\xc3\xa9</title>\n"
        b"  <tag>dub</tag>\n</movie>",
    ),
    "the BOM beats the declaration": (
        b"\xef\xbb\xbf<?xml version='1.0' encoding='iso-8859-1'?><movie><title>\xc3\xa9</title></movie>",
        b"\xef\xbb\xbf<?xml version='1.0' encoding='iso-8859-1'?><movie><title>\xc3\xa9</title>"
        b"<tag>dub</tag></movie>",
    ),
    "Latin-1": (
        b'<?xml version="1.0" encoding="ISO-8859-1"?><movie><title>\xe9\xfc\xa9</title></movie>',
        b'<?xml version="1.0" encoding="ISO-8859-1"?><movie><title>\xe9\xfc\xa9</title>'
        b"<tag>dub</tag></movie>",
    ),
    "windows-1252": (
        b'<?xml version="1.0" encoding="windows-1252"?><movie><title>\x80\x93</title></movie>',
        b'<?xml version="1.0" encoding="windows-1252"?><movie><title>\x80\x93</title><tag>dub</tag></movie>',
    ),
    "Shift JIS, two bytes a character": (
        b'<?xml version="1.0" encoding="Shift_JIS"?><movie><title>\x83\\\x95\\</title></movie>',
        b'<?xml version="1.0" encoding="Shift_JIS"?><movie><title>\x83\\\x95\\</title><tag>dub</tag></movie>',
    ),
    "ISO-2022-JP, with shifts": (
        b'<?xml version="1.0" encoding="iso-2022-jp"?><movie><title>\x1b$B%"\x1b(B</title></movie>',
        b'<?xml version="1.0" encoding="iso-2022-jp"?><movie><title>\x1b$B%"\x1b(B</title>'
        b"<tag>dub</tag></movie>",
    ),
    "UTF-16 LE with BOM": (
        '\ufeff<?xml version="1.0" encoding="utf-16"?><movie><title>é€𝄞</title></movie>'.encode("utf-16-le"),
        '\ufeff<?xml version="1.0" encoding="utf-16"?><movie><title>é€𝄞</title><tag>dub</tag></movie>'.encode(
            "utf-16-le"
        ),
    ),
    "UTF-16 BE with BOM": (
        "\ufeff<movie>\r\n <title>é€𝄞</title>\r\n</movie>".encode("utf-16-be"),
        "\ufeff<movie>\r\n <title>é€𝄞</title>\r\n <tag>dub</tag>\r\n</movie>".encode("utf-16-be"),
    ),
    "UTF-16 LE without BOM": (
        '<?xml version="1.0" encoding="utf-16"?><movie><year/></movie>'.encode("utf-16-le"),
        '<?xml version="1.0" encoding="utf-16"?><movie><year/><tag>dub</tag></movie>'.encode("utf-16-le"),
    ),
    "UTF-16 BE without BOM": (
        "<movie><year/></movie>".encode("utf-16-be"),
        "<movie><year/><tag>dub</tag></movie>".encode("utf-16-be"),
    ),
    "comments, CDATA and instructions stay": (
        b"<!-- mine --><movie>\n  <!-- <tag>dub</tag> -->\n  <plot><![CDATA[<tag>dub</tag> & </movie>]]></plot>\n"
        b"  <?php <tag>dub</tag> ?>\n</movie><!-- </movie> -->",
        b"<!-- mine --><movie>\n  <!-- <tag>dub</tag> -->\n  <plot><![CDATA[<tag>dub</tag> & </movie>]]></plot>\n"
        b"  <tag>dub</tag>\n  <?php <tag>dub</tag> ?>\n</movie><!-- </movie> -->",
    ),
    "only direct children count": (
        b"<movie>\n  <set><tag>dub</tag></set>\n</movie>",
        b"<movie>\n  <set><tag>dub</tag></set>\n  <tag>dub</tag>\n</movie>",
    ),
    "a tag with elements in it is not ours": (
        b"<movie><tag>dub<b/></tag></movie>",
        b"<movie><tag>dub<b/></tag><tag>dub</tag></movie>",
    ),
    "names are exact": (
        b"<movie xmlns:x='u'><Tag>dub</Tag><x:tag>dub</x:tag><tags>dub</tags></movie>",
        b"<movie xmlns:x='u'><Tag>dub</Tag><x:tag>dub</x:tag><tags>dub</tags><tag>dub</tag></movie>",
    ),
    "a default namespace": (
        b'<movie xmlns="urn:x">\n  <tag>x</tag>\n</movie>',
        b'<movie xmlns="urn:x">\n  <tag>x</tag>\n  <tag>dub</tag>\n</movie>',
    ),
    "attributes with markup in them": (
        b"<movie a='/>' b=\"/movie>\">\n  <tag a='>' b=\"'/>\">x</tag>\n</movie>",
        b"<movie a='/>' b=\"/movie>\">\n  <tag a='>' b=\"'/>\">x</tag>\n  <tag>dub</tag>\n</movie>",
    ),
    "an empty tag before an end tag": (
        b"<movie><tag/></movie>",
        b"<movie><tag/><tag>dub</tag></movie>",
    ),
    "blanks in end tags": (
        b"<movie>\n  <tag>x</tag\n  >\n</movie >\n",
        b"<movie>\n  <tag>x</tag\n  >\n  <tag>dub</tag>\n</movie >\n",
    ),
    "a link and text behind the XML": (
        b"<movie>\n  <year/>\n</movie>\nhttps://www.themoviedb.org/movie/603?a=1&b=2\nmore > text\n",
        b"<movie>\n  <year/>\n  <tag>dub</tag>\n</movie>\nhttps://www.themoviedb.org/movie/603?a=1&b=2\nmore > text\n",
    ),
    "self-closing root": (b"<movie/>\n", b"<movie><tag>dub</tag> </movie>\n"),
    "self-closing root with attributes": (
        b"<movie a='/'\n/>https://x.y",
        b"<movie a='/'\n><tag>dub</tag> </movie>https://x.y",
    ),
    "self-closing root in UTF-16": (
        "\ufeff<tvshow />".encode("utf-16-le"),
        "\ufeff<tvshow ><tag>dub</tag> </tvshow>".encode("utf-16-le"),
    ),
    "empty root": (b"<movie></movie>", b"<movie><tag>dub</tag></movie>"),
    "root with a blank": (b"<movie> </movie>", b"<movie> <tag>dub</tag></movie>"),
    "root with a line break": (b"<movie>\n</movie>", b"<movie>\n  <tag>dub</tag>\n</movie>"),
    "indented root with a comment": (
        b"\n  <movie>\r\n    <!-- x -->\r\n  </movie>",
        b"\n  <movie>\r\n    <!-- x -->\r\n    <tag>dub</tag>\r\n  </movie>",
    ),
    "root with text": (b"<movie>text</movie>", b"<movie>text<tag>dub</tag></movie>"),
    "root with text and mixed line breaks": (
        b"<movie>text\n\r\n</movie>",
        b"<movie>text\n\r\n  <tag>dub</tag>\r\n</movie>",
    ),
    "text around the neighbour": (
        b"<movie>a <tag>x</tag> b</movie>",
        b"<movie>a <tag>x</tag><tag>dub</tag> b</movie>",
    ),
}


def _edit(tmp_path: Path, document: bytes, *changes: NfoEdit) -> bytes:
    path = tmp_path / "movie.nfo"
    path.write_bytes(document)
    for change in changes:
        assert isinstance(nfo.edit(path, change), NfoEdited)
    return path.read_bytes()


@pytest.mark.parametrize(("before", "after"), ROUND_TRIPS.values(), ids=ROUND_TRIPS)
def test_a_tag_is_added_byte_for_byte_and_taken_out_without_a_trace(
    tmp_path: Path, before: bytes, after: bytes
) -> None:
    """Adding changes exactly the bytes shown; adding again changes none; removing gives the first bytes back."""
    assert _edit(tmp_path, before, DUB) == after
    assert _edit(tmp_path, after, DUB) == after
    assert _edit(tmp_path, before, DUB, NO_DUB) == before


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        (
            b"<movie>\n  <tag>semi-dub</tag>\n</movie>",
            NfoEdit(add_tags=("dub",), remove_tags=("semi-dub", "wrong-dub")),
            b"<movie>\n  <tag>dub</tag>\n</movie>",
        ),
        (
            b"<movie><tag>dub</tag> </movie>",
            NfoEdit(add_tags=("semi-dub",), remove_tags=("dub",)),
            b"<movie><tag>semi-dub</tag> </movie>",
        ),
        (b"<movie/>", NfoEdit(add_tags=("a", "b")), b"<movie><tag>a</tag><tag>b</tag> </movie>"),
        (
            b"<movie>\n  <tag>Dub</tag>\n  <tag> DUB </tag><tag a='1'>dub</tag>\n  <tag>x</tag>\n</movie>",
            NO_DUB,
            b"<movie>\n  <tag>x</tag>\n</movie>",
        ),
        (
            b"<movie>\n  <tag><![CDATA[dub]]></tag>\n  <tag>&#100;ub</tag>\n  <tag>d<!-- x -->ub</tag>\n</movie>",
            NO_DUB,
            b"<movie>\n</movie>",
        ),
        (b"<movie><tag>dub</tag></movie>", NO_DUB, b"<movie></movie>"),
        (b"<movie>\n\n  <tag>dub</tag>\n  <year/></movie>", NO_DUB, b"<movie>\n\n  <year/></movie>"),
        (b"<movie>text <tag>dub</tag> text</movie>", NO_DUB, b"<movie>text  text</movie>"),
        (
            b"<movie><tag>dub</tag><set><tag>dub</tag></set><tag>dub<b/></tag><genre>dub</genre></movie>",
            NO_DUB,
            b"<movie><set><tag>dub</tag></set><tag>dub<b/></tag><genre>dub</genre></movie>",
        ),
        (
            b"<movie>\n  <genre>Drama</genre>\n  <genre>Action</genre>\n  <year/>\n</movie>",
            GENRE,
            b"<movie>\n  <genre>Drama</genre>\n  <genre>Action</genre>\n  <genre>Dub</genre>\n  <year/>\n</movie>",
        ),
        (b"<movie><genre>dub</genre></movie>", GENRE, b"<movie><genre>dub</genre></movie>"),
        (
            b"<movie><genre>Drama / Dub</genre></movie>",
            GENRE,
            b"<movie><genre>Drama / Dub</genre><genre>Dub</genre></movie>",
        ),
        (
            b"<movie>\n  <genre>Dub</genre>\n  <tag>Dub</tag>\n</movie>",
            NfoEdit(remove_genres=("Dub",)),
            b"<movie>\n  <tag>Dub</tag>\n</movie>",
        ),
        (
            b"<movie>\n  <genre>A</genre>\n  <tag>x</tag>\n</movie>",
            NfoEdit(add_tags=("dub",), add_genres=("Dub",)),
            b"<movie>\n  <genre>A</genre>\n  <genre>Dub</genre>\n  <tag>x</tag>\n  <tag>dub</tag>\n</movie>",
        ),
        (
            b"<movie><year/></movie>",
            NfoEdit(add_tags=("a<b>&c",)),
            b"<movie><year/><tag>a&lt;b&gt;&amp;c</tag></movie>",
        ),
        (
            b"<?xml version='1.0' encoding='us-ascii'?><movie><year/></movie>",
            NfoEdit(add_tags=("doublé",)),
            b"<?xml version='1.0' encoding='us-ascii'?><movie><year/><tag>doubl&#233;</tag></movie>",
        ),
        (b"<movie><tag>dub</tag></movie>", NfoEdit(), b"<movie><tag>dub</tag></movie>"),
        (b"<movie><tag/></movie>", NfoEdit(remove_tags=("",)), b"<movie><tag/></movie>"),
    ],
)
def test_an_edit_changes_exactly_our_elements(
    tmp_path: Path, before: bytes, change: NfoEdit, after: bytes
) -> None:
    """Every element of a managed text goes, whatever its spelling; nothing else does; a rerun changes nothing."""
    assert _edit(tmp_path, before, change) == after
    assert _edit(tmp_path, after, change) == after


def test_what_an_nfo_says_is_read_as_texts(tmp_path: Path) -> None:
    """Tags and genres directly below the root, without markup and outer blanks, in the order of the file."""
    path = tmp_path / "tvshow.nfo"
    path.write_text(
        "<tvshow><genre>Sci-Fi &amp; Fantasy</genre><tag> b </tag><genre><![CDATA[Drama]]></genre><tag>A</tag>"
        "<tag/><tag>n<i/></tag><set><tag>inner</tag></set></tvshow>"
    )
    assert nfo.read(path) == NfoContent(tags=("b", "A"), genres=("Sci-Fi & Fantasy", "Drama"))


def test_an_edit_says_what_was_there_before_and_after(tmp_path: Path) -> None:
    """So that a genre that was there already is never taken for ours."""
    path = tmp_path / "movie.nfo"
    path.write_text("<movie><tag>semi-dub</tag><genre>Drama</genre></movie>")
    change = NfoEdit(add_tags=("dub",), remove_tags=("semi-dub",), add_genres=("Dub",))
    before = NfoContent(("semi-dub",), ("Drama",))
    after = NfoContent(("dub",), ("Drama", "Dub"))
    assert nfo.edit(path, change) == NfoEdited(str(path), before, after)
    assert nfo.edit(path, change) == NfoEdited(str(path), after, after)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (b"", "it is empty"),
        (b"\xef\xbb\xbf \n", "it is empty"),
        (b"https://www.imdb.com/title/tt0133093/\n", "it holds only a link"),
        (b"The Matrix, 1999", "it is not XML"),
        (b"\xb0\xb1\xb2 RELEASE \xdb\xdb", "it cannot be read in its encoding (utf-8)"),
        (b"<!DOCTYPE movie><movie></movie>", "it has a DOCTYPE"),
        (b"<?xml version='1.0'?><!DOCTYPE movie [<!ENTITY a 'aaa'>]><movie>&a;</movie>", "it has a DOCTYPE"),
        (b"<movie><title>A</movie>", "it is not well-formed XML (mismatched tag: line 1, column 17)"),
        (b"<movie><title>A</title>", "it is not well-formed XML (no element found: line 1, column 23)"),
        (b"<movie>&nbsp;</movie>", "it is not well-formed XML (undefined entity: line 1, column 7)"),
        (
            b"<movie>\0</movie>",
            "it is not well-formed XML (not well-formed (invalid token): line 1, column 7)",
        ),
        (b"text <movie/>", "it is not well-formed XML (syntax error: line 1, column 0)"),
        (
            b"\n<?xml version='1.0'?><movie/>",
            "it is not well-formed XML (XML or text declaration not at start of entity: line 2, column 0)",
        ),
        (b"<movie></movie><movie></movie>", "more than text stands behind its root element"),
        (b"<movie/>\nhttps://x.y\n<movie/>", "more than text stands behind its root element"),
        (b"<movie/><!-- x", "more than text stands behind its root element"),
        (b"<movie/>\n<!DOCTYPE movie>", "more than text stands behind its root element"),
        (b"<episodedetails/>", "its root element is <episodedetails>, neither <tvshow> nor <movie>"),
        (b"<?xml version='1.0' encoding='klingon'?><movie/>", "it cannot be read in its encoding (klingon)"),
        (b"<?xml version='1.0' encoding='rot13'?><movie/>", "it cannot be read in its encoding (rot13)"),
        (
            b"<?xml version='1.0' encoding='utf-8'?><movie>\xe9</movie>",
            "it cannot be read in its encoding (utf-8)",
        ),
        (
            b"<?xml version='1.0' encoding='utf-16'?> <movie></movie>",
            "it cannot be read in its encoding (utf-16)",
        ),
        (b"\xff\xfe<\0m\0o", "it cannot be read in its encoding (utf-16-le)"),
        (
            b"<?xml version='1.0' encoding='hz'?><movie><title>~{~}</title></movie>",
            "its characters cannot be located exactly in the encoding hz",
        ),
    ],
)
def test_what_nobody_may_edit_is_refused_and_left_alone(tmp_path: Path, document: bytes, reason: str) -> None:
    """Anything but one well-formed <tvshow> or <movie> keeps its bytes, and the reason is said."""
    path = tmp_path / "movie.nfo"
    path.write_bytes(document)
    assert nfo.edit(path, DUB) == NfoProblem(str(path), NfoCause.UNEDITABLE, f"{reason}, so it is left alone")
    assert path.read_bytes() == document
    assert list(tmp_path.iterdir()) == [path]


def test_a_text_that_xml_cannot_hold_is_refused(tmp_path: Path) -> None:
    """The edited bytes are read once more before they are written."""
    path = tmp_path / "movie.nfo"
    path.write_bytes(b"<movie><year/></movie>")
    outcome = nfo.edit(path, NfoEdit(add_tags=("a\x01",)))
    assert isinstance(outcome, NfoProblem)
    assert outcome.cause is NfoCause.UNEDITABLE
    assert path.read_bytes() == b"<movie><year/></movie>"
