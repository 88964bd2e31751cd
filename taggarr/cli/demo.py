"""`taggarr demo`: a small, telling library on a simulated Sonarr and Radarr, scanned twice."""

import shutil
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

from taggarr.cli import DONE, FAILED
from taggarr.cli.output import print_json
from taggarr.cli.summary import MARKS
from taggarr.config import Config, load
from taggarr.scan.job import Inspection, InstanceSummary, ScanRequest, ScanSummary
from taggarr.scan.report import summary_json
from taggarr.simulator import RadarrSimulator, SonarrSimulator
from taggarr.simulator.collection import Collection, audio, write
from taggarr.simulator.media import Track
from taggarr.wiring.scanner import open_scanner

TARGETS = "English"
CHANGED = ("Half Moon Bay", "Season 01/Half Moon Bay - S01E02.mkv")


@click.command("demo")
@click.option(
    "--keep",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Build it there and leave it, to look around.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the summaries of both scans.")
def command(keep: Path | None, as_json: bool) -> int:
    """Try Taggarr on a simulated Sonarr and Radarr with real small files.

    Nothing outside a temporary folder is touched, and no network but this machine's own is used.
    """
    with _folder(keep) as folder, SonarrSimulator() as sonarr, RadarrSimulator() as radarr:
        collection = Collection(folder, sonarr, radarr)
        fill(collection)
        # Nothing of the environment: SONARR_URL would lead to a library that is no demo.
        settings = load(_configuration(folder, sonarr, radarr), {}, data_dir=folder / "data")
        first = _scan(settings)
        if not as_json:
            _introduce(folder)
            _show(settings, first, {"sonarr": sonarr, "radarr": radarr})
        _upgrade(collection, sonarr)
        second = _scan(settings)
        if as_json:
            print_json({"first": summary_json(first), "second": summary_json(second)})
        else:
            _show_second(second, keep)
    failed = any(one.error or one.failed for summary in (first, second) for one in summary.instances.values())
    return FAILED if failed else DONE


def fill(collection: Collection) -> None:
    """A library that shows every verdict, and what other tools get wrong."""
    dubbed = audio("jpn", "eng")
    nfo = "<tvshow>\n  <title>{}</title>\n  <genre>Animation</genre>\n</tvshow>\n"
    collection.series(
        "Paper Lanterns",
        {f"Season 01/Paper Lanterns - S01E0{n}.mkv": dubbed for n in (1, 2, 3)},
        nfo=nfo.format("Paper Lanterns"),
        series_type="anime",
    )
    collection.series(
        "Half Moon Bay",
        {
            "Season 01/Half Moon Bay - S01E01.mkv": dubbed,
            "Season 01/Half Moon Bay - S01E02.mkv": audio("jpn"),
        },
        nfo=nfo.format("Half Moon Bay"),
    )
    collection.series(
        "The Wrong Ferry",
        {"Season 01/The Wrong Ferry - S01E01.mkv": audio("jpn", "ger")},
        tags=["dub", "watched-by-kim"],
    )
    commentary = [*audio("jpn"), Track("audio", "eng", title="Director's Commentary")]
    collection.series("Talking Heads", {"Season 01/Talking Heads - S01E01.mkv": commentary})
    collection.series(
        "Unfinished Download", {"Season 01/Unfinished Download - S01E01.mkv": b"\x1a\x45\xdf\xa3"}
    )
    collection.movie(
        "Rua das Flores (2019)",
        [*audio("eng"), Track("audio", "por", bcp47="pt-BR", title="Dublado")],
        original="Portuguese (Brazil)",
        nfo="<movie>\n  <title>Rua das Flores</title>\n</movie>\n",
    )
    collection.movie("Fjord (2021)", audio("nob"), original="Norwegian")
    collection.movie("No Labels (1999)", audio("und", "eng"), original="Korean", name="No Labels (1999).mp4")


def _configuration(folder: Path, sonarr: SonarrSimulator, radarr: RadarrSimulator) -> Path:
    path = folder / "data" / "config.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        "defaults:\n"
        "  target_languages: [en]\n"
        "  add_tag_to_genre: true\n"
        "instances:\n"
        f'  series: {{type: sonarr, url: "{sonarr.url}", api_key: {sonarr.api_key}}}\n'
        f'  movies: {{type: radarr, url: "{radarr.url}", api_key: {radarr.api_key}}}\n',
        "utf-8",
    )
    return path


def _scan(settings: Config) -> ScanSummary:
    names = [one.name for one in settings.instances]
    with open_scanner(settings, threading.Event(), "taggarr demo") as scanner:
        return scanner.scan(ScanRequest(inspect=True), names)


def _upgrade(collection: Collection, sonarr: SonarrSimulator) -> None:
    """The missing dub arrives: the file is replaced by one that has it."""
    title, name = CHANGED
    size = write(collection.tv / title / name, audio("jpn", "eng"))
    file_id = next(file.id for file in sonarr.files.values() if file.relative_path == name)
    sonarr.reprobe_file(file_id, size=size, audio_languages=["jpn", "eng"])


def _introduce(folder: Path) -> None:
    click.echo(
        "Taggarr reads the audio languages that are really in the files, judges every title against its\n"
        f"original language and the languages you want (here: {TARGETS}), and writes the answer as a tag.\n\n"
        f"A simulated Sonarr and Radarr, with real small media files in {folder}:\n"
    )


def _show(settings: Config, summary: ScanSummary, arrs: dict[str, SonarrSimulator | RadarrSimulator]) -> None:
    for instance in settings.instances:
        one = summary.instances[instance.name]
        tags = arrs[instance.type.value].all_tags()
        for inspection in one.inspections:
            verdict = inspection.verdict
            assert verdict is not None  # nothing is excluded here
            mark = MARKS[verdict.verdict]
            click.secho(f"  {mark} {verdict.verdict.value:<10}", nl=False, bold=True)
            click.echo(f"{inspection.item.title} (original: {inspection.item.original})")
            click.echo(f"      why   {verdict.reason}")
            for track, note in _left_out(inspection):
                click.echo(f"            track {track}: {note}")
            now = ", ".join(sorted(tags[inspection.item.id])) or "none"
            click.echo(f"      tags  {', '.join(inspection.item.tags) or 'none'} → {now}")
            click.echo(f"      NFO   {_nfo(Path(inspection.folder))}")
    click.echo(f"\n{_totals(summary.instances.values())} in {summary.seconds:.1f} s.\n")


def _left_out(inspection: Inspection) -> list[tuple[int, str]]:
    """The tracks that did not count, by position, and why."""
    return [
        (evidence.track.position, evidence.note)
        for finding in inspection.findings.values()
        for evidence in finding.tracks
        if not evidence.counted
    ]


def _nfo(folder: Path) -> str:
    for name in ("tvshow.nfo", "movie.nfo"):
        if (folder / name).exists():
            ours = [
                line.strip() for line in (folder / name).read_text("utf-8").splitlines() if "ub</" in line
            ]
            return f"{name} now holds {' '.join(ours)}"
    return "there is none, and none is made"


def _show_second(summary: ScanSummary, keep: Path | None) -> None:
    click.echo(f"Now the dub of “{CHANGED[0]}” S01E02 arrives, and the scan runs again:\n")
    for one in summary.instances.values():
        for plan in one.plans:
            tags = ", ".join(f"{'+' if change.add else '−'}{change.label}" for change in plan.tags)
            click.echo(f"  {plan.item.title}: {tags}: {plan.reason}")
    click.echo(f"\n{_totals(summary.instances.values())}: only what changed was read again.")
    click.echo(
        "\nNext: `taggarr config init` asks where your own Sonarr or Radarr is and which languages you want;\n"
        "then `taggarr scan` shows what it would do, and does nothing until you say so."
    )
    if keep is not None:
        click.echo(f"The demo library is in {keep}; `taggarr probe {keep}` shows its audio tracks.")


def _totals(summaries: Iterable[InstanceSummary]) -> str:
    ones = list(summaries)
    read = sum(one.files_read for one in ones)
    listed = sum(one.files_listed for one in ones)
    applied = sum(one.applied for one in ones)
    return f"{read} of {listed} files read, {applied} changes written"


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    with ExitStack() as stack:
        if keep is None:
            path = Path(tempfile.mkdtemp(prefix="taggarr-demo-"))
            stack.callback(shutil.rmtree, path, ignore_errors=True)
        else:
            if keep.exists() and any(keep.iterdir()):
                raise click.UsageError(f"{keep} is not empty: name a new folder for the demo")
            path = keep.absolute()
            path.mkdir(parents=True, exist_ok=True)
        yield path
