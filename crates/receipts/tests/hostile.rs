//! Any bytes at all, and whole files damaged anywhere: never a panic, never a damaged file that holds.
#![allow(clippy::unwrap_used)]

mod common;

use std::io::Cursor;

use common::{about, key, long, many, page, signed};
use proptest::prelude::*;
use proptest::sample::Index;
use receipts::pack::{Pack, PackAbout};
use receipts::{SignedReceipt, Trust, receipt, seal, verify, verify_file};
use std::sync::LazyLock;

struct Whole {
    receipt: Vec<u8>,
    pdf: Vec<u8>,
    pack: Vec<u8>,
}

/// A big file of each kind.
static WHOLE: LazyLock<Whole> = LazyLock::new(|| {
    let (records, tree) = many(40);
    let key = key();
    let sign = |record| {
        receipt(record, &tree, &about())
            .unwrap()
            .sign(&key)
            .unwrap()
    };
    let files: Vec<SignedReceipt> = records.iter().map(sign).collect();
    let inside = files[1].text().as_bytes();
    let about = PackAbout {
        app_version: String::new(),
        officer: String::new(),
        organisation: String::new(),
        exported_at_ms: common::NOW,
        utc_offset_minutes: 0,
        head: tree.head(),
        filter: String::new(),
    };
    let mut pack = Pack::begin(Cursor::new(Vec::new()), about, &key);
    for file in &files {
        pack.receipt(file, None).unwrap();
    }
    let whole = Whole {
        receipt: signed(&long()).text().as_bytes().to_vec(),
        pdf: seal::pdf(&page(&[inside]), &key).unwrap(),
        pack: pack.finish().unwrap().into_inner(),
    };
    for sound in [&whole.receipt, &whole.pdf, &whole.pack] {
        assert!(verify(sound, &Trust::anyone()).holds());
    }
    whole
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_bytes_make_it_fail(start in 0..5_usize, bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let starts: [&[u8]; 5] = [
            b"",
            b"{\"format\":\"countersign-receipt\",\"version\":2,\"receipt\":\n",
            b"%PDF-1.7\n",
            b"PK\x03\x04",
            b"\n\n,\"parts\":\n\n",
        ];
        let file = [starts[start], &bytes].concat();
        let report = verify(&file, &Trust::anyone());
        prop_assert!(!report.holds() && !report.findings.is_empty());
        prop_assert_eq!(verify_file(&mut Cursor::new(&file), &Trust::anyone()).unwrap(), report);
    }

    #[test]
    fn flipped_bits_of_big_files_are_noticed(at in any::<Index>(), bit in 0..8_u32) {
        for whole in [&WHOLE.receipt, &WHOLE.pdf, &WHOLE.pack] {
            let mut changed = whole.clone();
            changed[at.index(whole.len())] ^= 1_u8 << bit;
            prop_assert!(!verify(&changed, &Trust::anyone()).holds());
        }
    }

    #[test]
    fn a_piece_put_elsewhere_is_noticed(from in any::<Index>(), to in any::<Index>(), length in 1..500_usize) {
        for whole in [&WHOLE.receipt, &WHOLE.pdf, &WHOLE.pack] {
            let (from, to) = (from.index(whole.len()), to.index(whole.len()));
            let end = whole.len().min(from + length);
            let moved = [&whole[..to], &whole[from..end], &whole[to..]].concat();
            prop_assert!(!verify(&moved, &Trust::anyone()).holds());
        }
    }
}
