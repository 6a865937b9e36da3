//! A kept payload as the window shows it.

use humanos::envelope::{self, Answer as Read, Content, Date, Decision, Plaintext};
use ledger::{Payload, Way};

use super::How;
use crate::wire::{
    Answer, AnswerContent, AnswerDecision, AnswerField, AnswerRest, AnswerUser, AnswerView,
    AnswerWay,
};

/// How much of a payload is shown as it came, in characters.
const SHOWN_RAW: usize = 20_000;
/// How much of what is not documented is shown.
const SHOWN_REST: usize = 200;

/// `name` is that of its request.
pub(crate) fn view(payload: Payload, name: Option<String>) -> AnswerView {
    let how: How = serde_json::from_str(&payload.how_json).unwrap_or_default();
    let raw = String::from_utf8_lossy(&payload.raw);
    AnswerView {
        id: payload.id,
        at_ms: payload.arrived_at_ms,
        way: match payload.way {
            Way::Brought => AnswerWay::Brought,
            Way::Session => AnswerWay::Session,
            Way::Webhook => AnswerWay::Webhook,
        },
        opened: payload.opened.is_some(),
        profile: how.profile,
        confirmed: how.confirmed,
        signature: how.signature,
        freshness: how.freshness,
        request: payload.request,
        request_name: name,
        raw: raw.chars().take(SHOWN_RAW).collect(),
        raw_bytes: payload.raw.len(),
        answer: payload
            .opened
            .map(|bytes| answer(Read::read(&Plaintext::kept(bytes)))),
    }
}

fn answer(read: Read) -> Answer {
    Answer {
        event: read.event,
        request_id: read.request_id,
        internal_id: read.internal_id,
        issuer_did: read.issuer_did,
        api_version: read.api_version,
        user: read.user.map(|user| AnswerUser {
            contact: user.contact,
            id: user.id,
            internal_id: user.internal_id,
        }),
        content: content(read.content),
        rest: read
            .rest
            .into_iter()
            .take(SHOWN_REST)
            .map(|rest| AnswerRest {
                path: rest.path,
                json: rest.json.chars().take(SHOWN_RAW).collect(),
            })
            .collect(),
    }
}

fn content(content: Content) -> AnswerContent {
    match content {
        Content::Credential(credential) => AnswerContent::Credential {
            id: credential.id,
            name: credential.name,
            internal_id: credential.internal_id,
            resource_type: credential.resource_type,
            status: credential.status,
            decision: credential.decision.map(|decision| match decision {
                Decision::Accepted => "accepted".to_owned(),
                Decision::Rejected => "rejected".to_owned(),
                Decision::Other(text) => text,
            }),
            decided_at: credential.decided_at.map(text),
            decisions: credential.decisions.into_iter().map(decision).collect(),
        },
        Content::Identity(identity) => AnswerContent::Identity {
            passed: identity.check.passed,
            fraud: identity.check.fraud,
            risk_score: identity.check.risk_score,
            outcome: identity.check.outcome,
            message: identity.check.message,
            date: identity.check.date.map(text),
            fields: identity
                .fields
                .into_iter()
                .map(|detail| AnswerField {
                    name: detail.name.to_owned(),
                    values: detail.values,
                })
                .collect(),
        },
        Content::OtpFailed(failure) => AnswerContent::OtpFailed {
            code: failure.code,
            message: failure.message,
            resend_endpoint: failure.resend_endpoint,
        },
        Content::Test { message } => AnswerContent::Test { message },
        Content::Unknown => AnswerContent::Unknown,
    }
}

fn decision(decision: envelope::GrantorDecision) -> AnswerDecision {
    AnswerDecision {
        id: decision.id,
        contact: decision.contact,
        accepted: decision.accepted,
        decided_at: decision.decided_at.map(text),
    }
}

fn text(date: Date) -> String {
    date.text
}
