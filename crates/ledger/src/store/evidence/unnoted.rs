//! What is in the ledger though no event tells of it, and the lists of batches.

use rusqlite::{Connection, params};

use super::Walk;
use super::kept::sha256;
use super::reading::readable;
use crate::{LedgerError, What};

/// Rows read at once.
const STEP: u32 = 4_096;

/// Rows of one sort. The questions are about the rows after `?1`, at most `?2` of them.
struct Sort {
    what: What,
    /// Where each row stands, its number if an event should tell of it, and the request's id.
    rows: &'static str,
    /// Whether an event after number `?2` tells of row `?1`.
    is_newer: &'static str,
}

const SORTS: [Sort; 3] = [
    Sort {
        what: What::UnnotedRequest,
        rows: "SELECT number, number, id FROM request NOT INDEXED
            WHERE number > ?1 AND (batch IS NULL OR batch NOT IN
                (SELECT number FROM batch WHERE state = 'planning'))
            ORDER BY number LIMIT ?2",
        is_newer: "SELECT EXISTS (SELECT 1 FROM event NOT INDEXED
            WHERE sequence > ?2 AND kind = 'planned' AND request = ?1)",
    },
    // Only answers that came have a status.
    Sort {
        what: What::UnnotedReply,
        rows: "SELECT request, iif(status IS NULL, NULL, reply),
                (SELECT id FROM request WHERE request.number = attempt.request)
            FROM attempt WHERE request > ?1 AND request <= (SELECT max(request) FROM
                (SELECT request FROM attempt WHERE request > ?1 ORDER BY request LIMIT ?2))
            ORDER BY request, number",
        is_newer: "SELECT EXISTS (SELECT 1 FROM event NOT INDEXED
            WHERE sequence > ?2 AND kind = 'reply-received' AND EXISTS
                (SELECT 1 FROM attempt
                 WHERE attempt.request = event.request AND attempt.reply = ?1))",
    },
    Sort {
        what: What::UnnotedPayload,
        rows: "SELECT number, number,
                (SELECT id FROM request WHERE request.number = payload.request)
            FROM payload NOT INDEXED WHERE number > ?1 ORDER BY number LIMIT ?2",
        is_newer: "SELECT EXISTS (SELECT 1 FROM event NOT INDEXED
            WHERE sequence > ?2 AND kind IN ('payload-kept', 'payload-opened') AND
                detail ->> 'payload' = (SELECT id FROM payload WHERE number = ?1))",
    },
];

const LISTS: &str = "SELECT number, number, sha256 FROM source NOT INDEXED \
    WHERE number > ?1 ORDER BY number LIMIT ?2";

type Found = (i64, Option<i64>, Option<String>);

impl Walk<'_> {
    /// Looks for what no event tells of, and at the lists of batches.
    pub(super) fn reckon(&mut self) -> Result<(), LedgerError> {
        // What a missing event told of is unknown.
        if self.is_gapless {
            for sort in &SORTS {
                self.each(sort.rows, What::Unreckoned, |walk, (_, number, id)| {
                    walk.unnoted(sort, number, id)
                })?;
            }
        }
        self.each(LISTS, What::Source, |walk, (number, _, sha256)| {
            walk.list(number, sha256)
        })
    }

    fn each(
        &mut self,
        question: &str,
        unreadable: What,
        look: impl Fn(&mut Self, Found) -> Result<(), LedgerError>,
    ) -> Result<(), LedgerError> {
        let mut after = i64::MIN;
        loop {
            let Some(rows) = readable(page(&self.ledger.link(), question, after))? else {
                self.note(unreadable, None, None);
                return Ok(());
            };
            let Some((last, ..)) = rows.last() else {
                return Ok(());
            };
            after = *last;
            for row in rows {
                look(self, row)?;
            }
        }
    }

    fn unnoted(
        &mut self,
        sort: &Sort,
        number: Option<i64>,
        id: Option<String>,
    ) -> Result<(), LedgerError> {
        let seen = match sort.what {
            What::UnnotedRequest => &self.seen.requests,
            What::UnnotedReply => &self.seen.replies,
            _ => &self.seen.payloads,
        };
        let Some(number) = number.filter(|number| !seen.has(*number)) else {
            return Ok(());
        };
        let size = i64::try_from(self.found.size).unwrap_or(i64::MAX);
        let is_newer = self
            .ledger
            .link()
            .prepare_cached(sort.is_newer)?
            .query_row([number, size], |row| row.get(0));
        // It may have come while the events were gone through.
        if !readable(is_newer)?.unwrap_or(false) {
            self.note(sort.what, None, id);
        }
        Ok(())
    }

    fn list(&mut self, number: i64, told: Option<String>) -> Result<(), LedgerError> {
        let found = self.ledger.link().query_row(
            "SELECT bytes FROM source WHERE number = ?1",
            [number],
            |row| Ok(sha256(row.get_ref(0)?.as_blob()?)),
        );
        if readable(found)? != told {
            self.note(What::Source, None, None);
        }
        Ok(())
    }
}

fn page(link: &Connection, question: &str, after: i64) -> Result<Vec<Found>, LedgerError> {
    let mut statement = link.prepare_cached(question)?;
    let rows = statement.query_map(params![after, STEP], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
