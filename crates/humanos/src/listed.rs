//! Requests as `GET /request` lists them.

use serde::Deserialize;

use crate::moment;
use crate::reply::ReplyError;

/// One page of requests.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Listed {
    /// The requests, in the server's order.
    pub data: Vec<ListedRequest>,
    /// How many pages there are.
    pub total_pages: u32,
}

/// A request in a list. Fields that nothing here needs are left out.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListedRequest {
    /// Its id.
    pub id: String,
    /// The officer's own id.
    #[serde(default)]
    pub internal_id: Option<String>,
    /// When it was made, RFC 3339.
    pub created_at: String,
    /// Who was asked.
    pub subjects: Vec<ListedSubject>,
    /// What was made.
    #[serde(default)]
    pub credentials: Vec<ListedCredential>,
}

/// A person asked.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ListedSubject {
    /// The subject's DID.
    #[serde(default)]
    pub id: Option<String>,
    /// As in the request.
    pub contact: String,
}

/// A credential that the request made.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListedCredential {
    /// Its id.
    pub id: String,
    /// As shown to the subject.
    #[serde(default)]
    pub name: Option<String>,
    /// The officer's own id.
    #[serde(default)]
    pub internal_id: Option<String>,
}

impl Listed {
    /// Reads the body of a successful reply.
    ///
    /// # Errors
    /// [`ReplyError`] unless it is of the documented shape.
    pub fn parse(text: &str) -> Result<Self, ReplyError> {
        serde_json::from_str(text).map_err(ReplyError::at)
    }
}

impl ListedRequest {
    /// When it was made, in Unix milliseconds, if the text can be read.
    #[must_use]
    pub fn created_at_ms(&self) -> Option<i64> {
        moment::parse_ms(&self.created_at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_and_other_shapes_are_refused() {
        let text = r#"{"data":[{"id":"507f1f77bcf86cd799439011","securityLevel":"CONTACT",
            "createdAt":"2026-01-01T00:00:00.250Z","canceledAt":null,"internalId":"case-1",
            "subjects":[{"id":"did:1","contact":"a@b.c","identityStatus":"NONE"}],
            "credentials":[{"id":"urn:1","resourceType":"CONSENT","status":"DRAFT"}]}],
            "totalPages":1}"#;
        let listed = Listed::parse(text).unwrap();
        assert_eq!(listed.data[0].created_at_ms(), Some(1_767_225_600_250));
        assert_eq!(listed.data[0].subjects[0].contact, "a@b.c");
        assert_eq!(listed.data[0].internal_id.as_deref(), Some("case-1"));
        for bad in [
            "",
            "[]",
            r#"{"data":[]}"#,
            r#"{"data":[{}],"totalPages":1}"#,
        ] {
            assert!(Listed::parse(bad).is_err(), "{bad}");
        }
    }
}
