//! Settling a request without an answer by what Humanos was found to have.

use rusqlite::params;
use serde::Serialize;

use super::events::{self, About};
use super::{Ledger, endings, number_of, replies, state_of};
use crate::{EventKind, Found, LedgerError, State};

const FOUND: &str = "no answer came; Humanos was asked later and had the request";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FoundDetail<'a> {
    attempt: u32,
    humanos_id: &'a str,
}

impl Ledger {
    /// Notes that Humanos has a request whose outcome was unknown. Its newest attempt of unknown
    /// end is the one that made it. `false`, and nothing is changed, when another request of the
    /// ledger already has that id at Humanos.
    ///
    /// # Errors
    /// [`LedgerError::NoSuchRequest`], [`LedgerError::WrongState`] unless the request is
    /// [`State::Unknown`].
    pub fn settle_found(
        &self,
        request_id: &str,
        found: &Found,
        at_ms: i64,
    ) -> Result<bool, LedgerError> {
        let change = self.change()?;
        let request = number_of(&change, request_id)?;
        let state = state_of(&change, request)?;
        if state != State::Unknown {
            return Err(LedgerError::WrongState { state });
        }
        let taken: bool = change.query_row(
            "SELECT EXISTS (SELECT 1 FROM standing WHERE humanos_id = ?1)",
            [&found.humanos_id],
            |row| row.get(0),
        )?;
        if taken {
            return Ok(false);
        }
        let attempt: u32 = change.query_row(
            "SELECT max(number) FROM attempt WHERE request = ?1 AND result = 'unknown'",
            [request],
            |row| row.get(0),
        )?;
        change.execute(
            "UPDATE attempt SET result = 'accepted', reason = ?3
             WHERE request = ?1 AND number = ?2",
            params![request, attempt, FOUND],
        )?;
        replies::write_found(
            &change,
            request,
            attempt,
            &found.subjects,
            &found.credentials,
        )?;
        endings::write_accepted(&change, request, &found.humanos_id)?;
        let detail = FoundDetail {
            attempt,
            humanos_id: &found.humanos_id,
        };
        let about = About {
            number: request,
            id: request_id,
        };
        events::append(&change, about, EventKind::StatusSeen, &detail, at_ms)?;
        change.commit()?;
        Ok(true)
    }
}
