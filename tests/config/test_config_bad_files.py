"""Files that are no configuration: a sentence each, never a traceback."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from taggarr.config import ConfigErrors, load

GOOD = b"instances:\n  tv: {type: sonarr, url: http://tv:8989, api_key: abc}\n"

LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)

CONTENTS = [
    ("fifty megabytes", b"#" * 50_000_000, "", "the file is larger than 256 KiB, which no configuration is"),
    (
        "random bytes",
        bytes(range(200, 256)) * 9,
        "1:1",
        "the file is not UTF-8 text (byte 0xc8); save it as UTF-8",
    ),
    (
        "a picture",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00",
        "1:1",
        "the file is not UTF-8 text (byte 0x89); save it as UTF-8",
    ),
    ("Latin-1", b"a: 1\n# caf\xe9\n", "2:6", "the file is not UTF-8 text (byte 0xe9); save it as UTF-8"),
    ("UTF-16", GOOD.decode().encode("utf-16"), "", "the file is UTF-16 text; save it as UTF-8"),
    ("UTF-16, other way round", b"\xfe\xff\x00a", "", "the file is UTF-16 text; save it as UTF-8"),
    ("a zero byte", b"a: 1\nb: \x00\n", "2:4", "the file holds the control character U+0000"),
    (
        "UTF-16 without a mark",
        "a: 1".encode("utf-16-le"),
        "1:2",
        "the file holds the control character U+0000",
    ),
    ("a terminal escape", b"\x1b[31ma: 1\n", "1:1", "the file holds the control character U+001B"),
    ("deep nesting", b"[" * 1000, "", "lists or mappings are nested too deeply"),
    (
        "an alias bomb",
        LAUGHS.encode(),
        "1:4",
        "there are too many values, or they are nested too deeply; look at the aliases (`*name`)",
    ),
    (
        "an alias of itself",
        b"a: &a [*a]\n",
        "1:4",
        "there are too many values, or they are nested too deeply; look at the aliases (`*name`)",
    ),
]


@pytest.mark.parametrize(
    ("content", "place", "sentence"), [pytest.param(*row[1:], id=row[0]) for row in CONTENTS]
)
def test_content_that_is_no_configuration_gets_a_sentence(file: Path, content, place, sentence):
    """Whatever the bytes are, one problem says what is wrong and where."""
    file.write_bytes(content)
    with pytest.raises(ConfigErrors) as refused:
        load(file, {})
    assert str(refused.value) == f"{file}{f':{place}' if place else ''}: {sentence}"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_a_byte_order_mark_and_any_line_end_are_accepted(file: Path, mark, line_end):
    """What Windows editors write loads."""
    file.write_bytes(mark + GOOD.replace(b"\n", line_end))
    assert load(file, {}).instances[0].name == "tv"


def test_a_language_stays_norwegian_in_the_older_yaml_too(file: Path):
    """`%YAML 1.1` would make `no` a flag; here it stays a language, and `yes` a flag."""
    file.write_bytes(b"%YAML 1.1\n---\ndefaults: {target_languages: [no], dry_run: yes}\n" + GOOD)
    base = load(file, {}).instances[0].rules.base
    assert ([str(each) for each in base.targets], base.dry_run) == (["no"], True)


def test_numbers_that_python_does_not_take_are_text(file: Path):
    """Five thousand digits, infinity, a tag that lies: their key says what is wrong."""
    file.write_bytes(
        b"scan: {workers: %s, instance_workers: !!int x}\ndefaults: {target_genre: .inf}\n" % (b"9" * 5000)
        + GOOD
    )
    with pytest.raises(ConfigErrors) as refused:
        load(file, {})
    assert [problem.message for problem in refused.value.problems] == [
        "`********` is not a whole number from 1 to 64",
        "`x` is not a whole number from 1 to 64",
    ]


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path):
    """Docker makes a folder where a mounted file is missing; the message says so."""
    with pytest.raises(ConfigErrors) as refused:
        load(tmp_path, {})
    assert str(refused.value) == (
        f"{tmp_path}: this is a folder, not a configuration file; "
        "Docker makes one where the file that is mounted does not exist"
    )


@pytest.fixture
def socket_file(tmp_path: Path) -> Iterator[Path]:
    """A socket that somebody listens at."""
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s"))
        yield tmp_path / "s"


def test_what_would_never_end_is_refused_at_once(file: Path, tmp_path: Path, socket_file: Path):
    """A named pipe without a writer, a device and a socket, in place of the file and inside `${file:…}`."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    said = []
    for path, kind in ((pipe, "named pipe"), (Path("/dev/zero"), "device"), (socket_file, "socket")):
        with pytest.raises(ConfigErrors) as refused:
            load(path, {})
        assert str(refused.value) == f"{path}: this is a {kind}, not a configuration file"
        file.write_bytes(GOOD.replace(b"abc", b"'${file:%s}'" % bytes(path)))
        with pytest.raises(ConfigErrors) as refused:
            load(file, {})
        said.append(refused.value.problems[0].message)
    assert said == [
        f"the file `{pipe}` cannot be used: it is a named pipe, not a file",
        "the file `/dev/zero` cannot be used: it is a device, not a file",
        f"the file `{socket_file}` cannot be used: it is a socket, not a file",
    ]


@pytest.mark.measured
@pytest.mark.parametrize("name", ["/dev/stdin", "/dev/fd/{}"])
def test_a_pipe_that_is_open_already_is_read(name):
    """`--config /dev/stdin`, and what a shell puts for `<(…)`."""
    inner, outer = os.pipe()
    os.write(outer, GOOD)
    os.close(outer)
    code = "import sys; from taggarr.config import load; print(load(sys.argv[1], {}).instances[0].name)"
    call = [sys.executable, "-c", code, name.format(inner)]
    done = subprocess.run(call, stdin=inner, pass_fds=[inner], capture_output=True, text=True, check=True)
    os.close(inner)
    assert done.stdout == "tv\n"


def test_a_path_that_cannot_be_one_is_named(tmp_path: Path):
    """A zero character in `--config`."""
    with pytest.raises(ConfigErrors, match=r"^/a\\x00b: the file cannot be read: embedded null byte$"):
        load("/a\0b", {})


def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    """`--config` with a wrong path."""
    with pytest.raises(ConfigErrors) as refused:
        load(tmp_path / "no.yaml", {})
    assert str(refused.value) == f"{tmp_path}/no.yaml: the file cannot be read: No such file or directory"


def test_a_file_without_permission_is_named(file: Path):
    """The reason of the system is given."""
    file.write_bytes(GOOD)
    file.chmod(0)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        with pytest.raises(ConfigErrors) as refused:
            load(file, {})
    finally:
        os.seteuid(user)
    assert str(refused.value) == f"{file}: the file cannot be read: Permission denied"


def test_links_in_a_circle_are_named(tmp_path: Path):
    """A link that leads to itself is an error of the system like any other."""
    loop = tmp_path / "loop.yaml"
    loop.symlink_to(loop)
    with pytest.raises(ConfigErrors) as refused:
        load(loop, {})
    assert str(refused.value) == f"{loop}: the file cannot be read: Too many levels of symbolic links"
