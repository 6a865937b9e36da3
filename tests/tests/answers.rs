//! Answers come home: the redirect to this computer, sessions in a window of the app, and payloads brought by hand.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use e2e::{App, Desk, NewConnection, TERMS, wait_for};
use sandbox::{Practice, Server};
use serde_json::{Value, json};

const MAIN: &str = "Requests - Countersign";
const SESSION: &str = "answers - Countersign";
const SESSION_WINDOW: &str = "Countersign session";
/// A profile that WebCrypto cannot follow: it takes no IV as short.
const SHORT_IV: &str = "iv-8";

#[test]
fn people_answer_here_and_come_back() {
    let desk = Desk::open("answers");
    let (server, app) = begin(&desk);
    server.set_return_query(Some("status=ok&n=1".to_owned()));
    let body = send(&app, &["ana@example.com", "rui@example.com"], "HUMANOS_KYC");
    let redirect = body["redirectUrl"].as_str().unwrap().to_owned();
    assert!(redirect.starts_with("http://127.0.0.1:"), "{redirect}");
    let nonce = redirect.rsplit('/').next().unwrap();
    assert_eq!(nonce.len(), 43, "256 bits: {nonce}");

    // Ana accepts, sitting with the officer. Nobody else can be let in meanwhile.
    open_session(&app, 0);
    app.screenshot("session");
    app.assert_accessible("session");
    app.enter_frame();
    app.by_testid("answer").click();
    app.leave_frame();
    app.by_testid("session-state").wait_text("ana@example.com");
    app.screenshot("session-answered");
    app.assert_accessible("session with an answer");
    app.switch_to_window(MAIN);
    app.by_testid("subject-1-session").click();
    app.by_testid("problem").wait_shown();
    app.switch_to_window(SESSION);
    app.close_window(SESSION_WINDOW, MAIN);

    app.by_testid("answers").wait_text("accepted");
    app.by_testid("answers").wait_text("identity check");
    app.by_testid("timeline").wait_text("status");
    app.by_testid("standing").wait_text("missing");
    app.screenshot("answered");
    app.assert_accessible("answers of a request");

    // Rui rejects in a browser, and comes back to the listener.
    let link: String = app.script(
        "return document.querySelector('[data-testid=\"subject-1\"]').textContent
           .match(/http:\\/\\/[0-9.:]+\\/link\\/[0-9a-f]{24}/)[0]",
        &[],
    );
    answer_in_a_browser(&desk, &server, &link);
    let page = get(&desk, &format!("{redirect}?from=browser"), None);
    assert!(page.contains("You may close this page"), "{page}");
    app.by_testid("timeline").wait_text("browser");
    app.by_testid("refresh-status").click();
    app.by_testid("standing").wait_text("rejected");
    app.screenshot("rejected");

    // What belongs to nothing, or comes by a wrong way, changes nothing.
    let told = app.by_testid("timeline").text();
    let wrong = redirect.replace(nonce, &"A".repeat(43));
    assert!(get(&desk, &wrong, None).contains("You may close this page"));
    assert_eq!(status(&desk, &redirect, Some("evil.example")), 421);
    assert_eq!(
        status(&desk, &redirect.replace("/return/", "/other/"), None),
        404
    );
    wait_for("a stray return to be noted", || {
        app.log().contains("belongs to nothing here").then_some(())
    });
    assert_eq!(app.by_testid("timeline").text(), told);

    // The system hands a link over by starting the app, which ends at once.
    desk.open_link(&format!("countersign://return/{nonce}?by=link"));
    app.by_testid("timeline").wait_text("link");
    desk.open_link("countersign://return/not-a-nonce");
    app.quit();

    // The address is good after a restart.
    let app = desk.start();
    app.by_testid("contacts").wait_shown();
    assert!(get(&desk, &format!("{redirect}?after=restart"), None).contains("You may close"));
    app.by_testid("nav-requests").click();
    app.by_css("[data-testid^=\"request-row-\"]").click();
    app.by_testid("timeline").wait_text("restart");
    app.by_testid("answers").wait_text("accepted");
    app.quit();
}

#[test]
fn where_the_app_is_installed_people_come_back_by_its_own_links() {
    let desk = Desk::open("deep-links");
    desk.install();
    let (_server, app) = begin(&desk);
    let body = send(&app, &["ana@example.com"], "CONTACT");
    let redirect = body["redirectUrl"].as_str().unwrap().to_owned();
    let nonce = redirect.strip_prefix("countersign://return/").unwrap();
    assert_eq!(nonce.len(), 43, "{redirect}");

    open_session(&app, 0);
    app.enter_frame();
    app.by_testid("answer").click();
    app.leave_frame();
    app.by_testid("session-state").wait_text("accepted");
    // The page goes on a moment after it has posted its messages.
    app.switch_to_window(MAIN);
    app.by_testid("timeline").wait_text("came back");
    app.switch_to_window(SESSION);
    app.close_window(SESSION_WINDOW, MAIN);
    app.by_testid("standing").wait_text("accepted");

    // The system knows whose link it is.
    let opened = desk
        .command("xdg-open")
        .arg(format!("{redirect}?by=system"))
        .status();
    assert!(opened.unwrap().success());
    app.by_testid("timeline").wait_text("system");
    app.screenshot("came-back");
    app.quit();

    let app = desk.start_by_link(&format!("{redirect}?by=starting"));
    app.by_testid("nav-requests").click();
    app.by_css("[data-testid^=\"request-row-\"]").click();
    app.by_testid("timeline").wait_text("starting");
    app.quit();
}

#[test]
fn on_the_way_to_a_web_page_a_session_counts_as_a_return() {
    let desk = Desk::open("web-page");
    let (server, app) = begin(&desk);
    server.set_return_query(Some("done=yes".to_owned()));
    app.by_testid("nav-new-request").click();
    app.by_testid("contacts").wait_shown();
    app.add_people("ana@example.com");
    app.by_testid("filter-ready").wait_text("1");
    app.by_testid("resourcesIds").fill(TERMS);
    app.by_css("[data-testid=\"returnTo\"] [value=\"web\"]")
        .focus();
    app.press("space");
    app.by_testid("redirectUrl").fill("http://example.com/done");
    app.by_testid("review-button").click();
    app.by_testid("issue-redirectUrl").wait_text("https://");
    app.by_testid("redirectUrl")
        .fill("https://example.invalid/done");
    app.review();
    app.send();
    app.by_testid("outcome-state").wait_text("Accepted");
    // This request registered no key: one is made for the session.
    open_session(&app, 0);
    app.enter_frame();
    app.by_testid("answer").click();
    app.leave_frame();
    app.by_testid("session-state").wait_text("accepted");
    app.switch_to_window(MAIN);
    app.by_testid("timeline").wait_text("yes");
    app.switch_to_window(SESSION);
    app.close_window(SESSION_WINDOW, MAIN);
    app.by_testid("standing").wait_text("accepted");
    app.quit();
}

#[test]
fn every_profile_is_sealed_by_the_page_and_opened_here() {
    let desk = Desk::open("profiles");
    let (server, app) = begin(&desk);
    let more = include_str!("../../crates/humanos/tests/vectors/profiles.json");
    let built_in = include_str!("../../crates/humanos/src/envelope/profile/built_in.json");
    own_profiles(&app, more);

    let profiles: Vec<Value> = [built_in, more]
        .iter()
        .flat_map(|file| {
            let file: Value = serde_json::from_str(file).unwrap();
            file["profiles"].as_array().unwrap().clone()
        })
        .filter(|profile| profile["name"] != SHORT_IV)
        .collect();
    let people: Vec<String> = (0..profiles.len())
        .map(|n| format!("person{n}@example.com"))
        .collect();
    let people: Vec<&str> = people.iter().map(String::as_str).collect();
    send(&app, &people, "CONTACT");
    for (at, profile) in profiles.iter().enumerate() {
        server.set_envelope(&profile.to_string()).unwrap();
        open_session(&app, at);
        app.enter_frame();
        app.by_testid("answer").click();
        app.leave_frame();
        let said = app.by_testid("session-state").wait_text(people[at]);
        assert!(said.contains("accepted"), "{}: {said}", profile["name"]);
        app.close_window(SESSION_WINDOW, MAIN);
    }
    app.by_testid("answers")
        .wait_text(&format!("({})", profiles.len()));
    app.wait_until("everything to be accepted", || {
        app.by_testid("refresh-status").click();
        app.by_testid("standing").text().contains("accepted")
    });
    app.screenshot("all-opened");
    app.quit();
}

#[test]
fn hostile_messages_change_nothing() {
    let desk = Desk::open("hostile-messages");
    let (_server, app) = begin(&desk);
    send(&app, &["ana@example.com"], "CONTACT");
    open_session(&app, 0);
    let right = seal(&app, r#"{"eventType":"test","message":"hello"}"#, None);
    let foreign = seal(
        &app,
        r#"{"eventType":"test","message":"for somebody else"}"#,
        Some(OTHER_KEY),
    );

    // From another window and another origin: this page itself.
    app.script::<()>("window.postMessage(arguments[0], '*')", &[json!(right)]);
    // From the frame.
    let mut truncated = right.clone();
    truncated.truncate(right.len() / 2);
    let mut off_curve: Value = serde_json::from_str(&right).unwrap();
    let point = off_curve["ephemeralPublicKey"]
        .as_str()
        .unwrap()
        .replace(['A', 'B'], "C");
    off_curve["ephemeralPublicKey"] = json!(point);
    let pollution =
        r#"{"__proto__":{"opened":true},"constructor":{"prototype":{"kind":"credential"}}}"#;
    let kept = [
        "not json",
        &truncated,
        &off_curve.to_string(),
        &foreign,
        pollution,
    ];
    for text in kept {
        post(&app, &format!("parent.postMessage({}, '*')", json!(text)));
    }
    post(
        &app,
        "parent.postMessage('x'.repeat(50 * 1024 * 1024), '*')",
    );
    app.by_testid("session-refused").wait_text("8 MiB");
    post(
        &app,
        "const round = {}; round.round = round; parent.postMessage(round, '*')",
    );
    app.by_testid("session-refused").wait_text("text");
    app.screenshot("hostile");
    // The right one, and then again.
    post(&app, &format!("parent.postMessage({}, '*')", json!(right)));
    app.by_testid("session-state").wait_text("test");
    post(&app, &format!("parent.postMessage({}, '*')", json!(right)));
    app.by_testid("session-state").wait_text("again");
    let opened: Option<bool> = app.script("return ({}).opened ?? null", &[]);
    assert_eq!(opened, None, "no prototype is changed");
    // All that the window may call is to hand a message over.
    let refused: String = app.script_async(
        "const done = arguments[arguments.length - 1];
         window.__TAURI_INTERNALS__.invoke('connections').then(
           (got) => done(JSON.stringify(got)), (why) => done('refused: ' + why));",
        &[],
    );
    assert!(refused.starts_with("refused: "), "{refused}");
    app.close_window(SESSION_WINDOW, MAIN);

    app.by_testid("answers")
        .wait_text(&format!("({})", kept.len() + 1));
    app.by_testid("outcome-state").wait_text("Accepted");
    app.by_testid("refresh-status").click();
    app.by_testid("standing").wait_text("missing");
    let raw = app.by_testid("answers").text();
    assert!(!raw.contains("accepted"), "nobody decided anything: {raw}");
    app.screenshot("kept");
    app.assert_accessible("answers that did not open");
    app.quit();
}

#[test]
fn payloads_are_opened_by_hand() {
    let desk = Desk::open("payloads");
    let (server, app) = begin(&desk);
    send(&app, &["ana@example.com"], "CONTACT");
    open_session(&app, 0);
    let message = seal(
        &app,
        r#"{"eventType":"identity","user":{"contact":"ana@example.com"},"identity":{"fullName":"Ana Sousa"},"decision":{"success":true}}"#,
        None,
    );
    app.close_window(SESSION_WINDOW, MAIN);
    server.set_envelope(&odd_profile()).unwrap();
    open_session(&app, 0);
    let odd = seal(&app, r#"{"eventType":"test","message":"Ana again"}"#, None);
    app.close_window(SESSION_WINDOW, MAIN);

    app.by_testid("nav-answers").click();
    app.by_testid("payload").wait_shown();
    app.screenshot("empty");
    app.assert_accessible("answers, empty");
    app.by_testid("open-payload").click();
    app.by_testid("issue-payload").wait_shown();
    paste(&app, "payload", "this is not JSON");
    app.by_testid("open-payload").click();
    app.by_testid("open-outcome").wait_text("JSON");
    assert_eq!(
        app.by_testid("payload").value(),
        "this is not JSON",
        "what was typed stays"
    );

    // Dropped, it opens at once and joins its request by its key.
    let file = desk.write("message.json", &message);
    app.drop_files(&[&file]);
    app.text("Ana Sousa").wait_shown();
    app.screenshot("opened");
    app.assert_accessible("an opened answer");
    app.by_testid("open-payload").click();
    app.by_testid("open-outcome").wait_text("before");

    // A webhook wants secrets, then the right signature, then a decision about its age.
    let hook = vector();
    let text = |name: &str| hook[name].as_str().unwrap().to_owned();
    let headers = format!(
        "x-signature: {}\nx-timestamp: {}",
        text("x_signature"),
        hook["timestamp_ms"]
    );
    paste(&app, "payload", &text("raw_body"));
    paste(&app, "payloadHeaders", &headers);
    app.by_testid("open-payload").click();
    app.by_testid("open-settings").click();
    app.connection_action("Test house", "webhook").click();
    for (field, value) in [
        ("signatureSecret", text("signature_secret")),
        ("encryptionSecret", text("encryption_secret_b64")),
        ("encryptionSalt", text("encryption_salt")),
    ] {
        app.by_testid(&format!("webhook.{field}")).fill(&value);
    }
    app.screenshot("webhook-secrets");
    app.assert_accessible("webhook secrets");
    app.by_testid("webhook-save").click();
    app.by_testid("webhook-dialog").wait_gone();

    app.by_testid("nav-answers").click();
    paste(&app, "payload", &text("raw_body"));
    paste(
        &app,
        "payloadHeaders",
        &headers.replace("x-signature: 1", "x-signature: 2"),
    );
    app.by_testid("open-payload").click();
    app.by_testid("open-outcome")
        .wait_text("signature is wrong");
    paste(&app, "payloadHeaders", &headers);
    app.by_testid("open-payload").click();
    app.by_testid("open-anyway").wait_shown();
    app.screenshot("too-old");
    app.assert_accessible("an old webhook");
    app.by_testid("open-anyway").click();
    app.by_testid("open-outcome").wait_text("Opened");
    app.by_testid("nav-settings").click();
    app.by_testid("nav-answers").click();
    app.by_testid("loose-answers").wait_text("hi");
    app.screenshot("webhook-opened");

    let page: String = app.script("return document.documentElement.outerHTML", &[]);
    for secret in ["signature_secret", "encryption_secret_b64"] {
        assert!(!page.contains(&text(secret)), "the page holds the {secret}");
    }

    // What no profile opens is kept, and opens once there is one that does.
    paste(&app, "payloadHeaders", "");
    paste(&app, "payload", &odd);
    app.by_testid("open-payload").click();
    app.by_testid("open-outcome").wait_text("kept");
    app.screenshot("kept");
    own_profiles(
        &app,
        include_str!("../../crates/humanos/tests/vectors/profiles.json"),
    );
    app.by_testid("nav-answers").click();
    app.by_css("[data-testid=\"loose-answers\"] [data-testid$=\"-retry\"]")
        .click();
    app.text("Ana again").wait_shown();

    // Which profile opens it, without keeping anything.
    app.by_testid("nav-settings").click();
    paste(&app, "tryPayload", &message);
    app.by_testid("try-payload").click();
    app.by_testid("traces").wait_text("best-guess");
    app.screenshot("profiles");
    app.assert_accessible("profiles");
    paste(&app, "profiles", "{}");
    app.by_testid("profiles-save").click();
    app.by_testid("issue-profiles").wait_shown();

    // Back at the form, files are contact lists again.
    app.by_testid("nav-new-request").click();
    app.by_testid("contacts").wait_shown();
    let list = desk.write("clients.csv", "email\nrui@example.com\n");
    app.drop_files(&[&list]);
    app.by_testid("filter-ready").wait_text("1");
    app.quit();
}

/// A public key whose private half is nowhere.
const OTHER_KEY: &str = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==";

/// Fills in a request that leads back to this app, sends it, and gives the body that was reviewed.
fn send(app: &App<'_>, people: &[&str], level: &str) -> Value {
    app.by_testid("nav-new-request").click();
    app.by_testid("contacts").wait_shown();
    app.add_people(&people.join("\n"));
    app.by_testid("filter-ready")
        .wait_text(&people.len().to_string());
    app.by_testid("resourcesIds").fill(TERMS);
    app.by_testid("name").fill("Client onboarding");
    for choice in [
        format!("[data-testid=\"securityLevel\"] [value=\"{level}\"]"),
        "[data-testid=\"returnTo\"] [value=\"app\"]".to_owned(),
        "[data-testid=\"sendMode\"] [value=\"together\"]".to_owned(),
    ] {
        app.by_css(&choice).focus();
        app.press("space");
    }
    app.by_testid("return-note").wait_text("/return/");
    app.by_testid("make-key").focus();
    app.press("Return");
    app.by_testid("pubKey").wait_text("MFkw");
    app.screenshot("back-to-this-app");
    app.assert_accessible("the way back");
    app.review();
    let body = app.reviewed_body();
    app.send();
    app.by_testid("outcome-state").wait_text("Accepted");
    serde_json::from_str(&body).unwrap()
}

fn open_session(app: &App<'_>, subject: usize) {
    app.by_testid(&format!("subject-{subject}-session")).click();
    app.switch_to_window(SESSION);
    app.by_testid("session-frame").wait_shown();
}

/// What the link's page would post for this text, sealed for the request's key or another.
fn seal(app: &App<'_>, text: &str, key: Option<&str>) -> String {
    app.enter_frame();
    app.by_testid("answer").wait_shown();
    let sealed = app.script_async(
        "const [text, key, done] = arguments;
         const profile = JSON.parse(document.querySelector('form').dataset.profile);
         const pubKey = key ?? new URLSearchParams(location.search).get('pubKey');
         sealing.publicKey(pubKey).then((theirs) => sealing.seal(profile, theirs, text))
           .then((sealed) => done(JSON.stringify(sealed)), (why) => done('failed: ' + why));",
        &[json!(text), json!(key)],
    );
    app.leave_frame();
    sealed
}

/// Runs a line in the frame.
fn post(app: &App<'_>, line: &str) {
    app.enter_frame();
    app.script::<()>(line, &[]);
    app.leave_frame();
}

/// Typing a long text takes long; this is what pasting does.
fn paste(app: &App<'_>, field: &str, text: &str) {
    app.by_testid(field).wait_shown();
    app.script::<()>(
        "const control = document.querySelector(`[data-testid=\"${arguments[0]}\"]`);
         Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')
           .set.call(control, arguments[1]);
         control.dispatchEvent(new Event('input', { bubbles: true }));",
        &[json!(field), json!(text)],
    );
}

/// One that does not come with the app.
fn odd_profile() -> String {
    let file: Value = serde_json::from_str(include_str!(
        "../../crates/humanos/tests/vectors/profiles.json"
    ))
    .unwrap();
    let profiles = file["profiles"].as_array().unwrap();
    profiles
        .iter()
        .find(|profile| profile["name"] == "many-parts")
        .unwrap()
        .to_string()
}

fn own_profiles(app: &App<'_>, text: &str) {
    app.by_testid("nav-settings").click();
    paste(app, "profiles", text);
    app.by_testid("profiles-save").click();
    app.by_testid("encrypted-answers").wait_text("many-parts");
}

/// As a browser elsewhere would: the page's own call, without the page.
fn answer_in_a_browser(desk: &Desk, server: &Server, link: &str) {
    let call = http()
        .post(format!("{link}/answer"))
        .header("origin", server.base_url())
        .json(&json!({ "accepted": [false], "identified": true }));
    let reply = desk.block_on(call.send()).unwrap();
    assert_eq!(reply.status(), 200, "{:?}", desk.block_on(reply.text()));
}

fn get(desk: &Desk, url: &str, host: Option<&str>) -> String {
    let reply = desk.block_on(call(url, host).send()).unwrap();
    desk.block_on(reply.text()).unwrap()
}

fn status(desk: &Desk, url: &str, host: Option<&str>) -> u16 {
    desk.block_on(call(url, host).send())
        .unwrap()
        .status()
        .as_u16()
}

fn call(url: &str, host: Option<&str>) -> reqwest::RequestBuilder {
    let call = http().get(url);
    match host {
        Some(host) => call.header("host", host),
        None => call,
    }
}

fn http() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

fn vector() -> Value {
    let all: Value =
        serde_json::from_str(include_str!("../../crates/humanos/tests/data/vectors.json")).unwrap();
    all["webhook"].clone()
}

/// A house of tests, and the app connected to it.
fn begin(desk: &Desk) -> (Server, App<'_>) {
    let keys = Practice {
        api_key: "an-api-key-of-the-test-house-7f2a".to_owned(),
        signature_secret: "a-signature-secret-of-the-test-house-93bd".to_owned(),
    };
    let started = desk.block_on(Server::start(keys.clone(), Arc::new(now_ms)));
    let server = started.unwrap();
    let app = desk.start();
    app.first_start();
    app.add_connection(NewConnection {
        name: "Test house",
        base_url: &server.base_url(),
        api_key: &keys.api_key,
        signature_secret: &keys.signature_secret,
    });
    (server, app)
}

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}
