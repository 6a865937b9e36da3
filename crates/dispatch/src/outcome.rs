//! What the ledger is told about an attempt.

use humanos::{Created, Failure, Reply};
use ledger::{CredentialRef, Outcome, Subject, Verdict};

use crate::retry::{self, Case, Decision};
use crate::{Chance, Terms};

/// What a single attempt leaves in the ledger that is not tried again by itself: an answer that
/// may have come after the act, or none, stays open, as in [`retry`]; any other refusal is final.
#[must_use]
pub fn settle(result: Result<Created, Failure>) -> (Outcome, Verdict) {
    let failure = result.as_ref().err();
    let case = Case {
        met: retry::met(&result),
        tries: u32::MAX,
        sent_before: false,
        in_progress: failure.is_some_and(retry::says_in_progress),
        retry_after_ms: None,
        ahead_ms: None,
        keyed: true,
        budget: false,
    };
    let is_refusal = failure
        .and_then(Failure::status)
        .is_some_and(|status| (400..=499).contains(&status));
    let decision = match retry::decide(&case, &Terms::default(), &mut Never) {
        // Where a batch would wait for something to be put right, here the officer is told at once.
        Decision::Pause { open: false, .. } if is_refusal => Decision::Refused,
        decision => decision,
    };
    of(result, &decision)
}

/// Of an attempt that was the last, nothing depends on chance.
struct Never;

impl Chance for Never {
    fn below(&mut self, _: u64) -> u64 {
        0
    }
}

/// The outcome and what is made of it. An answer is kept word for word even where it settles
/// nothing.
pub(crate) fn of(result: Result<Created, Failure>, decision: &Decision) -> (Outcome, Verdict) {
    let failure = match result {
        Ok(created) => return (accepted(created), Verdict::Final),
        Err(failure) => failure,
    };
    let verdict = match decision {
        Decision::Accepted | Decision::Refused => Verdict::Final,
        Decision::Unknown
        | Decision::Again { open: true, .. }
        | Decision::Pause { open: true, .. } => Verdict::Open,
        Decision::Again { open: false, .. } | Decision::Pause { open: false, .. } => Verdict::Again,
    };
    let (reason, status) = (failure.to_string(), failure.status());
    let outcome = match failure {
        Failure::Refused {
            reply, messages, ..
        } => answered(reply, messages),
        Failure::Malformed { reply, .. } => answered(reply, vec![reason]),
        _ => match (verdict, status) {
            (Verdict::Open, _) => Outcome::Unknown { reason },
            (_, None) => Outcome::NotSent { reason },
            // The status alone arrived.
            (_, Some(status)) => Outcome::Refused {
                status,
                reply_body: String::new(),
                server_date: None,
                server_request_id: None,
                messages: vec![reason],
            },
        },
    };
    (outcome, verdict)
}

fn answered(reply: Reply, messages: Vec<String>) -> Outcome {
    Outcome::Refused {
        status: reply.status,
        reply_body: reply.body,
        server_date: reply.server_date,
        server_request_id: reply.server_request_id,
        messages,
    }
}

fn accepted(Created { reply, created }: Created) -> Outcome {
    Outcome::Accepted {
        status: reply.status,
        reply_body: reply.body,
        server_date: reply.server_date,
        server_request_id: reply.server_request_id,
        humanos_id: created.id,
        subjects: created
            .subjects
            .into_iter()
            .map(|subject| Subject {
                id: subject.id,
                contact: subject.contact,
                link: subject.link,
                code: subject.code.map(|code| code.expose().to_owned()),
            })
            .collect(),
        credentials: created
            .credentials
            .into_iter()
            .map(|credential| CredentialRef {
                id: credential.id,
                name: credential.name.unwrap_or_default(),
                internal_id: credential.internal_id.unwrap_or_default(),
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(status: u16, said: &str) -> Failure {
        Failure::Refused {
            reply: Reply {
                status,
                body: "{}".to_owned(),
                server_date: None,
                server_request_id: None,
            },
            messages: vec![said.to_owned()],
            error: None,
            retry_after: None,
        }
    }

    #[test]
    fn a_single_attempt_is_settled_unless_it_may_have_arrived() {
        for (status, verdict) in [
            (400, Verdict::Final),
            (401, Verdict::Final),
            (402, Verdict::Final),
            (404, Verdict::Final),
            (409, Verdict::Final),
            (422, Verdict::Final),
            (429, Verdict::Final),
            (408, Verdict::Open),
            (500, Verdict::Open),
            (503, Verdict::Open),
            (507, Verdict::Open),
        ] {
            let (outcome, settled) = settle(Err(refused(status, "no")));
            assert_eq!(settled, verdict, "{status}");
            assert!(matches!(outcome, Outcome::Refused { status: kept, .. } if kept == status));
        }
        let (_, settled) = settle(Err(refused(409, "The request is in progress")));
        assert_eq!(settled, Verdict::Open);
    }

    #[test]
    fn a_single_attempt_without_an_answer_was_not_sent_or_is_unknown() {
        let lost = settle(Err(Failure::Timeout { sent: true }));
        assert!(matches!(lost, (Outcome::Unknown { .. }, Verdict::Open)));
        let redirected = |status| Failure::Redirected {
            status,
            location_host: None,
        };
        let acted = settle(Err(redirected(302)));
        assert!(matches!(acted, (Outcome::Unknown { .. }, Verdict::Open)));
        for failure in [
            Failure::Timeout { sent: false },
            Failure::Tls {
                reason: "expired".to_owned(),
            },
            Failure::Header { name: "X" },
        ] {
            let (outcome, verdict) = settle(Err(failure));
            assert!(matches!(outcome, Outcome::NotSent { .. }), "{outcome:?}");
            assert_eq!(verdict, Verdict::Again);
        }
        let (_, verdict) = settle(Err(redirected(307)));
        assert_eq!(verdict, Verdict::Again);
    }
}
