//! Answers as the window shows them: what came back, how it came and how far it could be followed. Plaintext crosses
//! here because the officer reads it; keys and secrets do not.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::SecretText;

/// Where people go after answering.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ReturnTo {
    #[default]
    None,
    Web,
    App,
}

/// How a browser on this computer would find back to this app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ReturnKind {
    DeepLink,
    Loopback,
    Unavailable,
}

#[derive(Debug, Serialize, TS)]
pub(crate) struct ReturnWay {
    pub(crate) kind: ReturnKind,
    /// With an ellipsis in place of what differs from request to request.
    pub(crate) address: String,
}

/// Where this app's own pages come from on this computer.
#[derive(Debug, Serialize, TS)]
pub(crate) struct SessionOrigin {
    pub(crate) origin: String,
    pub(crate) https: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Standing {
    Cancelled,
    Done,
    Rejected,
    Pending,
    Closed,
    Unclear,
}

/// Where a request stood when Humanos was asked the last time.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StatusView {
    #[ts(type = "number")]
    pub(crate) at_ms: i64,
    pub(crate) standing: Standing,
    pub(crate) credentials: Vec<StatusCredential>,
    pub(crate) subjects: Vec<StatusSubject>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StatusCredential {
    pub(crate) id: String,
    pub(crate) name: Option<String>,
    pub(crate) status: String,
    pub(crate) decisions: Vec<StatusDecision>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StatusDecision {
    pub(crate) contact: Option<String>,
    pub(crate) accepted: Option<bool>,
    pub(crate) decided_at: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StatusSubject {
    pub(crate) contact: String,
    pub(crate) identity_status: Option<String>,
    pub(crate) kyc: Option<String>,
}

/// How a payload came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum AnswerWay {
    Brought,
    Session,
    Webhook,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Signature {
    Missing,
    Right,
    Unreadable,
    Wrong,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum FreshnessKind {
    Ahead,
    Fresh,
    Old,
    Unknown,
}

/// How far the time of a webhook was from ours when it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub(crate) struct FreshnessView {
    pub(crate) kind: FreshnessKind,
    #[ts(type = "number")]
    pub(crate) ms: u64,
}

/// One payload that came, opened or not.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AnswerView {
    pub(crate) id: String,
    #[ts(type = "number")]
    pub(crate) at_ms: i64,
    pub(crate) way: AnswerWay,
    pub(crate) opened: bool,
    /// What opened it; none for a webhook.
    pub(crate) profile: Option<String>,
    pub(crate) confirmed: bool,
    pub(crate) signature: Option<Signature>,
    pub(crate) freshness: Option<FreshnessView>,
    pub(crate) request: Option<String>,
    pub(crate) request_name: Option<String>,
    /// As it came, cut when it is long.
    pub(crate) raw: String,
    #[ts(type = "number")]
    pub(crate) raw_bytes: usize,
    pub(crate) answer: Option<Answer>,
}

#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Answer {
    pub(crate) event: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) internal_id: Option<String>,
    pub(crate) issuer_did: Option<String>,
    pub(crate) api_version: Option<String>,
    pub(crate) user: Option<AnswerUser>,
    pub(crate) content: AnswerContent,
    pub(crate) rest: Vec<AnswerRest>,
}

#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AnswerUser {
    pub(crate) contact: Option<String>,
    pub(crate) id: Option<String>,
    pub(crate) internal_id: Option<String>,
}

#[derive(Debug, Clone, Serialize, TS)]
#[serde(
    tag = "kind",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
pub(crate) enum AnswerContent {
    Credential {
        id: Option<String>,
        name: Option<String>,
        internal_id: Option<String>,
        resource_type: Option<String>,
        status: Option<String>,
        /// `accepted`, `rejected` or what came.
        decision: Option<String>,
        decided_at: Option<String>,
        decisions: Vec<AnswerDecision>,
    },
    Identity {
        passed: Option<bool>,
        fraud: Option<bool>,
        risk_score: Option<String>,
        outcome: Option<String>,
        message: Option<String>,
        date: Option<String>,
        fields: Vec<AnswerField>,
    },
    OtpFailed {
        code: Option<String>,
        message: Option<String>,
        resend_endpoint: Option<String>,
    },
    Test {
        message: Option<String>,
    },
    Unknown,
}

#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AnswerDecision {
    pub(crate) id: Option<String>,
    pub(crate) contact: Option<String>,
    pub(crate) accepted: Option<bool>,
    pub(crate) decided_at: Option<String>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct AnswerField {
    pub(crate) name: String,
    pub(crate) values: Vec<String>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct AnswerRest {
    pub(crate) path: String,
    pub(crate) json: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum OpenOutcome {
    BadSignature,
    Kept,
    Known,
    NoSecrets,
    NotAPayload,
    Opened,
    TooOld,
}

#[derive(Debug, Serialize, TS)]
pub(crate) struct OpenResult {
    pub(crate) outcome: OpenOutcome,
    pub(crate) answer: Option<AnswerView>,
    pub(crate) freshness: Option<FreshnessView>,
    pub(crate) traces: Vec<TraceView>,
}

/// How far one profile could follow a message.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct TraceView {
    pub(crate) profile: String,
    pub(crate) opened: bool,
    pub(crate) reached: String,
}

/// A file that holds a payload or profiles.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PayloadFile {
    pub(crate) file_name: String,
    pub(crate) text: String,
}

/// Where files dropped on the window go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DropPlace {
    #[default]
    List,
    Answers,
    Check,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProfilesView {
    pub(crate) built_in: Vec<ProfileView>,
    pub(crate) own: Vec<ProfileView>,
    /// The file of one's own as it was saved.
    pub(crate) text: String,
}

#[derive(Debug, Serialize, TS)]
pub(crate) struct ProfileView {
    pub(crate) name: String,
    pub(crate) note: String,
    pub(crate) confirmed: bool,
}

/// A blank field keeps what is stored.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WebhookForm {
    pub(crate) signature_secret: SecretText,
    pub(crate) encryption_secret: SecretText,
    pub(crate) encryption_salt: SecretText,
}

/// The last characters of each.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WebhookHints {
    pub(crate) signature_secret: String,
    pub(crate) encryption_secret: String,
    pub(crate) encryption_salt: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SessionOutcome {
    Kept,
    Known,
    Opened,
    Refused,
}

/// What became of a message of an embedded session.
#[derive(Debug, Serialize, TS)]
pub(crate) struct SessionSaid {
    pub(crate) outcome: SessionOutcome,
    pub(crate) answer: Option<AnswerView>,
}
