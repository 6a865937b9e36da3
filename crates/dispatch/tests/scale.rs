//! A large batch with a large document: memory stays flat, and nobody waits long.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod people;

use std::alloc::System;
use std::time::Instant;

use cap::Cap;
use dispatch::{Mode, Plan};
use humanos::{Credential, CredentialData, CredentialType, Draft};

use people::*;

#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

/// The whole of it where it is optimised.
const PEOPLE: usize = if cfg!(debug_assertions) {
    2_000
} else {
    100_000
};

const MEGABYTE: usize = 1024 * 1024;

#[test]
fn a_large_document_is_held_once_however_many_are_asked() {
    let rows = (0..PEOPLE).map(|index| Row {
        contact: format!("person.{index}@example.com"),
        doc_id: Some(format!("D{index}")),
        language: Some(["PRT", "ENG", "FRA"][index % 3]),
        values: vec![format!("Person {index}"), format!("team {}", index % 50)],
        ..Row::default()
    });
    let people = Table {
        columns: vec!["Name".to_owned(), "Team".to_owned()],
        rows: rows.collect(),
    };
    let document = CredentialData::Document {
        file_name: "contract.pdf".to_owned(),
        base64: format!("JVBERi0xLjcK{}", "QUJD".repeat(5 * MEGABYTE / 3)),
    };
    let draft = Draft {
        name: "Contract of {{team}}".to_owned(),
        internal_id: "batch-{{number}}".to_owned(),
        credentials: vec![Credential {
            description: "For {{team}}".to_owned(),
            ..credential(CredentialType::Document, document)
        }],
        ..Draft::default()
    };
    for mode in [
        Mode::Each,
        groups(20),
        Mode::ByColumn("Team".to_owned()),
        Mode::Together,
    ] {
        let draft = draft.clone();
        let before = MEMORY.allocated();
        let start = Instant::now();
        let plan = Plan::new(draft, &people, options(mode.clone())).unwrap();
        let planned = start.elapsed();
        let held = MEMORY.allocated() - before;
        let report = plan.check(NOW);
        assert_eq!(report.issues, []);
        let checked = start.elapsed() - planned;
        let (mut bytes, mut asked, mut most) = (0_u64, 0, 0);
        for request in plan.requests(key) {
            let request = request.unwrap();
            bytes += request.body.len() as u64;
            asked += request.people.len();
            most = most.max(MEMORY.allocated());
        }
        let streamed = start.elapsed() - planned - checked;
        println!(
            "{mode:?}: {} requests, {} MB in bodies; planned {planned:.0?}, checked {checked:.0?}, streamed {streamed:.0?}; plan holds {} kB, streaming {} kB more",
            plan.request_count(),
            bytes / 1_000_000,
            held / 1024,
            (most - before - held) / 1024,
        );
        assert_eq!(asked, PEOPLE);
        let largest = if plan.request_count() > 1000 { 1 } else { 20 };
        assert!(most - before - held < largest * MEGABYTE);
        assert!(held < 8 * MEGABYTE);
    }
}
