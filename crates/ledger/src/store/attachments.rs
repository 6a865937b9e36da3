//! Large pieces of unfinished work, each under a name.

use rusqlite::{OptionalExtension, params};

use super::Ledger;
use crate::LedgerError;

impl Ledger {
    /// Keeps bytes under a name, replacing those before.
    pub fn attach(&self, name: &str, bytes: &[u8], at_ms: i64) -> Result<(), LedgerError> {
        self.link()
            .prepare_cached(
                "INSERT INTO attachment VALUES (?1, ?2, ?3) ON CONFLICT (name)
                 DO UPDATE SET bytes = excluded.bytes, saved_at_ms = excluded.saved_at_ms",
            )?
            .execute(params![name, bytes, at_ms])?;
        Ok(())
    }

    /// The bytes under a name, if there are any.
    pub fn attachment(&self, name: &str) -> Result<Option<Vec<u8>>, LedgerError> {
        Ok(self
            .link()
            .prepare_cached("SELECT bytes FROM attachment WHERE name = ?1")?
            .query_row([name], |row| row.get(0))
            .optional()?)
    }

    /// Forgets all whose names begin so, and says how many there were.
    pub fn detach(&self, beginning: &str) -> Result<usize, LedgerError> {
        Ok(self
            .link()
            .prepare_cached("DELETE FROM attachment WHERE substr(name, 1, length(?1)) = ?1")?
            .execute([beginning])?)
    }
}
