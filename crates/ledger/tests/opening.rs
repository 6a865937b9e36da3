//! Making and opening the file: keys, versions, damage, links, other handles.
#![allow(clippy::unwrap_used)]

mod common;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use common::{House, NOW, request};
use ledger::{Ledger, LedgerError, LedgerKey, NewPayload, Way};
use zeroize::Zeroizing;

#[test]
fn made_once_and_opened_again() {
    let house = House::new();
    assert!(matches!(
        Ledger::open(&house.path, &house.key),
        Err(LedgerError::Missing)
    ));
    house.create().set_value("officer", "Ana").unwrap();
    assert!(matches!(
        Ledger::create(&house.path, &house.key),
        Err(LedgerError::AlreadyExists)
    ));
    let ledger = house.open();
    assert_eq!(ledger.value("officer").unwrap().as_deref(), Some("Ana"));
    assert_eq!(ledger.value("nothing").unwrap(), None);
    ledger.check_integrity().unwrap();
    drop(ledger);
    let names: Vec<_> = fs::read_dir(house.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(names, ["ledger.db"], "something was left beside the ledger");
}

#[test]
fn an_existing_file_is_never_made_over() {
    let house = House::new();
    fs::write(&house.path, b"").unwrap();
    assert!(matches!(
        Ledger::create(&house.path, &house.key),
        Err(LedgerError::AlreadyExists)
    ));
    assert_eq!(fs::read(&house.path).unwrap(), b"");
}

#[test]
fn a_missing_folder_is_said() {
    let house = House::new();
    let path = house.folder.path().join("no/ledger.db");
    assert!(Ledger::create(&path, &house.key).is_err());
    assert!(matches!(
        Ledger::open(&path, &house.key),
        Err(LedgerError::Missing)
    ));
}

#[test]
fn another_key_is_a_wrong_key_and_changes_nothing() {
    let house = House::new();
    house.create().plan(&request(1)).unwrap();
    let before = fs::read(&house.path).unwrap();
    let other = LedgerKey::generate().unwrap();
    assert!(matches!(
        Ledger::open(&house.path, &other),
        Err(LedgerError::WrongKey)
    ));
    assert_eq!(fs::read(&house.path).unwrap(), before);
    house.open().check_integrity().unwrap();
}

#[test]
fn a_wrong_key_while_the_log_is_full_loses_nothing() {
    let house = House::new();
    let ledger = house.create();
    ledger.plan(&request(1)).unwrap();
    let other = LedgerKey::generate().unwrap();
    assert!(matches!(
        Ledger::open(&house.path, &other),
        Err(LedgerError::WrongKey)
    ));
    ledger.plan(&request(2)).unwrap();
    drop(ledger);
    assert_eq!(house.open().requests("", 0, 10).unwrap().total, 2);
}

#[test]
fn files_that_are_no_ledger_are_refused() {
    let house = House::new();
    let mut garbage = Vec::new();
    for n in 0_u32..20_000 {
        garbage.extend_from_slice(&n.wrapping_mul(2_654_435_761).to_le_bytes());
    }
    let mut plain = b"SQLite format 3\0".to_vec();
    plain.resize(8192, 0);
    for bytes in [
        &b""[..],
        b"x",
        &garbage[..4095],
        &garbage[..4096],
        &garbage,
        &plain,
        &[0; 8192],
    ] {
        fs::write(&house.path, bytes).unwrap();
        let error = Ledger::open(&house.path, &house.key).unwrap_err();
        assert!(
            matches!(error, LedgerError::Damaged(_) | LedgerError::WrongKey),
            "{} bytes: {error:?}",
            bytes.len()
        );
        assert_eq!(
            fs::read(&house.path).unwrap(),
            bytes,
            "the file was changed"
        );
    }
}

#[test]
fn damage_is_told_from_a_wrong_key() {
    let house = House::new();
    let ledger = house.create();
    for n in 0..200 {
        ledger.plan(&request(n)).unwrap();
    }
    drop(ledger);
    let whole = fs::read(&house.path).unwrap();

    let mut first_page = whole.clone();
    first_page[100] ^= 1;
    fs::write(&house.path, &first_page).unwrap();
    assert!(matches!(
        Ledger::open(&house.path, &house.key),
        Err(LedgerError::Damaged(_))
    ));

    // The mark at the head only tells keys apart; the right key opens the file without it.
    let mut mark = whole.clone();
    mark[3] ^= 1;
    fs::write(&house.path, &mark).unwrap();
    Ledger::open(&house.path, &house.key)
        .unwrap()
        .check_integrity()
        .unwrap();
    let other = LedgerKey::generate().unwrap();
    assert!(matches!(
        Ledger::open(&house.path, &other),
        Err(LedgerError::WrongKey)
    ));

    // Every page is watched, and the rest stays usable.
    for page in 1..whole.len() / 4096 {
        let mut bytes = whole.clone();
        bytes[page * 4096 + 2000] ^= 0x40;
        fs::write(&house.path, &bytes).unwrap();
        let ledger = match Ledger::open(&house.path, &house.key) {
            Ok(ledger) => ledger,
            Err(error) => {
                assert!(
                    matches!(error, LedgerError::Damaged(_)),
                    "page {page}: {error:?}"
                );
                continue;
            }
        };
        let error = ledger.check_integrity().unwrap_err();
        assert!(
            matches!(error, LedgerError::Damaged(_)),
            "page {page}: {error:?}"
        );
    }

    for length in [4096, 8192, whole.len() / 2, whole.len() - 1] {
        fs::write(&house.path, &whole[..length]).unwrap();
        let result = Ledger::open(&house.path, &house.key).and_then(|l| l.check_integrity());
        assert!(
            matches!(result, Err(LedgerError::Damaged(_))),
            "cut to {length}: {result:?}"
        );
    }
}

#[test]
fn a_newer_ledger_is_refused_and_left_as_it_is() {
    let house = House::new();
    house.create().plan(&request(1)).unwrap();
    engine(&house.path, &house.key)
        .execute_batch("PRAGMA user_version = 4000;")
        .unwrap();
    let before = fs::read(&house.path).unwrap();
    let error = Ledger::open(&house.path, &house.key).unwrap_err();
    assert!(
        matches!(
            error,
            LedgerError::NewerVersion {
                found: 4000,
                known: 8
            }
        ),
        "{error:?}"
    );
    assert_eq!(fs::read(&house.path).unwrap(), before);
}

#[test]
fn another_program_s_database_under_the_same_key_is_refused() {
    let house = House::new();
    house.create();
    engine(&house.path, &house.key)
        .execute_batch("PRAGMA application_id = 7;")
        .unwrap();
    assert!(matches!(
        Ledger::open(&house.path, &house.key),
        Err(LedgerError::Damaged(_))
    ));
}

#[test]
fn events_cannot_be_rewritten_even_from_outside() {
    let house = House::new();
    let ledger = house.create();
    ledger.plan(&request(1)).unwrap();
    ledger.keep_payload(&payload(&request(1).id)).unwrap();
    drop(ledger);
    let engine = engine(&house.path, &house.key);
    for attack in [
        "DELETE FROM event",
        "UPDATE event SET at_ms = 0",
        "UPDATE body SET bytes = x'00'",
        "UPDATE request SET idempotency_key = 'other'",
        "UPDATE standing SET people = 0",
        "DELETE FROM payload",
        "UPDATE payload SET raw = x'00'",
        "UPDATE payload SET sha256 = ''",
        "UPDATE payload SET way = 'session'",
        "UPDATE payload SET arrived_at_ms = 0",
        "UPDATE payload SET opened = x'00'",
        "UPDATE payload SET opened = NULL, opened_at_ms = NULL",
        "UPDATE payload SET request = NULL",
    ] {
        assert!(
            engine.execute_batch(attack).is_err(),
            "{attack} went through"
        );
    }
}

#[test]
fn two_handles_take_turns() {
    let house = House::new();
    let first = house.create();
    let second = house.open();
    first.plan(&request(1)).unwrap();
    second.plan(&request(2)).unwrap();
    assert_eq!(first.requests("", 0, 10).unwrap().total, 2);

    let other = engine(&house.path, &house.key);
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let began = Instant::now();
    assert!(matches!(first.plan(&request(3)), Err(LedgerError::Busy)));
    assert!(
        began.elapsed() > Duration::from_secs(3),
        "it did not wait its turn"
    );
    assert_eq!(
        first.requests("", 0, 10).unwrap().total,
        2,
        "reading goes on meanwhile"
    );
    other.execute_batch("ROLLBACK").unwrap();
    first.plan(&request(3)).unwrap();
}

#[test]
fn writing_at_once_from_two_threads_loses_nothing() {
    let house = House::new();
    house.create();
    std::thread::scope(|scope| {
        for thread in 0..2 {
            let ledger = house.open();
            scope.spawn(move || {
                for n in 0..40 {
                    ledger.plan(&request(thread * 100 + n)).unwrap();
                }
            });
        }
    });
    let ledger = house.open();
    assert_eq!(ledger.requests("", 0, 10).unwrap().total, 80);
    ledger.check_integrity().unwrap();
}

#[cfg(unix)]
#[test]
fn the_files_are_the_owner_s_alone_and_links_are_not_followed() {
    use std::os::unix::fs::PermissionsExt;

    let house = House::new();
    let ledger = house.create();
    ledger.plan(&request(1)).unwrap();
    let mut seen = 0;
    for entry in fs::read_dir(house.folder.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{:?}", entry.file_name());
        seen += 1;
    }
    assert_eq!(seen, 3, "the file, its log and the log's index");
    drop(ledger);

    let link = house.folder.path().join("link.db");
    std::os::unix::fs::symlink(&house.path, &link).unwrap();
    assert!(matches!(
        Ledger::open(&link, &house.key),
        Err(LedgerError::Disk(_))
    ));
    let dangling = house.folder.path().join("dangling.db");
    std::os::unix::fs::symlink(house.folder.path().join("elsewhere"), &dangling).unwrap();
    assert!(matches!(
        Ledger::create(&dangling, &house.key),
        Err(LedgerError::AlreadyExists)
    ));
    assert!(matches!(
        Ledger::open(house.folder.path(), &house.key),
        Err(LedgerError::Disk(_))
    ));

    // A link among the folders is the owner's own doing.
    let folder = house.folder.path().join("folder");
    std::os::unix::fs::symlink(house.folder.path(), &folder).unwrap();
    let ledger = Ledger::open(&folder.join("ledger.db"), &house.key).unwrap();
    ledger.set_value("at", &NOW.to_string()).unwrap();
}

fn payload(request: &str) -> NewPayload {
    NewPayload {
        id: "payload-1".into(),
        request: Some(request.into()),
        way: Way::Brought,
        headers: String::new(),
        raw: b"sealed".to_vec(),
        opened: Some(Zeroizing::new(b"inside".to_vec())),
        how_json: "{}".into(),
        at_ms: NOW,
    }
}

/// The engine beneath, opened as any program with the key could.
fn engine(path: &Path, key: &LedgerKey) -> rusqlite::Connection {
    let engine = rusqlite::Connection::open(path).unwrap();
    let hex: String = key
        .as_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    engine
        .execute_batch(&format!("PRAGMA key = \"x'{hex}'\";"))
        .unwrap();
    engine
}

#[test]
fn another_handle_reads_what_the_first_wrote() {
    let house = House::new();
    let ledger = house.create();
    let other = ledger.another().unwrap();
    ledger.plan(&request(1)).unwrap();
    let read = std::thread::spawn(move || {
        let found = other.request(&request(1).id).unwrap();
        other.plan(&request(2)).unwrap();
        found
    });
    assert!(read.join().unwrap().is_some());
    assert!(ledger.request(&request(2).id).unwrap().is_some());
    fs::rename(&house.path, house.path.with_extension("moved")).unwrap();
    assert!(matches!(ledger.another(), Err(LedgerError::Missing)));
}
