//! Spreadsheets, read in this process instead of one of their own. Bytes that begin like XML are taken
//! for the cells of an XLSX or ODS and packed, since changed bytes inside a ZIP only break its checksum.
//!
//! `calamine` panics on some of them, which is why the app reads them in another process, where a panic
//! costs nothing but that process. So a panic that comes from there, and only from there, is let pass.
//!
//! XLS is left out: in its old container a few changed bytes make `calamine` ask for gigabytes, which
//! only the memory limit of the other process ends; here it would end the fuzzing.

#![no_main]

use std::borrow::Cow;
use std::io::{Cursor, Write as _};
use std::panic;

use contacts::fuzzing::Cells;
use libfuzzer_sys::fuzz_target;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const XLSX: [(&str, &str); 3] = [
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
    ),
];
const ODS: [(&str, &str); 2] = [
    ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
    (
        "META-INF/manifest.xml",
        r#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"#,
    ),
];

fuzz_target!(
    init: panic::set_hook(Box::new(|panicked| {
        let place = panicked.location().map_or("", |place| place.file());
        if !place.contains("/calamine-") {
            eprintln!("{panicked}");
            std::process::abort();
        }
    })),
    |bytes: &[u8]| {
        let file = match bytes {
            [0xD0, 0xCF, ..] => return,
            [b'<', b'o', ..] => Cow::Owned(packed(&ODS, "content.xml", bytes)),
            [b'<', ..] => Cow::Owned(packed(&XLSX, "xl/worksheets/sheet1.xml", bytes)),
            bytes => Cow::Borrowed(bytes),
        };
        let Ok(Some(cells)) = panic::catch_unwind(|| Cells::read(&file)) else {
            return;
        };
        if let Ok(read) = fuzz::with_reader(|reader| cells.tables(reader)) {
            fuzz::tables(read);
        }
    }
);

fn packed(around: &[(&str, &str)], name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let around = around.iter().map(|(name, text)| (*name, text.as_bytes()));
    for (name, part) in around.chain([(name, bytes)]) {
        zip.start_file(name, stored).expect("memory takes it");
        zip.write_all(part).expect("memory takes it");
    }
    zip.finish().expect("memory takes it").into_inner()
}
