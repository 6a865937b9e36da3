//! Failures on demand, so that officers and tests can meet them.

use serde_json::Value;

use crate::refusal::Refusal;

/// An approval id that makes the practice server fail in a known way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrainingId {
    /// Goes into `resourcesIds`.
    pub id: &'static str,
    /// The HTTP status of the answer.
    pub status: u16,
    /// What the answer says, in words for an officer.
    pub says: &'static str,
}

/// Put one of these into `resourcesIds` and the otherwise correct request is refused with that
/// status. Nothing is created. If several are given, the first decides.
///
/// | id ends in | status | answer |
/// |---|---|---|
/// | `400` | 400 | `message` is a list: `resourcesIds.<index> Resource <id> does not exist`, one for each |
/// | `401` | 401 | the key is not accepted |
/// | `402` | 402 | billing |
/// | `409` | 409 | conflict |
/// | `429` | 429 | too many requests, with `Retry-After: 30` |
/// | `500` | 500 | the server failed |
pub const TRAINING_IDS: &[TrainingId] = &[
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
        id: "000000000000000000000500",
        status: 500,
        says: "The server failed.",
    },
];

/// The failure that a checked body asks for, if any.
pub(crate) fn failure(body: &Value) -> Option<Refusal> {
    let ids: Vec<&str> = body
        .get("resourcesIds")?
        .as_array()?
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let first = ids
        .iter()
        .find_map(|id| TRAINING_IDS.iter().find(|known| known.id == *id))?;
    Some(match first.status {
        400 => Refusal::list(
            ids.iter()
                .enumerate()
                .filter(|(_, id)| **id == first.id)
                .map(|(index, id)| format!("resourcesIds.{index} Resource {id} does not exist"))
                .collect(),
        ),
        429 => Refusal::too_many(30),
        status => Refusal::new(status, first.says),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn ids_end_in_their_status() {
        for training in TRAINING_IDS {
            assert_eq!(training.id, format!("{:024}", training.status));
        }
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
