//! One request as `GET /request/{id}` gives it, and where it stands.
//!
//! States are kept as the text that came, for the API adds some with its versions. [`Standing`]
//! makes one word of them; it is the only place here that interprets any.

use serde::{Deserialize, Deserializer};

use crate::reply::ReplyError;

/// A request in full. Fields that nothing here needs are left out.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Detail {
    /// Its id.
    pub id: String,
    /// When it was cancelled, as it came; nothing while it is alive.
    #[serde(default)]
    pub canceled_at: Option<String>,
    /// Who was asked.
    #[serde(default, deserialize_with = "or_none")]
    pub subjects: Vec<DetailSubject>,
    /// What they were asked for.
    #[serde(default, deserialize_with = "or_none")]
    pub credentials: Vec<DetailCredential>,
}

/// A person asked.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DetailSubject {
    /// The subject's DID.
    #[serde(default)]
    pub id: Option<String>,
    /// As in the request.
    pub contact: String,
    /// `NONE`, `KYC`, `HUMANOS` or what else came.
    #[serde(default)]
    pub identity_status: Option<String>,
    /// `PENDING`, `APPROVED`, `REJECTED` or what else came; nothing if no check was begun.
    #[serde(default)]
    pub kyc: Option<String>,
}

/// A credential that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DetailCredential {
    /// `urn:via:credential:` and an id.
    pub id: String,
    /// As shown to the subject.
    #[serde(default)]
    pub name: Option<String>,
    /// The officer's own id.
    #[serde(default)]
    pub internal_id: Option<String>,
    /// Its type as it came.
    #[serde(default)]
    pub resource_type: Option<String>,
    /// `DRAFT`, `ACTIVE`, `REJECTED` or what else came.
    pub status: String,
    /// What each person decided, as far as they have.
    #[serde(default, deserialize_with = "or_none")]
    pub decisions: Vec<DetailDecision>,
}

/// What one person decided on a credential.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DetailDecision {
    /// Whose decision it is.
    #[serde(default)]
    pub contact: Option<String>,
    /// Yes, no, or not yet.
    #[serde(default)]
    pub accepted: Option<bool>,
    /// When, as it came.
    #[serde(default)]
    pub decided_at: Option<String>,
}

/// Where a request stands. The API has no word for it, so it follows from the credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It was cancelled, whatever had been answered before.
    Cancelled,
    /// Everything was accepted.
    Done,
    /// Something was rejected.
    Rejected,
    /// Somebody has yet to answer, and nothing was rejected.
    Pending,
    /// Nothing is open, and something that was accepted or asked for has ended since.
    Closed,
    /// There is no credential, or one has a status that is not documented.
    Unclear,
}

impl Detail {
    /// Reads the body of a successful reply.
    ///
    /// # Errors
    /// [`ReplyError`] unless it has an id, and what is in it has the documented types.
    pub fn parse(text: &str) -> Result<Self, ReplyError> {
        let detail: Self = serde_json::from_str(text).map_err(ReplyError::at)?;
        if detail.id.trim().is_empty() {
            Err(ReplyError { line: 0, column: 0 })
        } else {
            Ok(detail)
        }
    }

    /// Where the request stands.
    #[must_use]
    pub fn standing(&self) -> Standing {
        if self.canceled_at.is_some() {
            return Standing::Cancelled;
        }
        let states: Option<Vec<State>> = self
            .credentials
            .iter()
            .map(|credential| State::read(&credential.status))
            .collect();
        match states {
            None => Standing::Unclear,
            Some(states) if states.is_empty() => Standing::Unclear,
            Some(states) if states.contains(&State::Rejected) => Standing::Rejected,
            Some(states) if states.contains(&State::Open) => Standing::Pending,
            Some(states) if states.contains(&State::Ended) => Standing::Closed,
            Some(_) => Standing::Done,
        }
    }
}

/// What a documented status means, whichever version it is of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    Accepted,
    Rejected,
    Ended,
}

impl State {
    fn read(status: &str) -> Option<Self> {
        match status {
            "DRAFT" | "PENDING" => Some(Self::Open),
            "ACTIVE" | "APPROVED" => Some(Self::Accepted),
            "REJECTED" => Some(Self::Rejected),
            "CANCELED" | "REVOKED" | "EXPIRED" | "INACTIVE" => Some(Self::Ended),
            _ => None,
        }
    }
}

/// A list that may be `null`.
fn or_none<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn with(statuses: &[&str]) -> Value {
        let credentials: Vec<Value> = statuses
            .iter()
            .map(|status| json!({"id": "urn:via:credential:1", "status": status}))
            .collect();
        json!({"id": "507f1f77bcf86cd799439011", "subjects": [], "credentials": credentials})
    }

    fn standing(detail: &Value) -> Standing {
        Detail::parse(&detail.to_string()).unwrap().standing()
    }

    #[test]
    fn the_standing_follows_from_the_credentials() {
        for (statuses, expected) in [
            (&[][..], Standing::Unclear),
            (&["ACTIVE", "ACTIVE"], Standing::Done),
            (&["APPROVED"], Standing::Done),
            (&["ACTIVE", "DRAFT"], Standing::Pending),
            (&["PENDING", "EXPIRED"], Standing::Pending),
            (&["DRAFT", "REJECTED"], Standing::Rejected),
            (&["ACTIVE", "REVOKED"], Standing::Closed),
            (&["CANCELED"], Standing::Closed),
            (&["EXPIRED"], Standing::Closed),
            (&["INACTIVE", "ACTIVE"], Standing::Closed),
            (&["REJECTED", "PAUSED"], Standing::Unclear),
            (&["active"], Standing::Unclear),
        ] {
            assert_eq!(standing(&with(statuses)), expected, "{statuses:?}");
        }
    }

    #[test]
    fn cancelling_comes_before_all_else() {
        for statuses in [&["ACTIVE"][..], &["PAUSED"], &[]] {
            let mut detail = with(statuses);
            detail["canceledAt"] = json!("2026-06-01T12:00:05.000Z");
            assert_eq!(standing(&detail), Standing::Cancelled, "{statuses:?}");
        }
        let mut alive = with(&["ACTIVE"]);
        alive["canceledAt"] = Value::Null;
        assert_eq!(standing(&alive), Standing::Done);
    }

    #[test]
    fn what_may_be_missing_may_be_missing() {
        let detail = Detail::parse(r#"{"id":"a"}"#).unwrap();
        assert!(detail.subjects.is_empty() && detail.credentials.is_empty());
        let text = r#"{"id":"a","subjects":[{"contact":"a@b.c","kyc":null}],
            "credentials":[{"id":"u","status":"NEW","decisions":null},
                {"id":"v","status":"DRAFT","decisions":[{"id":"d","accepted":null}]}]}"#;
        let detail = Detail::parse(text).unwrap();
        assert_eq!(detail.subjects[0].identity_status, None);
        assert_eq!(detail.credentials[0].status, "NEW");
        assert!(detail.credentials[0].decisions.is_empty());
        assert_eq!(detail.credentials[1].decisions[0].accepted, None);
        assert_eq!(detail.credentials[1].decisions[0].contact, None);
    }

    #[test]
    fn other_shapes_are_refused() {
        for bad in [
            "",
            "[]",
            "{}",
            r#"{"id":" "}"#,
            r#"{"id":1}"#,
            r#"{"id":"a","id":"b"}"#,
            r#"{"id":"a","subjects":[{}]}"#,
            r#"{"id":"a","credentials":[{"id":"u"}]}"#,
            r#"{"id":"a","credentials":[{"id":"u","status":"DRAFT","decisions":[{"accepted":"yes"}]}]}"#,
            r#"{"data":[],"totalPages":0}"#,
        ] {
            assert!(Detail::parse(bad).is_err(), "{bad}");
        }
    }
}
