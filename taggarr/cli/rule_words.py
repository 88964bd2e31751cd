"""What each rule says, in the words of `docs/reference/tagging.md`; a test holds the two together."""

FILE_RULES = {
    1: "the file could not be read, or has no audio track",
    2: (
        "no language is heard, and a track says that nobody speaks (zxx), and none was left out by "
        "unknown_region: reject"
    ),
    3: "no language is heard",
    4: "extra_languages: flag, the original is known, and something foreign is heard",
    5: "a target that needs dubbing is heard, and nothing is missing",
    6: "a target that needs dubbing is heard",
    7: "something foreign is heard, and a target is missing",
    8: "the original is heard",
    9: "otherwise",
}

ITEM_RULES = {
    1: "no file counts (a movie without a file, too)",
    2: "any finding is wrong-dub",
    3: "any finding is semi-dub, or dub and original both occur",
    4: "any finding is unknown",
    5: "all are dub",
    6: "all are original",
}
