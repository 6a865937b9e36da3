//! Every fault: what arrives on the wire, and what stands in the books.

use std::time::{Duration, Instant};

use reqwest::Method;
use sandbox::{Calls, Fault, Faults, Moment, RetryAfter};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;

use crate::raw::{Heard, LIMIT, call, connect, hear, say};
use crate::support::{Bench, START, TERMS};

const MS: Duration = Duration::from_millis(1);

fn asked() -> String {
    json!({"contacts": ["ana@example.pt"], "resourcesIds": [TERMS], "internalId": "i-1"})
        .to_string()
}

/// Hits the first create call; gives what was heard and whether the call was booked. Then another
/// attempt under the same key must give one request in all, whatever happened.
async fn hit(fault: Fault) -> (Heard, bool) {
    let bench = Bench::start().await;
    let plan = Faults::none().on(Calls::creates().times(1), fault.clone());
    bench.server.set_faults(plan);
    let heard = say(&bench, &call(&bench, "POST /request", &asked())).await;
    let booked = bench.server.books();
    assert_eq!(bench.server.faults_hit(), [1], "{fault:?}");
    if let [booked] = booked.as_slice() {
        assert_eq!(booked.key.as_deref(), Some("k"));
        assert_eq!(booked.internal_id.as_deref(), Some("i-1"));
        assert_eq!((booked.contacts.len(), booked.at_ms), (1, START));
        assert_eq!(booked.contacts[0], "ana@example.pt");
    }
    let found = bench.get("/request?internalId=i-1").await.json();
    let found = found["data"].as_array().unwrap().len();
    assert_eq!(found, booked.len(), "a look-up tells: {fault:?}");
    if fault != Fault::Reset(Moment::BeforeRequest) {
        let status = bench.server.received()[0].status;
        let whole = !heard.text.is_empty() && !matches!(fault, Fault::Raw(_));
        assert_eq!(status, if whole { heard.status() } else { 0 }, "{fault:?}");
    }

    let again = say(&bench, &call(&bench, "POST /request", &asked())).await;
    assert_eq!((again.status(), again.reset), (201, false), "{fault:?}");
    let books = bench.server.books();
    assert_eq!(books.len(), 1, "{fault:?}");
    let made: Value = serde_json::from_str(again.body()).unwrap();
    assert_eq!(made["id"], books[0].request_id, "{fault:?}");
    (heard, !booked.is_empty())
}

#[tokio::test]
async fn resets_are_real_and_at_their_moment() {
    for (moment, books) in [
        (Moment::BeforeRequest, false),
        (Moment::AfterRequest, false),
        (Moment::BeforeReply, true),
    ] {
        let (heard, booked) = hit(Fault::Reset(moment)).await;
        assert_eq!((heard.text.as_str(), heard.reset), ("", true), "{moment:?}");
        assert_eq!(booked, books, "{moment:?}");
    }
    let (whole, _) = hit(Fault::Reset(Moment::AfterReply)).await;
    assert!(whole.reset && whole.is_json(), "{}", whole.text);
    let length: usize = whole.values("content-length")[0].parse().unwrap();
    assert_eq!(length, whole.body().len());
    let (half, booked) = hit(Fault::Reset(Moment::DuringReply)).await;
    assert!(
        half.reset && booked && half.status() == 201,
        "{}",
        half.text
    );
    let length: usize = half.values("content-length")[0].parse().unwrap();
    assert_eq!(half.body().len(), length / 2);

    let (lost, booked) = hit(Fault::LostReply).await;
    assert_eq!((lost.text.as_str(), lost.reset, booked), ("", false, true));
}

#[tokio::test]
async fn statuses_book_only_when_told() {
    for status in [401, 402, 403, 404, 408, 409, 422, 429, 500, 502, 503, 504] {
        let (heard, booked) = hit(Fault::status(status)).await;
        assert_eq!(
            (heard.status(), heard.reset, booked),
            (status, false, false)
        );
        assert!(heard.values("retry-after").is_empty());
        let said: Value = serde_json::from_str(heard.body()).unwrap();
        assert_eq!(said["statusCode"], status);
        let (heard, booked) = hit(Fault::accepted_but(status)).await;
        assert_eq!((heard.status(), heard.reset, booked), (status, false, true));
        assert!(!heard.body().contains("subjects"), "{}", heard.text);
    }
    for (wait, text) in [
        (RetryAfter::Seconds(7), "7"),
        (RetryAfter::Date(90), "Mon, 01 Jun 2026 12:01:30 GMT"),
        (RetryAfter::Text("soon".to_owned()), "soon"),
    ] {
        let (heard, booked) = hit(Fault::retry_after(429, wait)).await;
        assert_eq!((heard.status(), booked), (429, false));
        assert_eq!(heard.values("retry-after"), [text]);
    }
}

#[tokio::test]
async fn waits_are_waited() {
    for fault in [
        Fault::slow(50 * MS),
        Fault::late_reply(50 * MS),
        Fault::Slow(50 * MS, 90 * MS),
        Fault::LateReply(50 * MS, 90 * MS),
    ] {
        let began = Instant::now();
        let (heard, booked) = hit(fault.clone()).await;
        assert!(began.elapsed() >= 50 * MS, "{fault:?}");
        assert_eq!((heard.status(), booked), (201, true), "{fault:?}");
    }
    let began = Instant::now();
    let (heard, booked) = hit(Fault::Drip(MS)).await;
    let length = u32::try_from(heard.text.len()).unwrap();
    assert!(began.elapsed() >= MS * length, "{:?}", began.elapsed());
    assert!(length > 300 && heard.is_json() && booked && !heard.reset);
}

#[tokio::test]
async fn spoilt_answers_are_spoilt_and_booked() {
    let (heard, booked) = hit(Fault::MalformedJson).await;
    assert!(booked && heard.status() == 201 && !heard.is_json());
    let (heard, booked) = hit(Fault::TruncatedJson).await;
    assert!(booked && !heard.is_json() && heard.body().starts_with("{\""));
    let length: usize = heard.values("content-length")[0].parse().unwrap();
    assert_eq!(length, heard.body().len(), "the message is whole");
    let (heard, booked) = hit(Fault::ContentType("text/html".to_owned())).await;
    assert!(booked && heard.is_json());
    assert_eq!(heard.values("content-type"), ["text/html"]);
    let (heard, booked) = hit(Fault::DuplicateHeaders).await;
    assert!(booked && heard.is_json());
    for name in ["content-type", "date", "retry-after", "x-request-id"] {
        let values = heard.values(name);
        assert!(
            values.len() == 2 && values[0] != values[1],
            "{name}: {values:?}"
        );
    }
    let raw = "HTTP/1.1 201 Created\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}";
    let (heard, booked) = hit(Fault::Raw(raw.as_bytes().to_vec())).await;
    assert_eq!(
        (heard.text.as_str(), heard.reset, booked),
        (raw, false, true)
    );
}

#[tokio::test]
async fn an_oversized_answer_is_streamed_to_the_end() {
    let bench = Bench::start().await;
    let size = 64 * 1024 * 1024;
    let plan = Faults::none().on(Calls::creates(), Fault::OversizedReply(size));
    bench.server.set_faults(plan);
    let reply = bench
        .call(Method::POST, "/request", asked().as_bytes())
        .await;
    assert_eq!((reply.status, reply.text.len() as u64), (201, size));
    assert!(!reply.headers.contains_key("content-length"));
    assert!(
        reply.json()["id"].is_string(),
        "valid for those who read it all"
    );
    assert_eq!(bench.server.books().len(), 1);
}

#[tokio::test]
async fn a_caller_may_leave_in_the_middle_of_an_oversized_answer() {
    let bench = Bench::start().await;
    let plan = Faults::none().on(Calls::creates(), Fault::OversizedReply(u64::MAX));
    bench.server.set_faults(plan);
    let mut socket = connect(&bench).await;
    let bytes = call(&bench, "POST /request", &asked());
    socket.write_all(&bytes).await.unwrap();
    let mut some = vec![0; 1024 * 1024];
    timeout(LIMIT, socket.read_exact(&mut some))
        .await
        .unwrap()
        .unwrap();
    drop(socket);
    assert_eq!(bench.get("/request").await.status, 200);
}

#[tokio::test]
async fn redirects_and_portals_do_nothing() {
    for status in [301, 302, 307, 308] {
        let (heard, booked) = hit(Fault::Redirect { status, to: None }).await;
        assert_eq!((heard.status(), booked), (status, false));
        assert_eq!(heard.values("location"), ["/request"]);
        let to = "http://127.0.0.1:9/elsewhere".to_owned();
        let fault = Fault::Redirect {
            status,
            to: Some(to.clone()),
        };
        let (heard, booked) = hit(fault).await;
        assert_eq!((heard.status(), booked), (status, false));
        assert_eq!(heard.values("location"), [to]);
    }
    let (heard, booked) = hit(Fault::Portal).await;
    assert_eq!(
        (heard.status(), booked, heard.is_json()),
        (200, false, false)
    );
    assert_eq!(heard.values("content-type"), ["text/html"]);
}

#[tokio::test]
async fn a_skewed_clock_shows_and_judges() {
    let minutes = 60 * 1_000;
    for (skew, date, status) in [
        (4 * minutes, "Mon, 01 Jun 2026 12:04:00 GMT", 201),
        (10 * minutes, "Mon, 01 Jun 2026 12:10:00 GMT", 401),
        (-10 * minutes, "Mon, 01 Jun 2026 11:50:00 GMT", 401),
    ] {
        let (heard, booked) = hit(Fault::ClockSkew(skew)).await;
        assert_eq!((heard.status(), booked), (status, status == 201));
        assert_eq!(heard.values("date"), [date]);
    }
}

#[tokio::test]
async fn faults_hit_kept_connections_and_only_the_calls_meant() {
    let bench = Bench::start().await;
    let plan = Faults::none()
        .on(Calls::creates(), Fault::Reset(Moment::BeforeRequest))
        .on(Calls::reads().after(1), Fault::status(500));
    bench.server.set_faults(plan);
    let mut socket = connect(&bench).await;
    let keep = |bytes: Vec<u8>| {
        let text = String::from_utf8(bytes).unwrap();
        text.replace("connection: close\r\n", "").into_bytes()
    };
    for status in ["HTTP/1.1 200 OK", "HTTP/1.1 500 Internal Server Error"] {
        let bytes = keep(call(&bench, "GET /request", ""));
        socket.write_all(&bytes).await.unwrap();
        let mut heard = Vec::new();
        while !heard.ends_with(b"}") {
            let read = timeout(LIMIT, socket.read_buf(&mut heard)).await.unwrap();
            assert!(read.unwrap() > 0);
        }
        assert!(heard.starts_with(status.as_bytes()));
    }
    // The first line may come in pieces.
    let bytes = keep(call(&bench, "POST /request", &asked()));
    for byte in &bytes[..13] {
        socket.write_all(&[*byte]).await.unwrap();
        tokio::task::yield_now().await;
    }
    let _ = socket.write_all(&bytes[13..]).await;
    let heard = hear(&mut socket).await;
    assert_eq!((heard.text.as_str(), heard.reset), ("", true));
    assert_eq!(bench.server.faults_hit(), [1, 1]);

    bench.server.set_faults(Faults::none());
    assert_eq!(
        bench
            .call(Method::POST, "/request", asked().as_bytes())
            .await
            .status,
        201
    );
    assert!(bench.server.faults_hit().is_empty());
}

#[tokio::test]
async fn people_and_resources_can_be_singled_out() {
    let bench = Bench::start().await;
    let plan = Faults::none()
        .on(
            Calls::creates().asking("eva@example.pt"),
            Fault::status(503),
        )
        .on(Calls::creates().for_resource(TERMS), Fault::LostReply)
        .on(
            Calls::creates().asking("rui@example.pt"),
            Fault::Reset(Moment::BeforeRequest),
        );
    bench.server.set_faults(plan);
    let body = |contact: &str, id: &str| json!({"contacts": [contact], "resourcesIds": [id]});
    let other = "aaaaaaaaaaaaaaaaaaaaaaaa";
    for (contact, id, status, reset) in [
        ("ana@example.pt", other, 201, false),
        ("eva@example.pt", TERMS, 503, false),
        ("rui@example.pt", other, 0, true),
        ("ivo@example.pt", TERMS, 0, false),
    ] {
        let bytes = call(&bench, "POST /request", &body(contact, id).to_string());
        let bytes = String::from_utf8(bytes).unwrap();
        let bytes = bytes.replace("idempotency-key: k\r\n", "");
        let heard = say(&bench, bytes.as_bytes()).await;
        assert_eq!((heard.status(), heard.reset), (status, reset), "{contact}");
    }
    assert_eq!(bench.server.faults_hit(), [1, 2, 1]);
    let asked: Vec<_> = bench
        .server
        .books()
        .into_iter()
        .flat_map(|one| one.contacts)
        .collect();
    assert_eq!(asked, ["ana@example.pt", "ivo@example.pt"]);
}

#[tokio::test]
async fn a_slow_call_is_done_though_its_caller_left() {
    let bench = Bench::start().await;
    let plan = Faults::none().on(Calls::creates(), Fault::slow(200 * MS));
    bench.server.set_faults(plan);
    let mut socket = connect(&bench).await;
    let bytes = call(&bench, "POST /request", &asked());
    socket.write_all(&bytes).await.unwrap();
    bench.until(|server| server.faults_hit() == [1]).await;
    drop(socket);
    bench.until(|server| server.books().len() == 1).await;
    bench.until(|server| server.received().len() == 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn enough_attempts_ask_everybody_once_through_many_faults() {
    let bench = std::sync::Arc::new(Bench::start().await);
    let creates = || Calls::creates().per_key(1);
    let plan = Faults::none()
        .on(creates().share(0.2, 1), Fault::LostReply)
        .on(creates().share(0.2, 2), Fault::Reset(Moment::BeforeReply))
        .on(creates().share(0.2, 3), Fault::Reset(Moment::DuringReply))
        .on(creates().bursts(9, 3), Fault::status(503))
        .on(creates().every(7), Fault::accepted_but(500))
        .on(Calls::creates().every(5), Fault::Slow(MS, 3 * MS));
    let rules = plan.len();
    bench.server.set_faults(plan);
    let callers: Vec<_> = (0..4)
        .map(|caller| {
            let bench = std::sync::Arc::clone(&bench);
            tokio::spawn(async move {
                for n in 0..25 {
                    let contact = format!("p{caller}.{n}@example.pt");
                    let body = json!({"contacts": [contact], "resourcesIds": [TERMS]}).to_string();
                    let bytes = String::from_utf8(call(&bench, "POST /request", &body)).unwrap();
                    let bytes = bytes.replace("-key: k\r\n", &format!("-key: {contact}\r\n"));
                    let mut attempts = 0;
                    while say(&bench, bytes.as_bytes()).await.status() != 201 {
                        attempts += 1;
                        assert!(attempts <= rules, "each rule hits a key once");
                    }
                }
            })
        })
        .collect();
    for caller in callers {
        caller.await.unwrap();
    }
    assert!(bench.server.faults_hit().iter().all(|hits| *hits > 0));
    let books = bench.server.books();
    let mut asked: Vec<_> = books.iter().map(|one| one.contacts[0].as_str()).collect();
    asked.sort_unstable();
    asked.dedup();
    assert_eq!((asked.len(), books.len()), (100, 100));
}
