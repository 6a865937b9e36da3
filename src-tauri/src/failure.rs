//! What a failed request means for the officer: its kind, what the server said, and which fields its words name.

use humanos::{Issue, IssueCode};
use ledger::{RequestRecord, State};

use crate::wire::{FailureKind, FailureView};

/// Names of the body's fields, longest first where one begins another.
const FIELDS: &[&str] = &[
    "authorizedDIDs",
    "contacts",
    "credentials",
    "expectedDocIds",
    "groupIds",
    "internalId",
    "language",
    "name",
    "pubKey",
    "redirectUrl",
    "resourcesIds",
    "securityLevel",
];

/// The failure of the newest attempt; `None` while all is well.
pub(crate) fn of(record: &RequestRecord) -> Option<FailureView> {
    let attempt = record.attempts.last()?;
    let said = if attempt.messages.is_empty() {
        attempt.reason.iter().cloned().collect()
    } else {
        attempt.messages.clone()
    };
    let fields: Vec<_> = said
        .iter()
        .filter_map(|sentence| field_of(sentence))
        .collect();
    if matches!(
        record.state,
        State::Accepted | State::Cancelled | State::Planned | State::Sending
    ) {
        return None;
    }
    let kind = kind(record.state, attempt.status, !fields.is_empty());
    Some(FailureView {
        kind,
        status: attempt.status,
        said,
        fields,
    })
}

/// What kind of failure a request met that stands in `state` after an answer of `status`.
pub(crate) fn kind(state: State, status: Option<u16>, names_a_field: bool) -> FailureKind {
    match status {
        Some(400 | 422) if names_a_field => FailureKind::FieldErrors,
        Some(401) => FailureKind::Unauthorized,
        Some(402) => FailureKind::Payment,
        Some(409) => FailureKind::Conflict,
        Some(429) => FailureKind::TooMany,
        Some(500..) => FailureKind::Server,
        Some(_) if state == State::Unknown => FailureKind::Malformed,
        Some(_) => FailureKind::Refused,
        None if state == State::NotSent => FailureKind::Network,
        None => FailureKind::Unknown,
    }
}

/// Whether a sentence names a field of the form.
pub(crate) fn names_a_field(sentence: &str) -> bool {
    field_of(sentence).is_some()
}

/// A sentence that names a field, as an issue at that field. The shape of error sentences is not documented, so
/// both "path rest" and "each value in path rest" are understood and everything else is only shown.
fn field_of(sentence: &str) -> Option<Issue> {
    let path = sentence
        .strip_prefix("each value in ")
        .or_else(|| sentence.strip_prefix("property "))
        .unwrap_or(sentence)
        .split_whitespace()
        .next()?
        .trim_end_matches([':', ',', '.']);
    let root = path.split('.').next()?;
    FIELDS.contains(&root).then(|| Issue {
        path: path.to_owned(),
        code: IssueCode::Server,
        message: sentence.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_that_name_a_field_lead_to_it() {
        let path = |sentence| field_of(sentence).map(|issue| issue.path);
        assert_eq!(
            path("resourcesIds.1 must be a mongodb id").as_deref(),
            Some("resourcesIds.1")
        );
        assert_eq!(
            path("each value in contacts must be a string").as_deref(),
            Some("contacts")
        );
        assert_eq!(
            path("credentials.0.name: required").as_deref(),
            Some("credentials.0.name")
        );
        assert_eq!(path("Failed to generate credentials request"), None);
        assert_eq!(path(""), None);
    }

    #[test]
    fn what_may_have_arrived_and_what_did_not_are_told_apart() {
        for (state, status, expected) in [
            (State::Refused, Some(400), FailureKind::Refused),
            // A single attempt that the server had no time for is still to be sent.
            (State::NotSent, Some(429), FailureKind::TooMany),
            (State::NotSent, Some(401), FailureKind::Unauthorized),
            (State::Unknown, Some(503), FailureKind::Server),
            (State::Unknown, Some(201), FailureKind::Malformed),
            (State::Unknown, None, FailureKind::Unknown),
            (State::NotSent, None, FailureKind::Network),
        ] {
            assert_eq!(kind(state, status, false), expected, "{state} {status:?}");
        }
        let named = kind(State::Refused, Some(422), true);
        assert_eq!(named, FailureKind::FieldErrors);
    }
}
