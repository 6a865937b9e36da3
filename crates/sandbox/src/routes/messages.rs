//! What an embedded session tells the page around it, before it is sealed: the payloads that the
//! webhooks of version 2026-05-20 have.
//!
//! The person in an identity payload is made up and says so.

use serde_json::{Map, Value, json};

use super::requests;
use crate::ids;
use crate::store::{Answer, Stored, Subject};
use crate::versions::Version;

/// A name that resolves nowhere.
const ISSUER: &str = "did:web:practice.example";

/// The texts of the messages about the answer of the subject at a place: the identity check, if
/// there was one, then each credential.
pub(super) fn of(request: &Stored, subject: usize) -> Vec<String> {
    let Some(subject) = request.subjects.get(subject) else {
        return Vec::new();
    };
    let Some(answer) = &subject.answer else {
        return Vec::new();
    };
    let identity = answer
        .identified
        .map(|passed| identity(request, subject, answer, passed));
    let credentials = answer
        .decisions
        .iter()
        .enumerate()
        .map(|(at, decision)| credential(request, subject, answer, at, decision.accepted));
    identity.into_iter().chain(credentials).collect()
}

fn credential(
    request: &Stored,
    subject: &Subject,
    answer: &Answer,
    at: usize,
    accepted: bool,
) -> String {
    let mut message = common("credential", request, subject);
    let action = if accepted { "accept" } else { "reject" };
    let decision = json!({"action": action, "date": ids::date_time(answer.at_ms)});
    message.insert("credential".to_owned(), requests::credential(request, at));
    message.insert("decision".to_owned(), decision);
    Value::Object(message).to_string()
}

fn identity(request: &Stored, subject: &Subject, answer: &Answer, passed: bool) -> String {
    let mut message = common("identity", request, subject);
    let mut decision = json!({
        "success": passed,
        "isFraud": false,
        "date": ids::date_time(answer.at_ms),
    });
    if passed {
        message.insert("identity".to_owned(), nobody());
    } else {
        decision["message"] = json!("Practice: the identity check was set to fail");
    }
    message.insert("decision".to_owned(), decision);
    Value::Object(message).to_string()
}

fn common(event: &str, request: &Stored, subject: &Subject) -> Map<String, Value> {
    let mut message = Map::new();
    message.insert("eventType".to_owned(), json!(event));
    message.insert("requestId".to_owned(), json!(request.id));
    if let Some(internal_id) = &request.internal_id {
        message.insert("internalId".to_owned(), json!(internal_id));
    }
    message.insert("issuerDid".to_owned(), json!(ISSUER));
    // Subjects made here have no id of the caller's own.
    let user = json!({"contact": subject.contact, "id": subject.id, "internalId": null});
    message.insert("user".to_owned(), user);
    let version = Version::V2026_05_20.date();
    message.insert("api_version".to_owned(), json!(version));
    message
}

/// A person of Utopia, whose code stands on the specimens of travel documents.
fn nobody() -> Value {
    json!({
        "fullName": "Practice Specimen",
        "gender": "F",
        "birth": "1990-01-01T00:00:00.000Z",
        "docId": "SPECIMEN000",
        "fullDocId": "SPECIMEN000-0",
        "expiresAt": "2035-01-01T00:00:00.000Z",
        "issueDate": "2025-01-01T00:00:00.000Z",
        "placeOfBirth": "Nowhere, Utopia",
        "documentType": "PASSPORT",
        "countryAlpha3": "UTO",
    })
}
