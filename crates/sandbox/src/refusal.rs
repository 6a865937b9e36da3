//! Errors in the API's shape: `{statusCode, message, error}`.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// Messages in one answer; a hostile body could have millions of faults.
pub(crate) const MAX_MESSAGES: usize = 100;

/// Why a call is not done.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    message: Value,
    retry_after_s: Option<u32>,
}

impl Refusal {
    /// A refusal with one message.
    pub(crate) fn new(status: u16, message: impl Into<String>) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self {
            status,
            message: Value::String(message.into()),
            retry_after_s: None,
        }
    }

    /// 400 with a list of messages, each about one field; the list is cut to 100.
    pub(crate) fn list(mut messages: Vec<String>) -> Self {
        messages.truncate(MAX_MESSAGES);
        Self {
            message: json!(messages),
            ..Self::new(400, "")
        }
    }

    /// 429 with `Retry-After` in seconds.
    pub(crate) fn too_many(retry_after_s: u32) -> Self {
        let retry_after_s = Some(retry_after_s);
        Self {
            retry_after_s,
            ..Self::new(429, "ThrottlerException: Too Many Requests")
        }
    }

    /// 503 with `Retry-After` in seconds.
    pub(crate) fn unavailable(retry_after_s: u32, message: &str) -> Self {
        let retry_after_s = Some(retry_after_s);
        Self {
            retry_after_s,
            ..Self::new(503, message)
        }
    }

    /// The HTTP status.
    #[cfg(test)]
    pub(crate) fn status(&self) -> u16 {
        self.status.as_u16()
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = json!({
            "statusCode": self.status.as_u16(),
            "message": self.message,
            "error": self.status.canonical_reason().unwrap_or("Error"),
        });
        let mut response = (self.status, Json(body)).into_response();
        if let Some(seconds) = self.retry_after_s {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
