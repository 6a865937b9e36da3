//! What the UI is told when something fails: a closed code, a sentence, and the field if there is one.

use serde::Serialize;
use ts_rs::TS;

/// A failure as the UI receives it. The code chooses severity, text and action there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub(crate) struct Problem {
    pub(crate) code: ProblemCode,
    pub(crate) message: String,
    pub(crate) field: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ProblemCode {
    Busy,
    Cancelled,
    Clipboard,
    ConnectionFailed,
    DraftHasIssues,
    DuplicateIdempotencyKey,
    FileUnreadable,
    Internal,
    InvalidField,
    KeyringLocked,
    KeyringNoAnswer,
    KeyringNoService,
    KeyringRefused,
    Ledger,
    LedgerLocked,
    ListRefused,
    PassphraseWeak,
    PassphraseWrong,
    RecoveryKeyWrong,
    ReviewGone,
    SaveFailed,
    SecretsMissing,
    SessionOpen,
    UnknownItem,
}

impl Problem {
    pub(crate) fn new(code: ProblemCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            field: None,
        }
    }

    pub(crate) fn at(field: &str, message: impl Into<String>) -> Self {
        Self {
            code: ProblemCode::InvalidField,
            message: message.into(),
            field: Some(field.to_owned()),
        }
    }

    pub(crate) fn internal(message: impl Into<String>) -> Self {
        Self::new(ProblemCode::Internal, message)
    }

    pub(crate) fn gone(what: &str) -> Self {
        Self::new(
            ProblemCode::UnknownItem,
            format!("That {what} is no longer here. Go back and choose another."),
        )
    }
}

impl From<ledger::LedgerError> for Problem {
    fn from(error: ledger::LedgerError) -> Self {
        tracing::error!(
            error = &error as &dyn std::error::Error,
            "the ledger refused"
        );
        Self::new(
            ProblemCode::Ledger,
            format!(
                "The ledger on this computer could not do that: {error}. What was saved before is kept."
            ),
        )
    }
}
