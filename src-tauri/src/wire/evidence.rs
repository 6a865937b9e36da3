//! Receipts, their checks and the ledger as evidence, as the window shows them. No private key crosses here.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ReceiptFormat {
    Json,
    Pdf,
}

/// What a receipt on paper is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Language {
    En,
    Pt,
    Es,
    Fr,
}

/// What can be hidden in a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum MaskField {
    Contacts,
    Names,
    Links,
    Replies,
    Body,
}

#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReceiptAsk {
    pub(crate) format: ReceiptFormat,
    pub(crate) language: Language,
    pub(crate) mask: Vec<MaskField>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum PackFormat {
    Pack,
    Xlsx,
    CsvSafe,
    CsvExact,
}

/// Which requests are meant.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(
    tag = "kind",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
pub(crate) enum PackScope {
    Batch {
        id: String,
    },
    Period {
        /// Both ends are included.
        #[ts(type = "number")]
        from_ms: i64,
        #[ts(type = "number")]
        to_ms: i64,
    },
    /// Blank for all of them.
    Search {
        search: String,
    },
    Requests {
        ids: Vec<String>,
    },
}

#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PackAsk {
    pub(crate) format: PackFormat,
    pub(crate) scope: PackScope,
    /// Whether a pack holds each receipt on paper too.
    pub(crate) pdf: bool,
    pub(crate) language: Language,
    pub(crate) mask: Vec<MaskField>,
}

/// Who says when the ledger's head was seen.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Stamping {
    /// The address of the authority; blank where none is asked.
    pub(crate) url: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ExportStep {
    Checking,
    Stamping,
    Receipts,
    Writing,
}

#[derive(Debug, Clone, Copy, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExportProgress {
    pub(crate) step: ExportStep,
    #[ts(type = "number")]
    pub(crate) done: u64,
    /// 0 where it is not known.
    #[ts(type = "number")]
    pub(crate) total: u64,
}

/// A place of the ledger that is not as it was written.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Damage {
    pub(crate) code: String,
    pub(crate) words: String,
    /// The events, both ends included.
    #[ts(type = "number | null")]
    pub(crate) from: Option<u64>,
    #[ts(type = "number | null")]
    pub(crate) to: Option<u64>,
    pub(crate) request: Option<String>,
    pub(crate) request_name: Option<String>,
}

#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LedgerReport {
    #[ts(type = "number")]
    pub(crate) size: u64,
    pub(crate) root: String,
    #[ts(type = "number")]
    pub(crate) checked_at_ms: i64,
    /// The first of them.
    pub(crate) damages: Vec<Damage>,
    /// All of them.
    #[ts(type = "number")]
    pub(crate) damage_count: u64,
}

/// A key that was replaced.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FormerKey {
    pub(crate) kid: String,
    pub(crate) fingerprint: String,
    #[ts(type = "number")]
    pub(crate) made_at_ms: i64,
    #[ts(type = "number")]
    pub(crate) retired_at_ms: i64,
}

/// The key that receipts are signed with, and those before it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DeviceKeyView {
    pub(crate) kid: String,
    pub(crate) fingerprint: String,
    #[ts(type = "number")]
    pub(crate) made_at_ms: i64,
    pub(crate) former: Vec<FormerKey>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum CheckKind {
    Receipt,
    OldReceipt,
    Pdf,
    Pack,
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Verdict {
    Holds,
    HoldsUnknownKey,
    Unsigned,
    Broken,
    Unreadable,
}

/// What the ledger on this computer says of a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum InLedger {
    Agrees,
    Differs,
    NotHere,
    Closed,
}

#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CheckFinding {
    pub(crate) code: String,
    pub(crate) words: String,
    /// The member of the receipt, or the file in the pack.
    pub(crate) place: Option<String>,
    /// The bytes of the file, from 0, both ends included.
    #[ts(type = "number | null")]
    pub(crate) from: Option<u64>,
    #[ts(type = "number | null")]
    pub(crate) to: Option<u64>,
}

/// What a file says of itself; true as far as it holds. A pack names no request.
#[derive(Debug, Clone, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CheckFacts {
    pub(crate) officer: String,
    pub(crate) organisation: String,
    pub(crate) request_name: String,
    pub(crate) request_id: String,
    pub(crate) people: u32,
    pub(crate) state: String,
    pub(crate) exported_at_utc: String,
    pub(crate) interim: bool,
    pub(crate) practice: bool,
    /// Blank when it was not signed.
    pub(crate) kid: String,
    pub(crate) fingerprint: String,
    /// Whether it is one of this computer's keys.
    pub(crate) key_known: bool,
    #[ts(type = "number")]
    pub(crate) head_size: u64,
    pub(crate) head_root: String,
    /// Who else says when the ledger was so, and when; blank where nobody does.
    pub(crate) stamped_by: String,
    pub(crate) stamped_at_utc: String,
    /// How many are in it.
    pub(crate) receipts: u32,
}

#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReceiptCheck {
    pub(crate) file: String,
    pub(crate) kind: CheckKind,
    pub(crate) verdict: Verdict,
    pub(crate) findings: Vec<CheckFinding>,
    pub(crate) facts: Option<CheckFacts>,
    pub(crate) ledger: InLedger,
}

/// What was written.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Exported {
    pub(crate) path: String,
    /// How many requests are in it.
    #[ts(type = "number")]
    pub(crate) requests: u64,
    /// Requests that were asked for and that no receipt can be made of.
    #[ts(type = "number")]
    pub(crate) left_out: u64,
    /// Why it holds no time stamp, where one was wanted.
    pub(crate) stamp_problem: Option<String>,
    /// How many places of the ledger are damaged.
    #[ts(type = "number")]
    pub(crate) damage_count: u64,
}
