"""What a right configuration means: the value that each way of writing gives."""

from pathlib import Path

import pytest

from taggarr.config import ArrType, Executor, LogFormat, LogLevel, VerifyFiles
from taggarr.core.language import Language
from taggarr.core.paths import PathMapping
from taggarr.core.policy import (
    AudioSource,
    Counted,
    Exclude,
    ExtraLanguages,
    Labels,
    Match,
    Policy,
    UnknownRegion,
    Untagged,
    WriteNfo,
)

EN, DE, NO = Language("en"), Language("de"), Language("no")


def test_the_defaults_are_those_of_the_product(tv, file, tmp_path):
    """One instance and nothing else: every value is the documented default."""
    config = tv("")
    assert config.source == file
    assert config.data_dir == tmp_path / "data"
    scan, logging, (instance,) = config.scan, config.logging, config.instances
    assert (scan.workers, scan.instance_workers) == (4, 4)
    assert (scan.executor, scan.verify_files) == (Executor.THREADS, VerifyFiles.ALWAYS)
    assert (logging.level, logging.path, logging.format) == (LogLevel.INFO, None, LogFormat.TEXT)
    assert (instance.name, instance.type, instance.url) == ("tv", ArrType.SONARR, "http://tv:8989")
    assert (instance.enabled, instance.tls_verify, instance.timeout_s) == (True, True, 60)
    assert (instance.roots, instance.path_mappings) == ((), ())
    assert (instance.run_interval_seconds, instance.schedule) == (7200, None)
    assert instance.write_state_json is False
    assert instance.rules.profiles == ()
    assert instance.rules.base == Policy(
        targets=(EN,),
        labels=Labels("dub", "semi-dub", "wrong-dub", None),
        target_genre=None,
        add_tag_to_genre=False,
        write_nfo=WriteNfo.AUTO,
        audio_source=AudioSource.AUTO,
        untagged=Untagged.ORIGINAL,
        unknown_region=UnknownRegion.ACCEPT,
        extra_languages=ExtraLanguages.ALLOW,
        count_original_as_dub=False,
        specials=Counted.IGNORE,
        unmonitored_seasons=Counted.INCLUDE,
        quick_mode=False,
        dry_run=False,
        exclude=Exclude((), (), (), (), False),
    )


POLICY_VALUES = [
    ("target_languages: [en, German]", "targets", (EN, DE)),
    ("target_languages: 'en, ger'", "targets", (EN, DE)),
    ("target_languages: [no]", "targets", (NO,)),
    ("target_languages: no", "targets", (NO,)),
    ("target_languages: [eng, en, English]", "targets", (EN,)),
    ("target_languages: [Portuguese (Brazil)]", "targets", (Language("pt", region="BR"),)),
    ("tags: {dub: '2024'}", "labels", Labels(dub="2024")),
    ("tags: {dub: 007}", "labels", Labels(dub="007")),
    ("tags: {original: original}", "labels", Labels(original="original")),
    ("tags: {semi: dub, dub: semi-dub}", "labels", Labels(dub="semi-dub", semi="dub")),
    ("tags:", "labels", Labels()),
    ("target_genre: Anime", "target_genre", "Anime"),
    ("target_genre: 1e5", "target_genre", "1e5"),
    ("target_genre: null", "target_genre", None),
    ("add_tag_to_genre: true", "add_tag_to_genre", True),
    ("write_nfo: always", "write_nfo", WriteNfo.ALWAYS),
    ("write_nfo: Never", "write_nfo", WriteNfo.NEVER),
    ("audio_source: arr", "audio_source", AudioSource.ARR),
    ("untagged: unknown", "untagged", Untagged.UNKNOWN),
    ("untagged: German", "untagged", DE),
    ("untagged: no", "untagged", NO),
    ("unknown_region: reject", "unknown_region", UnknownRegion.REJECT),
    ("extra_languages: flag", "extra_languages", ExtraLanguages.FLAG),
    ("count_original_as_dub: true", "count_original_as_dub", True),
    ("specials: include", "specials", Counted.INCLUDE),
    ("unmonitored_seasons: ignore", "unmonitored_seasons", Counted.IGNORE),
    ("quick_mode: yes", "quick_mode", True),
    ("dry_run: on", "dry_run", True),
    ("dry_run: No", "dry_run", False),
    (
        "exclude: {tags: [a], titles: ['The Good, the Bad']}",
        "exclude",
        Exclude(("a",), (), (), ("The Good, the Bad",)),
    ),
    (
        "exclude: {series_types: [Anime, daily], genres: [2024]}",
        "exclude",
        Exclude((), ("anime", "daily"), ("2024",)),
    ),
    (
        "exclude: {titles: [鬼滅の刃\u3000無限列車編]}",
        "exclude",
        Exclude(titles=("鬼滅の刃\u3000無限列車編",)),
    ),
    ("exclude: {unmonitored: true, tags: }", "exclude", Exclude(unmonitored=True)),
]


@pytest.mark.parametrize(("line", "name", "value"), POLICY_VALUES)
def test_a_rule_value_reaches_the_policy(tv, line, name, value):
    """Each key of `defaults`, in each of its spellings, becomes the value of the policy."""
    (instance,) = tv(f"defaults:\n  {line}").instances
    assert getattr(instance.rules.base, name) == value


INSTANCE_VALUES = [
    ("type: Radarr", "type", ArrType.RADARR),
    ("url: https://tv.example/sonarr/", "url", "https://tv.example/sonarr"),
    ("url: http://[::1]:8989", "url", "http://[::1]:8989"),
    ("enabled: false", "enabled", False),
    ("tls_verify: false", "tls_verify", False),
    ("tls_verify: 'no'", "tls_verify", False),
    ("tls_verify: /etc/ssl/ca.pem", "tls_verify", "/etc/ssl/ca.pem"),
    ("timeout_s: 12.5", "timeout_s", 12.5),
    ("root_path: /media/tv/", "roots", ("/media/tv",)),
    ("root_path: 'D:\\TV\\'", "roots", ("D:/TV",)),
    ("root_paths: [/a, /b]", "roots", ("/a", "/b")),
    ("root_paths: []", "roots", ()),
    ("root_path: /", "roots", ("/",)),
    ("path_mappings: [{arr: 'D:\\TV', local: /tv}]", "path_mappings", (PathMapping("D:/TV", "/tv"),)),
    ("run_interval_seconds: 60", "run_interval_seconds", 60),
    ("run_interval_seconds: 0x10", "run_interval_seconds", 16),
    ("schedule: 0 4 * * 1-5", "schedule", "0 4 * * 1-5"),
    ("schedule: 0 4 * * *", "run_interval_seconds", None),
    ("write_state_json: true", "write_state_json", True),
]


@pytest.mark.parametrize(("line", "name", "value"), INSTANCE_VALUES)
def test_a_value_of_an_instance_is_read(load_text, line, name, value):
    """Each key of an instance, in each of its spellings, becomes the value of the instance."""
    required = {"type": "sonarr", "url": "http://tv:8989", "api_key": "abc"}
    lines = [f"{key}: {text}" for key, text in required.items() if not line.startswith(f"{key}:")]
    (instance,) = load_text("instances:\n  tv:\n    " + "\n    ".join([*lines, line])).instances
    assert getattr(instance, name) == value


@pytest.mark.parametrize(
    ("written", "key"),
    [("0123", "0123"), ("12345678901234567890e12", "12345678901234567890e12"), ("' abc '", "abc")],
)
def test_an_api_key_is_taken_as_it_is_written(load_text, written, key):
    """A key of digits alone is no number: every digit stays."""
    (instance,) = load_text(
        f"instances:\n  tv: {{type: sonarr, url: http://tv:8989, api_key: {written}}}"
    ).instances
    assert instance.api_key.reveal() == key


def test_a_secret_does_not_show_itself(tv):
    """`str`, `repr` and formatting of a key, and of all that holds it, give a mask; equality still works."""
    config, again = tv(""), tv("")
    secret = config.instances[0].api_key
    assert (str(secret), repr(secret), f"{secret}") == ("********", "********", "********")
    assert "abc" not in repr(config)
    assert secret == again.instances[0].api_key
    assert hash(secret) == hash(again.instances[0].api_key)
    assert secret != "abc"
    assert config.secrets() == frozenset({"abc"})


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("path: null", None),
        ("path: logs/taggarr.log", "DATA/logs/taggarr.log"),
        ("path: /var/log/taggarr.log", "/var/log/taggarr.log"),
    ],
)
def test_a_log_path_that_is_not_absolute_lies_in_the_data_folder(tv, tmp_path, line, path):
    """`logging.path` is resolved at load."""
    expected = Path(path.replace("DATA", str(tmp_path / "data"))) if path else None
    assert tv(f"logging: {{{line}}}").logging.path == expected


def test_scan_and_logging_are_read(tv):
    """The values of `scan` and `logging` arrive."""
    config = tv(
        "scan: {workers: 8, instance_workers: 2, verify_files: weekly}\nlogging: {level: debug, format: json}"
    )
    assert (config.scan.workers, config.scan.instance_workers) == (8, 2)
    assert config.scan.verify_files is VerifyFiles.WEEKLY
    assert (config.logging.level, config.logging.format) == (LogLevel.DEBUG, LogFormat.JSON)


def test_empty_sections_are_as_good_as_none(tv):
    """A section whose every line is commented out says nothing."""
    assert tv("scan:\nlogging:\ndefaults:\nprofiles:\n").scan.workers == 4


def test_match_keys_are_read(tv):
    """The keys of `match` arrive; a profile without it matches everything."""
    (instance,) = tv(
        "profiles:\n"
        "  anime: {match: {arr_tags: [x], series_types: [Anime], genres: [Anime], roots: [/anime/]}}\n"
        "  rest: {dry_run: true}\n"
        "  nothing:\n"
    ).instances
    assert [(name, match) for name, match, _ in instance.rules.profiles] == [
        ("anime", Match(("x",), ("anime",), ("Anime",), ("/anime",))),
        ("rest", Match()),
        ("nothing", Match()),
    ]


def test_anchors_and_merges_work(load_text):
    """Aliases are copied; in a merge, the key that is written at the place itself wins; lists of merges too."""
    config = load_text(
        "defaults: &rules\n  dry_run: true\n"
        "instances:\n"
        "  tv: &tv {type: sonarr, url: http://tv:8989, api_key: abc, root_path: /tv}\n"
        "  anime:\n    <<: [*tv, *rules]\n    root_path: /anime\n"
        "  movies: {<<: *tv, type: radarr, url: http://m:7878}\n"
    )
    assert [(each.name, each.type, each.roots) for each in config.instances] == [
        ("tv", "sonarr", ("/tv",)),
        ("anime", "sonarr", ("/anime",)),
        ("movies", "radarr", ("/tv",)),
    ]


def test_the_order_of_the_file_is_kept(load_text):
    """Instances come in the order in which they are written, which decides who writes a shared NFO."""
    lines = [f"  {name}: {{type: sonarr, url: http://{name}, api_key: k}}" for name in ("z", "a", "m")]
    assert [each.name for each in load_text("\n".join(["instances:", *lines])).instances] == ["z", "a", "m"]
