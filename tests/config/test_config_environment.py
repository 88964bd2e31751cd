"""`TAGGARR__…` overrides and `${…}` inside values."""

import pytest

from taggarr.config import ConfigErrors
from taggarr.core.language import Language
from taggarr.core.paths import PathMapping

TWO = """
scan: {workers: 2}
defaults: {tags: {dub: dubbed}}
instances:
  sonarr-anime: {type: sonarr, url: http://tv:8989, api_key: abc}
  Radarr 4k: {type: radarr, url: http://movies:7878, api_key: def, exclude: {tags: [x]}}
profiles:
  anime: {specials: include}
"""

OVERRIDES = [
    ("TAGGARR__SCAN__WORKERS", "8", lambda c: c.scan.workers, 8),
    ("taggarr__scan__workers", " 8 ", lambda c: c.scan.workers, 8),
    ("TAGGARR__SCAN", "{workers: 3}", lambda c: c.scan.workers, 3),
    ("TAGGARR__SCAN", "", lambda c: c.scan.workers, 4),
    ("TAGGARR__LOGGING__LEVEL", "DEBUG", lambda c: c.logging.level, "debug"),
    ("TAGGARR__DEFAULTS__TAGS__DUB", "other", lambda c: c.instances[0].rules.base.labels.dub, "other"),
    ("TAGGARR__DEFAULTS__TAGS__ORIGINAL", "", lambda c: c.instances[0].rules.base.labels.original, None),
    ("TAGGARR__DEFAULTS__DRY_RUN", "True", lambda c: c.instances[0].rules.base.dry_run, True),
    ("TAGGARR__DEFAULTS__DRY_RUN", "1", lambda c: c.instances[0].rules.base.dry_run, True),
    ("TAGGARR__DEFAULTS__TARGET_GENRE", "null", lambda c: c.instances[0].rules.base.target_genre, None),
    (
        "TAGGARR__DEFAULTS__TARGET_GENRE",
        "@Anime: #1",
        lambda c: c.instances[0].rules.base.target_genre,
        "@Anime: #1",
    ),
    (
        "TAGGARR__DEFAULTS__TARGET_LANGUAGES",
        "de, fr",
        lambda c: c.instances[0].rules.base.targets,
        ("de", "fr"),
    ),
    (
        "TAGGARR__DEFAULTS__TARGET_LANGUAGES",
        "[de, no]",
        lambda c: c.instances[0].rules.base.targets,
        ("de", "no"),
    ),
    (
        "TAGGARR__DEFAULTS__EXCLUDE__GENRES",
        "a, b,",
        lambda c: c.instances[0].rules.base.exclude.genres,
        ("a", "b"),
    ),
    (
        "TAGGARR__DEFAULTS__EXCLUDE__TITLES",
        '["a, b", 7]',
        lambda c: c.instances[0].rules.base.exclude.titles,
        ("a, b", "7"),
    ),
    ("TAGGARR__INSTANCES__SONARR_ANIME__API_KEY", "k: *", None, None),
    ("TAGGARR__INSTANCES__SONARR_ANIME__API_KEY", "ghi", lambda c: c.instances[0].api_key.reveal(), "ghi"),
    ("TAGGARR__INSTANCES__SONARR_ANIME__TIMEOUT_S", "1.5", lambda c: c.instances[0].timeout_s, 1.5),
    ("TAGGARR__INSTANCES__SONARR_ANIME__TLS_VERIFY", "no", lambda c: c.instances[0].tls_verify, False),
    ("TAGGARR__INSTANCES__RADARR_4K__ENABLED", "off", lambda c: c.instances[1].enabled, False),
    (
        "TAGGARR__INSTANCES__RADARR_4K__EXCLUDE__TAGS",
        "",
        lambda c: c.instances[1].rules.base.exclude.tags,
        (),
    ),
    (
        "TAGGARR__INSTANCES__RADARR_4K__EXCLUDE",
        "{unmonitored: yes}",
        lambda c: c.instances[1].rules.base.exclude.unmonitored,
        True,
    ),
    (
        "TAGGARR__INSTANCES__SONARR_ANIME__TAGS__DUB",
        "a-dub",
        lambda c: c.instances[0].rules.base.labels.dub,
        "a-dub",
    ),
    (
        "TAGGARR__INSTANCES__SONARR_ANIME__PATH_MAPPINGS",
        "[{arr: /a, local: /b}]",
        lambda c: c.instances[0].path_mappings,
        (PathMapping("/a", "/b"),),
    ),
    (
        "TAGGARR__PROFILES__ANIME__MATCH__SERIES_TYPES",
        "anime",
        lambda c: c.instances[0].rules.profiles[0][1].series_types,
        ("anime",),
    ),
]


@pytest.mark.parametrize(("variable", "text", "read", "value"), [row for row in OVERRIDES if row[2]])
def test_a_variable_replaces_the_value_of_its_key(load_text, variable, text, read, value):
    """Numbers, flags, lists and mappings are understood as their key wants them; other keys stay."""
    found = read(load_text(TWO, {variable: text}))
    if isinstance(found, tuple) and found and isinstance(found[0], Language):
        found = tuple(map(str, found))
    assert found == value


def test_other_variables_are_none_of_our_business(load_text):
    """Only names that begin with `TAGGARR__` are looked at; what they do not name stays as it is."""
    config = load_text(
        TWO, {"TAGGARR_DATA_DIR": "/x", "TAGGARR": "x", "SCAN__WORKERS": "9", "TAGGARR_SCAN__WORKERS": "9"}
    )
    assert config.scan.workers == 2


WRONG = [
    (
        "TAGGARR__SCAN__WORKRS",
        "8",
        "this names no key of the configuration: `scan` has no key `workrs`; did you mean `workers`?",
    ),
    (
        "TAGGARR__SCANS",
        "8",
        "this names no key of the configuration: there is no key `scans`; did you mean `scan`?",
    ),
    (
        "TAGGARR__",
        "8",
        "this names no key of the configuration: there is no key ``; there are scan, logging, defaults, instances, profiles",
    ),
    (
        "TAGGARR__SCAN__WORKERS__MAX",
        "8",
        "this names no key of the configuration: `scan.workers` has no key `max`",
    ),
    (
        "TAGGARR__INSTANCES__TV__URL",
        "x",
        "this names no key of the configuration: `instances` has no key `tv`; there are sonarr-anime, Radarr 4k",
    ),
    (
        "TAGGARR__DEFAULTS__TAGS__DUBBED",
        "x",
        "this names no key of the configuration: `defaults.tags` has no key `dubbed`; did you mean `dub`?",
    ),
    (
        "TAGGARR__SERVER__PORT",
        "1",
        "this names no key of the configuration: there is no key `server`; there are scan, logging, defaults, instances, profiles",
    ),
    (
        "TAGGARR__SCAN",
        "{workers: [",
        "the value is not usable: this is not valid YAML: expected the node content, but found '<stream end>'; is the bracket of line 1 closed?",
    ),
    ("TAGGARR__SCAN__WORKERS", "many", "scan.workers: `many` is not a whole number from 1 to 64"),
    ("TAGGARR__SCAN__WORKERS", "", "scan.workers: the value is empty; write one, or leave the line out"),
    ("TAGGARR__DEFAULTS__DRY_RUN", "2", "defaults.dry_run: `2` is neither `true` nor `false`"),
    (
        "TAGGARR__DEFAULTS__EXCLUDE",
        "Horror",
        "defaults.exclude: `Horror` stands where a mapping of keys to values belongs; write its keys as `key: value`, below it or in braces",
    ),
    (
        "TAGGARR__DEFAULTS__TARGET_LANGUAGES",
        "",
        "defaults.target_languages: no target language is named; name at least one, such as `[en]`",
    ),
    (
        "TAGGARR__DEFAULTS__TARGET_LANGUAGES",
        "en,xx-",
        "defaults.target_languages[1]: `xx-` names no language; write a code such as `en` or `pt-BR`, or an English name",
    ),
    (
        "TAGGARR__INSTANCES__SONARR_ANIME__API_KEY",
        "k e y",
        "instances.sonarr-anime.api_key: an API key has no blanks and no special letters; copy it from Settings → General of the arr",
    ),
    (
        "TAGGARR__INSTANCES__SONARR_ANIME__TIMEOUT_S",
        "1m",
        "instances.sonarr-anime.timeout_s: `1m` is not a number of seconds",
    ),
    (
        "TAGGARR__INSTANCES__SONARR_ANIME__PATH_MAPPINGS",
        "/a:/b",
        "instances.sonarr-anime.path_mappings: `/a:/b` stands where a list belongs; write `[{arr: /tv, local: /media/tv}]`",
    ),
    (
        "TAGGARR__DEFAULTS__TARGET_GENRE",
        "${NO_SUCH}",
        "defaults.target_genre: the environment variable NO_SUCH is not set; set it, or give a default: `${NO_SUCH:-…}`",
    ),
    (
        "TAGGARR__SCAN",
        "{workers: 1, workers: 2}",
        "the value is not usable: `workers` stands here a second time (first in line 1); keep one of the two",
    ),
    (
        "TAGGARR__SCAN",
        "{workers: \x01}",
        "the value is not usable: this is not valid YAML: unacceptable character #x0001: special characters are not allowed\\n"
        '  in "<unicode string>", position 10',
    ),
]


@pytest.mark.parametrize(("variable", "text", "message"), WRONG)
def test_a_variable_that_fits_nothing_is_named(load_text, variable, text, message):
    """A variable for a key that does not exist, or with a value that its key does not take, is the problem."""
    with pytest.raises(ConfigErrors) as refused:
        load_text(TWO, {variable: text})
    assert str(refused.value) == f"environment variable {variable}: {message}"


def test_a_variable_that_names_no_key_comes_with_the_keys_that_there_are(load_text):
    """For tools; names of instances are among them."""
    with pytest.raises(ConfigErrors) as refused:
        load_text(TWO, {"TAGGARR__SCAN__X": "1", "TAGGARR__INSTANCES__X": "1"})
    instances, scan = refused.value.problems
    assert instances.choices == ("sonarr-anime", "Radarr 4k")
    assert scan.choices == ("workers", "instance_workers", "executor", "verify_files")


def test_a_key_given_twice_through_the_environment_is_a_problem(load_text):
    """Two spellings of one variable, which some systems tell apart, exclude each other."""
    with pytest.raises(ConfigErrors) as refused:
        load_text(TWO, {"TAGGARR__SCAN__WORKERS": "8", "taggarr__SCAN__WORKERS": "9"})
    assert str(refused.value) == (
        "environment variable taggarr__SCAN__WORKERS: `TAGGARR__SCAN__WORKERS` names the same key; keep one of the two"
    )


NAMES = """
instances:
  a-b: {type: sonarr, url: http://tv:8989, api_key: abc}
  a_b: {type: sonarr, url: http://tv:8990, api_key: abc}
  a: {type: sonarr, url: http://tv:8991, api_key: abc}
  a--url: {type: sonarr, url: http://tv:8992, api_key: abc}
"""


def test_a_variable_that_fits_two_instances_is_a_problem(load_text):
    """Names that differ only in `-` and `_` cannot be told apart in a variable; they are, if none names them."""
    with pytest.raises(ConfigErrors) as refused:
        load_text(NAMES, {"TAGGARR__INSTANCES__A_B__ENABLED": "no"})
    assert str(refused.value) == (
        "environment variable TAGGARR__INSTANCES__A_B__ENABLED: this fits `a-b` and `a_b`; rename one of them"
    )
    assert len(load_text(NAMES).instances) == 4


def test_the_longest_name_that_fits_is_meant(load_text):
    """`A__URL__ENABLED` is the key `enabled` of the instance `a--url`; `A__ENABLED` is that of `a`."""
    config = load_text(
        NAMES, {"TAGGARR__INSTANCES__A__URL__ENABLED": "no", "TAGGARR__INSTANCES__A__ENABLED": "false"}
    )
    assert [each.enabled for each in config.instances] == [True, True, False, False]


def test_an_instance_can_come_from_the_environment_as_a_whole(load_text):
    """`TAGGARR__INSTANCES` as YAML replaces them all; a variable for one of its keys lies over it."""
    (instance,) = load_text(
        TWO,
        {
            "TAGGARR__INSTANCES": "{tv: {type: radarr, url: 'http://x', api_key: a}}",
            "TAGGARR__INSTANCES__TV__API_KEY": "b",
        },
    ).instances
    assert (instance.name, instance.type, instance.api_key.reveal()) == ("tv", "radarr", "b")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("${WORD}", "Anime"),
        ("a ${WORD} b ${NUMBER}", "a Anime b 7"),
        ("${NUMBER}", "7"),
        ("${UNSET:-Horror}", "Horror"),
        ("${UNSET:-}x", "x"),
        ("${EMPTY:-Horror}", "Horror"),
        ("${EMPTY}", None),
        ("${WORD:-Horror}", "Anime"),
        ("${UNSET:-a:-b}", "a:-b"),
        ("$${WORD}", "${WORD}"),
        ("$WORD $", "$WORD $"),
        ("${NESTED}", "${WORD}"),
        ("${file:FILE}", "from a file"),
    ],
)
def test_references_are_replaced(tv, tmp_path, text, value):
    """`${VAR}`, `${VAR:-default}` and `${file:…}` in any text, once: what they yield is not looked at again."""
    secret = tmp_path / "secret"
    secret.write_bytes("\ufefffrom a file\r\n".encode())
    environ = {"WORD": "Anime", "NUMBER": "7", "EMPTY": "", "NESTED": "${WORD}"}
    (instance,) = tv(f"defaults: {{target_genre: '{text.replace('FILE', str(secret))}'}}", environ).instances
    assert instance.rules.base.target_genre == value


def test_a_reference_may_stand_for_a_number_a_flag_or_a_list(tv):
    """What a variable holds is understood as its key wants it."""
    config = tv(
        "scan: {workers: '${N}'}\ndefaults:\n  dry_run: ${F}\n  target_languages: ${L}\n  exclude: {tags: ['${L}']}",
        {"N": "8", "F": "yes", "L": "de, fr"},
    )
    base = config.instances[0].rules.base
    assert (config.scan.workers, base.dry_run, base.targets) == (8, True, (Language("de"), Language("fr")))
    assert base.exclude.tags == ("de, fr",)


def test_secret_files_that_cannot_be_used_are_named(tv, tmp_path):
    """A folder, a file that is too large, one that is no text: the file and the reason, not its content."""
    (tmp_path / "large").write_bytes(b"x" * 70_000)
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    names = ["", "large", "binary"]
    lines = [
        f"  p{index}: {{target_genre: '${{file:{tmp_path}/{name}}}'}}" for index, name in enumerate(names)
    ]
    with pytest.raises(ConfigErrors) as refused:
        tv("\n".join(["profiles:", *lines, '  p3: {target_genre: "${file:/a\\0b}"}']))
    assert [problem.message for problem in refused.value.problems] == [
        f"the file `{tmp_path}/` cannot be used: it is a folder, not a file",
        f"the file `{tmp_path}/large` cannot be used: it is larger than 64 KiB",
        f"the file `{tmp_path}/binary` cannot be used: it is not UTF-8 text",
        "the file `/a\\x00b` cannot be used: embedded null byte",
    ]
