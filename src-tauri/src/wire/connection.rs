//! A connection as the window shows and edits it: secrets go in, only their last characters come out.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Pace, SecretText, WebhookHints};
use crate::adapters::safe::Keep;

#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ConnectionView {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) base_url: String,
    pub(crate) api_version: String,
    pub(crate) proxy: String,
    pub(crate) has_ca: bool,
    pub(crate) practice: bool,
    pub(crate) api_key_hint: String,
    pub(crate) api_key_fingerprint: String,
    pub(crate) secret_hint: String,
    pub(crate) secret_fingerprint: String,
    pub(crate) kept: Option<Keep>,
    pub(crate) current: bool,
    pub(crate) pace: Pace,
    pub(crate) webhook: Option<WebhookHints>,
}

/// What the officer typed. On a stored connection, a blank secret means "keep the one you have".
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ConnectionForm {
    pub(crate) id: Option<String>,
    pub(crate) name: String,
    pub(crate) base_url: String,
    pub(crate) api_version: String,
    pub(crate) api_key: SecretText,
    pub(crate) signature_secret: SecretText,
    pub(crate) proxy: String,
    /// `null` keeps what is stored, an empty text removes it.
    pub(crate) ca_pem: Option<String>,
}

#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ConnectionTest {
    pub(crate) status: u16,
    pub(crate) message: String,
    pub(crate) server_date: Option<String>,
    #[ts(type = "number | null")]
    pub(crate) clock_skew_ms: Option<i64>,
}
