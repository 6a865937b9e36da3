//! The one spelling a detail is kept in: canonical JSON (RFC 8785), narrowed to what is beyond doubt.
//!
//! Kept is a JSON object of keys in ASCII, each once, and whole numbers within ±2^53. Left out are
//! fractions and keys in other scripts: how those are written and sorted is where canonical forms
//! come to differ.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;

use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// The whole numbers that every reader of JSON takes for the same.
pub(crate) const MOST: u64 = 1 << 53;

/// The canonical text of a JSON object.
pub(crate) fn object(text: &str) -> Result<String, serde_json::Error> {
    serde_json::to_string(&serde_json::from_str::<Object>(text)?)
}

/// Whether a text is the canonical one of a JSON object.
pub(crate) fn is_object(text: &str) -> bool {
    object(text).is_ok_and(|canonical| canonical == text)
}

/// Whether a number may stand in canonical JSON here.
pub(crate) fn holds(number: i64) -> bool {
    number.unsigned_abs() <= MOST
}

#[derive(Serialize)]
#[serde(transparent)]
struct Object(BTreeMap<String, Value>);

#[derive(Serialize)]
#[serde(untagged)]
enum Value {
    Null,
    Truth(bool),
    Number(i64),
    Text(String),
    List(Vec<Self>),
    Object(Object),
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(Members)
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Any)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Object;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a json object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
        let mut members = BTreeMap::new();
        while let Some(key) = map.next_key::<String>()? {
            if !key.is_ascii() {
                return Err(A::Error::custom("a key is not ascii"));
            }
            match members.entry(key) {
                Entry::Occupied(_) => return Err(A::Error::custom("a key is there twice")),
                Entry::Vacant(place) => place.insert(map.next_value()?),
            };
        }
        Ok(Object(members))
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("json without fractions")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<Value, E> {
        Ok(Value::Truth(truth))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        if holds(number) {
            Ok(Value::Number(number))
        } else {
            Err(E::custom("a number is too large"))
        }
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        self.visit_i64(i64::try_from(number).unwrap_or(i64::MAX))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Value::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Value, A::Error> {
        Members.visit_map(map).map(Value::Object)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_value_has_one_spelling() {
        for (text, canonical) in [
            ("{}", "{}"),
            (
                " { \"b\" : [ 1 , -2 ] ,\n\"a\":null } ",
                r#"{"a":null,"b":[1,-2]}"#,
            ),
            (
                r#"{"aa":true,"a":false,"B":{"z":"","y":0}}"#,
                r#"{"B":{"y":0,"z":""},"a":false,"aa":true}"#,
            ),
            (
                r#"{"a":"\u0041\/\u00e9\u000A\u001F\u007f\ud83d\ude00"}"#,
                "{\"a\":\"A/é\\n\\u001f\u{7f}😀\"}",
            ),
            (
                r#"{"n":9007199254740992,"m":-9007199254740992}"#,
                r#"{"m":-9007199254740992,"n":9007199254740992}"#,
            ),
        ] {
            assert_eq!(object(text).unwrap(), canonical);
            assert_eq!(object(canonical).unwrap(), canonical);
            assert!(is_object(canonical));
            assert_eq!(is_object(text), text == canonical);
        }
    }

    #[test]
    fn what_has_no_sure_spelling_is_refused() {
        for text in [
            "",
            "{",
            "null",
            "[]",
            "\"a\"",
            "1",
            "{}{}",
            r#"{"a":1.0}"#,
            r#"{"a":-0}"#,
            r#"{"a":1e2}"#,
            r#"{"a":01}"#,
            r#"{"a":9007199254740993}"#,
            r#"{"a":-9007199254740993}"#,
            r#"{"a":99999999999999999999999}"#,
            r#"{"a":1,"a":1}"#,
            r#"{"a":1,"\u0061":1}"#,
            r#"{"a":{"b":1,"b":1}}"#,
            r#"{"é":1}"#,
            r#"{"a":[{"\u00e9":1}]}"#,
            r#"{"a":"\ud800"}"#,
            "{\"a\":\"\u{1}\"}",
        ] {
            assert!(object(text).is_err(), "{text}");
            assert!(!is_object(text), "{text}");
        }
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(object(&deep).is_err());
    }

    proptest! {
        #[test]
        fn a_canonical_text_stays_as_it_is(
            members in proptest::collection::btree_map("[ -~]{0,6}", (any::<String>(), -(1_i64 << 53)..=1 << 53), 0..6)
        ) {
            let value: serde_json::Map<String, serde_json::Value> = members
                .into_iter()
                .map(|(key, value)| (key, serde_json::json!([value.0, value.1])))
                .collect();
            let text = serde_json::to_string_pretty(&value).unwrap();
            let canonical = object(&text).unwrap();
            prop_assert!(is_object(&canonical));
            let read: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&canonical).unwrap();
            prop_assert_eq!(read, value);
        }
    }
}
