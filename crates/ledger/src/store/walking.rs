//! Going through many requests, few in memory at a time.

use std::collections::{HashSet, VecDeque};

use rusqlite::{OptionalExtension, Row, named_params};

use super::{Ledger, batches, listing};
use crate::{Filter, LedgerError, Within};

/// Ids read at once.
const PAGE: usize = 1_000;

impl Ledger {
    /// The ids of the requests meant, each once: those of a batch in its order, those named one by
    /// one in that order, others as they were planned. Requests of a batch not planned to its end
    /// are not there. What is planned meanwhile may be met or not. After an error there is nothing
    /// more.
    ///
    /// # Errors
    /// [`LedgerError::NoSuchBatch`]; on the way [`LedgerError::NoSuchRequest`] for an id that is not
    /// there.
    pub fn request_ids(&self, filter: Filter) -> Result<RequestIds<'_>, LedgerError> {
        let way = match filter.within {
            Within::All => Way::Period(i64::MIN, i64::MAX),
            Within::Period { from_ms, to_ms } => Way::Period(from_ms, to_ms),
            Within::Batch(id) => Way::Batch(batches::number_of(&self.link(), &id)?),
            Within::Ids(ids) => Way::Ids(ids.into_iter(), HashSet::new()),
        };
        Ok(RequestIds {
            ledger: self,
            way,
            search: filter.search.trim().to_lowercase(),
            after: -1,
            read: VecDeque::new(),
            is_over: false,
        })
    }
}

/// The ids of many requests, from [`Ledger::request_ids`].
#[derive(Debug)]
pub struct RequestIds<'a> {
    ledger: &'a Ledger,
    way: Way,
    search: String,
    /// The place of the last one read.
    after: i64,
    read: VecDeque<String>,
    is_over: bool,
}

#[derive(Debug)]
enum Way {
    Batch(i64),
    /// From the first instant to the one before the second.
    Period(i64, i64),
    Ids(std::vec::IntoIter<String>, HashSet<i64>),
}

impl Iterator for RequestIds<'_> {
    type Item = Result<String, LedgerError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.read.is_empty()
            && !self.is_over
            && let Err(error) = self.read_on()
        {
            self.is_over = true;
            return Some(Err(error));
        }
        self.read.pop_front().map(Ok)
    }
}

impl RequestIds<'_> {
    /// Reads until there is one to give, or none any more.
    fn read_on(&mut self) -> Result<(), LedgerError> {
        let link = self.ledger.link();
        let finds = format!(
            "(:search = '' OR EXISTS (SELECT 1 FROM search
                 WHERE search.request = number AND {}))",
            listing::FINDS.replace("?1", ":search")
        );
        let place = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let page: Vec<(i64, String)> = match &mut self.way {
            Way::Ids(ids, met) => {
                let mut statement = link.prepare_cached(&format!(
                    "SELECT number, {finds} FROM request
                     WHERE id = :id AND number NOT IN {}",
                    listing::HALF_PLANNED
                ))?;
                for id in ids {
                    let (number, is_found): (i64, bool) = statement
                        .query_row(
                            named_params! {":search": self.search, ":id": id},
                            place_and_found,
                        )
                        .optional()?
                        .ok_or(LedgerError::NoSuchRequest)?;
                    if is_found && met.insert(number) {
                        self.read.push_back(id);
                        return Ok(());
                    }
                }
                self.is_over = true;
                return Ok(());
            }
            Way::Batch(batch) => link
                .prepare_cached(&format!(
                    "SELECT position, id FROM request
                     WHERE batch = :batch AND position > :after AND {finds}
                         AND number NOT IN {}
                     ORDER BY position LIMIT {PAGE}",
                    listing::HALF_PLANNED
                ))?
                .query_map(
                    named_params! {":search": self.search, ":batch": *batch, ":after": self.after},
                    place,
                )?
                .collect::<Result<_, _>>()?,
            Way::Period(from, to) => link
                .prepare_cached(&format!(
                    "SELECT number, id FROM request
                     WHERE number > :after AND created_at_ms >= :from AND created_at_ms < :to
                         AND {finds} AND number NOT IN {}
                     ORDER BY number LIMIT {PAGE}",
                    listing::HALF_PLANNED
                ))?
                .query_map(
                    named_params! {
                        ":search": self.search, ":after": self.after, ":from": *from, ":to": *to
                    },
                    place,
                )?
                .collect::<Result<_, _>>()?,
        };
        self.is_over = page.len() < PAGE;
        for (place, id) in page {
            self.after = place;
            self.read.push_back(id);
        }
        Ok(())
    }
}

fn place_and_found(row: &Row<'_>) -> rusqlite::Result<(i64, bool)> {
    Ok((row.get(0)?, row.get(1)?))
}
