"""English names of languages, and the codes that go with them.

Names follow ISO 639 and, where both have one, the list that Sonarr and Radarr show. A name of two or three
letters would be read as a code, so none is listed that is another language's code (`Mon`, `Laz`).
"""

_ISO_639_1 = """
aa aar Afar | ab abk Abkhazian | ae ave Avestan | af afr Afrikaans | ak aka Akan | am amh Amharic
an arg Aragonese | ar ara Arabic | as asm Assamese | av ava Avaric | ay aym Aymara | az aze Azerbaijani
ba bak Bashkir | be bel Belarusian | bg bul Bulgarian | bi bis Bislama | bm bam Bambara | bn ben Bengali
bo bod Tibetan | br bre Breton | bs bos Bosnian | ca cat Catalan | ce che Chechen | ch cha Chamorro
co cos Corsican | cr cre Cree | cs ces Czech | cu chu Church Slavic | cv chv Chuvash | cy cym Welsh
da dan Danish | de deu German | dv div Divehi | dz dzo Dzongkha | ee ewe Ewe | el ell Greek
en eng English | eo epo Esperanto | es spa Spanish | et est Estonian | eu eus Basque | fa fas Persian
ff ful Fulah | fi fin Finnish | fj fij Fijian | fo fao Faroese | fr fra French | fy fry Western Frisian
ga gle Irish | gd gla Scottish Gaelic | gl glg Galician | gn grn Guarani | gu guj Gujarati | gv glv Manx
ha hau Hausa | he heb Hebrew | hi hin Hindi | ho hmo Hiri Motu | hr hrv Croatian | ht hat Haitian Creole
hu hun Hungarian | hy hye Armenian | hz her Herero | ia ina Interlingua | id ind Indonesian
ie ile Interlingue | ig ibo Igbo | ii iii Sichuan Yi | ik ipk Inupiaq | io ido Ido | is isl Icelandic
it ita Italian | iu iku Inuktitut | ja jpn Japanese | jv jav Javanese | ka kat Georgian | kg kon Kongo
ki kik Kikuyu | kj kua Kuanyama | kk kaz Kazakh | kl kal Greenlandic | km khm Khmer | kn kan Kannada
ko kor Korean | kr kau Kanuri | ks kas Kashmiri | ku kur Kurdish | kv kom Komi | kw cor Cornish
ky kir Kyrgyz | la lat Latin | lb ltz Luxembourgish | lg lug Ganda | li lim Limburgish | ln lin Lingala
lo lao Lao | lt lit Lithuanian | lu lub Luba-Katanga | lv lav Latvian | mg mlg Malagasy
mh mah Marshallese | mi mri Maori | mk mkd Macedonian | ml mal Malayalam | mn mon Mongolian
mr mar Marathi | ms msa Malay | mt mlt Maltese | my mya Burmese | na nau Nauru | nb nob Norwegian Bokmål
nd nde North Ndebele | ne nep Nepali | ng ndo Ndonga | nl nld Dutch | nn nno Norwegian Nynorsk
no nor Norwegian | nr nbl South Ndebele | nv nav Navajo | ny nya Chichewa | oc oci Occitan | oj oji Ojibwa
om orm Oromo | or ori Odia | os oss Ossetian | pa pan Punjabi | pi pli Pali | pl pol Polish
ps pus Pashto | pt por Portuguese | qu que Quechua | rm roh Romansh | rn run Rundi | ro ron Romanian
ru rus Russian | rw kin Kinyarwanda | sa san Sanskrit | sc srd Sardinian | sd snd Sindhi
se sme Northern Sami | sg sag Sango | sh hbs Serbo-Croatian | si sin Sinhala | sk slk Slovak
sl slv Slovenian | sm smo Samoan | sn sna Shona | so som Somali | sq sqi Albanian | sr srp Serbian
ss ssw Swati | st sot Southern Sotho | su sun Sundanese | sv swe Swedish | sw swa Swahili | ta tam Tamil
te tel Telugu | tg tgk Tajik | th tha Thai | ti tir Tigrinya | tk tuk Turkmen | tl tgl Tagalog
tn tsn Tswana | to ton Tongan | tr tur Turkish | ts tso Tsonga | tt tat Tatar | tw twi Twi
ty tah Tahitian | ug uig Uyghur | uk ukr Ukrainian | ur urd Urdu | uz uzb Uzbek | ve ven Venda
vi vie Vietnamese | vo vol Volapük | wa wln Walloon | wo wol Wolof | xh xho Xhosa | yi yid Yiddish
yo yor Yoruba | za zha Zhuang | zh zho Chinese | zu zul Zulu
"""
"""Two letters, the three of ISO 639-2/T, name. Source: ISO 639-1; `sh` was withdrawn in 2000 and is still in use."""

_ISO_639_3 = """
ace Acehnese | acm Mesopotamian Arabic | acw Hijazi Arabic | ady Adyghe | aeb Tunisian Arabic
afb Gulf Arabic | aii Assyrian Neo-Aramaic | akk Akkadian | aln Gheg Albanian | als Tosk Albanian
ang Old English | apc Levantine Arabic | apd Sudanese Arabic | arb Standard Arabic | arc Aramaic
arn Mapudungun | arq Algerian Arabic | ars Najdi Arabic | ary Moroccan Arabic | arz Egyptian Arabic
ast Asturian | awa Awadhi | ayl Libyan Arabic | azb South Azerbaijani | azj North Azerbaijani
bal Balochi | ban Balinese | bar Bavarian | bcl Central Bikol | bem Bemba | bgc Haryanvi | bho Bhojpuri
bik Bikol | bjn Banjarese | bqi Bakhtiari | brx Bodo | bua Buryat | bug Buginese | byn Bilin
cab Garifuna | cdo Min Dong Chinese | ceb Cebuano | chm Mari | cho Choctaw | chr Cherokee | chy Cheyenne
cjy Jinyu Chinese | ckb Central Kurdish | cmn Mandarin | cnr Montenegrin | cop Coptic
cpx Pu-Xian Chinese | crh Crimean Tatar | crs Seychellois Creole | csb Kashubian | czh Huizhou Chinese
dak Dakota | dar Dargwa | din Dinka | diq Dimli | doi Dogri | dsb Lower Sorbian | dum Middle Dutch
dyu Dyula | egy Ancient Egyptian | ekk Standard Estonian | enm Middle English | esu Central Yupik
evn Evenki | ewo Ewondo | frm Middle French | fro Old French | frr Northern Frisian | fur Friulian
gag Gagauz | gan Gan Chinese | gil Gilbertese | glk Gilaki | gmh Middle High German | goh Old High German
gom Goan Konkani | got Gothic | grc Ancient Greek | gsw Swiss German | guc Wayuu | hai Haida | hak Hakka
haw Hawaiian | haz Hazaragi | hil Hiligaynon | hmn Hmong | hne Chhattisgarhi | hnj Hmong Njua | hop Hopi
hsb Upper Sorbian | hsn Xiang Chinese | hyw Western Armenian | ilo Ilocano | inh Ingush
jam Jamaican Creole | jbo Lojban | jrb Judeo-Arabic | kaa Karakalpak | kab Kabyle | kam Kamba
kbd Kabardian | kha Khasi | khk Halh Mongolian | kjh Khakas | kmr Northern Kurdish | kok Konkani
kpe Kpelle | krc Karachay-Balkar | kri Krio | krl Karelian | ksh Kölsch | kum Kumyk | lad Ladino
lah Lahnda | lez Lezgian | lij Ligurian | liv Liv | lkt Lakota | lmo Lombard | loz Lozi | ltg Latgalian
lus Mizo | lvs Standard Latvian | lzh Literary Chinese | mad Madurese | mag Magahi | mai Maithili
mas Maasai | mdf Moksha | men Mende | mfe Mauritian Creole | mic Mi'kmaq | min Minangkabau | mni Meitei
mnp Min Bei Chinese | moh Mohawk | mos Mooré | mus Creek | mwr Marwari | mww Hmong Daw | myv Erzya
mzn Mazanderani | nan Min Nan | nap Neapolitan | nci Classical Nahuatl | nds Low German | niu Niuean
nog Nogai | non Old Norse | nso Northern Sotho | nus Nuer | nyn Nyankole | ota Ottoman Turkish
pag Pangasinan | pam Kapampangan | pap Papiamento | pcm Nigerian Pidgin | peo Old Persian
pes Iranian Persian | plt Plateau Malagasy | pnb Western Punjabi | prs Dari | quc K'iche' | qya Quenya
raj Rajasthani | rap Rapanui | rar Rarotongan | rhg Rohingya | rif Tarifit | rmy Vlax Romani | rom Romani
rue Rusyn | sah Yakut | sat Santali | scn Sicilian | sco Scots | sdh Southern Kurdish | sga Old Irish
sgs Samogitian | shi Tachelhit | shn Shan | sjn Sindarin | skr Saraiki | sma Southern Sami | smj Lule Sami
smn Inari Sami | sms Skolt Sami | srn Sranan Tongo | srr Serer | stq Saterland Frisian | sus Susu
sux Sumerian | syl Sylheti | syr Syriac | szl Silesian | tcy Tulu | tet Tetum | tig Tigre | tlh Klingon
tli Tlingit | tmh Tamashek | tok Toki Pona | tpi Tok Pisin | tum Tumbuka | tvl Tuvalu | tyv Tuvan
udm Udmurt | uzn Northern Uzbek | vec Venetian | vep Veps | vls West Flemish | vot Votic | vro Võro
wal Wolaytta | war Waray | wuu Wu Chinese | xal Kalmyk | xmf Mingrelian | xog Soga | ydd Eastern Yiddish
yrk Nenets | yua Yucateco | yue Cantonese | zgh Standard Moroccan Tamazight | zsm Standard Malay
zza Zaza
"""
"""Languages without a code of two letters that are likely in a library of films and series. Source: ISO 639-3."""

ALIASES = {
    # Sonarr and Radarr: their names where these are not the ones above (`GET /api/v3/language`)
    "Flemish": "nl-BE",
    "Portuguese (Brazil)": "pt-BR",
    "Spanish (Latino)": "es-419",
    # other names in ISO 639 and in everyday use
    "Abkhaz": "ab",
    "Azeri": "az",
    "Bangla": "bn",
    "Belarussian": "be",
    "Bokmal": "nb",
    "Cambodian": "km",
    "Castilian": "es-ES",
    "Castilian Spanish": "es-ES",
    "Central Khmer": "km",
    "Chewa": "ny",
    "Dhivehi": "dv",
    "Farsi": "fa",
    "Filipino": "tl",
    "Frisian": "fy",
    "Gaelic": "gd",
    "Gikuyu": "ki",
    "Greek Modern": "el",
    "Greek Modern 1453": "el",
    "Haitian": "ht",
    "Hokkien": "nan",
    "Ilocano": "ilo",
    "Kalaallisut": "kl",
    "Kirghiz": "ky",
    "Kurmanji": "kmr",
    "Latin American Spanish": "es-419",
    "Letzeburgesch": "lb",
    "Maldivian": "dv",
    "Mandarin Chinese": "cmn",
    "Manipuri": "mni",
    "Min Nan Chinese": "nan",
    "Moldavian": "ro",
    "Moldovan": "ro",
    "Myanmar": "my",
    "Modern Greek": "el",
    "Navaho": "nv",
    "Nynorsk": "nn",
    "Nyanja": "ny",
    "Ojibwe": "oj",
    "Oriya": "or",
    "Ossetic": "os",
    "Panjabi": "pa",
    "Pilipino": "tl",
    "Pushto": "ps",
    "Putonghua": "cmn",
    "Romany": "rom",
    "Serbo Croatian": "sh",
    "Serbocroatian": "sh",
    "Simplified Chinese": "zh",
    "Sinhalese": "si",
    "Slovene": "sl",
    "Sorani": "ckb",
    "Shanghainese": "wuu",
    "Taiwanese Hokkien": "nan",
    "Tonga": "to",
    "Traditional Chinese": "zh",
    "Uighur": "ug",
    "Valencian": "ca",
    "Yue Chinese": "yue",
    "Hakka Chinese": "hak",
    "South Levantine Arabic": "apc",
    "North Levantine Arabic": "apc",
    "Modern Standard Arabic": "arb",
    # a country's adjective before the language
    "American English": "en-US",
    "Australian English": "en-AU",
    "British English": "en-GB",
    "Canadian English": "en-CA",
    "Canadian French": "fr-CA",
    "Belgian French": "fr-BE",
    "Swiss French": "fr-CH",
    "Austrian German": "de-AT",
    "Belgian Dutch": "nl-BE",
    "Mexican Spanish": "es-MX",
    "European Spanish": "es-ES",
    "Brazilian Portuguese": "pt-BR",
    "European Portuguese": "pt-PT",
    "Taiwanese Mandarin": "cmn",
}
"""Other English names → tag, compared without case, accents and punctuation.

Source: ISO 639 (its second names), CLDR in English, and the languages that Sonarr and Radarr list.
"""


NAMES: dict[str, str] = {}
"""Code (two letters where ISO 639-1 has them, else three) → English name."""

ALPHA_2: dict[str, str] = {}
"""The three letters of ISO 639-2/T → the two of ISO 639-1."""

for _row in _ISO_639_1.replace("\n", " | ").strip(" |").split(" | "):
    _two, _three, _name = _row.split(" ", 2)
    NAMES[_two] = _name
    ALPHA_2[_three] = _two
for _row in _ISO_639_3.replace("\n", " | ").strip(" |").split(" | "):
    _code, _name = _row.split(" ", 1)
    NAMES[_code] = _name
