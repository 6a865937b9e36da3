//! What comes back for requests: returns by their nonce, keys, and payloads.

#![allow(clippy::unwrap_used)]

mod common;

use common::{House, NOW, accepted, request};
use ledger::{EventKind, Kept, Ledger, LedgerError, NewPayload, NewRequest, State, Verdict, Way};
use zeroize::Zeroizing;

fn planned(ledger: &Ledger, n: u32, nonce: &str, pub_key: &str) -> String {
    let new = NewRequest {
        return_nonce: (!nonce.is_empty()).then(|| nonce.to_owned()),
        pub_key: pub_key.to_owned(),
        ..request(n)
    };
    ledger.plan(&new).unwrap();
    new.id
}

fn payload(id: &str, request: Option<&str>, raw: &str, opened: Option<&str>) -> NewPayload {
    NewPayload {
        id: id.to_owned(),
        request: request.map(str::to_owned),
        way: Way::Brought,
        headers: String::new(),
        raw: raw.as_bytes().to_vec(),
        opened: opened.map(|text| Zeroizing::new(text.as_bytes().to_vec())),
        how_json: "{}".to_owned(),
        at_ms: NOW,
    }
}

#[test]
fn a_return_is_matched_by_its_nonce() {
    let house = House::new();
    let ledger = house.create();
    let one = planned(&ledger, 1, "nonce-1", "");
    let two = planned(&ledger, 2, "", "");
    let home = ledger.request_of_nonce("nonce-1").unwrap().unwrap();
    assert_eq!(
        (home.request.as_str(), home.state, home.returns),
        (one.as_str(), State::Planned, 0)
    );
    assert_eq!(home.planned_at_ms, request(1).at_ms);
    for _ in 0..2 {
        ledger
            .record_event(Some(&one), EventKind::Returned, "{}", NOW)
            .unwrap();
    }
    assert_eq!(
        ledger.request_of_nonce("nonce-1").unwrap().unwrap().returns,
        2
    );
    assert_eq!(ledger.request_of_nonce("nonce-2").unwrap(), None);
    assert_eq!(
        ledger.return_nonce(&one).unwrap().as_deref(),
        Some("nonce-1")
    );
    assert_eq!(ledger.return_nonce(&two).unwrap(), None);

    // The corrected request takes it over.
    let three = planned(&ledger, 3, "nonce-1", "");
    assert_eq!(
        ledger.request_of_nonce("nonce-1").unwrap().unwrap().request,
        three
    );
    assert_eq!(ledger.return_nonce(&one).unwrap(), None);
}

#[test]
fn keys_are_found_by_request_and_requests_by_key() {
    let house = House::new();
    let ledger = house.create();
    let one = planned(&ledger, 1, "", "pub-a");
    let two = planned(&ledger, 2, "", "pub-a");
    let bare = planned(&ledger, 3, "", "");
    let foreign = planned(&ledger, 4, "", "made elsewhere");
    ledger.store_key_pair("pub-a", b"a", NOW).unwrap();
    ledger
        .store_session_key(&bare, "pub-s", b"s", NOW + 1)
        .unwrap();
    ledger
        .store_session_key(&one, "pub-t", b"t", NOW + 2)
        .unwrap();

    let keys = |request: &str| -> Vec<String> {
        let keys = ledger.keys_of(request).unwrap().into_iter();
        keys.map(|key| key.pub_key).collect()
    };
    assert_eq!(keys(&one), ["pub-a", "pub-t"]);
    assert_eq!(keys(&bare), ["pub-s"]);
    assert!(keys(&foreign).is_empty(), "its private half is not here");
    assert_eq!(
        ledger.keys_of(&bare).unwrap()[0].private_pkcs8.as_slice(),
        b"s"
    );
    let all = ledger.own_keys(2).unwrap();
    assert_eq!(
        all.iter()
            .map(|key| key.pub_key.as_str())
            .collect::<Vec<_>>(),
        ["pub-t", "pub-s"]
    );
    assert!(!format!("{all:?}").contains("private"));

    assert_eq!(
        ledger.requests_of_key("pub-a", 9).unwrap(),
        [one.clone(), two]
    );
    assert_eq!(ledger.requests_of_key("pub-a", 1).unwrap().len(), 1);
    assert_eq!(ledger.requests_of_key("pub-t", 9).unwrap(), [one]);
    assert!(ledger.requests_of_key("", 9).unwrap().is_empty());
    let missing = ledger
        .store_session_key("none", "pub-u", b"u", NOW)
        .unwrap_err();
    assert!(matches!(missing, LedgerError::NoSuchRequest));
    assert_eq!(
        ledger.own_keys(9).unwrap().len(),
        3,
        "nothing of a failed call stays"
    );
}

#[test]
fn a_payload_is_kept_once_and_told_of() {
    let house = House::new();
    let ledger = house.create();
    let one = planned(&ledger, 1, "", "");
    let kept = ledger
        .keep_payload(&payload("p1", Some(&one), "sealed", Some("inside")))
        .unwrap();
    assert_eq!(kept, Kept::New);
    let again = ledger
        .keep_payload(&payload("p2", None, "sealed", None))
        .unwrap();
    assert_eq!(
        again,
        Kept::Known {
            id: "p1".to_owned()
        }
    );
    ledger
        .keep_payload(&payload("p3", None, "closed", None))
        .unwrap();

    let found = ledger.payloads(&one).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].opened.as_ref().unwrap().as_slice(), b"inside");
    assert_eq!(
        (found[0].raw.as_slice(), found[0].opened_at_ms),
        (&b"sealed"[..], Some(NOW))
    );
    assert!(!format!("{:?}", found[0]).contains("inside"));
    let loose = ledger.loose_payloads(9).unwrap();
    assert_eq!((loose.len(), loose[0].id.as_str()), (1, "p3"));
    let kinds: Vec<_> = ledger
        .events(&one)
        .unwrap()
        .into_iter()
        .map(|e| (e.kind, e.detail_json))
        .collect();
    let (kind, detail) = &kinds[1];
    assert_eq!(*kind, EventKind::PayloadOpened);
    assert!(
        detail.starts_with(r#"{"opened":true,"payload":"p1","sha256":""#),
        "{detail}"
    );
    assert_eq!(
        (
            ledger.unopened_count(None).unwrap(),
            ledger.unopened_count(Some(&one)).unwrap()
        ),
        (1, 0)
    );
}

#[test]
fn a_closed_payload_is_opened_once() {
    let house = House::new();
    let ledger = house.create();
    let one = planned(&ledger, 1, "", "");
    ledger
        .keep_payload(&payload("p1", None, "closed", None))
        .unwrap();
    let open = |request, text: &str| {
        let opened = Zeroizing::new(text.as_bytes().to_vec());
        ledger.open_payload("p1", request, opened, r#"{"profile":"ours"}"#, NOW + 5)
    };
    open(Some(one.as_str()), "inside").unwrap();
    let found = ledger.payload("p1").unwrap().unwrap();
    assert_eq!(found.request.as_deref(), Some(one.as_str()));
    assert_eq!(
        (found.how_json.as_str(), found.opened_at_ms),
        (r#"{"profile":"ours"}"#, Some(NOW + 5))
    );
    assert!(matches!(
        open(None, "other"),
        Err(LedgerError::NoSuchPayload)
    ));
    assert_eq!(ledger.payload("p1").unwrap().unwrap(), found);
    assert_eq!(
        ledger.events(&one).unwrap().last().unwrap().kind,
        EventKind::PayloadOpened
    );
    let bad = NewPayload {
        how_json: "{".to_owned(),
        ..payload("p2", None, "x", None)
    };
    assert!(matches!(
        ledger.keep_payload(&bad),
        Err(LedgerError::Detail(_))
    ));
}

#[test]
fn a_request_is_found_by_the_id_that_humanos_gave() {
    let house = House::new();
    let ledger = house.create();
    let one = planned(&ledger, 1, "", "");
    planned(&ledger, 2, "", "");
    let attempt = ledger.start_attempt(&one, NOW, NOW).unwrap();
    ledger
        .finish_attempt(&one, attempt, &accepted(1), Verdict::Final, NOW)
        .unwrap();
    let id = ledger.request(&one).unwrap().unwrap().humanos_id;
    assert_eq!(ledger.request_of_humanos_id(&id).unwrap(), Some(one));
    assert_eq!(
        ledger.request_of_humanos_id("").unwrap(),
        None,
        "requests without one are not meant"
    );
}
