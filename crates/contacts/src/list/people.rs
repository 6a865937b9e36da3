//! The people of the list, as a request takes them.

use super::{ContactList, Held, HeldSource, Typed, fields_of};
use crate::judge::{id, second};
use crate::{Field, Language, Region, RowState};

/// Somebody to ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Email address or E.164 phone number.
    pub contact: String,
    /// The number of the identity document the person is expected to have.
    pub doc_id: Option<String>,
    /// The language in which the person wants to be written to.
    pub language: Option<Language>,
    /// The officer's own name for the person.
    pub internal_id: Option<String>,
    /// A second contact, normalised like the first.
    pub secondary_contact: Option<String>,
}

impl ContactList {
    /// The contacts to send to: those of ready rows and of rows with a warning, in file order.
    pub fn contacts(&self) -> impl Iterator<Item = &str> {
        self.usable()
            .filter_map(|row| row.contact)
            .map(|contact| contact.of(&self.contacts))
    }

    /// The rows that can be used.
    pub(super) fn usable(&self) -> impl Iterator<Item = &Held> {
        let rows = self.rows.iter();
        rows.filter(|row| row.state() != RowState::Error)
    }
}

/// What a row says of somebody. Phones without a country are taken to be of `region`.
pub(super) fn person(
    held: &HeldSource,
    row: u32,
    typed: Option<&Typed>,
    contact: &str,
    region: Region,
) -> Person {
    let (fields, _) = fields_of(held, row, typed);
    let text = |field| fields.of(field).map(|cell| cell.text);
    let filled = |field| text(field).map(id).filter(|id| !id.is_empty());
    let own_region = text(Field::Country).and_then(Region::find);
    Person {
        contact: contact.to_owned(),
        doc_id: filled(Field::DocId),
        language: text(Field::Language).and_then(Language::find),
        internal_id: filled(Field::InternalId),
        secondary_contact: text(Field::SecondaryContact)
            .and_then(|contact| second(contact, own_region.unwrap_or(region))),
    }
}
