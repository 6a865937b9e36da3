//! One step into JSON at a time: the elements of an array, the members of an object, the values
//! one after the other; each as the slice of text that it is.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, de};
use serde_json::value::RawValue;

/// Goes through the elements of an array for as long as `take` says so.
///
/// # Errors
/// When this is no array, or was left early.
pub(super) fn elements<'a>(
    text: &'a str,
    take: &mut dyn FnMut(&'a str) -> bool,
) -> Result<(), serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_str(text);
    Elements(take).deserialize(&mut reader)?;
    reader.end()
}

/// Goes through values that follow each other, as in JSON Lines, for as long as `take` says so.
///
/// # Errors
/// When something between them is no value.
pub(super) fn values<'a>(
    text: &'a str,
    take: &mut dyn FnMut(&'a str) -> bool,
) -> Result<(), serde_json::Error> {
    // Its iterator looks for the end without making an error, which would count lines each time.
    for value in serde_json::Deserializer::from_str(text).into_iter::<&RawValue>() {
        if !take(value?.get()) {
            break;
        }
    }
    Ok(())
}

/// Goes through the members of an object.
///
/// # Errors
/// When this is no object.
pub(super) fn members<'a>(
    text: &'a str,
    take: &mut dyn FnMut(Cow<'a, str>, &'a str),
) -> Result<(), serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_str(text);
    Members(take).deserialize(&mut reader)?;
    reader.end()
}

/// A text of JSON without its marks. Half of a surrogate pair, which no text can hold, becomes
/// U+FFFD, which the judge refuses.
///
/// # Errors
/// When this is no text.
pub(super) fn unquoted(text: &str) -> Result<Cow<'_, str>, serde_json::Error> {
    let inside = text.strip_prefix('"').and_then(|t| t.strip_suffix('"'));
    match inside.filter(|inside| !inside.contains('\\')) {
        Some(plain) => Ok(Cow::Borrowed(plain)),
        None => serde_json::from_str::<Text<'_>>(text).map(|text| text.0),
    }
}

struct Elements<'t, 'a>(&'t mut dyn FnMut(&'a str) -> bool);

impl<'a> DeserializeSeed<'a> for Elements<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_seq(self)
    }
}

impl<'a> Visitor<'a> for Elements<'_, 'a> {
    type Value = ();

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut array: A) -> Result<(), A::Error> {
        while let Some(value) = array.next_element::<&RawValue>()? {
            if !(self.0)(value.get()) {
                return Err(A::Error::custom("left early"));
            }
        }
        Ok(())
    }
}

struct Members<'t, 'a>(&'t mut dyn FnMut(Cow<'a, str>, &'a str));

impl<'a> DeserializeSeed<'a> for Members<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'a> Visitor<'a> for Members<'_, 'a> {
    type Value = ();

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut object: A) -> Result<(), A::Error> {
        while let Some(Text(name)) = object.next_key()? {
            let value: &RawValue = object.next_value()?;
            (self.0)(name, value.get());
        }
        Ok(())
    }
}

/// Read as bytes, because a text with half of a surrogate pair would end the whole.
struct Text<'a>(Cow<'a, str>);

impl<'a> Deserialize<'a> for Text<'a> {
    fn deserialize<D: Deserializer<'a>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_bytes(Bytes)
    }
}

struct Bytes;

impl<'a> Visitor<'a> for Bytes {
    type Value = Text<'a>;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("a text")
    }

    fn visit_borrowed_bytes<E: de::Error>(self, bytes: &'a [u8]) -> Result<Text<'a>, E> {
        Ok(Text(String::from_utf8_lossy(bytes)))
    }

    fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Text<'a>, E> {
        Ok(Text(Cow::Owned(
            String::from_utf8_lossy(bytes).into_owned(),
        )))
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'a str) -> Result<Text<'a>, E> {
        Ok(Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Text<'a>, E> {
        Ok(Text(Cow::Owned(text.to_owned())))
    }
}
