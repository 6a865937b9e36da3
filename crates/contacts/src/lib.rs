//! Contact lists: read them, normalise each contact, judge every row.
//!
//! A [`Reader`] makes [`Table`]s of whole files and pasted cells, which are judged
//! ([`Table::judge`]) and added ([`ContactList::add`]); typed text goes in at once
//! ([`ContactList::add_text`]). The list keeps every row it found, and says of each whether it can be
//! used, and if not, why. It opens no files, knows no clock and sends nothing.

#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod columns;
pub mod confined;
mod error;
mod export;
mod fold;
#[cfg(fuzzing)]
pub mod fuzzing;
mod index;
mod judge;
mod language;
mod limits;
mod list;
mod progress;
mod read;
mod readers;
mod reason;
mod region;
mod row;
mod sheet;
mod summary;
mod view;

pub use columns::{Column, Target};
pub use error::{FileError, UnknownRegion, UnknownRow};
pub use export::{
    ExportError, UnusedRow, UnusedSource, template_csv, template_xlsx, unused_csv, unused_xlsx,
};
pub use language::Language;
pub use limits::Limits;
pub use list::{Changes, ContactList, Earlier, JudgedTable, Person, Picked, Place, Rejudged};
pub use progress::{Progress, Step, Unwatched, Watch};
pub use read::{FileRead, Preview, Reader, Reading, Table, encodings};
pub use reason::{Reason, ReasonCode};
pub use region::{Region, RegionChoice, regions};
pub use row::{Field, Kind, ListAsk, Row, RowId, RowPage, RowState, Show, Sort, SortBy};
pub use summary::{Delimiter, Format, Imported, ReasonCount, Source, Summary};

/// The most rows one list may have.
pub const MAX_ROWS: usize = 1_000_000;
/// The most characters one cell may have.
pub const MAX_FIELD_CHARS: usize = 10_000;
/// The most bytes one row of a file may have: 1 MiB.
pub const MAX_LINE_BYTES: usize = 1024 * 1024;
/// The most cells one row may have.
pub const MAX_COLUMNS: usize = 1_024;
