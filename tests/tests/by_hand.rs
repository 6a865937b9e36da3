//! The small ways in and out: a list through the file dialog, a link through the clipboard.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use e2e::Desk;

#[test]
fn a_list_is_chosen_in_the_dialog_and_a_link_is_copied() {
    let desk = Desk::open("by-hand");
    let list = desk.write("people.txt", "ana@example.com\n+351912345678\n");
    let app = desk.start();
    app.first_start();
    app.by_testid("choose-file").click();
    desk.open_file(&list);
    app.by_testid("filter-ready").wait_text("2");
    app.by_testid("use-practice-terms").click();
    app.review();
    app.send();
    app.by_testid("outcome-state").wait_text("Accepted");
    app.by_testid("practice-strip").wait_shown();
    app.by_testid("subject-1-copy").click();
    app.text("Copied").wait_shown();
    app.by_testid("requests-search").focus();
    app.press("ctrl+v");
    app.by_testid("requests-search").wait_text("/link/");
    app.quit();
}
