//! Any file an officer has, in the window: read, its columns changed, mended, undone, given back.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fmt::Write;
use std::path::PathBuf;

use e2e::{App, Desk, TERMS};
use rust_xlsxwriter::Workbook;

/// The text of every row on the page, by its contact.
fn rows(app: &App<'_>) -> Vec<String> {
    app.script(
        "return [...document.querySelectorAll('[data-testid^=\"row-\"]')]
           .filter((row) => /^row-\\d+$/.test(row.dataset.testid))
           .map((row) => [...row.querySelectorAll('input:not([type=checkbox])')]
             .map((input) => input.value).join(' | ') + ' | ' + row.textContent)",
        &[],
    )
}

/// The first control on the page whose test id ends so.
fn first_with(app: &App<'_>, ending: &str) -> String {
    app.script(
        "const all = [...document.querySelectorAll('[data-testid^=\"row-\"]')];
         const one = all.find((one) => one.dataset.testid.endsWith(arguments[0]));
         return one ? one.dataset.testid : null;",
        &[serde_json::json!(ending)],
    )
}

/// All text in an element, in sight or not.
fn text_in(app: &App<'_>, id: &str) -> String {
    app.script(
        "const one = document.querySelector(`[data-testid=\"${arguments[0]}\"]`);
         return one ? one.textContent : '';",
        &[serde_json::json!(id)],
    )
}

fn wait_for_row(app: &App<'_>, parts: &[&str]) {
    app.wait_until(&format!("a row with {parts:?}"), || {
        rows(app)
            .iter()
            .any(|row| parts.iter().all(|part| row.contains(part)))
    });
}

/// Phones and documents as a spreadsheet keeps them: as numbers.
fn workbook(desk: &Desk) -> PathBuf {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, name) in (0..).zip(["Nome", "Telemóvel", "Nº documento", "Idioma"]) {
        sheet.write_string(0, column, name).unwrap();
    }
    for (row, (name, phone, document)) in (1..).zip([
        ("Ana Silva", 912_345_678.0, "00123456"),
        ("Rui Costa", 913_456_789.0, "00765432"),
    ]) {
        sheet.write_string(row, 0, name).unwrap();
        sheet.write_number(row, 1, phone).unwrap();
        sheet.write_string(row, 2, document).unwrap();
        sheet.write_string(row, 3, "PRT").unwrap();
    }
    let notes = workbook.add_worksheet().set_name("Notas").unwrap();
    notes.write_string(0, 0, "Rever em março").unwrap();
    desk.write("clientes.xlsx", workbook.save_to_buffer().unwrap())
}

#[test]
fn a_workbook_cards_and_json_come_in_one_drop_and_documents_go_out_with_the_request() {
    let desk = Desk::open("contact-files");
    let workbook = workbook(&desk);
    let cards = desk.write(
        "cards.vcf",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoe\r\nEMAIL:zoe@example.com\r\nEND:VCARD\r\n",
    );
    let json = desk.write(
        "people.json",
        r#"[{"name":"Max","email":"max@example.com"}]"#,
    );
    let app = desk.start();
    app.first_start();
    app.drop_files(&[&workbook, &cards, &json]);
    app.by_testid("filter-all").wait_text("4");
    app.by_testid("filter-errors").wait_text("2");
    app.text("“Notas”").wait_shown();
    wait_for_row(&app, &["912345678", "Ana Silva", "00123456", "PRT"]);
    app.screenshot("flagged");
    app.assert_accessible("a workbook with numbers");

    let alike = first_with(&app, "-accept-alike");
    app.by_testid(&alike).wait_text("2");
    app.by_testid(&alike).click();
    app.by_testid("filter-ready").wait_text("4");
    app.by_testid("list-undo").wait_text("2");
    app.by_testid("list-undo").click();
    app.by_testid("filter-errors").wait_text("2");
    app.by_testid(&first_with(&app, "-accept-alike")).click();
    app.by_testid("filter-ready").wait_text("4");
    app.screenshot("accepted");

    app.by_testid("resourcesIds").fill(TERMS);
    app.choose("language", "ENG");
    app.by_testid("name").fill("Autumn check");
    app.review();
    let body = app.reviewed_body();
    assert!(body.contains("\"+351912345678\""), "{body}");
    assert!(
        body.contains("{\"contact\":\"+351912345678\",\"docId\":\"00123456\"}"),
        "the document of each person goes along: {body}"
    );
    app.text("2 people have another language in the list")
        .wait_shown();
    app.screenshot("review");
    app.send();
    app.by_testid("outcome-state").wait_text("Accepted");

    app.by_testid("nav-new-request").click();
    app.add_people("+351912345678\nnew@example.com");
    app.by_testid("filter-warnings").wait_text("1");
    wait_for_row(&app, &["+351912345678", "Asked before in “Autumn check”"]);
    app.screenshot("asked-before");
    app.quit();
}

#[test]
fn encoding_and_columns_are_changed_with_a_preview_and_remembered() {
    let desk = Desk::open("columns");
    let text = "Quem;Onde;Papel\nJosé;jose@example.com;A-01\nInês;ines@example.com;A-02\n";
    let mac: Vec<u8> = text
        .chars()
        .map(|c| match c {
            'é' => 0x8E,
            'ê' => 0x90,
            c => c as u8,
        })
        .collect();
    let list = desk.write("lista.csv", &mac);
    let app = desk.start();
    app.first_start();
    app.drop_files(&[&list]);
    app.by_testid("filter-ready").wait_text("2");
    app.by_testid("source-0").wait_text("macintosh");
    app.by_testid("source-0-columns").click();
    app.by_testid("columns-dialog").wait_shown();
    app.wait_until("the preview", || {
        text_in(&app, "columns-preview").contains("José")
    });
    app.choose("encoding", "windows-1252");
    app.wait_until("the preview to change", || {
        text_in(&app, "columns-preview").contains("JosŽ")
    });
    app.screenshot("other-encoding");
    app.choose("encoding", "macintosh");
    app.wait_until("the preview to change back", || {
        text_in(&app, "columns-preview").contains("José")
    });
    app.choose("columns.0.target", "name");
    app.choose("columns.1.target", "ignored");
    app.by_testid("columns-apply").click();
    app.by_testid("issue-columns").wait_shown();
    app.screenshot("no-contact-column");
    app.assert_accessible("columns without a contact");
    app.choose("columns.1.target", "email");
    app.choose("columns.2.target", "docId");
    app.screenshot("columns");
    app.by_testid("columns-apply").click();
    app.by_testid("columns-dialog").wait_gone();
    wait_for_row(&app, &["jose@example.com", "José", "A-01"]);

    let again = desk.write("outra.csv", "Quem;Onde;Papel\nZoe;zoe@example.com;A-03\n");
    app.drop_files(&[&again]);
    app.by_testid("filter-ready").wait_text("3");
    wait_for_row(&app, &["zoe@example.com", "Zoe", "A-03"]);

    let data = desk.data_home();
    app.kill9();
    let app = desk.start();
    app.by_testid("filter-ready").wait_text("3");
    wait_for_row(&app, &["jose@example.com", "José", "A-01"]);
    assert!(data.exists());
    app.quit();
}

#[test]
fn rows_are_sorted_filtered_removed_and_brought_back() {
    let desk = Desk::open("rows");
    let app = desk.start();
    app.first_start();
    app.add_people("zoe@example.com\nana@example.com\n9123\n9124\nrui@gmial.com");
    app.by_testid("filter-errors").wait_text("2");
    // By keyboard: what was typed goes and what came of it appears, which moves the list under a pointer.
    app.by_testid("import-note").wait_shown();
    app.by_testid("reason-phoneTooShort").focus();
    app.press("Return");
    app.wait_until("only the short phones", || rows(&app).len() == 2);
    app.by_testid("select-all").click();
    app.by_testid("selected-count").wait_text("2");
    app.by_testid("remove-selected").click();
    app.by_testid("filter-all").wait_text("3");
    app.by_testid("list-undo").wait_text("2 rows");
    app.by_testid("list-undo").click();
    app.by_testid("filter-all").wait_text("5");
    app.by_testid("reason-phoneTooShort").click();
    app.by_testid("filter-ready").click();
    app.by_testid("sort-contact").click();
    app.wait_until("the ready rows by contact", || {
        rows(&app)
            .iter()
            .map(|row| row.split(' ').next().unwrap().to_owned())
            .eq(["ana@example.com", "zoe@example.com"])
    });
    app.screenshot("sorted");
    app.quit();
}

#[test]
fn the_rows_not_used_are_given_back_mended_and_taken() {
    let desk = Desk::open("given-back");
    let list = desk.write(
        "clients.csv",
        "Name;Phone;Ref\nAna;912345678;1\nRui;9123;2\nZoe;\"91\"3;3\n",
    );
    let app = desk.start();
    app.first_start();
    app.drop_files(&[&list]);
    app.by_testid("filter-errors").wait_text("2");
    app.by_testid("export-unused").click();
    let saved = desk.home().join("rest.csv");
    desk.save_as(&saved);
    app.by_testid("export-unused-saved").wait_text("rest.csv");
    let text = std::fs::read_to_string(&saved).unwrap();
    assert!(text.contains("Countersign: what to mend"), "{text}");
    assert!(
        text.contains("Rui;9123;2;Too short for a phone in Portugal (line 3)"),
        "{text}"
    );
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 3, "the sound row is not in it: {text}");

    let mended = format!(
        "{}\n{}\nZoe;914567890;3;\n",
        lines[0],
        lines[1].replace("9123", "913456789")
    );
    let mended = desk.write("mended.csv", mended);
    app.drop_files(&[&mended]);
    app.by_testid("filter-ready").wait_text("3");
    app.screenshot("taken");
    app.quit();
}

#[test]
fn cells_are_pasted_from_a_spreadsheet() {
    let desk = Desk::open("paste");
    let app = desk.start();
    app.first_start();
    app.by_testid("paste-list").click();
    app.by_testid("paste-empty").wait_shown();
    desk.copy("Nome\tE-mail\tDNI\nAna\tana@example.com\t00123\nRui\trui@example.com\t00456\n");
    app.by_testid("paste-list").click();
    app.by_testid("filter-ready").wait_text("2");
    wait_for_row(&app, &["ana@example.com", "Ana", "00123"]);
    app.screenshot("pasted");
    app.quit();
}

#[test]
fn a_million_rows_show_progress_can_be_ended_and_are_reached_to_the_last() {
    let desk = Desk::open("million");
    let mut csv = String::from("Name;Email;Ref\n");
    for number in 0..1_000_000 {
        writeln!(
            csv,
            "Person {number};person{number}@example.com;{number:07}"
        )
        .unwrap();
    }
    let list = desk.write("million.csv", csv);
    let app = desk.start();
    app.first_start();
    app.drop_files(&[&list]);
    let problems = app.by_testid("import-problems").wait_text("million.csv");
    assert!(problems.contains("Settings, Lists"), "{problems}");
    app.by_testid("nav-settings").click();
    app.by_testid("textMebibytes").fill("100");
    app.by_testid("lists-save").click();
    app.by_testid("lists-saved").wait_shown();
    app.by_testid("nav-new-request").click();
    app.drop_files(&[&list]);
    app.by_testid("list-progress").wait_text("million.csv");
    app.screenshot("progress");
    app.by_testid("list-cancel").click();
    app.by_testid("import-problems")
        .wait_text("Stopped before the end");
    app.by_testid("list-progress").wait_gone();
    app.drop_files(&[&list]);
    app.wait_until("all rows to be counted", || {
        app.by_testid("filter-ready").is_shown()
            && app
                .by_testid("filter-ready")
                .text()
                .chars()
                .filter(char::is_ascii_digit)
                .eq("1000000".chars())
    });
    assert!(
        rows(&app).len() < 60,
        "only the rows in sight are on the page"
    );
    app.by_testid("rows-last").click();
    app.by_css("[data-testid$=\"-edit\"]").focus();
    app.press("ctrl+End");
    wait_for_row(&app, &["person999999@example.com", "0999999"]);
    assert!(
        rows(&app).len() < 60,
        "only the rows in sight are on the page"
    );
    app.screenshot("last");
    app.by_testid("row-search").fill("0999998");
    app.wait_until("the one row to be found", || {
        let rows = rows(&app);
        rows.len() == 1 && rows[0].starts_with("person999998@example.com")
    });
    app.quit();
}

#[test]
fn hostile_files_are_named_and_the_window_goes_on() {
    let desk = Desk::open("hostile-files");
    let mut sparse = Workbook::new();
    let sheet = sparse.add_worksheet();
    sheet.write_string(0, 0, "ana@example.com").unwrap();
    sheet
        .write_string(1_048_575, 16_383, "rui@example.com")
        .unwrap();
    let sparse = desk.write("sparse.xlsx", sparse.save_to_buffer().unwrap());
    let truncated = workbook(&desk);
    let half = std::fs::read(&truncated).unwrap();
    let half = desk.write("half.xlsx", &half[..half.len() / 2]);
    let locked = desk.write(
        "locked.xlsx",
        include_bytes!("../../crates/contacts/tests/data/password.xlsx"),
    );
    let wide = desk.write("wide.csv", ",".repeat(10_000_000));
    let quotes = desk.write(
        "quotes.csv",
        "Name,Email\n\"Ana,ana@example.com\nRui,rui@example.com\n",
    );
    let app = desk.start();
    app.first_start();
    app.drop_files(&[&sparse, &half, &locked, &wide, &quotes]);
    let problems = app.by_testid("import-problems").wait_text("half.xlsx");
    assert!(problems.contains("damaged"), "{problems}");
    assert!(problems.contains("password"), "{problems}");
    app.wait_until("the rows that could be read", || {
        let rows = rows(&app).join("\n");
        rows.contains("never closes") && rows.contains("1,024 cells")
    });
    app.screenshot("hostile");
    app.quit();
}
