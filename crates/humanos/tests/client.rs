//! The client against real sockets on loopback.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use humanos::client::{
    ApiCredentials, BaseUrl, Client, ClientSetupError, Endpoint, Failure, Limits, Proxy,
};
use humanos::detail::Standing;
use humanos::draft::Draft;
use humanos::encode::{Body, encode};
use humanos::secret::{ApiKey, IdempotencyKey, SignatureSecret};
use humanos::sign::verify;
use humanos::version::ApiVersion;

const API_KEY: &str = "hk_test_0123456789ab7f2a";
const SECRET: &str = "test-signature-secret";
const NOW_MS: i64 = 1_767_225_600_000;
const REPLY: &str = r#"{"id":"507f1f77bcf86cd799439011","credentials":[],"subjects":[{"id":"did:web:h:user:1","contact":"a@b.c","code":"123456"}]}"#;
/// As version 2026-05-20 documents it, with every field.
const DETAIL: &str = r#"{"id":"507f1f77bcf86cd799439011","name":"One","securityLevel":"HUMANOS_KYC",
"language":null,"redirectUrl":null,"internalId":"i-1","createdAt":"2026-06-01T12:00:00.000Z",
"canceledAt":null,"subjects":[{"id":"did:web:humanos.tech:user:1","contact":"ana@example.pt",
"contacts":[{"id":"did:web:humanos.tech:user:1","contact":"ana@example.pt"}],"identityStatus":"KYC",
"internalId":null,"organization":{"contacts":["ana@example.pt"]},
"createdAt":"2026-06-01T12:00:00.000Z","kyc":"APPROVED"},{"contact":"rui@example.pt","contacts":[],
"identityStatus":"NONE","organization":{"contacts":[]},"createdAt":"2026-06-01T12:00:00.000Z"}],
"credentials":[{"id":"urn:via:credential:1","name":null,"description":null,"internalId":null,
"resourceType":"JSON","status":"DRAFT","tags":null,"w3cCredential":{},"decisions":null},
{"id":"urn:via:credential:2","name":"Privacy notice","description":"How.","internalId":"privacy-2026",
"resourceType":"CONSENT","status":"REJECTED","tags":["a"],"w3cCredential":{"proofs":[]},
"decisions":[{"id":"urn:via:decision:1","contact":"ana@example.pt","accepted":false,
"decidedAt":"2026-06-01T12:00:05.000Z"}]}]}"#;

#[tokio::test]
async fn create_sends_exactly_what_is_promised() {
    let server = Server::answering(&reply_with("201 Created", REPLY));
    let client = server.client("/v1");
    let key = IdempotencyKey::parse("a96d14c5-8e60-4f6b-9d80-5c18c0e4202a").unwrap();
    let body = body();
    let created = client.create(&body, &key, NOW_MS).await.unwrap();

    assert_eq!(created.created.id, "507f1f77bcf86cd799439011");
    assert_eq!(created.reply.status, 201);
    assert_eq!(created.reply.body, REPLY);
    assert_eq!(
        created.reply.server_date.as_deref(),
        Some("Thu, 01 Jan 2026 00:00:00 GMT")
    );
    assert_eq!(created.reply.server_request_id.as_deref(), Some("req-1"));
    assert!(
        !format!("{created:?}").contains("123456"),
        "a code must not reach a log"
    );

    let call = server.call();
    assert_eq!(call.line, "POST /v1/request HTTP/1.1");
    assert_eq!(client.create_url(), format!("{}/v1/request", server.origin));
    assert_eq!(call.body, body.as_bytes());
    assert!(verify(
        &SignatureSecret::parse(SECRET.to_owned()).unwrap(),
        NOW_MS,
        body.as_bytes(),
        call.header("x-signature")
    ));
    let host = server.origin.strip_prefix("http://").unwrap();
    let length = body.len().to_string();
    let expected = [
        ("authorization", "Bearer hk_test_0123456789ab7f2a"),
        ("x-timestamp", "1767225600000"),
        ("x-signature", call.header("x-signature")),
        ("api-version", "2026-05-20"),
        ("idempotency-key", key.as_str()),
        ("content-type", "application/json"),
        ("accept", "application/json"),
        (
            "user-agent",
            concat!("countersign/", env!("CARGO_PKG_VERSION")),
        ),
        ("host", host),
        ("content-length", &length),
    ];
    assert_eq!(
        call.headers,
        expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
}

#[tokio::test]
async fn the_preview_names_the_headers_that_are_sent() {
    let server = Server::answering(&reply_with("201 Created", REPLY));
    let client = server.client("");
    let key = IdempotencyKey::parse("k-1").unwrap();
    let preview = client.header_preview(&key);
    client.create(&body(), &key, NOW_MS).await.unwrap();
    let sent = server.call();
    for ((name, value), (sent_name, sent_value)) in preview.iter().zip(&sent.headers) {
        assert_eq!(name.to_lowercase(), *sent_name);
        if !["Authorization", "X-Timestamp", "X-Signature"].contains(&name.as_str()) {
            assert_eq!(value, sent_value);
        }
    }
    assert_eq!(
        preview.len() + 2,
        sent.headers.len(),
        "Host and Content-Length come on top"
    );
    assert_eq!(
        preview[0],
        ("Authorization".to_owned(), "Bearer ••••••7f2a".to_owned())
    );
    assert_eq!(preview[1].1, "set when sent");
    assert_eq!(preview[2].1, "HMAC-SHA256, set when sent");
    let shown = format!("{preview:?}{client:?}");
    assert!(
        !shown.contains("hk_test") && !shown.contains(SECRET),
        "{shown}"
    );
}

#[tokio::test]
async fn list_is_signed_without_a_body() {
    let server = Server::answering(&reply_with("200 OK", r#"{"data":[],"totalPages":0}"#));
    let reply = server.client("").list(NOW_MS).await.unwrap();
    assert_eq!(reply.status, 200);
    let call = server.call();
    assert_eq!(call.line, "GET /request?pageIndex=0&pageSize=5 HTTP/1.1");
    assert_eq!(
        call.header("x-signature"),
        "733c72e3c2d8570c8c781e7f7407be8f95285b5cbb606ce70da67a5694be4ebb"
    );
    let names: Vec<_> = call.headers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "authorization",
            "x-timestamp",
            "x-signature",
            "api-version",
            "accept",
            "user-agent",
            "host"
        ]
    );
    assert!(call.body.is_empty());
}

#[tokio::test]
async fn a_request_is_found_by_the_officers_own_id_and_no_other() {
    let one = |id: &str, internal: &str| {
        format!(
            r#"{{"id":"{id}","createdAt":"2026-01-01T00:00:00Z","internalId":"{internal}","subjects":[{{"contact":"a@b.c"}}],"credentials":[]}}"#
        )
    };
    let text = format!(
        r#"{{"data":[{},{}],"totalPages":1}}"#,
        one("1", "a&b ç"),
        one("2", "other")
    );
    let server = Server::answering(&reply_with("200 OK", &text));
    let found = server
        .client("/v1")
        .find_by_internal_id("a&b ç", NOW_MS)
        .await
        .unwrap();
    let ids: Vec<_> = found.iter().map(|request| request.id.as_str()).collect();
    assert_eq!(ids, ["1"]);
    let call = server.call();
    assert_eq!(
        call.line,
        "GET /v1/request?internalId=a%26b+%C3%A7&pageIndex=0&pageSize=100 HTTP/1.1"
    );
    assert_eq!(
        call.header("x-signature"),
        "733c72e3c2d8570c8c781e7f7407be8f95285b5cbb606ce70da67a5694be4ebb"
    );
    let server = Server::answering(&reply_with("200 OK", "{}"));
    let failure = server.client("").find_by_internal_id("a", NOW_MS).await;
    assert!(matches!(failure, Err(Failure::Malformed { .. })));
}

#[tokio::test]
async fn a_request_is_read_by_its_id() {
    let server = Server::answering(&reply_with("200 OK", DETAIL));
    let (reply, detail) = server
        .client("/v1")
        .detail("urn:1/../é", NOW_MS)
        .await
        .unwrap();
    assert_eq!(reply.body, DETAIL);
    assert_eq!(detail.id, "507f1f77bcf86cd799439011");
    assert_eq!(detail.standing(), Standing::Rejected);
    let subject = &detail.subjects[0];
    assert_eq!(subject.id.as_deref(), Some("did:web:humanos.tech:user:1"));
    assert_eq!(subject.contact, "ana@example.pt");
    assert_eq!(subject.identity_status.as_deref(), Some("KYC"));
    assert_eq!(subject.kyc.as_deref(), Some("APPROVED"));
    assert_eq!(detail.subjects[1].kyc, None);
    let credential = &detail.credentials[1];
    assert_eq!(credential.id, "urn:via:credential:2");
    assert_eq!(credential.name.as_deref(), Some("Privacy notice"));
    assert_eq!(credential.internal_id.as_deref(), Some("privacy-2026"));
    assert_eq!(credential.resource_type.as_deref(), Some("CONSENT"));
    assert_eq!(credential.status, "REJECTED");
    let decision = &credential.decisions[0];
    assert_eq!(decision.contact.as_deref(), Some("ana@example.pt"));
    assert_eq!(decision.accepted, Some(false));
    assert_eq!(
        decision.decided_at.as_deref(),
        Some("2026-06-01T12:00:05.000Z")
    );
    let call = server.call();
    assert_eq!(call.line, "GET /v1/request/urn%3A1%2F..%2F%C3%A9 HTTP/1.1");
    assert_eq!(
        call.header("x-signature"),
        "733c72e3c2d8570c8c781e7f7407be8f95285b5cbb606ce70da67a5694be4ebb"
    );
    assert_eq!(call.header("api-version"), "2026-05-20");
    assert!(call.body.is_empty());
}

#[tokio::test]
async fn a_request_that_cannot_be_read_is_told_by_the_reason() {
    let gone = r#"{"statusCode":404,"message":"Request x not found","error":"Not Found"}"#;
    let server = Server::answering(&reply_with("404 Not Found", gone));
    let failure = server.client("").detail("x", NOW_MS).await.unwrap_err();
    assert_eq!(failure.status(), Some(404));
    assert!(matches!(failure, Failure::Refused { messages, .. }
        if messages == ["Request x not found"]));

    let server = Server::answering(&reply_with("200 OK", r#"{"data":[],"totalPages":0}"#));
    let failure = server.client("").detail("x", NOW_MS).await;
    assert!(matches!(failure, Err(Failure::Malformed { .. })));

    let server = Server::answering(&reply_with("200 OK", DETAIL));
    for id in ["", ".", ".."] {
        let failure = server.client("").detail(id, NOW_MS).await.unwrap_err();
        assert!(matches!(failure, Failure::Id), "{failure:?}");
        assert!(!failure.outcome_unknown());
    }
    assert!(server.calls.try_recv().is_err(), "nothing was sent");
}

#[tokio::test]
async fn localhost_means_this_computer() {
    let server = Server::answering(&reply_with("200 OK", "{}"));
    let port = server.origin.rsplit_once(':').unwrap().1;
    let client = client(&format!("http://localhost:{port}"), Proxy::None, limits());
    assert_eq!(client.list(NOW_MS).await.unwrap().status, 200);
}

#[tokio::test]
async fn refusals_carry_what_was_said() {
    let one = r#"{"statusCode":400,"message":"name should not be empty","error":"Bad Request"}"#;
    let failure = create(&reply_with("400 Bad Request", one)).await;
    assert!(!failure.outcome_unknown());
    assert_eq!(failure.reply().unwrap().body, one);
    let Failure::Refused {
        messages,
        error,
        retry_after,
        ..
    } = failure
    else {
        panic!()
    };
    assert_eq!(messages, ["name should not be empty"]);
    assert_eq!(error.as_deref(), Some("Bad Request"));
    assert_eq!(retry_after, None);

    let list = r#"{"statusCode":400,"message":["a is wrong","b is wrong"]}"#;
    let Failure::Refused {
        messages, error, ..
    } = create(&reply_with("400 Bad Request", list)).await
    else {
        panic!()
    };
    assert_eq!(messages, ["a is wrong", "b is wrong"]);
    assert_eq!(error, None);

    let page = reply_with("502 Bad Gateway", "<html>oops</html>");
    let failure = create(&page).await;
    assert!(
        failure.outcome_unknown(),
        "the server behind the gateway may have acted"
    );
    assert_eq!(failure.to_string(), "the server refused with status 502");
}

#[tokio::test]
async fn retry_after_is_read() {
    for (value, seconds) in [
        ("7", Some(7)),
        ("Thu, 01 Jan 2026 00:01:00 GMT", Some(60)),
        ("later", None),
    ] {
        let reply = format!(
            "HTTP/1.1 429 Too Many Requests\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\nRetry-After: {value}\r\nContent-Length: 0\r\n\r\n"
        );
        let Failure::Refused {
            retry_after: Some(retry_after),
            ..
        } = create(&reply).await
        else {
            panic!("{value}")
        };
        assert_eq!(
            (retry_after.text.as_str(), retry_after.seconds),
            (value, seconds)
        );
    }
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let target = Server::answering(&reply_with("201 Created", REPLY));
    let reply = format!(
        "HTTP/1.1 307 Temporary Redirect\r\nLocation: {}/elsewhere?token=x\r\nContent-Length: 0\r\n\r\n",
        target.origin
    );
    let failure = create(&reply).await;
    assert!(!failure.outcome_unknown());
    let Failure::Redirected {
        status: 307,
        location_host,
    } = &failure
    else {
        panic!("{failure:?}")
    };
    assert_eq!(location_host.as_deref(), Some("127.0.0.1"));
    assert!(!format!("{failure} {failure:?}").contains("token"));
    assert!(
        target
            .calls
            .recv_timeout(Duration::from_millis(200))
            .is_err(),
        "nothing arrives there"
    );

    let see_other = "HTTP/1.1 303 See Other\r\nLocation: /done\r\nContent-Length: 0\r\n\r\n";
    assert!(
        create(see_other).await.outcome_unknown(),
        "303 follows a deed"
    );
}

#[tokio::test]
async fn a_success_that_cannot_be_read_is_no_failure_to_act() {
    let failure = create(&reply_with("201 Created", "<html>fine</html>")).await;
    assert!(matches!(failure, Failure::Malformed { .. }));
    assert!(failure.outcome_unknown());
    assert_eq!(failure.reply().unwrap().body, "<html>fine</html>");
}

#[tokio::test]
async fn replies_are_bounded() {
    let limit = limits().reply_bytes;
    let exact = format!("{{\"message\":\"{}\"}}", "x".repeat(limit - 14));
    assert_eq!(exact.len(), limit);
    assert!(matches!(
        create(&reply_with("400 Bad Request", &exact)).await,
        Failure::Refused { .. }
    ));
    let failure = create(&reply_with("201 Created", &"x".repeat(limit + 1))).await;
    assert!(matches!(failure, Failure::Oversized { status: 201, limit: l } if l == limit));
    assert!(failure.outcome_unknown());

    // Without a length, and without an end.
    let endless = Server::start(|stream| {
        stream
            .write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            .unwrap();
        let chunk = format!("1000\r\n{}\r\n", "x".repeat(0x1000));
        while stream.write_all(chunk.as_bytes()).is_ok() {}
    });
    let failure = endless.client("").list(NOW_MS).await.unwrap_err();
    assert!(
        matches!(failure, Failure::Oversized { status: 200, .. }),
        "{failure:?}"
    );
}

#[tokio::test]
async fn a_slow_server_leaves_the_outcome_open() {
    let silent = Server::start(|stream| {
        let _ = stream.read(&mut [0]);
    });
    let failure = silent.create().await.unwrap_err();
    assert!(
        matches!(failure, Failure::Timeout { sent: true }),
        "{failure:?}"
    );
    assert!(failure.outcome_unknown());

    let drip = Server::start(|stream| {
        stream
            .write_all(b"HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{")
            .unwrap();
        let _ = stream.read(&mut [0]);
    });
    let failure = drip.create().await.unwrap_err();
    assert!(
        matches!(
            failure,
            Failure::Interrupted {
                status: Some(201),
                ..
            }
        ),
        "{failure:?}"
    );
    assert!(failure.outcome_unknown());
}

#[tokio::test]
async fn a_broken_connection_leaves_the_outcome_open() {
    let hangs_up = Server::start(|stream| stream.shutdown(Shutdown::Both).unwrap());
    let failure = hangs_up.create().await.unwrap_err();
    assert!(
        matches!(failure, Failure::Interrupted { status: None, .. }),
        "{failure:?}"
    );
    assert!(failure.outcome_unknown());

    let cut = Server::start(|stream| {
        stream
            .write_all(b"HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{")
            .unwrap();
        stream.shutdown(Shutdown::Both).unwrap();
    });
    let failure = cut.create().await.unwrap_err();
    assert!(
        matches!(
            failure,
            Failure::Interrupted {
                status: Some(201),
                ..
            }
        ),
        "{failure:?}"
    );
    assert!(failure.outcome_unknown());

    let garbage = create("SSH-2.0-OpenSSH\r\n\r\n").await;
    assert!(
        matches!(garbage, Failure::Interrupted { status: None, .. }),
        "{garbage:?}"
    );
    assert_eq!(
        hangs_up.calls.try_iter().count(),
        1,
        "nothing is sent twice"
    );
}

#[tokio::test]
async fn without_a_connection_nothing_was_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let failure = send(&client(&origin, Proxy::System, limits()))
        .await
        .unwrap_err();
    assert!(matches!(failure, Failure::Connect { .. }), "{failure:?}");
    assert!(!failure.outcome_unknown());
    assert!(
        !chain(&failure).contains("/request"),
        "no URL in {}",
        chain(&failure)
    );
}

#[tokio::test]
async fn a_proxy_never_sees_plain_http() {
    let proxy = Server::answering(&reply_with("200 OK", "{}"));
    let server = Server::answering(&reply_with("200 OK", "{}"));
    let client = client(
        &server.origin,
        Proxy::parse(&proxy.origin).unwrap(),
        limits(),
    );
    client.list(NOW_MS).await.unwrap();
    assert_eq!(
        server.call().line,
        "GET /request?pageIndex=0&pageSize=5 HTTP/1.1"
    );
    assert!(proxy.calls.try_recv().is_err());
}

#[tokio::test]
async fn https_goes_through_the_proxy_by_name() {
    let refusing = Server::answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
    let proxy = Proxy::parse(&refusing.origin).unwrap();
    let client = client("https://api.example.com", proxy, limits());
    let failure = client.list(NOW_MS).await.unwrap_err();
    assert!(matches!(failure, Failure::Connect { .. }), "{failure:?}");
    let call = refusing.call();
    assert_eq!(call.line, "CONNECT api.example.com:443 HTTP/1.1");
    assert!(
        !format!("{call:?}").contains("hk_test"),
        "the key stays inside the tunnel"
    );
}

#[test]
fn certificates_must_be_pem() {
    for pem in [
        "",
        "no PEM",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    ] {
        let result = Client::new(
            Endpoint {
                ca_pem: Some(pem.into()),
                ..endpoint("https://api.example.com", Proxy::None)
            },
            credentials(),
        );
        assert!(
            matches!(
                result,
                Err(ClientSetupError::CaPem | ClientSetupError::Start(_))
            ),
            "{pem:?}: {result:?}"
        );
    }
}

/// What `create` makes of one raw answer.
async fn create(answer: &str) -> Failure {
    Server::answering(answer).create().await.unwrap_err()
}

async fn send(client: &Client) -> Result<humanos::client::Created, Failure> {
    client
        .create(&body(), &IdempotencyKey::parse("k-1").unwrap(), NOW_MS)
        .await
}

fn body() -> Body {
    let draft = Draft {
        contacts: vec!["joão@example.com".to_owned()],
        ..Draft::default()
    };
    encode(&draft, &ApiVersion::contacts_era()).unwrap()
}

fn limits() -> Limits {
    Limits {
        connect: Duration::from_secs(2),
        total: Duration::from_millis(700),
        reply_bytes: 64 * 1024,
    }
}

fn credentials() -> ApiCredentials {
    ApiCredentials {
        api_key: ApiKey::parse(API_KEY.to_owned()).unwrap(),
        signature_secret: SignatureSecret::parse(SECRET.to_owned()).unwrap(),
    }
}

fn endpoint(base_url: &str, proxy: Proxy) -> Endpoint {
    Endpoint {
        base_url: BaseUrl::parse(base_url).unwrap(),
        version: ApiVersion::contacts_era(),
        proxy,
        ca_pem: None,
    }
}

fn client(base_url: &str, proxy: Proxy, limits: Limits) -> Client {
    Client::with_limits(endpoint(base_url, proxy), credentials(), limits).unwrap()
}

fn reply_with(status: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\nX-Request-Id: req-1\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn chain(failure: &Failure) -> String {
    let mut text = failure.to_string();
    let mut next = std::error::Error::source(failure);
    while let Some(error) = next {
        text += &format!(" / {error} / {error:?}");
        next = error.source();
    }
    text
}

/// One HTTP call as it came over the wire.
#[derive(Debug)]
struct Call {
    line: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Call {
    #[track_caller]
    fn header(&self, name: &str) -> &str {
        let mut values = self.headers.iter().filter(|(found, _)| found == name);
        let value = &values.next().unwrap_or_else(|| panic!("no {name}")).1;
        assert!(values.next().is_none(), "{name} came twice");
        value
    }

    fn read(stream: &mut TcpStream) -> Option<Self> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).ok()?;
            head.push(byte[0]);
        }
        let head = String::from_utf8(head).unwrap();
        let mut lines = head.lines();
        let line = lines.next().unwrap().to_owned();
        let headers: Vec<_> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let length = headers.iter().find(|(name, _)| name == "content-length");
        let mut body = vec![0; length.map_or(0, |(_, value)| value.parse().unwrap())];
        stream.read_exact(&mut body).ok()?;
        Some(Self {
            line,
            headers,
            body,
        })
    }
}

/// A server on loopback that reads each call and then answers as told.
struct Server {
    origin: String,
    calls: Receiver<Call>,
}

impl Server {
    fn answering(answer: &str) -> Self {
        let answer = answer.to_owned();
        Self::start(move |stream| stream.write_all(answer.as_bytes()).unwrap())
    }

    fn start(answer: impl Fn(&mut TcpStream) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let (sender, calls) = channel();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                while let Some(call) = Call::read(&mut stream) {
                    if sender.send(call).is_err() {
                        return;
                    }
                    answer(&mut stream);
                }
            }
        });
        Self { origin, calls }
    }

    fn client(&self, prefix: &str) -> Client {
        client(&format!("{}{prefix}", self.origin), Proxy::System, limits())
    }

    async fn create(&self) -> Result<humanos::client::Created, Failure> {
        send(&self.client("")).await
    }

    fn call(&self) -> Call {
        self.calls.recv_timeout(Duration::from_secs(5)).unwrap()
    }
}
