//! Evidence packs: whole, changed, and made to do harm.
#![allow(clippy::unwrap_used)]

mod common;

use std::io::{Cursor, Read, Write};

use common::{CODE, NOW, about, hex, key, many, page};
use receipts::pack::{Pack, PackAbout, PackError};
use receipts::{
    Code, DeviceKey, Kind, Report, SignedReceipt, Tree, Trust, Verdict, receipt, seal, verify,
    verify_file,
};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

fn pack_about(tree: &Tree) -> PackAbout {
    PackAbout {
        app_version: "0.1.0".into(),
        officer: "Maria Silva".into(),
        organisation: "Exemplo, Lda.".into(),
        exported_at_ms: NOW + 86_400_000,
        utc_offset_minutes: 60,
        head: tree.head(),
        filter: "planned in January 2026".into(),
    }
}

fn files(count: u32) -> (Vec<SignedReceipt>, Tree) {
    let (records, tree) = many(count);
    let sign = |record| {
        receipt(record, &tree, &about())
            .unwrap()
            .sign(&key())
            .unwrap()
    };
    (records.iter().map(sign).collect(), tree)
}

fn pack(count: u32) -> Vec<u8> {
    let (files, tree) = files(count);
    let key = key();
    let mut pack = Pack::begin(Cursor::new(Vec::new()), pack_about(&tree), &key);
    for (at, file) in files.iter().enumerate() {
        let pdf = (at == 0).then(|| seal::pdf(&page(&[file.text().as_bytes()]), &key).unwrap());
        pack.receipt(file, pdf.as_deref()).unwrap();
    }
    pack.list("../Lista.csv", b"contact\r\nana@example.com\r\n")
        .unwrap();
    pack.finish().unwrap().into_inner()
}

fn ours() -> Trust {
    Trust::only(vec![key().public().clone()])
}

fn codes(report: &Report) -> Vec<Code> {
    report.findings.iter().map(|finding| finding.code).collect()
}

/// The pack written anew with entries changed, and sealed with a key as an attacker would.
fn forged(pack: &[u8], key: &DeviceKey, change: impl Fn(&mut Vec<(String, Vec<u8>)>)) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(pack)).unwrap();
    let mut entries = Vec::new();
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        entries.push((entry.name().unwrap().into_owned(), bytes));
    }
    change(&mut entries);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    let mut file = zip.finish().unwrap();
    seal::zip(&mut file, key).unwrap();
    file.into_inner()
}

#[test]
fn a_pack_holds_and_is_the_same_again() {
    let bytes = pack(7);
    assert_eq!(bytes, pack(7));
    let report = verify(&bytes, &ours());
    assert_eq!(
        (report.kind, report.verdict),
        (Kind::Pack, Verdict::Holds),
        "{report:?}"
    );
    assert_eq!(
        report,
        verify_file(&mut Cursor::new(&bytes), &ours()).unwrap()
    );
    let facts = report.facts.unwrap();
    let inside = facts.pack.unwrap();
    assert_eq!((inside.receipts, inside.entries), (7, 15));
    assert_eq!(inside.filter, "planned in January 2026");
    assert_eq!(
        verify(&bytes, &Trust::anyone()).verdict,
        Verdict::KeyUnknown
    );
    let other = DeviceKey::from_random(&[8; 32]).unwrap().public().clone();
    assert_eq!(
        verify(&bytes, &Trust::only(vec![other])).verdict,
        Verdict::OtherKey
    );
}

#[test]
fn an_auditor_finds_everything_and_no_code() {
    let bytes = pack(4);
    let mut zip = ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let names: Vec<_> = zip
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect();
    let id = "7b0f4d1e-3c7c-4b8e-9a53-00000000000";
    assert_eq!(
        names,
        [
            format!("receipts/{id}0.json"),
            format!("receipts/{id}0.pdf"),
            format!("receipts/{id}1.json"),
            format!("receipts/{id}2.json"),
            format!("receipts/{id}3.json"),
            "lists/1-Lista.csv".into(),
            "summary.json".into(),
            "summary.csv".into(),
            "requests.xlsx".into(),
            "device-key.jwk.json".into(),
            "device-key.pem".into(),
            "README.txt".into(),
            "manifest.json".into(),
        ]
    );
    let mut text = |name: &str| {
        let mut text = String::new();
        zip.by_name(name)
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        assert!(!text.contains(CODE), "{name}");
        text
    };
    assert!(text("README.txt").contains(&key().public().fingerprint()));
    assert!(text("summary.json").contains(r#""states":{"accepted":3,"unknown":1}"#));
    assert_eq!(text("summary.csv").lines().count(), 1 + 4 * 2);
    assert!(text("summary.csv").contains("'+351912345678"));
    assert_eq!(text("device-key.jwk.json"), key().public().to_jwk());
    text("receipts/7b0f4d1e-3c7c-4b8e-9a53-000000000000.json");
}

#[test]
fn no_secret_goes_along() {
    let mut zip = ZipArchive::new(Cursor::new(pack(3))).unwrap();
    let bytes = key().to_stored();
    let secrets: [&[u8]; 6] = [
        bytes.as_bytes(),
        &[7; 32],
        hex(&[7; 32]).leak().as_bytes(),
        hex(&*key().mask_seed()).leak().as_bytes(),
        // The salt of the reply with the code in it.
        hex(&[2; 32]).leak().as_bytes(),
        CODE.as_bytes(),
    ];
    for at in 0..zip.len() {
        let mut entry = Vec::new();
        zip.by_index(at).unwrap().read_to_end(&mut entry).unwrap();
        for secret in secrets {
            let found = entry.windows(secret.len()).any(|window| window == secret);
            assert!(!found, "entry {at}: {}", String::from_utf8_lossy(secret));
        }
    }
}

#[test]
fn flipped_bits_are_noticed_and_the_entry_is_named() {
    let bytes = pack(3);
    let trust = ours();
    let mut named = 0;
    let places: Vec<usize> = (0..bytes.len()).step_by(41).collect();
    for at in &places {
        let mut changed = bytes.clone();
        changed[*at] ^= 1 << (at % 8);
        let report = verify(&changed, &trust);
        assert!(!report.holds(), "byte {at}");
        named += usize::from(report.findings.iter().any(|f| f.entry.is_some()));
    }
    assert!(named * 10 > places.len() * 6, "{named} of {}", places.len());
    for at in (0..bytes.len()).step_by(997) {
        assert!(!verify(&bytes[..at], &trust).holds(), "{at} bytes");
    }
    assert!(!verify(&[&bytes[..], b" "].concat(), &trust).holds());
}

#[test]
fn a_pack_made_anew_by_another_is_found_out() {
    let bytes = pack(3);
    let (ours, theirs) = (key(), DeviceKey::from_random(&[8; 32]).unwrap());
    let id = "receipts/7b0f4d1e-3c7c-4b8e-9a53-000000000001.json";
    let at = |entries: &[(String, Vec<u8>)], name: &str| {
        entries.iter().position(|(entry, _)| entry == name).unwrap()
    };
    let same = forged(&bytes, &ours, |_| {});
    assert_eq!(verify(&same, &Trust::anyone()).verdict, Verdict::KeyUnknown);
    type Change<'c> = &'c dyn Fn(&mut Vec<(String, Vec<u8>)>);
    let cases: [(&DeviceKey, Change, &[Code]); 8] = [
        (&theirs, &|_| {}, &[Code::DeviceKey, Code::EntryOther]),
        (&ours, &|e| drop(e.remove(at(e, id))), &[Code::EntryMissing]),
        (
            &ours,
            &|e| e.push(("more.txt".into(), vec![1])),
            &[Code::EntryExtra],
        ),
        (
            &ours,
            &|e| e.push(("../../x".into(), vec![1])),
            &[Code::EntryName, Code::EntryExtra],
        ),
        (
            &ours,
            &|e| {
                let at = at(e, id);
                e[at].1 = String::from_utf8(e[at].1.clone())
                    .unwrap()
                    .replace("Maria Silva", "Mario Silva")
                    .into();
            },
            &[Code::EntryChanged, Code::Signature, Code::PartChanged],
        ),
        (
            &ours,
            &|e| {
                let at = at(e, "summary.csv");
                e[at].1 = vec![b' '; 10_000_000];
            },
            &[Code::EntryChanged],
        ),
        (
            &ours,
            &|e| drop(e.remove(at(e, "manifest.json"))),
            &[Code::Manifest],
        ),
        (
            &ours,
            &|e| {
                let at = at(e, "manifest.json");
                e[at].1.push(b'\n');
            },
            &[Code::Manifest],
        ),
    ];
    for (key, change, wanted) in cases {
        let report = verify(&forged(&bytes, key, change), &Trust::anyone());
        let found = codes(&report);
        assert_eq!(report.verdict, Verdict::Broken, "{wanted:?}");
        for code in wanted {
            assert!(found.contains(code), "{code:?}: {found:?}");
        }
        assert!(!found.contains(&Code::SealBroken));
    }
}

#[test]
fn two_entries_of_one_name_are_found_out() {
    // No writer makes them, so one name is written over another of the same length.
    let bytes = forged(&pack(1), &key(), |entries| {
        entries.push(("twiceA".into(), vec![1]));
        entries.push(("twiceB".into(), vec![2]));
    });
    let end = bytes.len() - verify_comment(&bytes).len();
    let mut plain = bytes[..end].to_vec();
    let length = plain.len();
    plain[length - 2..].fill(0);
    while let Some(at) = plain.windows(6).position(|window| window == b"twiceB") {
        plain[at + 5] = b'A';
    }
    let mut file = Cursor::new(plain);
    seal::zip(&mut file, &key()).unwrap();
    let report = verify(file.get_ref(), &ours());
    assert!(codes(&report).contains(&Code::EntryTwice), "{report:?}");
}

fn verify_comment(bytes: &[u8]) -> Vec<u8> {
    ZipArchive::new(Cursor::new(bytes))
        .unwrap()
        .comment()
        .to_vec()
}

#[test]
fn what_does_not_belong_does_not_go_in() {
    let (files, tree) = files(2);
    let theirs = DeviceKey::from_random(&[8; 32]).unwrap();
    let mut pack = Pack::begin(Cursor::new(Vec::new()), pack_about(&tree), &theirs);
    let error = pack.receipt(&files[0], None).unwrap_err();
    assert!(matches!(error, PackError::OtherKey { .. }), "{error}");
    let key = key();
    let mut pack = Pack::begin(Cursor::new(Vec::new()), pack_about(&tree), &key);
    pack.receipt(&files[0], None).unwrap();
    let error = pack.receipt(&files[0], None).unwrap_err();
    assert!(matches!(error, PackError::Twice { .. }), "{error}");
    let error = pack
        .receipt(&common::signed(&common::accepted()), None)
        .unwrap_err();
    assert!(matches!(error, PackError::OtherHead { .. }), "{error}");
}
