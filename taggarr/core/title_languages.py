"""What track titles call languages, and their regions and members.

English, native and the other names that people write, one line a language, compared like the words of
`title_words` (so Turkish is written with a plain i). Names that are ordinary words elsewhere are left out (`latin`: people mean Latin America).
"""

LANGUAGES = """
en: English, Englisch, englische, englischer, anglais, anglaise, inglés, inglês, inglese, Engels, engelska,
  engelsk, englanti, английский, английская, английски, англійська, angielski, angielska, anglický,
  anglicky, angličtina, angleščina, angol, engleză, engleski, ingilizce, anglès, inggris, αγγλικά, אנגלית,
  الإنجليزية, انجليزي, إنجليزي, अंग्रेज़ी, อังกฤษ, tiếng Anh, 英語, 英语, 영어, 英文
ja: Japanese, Japanisch, japanische, japanischer, japonais, japonaise, japonés, japonês, giapponese, Japans,
  japanska, japansk, japani, японский, японская, японська, японски, japoński, japońska, japonský, japonsky,
  japonština, japoneză, japanski, japonca, japonès, jepang, ιαπωνικά, יפנית, اليابانية, ياباني, जापानी,
  ญี่ปุ่น, tiếng Nhật, nihongo, 日本語, 日语, 日語, 일본어, japončina, 日文
de: German, Deutsch, deutsche, deutscher, allemand, allemande, alemán, alemão, tedesco, Duits, tyska, tysk,
  saksa, немецкий, немецкая, німецька, немски, niemiecki, niemiecka, německý, německy, němčina, nemčina,
  nemščina, német, germană, njemački, nemački, almanca, alemany, γερμανικά, גרמנית, الألمانية, ألماني,
  เยอรมัน, tiếng Đức, ドイツ語, 德语, 德語, 독일어, 德文
fr: French, Französisch, französische, französischer, français, française, francés, francês, francese,
  franska, fransk, ranska, французский, французская, французька, френски, francuski, francuska, francouzský,
  francouzsky, francouzština, francúzština, francoščina, francia, franceză, fransizca, francès, γαλλικά,
  צרפתית, الفرنسية, فرنسي, ฝรั่งเศส, tiếng Pháp, フランス語, 法语, 法語, 프랑스어, VFI, 法文
fr-FR: VFF
fr-CA: VFQ
es: Spanish, Spanisch, spanische, spanischer, espagnol, espagnole, español, española, espanhol, spagnolo,
  Spaans, spanska, spansk, espanja, испанский, испанская, іспанська, испански, hiszpański, hiszpańska,
  španělský, španělsky, španělština, španielčina, španščina, spanyol, spaniolă, španjolski, španski,
  ispanyolca, espanyol, ισπανικά, ספרדית, الإسبانية, إسباني, สเปน, tiếng Tây Ban Nha, スペイン語, 西班牙语, 西班牙語,
  스페인어, 西班牙文
es-ES: castellano, castellana, castilian, castillan, castigliano, kastilisch
es-419: latino
pt: Portuguese, Portugiesisch, portugais, portugaise, portugués, português, portoghese, Portugees,
  portugisiska, portugisisk, portugali, португальский, португальська, португалски, portugalski, portugalský,
  portugalsky, portugalština, portugalčina, portugheză, portekizce, portuguès, πορτογαλικά, פורטוגזית,
  البرتغالية, โปรตุเกส, tiếng Bồ Đào Nha, ポルトガル語, 葡萄牙语, 葡萄牙語, 포르투갈어, 葡萄牙文
pt-BR: PTBR
it: Italian, Italienisch, italienische, italien, italienne, italiano, italiana, Italiaans, italienska,
  italiensk, italia, итальянский, итальянская, італійська, италиански, włoski, włoska, italský, italsky,
  italština, taliančina, italijanščina, olasz, italiană, talijanski, italijanski, italyanca, italià,
  ιταλικά, איטלקית, الإيطالية, อิตาลี, イタリア語, 意大利语, 義大利語, 이탈리아어, 義大利文, Tiếng Ý
ru: Russian, Russisch, russe, ruso, rusa, russo, ryska, russisk, venäjä, русский, русская, російська, руски,
  rosyjski, rosyjska, ruský, rusky, ruština, ruščina, orosz, rusă, ruski, rusça, ρωσικά, רוסית, الروسية,
  روسي, รัสเซีย, tiếng Nga, ロシア語, 俄语, 俄語, 러시아어, 俄文
uk: Ukrainian, Ukrainisch, ukrainien, ukrainienne, ucraniano, ucraino, Oekraïens, ukrainska, ukrainsk,
  українська, український, украинский, украинская, ukraiński, ukraińska, ukrajinský, ukrajinsky,
  ukrajinština, ukrán, ucraineană, ukrajinski, ukraynaca, ウクライナ語, 乌克兰语, 烏克蘭語, 우크라이나어, ukrajinčina,
  Ουκρανικά, 烏克蘭文, الأوكرانية, אוקראינית, Tiếng Ukraina, украински
pl: Polish, Polnisch, polonais, polonaise, polaco, polonês, polacco, polska, polsk, puola, польский,
  польская, польська, полски, polski, polský, polsky, polština, poľština, poljščina, lengyel, poloneză,
  poljski, lehçe, polonca, πολωνικά, פולנית, البولندية, โปแลนด์, tiếng Ba Lan, ポーランド語, 波兰语, 波蘭語, 폴란드어, 波蘭文
cs: Czech, Tschechisch, tchèque, checo, tcheco, ceco, Tsjechisch, tjeckiska, tjekkisk, tsekki, чешский,
  чеська, чешки, czeski, czeska, český, česky, čeština, češčina, cseh, cehă, češki, çekçe, τσεχικά, צ'כית,
  チェコ語, 捷克语, 捷克語, 체코어, tsjekkisk, 捷克文, التشيكية, צ׳כית, Tiếng Séc
sk: Slovak, Slowakisch, slovaque, eslovaco, slovacco, Slowaaks, slovakiska, slovakisk, slovakki, словацкий,
  словацька, словашки, słowacki, slovenský, slovensky, slovenčina, slovenština, slovaščina, szlovák,
  slovacă, slovački, slovakça, スロバキア語, 斯洛伐克语, 슬로바키아어, Σλοβακικά, 斯洛伐克文, السلوفاكية, סלובקית, สโลวัก, Tiếng
  Slovak
sl: Slovenian, Slovene, Slowenisch, slovène, esloveno, sloveno, Sloveens, словенский, słoweński, slovinský,
  slovinština, slovenščina, slovenski, szlovén, slovenă, slovence, スロベニア語, sloveeni, slovinčina, Σλοβενικά,
  словенська, 斯洛文尼亚语, 斯洛維尼亞文, 슬로베니아어, السلوفانية, סלובנית, Tiếng Slovenia, словенски
hu: Hungarian, Ungarisch, hongrois, hongroise, húngaro, ungherese, Hongaars, ungerska, ungarsk, unkari,
  венгерский, угорська, унгарски, węgierski, maďarský, maďarsky, maďarština, maďarčina, madžarščina, magyar,
  maghiară, mađarski, macarca, ουγγρικά, הונגרית, ハンガリー語, 匈牙利语, 匈牙利語, 헝가리어, 匈牙利文, الهنغارية, Tiếng Hungary
ro: Romanian, Rumänisch, roumain, roumaine, rumano, romeno, rumeno, Roemeens, rumänska, rumænsk, rumensk,
  romania, румынский, румунська, румънски, rumuński, rumunský, rumunsky, rumunština, romunščina, română,
  românește, rumunski, romence, ρουμανικά, רומנית, ルーマニア語, 罗马尼亚语, 루마니아어, rumunčina, Rumence, 羅馬尼亞文,
  الرومانية, Tiếng Romania, rumunjski
bg: Bulgarian, Bulgarisch, bulgare, búlgaro, bulgaro, Bulgaars, bulgariska, bulgarsk, bulgaria, български,
  болгарский, болгарська, bułgarski, bulharský, bulharština, bolgár, bulgară, bugarski, bulgarca,
  βουλγαρικά, ブルガリア語, 保加利亚语, bulharčina, 保加利亞文, 불가리아어, البلغارية, בולגרית, Tiếng Bulgaria
el: Greek, Griechisch, grec, grecque, griego, grego, greco, Grieks, grekiska, græsk, gresk, kreikka,
  греческий, грецька, гръцки, grecki, řecký, řečtina, gréčtina, grščina, görög, greacă, grčki, yunanca,
  ελληνικά, יוונית, ギリシャ語, 希腊语, 希臘語, 그리스어, 希臘文, اليونانية, กรีก, Tiếng Hy Lạp
tr: Turkish, Türkisch, turc, turque, turco, turkiska, tyrkisk, turkki, турецкий, турецька, турски, turecki,
  turecký, turečtina, turščina, török, turcă, turski, Türkçe, τουρκικά, טורקית, التركية, تركي, トルコ語, 土耳其语,
  土耳其語, 터키어, 土耳其文, 튀르키예어, Tiếng Thổ Nhĩ Kỳ
nl: Dutch, Niederländisch, néerlandais, néerlandaise, neerlandés, holandés, holandês, neerlandês, olandese,
  Nederlands, nederländska, holländska, nederlandsk, hollandsk, hollanti, нидерландский, голландский,
  нідерландська, нидерландски, niderlandzki, holenderski, nizozemský, nizozemština, holandčina,
  nizozemščina, holland, olandeză, nizozemski, holandski, felemenkçe, hollandaca, ολλανδικά, הולנדית, オランダ語,
  荷兰语, 荷蘭語, 네덜란드어, neerlandeză, 荷蘭文, الهولندية, ดัตช์, Tiếng Hà Lan
nl-BE: Flemish, Vlaams, Flämisch, flamand, flamenco belga, fiammingo, flamländska, flamsk
sv: Swedish, Schwedisch, suédois, suédoise, sueco, svedese, Zweeds, svenska, svensk, ruotsi, шведский,
  шведська, шведски, szwedzki, švédský, švédština, švédčina, švedščina, svéd, suedeză, švedski, isveççe,
  σουηδικά, שוודית, スウェーデン語, 瑞典语, 瑞典語, 스웨덴어, 瑞典文, السويدية, Tiếng Thụy Điển
no: Norwegian, Norwegisch, norvégien, norvégienne, noruego, norueguês, norvegese, Noors, norska, norsk,
  norja, норвежский, норвезька, норвежки, norweski, norský, norština, nórčina, norveščina, norvég,
  norvegiană, norveški, norveççe, νορβηγικά, נורווגית, ノルウェー語, 挪威语, 挪威語, 노르웨이어, 挪威文, النرويجية, Tiếng Na Uy
nb: bokmål
nn: nynorsk
da: Danish, Dänisch, danois, danoise, danés, dinamarquês, danese, Deens, danska, dansk, tanska, датский,
  данська, датски, duński, dánský, dánština, dánčina, danščina, daneză, danski, danca, δανικά, דנית, デンマーク語,
  丹麦语, 丹麥語, 덴마크어, 丹麥文, الدانمركية, Tiếng Đan Mạch
fi: Finnish, Finnisch, finnois, finlandais, finlandés, finés, finlandês, finlandese, finska, finsk, suomi,
  финский, фінська, финландски, fiński, finský, finština, fínčina, finščina, finlandeză, finski, fince,
  φινλανδικά, פינית, フィンランド語, 芬兰语, 芬蘭語, 핀란드어, 芬蘭文, الفنلندية, Tiếng Phần Lan, фински
is: Icelandic, Isländisch, islandais, islandés, islandês, islandese, IJslands, isländska, islandsk, islanti,
  исландский, islandzki, islandský, islandština, izlandi, íslenska, islenska, アイスランド語, 冰岛语, islandčina,
  islandeză, Ισλανδικά, İzlandaca, ісландська, 冰島文, 아이슬란드어, الأيسلندية, איסלנדית, Tiếng Iceland, исландски,
  islandski
et: Estonian, Estnisch, estonien, estonio, estoniano, estone, Estisch, estniska, estnisk, эстонский,
  estoński, estonský, észt, eesti, エストニア語, estisk, estonština, estónčina, estonă, Εσθονικά, Estonca,
  естонська, 爱沙尼亚语, 愛沙尼亞文, 에스토니아어, الإستونية, אסטונית, Tiếng Estonia, естонски
lv: Latvian, Lettisch, letton, letón, letão, lettone, lettiska, lettisk, latvia, латышский, łotewski,
  lotyšský, lotyština, lett, latviešu, latviski, ラトビア語, latvisk, Λετονικά, Letonca, латиська, 拉脱维亚语, 拉脫維亞文,
  라트비아어, اللاتفية, לטבית, Tiếng Latvia, латвийски, latvijski
lt: Lithuanian, Litauisch, lituanien, lituano, Litouws, litauiska, litauisk, liettua, литовский, litewski,
  litevský, litevština, litván, lietuvių, lietuviškai, リトアニア語, litovčina, lituaniană, Λιθουανικά, Litvanca,
  литовська, 立陶宛语, 立陶宛文, 리투아니아어, الليتوانية, ליטאית, Tiếng Litva, литовски, litavski
hr: Croatian, Kroatisch, croate, croata, croato, kroatiska, kroatisk, kroatia, хорватский, chorwacki,
  chorvatský, chorvatština, horvát, croată, hrvatski, hrvatska, hirvatça, クロアチア語, chorvátčina, Κροατικά,
  хорватська, 克罗地亚语, 克羅埃西亞文, 크로아티아어, الكرواتية, קרואטית, Tiếng Croatia, хърватски
sr: Serbian, Serbisch, serbe, serbio, sérvio, serbo, Servisch, serbiska, serbisk, serbia, сербский, serbski,
  srbský, srbština, szerb, sârbă, srpski, српски, sirpça, セルビア語, srbčina, Σερβικά, сербська, 塞尔维亚语, 塞爾維亞文,
  세르비아어, الصربية, סרבית, Tiếng Serbia, сръбски
bs: Bosnian, Bosnisch, bosnien, bosnio, bosniaco, bosniska, боснийский, bośniacki, bosenský, bosanski,
  босански, boşnakça, ボスニア語, bosniaque, bosnisk, bosenština, bosniačtina, bosnyák, bosniacă, Βοσνιακά,
  боснійська, 波斯尼亚语, 波士尼亞文, 보스니아어, البوسنية, בוסנית, บอสเนีย, Tiếng Bosnia, босненски
sh: Serbo-Croatian, Serbokroatisch, srpskohrvatski, hrvatskosrpski
mk: Macedonian, Mazedonisch, macédonien, macedonio, macedone, Macedonisch, makedonska, македонский,
  macedoński, makedonski, македонски, makedonsk, makedonština, macedónčina, macedón, macedoneană,
  Σλαβομακεδονικά, Makedonca, македонська, 马其顿语, 馬其頓文, マケドニア語, 마케도니아어, المقدونية, מקדונית, มาซิโดเนีย, Tiếng
  Macedonia
sq: Albanian, Albanisch, albanais, albanés, albanese, Albanees, albanska, албанский, albański, shqip,
  arnavutça, albansk, albánština, albánčina, albaneză, Αλβανικά, албанська, 阿尔巴尼亚语, 阿爾巴尼亞文, アルバニア語, 알바니아어,
  الألبانية, אלבנית, Tiếng Albania, албански
be: Belarusian, Belarussian, Weißrussisch, Belarussisch, biélorusse, bielorruso, белорусский, беларуская,
  białoruski, bielorrusso, bielorusso, belarusiska, belarusisk, valkovenäjä, běloruština, bieloruština,
  belarusă, Λευκορωσικά, Belarusça, білоруська, 白俄罗斯语, 白俄羅斯文, ベラルーシ語, 벨라루스어, البيلاروسية, בלארוסית, Tiếng
  Belarus, беларуски, bjeloruski
ca: Catalan, Katalanisch, catalán, catalão, catalano, Catalaans, katalanska, каталонский, kataloński,
  català, catalana, Valencian, valencià, valenciano, カタルーニャ語, カタロニア語, 加泰罗尼亚语, catalansk, katalansk,
  katalaani, katalánština, katalánčina, Καταλανικά, Katalanca, каталанский, каталонська, 加泰蘭文, 카탈로니아어,
  الكتالانية, קטלאנית, คาตาลัน, Tiếng Catalan, каталонски
eu: Basque, Baskisch, euskara, euskera, basco, баскский, バスク語, baskiska, baskisk, baskijski, baskičtina,
  Βασκικά, Baskça, баскська, 巴斯克语, 巴斯克文, 바스크어, الباسكية, בסקית, บาสก์, Tiếng Basque, баски
gl: Galician, Galicisch, Galizisch, galicien, gallego, galego, ガリシア語, galiziano, galiciska, galicisk,
  galisisk, galicyjski, galicijština, galícijčina, galiciană, Γαλικιανά, Galiçyaca, галисийский,
  галісійська, 加利西亚语, 加利西亞文, 갈리시아어, الجاليكية, גליציאנית, กาลิเซีย, Tiếng Galician, галисийски, galicijski
ga: Irish Gaelic, Gaeilge, irlandais, Irisch, irlandés, irlandese, iriska, irlandzki, irština, írčina,
  irlandeză, Ιρλανδικά, İrlandaca, ирландский, ірландська, 爱尔兰语, 愛爾蘭文, アイルランド語, 아일랜드어, الأيرلندية, אירית,
  ไอริช, Tiếng Ireland, ирландски
cy: Welsh, Walisisch, gallois, galés, Cymraeg, gallese, walesiska, walisisk, walijski, velština, waleština,
  walesi, galeză, Ουαλικά, валлийский, валлійська, 威尔士语, 威爾斯文, ウェールズ語, 웨일스어, الويلزية, וולשית, เวลส์, Tiếng
  Wales, уелски, velški
ar: Arabic, Arabisch, arabe, árabe, arabo, arabiska, arabisk, arabia, арабский, арабська, арабски, arabski,
  arabský, arabština, arab, arabă, arapski, arapça, αραβικά, ערבית, العربية, عربي, عربى, อาหรับ, アラビア語,
  阿拉伯语, 阿拉伯語, 아랍어, arabčina, 阿拉伯文, Tiếng Ả Rập
arz: Egyptian Arabic
ary: Moroccan Arabic
apc: Levantine Arabic
arb: Modern Standard Arabic
he: Hebrew, Hebräisch, hébreu, hebreo, hebraico, ebraico, Hebreeuws, hebreiska, hebraisk, heprea, иврит,
  hebrajski, hebrejský, hebrejština, héber, ebraică, hebrejski, ibranice, עברית, العبرية, ヘブライ語, 希伯来语, 希伯來語,
  히브리어, hebrejčina, Εβραϊκά, іврит, 希伯來文, ฮิบรู, Tiếng Do Thái
fa: Persian, Farsi, Persisch, persan, persa, persiano, Perzisch, persiska, persisk, персидский, фарси,
  perski, perský, perzsa, persană, farsça, فارسی, الفارسية, ペルシア語, ペルシャ語, 波斯语, 波斯語, 페르시아어, perština,
  perzština, Περσικά, перська, 波斯文, פרסית, เปอร์เซีย, Tiếng Ba Tư, персийски, perzijski
ku: Kurdish, Kurdisch, kurde, kurdo, kürtçe, kurdî, curdo, Koerdisch, kurdiska, kurdisk, kurdyjski,
  kurdština, kurdčina, kurdă, Κουρδικά, курдский, курдська, 库尔德语, 庫德文, クルド語, 쿠르드어, الكردية, כורדית, เคิร์ด,
  Tiếng Kurd, кюрдски, kurdski
hi: Hindi, хинди, हिन्दी, हिंदी, ヒンディー語, 印地语, 印地語, 힌디어, ภาษาฮินดี, hindština, hindčina, Χίντι, Hintçe,
  гінді, 印地文, الهندية, הינדי, ฮินดี, Tiếng Hindi, hindski
ta: Tamil, Tamoul, тамильский, தமிழ், タミル語, tamilski, tamilština, tamilčina, tamilă, Ταμιλικά, Tamilce,
  тамільська, 泰米尔语, 坦米爾文, 타밀어, التاميلية, טמילית, ทมิฬ, Tiếng Tamil, тамилски
te: Telugu, телугу, తెలుగు, テルグ語, télougou, télugo, telugština, telugčina, Τελούγκου, Telugu dili, 泰卢固语,
  泰盧固文, 텔루구어, التيلوغوية, טלוגו, เตลูกู, Tiếng Telugu, teluški
ml: Malayalam, малаялам, മലയാളം, malaiala, malajalam, malajálamština, malajálamčina, Μαλαγιαλαμικά,
  Malayalam dili, 马拉雅拉姆语, 馬來亞拉姆文, マラヤーラム語, 말라얄람어, المالايالامية, מליאלאם, มาลายาลัม, Tiếng Malayalam,
  malajalamski
kn: Kannada, каннада, ಕನ್ನಡ, kannadština, kannadčina, Κανάντα, Kannada dili, 卡纳达语, 坎那達文, カンナダ語, 칸나다어,
  الكانادا, קנאדה, กันนาดา, Tiếng Kannada, karnatački
bn: Bengali, Bangla, бенгальский, বাংলা, ベンガル語, Bengalisch, bengalês, bengalese, Bengaals, bengalski,
  bengálština, bengálčina, bengaleză, Βεγγαλικά, Bengalce, бенгальська, 孟加拉语, 孟加拉文, 벵골어, البنغالية, בנגלית,
  บังกลา, Tiếng Bangla, бенгалски
mr: Marathi, मराठी, maráthština, maráthčina, Μαραθικά, Marathi dili, маратхи, маратхі, 马拉地语, 馬拉地文, マラーティー語,
  마라티어, الماراثية, מראטהית, มราฐี, Tiếng Marathi, марати, marathski
gu: Gujarati, ગુજરાતી, goudjarati, guyaratí, guzerate, gudžarati, gudžarátština, gudžarátčina, gudzsaráti,
  Γκουτζαρατικά, Güceratça, гуджарати, гуджараті, 古吉拉特语, 古吉拉特文, グジャラート語, 구자라트어, الغوجاراتية, גוג׳ארטי,
  คุชราต, Tiếng Gujarati, gudžaratski
pa: Punjabi, Panjabi, ਪੰਜਾਬੀ, pendjabi, punyabí, pandžabi, pendżabski, paňdžábština, pandžábčina, pandzsábi,
  Παντζαπικά, Pencapça, панджаби, панджабі, 旁遮普语, 旁遮普文, パンジャブ語, 펀자브어, البنجابية, פנג׳אבי, ปัญจาบ, Tiếng
  Punjab, пенджабски, pandžapski
ur: Urdu, اردو, ourdou, urdština, urdčina, Ούρντου, Urduca, урду, 乌尔都语, 烏都文, ウルドゥー語, 우르두어, الأوردية, אורדו,
  อูรดู, Tiếng Urdu, urdski
or: Odia, Oriya, ଓଡ଼ିଆ, urijština, uríjčina, Όντια, Oriya dili, ория, одія, 奥里亚语, 歐迪亞文, オディア語, 오리야어,
  الأورية, אורייה, โอดิยา, Tiếng Odia, orijski
as: Assamese, অসমীয়া, Assamesisch, assamais, asamés, assamês, Assamees, assamesiska, assamesisk, asamski,
  ásámština, ásamčina, asszámi, asameză, Ασαμικά, Assamca, ассамский, ассамська, 阿萨姆语, 阿薩姆文, アッサム語, 아삼어,
  الأسامية, אסאמית, อัสสัม, Tiếng Assam, асамски
ne: Nepali, नेपाली, Nepalesisch, népalais, nepalês, nepalese, Nepalees, nepalesiska, nepalesisk, nepalski,
  nepálština, nepálčina, nepaleză, Νεπαλικά, Nepalce, непальский, непальська, 尼泊尔语, 尼泊爾文, ネパール語, 네팔어,
  النيبالية, נפאלית, Tiếng Nepal, непалски
si: Sinhala, Sinhalese, සිංහල, Singhalesisch, cingalais, cingalés, singalese, Singalees, singalesiska,
  singalesisk, syngaleski, sinhálština, sinhalčina, szingaléz, singhaleză, Σινχαλεζικά, Sinhali dili,
  сингальский, сингальська, 僧伽罗语, 僧伽羅文, シンハラ語, 싱할라어, السنهالية, סינהלה, สิงหล, Tiếng Sinhala, синхалски,
  sinhaleški
th: Thai, Thailändisch, thaï, thaïlandais, tailandés, tailandês, thailandese, thailändska, тайский, tajski,
  ไทย, タイ語, 泰语, 泰語, 태국어, thajština, thajčina, thailandeză, Ταϊλανδικά, Tayca, тайська, 泰文, التايلاندية,
  תאית, Tiếng Thái, тайски, tajlandski
vi: Vietnamese, Vietnamesisch, vietnamien, vietnamita, Vietnamees, vietnamesiska, вьетнамский, wietnamski,
  tiếng Việt, ベトナム語, 越南语, 越南語, 베트남어, vietnamesisk, vietnamština, vietnamčina, vietnámi, vietnameză,
  Βιετναμικά, Vietnamca, вʼєтнамська, 越南文, الفيتنامية, וייטנאמית, виетнамски, vijetnamski
id: Indonesian, Indonesisch, indonésien, indonesio, indonésio, indonesiano, индонезийский, Bahasa Indonesia,
  indonesia, インドネシア語, 印尼语, 印尼語, 인도네시아어, indonesiska, indonesisk, indonezyjski, indonéština, indonézština,
  indonéz, indoneziană, Ινδονησιακά, Endonezce, індонезійська, 印度尼西亚语, 印尼文, الإندونيسية, אינדונזית, Tiếng
  Indonesia, индонезийски, indonezijski
ms: Malay, Malaiisch, malais, malayo, malaio, malese, Maleis, малайский, Bahasa Melayu, Bahasa Malaysia,
  melayu, マレー語, 马来语, 馬來語, 말레이어, malajiska, malajisk, malayisk, malajski, malajština, malajčina, maláj,
  malaeză, Μαλαισιανά, Malayca, малайська, 馬來文, الماليزية, מלאית, มาเลย์, Tiếng Mã Lai, малайски
tl: Tagalog, Filipino, Pilipino, タガログ語, フィリピン語, tagalski, tagalčina, Τάγκαλογκ, Tagalogca, тагалог,
  тагальська, 他加禄语, 他加祿文, 타갈로그어, التاغالوغية, טאגאלוג, ตากาล็อก, Tiếng Tagalog
km: Khmer, Cambodian, ខ្មែរ, jemer, kambodjanska, khmerski, khmérština, khmérčina, khmeră, Χμερ, Khmer dili,
  кхмерский, кхмерська, 高棉语, 高棉文, クメール語, 크메르어, الخميرية, חמרית, เขมร, Tiếng Khmer, кхмерски, kmerski
lo: Laotian, ລາວ, Laotisch, laosiano, Laotiaans, laotiska, laotisk, laotański, laoština, laoțiană, Λαοτινά,
  Lao dili, лаосский, лаоська, 老挝语, 寮文, ラオ語, 라오어, اللاوية, לאו, Tiếng Lào, лаоски, laoski
my: Burmese, မြန်မာ, Birmanisch, birmano, birmanês, Birmaans, burmesiska, burmesisk, birmański, barmština,
  barmčina, burmai, Βιρμανικά, Birman dili, бирманский, бірманська, 缅甸语, 緬甸文, ミャンマー語, 버마어, البورمية,
  בורמזית, พม่า, Tiếng Miến Điện, бирмански, burmanski
zh: Chinese, Chinesisch, chinesische, chinois, chinoise, chino, chinês, cinese, Chinees, kinesiska,
  kinesisk, kiina, китайский, китайская, китайська, китайски, chiński, chińska, čínský, čínsky, čínština,
  kitajščina, kínai, chineză, kineski, çince, xinès, κινεζικά, סינית, الصينية, จีน, tiếng Trung, 中文, 中国語,
  中國語, 汉语, 漢語, 中国话, 중국어
yue: Cantonese, Kantonesisch, cantonais, cantonés, cantonês, Kantonees, кантонский, kantoński, 粤语, 粵語, 广东话,
  廣東話, 広東語, 広東話, 광둥어, kantonesiska, kantonesisk, kantoninkiina, kantonština, kantončina, kantoni, cantoneză,
  Καντονέζικα, Kantonca, кантонська, الكَنْتُونية, קנטונזית, กวางตุ้ง, Tiếng Quảng Đông, кантонски
cmn: Mandarin, Mandarin Chinese, mandarín, mandarim, mandarino, Mandarijn, Putonghua, мандарин,
  мандаринский, mandaryński, 普通话, 普通話, 国语, 國語, 北京語, 北京话, 만다린
nan: Hokkien, Min Nan, 台语, 台語, 闽南语, 閩南語
hak: Hakka, 客家话, 客家話, 客語
wuu: Shanghainese, 上海话, 上海話
ko: Korean, Koreanisch, coréen, coréenne, coreano, Koreaans, koreanska, koreansk, korea, корейский,
  корейская, корейська, корейски, koreański, koreańska, korejský, korejsky, korejština, kórejčina,
  korejščina, koreai, coreeană, korejski, korece, coreà, κορεατικά, קוריאנית, الكورية, เกาหลี, tiếng Hàn,
  韓国語, 韩语, 韓語, 韩文, 한국어, 韓文
mn: Mongolian, Mongolisch, mongol, монгол, монгольский, モンゴル語, 蒙古语, mongolo, Mongools, mongoliska, mongolsk,
  mongoli, mongolski, mongolština, mongolčina, mongolă, Μογγολικά, Moğolca, монгольська, 蒙古文, 몽골어,
  المنغولية, מונגולית, Tiếng Mông Cổ, монголски
kk: Kazakh, Kasachisch, казахский, қазақ, қазақша, kazajo, cazaque, kazako, Kazachs, kazakiska, kasakhisk,
  kazakki, kazachski, kazaština, kazahă, Καζακικά, Kazakça, казахська, 哈萨克语, 哈薩克文, カザフ語, 카자흐어,
  الكازاخستانية, קזחית, คาซัค, Tiếng Kazakh, казахски, kazaški
uz: Uzbek, Usbekisch, узбекский, o'zbek, o'zbekcha, ouzbek, uzbeko, uzbeque, usbeque, uzbeco, Oezbeeks,
  uzbekiska, usbekisk, uzbekki, uzbecki, uzbečtina, üzbég, uzbecă, Ουζμπεκικά, Özbekçe, узбецька, 乌兹别克语,
  烏茲別克文, ウズベク語, 우즈베크어, الأوزبكية, אוזבקית, อุซเบก, Tiếng Uzbek, узбекски
az: Azerbaijani, Azeri, Aserbaidschanisch, азербайджанский, azərbaycan, azerbaïdjanais, azerbaiyano,
  azerbaijano, azerbaigiano, Azerbeidzjaans, azerbajdzjanska, aserbajdsjansk, azerbejdżański,
  ázerbájdžánština, azerbajdžančina, azerbajdzsáni, Αζερμπαϊτζανικά, Azerbaycan dili, азербайджанська,
  阿塞拜疆语, 亞塞拜然文, アゼルバイジャン語, 아제르바이잔어, الأذربيجانية, אזרית, Tiếng Azerbaijan, азербайджански, azerbajdžanski
ka: Georgian, Georgisch, géorgien, georgiano, грузинский, ქართული, georgiska, georgisk, gruziński,
  gruzínština, gruzínčina, Γεωργιανά, Gürcüce, грузинська, 格鲁吉亚语, 喬治亞文, ジョージア語, 조지아어, الجورجية, גאורגית,
  Tiếng Georgia, грузински, gruzijski
hy: Armenian, Armenisch, arménien, armenio, армянский, հայերեն, armeno, Armeens, armeniska, armensk,
  ormiański, arménština, arménčina, örmény, armeană, Αρμενικά, Ermenice, вірменська, 亚美尼亚语, 亞美尼亞文, アルメニア語,
  아르메니아어, الأرمنية, ארמנית, Tiếng Armenia, арменски, armenski
af: Afrikaans, africâner, africanês, afrikánština, afrikánčina, Αφρικάανς, Afrikaanca, африкаанс, 南非荷兰语,
  南非荷蘭文, アフリカーンス語, 아프리칸스어, الأفريقانية, אפריקאנס, แอฟริกานส์, африканс
sw: Swahili, Kiswahili, Suaheli, suajili, suaíli, suahili, svahilština, swahilčina, szuahéli, Σουαχίλι,
  Svahili dili, суахили, суахілі, 斯瓦希里语, 史瓦希里文, スワヒリ語, 스와힐리어, السواحلية, סווהילי, สวาฮีลี, Tiếng Swahili,
  svahili
eo: Esperanto, eszperantó, Εσπεράντο, эсперанто, есперанто, 世界语, 世界文, エスペラント語, 에스페란토어, الإسبرانتو, אספרנטו,
  เอสเปรันโต, Tiếng Quốc Tế Ngữ
"""
"""Tag: names. Those of a tag with region or member name both.

Source: the names of Unicode's CLDR (as Babel 2.19 has them) in German, French, Spanish, Portuguese, Italian, Dutch,
Swedish, Danish, Norwegian, Finnish, Polish, Czech, Slovak, Hungarian, Romanian, Greek, Turkish, Russian, Ukrainian,
Bulgarian, Croatian, Chinese, Japanese, Korean, Arabic, Hebrew, Thai and Vietnamese, but for those that are a place,
a name or an ordinary word elsewhere (`Georgiana`, `Frans`, `Pools`); other forms, by dictionaries; VFF, VFQ, VFI and
PTBR by release names.
"""

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
"""Tag: words that tell a region of a language that is known otherwise; they name no language by themselves.

Source: the names of ISO 3166-1 in the languages of the region's dubs, and the adjectives that go with them.
"""

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
"""Abbreviations beside the codes of ISO 639 that people put in brackets or before a codec.

Source: codes of ISO 3166-1 (`jp`, `cz`), of ISO 639-2 for a member (`fil`), of Windows (`chs`, `cht`); release names.
"""

NO_CODES = frozenset({"uk"})
"""Codes of ISO 639 that mean something else in a title: the United Kingdom (Ukrainian is `UKR` or `UA`).

Source: ISO 3166-1, which reserves `UK`.
"""

REGION_CODES = {"lat": "es-419", "la": "es-419", "uk": "en-GB"}
"""Abbreviations beside the codes of ISO 3166-1, within their language only. Source: release names; `uk` as above."""
