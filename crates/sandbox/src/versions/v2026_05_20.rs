//! Version 2026-05-20: recipients are `contacts`, one language and redirect for all.

mod rules;

use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::Value;

use super::{Asked, AskedCredential};
use crate::body_check;
use crate::catalogue::{self, RESOURCES, WORKFLOWS};

static SCHEMA: LazyLock<Validator> = LazyLock::new(|| {
    body_check::compile(include_str!(
        "../../schemas/2026-05-20/create-request.schema.json"
    ))
});

/// Schema faults first, then what no schema can say.
pub(super) fn faults(body: &Value) -> Vec<String> {
    if let Some(message) = rules::too_many(body) {
        return vec![message];
    }
    let mut messages = body_check::messages(&SCHEMA, body);
    if body.is_object() {
        for message in rules::faults(body) {
            if !messages.contains(&message) {
                messages.push(message);
            }
        }
    }
    messages
}

/// Reads a body without faults: one credential for each group, approval and inline credential.
pub(super) fn read(body: &Value) -> Asked {
    let groups = rules::strings(body, "groupIds").map(|(_, id)| listed(WORKFLOWS, id));
    let approvals = rules::strings(body, "resourcesIds").map(|(_, id)| listed(RESOURCES, id));
    let inline = rules::items(body, "credentials").map(|(_, credential)| AskedCredential {
        name: text(credential, "name"),
        description: text(credential, "description"),
        internal_id: text(credential, "internalId"),
        resource_type: text(credential, "type").unwrap_or_default(),
    });
    Asked {
        name: text(body, "name"),
        security_level: text(body, "securityLevel").unwrap_or_else(|| "CONTACT".to_owned()),
        language: text(body, "language"),
        redirect_url: text(body, "redirectUrl"),
        internal_id: text(body, "internalId"),
        contacts: rules::strings(body, "contacts")
            .map(|(_, contact)| contact.to_owned())
            .collect(),
        credentials: groups.chain(approvals).chain(inline).collect(),
    }
}

fn listed(items: &'static [catalogue::PracticeItem], id: &str) -> AskedCredential {
    let item = catalogue::find(items, id);
    AskedCredential {
        name: item.map(|item| item.name.to_owned()),
        description: item.map(|item| item.description.to_owned()),
        internal_id: item.and_then(|item| item.internal_id).map(str::to_owned),
        resource_type: match item {
            Some(item) if item.kind != "GROUP" => item.kind.to_owned(),
            _ => "CONSENT".to_owned(),
        },
    }
}

fn text(object: &Value, field: &str) -> Option<String> {
    object.get(field)?.as_str().map(str::to_owned)
}
