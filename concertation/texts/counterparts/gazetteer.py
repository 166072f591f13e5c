"""Names that CLDR does not have: organisations, other names of states, adjectives; and which of CLDR's count."""

from collections.abc import Mapping

Forms = Mapping[str, Mapping[str, tuple[str, ...]]]  # key -> language -> forms


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


# The members of the United Nations, its observer states, and Kosovo.
STATES = _listed("""
AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN
CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH GM GN GQ GR GT GW GY HN HR HT
HU ID IE IL IN IQ IR IS IT JM JP KE KG KH KI KM KN KP KR KW KZ LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH
MK ML MM MN MR MT MV MW MX MY MZ NA NG NI NL NO NP NR NZ PA PE PG PH PK PL PS PT PW PY QA RO RS RU RW SA SB SC
SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TG TH TJ TL TM TN TO TR TT TV TZ UA UG US UY UZ VA VC VE VN VU WS
XK YE ZA ZM ZW
""")
# Time zones of CLDR that are named after a capital.
CAPITALS = _listed("""
Europe/Paris Europe/London Europe/Kiev Europe/Berlin Europe/Rome Europe/Moscow Europe/Warsaw Europe/Madrid
Europe/Brussels Europe/Vienna Europe/Prague Europe/Budapest Europe/Bucharest Europe/Sofia Europe/Athens
Europe/Oslo Europe/Stockholm Europe/Helsinki Europe/Copenhagen Europe/Lisbon Europe/Dublin Europe/Riga
Europe/Vilnius Europe/Tallinn Europe/Minsk Europe/Chisinau Europe/Belgrade Asia/Tokyo Asia/Baghdad Asia/Tehran
Africa/Cairo
""")
OTHER_NAMES: Forms = {
    "GB": {
        "en": ("UK", "Great Britain"),
        "fr": ("Grande-Bretagne",),
        "uk": ("Сполучене Королівство",),
        "de": ("Großbritannien",),
        "it": ("Gran Bretagna",),
    },
    "US": {
        "en": ("US", "USA", "United States of America"),
        "fr": ("USA",),
        "uk": ("США",),
        "de": ("USA",),
        "it": ("USA",),
    },
    "RU": {
        "en": ("Russian Federation",),
        "uk": ("Російська Федерація",),
        "de": ("Russische Föderation",),
        "it": ("Federazione russa",),
    },
    "CZ": {"en": ("Czech Republic",), "fr": ("République tchèque",), "de": ("Tschechische Republik",)},
    "NL": {"uk": ("Королівство Нідерланди",)},
    "TR": {"en": ("Turkey", "Türkiye"), "fr": ("Türkiye",)},
    "Kiev": {
        "en": ("Kyiv", "Kiev"),
        "fr": ("Kyiv", "Kiev"),
        "uk": ("Києва", "Києві", "Києвом", "Києву"),
        "de": ("Kiew", "Kyjiw"),
        "it": ("Kyiv", "Kiev"),
    },
}
# What else may stand for a state: adjectives and names of peoples, by their beginnings.
TRACES: Forms = {
    "FR": {
        "en": ("French",),
        "fr": ("français",),
        "uk": ("французьк",),
        "de": ("französisch", "Franzose"),
        "it": ("francese",),
    },
    "GB": {
        "en": ("British", "Britain"),
        "fr": ("britannique",),
        "uk": ("британськ",),
        "de": ("britisch",),
        "it": ("britannic",),
    },
    "UA": {"en": ("Ukrainian",), "it": ("ucraino",)},
    "DE": {"en": ("German",), "fr": ("allemand",), "uk": ("німецьк",), "de": ("deutsch",), "it": ("tedesc",)},
    "IT": {"en": ("Italian",), "fr": ("italien",), "uk": ("італійськ",), "de": ("italienisch",), "it": ("italian",)},
    "RU": {
        "en": ("Russian",),
        "fr": ("russe",),
        "uk": ("російськ",),
        "de": ("russisch", "Russ"),
        "it": ("russo", "russa"),
    },
    "US": {
        "en": ("American",),
        "fr": ("américain",),
        "uk": ("американськ",),
        "de": ("amerikanisch",),
        "it": ("american", "statunitens"),
    },
    "PL": {"en": ("Polish",), "fr": ("polonais",), "uk": ("польськ",), "de": ("polnisch",), "it": ("polacc",)},
    "ES": {"en": ("Spanish",), "fr": ("espagnol",), "uk": ("іспанськ",), "de": ("spanisch",), "it": ("spagnol",)},
    "NL": {
        "en": ("Dutch", "Netherlands"),
        "fr": ("néerlandais",),
        "uk": ("нідерландськ",),
        "de": ("niederländisch",),
        "it": ("olandes",),
    },
    "TR": {"en": ("Turkish",), "fr": ("turc", "turque"), "uk": ("турецьк",), "de": ("türkisch",), "it": ("turc",)},
    "CN": {"en": ("Chinese",), "fr": ("chinois",), "uk": ("китайськ",), "de": ("chinesisch",), "it": ("cines",)},
    "BY": {
        "en": ("Belarusian",),
        "fr": ("bélarus", "biélorus"),
        "uk": ("білоруськ",),
        "de": ("belarus",),
        "it": ("bieloruss",),
    },
    "NO": {
        "en": ("Norwegian",),
        "fr": ("norvégien",),
        "uk": ("норвезьк",),
        "de": ("norwegisch",),
        "it": ("norvegese",),
    },
    "SE": {"en": ("Swedish",), "fr": ("suédois",), "uk": ("шведськ",), "de": ("schwedisch",), "it": ("svedese",)},
    "DK": {"en": ("Danish",), "fr": ("danois",), "uk": ("данськ",), "de": ("dänisch",), "it": ("danese",)},
    "Rome": {"de": ("römisch",), "uk": ("римськ",), "it": ("roman",)},
    "Paris": {"fr": ("parisien",), "uk": ("паризьк",), "it": ("parigin",)},
    "EU": {
        "en": ("European", "Union"),
        "fr": ("européen", "Union"),
        "uk": ("європейськ", "Союз"),
        "de": ("europäisch", "Union"),
        "it": ("europe", "Unione"),
    },
    "UN": {"fr": ("onusien",), "uk": ("ООН",)},
}
# The acronym first, then the name in full.
ORGANISATIONS: Forms = {
    "EU": {
        "en": ("EU", "European Union"),
        "fr": ("UE", "Union européenne"),
        "uk": ("ЄС", "Європейський Союз"),
        "de": ("EU", "Europäische Union"),
        "it": ("UE", "Unione europea"),
    },
    "UN": {
        "en": ("UN", "United Nations"),
        "fr": ("ONU", "Nations unies", "Nations Unies"),
        "uk": ("ООН", "Організація Об’єднаних Націй"),
        "de": ("VN", "UNO", "UN", "Vereinte Nationen"),
        "it": ("ONU", "Nazioni Unite"),
    },
    "NATO": {"en": ("NATO",), "fr": ("OTAN",), "uk": ("НАТО",), "de": ("NATO",), "it": ("NATO",)},
    "OSCE": {"en": ("OSCE",), "fr": ("OSCE",), "uk": ("ОБСЄ",), "de": ("OSZE",), "it": ("OSCE",)},
    "IAEA": {"en": ("IAEA",), "fr": ("AIEA",), "uk": ("МАГАТЕ",), "de": ("IAEO", "IAEA"), "it": ("AIEA",)},
    "ICRC": {"en": ("ICRC",), "fr": ("CICR",), "uk": ("МКЧХ",), "de": ("IKRK",), "it": ("CICR",)},
    "ICC": {"en": ("ICC",), "fr": ("CPI",), "uk": ("МКС",), "de": ("IStGH",), "it": ("CPI",)},
    "ICJ": {"en": ("ICJ",), "fr": ("CIJ",), "uk": ("МС ООН",), "de": ("IGH",), "it": ("CIG",)},
    "IMF": {"en": ("IMF",), "fr": ("FMI",), "uk": ("МВФ",), "de": ("IWF",), "it": ("FMI",)},
    "WHO": {"en": ("WHO",), "fr": ("OMS",), "uk": ("ВООЗ",), "de": ("WHO",), "it": ("OMS",)},
    "WTO": {"en": ("WTO",), "fr": ("OMC",), "uk": ("СОТ",), "de": ("WTO",), "it": ("OMC",)},
    "UNHCR": {"en": ("UNHCR",), "fr": ("HCR",), "uk": ("УВКБ ООН",), "de": ("UNHCR",), "it": ("UNHCR", "ACNUR")},
    "OECD": {"en": ("OECD",), "fr": ("OCDE",), "uk": ("ОЕСР",), "de": ("OECD",), "it": ("OCSE",)},
    "G7": {"en": ("G7",), "fr": ("G7",), "uk": ("G7",), "de": ("G7",), "it": ("G7",)},
    "GDP": {"en": ("GDP",), "fr": ("PIB",), "uk": ("ВВП",), "de": ("BIP",), "it": ("PIL",)},
}
