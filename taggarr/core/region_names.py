"""English names of the regions that a language may be spoken in."""

_ISO_3166_1 = """
419 Latin America | AD Andorra | AE United Arab Emirates | AF Afghanistan | AG Antigua and Barbuda
AI Anguilla | AL Albania | AM Armenia | AO Angola | AQ Antarctica | AR Argentina | AS American Samoa
AT Austria | AU Australia | AW Aruba | AX Åland Islands | AZ Azerbaijan | BA Bosnia and Herzegovina
BB Barbados | BD Bangladesh | BE Belgium | BF Burkina Faso | BG Bulgaria | BH Bahrain | BI Burundi
BJ Benin | BL Saint Barthélemy | BM Bermuda | BN Brunei | BO Bolivia | BQ Caribbean Netherlands
BR Brazil | BS Bahamas | BT Bhutan | BV Bouvet Island | BW Botswana | BY Belarus | BZ Belize | CA Canada
CC Cocos Islands | CD DR Congo | CF Central African Republic | CG Congo | CH Switzerland
CI Côte d'Ivoire | CK Cook Islands | CL Chile | CM Cameroon | CN China | CO Colombia | CR Costa Rica
CU Cuba | CV Cape Verde | CW Curaçao | CX Christmas Island | CY Cyprus | CZ Czechia | DE Germany
DJ Djibouti | DK Denmark | DM Dominica | DO Dominican Republic | DZ Algeria | EC Ecuador | EE Estonia
EG Egypt | EH Western Sahara | ER Eritrea | ES Spain | ET Ethiopia | FI Finland | FJ Fiji
FK Falkland Islands | FM Micronesia | FO Faroe Islands | FR France | GA Gabon | GB United Kingdom
GD Grenada | GE Georgia | GF French Guiana | GG Guernsey | GH Ghana | GI Gibraltar | GL Greenland
GM Gambia | GN Guinea | GP Guadeloupe | GQ Equatorial Guinea | GR Greece | GS South Georgia | GT Guatemala
GU Guam | GW Guinea-Bissau | GY Guyana | HK Hong Kong | HM Heard and McDonald Islands | HN Honduras
HR Croatia | HT Haiti | HU Hungary | ID Indonesia | IE Ireland | IL Israel | IM Isle of Man | IN India
IO British Indian Ocean Territory | IQ Iraq | IR Iran | IS Iceland | IT Italy | JE Jersey | JM Jamaica
JO Jordan | JP Japan | KE Kenya | KG Kyrgyzstan | KH Cambodia | KI Kiribati | KM Comoros
KN Saint Kitts and Nevis | KP North Korea | KR South Korea | KW Kuwait | KY Cayman Islands | KZ Kazakhstan
LA Laos | LB Lebanon | LC Saint Lucia | LI Liechtenstein | LK Sri Lanka | LR Liberia | LS Lesotho
LT Lithuania | LU Luxembourg | LV Latvia | LY Libya | MA Morocco | MC Monaco | MD Moldova | ME Montenegro
MF Saint Martin | MG Madagascar | MH Marshall Islands | MK North Macedonia | ML Mali | MM Myanmar
MN Mongolia | MO Macau | MP Northern Mariana Islands | MQ Martinique | MR Mauritania | MS Montserrat
MT Malta | MU Mauritius | MV Maldives | MW Malawi | MX Mexico | MY Malaysia | MZ Mozambique | NA Namibia
NC New Caledonia | NE Niger | NF Norfolk Island | NG Nigeria | NI Nicaragua | NL Netherlands | NO Norway
NP Nepal | NR Nauru | NU Niue | NZ New Zealand | OM Oman | PA Panama | PE Peru | PF French Polynesia
PG Papua New Guinea | PH Philippines | PK Pakistan | PL Poland | PM Saint Pierre and Miquelon
PN Pitcairn | PR Puerto Rico | PS Palestine | PT Portugal | PW Palau | PY Paraguay | QA Qatar | RE Réunion
RO Romania | RS Serbia | RU Russia | RW Rwanda | SA Saudi Arabia | SB Solomon Islands | SC Seychelles
SD Sudan | SE Sweden | SG Singapore | SH Saint Helena | SI Slovenia | SJ Svalbard and Jan Mayen
SK Slovakia | SL Sierra Leone | SM San Marino | SN Senegal | SO Somalia | SR Suriname | SS South Sudan
ST Sao Tome and Principe | SV El Salvador | SX Sint Maarten | SY Syria | SZ Eswatini
TC Turks and Caicos Islands | TD Chad | TF French Southern Territories | TG Togo | TH Thailand
TJ Tajikistan | TK Tokelau | TL Timor-Leste | TM Turkmenistan | TN Tunisia | TO Tonga | TR Turkey
TT Trinidad and Tobago | TV Tuvalu | TW Taiwan | TZ Tanzania | UA Ukraine | UG Uganda
UM US Outlying Islands | US United States | UY Uruguay | UZ Uzbekistan | VA Vatican City
VC Saint Vincent and the Grenadines | VE Venezuela | VG British Virgin Islands | VI US Virgin Islands
VN Vietnam | VU Vanuatu | WF Wallis and Futuna | WS Samoa | XK Kosovo | YE Yemen | YT Mayotte
ZA South Africa | ZM Zambia | ZW Zimbabwe
"""
"""Source: ISO 3166-1, with Kosovo's `XK` (in CLDR and in use), and UN M.49 for the one region that dubs are made for."""

REGIONS: dict[str, str] = dict(
    row.split(" ", 1) for row in _ISO_3166_1.replace("\n", " | ").strip(" |").split(" | ")
)
"""Code → English name."""

_LATIN_AMERICA = (
    "AG AI AR AW BB BL BO BQ BR BS BV BZ CL CO CR CU CW DM DO EC FK GD GF GP GS GT GY HN HT JM KN KY LC MF MQ MS MX "
    "NI PA PE PR PY SR SV SX TC TT UY VC VE VG VI"
)
"""Source: UN M.49."""

LATIN_AMERICA = frozenset(_LATIN_AMERICA.split())
"""What `419` contains: South America, Central America, Caribbean."""

REGION_ALIASES = {
    "America": "US",
    "Brasil": "BR",
    "Britain": "GB",
    "Czech Republic": "CZ",
    "England": "GB",
    "España": "ES",
    "Great Britain": "GB",
    "Holland": "NL",
    "Hong Kong SAR": "HK",
    "Latam": "419",
    "Latin American": "419",
    "Latino": "419",
    "Latinoamérica": "419",
    "Macao": "MO",
    "Russian Federation": "RU",
    "Türkiye": "TR",
    "United States of America": "US",
    "USA": "US",
}
"""Other names → code, compared without case and accents. Source: English usage, and the names that Sonarr and Radarr show."""

REPLACED_REGIONS = {
    "BU": "MM",
    "CS": "RS",
    "DD": "DE",
    "FX": "FR",
    "SU": "RU",
    "TP": "TL",
    "UK": "GB",
    "YU": "RS",
    "ZR": "CD",
}
"""Withdrawn codes, and `UK`, which is reserved and which people write. Source: ISO 3166-3, and ISO 3166-1 for `UK`."""

SPANISH_REGIONS = {"LA": "419", "XL": "419"}
"""How Latin American Spanish is written (`es-LA`); nobody means Laos. Source: streaming services, and Windows (`es-XL`)."""
