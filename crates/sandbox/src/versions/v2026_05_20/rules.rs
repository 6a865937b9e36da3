//! The rules of a create body that no schema can say. Each looks only at values of the right
//! type: the schema speaks about the others.

use std::collections::HashSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use email_address::{EmailAddress, Options};
use humanos::keys::check_pub_key;
use jiff::Timestamp;
use serde_json::Value;

use crate::catalogue::{self, RESOURCES, WORKFLOWS};
use crate::ids;

/// Most list entries in one body, over all lists that are checked one by one. The API states no
/// bound; this one keeps the list of faults within memory.
const MAX_ENTRIES: usize = 10_000;

/// The message for a body with more list entries than can be checked.
pub(super) fn too_many(body: &Value) -> Option<String> {
    let length = |value: Option<&Value>| value.and_then(Value::as_array).map_or(0, Vec::len);
    let mut entries = 0;
    for (field, value) in body.as_object()? {
        entries += length(Some(value));
        if entries > MAX_ENTRIES {
            return Some(format!(
                "{field} must contain no more than {MAX_ENTRIES} elements"
            ));
        }
    }
    for (index, credential) in items(body, "credentials") {
        entries += length(credential.get("placements"));
        if credential.get("type").is_none_or(|kind| kind != "JSON") {
            entries += length(credential.get("data"));
        }
        if entries > MAX_ENTRIES {
            return Some(format!(
                "credentials.{index} must contain no more than {MAX_ENTRIES} elements"
            ));
        }
    }
    None
}

/// The faults of an object body.
pub(super) fn faults(body: &Value) -> Vec<String> {
    let mut messages = Vec::new();
    let contacts: HashSet<&str> = strings(body, "contacts")
        .map(|(_, contact)| contact)
        .collect();
    recipients(body, &mut messages);
    sources(body, &mut messages);
    for (index, credential) in items(body, "credentials") {
        inline(
            &format!("credentials.{index}"),
            credential,
            &contacts,
            &mut messages,
        );
    }
    for (index, expected) in items(body, "expectedDocIds") {
        known_contact(
            &format!("expectedDocIds.{index}"),
            expected,
            &contacts,
            &mut messages,
        );
    }
    if let Some(key) = body.get("pubKey").and_then(Value::as_str)
        && check_pub_key(key).is_err()
    {
        messages.push("pubKey must be a base64-encoded P-256 SPKI public key".to_owned());
    }
    messages
}

/// The entries of a list, with their places; none if it is no list.
pub(super) fn items<'b>(
    object: &'b Value,
    field: &str,
) -> impl Iterator<Item = (usize, &'b Value)> + use<'b> {
    object
        .get(field)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .enumerate()
}

/// The texts in a list, with their places.
pub(super) fn strings<'b>(
    object: &'b Value,
    field: &str,
) -> impl Iterator<Item = (usize, &'b str)> + use<'b> {
    items(object, field).filter_map(|(index, value)| Some((index, value.as_str()?)))
}

fn recipients(body: &Value, messages: &mut Vec<String>) {
    if body
        .get("contacts")
        .and_then(Value::as_array)
        .is_some_and(Vec::is_empty)
    {
        messages.push("contacts should not be empty".to_owned());
    }
    for (index, contact) in strings(body, "contacts") {
        if !is_email(contact) && !is_phone(contact) {
            messages.push(format!(
                "contacts.{index} must be an email or a phone number"
            ));
        }
    }
}

fn sources(body: &Value, messages: &mut Vec<String>) {
    let lists = ["groupIds", "resourcesIds", "credentials"];
    // A source of the wrong type is given, though wrong.
    let given = |field: &str| match body.get(field) {
        None => false,
        Some(value) => value.as_array().is_none_or(|entries| !entries.is_empty()),
    };
    if !lists.iter().any(|field| given(field)) {
        messages.push(
            "resourcesIds should not be empty when groupIds and credentials are empty".to_owned(),
        );
    }
    for (field, items, word) in [
        ("groupIds", WORKFLOWS, "Group"),
        ("resourcesIds", RESOURCES, "Resource"),
    ] {
        for (index, id) in strings(body, field) {
            if !ids::is_object_id(id) {
                messages.push(format!("{field}.{index} must be a mongodb id"));
            } else if catalogue::find(items, id).is_some_and(|item| !item.active) {
                messages.push(format!("{field}.{index} {word} {id} is not active"));
            }
        }
    }
}

fn inline(path: &str, credential: &Value, contacts: &HashSet<&str>, messages: &mut Vec<String>) {
    let text = |field: &str| credential.get(field).and_then(Value::as_str);
    let instant = |field: &str| text(field)?.parse::<Timestamp>().ok();
    if let (Some(from), Some(until)) = (instant("validFrom"), instant("validUntil"))
        && until <= from
    {
        messages.push(format!("{path}.validUntil must be after validFrom"));
    }
    let kind = text("type");
    for (index, placement) in items(credential, "placements") {
        known_contact(
            &format!("{path}.placements.{index}"),
            placement,
            contacts,
            messages,
        );
    }
    if kind == Some("DOCUMENT") {
        match credential.get("data") {
            Some(Value::String(data)) if !is_base64(data) => {
                messages.push(format!("{path}.data must be base64 encoded"));
            }
            Some(Value::Array(_)) => {
                for (index, _) in strings(credential, "data").filter(|(_, data)| !is_base64(data)) {
                    messages.push(format!("{path}.data.{index} must be base64 encoded"));
                }
            }
            _ => {}
        }
    } else if items(credential, "placements").next().is_some() {
        messages.push(format!(
            "{path}.placements are for DOCUMENT credentials only"
        ));
    }
}

fn known_contact(path: &str, of: &Value, contacts: &HashSet<&str>, messages: &mut Vec<String>) {
    if let Some(contact) = of.get("contact").and_then(Value::as_str)
        && !contacts.contains(contact)
    {
        messages.push(format!(
            "{path}.contact must be one of the contacts of the request"
        ));
    }
}

fn is_email(text: &str) -> bool {
    let options = Options::default()
        .without_display_text()
        .without_domain_literal()
        .with_required_tld();
    EmailAddress::parse_with_options(text, options).is_ok()
}

/// E.164: `+`, no leading zero, 7 to 15 digits.
fn is_phone(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (7..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

fn is_base64(text: &str) -> bool {
    !text.is_empty() && STANDARD.decode(text).is_ok()
}
