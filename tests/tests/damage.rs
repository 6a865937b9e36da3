//! A ledger with a damaged place, in the real window: the place is named, what is sound stays usable.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::Path;

use e2e::{App, Desk, TERMS, verify};
use ledger::{Filter, Ledger, LedgerKey, Within};

const PAGE: usize = 4096;

#[test]
fn a_damaged_place_is_named_and_the_rest_can_be_exported() {
    let desk = Desk::open("damage");
    let mut everybody = "email\n".to_owned();
    for n in 0..600 {
        let _ = writeln!(everybody, "person{n}@example.com");
    }
    let everybody = desk.write("everybody.csv", everybody);
    let app = desk.start();
    let recovery = app.first_start();
    // One request is so long that some pages of the file are its alone.
    app.drop_files(&[&everybody]);
    app.by_testid("filter-ready").wait_text("600");
    app.by_testid("sendMode.together").focus();
    app.press("space");
    send(&app, "The long one");
    app.by_testid("nav-new-request").click();
    app.by_testid("filter-all").wait_gone();
    app.add_people("john.doe@example.com");
    app.by_testid("filter-ready").wait_text("1");
    send(&app, "The sound one");
    app.quit();

    let file = desk.data_home().join("app.countersign.desktop/ledger.db");
    let key = LedgerKey::from_recovery_text(recovery.trim()).unwrap();
    damage_one(&file, &key);

    let app = desk.start();
    app.by_testid("nav-evidence").click();
    app.by_testid("device-key-fingerprint").wait_shown();
    app.by_testid("check-ledger").click();
    app.by_testid("ledger-report").wait_shown();
    app.by_testid("damages").wait_text("cannot be read");
    let damages = app.by_testid("ledger-report").attribute("data-damages");
    assert!(damages.is_some_and(|count| count != "0"));
    app.screenshot("named");
    app.assert_accessible("a damaged ledger");

    app.by_testid("nav-requests").click();
    app.text("The sound one").click();
    app.by_testid("outcome-state").wait_text("Accepted");
    let receipt = desk.home().join("sound.json");
    app.export_receipt(&receipt);
    app.by_testid("export-damage").wait_shown();
    app.screenshot("the-rest");
    app.assert_accessible("a receipt of a damaged ledger");
    assert!(verify(&[&receipt]).status.success(), "it holds");

    // A pack of both has the sound one, and says that the other is left out.
    let pack = desk.home().join("both.zip");
    app.by_testid("export-pack").click();
    app.by_testid("pack-count").wait_text("2");
    app.by_testid("export-save").click();
    desk.save_as(&pack);
    app.by_testid("export-pack-left-out").wait_shown();
    app.by_testid("export-pack-saved").wait_text("1 request");
    app.screenshot("left-out");
    assert!(verify(&[&pack]).status.success(), "it holds");
    app.quit();
}

/// Sends what is in the form to the practice server under this name.
fn send(app: &App<'_>, name: &str) {
    app.by_testid("name").fill(name);
    app.by_testid("resourcesIds").fill(TERMS);
    app.review();
    app.send();
    app.by_testid("outcome-state").wait_text("Accepted");
}

/// Damages a page that holds part of the long request and nothing else that matters: as a failing disk would, but found
/// by trying each page on a copy.
fn damage_one(file: &Path, key: &LedgerKey) {
    // What is in the log beside it is folded into the file.
    drop(Ledger::open(file, key).unwrap());
    let whole = std::fs::read(file).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("ledger.db");
    let places = (1..whole.len() / PAGE).map(|page| page * PAGE + PAGE / 2);
    for place in places {
        let mut damaged = whole.clone();
        damaged[place] ^= 1;
        std::fs::write(&copy, &damaged).unwrap();
        if spares_the_sound_one(&copy, key).unwrap_or(false) {
            std::fs::write(file, damaged).unwrap();
            return;
        }
        for rest in ["ledger.db-wal", "ledger.db-shm"] {
            let _ = std::fs::remove_file(folder.path().join(rest));
        }
    }
    panic!("no page belongs to the long request alone");
}

fn spares_the_sound_one(file: &Path, key: &LedgerKey) -> Option<bool> {
    let ledger = Ledger::open(file, key).ok()?;
    let found = ledger
        .check_evidence(|_, _| ControlFlow::Continue(()))
        .ok()?;
    let all = Filter {
        within: Within::All,
        search: String::new(),
    };
    let ids: Vec<String> = ledger
        .request_ids(all)
        .ok()?
        .collect::<Result<_, _>>()
        .ok()?;
    let [long, sound] = &ids[..] else { return None };
    ledger.requests("", 0, 10).ok()?;
    let is_damaged = ledger.request(long).is_err();
    let others = |request: &Option<String>| request.as_ref() != Some(long);
    Some(
        is_damaged
            && ledger.request(sound).ok()?.is_some()
            && !found.damages.is_empty()
            && !found.damages.iter().any(|damage| others(&damage.request)),
    )
}
