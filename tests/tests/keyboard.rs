//! The whole job with the keyboard alone, in the real window: no click, and no script that acts.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use e2e::{App, Desk, TERMS};

#[test]
fn the_whole_job_without_a_mouse() {
    let desk = Desk::open("keyboard");
    let receipt = desk.home().join("receipt.json");
    let app = desk.start();
    app.by_testid("start-app").wait_shown();
    app.tab_to("start-app");
    app.press("Return");
    let key = app.by_testid("recovery-key").wait_text("-");
    app.tab_to("recovery-confirm");
    app.type_text(key.trim().rsplit('-').next().unwrap());
    app.press("Return");

    app.by_testid("contacts").wait_shown();
    app.tab_to("contacts");
    app.type_text("john.doe@example.com");
    app.tab_to("add-contacts");
    app.press("Return");
    app.by_testid("filter-ready").wait_text("1");
    has_focus(&app, "after adding a person");
    app.tab_to("resourcesIds");
    app.type_text(TERMS);
    app.tab_to("securityLevel");
    app.press("space");
    app.press("Down");
    has_focus(&app, "after choosing how strictly");
    app.tab_to("name");
    app.type_text("By keyboard");
    app.press("ctrl+Return");

    app.by_testid("review-body").wait_shown();
    heading_has_focus(&app);
    let body = app.reviewed_body();
    assert!(body.contains(r#""name":"By keyboard""#), "{body}");
    assert!(
        body.contains(r#""securityLevel":""#),
        "a level was chosen with the arrow keys: {body}"
    );
    app.tab_to("send-button");
    app.press("Return");
    app.by_testid("confirm-send").wait_shown();
    in_dialog(&app);
    // All the way round, forwards and backwards: the focus stays in the dialog.
    for key in ["Tab", "Tab", "Tab", "shift+Tab", "shift+Tab", "shift+Tab"] {
        app.press(key);
        in_dialog(&app);
    }
    app.press("Escape");
    app.by_testid("confirm-send").wait_gone();
    app.wait_until("the focus to be back at the button", || {
        app.focused().iter().any(|id| id == "send-button")
    });
    app.press("Return");
    app.by_testid("confirm-send").wait_shown();
    app.tab_to("confirm-send");
    app.press("Return");

    app.by_testid("outcome-state").wait_text("Accepted");
    has_focus(&app, "after sending");
    app.tab_to("subject-0-code");
    app.press("Return");
    app.by_testid("subject-0-code-value").wait_shown();
    has_focus(&app, "after the code was shown");
    app.tab_to("export-receipt");
    app.press("Return");
    app.by_testid("export-save").wait_shown();
    app.tab_to("export-save");
    app.press("Return");
    desk.save_as(&receipt);
    app.by_testid("export-note").wait_shown();
    assert!(receipt.is_file(), "the receipt was written");

    app.tab_to("nav-settings");
    app.press("Return");
    app.by_testid("add-connection").wait_shown();
    heading_has_focus(&app);
    app.tab_to("nav-requests");
    app.press("Return");
    app.by_testid("requests-search").wait_shown();
    heading_has_focus(&app);
    app.quit();
}

fn has_focus(app: &App<'_>, when: &str) {
    let lost: bool = app.script("return document.activeElement === document.body", &[]);
    assert!(!lost, "the focus is lost {when}");
}

fn heading_has_focus(app: &App<'_>) {
    app.wait_until("the heading to have the focus", || {
        app.script("return document.activeElement?.tagName === 'H1'", &[])
    });
}

fn in_dialog(app: &App<'_>) {
    let inside: bool = app.script(
        "return document.activeElement?.closest('[role=alertdialog]') !== null",
        &[],
    );
    assert!(inside, "the focus left the dialog for {:?}", app.focused());
}
