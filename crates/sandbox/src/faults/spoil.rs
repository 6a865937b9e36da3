//! Carrying faults out on the answer: what is said instead, and what the wire is ordered to do.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use http_body::Frame;

use super::fault::{Fault, Moment, RetryAfter};
use crate::ids;
use crate::refusal::Refusal;
use crate::wire::{Cut, Orders};

/// Bytes of padding handed over at once.
const CHUNK: usize = 64 * 1024;
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What hits one call.
#[derive(Clone, Debug, Default)]
pub(crate) struct Struck {
    /// The first fault that gives an answer.
    answer: Option<Fault>,
    before: Duration,
    after: Duration,
    drip: Option<Duration>,
    skew_ms: i64,
}

impl Struck {
    /// Sums the faults of one call up.
    pub(super) fn by(faults: Vec<Fault>) -> Self {
        let mut struck = Self::default();
        for fault in faults {
            struck.add(fault);
        }
        struck
    }

    /// Adds a fault.
    pub(crate) fn add(&mut self, fault: Fault) {
        match fault {
            Fault::Slow(wait, _) => self.before += wait,
            Fault::LateReply(wait, _) => self.after += wait,
            Fault::Drip(pause) => self.drip = Some(pause),
            Fault::ClockSkew(ms) => self.skew_ms = self.skew_ms.saturating_add(ms),
            answer => {
                self.answer.get_or_insert(answer);
            }
        }
    }

    /// How long the call waits before it is done.
    pub(crate) fn before(&self) -> Duration {
        self.before
    }

    /// How long the answer waits.
    pub(crate) fn after(&self) -> Duration {
        self.after
    }

    /// How far the server's clock is off.
    pub(crate) fn skew_ms(&self) -> i64 {
        self.skew_ms
    }

    /// The answer of a call that is not done at all.
    pub(crate) fn instead(&self, uri: &Uri, now_ms: i64) -> Option<Response> {
        match self.answer.as_ref()? {
            Fault::Reset(Moment::BeforeRequest | Moment::AfterRequest) => {
                Some(StatusCode::BAD_GATEWAY.into_response())
            }
            Fault::Status {
                status,
                retry_after,
                accepted: false,
            } => Some(refused(*status, retry_after.as_ref(), now_ms)),
            Fault::Portal => {
                let page = "<!doctype html><title>Sign in</title><p>Sign in to use this network.";
                Some(([(header::CONTENT_TYPE, "text/html")], page).into_response())
            }
            Fault::Redirect { status, to } => {
                let own = uri.path_and_query().map_or("/", |path| path.as_str());
                let mut response = Response::new(Body::empty());
                *response.status_mut() =
                    StatusCode::from_u16(*status).unwrap_or(StatusCode::TEMPORARY_REDIRECT);
                if let Ok(to) = HeaderValue::from_str(to.as_deref().unwrap_or(own)) {
                    response.headers_mut().insert(header::LOCATION, to);
                }
                Some(response)
            }
            _ => None,
        }
    }

    /// Changes a complete answer, and says what the wire does with it.
    pub(crate) async fn spoil(&self, response: Response, now_ms: i64) -> (Response, Orders) {
        let mut orders = Orders {
            cut: None,
            drip: self.drip,
        };
        let Some(answer) = &self.answer else {
            return (response, orders);
        };
        let (mut parts, body) = response.into_parts();
        let mut body = whole(body).await;
        let length = body.len();
        match answer {
            Fault::Reset(moment) => {
                orders.cut = Some(match moment {
                    Moment::DuringReply => Cut::ResetAfter(length as u64 / 2),
                    Moment::AfterReply => Cut::ResetAfter(length as u64),
                    Moment::BeforeRequest | Moment::AfterRequest | Moment::BeforeReply => {
                        Cut::Reset
                    }
                });
            }
            Fault::LostReply => orders.cut = Some(Cut::Close),
            Fault::Raw(bytes) => orders.cut = Some(Cut::Instead(bytes.clone().into())),
            Fault::Status {
                status,
                retry_after,
                accepted: true,
            } => {
                let (said, text) = refused(*status, retry_after.as_ref(), now_ms).into_parts();
                parts.status = said.status;
                parts.headers.extend(said.headers);
                body = whole(text).await;
            }
            Fault::MalformedJson => body = Bytes::from_static(br#"{"id": oops, "subjects": ]"#),
            Fault::TruncatedJson => body.truncate(length / 2),
            Fault::ContentType(kind) => {
                if let Ok(kind) = HeaderValue::from_str(kind) {
                    parts.headers.insert(header::CONTENT_TYPE, kind);
                }
            }
            Fault::DuplicateHeaders => {
                for (name, value) in [
                    (header::CONTENT_TYPE, "text/plain"),
                    (header::DATE, "Thu, 01 Jan 1970 00:00:00 GMT"),
                    (header::RETRY_AFTER, "1"),
                    (header::RETRY_AFTER, "86400"),
                    (REQUEST_ID, "another"),
                ] {
                    parts.headers.append(name, HeaderValue::from_static(value));
                }
            }
            _ => {}
        }
        parts.headers.remove(header::CONTENT_LENGTH);
        let body = match answer {
            Fault::OversizedReply(bytes) => Body::new(Padded {
                left: bytes.saturating_sub(length as u64),
                first: Some(body),
            }),
            _ => Body::from(body),
        };
        (Response::from_parts(parts, body), orders)
    }
}

/// Answers of this server are whole in memory already.
async fn whole(body: Body) -> Bytes {
    to_bytes(body, usize::MAX).await.unwrap_or_default()
}

fn refused(status: u16, retry_after: Option<&RetryAfter>, now_ms: i64) -> Response {
    let mut response = Refusal::new(status, "The practice server was told to fail").into_response();
    let wait = retry_after.map(|wait| match wait {
        RetryAfter::Seconds(seconds) => seconds.to_string(),
        RetryAfter::Date(seconds) => {
            ids::http_date(now_ms.saturating_add(seconds.saturating_mul(1_000)))
        }
        RetryAfter::Text(text) => text.clone(),
    });
    if let Some(Ok(wait)) = wait.map(|wait| HeaderValue::from_str(&wait)) {
        response.headers_mut().insert(header::RETRY_AFTER, wait);
    }
    response
}

/// A body followed by spaces, made as they are read.
struct Padded {
    first: Option<Bytes>,
    left: u64,
}

impl http_body::Body for Padded {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        static SPACES: [u8; CHUNK] = [b' '; CHUNK];
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(Frame::data(first))));
        }
        let length = usize::try_from(self.left).map_or(CHUNK, |left| left.min(CHUNK));
        self.left -= length as u64;
        let spaces = (length > 0).then(|| Ok(Frame::data(Bytes::from_static(&SPACES[..length]))));
        Poll::Ready(spaces)
    }
}
