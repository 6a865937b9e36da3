//! Sending to many in the real window: planned, checked, paused, closed, cut off and taken up again, and nobody asked
//! twice; what needs the officer is named and can be put right.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use e2e::{App, Desk, NewConnection, TERMS};
use sandbox::{Calls, Fault, Faults, Practice, Server, UNREACHABLE_DOMAIN};

const PEOPLE: usize = 80;

#[test]
fn a_batch_is_paused_closed_and_killed_and_asks_everybody_once() {
    let desk = Desk::open("sending");
    let told = desk.watch_notifications();
    let server = practice(&desk);
    let list = desk.write("clients.csv", clients(PEOPLE, "example.com"));
    let app = desk.start();
    app.first_start();
    connect(&app, &server);
    set_pace(&app, 300, 2);
    app.by_testid("nav-new-request").click();
    app.by_testid("contacts").wait_shown();
    app.drop_files(&[&list]);
    app.by_testid("filter-ready").wait_text(&PEOPLE.to_string());
    app.by_testid("resourcesIds").fill(TERMS);
    app.by_testid("name").fill("Onboarding of {{nmae}}");
    choose_mode(&app, "each");
    app.screenshot("plan");
    app.assert_accessible("how it is sent");

    // A variable that stands for nothing is named before anything is made.
    app.by_testid("review-button").click();
    app.by_testid("issue-name").wait_text("name");
    app.screenshot("unknown-variable");
    app.by_testid("name").fill("Onboarding of {{name}}");
    app.review();
    app.by_testid("review-people").wait_text("80");
    assert!(app.reviewed_body().contains("Onboarding of Person 1\""));
    app.by_testid("review-next").click();
    app.wait_until("the second request", || {
        app.reviewed_body().contains("person2@example.com")
    });
    app.by_testid("review-find").fill("person40@");
    app.press("Return");
    app.wait_until("the request of a person that was looked for", || {
        app.reviewed_body().contains("Onboarding of Person 40\"")
    });
    app.screenshot("review");
    app.assert_accessible("review of many");
    app.by_testid("dry-run").click();
    app.by_testid("dry-run-result").wait_text("80");
    assert!(creates(&server).is_empty(), "a dry run sends nothing");
    app.screenshot("dry-run");

    app.by_testid("test-send").click();
    app.by_testid("test-contact").fill("officer@example.org");
    app.by_testid("test-send-now").click();
    app.by_testid("test-send-outcome")
        .wait_text("officer@example.org");
    let test = creates(&server).pop().unwrap();
    assert!(test.contains("officer@example.org") && test.contains("Person 40"));
    app.screenshot("tested");
    app.by_testid("test-send-close").click();

    app.by_testid("send-button").click();
    app.by_testid("confirm-send").click();
    app.by_testid("batch-title").wait_text("80 requests");
    app.by_testid("batch-progress").wait_shown();
    app.screenshot("running");
    app.assert_accessible("sending");
    wait_asked(&app, &server, 10);
    app.by_testid("pause-button").focus();
    app.press("Return");
    app.by_testid("resume-button").wait_shown();
    let paused = server.books().len();
    std::thread::sleep(Duration::from_secs(2));
    assert_eq!(server.books().len(), paused, "a paused batch sends nothing");
    app.screenshot("paused");
    take_back(&app, 80);
    app.by_testid("state-cancelled").wait_text("1");
    app.by_testid("batch-asked").wait_text("of 79");
    app.by_testid("resume-button").focus();
    app.press("Return");
    wait_asked(&app, &server, paused + 5);

    app.ask_to_close("close-anyway");
    app.screenshot("close-asked");
    app.assert_accessible("closing while it is sending");
    app.by_testid("keep-open").focus();
    app.press("Return");
    app.by_testid("close-anyway").wait_gone();
    app.ask_to_close("close-anyway");
    app.by_testid("close-anyway").focus();
    app.press_last("Return");
    app.wait_end();
    let closed = server.books().len();
    assert!(closed < PEOPLE, "it was closed while it was sending");

    let app = desk.start();
    wait_asked(&app, &server, closed + 10);
    app.kill9();
    let killed = server.books().len();
    assert!(killed < PEOPLE, "it was killed while it was sending");

    let app = desk.start();
    app.by_testid("nav-sending").click();
    app.by_testid("batch-state").wait_text("Finished");
    app.by_testid("state-accepted").wait_text("79");
    app.screenshot("finished");
    app.assert_accessible("a finished batch");
    let (title, text) = told.wait_for("79 of 79");
    assert!(!title.is_empty() && !text.is_empty());
    app.quit();

    let mut asked = asked(&server);
    assert_eq!(asked.remove("officer@example.org"), Some(1));
    assert_eq!(asked.len(), PEOPLE - 1, "all but the one taken back");
    for (contact, times) in asked {
        assert_eq!(times, 1, "{contact}");
    }
}

#[test]
fn a_wrong_contact_is_mended_and_only_those_selected_are_taken_back() {
    let desk = Desk::open("mending");
    let server = practice(&desk);
    let mut rows = clients(7, "example.com");
    let _ = writeln!(rows, "Rui,rui@{UNREACHABLE_DOMAIN}");
    let list = desk.write("clients.csv", rows);
    let app = desk.start();
    app.first_start();
    connect(&app, &server);
    set_pace(&app, 6000, 1);
    app.by_testid("nav-new-request").click();
    app.by_testid("contacts").wait_shown();
    app.drop_files(&[&list]);
    app.by_testid("filter-ready").wait_text("8");
    app.by_testid("resourcesIds").fill(TERMS);
    app.by_testid("name").fill("Onboarding");
    choose_mode(&app, "groups");
    app.by_testid("groupSize").fill("2");
    app.review();
    // The third is refused once by the server's own fault, which trying again mends.
    desk.block_on(async {
        server.set_faults(Faults::none().on(
            Calls::creates().asking("person5@example.com").times(1),
            Fault::status(422),
        ));
    });
    app.by_testid("send-button").click();
    app.by_testid("confirm-send").click();
    app.by_testid("batch-state").wait_text("Finished");
    app.by_testid("needs-you").wait_text("cannot receive mail");
    app.by_testid("state-refused").wait_text("2");
    app.screenshot("needs-you");
    app.assert_accessible("what needs the officer");

    app.by_testid("retry-refused").focus();
    app.press("Return");
    app.by_testid("state-accepted").wait_text("3");
    app.by_testid("batch-state").wait_text("Finished");
    app.by_testid("fix-contact").focus();
    app.press("Return");
    app.by_testid("mend-replacement").fill("rui@");
    app.by_testid("mend-save").click();
    app.by_testid("issue-mend-replacement").wait_shown();
    app.by_testid("mend-replacement").fill("Rui@Example.com");
    app.screenshot("mending");
    app.assert_accessible("mending a contact");
    app.by_testid("mend-save").click();
    app.by_testid("state-accepted").wait_text("4");
    app.by_testid("state-refused").wait_text("0");
    app.screenshot("mended");
    app.quit();

    let asked = asked(&server);
    assert_eq!(asked.len(), 8);
    for (contact, times) in &asked {
        assert_eq!(*times, 1, "{contact}");
    }
    assert_eq!(asked.get("rui@example.com"), Some(&1));
}

#[test]
fn so_many_people_are_confirmed_twice_and_writing_them_down_can_be_ended() {
    let desk = Desk::open("many");
    let list = desk.write("everybody.csv", clients(20_000, "example.com"));
    let app = desk.start();
    app.first_start();
    app.drop_files(&[&list]);
    app.by_testid("filter-ready").wait_text("20,000");
    app.by_testid("resourcesIds").fill(TERMS);
    app.by_testid("name").fill("Everybody");
    choose_mode(&app, "each");
    app.review();
    app.by_testid("review-people").wait_text("20,000");
    send_to_many(&app, "2000");
    app.by_testid("issue-confirm-people").wait_shown();
    app.screenshot("confirmed-wrongly");
    app.assert_accessible("the number of people");
    app.by_testid("confirm-people").fill("20000");
    app.by_testid("confirm-people-send").click();
    app.by_testid("cancel-planning").wait_shown();
    app.screenshot("writing-down");
    app.assert_accessible("writing a batch down");
    app.by_testid("cancel-planning").focus();
    app.press("Return");
    app.by_testid("cancel-planning").wait_gone();
    app.by_testid("nav-sending").click();
    app.by_testid("sending-empty").wait_shown();
    app.by_testid("nav-new-request").click();
    app.by_testid("filter-ready").wait_text("20,000");
    assert_eq!(
        app.by_testid("name").value(),
        "Everybody",
        "the form is kept"
    );

    // Groups of a thousand: the same people in twenty requests.
    choose_mode(&app, "groups");
    app.by_testid("groupSize").fill("1000");
    app.review();
    send_to_many(&app, "20,000");
    app.by_testid("batch-title").wait_text("20 requests");
    app.by_testid("stop-button").focus();
    app.press("Return");
    app.by_testid("confirm-stop").focus();
    app.press("Return");
    app.by_testid("batch-state").wait_text("Stopped");
    app.screenshot("stopped");
    app.assert_accessible("a stopped batch");
    app.quit();
}

/// Sends what is under review, and types so many people where the app asks again.
fn send_to_many(app: &App<'_>, typed: &str) {
    app.by_testid("send-button").click();
    app.by_testid("confirm-send").click();
    app.by_testid("confirm-people").fill(typed);
    app.by_testid("confirm-people-send").click();
}

/// Ticks one request of the open batch, found by its person, and takes it back.
fn take_back(app: &App<'_>, number: usize) {
    app.by_testid("batch-search")
        .fill(&format!("person{number}@"));
    app.by_testid(&format!("batch-select-{number}")).focus();
    app.press("space");
    app.by_testid("cancel-selected").focus();
    app.press("Return");
    app.by_testid("confirm-cancel-selected").focus();
    app.press("Return");
}

/// Lines of a list with as many people.
fn clients(count: usize, domain: &str) -> String {
    let mut text = "name,email\n".to_owned();
    for number in 1..=count {
        let _ = writeln!(text, "Person {number},person{number}@{domain}");
    }
    text
}

fn connect(app: &App<'_>, server: &Server) {
    app.add_connection(NewConnection {
        name: "Test house",
        base_url: &server.base_url(),
        api_key: "an-api-key-for-the-desk",
        signature_secret: "a-signature-secret-for-the-desk",
    });
}

fn set_pace(app: &App<'_>, per_minute: u32, in_flight: u32) {
    app.connection_action("Test house", "pace").click();
    app.by_testid("perMinute").fill(&per_minute.to_string());
    app.by_testid("inFlight").fill(&in_flight.to_string());
    app.by_testid("pace-save").click();
    app.by_testid("pace-save").wait_gone();
}

fn choose_mode(app: &App<'_>, mode: &str) {
    app.by_testid(&format!("sendMode.{mode}")).focus();
    app.press("space");
}

/// Waits until the server has booked as many requests.
fn wait_asked(app: &App<'_>, server: &Server, count: usize) {
    app.wait_until("more people to be asked", || server.books().len() >= count);
}

/// The bodies of the create calls so far.
fn creates(server: &Server) -> Vec<String> {
    let calls = server.received().into_iter();
    calls
        .filter(|call| call.method == "POST")
        .map(|call| String::from_utf8_lossy(&call.body).into_owned())
        .collect()
}

/// How often each contact was asked, on the server's own books.
fn asked(server: &Server) -> BTreeMap<String, usize> {
    let mut asked = BTreeMap::new();
    for contact in server
        .books()
        .into_iter()
        .flat_map(|booked| booked.contacts)
    {
        *asked.entry(contact.to_lowercase()).or_insert(0) += 1;
    }
    asked
}

fn practice(desk: &Desk) -> Server {
    let keys = Practice {
        api_key: "an-api-key-for-the-desk".to_owned(),
        signature_secret: "a-signature-secret-for-the-desk".to_owned(),
    };
    desk.block_on(Server::start(keys, Arc::new(now_ms)))
        .unwrap()
}

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}
