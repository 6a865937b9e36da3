//! Failures on demand, so that officers and tests can meet them.

use std::time::Duration;

use serde_json::Value;

use crate::faults::Fault;
use crate::refusal::Refusal;

/// How long [`TRAINING_IDS`]' slow answer takes.
const SLOW: Duration = Duration::from_secs(10);

/// An approval id that makes the practice server fail in a known way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrainingId {
    /// Goes into `resourcesIds`.
    pub id: &'static str,
    /// The HTTP status of the answer; 0 if there is none.
    pub status: u16,
    /// What the answer says or what happens, in words for an officer.
    pub says: &'static str,
}

impl TrainingId {
    /// Whether the request is made all the same.
    #[must_use]
    pub fn accepted(&self) -> bool {
        matches!(self.status, 0 | 201)
    }
}

/// Put one of these into `resourcesIds` and the otherwise correct request fails that way. If
/// several are given, the first decides.
///
/// | id ends in | status | answer |
/// |---|---|---|
/// | `201` | 201 | the request is made; the answer takes 10 seconds |
/// | `400` | 400 | `message` is a list: `resourcesIds.<index> Resource <id> does not exist`, one for each |
/// | `401` | 401 | the key is not accepted |
/// | `402` | 402 | billing |
/// | `409` | 409 | conflict |
/// | `429` | 429 | too many requests, with `Retry-After: 30` |
/// | `444` | none | the request is made; the connection closes without an answer |
/// | `500` | 500 | the server failed |
/// | `503` | 503 | unavailable, with `Retry-After: 5` |
/// | `520` | 201 | the request is made; the answer cannot be read |
///
/// Where the request is made, another call under the same `Idempotency-Key` gets the right answer.
/// In the other cases nothing is made.
pub const TRAINING_IDS: &[TrainingId] = &[
    TrainingId {
        id: "000000000000000000000201",
        status: 201,
        says: "Accepted, but the answer takes 10 seconds.",
    },
    TrainingId {
        id: "000000000000000000000400",
        status: 400,
        says: "One of the approvals does not exist.",
    },
    TrainingId {
        id: "000000000000000000000401",
        status: 401,
        says: "The API key or the signature is not accepted.",
    },
    TrainingId {
        id: "000000000000000000000402",
        status: 402,
        says: "The organization's plan does not cover this request.",
    },
    TrainingId {
        id: "000000000000000000000409",
        status: 409,
        says: "The request conflicts with one that exists.",
    },
    TrainingId {
        id: "000000000000000000000429",
        status: 429,
        says: "Too many requests; the answer asks to wait 30 seconds.",
    },
    TrainingId {
        id: "000000000000000000000444",
        status: 0,
        says: "Accepted, but the connection closes without an answer.",
    },
    TrainingId {
        id: "000000000000000000000500",
        status: 500,
        says: "The server failed.",
    },
    TrainingId {
        id: "000000000000000000000503",
        status: 503,
        says: "The server is unavailable; the answer asks to wait 5 seconds.",
    },
    TrainingId {
        id: "000000000000000000000520",
        status: 201,
        says: "Accepted, but the answer cannot be read.",
    },
];

/// Contacts of this domain are refused: `contacts.<index> <contact> cannot receive mail`, one for
/// each, with status 400. Nothing is made.
pub const UNREACHABLE_DOMAIN: &str = "unreachable.example.com";

/// What happens to the answer of a request that is made all the same.
#[derive(Clone, Debug)]
pub(crate) struct Trained(pub(crate) Fault);

/// The refusal that a checked body asks for, if any.
pub(crate) fn failure(body: &Value) -> Option<Refusal> {
    let unreachable = unreachable(body);
    if !unreachable.is_empty() {
        return Some(Refusal::list(unreachable));
    }
    let first = first(body)?;
    if first.accepted() {
        return None;
    }
    Some(match first.status {
        400 => Refusal::list(
            resources(body)
                .enumerate()
                .filter(|(_, id)| *id == first.id)
                .map(|(index, id)| format!("resourcesIds.{index} Resource {id} does not exist"))
                .collect(),
        ),
        429 => Refusal::too_many(30),
        503 => Refusal::unavailable(5, first.says),
        status => Refusal::new(status, first.says),
    })
}

/// What a checked body asks to happen to the answer, if anything.
pub(crate) fn fault(body: &Value) -> Option<Trained> {
    let first = first(body).filter(TrainingId::accepted)?;
    Some(Trained(match &first.id[21..] {
        "201" => Fault::late_reply(SLOW),
        "444" => Fault::LostReply,
        _ => Fault::MalformedJson,
    }))
}

fn first(body: &Value) -> Option<TrainingId> {
    resources(body).find_map(|id| TRAINING_IDS.iter().find(|known| known.id == id).copied())
}

fn unreachable(body: &Value) -> Vec<String> {
    let domain = |contact: &str| {
        contact
            .rsplit_once('@')
            .map(|(_, domain)| domain.to_owned())
    };
    texts(body, "contacts")
        .enumerate()
        .filter(|(_, contact)| {
            domain(contact).is_some_and(|domain| domain.eq_ignore_ascii_case(UNREACHABLE_DOMAIN))
        })
        .map(|(index, contact)| format!("contacts.{index} {contact} cannot receive mail"))
        .collect()
}

fn resources(body: &Value) -> impl Iterator<Item = &str> {
    texts(body, "resourcesIds")
}

fn texts<'b>(body: &'b Value, list: &str) -> impl Iterator<Item = &'b str> {
    let list = body.get(list).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn ids_of_refusals_end_in_their_status() {
        for training in TRAINING_IDS.iter().filter(|training| !training.accepted()) {
            assert_eq!(training.id, format!("{:024}", training.status));
        }
    }

    #[test]
    fn an_id_refuses_or_spoils_the_answer() {
        for training in TRAINING_IDS {
            let body = json!({"resourcesIds": [training.id]});
            assert_eq!(
                failure(&body).is_none(),
                training.accepted(),
                "{training:?}"
            );
            assert_eq!(fault(&body).is_some(), training.accepted(), "{training:?}");
        }
        let slow = fault(&json!({"resourcesIds": ["000000000000000000000201"]})).unwrap();
        assert_eq!(slow.0, Fault::late_reply(Duration::from_secs(10)));
    }

    #[test]
    fn people_of_the_unreachable_domain_are_refused_by_their_place() {
        let body = json!({"contacts": [
            "ana@example.com", "Rui@Unreachable.example.com", "unreachable.example.com@example.com"]});
        assert_eq!(
            unreachable(&body),
            ["contacts.1 Rui@Unreachable.example.com cannot receive mail"]
        );
        assert_eq!(failure(&body).unwrap().status(), 400);
    }

    #[test]
    fn first_training_id_decides() {
        let ids = json!({"resourcesIds": [
            "507f1f77bcf86cd799439012", "000000000000000000000402", "000000000000000000000400"]});
        assert_eq!(failure(&ids).unwrap().status(), 402);
        assert!(failure(&json!({"resourcesIds": ["507f1f77bcf86cd799439012"]})).is_none());
        assert!(failure(&json!({"groupIds": ["000000000000000000000402"]})).is_none());
    }
}
