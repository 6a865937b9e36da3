//! What crosses between Rust and the window, beside the types of the crates. No type here can hold a stored secret
//! on its way out.

use humanos::{Draft, Issue};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use zeroize::Zeroizing;

use crate::adapters::keyring::KeyringState;
use crate::adapters::safe::Keep;

mod answers;
mod connection;
mod evidence;
mod list;
mod request;
mod sending;

pub(crate) use answers::*;
pub(crate) use connection::{ConnectionForm, ConnectionTest, ConnectionView};
pub(crate) use evidence::*;
pub(crate) use list::{FileNote, FileProblem, ImportReport, ListProgress, ListSettings, ListStep};
pub(crate) use request::{
    AttemptView, CredentialView, EventView, FailureKind, FailureView, RequestDetail, RequestList,
    RequestListRow, RequestState, SubjectView,
};
pub(crate) use sending::*;

/// A secret on its way in. It can be read once from a call and never written to one.
#[derive(Default, Deserialize, TS)]
#[serde(transparent)]
#[ts(type = "string")]
pub(crate) struct SecretText(Zeroizing<String>);

impl SecretText {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for SecretText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretText(redacted)")
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Stage {
    FirstStart,
    Locked,
    Ready,
}

/// Why the ledger is closed although it exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LockReason {
    KeyringEntryMissing,
    KeyringLocked,
    KeyringNoAnswer,
    KeyringNoService,
    LedgerBusy,
    LedgerDamaged,
    LedgerNewer,
    Passphrase,
    RecoveryKey,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Status {
    pub(crate) stage: Stage,
    pub(crate) lock: Option<LockReason>,
    pub(crate) keyring: KeyringState,
    pub(crate) keep: Option<Keep>,
    pub(crate) app_version: String,
}

/// The one secret that is shown, once, so that it can be written down.
#[derive(Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RecoveryKey {
    pub(crate) recovery_key: String,
}

/// The draft without its contacts (the list holds them), the one header the officer may set, and people typed but not
/// yet added to the list.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Form {
    pub(crate) draft: Draft,
    pub(crate) idempotency_key: String,
    pub(crate) pending_contacts: String,
    pub(crate) plan: SendPlan,
    pub(crate) return_to: ReturnTo,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FormView {
    pub(crate) form: Form,
    #[ts(type = "number | null")]
    pub(crate) saved_at_ms: Option<i64>,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SavedAt {
    #[ts(type = "number")]
    pub(crate) saved_at_ms: i64,
}

/// A PDF that the officer chose or dropped.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ChosenDocument {
    pub(crate) file_name: String,
    pub(crate) base64: String,
    pub(crate) size: u32,
}

#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct Drag {
    pub(crate) over: bool,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NewPubKey {
    pub(crate) pub_key: String,
}

/// Who uses this computer; printed on receipts.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub(crate) struct Officer {
    pub(crate) name: String,
    pub(crate) organisation: String,
    /// Where test sends go.
    pub(crate) contact: String,
}

#[derive(Debug, Serialize, TS)]
pub(crate) struct Saved {
    pub(crate) path: String,
}

/// Issues as `check_form` gives them.
pub(crate) type Issues = Vec<Issue>;
