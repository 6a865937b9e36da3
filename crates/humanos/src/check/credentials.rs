//! The checks of credentials and what hangs on them.

use std::collections::HashSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{Found, IssueCode, syntax};
use crate::draft::{Credential, CredentialData, CredentialType, Draft, Placement, PlacementType};
use crate::{json, moment};

/// Largest document, in bytes after decoding. This app's own limit; Humanos states none.
pub const MAX_DOCUMENT: usize = 10 * 1024 * 1024;

/// How long ago a start may lie: filling in a form takes a while.
const START_TOLERANCE_MS: i64 = 5 * 60 * 1000;

const ACTION_PREFIX: &str = "urn:via:action:";

pub(super) fn check(found: &mut Found, draft: &Draft, now_ms: i64) {
    let has_placements = |credential: &Credential| !credential.placements.is_empty();
    let contacts: HashSet<&str> = if draft.credentials.iter().any(has_placements) {
        draft.contacts.iter().map(String::as_str).collect()
    } else {
        HashSet::new()
    };
    for (index, credential) in draft.credentials.iter().enumerate() {
        let path = format!("credentials.{index}");
        let name = format!("{path}.name");
        found.required(
            &name,
            &credential.name,
            "Give the credential a name. The person asked will see it.",
        );
        found.prose(name, &credential.name);
        found.token(format!("{path}.scope"), &credential.scope);
        found.prose(format!("{path}.description"), &credential.description);
        found.token(format!("{path}.internalId"), &credential.internal_id);
        dates(found, credential, &path, now_ms);
        data(found, credential, &path);
        placements(found, &contacts, credential, &path);
        if credential.kind == CredentialType::Policy {
            action(found, credential, &path);
        }
    }
}

fn dates(found: &mut Found, credential: &Credential, path: &str, now_ms: i64) {
    let from_path = format!("{path}.validFrom");
    let until_path = format!("{path}.validUntil");
    let from = date(found, &from_path, &credential.valid_from);
    let until = date(found, &until_path, &credential.valid_until);
    if from.is_some_and(|from| from < now_ms.saturating_sub(START_TOLERANCE_MS)) {
        found.add(
            from_path,
            IssueCode::DatePast,
            "The start is in the past. Choose a later one, or leave it empty to start now.",
        );
    }
    let Some(until) = until else { return };
    if until <= now_ms {
        found.add(
            until_path,
            IssueCode::DatePast,
            "The end is in the past. Choose a later one.",
        );
    } else if from.is_some_and(|from| until <= from) {
        found.add(
            until_path,
            IssueCode::DateOrder,
            "The end is not after the start. Choose a later one.",
        );
    }
}

fn date(found: &mut Found, path: &str, text: &str) -> Option<i64> {
    if text.is_empty() {
        return None;
    }
    let at_ms = moment::parse_ms(text);
    if at_ms.is_none() {
        found.add(
            path,
            IssueCode::Date,
            "This is not a date and time with an offset. One looks like 2026-05-20T09:00:00+01:00.",
        );
    }
    at_ms
}

fn data(found: &mut Found, credential: &Credential, path: &str) {
    let path = format!("{path}.data");
    let text_path = format!("{path}.text");
    let blank = credential.data.is_blank();
    match (credential.kind, &credential.data) {
        (CredentialType::Policy, _) if blank => {}
        (CredentialType::Policy, _) => found.add(
            path,
            IssueCode::NotAllowed,
            "A policy carries no document or text. Remove it, or choose another type.",
        ),
        (CredentialType::Document, _) if blank => {
            found.add(path, IssueCode::Missing, "Add the PDF to sign.");
        }
        (CredentialType::Consent, _) if blank => {
            found.add(
                text_path,
                IssueCode::Missing,
                "Write what the person agrees to.",
            );
        }
        (CredentialType::Json, _) if blank => {
            found.add(text_path, IssueCode::Missing, "Write the content as JSON.");
        }
        (CredentialType::Document, CredentialData::Document { base64, .. }) => {
            document(found, &path, base64);
        }
        (CredentialType::Consent, CredentialData::Consent { text, url }) => {
            found.required(&text_path, text, "Write what the person agrees to.");
            found.prose(text_path, text);
            if !url.is_empty()
                && let Err(message) = syntax::link(url, syntax::Schemes::Web)
            {
                found.add(format!("{path}.url"), IssueCode::Url, message);
            }
        }
        (CredentialType::Json, CredentialData::Json { text }) => {
            canonical(found, &text_path, text);
        }
        _ => found.add(
            path,
            IssueCode::NotAllowed,
            "The content is of another type than the credential. Enter it again.",
        ),
    }
}

fn document(found: &mut Found, path: &str, base64: &str) {
    if base64.len() / 4 * 3 > MAX_DOCUMENT + 2 {
        return document_too_large(found, path);
    }
    match STANDARD.decode(base64) {
        Err(_) => {
            found.add(
                path,
                IssueCode::Base64,
                "The file did not arrive whole. Add it again.",
            );
        }
        Ok(bytes) if bytes.len() > MAX_DOCUMENT => document_too_large(found, path),
        Ok(bytes) if !bytes.starts_with(b"%PDF-") => {
            found.add(
                path,
                IssueCode::NotPdf,
                "This file is not a PDF. Export it as PDF and add it again.",
            );
        }
        Ok(_) => {}
    }
}

fn document_too_large(found: &mut Found, path: &str) {
    let message = format!(
        "This file is larger than {} MB, the most this app takes. Use a smaller one.",
        MAX_DOCUMENT / 1024 / 1024
    );
    found.add(path, IssueCode::TooLarge, message);
}

fn action(found: &mut Found, credential: &Credential, path: &str) {
    let id_path = format!("{path}.action.id");
    let id = &credential.action.id;
    if found.required(
        &id_path,
        id,
        "Enter the URN of the action that the policy grants.",
    ) && found.token(id_path.as_str(), id)
    {
        let rest = id.strip_prefix(ACTION_PREFIX).unwrap_or_default();
        if rest.is_empty() || rest.contains(char::is_whitespace) {
            let message = format!(
                "This is not an action. Its URN starts with {ACTION_PREFIX} and goes on with an id."
            );
            found.add(id_path, IssueCode::ActionUrn, message);
        }
    }
    let params_path = format!("{path}.action.userParams");
    let params = &credential.action.user_params;
    if found.required(
        &params_path,
        params,
        "Enter the action's values as a JSON object. Write {} if it needs none.",
    ) && let Some(written) = canonical(found, &params_path, params)
        && !written.starts_with('{')
    {
        found.add(
            params_path,
            IssueCode::NotAnObject,
            "The values must be a JSON object, in braces, such as {\"limit\": 100}.",
        );
    }
}

fn canonical(found: &mut Found, path: &str, text: &str) -> Option<String> {
    match json::canonical(text) {
        Ok(written) => Some(written),
        Err(error) => {
            let code = match error.kind {
                json::JsonErrorKind::TooLong => IssueCode::TooLarge,
                _ => IssueCode::Json,
            };
            found.add(path, code, json_message(error));
            None
        }
    }
}

fn json_message(error: json::JsonError) -> String {
    use json::JsonErrorKind as Kind;
    let advice = match error.kind {
        Kind::TooLong => {
            return format!(
                "This is {}, the most this app takes. Shorten it.",
                error.kind
            );
        }
        Kind::UnexpectedEnd => "Something is not closed, or missing at the end.",
        Kind::DuplicateKey => "Rename or remove one of the two.",
        Kind::NumberTooLarge => "Write it in quotes to keep it.",
        Kind::LoneSurrogate => "Write the whole character.",
        Kind::ControlInString(_) => "Write \\n for a line break and \\t for a tab.",
        Kind::TooDeep => "Make the structure flatter.",
        _ => "Put it right and try again.",
    };
    format!(
        "This is not JSON that can be sent, at line {}, column {}: {}. {advice}",
        error.line, error.column, error.kind
    )
}

fn placements(found: &mut Found, contacts: &HashSet<&str>, credential: &Credential, path: &str) {
    if credential.placements.is_empty() {
        return;
    }
    let path = format!("{path}.placements");
    if credential.kind != CredentialType::Document {
        found.add(
            path,
            IssueCode::NotAllowed,
            "Only documents have fields on their pages. Remove the fields, or choose another type.",
        );
        return;
    }
    for (index, placement) in credential.placements.iter().enumerate() {
        let path = format!("{path}.{index}");
        found.among_contacts(&format!("{path}.contact"), &placement.contact, |contact| {
            contacts.contains(contact)
        });
        if placement.kind == PlacementType::IdentityField {
            let path = format!("{path}.identityType");
            found.required(
                &path,
                &placement.identity_type,
                "Choose what to show here, such as FULL_NAME.",
            );
            found.token(path, &placement.identity_type);
        }
        bounds(found, placement, &path);
    }
}

fn bounds(found: &mut Found, placement: &Placement, path: &str) {
    for (start_name, start, length_name, length) in [
        ("x", placement.x, "width", placement.width),
        ("y", placement.y, "height", placement.height),
    ] {
        let fits = |number: f64| (0.0..=100.0).contains(&number);
        if !fits(start) {
            found.add(
                format!("{path}.{start_name}"),
                IssueCode::OutOfRange,
                "Write a number from 0 to 100, in percent of the page.",
            );
        }
        if !fits(length) || length == 0.0 {
            found.add(
                format!("{path}.{length_name}"),
                IssueCode::OutOfRange,
                "Write a number above 0 and up to 100, in percent of the page.",
            );
        } else if fits(start) && start + length > 100.0 + 1e-9 {
            found.add(
                format!("{path}.{length_name}"),
                IssueCode::OffPage,
                "The field reaches over the edge of the page. Make it smaller or move it.",
            );
        }
    }
}
