//! From the form to the exact request: merge the list in, check, encode once. What is prepared here is what is sent.

use std::collections::{BTreeMap, HashSet};

use contacts::ContactList;
use humanos::{ApiVersion, Body, Draft, ExpectedDocId, IdempotencyKey, Issue, IssueCode};

use crate::adapters::clock::now_ms;
use crate::error::{Problem, ProblemCode};
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
pub(crate) fn check(list: &ContactList, form: &Form) -> Vec<Issue> {
    issues(&merged(list, form), form)
}

/// The draft with the people of the list's usable rows, and the documents that their rows name.
pub(crate) fn merged(list: &ContactList, form: &Form) -> Draft {
    let mut draft = form.draft.clone();
    let typed: HashSet<String> = draft
        .expected_doc_ids
        .iter()
        .map(|expected| expected.contact.to_ascii_lowercase())
        .collect();
    draft.contacts.clear();
    for person in list.people() {
        if let Some(doc_id) = person.doc_id
            && !typed.contains(&person.contact.to_ascii_lowercase())
        {
            draft.expected_doc_ids.push(ExpectedDocId {
                contact: person.contact.clone(),
                doc_id,
            });
        }
        draft.contacts.push(person.contact);
    }
    draft
}

fn issues(draft: &Draft, form: &Form) -> Vec<Issue> {
    let mut issues = humanos::check(draft, now_ms());
    if let Err(error) = IdempotencyKey::parse(form.idempotency_key.as_str()) {
        issues.push(Issue {
            path: "Idempotency-Key".to_owned(),
            code: IssueCode::IdempotencyKey,
            message: crate::state::capitalised(&error.to_string()),
        });
    }
    issues
}

/// What rows of the list say that a request of this era cannot carry.
pub(crate) fn not_carried(list: &ContactList, draft: &Draft) -> Vec<String> {
    let (mut others, mut seconds, mut ids) = (BTreeMap::new(), 0_usize, 0_usize);
    for person in list.people() {
        if let Some(language) = person.language
            && language.code() != draft.language
        {
            *others.entry(language.code()).or_insert(0_usize) += 1;
        }
        seconds += usize::from(person.secondary_contact.is_some());
        ids += usize::from(person.internal_id.is_some());
    }
    let mut said = Vec::new();
    if !others.is_empty() {
        let people: usize = others.values().sum();
        let each = others.iter().map(|(code, count)| format!("{code} {count}"));
        let each = each.collect::<Vec<_>>().join(", ");
        let chosen = if draft.language.is_empty() {
            "none is chosen, so Humanos chooses".to_owned()
        } else {
            format!("here {}", draft.language)
        };
        said.push(format!(
            "{} another language in the list ({each}). A request has one language for everybody: {chosen}. Send them apart to write to each in their own.",
            have(people)
        ));
    }
    if seconds > 0 {
        said.push(format!(
            "{} a second contact in the list. This API version cannot carry it: only the first is asked.",
            have(seconds)
        ));
    }
    if ids > 0 {
        said.push(format!(
            "{} an internal ID in the list. This API version has one for the whole request: theirs are not sent.",
            have(ids)
        ));
    }
    said
}

fn have(people: usize) -> String {
    match people {
        1 => "1 person has".to_owned(),
        people => format!("{people} people have"),
    }
}

/// Checks and encodes; an issue anywhere is an error.
pub(crate) fn encode(
    list: &ContactList,
    form: &Form,
    version: &ApiVersion,
) -> Result<(Draft, Body, IdempotencyKey), Problem> {
    let draft = merged(list, form);
    if let Some(first) = issues(&draft, form).first() {
        return Err(Problem {
            code: ProblemCode::DraftHasIssues,
            message: first.message.clone(),
            field: Some(first.path.clone()),
        });
    }
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
