//! A source as the list holds it: its cells, and what its columns are used as.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::columns::{Column, Target};
use crate::judge::Fields;
use crate::sheet::{Cell, Sheet, is_blank};
use crate::{Field, Source};

/// One source.
#[derive(Clone)]
pub(crate) struct HeldSource {
    /// What is said of it; its count of rows is kept by the view.
    pub(crate) about: Source,
    pub(crate) sheet: Arc<Sheet>,
    /// Rows of the sheet before the first person.
    pub(crate) skip: u32,
    /// Another number for other cells.
    pub(crate) stamp: u64,
    uses: Uses,
}

/// Which columns are used as what.
#[derive(Clone, Debug, Default)]
struct Uses {
    /// Those of contacts, in the order in which the first filled one is used.
    contact: Vec<u32>,
    name: Option<u32>,
    doc_id: Option<u32>,
    language: Option<u32>,
    internal_id: Option<u32>,
    secondary_contact: Option<u32>,
    country: Option<u32>,
}

impl HeldSource {
    pub(crate) fn new(about: Source, sheet: Arc<Sheet>, skip: u32) -> Self {
        let uses = Uses::of(&about.columns);
        Self {
            about,
            sheet,
            skip,
            stamp: next_stamp(),
            uses,
        }
    }

    /// The cells, to add rows to them.
    pub(crate) fn sheet_mut(&mut self) -> &mut Sheet {
        self.stamp = next_stamp();
        Arc::make_mut(&mut self.sheet)
    }

    /// Of columns for the same thing the first is it; the others become variables, and say so.
    pub(crate) fn set_targets(&mut self, targets: &[Target]) {
        let mut taken = Vec::new();
        let mut targets = targets.iter();
        for column in &mut self.about.columns {
            let wanted = targets.next().copied().unwrap_or(column.target);
            let is_single =
                !wanted.is_contact() && !matches!(wanted, Target::Variable | Target::Ignored);
            column.target = if is_single && taken.contains(&wanted) {
                Target::Variable
            } else {
                wanted
            };
            taken.push(wanted);
        }
        self.uses = Uses::of(&self.about.columns);
    }

    /// The cells of a row by what they are used as.
    pub(crate) fn fields(&self, row: u32) -> Fields<'_> {
        let cell = |column: Option<u32>| {
            let column = column? as usize;
            // A row shorter than the others has empty cells, not none.
            Some(self.sheet.cell(row as usize, column).unwrap_or(EMPTY))
        };
        Fields {
            contact: self
                .contact_column(row)
                .and_then(|column| cell(Some(column))),
            name: cell(self.uses.name),
            doc_id: cell(self.uses.doc_id),
            language: cell(self.uses.language),
            internal_id: cell(self.uses.internal_id),
            secondary_contact: cell(self.uses.secondary_contact),
            country: cell(self.uses.country),
        }
    }

    /// The column that a field of a row comes from.
    pub(crate) fn column(&self, row: u32, field: Field) -> Option<u32> {
        match field {
            Field::Contact => self.contact_column(row),
            Field::Name => self.uses.name,
            Field::DocId => self.uses.doc_id,
            Field::Language => self.uses.language,
            Field::InternalId => self.uses.internal_id,
            Field::SecondaryContact => self.uses.secondary_contact,
            Field::Country => self.uses.country,
        }
    }

    /// The name of a column, if the file has more than one.
    pub(crate) fn column_name(&self, column: u32) -> Option<&str> {
        let named = self.about.columns.get(column as usize)?;
        (self.about.columns.len() > 1).then_some(named.name.as_str())
    }

    /// The first contact column that is filled, else the first.
    fn contact_column(&self, row: u32) -> Option<u32> {
        let filled = |&&column: &&u32| {
            self.sheet
                .cell(row as usize, column as usize)
                .is_some_and(|cell| !is_blank(cell.text))
        };
        let columns = &self.uses.contact;
        columns.iter().find(filled).or(columns.first()).copied()
    }
}

fn next_stamp() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

const EMPTY: Cell<'_> = Cell {
    text: "",
    is_number: false,
};

impl Uses {
    fn of(columns: &[Column]) -> Self {
        let mut uses = Self::default();
        for (at, column) in (0_u32..).zip(columns) {
            let place = match column.target {
                Target::Contact | Target::Email | Target::Phone => {
                    uses.contact.push(at);
                    continue;
                }
                Target::Name => &mut uses.name,
                Target::DocId => &mut uses.doc_id,
                Target::Language => &mut uses.language,
                Target::InternalId => &mut uses.internal_id,
                Target::SecondaryContact => &mut uses.secondary_contact,
                Target::Country => &mut uses.country,
                Target::Variable | Target::Ignored => continue,
            };
            place.get_or_insert(at);
        }
        uses.contact
            .sort_by_key(|&at| match columns[at as usize].target {
                Target::Email => 0,
                Target::Phone => 1,
                _ => 2,
            });
        uses
    }
}
