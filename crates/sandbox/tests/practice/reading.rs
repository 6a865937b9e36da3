//! Lists, details, cancelling and sending again.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Bench, TERMS, small, valid};

fn named(name: &str, internal_id: &str, level: &str) -> Value {
    json!({"contacts": ["ana@example.pt"], "resourcesIds": [TERMS], "name": name,
           "internalId": internal_id, "securityLevel": level})
}

async fn ids(bench: &Bench, query: &str) -> Vec<String> {
    let reply = bench.get(&format!("/request?{query}")).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let list = reply.json();
    assert!(
        valid("2026-05-20/list-response.schema.json", &list),
        "{list}"
    );
    let internal_id = |item: &Value| item["internalId"].as_str().unwrap().to_owned();
    list["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(internal_id)
        .collect()
}

#[tokio::test]
async fn lists_are_paged_searched_and_filtered() {
    let bench = Bench::start().await;
    for n in 0..12 {
        let level = if n % 4 == 0 { "HUMANOS_KYC" } else { "CONTACT" };
        bench
            .create(&named(&format!("Batch {n}"), &format!("i-{n}"), level))
            .await;
        bench.pass(1);
    }
    assert_eq!(ids(&bench, "").await.len(), 10);
    assert_eq!(
        ids(&bench, "pageSize=5").await,
        ["i-11", "i-10", "i-9", "i-8", "i-7"]
    );
    assert_eq!(ids(&bench, "pageSize=5&pageIndex=2").await, ["i-1", "i-0"]);
    assert!(ids(&bench, "pageSize=5&pageIndex=3").await.is_empty());
    assert_eq!(
        bench.get("/request?pageSize=5").await.json()["totalPages"],
        3
    );
    assert_eq!(ids(&bench, "internalId=i-3").await, ["i-3"]);
    assert_eq!(
        ids(&bench, "search=BATCH%201").await,
        ["i-11", "i-10", "i-1"]
    );
    assert_eq!(
        ids(&bench, "search=onboarding+TERMS&pageSize=100")
            .await
            .len(),
        12
    );
    assert_eq!(
        ids(&bench, "securityLevel=HUMANOS_KYC").await,
        ["i-8", "i-4", "i-0"]
    );
    let both = "securityLevel=HUMANOS_KYC&securityLevel=CONTACT&pageSize=100";
    assert_eq!(ids(&bench, both).await.len(), 12);
    assert!(ids(&bench, "subject=eva%40example.pt").await.is_empty());
    for (query, message) in [
        ("pageSize=4", "pageSize must not be less than 5"),
        ("pageSize=101", "pageSize must not be greater than 100"),
        ("pageIndex=x", "pageIndex must be a number"),
        ("foo=1", "property foo should not exist"),
    ] {
        bench
            .get(&format!("/request?{query}"))
            .await
            .refused(400, message);
    }
}

#[tokio::test]
async fn details_hold_every_field_and_no_code() {
    let bench = Bench::start().await;
    let made = bench.create(&named("One", "i-1", "CONTACT")).await;
    let id = made["id"].as_str().unwrap();
    let reply = bench.get(&format!("/request/{id}")).await;
    let detail = reply.json();
    assert!(
        valid("2026-05-20/detail-response.schema.json", &detail),
        "{detail}"
    );
    assert_eq!(detail["createdAt"], "2026-06-01T12:00:00.000Z");
    assert_eq!(detail["canceledAt"], Value::Null);
    assert_eq!(detail["credentials"][0]["id"], made["credentials"][0]["id"]);
    assert_eq!(detail["credentials"][0]["status"], "DRAFT");
    assert_eq!(detail["subjects"][0]["id"], made["subjects"][0]["id"]);
    assert!(
        !reply
            .text
            .contains(made["subjects"][0]["code"].as_str().unwrap())
    );
    bench
        .get(&format!("/request/{TERMS}"))
        .await
        .refused(404, "not found");
    let mut headers = bench.headers(b"");
    headers.remove(0);
    let reply = bench
        .send(Method::GET, &format!("/request/{id}"), &headers, Vec::new())
        .await;
    assert_eq!(reply.status, 401);
}

#[tokio::test]
async fn cancelling_happens_once() {
    let bench = Bench::start().await;
    let made = bench.create(&small()).await;
    let path = format!("/request/{}", made["id"].as_str().unwrap());
    bench.pass(5_000);
    let reply = bench.call(Method::DELETE, &path, b"").await;
    assert_eq!(
        (reply.status, reply.json()),
        (200, json!({"success": true}))
    );
    let detail = bench.get(&path).await.json();
    assert_eq!(detail["canceledAt"], "2026-06-01T12:00:05.000Z");
    assert_eq!(detail["credentials"][0]["status"], "CANCELED");
    bench
        .call(Method::DELETE, &path, b"")
        .await
        .refused(404, "canceled already");
    bench
        .call(Method::DELETE, &format!("/request/{TERMS}"), b"")
        .await
        .refused(404, "not found");
    let again = format!(
        "/request/resend/{}?contact=ana%40example.pt",
        made["id"].as_str().unwrap()
    );
    bench
        .call(Method::PATCH, &again, b"")
        .await
        .refused(403, "canceled");
    let link = made["subjects"][0]["link"].as_str().unwrap();
    let page = bench
        .client
        .get(link)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(page.contains("has been cancelled"), "{page}");
}

#[tokio::test]
async fn sending_again_has_limits() {
    let bench = Bench::start().await;
    let made = bench.create(&small()).await;
    let path = format!("/request/resend/{}", made["id"].as_str().unwrap());
    for query in ["", "?contact=a&id=b", "?contact=a&contact=b", "?phone=1"] {
        let reply = bench
            .call(Method::PATCH, &format!("{path}{query}"), b"")
            .await;
        reply.refused(400, "exactly one of");
    }
    let by_contact = format!("{path}?contact=ana%40example.pt");
    let by_id = format!("{path}?id={}", made["subjects"][0]["id"].as_str().unwrap());
    let once = |bench: &Bench| {
        let mut headers = bench.headers(b"");
        headers.push(("idempotency-key".to_owned(), "again".to_owned()));
        headers
    };
    for _ in 0..2 {
        let reply = bench
            .send(Method::PATCH, &by_contact, &once(&bench), Vec::new())
            .await;
        assert_eq!(
            (reply.status, reply.json()),
            (200, json!({"success": true}))
        );
    }
    let reply = bench
        .send(Method::PATCH, &by_id, &once(&bench), Vec::new())
        .await;
    reply.refused(409, "Idempotency-Key");
    bench
        .call(Method::PATCH, &by_id, b"")
        .await
        .refused(403, "a minute");
    for _ in 0..4 {
        bench.pass(60_000);
        assert_eq!(bench.call(Method::PATCH, &by_id, b"").await.status, 200);
    }
    bench.pass(60_000);
    bench
        .call(Method::PATCH, &by_id, b"")
        .await
        .refused(403, "No attempts");
    bench
        .call(Method::PATCH, &format!("{path}?internalId=x"), b"")
        .await
        .refused(404, "subject");
    let unknown = format!("/request/resend/{TERMS}?contact=a");
    bench
        .call(Method::PATCH, &unknown, b"")
        .await
        .refused(404, "not found");
}

#[tokio::test]
async fn approvals_and_workflows_are_listed() {
    let bench = Bench::start().await;
    let approvals = bench.get("/approvals").await.json();
    assert!(
        valid("2026-05-20/approvals-list-response.schema.json", &approvals),
        "{approvals}"
    );
    assert_eq!(
        approvals["data"].as_array().unwrap().len(),
        sandbox::RESOURCES.len()
    );
    assert_eq!(approvals["data"][0]["id"], TERMS);
    assert_eq!(
        approvals["data"][0]["groupIds"],
        json!(["507f1f77bcf86cd799439011"])
    );
    let workflows = bench.get("/approvals/workflow").await.json();
    assert!(
        valid("2026-05-20/workflows-list-response.schema.json", &workflows),
        "{workflows}"
    );
    assert_eq!(workflows["data"][0]["id"], "507f1f77bcf86cd799439011");
    assert_eq!(
        workflows["data"][0]["resources"].as_array().unwrap().len(),
        2
    );
    for (query, count) in [
        ("active=false", 1),
        ("types=FORM&types=DOCUMENT", 2),
        ("search=PRIVACY", 1),
        ("internalId=terms-2026", 1),
    ] {
        let found = bench.get(&format!("/approvals?{query}")).await.json();
        assert_eq!(found["data"].as_array().unwrap().len(), count, "{query}");
    }
}
