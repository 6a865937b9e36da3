//! Writing a batch down before anything of it is sent.
//!
//! A batch may have a hundred thousand requests, so it is written in steps of [`STEP`] and never
//! held in memory. Until the last step it is in a state of its own, [`HALF_PLANNED`], in which
//! nothing lists it, counts it or sends from it; a crash leaves it so, to be removed at the next
//! start. Events are never removed, so those of the planning come with the last step.

use rusqlite::{Connection, params};

use super::change::Change;
use super::events::{self, About};
use super::planning::{PlannedDetail, people, write};
use super::{Ledger, batches};
use crate::{Batch, BatchState, EventKind, LedgerError, NewBatch, NewRequest};

/// Requests a transaction: enough that the disk is not waited for at each, few enough that other
/// handles get their turn.
const STEP: usize = 1_000;

/// Of a batch that is not whole yet.
pub(super) const HALF_PLANNED: &str = "planning";

const PLANNED: &str = "SELECT number, id, api_version, body_sha256, idempotency_key, people, \
    practice, url, created_at_ms FROM request WHERE batch = ?1 ORDER BY position";

impl Ledger {
    /// Writes a batch and all its requests down, in their order, and gives it back paused. All are
    /// there when it returns, none when it fails; nothing of it is seen before.
    ///
    /// # Errors
    /// Those of [`Ledger::plan`] about any of the requests, [`LedgerError::DuplicateBatch`],
    /// [`LedgerError::EmptyBatch`], [`LedgerError::OtherConnection`].
    pub fn plan_batch(
        &self,
        batch: &NewBatch,
        requests: impl IntoIterator<Item = NewRequest>,
    ) -> Result<Batch, LedgerError> {
        self.try_plan_batch(batch, requests.into_iter().map(Ok))
    }

    /// [`Self::plan_batch`] for requests that are made on the way and may fail to be made: then
    /// nothing is planned. Failing is also how to call the planning off.
    ///
    /// # Errors
    /// As [`Self::plan_batch`], and the first error that `requests` gives.
    pub fn try_plan_batch<E: From<LedgerError>>(
        &self,
        batch: &NewBatch,
        requests: impl IntoIterator<Item = Result<NewRequest, E>>,
    ) -> Result<Batch, E> {
        let number = self.begin(batch)?;
        let planned = self
            .fill(number, batch, requests.into_iter())
            .and_then(|()| Ok(self.seal(number)?));
        if let Err(error) = planned {
            // Should this fail too, the next start removes what is left.
            let _ = self.remove(number);
            return Err(error);
        }
        Ok(self.batch(&batch.id)?.ok_or(LedgerError::NoSuchBatch)?)
    }

    /// Removes batches that were not planned to their end.
    pub(super) fn remove_half_planned(&self) -> Result<(), LedgerError> {
        let numbers: Vec<i64> = self
            .link()
            .prepare("SELECT number FROM batch WHERE state = 'planning'")?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        numbers.into_iter().try_for_each(|n| self.remove(n))
    }

    fn begin(&self, b: &NewBatch) -> Result<i64, LedgerError> {
        let change = self.change()?;
        if batches::number_of(&change, &b.id).is_ok() {
            return Err(LedgerError::DuplicateBatch);
        }
        change.execute(
            "INSERT INTO batch (id, connection_id, connection_name, name, practice,
                 created_at_ms, per_minute, in_flight, state)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                b.id,
                b.connection_id,
                b.connection_name,
                b.name,
                b.practice,
                b.at_ms,
                b.per_minute,
                b.in_flight,
                HALF_PLANNED
            ],
        )?;
        let number = change.last_insert_rowid();
        change.commit()?;
        Ok(number)
    }

    fn fill<E: From<LedgerError>>(
        &self,
        number: i64,
        batch: &NewBatch,
        mut requests: impl Iterator<Item = Result<NewRequest, E>>,
    ) -> Result<(), E> {
        let mut position = 0_i64;
        loop {
            // Made before the lock is taken: making them may take longer than writing them.
            let step: Vec<NewRequest> = requests.by_ref().take(STEP).collect::<Result<_, E>>()?;
            if step.is_empty() {
                return if position == 0 {
                    Err(LedgerError::EmptyBatch.into())
                } else {
                    Ok(())
                };
            }
            let change = self.change()?;
            let mut asked = 0_u64;
            for request in &step {
                if request.connection_id != batch.connection_id {
                    return Err(LedgerError::OtherConnection.into());
                }
                write(&change, request, Some((number, position)))?;
                asked += u64::from(people(request));
                position += 1;
            }
            add(&change, number, step.len(), asked)?;
            change.commit()?;
        }
    }

    fn seal(&self, number: i64) -> Result<(), LedgerError> {
        let change = self.change()?;
        note_planned(&change, number)?;
        change.execute(
            "UPDATE batch SET state = ?2 WHERE number = ?1",
            params![number, BatchState::Paused.as_str()],
        )?;
        change.commit()
    }

    /// In steps too; the batch itself goes last, so that what a crash leaves is found again.
    fn remove(&self, number: i64) -> Result<(), LedgerError> {
        const SOME: &str = "(SELECT number FROM request WHERE batch = ?1 LIMIT 1000)";
        loop {
            let change = self.change()?;
            for (table, column) in [
                ("body", "request"),
                ("search", "request"),
                ("person", "request"),
                ("return_nonce", "request"),
                ("standing", "request"),
                ("request", "number"),
            ] {
                let removed = change
                    .prepare_cached(&format!("DELETE FROM {table} WHERE {column} IN {SOME}"))?
                    .execute([number])?;
                if table == "request" && removed == 0 {
                    change.execute("DELETE FROM batch WHERE number = ?1", [number])?;
                    return change.commit();
                }
            }
            change.commit()?;
        }
    }
}

/// The events of a batch, as [`Ledger::plan`] notes that of a single request.
fn note_planned(change: &Change<'_>, batch: i64) -> Result<(), LedgerError> {
    let mut statement = change.prepare(PLANNED)?;
    let mut rows = statement.query([batch])?;
    while let Some(row) = rows.next()? {
        let text = |column| -> Result<&str, LedgerError> {
            let text = row.get_ref(column)?.as_str();
            text.map_err(|e| LedgerError::Damaged(e.into()))
        };
        let about = About {
            number: row.get(0)?,
            id: text(1)?,
        };
        let detail = PlannedDetail {
            api_version: text(2)?,
            body_sha256: text(3)?,
            idempotency_key: text(4)?,
            people: row.get(5)?,
            practice: row.get(6)?,
            url: text(7)?,
        };
        events::append(change, about, EventKind::Planned, &detail, row.get(8)?)?;
    }
    Ok(())
}

pub(super) fn add(
    change: &Connection,
    number: i64,
    requests: usize,
    people: u64,
) -> Result<(), LedgerError> {
    change
        .prepare_cached(
            "UPDATE batch SET requests = requests + ?2, people = people + ?3 WHERE number = ?1",
        )?
        .execute(params![
            number,
            i64::try_from(requests).unwrap_or(i64::MAX),
            i64::try_from(people).unwrap_or(i64::MAX)
        ])?;
    Ok(())
}
