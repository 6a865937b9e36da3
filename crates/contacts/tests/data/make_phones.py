#!/usr/bin/env python3
"""Makes phones.tsv: phone numbers in many written forms, and what libphonenumber says of each.

    python3 -m venv venv
    venv/bin/pip install phonenumbers==9.0.42
    venv/bin/python make_phones.py

phonenumbers is libphonenumber in Python. Its version must be the one whose metadata the crate
rlibphonenumber carries, which its README names ("Used metadata version"): 9.0.42 for 2.2.15.

Each line: the region for numbers without a country, the text, and E.164, or nothing where the text
is no number or no valid one. The forms are made from the example number of each type in each
region; of each form so many are taken that the file stays small. The same seed, the same file.
"""

import pathlib
import random
import re

import phonenumbers
from phonenumbers import PhoneNumberFormat as Format
from phonenumbers import PhoneNumberType as Type
from phonenumbers.phonemetadata import PhoneMetadata

HERE = pathlib.Path(__file__).parent
# So many lines of each form, if there are as many.
OF_EACH_FORM = 340
TYPES = [
    Type.FIXED_LINE,
    Type.MOBILE,
    Type.FIXED_LINE_OR_MOBILE,
    Type.TOLL_FREE,
    Type.PREMIUM_RATE,
    Type.SHARED_COST,
    Type.VOIP,
    Type.PERSONAL_NUMBER,
    Type.PAGER,
    Type.UAN,
    Type.VOICEMAIL,
]
FULL_WIDTH = str.maketrans("0123456789+-() ", "０１２３４５６７８９＋－（）　")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def forms(number, region, foreign, rng):
    """The name of each form, the default region, and the text."""
    metadata = PhoneMetadata.metadata_for_region(region)
    write = phonenumbers.format_number
    e164 = write(number, Format.E164)
    national = write(number, Format.NATIONAL)
    international = write(number, Format.INTERNATIONAL)
    significant = phonenumbers.national_significant_number(number)
    code = str(number.country_code)
    trunk = metadata.national_prefix or "0"
    at = rng.randrange(len(significant))
    digit = rng.choice([d for d in "0123456789" if d != significant[at]])
    changed = significant[:at] + digit + significant[at + 1 :]
    shorter = significant[:at] + significant[at + 1 :]
    longer = significant[:at] + digit + significant[at:]
    groups = " ".join(re.findall(r"\d{1,3}", significant))

    for name, home in [("home", region), ("abroad", foreign)]:
        yield f"{name} e164", home, e164
        yield f"{name} international", home, international
        yield f"{name} national", home, national
        yield f"{name} significant", home, significant
        yield f"{name} rfc3966", home, write(number, Format.RFC3966).removeprefix("tel:")
        yield f"{name} 00", home, "00" + e164[1:]
        yield f"{name} 00 spaced", home, "00 " + international[1:]
        yield f"{name} without plus", home, e164[1:]
        yield f"{name} without plus spaced", home, international[1:]
        yield f"{name} changed", home, f"+{code}{changed}"
        yield f"{name} shorter", home, f"+{code}{shorter}"
        yield f"{name} longer", home, f"+{code}{longer}"
        dialled = phonenumbers.format_out_of_country_calling_number(number, home)
        yield f"{name} as dialled", home, dialled
    yield "spaces", foreign, f"+{code} {groups}"
    yield "dots", foreign, f"+{code}.{groups}".replace(" ", ".")
    yield "hyphens", foreign, f"+{code}-{groups}".replace(" ", "-")
    yield "en dashes", region, national.replace("-", "–").replace(" ", "–")
    yield "slash", region, national.replace(" ", "/", 1).replace("-", "/", 1)
    yield "brackets", foreign, f"(+{code}) {groups}"
    yield "inner brackets", foreign, f"+{code} ({significant[:2]}) {significant[2:]}"
    yield "trunk in brackets", foreign, f"+{code} ({trunk}){significant}"
    yield "square brackets", region, f"[{significant[:3]}] {significant[3:]}"
    yield "hard spaces", region, international.replace(" ", "\u00a0")
    yield "full width", foreign, international.translate(FULL_WIDTH)
    yield "full width national", region, national.translate(FULL_WIDTH)
    yield "arabic digits", foreign, e164.translate(ARABIC)
    yield "arabic digits national", region, significant.translate(ARABIC)
    yield "changed national", region, changed
    yield "shorter national", region, shorter
    yield "longer national", region, longer
    yield "trunk doubled", region, trunk + trunk + significant
    yield "trunk in international", foreign, f"+{code}{trunk}{significant}"
    yield "trunk missing", region, groups
    yield "trunk zero", region, "0" + significant
    yield "plus doubled", foreign, "+" + e164
    yield "plus and 00", foreign, "+00" + e164[1:]
    yield "plus spaced", foreign, "+ " + e164[1:]
    yield "code doubled", foreign, f"+{code}{code}{significant}"
    for mark in [" ext. ", " x", "#", " extension ", " int ", ";ext="]:
        yield f"extension{mark}", foreign, f"{international}{mark}{rng.randrange(1, 9999)}"
        yield f"extension{mark} national", region, f"{national}{mark}{rng.randrange(1, 999)}"
    yield "letters", region, significant[:-4] + rng.choice(["CALL", "TAXI", "HELP"])
    yield "letters international", foreign, e164[:-4] + rng.choice(["CALL", "TAXI", "HELP"])
    yield "word before", foreign, f"Tel: {e164}"
    yield "word after", region, f"{international} (work)"


def expected(text, region):
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, Format.E164)


def main():
    rng = random.Random(20_260_101)
    regions = sorted(phonenumbers.SUPPORTED_REGIONS)
    by_form = {}
    for region in regions:
        for kind in TYPES:
            number = phonenumbers.example_number_for_type(region, kind)
            if number is None:
                continue
            other = [r for r in regions if r != region]
            for form, home, text in forms(number, region, rng.choice(other), rng):
                assert "\t" not in text and "\n" not in text, text
                by_form.setdefault(form, set()).add((home, text))
    chosen = set()
    for lines in by_form.values():
        lines = sorted(lines)
        chosen.update(rng.sample(lines, min(OF_EACH_FORM, len(lines))))
    with open(HERE / "phones.tsv", "w", encoding="utf-8", newline="\n") as file:
        for region, text in sorted(chosen):
            file.write(f"{region}\t{text}\t{expected(text, region)}\n")


if __name__ == "__main__":
    main()
