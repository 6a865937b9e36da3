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
    let kind = match record.state {
        State::Refused => match attempt.status {
            Some(400 | 422) if !fields.is_empty() => FailureKind::FieldErrors,
            Some(401) => FailureKind::Unauthorized,
            Some(402) => FailureKind::Payment,
            Some(409) => FailureKind::Conflict,
            Some(429) => FailureKind::TooMany,
            Some(500..) => FailureKind::Server,
            _ => FailureKind::Refused,
        },
        State::NotSent => FailureKind::Network,
        State::Unknown if attempt.status.is_some() => FailureKind::Malformed,
        State::Unknown => FailureKind::Unknown,
        _ => return None,
    };
    Some(FailureView {
        kind,
        status: attempt.status,
        said,
        fields,
    })
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
}
