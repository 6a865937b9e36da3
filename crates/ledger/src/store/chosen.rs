//! Changing many of a batch's requests, chosen by the officer.

use rusqlite::{Connection, Row, params};

use super::change::Change;
use super::events::About;
use super::{Ledger, batches};
use crate::{LedgerError, Which};

/// Requests a transaction: other handles get their turn between two.
const STEP: usize = 1_000;

impl Ledger {
    /// Has `each` change those of a batch's requests that are meant and that `fitting` (a condition
    /// in SQL) holds for, and gives how many those were. `fitting` must not hold for a request any
    /// more once it is changed.
    pub(super) fn change_chosen(
        &self,
        batch: &str,
        which: Which<'_>,
        fitting: &str,
        each: impl Fn(&Change<'_>, About<'_>) -> Result<(), LedgerError>,
    ) -> Result<u64, LedgerError> {
        let batch = batches::number_of(&self.link(), batch)?;
        let mut changed = 0;
        match which {
            Which::Ids(ids) => {
                for ids in ids.chunks(STEP) {
                    changed += self.step(|change| by_id(change, batch, fitting, ids), &each)?;
                }
            }
            Which::All => loop {
                match self.step(|change| next(change, batch, fitting), &each)? {
                    0 => break,
                    some => changed += some,
                }
            },
        }
        Ok(changed)
    }

    fn step(
        &self,
        choose: impl Fn(&Connection) -> Result<Vec<(i64, String)>, LedgerError>,
        each: impl Fn(&Change<'_>, About<'_>) -> Result<(), LedgerError>,
    ) -> Result<u64, LedgerError> {
        let change = self.change()?;
        let chosen = choose(&change)?;
        for (number, id) in &chosen {
            each(
                &change,
                About {
                    number: *number,
                    id,
                },
            )?;
        }
        change.commit()?;
        Ok(chosen.len() as u64)
    }
}

fn by_id(
    change: &Connection,
    batch: i64,
    fitting: &str,
    ids: &[String],
) -> Result<Vec<(i64, String)>, LedgerError> {
    let mut statement = change.prepare_cached(&format!(
        "SELECT number, id FROM request JOIN standing ON standing.request = number
         WHERE id = ?1 AND standing.batch = ?2 AND {fitting}"
    ))?;
    let mut numbers = Vec::with_capacity(ids.len());
    for id in ids {
        for row in statement.query_map(params![id, batch], chosen)? {
            numbers.push(row?);
        }
    }
    // An id given twice is one request.
    numbers.sort_unstable();
    numbers.dedup();
    Ok(numbers)
}

fn next(change: &Connection, batch: i64, fitting: &str) -> Result<Vec<(i64, String)>, LedgerError> {
    let mut statement = change.prepare_cached(&format!(
        "SELECT request, (SELECT id FROM request WHERE number = standing.request)
         FROM standing WHERE batch = ?1 AND {fitting} LIMIT {STEP}"
    ))?;
    let rows = statement.query_map([batch], chosen)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn chosen(row: &Row<'_>) -> rusqlite::Result<(i64, String)> {
    Ok((row.get(0)?, row.get(1)?))
}
