"""What track titles say, and what they must not be taken to say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taggarr.core.language import Language, parse
from taggarr.core.title_terms import Role
from taggarr.core.titles import TitleFacts, read_title, with_region


def language_of(title: str) -> str | None:
    found = read_title(title).language
    return str(found) if found else None


@pytest.mark.parametrize(
    "title",
    [
        "Commentary",
        "COMMENTARY",
        "English Commentary 2.0",
        "Director's Commentary",
        "Commentary by the director and the cast",
        "Cast/Crew Commentary",
        "Stereo - Commentary_Track",
        "Commentaries",
        "[Commentary]",
        "Audiokommentar",
        "Kommentar mit dem Regisseur",
        "Commentaire du réalisateur",
        "Commentaires audio",
        "Comentario del director",
        "Comentarios",
        "Comentário do diretor",
        "Comentario (sin acento)",
        "Commento del regista",
        "Commentaar van de regisseur",
        "Kommentarspår",
        "Kommenttiraita",
        "Komentarz reżysera",
        "Z komentarzem",
        "Komentář režiséra",
        "Komentar redatelja",
        "Kommentár",
        "Comentariu audio",
        "Yönetmen yorumu",
        "Комментарий режиссёра",
        "с комментариями создателей",  # noqa: RUF001 - a Russian word
        "Коментар режисера",
        "コメンタリー",
        "監督によるオーディオコメンタリー5.1ch",
        "英語音声コメンタリー",
        "导演评论音轨",
        "감독 코멘터리",
    ],
)
def test_commentary(title: str) -> None:
    """Commentary is told in the languages that people write titles in, with and without accents."""
    assert read_title(title).role is Role.COMMENTARY


@pytest.mark.parametrize(
    "title",
    [
        "Audio Description",
        "English - Audio Description",
        "audio-description",
        "audio\u2011description",
        "AudioDescription",
        "English (Descriptive)",
        "Descriptive Audio 2.0",
        "Descriptive Video Service",
        "English Described",
        "DVS",
        "English for the visually impaired",
        "AD",
        "ad",
        "AD 2.0",
        "AD AAC 2.0",
        "[AD]",
        "English (AD)",
        "English (AD, 2.0)",
        "(English AD)",
        "[ENG AD]",
        "Hörfilm",
        "HÖRFILMFASSUNG",
        "Deutsch (Horfilmfassung)",
        "Audiodeskription",
        "Deutsch für Sehbehinderte",
        "Français (Audiodescription)",
        "Audiodescripción",
        "Audiodescripcion",
        "Audiodescrição",
        "Audiodescrizione",
        "Syntolkning",
        "Kuvailutulkkaus",
        "Audiodeskrypcja",
        "Тифлокомментарий",
        "Русский (тифлоперевод)",
        "音声ガイド",
        "英語音声解説",
        "화면해설",
    ],
)
def test_audio_description(title: str) -> None:
    """Audio description is told by its names; by `AD` in brackets or alone only."""
    assert read_title(title).role is Role.DESCRIPTION


@pytest.mark.parametrize(
    "title",
    [
        "M&E",
        "M & E 5.1",
        "M+E",
        "Music & Effects",
        "Music and Effects",
        "Isolated Score",
        "Isolated Score 5.1 (Dolby Digital)",
        "Isolated Music Score",
        "Music Only",
        "Music-only Track",
        "Musik und Effekte",
        "Musique et effets",
        "Música y efectos",
        "Musica ed effetti",
        "Музыка и эффекты",
        "音楽のみ",
    ],
)
def test_music_and_effects(title: str) -> None:
    """Isolated scores and music-and-effects tracks are told by their names."""
    assert read_title(title).role is Role.MUSIC


@pytest.mark.parametrize(
    "title",
    [
        None,
        "",
        "   ",
        "Original",
        "Stereo",
        "Surround 5.1",
        "Dolby Surround",
        "Dolby Digital Plus 5.1",
        "DTS-HD MA 5.1",
        "AC3 5.1 @ 640 kbps",
        "AD Astra",
        "Ad Astra 5.1",
        "English AD",
        "ADR mix",
        "Music",
        "Original Score",
        "Main Audio",
        "Sound Effects",
        "Commentary-free",
        "No commentary",
        "English (without commentary)",
        "Ohne Audiokommentar",
        "Sans commentaires",
        "Uncommentaryd",
        "Indescriptive",
        "Commenter",
        "Hard of hearing",
        "English SDH",
        "M. E. Smith",
        "Me",
        "Dub",
        "Voice-over",
        "Lektor PL",
    ],
)
def test_what_is_no_part_of_its_own(title: str | None) -> None:
    """Parts of words, codec names, films and titles that deny a commentary exclude no track."""
    assert read_title(title).role is None


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Director's Commentary", "commentary"),
        ("COMENTÁRIOS do diretor", "comentarios"),
        ("English [AD]", "AD"),
        ("Audio-Description", "audio description"),
        ("Тифлокомментарий", "тифлокомментарий"),
        ("M&E", "m & e"),
        ("評論音軌", "評論音軌"),
        ("Commentary (Isolated Score)", "commentary"),
        ("English 5.1", None),
    ],
)
def test_the_words_that_told_it_are_evidence(title: str, expected: str | None) -> None:
    """The phrase that made a track a commentary (the first, if there are two) is kept for the evidence."""
    assert read_title(title).word == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        # English, native and other names
        ("English", "en"),
        ("Deutsch 5.1", "de"),
        ("DEUTSCH", "de"),
        ("German DTS-HD MA 5.1", "de"),
        ("Français", "fr"),
        ("Francais", "fr"),
        ("FRANÇAIS", "fr"),
        ("Español", "es"),
        ("Espanol 2.0", "es"),
        ("Italiano", "it"),
        ("Português", "pt"),
        ("Русский", "ru"),
        ("РУССКИЙ", "ru"),
        ("Українська", "uk"),
        ("Čeština", "cs"),
        ("cestina", "cs"),
        ("Polski", "pl"),
        ("Français - VFI", "fr"),
        ("Türkçe", "tr"),
        ("TÜRKÇE", "tr"),
        ("İngilizce", "en"),
        ("Ελληνικά", "el"),
        ("ΕΛΛΗΝΙΚΑ", "el"),
        ("עברית", "he"),
        ("العربية", "ar"),
        ("فارسی", "fa"),
        ("हिन्दी", "hi"),
        ("தமிழ்", "ta"),
        ("ไทย", "th"),
        ("พากย์ไทย", "th"),
        ("Tiếng Việt", "vi"),
        ("日本語", "ja"),
        ("日本語音声5.1ch", "ja"),
        ("英語", "en"),
        ("한국어", "ko"),
        ("한국어 더빙", "ko"),
        ("한국어더빙", "ko"),
        ("WLOSKI", "it"),
        ("Włoski", "it"),
        ("Fransızca", "fr"),
        ("Italian from the", "it"),
        ("中文", "zh"),
        ("國語", "cmn"),
        ("粵語配音", "yue"),
        ("（日本語）", "ja"),  # noqa: RUF001 - the brackets of Japanese
        ("【英語】", "en"),
        ("Bahasa Indonesia", "id"),
        ("Serbo-Croatian", "sh"),
        ("Flemish", "nl-BE"),
        ("Mandarin", "cmn"),
        ("Cantonese", "yue"),
        ("Hindi DD5.1", "hi"),
        ("English_5.1", "en"),
        ("English.AC3.5.1", "en"),
        ("English Commentary", "en"),
        ("Original (Japanese)", "ja"),
        ("English dub by the studio", "en"),
        # codes alone
        ("ENG", "en"),
        ("eng", "en"),
        ("ENG 5.1", "en"),
        ("5.1 ENG", "en"),
        ("ENG DTS-HD MA 7.1", "en"),
        ("ENG - AC3 - 5.1ch", "en"),
        ("ENG / E-AC-3 Atmos", "en"),
        ("ENG TrueHD7.1", "en"),
        ("DE Stereo", "de"),
        ("it", "it"),
        ("IT 2.0", "it"),
        ("no", "no"),
        ("JPN 2 channels", "ja"),
        ("GER (5.1)", "de"),
        ("JAP", "ja"),
        ("VF 5.1", "fr"),
        ("FIL", "tl"),
        # codes in brackets
        ("[ENG]", "en"),
        ("Audio 1 [ger]", "de"),
        ("Track two (ita)", "it"),
        ("{fre}", "fr"),
        ("Dub of 1998 [no]", "no"),
        ("[ITA 5.1]", "it"),
        ("(Dubbed, DE)", "de"),
        ("(JPN audio)", "ja"),
        ("Studio [Original, JPN]", "ja"),
        ("Commentary [ENG]", "en"),
        ("Unclosed [ENG", "en"),
        ("Loose] [ENG]", "en"),
        ("Twice closed]] [ENG] and then", "en"),
        ("[[ENG] Foo Bar]", "en"),
        ("[[Foo] ENG]", "en"),
        # tags
        ("pt-BR", "pt-BR"),
        ("[PT-BR]", "pt-BR"),
        ("Dublado PT-BR 5.1", "pt-BR"),
        ("Dublado pt_BR", "pt-BR"),
        ("Dublado PT\u2010BR", "pt-BR"),
        ("es-419 AAC", "es-419"),
        ("en-GB", "en-GB"),
        # names that count without more, and their region
        ("VFF", "fr-FR"),
        ("VFF DTS 5.1", "fr-FR"),
        ("Piste VFQ", "fr-CA"),
        ("VFI", "fr"),
        ("Castellano", "es-ES"),
        ("Audio castellano", "es-ES"),
        ("Latino", "es-419"),
        ("Audio latino 5.1", "es-419"),
        # the language with the region that the title tells
        ("Português (Brasil)", "pt-BR"),
        ("Brazilian Portuguese", "pt-BR"),
        ("Spanish (Latin)", "es-419"),
        ("Spanish LATAM", "es-419"),
        ("Español (España)", "es-ES"),
        ("European Spanish", "es-ES"),
        ("European Portuguese", "pt-PT"),
        ("Français (Québec)", "fr-CA"),
        ("Canadian English", "en-CA"),
        ("Canadian French", "fr-CA"),
        ("Français VFQ (Québec)", "fr-CA"),
        ("English (UK)", "en-GB"),
        ("English [US]", "en-US"),
        ("British English", "en-GB"),
        ("French (CA)", "fr-CA"),
        ("French (FR)", "fr-FR"),
        ("Spanish (AR)", "es-AR"),
        ("Spanish (LAT)", "es-419"),
        ("Spanish (LA)", "es-419"),
        ("Portuguese (PT)", "pt-PT"),
        ("Chinese (TW)", "zh-TW"),
        ("Chinese (Taiwan)", "zh-TW"),
        ("中文 (台灣)", "zh-TW"),
        ("Chinese (Cantonese)", "yue"),
        ("Cantonese (Hong Kong)", "yue"),
        ("Norsk bokmål", "nb"),
        ("Español Latino (México)", "es-MX"),
        # two regions tell none
        ("Castellano / Latino", "es"),
        ("Spanish (Latin America & Spain)", "es"),
        ("VFF + VFQ", "fr"),
        ("Mandarin / Cantonese", "zh"),
    ],
)
def test_the_language_that_a_title_names(title: str, expected: str) -> None:
    """One language, by name anywhere, by code in brackets or alone, with the region that the title tells."""
    assert language_of(title) == expected


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Original",
        "Surround",
        "Dolby Surround 5.1",
        "Audio 2",
        # several languages
        "English / Japanese",
        "English, Deutsch, Français",
        "Japanese with English songs",
        "[ENG/JPN]",
        "[ENG] [JPN]",
        "English (ger)",
        "pt-BR / en-US",
        # codes among other words
        "It follows",
        "No way home",
        "No Time to Die",
        "de Funès",
        "El hijo de la novia",
        "as it was",
        "ENG Dub",
        "ENG by Foo",
        "ENG 640 kbps",
        "ENG JPN",
        "ENG [Foo]",
        "ENG (Commentary)",
        "ENG AD",
        "(it is the best)",
        "(de la película)",
        "(no subs)",
        "[no dub]",
        "(no commentary)",
        "(Dan Smith)",
        "Lektor PL",
        # codec names that hold a code
        "DTS-HD HR 5.1",
        "[DTS-HD HR]",
        "DTS-HD.MA.5.1",
        "DTS-ES 6.1",
        "HE-AAC 2.0",
        "AAC-LC",
        "Dolby SR",
        "DD-EX",
        "MPEG Audio 2.0",
        # parts of words, and names that are something else
        "Englishman",
        "Germanic",
        "Swordfish",
        "The Italian Job",
        "The English Patient",
        "The Modern Standard Arabic Reader",
        "Latin",
        "Brazilian",
        "LATAM",
        "Taiwan",
        "UK",
        "US",
        "[BR]",
        "[LAT]",
        "[KR]",
        "Chapter-it",
        "xx",
        "de-it",
    ],
)
def test_titles_that_name_no_language(title: str) -> None:
    """Several languages, codes beside ordinary words, codec names and regions alone name none."""
    assert language_of(title) is None


@pytest.mark.parametrize(
    ("code", "title", "expected"),
    [
        ("por", "Brazilian", "pt-BR"),
        ("por", "BR", "pt-BR"),
        ("por", "[BR] 5.1", "pt-BR"),
        ("por", "Dublagem (Brasil)", "pt-BR"),
        ("por", "Portugal", "pt-PT"),
        ("spa", "Latino", "es-419"),
        ("spa", "LATAM 5.1", "es-419"),
        ("spa", "[LAT]", "es-419"),
        ("spa", "Castellano", "es-ES"),
        ("spa", "Español de España", "es-ES"),
        ("spa", "Mexican Spanish", "es-MX"),
        ("spa", "English / Castellano", "es-ES"),
        ("fre", "VFQ", "fr-CA"),
        ("fre", "VFF", "fr-FR"),
        ("fre", "VFI", "fr"),
        ("fre", "[CA]", "fr-CA"),
        ("eng", "[CA]", "en-CA"),
        ("eng", "UK", "en-GB"),
        ("eng", "U.S. mix", "en"),
        ("chi", "Cantonese", "yue"),
        ("chi", "Mandarin", "cmn"),
        ("chi", "國語", "cmn"),
        ("chi", "Mandarin (Taiwan)", "cmn"),
        ("chi", "台配", "zh-TW"),
        ("chi", "Hokkien", "nan"),
        ("nor", "Nynorsk", "nn"),
        ("dut", "Vlaams", "nl-BE"),
        ("ger", "Österreich", "de-AT"),
        ("ger", "Swiss", "de-CH"),
        ("fre", "Swiss", "fr-CH"),
        # a code of the track's own language is no region
        ("spa", "[ES]", "es"),
        ("por", "PT 5.1", "pt"),
        ("fre", "FR", "fr"),
        # several tell none
        ("spa", "Castellano / Latino", "es"),
        ("fre", "VFF / VFQ", "fr"),
        ("chi", "Cantonese / Mandarin", "zh"),
        ("chi", "Taiwan / Hong Kong", "zh"),
        # a country of Latin America says more than Latin America
        ("spa", "Latino (México)", "es-MX"),
        ("spa", "Latino (México, Argentina)", "es"),
        # only within the track's own language
        ("eng", "Latino", "en"),
        ("jpn", "Brazilian", "ja"),
        ("por", "Castellano", "pt"),
        ("eng", "VFQ", "en"),
        ("ger", "Cantonese", "de"),
        # a code that tells one keeps it
        ("pt-BR", "Portugal", "pt-BR"),
        ("yue", "Mandarin", "yue"),
        ("zh-HK", "Cantonese", "zh-HK"),
        ("spa", None, "es"),
        ("spa", "Español", "es"),
    ],
)
def test_a_title_tells_the_region_that_the_code_lacks(code: str, title: str | None, expected: str) -> None:
    """Within the track's own language, one region or member; two tell none and the language stays."""
    language = parse(code)
    assert isinstance(language, Language)
    assert str(with_region(language, read_title(title))) == expected


def test_a_title_that_says_nothing() -> None:
    """No title and an ordinary one give the empty facts."""
    assert read_title(None) == read_title("Some words") == TitleFacts()


CODECS = st.sampled_from(
    ["5.1", "7.1ch", "2.0", "AC3", "DTS-HD MA", "TrueHD", "Atmos", "FLAC", "Opus", "Stereo"]
)


@given(st.lists(CODECS, max_size=4), st.sampled_from(["de", "GER", "[deu]", "Deutsch", "(Deutsch)"]))
def test_codecs_and_channels_change_nothing(sound: list[str], german: str) -> None:
    """A language beside any codec names and channel counts is the same language, before and after them."""
    assert language_of(" ".join([german, *sound])) == "de"
    assert language_of(" ".join([*sound, german])) == "de"
    assert read_title(" ".join(sound)) == TitleFacts()


@given(st.text(max_size=80))
def test_any_title_is_read(title: str) -> None:
    """No title breaks the reading, and a language that it names is one that its facts agree with."""
    facts = read_title(title)
    assert (facts.role is None) == (facts.word is None)
    assert facts.language is None or with_region(facts.language, facts) == facts.language
