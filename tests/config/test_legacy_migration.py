"""An earlier configuration, written as it is today: the same meaning, and every other byte as it was."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taggarr.config import ENVIRONMENT, ConfigErrors, load, migration
from taggarr.config.checks import label_today
from taggarr.core.policy import Labels

OLD = """\
# My library
defaults:
  target_languages: en, German  # both
  log_level: "DEBUG"            # a lot
  # the labels
  tags:
    dub: 'Dub'                  # as ever
    wrong: wrong_dub
  log_path: /logs/
  notes:   # for myself
    - one

    - two
  # the end of defaults
instances:
  sonarr.anime:                 # the big one
    type: sonarr
    url: http://tv:8989
    api_key: ${TV_KEY}
    root_path: "/tv"
    target_genre: ""
    tags: {semi: Half, colour: red}
    # last words
"""

NEW = """\
# My library
defaults:
  target_languages: en, German  # both
  # the labels
  tags:
    dub: dub                  # as ever
    wrong: wrong-dub
  # notes:   # for myself
  #   - one

  #   - two
  # the end of defaults
instances:
  sonarr-anime:                 # the big one
    type: sonarr
    url: http://tv:8989
    api_key: ${TV_KEY}
    root_path: "/tv"
    # target_genre: ""
    tags: {semi: half}
    # last words

logging:
  level: "DEBUG"  # a lot
  path: /logs/taggarr.log
"""

NOTES = [
    "line 10: defaults.notes: there is no key `notes` here: it is ignored, as earlier versions did; now a comment",
    'line 22: instances."sonarr.anime".tags.colour: there is no key `colour` here: it is ignored, as earlier '
    "versions did; left out",
    "line 4: defaults.log_level: this key has moved; now `logging.level`",
    "line 9: defaults.log_path: this key has moved, and names a file; now `logging.path`, and says "
    "`/logs/taggarr.log`",
    'line 21: instances."sonarr.anime".target_genre: nothing is named: that means all titles; now a comment',
    'line 16: instances."sonarr.anime": the name is taken as `sonarr-anime`: it is made of letters, digits, blanks, '
    "`-` and `_`; now `instances.sonarr-anime`",
    "line 7: defaults.tags.dub: `Dub` is taken in small letters, as Sonarr and Radarr keep tags; now `dub`",
    "line 8: defaults.tags.wrong: `wrong_dub` is kept, because titles may have it; but newer versions of Sonarr and "
    "Radarr make no such tag: they take `a` to `z`, digits and `-` alone; now `wrong-dub`: the next scan gives titles "
    "this tag, and takes the earlier one from those that Taggarr tagged",
    "line 22: instances.sonarr-anime.tags.semi: `Half` is taken in small letters, as Sonarr and Radarr keep tags; "
    "now `half`",
]
ENVIRON = {"TV_KEY": "abc", "LABEL": "My Dub"}


def migrated(path: Path, text: str, environ=ENVIRON):
    path.write_bytes(text.encode())
    return migration(path, environ)


def test_what_has_changed_is_changed_and_nothing_else(file):
    """Comments, order, quotes and references stay; what has no meaning becomes a comment."""
    made = migrated(file, OLD)
    assert made is not None
    assert made.text == NEW
    assert list(made.notes) == sorted(NOTES, key=lambda note: (int(re.findall(r"\d+", note)[0]), note))


def test_line_ends_stay(file):
    """A file from Windows stays one."""
    made = migrated(file, OLD.replace("\n", "\r\n"))
    assert made is not None
    assert made.text == NEW.replace("\n", "\r\n")


ONE = "{type: sonarr, url: 'http://tv', api_key: k, root_path: /tv}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            f"{{defaults: {{log_level: INFO, dry_run: true}}, instances: {{tv: {ONE}}}}}",
            f"{{logging: {{level: INFO}}, defaults: {{dry_run: true}}, instances: {{tv: {ONE}}}}}",
        ),
        (
            f"{{colour: red, instances: {{tv: {ONE}}}, defaults: {{log_path: '/a, b'}}}}",
            f'{{logging: {{path: "/a, b/taggarr.log"}}, instances: {{tv: {ONE}}}, defaults: {{}}}}',
        ),
        (
            f"defaults: {{dry_run: true, log_level: INFO}}\ninstances: {{tv: {ONE}}}",
            f"defaults: {{dry_run: true}}\ninstances: {{tv: {ONE}}}\n\nlogging:\n  level: INFO\n",
        ),
        (
            f"---\n  defaults:\n    log_level:\n      INFO\n  instances: {{tv: {ONE}}}\n...\n",
            f"---\n  defaults:\n  instances: {{tv: {ONE}}}\n\n  logging:\n    level: INFO\n...\n",
        ),
        (
            f"instances: {{tv: {ONE}}}\ncolour:\n# behind\nnote: |\n  a\n\n  b\n\n# end",
            f"instances: {{tv: {ONE}}}\n# colour:\n# behind\n# note: |\n#   a\n\n#   b\n\n# end",
        ),
        (
            f"a: {{b: [1,\n 2]}}\ninstances: {{\n  tv: {ONE.replace('}', ', colour: red, size: 1}')}\n}}\n",
            f"# a: {{b: [1,\n#  2]}}\ninstances: {{\n  tv: {ONE}\n}}\n",
        ),
        (
            f"instances: {{tv: {ONE}}}\ndefaults: {{tags: {{dub: 'TRUE', semi: \"A\\u00e4\"}}}}\n",
            f'instances: {{tv: {ONE}}}\ndefaults: {{tags: {{dub: "true", semi: a}}}}\n',
        ),
    ],
)
def test_other_ways_of_writing(file, old, new):
    """Braces, indented files, document marks, no line end, values of several lines."""
    made = migrated(file, old)
    assert made is not None
    assert made.text == new
    file.write_text(made.text)
    assert load(file, ENVIRON, data_dir=file.parent).warnings == ()


@pytest.mark.parametrize(
    "text",
    [
        f"instances: {{tv: {ONE}}}\n",
        f"defaults: {{target_languages: 'en, de', tags: {{dub: dub-2}}}}\ninstances: {{tv: {ONE}}}\n",
        f"scan: {{workers: 2}}\ninstances: {{tv: {ONE}}}\n",
        NEW,
    ],
)
def test_what_is_written_as_today_stays(file, text):
    """There is nothing to show."""
    assert migrated(file, text) is None


BY_HAND = [
    (
        f"defaults: {{tags: {{dub: '${{LABEL}}'}}}}\ninstances: {{tv: {ONE}}}\n",
        "give the variable a value that is",
    ),
    (
        f"defaults: {{tags: {{dub: 日本}}}}\ninstances: {{tv: {ONE}}}\n",
        "defaults.tags.dub: .*; write another label",
    ),
    (
        f"x: &x {{log_level: INFO}}\ndefaults: {{<<: *x}}\ninstances: {{tv: {ONE}}}\n",
        "a person has to change",
    ),
    (
        f"x: &x 1\ndefaults: {{run_interval_seconds: *x}}\ninstances: {{tv: {ONE}}}\n",
        "a person has to change",
    ),
    (
        f"defaults: {{tags: {{dub: &x Dub, semi: &y half, wrong: *x}}}}\ninstances: {{tv: {ONE}}}\n",
        "a person has",
    ),
    (
        "defaults: {tags: &t {dub: Dub}}\n"
        f"instances: {{tv: {ONE}, b: {ONE.replace('http://tv', 'http://b').replace('}', ', tags: *t}')}}}\n",
        "a person has to change",
    ),
    (
        f"defaults:\n  tags: &x\n    dub: d\nnote:\n  a: *x\ninstances: {{tv: {ONE}}}\n",
        "a person has to change",
    ),
    (f"? log\n: 1\ninstances: {{tv: {ONE}}}\n", "a person has to change"),
    (
        f"defaults: {{tags: {{dub: a b, semi: a_b}}}}\ninstances: {{tv: {ONE}}}\n",
        r"the new file:1:\d+: defaults\.tags\.semi: `a-b` is the same label as `defaults\.tags\.dub`",
    ),
]


@pytest.mark.parametrize(("text", "message"), BY_HAND)
def test_what_a_person_has_to_change_is_said(file, text, message):
    """Nothing half-made is shown; what is to be changed is named with its line."""
    with pytest.raises(ConfigErrors, match=message) as refused:
        migrated(file, text)
    assert any(problem.level == "error" for problem in refused.value.problems)


# Any file

words = st.text("abcxyz019 -_./", min_size=1, max_size=8).map(str.strip).filter(bool)
labels = st.one_of(
    st.sampled_from(["dub", "Dub", "my dub", "DUB_2", '"true"', "'7'", '"A: b"']),
    st.text("abXY19-_ ", min_size=1, max_size=6)
    .filter(lambda text: re.search("[a-zA-Z]", text))
    .map(lambda t: f"'{t}'"),
)
comments = st.sampled_from(["", "", "  # a comment", '  # it\'s: {odd} "quoted"'])
unknown = st.sampled_from(["colour: red", "deep: {a: [1, 2]}", "nothing:", "port: 8080"])


@st.composite
def instance(draw, number):
    keys = [
        f"type: {draw(st.sampled_from(['sonarr', 'Radarr']))}",
        f"url: http://host{number}:8989{draw(st.sampled_from(['', '/', '/base']))}",
        draw(st.sampled_from(["api_key: ${TV_KEY}", "api_key: '0123'"])),
        f"root_path: /media/{number}",
    ]
    optional = [
        "target_languages: [en, 'no']",
        "target_languages: 'ja, German'",
        'target_genre: ""',
        "target_genre: Anime",
        "dry_run: true",
        "quick_mode: no",
        f"tags: {{semi: {draw(labels)}}}",
        draw(unknown),
    ]
    keys += draw(st.lists(st.sampled_from(optional), unique_by=lambda key: key.split(":")[0], max_size=4))
    return draw(st.permutations(keys))


@st.composite
def files(draw):
    """The text of a file of 0.8 in one of many ways of writing it."""
    defaults = draw(
        st.lists(
            st.sampled_from(
                [
                    "target_languages: en",
                    "dry_run: false",
                    "run_interval_seconds: 600",
                    "log_level: INFO",
                    "log_level: 'warn'",
                    "log_path: /logs",
                    "log_path: ${FOLDER}/logs",
                    f"tags: {{dub: {draw(labels)}, wrong: {draw(labels)}}}",
                    draw(unknown),
                ]
            ),
            unique_by=lambda key: key.split(":")[0],
        )
    )
    names = draw(st.lists(words, unique_by=lambda name: re.sub(r"[^\w]+", "-", name), min_size=1, max_size=3))
    lines = [draw(comments).strip(), "defaults:" + draw(comments)]
    lines += [f"  {key}{draw(comments)}" for key in defaults]
    lines.append("instances:")
    for number, name in enumerate(names):
        keys = draw(instance(number))
        if draw(st.booleans()) and not any("${" in key or key == "nothing:" for key in keys):
            lines.append(f"  '{name}': {{{', '.join(keys)}}}{draw(comments)}")
        else:
            lines += [f"  '{name}':", *(f"    {key}{draw(comments)}" for key in keys)]
    if draw(st.booleans()):
        lines.append(draw(unknown) + draw(comments))
    return draw(st.sampled_from(["\n", "\r\n"])).join([*lines, ""])


def labels_of(one):
    labels = one.rules.base.labels
    return labels.dub, labels.semi, labels.wrong


def meaning(config, label=lambda text: text):
    """What a configuration says, wherever it was written."""

    instances = tuple(
        replace(
            one,
            rules=replace(
                one.rules, base=replace(one.rules.base, labels=Labels(*map(label, labels_of(one))))
            ),
        )
        for one in config.instances
    )
    return replace(config, source=Path(), origins={}, warnings=(), earlier=None, instances=instances)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=files())
def test_the_new_file_means_what_the_old_one_meant(tmp_path, text):
    """It has no warnings and the very same values, labels of today apart; comments stay; it is the last step."""
    environ = ENVIRON | {"FOLDER": "/var"}
    file = tmp_path / "taggarr.yaml"
    file.write_bytes(text.encode())
    try:
        before = load(file, environ, data_dir=tmp_path)
    except ConfigErrors:
        return  # two verdicts with one label, a name that no sign can mend: nothing that loads
    if any(len(set(map(label_today, labels_of(one)))) < 3 for one in before.instances):
        with pytest.raises(ConfigErrors, match="is the same label as"):
            migration(file, environ)
        return
    made = migration(file, environ)
    if made is None:
        assert before.warnings == ()
        return
    assert len(made.notes) == len(before.warnings) > 0
    assert "abc" not in made.text.replace("abcxyz", "") or "abc" in text
    file.write_bytes(made.text.encode())
    after = load(file, environ, data_dir=tmp_path)
    assert after.warnings == ()
    assert meaning(after) == meaning(before, label_today)
    assert sorted(re.findall("# (?:a comment|it's)", made.text)) == sorted(
        re.findall("# (?:a comment|it's)", text)
    )
    assert re.findall(r"\$\{\w+\}", made.text.replace("${FOLDER}", "")) == re.findall(
        r"\$\{\w+\}", text.replace("${FOLDER}", "")
    )
    assert migration(file, environ) is None


# The environment

COMPOSE = {
    "SONARR_URL": "http://sonarr:8989",
    "SONARR_API_KEY": "s-key",
    "ROOT_TV_PATH": "/tv",
    "RADARR_URL": "http://radarr:7878",
    "RADARR_API_KEY": "r-key",
    "TARGET_LANGUAGES": "en, German,no",
    "TARGET_GENRE": "true",
    "TARGET_GENRE_MOVIES": "Anime: ${X} #1",
    "TAG_DUB": "Dub",
    "TAG_SEMI": "half_dub",
    "RUN_INTERVAL_SECONDS": "600",
    "START_RUNNING": "true",
    "WRITE_MODE": "0",
    "DRY_RUN": "TRUE",
    "QUICK_MODE": "no",
    "LOG_LEVEL": "WARN",
    "LOG_PATH": "/logs",
}


def test_the_environment_becomes_a_file(tmp_path):
    """The keys to the arrs stay where they are; the rest is written, and what has no key is named."""
    made = migration(ENVIRONMENT, COMPOSE)
    assert made is not None
    assert made.text == (
        "# Made by `taggarr config migrate` from the environment variables of an earlier version.\n"
        "logging:\n"
        "  level: warning\n"
        "  path: /logs/taggarr.log\n"
        "defaults:\n"
        "  target_languages: [en, German, no]\n"
        "  tags:\n"
        "    dub: dub\n"
        "    semi: half-dub\n"
        "  quick_mode: false\n"
        "  dry_run: true\n"
        "  run_interval_seconds: 600\n"
        "instances:\n"
        "  sonarr:\n"
        "    type: sonarr\n"
        "    url: http://sonarr:8989\n"
        "    api_key: ${SONARR_API_KEY}\n"
        "    root_path: /tv\n"
        '    target_genre: "true"\n'
        "  radarr:\n"
        "    type: radarr\n"
        "    url: http://radarr:7878\n"
        "    api_key: ${RADARR_API_KEY}\n"
        '    target_genre: "Anime: $${X} #1"\n'
    )
    assert (
        "SONARR_API_KEY: `instances.sonarr.api_key` takes the key from there; leave the variable where it is"
        in (made.notes)
    )
    assert "DRY_RUN: now `defaults.dry_run`; remove the variable" in made.notes
    assert (
        "TAG_SEMI: now `defaults.tags.semi`; remove the variable; `half_dub` is no label today: the next scan gives "
        "titles this tag, and takes the earlier one from those that Taggarr tagged"
    ) in made.notes
    said = "it has no key; `taggarr scan --loop` is the loop, --write-mode the mode of one scan"
    assert made.notes[-2:] == (f"START_RUNNING: {said}", f"WRITE_MODE: {said}")
    assert len(made.notes) == len(COMPOSE)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=st.sets(st.sampled_from([name for name in COMPOSE if not name.startswith("SONARR")])))
def test_the_file_means_what_the_environment_meant(tmp_path, monkeypatch, chosen):
    """Also while the variables are still there: they say the same, and are silent."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    if len(chosen & {"RADARR_URL", "RADARR_API_KEY"}) == 1:
        chosen |= {"RADARR_URL", "RADARR_API_KEY"}
    elif "RADARR_URL" not in chosen:
        chosen -= {"TARGET_GENRE_MOVIES"}
    environ = {name: COMPOSE[name] for name in COMPOSE if name in chosen or name.startswith("SONARR")}
    environ.pop("TAG_SEMI", None)
    before = load(None, environ, data_dir=tmp_path / "data")
    made = migration(before.source, environ)
    assert made is not None
    file = tmp_path / "new.yaml"
    file.write_text(made.text)
    keys = {name: text for name, text in environ.items() if name.endswith("API_KEY")}
    after = load(file, keys, data_dir=tmp_path / "data")
    assert after.warnings == ()
    assert meaning(after) == meaning(before)
    still = load(file, environ, data_dir=tmp_path / "data")
    assert {each.source.rpartition(" ")[2] for each in still.warnings} <= {"START_RUNNING"}
    assert meaning(still) == meaning(before)


def test_labels_that_would_be_one_are_said(tmp_path):
    """As for a file."""
    with pytest.raises(ConfigErrors, match=r"the new file:.* is the same label as"):
        migration(ENVIRONMENT, COMPOSE | {"TAG_WRONG": "half dub"})
