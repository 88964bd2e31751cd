"""Resources that never change while a simulated arr runs, or that a few settings describe."""

from collections.abc import Container, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from taggarr.simulator.arr_item_json import LANGUAGES, REVISION
from taggarr.simulator.arr_rows import AutoTagRule, Event, join
from taggarr.simulator.arr_surroundings import Root

if TYPE_CHECKING:
    from taggarr.simulator.arr_library import Library


def system_status(library: "Library[Any, Any]", url_base: str, started: str) -> dict[str, Any]:
    """`GET /system/status`."""
    app, version, postgres = library.app, library.version, library.postgres
    return {
        "appName": app,
        "instanceName": library.instance_name,
        "version": version,
        "buildTime": "2026-06-26T10:12:41Z",
        "isDebug": False,
        "isProduction": True,
        "isAdmin": False,
        "isUserInteractive": False,
        "startupPath": f"/app/{app.lower()}/bin",
        "appData": "/config",
        "osName": "alpine",
        "osVersion": "3.22.0",
        "isNetCore": True,
        "isLinux": True,
        "isOsx": False,
        "isWindows": False,
        "isDocker": True,
        "mode": "console",
        "branch": "main" if app == "Sonarr" else "master",
        "authentication": "forms",
        "migrationVersion": 217 if app == "Sonarr" else 242,
        "urlBase": url_base,
        "runtimeVersion": "6.0.36",
        "runtimeName": ".NET",
        "startTime": started,
        "packageVersion": version,
        "packageAuthor": "[linuxserver.io](https://linuxserver.io)",
        "packageUpdateMechanism": "docker",
        "databaseVersion": "16.3" if postgres else "3.49.2",
        "databaseType": "postgreSQL" if postgres else "sqLite",
    }


def languages(table: Mapping[str, int]) -> list[dict[str, Any]]:
    """`GET /language`: the special entries (ids 0 and below) first, then by name."""
    order = sorted(table.items(), key=lambda entry: (entry[1] > 0, entry[0]))
    return [{"id": number, "name": name, "nameLower": name.lower()} for name, number in order]


def quality_profiles(quality: Mapping[str, Any]) -> list[dict[str, Any]]:
    """`GET /qualityprofile`: one profile, of one quality."""
    return [
        {
            "name": "Any",
            "upgradeAllowed": False,
            "cutoff": quality["id"],
            "items": [{"quality": dict(quality), "items": [], "allowed": True}],
            "minFormatScore": 0,
            "cutoffFormatScore": 0,
            "formatItems": [],
            "id": 1,
        }
    ]


def root_folders(library: "Library[Any, Any]") -> list[dict[str, Any]]:
    """`GET /rootfolder`: of one that cannot be reached, neither space nor folders are known."""
    taken = {row.path for row in library.rows.values()}
    return [
        {
            "path": library.root_text(root.path),
            "accessible": root.accessible,
            **(_contents(root, taken) if root.accessible else {}),
            "id": number,
        }
        for number, root in enumerate(library.root_folders, 1)
    ]


def _contents(root: Root, taken: Container[str]) -> dict[str, Any]:
    paths = {name: join(root.path, name) for name in root.subfolders}
    unmapped = [
        {"name": name, "path": path, "relativePath": name}
        for name, path in paths.items()
        if path not in taken
    ]
    return {"freeSpace": root.free_bytes, "unmappedFolders": unmapped}


def disks(roots: Iterable[Root]) -> list[dict[str, Any]]:
    """`GET /diskspace`: the roots that can be reached, and the disk of the arr itself."""
    places = {root.path: root.free_bytes for root in roots if root.accessible} | {"/": 67_114_201_088}
    return [
        {"path": path, "label": "", "freeSpace": free, "totalSpace": max(free, 16_492_674_416_640)}
        for path, free in places.items()
    ]


def auto_tagging(rule: AutoTagRule, kind: str) -> dict[str, Any]:
    """AutoTaggingResource; `kind` is that of the items, `series` or `movie`."""
    specifications = []
    if rule.genres:
        specifications.append(_specification("Genre", "Genre(s)", list(rule.genres), "tag"))
    if rule.tag is not None:
        specifications.append(_specification("Tag", "Tag", rule.tag, f"{kind}Tag"))
    return {
        "name": rule.name,
        "removeTagsAutomatically": rule.remove_automatically,
        "tags": list(rule.tags),
        "specifications": specifications,
        "id": rule.id,
    }


def history_record(event: Event, event_type: str, path: str, quality: Mapping[str, Any]) -> dict[str, Any]:
    """What both products' history resources share."""
    file = event.file
    data: dict[str, str] = {"releaseGroup": file.release_group, "size": str(file.size)}
    if event.kind == "deleted":
        data["reason"] = "Manual"
    else:
        data |= {"fileId": str(file.id), "importedPath": path}
    return {
        "sourceTitle": file.scene_name,
        "languages": LANGUAGES,
        "quality": {"quality": dict(quality), "revision": REVISION},
        "customFormats": [],
        "customFormatScore": 0,
        "qualityCutoffNotMet": False,
        "date": event.date,
        "eventType": event_type,
        "data": data,
    }


def _specification(short: str, label: str, value: object, kind: str) -> dict[str, Any]:
    field = {"order": 0, "name": "value", "label": label, "value": value, "type": kind, "advanced": False}
    field |= {"privacy": "normal", "isFloat": False}
    return {
        "name": short,
        "implementation": f"{short}Specification",
        "implementationName": short,
        "negate": False,
        "required": False,
        "fields": [field],
    }
