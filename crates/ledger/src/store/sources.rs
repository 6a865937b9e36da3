//! Keeping the lists a batch was made from, byte for byte.

use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::change::Change;
use super::{Ledger, batches};
use crate::{LedgerError, Source, hex};

impl Ledger {
    /// Keeps the lists a batch was made from, all or none: names and bytes, in their order. The same
    /// bytes are kept once, whatever they are called. One file is held in memory at a time.
    ///
    /// # Errors
    /// [`LedgerError::NoSuchBatch`], also while it is not planned to its end;
    /// [`LedgerError::SourcesKept`] when the batch has its lists already.
    pub fn keep_sources<B: AsRef<[u8]>>(
        &self,
        batch: &str,
        files: impl IntoIterator<Item = (String, B)>,
    ) -> Result<(), LedgerError> {
        let change = self.change()?;
        let batch = planned(&change, batch)?;
        let is_kept: bool = change.query_row(
            "SELECT EXISTS (SELECT 1 FROM batch_source WHERE batch = ?1)",
            [batch],
            |row| row.get(0),
        )?;
        if is_kept {
            return Err(LedgerError::SourcesKept);
        }
        for (position, (name, bytes)) in (0_u32..).zip(files) {
            let source = kept(&change, bytes.as_ref())?;
            change
                .prepare_cached("INSERT INTO batch_source VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![batch, position, name, source])?;
        }
        change.commit()
    }

    /// The lists of a batch, in their order.
    ///
    /// # Errors
    /// [`LedgerError::NoSuchBatch`].
    pub fn sources(&self, batch: &str) -> Result<Vec<Source>, LedgerError> {
        let link = self.link();
        let batch = batches::number_of(&link, batch)?;
        let mut statement = link.prepare_cached(
            "SELECT position, name, sha256, length FROM batch_source
             JOIN source ON source.number = batch_source.source
             WHERE batch = ?1 ORDER BY position",
        )?;
        let rows = statement.query_map([batch], |row| {
            Ok(Source {
                position: row.get(0)?,
                name: row.get(1)?,
                sha256: row.get(2)?,
                length: row.get::<_, i64>(3)?.unsigned_abs(),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The bytes of one list of a batch, if it is there.
    pub fn source_bytes(&self, batch: &str, position: u32) -> Result<Option<Vec<u8>>, LedgerError> {
        Ok(self
            .link()
            .prepare_cached(
                "SELECT bytes FROM batch_source JOIN source ON source.number = batch_source.source
                 WHERE batch = (SELECT number FROM batch WHERE id = ?1) AND position = ?2",
            )?
            .query_row(params![batch, position], |row| row.get(0))
            .optional()?)
    }
}

fn planned(change: &Change<'_>, batch: &str) -> Result<i64, LedgerError> {
    change
        .query_row(
            "SELECT number FROM batch WHERE id = ?1 AND state <> 'planning'",
            [batch],
            |row| row.get(0),
        )
        .optional()?
        .ok_or(LedgerError::NoSuchBatch)
}

/// The row number of these bytes, which are added unless they are there.
fn kept(change: &Change<'_>, bytes: &[u8]) -> Result<i64, LedgerError> {
    let sha256 = hex(&Sha256::digest(bytes));
    let known: Option<i64> = change
        .prepare_cached("SELECT number FROM source WHERE sha256 = ?1")?
        .query_row([&sha256], |row| row.get(0))
        .optional()?;
    if let Some(number) = known {
        return Ok(number);
    }
    change
        .prepare_cached("INSERT INTO source (sha256, length, bytes) VALUES (?1, ?2, ?3)")?
        .execute(params![sha256, bytes.len() as i64, bytes])?;
    Ok(change.last_insert_rowid())
}
