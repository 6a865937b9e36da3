//! Writes a signed receipt from fixed data, for trying out what reads receipts:
//! `cargo run -p receipts --example make_receipt FILE [masked]`.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "../tests/common/mod.rs"]
mod common;

use receipts::{Field, Mask};

fn main() {
    let mut args = std::env::args().skip(1);
    let path = args.next().unwrap_or_else(|| "receipt.json".to_owned());
    let record = common::accepted();
    let mut about = common::about();
    if args.next().is_some() {
        about.mask = Mask::new([Field::Contacts, Field::Names, Field::Links], [9; 32]);
    }
    let receipt = receipts::receipt(&record, &common::tree(&record), &about).unwrap();
    let signed = receipt.sign(&common::key()).unwrap();
    std::fs::write(&path, signed.text()).unwrap();
    println!("{path}: signed by {}", signed.key().fingerprint());
}
