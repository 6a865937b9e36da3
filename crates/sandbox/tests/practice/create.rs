//! What an accepted create call gives, idempotency, and the links.

use humanos::keys::KeyPair;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Bench, TERMS, small, valid};

fn everything() -> Value {
    json!({
        "contacts": ["ana@example.pt", "+351912345678"],
        "name": "Onboarding <June>",
        "securityLevel": "HUMANOS_KYC",
        "groupIds": ["507f1f77bcf86cd799439011"],
        "resourcesIds": [TERMS, "aaaaaaaaaaaaaaaaaaaaaaaa"],
        "credentials": [
            {"type": "DOCUMENT", "name": "Mandate", "data": "JVBERi0xLjcK", "internalId": "m-1",
             "validFrom": "2026-07-01T00:00:00Z", "validUntil": "2027-07-01T00:00:00+01:00",
             "placements": [{"contact": "ana@example.pt", "type": "SIGNATURE", "x": 0, "y": 100,
                             "width": 12.5, "height": 5, "pageIndex": 0}]},
            {"type": "CONSENT", "name": "Marketing", "data": {"text": "Yes", "url": "https://a.pt"}},
            {"type": "JSON", "name": "Facts", "data": [{"label": "a", "value": null}]},
            {"type": "POLICY", "name": "Pay", "scope": "payments",
             "action": {"id": "urn:via:action:7e57d004-2b97-4e7a-b45f-5387367791cd",
                        "userParams": {"max": 10}}},
        ],
        "language": "ENG",
        "redirectUrl": "https://example.com/callback?a=b",
        "internalId": "order-123",
        "pubKey": KeyPair::generate().unwrap().pub_key,
        "authorizedDIDs": ["did:web:google.com"],
        "expectedDocIds": [{"contact": "ana@example.pt", "docId": "12345678"}],
    })
}

fn digits(text: &Value, length: usize, radix: u32) -> bool {
    let text = text.as_str().unwrap();
    text.len() == length && text.chars().all(|char| char.is_digit(radix))
}

#[tokio::test]
async fn every_field_is_taken_and_the_reply_is_in_shape() {
    let bench = Bench::start().await;
    let body = everything();
    let reply = bench.post(&body).await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    for name in ["date", "x-request-id", "content-type"] {
        assert!(reply.headers.contains_key(name), "{name}");
    }
    let made = reply.json();
    assert!(
        valid("2026-05-20/create-response.schema.json", &made),
        "{made}"
    );
    assert!(digits(&made["id"], 24, 16), "{made}");
    let credentials = made["credentials"].as_array().unwrap();
    let names: Vec<_> = credentials.iter().map(|one| one["name"].as_str()).collect();
    assert_eq!(
        names,
        [
            Some("Client onboarding"),
            Some("Client onboarding terms"),
            None,
            Some("Mandate"),
            Some("Marketing"),
            Some("Facts"),
            Some("Pay"),
        ]
    );
    assert_eq!(credentials[3]["internalId"], "m-1");
    for credential in credentials {
        let uuid = credential["id"]
            .as_str()
            .unwrap()
            .strip_prefix("urn:via:credential:")
            .unwrap();
        assert!(uuid::Uuid::parse_str(uuid).is_ok());
    }
    let subjects = made["subjects"].as_array().unwrap();
    assert_eq!(subjects.len(), 2);
    for (subject, contact) in subjects.iter().zip(body["contacts"].as_array().unwrap()) {
        assert_eq!(&subject["contact"], contact);
        let id = subject["id"].as_str().unwrap();
        let uuid = id.strip_prefix("did:web:humanos.tech:user:").unwrap();
        assert!(uuid::Uuid::parse_str(uuid).is_ok());
        assert!(digits(&subject["code"], 6, 10), "{subject}");
        let link = subject["link"].as_str().unwrap();
        let start = format!("{}/link/", bench.server.base_url());
        assert!(
            digits(&json!(link.strip_prefix(&start).unwrap()), 24, 16),
            "{link}"
        );
    }
    let again = bench.create(&small()).await;
    assert_eq!(
        again["subjects"][0]["id"], subjects[0]["id"],
        "a person keeps the id"
    );
    assert_ne!(again["subjects"][0]["link"], subjects[0]["link"]);
}

#[tokio::test]
async fn the_journal_has_what_arrived() {
    let bench = Bench::start().await;
    let body = everything().to_string();
    bench.call(Method::POST, "/request", body.as_bytes()).await;
    bench.get("/request?pageSize=5").await;
    bench
        .send(Method::GET, "/nowhere", &[], Vec::new())
        .await
        .refused(404, "Cannot GET /nowhere");
    let calls = bench.server.received();
    assert_eq!(
        calls.iter().map(|call| call.status).collect::<Vec<_>>(),
        [201, 200, 404]
    );
    assert_eq!(calls[0].body, body.as_bytes());
    assert_eq!(
        (calls[0].method.as_str(), calls[0].path.as_str()),
        ("POST", "/request")
    );
    assert_eq!(calls[0].header("api-version"), Some("2026-05-20"));
    assert_eq!(calls[1].query.as_deref(), Some("pageSize=5"));
}

#[tokio::test]
async fn an_idempotency_key_makes_one_request() {
    let bench = Bench::start().await;
    let first = bench.post_with(&small(), "idempotency-key", "k-1").await;
    bench.pass(60_000);
    let again = bench.post_with(&small(), "idempotency-key", "k-1").await;
    assert_eq!((first.status, &first.text), (201, &again.text));
    assert_eq!(again.status, 201);
    assert_eq!(bench.count().await, 1);
    let other = json!({"contacts": ["eva@example.pt"], "resourcesIds": [TERMS]});
    bench
        .post_with(&other, "idempotency-key", "k-1")
        .await
        .refused(409, "Idempotency-Key");
    // One byte differs, though the meaning is the same.
    let body = small()
        .to_string()
        .replace("\"resourcesIds\":", "\"groupIds\":[],\"resourcesIds\":");
    let mut headers = bench.headers(body.as_bytes());
    headers.push(("idempotency-key".to_owned(), "k-1".to_owned()));
    let reply = bench
        .send(Method::POST, "/request", &headers, body.into_bytes())
        .await;
    reply.refused(409, "Idempotency-Key");
    let second = bench.post_with(&small(), "idempotency-key", "k-2").await;
    assert_ne!(second.json()["id"], first.json()["id"]);
    assert_eq!(bench.count().await, 2);
}

#[tokio::test]
async fn a_refused_call_leaves_its_key_free() {
    let bench = Bench::start().await;
    let wrong = json!({"contacts": ["ana"], "resourcesIds": [TERMS]});
    assert_eq!(
        bench.post_with(&wrong, "idempotency-key", "k").await.status,
        400
    );
    assert_eq!(
        bench
            .post_with(&small(), "idempotency-key", "k")
            .await
            .status,
        201
    );
    let long = "k".repeat(256);
    for bad in ["", "a b", long.as_str()] {
        bench
            .post_with(&small(), "idempotency-key", bad)
            .await
            .refused(400, "Idempotency-Key");
    }
    assert_eq!(bench.count().await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_key_at_the_same_time_makes_one_request() {
    let bench = std::sync::Arc::new(Bench::start().await);
    let calls: Vec<_> = (0..24)
        .map(|_| {
            let bench = std::sync::Arc::clone(&bench);
            tokio::spawn(async move {
                bench
                    .post_with(&small(), "idempotency-key", "same")
                    .await
                    .text
            })
        })
        .collect();
    let mut replies = Vec::new();
    for call in calls {
        replies.push(call.await.unwrap());
    }
    assert!(replies[0].contains("subjects"), "{}", replies[0]);
    replies.dedup();
    assert_eq!(replies.len(), 1);
    assert_eq!(bench.count().await, 1);
}

#[tokio::test]
async fn links_lead_to_a_page_that_is_safe() {
    let bench = Bench::start().await;
    let body = json!({
        "contacts": ["o'neil&co@example.pt"],
        "credentials": [{"type": "JSON", "name": "<script>alert(1)</script>", "data": 1}],
    });
    let made = bench.create(&body).await;
    let link = made["subjects"][0]["link"].as_str().unwrap().to_owned();
    let reply = bench.client.get(&link).send().await.unwrap();
    assert_eq!(reply.status(), 200);
    let policy = reply.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(
        policy.starts_with("default-src 'none'; style-src 'sha256-"),
        "{policy}"
    );
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(reply.headers()["content-type"], "text/html; charset=utf-8");
    let page = reply.text().await.unwrap();
    assert!(
        page.contains("<html lang=\"en\">") && page.contains("<title>"),
        "{page}"
    );
    assert!(
        page.contains("Practice: answer in place of o&#39;neil&amp;co@example.pt</h1>"),
        "{page}"
    );
    assert!(
        !page.contains("alert(1)</script>") && page.contains("&lt;script&gt;alert(1)"),
        "{page}"
    );
    assert!(
        !page.contains(made["subjects"][0]["code"].as_str().unwrap()),
        "the code is secret"
    );
    let unknown = format!("{}/link/{}", bench.server.base_url(), "0".repeat(24));
    assert_eq!(
        bench.client.get(unknown).send().await.unwrap().status(),
        404
    );
}
