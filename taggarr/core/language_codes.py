"""Codes of languages that are not simply a language's own: members, retired, private and collective ones."""

_MACROLANGUAGES = """
ak: fat tw
ar: aao abh abv acm acq acw acx acy adf aeb aec afb apc apd arb arq ars ary arz auz avl ayh ayl ayn
  ayp pga shu ssh
ay: ayc ayr
az: azb azj
bal: bcc bgn bgp
bik: bcl bln bto cts fbl lbl rbl ubl
bnc: ebk lbk obk rbk vbk
bua: bxm bxr bxu
chm: mhr mrj
cr: crj crk crl crm csw cwd
del: umu unm
den: scs xsl
din: dib dik dip diw dks
doi: dgo xnr
et: ekk vro
fa: pes prs
ff: ffm fub fuc fue fuf fuh fui fuq fuv
gba: bdt gbp gbq gmm gso gya
gn: gnw gug gui gun nhd
gon: esg gno wsg
grb: gbo gec grj grv gry
hai: hax hdn
hmn: cqd hea hma hmc hmd hme hmg hmh hmi hmj hml hmm hmp hmq hms hmw hmy hmz hnj hrm huj mmr muq mww sfm
ik: esi esk
iu: ike ikt
jrb: aju jye yhd yud
kg: kng kwy ldi
kln: enb eyo niq oki pko sgc spy tec tuy
kok: gom knn
kpe: gkp xpe
kr: kby knc krt
ku: ckb kmr sdh
kv: koi kpv
lah: hnd hno jat phr pnb skr xhe
luy: bxk ida lkb lko lks lri lrm lsm lto lts lwg nle nyd rag
lv: ltg lvs
man: emk mku mlq mnk msc mwk
mg: bhr bmm bzc msh plt skg tdx tkg txy xmv xmw
mn: khk mvf
ms: bjn btj bve bvu coa dup hji jak jax kvb kvr kxd lce lcf liw max meo mfa mfb min mqg msi mui orn ors
  pel pse tmw urk vkk vkt xmm zlm zmi zsm
mwr: dhd mtr mve rwr swv wry
ne: dty npi
no: nb nn
oj: ciw ojb ojc ojg ojs ojw otw
om: gax gaz hae orc
or: ory spv
ps: pbt pbu pst
qu: qub qud quf qug quh quk qul qup qur qus quw qux quy quz qva qvc qve qvh qvi qvj qvl qvm qvn qvo qvp
  qvs qvw qvz qwa qwc qwh qws qxa qxc qxh qxl qxn qxo qxp qxr qxt qxu qxw
raj: bgq gda gju hoj mup wbr
rom: rmc rmf rml rmn rmo rmw rmy
sa: cls vsn
sc: sdc sdn src sro
sq: aae aat aln als
sw: swc swh
syr: aii cld
tmh: taq thv thz ttq
uz: uzn uzs
yi: ydd yih
za: zch zeh zgb zgm zgn zhd zhn zlj zln zlq zqe zyb zyg zyj zyn zzj
zap: zaa zab zac zad zae zaf zai zam zao zaq zar zas zat zav zaw zax zca zoo zpa zpb zpc zpd zpe zpf zpg
  zph zpi zpj zpk zpl zpm zpn zpo zpp zpq zpr zps zpt zpu zpv zpw zpx zpy zpz zsr zte ztg ztl ztm ztn ztp
  ztq zts ztt ztu ztx zty
zh: cdo cjy cmn cnp cpx csp czh czo gan hak hnm hsn luh lzh mnp nan sjc wuu yue
zza: diq kiu
"""
"""Macrolanguages and their members. Source: ISO 639-3, as SIL lists them.

Left out on purpose: `id` under `ms`, and all of `sh` (`sr hr bs cnr`), which stay languages of their own.
"""

MACRO_OF: dict[str, str] = {}
"""Member → its macrolanguage."""

for _line in _MACROLANGUAGES.strip().replace("\n  ", " ").splitlines():
    _macro, _, _members = _line.partition(": ")
    MACRO_OF.update(dict.fromkeys(_members.split(), _macro))

SERBO_CROATIAN = frozenset({"sr", "hr", "bs", "cnr"})
"""The languages that `sh` stands for; it matches each of them, both ways. Source: ISO 639-3 (`hbs`)."""

BIBLIOGRAPHIC = {
    "alb": "sq",
    "arm": "hy",
    "baq": "eu",
    "bur": "my",
    "chi": "zh",
    "cze": "cs",
    "dut": "nl",
    "fre": "fr",
    "geo": "ka",
    "ger": "de",
    "gre": "el",
    "ice": "is",
    "mac": "mk",
    "mao": "mi",
    "may": "ms",
    "per": "fa",
    "rum": "ro",
    "slo": "sk",
    "tib": "bo",
    "wel": "cy",
}
"""Where ISO 639-2/B differs from 639-2/T. Source: ISO 639-2."""

RETIRED = {
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "jw": "jv",
    "mo": "ro",
    "mol": "ro",
    "scr": "hr",
    "scc": "sr",
    "ajp": "apc",
    "fil": "tl",  # not retired: the standard keeps both codes for one language
}
"""Withdrawn codes that files and arrs still write. Source: ISO 639-1 (1989, 2008), 639-2 (2008), 639-3 (2023)."""

PRIVATE = {"pob": "pt-BR", "zht": "zh-TW", "spl": "es-419"}
"""Codes that nobody registered (`spl` has taken the place of an unwritten language's). Source: subtitle and download
tools, which made them up."""

GRANDFATHERED = {
    "art-lojban": "jbo",
    "i-ami": "ami",
    "i-bnn": "bnn",
    "i-hak": "hak",
    "i-klingon": "tlh",
    "i-lux": "lb",
    "i-navajo": "nv",
    "i-pwn": "pwn",
    "i-tao": "tao",
    "i-tay": "tay",
    "i-tsu": "tsu",
    "no-bok": "nb",
    "no-nyn": "nn",
    "zh-guoyu": "cmn",
    "zh-hakka": "hak",
    "zh-min": "zh",
    "zh-min-nan": "nan",
    "zh-xiang": "hsn",
}
"""Irregular tags of BCP 47. Source: RFC 5646 §2.2.8."""

_COLLECTIVE = """
aav afa alg alv apa aqa aql art ath auf aus awd azc bad bai bat ber bh bih bih bnt btk cai cau cba ccn ccs
cdc cdd cel cmc cpe cpf cpp crp csu cus day dmn dra egx esx euq fiu fox gem gme gmq gmw grk him hmx hok
hyx iir ijo inc ine ira iro itc jpx kar kdo khi kro map mkh mno mun myn nah nai ngf nic nub omq omv oto
paa phi plf poz pqe pqw pra qwe roa sai sal sdv sem sgn sio sit sla smi son sqj ssa syd tai tbq trk tup
tut tuw urj wak wen xgn xnd ypk zhx zle zls zlw znd
"""
"""Source: ISO 639-5, and `bh`, `him` of ISO 639-1 and 639-2."""

COLLECTIVE = frozenset(_COLLECTIVE.split())
"""Families and groups, which name no language."""
