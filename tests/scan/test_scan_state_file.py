"""`write_state_json`, before files of earlier versions can be imported."""

import threading

from taggarr.config import load
from taggarr.scan.job import ScanRequest
from taggarr.simulator import SonarrSimulator
from taggarr.simulator.collection import Collection, audio
from taggarr.wiring.scanner import open_scanner


def test_an_earlier_state_file_is_not_overwritten(tmp_path):
    """Nothing is written over what was not imported, and the scan says how to get the same file."""
    with SonarrSimulator() as sonarr:
        Collection(tmp_path, sonarr).series("Show", {"Season 01/S01E01.mkv": audio("jpn", "eng")})
        earlier = tmp_path / "tv" / "taggarr.json"
        earlier.write_text('{"version": "0.8.0", "series": {}}')
        configuration = tmp_path / "taggarr.yaml"
        configuration.write_text(
            "defaults: {write_state_json: true}\n"
            f'instances:\n  tv: {{type: sonarr, url: "{sonarr.url}", api_key: {sonarr.api_key}}}\n'
        )
        settings = load(configuration, {}, data_dir=tmp_path / "data")
        with open_scanner(settings, threading.Event()) as scanner:
            summary = scanner.scan(ScanRequest(), ["tv"])
    assert earlier.read_text() == '{"version": "0.8.0", "series": {}}'
    (note,) = summary.instances["tv"].notes
    assert note.startswith("write_state_json writes nothing yet")
    assert "taggarr export --format state" in note
