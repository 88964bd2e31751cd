"""A look at one root folder on this machine: is it there, is the sample of its files, may NFO files be edited."""

from dataclasses import dataclass, field

from taggarr.core import scope
from taggarr.core.media import Cause, Heard, Reading
from taggarr.core.nfo_edit import NfoCause, NfoProblem
from taggarr.core.paths import file_below, to_local
from taggarr.core.policy import AudioSource, WriteNfo
from taggarr.doctor.listing import Shelf, Wanted
from taggarr.doctor.ports import Disk, NfoFiles, Subject


@dataclass(slots=True)
class Look:
    """What was seen of a root; filled on the way, so that a share that hangs leaves what it gave before.

    `local` is the root's name here. `refusal` is None as long as nothing is wrong with the folder. `seen` are
    the files that were looked for with their paths here and their readings; `nfos` the NFO files that are
    there, each with what keeps this process from editing them, and whether that is an error by configuration.
    `skipped` counts the files that are never read: the arr tells of them.
    """

    shelf: Shelf
    local: str
    there: bool = False
    refusal: str | None = None
    seen: list[tuple[Wanted, str, Reading]] = field(default_factory=list)
    nfos: dict[str, tuple[NfoProblem | None, bool]] = field(default_factory=dict)
    skipped: int = 0
    at: str = ""

    @property
    def here(self) -> list[tuple[Wanted, str, Reading]]:
        """The files that are here, readable or not."""
        return [one for one in self.seen if not is_missing(one[2])]

    @property
    def lost(self) -> bool:
        """Whether files were looked for, and none is here."""
        return bool(self.seen) and not self.here


def is_missing(reading: Reading) -> bool:
    return not isinstance(reading, Heard) and reading.cause is Cause.MISSING


def begun(subject: Subject, shelf: Shelf) -> Look:
    """A look at which nothing was seen yet."""
    local = to_local(shelf.root, subject.mappings)
    return Look(shelf, local, at=local)


def look(subject: Subject, found: Look, disk: Disk, nfos: NfoFiles) -> None:
    """Look at the folder and at every file of the sample, and put it into `found`."""
    found.there = disk.is_folder(found.local)
    found.refusal = disk.refusal(found.local) if found.there else None
    for wanted in found.shelf.sample:
        folders = wanted.folders
        found.at = folders[0]
        folder = next((each for each in folders if disk.is_folder(each)), folders[0])
        policy = scope.policy_for(wanted.item, subject.rules, folder)
        video = file_below(wanted.item, wanted.file, folder, subject.mappings)
        found.at = video
        if policy.audio_source is AudioSource.ARR:
            found.skipped += 1
        else:
            found.seen.append((wanted, video, disk.read(video)))
        if policy.write_nfo is not WriteNfo.NEVER:
            for path in nfos.paths(wanted.item.kind, folder, video):
                problem = nfos.refusal(path)
                if problem is None or problem.cause is not NfoCause.MISSING:
                    found.nfos[path] = (problem, policy.write_nfo is WriteNfo.ALWAYS)
