//! What comes home: people by the word in the address, answers by their bytes, and the keys for them.
#![allow(clippy::unwrap_used)]

mod common;

use common::{House, NOW, accepted, batch, refused, request};
use ledger::{
    Event, EventKind, Homecoming, Kept, Ledger, LedgerError, NewPayload, NewRequest, State,
    Verdict, Way,
};
use zeroize::Zeroizing;

/// Not the caller's sums, so that the ledger's own are compared with something.
const SHA256_OF_ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

fn with_nonce(n: u32, nonce: &str) -> NewRequest {
    NewRequest {
        return_nonce: Some(nonce.into()),
        ..request(n)
    }
}

fn payload(id: &str, raw: &[u8]) -> NewPayload {
    NewPayload {
        id: id.into(),
        request: None,
        way: Way::Brought,
        headers: String::new(),
        raw: raw.into(),
        opened: None,
        how_json: "{}".into(),
        at_ms: NOW,
    }
}

fn opened(id: &str, raw: &[u8], request: &str) -> NewPayload {
    NewPayload {
        request: Some(request.into()),
        opened: Some(Zeroizing::new(b"inside".to_vec())),
        ..payload(id, raw)
    }
}

fn last_event(ledger: &Ledger, request: &str) -> Event {
    ledger.events(request).unwrap().pop().unwrap()
}

fn pub_keys(keys: &[ledger::OwnKey]) -> Vec<&str> {
    keys.iter().map(|k| k.pub_key.as_str()).collect()
}

#[test]
fn a_person_comes_home_by_the_word_in_the_address() {
    let house = House::new();
    let ledger = house.create();
    let r = with_nonce(1, "nonce-1");
    ledger.plan(&r).unwrap();
    ledger.plan(&request(2)).unwrap();
    let home = |returns, state| Homecoming {
        request: r.id.clone(),
        planned_at_ms: r.at_ms,
        state,
        returns,
    };
    assert_eq!(
        ledger.request_of_nonce("nonce-1").unwrap(),
        Some(home(0, State::Planned))
    );
    for _ in 0..2 {
        ledger
            .record_event(Some(&r.id), EventKind::Returned, "{}", NOW)
            .unwrap();
    }
    ledger
        .record_event(Some(&r.id), EventKind::Strayed, "{}", NOW)
        .unwrap();
    ledger.start_attempt(&r.id, NOW, NOW).unwrap();
    drop(ledger);
    let ledger = house.open();
    assert_eq!(
        ledger.request_of_nonce("nonce-1").unwrap(),
        Some(home(2, State::Sending))
    );
    assert_eq!(ledger.return_nonce(&r.id).unwrap().unwrap(), "nonce-1");
    assert_eq!(ledger.return_nonce(&request(2).id).unwrap(), None);
    assert_eq!(ledger.return_nonce("nobody").unwrap(), None);
    for stranger in ["", "NONCE-1", "nonce-1 ", "' OR 1 = 1 --"] {
        assert_eq!(ledger.request_of_nonce(stranger).unwrap(), None);
    }
}

#[test]
fn a_corrected_request_takes_the_word_over() {
    let house = House::new();
    let ledger = house.create();
    ledger
        .plan_batch(&batch("b"), [with_nonce(1, "one"), with_nonce(2, "two")])
        .unwrap();
    let old = request(1).id;
    let attempt = ledger.start_attempt(&old, NOW, NOW).unwrap();
    ledger
        .finish_attempt(&old, attempt, &refused(400), Verdict::Final, NOW)
        .unwrap();
    let new = with_nonce(3, "one");
    ledger.replace_refused(&old, &new, NOW).unwrap();
    let home = ledger.request_of_nonce("one").unwrap().unwrap();
    assert_eq!((home.request, home.state), (new.id.clone(), State::Planned));
    assert_eq!(ledger.return_nonce(&old).unwrap(), None);
    assert_eq!(ledger.return_nonce(&new.id).unwrap().unwrap(), "one");
    let other = ledger.request_of_nonce("two").unwrap().unwrap();
    assert_eq!(other.request, request(2).id);
}

#[test]
fn a_batch_that_was_not_planned_to_its_end_leaves_no_word_behind() {
    let house = House::new();
    let ledger = house.create();
    let requests = (0..1_500).map(|n| with_nonce(n, &format!("nonce-{n}")));
    let other = house.open();
    let failing = requests.map(Ok).chain(std::iter::once_with(|| {
        // The first thousand are on the disk by now, and nobody comes home to them.
        assert_eq!(other.requests("", 0, 1).unwrap().total, 0);
        assert_eq!(other.request_of_nonce("nonce-3").unwrap(), None);
        Err(LedgerError::EmptyBatch)
    }));
    ledger.try_plan_batch(&batch("b"), failing).unwrap_err();
    assert_eq!(ledger.return_nonce(&request(3).id).unwrap(), None);
    ledger.plan(&with_nonce(3, "nonce-3")).unwrap();
    assert!(ledger.request_of_nonce("nonce-3").unwrap().is_some());
    ledger.check_integrity().unwrap();
}

#[test]
fn the_keys_of_a_request_are_its_own_and_those_of_its_sessions() {
    let house = House::new();
    let ledger = house.create();
    let r = NewRequest {
        pub_key: "own".into(),
        ..request(1)
    };
    let foreign = NewRequest {
        pub_key: "made elsewhere".into(),
        ..request(2)
    };
    for request in [&r, &foreign, &request(3)] {
        ledger.plan(request).unwrap();
    }
    ledger.store_session_key(&r.id, "s1", b"1", NOW).unwrap();
    ledger.store_key_pair("own", b"0", NOW).unwrap();
    for key in ["s2", "s1", "own"] {
        ledger.store_session_key(&r.id, key, b"2", NOW + 1).unwrap();
    }
    ledger
        .store_session_key(&foreign.id, "s1", b"3", NOW + 2)
        .unwrap();
    drop(ledger);

    let ledger = house.open();
    let keys = ledger.keys_of(&r.id).unwrap();
    assert_eq!(pub_keys(&keys), ["own", "s2", "s1"]);
    assert_eq!(
        keys.iter()
            .map(|k| &k.private_pkcs8[..])
            .collect::<Vec<_>>(),
        [b"0", b"2", b"1"],
        "a pair that is there stays as it is"
    );
    assert_eq!(pub_keys(&ledger.keys_of(&foreign.id).unwrap()), ["s1"]);
    assert_eq!(ledger.keys_of(&request(3).id).unwrap(), []);
    assert_eq!(ledger.keys_of("nobody").unwrap(), []);
    assert_eq!(pub_keys(&ledger.own_keys(10).unwrap()), ["s2", "own", "s1"]);
    assert_eq!(pub_keys(&ledger.own_keys(1).unwrap()), ["s2"]);
    assert!(!format!("{keys:?}").contains("private"));

    let of = |key: &str, limit| ledger.requests_of_key(key, limit).unwrap();
    assert_eq!(of("s1", 10), [foreign.id.clone(), r.id.clone()]);
    assert_eq!(of("s1", 1), [foreign.id.as_str()]);
    assert_eq!(of("own", 10), [r.id.as_str()]);
    assert_eq!(of("made elsewhere", 10), [foreign.id.as_str()]);
    assert_eq!(of("", 10), [""; 0], "a request without a key has none");
    assert!(matches!(
        ledger.store_session_key("nobody", "s9", b"9", NOW),
        Err(LedgerError::NoSuchRequest)
    ));
    assert_eq!(ledger.private_key("s9").unwrap(), None);
}

#[test]
fn a_request_is_found_by_the_id_that_humanos_gave() {
    let house = House::new();
    let ledger = house.create();
    for n in 1..3 {
        ledger.plan(&request(n)).unwrap();
    }
    let attempt = ledger.start_attempt(&request(1).id, NOW, NOW).unwrap();
    ledger
        .finish_attempt(&request(1).id, attempt, &accepted(1), Verdict::Final, NOW)
        .unwrap();
    let id = ledger.request(&request(1).id).unwrap().unwrap().humanos_id;
    assert_eq!(
        ledger.request_of_humanos_id(&id).unwrap(),
        Some(request(1).id)
    );
    assert_eq!(ledger.request_of_humanos_id("65F0").unwrap(), None);
    assert_eq!(ledger.request_of_humanos_id("").unwrap(), None);
}

#[test]
fn a_payload_reads_back_as_it_came() {
    let house = House::new();
    let ledger = house.create();
    let r = request(1).id;
    ledger.plan(&request(1)).unwrap();
    let new = NewPayload {
        way: Way::Webhook,
        headers: r#"[["x-signature","s"]]"#.into(),
        how_json: r#"{"profile":"sealed"}"#.into(),
        ..opened("p1", b"abc", &r)
    };
    assert_eq!(ledger.keep_payload(&new).unwrap(), Kept::New);
    drop(ledger);

    let ledger = house.open();
    let kept = ledger.payload("p1").unwrap().unwrap();
    assert_eq!((&kept.id, &kept.request), (&new.id, &new.request));
    assert_eq!((kept.way, &kept.headers), (new.way, &new.headers));
    assert_eq!((&kept.raw, &kept.opened), (&new.raw, &new.opened));
    assert_eq!(kept.how_json, new.how_json);
    assert_eq!(kept.sha256, SHA256_OF_ABC);
    assert_eq!((kept.arrived_at_ms, kept.opened_at_ms), (NOW, Some(NOW)));
    let event = last_event(&ledger, &r);
    assert_eq!((event.kind, event.at_ms), (EventKind::PayloadOpened, NOW));
    assert_eq!(
        event.detail_json,
        format!(r#"{{"opened":true,"payload":"p1","sha256":"{SHA256_OF_ABC}","way":"webhook"}}"#)
    );
    for printed in [format!("{new:?}"), format!("{kept:?}")] {
        // As text and as bytes.
        for word in ["abc", "97, 98", "inside", "105, 110", "x-signature"] {
            assert!(!printed.contains(word), "{word} in {printed}");
        }
    }
    assert_eq!(ledger.payload("p2").unwrap(), None);
    assert_eq!(ledger.payloads("nobody").unwrap(), []);
}

#[test]
fn the_same_bytes_are_kept_once() {
    let house = House::new();
    let ledger = house.create();
    let r = request(1).id;
    ledger.plan(&request(1)).unwrap();
    ledger.keep_payload(&payload("p1", b"abc")).unwrap();
    let events = ledger.events(&r).unwrap();
    for id in ["p1", "p2"] {
        assert_eq!(
            ledger.keep_payload(&opened(id, b"abc", &r)).unwrap(),
            Kept::Known { id: "p1".into() }
        );
    }
    assert_eq!(ledger.payload("p1").unwrap().unwrap().opened, None);
    assert_eq!(ledger.events(&r).unwrap(), events);
    assert!(matches!(
        ledger.keep_payload(&payload("p1", b"other")),
        Err(LedgerError::DuplicatePayload)
    ));
    assert_eq!(
        ledger.keep_payload(&payload("p3", b"")).unwrap(),
        Kept::New,
        "no bytes are bytes too"
    );
}

#[test]
fn a_payload_is_opened_once_and_joins_a_request_if_it_had_none() {
    let house = House::new();
    let ledger = house.create();
    let [r1, r2] = [1, 2].map(|n| {
        ledger.plan(&request(n)).unwrap();
        request(n).id
    });
    ledger.keep_payload(&payload("loose", b"1")).unwrap();
    let bound = NewPayload {
        request: Some(r1.clone()),
        way: Way::Session,
        ..payload("bound", b"2")
    };
    ledger.keep_payload(&bound).unwrap();
    ledger.keep_payload(&payload("lost", b"3")).unwrap();
    assert_eq!(last_event(&ledger, &r1).kind, EventKind::PayloadKept);
    let unopened = |request| ledger.unopened_count(request).unwrap();
    assert_eq!((unopened(None), unopened(Some(&r1))), (2, 1));

    for id in ["loose", "bound"] {
        ledger
            .open_payload(id, Some(&r2), b"inside", r#"{"a":1}"#, NOW + 5)
            .unwrap();
        let payload = ledger.payload(id).unwrap().unwrap();
        assert_eq!(&payload.opened.unwrap()[..], b"inside");
        assert_eq!(payload.how_json, r#"{"a":1}"#);
        assert_eq!(
            (payload.arrived_at_ms, payload.opened_at_ms),
            (NOW, Some(NOW + 5))
        );
        let again = ledger.open_payload(id, None, b"other", "{}", NOW);
        assert!(matches!(again, Err(LedgerError::AlreadyOpened)));
    }
    assert_eq!((unopened(None), unopened(Some(&r1))), (1, 0));
    let ids = |request: &str| -> Vec<String> {
        let payloads = ledger.payloads(request).unwrap();
        payloads.into_iter().map(|p| p.id).collect()
    };
    assert_eq!(ids(&r1), ["bound"], "it stays with its own");
    assert_eq!(ids(&r2), ["loose"]);
    let event = last_event(&ledger, &r2);
    assert_eq!(
        (event.kind, event.at_ms),
        (EventKind::PayloadOpened, NOW + 5)
    );
    assert!(event.detail_json.contains(r#""payload":"loose""#));
    assert!(last_event(&ledger, &r1).detail_json.contains("bound"));

    let no_payload = ledger.open_payload("none", None, b"", "{}", NOW);
    assert!(matches!(no_payload, Err(LedgerError::NoSuchPayload)));
    let no_request = ledger.open_payload("lost", Some("nobody"), b"", "{}", NOW);
    assert!(matches!(no_request, Err(LedgerError::NoSuchRequest)));
    ledger.open_payload("lost", None, b"", "{}", NOW).unwrap();
    let lost = ledger.payload("lost").unwrap().unwrap();
    assert_eq!((lost.request, lost.opened_at_ms), (None, Some(NOW)));
}

#[test]
fn loose_payloads_come_newest_first() {
    let house = House::new();
    let ledger = house.create();
    ledger.plan(&request(1)).unwrap();
    for n in 0_u32..250 {
        let raw = n.to_le_bytes();
        ledger
            .keep_payload(&payload(&format!("p{n}"), &raw))
            .unwrap();
    }
    ledger
        .keep_payload(&opened("other", b"x", &request(1).id))
        .unwrap();
    let loose = ledger.loose_payloads(3).unwrap();
    let ids: Vec<_> = loose.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids, ["p249", "p248", "p247"]);
    assert_eq!(ledger.loose_payloads(u32::MAX).unwrap().len(), 200);
    assert_eq!(ledger.unopened_count(None).unwrap(), 250);
}

#[test]
fn what_is_wrong_with_a_payload_leaves_nothing() {
    let house = House::new();
    let ledger = house.create();
    for how in ["", "no", "[]", "1", "null", r#"{"a":1} {}"#, r#"{"a":}"#] {
        let how = NewPayload {
            how_json: how.into(),
            ..payload("p", b"abc")
        };
        assert!(matches!(
            ledger.keep_payload(&how),
            Err(LedgerError::How(_))
        ));
    }
    assert!(matches!(
        ledger.keep_payload(&opened("p", b"abc", "nobody")),
        Err(LedgerError::NoSuchRequest)
    ));
    assert!(matches!(
        ledger.unopened_count(Some("nobody")),
        Err(LedgerError::NoSuchRequest)
    ));
    assert_eq!(ledger.payload("p").unwrap(), None);
    assert_eq!(ledger.loose_payloads(10).unwrap(), []);
}

#[test]
fn every_way_is_read_back_by_its_name() {
    let house = House::new();
    let ledger = house.create();
    for way in [Way::Session, Way::Brought, Way::Webhook] {
        let new = NewPayload {
            way,
            ..payload(way.as_str(), way.as_str().as_bytes())
        };
        ledger.keep_payload(&new).unwrap();
        assert_eq!(ledger.payload(way.as_str()).unwrap().unwrap().way, way);
        assert_eq!(serde_json::to_string(&way).unwrap(), format!("\"{way}\""));
    }
}
