//! What an officer typed into the request form, before it is judged or encoded.
//!
//! Strings hold form text; an empty string means "not given". Nothing here is checked:
//! see [`crate::check()`] for the judgement and [`crate::encode()`] for the wire.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One request as typed, with every field of the create-request page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Draft {
    /// E-mail addresses or phone numbers (`+` and digits), one per subject.
    pub contacts: Vec<String>,
    /// Label of the request.
    pub name: String,
    /// How strictly subjects must identify themselves; `None` leaves the choice to Humanos.
    pub security_level: Option<SecurityLevel>,
    /// Ids of workflows.
    pub group_ids: Vec<String>,
    /// Ids of approvals.
    pub resources_ids: Vec<String>,
    /// Credentials written in the request itself.
    pub credentials: Vec<Credential>,
    /// Language of the notifications, such as `ENG`.
    pub language: String,
    /// Where a subject is sent after the last step.
    pub redirect_url: String,
    /// The officer's own id of the request.
    pub internal_id: String,
    /// Base64 of a DER SPKI P-256 public key.
    pub pub_key: String,
    /// DIDs that may read the request and verify its presentations.
    #[serde(rename = "authorizedDIDs")]
    pub authorized_dids: Vec<String>,
    /// Document ids that subjects are expected to hold.
    pub expected_doc_ids: Vec<ExpectedDocId>,
}

/// The document id expected of one contact.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ExpectedDocId {
    /// One of the request's contacts.
    pub contact: String,
    /// The document's number.
    pub doc_id: String,
}

/// How strictly a subject must identify.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SecurityLevel {
    /// Control of the contact is enough.
    Contact,
    /// An identity that the organization knows.
    OrganizationKyc,
    /// An identity that Humanos verified.
    HumanosKyc,
    /// An identity that Humanos verifies anew.
    HumanosRevalidation,
}

impl SecurityLevel {
    /// Every level, weakest first.
    pub const ALL: [Self; 4] = [
        Self::Contact,
        Self::OrganizationKyc,
        Self::HumanosKyc,
        Self::HumanosRevalidation,
    ];

    /// The wire name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Contact => "CONTACT",
            Self::OrganizationKyc => "ORGANIZATION_KYC",
            Self::HumanosKyc => "HUMANOS_KYC",
            Self::HumanosRevalidation => "HUMANOS_REVALIDATION",
        }
    }
}

/// A credential written in the request itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Credential {
    /// What the subject is asked for.
    #[serde(rename = "type")]
    pub kind: CredentialType,
    /// Shown to the subject.
    pub name: String,
    /// Context tag, such as `payments.hotel`.
    pub scope: String,
    /// RFC 3339 date and time with an offset.
    pub valid_from: String,
    /// RFC 3339 date and time with an offset.
    pub valid_until: String,
    /// Longer text for the subject.
    pub description: String,
    /// The officer's own id of the credential.
    pub internal_id: String,
    /// The content, in the form that `kind` asks for.
    pub data: CredentialData,
    /// Fields on the pages of a document.
    pub placements: Vec<Placement>,
    /// The action that a policy grants.
    pub action: Action,
}

/// What a credential asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CredentialType {
    /// A PDF to sign.
    #[default]
    Document,
    /// A text to agree to.
    Consent,
    /// Free-form JSON.
    Json,
    /// An action to grant.
    Policy,
}

impl CredentialType {
    /// The wire name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Document => "DOCUMENT",
            Self::Consent => "CONSENT",
            Self::Json => "JSON",
            Self::Policy => "POLICY",
        }
    }
}

/// A credential's content.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(
    tag = "kind",
    rename_all = "lowercase",
    rename_all_fields = "camelCase"
)]
pub enum CredentialData {
    /// Nothing given yet, or a policy, which has none.
    #[default]
    None,
    /// A PDF.
    Document {
        /// Shown to the officer only; never sent.
        #[serde(default)]
        file_name: String,
        /// The file in standard base64.
        #[serde(default)]
        base64: String,
    },
    /// A consent text.
    Consent {
        /// What the subject agrees to.
        #[serde(default)]
        text: String,
        /// Where the full text can be read.
        #[serde(default)]
        url: String,
    },
    /// Free-form JSON.
    Json {
        /// Raw JSON text as typed.
        #[serde(default)]
        text: String,
    },
}

impl CredentialData {
    /// Whether nothing was given, whatever the form.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::None => true,
            Self::Document { base64, .. } => base64.is_empty(),
            Self::Consent { text, url } => text.is_empty() && url.is_empty(),
            Self::Json { text } => text.is_empty(),
        }
    }
}

/// The action that a policy grants.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Action {
    /// URN of an action version, `urn:via:action:` and an id.
    pub id: String,
    /// Raw text of a JSON object with the values that the action declares.
    pub user_params: String,
}

/// A field on a page of a document. Lengths are percent of the page, 0 to 100.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Placement {
    /// One of the request's contacts.
    pub contact: String,
    /// What goes into the field.
    #[serde(rename = "type")]
    pub kind: PlacementType,
    /// For [`PlacementType::IdentityField`] only, such as `FULL_NAME`.
    pub identity_type: String,
    /// Left edge, percent.
    pub x: f64,
    /// Top edge, percent.
    pub y: f64,
    /// Percent.
    pub width: f64,
    /// Percent.
    pub height: f64,
    /// Page, counted from 0.
    pub page_index: u32,
}

/// What goes into a [`Placement`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PlacementType {
    /// A signature.
    #[default]
    Signature,
    /// Initials.
    Initials,
    /// A value from the subject's identity.
    IdentityField,
    /// Free text.
    OpenText,
    /// A number.
    Numeric,
    /// A date.
    Date,
    /// A box to tick.
    Checkbox,
}

impl PlacementType {
    /// The wire name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Signature => "SIGNATURE",
            Self::Initials => "INITIALS",
            Self::IdentityField => "IDENTITY_FIELD",
            Self::OpenText => "OPEN_TEXT",
            Self::Numeric => "NUMERIC",
            Self::Date => "DATE",
            Self::Checkbox => "CHECKBOX",
        }
    }
}
