"""Where the configuration and the data folder are looked for."""

from pathlib import Path

import pytest

from taggarr.config import ConfigErrors, data_dir, find, load

GOOD = "instances:\n  {name}: {{type: sonarr, url: http://tv:8989, api_key: abc}}\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder and an empty current folder."""
    (tmp_path / "home").mkdir()
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for variable in ("XDG_CONFIG_HOME", "TAGGARR_DATA_DIR"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def write(path: Path, name: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(GOOD.format(name=name), encoding="utf-8")
    return path


def test_the_first_file_of_the_search_order_is_read(home: Path, tmp_path: Path):
    """`--config`, the current folder, the data folder, the home folder; each is read when those before are gone."""
    data = tmp_path / "data"
    named = write(tmp_path / "named.yaml", "named")
    for path, name in (
        (tmp_path / "here" / "taggarr.yaml", "here"),
        (data / "config.yaml", "data"),
        (home / ".config" / "taggarr" / "config.yaml", "home"),
    ):
        write(path, name)
    assert load(named, {}, data_dir=data).instances[0].name == "named"
    for name in ("here", "data", "home"):
        config = load(None, {}, data_dir=data)
        assert config.instances[0].name == name
        assert config.source == find(data)
        config.source.unlink()
    assert find(data) is None


def test_without_a_file_every_place_is_named(home: Path, tmp_path: Path):
    """Nothing found: the places that were looked at, and what to do."""
    with pytest.raises(ConfigErrors) as refused:
        load(None, {})
    assert str(refused.value) == (
        f"configuration: there is no configuration file; looked for {tmp_path}/here/taggarr.yaml, "
        f"{home}/.config/taggarr/config.yaml, /etc/taggarr/config.yaml; "
        "`taggarr config init` writes one; or name a file with --config"
    )


def test_a_broken_file_is_not_passed_over(home: Path, tmp_path: Path):
    """A folder or dangling link of that name is found, and refused, instead of the next file being read."""
    (tmp_path / "here" / "taggarr.yaml").symlink_to(tmp_path / "nowhere")
    write(home / ".config" / "taggarr" / "config.yaml", "home")
    with pytest.raises(ConfigErrors, match="No such file or directory"):
        load(None, {})


def test_the_data_folder_is_named_or_the_platforms(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """`--data-dir` is above `TAGGARR_DATA_DIR`, and that above the user's config folder; always absolute."""
    environ = {"TAGGARR_DATA_DIR": "~/x"}
    assert data_dir("there", environ) == tmp_path / "here" / "there"
    assert data_dir(None, environ) == home / "x"
    assert data_dir(None, {}) == home / ".config" / "taggarr"
    assert data_dir(None, {"TAGGARR_DATA_DIR": ""}) == home / ".config" / "taggarr"
    monkeypatch.setenv("TAGGARR_DATA_DIR", "/var/lib/taggarr")
    assert data_dir() == Path("/var/lib/taggarr")


def test_the_process_environment_is_used_where_none_is_given(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Without an environment of their own, data folder and overrides come from the process's."""
    write(tmp_path / "data" / "config.yaml", "tv")
    monkeypatch.setenv("TAGGARR_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("TAGGARR__SCAN__WORKERS", "7")
    config = load()
    assert (config.data_dir, config.scan.workers) == (tmp_path / "data", 7)
