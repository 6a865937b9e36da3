//! What is kept for an auditor beside the events: device keys, lists as imported, and the way through
//! many requests.
#![allow(clippy::unwrap_used)]

mod common;

use common::{House, NOW, batch, planned, request};
use ledger::{Filter, Ledger, LedgerError, Within};

#[test]
fn a_new_device_key_takes_the_place_of_the_one_before() {
    let house = House::new();
    let ledger = house.create();
    assert!(ledger.device_keys().unwrap().is_empty());
    ledger
        .add_device_key("one", r#"{"y":"2", "x":"1"}"#, NOW)
        .unwrap();
    ledger
        .add_device_key("two", r#"{"x":"3"}"#, NOW + 1)
        .unwrap();
    for (kid, jwk) in [("three", "[]"), ("four", "{")] {
        let error = ledger.add_device_key(kid, jwk, NOW);
        assert!(matches!(error, Err(LedgerError::DeviceKey(_))));
    }
    let error = ledger.add_device_key("one", "{}", NOW);
    assert!(matches!(error, Err(LedgerError::DuplicateDeviceKey)));
    let keys = ledger.device_keys().unwrap();
    let keys: Vec<_> = keys
        .iter()
        .map(|k| {
            (
                k.kid.as_str(),
                k.jwk.as_str(),
                k.made_at_ms,
                k.retired_at_ms,
            )
        })
        .collect();
    assert_eq!(
        keys,
        [
            ("two", r#"{"x":"3"}"#, NOW + 1, None),
            ("one", r#"{"x":"1","y":"2"}"#, NOW, Some(NOW + 1)),
        ]
    );
    assert_eq!(ledger.head_size().unwrap(), 2);
}

#[test]
fn the_lists_of_a_batch_are_kept_byte_for_byte_and_once() {
    let house = House::new();
    let ledger = house.create();
    planned(&ledger, 2);
    ledger.plan_batch(&batch("c"), [request(9)]).unwrap();
    let big = vec![7_u8; 300_000];
    let files = || {
        [
            ("a.csv".to_owned(), &b"one"[..]),
            ("b.xlsx".to_owned(), &big),
            ("c".to_owned(), b"one"),
            ("d".to_owned(), b""),
        ]
    };
    ledger.keep_sources("b", files()).unwrap();
    assert!(matches!(
        ledger.keep_sources("b", files()),
        Err(LedgerError::SourcesKept)
    ));
    assert!(matches!(
        ledger.keep_sources("x", files()),
        Err(LedgerError::NoSuchBatch)
    ));
    assert!(matches!(ledger.sources("x"), Err(LedgerError::NoSuchBatch)));
    assert!(ledger.sources("c").unwrap().is_empty());
    let size = || std::fs::metadata(&house.path).unwrap().len();
    drop(ledger);
    let before = size();
    let ledger = house.open();
    ledger
        .keep_sources("c", [("again".to_owned(), big.clone())])
        .unwrap();
    let kept = ledger.sources("b").unwrap();
    let shown: Vec<_> = kept
        .iter()
        .map(|s| (s.position, s.name.as_str(), s.length))
        .collect();
    assert_eq!(
        shown,
        [
            (0, "a.csv", 3),
            (1, "b.xlsx", 300_000),
            (2, "c", 3),
            (3, "d", 0)
        ]
    );
    assert_eq!(
        kept[0].sha256,
        "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"
    );
    assert_eq!(kept[0].sha256, kept[2].sha256);
    for ((_, bytes), source) in files().into_iter().zip(&kept) {
        assert_eq!(
            ledger.source_bytes("b", source.position).unwrap().unwrap(),
            bytes
        );
    }
    assert_eq!(ledger.source_bytes("b", 4).unwrap(), None);
    assert_eq!(ledger.source_bytes("c", 0).unwrap().unwrap(), big);
    drop(ledger);
    assert!(size() < before + 100_000, "the same bytes are there twice");
}

fn ids(ledger: &Ledger, within: Within, search: &str) -> Vec<String> {
    let search = search.to_owned();
    let found = ledger.request_ids(Filter { within, search }).unwrap();
    found.collect::<Result<_, _>>().unwrap()
}

fn of(numbers: impl IntoIterator<Item = u32>) -> Vec<String> {
    numbers.into_iter().map(|n| request(n).id).collect()
}

#[test]
fn many_requests_are_gone_through_in_order() {
    let house = House::new();
    let ledger = house.create();
    ledger.plan(&request(9_000)).unwrap();
    planned(&ledger, 2_500);
    ledger
        .plan_batch(&batch("c"), [request(8_001), request(8_000)])
        .unwrap();
    let b = || Within::Batch("b".into());
    assert_eq!(ids(&ledger, b(), ""), of(0..2_500));
    assert_eq!(ids(&ledger, b(), " PERSON77@ "), of([77]));
    assert_eq!(
        ids(&ledger, b(), "case-24"),
        of([24].into_iter().chain(240..250).chain(2_400..2_500))
    );
    assert_eq!(
        ids(&ledger, Within::Batch("c".into()), ""),
        of([8_001, 8_000])
    );
    assert_eq!(
        ids(&ledger, Within::All, ""),
        of([9_000].into_iter().chain(0..2_500).chain([8_001, 8_000]))
    );
    let period = Within::Period {
        from_ms: NOW + 2_498,
        to_ms: NOW + 8_001,
    };
    assert_eq!(ids(&ledger, period.clone(), ""), of([2_498, 2_499, 8_000]));
    assert_eq!(ids(&ledger, period, "request 8000"), of([8_000]));
    let some = || Within::Ids(of([3, 9_000, 1, 3]));
    assert_eq!(ids(&ledger, some(), ""), of([3, 9_000, 1]));
    assert_eq!(ids(&ledger, some(), "case-9000"), of([9_000]));
    let filter = |within| Filter {
        within,
        search: String::new(),
    };
    let lost = filter(Within::Ids(of([3, 7_777, 1])));
    let mut lost = ledger.request_ids(lost).unwrap();
    assert_eq!(lost.next().unwrap().unwrap(), request(3).id);
    assert!(matches!(lost.next(), Some(Err(LedgerError::NoSuchRequest))));
    assert!(lost.next().is_none());
    let nowhere = ledger.request_ids(filter(Within::Batch("x".into())));
    assert!(matches!(nowhere, Err(LedgerError::NoSuchBatch)));
}

#[test]
fn a_batch_half_planned_is_not_gone_through() {
    let house = House::new();
    let ledger = house.create();
    let other = ledger.another().unwrap();
    let requests = (0..1_200).map(request).inspect(|r| {
        if r.id == request(1_100).id {
            for within in [Within::All, Within::Batch("b".into())] {
                assert!(ids(&other, within, "").is_empty());
            }
            let own = other.keep_sources("b", [(String::new(), [])]);
            assert!(matches!(own, Err(LedgerError::NoSuchBatch)));
        }
    });
    ledger.plan_batch(&batch("b"), requests).unwrap();
    assert_eq!(ids(&other, Within::All, "").len(), 1_200);
}
