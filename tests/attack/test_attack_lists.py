"""One list of files that cannot be understood."""

import threading

from taggarr.config import load
from taggarr.scan.job import ScanRequest
from taggarr.simulator import FaultKind, SonarrSimulator
from taggarr.simulator.collection import Collection, audio
from taggarr.wiring.scanner import open_scanner


def test_one_odd_answer_is_one_title_that_is_not_known(tmp_path):
    """The other titles get their tags, and the next scan asks again."""
    with SonarrSimulator() as sonarr:
        collection = Collection(tmp_path, sonarr)
        for title in ("One", "Two", "Three"):
            collection.series(title, {"Season 01/S01E01.mkv": audio("jpn", "eng")})
        sonarr.faults.script(FaultKind.HTML, method="GET", path="/api/v3/episodefile", times=1)
        configuration = tmp_path / "taggarr.yaml"
        configuration.write_text(
            f'instances:\n  tv: {{type: sonarr, url: "{sonarr.url}", api_key: {sonarr.api_key}}}\n'
        )
        settings = load(configuration, {}, data_dir=tmp_path / "data")
        with open_scanner(settings, threading.Event()) as scanner:
            first = scanner.scan(ScanRequest(), ["tv"]).instances["tv"]
            tagged = sum(tags == {"dub"} for tags in sonarr.all_tags().values())
            second = scanner.scan(ScanRequest(), ["tv"]).instances["tv"]
        assert (first.error, len(first.attention), tagged) == (None, 1, 2)
        assert "could not be fetched" in first.attention[0][1]
        assert (second.error, second.attention) == (None, [])
        assert sonarr.all_tags() == {1: {"dub"}, 2: {"dub"}, 3: {"dub"}}
