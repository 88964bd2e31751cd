"""The packed language code of an MP4 or QuickTime media header."""

_MACINTOSH = {
    number: code
    for first, codes in (
        (
            0,
            "eng fra deu ita nld swe spa dan por nor heb jpn ara fin ell isl mlt tur hrv zho urd hin tha kor",
        ),
        (24, "lit pol hun est lav sme fao fas rus zho nld gle sqi ron ces slk slv yid srp mkd bul ukr bel"),
        (47, "uzb kaz aze aze hye kat ron kir tgk tuk mon mon pus kur kas snd bod nep san mar ben asm guj"),
        (70, "pan ori mal kan tam tel sin mya khm lao vie ind tgl msa msa amh tir orm som swa kin run nya"),
        (93, "mlg epo"),
        (128, "cym eus cat lat que grn aym tat uig dzo jav sun glg afr bre iku gla glv gle ton ell kal aze"),
    )
    for number, code in enumerate(codes.split(), first)
}
"""Macintosh language codes as ISO 639-2/T. Source: QuickTime File Format Specification, "Language code
values" (0-94, 128-138), and the Script Manager's `smLanguage` constants for the rest. Flemish (34) is `nld`,
Moldavian (53) `ron`; both Chinese codes (19, 33) are `zho`, since they tell scripts apart."""

_UNSPECIFIED = 0x7FFF


def language(packed: int) -> str | None:
    """Three letters of five bits each, or an old Macintosh code; None where neither names a language."""
    if packed < 0x400:
        return _MACINTOSH.get(packed)
    if packed == _UNSPECIFIED:
        return None
    letters = bytes(0x60 + (packed >> shift & 0x1F) for shift in (10, 5, 0)).decode("ascii")
    return letters if letters.isalpha() and letters.isascii() else None
