"""The configuration file as a JSON Schema (2020-12), for editors: made from the models.

It knows the file alone: what comes from `TAGGARR__…` variables, and what spans instances, it cannot see.
"""

from typing import Any

from pydantic.fields import FieldInfo

from taggarr.config.kinds import LANGUAGE, NAME, REFERENCE, Kind
from taggarr.config.meanings import meaning
from taggarr.config.schema import SECTIONS, DefaultsKeys, InstanceKeys, Keys, PathMappingKeys, plain
from taggarr.core.language_names import NAMES

_ADDRESS = "https://json-schema.org/draft/2020-12/schema"
_NAMED = ("instances", "profiles")


def json_schema() -> dict[str, Any]:
    """The whole schema, as plain data."""
    made = _Definitions()
    made.add(LANGUAGE)
    sections = {name: made.section(name, model) for name, model in SECTIONS.items()}
    made.all["pathMapping"] = made.mapping(PathMappingKeys, "instances.NAME.path_mappings", optional=False)
    made.all["languageName"] = {"enum": sorted(set(NAMES.values()))}
    made.all["reference"] = dict(REFERENCE)
    return {
        "$schema": _ADDRESS,
        "title": meaning(""),
        "type": "object",
        "additionalProperties": False,
        "required": ["instances"],
        "properties": sections,
        "$defs": dict(sorted(made.all.items())),
    }


class _Definitions:
    """The kinds of values that were met so far, by the names that the schema refers to them with."""

    def __init__(self) -> None:
        self.all: dict[str, Any] = {}

    def section(self, name: str, model: type[Keys]) -> dict[str, Any]:
        if name not in _NAMED:
            return {"description": meaning(name), **self.mapping(model, name)}
        return {
            "description": meaning(name),
            "type": "object" if name == "instances" else ["object", "null"],
            **({"minProperties": 1} if name == "instances" else {}),
            "propertyNames": NAME,
            "additionalProperties": self.mapping(model, f"{name}.NAME", optional=name != "instances"),
        }

    def mapping(self, model: type[Keys], key: str, *, optional: bool = True) -> dict[str, Any]:
        fields = model.model_fields
        required = [name for name, field in fields.items() if field.is_required()]
        return {
            "type": ["object", "null"] if optional else "object",
            "additionalProperties": False,
            **({"required": required} if required else {}),
            "properties": {name: self.property(field, f"{key}.{name}") for name, field in fields.items()},
            **_exclusions(model),
        }

    def property(self, field: FieldInfo, key: str) -> dict[str, Any]:
        described = {"description": meaning(key)}
        if isinstance(field.annotation, type) and issubclass(field.annotation, Keys):
            return described | self.mapping(field.annotation, key)
        kind = next(each for each in field.metadata if isinstance(each, Kind))
        self.add(kind)
        built_in = not field.is_required() and not _inherited(key)
        default = {"default": plain(field.default)} if built_in else {}
        return described | default | {"$ref": f"#/$defs/{kind.name}"}

    def add(self, kind: Kind) -> None:
        if kind.item:
            self.add(kind.item)
        examples = {"examples": list(kind.examples)} if kind.examples else {}
        forms = [*map(dict, kind.forms), {"$ref": "#/$defs/reference"}]
        self.all[kind.name] = {"title": kind.allowed, **examples, "anyOf": forms}


def _inherited(key: str) -> bool:
    """Whether the key's value comes from `defaults` where it is not written."""
    section, _, name = key.partition(".NAME.")
    return section in _NAMED and name.partition(".")[0] in DefaultsKeys.model_fields


def _exclusions(model: type[Keys]) -> dict[str, Any]:
    """What two keys of one mapping must not say together."""
    excluded: list[dict[str, Any]] = []
    if issubclass(model, DefaultsKeys):
        excluded.append({"run_interval_seconds": {}, "schedule": _WRITTEN})
    if issubclass(model, InstanceKeys):
        excluded.append({"root_path": _WRITTEN, "root_paths": {"type": "array", "minItems": 1}})
    if not excluded:
        return {}
    return {"allOf": [{"not": {"required": list(keys), "properties": keys}} for keys in excluded]}


_WRITTEN = {"type": "string", "not": {"$ref": "#/$defs/reference"}}
