//! Workbooks made by hand, to have in them what no writer would write.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

pub(crate) fn zipped<'a>(parts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<u8> {
    packed(CompressionMethod::Deflated, parts)
}

pub(crate) fn packed<'a>(
    method: CompressionMethod,
    parts: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, text) in parts {
        zip.start_file(name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An XLSX of one sheet with these rows.
pub(crate) fn xlsx_of(rows: &str) -> Vec<u8> {
    xlsx_packed(CompressionMethod::Deflated, rows)
}

pub(crate) fn xlsx_packed(method: CompressionMethod, rows: &str) -> Vec<u8> {
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |id: &str, sort: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
             <Relationship Id=\"{id}\" Type=\"{OFFICE}/{sort}\" Target=\"{target}\"/></Relationships>"
        )
    };
    packed(
        method,
        [
            (
                "_rels/.rels",
                &*relation("r1", "officeDocument", "xl/workbook.xml"),
            ),
            (
                "xl/workbook.xml",
                &format!(
                    "<workbook xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                &relation("r1", "worksheet", "worksheets/sheet1.xml"),
            ),
            (
                "xl/worksheets/sheet1.xml",
                &format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"),
            ),
        ],
    )
}

/// An XLSB of one sheet with these records.
pub(crate) fn xlsb_of(records: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let stream = |records: &[(u16, Vec<u8>)]| {
        let mut bytes = Vec::new();
        for (sort, body) in records {
            bytes.push((*sort & 0x7F) as u8 | if *sort > 0x7F { 0x80 } else { 0 });
            bytes.extend((*sort > 0x7F).then_some((*sort >> 7) as u8));
            bytes.push(u8::try_from(body.len()).unwrap());
            bytes.extend(body);
        }
        bytes
    };
    let entry = [
        [0, 1].map(u32::to_le_bytes).concat(),
        wide("r1"),
        wide("Folha"),
    ]
    .concat();
    let workbook = stream(&[(0x009C, entry), (0x0090, vec![]), (0x0084, vec![])]);
    let start = [(0x0094, vec![0; 16]), (0x0091, vec![])];
    let sheet = stream(&[&start, records, &[(0x0092, vec![])]].concat());
    let rels =
        "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.bin\"/></Relationships>";
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in [
        ("xl/workbook.bin", &workbook[..]),
        ("xl/_rels/workbook.bin.rels", rels.as_bytes()),
        ("xl/worksheets/sheet1.bin", &sheet),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A text as XLSB has it: its length, then UTF-16.
pub(crate) fn wide(text: &str) -> Vec<u8> {
    let units: Vec<_> = text.encode_utf16().collect();
    let length = u32::try_from(units.len()).unwrap().to_le_bytes();
    [
        &length[..],
        &units
            .iter()
            .flat_map(|unit| unit.to_le_bytes())
            .collect::<Vec<_>>(),
    ]
    .concat()
}

/// An ODS of these tables.
pub(crate) fn ods_of(manifest: &str, tables: &str) -> Vec<u8> {
    zipped([
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        (
            "content.xml",
            &format!(
                "<office:document-content><office:automatic-styles>\
                 <style:style style:name=\"h\"><style:table-properties table:display=\"false\"/></style:style>\
                 </office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet>\
                 </office:body></office:document-content>"
            ),
        ),
    ])
}

pub(crate) fn table(rows: &str) -> String {
    format!("<table:table table:name=\"T\">{rows}</table:table>")
}

pub(crate) fn ods(rows: &str) -> Vec<u8> {
    ods_of("<manifest:manifest/>", &table(rows))
}

pub(super) const TEXT: &str =
    "<table:table-cell office:value-type=\"string\"><text:p>x</text:p></table:table-cell>";

/// The same ZIP, whose directory declares 5 bytes for every part.
pub(crate) fn lying(mut bytes: Vec<u8>) -> Vec<u8> {
    for at in 0..bytes.len() - 30 {
        let size = match &bytes[at..at + 4] {
            b"PK\x01\x02" => at + 24,
            b"PK\x03\x04" => at + 22,
            _ => continue,
        };
        bytes[size..size + 4].copy_from_slice(&5_u32.to_le_bytes());
    }
    bytes
}
