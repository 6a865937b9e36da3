//! The detail of an event: a JSON object in its one canonical spelling.
//!
//! Written here a second time, apart from the ledger's: what checks a receipt should not lean on
//! what made it.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// Whole numbers beyond this are not the same to every reader of JSON.
const MOST: u64 = 1 << 53;

/// A JSON object with keys in ASCII and whole numbers within ±2^53; written, it is canonical.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct Detail(BTreeMap<String, Json>);

/// A value in a [`Detail`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(crate) enum Json {
    Null,
    Truth(bool),
    Number(i64),
    Text(String),
    List(Vec<Self>),
    Object(Detail),
}

impl Detail {
    /// Reads the text of a JSON object, in whatever spelling.
    ///
    /// # Errors
    /// When it is no object, or has a fraction, a number too large, a key twice or not in ASCII.
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// The canonical text.
    #[must_use]
    pub fn text(&self) -> String {
        #[expect(clippy::expect_used, reason = "such an object is always JSON")]
        serde_json::to_string(self).expect("a detail is JSON")
    }

    /// The detail with every string and number put through `change`, told the key it stands under.
    pub(crate) fn map(&self, change: &impl Fn(&str, &Json) -> Option<Json>) -> Self {
        let changed = |(key, value): (&String, &Json)| (key.clone(), value.map(key, change));
        Self(self.0.iter().map(changed).collect())
    }
}

impl Json {
    fn map(&self, key: &str, change: &impl Fn(&str, &Self) -> Option<Self>) -> Self {
        match self {
            Self::List(values) => Self::List(values.iter().map(|v| v.map(key, change)).collect()),
            Self::Object(object) => Self::Object(object.map(change)),
            value => change(key, value).unwrap_or_else(|| value.clone()),
        }
    }
}

impl<'de> Deserialize<'de> for Detail {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(Members)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Any)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Detail;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a json object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Detail, A::Error> {
        let mut members = BTreeMap::new();
        while let Some(key) = map.next_key::<String>()? {
            if !key.is_ascii() {
                return Err(A::Error::custom("a key is not ascii"));
            }
            if members.insert(key, map.next_value()?).is_some() {
                return Err(A::Error::custom("a key is there twice"));
            }
        }
        Ok(Detail(members))
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("json without fractions")
    }

    fn visit_unit<E: Error>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<Json, E> {
        Ok(Json::Truth(truth))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Json, E> {
        if number.unsigned_abs() > MOST {
            return Err(E::custom("a number is too large"));
        }
        Ok(Json::Number(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Json, E> {
        self.visit_i64(i64::try_from(number).unwrap_or(i64::MAX))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Json::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Json, A::Error> {
        Members.visit_map(map).map(Json::Object)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_has_one_spelling() {
        let text = r#" {"b":[1,-2,{"d":null,"c":true}], "a":"\u0041é\u001F"} "#;
        let canonical = r#"{"a":"Aé\u001f","b":[1,-2,{"c":true,"d":null}]}"#;
        assert_eq!(Detail::parse(text).unwrap().text(), canonical);
        for wrong in [
            "[]",
            "{\"a\":1.0}",
            "{\"a\":1e3}",
            "{\"a\":1,\"a\":1}",
            "{\"é\":1}",
            "{\"a\":9007199254740993}",
            "{\"a\":18446744073709551615}",
        ] {
            assert!(Detail::parse(wrong).is_err(), "{wrong}");
        }
    }
}
