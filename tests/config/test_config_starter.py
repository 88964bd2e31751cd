"""The first configuration file: it loads, and says what was given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taggarr.config import ArrType, load
from taggarr.config.starter import StarterInstance, may_stand, starter
from taggarr.core.language import parse
from taggarr.core.paths import PathMapping, tidy

EN, BR = parse("en"), parse("pt-BR")


def test_the_text(tmp_path):
    """What was asked for stands there, what may be wanted next is commented out, and writing is off."""
    text = starter(
        [EN, BR],
        [
            StarterInstance(
                "sonarr",
                ArrType.SONARR,
                "http://nas:8989",
                "${SONARR_API_KEY}",
                (PathMapping("/tv", "/media/My TV"),),
                ("/anime",),
            ),
            StarterInstance("radarr", ArrType.RADARR, "http://nas:7878", "0123", (), ("D:/Films",)),
        ],
    )
    assert (
        text
        == """\
# Written by `taggarr config init`. `taggarr config check` says what is wrong with it after a change,
# and taggarr.example.yaml shows every key that may stand here.

defaults:
  target_languages: [en, pt-BR]    # the languages that you want to hear: English, Portuguese (Brazil)
  dry_run: true             # scans only show what they would do; remove this line to let them write
  # tags: {dub: dub, semi: semi-dub, wrong: wrong-dub}    # the tag of each verdict
  # specials: include       # let Specials (season 0) count, too

instances:
  sonarr:
    type: sonarr
    url: http://nas:8989
    api_key: "${SONARR_API_KEY}"
    path_mappings:            # where its folders lie on this machine
      - arr: /tv
        local: /media/My TV
    # Not on this machine under their own names: /anime. If they lie elsewhere here, add:
    #   - arr: /anime
    #     local: /where/it/lies/here
  radarr:
    type: radarr
    url: http://nas:7878
    api_key: "0123"
    # Not on this machine under their own names: D:/Films. If they lie elsewhere here, add:
    # path_mappings:
    #   - arr: D:/Films
    #     local: /where/it/lies/here
"""
    )


FOLDERS = (
    st.text(st.characters(codec="utf-8"), min_size=1)
    | st.from_regex(r"a?\$+\{(HOME|file:/etc/hostname|)\}?b?")
).map(lambda text: f"/{text}")
KEYS = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1).filter(
    lambda text: "${" not in text and "://" not in text
)


@given(
    key=KEYS,
    targets=st.lists(st.sampled_from([EN, BR, parse("no")]), min_size=1, unique=True),
    folder=FOLDERS,
)
def test_it_loads_and_says_what_was_given(tmp_path_factory, key, targets, folder):
    """Whatever characters a key or a folder has; what cannot be configured may still stand in a comment."""
    mappings = (PathMapping(folder, folder),) if may_stand(folder) else ()
    path = tmp_path_factory.mktemp("starter") / "config.yaml"
    instance = StarterInstance("sonarr", ArrType.SONARR, "http://nas:8989/x", key, mappings, (folder,))
    path.write_text(starter(targets, [instance]), "utf-8", newline="\n")
    (made,) = load(path, {}).instances
    assert (made.api_key.reveal(), made.url, made.type) == (key, "http://nas:8989/x", ArrType.SONARR)
    assert made.rules.base.targets == tuple(targets)
    assert made.rules.base.dry_run
    assert made.path_mappings == tuple(PathMapping(tidy(folder), tidy(folder)) for _ in mappings)


@pytest.mark.parametrize(
    "folder",
    ["/a${HOME}", "/a$${HOME}", "/${", "/a\x85b", "/a\u2028b", "/a\x7fb", "/a\udce9b", "/a\ufeffb", "/a\nb"],
)
def test_strange_folders_make_no_file_that_does_not_load(tmp_path, folder):
    """Names that hold line breaks, references or bytes that are no text, as a mapping and in the comments."""
    path = tmp_path / "config.yaml"
    mappings = (PathMapping(folder, "/here"),) if may_stand(folder) else ()
    instance = StarterInstance("sonarr", ArrType.SONARR, "http://n", "k", mappings, (folder,))
    path.write_text(starter([EN], [instance]), "utf-8", newline="\n")
    assert load(path, {}).instances[0].path_mappings == mappings
    assert bool(mappings) is not any(character in folder for character in "\x85\x7f\n\u2028")


@pytest.mark.parametrize(
    "word", ["null", "Yes", "off", "1e5", "~", "a:", "*a", "&a", "#a", "a #b", "-", "[", "!x"]
)
def test_a_key_stays_text(tmp_path, word):
    """What YAML takes for something else is quoted."""
    path = tmp_path / "config.yaml"
    path.write_text(starter([EN], [StarterInstance("s", ArrType.SONARR, "http://n", word)]), "utf-8")
    if " " in word:
        assert f'api_key: "{word}"' in path.read_text("utf-8")
    else:
        assert load(path, {}).instances[0].api_key.reveal() == word
