//! The open ledger. Each topic has a module below that adds its calls to [`Ledger`].

mod asked;
mod attachments;
mod attempts;
mod batches;
mod cancelling;
mod chaining;
mod change;
mod chosen;
mod connections;
mod device_keys;
mod due;
mod endings;
mod events;
mod evidence;
mod failures;
mod file;
mod found;
mod listing;
mod migrations;
mod payloads;
mod planning;
mod planning_many;
mod private;
mod record;
mod reopening;
mod replacing;
mod replies;
mod returning;
mod sources;
mod still;
mod walking;

use std::cell::{Ref, RefCell};
use std::path::{Path, PathBuf};

use rusqlite::types::Type;
use rusqlite::{OptionalExtension, Row};

use change::Change;
pub use still::Still;
pub use walking::RequestIds;

use crate::{LedgerError, LedgerKey, State};

/// An open ledger file. It can move between threads but not be shared: keep it behind a lock.
///
/// Every call that changes something is one transaction, on the disk before the call returns.
/// Two handles on one file take turns; the second waits up to five seconds, then gets
/// [`LedgerError::Busy`].
pub struct Ledger {
    /// Reached through [`Self::link`] alone, which lends it and puts another in its place only while
    /// nobody has it.
    link: RefCell<rusqlite::Connection>,
    path: PathBuf,
    key: LedgerKey,
}

impl Ledger {
    /// Makes a new ledger at `path` and opens it. The folder must exist. The file is readable by
    /// its owner alone (mode 0600 on Unix) and appears whole or not at all.
    ///
    /// # Errors
    /// [`LedgerError::AlreadyExists`] when anything is at `path`, [`LedgerError::Disk`].
    pub fn create(path: &Path, key: &LedgerKey) -> Result<Self, LedgerError> {
        file::create(path, key)?;
        Self::open(path, key)
    }

    /// Opens the ledger at `path`, bringing an older one up to date; a copy of it as it was stays
    /// beside it, `<name>.v<version>`.
    ///
    /// # Errors
    /// [`LedgerError::Missing`], [`LedgerError::WrongKey`], [`LedgerError::NewerVersion`],
    /// [`LedgerError::Damaged`], [`LedgerError::Busy`], [`LedgerError::Disk`]; a link at `path` is
    /// not followed. None of them changes the file.
    pub fn open(path: &Path, key: &LedgerKey) -> Result<Self, LedgerError> {
        let path = file::settled(path)?;
        Ok(Self {
            link: RefCell::new(file::open(&path, key)?),
            path,
            key: LedgerKey::from_bytes(*key.as_bytes()),
        })
    }

    /// Another handle on the same file, for another thread. One that reads is not held up by one
    /// that writes.
    ///
    /// # Errors
    /// Those of [`Self::open`].
    pub fn another(&self) -> Result<Self, LedgerError> {
        Self::open(&self.path, &self.key)
    }

    /// Reads the whole file and compares every page with its checksum. Slow on a large ledger:
    /// some seconds a gigabyte.
    ///
    /// # Errors
    /// [`LedgerError::Damaged`] with the first things found.
    pub fn check_integrity(&self) -> Result<(), LedgerError> {
        file::check(&self.link())
    }

    fn change(&self) -> Result<Change<'_>, LedgerError> {
        Change::begin(self.link())
    }

    /// The engine's link to the file. One that met a page it could not read stays lame for ever, so
    /// that a call after it would find nothing readable: it is replaced.
    fn link(&self) -> Ref<'_, rusqlite::Connection> {
        if let Ok(mut link) = self.link.try_borrow_mut()
            && file::is_lame(&link)
            && let Ok(fresh) = file::open(&self.path, &self.key)
        {
            *link = fresh;
        }
        self.link.borrow()
    }
}

impl std::fmt::Debug for Ledger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ledger").finish_non_exhaustive()
    }
}

/// The row number behind a request's id.
fn number_of(link: &rusqlite::Connection, id: &str) -> Result<i64, LedgerError> {
    link.prepare_cached("SELECT number FROM request WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?
        .ok_or(LedgerError::NoSuchRequest)
}

/// The id of a request.
fn id_of(link: &rusqlite::Connection, number: i64) -> Result<String, LedgerError> {
    Ok(link
        .prepare_cached("SELECT id FROM request WHERE number = ?1")?
        .query_row([number], |row| row.get(0))?)
}

fn state_of(link: &rusqlite::Connection, number: i64) -> Result<State, LedgerError> {
    Ok(link
        .prepare_cached("SELECT state FROM standing WHERE request = ?1")?
        .query_row([number], |row| state_in(row, 0))?)
}

fn state_in(row: &Row<'_>, column: usize) -> rusqlite::Result<State> {
    let name = row.get_ref(column)?.as_str()?;
    State::parse(name).ok_or_else(|| unreadable(column, "state"))
}

/// For a stored word that no build has written.
fn unreadable(column: usize, what: &'static str) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(
        column,
        Type::Text,
        format!("an unknown {what}").into(),
    )
}

const _: fn() = || {
    fn movable<T: Send>() {}
    movable::<Ledger>();
};
