//! What the officer meets when something goes wrong, and that nothing typed is lost by it.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use e2e::{App, Desk, TERMS};

/// Asks for one resource of one person on the practice connection and sends it.
fn send_for(app: &App<'_>, resource: &str) {
    app.add_people("john.doe@example.com");
    app.by_testid("filter-ready").wait_text("1");
    app.by_testid("resourcesIds").fill(resource);
    app.by_testid("internalId").fill("order-7");
    app.review();
    app.send();
}

#[test]
fn an_empty_form_says_what_is_missing_and_leads_there() {
    let desk = Desk::open("empty-form");
    let app = desk.start();
    app.first_start();
    app.by_testid("review-button").click();
    app.by_testid("error-summary")
        .wait_text("There is a problem");
    app.wait_until("the summary to have the focus", || {
        app.focused().iter().any(|id| id == "error-summary")
    });
    app.screenshot("summary");
    app.assert_accessible("error summary");
    assert!(
        app.by_testid("issue-contacts").is_shown(),
        "the missing people are named"
    );
    assert!(
        app.by_testid("issue-resourcesIds").is_shown(),
        "the missing question is named"
    );
    let title: String = app.script("return document.title", &[]);
    assert!(title.starts_with("Error: "), "the title says so: {title}");
    app.by_css("[data-testid=\"error-summary\"] a, [data-testid=\"error-summary\"] button")
        .click();
    app.wait_until("the focus to be at the field", || {
        app.focused().iter().any(|id| id == "contacts")
    });
    app.quit();
}

#[test]
fn a_400_leads_to_its_field_and_the_form_is_kept() {
    let desk = Desk::open("field-error");
    let app = desk.start();
    app.first_start();
    send_for(&app, "000000000000000000000400");
    app.by_testid("outcome-state").wait_text("Refused");
    app.by_testid("failure-said").wait_text("does not exist");
    app.screenshot("refused");
    app.assert_accessible("refused");
    app.by_testid("fix-field-resourcesIds.0").click();
    app.by_testid("issue-resourcesIds")
        .wait_text("does not exist");
    app.screenshot("back-at-the-field");
    app.assert_accessible("form with the server's issue");
    assert_eq!(
        app.by_testid("resourcesIds").value(),
        "000000000000000000000400"
    );
    assert_eq!(
        app.by_testid("internalId").value(),
        "order-7",
        "nothing typed is lost"
    );
    app.by_testid("resourcesIds").fill(TERMS);
    app.review();
    app.send();
    app.by_testid("outcome-state").wait_text("Accepted");
    app.quit();
}

#[test]
fn each_refusal_says_what_to_do() {
    let desk = Desk::open("refusals");
    let app = desk.start();
    app.first_start();
    for (resource, words) in [
        ("000000000000000000000401", "clock"),
        ("000000000000000000000402", "payment"),
        ("000000000000000000000409", "409"),
        ("000000000000000000000429", "wait"),
    ] {
        send_for(&app, resource);
        let said = app.by_testid("failure").text().to_lowercase();
        assert!(said.contains(words), "{resource} says {words:?}: {said}");
        app.screenshot(resource.trim_start_matches('0'));
        app.assert_accessible(resource);
        app.by_testid("nav-new-request").click();
        app.by_testid("clear-list").click();
        app.by_testid("confirm-clear").click();
        app.by_testid("filter-all").wait_gone();
    }
    app.quit();
}

#[test]
fn what_was_typed_survives_a_power_cut() {
    let desk = Desk::open("power-cut");
    let app = desk.start();
    app.first_start();
    app.add_people("ana@example.com\n912 345 678");
    app.by_testid("filter-ready").wait_text("2");
    app.by_testid("name").fill("Onboarding — março");
    app.by_testid("resourcesIds").fill(TERMS);
    // Going elsewhere saves at once; what is typed and left alone is saved within a second.
    app.by_testid("nav-requests").click();
    app.by_testid("requests-empty").wait_shown();
    app.by_testid("nav-new-request").click();
    app.by_testid("saved-note").wait_text("Saved");
    app.kill9();

    let app = desk.start();
    app.by_testid("contacts").wait_shown();
    app.by_testid("filter-ready").wait_text("2");
    assert_eq!(app.by_testid("name").value(), "Onboarding — março");
    assert_eq!(app.by_testid("resourcesIds").value(), TERMS);
    app.review();
    app.send();
    app.by_testid("outcome-state").wait_text("Accepted");
    app.kill9();

    let app = desk.start();
    app.by_testid("nav-requests").click();
    app.by_css("[data-testid^=\"request-row-\"]")
        .wait_text("Onboarding — março");
    app.quit();
}
