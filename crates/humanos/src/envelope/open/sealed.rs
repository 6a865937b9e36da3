//! Finds the fields of an envelope in a message, in every way that a profile leaves open.

use p256::PublicKey;

use super::{Budget, Field, Opened, Reached};
use crate::envelope::cipher::TAG;
use crate::envelope::encoding::readings;
use crate::envelope::exchange::{self, KeyForm, PrivateKey, Written};
use crate::envelope::profile::{Part, Place, Profile};
use crate::envelope::tree::{self, Members, Node};

/// Most ways to read one message under one profile; more than two encodings of one text hardly occur.
const MAX_READINGS: usize = 12;
/// Longest text of a field that is not the data, in bytes.
const MAX_FIELD: usize = 4096;

/// One way to read a message.
#[derive(Clone, Copy)]
pub(super) struct Reading<'r> {
    pub(super) sender: PublicKey,
    pub(super) iv: &'r [u8],
    pub(super) data: &'r [u8],
    pub(super) tag: &'r [u8; TAG],
    pub(super) salt: &'r Composed,
    pub(super) info: &'r Composed,
    pub(super) aad: &'r Composed,
}

/// A salt, info or AAD; keys are written when it is known whose.
#[derive(Clone, Default)]
pub(super) struct Composed(Vec<Piece>);

#[derive(Clone)]
enum Piece {
    Bytes(Vec<u8>),
    EphemeralKey(Written),
    OwnKey(Written),
}

impl Composed {
    pub(super) fn bytes(&self, sender: &PublicKey, ours: &PrivateKey) -> Vec<u8> {
        let mut all = Vec::new();
        for piece in &self.0 {
            match piece {
                Piece::Bytes(bytes) => all.extend_from_slice(bytes),
                Piece::EphemeralKey(how) => all.extend(exchange::written(sender, *how)),
                Piece::OwnKey(how) => all.extend(exchange::written(ours.public(), *how)),
            }
        }
        all
    }
}

/// Calls `attempt` with each way to read the object at `path`, until one opens. A text that holds JSON,
/// as it is or encoded, is taken for the object inside.
pub(super) fn within(
    profile: &Profile,
    root: &Node<'_>,
    path: &str,
    budget: &Budget,
    mut attempt: impl FnMut(&Reading<'_>) -> Result<Opened, Reached>,
) -> Result<Opened, Reached> {
    let begins_json = |text: &str| text.trim_start().starts_with('{');
    let mut in_text = |text: &str| {
        budget.spend(text.len())?;
        match tree::read(text) {
            Ok(Node::Object(members)) => in_object(profile, &members, budget, &mut attempt),
            _ => Err(Reached::NoObject),
        }
    };
    match root.at(path).ok_or(Reached::NoObject)? {
        Node::Object(members) => in_object(profile, members, budget, &mut attempt),
        Node::Text(text) if begins_json(text) => in_text(text),
        Node::Text(text) => {
            budget.spend(text.len() * profile.encodings.len())?;
            let decoded = readings(&profile.encodings, text);
            let mut texts = decoded.iter().filter_map(|it| str::from_utf8(it).ok());
            let inside = texts.find(|text| begins_json(text));
            in_text(inside.ok_or(Reached::NoObject)?)
        }
        _ => Err(Reached::NoObject),
    }
}

fn in_object(
    profile: &Profile,
    members: &Members<'_>,
    budget: &Budget,
    attempt: &mut impl FnMut(&Reading<'_>) -> Result<Opened, Reached>,
) -> Result<Opened, Reached> {
    let fields = Fields {
        profile,
        members,
        budget,
    };
    let sender = fields.sender()?;
    let iv = match &profile.iv {
        Place::Field(names) => Some(fields.exact(Field::Iv, names, profile.iv_length)?),
        Place::WithData => None,
    };
    let data = fields.all(Field::Data, &profile.data)?;
    let tag = match &profile.tag {
        Place::Field(names) => Some(fields.exact(Field::Tag, names, TAG)?),
        Place::WithData => None,
    };
    let sealed: Vec<_> = data
        .into_iter()
        .filter_map(|data| Cut::of(data, profile.iv_length, iv.as_deref(), tag.as_deref()))
        .collect();
    if sealed.is_empty() {
        return Err(Reached::TooShort);
    }
    let salts = fields.composed(Field::Salt, &profile.salt)?;
    let infos = &fields.composed(Field::Info, &profile.info)?;
    let aads = &fields.composed(Field::Aad, &profile.aad)?;
    let composed = salts.iter().flat_map(|salt| {
        let pairs = infos
            .iter()
            .flat_map(|info| aads.iter().map(move |aad| (info, aad)));
        pairs.map(move |(info, aad)| (salt, info, aad))
    });
    let ways = sealed
        .iter()
        .flat_map(|cut| composed.clone().map(move |rest| (cut, rest)));
    let mut reached = Reached::Ended;
    for (cut, (salt, info, aad)) in ways.take(MAX_READINGS) {
        let reading = Reading {
            sender,
            iv: &cut.iv,
            data: &cut.data,
            tag: &cut.tag,
            salt,
            info,
            aad,
        };
        match attempt(&reading) {
            Err(Reached::Ended) => return Err(Reached::Ended),
            Err(other) => reached = other,
            opened => return opened,
        }
    }
    Err(reached)
}

/// What holds the data, taken apart.
struct Cut {
    iv: Vec<u8>,
    data: Vec<u8>,
    tag: [u8; TAG],
}

impl Cut {
    /// `None` if it is too short for what must be in it.
    fn of(
        mut data: Vec<u8>,
        iv_length: usize,
        iv: Option<&[u8]>,
        tag: Option<&[u8]>,
    ) -> Option<Self> {
        let tag = match tag {
            Some(tag) => tag.try_into().ok()?,
            None => {
                let tag = *data.last_chunk::<TAG>()?;
                data.truncate(data.len() - TAG);
                tag
            }
        };
        let iv = match iv {
            Some(iv) => iv.to_vec(),
            None => {
                let rest = data.get(iv_length..)?.to_vec();
                data.truncate(iv_length);
                std::mem::replace(&mut data, rest)
            }
        };
        Some(Self { iv, data, tag })
    }
}

struct Fields<'f, 'a> {
    profile: &'f Profile,
    members: &'f Members<'a>,
    budget: &'f Budget,
}

impl<'f, 'a> Fields<'f, 'a> {
    /// What `read` makes of the first of these names under which it makes something.
    fn first<T>(
        &self,
        field: Field,
        names: &'f [String],
        read: impl Fn(&'f Node<'a>) -> Result<Option<T>, Reached>,
    ) -> Result<T, Reached> {
        let mut there = None;
        for name in names {
            let Some(node) = tree::at(self.members, name) else {
                continue;
            };
            if let Some(value) = read(node)? {
                return Ok(value);
            }
            // An object where a text should be is something else of the same name.
            if node.text().is_some() || field == Field::EphemeralKey {
                there = there.or(Some(name));
            }
        }
        Err(match there {
            Some(name) => Reached::Unreadable {
                field,
                name: name.clone(),
            },
            None => Reached::Missing {
                field,
                names: names.to_vec(),
            },
        })
    }

    fn sender(&self) -> Result<PublicKey, Reached> {
        self.first(Field::EphemeralKey, &self.profile.ephemeral_key, |node| {
            let jwk = self.profile.key_forms.contains(&KeyForm::Jwk);
            Ok(match node {
                Node::Object(members) if jwk => exchange::from_jwk(members),
                Node::Text(text) if text.len() > MAX_FIELD => None,
                Node::Text(text) if jwk && text.trim_start().starts_with('{') => tree::read(text)
                    .ok()
                    .and_then(|jwk| exchange::from_jwk(jwk.object()?)),
                Node::Text(text) => {
                    let read = readings(&self.profile.encodings, text);
                    read.iter().find_map(|bytes| {
                        let mut forms = self.profile.key_forms.iter();
                        forms.find_map(|form| exchange::from_bytes(*form, bytes))
                    })
                }
                _ => None,
            })
        })
    }

    /// All that the text of a field can say; there is something.
    fn all(&self, field: Field, names: &'f [String]) -> Result<Vec<Vec<u8>>, Reached> {
        self.first(field, names, |node| {
            let text = node.text().unwrap_or_default();
            if field != Field::Data && text.len() > MAX_FIELD {
                return Ok(None);
            }
            self.budget
                .spend(text.len() * self.profile.encodings.len())?;
            let read = readings(&self.profile.encodings, text);
            Ok((node.text().is_some() && !read.is_empty()).then_some(read))
        })
    }

    /// What a text says if it is of this length; no two encodings give the same length.
    fn exact(&self, field: Field, names: &'f [String], length: usize) -> Result<Vec<u8>, Reached> {
        self.first(field, names, |node| {
            let text = node.text().unwrap_or_default();
            let text = if text.len() > MAX_FIELD { "" } else { text };
            let read = readings(&self.profile.encodings, text);
            Ok(read.into_iter().find(|bytes| bytes.len() == length))
        })
    }

    /// All that a salt, info or AAD can be.
    fn composed(&self, field: Field, parts: &'f [Part]) -> Result<Vec<Composed>, Reached> {
        let mut all = vec![Composed::default()];
        for part in parts {
            let pieces = match part {
                Part::Fixed(bytes) => vec![Piece::Bytes(bytes.clone())],
                Part::EphemeralKey(how) => vec![Piece::EphemeralKey(*how)],
                Part::OwnKey(how) => vec![Piece::OwnKey(*how)],
                Part::Field(names) => {
                    let read = self.all(field, names)?;
                    read.into_iter().map(Piece::Bytes).collect()
                }
                Part::FieldText(names) => {
                    let text = self.first(field, names, |node| {
                        let text = node.text().filter(|text| text.len() <= MAX_FIELD);
                        Ok(text.map(|text| text.as_bytes().to_vec()))
                    })?;
                    vec![Piece::Bytes(text)]
                }
            };
            all = all
                .into_iter()
                .flat_map(|composed| {
                    pieces.iter().map(move |piece| {
                        let mut longer = composed.clone();
                        longer.0.push(piece.clone());
                        longer
                    })
                })
                .take(MAX_READINGS)
                .collect();
        }
        Ok(all)
    }
}
