//! Receipts of version 1, made before receipts were signed: read and checked, not made any more.

use serde::{Deserialize, Serialize};

use crate::Instant;
use crate::check::{Noted, Story};
use crate::document::{App, Attempt, Credential, Request, Sent, Subject};
use crate::report::Finding;

/// A receipt of version 1. What it shares with later versions had another order of members then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Former {
    format: String,
    version: u32,
    pub(crate) interim: bool,
    pub(crate) practice: bool,
    pub(crate) exported_at: Instant,
    pub(crate) app: App,
    pub(crate) asker: Asker,
    pub(crate) request: Request,
    sent: Sent,
    pub(crate) attempts: Vec<Attempt>,
    subjects: Vec<Subject>,
    credentials: Vec<Credential>,
    pub(crate) events: Vec<Event>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Asker {
    pub(crate) officer: String,
    pub(crate) organisation: String,
    pub(crate) connection: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Event {
    sequence: u64,
    kind: String,
    at: Instant,
    /// The JSON text as the ledger held it.
    detail: String,
}

impl Former {
    /// Recomputes all that can be recomputed. It finds accidents and careless changes only.
    pub(crate) fn check(&self) -> Vec<Finding> {
        let noted = self.events.iter().map(|event| Noted {
            sequence: event.sequence,
            kind: &event.kind,
            at: &event.at,
            detail: event.detail.clone(),
        });
        Story {
            interim: self.interim,
            exported_at: &self.exported_at,
            request: &self.request,
            sent: &self.sent,
            attempts: &self.attempts,
            noted: noted.collect(),
        }
        .check()
    }
}
