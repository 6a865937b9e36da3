//! A list of people in memory.

use std::borrow::Cow;
use std::num::NonZeroU32;

use dispatch::{Asked, EmptyValues, Mode, Options, People};
use humanos::{ApiVersion, Credential, CredentialData, CredentialType, IdempotencyKey};

/// Some time in 2026, Unix milliseconds.
pub(crate) const NOW: i64 = 1_780_000_000_000;

#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    pub(crate) contact: String,
    pub(crate) doc_id: Option<String>,
    pub(crate) language: Option<&'static str>,
    pub(crate) internal_id: Option<String>,
    pub(crate) secondary_contact: Option<String>,
    pub(crate) values: Vec<String>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Row>,
}

impl People for Table {
    fn len(&self) -> usize {
        self.rows.len()
    }

    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn person(&self, person: usize) -> Asked<'_> {
        let row = &self.rows[person];
        Asked {
            row: person as u64 + 2,
            contact: row.contact.as_str().into(),
            doc_id: row.doc_id.as_deref().map(Cow::from),
            language: row.language.map(Cow::from),
            internal_id: row.internal_id.as_deref().map(Cow::from),
            secondary_contact: row.secondary_contact.as_deref().map(Cow::from),
        }
    }

    fn value(&self, person: usize, column: usize) -> Cow<'_, str> {
        let value = self.rows[person].values.get(column);
        value.map_or("", String::as_str).into()
    }
}

pub(crate) fn options(mode: Mode) -> Options {
    Options {
        mode,
        empty: EmptyValues::Refuse,
        batch: None,
        redirects: None,
        version: ApiVersion::contacts_era(),
    }
}

pub(crate) fn groups(size: u32) -> Mode {
    Mode::Groups(NonZeroU32::new(size).unwrap())
}

pub(crate) fn credential(kind: CredentialType, data: CredentialData) -> Credential {
    Credential {
        kind,
        name: "Contract".to_owned(),
        data,
        ..Credential::default()
    }
}

pub(crate) fn key(number: u32) -> IdempotencyKey {
    IdempotencyKey::parse(format!("key-{number}")).unwrap()
}
