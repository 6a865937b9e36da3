//! A signed receipt goes to paper with its own file.
#![allow(clippy::unwrap_used)]

#[path = "../../receipts/tests/common/mod.rs"]
mod records;

use std::io::Write;
use std::process::Command;

use print::{Language, Page, Press, ResourceKind};
use receipts::{Field, Kind, Mask, SignedReceipt, Trust, Verdict, receipt, verify};
use records::{about, accepted, key, signed, tree};

#[test]
fn the_page_depends_on_every_byte_of_the_receipt() {
    let press = Press::new();
    let receipt = signed(&accepted());
    let printed = press.page(&receipt, Language::English).unwrap();
    let page = Page::from(&receipt);
    let same = press.set(&page, receipt.text().as_bytes(), Language::English);
    assert!(printed == same.unwrap());
    let mut other = receipt.text().as_bytes().to_vec();
    let last = other.len() - 4;
    other[last] ^= 1;
    assert!(printed != press.set(&page, &other, Language::English).unwrap());
}

#[test]
fn takes_from_the_receipt_what_it_says() {
    let receipt = signed(&accepted());
    let page = Page::from(&receipt);
    assert!(!page.interim && !page.practice && page.masked.is_empty());
    assert_eq!(page.utc_offset_minutes, 60);
    assert_eq!(page.exported_at_ms, records::NOW + 86_400_000);
    assert_eq!(page.asker.device_key.id, key().public().kid());
    assert_eq!(
        page.asker.device_key.fingerprint,
        key().public().fingerprint()
    );
    let people: Vec<_> = page.people.iter().map(|p| p.contact.as_str()).collect();
    assert_eq!(people, ["ana@example.com", "+351912345678"]);
    assert_eq!(page.people[0].link, "https://app.humanos.id/s/1");
    let resources = page.request.resources.unwrap();
    assert_eq!(resources.len(), 1);
    assert_eq!(resources[0].kind, ResourceKind::Resource);
    assert_eq!(resources[0].id, "507f1f77bcf86cd799439012");
    assert_eq!(page.request.credentials[0].name, "Terms");
    assert_eq!(page.attempts[0].messages, ["bad signature"]);
    assert_eq!(page.attempts[1].status, Some(201));
    assert_eq!(page.events.len(), accepted().events.len());
    assert_eq!(page.events[0].kind, "planned");
    assert_eq!(page.head.root, receipt.receipt().head.root);
}

#[test]
fn people_nobody_answered_for_are_on_the_page() {
    let mut record = accepted();
    record.subjects.truncate(1);
    let page = Page::from(&signed(&record));
    assert_eq!(page.people.len(), 2);
    assert_eq!(page.people[1].contact, "+351912345678");
    assert_eq!(page.people[1].id, "");
}

#[test]
fn what_is_masked_stays_masked() {
    let mut about = about();
    about.mask = Mask::new([Field::Contacts, Field::Names], [9; 32]);
    let record = accepted();
    let masked: SignedReceipt = receipt(&record, &tree(&record), &about)
        .unwrap()
        .sign(&key())
        .unwrap();
    let page = Page::from(&masked);
    assert_eq!(page.people.len(), 2);
    assert_eq!(page.request.resources, None);
    assert!(page.masked.contains(&Field::Contacts) && page.masked.contains(&Field::Names));
    let all = format!("{page:?}");
    for secret in ["ana@", "912345678", "Zażółć", "739205"] {
        assert!(!all.contains(secret), "{secret}: {all}");
    }
    let press = Press::new();
    assert!(press.page(&masked, Language::Portuguese).is_ok());
}

#[test]
fn a_sealed_page_verifies_and_no_byte_of_it_can_change() {
    let press = Press::new();
    let trust = Trust::only(vec![key().public().clone()]);
    for language in Language::ALL {
        let printed = press.page(&signed(&accepted()), language).unwrap();
        let mut sealed = receipts::seal::pdf(&printed, &key()).unwrap();
        let report = verify(&sealed, &trust);
        assert_eq!(report.kind, Kind::Pdf);
        assert_eq!(report.verdict, Verdict::Holds, "{:?}", report.findings);
        for at in (0..sealed.len()).step_by(1_009) {
            sealed[at] ^= 1 << (at % 8);
            assert_ne!(verify(&sealed, &trust).verdict, Verdict::Holds, "byte {at}");
            sealed[at] ^= 1 << (at % 8);
        }
    }
}

#[test]
fn a_seal_leaves_a_page_that_others_can_read() {
    let press = Press::new();
    let printed = press.page(&signed(&accepted()), Language::English).unwrap();
    let sealed = receipts::seal::pdf(&printed, &key()).unwrap();
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(&sealed).unwrap();
    let output = Command::new("qpdf")
        .arg("--check")
        .arg(file.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
}
