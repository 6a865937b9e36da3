//! Signed calls to one Humanos host over HTTPS.
//!
//! Each call is made once: no redirect is followed and nothing is sent again. Whether to try anew,
//! and when, is for the caller, who knows the idempotency key; [`Failure::outcome_unknown`] tells
//! whether the server may have acted. Plain HTTP is spoken to loopback alone, and never by proxy.

mod endpoint;
mod failure;
mod headers;

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use reqwest::header::HeaderMap;
use reqwest::{Certificate, Method, redirect, retry};
use url::Url;

use crate::detail::Detail;
use crate::encode::Body;
use crate::listed::{Listed, ListedRequest};
use crate::moment;
use crate::reply::{self, CreateReply};
use crate::secret::{ApiKey, IdempotencyKey, SignatureSecret};
use crate::version::ApiVersion;

pub use endpoint::{BaseUrl, BaseUrlError, Proxy, ProxyError};
pub use failure::{Failure, RetryAfter};

use headers::{Header, Proof};

/// Where and how calls go.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// The host, with a path prefix if it has one.
    pub base_url: BaseUrl,
    /// Sent as `API-Version`.
    pub version: ApiVersion,
    /// The way out of the network. Loopback hosts are always reached directly.
    pub proxy: Proxy,
    /// Certificates in PEM to trust besides the system's.
    pub ca_pem: Option<Vec<u8>>,
}

/// What proves who is calling.
#[derive(Clone, Debug)]
pub struct ApiCredentials {
    /// Sent with each call.
    pub api_key: ApiKey,
    /// Signs each call; never sent.
    pub signature_secret: SignatureSecret,
}

/// How long and how much a call may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Finding the host, connecting and the TLS handshake.
    pub connect: Duration,
    /// The whole call, the reply included.
    pub total: Duration,
    /// Largest reply read, in bytes.
    pub reply_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            total: Duration::from_secs(60),
            reply_bytes: 8 * 1024 * 1024,
        }
    }
}

/// Why no client could be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClientSetupError {
    /// The extra certificates are not PEM, none is in there, or one is damaged.
    #[error("the extra certificates are not usable certificates in PEM form")]
    CaPem,
    /// The proxy cannot be used.
    #[error("the proxy cannot be used")]
    Proxy(#[source] reqwest::Error),
    /// The HTTP or TLS library could not start.
    #[error("the HTTP client could not start")]
    Start(#[source] reqwest::Error),
}

/// A reply as received.
#[derive(Clone, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// The body as text; bytes that are not UTF-8 are replaced. May hold codes.
    pub body: String,
    /// The `Date` header.
    pub server_date: Option<String>,
    /// The server's own id of the call (`x-request-id` or a like header), for support.
    pub server_request_id: Option<String>,
}

impl Reply {
    /// The server's clock in Unix milliseconds, if the `Date` header tells it. Whole seconds.
    #[must_use]
    pub fn server_time_ms(&self) -> Option<i64> {
        self.server_date.as_deref().and_then(moment::http_date_ms)
    }
}

// A body may hold one-time codes and names: it does not belong in a log.
impl std::fmt::Debug for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.status)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("server_date", &self.server_date)
            .field("server_request_id", &self.server_request_id)
            .finish()
    }
}

/// A request that Humanos took.
#[derive(Clone, Debug)]
pub struct Created {
    /// As received.
    pub reply: Reply,
    /// As understood.
    pub created: CreateReply,
}

/// Calls one endpoint with one pair of secrets. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    endpoint: Endpoint,
    /// Where requests are made: the same for each of a hundred thousand.
    requests: Url,
    credentials: ApiCredentials,
    limits: Limits,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.endpoint.base_url)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Makes a client with the usual [`Limits`].
    ///
    /// # Errors
    /// [`ClientSetupError`] if certificates or proxy cannot be used.
    pub fn new(endpoint: Endpoint, credentials: ApiCredentials) -> Result<Self, ClientSetupError> {
        Self::with_limits(endpoint, credentials, Limits::default())
    }

    /// Makes a client with other limits.
    ///
    /// # Errors
    /// [`ClientSetupError`] if certificates or proxy cannot be used.
    pub fn with_limits(
        endpoint: Endpoint,
        credentials: ApiCredentials,
        limits: Limits,
    ) -> Result<Self, ClientSetupError> {
        let http = http_client(&endpoint, limits)?;
        Ok(Self {
            http,
            requests: endpoint.base_url.join("request"),
            endpoint,
            credentials,
            limits,
        })
    }

    /// Where [`Self::create`] sends.
    #[must_use]
    pub fn create_url(&self) -> String {
        self.requests.to_string()
    }

    /// What is sent as `API-Version`.
    #[must_use]
    pub fn api_version(&self) -> &ApiVersion {
        &self.endpoint.version
    }

    /// The headers that [`Self::create`] sends, in order, with secrets masked. `Host` and
    /// `Content-Length` are added by the transport.
    #[must_use]
    pub fn header_preview(&self, key: &IdempotencyKey) -> Vec<(String, String)> {
        self.headers(Some(key), &Proof::Preview)
            .into_iter()
            .map(|header| (header.name.to_owned(), header.value))
            .collect()
    }

    /// Sends a request. `timestamp_ms` is the Unix time in milliseconds, taken just before.
    ///
    /// # Errors
    /// [`Failure`]; ask [`Failure::outcome_unknown`] before sending anything again.
    pub async fn create(
        &self,
        body: &Body,
        key: &IdempotencyKey,
        timestamp_ms: i64,
    ) -> Result<Created, Failure> {
        let headers = self.headers(
            Some(key),
            &Proof::Sent {
                timestamp_ms,
                body: body.as_bytes(),
            },
        );
        let request = self
            .http
            .request(Method::POST, self.requests.clone())
            .headers(headers::map(headers).map_err(|name| Failure::Header { name })?)
            .body(body.as_bytes().to_vec());
        let reply = self.send(request, timestamp_ms).await?;
        match CreateReply::parse(&reply.body) {
            Ok(created) => Ok(Created { reply, created }),
            Err(source) => Err(Failure::Malformed { reply, source }),
        }
    }

    /// Reads the newest requests, to learn whether address, key, secret and clock are right.
    ///
    /// # Errors
    /// [`Failure`] as for [`Self::create`].
    pub async fn list(&self, timestamp_ms: i64) -> Result<Reply, Failure> {
        let mut url = self.requests.clone();
        url.set_query(Some("pageIndex=0&pageSize=5"));
        self.get(url, timestamp_ms).await
    }

    /// Reads one request by the id that Humanos gave it.
    ///
    /// # Errors
    /// [`Failure`] as for [`Self::create`]; nothing is made by this call. [`Failure::Id`] if the id
    /// cannot stand in an address, [`Failure::Refused`] with 404 if Humanos has no such request.
    pub async fn detail(&self, id: &str, timestamp_ms: i64) -> Result<(Reply, Detail), Failure> {
        let url = self.endpoint.base_url.join_id("request", id);
        let reply = self.get(url.ok_or(Failure::Id)?, timestamp_ms).await?;
        match Detail::parse(&reply.body) {
            Ok(detail) => Ok((reply, detail)),
            Err(source) => Err(Failure::Malformed { reply, source }),
        }
    }

    /// The requests that Humanos has under an officer's own id, the newest 100. The id may be used
    /// more than once: which of them is meant is for the caller to tell.
    ///
    /// # Errors
    /// [`Failure`] as for [`Self::create`]; nothing is made by this call.
    pub async fn find_by_internal_id(
        &self,
        internal_id: &str,
        timestamp_ms: i64,
    ) -> Result<Vec<ListedRequest>, Failure> {
        let mut url = self.requests.clone();
        url.query_pairs_mut()
            .append_pair("internalId", internal_id)
            .append_pair("pageIndex", "0")
            .append_pair("pageSize", "100");
        let reply = self.get(url, timestamp_ms).await?;
        match Listed::parse(&reply.body) {
            // A server that does not know the filter would list others as well.
            Ok(listed) => Ok(listed
                .data
                .into_iter()
                .filter(|request| request.internal_id.as_deref() == Some(internal_id))
                .collect()),
            Err(source) => Err(Failure::Malformed { reply, source }),
        }
    }

    fn headers(&self, key: Option<&IdempotencyKey>, proof: &Proof<'_>) -> Vec<Header> {
        headers::of_call(&self.credentials, &self.endpoint.version, key, proof)
    }

    async fn get(&self, url: Url, timestamp_ms: i64) -> Result<Reply, Failure> {
        let proof = Proof::Sent {
            timestamp_ms,
            body: b"",
        };
        let request = self.http.request(Method::GET, url).headers(
            headers::map(self.headers(None, &proof)).map_err(|name| Failure::Header { name })?,
        );
        self.send(request, timestamp_ms).await
    }

    async fn send(
        &self,
        request: reqwest::RequestBuilder,
        timestamp_ms: i64,
    ) -> Result<Reply, Failure> {
        let mut response = request.send().await.map_err(Failure::before_reply)?;
        let status = response.status();
        let headers = std::mem::take(response.headers_mut());
        if status.is_redirection() {
            let location = headers
                .get("location")
                .and_then(|value| value.to_str().ok());
            return Err(Failure::Redirected {
                status: status.as_u16(),
                location_host: location.and_then(|to| self.endpoint.base_url.host_of(to)),
            });
        }
        let body = self.read(response).await?;
        let reply = Reply {
            status: status.as_u16(),
            body,
            server_date: text_of(&headers, "date"),
            server_request_id: REQUEST_IDS.iter().find_map(|name| text_of(&headers, name)),
        };
        if status.is_success() {
            return Ok(reply);
        }
        let (messages, error) = reply::refusal(&reply.body);
        let retry_after = text_of(&headers, "retry-after")
            .map(|text| RetryAfter::parse(text, reply.server_date.as_deref(), timestamp_ms));
        Err(Failure::Refused {
            reply,
            messages,
            error,
            retry_after,
        })
    }

    async fn read(&self, mut response: reqwest::Response) -> Result<String, Failure> {
        let status = response.status().as_u16();
        let limit = self.limits.reply_bytes;
        let mut bytes = Vec::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if bytes.len() + chunk.len() > limit => {
                    return Err(Failure::Oversized { status, limit });
                }
                Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
                Ok(None) => break,
                Err(error) => return Err(Failure::inside_reply(status, error)),
            }
        }
        Ok(String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
    }
}

/// Headers in which servers and their front doors name a call.
const REQUEST_IDS: [&str; 4] = [
    "x-request-id",
    "x-correlation-id",
    "x-amzn-requestid",
    "cf-ray",
];

/// Longest header value kept.
const MAX_HEADER_TEXT: usize = 200;

fn text_of(headers: &HeaderMap, name: &str) -> Option<String> {
    let text = headers.get(name)?.to_str().ok()?.trim();
    (!text.is_empty() && text.len() <= MAX_HEADER_TEXT).then(|| text.to_owned())
}

fn http_client(endpoint: &Endpoint, limits: Limits) -> Result<reqwest::Client, ClientSetupError> {
    let builder = reqwest::Client::builder()
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false)
        .connect_timeout(limits.connect)
        .timeout(limits.total);
    if endpoint.base_url.is_plain_http() {
        // The name must lead to this computer, and a proxy would carry the key in the clear.
        let loopback = [
            SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            SocketAddr::from((Ipv6Addr::LOCALHOST, 0)),
        ];
        let builder = builder.resolve_to_addrs("localhost", &loopback).no_proxy();
        // No TLS here, so it must work where the system has no certificates.
        return builder
            .tls_certs_only([])
            .build()
            .map_err(ClientSetupError::Start);
    }
    let builder = match &endpoint.proxy {
        Proxy::System => builder,
        Proxy::None => builder.no_proxy(),
        Proxy::Url(url) => builder.proxy(
            reqwest::Proxy::all(url.clone())
                .map_err(|error| ClientSetupError::Proxy(error.without_url()))?,
        ),
    };
    let builder = builder.https_only(true);
    let Some(pem) = &endpoint.ca_pem else {
        return builder.build().map_err(ClientSetupError::Start);
    };
    let certificates = Certificate::from_pem_bundle(pem).map_err(|_| ClientSetupError::CaPem)?;
    if certificates.is_empty() {
        return Err(ClientSetupError::CaPem);
    }
    // Only here are damaged certificates found; what else can fail would fail without them too.
    builder
        .tls_certs_merge(certificates)
        .build()
        .map_err(|error| match reqwest::Client::builder().build() {
            Ok(_) => ClientSetupError::CaPem,
            Err(_) => ClientSetupError::Start(error),
        })
}
