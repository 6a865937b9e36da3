//! The Link page: what it shows, what an answer changes, and who may give one.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use humanos::client::{ApiCredentials, BaseUrl, Client, Endpoint, Proxy};
use humanos::secret::{ApiKey, SignatureSecret};
use humanos::{ApiVersion, Standing};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::{Bench, Reply, TERMS, small, valid};

const DETAIL: &str = "2026-05-20/detail-response.schema.json";
const LIST: &str = "2026-05-20/list-response.schema.json";

/// Two people, two credentials, an identity check.
fn two_by_two() -> Value {
    json!({
        "contacts": ["ana@example.pt", "+351912345678"],
        "internalId": "case-1",
        "securityLevel": "ORGANIZATION_KYC",
        "resourcesIds": [TERMS],
        "credentials": [{"type": "JSON", "name": "Facts & <b>figures</b>", "data": 1,
            "description": "All of \"them\"."}],
    })
}

/// The path of a subject's link.
pub(crate) fn link(bench: &Bench, made: &Value, subject: usize) -> String {
    let link = made["subjects"][subject]["link"].as_str().unwrap();
    link.strip_prefix(&bench.server.base_url())
        .unwrap()
        .to_owned()
}

pub(crate) async fn page(bench: &Bench, link: &str) -> Reply {
    bench.send(Method::GET, link, &[], Vec::new()).await
}

/// What the page's script sends.
pub(crate) async fn answer(bench: &Bench, link: &str, answer: &Value) -> Reply {
    let headers = [
        ("origin", bench.server.base_url()),
        ("sec-fetch-site", "same-origin".to_owned()),
    ];
    raw_answer(bench, link, &headers, answer.to_string()).await
}

async fn raw_answer(bench: &Bench, link: &str, headers: &[(&str, String)], body: String) -> Reply {
    let mut all = vec![("content-type".to_owned(), "application/json".to_owned())];
    for (name, value) in headers {
        all.retain(|(known, _)| known != name);
        all.push(((*name).to_owned(), value.clone()));
    }
    let path = format!("{link}/answer");
    bench
        .send(Method::POST, &path, &all, body.into_bytes())
        .await
}

async fn detail(bench: &Bench, made: &Value) -> Value {
    let id = made["id"].as_str().unwrap();
    let detail = bench.get(&format!("/request/{id}")).await.json();
    assert!(valid(DETAIL, &detail), "{detail}");
    let list = bench.get("/request?pageSize=100").await.json();
    assert!(valid(LIST, &list), "{list}");
    let mut items = list["data"].as_array().unwrap().iter();
    let item = items.find(|item| item["id"] == id).unwrap();
    for (one, other) in [("credentials", "status"), ("subjects", "identityStatus")] {
        for at in 0..item[one].as_array().unwrap().len() {
            assert_eq!(item[one][at][other], detail[one][at][other]);
            assert_eq!(item[one][at]["kyc"], detail[one][at]["kyc"]);
        }
    }
    detail
}

fn statuses(detail: &Value) -> Vec<&str> {
    let credentials = detail["credentials"].as_array().unwrap().iter();
    credentials
        .map(|credential| credential["status"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn the_page_asks_for_what_the_request_asks() {
    let bench = Bench::start().await;
    let made = bench.create(&two_by_two()).await;
    let path = link(&bench, &made, 1);
    let page = page(&bench, &format!("{path}?pubKey=a&postMessageOrigin=b")).await;
    assert_eq!(page.status, 200);
    for part in [
        "<html lang=\"en\">",
        "Practice: nothing leaves this computer.",
        "<h1>Practice: answer in place of +351912345678</h1>",
        "<legend>Client onboarding terms</legend>",
        "<legend>Facts &amp; &lt;b&gt;figures&lt;/b&gt;</legend><p>All of &quot;them&quot;.</p>",
        "<input type=\"radio\" name=\"credential-1\" value=\"accept\" data-testid=\"accept-1\" checked>",
        "<input type=\"radio\" name=\"credential-1\" value=\"reject\" data-testid=\"reject-1\">",
        "data-testid=\"accept-0\" checked",
        "data-testid=\"reject-0\"",
        "data-testid=\"kyc-pass\" checked",
        "data-testid=\"kyc-fail\"",
        "data-testid=\"answer\"",
        &format!("data-to=\"{path}/answer\" data-credentials=\"2\""),
        "data-profile=\"{",
    ] {
        assert!(page.text.contains(part), "{part}\n{}", page.text);
    }
    let lower = page.text.to_lowercase();
    for bad in [
        "onclick",
        "onsubmit",
        "onload",
        "style=",
        "javascript:void",
        "src=",
    ] {
        assert!(!lower.contains(bad), "{bad}");
    }
    let plain = bench.create(&small()).await;
    let plain = page_of(&bench, &plain).await;
    assert!(!plain.contains("kyc-pass") && plain.contains("accept-0"));
}

async fn page_of(bench: &Bench, made: &Value) -> String {
    page(bench, &link(bench, made, 0)).await.text
}

#[tokio::test]
async fn only_what_is_hashed_runs_and_only_the_app_may_frame_it() {
    let bench = Bench::start().await;
    let made = bench.create(&small()).await;
    let page = page(&bench, &link(&bench, &made, 0)).await;
    let inside = |tag: &str| -> Vec<String> {
        let (start, end) = (format!("<{tag}>"), format!("</{tag}>"));
        let parts = page.text.split(&start).skip(1);
        parts
            .map(|part| part.split(&end).next().unwrap())
            .map(|text| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text))))
            .collect()
    };
    let (style, scripts) = (inside("style"), inside("script"));
    assert_eq!((style.len(), scripts.len()), (1, 2));
    assert_eq!(
        page.headers["content-security-policy"],
        format!(
            "default-src 'none'; style-src {}; script-src {} {}; connect-src 'self'; \
             base-uri 'none'; form-action 'none'; frame-ancestors tauri://localhost \
             https://tauri.localhost http://tauri.localhost http://127.0.0.1:*",
            style[0], scripts[0], scripts[1]
        )
    );
    assert_eq!(page.headers["x-content-type-options"], "nosniff");
    assert_eq!(page.headers["referrer-policy"], "same-origin");
    assert_eq!(page.headers["cache-control"], "no-store");
}

#[tokio::test]
async fn all_accepted_is_active() {
    let bench = Bench::start().await;
    let made = bench.create(&small()).await;
    let path = link(&bench, &made, 0);
    assert_eq!(statuses(&detail(&bench, &made).await), ["DRAFT"]);
    let (calls, books) = (bench.server.received().len(), bench.server.books().len());
    bench.pass(5_000);
    let reply = answer(
        &bench,
        &path,
        &json!({"accepted": [true], "identified": null}),
    )
    .await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    assert_eq!(reply.json()["redirect"], Value::Null);
    assert_eq!(bench.server.received().len(), calls, "no call of the app");
    assert_eq!(bench.server.books().len(), books);

    let detail = detail(&bench, &made).await;
    assert_eq!(statuses(&detail), ["ACTIVE"]);
    let decision = &detail["credentials"][0]["decisions"][0];
    let id = decision["id"].as_str().unwrap();
    let id = id.strip_prefix("urn:via:decision:").unwrap();
    assert!(uuid::Uuid::parse_str(id).is_ok());
    assert_eq!(decision["contact"], "ana@example.pt");
    assert_eq!(decision["accepted"], true);
    assert_eq!(decision["decidedAt"], "2026-06-01T12:00:05.000Z");
    assert_eq!(detail["subjects"][0]["identityStatus"], "NONE");
    assert!(detail["subjects"][0].get("kyc").is_none());

    let text = page_of(&bench, &made).await;
    assert!(text.contains("ana@example.pt has answered"), "{text}");
    assert!(text.contains("<li>Client onboarding terms: accepted</li>"));
    assert!(!text.contains("<form") && !text.contains("<script"));
}

#[tokio::test]
async fn one_of_several_people_can_reject_but_all_must_accept() {
    let bench = Bench::start().await;
    let made = bench.create(&two_by_two()).await;
    let first = json!({"accepted": [true, false], "identified": true});
    let reply = answer(&bench, &link(&bench, &made, 0), &first).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let half = detail(&bench, &made).await;
    assert_eq!(statuses(&half), ["DRAFT", "REJECTED"]);
    assert_eq!(half["subjects"][0]["kyc"], "APPROVED");
    assert_eq!(half["subjects"][0]["identityStatus"], "KYC");
    assert_eq!(half["subjects"][1]["identityStatus"], "NONE");
    assert!(half["subjects"][1].get("kyc").is_none());

    let second = json!({"accepted": [true, true], "identified": false});
    let reply = answer(&bench, &link(&bench, &made, 1), &second).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let whole = detail(&bench, &made).await;
    assert_eq!(statuses(&whole), ["ACTIVE", "REJECTED"]);
    assert_eq!(whole["subjects"][1]["kyc"], "REJECTED");
    assert_eq!(whole["subjects"][1]["identityStatus"], "NONE");
    let decisions = whole["credentials"][1]["decisions"].as_array().unwrap();
    assert_eq!(decisions.len(), 2);
    assert_eq!(decisions[0]["accepted"], false);
    assert_eq!(decisions[1]["accepted"], true);
    assert_eq!(decisions[1]["contact"], "+351912345678");
    let text = page(&bench, &link(&bench, &made, 1)).await.text;
    assert!(text.contains("<li>Identity check: failed</li>"), "{text}");
}

#[tokio::test]
async fn the_messages_are_those_of_webhooks() {
    let bench = Bench::start().await;
    let made = bench.create(&two_by_two()).await;
    for (subject, passed) in [(0, true), (1, false)] {
        let given = json!({"accepted": [true, false], "identified": passed});
        let reply = answer(&bench, &link(&bench, &made, subject), &given).await;
        let messages = reply.json()["messages"].clone();
        let messages: Vec<Value> = messages
            .as_array()
            .unwrap()
            .iter()
            .map(|text| serde_json::from_str(text.as_str().unwrap()).unwrap())
            .collect();
        let [identity, first, second] = messages.as_slice() else {
            panic!("{messages:?}")
        };
        for message in &messages {
            assert_eq!(message["requestId"], made["id"]);
            assert_eq!(message["internalId"], "case-1");
            assert_eq!(message["api_version"], "2026-05-20");
            assert_eq!(message["user"]["id"], made["subjects"][subject]["id"]);
            assert_eq!(
                message["user"]["contact"],
                made["subjects"][subject]["contact"]
            );
        }
        let schema = "2026-05-20/webhook-identity.schema.json";
        assert!(valid(schema, identity), "{identity}");
        assert_eq!(identity["decision"]["success"], passed);
        assert_eq!(identity.get("identity").is_some(), passed);
        let schema = "2026-05-20/webhook-credential.schema.json";
        assert!(
            valid(schema, first) && valid(schema, second),
            "{first} {second}"
        );
        assert_eq!(first["decision"]["action"], "accept");
        assert_eq!(second["decision"]["action"], "reject");
        assert_eq!(second["credential"]["id"], made["credentials"][1]["id"]);
        assert_eq!(second["credential"]["status"], "REJECTED");
        let decided = detail(&bench, &made).await["credentials"].clone();
        assert_eq!(first["credential"], decided[0], "as the detail has it");
    }
}

#[tokio::test]
async fn an_answer_is_given_once_and_in_time() {
    let bench = Bench::start().await;
    let yes = json!({"accepted": [true], "identified": null});
    let made = bench.create(&small()).await;
    let path = link(&bench, &made, 0);
    assert_eq!(answer(&bench, &path, &yes).await.status, 200);
    let no = json!({"accepted": [false], "identified": null});
    answer(&bench, &path, &no)
        .await
        .refused(409, "answered already");
    assert_eq!(statuses(&detail(&bench, &made).await), ["ACTIVE"]);
    let id = made["id"].as_str().unwrap().to_owned();
    bench
        .call(Method::DELETE, &format!("/request/{id}"), b"")
        .await
        .refused(404, "no credential left");

    let made = bench.create(&two_by_two()).await;
    let first = json!({"accepted": [true, false], "identified": true});
    answer(&bench, &link(&bench, &made, 0), &first).await;
    let id = made["id"].as_str().unwrap().to_owned();
    let reply = bench
        .call(Method::DELETE, &format!("/request/{id}"), b"")
        .await;
    assert_eq!(reply.status, 200, "something was still open");
    let late = answer(&bench, &link(&bench, &made, 1), &first).await;
    late.refused(409, "has been cancelled");
    let after = detail(&bench, &made).await;
    assert_eq!(statuses(&after), ["CANCELED", "REJECTED"]);
    let text = page(&bench, &link(&bench, &made, 1)).await.text;
    assert!(text.contains("has been cancelled"), "{text}");
    assert!(!text.contains("<form"), "{text}");
    let text = page(&bench, &link(&bench, &made, 0)).await.text;
    assert!(text.contains("has been cancelled since"), "{text}");

    let nobody = format!("/link/{}", "0".repeat(24));
    answer(&bench, &nobody, &yes)
        .await
        .refused(404, "not known");
    answer(&bench, "/link/%ff", &yes)
        .await
        .refused(404, "not known");
    assert_eq!(page(&bench, &nobody).await.status, 404);
}

#[tokio::test]
async fn other_pages_cannot_answer() {
    let bench = Bench::start().await;
    let made = bench.create(&small()).await;
    let path = link(&bench, &made, 0);
    let ours = bench.server.base_url();
    let yes = || json!({"accepted": [true], "identified": null}).to_string();
    let localhost = ours.replace("127.0.0.1", "localhost");
    for headers in [
        vec![],
        vec![("origin", "null".to_owned())],
        vec![("origin", "https://example.com".to_owned())],
        vec![("origin", "tauri://localhost".to_owned())],
        vec![("origin", localhost)],
        vec![("origin", format!("{ours}0"))],
        vec![("sec-fetch-site", "same-origin".to_owned())],
        vec![
            ("origin", ours.clone()),
            ("sec-fetch-site", "cross-site".to_owned()),
        ],
        vec![
            ("origin", ours.clone()),
            ("sec-fetch-site", "same-site".to_owned()),
        ],
    ] {
        raw_answer(&bench, &path, &headers, yes())
            .await
            .refused(403, "from the page itself");
    }
    let plain = [
        ("origin", ours.clone()),
        ("content-type", "text/plain".to_owned()),
    ];
    raw_answer(&bench, &path, &plain, yes())
        .await
        .refused(415, "application/json");
    let asked = bench
        .send(Method::OPTIONS, &format!("{path}/answer"), &[], Vec::new())
        .await;
    assert!(asked.headers.get("access-control-allow-origin").is_none());
    assert_eq!(statuses(&detail(&bench, &made).await), ["DRAFT"]);
    // Older browsers send no more than this.
    let reply = raw_answer(&bench, &path, &[("origin", ours)], yes()).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
}

#[tokio::test]
async fn answers_that_do_not_fit_are_refused() {
    let bench = Bench::start().await;
    let made = bench.create(&two_by_two()).await;
    let path = link(&bench, &made, 0);
    let origin = [("origin", bench.server.base_url())];
    let deep = "[".repeat(100_000);
    for (body, message) in [
        ("", "must be"),
        ("[]", "must be"),
        ("{}", "must be"),
        (&deep, "must be"),
        (r#"{"accepted":[true,true]}"#, "must be"),
        (r#"{"accepted":[true,1],"identified":true}"#, "must be"),
        (r#"{"accepted":[true,true],"identified":"yes"}"#, "must be"),
        (
            r#"{"accepted":[true,true],"identified":true,"x":1}"#,
            "must be",
        ),
        (
            r#"{"accepted":[true],"identified":true}"#,
            "each credential",
        ),
        (
            r#"{"accepted":[true,true,true],"identified":true}"#,
            "each credential",
        ),
        (
            r#"{"accepted":[true,true],"identified":null}"#,
            "each credential",
        ),
    ] {
        raw_answer(&bench, &path, &origin, body.to_owned())
            .await
            .refused(400, message);
    }
    let large = format!(
        r#"{{"accepted":[true,true],"identified":true}}{}"#,
        " ".repeat(128 * 1024)
    );
    raw_answer(&bench, &path, &origin, large)
        .await
        .refused(413, "too large");
    assert_eq!(statuses(&detail(&bench, &made).await), ["DRAFT", "DRAFT"]);
}

#[tokio::test]
async fn a_request_of_too_many_answers_is_not_answered_here() {
    let bench = Bench::start().await;
    let contacts: Vec<_> = (0..400).map(|n| format!("p{n}@example.pt")).collect();
    let body = json!({"contacts": contacts, "resourcesIds": vec![TERMS; 251]});
    let made = bench.create(&body).await;
    let path = link(&bench, &made, 399);
    let text = page(&bench, &path).await.text;
    assert!(text.contains("more in all than"), "{text}");
    let yes = json!({"accepted": vec![true; 251], "identified": null});
    answer(&bench, &path, &yes).await.refused(409, "too much");

    let body = json!({"contacts": contacts, "resourcesIds": vec![TERMS; 250]});
    let made = bench.create(&body).await;
    let yes = json!({"accepted": vec![true; 250], "identified": null});
    let reply = answer(&bench, &link(&bench, &made, 399), &yes).await;
    assert_eq!(reply.status, 200, "just within");
    assert_eq!(reply.json()["messages"].as_array().unwrap().len(), 250);
}

#[tokio::test]
async fn the_page_goes_on_to_where_the_request_leads() {
    let bench = Bench::start().await;
    let yes = json!({"accepted": [true], "identified": null});
    for (url, query, expected) in [
        (
            "https://example.com/a?b=c#d",
            None,
            "https://example.com/a?b=c#d",
        ),
        (
            "https://example.com/a?b=c#d",
            Some("e=f"),
            "https://example.com/a?b=c&e=f#d",
        ),
        (
            "countersign://return/x",
            Some("e=f&g"),
            "countersign://return/x?e=f&g",
        ),
    ] {
        bench.server.set_return_query(query.map(str::to_owned));
        let mut body = small();
        body["redirectUrl"] = json!(url);
        let made = bench.create(&body).await;
        let text = page_of(&bench, &made).await;
        assert!(text.contains(&format!("goes on to {url}")), "{text}");
        let reply = answer(&bench, &link(&bench, &made, 0), &yes).await;
        assert_eq!(reply.json()["redirect"], expected);
    }
}

#[tokio::test]
async fn the_client_sees_where_a_request_stands() {
    let bench = Bench::start().await;
    let endpoint = Endpoint {
        base_url: BaseUrl::parse(&bench.server.base_url()).unwrap(),
        version: ApiVersion::contacts_era(),
        proxy: Proxy::None,
        ca_pem: None,
    };
    let credentials = ApiCredentials {
        api_key: ApiKey::parse(bench.practice.api_key.clone()).unwrap(),
        signature_secret: SignatureSecret::parse(bench.practice.signature_secret.clone()).unwrap(),
    };
    let client = Client::new(endpoint, credentials).unwrap();
    for (accepted, standing) in [(true, Standing::Done), (false, Standing::Rejected)] {
        let made = bench.create(&small()).await;
        let id = made["id"].as_str().unwrap();
        let (_, before) = client.detail(id, bench.now()).await.unwrap();
        assert_eq!(before.standing(), Standing::Pending);
        let given = json!({"accepted": [accepted], "identified": null});
        answer(&bench, &link(&bench, &made, 0), &given).await;
        let (_, after) = client.detail(id, bench.now()).await.unwrap();
        assert_eq!(after.standing(), standing);
        assert_eq!(after.credentials[0].decisions[0].accepted, Some(accepted));
    }
    let made = bench.create(&small()).await;
    let id = made["id"].as_str().unwrap();
    bench
        .call(Method::DELETE, &format!("/request/{id}"), b"")
        .await;
    let (_, after) = client.detail(id, bench.now()).await.unwrap();
    assert_eq!(after.standing(), Standing::Cancelled);
}
