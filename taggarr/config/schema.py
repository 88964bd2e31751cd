"""The keys of the configuration file, as pydantic models: names, kinds of values, built-in defaults.

`docs/reference/configuration.md` explains them; a test holds the two together.
"""

from collections.abc import Iterator
from typing import Annotated, Any, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainValidator, model_validator

from taggarr.config import kinds, values
from taggarr.config.kinds import Kind
from taggarr.config.problems import KeyPath
from taggarr.config.settings import ArrType, Executor, LogFormat, LogLevel, Secret, VerifyFiles
from taggarr.core.language import Language
from taggarr.core.policy import AudioSource, Counted, ExtraLanguages, UnknownRegion, Untagged, WriteNfo

_SERIES_TYPE = kinds.one_of(values.SeriesType)
_YEAR_S = 31_536_000

Text = Annotated[str, PlainValidator(values.text), kinds.TEXT]
OptionalText = Annotated[str | None, PlainValidator(values.optional(values.text)), kinds.optional(kinds.TEXT)]
Label = Annotated[str, PlainValidator(values.text), kinds.LABEL]
OptionalLabel = Annotated[
    str | None, PlainValidator(values.optional(values.text)), kinds.optional(kinds.LABEL)
]
Flag = Annotated[bool, PlainValidator(values.flag), kinds.FLAG]
Folder = Annotated[str, PlainValidator(values.folder), kinds.FOLDER]
Speech = Annotated[Language, PlainValidator(values.speech)]
Texts = Annotated[
    tuple[Text, ...], BeforeValidator(values.listed), kinds.list_of("texts", "texts", kinds.TEXT)
]
Folders = Annotated[
    tuple[Folder, ...],
    BeforeValidator(values.listed),
    kinds.list_of("folders", "absolute paths", kinds.FOLDER),
]
SeriesTypes = Annotated[
    tuple[Annotated[values.SeriesType, PlainValidator(values.one_of(values.SeriesType))], ...],
    BeforeValidator(values.listed),
    kinds.list_of("seriesTypes", f"series types: {_SERIES_TYPE.allowed}", _SERIES_TYPE),
]
PoolSize = Annotated[int, PlainValidator(values.whole(1, 64)), kinds.whole("poolSize", 1, 64)]


class Keys(BaseModel):
    """A mapping of the file: a key that is not named here is a problem."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _nothing_is_empty(cls, value: Any) -> Any:
        return values.section(value)


class ScanKeys(Keys):
    """`scan`"""

    workers: PoolSize = 4
    instance_workers: PoolSize = 4
    executor: Annotated[Executor, PlainValidator(values.one_of(Executor)), kinds.one_of(Executor)] = (
        Executor.THREADS
    )
    verify_files: Annotated[
        VerifyFiles, PlainValidator(values.one_of(VerifyFiles)), kinds.one_of(VerifyFiles)
    ] = VerifyFiles.ALWAYS


class LoggingKeys(Keys):
    """`logging`"""

    level: Annotated[LogLevel, PlainValidator(values.one_of(LogLevel)), kinds.one_of(LogLevel)] = (
        LogLevel.INFO
    )
    path: OptionalText = None
    format: Annotated[LogFormat, PlainValidator(values.one_of(LogFormat)), kinds.one_of(LogFormat)] = (
        LogFormat.TEXT
    )


class TagsKeys(Keys):
    """`tags`: the label of each verdict. `checks` looks at their letters, and that they are distinct."""

    dub: Label = "dub"
    semi: Label = "semi-dub"
    wrong: Label = "wrong-dub"
    original: OptionalLabel = None


class ExcludeKeys(Keys):
    """`exclude`"""

    tags: Texts = ()
    series_types: SeriesTypes = ()
    genres: Texts = ()
    titles: Texts = ()
    unmonitored: Flag = False


class ItemKeys(Keys):
    """What may differ from item to item: the keys of profiles, and most of `defaults` and of instances."""

    target_languages: Annotated[tuple[Speech, ...], BeforeValidator(values.targets), kinds.LANGUAGES] = (
        values.speech("en"),
    )
    tags: TagsKeys = TagsKeys()
    target_genre: OptionalText = None
    add_tag_to_genre: Flag = False
    write_nfo: Annotated[WriteNfo, PlainValidator(values.one_of(WriteNfo)), kinds.one_of(WriteNfo)] = (
        WriteNfo.AUTO
    )
    audio_source: Annotated[
        AudioSource, PlainValidator(values.one_of(AudioSource)), kinds.one_of(AudioSource)
    ] = AudioSource.AUTO
    untagged: Annotated[Any, PlainValidator(values.untagged), kinds.UNTAGGED] = Untagged.ORIGINAL
    unknown_region: Annotated[
        UnknownRegion, PlainValidator(values.one_of(UnknownRegion)), kinds.one_of(UnknownRegion)
    ] = UnknownRegion.ACCEPT
    extra_languages: Annotated[
        ExtraLanguages, PlainValidator(values.one_of(ExtraLanguages)), kinds.one_of(ExtraLanguages)
    ] = ExtraLanguages.ALLOW
    count_original_as_dub: Flag = False
    specials: Annotated[Counted, PlainValidator(values.one_of(Counted)), kinds.one_of(Counted)] = (
        Counted.IGNORE
    )
    unmonitored_seasons: Annotated[Counted, PlainValidator(values.one_of(Counted)), kinds.one_of(Counted)] = (
        Counted.INCLUDE
    )
    quick_mode: Flag = False
    dry_run: Flag = False
    exclude: ExcludeKeys = ExcludeKeys()


class DefaultsKeys(ItemKeys):
    """`defaults`"""

    write_state_json: Flag = False
    run_interval_seconds: Annotated[
        int, PlainValidator(values.whole(1, _YEAR_S)), kinds.whole("interval", 1, _YEAR_S)
    ] = 7200
    schedule: Annotated[
        str | None, PlainValidator(values.optional(values.cron)), kinds.optional(kinds.CRON)
    ] = None


class PathMappingKeys(Keys):
    """One of `path_mappings`"""

    arr: Folder
    local: Folder


class InstanceKeys(DefaultsKeys):
    """`instances.NAME`"""

    type: Annotated[ArrType, PlainValidator(values.one_of(ArrType)), kinds.one_of(ArrType)]
    url: Annotated[str, PlainValidator(values.url), kinds.URL]
    api_key: Annotated[Secret, PlainValidator(values.api_key), kinds.API_KEY]
    enabled: Flag = True
    tls_verify: Annotated[bool | str, PlainValidator(values.tls_verify), kinds.TLS_VERIFY] = True
    timeout_s: Annotated[float, PlainValidator(values.seconds), kinds.SECONDS] = 60.0
    root_path: Annotated[
        str | None, PlainValidator(values.optional(values.folder)), kinds.optional(kinds.FOLDER)
    ] = None
    root_paths: Folders = ()
    path_mappings: Annotated[
        tuple[PathMappingKeys, ...], BeforeValidator(values.mapping_list), kinds.PATH_MAPPINGS
    ] = ()


class MatchKeys(Keys):
    """`profiles.NAME.match`"""

    arr_tags: Texts = ()
    series_types: SeriesTypes = ()
    genres: Texts = ()
    roots: Folders = ()


class ProfileKeys(ItemKeys):
    """`profiles.NAME`"""

    match: MatchKeys = MatchKeys()


class FileKeys(Keys):
    """The whole file."""

    scan: ScanKeys = ScanKeys()
    logging: LoggingKeys = LoggingKeys()
    defaults: DefaultsKeys = DefaultsKeys()
    instances: Annotated[dict[str, InstanceKeys], BeforeValidator(values.section)] = {}
    profiles: Annotated[dict[str, ProfileKeys], BeforeValidator(values.section)] = {}


SECTIONS: dict[str, type[Keys]] = {
    "scan": ScanKeys,
    "logging": LoggingKeys,
    "defaults": DefaultsKeys,
    "instances": InstanceKeys,
    "profiles": ProfileKeys,
}
"""The models of the sections; those of `instances` and `profiles` stand below a name."""


def model_at(path: KeyPath) -> type[Keys] | None:
    """The model of the mapping at `path`; None where none belongs there, or a name comes next."""
    if not path:
        return FileKeys
    named = path[0] in ("instances", "profiles")
    model = SECTIONS.get(str(path[0])) if len(path) > named else None
    kind: Any = None
    for part in path[1 + named :]:
        if isinstance(part, int):  # a place in a list: the type of its entries
            kind = next(iter(get_args(kind)), None)
        else:
            field = model.model_fields.get(part) if model else None
            kind = field.annotation if field else None
        model = kind if isinstance(kind, type) and issubclass(kind, Keys) else None
    return model


def keys_at(path: KeyPath) -> tuple[str, ...] | None:
    """The keys of the mapping at `path`; none where names come next, None where no mapping belongs."""
    if path in (("instances",), ("profiles",)):
        return ()
    model = model_at(path)
    return tuple(model.model_fields) if model else None


def kind_at(path: KeyPath) -> Kind | None:
    """What belongs at `path`, where that is no mapping."""
    end = len(path)
    while end and isinstance(path[end - 1], int):
        end -= 1
    model = model_at(path[: end - 1]) if end else None
    field = model.model_fields.get(str(path[end - 1])) if model else None
    kind = next((each for each in field.metadata if isinstance(each, Kind)), None) if field else None
    return kind.item if kind and end < len(path) else kind


def allowed_at(path: KeyPath) -> tuple[str, tuple[str, ...]]:
    """What `path` takes, in words, and the words or keys to choose from; nothing where nothing belongs."""
    keys = keys_at(path)
    if keys is not None:
        return "a mapping of keys to values" if keys else "a mapping of names to mappings", keys
    kind = kind_at(path)
    return (kind.allowed, kind.choices) if kind else ("", ())


def every_key() -> Iterator[tuple[str, Any]]:
    """Each key with its built-in default (`...` where it must be given): `instances.NAME.url`."""
    for section, model in SECTIONS.items():
        name = f"{section}.NAME" if section in ("instances", "profiles") else section
        yield from _keys_of(model, name)


def _keys_of(model: type[Keys], prefix: str) -> Iterator[tuple[str, Any]]:
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, Keys):
            yield from _keys_of(kind, f"{prefix}.{name}")
        else:
            yield f"{prefix}.{name}", ... if field.is_required() else field.default


def plain(value: Any) -> Any:
    """A value of the configuration as JSON has it: words, languages and paths as text."""
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    return value if value is None or isinstance(value, bool | int | float) else str(value)
