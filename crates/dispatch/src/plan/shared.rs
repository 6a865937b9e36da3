//! Large parts that are the same in every request: encoded once, then put in where a mark stands.

use std::sync::Arc;

use humanos::{Draft, json};

use super::body::PlannedBody;
use super::place::{Part, Place};
use super::template::{is_template, push_escaped};

/// Texts from this length on are shared, in bytes.
const LARGE: usize = 512;

/// The parts taken out of a draft.
#[derive(Default)]
pub(super) struct Shared(Vec<SharedPart>);

struct SharedPart {
    place: Place,
    /// As typed.
    text: Arc<str>,
    /// As it stands in a body in place of the mark.
    wire: Arc<str>,
    form: MarkForm,
}

/// What the mark looks like, so that it passes for a text of its field.
#[derive(Clone, Copy)]
enum MarkForm {
    /// Any text, and the base64 of a PDF's first bytes.
    Text,
    /// A JSON string.
    Json,
    /// A JSON object.
    Object,
}

impl Shared {
    /// Takes the parts out of `draft`, which keeps empty texts in their place.
    pub(super) fn take(draft: &mut Draft) -> Self {
        let mut parts = Vec::new();
        for place in Place::all(draft) {
            let Some((wire, form)) = shareable(place, place.text(draft)) else {
                continue;
            };
            let Some(text) = place.text_mut(draft).map(std::mem::take) else {
                continue;
            };
            let text: Arc<str> = text.into();
            let wire = wire.map_or_else(|| Arc::clone(&text), Arc::from);
            parts.push(SharedPart {
                place,
                text,
                wire,
                form,
            });
        }
        Self(parts)
    }

    /// The public key, or empty.
    pub(super) fn pub_key(&self) -> &str {
        let key = self.0.iter().find(|part| part.place == Place::PubKey);
        key.map_or("", |part| &*part.text)
    }

    /// Puts the parts back as typed.
    pub(super) fn restore(&self, draft: &mut Draft) {
        for part in &self.0 {
            if let Some(text) = part.place.text_mut(draft) {
                text.push_str(&part.text);
            }
        }
    }

    /// Puts marks in place of the parts. Another `salt` makes other marks.
    pub(super) fn mark(&self, draft: &mut Draft, salt: u32) {
        for (index, part) in self.0.iter().enumerate() {
            if let Some(text) = part.place.text_mut(draft) {
                *text = part.form.mark(index, salt);
            }
        }
    }

    /// The body with the parts where its marks stand. `None` if something else looks like a mark.
    pub(super) fn cut(&self, body: &str, salt: u32) -> Option<PlannedBody> {
        let mut found = Vec::with_capacity(self.0.len());
        for (index, part) in self.0.iter().enumerate() {
            let mark = part.form.mark(index, salt);
            let mut places = body.match_indices(&mark);
            match (places.next(), places.next()) {
                (Some((at, _)), None) => found.push((at, mark.len(), &part.wire)),
                _ => return None,
            }
        }
        found.sort_unstable_by_key(|(at, ..)| *at);
        let mut own = String::with_capacity(body.len());
        let mut cuts = Vec::with_capacity(found.len());
        let mut copied = 0;
        for (at, length, wire) in found {
            own.push_str(&body[copied..at]);
            cuts.push((own.len(), Arc::clone(wire)));
            copied = at + length;
        }
        own.push_str(&body[copied..]);
        Some(PlannedBody::new(own, cuts))
    }
}

impl MarkForm {
    fn mark(self, index: usize, salt: u32) -> String {
        // "JVBERi0x" is "%PDF-1" in base64; 16 digits keep the length a multiple of 4.
        let mark = format!("JVBERi0x{index:08}{salt:08}");
        match self {
            Self::Text => mark,
            Self::Json => format!("\"{mark}\""),
            Self::Object => format!("{{\"{mark}\":0}}"),
        }
    }
}

/// How a text stands in a body, if it is worth sharing; `None` inside if just as typed.
fn shareable(place: Place, text: &str) -> Option<(Option<String>, MarkForm)> {
    if text.is_empty() || is_template(text) {
        return None;
    }
    let part = match place {
        Place::PubKey => Part::Document,
        Place::Credential(_, part) => part,
        _ => return None,
    };
    match part {
        // What no check will let pass is not worth sharing.
        Part::Json => Some((Some(json::canonical(text).ok()?), MarkForm::Json)),
        Part::UserParams => {
            let wire = json::canonical(text).ok()?;
            let is_object = wire.starts_with('{');
            is_object.then_some((Some(wire), MarkForm::Object))
        }
        Part::Document => Some((escaped(text), MarkForm::Text)),
        // A text of blanks is refused, which a mark would hide; the check of the whole form sees it.
        Part::Description | Part::Consent if text.len() >= LARGE => {
            Some((escaped(text), MarkForm::Text))
        }
        _ => None,
    }
}

fn escaped(text: &str) -> Option<String> {
    let plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
    if text.bytes().all(plain) {
        return None;
    }
    let mut wire = String::with_capacity(text.len() + 16);
    push_escaped(&mut wire, text);
    Some(wire)
}
