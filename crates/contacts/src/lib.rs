//! Contact lists: read them, normalise each contact, judge every row.
//!
//! A [`ContactList`] takes whole files ([`ContactList::import`]) and pasted or typed text
//! ([`ContactList::add_text`]), keeps every row it found, and says of each whether it can be used,
//! and if not, why. It opens no files, knows no clock and sends nothing.

#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod columns;
mod error;
mod index;
mod judge;
mod list;
mod readers;
mod reason;
mod region;
mod row;
mod stored;
mod summary;
mod view;

pub use error::{FileError, UnknownRegion, UnknownRow};
pub use list::ContactList;
pub use reason::{Reason, ReasonCode};
pub use region::{Region, RegionChoice, regions};
pub use row::{Kind, Row, RowId, RowPage, RowState, Show};
pub use stored::Stored;
pub use summary::{Delimiter, Imported, ReasonCount, Source, Summary};

/// The most bytes one file, or one pasted text, may have: 25 MiB.
pub const MAX_BYTES: usize = 25 * 1024 * 1024;
/// The most rows one list may have.
pub const MAX_ROWS: usize = 1_000_000;
/// The most characters one cell may have.
pub const MAX_FIELD_CHARS: usize = 10_000;
/// The most bytes one row of a file may have: 1 MiB.
pub const MAX_LINE_BYTES: usize = 1024 * 1024;
/// The most cells one row may have.
pub const MAX_COLUMNS: usize = 1_024;
