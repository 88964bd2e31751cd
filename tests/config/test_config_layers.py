"""Which value holds where several are written, and where it comes from."""

import pytest

from taggarr.config import ConfigErrors, LogLevel, managed_labels
from taggarr.config.document import Origin
from taggarr.core.errors import NotFound
from taggarr.core.language import Language
from taggarr.core.policy import Exclude, Labels

LAYERED = """
defaults:
  target_languages: [de]
  tags: {dub: d-dub, semi: d-semi}
  specials: include
  quick_mode: true
  exclude: {genres: [Horror], tags: [skip]}
  write_state_json: true
instances:
  tv:
    type: sonarr
    url: http://tv:8989
    api_key: abc
    target_languages: [fr]
    tags: {dub: i-dub}
    quick_mode: false
    exclude: {tags: []}
    target_genre: Anime
  movies: {type: radarr, url: http://movies:7878, api_key: def}
profiles:
  anime: {match: {series_types: [anime]}, target_languages: [it], tags: {dub: p-dub, original: p-original}}
  kids: {match: {genres: [Children]}, target_genre: null, exclude: {unmonitored: true}}
"""


def test_a_profile_lies_over_the_instance_and_that_over_the_defaults(load_text):
    """Key by key, inside `tags` and `exclude` too; a list replaces a list, `null` replaces a value."""
    tv, movies = load_text(LAYERED).instances
    base, ((_, _, anime), (_, _, kids)) = tv.rules.base, tv.rules.profiles
    assert base.targets == (Language("fr"),)
    assert base.labels == Labels("i-dub", "d-semi", "wrong-dub", None)
    assert (base.specials, base.quick_mode, base.target_genre) == ("include", False, "Anime")
    assert base.exclude == Exclude(tags=(), genres=("Horror",))
    assert anime.targets == (Language("it"),)
    assert anime.labels == Labels("p-dub", "d-semi", "wrong-dub", "p-original")
    assert (anime.specials, anime.quick_mode, anime.target_genre) == ("include", False, "Anime")
    assert kids.labels == base.labels
    assert kids.target_genre is None
    assert kids.exclude == Exclude(tags=(), genres=("Horror",), unmonitored=True)
    assert movies.rules.base.labels == Labels("d-dub", "d-semi", "wrong-dub", None)
    assert movies.rules.base.exclude == Exclude(tags=("skip",), genres=("Horror",))
    assert movies.rules.profiles[0][2].quick_mode is True
    assert (tv.write_state_json, movies.write_state_json) == (True, True)


def test_managed_labels_are_all_that_the_configuration_names(load_text):
    """The labels of the instance's own policy and of every profile; not those of other instances."""
    tv, movies = load_text(LAYERED).instances
    assert managed_labels(tv) == {"i-dub", "d-semi", "wrong-dub", "p-dub", "p-original"}
    assert managed_labels(movies) == {"d-dub", "d-semi", "wrong-dub", "p-dub", "p-original"}


RHYTHMS = [
    ("", "", (7200, None)),
    ("run_interval_seconds: 60", "", (60, None)),
    ("schedule: 0 4 * * *", "", (None, "0 4 * * *")),
    ("schedule: 0 4 * * *", "run_interval_seconds: 60", (60, None)),
    ("run_interval_seconds: 60", "schedule: 0 4 * * *", (None, "0 4 * * *")),
    ("schedule: 0 4 * * *", "schedule: null", (7200, None)),
    ("run_interval_seconds: 60", "schedule: null", (60, None)),
    ("", "{run_interval_seconds: 60, schedule: null}", (60, None)),
]


@pytest.mark.parametrize(("defaults", "own", "rhythm"), RHYTHMS)
def test_interval_and_schedule_replace_each_other(load_text, defaults, own, rhythm):
    """The instance's rhythm, of either kind, replaces that of the defaults."""
    own = own.strip("{}")
    (instance,) = load_text(
        f"defaults: {{{defaults}}}\ninstances:\n"
        f"  tv: {{type: sonarr, url: http://tv:8989, api_key: abc{', ' if own else ''}{own}}}\n"
    ).instances
    assert (instance.run_interval_seconds, instance.schedule) == rhythm


def test_the_command_line_is_above_everything(load_text):
    """`with_overrides` reaches every policy of every instance, and leaves alone what is not given."""
    config = load_text(LAYERED)
    changed = config.with_overrides(quick=True, dry_run=True, log_level=LogLevel.DEBUG)
    policies = [
        policy
        for each in changed.instances
        for policy in (each.rules.base, *(p for *_, p in each.rules.profiles))
    ]
    assert len(policies) == 6
    assert all(policy.quick_mode and policy.dry_run for policy in policies)
    assert changed.logging.level is LogLevel.DEBUG
    assert config.with_overrides() == config
    assert config.with_overrides(quick=False).instances[1].rules.base.quick_mode is False
    assert config.instances[1].rules.base.quick_mode is True


def test_an_instance_is_found_by_name(load_text):
    """`instance` gives the one of that name, and names the others where there is none."""
    config = load_text(LAYERED)
    assert config.instance("movies").url == "http://movies:7878"
    with pytest.raises(NotFound, match=r"^no instance is called `tvs`; the configuration has tv, movies$"):
        config.instance("tvs")


def test_every_value_knows_where_it_comes_from(load_text):
    """File with line and column, environment with the variable, else the defaults of the file, else built in."""
    config = load_text(
        LAYERED.replace("api_key: abc", "api_key: ${TV_KEY}"),
        {"TV_KEY": "k", "TAGGARR__SCAN__WORKERS": "8", "TAGGARR__INSTANCES__TV__TAGS": "{dub: e-dub}"},
    )
    assert config.origin("instances.tv.target_languages") == Origin("file", 14, 23)
    assert config.origin("instances.tv.specials") == Origin("file", 5, 13)
    assert config.origin("instances.tv.dry_run") == Origin("default")
    assert config.origin("instances.tv.api_key") == Origin("environment", 13, 14, ("TV_KEY",), secret=True)
    assert config.origin("instances.tv.tags.dub") == Origin(
        "environment", variables=("TAGGARR__INSTANCES__TV__TAGS",)
    )
    assert config.origin("instances.movies.tags.dub") == Origin("file", 4, 15)
    assert config.origin("scan.workers") == Origin("environment", variables=("TAGGARR__SCAN__WORKERS",))
    assert config.origin("scan.executor") == Origin("default")
    assert config.origin("profiles.anime.tags.dub") == Origin("file", 21, 79)


def test_a_rule_knows_the_layer_that_gives_its_value(load_text):
    """The profile, else the instance, else `defaults`; also where a variable gives the mapping around it."""
    config = load_text(
        """
defaults: {specials: include}
instances:
  tv: {type: sonarr, url: "http://tv", api_key: k, untagged: ja, tags: {semi: half}}
profiles:
  anime: {untagged: en}
""",
        {"TAGGARR__DEFAULTS__EXCLUDE": "{titles: [A]}"},
    )
    assert config.origin_in_force("tv", "untagged", "anime") == (
        "profiles.anime.untagged",
        Origin("file", 6, 21),
    )
    assert config.origin_in_force("tv", "untagged") == ("instances.tv.untagged", Origin("file", 4, 62))
    assert config.origin_in_force("tv", "tags.semi", "anime")[0] == "instances.tv.tags.semi"
    assert config.origin_in_force("tv", "specials") == ("defaults.specials", Origin("file", 2, 22))
    assert config.origin_in_force("tv", "quick_mode") == ("defaults.quick_mode", Origin("default"))
    assert config.origin_in_force("tv", "exclude.titles", "anime") == (
        "defaults.exclude.titles",
        Origin("environment", variables=("TAGGARR__DEFAULTS__EXCLUDE",)),
    )


SAME_ADDRESS = """
instances:
  a: {{type: sonarr, url: "{one}", api_key: k{roots_of_one}}}
  b: {{type: sonarr, url: "{two}", api_key: k{roots_of_two}}}
"""
ADDRESSES = [
    ("http://tv:8989", "", "http://tv:8990", "", True),
    ("http://tv:8989", "", "https://tv:8989", "", True),
    ("http://tv/a", "", "http://tv/b", "", True),
    ("http://tv", "", "http://tv:80/", "", False),
    ("https://tv", "", "https://TV:443", "", False),
    ("http://tv:8989", "/tv", "http://tv:8989", "/anime", True),
    ("http://tv:8989", "/tv", "http://tv:8989", "/tv-4k", True),
    ("http://tv:8989", "/tv", "http://tv:8989", "/tv/4k", False),
    ("http://tv:8989", "/tv/4k", "http://tv:8989", "/tv/", False),
    ("http://tv:8989", "/tv", "http://tv:8989", "", False),
]


@pytest.mark.parametrize(("one", "root", "two", "other_root", "loads"), ADDRESSES)
def test_two_instances_share_an_address_only_with_separate_roots(
    load_text, one, root, two, other_root, loads
):
    """The same server, however it is spelt, serves two instances only where their folders do not overlap."""
    text = SAME_ADDRESS.format(
        one=one,
        two=two,
        roots_of_one=f", root_path: {root}" if root else "",
        roots_of_two=f", root_path: {other_root}" if other_root else "",
    )
    if loads:
        assert len(load_text(text).instances) == 2
    else:
        with pytest.raises(
            ConfigErrors, match="`a` has the same address, and the folders of the two overlap"
        ):
            load_text(text)


def test_a_label_conflict_is_told_once(load_text):
    """One conflict in `defaults` is one problem, however many instances and profiles inherit it."""
    with pytest.raises(ConfigErrors) as refused:
        load_text(
            LAYERED.replace("semi: d-semi", "semi: d-dub").replace("tags: {dub: i-dub}", "dry_run: true")
        )
    assert [problem.where for problem in refused.value.problems] == ["defaults.tags.semi"]


def test_checks_across_keys_see_what_is_right_beside_what_is_wrong(load_text):
    """A wrong value in an instance does not hide that another of its keys conflicts."""
    with pytest.raises(ConfigErrors) as refused:
        load_text(
            "instances:\n"
            "  a: {type: x, url: 'http://tv', api_key: k, tags: {dub: t, semi: t}}\n"
            "  b: {url: 'http://tv', api_key: k, path_mappings: [{arr: x}]}\n"
            "  c: {url: x}\n"
        )
    assert [problem.where for problem in refused.value.problems] == [
        "instances.a.type",
        "instances.a.tags.semi",
        "instances.b.type",
        "instances.b.url",
        "instances.b.path_mappings[0].local",
        "instances.b.path_mappings[0].arr",
        "instances.c.type",
        "instances.c.api_key",
        "instances.c.url",
    ]
