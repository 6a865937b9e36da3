//! What happened, when: the append-only part of the ledger.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::leaf::Leaf;

/// The kinds of event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// A request and its bytes were written down.
    Planned,
    /// An attempt was about to leave the computer.
    AttemptStarted,
    /// Humanos answered.
    ReplyReceived,
    /// An attempt ended without an answer.
    NoReply,
    /// An attempt ended before anything left the computer.
    NotSent,
    /// An attempt cut off by a crash was found and its outcome noted as unknown.
    Recovered,
    /// The subject came back through the redirect.
    Returned,
    /// A session of the subject's was shown in the app.
    SessionOpened,
    /// An encrypted payload was opened.
    PayloadOpened,
    /// A payload came and could not be opened.
    PayloadKept,
    /// Something came back that belongs to nothing here.
    Strayed,
    /// Humanos was asked where the request stands.
    StatusSeen,
    /// The officer had a refused request sent again: same key, same bytes.
    PutBack,
    /// A corrected request was planned in place of this one, which the detail names.
    Replaced,
    /// This request was planned in place of a refused one, which the detail names.
    Replaces,
    /// The officer let a request of unknown outcome be sent again under its old key.
    AllowedAgain,
    /// The request was cancelled.
    Cancelled,
    /// Humanos was asked to send the notification again.
    Resent,
    /// The officer had a one-time code shown.
    CodeRevealed,
    /// A receipt was exported.
    Exported,
    /// A receipt was checked.
    Verified,
    /// Receipts were exported together, with what an auditor needs.
    PackExported,
    /// This computer got a new key to sign receipts with, which the detail names.
    DeviceKeyMade,
    /// A connection was saved.
    ConnectionSaved,
    /// A connection was removed.
    ConnectionRemoved,
}

/// One thing that happened. Events are only ever added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its number in this ledger: 1, 2, 3, … without a gap.
    pub sequence: u64,
    /// The request it is about, if it is about one.
    pub request_id: Option<String>,
    /// What happened.
    pub kind: EventKind,
    /// More about it, a canonical JSON object (RFC 8785).
    pub detail_json: String,
    /// When, Unix milliseconds.
    pub at_ms: i64,
    /// The hash of the event before it; zeros before the first. Zeros also where that event is gone:
    /// then the leaf does not have the hash.
    pub previous: [u8; 32],
    /// The hash of its leaf, by which the event after it and the tree hold it.
    pub hash: [u8; 32],
}

impl Event {
    /// The bytes the event is known by, canonical JSON: `at`, `detail`, `kind`, `previous`,
    /// `request`, `sequence`. [`leaf_hash`](crate::leaf_hash) of them is [`Self::hash`].
    #[must_use]
    pub fn leaf(&self) -> String {
        Leaf {
            at_ms: self.at_ms,
            detail: &self.detail_json,
            kind: self.kind.as_str(),
            previous: &self.previous,
            request: self.request_id.as_deref(),
            sequence: self.sequence,
        }
        .text()
    }
}

impl EventKind {
    const ALL: [Self; 25] = [
        Self::Planned,
        Self::AttemptStarted,
        Self::ReplyReceived,
        Self::NoReply,
        Self::NotSent,
        Self::Recovered,
        Self::Returned,
        Self::SessionOpened,
        Self::PayloadOpened,
        Self::PayloadKept,
        Self::Strayed,
        Self::StatusSeen,
        Self::PutBack,
        Self::Replaced,
        Self::Replaces,
        Self::AllowedAgain,
        Self::Cancelled,
        Self::Resent,
        Self::CodeRevealed,
        Self::Exported,
        Self::Verified,
        Self::PackExported,
        Self::DeviceKeyMade,
        Self::ConnectionSaved,
        Self::ConnectionRemoved,
    ];

    /// The name it is stored and shown on the wire by, kebab-case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::AttemptStarted => "attempt-started",
            Self::ReplyReceived => "reply-received",
            Self::NoReply => "no-reply",
            Self::NotSent => "not-sent",
            Self::Recovered => "recovered",
            Self::Returned => "returned",
            Self::SessionOpened => "session-opened",
            Self::PayloadOpened => "payload-opened",
            Self::PayloadKept => "payload-kept",
            Self::Strayed => "strayed",
            Self::StatusSeen => "status-seen",
            Self::PutBack => "put-back",
            Self::Replaced => "replaced",
            Self::Replaces => "replaces",
            Self::AllowedAgain => "allowed-again",
            Self::Cancelled => "cancelled",
            Self::Resent => "resent",
            Self::CodeRevealed => "code-revealed",
            Self::Exported => "exported",
            Self::Verified => "verified",
            Self::PackExported => "pack-exported",
            Self::DeviceKeyMade => "device-key-made",
            Self::ConnectionSaved => "connection-saved",
            Self::ConnectionRemoved => "connection-removed",
        }
    }

    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.as_str() == name)
    }
}

impl fmt::Display for EventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_back_by_its_name() {
        for kind in EventKind::ALL {
            assert_eq!(EventKind::parse(kind.as_str()), Some(kind));
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{kind}\""));
        }
    }
}
