//! Everything for the auditor: a page, a pack with the list as it was imported, tables, what is hidden in them, and
//! when somebody else saw the ledger.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use e2e::{App, Authority, Desk, NewConnection, TERMS, verify};
use sandbox::{Practice, Server};
use zip::ZipArchive;

const PEOPLE: usize = 5;

#[test]
fn a_batch_leaves_in_one_file_that_holds_alone() {
    let desk = Desk::open("packs");
    let list = desk.write("clients.csv", clients(PEOPLE));
    let app = desk.start();
    app.first_start();
    send_each(&app, &list, PEOPLE);

    // The whole batch, each receipt on paper too.
    let pack = desk.home().join("evidence.zip");
    app.by_testid("export-pack").click();
    app.by_testid("pack-dialog").wait_shown();
    app.by_testid("pack-count").wait_text("5");
    tick(&app, "pack-pdf");
    app.by_testid("language").wait_shown();
    app.screenshot("dialog");
    app.assert_accessible("the export of a batch");
    save(&app, &desk, &pack);
    app.by_testid("export-pack-saved").wait_text("evidence.zip");
    app.screenshot("exported");
    app.assert_accessible("a batch that was exported");

    let told = verify(&[&pack]);
    let words = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(told.status.success() && words.contains("HOLDS"), "{words}");
    let names = entries(&pack);
    let count = |begin: &str, end: &str| {
        let fits = |name: &&String| name.starts_with(begin) && name.ends_with(end);
        names.iter().filter(fits).count()
    };
    assert_eq!(count("receipts/", ".json"), PEOPLE, "{names:?}");
    assert_eq!(count("receipts/", ".pdf"), PEOPLE, "{names:?}");
    assert_eq!(
        entry(&pack, "lists/1-clients.csv"),
        clients(PEOPLE).as_bytes()
    );
    let page = names.iter().find(|name| name.ends_with(".pdf")).unwrap();
    let alone = desk.home().join("one.pdf");
    std::fs::write(&alone, entry(&pack, page)).unwrap();
    assert!(verify(&[&alone]).status.success(), "a page out of the pack");

    // On the app, by a drag; then with one byte of it changed.
    app.by_testid("nav-evidence").click();
    app.by_testid("device-key-fingerprint").wait_shown();
    app.drop_files(&[&pack]);
    app.by_testid("check-verdict")
        .wait_text("evidence pack holds");
    app.by_testid("check-facts").wait_text("5");
    app.screenshot("pack-holds");
    app.assert_accessible("a pack that holds");
    app.drop_files(&[&alone]);
    app.by_testid("check-verdict").wait_text("PDF holds");
    let mut bytes = std::fs::read(&pack).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let changed = desk.home().join("changed.zip");
    std::fs::write(&changed, bytes).unwrap();
    app.drop_files(&[&changed]);
    app.by_testid("check-verdict")
        .wait_text("not as it was signed");
    app.screenshot("pack-changed");
    assert_eq!(verify(&[&changed]).status.code(), Some(1));

    // What is hidden is nowhere in it, and neither is the list.
    let hidden = desk.home().join("hidden.zip");
    open_batch(&app);
    app.by_testid("export-pack").click();
    tick(&app, "pack-pdf");
    tick(&app, "mask-contacts");
    save(&app, &desk, &hidden);
    app.by_testid("export-pack-saved").wait_text("hidden.zip");
    assert!(verify(&[&hidden]).status.success());
    for name in entries(&hidden) {
        assert!(!name.starts_with("lists/"), "{name}");
        let text = String::from_utf8_lossy(&entry(&hidden, &name)).into_owned();
        assert!(!text.contains("person3@"), "{name}");
    }

    tables(&app, &desk);
    app.quit();
}

#[test]
fn an_authority_says_when_it_saw_the_ledger() {
    let desk = Desk::open("stamps");
    let authority = Authority::open();
    let app = desk.start();
    app.first_start();
    app.by_testid("nav-evidence").click();
    app.by_testid("timestampUrl").fill("tsa.example.com");
    app.by_testid("timestamp-save").click();
    app.by_testid("error-summary").wait_text("https://");
    assert_eq!(app.by_testid("timestampUrl").value(), "tsa.example.com");
    app.screenshot("no-address");
    app.assert_accessible("an address of an authority that is none");
    app.by_testid("timestampUrl").fill(&authority.url());
    app.by_testid("timestamp-save").click();
    app.by_testid("timestamp-state").wait_text("On.");
    app.screenshot("on");
    app.assert_accessible("time stamps");

    app.by_testid("nav-new-request").click();
    app.add_people("john.doe@example.com");
    app.by_testid("resourcesIds").fill(TERMS);
    app.review();
    app.send();
    app.by_testid("outcome-state").wait_text("Accepted");
    let receipt = desk.home().join("receipt.json");
    app.export_receipt(&receipt);
    let told = verify(&[&receipt]);
    let words = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(
        told.status.success() && words.contains("by Local clock, Exemplo"),
        "{words}"
    );
    let asked = authority.asked();
    assert_eq!(asked.len(), 1, "one question an export");
    assert!(asked[0].len() < 100, "a hash and a number: {asked:?}");
    app.by_testid("nav-evidence").click();
    app.by_testid("device-key-fingerprint").wait_shown();
    app.drop_files(&[&receipt]);
    app.by_testid("check-facts").wait_text("Local clock");
    app.screenshot("stamped");

    // Where it gives none the receipt is made all the same, and the officer told.
    authority.fail();
    app.by_testid("nav-requests").click();
    app.by_css("[data-testid^=\"request-row-\"]").click();
    let unstamped = desk.home().join("unstamped.json");
    app.export_receipt(&unstamped);
    app.by_testid("export-stamp").wait_text("503");
    app.screenshot("unstamped");
    app.assert_accessible("a receipt without its time stamp");
    let told = verify(&[&unstamped]);
    let words = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(
        told.status.success() && !words.contains("Local clock"),
        "{words}"
    );
    app.quit();
}

#[test]
fn a_long_export_shows_how_far_it_is_and_can_be_ended() {
    let desk = Desk::open("long-export");
    let keys = Practice {
        api_key: "an-api-key-for-the-desk".to_owned(),
        signature_secret: "a-signature-secret-for-the-desk".to_owned(),
    };
    let server = desk
        .block_on(Server::start(keys.clone(), Arc::new(now_ms)))
        .unwrap();
    let list = desk.write("clients.csv", clients(400));
    let app = desk.start();
    app.first_start();
    app.add_connection(NewConnection {
        name: "Test house",
        base_url: &server.base_url(),
        api_key: &keys.api_key,
        signature_secret: &keys.signature_secret,
    });
    app.connection_action("Test house", "pace").click();
    app.by_testid("perMinute").fill("6000");
    app.by_testid("inFlight").fill("16");
    app.by_testid("pace-save").click();
    app.by_testid("pace-save").wait_gone();
    send_each(&app, &list, 400);

    let pack = desk.home().join("long.zip");
    app.by_testid("export-pack").click();
    app.by_testid("pack-count").wait_text("400");
    tick(&app, "pack-pdf");
    app.by_testid("export-save").click();
    desk.save_as(&pack);
    app.wait_until("the receipts to be made", || {
        app.by_testid("export-progress").is_shown()
            && app.by_testid("export-progress").attribute("data-step") == Some("receipts".into())
    });
    app.screenshot("how-far");
    app.assert_accessible("an export under way");
    app.by_testid("export-cancel").focus();
    app.press("Return");
    app.by_testid("export-progress").wait_gone();
    let left: Vec<_> = std::fs::read_dir(desk.home()).unwrap().flatten().collect();
    let is_part = |name: &std::ffi::OsStr| name.to_string_lossy().contains("long.zip");
    assert!(!left.iter().any(|entry| is_part(&entry.file_name())));
    assert!(
        app.by_testid("pack-dialog").is_shown(),
        "the choices are kept"
    );
    app.screenshot("ended");
    app.assert_accessible("an export that was ended");
    app.quit();
}

/// The same batch as tables.
fn tables(app: &App<'_>, desk: &Desk) {
    for (format, end) in [("csv-exact", "csv"), ("csv-safe", "csv"), ("xlsx", "xlsx")] {
        let table = desk.home().join(format!("{format}.{end}"));
        app.by_testid("export-pack").click();
        app.by_css(&format!(
            "[data-testid=\"pack-format\"] [value=\"{format}\"]"
        ))
        .focus();
        app.press("space");
        if format == "csv-exact" {
            app.by_css("[data-testid=\"scope\"] [value=\"period\"]")
                .focus();
            app.press("space");
            // This month, until other days are given.
            app.by_testid("period-from").wait_shown();
            app.by_testid("pack-count").wait_text("5");
            app.screenshot("period");
        }
        save(app, desk, &table);
        app.by_testid("export-pack-saved")
            .wait_text(&format!("{format}.{end}"));
        if end == "csv" {
            let text = std::fs::read_to_string(&table).unwrap();
            assert_eq!(text.lines().count(), PEOPLE + 1, "{text}");
            assert_eq!(text.starts_with('\u{feff}'), format == "csv-safe");
        } else {
            let strings = entry(&table, "xl/sharedStrings.xml");
            assert!(String::from_utf8_lossy(&strings).contains("accepted"));
        }
    }
}

/// One request for each person of a list, sent to the practice server.
fn send_each(app: &App<'_>, list: &Path, people: usize) {
    app.by_testid("nav-new-request").click();
    app.by_testid("contacts").wait_shown();
    app.drop_files(&[list]);
    app.by_testid("filter-ready").wait_text(&people.to_string());
    app.by_testid("resourcesIds").fill(TERMS);
    app.by_testid("sendMode.each").focus();
    app.press("space");
    app.review();
    app.by_testid("send-button").click();
    app.by_testid("confirm-send").click();
    app.by_testid("batch-state").wait_text("Finished");
}

fn open_batch(app: &App<'_>) {
    app.by_testid("nav-sending").click();
    app.by_testid("batch-row").click();
    app.by_testid("batch-state").wait_text("Finished");
}

fn tick(app: &App<'_>, id: &str) {
    app.by_testid(id).focus();
    app.press("space");
}

fn save(app: &App<'_>, desk: &Desk, path: &Path) {
    app.by_testid("export-save").click();
    desk.save_as(path);
    app.wait_until("the file to be written", || path.is_file());
}

fn clients(count: usize) -> String {
    let lines = (1..=count).map(|n| format!("Person {n},person{n}@example.com\n"));
    format!("name,email\n{}", lines.collect::<String>())
}

fn entries(pack: &Path) -> Vec<String> {
    let zip = ZipArchive::new(File::open(pack).unwrap()).unwrap();
    zip.file_names()
        .map(|name| name.unwrap().into_owned())
        .collect()
}

fn entry(pack: &Path, name: &str) -> Vec<u8> {
    let mut zip = ZipArchive::new(File::open(pack).unwrap()).unwrap();
    let mut bytes = Vec::new();
    let mut file = zip
        .by_name(name)
        .unwrap_or_else(|why| panic!("{name}: {why}"));
    file.read_to_end(&mut bytes).unwrap();
    bytes
}

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}
