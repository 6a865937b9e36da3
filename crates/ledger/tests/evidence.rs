//! Whatever is changed in a ledger or removed from it is found and named.
#![allow(clippy::unwrap_used)]

mod common;

use std::ops::ControlFlow;

use common::{House, NOW, accepted, hex, refused, request};
use ledger::{Damage, EventKind, Evidence, Ledger, NewPayload, Verdict, Way, What};
use rusqlite::params;
use zeroize::Zeroizing;

fn check(ledger: &Ledger) -> Evidence {
    ledger
        .check_evidence(|_, _| ControlFlow::Continue(()))
        .unwrap()
}

fn sent(ledger: &Ledger, n: u32) {
    let id = request(n).id;
    ledger.plan(&request(n)).unwrap();
    ledger.start_attempt(&id, NOW, NOW).unwrap();
    ledger
        .finish_attempt(&id, 1, &accepted(n), Verdict::Final, NOW)
        .unwrap();
}

fn payload(ledger: &Ledger, id: &str, request: Option<String>) {
    ledger
        .keep_payload(&NewPayload {
            id: id.into(),
            request,
            way: Way::Brought,
            headers: String::new(),
            raw: format!("sealed {id}").into_bytes(),
            opened: Some(Zeroizing::new(b"inside".to_vec())),
            how_json: "{}".into(),
            at_ms: NOW,
        })
        .unwrap();
}

/// Nine events of all that vouch for something: 1 to 3 of request 1, 4 to 6 of request 2.
fn small(house: &House) -> Ledger {
    let ledger = house.create();
    sent(&ledger, 1);
    ledger.plan(&request(2)).unwrap();
    let id = request(2).id;
    ledger.start_attempt(&id, NOW, NOW).unwrap();
    ledger
        .finish_attempt(&id, 1, &refused(422), Verdict::Final, NOW)
        .unwrap();
    payload(&ledger, "p", Some(id));
    ledger
        .record_event(None, EventKind::Strayed, r#"{"a":"é"}"#, NOW)
        .unwrap();
    ledger.add_device_key("kid", "{}", NOW).unwrap();
    ledger
}

/// The engine beneath, opened as any program with the key could, which does away with what guards the
/// tables.
fn engine(house: &House) -> rusqlite::Connection {
    let engine = rusqlite::Connection::open(&house.path).unwrap();
    let hex = hex(house.key.as_bytes());
    engine
        .execute_batch(&format!(
            "PRAGMA key = \"x'{hex}'\"; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;"
        ))
        .unwrap();
    let guards: Vec<String> = engine
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    for guard in guards {
        engine
            .execute_batch(&format!("DROP TRIGGER {guard}"))
            .unwrap();
    }
    engine
}

/// What is wrong, and with which events.
type Place = (What, Option<(u64, Option<u64>)>);

fn one(n: u64, what: What) -> Place {
    (what, Some((n, Some(n))))
}

fn places(evidence: &Evidence) -> Vec<Place> {
    evidence
        .damages
        .iter()
        .map(|d| (d.what, d.events))
        .collect()
}

#[test]
fn a_ledger_as_it_was_written_is_sound() {
    let house = House::new();
    let ledger = small(&house);
    let mut told = Vec::new();
    let evidence = ledger
        .check_evidence(|done, size| {
            told.push((done, size));
            ControlFlow::Continue(())
        })
        .unwrap();
    assert!(evidence.is_sound(), "{evidence:?}");
    assert_eq!((evidence.size, evidence.checked), (9, 9));
    assert_eq!(told, [(0, 9), (9, 9)]);
    let off = ledger
        .check_evidence(|_, _| ControlFlow::Break(()))
        .unwrap();
    assert_eq!((off.size, off.checked), (9, 0));
    assert!(!off.is_sound(), "a check that was called off says nothing");
    assert!(check(&House::new().create()).is_sound());
}

#[test]
fn what_comes_while_it_is_checked_is_no_damage() {
    let house = House::new();
    let ledger = small(&house);
    let other = ledger.another().unwrap();
    let mut n = 10;
    let evidence = ledger
        .check_evidence(|_, _| {
            sent(&other, n);
            payload(&other, &n.to_string(), None);
            n += 1;
            ControlFlow::Continue(())
        })
        .unwrap();
    assert!(evidence.is_sound(), "{evidence:?}");
    assert!(check(&ledger).is_sound());
    assert_eq!(check(&ledger).size, 17);
}

#[test]
fn every_bit_of_every_event_counts() {
    let house = House::new();
    let ledger = small(&house);
    let engine = engine(&house);
    let mut flips = 0;
    for n in 1..=9_u64 {
        for column in ["kind", "detail", "hash"] {
            let sql = format!("SELECT CAST({column} AS BLOB) FROM event WHERE sequence = ?1");
            let whole: Vec<u8> = engine.query_row(&sql, [n as i64], |r| r.get(0)).unwrap();
            let cast = if column == "hash" {
                "?1"
            } else {
                "CAST(?1 AS TEXT)"
            };
            let sql = format!("UPDATE event SET {column} = {cast} WHERE sequence = ?2");
            for bit in 0..whole.len() * 8 {
                let mut bytes = whole.clone();
                bytes[bit / 8] ^= 1 << (bit % 8);
                engine.execute(&sql, params![bytes, n as i64]).unwrap();
                let found = check(&ledger);
                assert!(!found.damages.is_empty(), "{column} of {n}, bit {bit}");
                for damage in &found.damages {
                    assert_eq!(
                        damage.events,
                        Some((n, Some(n))),
                        "{column}, bit {bit}: {damage}"
                    );
                }
                flips += 1;
            }
            engine.execute(&sql, params![whole, n as i64]).unwrap();
        }
        for column in ["at_ms", "request", "sequence"] {
            for bit in 0..64 {
                let flip = |from: i64| from ^ (1_i64 << bit);
                let sql = format!("SELECT {column} FROM event WHERE sequence = ?1");
                let whole: Option<i64> = engine.query_row(&sql, [n as i64], |r| r.get(0)).unwrap();
                let changed = flip(whole.unwrap_or(0));
                if column == "sequence" && (1..=9).contains(&changed) {
                    continue;
                }
                let at = if column == "sequence" {
                    changed
                } else {
                    n as i64
                };
                let sql = format!("UPDATE event SET {column} = ?1 WHERE sequence = ?2");
                engine.execute(&sql, params![changed, n as i64]).unwrap();
                let found = check(&ledger);
                let is_named = |d: &Damage| {
                    d.events
                        .is_some_and(|(first, last)| first <= n && last.is_none_or(|l| l >= n))
                };
                // The last one taken for one below 1 leaves no gap.
                let is_stray = n == 9 && changed < 1 && found.damages[0].what == What::Stray;
                assert!(
                    is_stray || found.damages.iter().any(is_named),
                    "{column} of {n}, bit {bit}: {found:?}"
                );
                engine.execute(&sql, params![whole, at]).unwrap();
                flips += 1;
            }
        }
    }
    assert!(check(&ledger).is_sound(), "everything is as before");
    assert!(flips > 10_000, "{flips}");
}

/// What is found in the small ledger after this was done to it.
fn after(attack: &str) -> Vec<Place> {
    let house = House::new();
    let ledger = small(&house);
    engine(&house).execute_batch(attack).unwrap();
    // Reading goes on.
    for n in [1, 2] {
        ledger.events(&request(n).id).unwrap();
    }
    places(&check(&ledger))
}

#[test]
fn changed_events_are_named_and_no_others() {
    for (attack, found) in [
        (
            "UPDATE event SET kind = 'exported' WHERE sequence = 8",
            vec![one(8, What::Hash)],
        ),
        (
            "UPDATE event SET kind = 'nothing' WHERE sequence = 8",
            vec![one(8, What::Kind)],
        ),
        (
            "UPDATE event SET detail = '{ }' WHERE sequence = 8",
            vec![one(8, What::Detail)],
        ),
        (
            "UPDATE event SET request = 99 WHERE sequence = 5",
            vec![one(5, What::Request)],
        ),
        (
            "UPDATE event SET hash = zeroblob(32) WHERE sequence IN (4, 5)",
            vec![one(4, What::Hash), one(5, What::Hash)],
        ),
        (
            "UPDATE event SET at_ms = 0 WHERE sequence IN (1, 9)",
            vec![one(1, What::Hash), one(9, What::Hash)],
        ),
        // Removed ones: the next cannot be hashed any more, for want of what it names.
        (
            "DELETE FROM event WHERE sequence = 1",
            vec![one(1, What::Missing), one(2, What::Unproven)],
        ),
        (
            "DELETE FROM event WHERE sequence IN (3, 4)",
            vec![(What::Missing, Some((3, Some(4)))), one(5, What::Unproven)],
        ),
        (
            "UPDATE event SET sequence = -sequence WHERE sequence = 2",
            vec![
                (What::Stray, None),
                one(2, What::Missing),
                one(3, What::Unproven),
            ],
        ),
        // Off the end, with the answer left behind.
        (
            "DELETE FROM event WHERE sequence >= 6",
            vec![(What::UnnotedReply, None), (What::UnnotedPayload, None)],
        ),
        (
            "DELETE FROM event WHERE sequence >= 4",
            vec![
                (What::UnnotedRequest, None),
                (What::UnnotedReply, None),
                (What::UnnotedPayload, None),
            ],
        ),
    ] {
        assert_eq!(after(attack), found, "{attack}");
    }
}

#[test]
fn what_events_vouch_for_is_checked() {
    for (attack, found) in [
        (
            "UPDATE body SET bytes = x'00' WHERE request = 2",
            one(4, What::Body),
        ),
        (
            "UPDATE request SET body_sha256 = 'x' WHERE number = 2",
            one(4, What::Body),
        ),
        ("DELETE FROM body WHERE request = 2", one(4, What::Lost)),
        (
            "UPDATE request SET url = 'x' WHERE number = 1",
            one(1, What::Plan),
        ),
        (
            "UPDATE request SET idempotency_key = 'x' WHERE number = 1",
            one(1, What::Plan),
        ),
        (
            "UPDATE request SET api_version = 'x' WHERE number = 1",
            one(1, What::Plan),
        ),
        (
            "UPDATE request SET people = 9 WHERE number = 1",
            one(1, What::Plan),
        ),
        (
            "UPDATE request SET practice = 1 WHERE number = 1",
            one(1, What::Plan),
        ),
        (
            "UPDATE request SET created_at_ms = 1 WHERE number = 1",
            one(1, What::Plan),
        ),
        (
            "UPDATE reply SET body = body || ' ' WHERE number = 1",
            one(3, What::Reply),
        ),
        (
            "UPDATE reply SET salt = substr(salt, 2) WHERE number = 1",
            one(3, What::Reply),
        ),
        (
            "UPDATE reply SET commitment = salt WHERE number = 2",
            one(6, What::Reply),
        ),
        (
            "UPDATE attempt SET reply = NULL, status = NULL WHERE request = 1",
            one(3, What::Lost),
        ),
        ("UPDATE payload SET raw = x'00'", one(7, What::Payload)),
        ("UPDATE payload SET sha256 = 'x'", one(7, What::Payload)),
        ("DELETE FROM payload", one(7, What::Lost)),
    ] {
        assert_eq!(after(attack), [found], "{attack}");
    }
    let id = request(2).id;
    let house = House::new();
    let ledger = small(&house);
    engine(&house)
        .execute_batch("UPDATE body SET bytes = x'00'")
        .unwrap();
    let told: Vec<String> = check(&ledger)
        .damages
        .iter()
        .map(ToString::to_string)
        .collect();
    let of = |n: u64, id: &str| {
        format!("event {n} tells of another body than the request has (request {id})")
    };
    assert_eq!(told, [of(1, &request(1).id), of(4, &id)]);
}

#[test]
fn a_request_put_in_beside_the_events_is_named() {
    let house = House::new();
    let ledger = small(&house);
    engine(&house)
        .execute_batch(
            "INSERT INTO request SELECT 9, 'x', connection_id, connection_name, practice, url,
                 api_version, 'x', body_sha256, name, internal_id, security_level, pub_key, people,
                 first_contact, created_at_ms, batch, position FROM request WHERE number = 1;",
        )
        .unwrap();
    let found = check(&ledger);
    assert_eq!(places(&found), [(What::UnnotedRequest, None)]);
    assert_eq!(found.damages[0].request.as_deref(), Some("x"));
}

#[test]
fn a_list_is_checked() {
    let house = House::new();
    let ledger = house.create();
    common::planned(&ledger, 1);
    ledger
        .keep_sources("b", [("a".to_owned(), b"one"), ("b".to_owned(), b"two")])
        .unwrap();
    let is_changed = |found: &Evidence| places(found).contains(&(What::Source, None));
    assert!(!is_changed(&check(&ledger)));
    engine(&house)
        .execute_batch("UPDATE source SET bytes = x'00' WHERE number = 2")
        .unwrap();
    assert!(is_changed(&check(&ledger)));
}

#[test]
fn much_damage_is_counted_and_the_first_of_it_told() {
    let house = House::new();
    let ledger = house.create();
    ledger
        .plan_batch(&common::batch("b"), (0..700).map(request))
        .unwrap();
    engine(&house)
        .execute_batch("UPDATE event SET at_ms = 0")
        .unwrap();
    let found = check(&ledger);
    assert_eq!((found.damage_count, found.damages.len()), (700, 200));
    assert_eq!(found.damages[199].events, Some((200, Some(200))));
}
