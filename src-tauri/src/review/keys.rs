//! The idempotency keys of what a form makes. They follow from the form alone, so that what is reviewed is what is
//! sent, and planning the same form twice is found out.

use humanos::IdempotencyKey;
use humanos::secret::IdempotencyKeyError;
use uuid::Uuid;

/// How much of an officer's own key goes before the numbers of internal ids.
const PREFIX: usize = 36;

/// One key for each request.
#[derive(Debug, Clone)]
pub(crate) struct Keys {
    form: IdempotencyKey,
    requests: u32,
}

impl Keys {
    pub(crate) fn new(form: &str, requests: u32) -> Result<Self, IdempotencyKeyError> {
        let keys = Self {
            form: IdempotencyKey::parse(form)?,
            requests,
        };
        IdempotencyKey::parse(keys.text(requests))?;
        Ok(keys)
    }

    #[expect(
        clippy::expect_used,
        reason = "`new` has tried the longest, and digits are allowed"
    )]
    pub(crate) fn of(&self, number: u32) -> IdempotencyKey {
        IdempotencyKey::parse(self.text(number.min(self.requests))).expect("it was tried")
    }

    fn text(&self, number: u32) -> String {
        if self.requests > 1 {
            format!("{}-{number}", self.form.as_str())
        } else {
            self.form.as_str().to_owned()
        }
    }
}

/// What the internal ids of a batch begin with where the form has none: short for the keys that the app makes.
pub(crate) fn prefix(form: &str) -> Option<String> {
    if Uuid::parse_str(form).is_ok() {
        return form.get(..8).map(str::to_owned);
    }
    let plain = form.chars().filter(|c| c.is_ascii_graphic());
    let prefix: String = plain.take(PREFIX).collect();
    (!prefix.is_empty()).then_some(prefix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_request_has_the_key_of_the_form_and_many_have_numbers() {
        let key = |requests, number| {
            let keys = Keys::new("order-7", requests).unwrap();
            keys.of(number).as_str().to_owned()
        };
        assert_eq!(key(1, 1), "order-7");
        assert_eq!(key(60, 1), "order-7-1");
        assert_eq!(key(60, 60), "order-7-60");
    }

    #[test]
    fn internal_ids_begin_with_the_key() {
        let long = "9f3a2b1c-8e60-4f6b-9d80-5c18c0e4202a";
        assert_eq!(prefix(long).as_deref(), Some("9f3a2b1c"));
        assert_eq!(prefix("order-7").as_deref(), Some("order-7"));
        assert_eq!(prefix(""), None);
    }

    #[test]
    fn a_key_must_have_room_for_the_numbers() {
        assert!(Keys::new(&"x".repeat(255), 1).is_ok());
        assert!(Keys::new(&"x".repeat(255), 2).is_err());
        assert!(Keys::new(&"x".repeat(250), 1_000).is_ok());
        assert!(Keys::new(&"x".repeat(250), 10_000).is_err());
        assert!(Keys::new("", 1).is_err());
        assert!(Keys::new("a b", 1).is_err());
    }
}
