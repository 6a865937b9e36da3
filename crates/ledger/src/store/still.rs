//! Reading many things as they stood at one moment, while others go on writing.

use std::ops::Deref;

use rusqlite::{Connection, Transaction};

use super::Ledger;
use crate::LedgerError;

impl Ledger {
    /// From here until it is dropped, all that this handle reads is of this moment. Others may write meanwhile; what they
    /// write gathers in the log beside the file. Write nothing with this handle meanwhile.
    ///
    /// # Errors
    /// Those of the engine, also where it holds still already.
    pub fn hold_still(&self) -> Result<Still<'_>, LedgerError> {
        let link = self.link();
        link.execute_batch("BEGIN")?;
        let still = Still { ledger: self };
        // The engine takes its view at the first read.
        link.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(still)
    }
}

/// One moment of the ledger, from [`Ledger::hold_still`].
#[derive(Debug)]
pub struct Still<'a> {
    ledger: &'a Ledger,
}

impl Drop for Still<'_> {
    fn drop(&mut self) {
        let link = self.ledger.link();
        // Where a damaged page had the link replaced, the moment ended with the old one.
        if !link.is_autocommit() {
            let _ = link.execute_batch("ROLLBACK");
        }
    }
}

/// All that is read through this is of one moment: that of the handle if it holds still, else one of its own.
pub(super) fn view(link: &Connection) -> Result<View<'_>, LedgerError> {
    Ok(if link.is_autocommit() {
        View::Own(link.unchecked_transaction()?)
    } else {
        View::Held(link)
    })
}

pub(super) enum View<'a> {
    Own(Transaction<'a>),
    Held(&'a Connection),
}

impl Deref for View<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        match self {
            Self::Own(view) => view,
            Self::Held(link) => link,
        }
    }
}
