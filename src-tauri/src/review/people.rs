//! The people of the list as a plan reads them.

use std::borrow::Cow;

use contacts::Picked;
use dispatch::{Asked, People};

/// Those who are asked, as the list was when the plan was made.
pub(crate) struct ListPeople(pub(crate) Picked);

impl ListPeople {
    /// The file or paste somebody came from and the line there; no line for those added by hand.
    pub(crate) fn place(&self, person: u32) -> (String, Option<u32>) {
        let place = self.0.place(person as usize);
        (
            place.source.to_owned(),
            (place.line > 0).then_some(place.line),
        )
    }
}

impl People for ListPeople {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn columns(&self) -> &[String] {
        self.0.columns()
    }

    fn person(&self, person: usize) -> Asked<'_> {
        let line = self.0.place(person).line;
        let found = self.0.person(person);
        Asked {
            // Rows added by hand have no line; their place among the people tells them apart.
            row: if line > 0 {
                line.into()
            } else {
                person as u64 + 1
            },
            contact: Cow::Owned(found.contact),
            doc_id: found.doc_id.map(Cow::Owned),
            language: found.language.map(|language| language.code().into()),
            internal_id: found.internal_id.map(Cow::Owned),
            secondary_contact: found.secondary_contact.map(Cow::Owned),
        }
    }

    fn value(&self, person: usize, column: usize) -> Cow<'_, str> {
        self.0.value(person, column).into()
    }
}
