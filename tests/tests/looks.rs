//! Every screen, light and dark, small and with large text: a picture of each, and axe-core's word on it.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use e2e::{App, Desk, Look};

#[test]
fn light() {
    let desk = Desk::open("looks-light");
    walk(&desk, Look::default(), None);
}

#[test]
fn dark() {
    let desk = Desk::open("looks-dark");
    let dark = Look {
        dark: true,
        ..Look::default()
    };
    walk(&desk, dark, None);
}

#[test]
fn small_window() {
    let desk = Desk::open("looks-small");
    walk(&desk, Look::default(), Some((800, 600)));
}

#[test]
fn large_text() {
    let desk = Desk::open("looks-large-text");
    let large = Look {
        text_percent: 150,
        ..Look::default()
    };
    walk(&desk, large, None);
}

fn walk(desk: &Desk, look: Look, size: Option<(i32, i32)>) {
    let list = desk.write(
        "clients.csv",
        "Name;Email;Document ID;Language\nMaria;maria.sousa@gmial.com;00123;PRT\nRui;no contact;;\n\
         Ana;ana@example.com;00456;ENG\n",
    );
    let app = desk.start_with(look, &[]);
    app.by_testid("start-app").wait_shown();
    if let Some((width, height)) = size {
        app.resize(width, height);
    }
    let dark: bool = app.script(
        "return matchMedia('(prefers-color-scheme: dark)').matches",
        &[],
    );
    assert_eq!(dark, look.dark, "the desktop's look reaches the page");
    look_at(&app, "first-start");
    app.by_testid("start-app").click();
    app.by_testid("recovery-key").wait_shown();
    look_at(&app, "recovery-key");
    app.confirm_recovery_key();
    app.by_testid("practice-strip").wait_shown();
    look_at(&app, "empty-form");

    app.by_testid("nav-requests").click();
    app.by_testid("requests-empty").wait_shown();
    look_at(&app, "no-requests");
    app.by_testid("nav-settings").click();
    app.by_testid("add-connection").click();
    app.by_testid("connection-save").click();
    app.by_testid("issue-connection.name").wait_shown();
    look_at(&app, "connection-errors");

    app.by_testid("nav-new-request").click();
    app.by_testid("contacts").wait_shown();
    app.drag_files(&[&list], |app| {
        app.by_testid("drop-overlay").wait_shown();
        look_at(app, "drag");
    });
    app.by_testid("filter-errors").wait_text("1");
    app.by_css("[data-testid$=\"-accept\"]").wait_shown();
    app.script::<()>(
        "document.querySelector('[data-testid=\"source-0\"]').scrollIntoView()",
        &[],
    );
    app.wait_until("the rows to stand one under the other", || {
        rows_are_apart(&app)
    });
    look_at(&app, "list");
    push(&app, "source-0-columns");
    app.by_testid("columns-preview").wait_shown();
    look_at(&app, "columns");
    app.press("Escape");
    app.by_testid("columns-dialog").wait_gone();
    for (index, kind) in ["DOCUMENT", "CONSENT", "JSON", "POLICY"]
        .into_iter()
        .enumerate()
    {
        app.add_credential(index, kind);
    }
    app.by_testid("add-expected-doc").click();
    app.wait_until("the focus to be at the new document", || {
        app.focused()
            .contains(&"expectedDocIds.0.contact".to_owned())
    });
    // The form scrolls to what was added, away from under a pointer.
    push(&app, "review-button");
    app.by_testid("error-summary").wait_shown();
    look_at(&app, "error-summary");
    app.script::<()>(
        "document.querySelector('[data-testid=\"credentials\"]').scrollIntoView()",
        &[],
    );
    look_at(&app, "credentials");
    for _ in 0..4 {
        push(&app, "remove-credential-0");
    }
    push(&app, "remove-expected-doc-0");
    push(&app, "use-practice-terms");

    app.review();
    look_at(&app, "review");
    app.by_testid("send-button").click();
    app.by_testid("confirm-send").wait_shown();
    look_at(&app, "confirm");
    app.by_testid("confirm-send").click();
    // The list has two languages, so it is two requests.
    app.by_testid("batch-state").wait_text("Finished");
    look_at(&app, "sending");
    push(&app, "edit-pace");
    app.by_testid("perMinute").wait_shown();
    look_at(&app, "pace");
    app.by_testid("nav-requests").click();
    app.by_css("[data-testid^=\"request-row-\"]").click();
    app.by_testid("outcome-state").wait_text("Accepted");
    look_at(&app, "outcome");
    push(&app, "refresh-status");
    app.by_testid("standing").wait_text("missing");
    look_at(&app, "standing");
    app.by_testid("nav-answers").click();
    app.by_testid("payload").wait_shown();
    look_at(&app, "answers");
    app.by_testid("nav-requests").click();
    push(&app, "export-pack");
    app.by_testid("pack-count").wait_text("2");
    look_at(&app, "export");
    app.press("Escape");
    app.by_testid("pack-dialog").wait_gone();
    app.by_testid("nav-evidence").click();
    app.by_testid("device-key-fingerprint").wait_shown();
    look_at(&app, "evidence");
    push(&app, "check-ledger");
    app.by_testid("ledger-report").wait_shown();
    app.drop_files(&[&list]);
    app.by_testid("check-verdict").wait_shown();
    look_at(&app, "evidence-checked");
    app.by_testid("nav-settings").click();
    app.by_testid("add-connection").wait_shown();
    look_at(&app, "settings");
    app.quit();
}

/// Whether no row of the list covers another.
fn rows_are_apart(app: &App<'_>) -> bool {
    app.script(
        "const rows = [...document.querySelectorAll('[data-row]')]
           .map((row) => row.getBoundingClientRect()).sort((a, b) => a.top - b.top);
         return rows.length > 1 && rows.every((row, at) => at === 0 || row.top >= rows[at - 1].bottom - 1);",
        &[],
    )
}

/// Presses a button by keyboard: what it moves on the page cannot move it away from a pointer.
fn push(app: &App<'_>, id: &str) {
    app.by_testid(id).focus();
    app.press("Return");
}

/// A picture, no fault for axe-core, and nothing that has to be scrolled sideways for.
fn look_at(app: &App<'_>, screen: &str) {
    app.screenshot(screen);
    app.assert_accessible(screen);
    // At an odd size of text both numbers are rounded.
    let (page, window): (i32, i32) = app.script(
        "return [document.documentElement.scrollWidth, window.innerWidth]",
        &[],
    );
    assert!(
        page <= window + 1,
        "{screen} is {page} wide in a window of {window}"
    );
}
