//! The open ledger. Each topic has a module below that adds its calls to [`Ledger`].

mod asked;
mod attachments;
mod attempts;
mod batches;
mod cancelling;
mod chosen;
mod connections;
mod due;
mod endings;
mod events;
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

use std::path::{Path, PathBuf};

use rusqlite::types::Type;
use rusqlite::{OptionalExtension, Row, Transaction, TransactionBehavior};

use crate::{LedgerError, LedgerKey, State};

/// An open ledger file. It can move between threads but not be shared: keep it behind a lock.
///
/// Every call that changes something is one transaction, on the disk before the call returns.
/// Two handles on one file take turns; the second waits up to five seconds, then gets
/// [`LedgerError::Busy`].
pub struct Ledger {
    link: rusqlite::Connection,
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
            link: file::open(&path, key)?,
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
        file::check(&self.link)
    }

    /// Starts a transaction that holds the write lock from its first moment, so that what it reads
    /// stays true until it commits. Dropped uncommitted, it undoes itself.
    fn change(&self) -> Result<Transaction<'_>, LedgerError> {
        Ok(Transaction::new_unchecked(
            &self.link,
            TransactionBehavior::Immediate,
        )?)
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

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

const _: fn() = || {
    fn movable<T: Send>() {}
    movable::<Ledger>();
};
