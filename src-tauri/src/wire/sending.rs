//! Sending to many, as the window shows it: how people are put into requests, what was reviewed, and how a batch
//! stands.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ConnectionTest, FailureKind, RequestDetail, RequestState};

/// How people are put into requests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SendMode {
    Together,
    Each,
    #[default]
    Groups,
    Column,
}

/// The officer's choices of how to send.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct SendPlan {
    pub(crate) send_mode: SendMode,
    pub(crate) group_size: u32,
    pub(crate) group_column: String,
    /// Nothing stands where a person has no value; otherwise that is an issue.
    pub(crate) leave_empty: bool,
}

impl Default for SendPlan {
    fn default() -> Self {
        Self {
            send_mode: SendMode::default(),
            group_size: dispatch::plan::GROUP_SIZE.get(),
            group_column: String::new(),
            leave_empty: false,
        }
    }
}

/// The form as it stands: what is wrong with it, and what it would make of the list.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FormCheck {
    pub(crate) issues: super::Issues,
    pub(crate) requests: u32,
    pub(crate) people: u32,
    /// How long sending takes at the connection's pace.
    pub(crate) seconds: u32,
    /// The columns of the list that texts may name in `{{ }}`.
    pub(crate) columns: Vec<String>,
}

/// Something to put right before a batch can be reviewed.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct PlanIssueView {
    /// The field, as in `Issue`; `sendMode` and `groupColumn` for the plan, `contacts` for the list.
    pub(crate) path: String,
    pub(crate) message: String,
    /// The line of the file, if it is about one.
    pub(crate) row: Option<u32>,
    /// The file or paste the row came from.
    pub(crate) source: Option<String>,
    /// The number of the request, if it is about one.
    pub(crate) request: Option<u32>,
}

/// The answer to "Review": a review, or the first issues and how many there are.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PreparedReview {
    pub(crate) review: Option<Review>,
    pub(crate) issues: Vec<PlanIssueView>,
    pub(crate) issue_count: u32,
}

#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Review {
    pub(crate) id: String,
    pub(crate) people: u32,
    pub(crate) left_out: u32,
    pub(crate) requests: u32,
    /// Requests that exist only because people need different values of what a request has once.
    pub(crate) split_requests: u32,
    /// How long the first attempts take at this pace.
    pub(crate) seconds: u32,
    pub(crate) pace: Pace,
    /// So many people that the officer is asked twice.
    pub(crate) asks_again: bool,
    pub(crate) connection_name: String,
    pub(crate) practice: bool,
    pub(crate) warnings: Vec<String>,
    /// The first request.
    pub(crate) request: ReviewRequest,
}

/// One request of a review, with its exact bytes.
#[derive(Debug, Clone, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReviewRequest {
    /// From 1.
    pub(crate) number: u32,
    pub(crate) people: u32,
    /// The first of its contacts.
    pub(crate) contacts: Vec<String>,
    pub(crate) method: String,
    pub(crate) url: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
    pub(crate) sha256: String,
    pub(crate) bytes: u32,
}

/// Every request was made and written, and none was sent.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DryRun {
    pub(crate) requests: u32,
    pub(crate) people: u32,
    #[ts(type = "number")]
    pub(crate) bytes: u64,
    pub(crate) largest: u32,
    /// What the connection answered to a call that changes nothing, if it was reached.
    pub(crate) connection: Option<ConnectionTest>,
    /// Why it was not reached.
    pub(crate) unreached: Option<String>,
}

/// What "Send" began: a single request that was answered, or a batch that is being sent.
#[derive(Debug, Serialize, TS)]
pub(crate) struct Sent {
    pub(crate) request: Option<RequestDetail>,
    pub(crate) batch: Option<String>,
}

/// How far writing a batch down is, before its first request is sent.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct PlanProgress {
    pub(crate) done: u32,
    pub(crate) all: u32,
}

/// Requests a minute, and at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Pace {
    pub(crate) per_minute: u32,
    pub(crate) in_flight: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum BatchState {
    Running,
    Paused,
    Finished,
    Stopped,
}

/// What the officer asked for and is not complete while requests are under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Turning {
    Pausing,
    Stopping,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub(crate) struct BatchCount {
    pub(crate) requests: u32,
    pub(crate) people: u32,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BatchCounts {
    pub(crate) planned: BatchCount,
    pub(crate) sending: BatchCount,
    pub(crate) accepted: BatchCount,
    pub(crate) refused: BatchCount,
    pub(crate) unknown: BatchCount,
    pub(crate) not_sent: BatchCount,
    pub(crate) cancelled: BatchCount,
}

/// The server asked to slow down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Slowed {
    pub(crate) times: u32,
    /// The last time.
    #[ts(type = "number")]
    pub(crate) at_ms: i64,
}

/// A batch as it stands. `people` and `requests` leave out those taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BatchView {
    pub(crate) id: String,
    /// Grows with each look at any batch: of two views the one with the higher number is the later.
    #[ts(type = "number")]
    pub(crate) revision: u64,
    pub(crate) name: String,
    pub(crate) connection_id: String,
    pub(crate) connection_name: String,
    pub(crate) practice: bool,
    #[ts(type = "number")]
    pub(crate) created_at_ms: i64,
    #[ts(type = "number | null")]
    pub(crate) ended_at_ms: Option<i64>,
    pub(crate) requests: u32,
    pub(crate) people: u32,
    pub(crate) state: BatchState,
    pub(crate) turning: Option<Turning>,
    /// Why it is paused, a sentence for the officer; may be empty.
    pub(crate) why: String,
    /// When it goes on by itself, if it does.
    #[ts(type = "number | null")]
    pub(crate) resumes_at_ms: Option<i64>,
    pub(crate) counts: BatchCounts,
    /// Requests a minute as seen; none in the first second and when nothing is sent.
    pub(crate) per_minute: Option<u32>,
    /// What the pace allows now; less than `pace` after the server asked for less.
    pub(crate) allowed_per_minute: u32,
    pub(crate) pace: Pace,
    pub(crate) slowed: Option<Slowed>,
    #[ts(type = "number | null")]
    pub(crate) left_ms: Option<u64>,
}

/// Requests of a batch that met the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FailureGroup {
    pub(crate) state: RequestState,
    pub(crate) kind: FailureKind,
    pub(crate) status: Option<u16>,
    /// What the other side said, in the words of the first of them.
    pub(crate) said: String,
    pub(crate) requests: u32,
    pub(crate) people: u32,
    /// The first of them.
    pub(crate) first: FailedRequest,
    /// A contact that the words name, if they name one and it is among the people.
    pub(crate) contact: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub(crate) struct FailedRequest {
    pub(crate) id: String,
    /// Its number in the batch, from 1.
    pub(crate) number: u32,
    pub(crate) people: u32,
}

/// A wrong contact was put right and its request is sent again as a new one.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct Mended {
    pub(crate) request: String,
    pub(crate) number: u32,
    /// As it was understood.
    pub(crate) contact: String,
}

/// Batches are being sent and the window is to be closed.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CloseAsked {
    pub(crate) batches: u32,
    pub(crate) people_left: u32,
}
