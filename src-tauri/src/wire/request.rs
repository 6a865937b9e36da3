//! Requests as the window shows them. One-time codes stay behind; the window learns only that there is one.

use humanos::Issue;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{AnswerView, ReturnTo, StatusView};

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RequestState {
    Accepted,
    Cancelled,
    NotSent,
    Planned,
    Refused,
    Sending,
    Unknown,
}

impl From<ledger::State> for RequestState {
    fn from(state: ledger::State) -> Self {
        match state {
            ledger::State::Accepted => Self::Accepted,
            ledger::State::Cancelled => Self::Cancelled,
            ledger::State::NotSent => Self::NotSent,
            ledger::State::Planned => Self::Planned,
            ledger::State::Refused => Self::Refused,
            ledger::State::Sending => Self::Sending,
            ledger::State::Unknown => Self::Unknown,
        }
    }
}

impl From<RequestState> for ledger::State {
    fn from(state: RequestState) -> Self {
        match state {
            RequestState::Accepted => Self::Accepted,
            RequestState::Cancelled => Self::Cancelled,
            RequestState::NotSent => Self::NotSent,
            RequestState::Planned => Self::Planned,
            RequestState::Refused => Self::Refused,
            RequestState::Sending => Self::Sending,
            RequestState::Unknown => Self::Unknown,
        }
    }
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RequestListRow {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) internal_id: String,
    pub(crate) humanos_id: Option<String>,
    pub(crate) people: u32,
    pub(crate) first_contact: String,
    pub(crate) security_level: String,
    pub(crate) state: RequestState,
    #[ts(type = "number")]
    pub(crate) created_at_ms: i64,
    pub(crate) connection_name: String,
    pub(crate) practice: bool,
    /// In its batch, from 1.
    pub(crate) number: Option<u32>,
}

#[derive(Debug, Serialize, TS)]
pub(crate) struct RequestList {
    pub(crate) total: u32,
    pub(crate) rows: Vec<RequestListRow>,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SubjectView {
    pub(crate) index: u32,
    pub(crate) id: String,
    pub(crate) contact: String,
    pub(crate) link: Option<String>,
    pub(crate) has_code: bool,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CredentialView {
    pub(crate) id: String,
    pub(crate) name: Option<String>,
    pub(crate) internal_id: Option<String>,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AttemptView {
    pub(crate) number: u32,
    #[ts(type = "number")]
    pub(crate) started_at_ms: i64,
    #[ts(type = "number | null")]
    pub(crate) ended_at_ms: Option<i64>,
    pub(crate) result: String,
    pub(crate) status: Option<u16>,
    pub(crate) server_date: Option<String>,
    pub(crate) server_request_id: Option<String>,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EventView {
    #[ts(type = "number")]
    pub(crate) at_ms: i64,
    pub(crate) kind: String,
    pub(crate) text: String,
}

/// What kind of failure it was; the window has words and a way out for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum FailureKind {
    Conflict,
    FieldErrors,
    Malformed,
    Network,
    Payment,
    Refused,
    Server,
    TooMany,
    Unauthorized,
    Unknown,
}

#[derive(Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FailureView {
    pub(crate) kind: FailureKind,
    pub(crate) status: Option<u16>,
    /// What the other side said, in its own words.
    pub(crate) said: Vec<String>,
    /// Those of its sentences that name a field of the form.
    pub(crate) fields: Vec<Issue>,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RequestDetail {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) internal_id: String,
    pub(crate) humanos_id: Option<String>,
    pub(crate) state: RequestState,
    pub(crate) people: u32,
    pub(crate) security_level: String,
    pub(crate) connection_name: String,
    pub(crate) practice: bool,
    pub(crate) batch_id: Option<String>,
    pub(crate) url: String,
    pub(crate) api_version: String,
    pub(crate) idempotency_key: String,
    pub(crate) body: String,
    pub(crate) body_sha256: String,
    #[ts(type = "number")]
    pub(crate) created_at_ms: i64,
    pub(crate) failure: Option<FailureView>,
    pub(crate) return_to: ReturnTo,
    pub(crate) status: Option<StatusView>,
    /// Newest first.
    pub(crate) answers: Vec<AnswerView>,
    pub(crate) subjects: Vec<SubjectView>,
    pub(crate) credentials: Vec<CredentialView>,
    pub(crate) attempts: Vec<AttemptView>,
    pub(crate) events: Vec<EventView>,
}
