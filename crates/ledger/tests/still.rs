//! One moment of the ledger, read while others write.
#![allow(clippy::unwrap_used)]

mod common;

use common::{House, NOW, request};
use ledger::{Filter, Within};

fn count(ledger: &ledger::Ledger) -> usize {
    let all = Filter {
        within: Within::All,
        search: String::new(),
    };
    ledger.request_ids(all).unwrap().count()
}

#[test]
fn what_others_write_meanwhile_is_seen_afterwards() {
    let house = House::new();
    let (writer, reader) = (house.create(), house.open());
    writer.plan(&request(1)).unwrap();
    let still = reader.hold_still().unwrap();
    let head = reader.leaves().unwrap();
    let before = reader.request(&request(1).id).unwrap().unwrap();

    writer.plan(&request(2)).unwrap();
    writer.start_attempt(&request(1).id, NOW, NOW).unwrap();
    assert_eq!(reader.leaves().unwrap(), head);
    assert_eq!(count(&reader), 1);
    let now = reader.request(&request(1).id).unwrap().unwrap();
    assert_eq!((now.state, now.events), (before.state, before.events));
    assert!(reader.request(&request(2).id).unwrap().is_none());

    drop(still);
    assert_eq!(count(&reader), 2);
    assert!(reader.leaves().unwrap().len() > head.len());
    // It writes again as well.
    reader.start_attempt(&request(2).id, NOW, NOW).unwrap();
}

#[test]
fn it_can_be_held_again_but_not_twice_at_once() {
    let house = House::new();
    let ledger = house.create();
    let still = ledger.hold_still().unwrap();
    assert!(ledger.hold_still().is_err());
    // The second try did not end the first.
    assert!(ledger.hold_still().is_err());
    drop(still);
    ledger.hold_still().unwrap();
    ledger.plan(&request(1)).unwrap();
}
