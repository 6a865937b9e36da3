#!/usr/bin/env python3
"""Makes countries.tsv: what every country with a telephone plan is called in a list.

    python3 -m venv venv
    venv/bin/pip install babel==2.18.0 phonenumbers==9.0.42
    venv/bin/python make_countries.py

Names and three-letter codes are those of CLDR, as babel carries them; phonenumbers says which
countries have a plan. The informal names below are our own. Two countries that answer to the same
name stop the script: such a name goes into AMBIGUOUS, is left out, and then stands for neither.
"""

import csv
import pathlib
import re
import unicodedata

import phonenumbers
from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.languages import get_official_languages

HERE = pathlib.Path(__file__).parent

# Where the name of CLDR is too long to show.
ENGLISH = {
    "CC": "Cocos Islands",
    "HK": "Hong Kong",
    "MM": "Myanmar",
    "MO": "Macao",
    "PS": "Palestine",
}

# Three-letter codes of countries that are no more; CLDR still maps them.
WITHDRAWN = {"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"}

# What more than one country is called, as fold() below writes it.
AMBIGUOUS = {"congo", "korea", "coreia", "corea", "coree", "america", "virginislands"}

# Short, older and formal forms, by country.
OTHER = {
    "AE": "UAE|Emirates|E.A.U.|EAU|Emirados|Emiratos",
    "BA": "Bosnia|Bósnia|Bosnie",
    "BN": "Brunei Darussalam",
    "BO": "Plurinational State of Bolivia",
    "BR": "Federative Republic of Brazil|República Federativa do Brasil",
    "BY": "Byelorussia|Bielorrussia",
    "CD": "DR Congo|DRC|RDC|RD Congo|D.R. Congo|Zaire|Democratic Republic of the Congo|"
    "Congo, Democratic Republic of the|República Democrática do Congo|"
    "República Democrática del Congo|République démocratique du Congo|Congo (Kinshasa)",
    "CG": "Republic of the Congo|República do Congo|República del Congo|République du Congo|"
    "Congo (Brazzaville)",
    "CI": "Ivory Coast|Cote dIvoire",
    "CN": "PRC|People's Republic of China|República Popular da China|República Popular China|"
    "République populaire de Chine|Mainland China",
    "CV": "Cabo Verde",
    "CZ": "Czech Republic|República Checa|République tchèque",
    "DE": "Federal Republic of Germany|República Federal da Alemanha|República Federal de Alemania|"
    "République fédérale d'Allemagne|BRD",
    "DO": "Dominican Rep.|Rep. Dominicana",
    "ES": "Kingdom of Spain|Reino de España|Reino de Espanha",
    "FK": "Falklands|Malvinas|Malouines",
    "FM": "Federated States of Micronesia",
    "FR": "French Republic|République française|República Francesa",
    "GB": "UK|U.K.|Great Britain|Britain|England|Scotland|Wales|Northern Ireland|"
    "United Kingdom of Great Britain and Northern Ireland|"
    "Grã-Bretanha|Inglaterra|Escócia|País de Gales|Irlanda do Norte|"
    "Gran Bretaña|Escocia|Gales|Irlanda del Norte|"
    "Grande-Bretagne|Angleterre|Écosse|Pays de Galles|Irlande du Nord",
    "GR": "EL|Hellas|Hellenic Republic",
    "HK": "Hong Kong SAR|Hongkong",
    "HR": "Hrvatska",
    "IE": "Republic of Ireland|Eire|República da Irlanda|República de Irlanda|République d'Irlande",
    "IR": "Islamic Republic of Iran|Persia",
    "IT": "Italian Republic|República Italiana|République italienne",
    "KP": "DPRK|Democratic People's Republic of Korea|Korea, North|Corea del Norte",
    "KR": "Republic of Korea|Korea, Republic of|Korea, South|República da Coreia|"
    "República de Corea|République de Corée|ROK",
    "LA": "Lao|Lao People's Democratic Republic|Lao PDR",
    "MD": "Republic of Moldova|Moldávia",
    "MK": "Macedonia|Macedónia|Macedônia|Macédoine|FYROM|Republic of North Macedonia",
    "MM": "Burma|Birmânia|Birmania|Birmanie",
    "MO": "Macau",
    "NL": "Holland|Holanda|Hollande|The Netherlands|Kingdom of the Netherlands|Nederland",
    "PH": "The Philippines",
    "PS": "State of Palestine|Palestinian Territory|Palestina|Palestine",
    "PT": "Portuguese Republic|República Portuguesa|République portugaise",
    "RU": "Russian Federation|Federação Russa|Federación Rusa|Fédération de Russie",
    "SY": "Syrian Arab Republic",
    "SZ": "Swaziland|Suazilândia|Suazilandia",
    "TL": "East Timor|Timor|Timor Leste|Timor Oriental",
    "TR": "Turkey|Türkiye|Turquia",
    "TW": "Republic of China|Formosa|Taiwan, Province of China",
    "TZ": "United Republic of Tanzania",
    "US": "USA|U.S.A.|U.S.|United States of America|EUA|E.U.A.|Estados Unidos da América|"
    "EE. UU.|EE.UU.|EEUU|EE. UU. AA.|Estados Unidos de América|Estados Unidos de Norteamérica|"
    "États-Unis d'Amérique|Etats Unis",
    "VA": "Vatican|Holy See|Vaticano|Santa Sé|Santa Sede|Saint-Siège",
    "VE": "Bolivarian Republic of Venezuela",
    "VG": "BVI|Virgin Islands, British",
    "VI": "USVI|US Virgin Islands|Virgin Islands, U.S.",
    "VN": "Viet Nam",
    "XK": "XKX",
}

# Nearly as in src/fold.rs; the crate's tests look for clashes with the real one.
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ς": "σ"}
)


def fold(name):
    plain = unicodedata.normalize("NFKD", name).lower().translate(LETTERS)
    return "".join(c for c in plain if c.isalnum())


def three_letters():
    found = {}
    for code, countries in get_global("territory_aliases").items():
        if re.fullmatch("[A-Z]{3}", code) and len(countries) == 1 and code not in WITHDRAWN:
            assert countries[0] not in found, (code, found[countries[0]])
            found[countries[0]] = code
    return found


def in_its_own_languages(country):
    for language in get_official_languages(country, regional=False, de_facto=True):
        try:
            name = Locale.parse(language).territories.get(country)
        except (UnknownLocaleError, ValueError):
            continue
        if name and "|" not in name:
            yield name


def main():
    alpha3 = three_letters()
    locales = {
        "pt": Locale.parse("pt"),
        "pt_PT": Locale.parse("pt_PT"),
        "es": Locale.parse("es"),
        "fr": Locale.parse("fr"),
    }
    english = Locale.parse("en").territories
    rows, owners = [], {}
    for country in sorted(phonenumbers.SUPPORTED_REGIONS):
        names = [ENGLISH.get(country, english[country])]
        names += [locale.territories[country] for locale in locales.values()]
        shown = ["" if fold(name) in AMBIGUOUS else name for name in names]
        assert shown[0], country
        others = [english[country], *OTHER.get(country, "").split("|")]
        others += in_its_own_languages(country)
        known = {fold(name) for name in shown} | {""}
        kept = []
        for name in others:
            if fold(name) not in known and fold(name) not in AMBIGUOUS:
                known.add(fold(name))
                kept.append(name)
        for key in known - {""}:
            assert owners.setdefault(key, country) == country, (country, owners[key], key)
        rows.append([country, alpha3[country], *shown, "|".join(kept)])

    with open(HERE / "countries.tsv", "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE)
        table.writerow(["code", "alpha3", "en", *locales, "other"])
        table.writerows(rows)


if __name__ == "__main__":
    main()
