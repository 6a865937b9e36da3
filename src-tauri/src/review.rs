//! From the form to the exact request: merge the list in, check, encode once. What is prepared here is what is sent.

use humanos::{ApiVersion, Body, Draft, IdempotencyKey, Issue, IssueCode};

use crate::adapters::clock::now_ms;
use crate::error::{Problem, ProblemCode};
use crate::state::Inner;
use crate::wire::{Form, Review};

/// A checked and encoded request, waiting for the officer's second step.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) review: Review,
    pub(crate) connection_id: String,
    pub(crate) draft: Draft,
    pub(crate) body: Body,
    pub(crate) key: IdempotencyKey,
    pub(crate) version: ApiVersion,
}

/// Every issue of the form with the list's people in it.
pub(crate) fn check(inner: &Inner, form: &Form) -> Vec<Issue> {
    let mut issues = humanos::check(&merged(inner, form), now_ms());
    if let Err(error) = IdempotencyKey::parse(form.idempotency_key.as_str()) {
        issues.push(Issue {
            path: "Idempotency-Key".to_owned(),
            code: IssueCode::IdempotencyKey,
            message: crate::state::capitalised(&error.to_string()),
        });
    }
    issues
}

/// The draft with the contacts of the list's usable rows.
pub(crate) fn merged(inner: &Inner, form: &Form) -> Draft {
    Draft {
        contacts: inner.list.contacts(),
        ..form.draft.clone()
    }
}

/// Checks and encodes; an issue anywhere is an error.
pub(crate) fn encode(
    inner: &Inner,
    form: &Form,
    version: &ApiVersion,
) -> Result<(Draft, Body, IdempotencyKey), Problem> {
    let issues = check(inner, form);
    if let Some(first) = issues.first() {
        return Err(Problem {
            code: ProblemCode::DraftHasIssues,
            message: first.message.clone(),
            field: Some(first.path.clone()),
        });
    }
    let draft = merged(inner, form);
    let body = humanos::encode(&draft, version).map_err(|error| {
        Problem::new(
            ProblemCode::DraftHasIssues,
            crate::state::capitalised(&error.to_string()),
        )
    })?;
    let key = IdempotencyKey::parse(form.idempotency_key.as_str())
        .map_err(|error| Problem::at("Idempotency-Key", error.to_string()))?;
    Ok((draft, body, key))
}
