//! JSON that a stranger wrote, read with bounds on its length, depth and number of parts.
//!
//! An object with the same key twice is refused, because two readers may take another of the two.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

use super::MAX_PAYLOAD;
use crate::json::write_string;

/// Most values in one text. serde_json itself ends at 128 levels.
const MAX_NODES: u32 = 20_000;

/// A JSON value; texts are borrowed where nothing in them is escaped.
#[derive(Debug, PartialEq)]
pub(super) enum Node<'a> {
    Null,
    Bool(bool),
    Number(Number),
    Text(Cow<'a, str>),
    List(Vec<Self>),
    Object(Members<'a>),
}

/// What an object holds, in its order and without repetition.
pub(super) type Members<'a> = Vec<(Cow<'a, str>, Node<'a>)>;

/// Reads a whole text.
pub(super) fn read(text: &str) -> Result<Node<'_>, serde_json::Error> {
    if text.len() > MAX_PAYLOAD {
        return Err(Error::custom("the text is too long"));
    }
    let left = Cell::new(MAX_NODES);
    let mut reader = serde_json::Deserializer::from_str(text);
    let node = Seed(&left).deserialize(&mut reader)?;
    reader.end()?;
    Ok(node)
}

/// The member of this name.
pub(super) fn member<'n, 'a>(members: &'n Members<'a>, name: &str) -> Option<&'n Node<'a>> {
    members
        .iter()
        .find_map(|(key, node)| (key == name).then_some(node))
}

/// What is at a path of names with dots between them, from these members down.
pub(super) fn at<'n, 'a>(members: &'n Members<'a>, path: &str) -> Option<&'n Node<'a>> {
    let (name, deeper) = path.split_once('.').unwrap_or((path, ""));
    member(members, name)?.at(deeper)
}

impl<'a> Node<'a> {
    /// What is at a path; an empty one leads here.
    pub(super) fn at(&self, path: &str) -> Option<&Self> {
        if path.is_empty() {
            Some(self)
        } else {
            at(self.object()?, path)
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn object(&self) -> Option<&Members<'a>> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    /// Compact JSON.
    pub(super) fn json(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(true) => out.push_str("true"),
            Self::Bool(false) => out.push_str("false"),
            Self::Number(number) => out.push_str(&number.to_string()),
            Self::Text(text) => write_string(out, text),
            Self::List(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { "," });
                    item.write(out);
                }
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (at, (key, value)) in members.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { "," });
                    write_string(out, key);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

/// Reads one value and counts it.
#[derive(Clone, Copy)]
struct Seed<'c>(&'c Cell<u32>);

#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Node<'de>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Node<'de>, D::Error> {
        let left = self.0.get().checked_sub(1);
        self.0
            .set(left.ok_or_else(|| D::Error::custom("the text has too many parts"))?);
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node<'de>, E> {
        Ok(Node::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node<'de>, E> {
        Ok(Node::Number(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node<'de>, E> {
        Ok(Node::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Node<'de>, E> {
        let number = Number::from_f64(value);
        Ok(Node::Number(
            number.ok_or_else(|| E::custom("not a number"))?,
        ))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node<'de>, A::Error> {
        let mut members = Members::new();
        while let Some(Key(key)) = entries.next_key()? {
            members.push((key, entries.next_value_seed(self)?));
        }
        let mut keys: Vec<&str> = members.iter().map(|(key, _)| key.as_ref()).collect();
        keys.sort_unstable();
        if keys.is_sorted_by(|a, b| a < b) {
            Ok(Node::Object(members))
        } else {
            Err(A::Error::custom("an object has the same key twice"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_written_again() {
        let text = r#"{"__proto__":{"a":[1,-2,2.5,true,false,null]},"é":"\n\"","":{}}"#;
        let node = read(text).unwrap();
        assert_eq!(node.json(), text);
        let members = node.object().unwrap();
        assert_eq!(member(members, "é").unwrap().text(), Some("\n\""));
        assert_eq!(member(members, "a"), None);
        assert!(matches!(at(members, "__proto__.a"), Some(Node::List(_))));
        assert_eq!(at(members, "__proto__.a.0"), None);
        assert_eq!(node.at(""), Some(&node));
        assert!(matches!(
            read(r#""plain""#).unwrap(),
            Node::Text(Cow::Borrowed("plain"))
        ));
    }

    #[test]
    fn hostile_texts_are_refused() {
        let deep = "[".repeat(1_000_000);
        let many = format!("[{}0]", "0,".repeat(1_000_000));
        let long = format!("\"{}\"", "a".repeat(MAX_PAYLOAD));
        for bad in [
            "",
            "{",
            "{}{}",
            r#"{"a":1,"a":1}"#,
            r#"[{"a":1,"b":1,"\u0061":2}]"#,
            r#""\ud800""#,
            "1e999",
            "NaN",
            "\u{feff}{}",
            &deep,
            &many,
            &long,
        ] {
            assert!(read(bad).is_err(), "{:.40}", bad);
        }
    }
}
