//! What opened, in data from which words can be made, as far as its shape is documented.
//!
//! Webhooks and messages are read alike: the documentation says that the payload of a credential is the
//! same in both. What is not documented stays raw JSON in [`Answer::rest`], nothing is left out.
//! The words are the window's business.

mod taken;

use std::fmt;

use super::Plaintext;
use super::tree::{self, Members, Node};
use taken::Taken;

/// The fields of an identity that are documented, of all API versions, in the order of their importance.
pub const IDENTITY_FIELDS: [&str; 15] = [
    "fullName",
    "birth",
    "gender",
    "nationality",
    "placeOfBirth",
    "addresses",
    "documentType",
    "docId",
    "fullDocId",
    "countryAlpha3",
    "issueDate",
    "expiresAt",
    "placeOfIssue",
    "height",
    "weight",
];

/// What was inside an envelope.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// `eventType` as it came.
    pub event: Option<String>,
    /// Id of the request.
    pub request_id: Option<String>,
    /// The officer's own id of the request.
    pub internal_id: Option<String>,
    /// The organization that asked.
    pub issuer_did: Option<String>,
    /// The API version of the shape, as it came.
    pub api_version: Option<String>,
    /// Whom it is about.
    pub user: Option<User>,
    /// What it says.
    pub content: Content,
    /// Everything that is not in the fields above, as raw JSON by its path.
    pub rest: Vec<Rest>,
}

/// The person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct User {
    /// As in the request.
    pub contact: Option<String>,
    /// A DID; `did` in versions up to 2026-04-14.
    pub id: Option<String>,
    /// The officer's own id.
    pub internal_id: Option<String>,
}

/// What an answer says.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Content {
    /// Somebody decided on a credential.
    Credential(CredentialAnswer),
    /// An identity was checked.
    Identity(IdentityAnswer),
    /// A code could not be delivered.
    OtpFailed(OtpFailure),
    /// Somebody pressed the test button of the dashboard.
    Test {
        /// What it says.
        message: Option<String>,
    },
    /// Nothing that is documented; all of it is in [`Answer::rest`].
    #[default]
    Unknown,
}

/// A decision on a credential.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CredentialAnswer {
    /// `urn:via:credential:` and an id.
    pub id: Option<String>,
    /// As shown to the person.
    pub name: Option<String>,
    /// The officer's own id.
    pub internal_id: Option<String>,
    /// Its type as it came.
    pub resource_type: Option<String>,
    /// Its status as it came.
    pub status: Option<String>,
    /// What was decided.
    pub decision: Option<Decision>,
    /// When.
    pub decided_at: Option<Date>,
    /// What each person decided, if several were asked.
    pub decisions: Vec<GrantorDecision>,
}

/// What somebody decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Yes.
    Accepted,
    /// No.
    Rejected,
    /// Something that is not documented, as it came.
    Other(String),
}

/// What one of several people decided.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GrantorDecision {
    /// A URN of the decision, or from 2026-07-07 the person's DID.
    pub id: Option<String>,
    /// The person's contact.
    pub contact: Option<String>,
    /// Yes, no, or not yet.
    pub accepted: Option<bool>,
    /// When.
    pub decided_at: Option<Date>,
}

/// A date as it came, and in Unix milliseconds if it has an offset and can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Date {
    /// As it came.
    pub text: String,
    /// In Unix milliseconds.
    pub ms: Option<i64>,
}

/// The outcome of an identity check. Personal: `Debug` does not show the fields.
#[derive(Clone, Default, PartialEq)]
pub struct IdentityAnswer {
    /// What the check found.
    pub check: Check,
    /// What is known of the person, in the order of [`IDENTITY_FIELDS`]. Empty fields are left out.
    pub fields: Vec<Detail>,
}

/// What an identity check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Check {
    /// Whether the person passed.
    pub passed: Option<bool>,
    /// Whether fraud is suspected (contacts era).
    pub fraud: Option<bool>,
    /// A number as it came (contacts era); its scale is not documented.
    pub risk_score: Option<String>,
    /// As it came (contacts era).
    pub outcome: Option<String>,
    /// Why, in the server's words.
    pub message: Option<String>,
    /// When.
    pub date: Option<Date>,
}

/// One field of an identity.
#[derive(Clone, PartialEq, Eq)]
pub struct Detail {
    /// One of [`IDENTITY_FIELDS`].
    pub name: &'static str,
    /// Its value; several only for addresses.
    pub values: Vec<String>,
}

/// Why a code did not arrive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OtpFailure {
    /// Like `INVALID_PHONE_NUMBER`.
    pub code: Option<String>,
    /// In the server's words.
    pub message: Option<String>,
    /// Where to `PATCH` for another try, exactly as it came.
    pub resend_endpoint: Option<String>,
}

/// A value that is not documented, or not of the documented form.
#[derive(Clone, PartialEq, Eq)]
pub struct Rest {
    /// Like `decision.reason`; empty for the whole answer.
    pub path: String,
    /// Compact JSON, or the text itself if it is no JSON.
    pub json: String,
}

impl Answer {
    /// Reads what opened. Never fails: what is not understood is raw.
    #[must_use]
    pub fn read(plaintext: &Plaintext) -> Self {
        let bytes = plaintext.expose();
        let parsed = str::from_utf8(bytes)
            .ok()
            .and_then(|it| tree::read(it).ok());
        match parsed {
            Some(Node::Object(members)) => Self::of(&members),
            Some(other) => Self::raw(other.json()),
            None => Self::raw(String::from_utf8_lossy(bytes).into_owned()),
        }
    }

    fn raw(json: String) -> Self {
        let path = String::new();
        Self {
            rest: vec![Rest { path, json }],
            ..Self::default()
        }
    }

    fn of(members: &Members<'_>) -> Self {
        let mut top = Taken::new("", members);
        let mut answer = Self {
            event: top.text("eventType"),
            request_id: top.text("requestId"),
            internal_id: top.text("internalId"),
            issuer_did: top.text("issuerDid"),
            api_version: top.text("api_version"),
            ..Self::default()
        };
        answer.user = top.inside("user", &mut answer.rest, |user| User {
            contact: user.text("contact"),
            id: user.text("id").or_else(|| user.text("did")),
            internal_id: user.text("internalId"),
        });
        let rest = &mut answer.rest;
        answer.content = match answer.event.as_deref() {
            Some("credential") => Content::Credential(credential(&mut top, rest)),
            Some("identity") => Content::Identity(identity(&mut top, rest)),
            Some("otp.failed") => Content::OtpFailed(otp_failure(&mut top, rest)),
            Some("test") => Content::Test {
                message: top.text("message"),
            },
            _ => Content::Unknown,
        };
        top.leave(&mut answer.rest);
        answer
    }
}

impl fmt::Debug for IdentityAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdentityAnswer")
            .field("check", &self.check)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Detail({}, redacted)", self.name)
    }
}

impl fmt::Debug for Rest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rest({}, redacted)", self.path)
    }
}

fn credential(top: &mut Taken<'_, '_>, rest: &mut Vec<Rest>) -> CredentialAnswer {
    let mut decisions = Vec::new();
    let inside = top.inside("credential", rest, |credential| {
        decisions = credential.decisions();
        CredentialAnswer {
            id: credential.text("id"),
            name: credential.text("name"),
            internal_id: credential.text("internalId"),
            resource_type: credential.text("resourceType"),
            status: credential.text("status"),
            ..CredentialAnswer::default()
        }
    });
    let decided = top.inside("decision", rest, |decision| {
        (decision.decision("action"), decision.date("date"))
    });
    // Versions up to 2026-04-14 had both at the top.
    let (decision, decided_at) = decided.unwrap_or_default();
    CredentialAnswer {
        decision: decision.or_else(|| top.decision("action")),
        decided_at: decided_at.or_else(|| top.date("decisionDate")),
        decisions,
        ..inside.unwrap_or_default()
    }
}

fn identity(top: &mut Taken<'_, '_>, rest: &mut Vec<Rest>) -> IdentityAnswer {
    let fields = top.inside("identity", rest, |identity| {
        let each = IDENTITY_FIELDS.into_iter();
        each.filter_map(|name| identity.detail(name)).collect()
    });
    let check = top.inside("decision", rest, |decision| Check {
        passed: decision.truth("success"),
        fraud: decision.truth("isFraud"),
        risk_score: decision.number("riskScore"),
        outcome: decision.text("outcome"),
        message: decision.text("message"),
        date: decision.date("date"),
    });
    let mut check = check.unwrap_or_default();
    check.date = check.date.or_else(|| top.date("decisionDate"));
    IdentityAnswer {
        check,
        fields: fields.unwrap_or_default(),
    }
}

fn otp_failure(top: &mut Taken<'_, '_>, rest: &mut Vec<Rest>) -> OtpFailure {
    let mut inner = Vec::new();
    let failure = top.inside("otp", rest, |otp| {
        let error = otp.inside("error", &mut inner, |error| {
            (error.text("code"), error.text("message"))
        });
        let (code, message) = error.unwrap_or_default();
        OtpFailure {
            code,
            message,
            resend_endpoint: otp.text("resendEndpoint"),
        }
    });
    rest.append(&mut inner);
    failure.unwrap_or_default()
}

#[cfg(test)]
mod tests;
