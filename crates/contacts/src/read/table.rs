//! The rows of a file or sheet with their columns, and how they look before they are taken.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::columns::{self, Column};
use crate::list::HeldSource;
use crate::sheet::{Sheet, is_blank};
use crate::view::count;
use crate::{Delimiter, Format, Region, Source, Target};

/// Rows shown of a file before it is taken so.
const PREVIEW_ROWS: usize = 8;
const PREVIEW_CHARS: usize = 80;

/// The rows of a file or sheet, read and not judged.
pub struct Table {
    pub(crate) held: HeldSource,
}

/// How a file looks when it is read in a certain way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Preview {
    /// Its columns.
    pub columns: Vec<Column>,
    /// The first rows under the names, cut where they are long.
    pub rows: Vec<Vec<String>>,
    /// The encoding it is read in.
    pub encoding: Option<String>,
    /// What separates its cells.
    pub delimiter: Option<Delimiter>,
    /// Whether a row is taken as column names.
    pub header: bool,
    /// How many rows there are.
    pub count: u32,
    /// How many of them cannot be read so.
    pub unreadable: u32,
}

/// What is known of a table before its columns are.
pub(crate) struct About<'a> {
    pub(crate) name: &'a str,
    pub(crate) sheet: Option<String>,
    pub(crate) format: Format,
    pub(crate) encoding: Option<String>,
    pub(crate) header: Option<bool>,
}

impl Table {
    /// Makes a table of a sheet, with its columns guessed.
    pub(crate) fn new(
        about: About<'_>,
        delimiter: Option<Delimiter>,
        sheet: impl Into<Arc<Sheet>>,
        region: Region,
    ) -> Self {
        let sheet = sheet.into();
        let guess = columns::guess(&sheet, about.header, region);
        let name = about.name.chars().filter(|c| !c.is_control()).take(255);
        let source = Source {
            name: name.collect(),
            sheet: about.sheet,
            format: about.format,
            rows: 0,
            blank: 0,
            encoding: about.encoding,
            delimiter,
            header: guess.header,
            columns: guess.columns,
        };
        Self {
            held: HeldSource::new(source, sheet, count(guess.skip)),
        }
    }

    /// Its columns, in the order of the file.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.held.about.columns
    }

    /// What it is, and how it was read.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.held.about
    }

    /// Whether its first row was taken as column names, so that its columns can be remembered by them.
    #[must_use]
    pub fn has_names(&self) -> bool {
        self.held.about.header
    }

    /// Uses its columns as the officer wants. Columns without a target stay as they are.
    pub fn set_targets(&mut self, targets: &[Target]) {
        self.held.set_targets(targets);
    }

    /// Whether any row has a contact in the contact columns, or anything at all where the name of the
    /// column says that these are contacts: rows to be mended may have nothing that looks like one.
    #[must_use]
    pub fn has_contacts(&self) -> bool {
        let about = &self.held.about;
        let named = about.header
            && about
                .columns
                .iter()
                .any(|column| column.target.is_contact() && columns::names_contacts(&column.name));
        let filled = |row: &u32| {
            let contact = self.held.fields(*row).contact;
            contact.is_some_and(|cell| {
                crate::judge::looks_like(cell.text).is_some() || (named && !is_blank(cell.text))
            })
        };
        self.people().iter().take(1_000).any(filled)
    }

    /// The same cells with or without the first row as column names.
    #[must_use]
    pub fn with_header(self, header: bool, region: Region) -> Self {
        let Source {
            name,
            sheet,
            format,
            encoding,
            delimiter,
            ..
        } = self.held.about;
        let about = About {
            name: &name,
            sheet,
            format,
            encoding,
            header: Some(header),
        };
        Self::new(about, delimiter, self.held.sheet, region)
    }

    /// How it looks.
    #[must_use]
    pub fn preview(&self) -> Preview {
        let people = self.people();
        let about = &self.held.about;
        let sheet = &self.held.sheet;
        let cut = |text: &str| text.trim().chars().take(PREVIEW_CHARS).collect::<String>();
        let rows = people.iter().take(PREVIEW_ROWS).map(|&row| {
            let cells = sheet.cells(row as usize).take(about.columns.len());
            cells.map(|cell| cut(cell.text)).collect()
        });
        let unreadable = |row: &&u32| sheet.fault(**row as usize).is_some();
        Preview {
            columns: about.columns.clone(),
            rows: rows.collect(),
            encoding: about.encoding.clone(),
            delimiter: about.delimiter,
            header: about.header,
            count: count(people.len()),
            unreadable: count(people.iter().filter(unreadable).count()),
        }
    }

    pub(crate) const fn skip(&self) -> u32 {
        self.held.skip
    }

    /// The rows that have anything in them, below the column names.
    pub(crate) fn people(&self) -> Vec<u32> {
        let sheet = &self.held.sheet;
        let rows = self.held.skip..count(sheet.len());
        rows.filter(|&row| !sheet.is_blank(row as usize)).collect()
    }
}

impl std::fmt::Debug for Table {
    /// Counts only: cells are personal data.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table")
            .field("rows", &self.held.sheet.len())
            .finish_non_exhaustive()
    }
}
