//! The types that the window and Rust share, written to `ui/src/api/types.ts`. The file is committed and must match.

use std::fmt::Write;

use ts_rs::{Config, TS};

use crate::adapters::keyring::KeyringState;
use crate::adapters::safe::Keep;
use crate::error::{Problem, ProblemCode};
use crate::wire;

/// Seen from the package's folder, where cargo runs tests.
const FILE: &str = "ui/src/api/types.ts";

macro_rules! declarations {
    ($($type:ty),* $(,)?) => {{
        let config = Config::default();
        let mut text = String::from(
            "// Made from the Rust types by `cargo xtask bindings`. Do not edit.\n",
        );
        $(writeln!(text, "\nexport {}", <$type>::decl(&config)).unwrap();)*
        text
    }};
}

#[test]
fn the_types_of_the_window_match_rust() {
    let made = declarations![
        Problem,
        ProblemCode,
        KeyringState,
        Keep,
        wire::Stage,
        wire::LockReason,
        wire::Status,
        wire::RecoveryKey,
        humanos::SecurityLevel,
        humanos::CredentialType,
        humanos::CredentialData,
        humanos::PlacementType,
        humanos::Placement,
        humanos::Action,
        humanos::Credential,
        humanos::ExpectedDocId,
        humanos::Draft,
        humanos::IssueCode,
        humanos::Issue,
        wire::ReturnTo,
        wire::ReturnKind,
        wire::ReturnWay,
        wire::SendMode,
        wire::SendPlan,
        wire::Form,
        wire::FormCheck,
        wire::FormView,
        wire::SavedAt,
        wire::NewPubKey,
        wire::ChosenDocument,
        contacts::Region,
        contacts::RowId,
        contacts::RowState,
        contacts::Show,
        contacts::SortBy,
        contacts::Sort,
        contacts::ListAsk,
        contacts::Kind,
        contacts::Field,
        contacts::ReasonCode,
        contacts::Reason,
        contacts::Row,
        contacts::RowPage,
        contacts::Delimiter,
        contacts::Format,
        contacts::Target,
        contacts::Column,
        contacts::Source,
        contacts::Reading,
        contacts::Preview,
        contacts::ReasonCount,
        contacts::Summary,
        contacts::RegionChoice,
        wire::FileProblem,
        wire::FileNote,
        wire::ImportReport,
        wire::ListStep,
        wire::ListProgress,
        wire::ListSettings,
        wire::Drag,
        wire::WebhookHints,
        wire::WebhookForm,
        wire::ConnectionView,
        wire::ConnectionForm,
        wire::SecretText,
        wire::ConnectionTest,
        wire::PlanIssueView,
        wire::PreparedReview,
        wire::Review,
        wire::ReviewRequest,
        wire::DryRun,
        wire::Sent,
        wire::PlanProgress,
        wire::Pace,
        wire::BatchState,
        wire::Turning,
        wire::BatchCount,
        wire::BatchCounts,
        wire::Slowed,
        wire::BatchView,
        wire::FailureGroup,
        wire::FailedRequest,
        wire::Mended,
        wire::CloseAsked,
        wire::RequestState,
        wire::RequestList,
        wire::RequestListRow,
        wire::SubjectView,
        wire::CredentialView,
        wire::AttemptView,
        wire::EventView,
        wire::FailureKind,
        wire::FailureView,
        wire::Standing,
        wire::StatusView,
        wire::StatusCredential,
        wire::StatusDecision,
        wire::StatusSubject,
        wire::AnswerWay,
        wire::Signature,
        wire::FreshnessKind,
        wire::FreshnessView,
        wire::AnswerView,
        wire::Answer,
        wire::AnswerUser,
        wire::AnswerContent,
        wire::AnswerDecision,
        wire::AnswerField,
        wire::AnswerRest,
        wire::OpenOutcome,
        wire::OpenResult,
        wire::TraceView,
        wire::PayloadFile,
        wire::DropPlace,
        wire::ProfilesView,
        wire::ProfileView,
        wire::SessionOrigin,
        wire::SessionOutcome,
        wire::SessionSaid,
        wire::RequestDetail,
        wire::Officer,
        wire::Saved,
        wire::ReceiptFormat,
        wire::Language,
        wire::MaskField,
        wire::ReceiptAsk,
        wire::PackFormat,
        wire::PackScope,
        wire::PackAsk,
        wire::Stamping,
        wire::ExportStep,
        wire::ExportProgress,
        wire::Exported,
        wire::Damage,
        wire::LedgerReport,
        wire::FormerKey,
        wire::DeviceKeyView,
        wire::CheckKind,
        wire::Verdict,
        wire::InLedger,
        wire::CheckFinding,
        wire::CheckFacts,
        wire::ReceiptCheck,
    ];
    if std::env::var_os("UPDATE_BINDINGS").is_some() {
        std::fs::write(FILE, &made).unwrap();
    }
    let committed = std::fs::read_to_string(FILE).unwrap_or_default();
    assert_eq!(
        committed, made,
        "run `cargo xtask bindings` and commit {FILE}"
    );
}
