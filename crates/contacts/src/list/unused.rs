//! The rows that will not be used, as they stood in their files, to be mended there.

use super::{ContactList, Held};
use crate::export::{REASON_COLUMN, UnusedRow, UnusedSource};
use crate::{Column, Delimiter, Field, RowState, Source, Target};

impl ContactList {
    /// The rows in error, by source, each with what is wrong with it. What was typed here stands in
    /// place of the cells; reasons from an earlier time are left out. There are always column names, so
    /// that no row is taken for them when the file comes back.
    #[must_use]
    pub fn unused(&self) -> Vec<UnusedSource<'_>> {
        let errors = (0..self.rows.len()).filter(|&at| self.rows[at].state() == RowState::Error);
        let errors: Vec<usize> = errors.collect();
        let same = |a: &usize, b: &usize| self.rows[*a].source == self.rows[*b].source;
        errors
            .chunk_by(same)
            .map(|rows| self.unused_of(rows))
            .collect()
    }

    fn unused_of(&self, rows: &[usize]) -> UnusedSource<'_> {
        let source = &self.sources[self.rows[rows[0]].source as usize];
        let about = &source.about;
        let added = self.fields_added(rows);
        let widths = rows
            .iter()
            .map(|&at| source.sheet.cells(self.rows[at].row as usize).count());
        let width = widths.max().unwrap_or(0).max(about.columns.len());
        let outdated: Vec<usize> = (0..about.columns.len())
            .filter(|&at| is_reason(&about.columns[at]))
            .collect();
        let mut names: Vec<&str> = about.columns.iter().map(|c| name(about, c)).collect();
        names.resize(width, "");
        names.extend(added.iter().map(|field| field.header()));
        take_out(&mut names, &outdated);
        let row = |at: &usize| {
            let held = &self.rows[*at];
            let mut cells: Vec<&str> = source
                .sheet
                .cells(held.row as usize)
                .map(|cell| cell.text)
                .collect();
            // Columns that the file lacks come behind those it has.
            cells.resize(width + added.len(), "");
            for (field, text) in self.typed.get(&held.id()).into_iter().flatten() {
                let column = source.column(held.row, *field).map(|at| at as usize);
                let own = added
                    .iter()
                    .position(|one| one == field)
                    .map(|at| width + at);
                if let Some(cell) = column.or(own).and_then(|at| cells.get_mut(at)) {
                    *cell = text;
                }
            }
            take_out(&mut cells, &outdated);
            UnusedRow {
                line: source.sheet.line(held.row as usize),
                cells,
                reason: self.in_words(*at),
            }
        };
        UnusedSource {
            name: about.sheet.as_deref().unwrap_or(&about.name),
            columns: Some(names),
            delimiter: about.delimiter.unwrap_or(Delimiter::Comma),
            rows: rows.iter().map(row).collect(),
        }
    }

    /// The fields that were typed in some of these rows and have no column in their file.
    fn fields_added(&self, rows: &[usize]) -> Vec<Field> {
        let typed = |held: &Held, field| {
            let typed = self.typed.get(&held.id()).into_iter().flatten();
            typed.clone().any(|(typed, _)| *typed == field)
        };
        let lacks = |held: &Held, field| {
            let source = &self.sources[held.source as usize];
            source.column(held.row, field).is_none() && typed(held, field)
        };
        let fields = Field::ALL.into_iter();
        fields
            .filter(|field| rows.iter().any(|&at| lacks(&self.rows[at], *field)))
            .collect()
    }

    fn in_words(&self, at: usize) -> String {
        let reasons = self.row(at).reasons.into_iter();
        let errors = reasons.filter(|reason| reason.code.state() == RowState::Error);
        errors
            .map(|reason| match reason.suggestion {
                Some(suggestion) => format!("{}: {suggestion}", reason.message),
                None => reason.message,
            })
            .collect::<Vec<_>>()
            .join("; ")
    }
}

/// The name of a column in its file, or one that says what it is used as.
fn name<'a>(about: &Source, column: &'a Column) -> &'a str {
    if about.header {
        return &column.name;
    }
    match column.target {
        Target::Contact => Field::Contact.header(),
        Target::Email => "Email",
        Target::Phone => "Phone",
        Target::Name => Field::Name.header(),
        Target::DocId => Field::DocId.header(),
        Target::Language => Field::Language.header(),
        Target::InternalId => Field::InternalId.header(),
        Target::SecondaryContact => Field::SecondaryContact.header(),
        Target::Country => Field::Country.header(),
        Target::Variable | Target::Ignored => &column.name,
    }
}

/// Whether a column says what to mend, from when the rows were saved before.
fn is_reason(column: &Column) -> bool {
    column.target == Target::Ignored && column.name == REASON_COLUMN
}

/// Takes out the items at these places, which rise.
fn take_out<T>(items: &mut Vec<T>, places: &[usize]) {
    for &at in places.iter().rev() {
        if at < items.len() {
            items.remove(at);
        }
    }
}

impl Field {
    /// A column name that is understood when the file comes back.
    const fn header(self) -> &'static str {
        match self {
            Self::Contact => "Contact",
            Self::Name => "Name",
            Self::DocId => "Document ID",
            Self::Language => "Language",
            Self::InternalId => "Internal ID",
            Self::SecondaryContact => "Second contact",
            Self::Country => "Country",
        }
    }
}
