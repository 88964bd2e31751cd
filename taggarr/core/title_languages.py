"""What track titles call languages, and their regions and members.

English, native and the other names that people write, one line a language, compared like the words of
`title_words` (so Turkish is written with a plain i). Names that are ordinary words elsewhere are left out (`latin`: people mean Latin America).
"""

LANGUAGES = """
en: English, Englisch, englische, englischer, anglais, anglaise, inglés, inglês, inglese, Engels, engelska,
  engelsk, englanti, английский, английская, английски, англійська, angielski, angielska, anglický,
  anglicky, angličtina, angleščina, angol, engleză, engleski, ingilizce, anglès, inggris, αγγλικά, אנגלית,
  الإنجليزية, انجليزي, إنجليزي, अंग्रेज़ी, อังกฤษ, tiếng Anh, 英語, 英语, 영어
ja: Japanese, Japanisch, japanische, japanischer, japonais, japonaise, japonés, japonês, giapponese, Japans,
  japanska, japansk, japani, японский, японская, японська, японски, japoński, japońska, japonský, japonsky,
  japonština, japoneză, japanski, japonca, japonès, jepang, ιαπωνικά, יפנית, اليابانية, ياباني, जापानी,
  ญี่ปุ่น, tiếng Nhật, nihongo, 日本語, 日语, 日語, 일본어
de: German, Deutsch, deutsche, deutscher, allemand, allemande, alemán, alemão, tedesco, Duits, tyska, tysk,
  saksa, немецкий, немецкая, німецька, немски, niemiecki, niemiecka, německý, německy, němčina, nemčina,
  nemščina, német, germană, njemački, nemački, almanca, alemany, γερμανικά, גרמנית, الألمانية, ألماني,
  เยอรมัน, tiếng Đức, ドイツ語, 德语, 德語, 독일어
fr: French, Französisch, französische, französischer, français, française, francés, francês, francese,
  franska, fransk, ranska, французский, французская, французька, френски, francuski, francuska, francouzský,
  francouzsky, francouzština, francúzština, francoščina, francia, franceză, fransizca, francès, γαλλικά,
  צרפתית, الفرنسية, فرنسي, ฝรั่งเศส, tiếng Pháp, フランス語, 法语, 法語, 프랑스어, VFI
fr-FR: VFF
fr-CA: VFQ
es: Spanish, Spanisch, spanische, spanischer, espagnol, espagnole, español, española, espanhol, spagnolo,
  Spaans, spanska, spansk, espanja, испанский, испанская, іспанська, испански, hiszpański, hiszpańska,
  španělský, španělsky, španělština, španielčina, španščina, spanyol, spaniolă, španjolski, španski,
  ispanyolca, espanyol, ισπανικά, ספרדית, الإسبانية, إسباني, สเปน, tiếng Tây Ban Nha, スペイン語, 西班牙语, 西班牙語,
  스페인어
es-ES: castellano, castellana, castilian, castillan, castigliano, kastilisch
es-419: latino
pt: Portuguese, Portugiesisch, portugais, portugaise, portugués, português, portoghese, Portugees,
  portugisiska, portugisisk, portugali, португальский, португальська, португалски, portugalski, portugalský,
  portugalsky, portugalština, portugalčina, portugheză, portekizce, portuguès, πορτογαλικά,
  פורטוגזית, البرتغالية, โปรตุเกส, tiếng Bồ Đào Nha, ポルトガル語, 葡萄牙语, 葡萄牙語, 포르투갈어
pt-BR: PTBR
it: Italian, Italienisch, italienische, italien, italienne, italiano, italiana, Italiaans, italienska,
  italiensk, italia, итальянский, итальянская, італійська, италиански, włoski, włoska, italský, italsky,
  italština, taliančina, italijanščina, olasz, italiană, talijanski, italijanski, italyanca, italià,
  ιταλικά, איטלקית, الإيطالية, อิตาลี, イタリア語, 意大利语, 義大利語, 이탈리아어
ru: Russian, Russisch, russe, ruso, rusa, russo, ryska, russisk, venäjä, русский, русская, російська, руски,
  rosyjski, rosyjska, ruský, rusky, ruština, ruščina, orosz, rusă, ruski, rusça, ρωσικά, רוסית, الروسية,
  روسي, รัสเซีย, tiếng Nga, ロシア語, 俄语, 俄語, 러시아어
uk: Ukrainian, Ukrainisch, ukrainien, ukrainienne, ucraniano, ucraino, Oekraïens, ukrainska, ukrainsk,
  українська, український, украинский, украинская, ukraiński, ukraińska, ukrajinský, ukrajinsky,
  ukrajinština, ukrán, ucraineană, ukrajinski, ukraynaca, ウクライナ語, 乌克兰语, 烏克蘭語, 우크라이나어
pl: Polish, Polnisch, polonais, polonaise, polaco, polonês, polacco, polska, polsk, puola, польский,
  польская, польська, полски, polski, polský, polsky, polština, poľština, poljščina, lengyel, poloneză,
  poljski, lehçe, polonca, πολωνικά, פולנית, البولندية, โปแลนด์, tiếng Ba Lan, ポーランド語, 波兰语, 波蘭語, 폴란드어
cs: Czech, Tschechisch, tchèque, checo, tcheco, ceco, Tsjechisch, tjeckiska, tjekkisk, tsekki, чешский,
  чеська, чешки, czeski, czeska, český, česky, čeština, češčina, cseh, cehă, češki, çekçe, τσεχικά, צ'כית,
  チェコ語, 捷克语, 捷克語, 체코어
sk: Slovak, Slowakisch, slovaque, eslovaco, slovacco, Slowaaks, slovakiska, slovakisk, slovakki, словацкий,
  словацька, словашки, słowacki, slovenský, slovensky, slovenčina, slovenština, slovaščina, szlovák,
  slovacă, slovački, slovakça, スロバキア語, 斯洛伐克语, 슬로바키아어
sl: Slovenian, Slovene, Slowenisch, slovène, esloveno, sloveno, Sloveens, словенский, słoweński, slovinský,
  slovinština, slovenščina, slovenski, szlovén, slovenă, slovence, スロベニア語
hu: Hungarian, Ungarisch, hongrois, hongroise, húngaro, ungherese, Hongaars, ungerska, ungarsk, unkari,
  венгерский, угорська, унгарски, węgierski, maďarský, maďarsky, maďarština, maďarčina, madžarščina, magyar,
  maghiară, mađarski, macarca, ουγγρικά, הונגרית, ハンガリー語, 匈牙利语, 匈牙利語, 헝가리어
ro: Romanian, Rumänisch, roumain, roumaine, rumano, romeno, rumeno, Roemeens, rumänska, rumænsk, rumensk,
  romania, румынский, румунська, румънски, rumuński, rumunský, rumunsky, rumunština, romunščina, română,
  românește, rumunski, romence, ρουμανικά, רומנית, ルーマニア語, 罗马尼亚语, 루마니아어
bg: Bulgarian, Bulgarisch, bulgare, búlgaro, bulgaro, Bulgaars, bulgariska, bulgarsk, bulgaria, български,
  болгарский, болгарська, bułgarski, bulharský, bulharština, bolgár, bulgară, bugarski, bulgarca,
  βουλγαρικά, ブルガリア語, 保加利亚语
el: Greek, Griechisch, grec, grecque, griego, grego, greco, Grieks, grekiska, græsk, gresk, kreikka,
  греческий, грецька, гръцки, grecki, řecký, řečtina, gréčtina, grščina, görög, greacă, grčki, yunanca,
  ελληνικά, יוונית, ギリシャ語, 希腊语, 希臘語, 그리스어
tr: Turkish, Türkisch, turc, turque, turco, turkiska, tyrkisk, turkki, турецкий, турецька, турски, turecki,
  turecký, turečtina, turščina, török, turcă, turski, Türkçe, τουρκικά, טורקית, التركية, تركي, トルコ語, 土耳其语,
  土耳其語, 터키어
nl: Dutch, Niederländisch, néerlandais, néerlandaise, neerlandés, holandés, holandês, neerlandês, olandese,
  Nederlands, nederländska, holländska, nederlandsk, hollandsk, hollanti, нидерландский, голландский,
  нідерландська, нидерландски, niderlandzki, holenderski, nizozemský, nizozemština, holandčina,
  nizozemščina, holland, olandeză, nizozemski, holandski, felemenkçe, hollandaca, ολλανδικά, הולנדית, オランダ語,
  荷兰语, 荷蘭語, 네덜란드어
nl-BE: Flemish, Vlaams, Flämisch, flamand, flamenco belga, fiammingo, flamländska, flamsk
sv: Swedish, Schwedisch, suédois, suédoise, sueco, svedese, Zweeds, svenska, svensk, ruotsi, шведский,
  шведська, шведски, szwedzki, švédský, švédština, švédčina, švedščina, svéd, suedeză, švedski, isveççe,
  σουηδικά, שוודית, スウェーデン語, 瑞典语, 瑞典語, 스웨덴어
no: Norwegian, Norwegisch, norvégien, norvégienne, noruego, norueguês, norvegese, Noors, norska, norsk,
  norja, норвежский, норвезька, норвежки, norweski, norský, norština, nórčina, norveščina, norvég,
  norvegiană, norveški, norveççe, νορβηγικά, נורווגית, ノルウェー語, 挪威语, 挪威語, 노르웨이어
nb: bokmål
nn: nynorsk
da: Danish, Dänisch, danois, danoise, danés, dinamarquês, danese, Deens, danska, dansk, tanska, датский,
  данська, датски, duński, dánský, dánština, dánčina, danščina, daneză, danski, danca, δανικά, דנית, デンマーク語,
  丹麦语, 丹麥語, 덴마크어
fi: Finnish, Finnisch, finnois, finlandais, finlandés, finés, finlandês, finlandese, finska, finsk, suomi,
  финский, фінська, финландски, fiński, finský, finština, fínčina, finščina, finlandeză, finski, fince,
  φινλανδικά, פינית, フィンランド語, 芬兰语, 芬蘭語, 핀란드어
is: Icelandic, Isländisch, islandais, islandés, islandês, islandese, IJslands, isländska, islandsk, islanti,
  исландский, islandzki, islandský, islandština, izlandi, íslenska, islenska, アイスランド語, 冰岛语
et: Estonian, Estnisch, estonien, estonio, estoniano, estone, Estisch, estniska, estnisk, эстонский,
  estoński, estonský, észt, eesti, エストニア語
lv: Latvian, Lettisch, letton, letón, letão, lettone, lettiska, lettisk, latvia, латышский, łotewski,
  lotyšský, lotyština, lett, latviešu, latviski, ラトビア語
lt: Lithuanian, Litauisch, lituanien, lituano, Litouws, litauiska, litauisk, liettua, литовский, litewski,
  litevský, litevština, litván, lietuvių, lietuviškai, リトアニア語
hr: Croatian, Kroatisch, croate, croata, croato, kroatiska, kroatisk, kroatia, хорватский, chorwacki,
  chorvatský, chorvatština, horvát, croată, hrvatski, hrvatska, hirvatça, クロアチア語
sr: Serbian, Serbisch, serbe, serbio, sérvio, serbo, Servisch, serbiska, serbisk, serbia, сербский, serbski,
  srbský, srbština, szerb, sârbă, srpski, српски, sirpça, セルビア語
bs: Bosnian, Bosnisch, bosnien, bosnio, bosniaco, bosniska, боснийский, bośniacki, bosenský, bosanski,
  босански, boşnakça, ボスニア語
sh: Serbo-Croatian, Serbokroatisch, srpskohrvatski, hrvatskosrpski
mk: Macedonian, Mazedonisch, macédonien, macedonio, macedone, Macedonisch, makedonska, македонский,
  macedoński, makedonski, македонски
sq: Albanian, Albanisch, albanais, albanés, albanese, Albanees, albanska, албанский, albański, shqip,
  arnavutça
be: Belarusian, Belarussian, Weißrussisch, Belarussisch, biélorusse, bielorruso, белорусский, беларуская,
  białoruski
ca: Catalan, Katalanisch, catalán, catalão, catalano, Catalaans, katalanska, каталонский, kataloński,
  català, catalana, Valencian, valencià, valenciano, カタルーニャ語, カタロニア語, 加泰罗尼亚语
eu: Basque, Baskisch, euskara, euskera, basco, баскский, バスク語
gl: Galician, Galicisch, Galizisch, galicien, gallego, galego, ガリシア語
ga: Irish Gaelic, Gaeilge, irlandais
cy: Welsh, Walisisch, gallois, galés, Cymraeg
ar: Arabic, Arabisch, arabe, árabe, arabo, arabiska, arabisk, arabia, арабский, арабська, арабски, arabski,
  arabský, arabština, arab, arabă, arapski, arapça, αραβικά, ערבית, العربية, عربي, عربى, อาหรับ, アラビア語,
  阿拉伯语, 阿拉伯語, 아랍어
arz: Egyptian Arabic
ary: Moroccan Arabic
apc: Levantine Arabic
arb: Modern Standard Arabic
he: Hebrew, Hebräisch, hébreu, hebreo, hebraico, ebraico, Hebreeuws, hebreiska, hebraisk, heprea, иврит,
  hebrajski, hebrejský, hebrejština, héber, ebraică, hebrejski, ibranice, עברית, العبرية, ヘブライ語, 希伯来语, 希伯來語,
  히브리어
fa: Persian, Farsi, Persisch, persan, persa, persiano, Perzisch, persiska, persisk, персидский, фарси,
  perski, perský, perzsa, persană, farsça, فارسی, الفارسية, ペルシア語, ペルシャ語, 波斯语, 波斯語, 페르시아어
ku: Kurdish, Kurdisch, kurde, kurdo, kürtçe, kurdî
hi: Hindi, хинди, हिन्दी, हिंदी, ヒンディー語, 印地语, 印地語, 힌디어, ภาษาฮินดี
ta: Tamil, Tamoul, тамильский, தமிழ், タミル語
te: Telugu, телугу, తెలుగు, テルグ語
ml: Malayalam, малаялам, മലയാളം
kn: Kannada, каннада, ಕನ್ನಡ
bn: Bengali, Bangla, бенгальский, বাংলা, ベンガル語
mr: Marathi, मराठी
gu: Gujarati, ગુજરાતી
pa: Punjabi, Panjabi, ਪੰਜਾਬੀ
ur: Urdu, اردو
or: Odia, Oriya, ଓଡ଼ିଆ
as: Assamese, অসমীয়া
ne: Nepali, नेपाली
si: Sinhala, Sinhalese, සිංහල
th: Thai, Thailändisch, thaï, thaïlandais, tailandés, tailandês, thailandese, thailändska, тайский, tajski,
  ไทย, タイ語, 泰语, 泰語, 태국어
vi: Vietnamese, Vietnamesisch, vietnamien, vietnamita, Vietnamees, vietnamesiska, вьетнамский, wietnamski,
  tiếng Việt, ベトナム語, 越南语, 越南語, 베트남어
id: Indonesian, Indonesisch, indonésien, indonesio, indonésio, indonesiano, индонезийский, Bahasa Indonesia,
  indonesia, インドネシア語, 印尼语, 印尼語, 인도네시아어
ms: Malay, Malaiisch, malais, malayo, malaio, malese, Maleis, малайский, Bahasa Melayu, Bahasa Malaysia,
  melayu, マレー語, 马来语, 馬來語, 말레이어
tl: Tagalog, Filipino, Pilipino, タガログ語, フィリピン語
km: Khmer, Cambodian, ខ្មែរ
lo: Laotian, ລາວ
my: Burmese, မြန်မာ
zh: Chinese, Chinesisch, chinesische, chinois, chinoise, chino, chinês, cinese, Chinees, kinesiska,
  kinesisk, kiina, китайский, китайская, китайська, китайски, chiński, chińska, čínský, čínsky, čínština,
  kitajščina, kínai, chineză, kineski, çince, xinès, κινεζικά, סינית, الصينية, จีน, tiếng Trung, 中文, 中国語,
  中國語, 汉语, 漢語, 中国话, 중국어
yue: Cantonese, Kantonesisch, cantonais, cantonés, cantonês, Kantonees, кантонский, kantoński, 粤语, 粵語, 广东话,
  廣東話, 広東語, 広東話, 광둥어
cmn: Mandarin, Mandarin Chinese, mandarín, mandarim, mandarino, Mandarijn, Putonghua, мандарин,
  мандаринский, mandaryński, 普通话, 普通話, 国语, 國語, 北京語, 北京话, 만다린
nan: Hokkien, Min Nan, 台语, 台語, 闽南语, 閩南語
hak: Hakka, 客家话, 客家話, 客語
wuu: Shanghainese, 上海话, 上海話
ko: Korean, Koreanisch, coréen, coréenne, coreano, Koreaans, koreanska, koreansk, korea, корейский,
  корейская, корейська, корейски, koreański, koreańska, korejský, korejsky, korejština, kórejčina,
  korejščina, koreai, coreeană, korejski, korece, coreà, κορεατικά, קוריאנית, الكورية, เกาหลี, tiếng Hàn,
  韓国語, 韩语, 韓語, 韩文, 한국어
mn: Mongolian, Mongolisch, mongol, монгол, монгольский, モンゴル語, 蒙古语
kk: Kazakh, Kasachisch, казахский, қазақ, қазақша
uz: Uzbek, Usbekisch, узбекский, o'zbek, o'zbekcha
az: Azerbaijani, Azeri, Aserbaidschanisch, азербайджанский, azərbaycan
ka: Georgian, Georgisch, géorgien, georgiano, грузинский, ქართული
hy: Armenian, Armenisch, arménien, armenio, армянский, հայերեն
af: Afrikaans
sw: Swahili, Kiswahili
eo: Esperanto
"""
"""Tag: names. Those of a tag with region or member name both."""

REGIONS = """
es-ES: spain, españa, spanien, espagne, spagna, espanha, european, europeo, peninsular, iberian
es-419: latin, latin america, latin american, latam, latinoamérica, latinoamericano, latinoamericana,
  hispanoamérica, hispanoamericano, américa latina, amérique latine, lateinamerika, lateinamerikanisch,
  sudamericano, latinoamerykański, латиноамериканский
es-MX: mexico, méxico, mexican, mexicano, mexicana, mexique, mexiko, mexikanisch
es-AR: argentina, argentino, argentinian, rioplatense
es-CO: colombia, colombian, colombiano
es-CL: chile, chilean, chileno
pt-BR: brazil, brazilian, brasil, brasileiro, brasileira, brasilien, brasilianisch, brésil, brésilien,
  brésilienne, brasile, brasiliano, brasileño, brazílie, brazylijski, brazilski, brasiliansk, бразильский,
  巴西, ブラジル
pt-PT: portugal, european, europeu, lusitano, europäisch, européen, europeo, iberian
fr-CA: quebec, québec, québécois, québécoise, quebecer, quebecois, canada, canadian, canadien, canadienne,
  kanada, kanadisch, canadá, canadiense, канадский
fr-FR: france, truefrench, frankreich, european, parisian
fr-BE: belgium, belgian, belgique, belge
fr-CH: switzerland, swiss, suisse
en-US: usa, united states, america, american, amerikanisch, américain, americano
en-GB: britain, great britain, british, england, united kingdom, britisch, britannique, británico
en-AU: australia, australian, aussie
en-CA: canada, canadian
en-IE: ireland
en-NZ: new zealand
en-IN: india, indian
de-DE: germany, deutschland
de-AT: austria, austrian, österreich, österreichisch
de-CH: switzerland, swiss, schweiz
nl-BE: belgium, belgian, belgië, belgisch, vlaanderen
nl-NL: netherlands, nederland
zh-TW: taiwan, taiwanese, 台湾, 台灣, 臺灣, 台配, 台版
zh-HK: hong kong, hongkong, 香港, 港配, 港版
zh-CN: mainland, mainland china, china, 大陆, 大陸, 陆配, 中国大陆
"""
"""Tag: words that tell a region of a language that is known otherwise; they name no language by themselves."""

CODES = {
    "cn": "zh",
    "chs": "zh",
    "cht": "zh",
    "cz": "cs",
    "dk": "da",
    "esp": "es",
    "fil": "tl",
    "gr": "el",
    "jap": "ja",
    "jp": "ja",
    "ua": "uk",
    "vf": "fr",
}
"""Abbreviations beside the codes of ISO 639 that release groups put in brackets or before a codec."""

NO_CODES = frozenset({"uk"})
"""Codes of ISO 639 that mean something else in a title: the United Kingdom (Ukrainian is `UKR` or `UA`)."""

REGION_CODES = {"lat": "es-419", "la": "es-419", "uk": "en-GB"}
"""Abbreviations beside the codes of ISO 3166 for regions, within their language only."""
