//! One change of the ledger: all of it is on the disk, or nothing.

use std::cell::{Cell, Ref};
use std::ops::Deref;

use rusqlite::{Connection, OptionalExtension};

use crate::LedgerError;
use crate::leaf::NOTHING;

/// A transaction that holds the write lock from its first moment, so that what it reads stays true
/// until it commits. Dropped uncommitted, it undoes itself.
pub(super) struct Change<'a> {
    link: Ref<'a, Connection>,
    is_open: bool,
    tip: Cell<Option<Tip>>,
}

/// The newest event.
#[derive(Clone, Copy)]
pub(super) struct Tip {
    /// 0 before the first.
    pub(super) sequence: u64,
    pub(super) hash: [u8; 32],
}

impl<'a> Change<'a> {
    pub(super) fn begin(link: Ref<'a, Connection>) -> Result<Self, LedgerError> {
        link.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        Ok(Self {
            link,
            is_open: true,
            tip: Cell::new(None),
        })
    }

    pub(super) fn commit(mut self) -> Result<(), LedgerError> {
        self.link.prepare_cached("COMMIT")?.execute([])?;
        self.is_open = false;
        Ok(())
    }

    /// Read from the file once a change: only this change can add events while it lasts, and none of
    /// what it knows outlives it.
    pub(super) fn tip(&self) -> Result<Tip, LedgerError> {
        if let Some(tip) = self.tip.get() {
            return Ok(tip);
        }
        let tip = tip(&self.link)?;
        self.tip.set(Some(tip));
        Ok(tip)
    }

    /// Notes an event that was added.
    pub(super) fn moved_to(&self, tip: Tip) {
        self.tip.set(Some(tip));
    }
}

pub(super) fn tip(link: &Connection) -> Result<Tip, LedgerError> {
    let newest = link
        .prepare_cached("SELECT sequence, hash FROM event ORDER BY sequence DESC LIMIT 1")?
        .query_row([], |row| {
            Ok(Tip {
                sequence: row.get::<_, i64>(0)?.unsigned_abs(),
                hash: row.get(1)?,
            })
        })
        .optional()?;
    Ok(newest.unwrap_or(Tip {
        sequence: 0,
        hash: NOTHING,
    }))
}

impl Deref for Change<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.link
    }
}

impl Drop for Change<'_> {
    fn drop(&mut self) {
        // Should this fail the engine has undone the change itself, or will when the file is opened.
        if self.is_open && !self.link.is_autocommit() {
            let _ = self.link.execute_batch("ROLLBACK");
        }
    }
}
