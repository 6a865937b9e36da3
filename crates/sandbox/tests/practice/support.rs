//! A server with its key pair, a clock to set, and a caller that signs.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use humanos::secret::SignatureSecret;
use humanos::sign::sign;
use reqwest::{Client, Method, Response};
use sandbox::{Practice, Server};
use serde_json::{Value, json};

/// 2026-06-01T12:00:00Z.
pub(crate) const START: i64 = 1_780_315_200_000;
pub(crate) const TERMS: &str = "507f1f77bcf86cd799439012";

pub(crate) struct Bench {
    pub(crate) server: Server,
    pub(crate) practice: Practice,
    pub(crate) client: Client,
    now: Arc<AtomicI64>,
}

/// A reply, read to the end.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) text: String,
}

impl Bench {
    pub(crate) async fn start() -> Self {
        let now = Arc::new(AtomicI64::new(START));
        let practice = Practice::random();
        let clock = Arc::clone(&now);
        let server = Server::start(
            practice.clone(),
            Arc::new(move || clock.load(Ordering::SeqCst)),
        )
        .await
        .unwrap();
        let client = Client::builder().no_proxy().build().unwrap();
        Self {
            server,
            practice,
            client,
            now,
        }
    }

    pub(crate) fn pass(&self, ms: i64) {
        self.now.fetch_add(ms, Ordering::SeqCst);
    }

    pub(crate) fn now(&self) -> i64 {
        self.now.load(Ordering::SeqCst)
    }

    /// Waits until something is so on the server, for half a minute at most.
    pub(crate) async fn until(&self, so: impl Fn(&Server) -> bool) {
        for _ in 0..3_000 {
            if so(&self.server) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("not so after half a minute");
    }

    /// The headers of a correct call, to be changed by a test.
    pub(crate) fn headers(&self, body: &[u8]) -> Vec<(String, String)> {
        let secret = SignatureSecret::parse(self.practice.signature_secret.clone()).unwrap();
        [
            ("authorization", format!("Bearer {}", self.practice.api_key)),
            ("x-timestamp", self.now().to_string()),
            ("x-signature", sign(&secret, self.now(), body)),
            ("content-type", "application/json".to_owned()),
            ("api-version", "2026-05-20".to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec()
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(String, String)],
        body: Vec<u8>,
    ) -> Reply {
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.server.base_url()));
        for (name, value) in headers {
            request = request.header(name, value);
        }
        if !body.is_empty() {
            request = request.body(body);
        }
        Reply::read(request.send().await.unwrap()).await
    }

    /// A correctly signed call.
    pub(crate) async fn call(&self, method: Method, path: &str, body: &[u8]) -> Reply {
        self.send(method, path, &self.headers(body), body.to_vec())
            .await
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.call(Method::GET, path, b"").await
    }

    /// Creates a request and returns the reply's body.
    pub(crate) async fn create(&self, body: &Value) -> Value {
        let reply = self.post(body).await;
        assert_eq!(reply.status, 201, "{}", reply.text);
        reply.json()
    }

    pub(crate) async fn post(&self, body: &Value) -> Reply {
        self.call(Method::POST, "/request", body.to_string().as_bytes())
            .await
    }

    pub(crate) async fn post_with(&self, body: &Value, name: &str, value: &str) -> Reply {
        let body = body.to_string().into_bytes();
        let mut headers = self.headers(&body);
        headers.push((name.to_owned(), value.to_owned()));
        self.send(Method::POST, "/request", &headers, body).await
    }

    /// How many requests exist (100 at most).
    pub(crate) async fn count(&self) -> usize {
        self.get("/request?pageSize=100").await.json()["data"]
            .as_array()
            .unwrap()
            .len()
    }
}

impl Reply {
    async fn read(response: Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Self {
            status,
            headers,
            text: response.text().await.unwrap(),
        }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    /// The messages of a refusal, whose shape is checked on the way.
    pub(crate) fn messages(&self) -> Vec<String> {
        let body = self.json();
        assert_eq!(body["statusCode"], self.status, "{body}");
        assert!(body["error"].is_string(), "{body}");
        assert_eq!(body.as_object().unwrap().len(), 3, "{body}");
        assert!(valid("error.schema.json", &body), "{body}");
        match &body["message"] {
            Value::String(message) => vec![message.clone()],
            messages => serde_json::from_value(messages.clone()).unwrap(),
        }
    }

    #[track_caller]
    pub(crate) fn refused(&self, status: u16, message: &str) {
        let messages = self.messages();
        assert_eq!(self.status, status, "{messages:?}");
        assert!(
            messages.iter().any(|one| one.contains(message)),
            "{message}: {messages:?}"
        );
    }
}

/// Whether a reply holds to a schema of this crate, formats included.
pub(crate) fn valid(schema: &str, reply: &Value) -> bool {
    let path = format!("schemas/{schema}");
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let validator = jsonschema::options()
        .offline()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap();
    validator.iter_errors(reply).next().is_none()
}

/// The smallest body that is accepted.
pub(crate) fn small() -> Value {
    json!({"contacts": ["ana@example.pt"], "resourcesIds": [TERMS]})
}
