"""From a YAML file to a `Document`.

YAML 1.2 as ruamel.yaml reads it (`no` is text: Norwegian), composed to nodes, so that every value keeps its
mark. Numbers keep the text that was written, because an all-digit label or key is text to us.
"""

import json
import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taggarr.config import files
from taggarr.config.document import Document, WrittenFloat, WrittenInt
from taggarr.config.excerpt import Excerpts, lines_of
from taggarr.config.problems import ConfigErrors, KeyPath, Mark, broken, clipped, last_name

if TYPE_CHECKING:
    from ruamel.yaml.error import MarkedYAMLError
    from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

SIZE_LIMIT = 256 * 1024
"""Bytes. Fifty instances take about 20 KiB; ruamel.yaml needs several seconds for a megabyte."""
_VALUES_LIMIT = 20_000
_DEPTH_LIMIT = 20
_TAG = "tag:yaml.org,2002:"
_KINDS = ("null", "bool", "int", "float", "str", "timestamp", "merge", "value", "seq", "map")
_QUOTED = re.compile(r"'(?:(?:<[a-z ]+>|[^\w']*)'|[^']*(?P<words>'))")
_NOT_TEXT = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""What JSON leaves as it is, and YAML takes for a line break, or not at all."""


def read(path: Path) -> Document:
    """The document in the file at `path`. Raises `ConfigErrors` where that is no YAML mapping."""
    return parsed(text_of(path), str(path))


def parsed(text: str, source: str) -> Document:
    """The document in `text`. Raises `ConfigErrors` where that is no YAML mapping."""
    document = Document(source, text)
    node = composed(text, source)
    if node is None:
        return document
    data = _Builder(document).value(node, ())
    if not isinstance(data, dict):
        raise broken(
            document.source,
            "this is not a mapping of keys to values, such as `instances:`",
            None,
            _start(node),
            Excerpts(document.text),
        )
    document.data = data
    return document


def yaml_value(text: str, path: KeyPath) -> object:
    """The value of `text`, which belongs at `path`, as YAML. Raises `ConfigErrors` where it is none."""
    document = Document("")
    node = composed(text, "")
    value = None if node is None else _Builder(document).value(node, path)
    for problem in document.problems:
        raise broken("", problem.message, problem.suggestion)
    return value


def scalar_text(text: str) -> str:
    """`text` as YAML: as it is where that means the same anywhere, else in quotes."""
    try:
        inside, behind = (yaml_value(written, ()) for written in (f"[{text}]", f"key: {text}"))
        if (
            inside == [text]
            and behind == {"key": text}
            and not text.startswith("#")
            and not _ESCAPED.search(text)
        ):
            return text
    except ConfigErrors:
        pass
    quoted = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def literal_text(text: str) -> str:
    """The same for a text in which `${` begins no reference."""
    return scalar_text(text.replace("${", "$${"))


def text_of(path: Path) -> str:
    """The text of the file at `path`, its line ends as they are. Raises `ConfigErrors` where it has none."""
    source = str(path)
    try:
        content = files.content(path, SIZE_LIMIT + 1, pipes=True)
    except files.NotAFile as error:
        hint = "Docker makes one where the file that is mounted does not exist"
        folder = error.kind == "folder"
        message = f"this is a {error.kind}, not a configuration file"
        raise broken(source, message, hint if folder else None) from error
    except OSError as error:
        raise broken(source, f"the file cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise broken(clipped(source), f"the file cannot be read: {error}") from error
    if len(content) > SIZE_LIMIT:
        raise broken(source, f"the file is larger than {SIZE_LIMIT // 1024} KiB, which no configuration is")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise broken(source, "the file is UTF-16 text", "save it as UTF-8")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        message = f"the file is not UTF-8 text (byte 0x{content[error.start]:02x})"
        raise broken(source, message, "save it as UTF-8", Mark(line, column)) from error
    strange = _NOT_TEXT.search(text)
    if strange:
        before = text[: strange.start()]
        mark = Mark(before.count("\n") + 1, strange.start() - before.rfind("\n"))
        raise broken(source, f"the file holds the control character U+{ord(strange[0]):04X}", None, mark)
    return text


def composed(text: str, source: str) -> "Node | None":
    """The root node of the one document in `text`: the seam to ruamel.yaml and what it raises."""
    from ruamel.yaml import YAML  # noqa: PLC0415 - 15 ms that `--help` need not pay
    from ruamel.yaml.error import MarkedYAMLError, YAMLError  # noqa: PLC0415 - as above

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an anchor that is set twice is legal: the later one counts
            node: Node | None = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        raise broken(source, *_said(error, text), Excerpts(text)) from error
    except (ValueError, OverflowError) as error:
        raise broken(source, "an escape in quotes, such as `\\U00110000`, names no character") from error
    except YAMLError as error:
        raise broken(source, f"this is not valid YAML: {clipped(str(error))}") from error
    except RecursionError as error:
        raise broken(source, "lists or mappings are nested too deeply") from error
    return node


def _said(error: "MarkedYAMLError", text: str) -> tuple[str, str | None, Mark | None]:
    """Message, suggestion and place for what ruamel.yaml found wrong in `text`."""
    problem, context = str(error.problem), str(error.context)
    end, begin = (
        Mark(m.line + 1, m.column + 1) if m else None for m in (error.problem_mark, error.context_mark)
    )
    line = lines_of(text)[end.line - 1] if end else ""
    if begin and "quoted scalar" in context and "end of stream" in problem:
        return "a quote opens here and is never closed", None, begin
    # No case quotes what stands in the line: it may be an API key that begins with `*` or `!`.
    unquoted = _QUOTED.sub(lambda match: "'…'" if match["words"] else match[0], problem)
    invalid = f"this is not valid YAML: {clipped(unquoted)}"
    cases: tuple[tuple[bool, str, str | None], ...] = (
        ("\t" in line, "a tab stands where YAML allows none", "indent with spaces"),
        ("another document" in problem, "a second YAML document begins here", "remove the line `---`"),
        ("<block end>" in problem, "this does not line up with the lines above", "check the indentation"),
        (
            "undefined alias" in problem,
            "no anchor has this name",
            "put a value that begins with `*` in quotes",
        ),
        ("cannot start any token" in problem, "a value cannot begin like this", "put it in quotes"),
        ("${" in line, invalid, 'put the value in quotes: "${…}"'),
        ("flow" in context, invalid, f"is the bracket of line {begin.line if begin else 1} closed?"),
        (
            "mapping values are not allowed" in problem,
            "this `:` is not allowed here",
            "check the indentation, or put the value in quotes",
        ),
    )
    return next(((message, hint, end) for applies, message, hint in cases if applies), (invalid, None, end))


def _start(node: "Node") -> Mark:
    return Mark(node.start_mark.line + 1, node.start_mark.column + 1)


class _Builder:
    """Nodes to plain data, noting marks and problems in the document; aliases are copied, within limits."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.count = 0

    def value(self, node: "Node", path: KeyPath) -> Any:
        from ruamel.yaml.nodes import MappingNode, ScalarNode  # noqa: PLC0415 - as for `composed`

        self._visit(node, len(path))
        self.document.values[path] = _start(node)
        if str(node.tag).removeprefix(_TAG) not in _KINDS:
            hint = "put a value that begins with `!` in quotes"
            self.document.refuse(path, "a YAML tag (`!…`) has no meaning here", suggestion=hint)
            return None
        if isinstance(node, ScalarNode):
            return _scalar(node)
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        return [self.value(child, (*path, index)) for index, child in enumerate(node.value)]

    def _visit(self, node: "Node", depth: int) -> None:
        self.count += 1
        if self.count > _VALUES_LIMIT or depth > _DEPTH_LIMIT:
            message = (
                "there are too many values, or they are nested too deeply; look at the aliases (`*name`)"
            )
            raise broken(self.document.source, message, None, _start(node), Excerpts(self.document.text))

    def _mapping(self, node: "MappingNode", path: KeyPath, merges: int = 0) -> dict[str, Any]:
        from ruamel.yaml.nodes import ScalarNode  # noqa: PLC0415 - as for `composed`

        made: dict[str, Any] = {}
        merged: list[Node] = []
        for key, child in node.value:
            if key.tag == f"{_TAG}merge":
                merged.append(child)
            elif not isinstance(key, ScalarNode):
                self.document.keys[*path, "?"] = _start(key)
                message = "a list or mapping cannot be a key"
                self.document.refuse((*path, "?"), message, suggestion="write a name", key=True)
            elif key.value in made:
                first = self.document.keys[*path, key.value]
                self._again((*path, key.value), _start(key), first)
            else:
                self.document.keys[*path, key.value] = _start(key)
                made[key.value] = self.value(child, (*path, key.value))
                if made[key.value] is None:  # the mark of a value that is not there is the next token's
                    self.document.values[*path, key.value] = _start(key)
        for child in merged:
            self._merge(made, child, path, merges + 1)
        return made

    def _merge(self, made: dict[str, Any], node: "Node", path: KeyPath, merges: int) -> None:
        """`<<: *name`, or a list of such: keys that are there already stay."""
        from ruamel.yaml.nodes import MappingNode, SequenceNode  # noqa: PLC0415 - as for `composed`

        for each in node.value if isinstance(node, SequenceNode) else [node]:
            self._visit(each, merges)
            if not isinstance(each, MappingNode):
                self.document.refuse(path, "`<<` takes a mapping, such as `<<: *name`")
                continue
            kept = MappingNode(
                each.tag, [(k, v) for k, v in each.value if k.value not in made], each.start_mark
            )
            made.update(self._mapping(kept, path, merges))

    def _again(self, path: KeyPath, mark: Mark, first: Mark) -> None:
        self.document.keys[path] = mark
        message = f"`{last_name(path)}` stands here a second time (first in line {first.line})"
        self.document.refuse(path, message, suggestion="keep one of the two", key=True)
        self.document.refused.discard(path)  # the first one is looked at like any other
        self.document.keys[path] = first


def _scalar(node: "ScalarNode") -> Any:
    text: str = node.value
    kind = str(node.tag).removeprefix(_TAG)
    try:
        if kind == "null":
            return None
        if kind == "bool" and text.lower() in ("true", "false"):
            return text.lower() == "true"
        if kind == "int":
            whole = WrittenInt(text, 0 if text.lstrip("+-")[:2].lower() in ("0x", "0o", "0b") else 10)
            whole.text = text
            return whole
        if kind == "float":
            fraction = WrittenFloat(text)
            fraction.text = text
            return fraction
    except ValueError:
        return text  # `!!int x`, `.inf`, a number of 5,000 digits: its key says what is wrong with it
    return text
