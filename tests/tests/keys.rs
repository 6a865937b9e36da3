//! Where keys rest, and what happens when that place is not there.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use e2e::{Desk, Keyring};

const PASSPHRASE: &str = "a long enough passphrase";

#[test]
fn no_service_a_locked_keyring_and_a_missing_entry_are_told_apart() {
    let desk = Desk::open("keyring-states");
    let app = desk.start();
    let recovery = app.first_start();
    app.quit();

    desk.set_keyring(Keyring::Absent);
    let app = desk.start();
    let no_service = app.by_testid("lock-message").wait_text("");
    app.screenshot("no-service");
    app.assert_accessible("no keyring service");
    app.quit();

    desk.set_keyring(Keyring::Locked);
    let app = desk.start();
    let locked = app.by_testid("lock-message").wait_text("");
    app.screenshot("locked");
    app.assert_accessible("locked keyring");
    app.by_testid("retry-keyring").click();
    desk.answer_keyring_prompt();
    app.by_testid("contacts").wait_shown();
    app.quit();

    let cleared = desk
        .command("secret-tool")
        .args(["clear", "service", "app.countersign.desktop"])
        .status()
        .unwrap();
    assert!(cleared.success());
    let app = desk.start();
    let missing = app.by_testid("lock-message").wait_text("");
    app.screenshot("entry-missing");
    app.assert_accessible("missing entry");
    assert_ne!(no_service, locked, "two causes, two messages");
    assert_ne!(locked, missing, "two causes, two messages");
    assert_ne!(no_service, missing, "two causes, two messages");
    app.by_testid("recovery-input").fill("0000-0000");
    app.by_testid("recover").click();
    app.by_testid("issue-recovery-input").wait_shown();
    app.by_testid("recovery-input")
        .fill(&recovery.to_lowercase());
    app.by_testid("recover").click();
    app.by_testid("contacts").wait_shown();
    app.quit();

    let app = desk.start();
    app.by_testid("contacts").wait_shown();
    app.quit();
}

#[test]
fn without_a_keyring_a_passphrase_vault_keeps_the_keys() {
    let desk = Desk::open_with("vault", Keyring::Absent);
    let app = desk.start();
    app.by_testid("keep-vault").focus();
    app.press("space");
    app.by_testid("passphrase").fill(PASSPHRASE);
    app.by_testid("passphrase-again").fill(PASSPHRASE);
    app.screenshot("vault");
    app.assert_accessible("vault choice");
    app.first_start();
    app.quit();

    let app = desk.start();
    app.by_testid("passphrase").fill("not the passphrase");
    app.by_testid("unlock").click();
    app.by_testid("issue-passphrase").wait_shown();
    app.screenshot("wrong-passphrase");
    app.by_testid("passphrase").fill(PASSPHRASE);
    app.by_testid("unlock").click();
    app.by_testid("contacts").wait_shown();
    app.quit();

    for file in desk.files() {
        let bytes = std::fs::read(&file).unwrap();
        let held = bytes
            .windows(PASSPHRASE.len())
            .any(|part| part == PASSPHRASE.as_bytes());
        assert!(!held, "{} holds the passphrase", file.display());
    }
}

#[test]
fn keys_for_this_session_only_leave_nothing_to_open_the_ledger_with() {
    let desk = Desk::open_with("session", Keyring::Absent);
    let app = desk.start();
    app.by_testid("keep-session").focus();
    app.press("space");
    let recovery = app.first_start();
    app.quit();

    let app = desk.start();
    app.by_testid("keep-session").focus();
    app.press("space");
    app.by_testid("recovery-input").fill(&recovery);
    app.by_testid("recover").click();
    app.by_testid("contacts").wait_shown();
    app.quit();
}
