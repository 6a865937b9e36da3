//! What the contact list needs of the ledger: its files, and who was asked before.
#![allow(clippy::unwrap_used)]

mod common;

use common::{House, NOW, accepted, refused, request};
use ledger::{Outcome, Verdict};

#[test]
fn attachments_are_replaced_and_forgotten_by_the_beginning_of_their_name() {
    let house = House::new();
    let ledger = house.create();
    assert_eq!(ledger.attachment("list/0/cells").unwrap(), None);
    ledger.attach("list/0/cells", b"old", NOW).unwrap();
    ledger.attach("list/0/cells", b"new", NOW).unwrap();
    ledger.attach("list/1/cells", &[0; 100_000], NOW).unwrap();
    ledger.attach("list_0", b"other", NOW).unwrap();
    drop(ledger);
    let ledger = house.open();
    assert_eq!(ledger.attachment("list/0/cells").unwrap().unwrap(), b"new");
    assert_eq!(ledger.detach("list/").unwrap(), 2);
    assert_eq!(ledger.attachment("list/1/cells").unwrap(), None);
    assert_eq!(ledger.attachment("list_0").unwrap().unwrap(), b"other");
}

#[test]
fn only_people_who_may_have_been_reached_were_asked_before_and_the_newest_request_counts() {
    let house = House::new();
    let ledger = house.create();
    let none = std::iter::once("person1@example.com");
    assert_eq!(ledger.asked_before(none).unwrap(), []);
    let outcomes = [
        Some(accepted(1)),
        Some(refused(400)),
        Some(Outcome::Unknown {
            reason: "timed out".into(),
        }),
        None,
    ];
    for (n, outcome) in (1_u32..).zip(outcomes) {
        let r = request(n);
        ledger.plan(&r).unwrap();
        if let Some(outcome) = outcome {
            let attempt = ledger.start_attempt(&r.id, NOW, NOW).unwrap();
            ledger
                .finish_attempt(&r.id, attempt, &outcome, Verdict::Final, NOW)
                .unwrap();
        }
    }
    let contacts = [
        "PERSON1@example.com",
        "person2@example.com",
        "person3@example.com",
        "person4@example.com",
        "+351912345678",
        "nobody@example.com",
    ];
    let found = ledger.asked_before(contacts.into_iter()).unwrap();
    let found: Vec<_> = found
        .iter()
        .map(|(contact, asked)| (contact.as_str(), asked.name.as_str(), asked.at_ms))
        .collect();
    assert_eq!(
        found,
        [
            ("PERSON1@example.com", "Request 1", NOW + 1),
            ("person3@example.com", "Request 3", NOW + 3),
            ("+351912345678", "Request 3", NOW + 3),
        ]
    );
}
