"""Makes the workbooks here that Rust has no writer for.

Needs xlwt 1.3, openpyxl 3.1 and msoffcrypto-tool 6.1. The passwords guard nothing.
"""

import datetime
import io
import pathlib

import msoffcrypto.format.ooxml
import openpyxl
import xlwt

HERE = pathlib.Path(__file__).parent


def old_workbook() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Pessoas")
    for column, title in enumerate(["Nome", "Email", "Telemóvel", "Desde", "Ativo"]):
        sheet.write(0, column, title)
    date = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    sheet.write(2, 0, "Inês")
    sheet.write(2, 1, "ines@example.com")
    sheet.write(2, 2, 912345678)
    sheet.write(2, 3, datetime.date(2025, 10, 13), date)
    sheet.write(2, 4, True)
    hidden = book.add_sheet("Notas")
    hidden.visibility = 1
    hidden.write(0, 0, "hidden")
    book.save(str(HERE / "people.xls"))


def encrypted_workbook() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "ana@example.com"
    plain = io.BytesIO()
    book.save(plain)
    plain.seek(0)
    with open(HERE / "password.xlsx", "wb") as out:
        msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("secret", out)


old_workbook()
encrypted_workbook()
