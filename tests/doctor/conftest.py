"""A small library on simulated arrs that name its folders differently, and the checks run on it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from taggarr.config import load
from taggarr.doctor.check import Check
from taggarr.probe import folders
from taggarr.simulator import RadarrSimulator, SonarrSimulator
from taggarr.simulator.collection import Content, audio, write
from taggarr.wiring.doctor import CheckedDisk, Doctor


class NarrowDisk(CheckedDisk):
    """Looks for lost files in one folder alone: the rest of the test machine is none of the library."""

    def __init__(self, *starts: Path) -> None:
        self.starts = [str(start) for start in starts]

    def find(self, wanted, near):
        return folders.find(wanted, [], starts=self.starts)


@dataclass
class Clinic:
    """A Sonarr called `tv`, a Radarr called `films`, and the folder below which everything of a test lies."""

    folder: Path
    sonarr: SonarrSimulator
    radarr: RadarrSimulator
    disk: CheckedDisk | None = None
    defaults: dict[str, Any] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)
    instances: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def series(
        self, title: str, arr_root: str, local_root: Path, files: Mapping[str, Content | None], **listed: Any
    ) -> int:
        """A series that the arr has in `arr_root` and this machine in `local_root`; None: no such file here."""
        separator = "\\" if "\\" in arr_root else "/"
        number = self.sonarr.add_series(
            title, f"{arr_root}{separator}{title}", folder=local_root / title, **listed
        )
        for name, content in files.items():
            if content is not None:
                write(local_root / title / name, content)
            self.sonarr.add_episode_file(number, name.replace("/", separator))
        return number

    def movie(
        self, title: str, arr_root: str, local_root: Path, *, name: str | None = None, **listed: Any
    ) -> int:
        number = self.radarr.add_movie(title, f"{arr_root}/{title}", folder=local_root / title, **listed)
        name = name or f"{title}.mkv"
        write(local_root / title / name, audio("jpn", "eng"))
        self.radarr.set_movie_file(number, name)
        return number

    def config(self):
        self.data.mkdir(exist_ok=True)
        path = self.data / "config.yaml"
        whole = {"defaults": self.defaults, "instances": self.instances, **self.more}
        path.write_text(json.dumps(whole), "utf-8")
        return load(path, {}, data_dir=self.data)

    def doctor(self, **options: Any) -> Doctor:
        return Doctor(self.config(), self.disk or self.narrow(), **options)

    def narrow(self) -> CheckedDisk:
        return NarrowDisk(self.folder)

    def checks(self, *names: str, **options: Any) -> "Checks":
        return self.run(self.doctor(**options), *names)

    def run(self, doctor: Doctor, *names: str) -> "Checks":
        return Checks(doctor.checks(names or None))


class Checks(tuple[Check, ...]):
    """The checks of one run."""

    def named(self, name: str, instance: str | None = None) -> list[Check]:
        return [check for check in self if (check.name, check.instance) == (name, instance)]

    def one(self, name: str, instance: str | None = None) -> Check:
        (check,) = self.named(name, instance)
        return check

    def level(self, name: str, instance: str | None = None) -> str:
        return self.one(name, instance).level.value

    @property
    def bad(self) -> set[tuple[str | None, str, str]]:
        """Whatever is not ok: instance, name and level."""
        return {(check.instance, check.name, check.level.value) for check in self if check.level != "ok"}


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Clinic]:
    """An instance of each product, reached and empty."""
    with SonarrSimulator() as sonarr, RadarrSimulator() as radarr:
        yield Clinic(
            tmp_path,
            sonarr,
            radarr,
            instances={
                "tv": {"type": "sonarr", "url": sonarr.url, "api_key": sonarr.api_key, "timeout_s": 5},
                "films": {"type": "radarr", "url": radarr.url, "api_key": radarr.api_key, "timeout_s": 5},
            },
        )


@pytest.fixture
def one_series(clinic: Clinic) -> Clinic:
    """One instance with one series of two files where the arr says that they are."""
    clinic.instances.pop("films")
    clinic.sonarr.add_root(str(clinic.folder / "tv"))
    files = {f"S01/Bebop - S01E0{n}.mkv": audio("jpn", "eng") for n in (1, 2)}
    clinic.series("Bebop", str(clinic.folder / "tv"), clinic.folder / "tv", files)
    return clinic
