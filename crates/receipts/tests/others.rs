//! Receipts as others check them: the commands and scripts of docs/VERIFYING.md, run as they stand there,
//! with OpenSSL, Python's `jwcrypto`, Node's `jose` and Python alone. `cargo xtask test` installs those.
//! `countersign verify`, which is on that page too, is run where the app is.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

mod common;

use std::path::Path;
use std::process::Command;

use common::{about, accepted, key, long, many, tree, unknown};
use ct_merkle::{InclusionProof, RootHash};
use ledger::RequestRecord;
use receipts::{DeviceKey, Field, Mask, PublicKey, Receipt, SignedReceipt, receipt};
use sha2::Sha256;

/// The system's own, which has the packages that the system installs.
const PYTHON: &str = "/usr/bin/python3";
const OPENSSL: &str = "With OpenSSL alone";
const JOSE: &str = "With a JOSE library";
const LEDGER: &str = "The events' place in the ledger, with Python alone";

/// Something on the page to be run.
struct Block {
    section: String,
    language: String,
    text: String,
}

fn blocks() -> Vec<Block> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/VERIFYING.md");
    let page = std::fs::read_to_string(page).unwrap();
    let (mut blocks, mut section, mut open) = (Vec::new(), String::new(), None::<Block>);
    for line in page.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(language)) => {
                open = Some(Block {
                    section: section.clone(),
                    language: language.to_owned(),
                    text: String::new(),
                });
            }
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(block), None) => block.text.extend([line, "\n"]),
            (None, None) => {
                if let Some(title) = line.strip_prefix("## ") {
                    title.clone_into(&mut section);
                }
            }
        }
    }
    blocks
}

fn blocks_of(sections: &[&str]) -> Vec<Block> {
    let mut blocks = blocks();
    blocks.retain(|block| sections.contains(&block.section.as_str()));
    blocks
}

impl Block {
    /// Whether the receipt holds, by its words and by how it ends.
    fn holds(&self, receipt: &[u8], key: &PublicKey) -> bool {
        let (program, name) = match self.language.as_str() {
            "sh" => ("sh", "check.sh"),
            "python" => (PYTHON, "check.py"),
            "js" => ("node", "check.mjs"),
            other => panic!("nothing runs {other}"),
        };
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        std::fs::write(folder.join("receipt.json"), receipt).unwrap();
        std::fs::write(folder.join("public-key.pem"), key.to_pem()).unwrap();
        std::fs::write(folder.join(name), &self.text).unwrap();
        let packages = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/jose/node_modules");
        assert!(
            packages.join("jose").exists(),
            "`cargo xtask test --only packages` installs what is missing here"
        );
        std::os::unix::fs::symlink(packages, folder.join("node_modules")).unwrap();
        let output = Command::new(program)
            .arg(name)
            .current_dir(folder)
            .output()
            .unwrap_or_else(|error| panic!("{program} is needed to check receipts: {error}"));
        let words = String::from_utf8_lossy(&output.stdout);
        let said = words
            .lines()
            .any(|line| line == "holds" || line == "Verified OK");
        assert_eq!(said, output.status.success(), "{output:?}");
        said
    }
}

/// Receipts as they are made: whole, of unknown outcome, long, and masked.
fn sound() -> [SignedReceipt; 4] {
    let all = [Field::Contacts, Field::Links, Field::Names];
    let masked = receipts::About {
        mask: Mask::new(all, [9; 32]),
        ..about()
    };
    let made = |record: &RequestRecord, about| {
        let receipt = receipt(record, &tree(record), about).unwrap();
        receipt.sign(&key()).unwrap()
    };
    [
        made(&accepted(), &about()),
        made(&unknown(), &about()),
        made(&long(), &about()),
        made(&accepted(), &masked),
    ]
}

/// The file with one bit flipped at a share of a line.
fn flipped(file: &SignedReceipt, line: usize, share: f64) -> Vec<u8> {
    let text = file.text();
    let start: usize = text.split('\n').take(line).map(|l| l.len() + 1).sum();
    let length = text.split('\n').nth(line).unwrap().len();
    let mut bytes = text.as_bytes().to_vec();
    bytes[start + (length as f64 * share) as usize] ^= 1;
    bytes
}

#[test]
fn all_that_the_page_shows_is_run() {
    let shown: Vec<_> = blocks()
        .into_iter()
        .map(|block| (block.section, block.language))
        .collect();
    let wanted = [
        ("", ""),
        ("With Countersign", "sh"),
        (OPENSSL, "sh"),
        (JOSE, "python"),
        (JOSE, "js"),
        (LEDGER, "python"),
    ];
    assert_eq!(shown, wanted.map(|(a, b)| (a.to_owned(), b.to_owned())));
}

#[test]
fn others_find_that_a_receipt_holds() {
    for block in blocks_of(&[OPENSSL, JOSE, LEDGER]) {
        for file in sound() {
            let holds = block.holds(file.text().as_bytes(), key().public());
            assert!(holds, "{} {}", block.section, block.language);
        }
    }
}

#[test]
fn others_find_that_a_changed_receipt_does_not_hold() {
    let other = DeviceKey::from_random(&[8; 32]).unwrap();
    for block in blocks_of(&[OPENSSL, JOSE]) {
        let name = format!("{} {}", block.section, block.language);
        for file in sound() {
            for share in [0.01, 0.3, 0.99] {
                let changed = flipped(&file, 1, share);
                assert!(!block.holds(&changed, key().public()), "{name} {share}");
            }
        }
        let [file, ..] = sound();
        // The header, and the signature near its end.
        for share in [0.1, 0.98] {
            let changed = flipped(&file, 4, share);
            assert!(!block.holds(&changed, key().public()), "{name} {share}");
        }
        let changed = file.text().replacen("Maria Silva", "Mario Silva", 1);
        assert!(
            !block.holds(changed.as_bytes(), key().public()),
            "{name} name"
        );
        assert!(
            !block.holds(file.text().as_bytes(), other.public()),
            "{name} key"
        );
    }
}

/// The same with the `ct-merkle` crate; `record` has the events as the ledger does.
fn proven(receipt: &Receipt, record: &RequestRecord) -> bool {
    let hash = |hex: &str| -> Vec<u8> {
        let pairs = hex.as_bytes().chunks(2);
        pairs
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
            .collect()
    };
    let root: [u8; 32] = hash(&receipt.head.root).try_into().unwrap();
    let root = RootHash::<Sha256>::new(root.into(), receipt.head.size);
    receipt
        .events
        .iter()
        .zip(&record.events)
        .all(|(told, kept)| {
            let proof = told.proof.iter().flat_map(|beside| hash(beside)).collect();
            let proof = InclusionProof::try_from_bytes(proof).unwrap();
            root.verify_inclusion(&kept.leaf(), told.event.sequence - 1, &proof)
                .is_ok()
        })
}

#[test]
fn others_find_each_event_in_the_ledger_and_no_changed_one() {
    let [block] = blocks_of(&[LEDGER]).try_into().ok().unwrap();
    let holds = |receipt: &Receipt| {
        // Signed anew, as one would who changes a receipt and has a key.
        let file = receipt.clone().sign(&key()).unwrap();
        block.holds(file.text().as_bytes(), key().public())
    };
    for count in [1, 2, 5, 16] {
        let (records, tree) = many(count);
        for record in &records {
            let receipt = receipt(record, &tree, &about()).unwrap();
            assert!(holds(&receipt) && proven(&receipt, record), "of {count}");
        }
    }
    let record = accepted();
    let made = receipt(&record, &tree(&record), &about()).unwrap();
    type Change = fn(&mut Receipt);
    let changes: [Change; 7] = [
        |r| r.events[1].proof.swap(0, 1),
        |r| drop(r.events[2].proof.pop()),
        |r| r.events[2].proof.push("00".repeat(32)),
        |r| r.events[3].proof[2].replace_range(..2, "00"),
        |r| r.head.root.replace_range(..2, "00"),
        |r| r.head.size = 40,
        |r| r.events[5].event.sequence += 1,
    ];
    for (at, change) in changes.iter().enumerate() {
        let mut changed = made.clone();
        change(&mut changed);
        assert_ne!(changed, made);
        assert!(!holds(&changed) && !proven(&changed, &record), "{at}");
    }
    // What the event says is under its hash, which the script makes from it.
    let mut changed = made.clone();
    changed.events[1].event.at += 1;
    assert!(!holds(&changed));
}
