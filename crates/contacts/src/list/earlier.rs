//! Contacts that were asked in earlier requests. The list does not know the ledger: it says which
//! contacts are new to it, and is told what was found.

use std::collections::HashMap;

use super::{ContactList, Held, position};

/// Earlier requests, by contact.
#[derive(Clone, Debug, Default)]
pub struct Earlier(HashMap<String, Asked>);

/// The newest request in which a contact was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    /// The request's id.
    pub(crate) request: String,
    /// Which one it was, in words, such as `“Q3 renewal” on 12 November 2026`.
    pub(crate) words: String,
}

impl Earlier {
    /// Notes that a contact was asked in a request, told in words that fit behind `Asked before in `.
    pub fn note(&mut self, contact: &str, request: String, words: String) {
        let asked = Asked { request, words };
        self.0.insert(contact.to_ascii_lowercase(), asked);
    }

    pub(crate) fn of(&self, contact: &str) -> Option<&Asked> {
        if self.0.is_empty() {
            return None;
        }
        self.0.get(&contact.to_ascii_lowercase())
    }
}

impl ContactList {
    /// The contacts that were not looked for among earlier requests yet.
    pub fn unasked(&self) -> impl Iterator<Item = &str> {
        let rows = self.unasked.iter();
        rows.filter_map(|id| self.rows[position(&self.rows, *id)?].contact)
            .map(|contact| contact.of(&self.contacts))
    }

    /// Takes in what was found about the contacts of [`Self::unasked`].
    pub fn asked(&mut self, found: Earlier) {
        self.earlier.0.extend(found.0);
        for id in std::mem::take(&mut self.unasked) {
            if let Some(at) = position(&self.rows, id) {
                self.rows[at].asked_before = self.is_asked_before(&self.rows[at]);
            }
        }
        self.changed();
    }

    pub(super) fn is_asked_before(&self, row: &Held) -> bool {
        row.contact
            .is_some_and(|contact| self.earlier.of(contact.of(&self.contacts)).is_some())
    }
}
