//! What Humanos answers to a created request, and what it says when it refuses.

use std::fmt;

use serde::Deserialize;
use serde_json::Value;

/// The reply to `POST /request`. Fields that this crate does not know are in the body as received
/// ([`Reply::body`](crate::Reply)).
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct CreateReply {
    /// Id of the request.
    pub id: String,
    /// What was made, in the server's order.
    pub credentials: Vec<CreatedCredential>,
    /// Who was asked, in the server's order.
    pub subjects: Vec<Subject>,
}

/// A credential that the request made.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreatedCredential {
    /// `urn:via:credential:` and an id.
    pub id: String,
    /// As shown to the subject.
    #[serde(default)]
    pub name: Option<String>,
    /// The officer's own id.
    #[serde(default)]
    pub internal_id: Option<String>,
}

/// A person asked.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Subject {
    /// The subject's DID.
    pub id: String,
    /// As in the request.
    pub contact: String,
    /// Given only if the organization delivers codes itself.
    #[serde(default)]
    pub code: Option<Otp>,
    /// The subject's page. Given only if the organization delivers links itself.
    #[serde(default)]
    pub link: Option<String>,
}

/// A one-time code. A secret: `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Otp(String);

impl Otp {
    /// The code itself, for the moment the officer reveals it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Otp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Otp(redacted)")
    }
}

/// A reply that is not of the documented shape. Says where, never what it read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the reply has another shape than documented (line {line}, column {column})")]
pub struct ReplyError {
    /// Counted from 1; 0 if the place is unknown.
    pub line: usize,
    /// Counted from 1; 0 if the place is unknown.
    pub column: usize,
}

impl ReplyError {
    pub(crate) fn at(error: serde_json::Error) -> Self {
        Self {
            line: error.line(),
            column: error.column(),
        }
    }
}

impl CreateReply {
    /// Reads the body of a successful reply.
    ///
    /// # Errors
    /// [`ReplyError`] unless it has an id, credentials and subjects as documented.
    pub fn parse(text: &str) -> Result<Self, ReplyError> {
        let reply: Self = serde_json::from_str(text).map_err(ReplyError::at)?;
        if reply.id.trim().is_empty() {
            Err(ReplyError { line: 0, column: 0 })
        } else {
            Ok(reply)
        }
    }
}

/// What a refusal says: `message` as a list, whether it came as one or as a single text, and `error`.
pub(crate) fn refusal(body: &str) -> (Vec<String>, Option<String>) {
    const MOST: usize = 100;
    let Ok(Value::Object(mut fields)) = serde_json::from_str(body) else {
        return (Vec::new(), None);
    };
    let messages = match fields.remove("message") {
        Some(Value::String(text)) => vec![text],
        Some(Value::Array(items)) => items
            .into_iter()
            .filter_map(|item| match item {
                Value::String(text) => Some(text),
                _ => None,
            })
            .take(MOST)
            .collect(),
        _ => Vec::new(),
    };
    let error = match fields.remove("error") {
        Some(Value::String(text)) => Some(text),
        _ => None,
    };
    (
        messages
            .into_iter()
            .filter(|text| !text.trim().is_empty())
            .collect(),
        error,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPLY: &str = r#"{"id":"507f1f77bcf86cd799439011","status":"NEW",
        "credentials":[{"id":"urn:via:credential:1","name":null,"internalId":"c-1","tags":["x"]}],
        "subjects":[{"id":"did:web:humanos.tech:user:1","contact":"john.doe@example.com","code":"123456",
            "link":"https://app.humanos.id/link/507f1f77bcf86cd799439011","locale":"pt"}]}"#;

    #[test]
    fn keeps_known_fields_among_unknown_ones() {
        let reply = CreateReply::parse(REPLY).unwrap();
        assert_eq!(reply.id, "507f1f77bcf86cd799439011");
        assert_eq!(reply.credentials[0].name, None);
        assert_eq!(reply.credentials[0].internal_id.as_deref(), Some("c-1"));
        let subject = &reply.subjects[0];
        assert_eq!(subject.contact, "john.doe@example.com");
        assert_eq!(subject.code.as_ref().unwrap().expose(), "123456");
        assert!(
            subject
                .link
                .as_ref()
                .unwrap()
                .starts_with("https://app.humanos.id/link/")
        );
        assert!(
            !format!("{reply:?}").contains("123456"),
            "a code must not reach a log"
        );
    }

    #[test]
    fn refuses_other_shapes() {
        for bad in [
            "",
            "[]",
            "{}",
            r#"{"id":1,"credentials":[],"subjects":[]}"#,
            r#"{"id":"","credentials":[],"subjects":[]}"#,
            r#"{"id":"a","credentials":[],"subjects":[{"id":"x"}]}"#,
        ] {
            assert!(CreateReply::parse(bad).is_err(), "{bad}");
        }
        let error =
            CreateReply::parse(r#"{"id":"a","credentials":[],"subjects":[{"code":123456}]}"#);
        assert!(!error.unwrap_err().to_string().contains("123456"));
    }

    #[test]
    fn refusals_come_in_two_forms() {
        assert_eq!(
            refusal(r#"{"statusCode":400,"message":"no","error":"Bad Request"}"#),
            (vec!["no".to_owned()], Some("Bad Request".to_owned()))
        );
        assert_eq!(
            refusal(r#"{"message":["a",1,"b",""]}"#),
            (vec!["a".to_owned(), "b".to_owned()], None)
        );
        assert_eq!(refusal("<html>"), (vec![], None));
        assert_eq!(refusal("[1]"), (vec![], None));
    }
}
