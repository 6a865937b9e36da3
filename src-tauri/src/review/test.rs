//! A request of the review made for the officer alone.

use humanos::{SecurityLevel, encode};
use ledger::NewRequest;
use uuid::Uuid;

use super::{Back, Prepared, level};
use crate::adapters::clock::now_ms;
use crate::error::{Problem, ProblemCode};
use crate::state::capitalised;

impl Prepared {
    /// Request `number` with what it says to its first person, said to `contact`. Its key is its own, so that the
    /// real one can still be sent, and its internal id too, so that the two are never taken for each other.
    pub(crate) fn test_request(&self, number: u32, contact: &str) -> Result<NewRequest, Problem> {
        let mut draft = self.preview(number)?.draft;
        let first = draft.contacts.first().cloned().unwrap_or_default();
        let is_first = |other: &str| other.eq_ignore_ascii_case(&first);
        draft.expected_doc_ids.retain(|e| is_first(&e.contact));
        for expected in &mut draft.expected_doc_ids {
            contact.clone_into(&mut expected.contact);
        }
        for credential in &mut draft.credentials {
            credential.placements.retain(|p| is_first(&p.contact));
            for placement in &mut credential.placements {
                contact.clone_into(&mut placement.contact);
            }
        }
        draft.contacts = vec![contact.to_owned()];
        let idempotency_key = Uuid::new_v4().to_string();
        let back = self.back.as_ref().map(|back| Back {
            form_key: idempotency_key.clone(),
            ..back.clone()
        });
        if let Some(back) = &back {
            draft.redirect_url = back.address(1);
        }
        if !draft.internal_id.is_empty() {
            draft.internal_id.push_str("-test");
        }
        if let Some(issue) = humanos::check(&draft, now_ms()).into_iter().next() {
            return Err(Problem {
                code: ProblemCode::DraftHasIssues,
                message: issue.message,
                field: Some(issue.path),
            });
        }
        let body = encode(&draft, &self.version).map_err(|error| {
            Problem::new(
                ProblemCode::DraftHasIssues,
                format!("{}.", capitalised(&error.to_string())),
            )
        })?;
        Ok(NewRequest {
            id: Uuid::new_v4().to_string(),
            connection_id: self.connection_id.clone(),
            connection_name: self.review.connection_name.clone(),
            practice: self.review.practice,
            url: self.url.clone(),
            api_version: self.version.as_str().to_owned(),
            idempotency_key,
            body_sha256: body.sha256_hex(),
            body: body.as_bytes().to_vec(),
            name: draft.name.trim().to_owned(),
            internal_id: draft.internal_id.trim().to_owned(),
            security_level: level(draft.security_level.map_or("", SecurityLevel::as_str))
                .to_owned(),
            pub_key: draft.pub_key.trim().to_owned(),
            return_nonce: back.map(|back| back.nonce(1)),
            people: draft.contacts,
            at_ms: now_ms(),
        })
    }
}
