"""Reads a list as a short script does: csv, phonenumbers, email-validator.

usage: import.py <file> <region> <rows>

Prints one JSON object: rows, right (contacts that can be used), seconds (starting Python and importing
the packages not counted).
"""

import csv
import json
import sys
import time

import phonenumbers
from email_validator import EmailNotValidError, validate_email


def phone(text, region):
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def email(text):
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def main():
    path, region, most = sys.argv[1], sys.argv[2], int(sys.argv[3])
    # What is made at the first use is made before the clock starts.
    phone("+351912345678", region)
    email("ana@example.com")
    start = time.perf_counter()
    rows, seen = 0, set()
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if rows == most:
                break
            rows += 1
            contact = email(row["Email"]) if row["Email"] else phone(row["Phone"], region)
            if contact is not None:
                seen.add(contact)
    seconds = time.perf_counter() - start
    print(json.dumps({"rows": rows, "right": len(seen), "seconds": seconds}))


main()
