"""Changes of a YAML text that leave every other byte of it as it is: comments, order, quotes, line ends."""

import re
from typing import TYPE_CHECKING

from taggarr.config import syntax
from taggarr.config.legacy_file import Change
from taggarr.config.problems import KeyPath

if TYPE_CHECKING:
    from ruamel.yaml.nodes import MappingNode, Node


class Unforeseen(Exception):
    """The file is written in a way that is better changed by a person: anchors, merges, odd line breaks."""


class Splice:
    """The text of a file, changed one thing after the other. `commented` are keys that became a comment."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.commented: set[KeyPath] = set()
        self.end = "\r\n" if "\r\n" in text else "\n"

    def changed(self, changes: list[Change]) -> str:
        """The text after all of `changes`."""
        log: list[tuple[str, str, str]] = []
        for change in changes:
            if change.kind == "write":
                value = self._pair(change.path)[2]
                self._splice(
                    value.start_mark.index, value.end_mark.index, syntax.scalar_text(str(change.text))
                )
            elif change.kind == "drop":
                self._take_out(change.path, keep=True)
            elif change.path[0] == "instances":
                key = self._pair(change.path)[1]
                self._splice(key.start_mark.index, key.end_mark.index, syntax.scalar_text(str(change.to[1])))
            else:
                value = self._pair(change.path)[2]
                written = self.text[value.start_mark.index : value.end_mark.index]
                comment = self._take_out(change.path, keep=False)
                log.append(
                    (
                        str(change.to[1]),
                        written if change.text is None else syntax.scalar_text(change.text),
                        comment,
                    )
                )
        if log:
            self._add_logging(log)
        return self.text

    def _splice(self, start: int, end: int, text: str) -> None:
        self.text = self.text[:start] + text + self.text[end:]

    def _root(self) -> "MappingNode":
        from ruamel.yaml.nodes import MappingNode  # noqa: PLC0415 - as for `syntax.composed`

        root = syntax.composed(self.text, "")
        assert isinstance(root, MappingNode)
        return root

    def _pair(self, path: KeyPath) -> "tuple[MappingNode, Node, Node]":
        """The mapping around `path`, its key and its value: such as stand there themselves, not by an alias."""
        from ruamel.yaml.nodes import MappingNode  # noqa: PLC0415 - as for `syntax.composed`

        inner: Node = self._root()
        for part in path[:-1]:
            inner = self._found(inner, part)[1]
        key, value = self._found(inner, path[-1])
        assert isinstance(inner, MappingNode)
        return inner, key, value

    @staticmethod
    def _found(around: "Node", name: str | int) -> "tuple[Node, Node]":
        from ruamel.yaml.nodes import MappingNode  # noqa: PLC0415 - as for `syntax.composed`

        pairs = around.value if isinstance(around, MappingNode) else []
        for key, value in pairs:
            if key.value == name and value.start_mark.index >= key.start_mark.index:
                return key, value
        raise Unforeseen

    def _take_out(self, path: KeyPath, *, keep: bool) -> str:
        """Take out a pair: its lines, kept as a comment or not, or its place in `{…}`. The comment behind it."""
        around, key, value = self._pair(path)
        start, end = key.start_mark.index, self._last(key, value)
        if around.flow_style:
            behind = re.compile(r"[ \t]*,[ \t]*").match(self.text, end)
            before = re.compile(r",[ \t]*$").search(self.text, 0, start)
            begin = before.start() if before and not behind else start
            self._splice(begin, behind.end() if behind else end, "")
            return ""
        begin = self.text.rfind("\n", 0, start) + 1
        stop = self.text.find("\n", end)
        stop = len(self.text) if stop < 0 else stop + 1
        indent = start - begin
        if self.text[begin:start].strip():
            raise Unforeseen
        if not keep:
            comment = self.text[end:stop].strip()
            self._splice(begin, stop, "")
            return comment
        self.commented.add(path)
        lines = self.text[begin:stop].splitlines(keepends=True)
        self._splice(begin, stop, "".join(_as_comment(line, indent) for line in lines))
        return ""

    def _last(self, key: "Node", value: "Node") -> int:
        """Where the text of a pair ends: behind its last value, whatever comments follow."""
        from ruamel.yaml.nodes import CollectionNode  # noqa: PLC0415 - as for `syntax.composed`

        if not isinstance(value, CollectionNode) or value.flow_style:
            if value.start_mark.index == value.end_mark.index:  # nothing stands there
                return int(key.end_mark.index)
            return len(self.text[: value.end_mark.index].rstrip())
        last = value.value[-1]
        return self._last(*last) if isinstance(last, tuple) else self._last(last, last)

    def _add_logging(self, lines: list[tuple[str, str, str]]) -> None:
        root = self._root()
        if root.flow_style:
            pairs = ", ".join(f"{key}: {value}" for key, value, _ in lines)
            self._splice(root.start_mark.index + 1, root.start_mark.index + 1, f"logging: {{{pairs}}}, ")
            return
        indent = " " * root.start_mark.column
        section = f"{self.end}{indent}logging:{self.end}" + "".join(
            f"{indent}  {key}: {value}{f'  {comment}' if comment else ''}{self.end}"
            for key, value, comment in lines
        )
        stop = re.search(r"^\.\.\.", self.text, re.MULTILINE)
        at = stop.start() if stop else len(self.text)
        if not self.text[:at].endswith("\n"):
            section = self.end + section
        self._splice(at, at, section)


def _as_comment(line: str, indent: int) -> str:
    at = min(indent, len(line) - len(line.lstrip(" ")))
    return f"{line[:at]}# {line[at:]}" if line.strip() else line
