//! What subjects answered, and what follows from it for the credentials.

use std::sync::Arc;

use uuid::Uuid;

use super::{Requests, Stored, Subject, weight};

/// Most decisions that one request can hold: its subjects times its credentials. Beyond that it
/// cannot be answered here.
pub(crate) const MAX_DECISIONS: usize = 100_000;

/// What one subject answered, once for all.
#[derive(Clone)]
pub(crate) struct Answer {
    /// In Unix milliseconds.
    pub(crate) at_ms: i64,
    /// One for each credential, in their order.
    pub(crate) decisions: Vec<Decision>,
    /// Whether the identity check was passed; nothing if the request asks for none.
    pub(crate) identified: Option<bool>,
}

/// Yes or no to one credential.
#[derive(Clone, Copy)]
pub(crate) struct Decision {
    pub(crate) id: Uuid,
    pub(crate) accepted: bool,
}

impl Stored {
    /// Whether subjects have to prove who they are.
    pub(crate) fn asks_identity(&self) -> bool {
        self.security_level != "CONTACT"
    }

    /// Whether it has more subjects and credentials than can be answered here.
    pub(crate) fn is_too_large(&self) -> bool {
        self.subjects.len().saturating_mul(self.credentials.len()) > MAX_DECISIONS
    }

    /// The decisions on the credential at a place, with the subjects whose they are and the moment.
    pub(crate) fn decisions(
        &self,
        credential: usize,
    ) -> impl Iterator<Item = (&Subject, Decision, i64)> {
        // Without this, long lists of requests that nobody can answer would take long.
        let subjects: &[Subject] = if self.is_too_large() {
            &[]
        } else {
            &self.subjects
        };
        subjects.iter().filter_map(move |subject| {
            let answer = subject.answer.as_ref()?;
            let decision = *answer.decisions.get(credential)?;
            Some((subject, decision, answer.at_ms))
        })
    }

    /// The status of the credential at a place: rejected as soon as one subject rejects, active
    /// when all have accepted. Cancelling ends only what is still open.
    pub(crate) fn status(&self, credential: usize) -> &'static str {
        let (mut accepted, mut rejected) = (0, false);
        for (_, decision, _) in self.decisions(credential) {
            if decision.accepted {
                accepted += 1;
            } else {
                rejected = true;
            }
        }
        if rejected {
            "REJECTED"
        } else if accepted == self.subjects.len() {
            "ACTIVE"
        } else if self.canceled_at_ms.is_some() {
            "CANCELED"
        } else {
            "DRAFT"
        }
    }

    /// Whether every credential is decided on, so that nothing is left to cancel.
    pub(crate) fn is_settled(&self) -> bool {
        let decided = |at| matches!(self.status(at), "ACTIVE" | "REJECTED");
        !self.credentials.is_empty() && (0..self.credentials.len()).all(decided)
    }
}

impl Requests<'_> {
    /// The request that a link belongs to, and the place of its subject.
    pub(crate) fn of_link(&self, link_id: &str) -> Option<(Arc<Stored>, usize)> {
        of_link(self.requests.newest_first(), link_id)
    }

    /// Keeps the answer of the subject at a place; gives the request as it is then.
    pub(crate) fn answer(
        &mut self,
        request: &Stored,
        subject: usize,
        answer: Answer,
    ) -> Option<Arc<Stored>> {
        let mut answered = request.clone();
        answered.subjects.get_mut(subject)?.answer = Some(answer);
        let answered = Arc::new(answered);
        let weight = weight(&answered);
        self.requests
            .insert(answered.id.clone(), Arc::clone(&answered), weight);
        Some(answered)
    }
}

/// The first of these requests that a link belongs to, and the place of its subject.
pub(super) fn of_link<'r>(
    mut requests: impl Iterator<Item = &'r Arc<Stored>>,
    link_id: &str,
) -> Option<(Arc<Stored>, usize)> {
    requests.find_map(|request| {
        let mut subjects = request.subjects.iter();
        let at = subjects.position(|subject| subject.link_id == link_id)?;
        Some((Arc::clone(request), at))
    })
}
