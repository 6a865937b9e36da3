//! Reading events out of a file that may have parts that cannot be read.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::LedgerError;
use crate::store::Ledger;

/// Events read at once.
const STEP: u32 = 512;

/// Fewer than the events of a page, and how often to go on by so many.
const SHORT: u64 = 4;
const SHORT_STEPS: u32 = 64;

/// The size while nothing tells how many events there are.
pub(super) const ENDLESS: u64 = i64::MAX as u64;

/// An event as it is in the file. Texts that are no texts any more are empty, which fits no hash.
pub(super) struct Stored {
    pub(super) sequence: u64,
    /// The row number of the request.
    pub(super) is_about: Option<i64>,
    /// Its id, if it is there.
    pub(super) request: Option<String>,
    pub(super) kind: String,
    pub(super) detail: String,
    pub(super) at_ms: i64,
    /// None when it is not of the right length.
    pub(super) hash: Option<[u8; 32]>,
}

/// Events lie in the table and, their hashes alone, in the index; either may be unreadable.
const PLACES: [&str; 2] = ["NOT INDEXED", "INDEXED BY event_hash"];

impl Ledger {
    pub(super) fn has_strays(&self) -> Result<bool, LedgerError> {
        let question = "SELECT EXISTS (SELECT 1 FROM event WHERE sequence < 1)";
        let strays = self.link().query_row(question, [], |row| row.get(0));
        Ok(readable(strays)?.unwrap_or(false))
    }

    /// The number of the last event.
    pub(super) fn last_event(&self) -> Result<u64, LedgerError> {
        let mut last = None;
        for place in PLACES {
            let question =
                format!("SELECT sequence FROM event {place} ORDER BY sequence DESC LIMIT 1");
            let found = self
                .link()
                .query_row(&question, [], |row| row.get::<_, i64>(0))
                .optional();
            if let Some(found) = readable(found)? {
                last = last.max(Some(u64::try_from(found.unwrap_or(0)).unwrap_or(0)));
            }
        }
        Ok(last.unwrap_or(ENDLESS))
    }

    /// Some events from this one on, and whether they end where the file cannot be read.
    pub(super) fn read_events(
        &self,
        from: u64,
        to: u64,
    ) -> Result<(Vec<Stored>, bool), LedgerError> {
        let link = self.link();
        let mut events = Vec::new();
        let read = read_into(&link, from, to, &mut events);
        Ok((events, readable(read)?.is_none()))
    }

    /// The first number from this one on at which events can be read again, requests apart; none when
    /// nothing can be read up to `to`.
    pub(super) fn first_readable(&self, from: u64, to: u64) -> Result<Option<u64>, LedgerError> {
        // Short steps at first, so that what is whole between two torn pages is not stepped over; then
        // twice as long each time. Each step that fails costs a new link.
        let (mut unreadable, mut step, mut steps) = (from, SHORT, 0);
        let mut good = loop {
            if self.can_read(unreadable)? {
                break unreadable;
            }
            if unreadable >= to {
                return Ok(None);
            }
            let next = unreadable.saturating_add(step).min(to);
            if self.can_read(next)? {
                break next;
            }
            unreadable = next;
            steps += 1;
            if steps > SHORT_STEPS {
                step = step.saturating_mul(2);
            }
        };
        if good == unreadable {
            return Ok(Some(good));
        }
        while good - unreadable > 1 {
            let middle = unreadable + (good - unreadable) / 2;
            if self.can_read(middle)? {
                good = middle;
            } else {
                unreadable = middle;
            }
        }
        Ok(Some(good))
    }

    fn can_read(&self, number: u64) -> Result<bool, LedgerError> {
        let found = self
            .link()
            .query_row(
                "SELECT sequence, request, kind, detail, at_ms, hash FROM event NOT INDEXED
                 WHERE sequence >= ?1 ORDER BY sequence LIMIT 1",
                [signed(number)],
                |row| row.get_ref(3).map(|_| ()),
            )
            .optional();
        Ok(readable(found)?.is_some())
    }

    /// The stored hash of an event, from wherever it can be read.
    pub(super) fn hash_of(&self, number: u64) -> Result<Option<[u8; 32]>, LedgerError> {
        for place in PLACES {
            let question = format!("SELECT hash FROM event {place} WHERE sequence = ?1");
            let found = self
                .link()
                .query_row(&question, [signed(number)], |row| row.get(0))
                .optional();
            if let Some(Some(hash)) = readable(found)? {
                return Ok(Some(hash));
            }
        }
        Ok(None)
    }
}

/// None where the file cannot be read.
pub(super) fn readable<T>(
    result: Result<T, impl Into<LedgerError>>,
) -> Result<Option<T>, LedgerError> {
    match result.map_err(Into::into) {
        Ok(value) => Ok(Some(value)),
        Err(LedgerError::Damaged(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

fn read_into(
    link: &Connection,
    from: u64,
    to: u64,
    events: &mut Vec<Stored>,
) -> rusqlite::Result<()> {
    let mut statement = link.prepare_cached(
        "SELECT sequence, request, id, kind, detail, at_ms, hash
         FROM event NOT INDEXED LEFT JOIN request ON request.number = event.request
         WHERE sequence BETWEEN ?1 AND ?2 ORDER BY sequence LIMIT ?3",
    )?;
    let mut rows = statement.query(params![signed(from), signed(to), STEP])?;
    while let Some(row) = rows.next()? {
        events.push(Stored {
            sequence: row.get::<_, i64>(0)?.unsigned_abs(),
            is_about: row.get(1)?,
            request: row
                .get_ref(2)?
                .as_str_or_null()
                .unwrap_or_default()
                .map(str::to_owned),
            kind: text(row, 3),
            detail: text(row, 4),
            at_ms: row.get(5)?,
            hash: row.get(6).ok(),
        });
    }
    Ok(())
}

fn text(row: &Row<'_>, column: usize) -> String {
    row.get(column).unwrap_or_default()
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
