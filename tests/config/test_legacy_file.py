"""A YAML file that was written for 0.7 or 0.8: it loads, and says how it is written today."""

from pathlib import Path

import pytest

from taggarr.config import ConfigErrors, LogLevel
from taggarr.config.document import Origin

OLD = """\
# My library
defaults:
  target_languages: en, German
  tags:
    dub: Dub
    wrong: wrong_dub   # as ever
  dry_run: false
  run_interval_seconds: 3600
  log_level: DEBUG
  log_path: /logs
instances:
  sonarr.anime:
    type: sonarr
    url: ${TV_URL}
    api_key: ${TV_KEY}
    root_path: /tv
    target_genre: ""
    colour: red
  movies:
    type: radarr
    url: http://radarr:7878/
    api_key: def
    root_path: /movies
    target_languages: fr
    tags: {semi: Half}
    quick_mode: true
"""
ENVIRON = {"TV_URL": "http://tv:8989", "TV_KEY": "abc"}


def said(config, file) -> list[str]:
    """The warnings of a configuration, without the name of its file."""
    return [str(each).removeprefix(f"warning: {file}:").removeprefix("warning: ") for each in config.warnings]


def test_a_file_of_the_earlier_version_loads_with_what_it_means(load_text):
    """Each of its keys has the value that it had there, whatever has moved since."""
    config = load_text(OLD, ENVIRON)
    tv, movies = config.instances
    assert (tv.name, tv.url, tv.api_key.reveal(), tv.roots) == (
        "sonarr-anime",
        "http://tv:8989",
        "abc",
        ("/tv",),
    )
    assert [str(each) for each in tv.rules.base.targets] == ["en", "de"]
    labels = tv.rules.base.labels
    assert (labels.dub, labels.semi, labels.wrong, labels.original) == ("dub", "semi-dub", "wrong_dub", None)
    assert (tv.rules.base.target_genre, tv.run_interval_seconds) == (None, 3600)
    assert (movies.name, movies.url, movies.roots) == ("movies", "http://radarr:7878", ("/movies",))
    assert [str(each) for each in movies.rules.base.targets] == ["fr"]
    assert (movies.rules.base.labels.dub, movies.rules.base.labels.semi) == ("dub", "half")
    assert (movies.rules.base.quick_mode, tv.rules.base.quick_mode) == (True, False)
    assert (config.logging.level, config.logging.path) == (LogLevel.DEBUG, Path("/logs/taggarr.log"))


def test_what_is_written_in_another_way_today_is_a_warning(load_text, file):
    """Each with its place, what is made of it, and how to write it; none is an error."""
    odd = (
        "is kept, because titles may have it; but newer versions of Sonarr and Radarr make no such tag: "
        "they take `a` to `z`, digits and `-` alone"
    )
    small = "is taken in small letters, as Sonarr and Radarr keep tags"
    assert said(load_text(OLD, ENVIRON), file) == [
        f"5:10: defaults.tags.dub: `Dub` {small}; write `dub`",
        f"6:12: defaults.tags.wrong: `wrong_dub` {odd}; write `wrong-dub`",
        "9:3: defaults.log_level: this key has moved; write `level: DEBUG` below `logging`",
        "10:3: defaults.log_path: this key has moved, and names a file; "
        "write `path: /logs/taggarr.log` below `logging`",
        '12:3: instances."sonarr.anime": the name is taken as `sonarr-anime`: it is made of letters, digits, '
        "blanks, `-` and `_`; write `sonarr-anime`",
        '17:5: instances."sonarr.anime".target_genre: nothing is named: that means all titles; remove it',
        '18:5: instances."sonarr.anime".colour: there is no key `colour` here: it is ignored, as earlier versions '
        "did; remove it",
        f"25:18: instances.movies.tags.semi: `Half` {small}; write `half`",
    ]


def test_origins_lead_to_where_it_is_written(load_text):
    """Also for keys that stand elsewhere today; a key that is ignored has none."""
    config = load_text(OLD, ENVIRON)
    assert config.origin("logging.level") == Origin("file", 9, 14)
    assert config.origin("instances.sonarr-anime.root_path") == Origin("file", 16, 16)
    assert config.origin("instances.sonarr-anime.url") == Origin(
        "environment", 14, 10, ("TV_URL",), secret=True
    )
    assert not {where for where in config.origins if "colour" in where or "sonarr.anime" in where}
    assert "defaults.log_level" not in config.origins


def test_instances_keep_their_order(load_text):
    """The first one writes an NFO that two hold, whatever became of its name."""
    assert [one.name for one in load_text(OLD, ENVIRON).instances] == ["sonarr-anime", "movies"]


ONE = "instances:\n  tv: {{type: sonarr, url: 'http://tv', api_key: k, root_path: /tv{more}}}\n"
TAGS = "defaults: {{tags: {{dub: {label}}}}}\n" + ONE


@pytest.mark.parametrize(
    ("label", "kept", "warning"),
    [
        ("dub-2", "dub-2", ""),
        ("7", "7", ""),
        ("DUB", "dub", "write `dub`"),
        ("' Dub '", "dub", "write `dub`"),
        ("semi dub", "semi dub", "write `semi-dub`"),
        ("'Dub: (EN)'", "dub: (en)", "write `dub-en`"),
        ("日本", "日本", "write another label"),
        ("'${LABEL}'", "my dub", "give the variable a value that is a label"),
    ],
)
def test_labels_are_what_the_titles_have(load_text, label, kept, warning):
    """Small letters, as the arrs keep them; signs that an arr took in the past stay, so that no title changes."""
    config = load_text(TAGS.format(label=label, more=""), {"LABEL": "My Dub"})
    assert config.instances[0].rules.base.labels.dub == kept
    assert [each.suggestion for each in config.warnings] == ([warning] if warning else [])
    assert "My Dub" not in str(config.warnings)


@pytest.mark.parametrize("label", ["[dub]", "true", "''", '"a\\tb"', "{a: b}"])
def test_what_was_never_a_label_is_refused(load_text, label):
    """A list, a flag, nothing, control characters."""
    with pytest.raises(ConfigErrors, match=r"defaults\.tags\.dub: "):
        load_text(TAGS.format(label=label, more=""))


@pytest.mark.parametrize(
    ("keys", "level", "path"),
    [
        ("log_level: WARN", "warning", None),
        ("log_level: Critical", "error", None),
        ("log_level: info", "info", None),
        ("log_level: null, log_path: ''", "info", None),
        ("log_path: /logs/", "info", "/logs/taggarr.log"),
        ("log_path: /", "info", "/taggarr.log"),
        ("log_path: /logs/my.LOG", "info", "/logs/my.LOG"),
        ("log_path: '${FOLDER}/logs', log_level: '${LEVEL}'", "error", "/var/logs/taggarr.log"),
    ],
)
def test_the_log_goes_where_it_went(load_text, keys, level, path):
    """The folder of the earlier version gets the file `taggarr.log`; Python's words for levels are understood."""
    config = load_text(f"defaults: {{{keys}}}\n{ONE.format(more='')}", {"FOLDER": "/var", "LEVEL": "ERROR"})
    assert (config.logging.level, config.logging.path) == (level, Path(path) if path else None)
    assert {each.where for each in config.warnings} <= {"defaults.log_level", "defaults.log_path"}


def test_a_log_level_that_is_none_is_refused_in_its_line(load_text):
    """Whether it is text or not."""
    for level in ("loud", "7"):
        with pytest.raises(ConfigErrors, match=rf":1:\d+: logging\.level: `{level}` is not one of"):
            load_text(f"defaults: {{log_level: {level}}}\n{ONE.format(more='')}")


UNKNOWN = [
    "colour: red\n" + ONE.format(more=""),
    "defaults: {target_langages: [en]}\n" + ONE.format(more=""),
    "defaults: {tags: {dubbed: x}}\n" + ONE.format(more=""),
    ONE.format(more=", tags: {colour: x}"),
    ONE.format(more=", colour: [1, {a: b}]"),
]


@pytest.mark.parametrize("text", UNKNOWN)
def test_unknown_keys_are_ignored_as_they_were(load_text, text):
    """A warning each, with what was probably meant."""
    (warning,) = load_text(text).warnings
    assert "it is ignored, as earlier versions did; " in str(warning)
    assert (warning.suggestion == "did you mean `target_languages`?") is ("langages" in text)


@pytest.mark.parametrize("text", UNKNOWN)
@pytest.mark.parametrize(
    "today",
    [
        "scan: {workers: 2}\n",
        "server: {port: 1}\n",
        "logging: {level: info}\n",
        "profiles: {a: {specials: include}}\n",
    ],
)
def test_unknown_keys_are_errors_in_a_file_of_today(load_text, text, today):
    """A section that came later tells the two apart."""
    with pytest.raises(ConfigErrors) as refused:
        load_text(today + text)
    assert "there is no key" in str(refused.value)
    assert "ignored" not in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "instances:\n  tv: {type: sonarr, url: 'http://tv', api_key: k, colour: red}\n",
        ONE.format(more=", root_paths: [/a], colour: red"),
        ONE.format(more=", enabled: true, colour: red"),
        ONE.format(more=", tags: {original: o}, colour: red"),
        "defaults: {specials: include}\n" + ONE.format(more=", colour: red"),
        "defaults: {tags: {original: o}}\n" + ONE.format(more=", colour: red"),
        "instances:\n  tv: {type: sonarr, url: 'http://tv', api_key: k, root_path: , colour: red}\n",
        ONE.format(more="") + "  b: {type: sonarr, url: 'http://b', api_key: k, colour: red}\n",
        ONE.format(more="") + "  b: colour\n",
        "defaults: [colour]\n" + ONE.format(more=""),
    ],
)
def test_a_key_that_came_later_makes_a_file_of_today(load_text, text):
    """So does an instance without its folder, which was required; what is wrong is an error then."""
    with pytest.raises(ConfigErrors) as refused:
        load_text(text)
    assert "colour" in str(refused.value) or "a list stands" in str(refused.value)
    assert all(problem.level == "error" for problem in refused.value.problems)


def test_errors_come_first_and_warnings_with_them(load_text, file):
    """A wrong file of then names everything at once."""
    with pytest.raises(ConfigErrors) as refused:
        load_text(OLD.replace("en, German", "en, Klingonish"), {"TV_KEY": "abc"})
    problems = refused.value.problems
    assert [each.level for each in problems] == ["error"] * 2 + ["warning"] * 8
    assert [each.where for each in problems[:2]] == [
        "defaults.target_languages[1]",
        "instances.sonarr-anime.url",
    ]
    assert str(refused.value).splitlines()[2].startswith(f"warning: {file}:5:10: ")


DANGEROUS = [
    # Two verdicts would look alike, and the removal of one would take the other's tag.
    (
        "defaults: {tags: {dub: x, semi: X}}\n" + ONE.format(more=""),
        "`x` is the same label as `defaults.tags.dub`",
    ),
    # Both would own each other's tags, NFO files and taggarr.json.
    (
        ONE.format(more="") + "  b: {type: sonarr, url: 'http://tv/', api_key: k, root_path: /tv/new}\n",
        "`tv` has the same address, and the folders of the two overlap",
    ),
    # Which of the two was meant, nobody can know.
    (
        "defaults: {}\ndefaults: {dry_run: true}\n" + ONE.format(more=""),
        "`defaults` stands here a second time",
    ),
    (
        ONE.replace("tv:", "a.b:").format(more="")
        + "  a-b: {type: sonarr, url: 'http://b', api_key: k, root_path: /b}\n",
        "a name is made of letters",
    ),
    # Where a relative folder is depends on who starts the program.
    (ONE.replace("/tv", "tv").format(more=""), "`tv` is not an absolute path"),
    # Nothing was ever found there.
    (ONE.replace("http://tv", "tv:8989").format(more=""), "`tv:8989` is not an http or https address"),
]


@pytest.mark.parametrize(("text", "message"), DANGEROUS)
def test_what_would_do_harm_is_refused_all_the_same(load_text, text, message):
    """Even though the earlier version took it."""
    with pytest.raises(ConfigErrors) as refused:
        load_text(text)
    assert message in str(refused.value)


def test_one_server_may_serve_two_folders(load_text):
    """As in the earlier version, without a word."""
    text = ONE.format(more="") + "  b: {type: sonarr, url: 'http://tv', api_key: k, root_path: /anime}\n"
    assert load_text(text).warnings == ()


def test_a_variable_of_today_lies_above_a_key_of_then(load_text, file):
    """`TAGGARR__LOGGING__LEVEL` replaces what `log_level` says, and a label that it gives is one of today."""
    config = load_text(
        OLD, ENVIRON | {"TAGGARR__LOGGING__LEVEL": "error", "TAGGARR__DEFAULTS__TAGS__DUB": "d"}
    )
    assert (config.logging.level, config.instances[0].rules.base.labels.dub) == ("error", "d")
    assert [each for each in said(config, file) if "tags.dub" in each] == []
    with pytest.raises(
        ConfigErrors, match=r"environment variable TAGGARR__DEFAULTS__TAGS__DUB: .*`D` is no label"
    ):
        load_text(OLD, ENVIRON | {"TAGGARR__DEFAULTS__TAGS__DUB": "D"})


def test_a_file_of_today_has_no_warnings(tv):
    """Capital letters are refused there as ever."""
    assert tv("").warnings == ()
    with pytest.raises(ConfigErrors, match="`Dub` is no label"):
        tv("defaults: {tags: {dub: Dub}}")
