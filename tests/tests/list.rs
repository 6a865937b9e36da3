//! The list in the window: judged, shown errors first, corrected by hand, and fast when it is long.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fmt::Write;

use e2e::{App, Desk};

/// Each row on the page: what was typed, and what is said of it.
fn rows(app: &App<'_>) -> Vec<String> {
    app.script(
        "return [...document.querySelectorAll('[data-testid^=\"row-\"]')]
           .filter((row) => /^row-\\d+$/.test(row.dataset.testid))
           .map((row) => `${row.querySelector('input:not([type=checkbox])').value} | ${row.textContent}`)",
        &[],
    )
}

#[test]
fn rows_are_judged_shown_errors_first_corrected_and_removed() {
    let desk = Desk::open("list");
    let app = desk.start();
    app.first_start();
    app.add_people("maria.sousa@gmial.com\n912 345 6\njohn.doe@example.com\nJOHN.doe@example.com");
    app.by_testid("filter-errors").wait_text("2");
    app.by_testid("filter-warnings").wait_text("1");
    app.by_testid("filter-ready").wait_text("1");
    let shown = rows(&app);
    let table = shown.join("\n");
    let at = |part: &str| {
        table
            .find(part)
            .unwrap_or_else(|| panic!("{part} is in {table}"))
    };
    assert!(
        at("912 345 6") < at("gmial.com"),
        "errors come before warnings: {table}"
    );
    assert!(
        at("gmial.com") < at("john.doe@example.com"),
        "warnings come before ready: {table}"
    );
    assert!(
        table.contains("Too short for a phone in Portugal"),
        "the reason in words: {table}"
    );
    app.screenshot("judged");
    app.assert_accessible("judged list");

    let short: String = app.script(
        "return [...document.querySelectorAll('[data-testid^=\"row-\"] input')]
           .find((input) => input.value === '912 345 6').dataset.testid.replace('-edit', '')",
        &[],
    );
    app.by_testid(&format!("{short}-edit")).fill("912 345 678");
    app.press("Return");
    app.by_testid("filter-errors").wait_text("1");
    app.by_testid("filter-ready").wait_text("2");
    app.wait_until("the number to be shown as it is sent", || {
        rows(&app).iter().any(|row| row.contains("+351912345678"))
    });
    app.by_testid("filter-errors").click();
    app.by_css("[data-testid^=\"row-\"][data-testid$=\"-remove\"]")
        .click();
    app.by_testid("filter-all").wait_text("3");
    app.quit();
}

#[test]
fn files_that_cannot_be_lists_are_named_and_change_nothing() {
    let desk = Desk::open("bad-files");
    let workbook = desk.write("clients.xlsx", b"PK\x03\x04 not really xl/workbook.xml");
    let empty = desk.write("empty.csv", "");
    let good = desk.write("good.csv", "email\nana@example.com\n");
    let app = desk.start();
    app.first_start();
    app.drop_files(&[&workbook, &empty, &good, &desk.home()]);
    let problems = app.by_testid("import-problems").wait_text("clients.xlsx");
    assert!(
        problems.contains("damaged"),
        "it says what is wrong with the file: {problems}"
    );
    assert!(
        problems.contains("empty.csv"),
        "each file is named: {problems}"
    );
    assert!(problems.contains("folder"), "a folder is named: {problems}");
    app.by_testid("filter-ready").wait_text("1");
    app.screenshot("problems");
    app.assert_accessible("refused files");
    app.quit();
}

#[test]
fn a_hundred_thousand_people_are_a_few_rows_on_the_page() {
    let desk = Desk::open("long-list");
    let mut csv = String::from("email\n");
    for number in 0..100_000 {
        writeln!(csv, "person{number}@example.com").unwrap();
    }
    let list = desk.write("long.csv", csv);
    let app = desk.start();
    app.first_start();
    app.drop_files(&[&list]);
    app.by_testid("filter-ready").wait_text("100");
    app.wait_until("all rows to be counted", || {
        let shown = app.by_testid("filter-ready").text();
        shown
            .chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
            == "100000"
    });
    let drawn = rows(&app).len();
    assert!(
        (1..60).contains(&drawn),
        "only the rows in sight are on the page, not {drawn}"
    );
    app.by_testid("row-search").fill("person99999");
    app.wait_until("the one row to be found", || {
        rows(&app)
            .iter()
            .any(|row| row.starts_with("person99999@example.com"))
    });
    app.screenshot("found");
    app.quit();
}
