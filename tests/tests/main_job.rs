//! The main job in the real window: first start, a connection, a list dragged in, every field, review, send, answer,
//! restart, receipt. At the end nothing on disk, in the page or in its traffic holds a secret.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use e2e::{App, Desk, NewConnection, TERMS};
use sandbox::{Practice, Received, Server};
use serde_json::{Value, json};

const API_KEY: &str = "canary-api-key-6f1d2c9ab7e84353-7f2a";
const SIGNATURE_SECRET: &str = "canary-signature-secret-51c07be2d99a4f0e-93bd";
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
const LIST: &str = "name;email\nJohn;john.doe@example.com\nMaria;maria.sousa@example.com\nJoão;912 345 678\nNobody;not-a-contact\n";

#[test]
fn the_whole_job_with_every_field() {
    let desk = Desk::open("main-job");
    let server = practice(&desk);
    let list = desk.write("clients.csv", LIST);
    let pdf = desk.write("agreement.pdf", PDF);
    let receipt = desk.home().join("receipt.json");

    let app = desk.start();
    record_traffic(&app);
    app.by_testid("start-app").wait_shown();
    look_at(&app, "first-start");
    let recovery = app.first_start();
    assert_eq!(
        recovery.split('-').count(),
        14,
        "the recovery key has fourteen groups"
    );
    app.by_testid("practice-strip").wait_shown();
    look_at(&app, "empty-form");

    app.add_connection(NewConnection {
        name: "Test house",
        base_url: &server.base_url(),
        api_key: API_KEY,
        signature_secret: SIGNATURE_SECRET,
    });
    app.connection_action("Test house", "test").click();
    app.by_testid("connection-test-result").wait_text("works");
    app.text("7f2a").wait_shown();
    look_at(&app, "settings");
    assert!(
        !app.by_testid("practice-strip").is_shown(),
        "this connection is not practice"
    );
    secrets_are_in_the_keyring(&desk);

    app.by_testid("nav-new-request").click();
    app.by_testid("contacts").wait_shown();
    app.drop_files(&[&list]);
    app.by_testid("filter-ready").wait_text("3");
    app.by_testid("filter-errors").wait_text("1");
    look_at(&app, "list");
    fill_every_field(&desk, &app, &pdf);
    look_at(&app, "full-form");

    app.review();
    app.by_testid("review-people").wait_text("3");
    let reviewed = app.reviewed_body();
    look_at(&app, "review");
    app.send();
    app.by_testid("outcome-state").wait_text("Accepted");
    look_at(&app, "outcome");

    let received = received(&server);
    assert_eq!(
        std::str::from_utf8(&received.body).unwrap(),
        reviewed,
        "the server received the bytes that were reviewed"
    );
    assert_body(&reviewed);
    assert_eq!(received.header("api-version"), Some("2026-05-20"));
    assert_eq!(received.header("idempotency-key"), Some("e2e-key-0001"));
    assert_eq!(received.header("content-type"), Some("application/json"));

    let link = app.by_testid("subject-0").text();
    assert!(
        link.contains("/link/"),
        "the person's link is shown: {link}"
    );
    app.by_testid("subject-0-code").click();
    let code = app.by_testid("subject-0-code-value").wait_text("");
    assert_eq!(
        code.trim().len(),
        6,
        "the code is shown when asked for: {code:?}"
    );
    let traffic: String = app.script("return JSON.stringify(window.traffic)", &[]);
    let page: String = app.script("return document.documentElement.outerHTML", &[]);
    app.quit();

    let app = desk.start();
    app.by_testid("nav-requests").click();
    app.by_testid("requests-search").fill("maria.sousa");
    app.by_css("[data-testid^=\"request-row-\"]").click();
    app.by_testid("outcome-state").wait_text("Accepted");
    look_at(&app, "requests");
    app.export_receipt(&receipt);
    look_at(&app, "exported");
    assert_receipt(&receipt, &reviewed, code.trim());
    app.by_testid("requests-search").fill("nobody like this");
    app.wait_until("no request to be listed", || {
        app.by_css("[data-testid^=\"request-row-\"]").count() == 0
    });
    let restarted: String = app.script("return document.documentElement.outerHTML", &[]);
    app.quit();

    for (place, text) in [
        ("the page's traffic", traffic),
        ("the page", page),
        ("the page later", restarted),
    ] {
        for secret in [API_KEY, SIGNATURE_SECRET] {
            assert!(!text.contains(secret), "{place} holds a secret");
        }
    }
    no_file_holds(
        &desk,
        &[
            "maria.sousa@example.com",
            API_KEY,
            SIGNATURE_SECRET,
            code.trim(),
        ],
    );
}

/// Fills in every control of the form, and leaves the list as it is.
fn fill_every_field(desk: &Desk, app: &App<'_>, pdf: &std::path::Path) {
    let put = |id: &str, text: &str| app.by_testid(id).fill(text);
    let choose = |id: &str, value: &str| app.choose(id, value);
    put("resourcesIds", TERMS);
    put("groupIds", "507f1f77bcf86cd799439011");

    app.add_credential(0, "DOCUMENT");
    put("credentials.0.name", "Agreement");
    put("credentials.0.scope", "onboarding.sign");
    put("credentials.0.description", "Read and sign");
    put("credentials.0.internalId", "doc-1");
    app.by_testid("credentials.0.data").click();
    desk.open_file(pdf);
    app.text("agreement.pdf").wait_shown();
    let place = "credentials.0.placements.0";
    app.by_testid("add-placement-0").click();
    app.wait_until("the focus to be at the new field", || {
        app.focused().contains(&format!("{place}.contact"))
    });
    choose(&format!("{place}.contact"), "john.doe@example.com");
    choose(&format!("{place}.type"), "SIGNATURE");
    for (field, value) in [
        ("x", "10"),
        ("y", "80.5"),
        ("width", "30"),
        ("height", "5"),
        ("pageIndex", "0"),
    ] {
        put(&format!("{place}.{field}"), value);
    }

    app.add_credential(1, "CONSENT");
    put("credentials.1.name", "Marketing");
    put("credentials.1.data.text", "I agree to be written to — já!");
    put("credentials.1.data.url", "https://example.com/terms");

    app.add_credential(2, "JSON");
    put("credentials.2.name", "Facts");
    put(
        "credentials.2.data",
        r#"{"b": 1.50, "10": "ten", "2": [1e21, "é"]}"#,
    );

    app.add_credential(3, "POLICY");
    put("credentials.3.name", "Pay hotels");
    put(
        "credentials.3.action.id",
        "urn:via:action:3f1c1a52-6f0c-4b0e-9a56-0c5f6ad0c0de",
    );
    put("credentials.3.action.userParams", r#"{"max": 100}"#);

    app.by_css("[data-testid=\"securityLevel\"] [value=\"HUMANOS_KYC\"], [data-testid=\"securityLevel\"][value=\"HUMANOS_KYC\"]")
        .focus();
    app.press("space");
    put("language", "PRT");
    app.by_css("[data-testid=\"returnTo\"] [value=\"web\"]")
        .focus();
    app.press("space");
    put("redirectUrl", "https://example.com/callback");
    app.by_testid("add-expected-doc").click();
    choose("expectedDocIds.0.contact", "john.doe@example.com");
    put("expectedDocIds.0.docId", "1234567890");
    put("authorizedDIDs", "did:web:auditor.example");
    app.by_testid("make-key").click();
    app.by_testid("pubKey").wait_text("MFkw");
    put("name", "Client onboarding");
    put("internalId", "onb-2026-11-1");
    put("Idempotency-Key", "e2e-key-0001");
}

fn assert_body(body: &str) {
    let mut body: Value = serde_json::from_str(body).unwrap();
    let key = body["pubKey"].take();
    assert!(
        key.as_str().unwrap().starts_with("MFkw"),
        "a P-256 public key was made"
    );
    let expected = json!({
        "contacts": ["john.doe@example.com", "maria.sousa@example.com", "+351912345678"],
        "name": "Client onboarding",
        "securityLevel": "HUMANOS_KYC",
        "groupIds": ["507f1f77bcf86cd799439011"],
        "resourcesIds": [TERMS],
        "credentials": [
            { "type": "DOCUMENT", "name": "Agreement", "scope": "onboarding.sign",
              "description": "Read and sign", "internalId": "doc-1", "data": STANDARD.encode(PDF),
              "placements": [{ "contact": "john.doe@example.com", "type": "SIGNATURE", "x": 10, "y": 80.5,
                "width": 30, "height": 5, "pageIndex": 0 }] },
            { "type": "CONSENT", "name": "Marketing",
              "data": { "text": "I agree to be written to — já!", "url": "https://example.com/terms" } },
            { "type": "JSON", "name": "Facts", "data": { "2": [1e21, "é"], "10": "ten", "b": 1.5 } },
            { "type": "POLICY", "name": "Pay hotels", "action": {
              "id": "urn:via:action:3f1c1a52-6f0c-4b0e-9a56-0c5f6ad0c0de", "userParams": { "max": 100 } } },
        ],
        "language": "PRT",
        "redirectUrl": "https://example.com/callback",
        "internalId": "onb-2026-11-1",
        "pubKey": null,
        "authorizedDIDs": ["did:web:auditor.example"],
        "expectedDocIds": [{ "contact": "john.doe@example.com", "docId": "1234567890" }],
    });
    assert_eq!(body, expected);
}

fn assert_receipt(path: &std::path::Path, body: &str, code: &str) {
    let text = std::fs::read_to_string(path).unwrap();
    let report = receipts::verify(text.as_bytes(), &receipts::Trust::anyone());
    assert!(report.holds(), "the receipt holds by itself: {report:?}");
    let signed = receipts::SignedReceipt::read(text.as_bytes()).unwrap();
    let receipt = signed.receipt();
    assert_eq!(
        receipt.sent.body.bytes().unwrap(),
        body.as_bytes(),
        "the exact bytes are in it"
    );
    assert_eq!(receipt.sent.idempotency_key, "e2e-key-0001");
    assert_eq!(receipt.subjects.len(), 3);
    assert!(!receipt.interim, "the request was answered");
    for secret in [API_KEY, SIGNATURE_SECRET, code] {
        assert!(!text.contains(secret), "the receipt holds a secret");
    }
}

/// Keeps all that crosses to the page from now on: every answer and every event.
fn record_traffic(app: &App<'_>) {
    app.script::<()>(
        "window.traffic = [];
         const fetched = window.fetch;
         window.fetch = async (...call) => {
           const answer = await fetched(...call);
           window.traffic.push(await answer.clone().text());
           return answer;
         };",
        &[],
    );
}

fn secrets_are_in_the_keyring(desk: &Desk) {
    let found = desk
        .command("secret-tool")
        .args([
            "search",
            "--all",
            "--unlock",
            "service",
            "app.countersign.desktop",
        ])
        .output()
        .unwrap();
    let found = String::from_utf8_lossy(&found.stdout).into_owned();
    for secret in [API_KEY, SIGNATURE_SECRET] {
        assert!(
            found.contains(&STANDARD.encode(secret)),
            "the keyring holds it: {found}"
        );
    }
}

/// No file of the officer's home and no log, but the keyring's own, holds any of these.
fn no_file_holds(desk: &Desk, words: &[&str]) {
    let mut looked = 0;
    for file in desk.files() {
        let name = file.display().to_string();
        if name.contains("/keyrings/") || name.ends_with(".csv") || name.ends_with("receipt.json") {
            continue;
        }
        let bytes = std::fs::read(&file).unwrap();
        for word in words {
            for form in [(*word).to_owned(), STANDARD.encode(word)] {
                let held = bytes
                    .windows(form.len())
                    .any(|part| part == form.as_bytes());
                assert!(!held, "{name} holds {word}");
            }
        }
        looked += 1;
    }
    assert!(looked > 3, "the ledger and the logs were looked at");
}

fn practice(desk: &Desk) -> Server {
    let keys = Practice {
        api_key: API_KEY.to_owned(),
        signature_secret: SIGNATURE_SECRET.to_owned(),
    };
    desk.block_on(Server::start(keys, Arc::new(now_ms)))
        .unwrap()
}

fn received(server: &Server) -> Received {
    let mut posts = server.received();
    posts.retain(|call| call.method == "POST");
    assert_eq!(posts.len(), 1, "it was sent once");
    posts.remove(0)
}

fn now_ms() -> i64 {
    i64::try_from(
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap()
            .as_millis(),
    )
    .unwrap()
}

/// A picture, and what axe-core says of it.
fn look_at(app: &App<'_>, screen: &str) {
    app.screenshot(screen);
    app.assert_accessible(screen);
}
