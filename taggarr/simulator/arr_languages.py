"""The languages that each product knows, by id (`NzbDrone.Core/Languages/Language.cs`)."""

_SHARED = (
    "Unknown|English|French|Spanish|German|Italian|Danish|Dutch|Japanese|Icelandic|Chinese|Russian|Polish|"
    "Vietnamese|Swedish|Norwegian|Finnish|Turkish|Portuguese|Flemish|Greek|Korean|Hungarian|Hebrew|Lithuanian|"
    "Czech"
)
_SONARR = (
    f"{_SHARED}|Arabic|Hindi|Bulgarian|Malayalam|Ukrainian|Slovak|Thai|Portuguese (Brazil)|Spanish (Latino)|"
    "Romanian|Latvian|Persian|Catalan|Croatian|Serbian|Bosnian|Estonian|Tamil|Indonesian|Macedonian|Slovenian"
)
_RADARR = (
    f"{_SHARED}|Hindi|Romanian|Thai|Bulgarian|Portuguese (Brazil)|Arabic|Ukrainian|Persian|Bengali|Slovak|"
    "Latvian|Spanish (Latino)|Catalan|Croatian|Serbian|Bosnian|Estonian|Tamil|Indonesian|Telugu|Macedonian|"
    "Slovenian|Malayalam|Kannada|Albanian|Afrikaans|Marathi|Tagalog|Urdu|Romansh|Mongolian|Georgian"
)


def _table(names: str, *special: tuple[str, int]) -> dict[str, int]:
    return {name: number for number, name in enumerate(names.split("|"))} | dict(special)


SONARR_4 = _table(_SONARR, ("Original", -2))
SONARR_5 = _table(f"{_SONARR}|Azerbaijani|Uzbek|Malay|Urdu|Romansh|Georgian", ("Original", -2))
RADARR = _table(_RADARR, ("Any", -1), ("Original", -2))
"""Id by name. The two products number the same names differently."""
