//! What is wrong with a draft, field by field, in words for officers.
//!
//! [`check`] finds everything at once and never stops at the first issue. It judges form, not
//! existence: whether an approval, a contact or a DID exists, Humanos alone knows. Contacts are
//! normalised elsewhere; here they get a light look.

mod credentials;
mod syntax;

use std::collections::{HashMap, HashSet};

use serde::Serialize;
use ts_rs::TS;

use crate::draft::Draft;
use crate::encode::{EncodeError, MAX_BODY, encode};
use crate::keys::check_pub_key;
use crate::version::ApiVersion;

pub use credentials::MAX_DOCUMENT;

/// One thing to put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Issue {
    /// Dotted path of the field with its wire name, lists counted from 0: `contacts`,
    /// `contacts.3`, `credentials.0.name`, `credentials.0.data` (the file), `credentials.0.data.text`
    /// (consent or JSON text), `credentials.0.action.userParams`, `expectedDocIds.1.docId`.
    pub path: String,
    /// What kind of thing.
    pub code: IssueCode,
    /// A sentence or two for the officer.
    pub message: String,
}

/// The kinds of issue. Kebab-case on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum IssueCode {
    /// A required field is empty.
    Missing,
    /// None of several fields is given, and one is needed.
    AtLeastOne,
    /// An entry or field holds nothing but spaces.
    Blank,
    /// Spaces at an end or a control character inside.
    StrayCharacter,
    /// The same as an earlier entry.
    Duplicate,
    /// Neither an e-mail address nor a phone number.
    Contact,
    /// Not 2 to 16 letters.
    Language,
    /// Not a web address or app link that can be used.
    Url,
    /// Not a DID.
    Did,
    /// Not a P-256 public key.
    PubKey,
    /// Not a date and time with an offset.
    Date,
    /// A date that is over.
    DatePast,
    /// An end that is not after its start.
    DateOrder,
    /// A contact that the request does not have.
    NotInContacts,
    /// Not standard base64.
    Base64,
    /// A file that is no PDF.
    NotPdf,
    /// Over a size limit of this app.
    TooLarge,
    /// Text that is no usable JSON.
    Json,
    /// JSON, but no object.
    NotAnObject,
    /// Not the URN of an action version.
    ActionUrn,
    /// Given where the type of credential has no place for it.
    NotAllowed,
    /// A number outside its bounds.
    OutOfRange,
    /// A placement that reaches over the edge of the page.
    OffPage,
    /// Not a usable idempotency key; found by callers that ask for one.
    IdempotencyKey,
    /// The server refused this field; found by callers that have its reply.
    Server,
}

/// Everything wrong with `draft` at `now_ms` (Unix milliseconds), in the order of the fields.
/// An empty list means that [`encode`] will write it.
#[must_use]
pub fn check(draft: &Draft, now_ms: i64) -> Vec<Issue> {
    let mut found = Found::default();
    contacts(&mut found, draft);
    found.prose("name", &draft.name);
    found.list("groupIds", &draft.group_ids);
    if nothing_asked(draft) {
        found.add(
            "resourcesIds",
            IssueCode::AtLeastOne,
            "Choose at least one approval, workflow or credential. Without one there is nothing to ask.",
        );
    }
    found.list("resourcesIds", &draft.resources_ids);
    credentials::check(&mut found, draft, now_ms);
    language(&mut found, &draft.language);
    redirect_url(&mut found, &draft.redirect_url);
    found.token("internalId", &draft.internal_id);
    if !draft.pub_key.is_empty()
        && let Err(error) = check_pub_key(&draft.pub_key)
    {
        found.add("pubKey", IssueCode::PubKey, syntax::pub_key_message(error));
    }
    authorized_dids(&mut found, &draft.authorized_dids);
    expected_doc_ids(&mut found, draft);
    if found.issues.is_empty() {
        whole(&mut found, draft);
    }
    found.issues
}

fn nothing_asked(draft: &Draft) -> bool {
    draft.group_ids.is_empty() && draft.resources_ids.is_empty() && draft.credentials.is_empty()
}

fn contacts(found: &mut Found, draft: &Draft) {
    if draft.contacts.is_empty() {
        found.add(
            "contacts",
            IssueCode::Missing,
            "Add at least one person to ask.",
        );
    }
    found.list("contacts", &draft.contacts);
    for (index, contact) in draft.contacts.iter().enumerate() {
        if !contact.trim().is_empty() && !syntax::is_contact(contact.trim()) {
            found.add(
                format!("contacts.{index}"),
                IssueCode::Contact,
                "This is neither an e-mail address nor a phone number. Start phone numbers with + and the country code.",
            );
        }
    }
}

fn language(found: &mut Found, language: &str) {
    let letters = language.bytes().all(|byte| byte.is_ascii_alphabetic());
    let fits = letters && (2..=16).contains(&language.len());
    if !language.is_empty() && !fits {
        found.add(
            "language",
            IssueCode::Language,
            "Write the language as letters, such as ENG or PRT.",
        );
    }
}

fn redirect_url(found: &mut Found, url: &str) {
    if !url.is_empty()
        && let Err(message) = syntax::link(url, syntax::Schemes::WebAndApps)
    {
        found.add("redirectUrl", IssueCode::Url, message);
    }
}

fn authorized_dids(found: &mut Found, dids: &[String]) {
    found.list("authorizedDIDs", dids);
    for (index, did) in dids.iter().enumerate() {
        if !did.trim().is_empty() && !syntax::is_did(did.trim()) {
            found.add(
                format!("authorizedDIDs.{index}"),
                IssueCode::Did,
                "This is not a DID. One looks like did:web:example.com.",
            );
        }
    }
}

fn expected_doc_ids(found: &mut Found, draft: &Draft) {
    let known: HashSet<&str> = draft.contacts.iter().map(String::as_str).collect();
    let mut first = HashMap::new();
    for (index, expected) in draft.expected_doc_ids.iter().enumerate() {
        let path = format!("expectedDocIds.{index}.contact");
        if found.among_contacts(&path, &expected.contact, |contact| known.contains(contact))
            && let Some(earlier) = first.insert(expected.contact.as_str(), index)
        {
            let message = format!(
                "This person already has an expected document in row {}. Keep one of them.",
                earlier + 1
            );
            found.add(path, IssueCode::Duplicate, message);
        }
        let path = format!("expectedDocIds.{index}.docId");
        found.required(
            &path,
            &expected.doc_id,
            "Write the document number to expect.",
        );
        found.token(path, &expected.doc_id);
    }
}

/// Last, what only the whole body can show.
fn whole(found: &mut Found, draft: &Draft) {
    if let Err(EncodeError::TooLarge) = encode(draft, &ApiVersion::contacts_era()) {
        let message = format!(
            "The request is larger than {} MB, the most this app sends at once. Use smaller files or ask for fewer documents.",
            MAX_BODY / 1024 / 1024
        );
        found.add("credentials", IssueCode::TooLarge, message);
    }
}

/// The issues found so far, with the checks that many fields share.
#[derive(Default)]
struct Found {
    issues: Vec<Issue>,
}

impl Found {
    fn add(&mut self, path: impl Into<String>, code: IssueCode, message: impl Into<String>) {
        self.issues.push(Issue {
            path: path.into(),
            code,
            message: message.into(),
        });
    }

    /// `true` if the text is there.
    fn required(&mut self, path: &str, text: &str, message: &str) -> bool {
        if text.is_empty() {
            self.add(path, IssueCode::Missing, message);
        }
        !text.is_empty()
    }

    /// Text for people: anything but spaces alone. `false` if there is an issue.
    fn prose(&mut self, path: impl Into<String>, text: &str) -> bool {
        let blank = !text.is_empty() && text.trim().is_empty();
        if blank {
            self.add(
                path,
                IssueCode::Blank,
                "There are only spaces here. Write something or leave it empty.",
            );
        }
        !blank
    }

    /// Text for machines: compared character by character, so no stray ones. `false` if there is an issue.
    fn token(&mut self, path: impl Into<String>, text: &str) -> bool {
        if text.is_empty() {
            return true;
        }
        let path = path.into();
        if !self.prose(path.as_str(), text) {
            return false;
        }
        if text.trim() != text {
            self.add(
                path,
                IssueCode::StrayCharacter,
                "Remove the space at the start or end.",
            );
            return false;
        }
        if text.chars().any(char::is_control) {
            self.add(
                path,
                IssueCode::StrayCharacter,
                "There is a line break or an invisible character here. Remove it.",
            );
            return false;
        }
        true
    }

    /// A list of ids: no blank, stray or repeated entry.
    fn list(&mut self, name: &str, entries: &[String]) {
        let mut first = HashMap::new();
        for (index, entry) in entries.iter().enumerate() {
            let path = format!("{name}.{index}");
            if entry.is_empty() {
                self.add(
                    path,
                    IssueCode::Blank,
                    "This entry is empty. Fill it in or remove it.",
                );
                continue;
            }
            if !self.token(path.as_str(), entry) {
                continue;
            }
            if let Some(earlier) = first.get(entry.as_str()) {
                let message = format!("The same as entry {}. Keep one of them.", earlier + 1);
                self.add(path, IssueCode::Duplicate, message);
            } else {
                first.insert(entry.as_str(), index);
            }
        }
    }

    /// A contact that must be one of the request's. `true` if it is.
    fn among_contacts(
        &mut self,
        path: &str,
        contact: &str,
        is_known: impl Fn(&str) -> bool,
    ) -> bool {
        if !self.required(path, contact, "Choose one of the people asked.") {
            return false;
        }
        let known = is_known(contact);
        if !known {
            self.add(
                path,
                IssueCode::NotInContacts,
                "This person is not among those asked. Add them above or choose another.",
            );
        }
        known
    }
}

#[cfg(test)]
mod tests;
