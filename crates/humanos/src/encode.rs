//! The exact bytes of a request body, for one API version.
//!
//! Optional fields are left out, never null; empty strings and empty lists count as not given.
//! The bytes equal `JSON.stringify(JSON.parse(bytes))`. Whether the request makes sense is
//! judged in [`crate::check()`]; this module refuses only what cannot be written.

mod contact;

use sha2::{Digest, Sha256};

use crate::draft::{
    Credential, CredentialData, CredentialType, Draft, ExpectedDocId, Placement, PlacementType,
};
use crate::json::{self, JsonError};
use crate::moment;
use crate::secret::hex;
use crate::version::ApiVersion;

/// Largest body this app sends, in bytes. Humanos states no limit.
pub const MAX_BODY: usize = 32 * 1024 * 1024;

/// The bytes that are reviewed, signed, sent and kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Body(String);

/// Why a draft cannot be written. Paths are those of [`crate::check::Issue`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeError {
    /// No encoder for this version.
    #[error("API version {0} is not supported")]
    UnsupportedVersion(ApiVersion),
    /// A date without an offset, or none at all.
    #[error("{path} is not a date and time with an offset")]
    Moment {
        /// The field.
        path: String,
    },
    /// A number that JSON does not know.
    #[error("{path} is not a finite number")]
    Number {
        /// The field.
        path: String,
    },
    /// Free-form JSON that cannot be kept as it is.
    #[error("{path} is not usable JSON")]
    Json {
        /// The field.
        path: String,
        /// What is wrong and where.
        source: JsonError,
    },
    /// A policy's parameters are JSON, but no object.
    #[error("{path} is not a JSON object")]
    NotAnObject {
        /// The field.
        path: String,
    },
    /// Content of another type than the credential's.
    #[error("{path} does not fit the type of the credential")]
    DataMismatch {
        /// The field.
        path: String,
    },
    /// Larger than [`MAX_BODY`].
    #[error("the body has more than {MAX_BODY} bytes")]
    TooLarge,
}

/// Bytes that are no body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the stored body is not UTF-8 text")]
pub struct StoredBodyError;

impl Body {
    /// Takes bytes written earlier, unchanged.
    ///
    /// # Errors
    /// [`StoredBodyError`] if they are not UTF-8.
    pub fn from_stored(bytes: Vec<u8>) -> Result<Self, StoredBodyError> {
        String::from_utf8(bytes)
            .map(Self)
            .map_err(|_| StoredBodyError)
    }

    /// The bytes to sign and send.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// The same bytes as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Lower-case hex SHA-256 of the bytes.
    #[must_use]
    pub fn sha256_hex(&self) -> String {
        hex(&Sha256::digest(self.as_bytes()))
    }

    /// The same body with one contact in place of another, wherever it names contacts: among those
    /// asked, in expected documents, on placements. Case does not matter in `from`. Every other byte
    /// stays. `None` if this body does not ask `from`. Whether `to` fits is not judged.
    #[must_use]
    pub fn with_contact(&self, from: &str, to: &str) -> Option<Self> {
        contact::replaced(&self.0, from, to).map(Self)
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no byte at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

// A body names people: it does not belong in a log.
impl std::fmt::Debug for Body {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Body({} bytes)", self.len())
    }
}

/// Writes the body of `POST /request`.
///
/// # Errors
/// [`EncodeError`] if the version is unknown or a field cannot be written.
pub fn encode(draft: &Draft, version: &ApiVersion) -> Result<Body, EncodeError> {
    match version.as_str() {
        ApiVersion::CONTACTS_ERA => contacts_era(draft),
        _ => Err(EncodeError::UnsupportedVersion(version.clone())),
    }
}

/// 2026-05-20, in the field order of the create-request page.
fn contacts_era(draft: &Draft) -> Result<Body, EncodeError> {
    let mut out = Writer::default();
    out.open('{');
    out.key("contacts");
    out.list(&draft.contacts, |out, contact| {
        out.string(contact);
        Ok(())
    })?;
    out.optional("name", &draft.name);
    if let Some(level) = draft.security_level {
        out.optional("securityLevel", level.as_str());
    }
    out.strings("groupIds", &draft.group_ids);
    out.strings("resourcesIds", &draft.resources_ids);
    if !draft.credentials.is_empty() {
        out.key("credentials");
        let mut index = 0;
        out.list(&draft.credentials, |out, credential| {
            index += 1;
            write_credential(out, credential, &format!("credentials.{}", index - 1))
        })?;
    }
    out.optional("language", &draft.language);
    out.optional("redirectUrl", &draft.redirect_url);
    out.optional("internalId", &draft.internal_id);
    out.optional("pubKey", &draft.pub_key);
    out.strings("authorizedDIDs", &draft.authorized_dids);
    if !draft.expected_doc_ids.is_empty() {
        out.key("expectedDocIds");
        out.list(&draft.expected_doc_ids, |out, expected| {
            write_expected(out, expected);
            Ok(())
        })?;
    }
    out.close('}');
    if out.text.len() > MAX_BODY {
        Err(EncodeError::TooLarge)
    } else {
        Ok(Body(out.text))
    }
}

fn write_credential(
    out: &mut Writer,
    credential: &Credential,
    path: &str,
) -> Result<(), EncodeError> {
    let moment = |name: &str, text: &str| {
        if text.is_empty() {
            return Ok(String::new());
        }
        moment::wire(text).ok_or_else(|| EncodeError::Moment {
            path: format!("{path}.{name}"),
        })
    };
    out.open('{');
    out.key("type");
    out.string(credential.kind.as_str());
    out.key("name");
    out.string(&credential.name);
    out.optional("scope", &credential.scope);
    out.optional("description", &credential.description);
    out.optional("internalId", &credential.internal_id);
    out.optional("validFrom", &moment("validFrom", &credential.valid_from)?);
    out.optional(
        "validUntil",
        &moment("validUntil", &credential.valid_until)?,
    );
    write_data(out, credential, path)?;
    if !credential.placements.is_empty() {
        out.key("placements");
        let mut index = 0;
        out.list(&credential.placements, |out, placement| {
            index += 1;
            write_placement(out, placement, &format!("{path}.placements.{}", index - 1))
        })?;
    }
    if credential.kind == CredentialType::Policy {
        let path = format!("{path}.action.userParams");
        let params = json_at(&credential.action.user_params, &path)?;
        if !params.starts_with('{') {
            return Err(EncodeError::NotAnObject { path });
        }
        out.key("action");
        out.open('{');
        out.key("id");
        out.string(&credential.action.id);
        out.key("userParams");
        out.raw(&params);
        out.close('}');
    }
    out.close('}');
    Ok(())
}

fn write_data(out: &mut Writer, credential: &Credential, path: &str) -> Result<(), EncodeError> {
    if credential.data.is_blank() {
        return Ok(());
    }
    match (credential.kind, &credential.data) {
        (CredentialType::Document, CredentialData::Document { base64, .. }) => {
            out.optional("data", base64);
        }
        (CredentialType::Consent, CredentialData::Consent { text, url }) => {
            out.key("data");
            out.open('{');
            out.key("text");
            out.string(text);
            out.optional("url", url);
            out.close('}');
        }
        (CredentialType::Json, CredentialData::Json { text }) => {
            out.key("data");
            out.raw(&json_at(text, &format!("{path}.data.text"))?);
        }
        _ => {
            return Err(EncodeError::DataMismatch {
                path: format!("{path}.data"),
            });
        }
    }
    Ok(())
}

fn write_placement(out: &mut Writer, placement: &Placement, path: &str) -> Result<(), EncodeError> {
    out.open('{');
    out.key("contact");
    out.string(&placement.contact);
    out.key("type");
    out.string(placement.kind.as_str());
    if placement.kind == PlacementType::IdentityField {
        out.optional("identityType", &placement.identity_type);
    }
    for (name, number) in [
        ("x", placement.x),
        ("y", placement.y),
        ("width", placement.width),
        ("height", placement.height),
        ("pageIndex", f64::from(placement.page_index)),
    ] {
        out.key(name);
        if !json::write_number(&mut out.text, number) {
            return Err(EncodeError::Number {
                path: format!("{path}.{name}"),
            });
        }
    }
    out.close('}');
    Ok(())
}

fn write_expected(out: &mut Writer, expected: &ExpectedDocId) {
    out.open('{');
    out.key("contact");
    out.string(&expected.contact);
    out.key("docId");
    out.string(&expected.doc_id);
    out.close('}');
}

fn json_at(text: &str, path: &str) -> Result<String, EncodeError> {
    json::canonical(text).map_err(|source| EncodeError::Json {
        path: path.to_owned(),
        source,
    })
}

/// Compact JSON, written in order. Keys are this module's own names, so none is an array index.
#[derive(Default)]
struct Writer {
    text: String,
}

impl Writer {
    fn open(&mut self, bracket: char) {
        self.text.push(bracket);
    }

    fn close(&mut self, bracket: char) {
        self.text.push(bracket);
    }

    fn key(&mut self, name: &str) {
        self.comma();
        json::write_string(&mut self.text, name);
        self.text.push(':');
    }

    fn string(&mut self, text: &str) {
        json::write_string(&mut self.text, text);
    }

    fn raw(&mut self, json: &str) {
        self.text.push_str(json);
    }

    fn optional(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.key(name);
            self.string(text);
        }
    }

    fn strings(&mut self, name: &str, texts: &[String]) {
        let mut given = texts.iter().filter(|text| !text.is_empty()).peekable();
        if given.peek().is_none() {
            return;
        }
        self.key(name);
        self.open('[');
        for text in given {
            self.comma();
            self.string(text);
        }
        self.close(']');
    }

    fn list<T>(
        &mut self,
        items: &[T],
        mut write: impl FnMut(&mut Self, &T) -> Result<(), EncodeError>,
    ) -> Result<(), EncodeError> {
        self.open('[');
        for item in items {
            self.comma();
            write(self, item)?;
        }
        self.close(']');
        Ok(())
    }

    fn comma(&mut self) {
        if !self.text.ends_with(['{', '[']) {
            self.text.push(',');
        }
    }
}
