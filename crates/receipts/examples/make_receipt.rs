//! Writes a signed file from fixed data, for trying out what reads receipts:
//! `cargo run -p receipts --example make_receipt FILE [masked]`. The name says what it will be: a
//! receipt (`.json`), one sealed in a PDF without pages (`.pdf`), or a pack of three (`.zip`).
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::fs;
use std::path::PathBuf;

use receipts::pack::{Pack, PackAbout};
use receipts::{Field, Mask, SignedReceipt, seal};

fn main() {
    let mut args = std::env::args().skip(1);
    let path = PathBuf::from(args.next().unwrap_or_else(|| "receipt.json".to_owned()));
    let mut about = common::about();
    if args.next().is_some() {
        about.mask = Mask::new([Field::Contacts, Field::Names, Field::Links], [9; 32]);
    }
    let key = common::key();
    let (records, tree) = common::many(3);
    let sign = |record| {
        receipts::receipt(record, &tree, &about)
            .unwrap()
            .sign(&key)
            .unwrap()
    };
    let files: Vec<SignedReceipt> = records.iter().map(sign).collect();
    let page = || seal::pdf(&common::page(&[files[0].text().as_bytes()]), &key).unwrap();
    match path.extension().and_then(|end| end.to_str()) {
        Some("pdf") => fs::write(&path, page()).unwrap(),
        Some("zip") => {
            let about = PackAbout {
                app_version: about.app_version,
                officer: about.officer,
                organisation: about.organisation,
                exported_at_ms: about.exported_at_ms,
                utc_offset_minutes: about.utc_offset_minutes,
                head: tree.head(),
                filter: "everything".to_owned(),
            };
            let mut options = fs::File::options();
            options.read(true).write(true).create(true).truncate(true);
            let mut pack = Pack::begin(options.open(&path).unwrap(), about, &key);
            pack.receipt(&files[0], Some(&page())).unwrap();
            for file in &files[1..] {
                pack.receipt(file, None).unwrap();
            }
            pack.list("list.csv", b"contact\r\nana@example.com\r\n")
                .unwrap();
            pack.finish().unwrap();
        }
        _ => fs::write(&path, files[0].text()).unwrap(),
    }
    println!(
        "{}: signed by {}",
        path.display(),
        key.public().fingerprint()
    );
}
