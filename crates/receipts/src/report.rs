//! What a check of a file found, in words and in codes that a window can translate.

use std::fmt;
use std::ops::Range;

use ledger::State;
use serde::Serialize;

use crate::mask::Field;
use crate::seal::Broken;
use crate::{Head, Instant};

/// As many findings as are listed; [`Report::more`] counts the rest.
pub const MAX_FINDINGS: usize = 200;

/// The outcome of checking a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// What the file is.
    pub kind: Kind,
    /// Whether it holds.
    pub verdict: Verdict,
    /// What does not hold, in the order found; empty when all does.
    pub findings: Vec<Finding>,
    /// How many findings more there were than are listed.
    pub more: u64,
    /// What the file says; none when it cannot be read so far. True only as far as the verdict goes.
    pub facts: Option<Facts>,
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A signed receipt, JSON.
    Receipt,
    /// A receipt of version 1, made before receipts were signed.
    Unsigned,
    /// A receipt as PDF, with the signed one inside.
    Pdf,
    /// An evidence pack, ZIP.
    Pack,
    /// Nothing known here.
    Unknown,
}

/// Whether a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It holds, and its key is one that was given as known.
    Holds,
    /// It holds, but whose key signed it is not known here: compare the fingerprint.
    KeyUnknown,
    /// It is whole, but signed by another key than those given.
    OtherKey,
    /// It was never signed; nothing in it contradicts the rest.
    Unsigned,
    /// It was changed or damaged.
    Broken,
    /// It cannot be read as anything that is checked here.
    Unreadable,
}

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// What it is.
    pub code: Code,
    /// The same in English, as a sentence without its end.
    pub words: String,
    /// Where in the document, for example `attempts[0].startedAt`, if somewhere.
    pub place: Option<String>,
    /// Where in the file, in bytes, as far as known. Of a pack: in the entry.
    pub bytes: Option<Range<u64>>,
    /// Of a pack: the entry it is about.
    pub entry: Option<String>,
}

/// The kinds of finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Code {
    /// The file is too large to be looked at.
    TooLarge,
    /// It is no file of a kind known here.
    NotReceipt,
    /// It was made by a newer version of the app.
    NewerVersion,
    /// The lines of the file are not as the app writes them.
    Layout,
    /// The text is not canonical JSON of a receipt's shape.
    Shape,
    /// The signature is not written as one.
    SignatureForm,
    /// The signature is not one of this text by this key.
    Signature,
    /// A part of the receipt is not what it was when its digest was written.
    PartChanged,
    /// The body is in base64 that cannot be read.
    BodyUnreadable,
    /// The body's bytes do not have the stated SHA-256.
    BodyChanged,
    /// The body is not as long as stated.
    BodyLength,
    /// The call is not the one written down before the first attempt.
    BodyNotAsPlanned,
    /// The count of people is not the number of contacts listed.
    PeopleCount,
    /// The contacts listed are not those in the body.
    PeopleNotInBody,
    /// A reply does not fit its commitment.
    ReplyChanged,
    /// A reply is not the one noted when it came.
    ReplyNotAsNoted,
    /// Attempts are not numbered 1, 2, 3, …
    AttemptNumbers,
    /// Events are not in the order of their numbers.
    EventOrder,
    /// An event does not have its hash.
    EventChanged,
    /// An event is not proven to be under the head.
    EventProof,
    /// An event does not link to the one before it.
    EventChain,
    /// An event is about another request.
    EventRequest,
    /// The head cannot be one over these events.
    Head,
    /// The outcome does not follow from the attempts.
    State,
    /// Two forms of one instant differ.
    Instant,
    /// The receipt names another key than the one that signed it.
    DeviceKey,
    /// A text is masked that is not listed as such.
    Masked,
    /// The timestamp does not hold.
    Timestamp,
    /// The timestamp could not be checked here.
    TimestampUnchecked,
    /// The file has no seal.
    SealMissing,
    /// The file's bytes are not those that were sealed.
    SealBroken,
    /// The PDF cannot be read, or has no receipt inside.
    Attachment,
    /// The receipt inside is signed by another key than the seal.
    AttachmentKey,
    /// The pack cannot be read as a ZIP.
    Zip,
    /// The pack has no manifest, or one that cannot be read.
    Manifest,
    /// An entry is missing.
    EntryMissing,
    /// An entry is not in the manifest.
    EntryExtra,
    /// Two entries have one name.
    EntryTwice,
    /// An entry's name leads out of the folder it is unpacked in.
    EntryName,
    /// An entry's bytes are not those the manifest names.
    EntryChanged,
    /// A receipt in the pack does not fit the pack.
    EntryOther,
}

/// What a file says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Facts {
    /// The version of the app that made it.
    pub app_version: String,
    /// The officer's name, or empty.
    pub officer: String,
    /// Their organisation, or empty.
    pub organisation: String,
    /// When it was made.
    pub exported_at: Instant,
    /// The key that signed it; none when none did.
    pub key: Option<KeyFacts>,
    /// What stood for the whole ledger then; none in version 1.
    pub head: Option<Head>,
    /// The request; none for a pack.
    pub request: Option<RequestFacts>,
    /// The pack; none for a receipt.
    pub pack: Option<PackFacts>,
    /// Who vouches for the time, if somebody does.
    pub timestamp: Option<TimestampFacts>,
}

/// The key a file was signed with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyFacts {
    /// Its id: the RFC 7638 thumbprint.
    pub kid: String,
    /// The thumbprint for people to compare.
    pub fingerprint: String,
    /// Whether it is one of those given as known.
    pub known: bool,
}

/// The request a receipt is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestFacts {
    /// The app's own id.
    pub id: String,
    /// The id Humanos gave, or empty.
    pub humanos_id: String,
    /// The label or its hint, or empty.
    pub name: String,
    /// The app's name for the connection.
    pub connection: String,
    /// Where it stood.
    pub state: State,
    /// Whether its outcome was still open.
    pub interim: bool,
    /// Whether it went to the practice server.
    pub practice: bool,
    /// When it was written down.
    pub planned_at: Instant,
    /// How many people were asked.
    pub people_count: u32,
    /// How many attempts there were.
    pub attempts: u32,
    /// When Humanos accepted it, if it did.
    pub accepted_at: Option<Instant>,
    /// How many events are listed.
    pub events: u32,
    /// What is masked.
    pub masked: Vec<Field>,
}

/// What is in a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PackFacts {
    /// How many entries it has.
    pub entries: u64,
    /// How many of them are signed receipts.
    pub receipts: u64,
    /// What was asked to be in it, in the asker's words.
    pub filter: String,
}

/// A timestamp as its authority gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TimestampFacts {
    /// When the authority saw the head, RFC 3339 in UTC.
    pub at: String,
    /// The authority as its certificate names it. Whether to trust it is for the reader to say.
    pub authority: String,
}

impl Report {
    /// Whether the file holds as far as can be said here: [`Verdict::Holds`] or
    /// [`Verdict::KeyUnknown`].
    #[must_use]
    pub fn holds(&self) -> bool {
        matches!(self.verdict, Verdict::Holds | Verdict::KeyUnknown)
    }

    pub(crate) fn unreadable(kind: Kind, finding: Finding) -> Self {
        Self {
            kind,
            verdict: Verdict::Unreadable,
            findings: vec![finding],
            more: 0,
            facts: None,
        }
    }

    /// A report whose verdict follows from the findings: broken if there is one.
    pub(crate) fn new(
        kind: Kind,
        whole: Verdict,
        mut findings: Vec<Finding>,
        facts: Option<Facts>,
    ) -> Self {
        let broken = findings.iter().any(|f| f.code.breaks());
        let more = findings.len().saturating_sub(MAX_FINDINGS) as u64;
        findings.truncate(MAX_FINDINGS);
        let verdict = if broken { Verdict::Broken } else { whole };
        Self {
            kind,
            verdict,
            findings,
            more,
            facts,
        }
    }
}

impl Finding {
    pub(crate) fn new(code: Code, words: impl Into<String>) -> Self {
        Self {
            code,
            words: words.into(),
            place: None,
            bytes: None,
            entry: None,
        }
    }

    /// That a seal does not hold; it stands in `span`.
    pub(crate) fn broken(broken: Broken, span: Range<u64>) -> Self {
        Self {
            bytes: matches!(broken, Broken::Seal(_)).then_some(span),
            ..Self::new(Code::SealBroken, broken.to_string())
        }
    }

    pub(crate) fn at(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }

    pub(crate) fn spanning(mut self, bytes: Range<usize>) -> Self {
        self.bytes = Some(bytes.start as u64..bytes.end as u64);
        self
    }
}

impl Code {
    /// Whether a file with such a finding does not hold.
    fn breaks(self) -> bool {
        self != Self::TimestampUnchecked
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(entry) = &self.entry {
            write!(f, "{entry}: ")?;
        }
        f.write_str(&self.words)?;
        match (&self.place, &self.bytes) {
            (Some(place), Some(at)) => write!(f, " ({place}, bytes {} to {})", at.start, at.end),
            (Some(place), None) => write!(f, " ({place})"),
            (None, Some(at)) => write!(f, " (bytes {} to {})", at.start, at.end),
            (None, None) => Ok(()),
        }
    }
}
