//! Receipts that hold by themselves: made in the app, checked in a terminal with nothing but the file, dropped on the
//! app; the ledger checked; the key replaced.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::Path;

use e2e::{App, Desk, TERMS, verify};

#[test]
fn a_receipt_holds_alone_and_a_changed_one_does_not() {
    let desk = Desk::open("evidence");
    let receipt = desk.home().join("receipt.json");
    let app = desk.start();
    app.first_start();
    app.by_testid("nav-settings").click();
    app.by_testid("officer.name").fill("Maria Silva");
    app.by_testid("officer-save").click();
    app.by_testid("officer-saved").wait_text("Saved");
    send_one(&app);
    app.export_receipt(&receipt);
    app.screenshot("exported");
    let paper = desk.home().join("receipt.pdf");
    app.by_testid("export-receipt").click();
    app.by_css("[data-testid=\"format\"] [value=\"pdf\"]")
        .focus();
    app.press("space");
    app.by_testid("language").wait_shown();
    app.screenshot("receipt-dialog");
    app.assert_accessible("the export of a receipt");
    app.by_testid("export-save").click();
    desk.save_as(&paper);
    app.wait_until("the page to be written", || paper.is_file());

    // In a terminal: no keyring, no ledger, no display.
    let told = verify(&[&receipt, &paper]);
    let words = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(told.status.success(), "{words}");
    assert!(
        words.contains("HOLDS") && words.contains("Maria Silva"),
        "{words}"
    );

    let text = std::fs::read_to_string(&receipt).unwrap();
    let changed = desk.write(
        "changed.json",
        text.replacen("Maria Silva", "Mario Silva", 1),
    );
    let told = verify(&[&receipt, &changed]);
    let words = String::from_utf8_lossy(&told.stdout).into_owned();
    assert_eq!(told.status.code(), Some(1), "{words}");
    assert!(
        words.contains("DOES NOT HOLD") && words.contains("asker"),
        "{words}"
    );

    // On the app, by a drag from another program.
    app.by_testid("nav-evidence").click();
    app.by_testid("device-key-fingerprint").wait_shown();
    app.drop_files(&[&receipt]);
    app.by_testid("check-verdict").wait_text("holds");
    let verdict = app.by_testid("check-result").attribute("data-verdict");
    assert_eq!(verdict.as_deref(), Some("holds"));
    let agrees = app.by_testid("check-in-ledger").attribute("data-ledger");
    assert_eq!(agrees.as_deref(), Some("agrees"));
    app.by_testid("check-facts").wait_text("Maria Silva");
    app.screenshot("holds");
    app.assert_accessible("a receipt that holds");
    app.drop_files(&[&changed]);
    app.by_testid("check-verdict")
        .wait_text("not as it was signed");
    app.by_testid("check-findings").wait_text("asker");
    app.screenshot("changed");
    app.assert_accessible("a receipt that was changed");

    // The whole ledger.
    app.by_testid("check-ledger").click();
    app.by_testid("ledger-report").wait_shown();
    let damages = app.by_testid("ledger-report").attribute("data-damages");
    assert_eq!(damages.as_deref(), Some("0"));
    app.screenshot("ledger-checked");

    // The key is given to the auditor, then replaced: what it signed still holds, by the old key alone.
    let old = desk.home().join("old.pem");
    app.by_testid("export-device-key").click();
    desk.save_as(&old);
    app.by_testid("device-key-note").wait_shown();
    app.by_testid("rotate-device-key").click();
    app.by_testid("confirm-rotate").click();
    app.by_testid("former-keys").wait_shown();
    let new = desk.home().join("new.pem");
    app.by_testid("export-device-key").click();
    desk.save_as(&new);
    app.wait_until("the new key to be written", || new.is_file());
    app.screenshot("key-replaced");
    app.assert_accessible("evidence");
    assert!(
        verify(&[Path::new("--key"), &old, &receipt])
            .status
            .success()
    );
    let told = verify(&[Path::new("--key"), &new, &receipt]);
    assert_eq!(told.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&told.stdout).contains("another key"));
    app.drop_files(&[&receipt]);
    app.by_testid("check-verdict").wait_text("holds");
    let verdict = app.by_testid("check-result").attribute("data-verdict");
    assert_eq!(verdict.as_deref(), Some("holds"));
    app.quit();
}

/// A request to the practice server, sent and open in the list of requests.
fn send_one(app: &App<'_>) {
    app.by_testid("nav-new-request").click();
    app.by_testid("contacts").wait_shown();
    app.add_people("john.doe@example.com");
    app.by_testid("filter-ready").wait_text("1");
    app.by_testid("resourcesIds").fill(TERMS);
    app.wait_until("the form to know what is asked", || {
        !app.by_testid("rail").text().contains("Nothing chosen")
    });
    app.review();
    app.send();
    app.by_testid("outcome-state").wait_text("Accepted");
}
