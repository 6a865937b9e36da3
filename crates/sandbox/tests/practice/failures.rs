//! Failures on demand, bodies that are not as they should be, and stopping.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use reqwest::Method;
use sandbox::{MAX_BODY_BYTES, TRAINING_IDS};
use serde_json::json;

use crate::support::{Bench, TERMS, small};

#[tokio::test]
async fn training_ids_fail_as_they_say() {
    let bench = Bench::start().await;
    assert_eq!(TRAINING_IDS.len(), 10);
    for training in TRAINING_IDS.iter().filter(|one| !one.accepted()) {
        let body = json!({"contacts": ["ana@example.pt"], "resourcesIds": [TERMS, training.id]});
        let reply = bench.post_with(&body, "idempotency-key", training.id).await;
        assert_eq!(reply.status, training.status, "{}", training.id);
        let messages = reply.messages();
        let wait = reply
            .headers
            .get("retry-after")
            .map(|value| value.to_str().unwrap());
        match training.status {
            400 => {
                let message = format!("resourcesIds.1 Resource {} does not exist", training.id);
                assert_eq!(reply.json()["message"], json!([message]));
            }
            429 => assert_eq!(wait, Some("30")),
            503 => {
                assert_eq!(wait, Some("5"));
                assert_eq!(messages, [training.says]);
            }
            _ => assert_eq!(messages, [training.says]),
        }
        assert_eq!(wait.is_some(), [429, 503].contains(&training.status));
    }
    assert_eq!(bench.count().await, 0);
    let wrong = json!({"contacts": [], "resourcesIds": ["000000000000000000000500"]});
    assert_eq!(
        bench.post(&wrong).await.status,
        400,
        "the body is checked first"
    );
}

#[tokio::test]
async fn training_ids_that_accept_make_one_request() {
    for id in ["201", "444", "520"] {
        let bench = Arc::new(Bench::start().await);
        let id = format!("000000000000000000000{id}");
        assert!(
            TRAINING_IDS
                .iter()
                .any(|one| one.id == id && one.accepted())
        );
        let body = json!({"contacts": ["ana@example.pt"], "resourcesIds": [TERMS, id]});
        let first = {
            let (bench, body, key) = (Arc::clone(&bench), body.clone(), id.clone());
            tokio::spawn(async move {
                let bytes = body.to_string().into_bytes();
                let mut call = bench
                    .client
                    .post(format!("{}/request", bench.server.base_url()));
                for (name, value) in bench.headers(&bytes) {
                    call = call.header(name, value);
                }
                call.header("idempotency-key", key).body(bytes).send().await
            })
        };
        bench.until(|server| !server.books().is_empty()).await;
        match id.as_str() {
            // Whether it takes ten seconds is not waited for.
            "000000000000000000000201" => first.abort(),
            "000000000000000000000444" => {
                let failure = first.await.unwrap().unwrap_err();
                assert!(
                    !failure.is_connect() && !failure.is_timeout(),
                    "{failure:?}"
                );
            }
            _ => {
                let reply = first.await.unwrap().unwrap();
                assert_eq!(reply.status(), 201);
                let text = reply.text().await.unwrap();
                assert!(
                    serde_json::from_str::<serde_json::Value>(&text).is_err(),
                    "{text}"
                );
            }
        }
        let again = bench.post_with(&body, "idempotency-key", &id).await;
        assert_eq!(again.status, 201, "{}", again.text);
        assert_eq!(again.json()["id"], bench.server.books()[0].request_id);
        assert_eq!(bench.server.books().len(), 1, "{id}");
    }
}

#[tokio::test]
async fn bodies_must_be_json_and_say_so() {
    let bench = Bench::start().await;
    for bad in [
        "{",
        "",
        "nul",
        "{\"a\":1}}",
        "\u{feff}{}",
        "{\"a\":\"\\ud800\"}",
    ] {
        bench
            .call(Method::POST, "/request", bad.as_bytes())
            .await
            .refused(400, "not valid JSON");
    }
    bench
        .call(Method::POST, "/request", b"\"\xff\"")
        .await
        .refused(400, "not valid JSON");
    let deep = "[".repeat(100_000);
    bench
        .call(Method::POST, "/request", deep.as_bytes())
        .await
        .refused(400, "not valid JSON");
    let spaced = serde_json::to_string_pretty(&small()).unwrap();
    bench
        .call(Method::POST, "/request", spaced.as_bytes())
        .await
        .refused(400, "not compact");
    let escaped = small().to_string().replace("ana", "\\u0061na");
    bench
        .call(Method::POST, "/request", escaped.as_bytes())
        .await
        .refused(400, "not compact");
    let body = small().to_string().into_bytes();
    for kind in ["text/plain", "application/jsonp", ""] {
        let mut headers = bench.headers(&body);
        headers[3].1 = kind.to_owned();
        let reply = bench
            .send(Method::POST, "/request", &headers, body.clone())
            .await;
        reply.refused(415, "application/json");
    }
    let mut headers = bench.headers(&body);
    headers[3].1 = "Application/JSON; charset=utf-8".to_owned();
    assert_eq!(
        bench
            .send(Method::POST, "/request", &headers, body)
            .await
            .status,
        201
    );
}

#[tokio::test]
async fn large_bodies_are_bounded() {
    let bench = Bench::start().await;
    let body = vec![b' '; MAX_BODY_BYTES + 1];
    let headers = bench.headers(b"");
    let reply = bench.send(Method::POST, "/request", &headers, body).await;
    reply.refused(413, "too large");
    let mut body = small();
    body["credentials"] = json!([{"type": "DOCUMENT", "name": "Large",
                                  "data": "AAAA".repeat(4 * 1024 * 1024)}]);
    let made = bench.create(&body).await;
    assert_eq!(made["credentials"].as_array().unwrap().len(), 2);
    let calls = bench.server.received();
    assert_eq!((calls[0].status, calls[0].body.len()), (413, 0));
    assert!(calls[1].body.len() > 16 * 1024 * 1024);
}

#[tokio::test]
async fn unknown_paths_and_methods_are_not_found() {
    let bench = Bench::start().await;
    for (method, path) in [
        (Method::PUT, "/request"),
        (Method::POST, "/request/507f1f77bcf86cd799439012"),
        (Method::GET, "/v1/request"),
        (Method::GET, "/"),
    ] {
        let reply = bench.call(method.clone(), path, b"").await;
        reply.refused(404, &format!("Cannot {method} {path}"));
    }
}

#[test]
fn garbage_is_refused_and_never_breaks_anything() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let bench = runtime.block_on(Bench::start());
    let hostile_json = prop::collection::vec(
        prop::sample::select(vec![
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\u0000",
            "\\",
            "null",
            "1e999",
            "-",
            "0.1",
            "\"contacts\"",
            "\"credentials\"",
            "\"data\"",
            "\"a@b.pt\"",
            "é",
            " ",
        ]),
        0..40,
    )
    .prop_map(|parts| parts.concat().into_bytes());
    let named = (
        prop::sample::select(vec![
            "contacts",
            "credentials",
            "groupIds",
            "expectedDocIds",
            "pubKey",
            "redirectUrl",
        ]),
        any_json(),
    )
        .prop_map(|(field, value)| json!({field: value, "unknown": 1}).to_string().into_bytes());
    let body = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..200),
        hostile_json,
        named
    ];
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        ..Config::with_cases(600)
    });
    runner
        .run(&body, |body| {
            let reply = runtime.block_on(bench.call(Method::POST, "/request", &body));
            prop_assert_eq!(reply.status, 400, "{}", reply.text);
            prop_assert!(!reply.messages().is_empty());
            Ok(())
        })
        .unwrap();
    assert_eq!(runtime.block_on(bench.count()), 0);
}

fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(|flag| json!(flag)),
        any::<f64>().prop_map(|number| json!(number)),
        ".{0,12}".prop_map(|text| json!(text)),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        let name = prop::sample::select(vec![
            "type",
            "name",
            "data",
            "placements",
            "contact",
            "action",
            "validFrom",
            "DOCUMENT",
            "/~",
        ]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(|items| json!(items)),
            prop::collection::btree_map(name, inner, 0..5).prop_map(|object| json!(object)),
        ]
    })
}

#[tokio::test]
async fn garbage_in_other_places_is_refused_too() {
    let bench = Bench::start().await;
    for path in [
        "/request/%ff",
        "/request/%00",
        "/request/urn%3Avia%3A1",
        "/link/%ff%fe",
    ] {
        assert_eq!(bench.get(path).await.status, 404, "{path}");
    }
    assert_eq!(
        bench.get("/request?%ff=%ff&&=&search=%ff").await.status,
        400
    );
    bench.create(&small()).await;
}

#[tokio::test]
async fn stops_when_told_and_when_dropped() {
    let Bench { server, client, .. } = Bench::start().await;
    let url = server.base_url();
    assert!(url.starts_with("http://127.0.0.1:") && !url.ends_with('/'));
    assert_eq!(client.get(&url).send().await.unwrap().status(), 404);
    server.stop().await;
    assert!(client.get(&url).send().await.unwrap_err().is_connect());

    let Bench { server, client, .. } = Bench::start().await;
    let url = server.base_url();
    drop(server);
    for _ in 0..100 {
        if client.get(&url).send().await.is_err() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("still listening two seconds after the drop");
}
