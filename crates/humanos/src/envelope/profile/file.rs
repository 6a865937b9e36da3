//! The file of profiles, read strictly: whatever is not understood is an error that names its field.

use std::fmt;

use super::{MAX_PROFILES, Part, Place, Profile};
use crate::envelope::cipher::{Hash, IV_LENGTHS, KeyBits};
use crate::envelope::encoding::Encoding;
use crate::envelope::exchange::{KeyForm, Written};
use crate::envelope::tree::{self, Members, Node};

const FORMAT: &str = "countersign-envelope-profiles";
/// Longest file, in bytes.
const MAX_FILE: usize = 256 * 1024;
/// Most entries of a list inside a profile.
const MAX_LIST: usize = 16;
/// Longest text, in bytes.
const MAX_TEXT: usize = 1024;

/// What is wrong with a file of profiles, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProfileError {
    /// Longer than 256 KiB.
    #[error("the file is longer than 256 KiB")]
    TooLong,
    /// No JSON, or a key stands twice in one object.
    #[error("the file is not JSON as it should be: {0}")]
    Json(String),
    /// A field is wrong.
    #[error("{path}: {wrong}")]
    Field {
        /// Like `profiles[2].hkdf.hash`.
        path: String,
        /// What is wrong, in words.
        wrong: String,
    },
}

type Read<T> = Result<T, ProfileError>;

pub(super) fn read(text: &str) -> Read<Vec<Profile>> {
    if text.len() > MAX_FILE {
        return Err(ProfileError::TooLong);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let node = tree::read(text).map_err(|error| ProfileError::Json(error.to_string()))?;
    let top = At::top(&node).object(&["format", "version", "profiles"])?;
    top.field("format")?.one_of(&[(FORMAT, ())])?;
    top.field("version")?.number(&[1])?;
    let list = top.field("profiles")?;
    let mut profiles: Vec<Profile> = Vec::new();
    for item in list.list(1, MAX_PROFILES)? {
        let read = profile(&item)?;
        if profiles.iter().any(|profile| profile.name == read.name) {
            return Err(item
                .child("name")
                .wrong("another profile has this name already"));
        }
        profiles.push(read);
    }
    Ok(profiles)
}

fn profile(at: &At<'_, '_>) -> Read<Profile> {
    let fields = at.object(&[
        "name",
        "note",
        "confirmed",
        "within",
        "encodings",
        "ephemeralKey",
        "iv",
        "data",
        "tag",
        "hkdf",
        "cipher",
    ])?;
    let key = fields.field("ephemeralKey")?.object(&["field", "forms"])?;
    let iv = fields.field("iv")?.object(&["field", "length"])?;
    let data = fields.field("data")?.object(&["field"])?;
    let tag = fields.field("tag")?.object(&["field"])?;
    let hkdf = fields.field("hkdf")?.object(&["hash", "salt", "info"])?;
    let cipher = fields
        .field("cipher")?
        .object(&["name", "keyBits", "aad"])?;
    cipher.field("name")?.one_of(&[("AES-GCM", ())])?;
    Ok(Profile {
        name: fields.field("name")?.filled()?,
        note: fields.field("note")?.text()?.to_owned(),
        confirmed: fields.field("confirmed")?.truth()?,
        within: fields
            .field("within")?
            .each(1, |path| path.text().map(str::to_owned))?,
        encodings: fields.field("encodings")?.each(1, |item| {
            item.one_of(&[
                ("base64", Encoding::Base64),
                ("base64url", Encoding::Base64Url),
                ("hex", Encoding::Hex),
            ])
        })?,
        ephemeral_key: key.field("field")?.names()?,
        key_forms: key.field("forms")?.each(1, |item| {
            item.one_of(&[
                ("spki", KeyForm::Spki),
                ("point", KeyForm::Point),
                ("jwk", KeyForm::Jwk),
            ])
        })?,
        iv: iv.field("field")?.place("prepended")?,
        iv_length: iv.field("length")?.number(&IV_LENGTHS)?,
        data: data.field("field")?.names()?,
        tag: tag.field("field")?.place("appended")?,
        hash: hkdf.field("hash")?.one_of(&[
            ("SHA-256", Hash::Sha256),
            ("SHA-384", Hash::Sha384),
            ("SHA-512", Hash::Sha512),
        ])?,
        salt: hkdf.field("salt")?.each(0, part)?,
        info: hkdf.field("info")?.each(0, part)?,
        aad: cipher.field("aad")?.each(0, part)?,
        key_bits: match cipher.field("keyBits")?.number(&[128, 256])? {
            128 => KeyBits::Bits128,
            _ => KeyBits::Bits256,
        },
    })
}

/// An object with one member, which says what kind of part it is.
fn part(at: &At<'_, '_>) -> Read<Part> {
    let kinds = [
        "text",
        "hex",
        "zeros",
        "field",
        "fieldText",
        "ephemeralKey",
        "ownKey",
    ];
    let fields = at.object(&kinds)?;
    let [(kind, _)] = fields.members.as_slice() else {
        return Err(at.wrong(&format!("must have exactly one of {}", kinds.join(", "))));
    };
    let given = fields.field(kind)?;
    let forms = [("spki", Written::Spki), ("point", Written::Point)];
    Ok(match kind.as_ref() {
        "text" => Part::Fixed(given.text()?.as_bytes().to_vec()),
        "hex" => {
            let bytes = Encoding::Hex.read(given.text()?);
            Part::Fixed(bytes.ok_or_else(|| given.wrong("must be hexadecimal digits in pairs"))?)
        }
        "zeros" => Part::Fixed(vec![0; given.number(&ZEROS)?]),
        "field" => Part::Field(given.names()?),
        "fieldText" => Part::FieldText(given.names()?),
        "ephemeralKey" => Part::EphemeralKey(given.one_of(&forms)?),
        _ => Part::OwnKey(given.one_of(&forms)?),
    })
}

/// Lengths of zeros that anybody would use: those of an IV or a hash.
const ZEROS: [usize; 6] = [12, 16, 20, 32, 48, 64];

/// A value and where it stands.
struct At<'n, 'a> {
    node: &'n Node<'a>,
    path: String,
}

/// An object whose keys are all known.
struct Fields<'n, 'a> {
    members: &'n Members<'a>,
    path: String,
}

impl<'n, 'a> Fields<'n, 'a> {
    fn field(&self, name: &str) -> Read<At<'n, 'a>> {
        let path = joined(&self.path, name);
        match tree::member(self.members, name) {
            Some(node) => Ok(At { node, path }),
            None => Err(ProfileError::Field {
                path,
                wrong: "is missing".to_owned(),
            }),
        }
    }
}

impl<'n, 'a> At<'n, 'a> {
    fn top(node: &'n Node<'a>) -> Self {
        let path = String::new();
        Self { node, path }
    }

    /// The same value, for an error about a field in it.
    fn child(&self, name: &str) -> Self {
        Self {
            node: self.node,
            path: joined(&self.path, name),
        }
    }

    fn wrong(&self, wrong: &str) -> ProfileError {
        let path = if self.path.is_empty() {
            "the file".to_owned()
        } else {
            self.path.clone()
        };
        ProfileError::Field {
            path,
            wrong: wrong.to_owned(),
        }
    }

    fn object(&self, known: &[&str]) -> Read<Fields<'n, 'a>> {
        let members = self.node.object();
        let members = members.ok_or_else(|| self.wrong("must be an object"))?;
        for (key, _) in members {
            if !known.contains(&key.as_ref()) {
                let shown: String = key.chars().take(40).collect();
                let words = format!("is not known here; there are: {}", known.join(", "));
                return Err(self.child(&shown).wrong(&words));
            }
        }
        Ok(Fields {
            members,
            path: self.path.clone(),
        })
    }

    fn list(&self, least: usize, most: usize) -> Read<Vec<Self>> {
        let Node::List(items) = self.node else {
            return Err(self.wrong("must be a list"));
        };
        if !(least..=most).contains(&items.len()) {
            return Err(self.wrong(&format!("must have {least} to {most} entries")));
        }
        let each = items.iter().enumerate();
        Ok(each
            .map(|(at, node)| Self {
                node,
                path: format!("{}[{at}]", self.path),
            })
            .collect())
    }

    fn each<T>(&self, least: usize, read: impl Fn(&Self) -> Read<T>) -> Read<Vec<T>> {
        self.list(least, MAX_LIST)?.iter().map(read).collect()
    }

    fn names(&self) -> Read<Vec<String>> {
        self.each(1, At::filled)
    }

    fn place(&self, with_data: &str) -> Read<Place> {
        match self.node {
            Node::List(_) => self.names().map(Place::Field),
            node if node.text() == Some(with_data) => Ok(Place::WithData),
            _ => Err(self.wrong(&format!("must be a list of names or “{with_data}”"))),
        }
    }

    fn text(&self) -> Read<&'n str> {
        let text = self.node.text().ok_or_else(|| self.wrong("must be text"))?;
        if text.len() > MAX_TEXT {
            return Err(self.wrong(&format!("is longer than {MAX_TEXT} bytes")));
        }
        Ok(text)
    }

    fn filled(&self) -> Read<String> {
        match self.text()? {
            "" => Err(self.wrong("must not be empty")),
            text => Ok(text.to_owned()),
        }
    }

    fn truth(&self) -> Read<bool> {
        match self.node {
            Node::Bool(truth) => Ok(*truth),
            _ => Err(self.wrong("must be true or false")),
        }
    }

    fn number(&self, known: &[usize]) -> Read<usize> {
        let number = match self.node {
            Node::Number(number) => number.as_u64().and_then(|it| usize::try_from(it).ok()),
            _ => None,
        };
        match number {
            Some(number) if known.contains(&number) => Ok(number),
            _ => Err(self.wrong(&format!("must be {}", Choice(known)))),
        }
    }

    fn one_of<T: Copy>(&self, known: &[(&str, T)]) -> Read<T> {
        let text = self.node.text().unwrap_or_default();
        match known.iter().find(|(name, _)| *name == text) {
            Some((_, value)) => Ok(*value),
            None => {
                let names: Vec<_> = known.iter().map(|(name, _)| format!("“{name}”")).collect();
                Err(self.wrong(&format!("must be {}", Choice(&names))))
            }
        }
    }
}

/// “a”, “b or c”.
struct Choice<'a, T>(&'a [T]);

impl<T: fmt::Display> fmt::Display for Choice<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, item) in self.0.iter().enumerate() {
            let last = at + 1 == self.0.len();
            f.write_str(match at {
                0 => "",
                _ if last => " or ",
                _ => ", ",
            })?;
            item.fmt(f)?;
        }
        Ok(())
    }
}

fn joined(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn sound() -> Value {
        json!({
            "format": FORMAT,
            "version": 1,
            "profiles": [{
                "name": "a",
                "note": "",
                "confirmed": true,
                "within": ["", "data.payload"],
                "encodings": ["base64", "hex"],
                "ephemeralKey": { "field": ["epk"], "forms": ["spki", "jwk"] },
                "iv": { "field": "prepended", "length": 16 },
                "data": { "field": ["data", "ciphertext"] },
                "tag": { "field": "appended" },
                "hkdf": {
                    "hash": "SHA-384",
                    "salt": [{ "zeros": 32 }, { "hex": "ff00" }],
                    "info": [{ "text": "humanos" }, { "field": ["id"] }, { "ownKey": "spki" }],
                },
                "cipher": { "name": "AES-GCM", "keyBits": 128, "aad": [] },
            }],
        })
    }

    #[test]
    fn all_of_a_sound_file_is_taken() {
        let read = read(&sound().to_string()).unwrap();
        let [profile] = read.as_slice() else {
            panic!("one profile")
        };
        assert_eq!(profile.within, ["", "data.payload"]);
        assert_eq!(profile.iv, Place::WithData);
        assert_eq!(profile.tag, Place::WithData);
        assert_eq!(profile.hash, Hash::Sha384);
        assert_eq!(profile.key_bits, KeyBits::Bits128);
        assert_eq!(profile.salt[1], Part::Fixed(vec![0xff, 0]));
        assert_eq!(profile.info[2], Part::OwnKey(Written::Spki));
        assert!(profile.confirmed);
    }

    /// Sets what is at a JSON pointer; `Null` takes it out.
    fn changed(pointer: &str, to: Value) -> String {
        let mut file = sound();
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let parent = file.pointer_mut(parent).unwrap();
        match parent {
            Value::Object(members) if to.is_null() => {
                members.remove(key);
            }
            Value::Object(members) => {
                members.insert(key.to_owned(), to);
            }
            Value::Array(items) => items[key.parse::<usize>().unwrap()] = to,
            _ => panic!("no parent"),
        }
        file.to_string()
    }

    #[test]
    fn each_error_names_its_field() {
        for (pointer, to, said) in [
            (
                "/format",
                json!("x"),
                "format: must be “countersign-envelope-profiles”",
            ),
            ("/version", json!(2), "version: must be 1"),
            (
                "/more",
                json!(1),
                "more: is not known here; there are: format, version, profiles",
            ),
            (
                "/profiles",
                json!([]),
                "profiles: must have 1 to 32 entries",
            ),
            ("/profiles/0", json!("a"), "profiles[0]: must be an object"),
            (
                "/profiles/0/name",
                Value::Null,
                "profiles[0].name: is missing",
            ),
            (
                "/profiles/0/name",
                json!(""),
                "profiles[0].name: must not be empty",
            ),
            (
                "/profiles/0/confirmed",
                json!("no"),
                "profiles[0].confirmed: must be true or false",
            ),
            (
                "/profiles/0/within",
                json!([["data"]]),
                "profiles[0].within[0]: must be text",
            ),
            (
                "/profiles/0/encodings/1",
                json!("base32"),
                "profiles[0].encodings[1]: must be “base64”, “base64url” or “hex”",
            ),
            (
                "/profiles/0/ephemeralKey/forms",
                json!("spki"),
                "profiles[0].ephemeralKey.forms: must be a list",
            ),
            (
                "/profiles/0/ephemeralKey/field",
                json!(["a".repeat(2000)]),
                "profiles[0].ephemeralKey.field[0]: is longer than 1024 bytes",
            ),
            (
                "/profiles/0/iv/length",
                json!(13),
                "profiles[0].iv.length: must be 8, 12, 16, 24 or 32",
            ),
            (
                "/profiles/0/iv/length",
                json!(12.5),
                "profiles[0].iv.length: must be 8, 12, 16, 24 or 32",
            ),
            (
                "/profiles/0/tag/field",
                json!("prepended"),
                "profiles[0].tag.field: must be a list of names or “appended”",
            ),
            (
                "/profiles/0/hkdf/hash",
                json!("sha256"),
                "profiles[0].hkdf.hash: must be “SHA-256”, “SHA-384” or “SHA-512”",
            ),
            (
                "/profiles/0/hkdf/salt/0",
                json!({}),
                "profiles[0].hkdf.salt[0]: must have exactly one of text, hex, zeros, field, fieldText, ephemeralKey, ownKey",
            ),
            (
                "/profiles/0/hkdf/salt/0",
                json!({ "zeros": 4_000_000_000_u32 }),
                "profiles[0].hkdf.salt[0].zeros: must be 12, 16, 20, 32, 48 or 64",
            ),
            (
                "/profiles/0/hkdf/salt/1",
                json!({ "hex": "f" }),
                "profiles[0].hkdf.salt[1].hex: must be hexadecimal digits in pairs",
            ),
            (
                "/profiles/0/cipher/keyBits",
                json!(192),
                "profiles[0].cipher.keyBits: must be 128 or 256",
            ),
            (
                "/profiles/0/cipher/aad",
                Value::Null,
                "profiles[0].cipher.aad: is missing",
            ),
            (
                "/profiles/0/__proto__",
                json!({}),
                "profiles[0].__proto__: is not known here; there are: name, note, confirmed, within, encodings, ephemeralKey, iv, data, tag, hkdf, cipher",
            ),
        ] {
            let error = read(&changed(pointer, to)).unwrap_err();
            assert_eq!(error.to_string(), said);
        }
    }

    #[test]
    fn what_is_no_file_of_profiles_is_refused() {
        let twice = r#"{"format":"a","format":"b"}"#;
        assert!(matches!(read(twice), Err(ProfileError::Json(_))));
        assert!(matches!(read("{"), Err(ProfileError::Json(_))));
        assert_eq!(read(&" ".repeat(MAX_FILE + 1)), Err(ProfileError::TooLong));
        assert_eq!(
            read("[]").unwrap_err().to_string(),
            "the file: must be an object"
        );
        let mut file = sound();
        let one = file["profiles"][0].clone();
        file["profiles"] = json!([one, one]);
        assert_eq!(
            read(&file.to_string()).unwrap_err().to_string(),
            "profiles[1].name: another profile has this name already"
        );
    }
}
