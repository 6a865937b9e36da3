//! Masking personal data on export, by field, so that it can be revealed later.
//!
//! A masked text leaves a hint and a commitment: SHA-256 of a salt and the text. The salt is made
//! from a seed that stays with the asker, so the same export gives the same bytes, nobody can guess a
//! short text from its commitment, and the asker can open one text without opening the others.
//! What stays: the SHA-256 of the body and the hashes of events, which have no salt. Who guesses the
//! whole body to the byte can still confirm it.

use std::collections::BTreeSet;
use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::DeviceKey;
use crate::bytes;
use crate::detail::{Detail, Json};

/// What stands in an event's detail where something was masked.
pub const MASKED: &str = "[masked]";

/// Shorter texts are part of too many others; they are hidden where they stand by themselves.
const SHORTEST: usize = 4;

/// What can be masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// The body that was sent.
    Body,
    /// Email addresses and phone numbers.
    Contacts,
    /// The subjects' pages.
    Links,
    /// The names of the request and of credentials.
    Names,
    /// The bodies and messages of replies.
    Replies,
}

/// What to mask in a receipt, and the seed that the salts are made from.
#[derive(Clone, Default)]
pub struct Mask {
    fields: BTreeSet<Field>,
    seed: Zeroizing<[u8; 32]>,
}

/// A text, or what is left of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Text {
    /// The text.
    Plain(String),
    /// A masked one.
    Masked {
        /// What is left.
        masked: Masked,
    },
}

/// What is left of a masked text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Masked {
    /// SHA-256 of the salt's 32 bytes followed by the text, lower-case hex.
    pub commitment: String,
    /// Enough for who knows the text to recognise it.
    pub hint: String,
}

impl Mask {
    /// Masks nothing.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Masks these fields, and with them what repeats them: the body and the replies hold contacts
    /// and names, the replies hold links.
    #[must_use]
    pub fn new(fields: impl IntoIterator<Item = Field>, seed: [u8; 32]) -> Self {
        let mut fields: BTreeSet<Field> = fields.into_iter().collect();
        if fields.contains(&Field::Contacts) || fields.contains(&Field::Names) {
            fields.extend([Field::Body, Field::Replies]);
        }
        if fields.contains(&Field::Links) {
            fields.insert(Field::Replies);
        }
        let seed = Zeroizing::new(seed);
        Self { fields, seed }
    }

    /// What it masks, in the order of the names.
    #[must_use]
    pub fn fields(&self) -> Vec<Field> {
        self.fields.iter().copied().collect()
    }

    pub(crate) fn covers(&self, field: Field) -> bool {
        self.fields.contains(&field)
    }

    /// The salt of the text at a place of a request's receipt, for example `request.people[0]`. It
    /// opens that text and no other.
    #[must_use]
    pub fn salt(&self, request_id: &str, place: &str) -> [u8; 32] {
        #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
        let mut mac = Hmac::<Sha256>::new_from_slice(&*self.seed).expect("any length will do");
        mac.update(request_id.as_bytes());
        mac.update(&[0]);
        mac.update(place.as_bytes());
        mac.finalize().into_bytes().into()
    }

    pub(crate) fn text(&self, text: &str, field: Field, id: &str, place: &str) -> Text {
        if !self.covers(field) {
            return Text::Plain(text.to_owned());
        }
        let masked = self.masked(text.as_bytes(), hint(text, field), id, place);
        Text::Masked { masked }
    }

    pub(crate) fn masked(&self, value: &[u8], hint: String, id: &str, place: &str) -> Masked {
        let commitment = commitment(value, &self.salt(id, place));
        Masked { commitment, hint }
    }
}

impl fmt::Debug for Mask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mask")
            .field("fields", &self.fields)
            .finish_non_exhaustive()
    }
}

impl DeviceKey {
    /// The seed for masking that belongs to this key: without the key nobody can make it.
    #[must_use]
    pub fn mask_seed(&self) -> Zeroizing<[u8; 32]> {
        #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
        let mut mac = Hmac::<Sha256>::new_from_slice(self.to_stored().as_bytes())
            .expect("any length will do");
        mac.update(b"countersign mask seed 1");
        Zeroizing::new(mac.finalize().into_bytes().into())
    }
}

impl Text {
    /// The text; none when it is masked.
    #[must_use]
    pub fn plain(&self) -> Option<&str> {
        match self {
            Self::Plain(text) => Some(text),
            Self::Masked { .. } => None,
        }
    }

    /// The text, or the hint that is left of it.
    #[must_use]
    pub fn shown(&self) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::Masked { masked } => &masked.hint,
        }
    }
}

impl Masked {
    /// Whether this is what is left of `value`, given the salt of its place.
    #[must_use]
    pub fn opens(&self, value: &[u8], salt: &[u8; 32]) -> bool {
        commitment(value, salt) == self.commitment
    }
}

fn commitment(value: &[u8], salt: &[u8; 32]) -> String {
    bytes::hex(
        &Sha256::new()
            .chain_update(salt)
            .chain_update(value)
            .finalize(),
    )
}

/// Enough to recognise a text one knows, too little to learn one.
fn hint(text: &str, field: Field) -> String {
    let first = |text: &str| text.chars().next().map(String::from).unwrap_or_default();
    match field {
        Field::Contacts => match text.rsplit_once('@') {
            Some((name, domain)) => {
                let (host, top) = domain.rsplit_once('.').unwrap_or((domain, ""));
                let dot = if top.is_empty() { "" } else { "." };
                format!("{}•••@{}•••{dot}{top}", first(name), first(host))
            }
            None if text.len() > 6 && text.is_ascii() => {
                format!("{}•••{}", first(text), &text[text.len() - 2..])
            }
            None => "•••".to_owned(),
        },
        Field::Names if !text.is_empty() => format!("{}•••", first(text)),
        _ => "•••".to_owned(),
    }
}

/// Masking in what has no fixed places: the details of events.
pub(crate) struct Cover<'m> {
    mask: &'m Mask,
    /// What must not be seen, in lower case, the longest first.
    words: Vec<String>,
}

impl<'m> Cover<'m> {
    pub(crate) fn new<'t>(mask: &'m Mask, texts: impl Iterator<Item = (Field, &'t str)>) -> Self {
        let mut words: Vec<String> = texts
            .filter(|(field, text)| mask.covers(*field) && !text.is_empty())
            .map(|(_, text)| text.to_lowercase())
            .collect();
        words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        words.dedup();
        Self { mask, words }
    }

    /// The detail without what must not be seen. A text that holds some of it goes whole.
    pub(crate) fn put_over(&self, detail: &Detail) -> Detail {
        detail.map(&|key, value| {
            let text = match value {
                Json::Text(text) => text.clone(),
                Json::Number(number) => number.to_string(),
                _ => return None,
            };
            let hidden = !text.is_empty() && (self.tells(&text) || self.named(key, value));
            hidden.then(|| Json::Text(MASKED.to_owned()))
        })
    }

    fn tells(&self, text: &str) -> bool {
        let lower = text.to_lowercase();
        let told = |word: &String| *word == lower || word.len() >= SHORTEST && lower.contains(word);
        self.words.iter().any(told) || self.mask.covers(Field::Contacts) && text.contains('@')
    }

    /// Whether the key says that a masked field stands here, though the record does not know it.
    fn named(&self, key: &str, value: &Json) -> bool {
        let key = key.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| key.contains(word));
        matches!(value, Json::Text(_))
            && (self.mask.covers(Field::Contacts) && has(&["contact", "email", "phone"])
                || self.mask.covers(Field::Names) && has(&["name"])
                || self.mask.covers(Field::Links) && has(&["link"]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_tell_little() {
        for (text, field, shown) in [
            ("ana@example.com", Field::Contacts, "a•••@e•••.com"),
            ("@", Field::Contacts, "•••@•••"),
            ("é@ü", Field::Contacts, "é•••@ü•••"),
            ("+351912345678", Field::Contacts, "+•••78"),
            ("12345", Field::Contacts, "•••"),
            ("Zoë", Field::Names, "Z•••"),
            ("", Field::Names, "•••"),
            ("https://x/1", Field::Links, "•••"),
        ] {
            assert_eq!(hint(text, field), shown);
        }
    }

    #[test]
    fn the_salt_opens_its_own_place_only() {
        let mask = Mask::new([Field::Contacts], [9; 32]);
        let Text::Masked { masked } = mask.text("ana@x.pt", Field::Contacts, "r", "a") else {
            panic!("it is masked");
        };
        assert!(masked.opens(b"ana@x.pt", &mask.salt("r", "a")));
        assert!(!masked.opens(b"eva@x.pt", &mask.salt("r", "a")));
        assert!(!masked.opens(b"ana@x.pt", &mask.salt("r", "b")));
        assert!(!masked.opens(b"ana@x.pt", &mask.salt("s", "a")));
        let plain = mask.text("l", Field::Links, "r", "a");
        assert_eq!(plain, Text::Plain("l".to_owned()));
        assert!(!format!("{mask:?}").contains('9'));
    }

    #[test]
    fn what_repeats_a_field_is_masked_with_it() {
        use Field::{Body, Contacts, Links, Names, Replies};
        assert_eq!(
            Mask::new([Contacts], [0; 32]).fields(),
            [Body, Contacts, Replies]
        );
        assert_eq!(Mask::new([Names], [0; 32]).fields(), [Body, Names, Replies]);
        assert_eq!(Mask::new([Links], [0; 32]).fields(), [Links, Replies]);
        assert_eq!(Mask::none().fields(), []);
    }

    #[test]
    fn details_lose_what_is_masked() {
        let mask = Mask::new([Field::Contacts, Field::Names], [0; 32]);
        let cover = Cover::new(&mask, [(Field::Contacts, "351912345678")].into_iter());
        let detail = Detail::parse(
            r#"{"a":["To +351912345678.",5],"b":"x@y.z","contactName":"Q","n":351912345678,"ok":"fine"}"#,
        );
        assert_eq!(
            cover.put_over(&detail.unwrap()).text(),
            r#"{"a":["[masked]",5],"b":"[masked]","contactName":"[masked]","n":"[masked]","ok":"fine"}"#
        );
    }
}
