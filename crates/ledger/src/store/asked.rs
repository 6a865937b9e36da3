//! Who was asked before.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row};

use super::Ledger;
use crate::{Asked, LedgerError};

/// Up to this many people it is quicker to read all once than to ask for each contact.
const FEW: i64 = 50_000;

/// Requests that may have reached people.
const REACHED: &str = "standing.state IN ('accepted', 'sending', 'unknown')";

impl Ledger {
    /// Of these contacts, those that were asked before in a request that may have reached them, each
    /// with the newest such request. Addresses are the same whatever their case.
    pub fn asked_before<'a>(
        &self,
        contacts: impl Iterator<Item = &'a str>,
    ) -> Result<Vec<(String, Asked)>, LedgerError> {
        let people: i64 = self.link().query_row(
            "SELECT count(*) FROM (SELECT 1 FROM person LIMIT ?1)",
            [FEW + 1],
            |row| row.get(0),
        )?;
        if people > FEW {
            return one_by_one(&self.link(), contacts);
        }
        if people == 0 {
            return Ok(Vec::new());
        }
        let all = everybody(&self.link())?;
        let found = contacts.filter_map(|contact| {
            let asked = all.get(&contact.to_ascii_lowercase())?;
            Some((contact.to_owned(), asked.clone()))
        });
        Ok(found.collect())
    }
}

fn everybody(link: &Connection) -> Result<HashMap<String, Asked>, LedgerError> {
    let mut statement = link.prepare_cached(&format!(
        "SELECT request.id, request.name, request.created_at_ms, lower(person.contact)
         FROM person JOIN request ON request.number = person.request
         JOIN standing ON standing.request = person.request
         WHERE {REACHED} ORDER BY request.number"
    ))?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(3)?, asked(row)?)))?;
    // Of several the last stays, which is the newest.
    Ok(rows.collect::<Result<_, _>>()?)
}

fn one_by_one<'a>(
    link: &Connection,
    contacts: impl Iterator<Item = &'a str>,
) -> Result<Vec<(String, Asked)>, LedgerError> {
    let mut statement = link.prepare_cached(&format!(
        "SELECT request.id, request.name, request.created_at_ms
         FROM person JOIN request ON request.number = person.request
         JOIN standing ON standing.request = person.request
         WHERE lower(person.contact) = ?1 AND {REACHED}
         ORDER BY request.number DESC LIMIT 1"
    ))?;
    let mut found = Vec::new();
    for contact in contacts {
        let row = statement.query_row([contact.to_ascii_lowercase()], asked);
        if let Some(asked) = row.optional()? {
            found.push((contact.to_owned(), asked));
        }
    }
    Ok(found)
}

fn asked(row: &Row<'_>) -> rusqlite::Result<Asked> {
    Ok(Asked {
        request: row.get(0)?,
        name: row.get(1)?,
        at_ms: row.get(2)?,
    })
}
