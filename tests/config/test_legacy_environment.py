"""The environment variables of earlier versions: alone, and beside a configuration file."""

from pathlib import Path

import pytest

from taggarr.config import ENVIRONMENT, ConfigErrors, EarlierStart, candidates, find, load
from taggarr.config.document import Origin

SONARR = {"SONARR_URL": "http://sonarr:8989", "SONARR_API_KEY": "s-key"}
RADARR = {"RADARR_URL": "http://radarr:7878/radarr/", "RADARR_API_KEY": "r-key"}
COMPOSE = SONARR | {
    "ROOT_TV_PATH": "/tv/",
    "RADARR_URL": "",
    "TARGET_LANGUAGES": "en, German,",
    "TARGET_GENRE": "Anime",
    "TAG_DUB": "Dub",
    "TAG_SEMI": "semi_dub",
    "TAG_WRONG_DUB": "bad",
    "RUN_INTERVAL_SECONDS": "3600",
    "START_RUNNING": "TRUE",
    "QUICK_MODE": "True",
    "DRY_RUN": "false",
    "WRITE_MODE": "1",
    "ADD_TAG_TO_GENRE": "true",
    "LOG_LEVEL": "DEBUG",
    "LOG_PATH": "/logs",
}


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder and a home without any configuration."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def alone(nowhere):
    """Load the environment where no file is."""
    return lambda environ: load(None, environ, data_dir=nowhere / "data")


def refused(act) -> list[str]:
    with pytest.raises(ConfigErrors) as error:
        act()
    return str(error.value).splitlines()


def test_the_environment_alone_is_a_configuration(alone):
    """Every variable has the meaning that it had; one that is empty is not set."""
    config = alone(COMPOSE)
    (tv,) = config.instances
    assert (tv.name, tv.type, tv.url, tv.api_key.reveal()) == (
        "sonarr",
        "sonarr",
        "http://sonarr:8989",
        "s-key",
    )
    assert (tv.roots, tv.run_interval_seconds, tv.enabled) == (("/tv",), 3600, True)
    base = tv.rules.base
    assert [str(each) for each in base.targets] == ["en", "de"]
    assert (base.labels.dub, base.labels.semi, base.labels.wrong) == ("dub", "semi_dub", "bad")
    assert (base.target_genre, base.quick_mode, base.dry_run, base.add_tag_to_genre) == (
        "Anime",
        True,
        False,
        True,
    )
    assert (config.logging.level, config.logging.path) == ("debug", Path("/logs/taggarr.log"))
    assert (config.source, config.earlier) == (ENVIRONMENT, EarlierStart(loop=True, write_mode=1))


def test_origins_name_the_variable(alone):
    """So that whoever looks for a value knows where to change it."""
    config = alone(COMPOSE)
    for where, name in (
        ("instances.sonarr.url", "SONARR_URL"),
        ("instances.sonarr.type", "SONARR_URL"),
        ("instances.sonarr.target_genre", "TARGET_GENRE"),
        ("defaults.tags.wrong", "TAG_WRONG_DUB"),
        ("logging.path", "LOG_PATH"),
    ):
        assert config.origin(where) == Origin("environment", variables=(name,))
    assert config.origin("defaults.specials") == Origin("default")


def test_only_labels_that_want_another_spelling_are_warned_of(alone):
    """The variables work as they are: nobody is told to leave them."""
    assert [str(each) for each in alone(COMPOSE).warnings] == [
        "warning: environment variable TAG_DUB: defaults.tags.dub: `Dub` is taken in small letters, as Sonarr and "
        "Radarr keep tags; write `dub`",
        "warning: environment variable TAG_SEMI: defaults.tags.semi: `semi_dub` is kept, because titles may have "
        "it; but newer versions of Sonarr and Radarr make no such tag: they take `a` to `z`, digits and `-` alone; "
        "write `semi-dub`",
    ]


def test_what_is_not_set_has_the_defaults_of_then(alone):
    """Both arrs with all of their root folders, English, three labels, two hours, and a loop at once."""
    config = alone(SONARR | RADARR)
    assert [(one.name, one.type, one.url) for one in config.instances] == [
        ("sonarr", "sonarr", "http://sonarr:8989"),
        ("radarr", "radarr", "http://radarr:7878/radarr"),
    ]
    for one in config.instances:
        base = one.rules.base
        assert (one.roots, one.run_interval_seconds, list(map(str, base.targets))) == ((), 7200, ["en"])
        assert (base.labels.dub, base.labels.semi, base.labels.wrong) == ("dub", "semi-dub", "wrong-dub")
        assert (base.dry_run, base.quick_mode, base.add_tag_to_genre, base.target_genre) == (
            False,
            False,
            False,
            None,
        )
    assert (config.logging.level, config.logging.path) == ("info", None)
    assert (config.earlier, config.warnings) == (EarlierStart(loop=True, write_mode=0), ())


def test_series_and_movies_have_a_genre_and_a_folder_each(alone):
    """Languages, labels and modes are shared."""
    config = alone(
        SONARR | RADARR | {"TARGET_GENRE": "a", "TARGET_GENRE_MOVIES": "b", "ROOT_MOVIE_PATH": "/m"}
    )
    assert [(one.roots, one.rules.base.target_genre) for one in config.instances] == [
        ((), "a"),
        (("/m",), "b"),
    ]


@pytest.mark.parametrize(
    ("text", "value", "warned"),
    [("true", True, 0), (" TRUE ", True, 0), ("false", False, 0), ("False", False, 0), ("", False, 0)]
    + [(text, False, 1) for text in ("1", "yes", "on", "0", "no")],
)
def test_true_is_the_one_word_for_true(alone, text, value, warned):
    """Anything else is false, and is told unless it is `false`."""
    config = alone(SONARR | {"DRY_RUN": text, "START_RUNNING": text or "false"})
    assert (config.instances[0].rules.base.dry_run, len(config.warnings)) == (value, warned)
    assert config.earlier is not None
    assert config.earlier.loop is value
    assert all("counts as false, as in earlier versions; write" in str(each) for each in config.warnings)


WRONG = [
    (
        {"TARGET_LANGUAGES": "en,klingonish"},
        "TARGET_LANGUAGES: defaults.target_languages[1]: `klingonish` names no",
    ),
    ({"TARGET_LANGUAGES": ","}, "TARGET_LANGUAGES: defaults.target_languages: no target language is named"),
    (
        {"RUN_INTERVAL_SECONDS": "2h"},
        "RUN_INTERVAL_SECONDS: defaults.run_interval_seconds: `2h` is not a whole",
    ),
    (
        {"RUN_INTERVAL_SECONDS": "0"},
        "RUN_INTERVAL_SECONDS: defaults.run_interval_seconds: `0` is not a whole number from 1 to",
    ),
    ({"WRITE_MODE": "3"}, "WRITE_MODE: `3` is not 0, 1 or 2"),
    ({"LOG_LEVEL": "loud"}, "LOG_LEVEL: logging.level: `loud` is not one of"),
    ({"ROOT_TV_PATH": "tv"}, "ROOT_TV_PATH: instances.sonarr.root_path: `tv` is not an absolute path"),
    ({"SONARR_URL": "sonarr:8989"}, "SONARR_URL: instances.sonarr.url: `sonarr:8989` is not an http"),
    ({"SONARR_API_KEY": "my secret"}, "SONARR_API_KEY: instances.sonarr.api_key: an API key has no blanks"),
    ({"TAG_SEMI": "DUB"}, "TAG_SEMI: defaults.tags.semi: `dub` is the same label as the default of `dub`"),
    (
        {"TAG_WRONG": "a", "TAG_WRONG_DUB": "b"},
        "TAG_WRONG_DUB: `TAG_WRONG` names the same key; keep one of the two",
    ),
    (
        {"SONARR_API_KEY": ""},
        "SONARR_API_KEY: it is not set, and SONARR_URL is: no configuration file was found, so both are needed; "
        "set SONARR_API_KEY, or write a configuration file",
    ),
    (
        {"RADARR_API_KEY": "x"},
        "RADARR_URL: it is not set, and RADARR_API_KEY is: no configuration file was found",
    ),
]


@pytest.mark.parametrize(("environ", "message"), WRONG)
def test_a_wrong_value_names_its_variable(alone, environ, message):
    """With what it may be; a key never shows."""
    line, *others = refused(lambda: alone(SONARR | environ))
    assert all(other.startswith("warning: ") for other in others)
    assert line.startswith(f"environment variable {message}")
    assert "secret" not in line


def test_a_variable_that_describes_nothing_is_told(alone):
    """Movies were left out without an address, and still are."""
    (warning,) = alone(SONARR | {"ROOT_MOVIE_PATH": "/movies"}).warnings
    assert str(warning) == (
        "warning: environment variable ROOT_MOVIE_PATH: it is ignored: RADARR_URL and RADARR_API_KEY are not set; "
        "remove it"
    )


def test_one_label_by_two_names_is_one(alone):
    """TAG_WRONG and TAG_WRONG_DUB may say the same."""
    config = alone(SONARR | {"TAG_WRONG": "bad", "TAG_WRONG_DUB": "Bad"})
    assert config.instances[0].rules.base.labels.wrong == "bad"


@pytest.mark.parametrize(
    ("name", "text", "read"),
    [
        ("TARGET_GENRE", "${HOME} $${X}", lambda c: c.instances[0].rules.base.target_genre),
        ("SONARR_API_KEY", "a${b}$", lambda c: c.instances[0].api_key.reveal()),
        ("TARGET_GENRE", "[Anime]", lambda c: c.instances[0].rules.base.target_genre),
        ("TARGET_GENRE", "null", lambda c: c.instances[0].rules.base.target_genre or "null"),
    ],
)
def test_values_are_taken_to_the_letter(alone, name, text, read):
    """`${…}` had no meaning in these variables."""
    assert read(alone(SONARR | {name: text})) == text


def test_variables_of_today_lie_above_them(alone):
    """`TAGGARR__…` wins, and says so; a whole section from there leaves nothing of theirs."""
    config = alone(
        SONARR
        | {"TARGET_LANGUAGES": "de", "TAGGARR__DEFAULTS__TARGET_LANGUAGES": "fr"}
        | {"TAGGARR__INSTANCES__SONARR__TIMEOUT_S": "5", "TAGGARR__SCAN__WORKERS": "2"}
    )
    assert [str(each) for each in config.instances[0].rules.base.targets] == ["fr"]
    assert (config.instances[0].timeout_s, config.scan.workers) == (5, 2)
    assert [str(each) for each in config.warnings] == [
        "warning: environment variable TARGET_LANGUAGES: it is ignored: TAGGARR__DEFAULTS__TARGET_LANGUAGES names "
        "the same key; remove it"
    ]
    assert config.origin("defaults.target_languages").variables == ("TAGGARR__DEFAULTS__TARGET_LANGUAGES",)
    whole = {"TAGGARR__INSTANCES": "{tv: {type: sonarr, url: 'http://tv', api_key: k}}"}
    replaced = alone(SONARR | whole)
    assert [one.name for one in replaced.instances] == ["tv"]
    assert [each.source for each in replaced.warnings] == [
        "environment variable SONARR_URL",
        "environment variable SONARR_API_KEY",
    ]
    assert replaced.origin("instances.sonarr.url") == Origin("default")


@pytest.mark.parametrize(
    "environ", [{}, {"TARGET_LANGUAGES": "en", "ROOT_TV_PATH": "/tv"}, {"SONARR_URL": " "}]
)
def test_without_an_arr_there_is_no_configuration(alone, environ):
    """Variables that only say how to scan are none."""
    assert "there is no configuration file; looked for" in refused(lambda: alone(environ))[0]


def test_a_file_that_is_named_has_to_be_there(nowhere):
    """The environment stands in for a file that nobody named."""
    with pytest.raises(ConfigErrors, match="the file cannot be read"):
        load(nowhere / "none.yaml", SONARR, data_dir=nowhere)


# Beside a file

FILE = """
defaults: {dry_run: true, target_languages: [en, de]}
instances:
  tv: {type: sonarr, url: "http://tv:8989", api_key: "${TV_KEY}", root_path: /tv, specials: include}
  a: {type: radarr, url: "http://a", api_key: k}
  b: {type: Radarr, url: "http://b", api_key: k}
"""

BESIDE = [
    ("SONARR_URL", "http://new:1", lambda c: c.instances[0].url, "http://new:1", "instances.tv.url"),
    ("SONARR_API_KEY", "n", lambda c: c.instances[0].api_key.reveal(), "n", "instances.tv.api_key"),
    ("ROOT_TV_PATH", "/new", lambda c: c.instances[0].roots, ("/new",), "instances.tv.root_path"),
    ("TARGET_GENRE", "g", lambda c: c.instances[0].rules.base.target_genre, "g", "instances.tv.target_genre"),
    ("TARGET_LANGUAGES", "fr", lambda c: list(map(str, c.instances[1].rules.base.targets)), ["fr"], None),
    ("TAG_DUB", "d", lambda c: c.instances[1].rules.base.labels.dub, "d", "defaults.tags.dub"),
    ("DRY_RUN", "false", lambda c: c.instances[0].rules.base.dry_run, False, "defaults.dry_run"),
    ("QUICK_MODE", "true", lambda c: c.instances[0].rules.base.quick_mode, True, "defaults.quick_mode"),
    ("RUN_INTERVAL_SECONDS", "9", lambda c: c.instances[0].run_interval_seconds, 9, None),
    ("LOG_LEVEL", "DEBUG", lambda c: c.logging.level, "debug", "logging.level"),
]


@pytest.mark.parametrize(("name", "text", "read", "value", "where"), BESIDE)
def test_beside_a_file_a_variable_replaces_its_key_and_says_so(load_text, name, text, read, value, where):
    """A key of `defaults`, or of the one instance of that type; other keys stay."""
    config = load_text(FILE, {"TV_KEY": "abc", name: text})
    assert read(config) == value
    (warning,) = config.warnings
    assert warning.source == f"environment variable {name}"
    assert where in (None, warning.where)
    today = f"TAGGARR__{warning.where.upper().replace('.', '__')}"
    assert warning.sentence == (
        "this variable of earlier versions holds above the configuration file; write it there, or as " + today
    )
    assert config.origin(warning.where) == Origin("environment", variables=(name,))
    assert config.instances[0].rules.base.specials == "include"
    again = load_text(FILE, {"TV_KEY": "abc", today: text})
    assert (read(again), again.warnings) == (value, ())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("SONARR_URL", "http://tv:8989/"),
        ("ROOT_TV_PATH", "/tv/"),
        ("TARGET_LANGUAGES", "English, ger"),
        ("DRY_RUN", "TRUE"),
        ("QUICK_MODE", "false"),
        ("TAG_DUB", "Dub"),
        ("RUN_INTERVAL_SECONDS", "7200"),
        ("LOG_LEVEL", "INFO"),
        ("WRITE_MODE", "0"),
        ("SONARR_URL", ""),
    ],
)
def test_a_variable_that_says_the_same_is_silent(load_text, name, text):
    """So does one that says what is built in: nothing is replaced."""
    config = load_text(FILE, {"TV_KEY": "abc", name: text})
    assert (config.warnings, config) == ((), load_text(FILE, {"TV_KEY": "abc"}))


def test_a_variable_that_the_file_names_is_not_applied_again(load_text):
    """The file says where it belongs, anywhere in it."""
    text = FILE.replace("${TV_KEY}", "${SONARR_API_KEY}").replace(
        "specials: include", "target_genre: '${DRY_RUN:-x}'"
    )
    config = load_text(text, {"SONARR_API_KEY": "new", "DRY_RUN": "false"})
    assert (config.instances[0].api_key.reveal(), config.instances[0].rules.base.dry_run) == ("new", True)
    assert config.warnings == ()


@pytest.mark.parametrize(
    ("text", "environ", "why"),
    [
        (
            FILE,
            {"RADARR_URL": "http://x"},
            "the configuration file has 2 instances of the type radarr; remove it",
        ),
        (
            FILE,
            {"RADARR_API_KEY": "x"},
            "the configuration file has 2 instances of the type radarr; remove it",
        ),
        (
            FILE.replace("sonarr", "radarr"),
            {"ROOT_TV_PATH": "/x"},
            "the configuration file has no instance of the type sonarr; remove it",
        ),
        (
            FILE.replace("root_path: /tv", "root_paths: [/tv]"),
            {"ROOT_TV_PATH": "/x"},
            "`instances.tv.root_paths` names the folders; remove it",
        ),
        (
            FILE.replace("dry_run: true", 'schedule: "0 4 * * *"'),
            {"RUN_INTERVAL_SECONDS": "9"},
            "`defaults.schedule` says when scans are; remove it",
        ),
        (
            FILE,
            {"START_RUNNING": "true"},
            "it holds only where no configuration file is; `taggarr scan --loop` scans again and again",
        ),
        (
            FILE,
            {"WRITE_MODE": "2"},
            "it holds only where no configuration file is; `taggarr scan --write-mode` says it for one scan",
        ),
        (
            FILE,
            {"WRITE_MODE": "x"},
            "it holds only where no configuration file is; `taggarr scan --write-mode` says it for one scan",
        ),
        (
            FILE,
            {"DRY_RUN": "false", "TAGGARR__DEFAULTS__DRY_RUN": "true"},
            "TAGGARR__DEFAULTS__DRY_RUN names the same key; remove it",
        ),
    ],
)
def test_a_variable_that_does_not_fit_the_file_is_ignored_and_says_so(load_text, text, environ, why):
    """Nothing is guessed, and a write mode that was left behind strips nobody's library."""
    config = load_text(text, {"TV_KEY": "abc"} | environ)
    (warning,) = config.warnings
    name = next(iter(environ))
    assert str(warning) == f"warning: environment variable {name}: it is ignored: {why}"
    today = {name: value for name, value in environ.items() if name.startswith("TAGGARR")}
    assert (config.earlier, config.instances) == (None, load_text(text, {"TV_KEY": "abc"} | today).instances)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("defaults: [1]\n", "defaults: a list stands where a mapping"),
        ("defaults: {tags: x}\n", "defaults.tags: `x` stands where a mapping"),
        ("logging: x\n", "logging: `x` stands where a mapping"),
        ("instances: [1]\n", "instances: a list stands where a mapping"),
        ("instances: {tv: 1}\n", "instances.tv: `1` stands where a mapping"),
    ],
)
def test_variables_do_not_hide_what_is_wrong_in_the_file(load_text, text, message):
    """Nothing is laid over a section that is none."""
    lines = refused(
        lambda: load_text(text, SONARR | {"TAG_DUB": "d", "DRY_RUN": "true", "LOG_LEVEL": "debug"})
    )
    assert any(message in line for line in lines)


def test_a_wrong_value_beside_a_file_names_its_variable(load_text):
    """As everywhere."""
    line, _ = refused(lambda: load_text(FILE, {"TV_KEY": "abc", "TARGET_LANGUAGES": "klingonish"}))
    assert line.startswith(
        "environment variable TARGET_LANGUAGES: defaults.target_languages[0]: `klingonish`"
    )


def test_variables_lie_above_a_file_of_then(load_text):
    """Also above keys that stand elsewhere today."""
    text = (
        "defaults: {log_level: ERROR}\n"
        "instances:\n  tv: {type: sonarr, url: 'http://tv', api_key: k, root_path: /tv}\n"
    )
    config = load_text(text, {"LOG_LEVEL": "INFO", "TAG_DUB": "My Dub"})
    assert (config.logging.level, config.instances[0].rules.base.labels.dub) == ("info", "my dub")
    assert [each.source.rpartition(" ")[2] for each in config.warnings[1:]] == [
        "TAG_DUB",
        "TAG_DUB",
        "LOG_LEVEL",
    ]


# Where a file of then is looked for


def test_the_folders_of_earlier_versions_are_searched(nowhere):
    """`XDG_CONFIG_HOME`, and `APPDATA` as Windows has it, also where the data folder is another one."""
    environ = {"XDG_CONFIG_HOME": str(nowhere / "xdg"), "APPDATA": str(nowhere / "roaming")}
    places = candidates(nowhere / "data", environ)
    assert [path.relative_to(nowhere).as_posix() for path in places[:-1]] == [
        "taggarr.yaml",
        "data/config.yaml",
        "xdg/taggarr/config.yaml",
        "roaming/taggarr/config.yaml",
        ".config/taggarr/config.yaml",
    ]
    assert len(candidates(nowhere / "data", {"XDG_CONFIG_HOME": "relative", "APPDATA": ""})) == 4
    (nowhere / "roaming" / "taggarr").mkdir(parents=True)
    (nowhere / "roaming" / "taggarr" / "config.yaml").write_text(
        "instances:\n  tv: {type: sonarr, url: http://tv, api_key: k}\n"
    )
    assert find(nowhere / "data", environ) == nowhere / "roaming" / "taggarr" / "config.yaml"
    assert load(None, environ, data_dir=nowhere / "data").instances[0].name == "tv"
