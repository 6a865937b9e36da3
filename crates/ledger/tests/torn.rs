//! A page of the file that cannot be read any more is named; the rest stays usable.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod common;

use std::fs;
use std::ops::ControlFlow;

use common::{House, NOW, accepted, request};
use ledger::{Evidence, Ledger, LedgerError, Verdict, What};
use sha2::{Digest, Sha256};

fn check(ledger: &Ledger) -> Evidence {
    ledger
        .check_evidence(|_, _| ControlFlow::Continue(()))
        .unwrap()
}

const PAGE: usize = 4096;

/// A ledger on the disk of so many requests that were answered, and its bytes.
fn many(house: &House, requests: u32) -> Vec<u8> {
    let ledger = house.create();
    for n in 0..requests {
        if n % 100 == 0 {
            let some = (n..requests.min(n + 100)).map(request);
            ledger
                .plan_batch(&common::batch(&n.to_string()), some)
                .unwrap();
        }
        let id = request(n).id;
        ledger.start_attempt(&id, NOW, NOW).unwrap();
        ledger
            .finish_attempt(&id, 1, &accepted(n), Verdict::Final, NOW)
            .unwrap();
    }
    assert!(check(&ledger).is_sound());
    drop(ledger);
    fs::read(&house.path).unwrap()
}

#[test]
fn any_torn_page_is_named_and_the_rest_stays_usable() {
    let house = House::new();
    let whole = many(&house, 100);
    let pages = whole.len() / PAGE;
    let (torn, written) = tear(&house, &whole, 100, 1..pages);
    assert!(torn > 15, "{torn}");
    assert!(written > pages / 2, "{written} of {pages}");
}

#[test]
fn pages_of_a_larger_ledger_torn_here_and_there_are_named() {
    let house = House::new();
    let whole = many(&house, 1_500);
    let pages = whole.len() / PAGE;
    // Another choice each time; the number tells which.
    let seed = u64::from(std::process::id());
    let some = (0..12_u64).map(|n| {
        let hash = Sha256::digest([seed.to_le_bytes(), n.to_le_bytes()].concat());
        1 + usize::from(u16::from_le_bytes([hash[0], hash[1]])) % (pages - 1)
    });
    println!("{seed}");
    tear(&house, &whole, 1_500, some);
}

/// Flips a bit in each of these pages, one at a time. Gives how many of them held events, and with how
/// many of them torn a request could still be planned.
fn tear(
    house: &House,
    whole: &[u8],
    many: u32,
    pages: impl IntoIterator<Item = usize>,
) -> (usize, usize) {
    let (mut unreadable, mut written) = (0, 0);
    for page in pages {
        let mut bytes = whole.to_vec();
        bytes[page * PAGE + (page * 7919) % PAGE] ^= 1 << (page % 8);
        fs::write(&house.path, &bytes).unwrap();
        let ledger = match Ledger::open(&house.path, &house.key) {
            Ok(ledger) => ledger,
            // What tells how the file is to be read has no second place.
            Err(LedgerError::Damaged(_)) => continue,
            Err(other) => unreachable!("page {page}: {other:?}"),
        };
        let found = check(&ledger);
        assert_eq!(found.checked, found.size, "page {page}");
        assert_eq!(found.size, u64::from(many) * 3, "page {page}");
        let mut named = 0;
        for damage in &found.damages {
            let (What::Unreadable | What::Lost | What::Unreckoned | What::Source) = damage.what
            else {
                unreachable!("page {page}: {damage}");
            };
            if let (What::Unreadable, Some((first, Some(last)))) = (damage.what, damage.events) {
                named += last - first + 1;
            }
        }
        unreadable += usize::from(named > 0);
        // Most requests can still be read, and what can be is right.
        let read = (0..many).filter(|n| match ledger.request(&request(*n).id) {
            Ok(Some(record)) => {
                assert_eq!(record.body, request(*n).body);
                assert_eq!(record.events.len(), 3);
                true
            }
            Ok(None) => unreachable!("page {page}: request {n} is gone"),
            Err(LedgerError::Damaged(_)) => false,
            Err(other) => unreachable!("page {page}: {other:?}"),
        });
        let read = read.count() as u64;
        // A page of events holds a few, one above it many. Their requests, and those whose next or
        // last event stands beside, cannot be read, and no others.
        if named > 0 {
            assert!(
                read + named + 2 >= u64::from(many),
                "page {page}: {read} of {named}"
            );
        }
        assert_eq!(ledger.leaves().unwrap().len() as u64, found.size);
        match ledger.plan(&request(many)) {
            Ok(()) => written += 1,
            Err(LedgerError::Damaged(_)) => {}
            Err(other) => unreachable!("page {page}: {other:?}"),
        }
    }
    (unreadable, written)
}
