//! `GET /approvals` and `GET /approvals/workflow`: what can be asked for by id.

use axum::Json;
use axum::extract::OriginalUri;
use serde_json::{Value, json};

use super::paging::Page;
use crate::catalogue::{self, PracticeItem, RESOURCES, WORKFLOWS};
use crate::refusal::Refusal;

const UPDATED_AT: &str = "2026-05-20T09:00:00.000Z";

/// Approvals. Filters: `active`, `types` (may repeat), `internalId`.
pub(super) async fn resources(OriginalUri(uri): OriginalUri) -> Result<Json<Value>, Refusal> {
    let page = Page::read(&uri, &["active", "types", "internalId"], &["types"])?;
    let matching = matching(RESOURCES, &page, |item, kind| item.kind == kind);
    Ok(Json(page.cut(&matching, |item| {
        let groups: Vec<&str> = WORKFLOWS
            .iter()
            .filter(|workflow| catalogue::members(workflow.id).contains(item))
            .map(|workflow| workflow.id)
            .collect();
        let mut object = minimal(item);
        object["description"] = json!(item.description);
        object["groupIds"] = json!(groups);
        object["updatedAt"] = json!(UPDATED_AT);
        object
    })))
}

/// Workflows. Filters as for approvals; `types` looks at the approvals inside.
pub(super) async fn workflows(OriginalUri(uri): OriginalUri) -> Result<Json<Value>, Refusal> {
    let page = Page::read(&uri, &["active", "types", "internalId"], &["types"])?;
    let matching = matching(WORKFLOWS, &page, |item, kind| {
        catalogue::members(item.id)
            .iter()
            .any(|member| member.kind == kind)
    });
    Ok(Json(page.cut(&matching, |item| {
        let members: Vec<Value> = catalogue::members(item.id)
            .into_iter()
            .map(minimal)
            .collect();
        json!({
            "id": item.id,
            "name": item.name,
            "description": item.description,
            "active": item.active,
            "resources": members,
            "updatedAt": UPDATED_AT,
        })
    })))
}

fn matching(
    items: &'static [PracticeItem],
    page: &Page,
    is_kind: impl Fn(&PracticeItem, &str) -> bool,
) -> Vec<&'static PracticeItem> {
    items
        .iter()
        .filter(|item| page.passes("active", |active| active == item.active.to_string()))
        .filter(|item| page.passes("types", |kind| is_kind(item, kind)))
        .filter(|item| page.passes("internalId", |id| item.internal_id == Some(id)))
        .filter(|item| page.found_in([item.name]))
        .collect()
}

fn minimal(item: &PracticeItem) -> Value {
    json!({
        "id": item.id,
        "name": item.name,
        "type": item.kind,
        "active": item.active,
        "internalId": item.internal_id,
    })
}
