//! What the ledger is told about an attempt.

use humanos::{Created, Failure, Reply};
use ledger::{CredentialRef, Outcome, Subject, Verdict};

use crate::retry::Decision;

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
