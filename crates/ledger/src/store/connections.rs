//! Settings, connections and drafts.

use rusqlite::{OptionalExtension, Row, params};

use super::Ledger;
use crate::{Connection, LedgerError, StoredDraft};

const COLUMNS: &str = "id, name, base_url, api_version, proxy, ca_pem, api_key_hint, \
    api_key_fingerprint, secret_hint, secret_fingerprint, created_at_ms";

impl Ledger {
    /// Keeps a small setting under a name, replacing the one before.
    pub fn set_value(&self, key: &str, value: &str) -> Result<(), LedgerError> {
        self.link()
            .prepare_cached(
                "INSERT INTO setting VALUES (?1, ?2)
                 ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            )?
            .execute([key, value])?;
        Ok(())
    }

    /// The setting under a name, if it was ever set.
    pub fn value(&self, key: &str) -> Result<Option<String>, LedgerError> {
        Ok(self
            .link()
            .prepare_cached("SELECT value FROM setting WHERE name = ?1")?
            .query_row([key], |row| row.get(0))
            .optional()?)
    }

    /// All connections, the oldest first.
    pub fn connections(&self) -> Result<Vec<Connection>, LedgerError> {
        let link = self.link();
        let mut statement = link.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM connection ORDER BY created_at_ms, id"
        ))?;
        let rows = statement.query_map([], connection)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// One connection, if it is there.
    pub fn connection(&self, id: &str) -> Result<Option<Connection>, LedgerError> {
        Ok(self
            .link()
            .prepare_cached(&format!("SELECT {COLUMNS} FROM connection WHERE id = ?1"))?
            .query_row([id], connection)
            .optional()?)
    }

    /// Saves a connection under its id, replacing the one before but for `created_at_ms`.
    pub fn save_connection(&self, connection: &Connection) -> Result<(), LedgerError> {
        let c = connection;
        self.link()
            .prepare_cached(&format!(
                "INSERT INTO connection ({COLUMNS})
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
                 ON CONFLICT (id) DO UPDATE SET name = excluded.name,
                     base_url = excluded.base_url, api_version = excluded.api_version,
                     proxy = excluded.proxy, ca_pem = excluded.ca_pem,
                     api_key_hint = excluded.api_key_hint,
                     api_key_fingerprint = excluded.api_key_fingerprint,
                     secret_hint = excluded.secret_hint,
                     secret_fingerprint = excluded.secret_fingerprint"
            ))?
            .execute(params![
                c.id,
                c.name,
                c.base_url,
                c.api_version,
                c.proxy,
                c.ca_pem,
                c.api_key_hint,
                c.api_key_fingerprint,
                c.secret_hint,
                c.secret_fingerprint,
                c.created_at_ms,
            ])?;
        Ok(())
    }

    /// Forgets a connection, if it is there. Requests sent through it stay, with its name.
    pub fn remove_connection(&self, id: &str) -> Result<(), LedgerError> {
        self.link()
            .execute("DELETE FROM connection WHERE id = ?1", [id])?;
        Ok(())
    }

    /// Keeps an unfinished form under an id, replacing the one before.
    pub fn save_draft(&self, id: &str, json: &str, at_ms: i64) -> Result<(), LedgerError> {
        self.link()
            .prepare_cached(
                "INSERT INTO draft VALUES (?1, ?2, ?3) ON CONFLICT (id)
                 DO UPDATE SET json = excluded.json, saved_at_ms = excluded.saved_at_ms",
            )?
            .execute(params![id, json, at_ms])?;
        Ok(())
    }

    /// The unfinished form under an id, if there is one.
    pub fn draft(&self, id: &str) -> Result<Option<StoredDraft>, LedgerError> {
        Ok(self
            .link()
            .prepare_cached("SELECT json, saved_at_ms FROM draft WHERE id = ?1")?
            .query_row([id], |row| {
                Ok(StoredDraft {
                    json: row.get(0)?,
                    saved_at_ms: row.get(1)?,
                })
            })
            .optional()?)
    }

    /// Forgets an unfinished form, if it is there.
    pub fn remove_draft(&self, id: &str) -> Result<(), LedgerError> {
        self.link()
            .execute("DELETE FROM draft WHERE id = ?1", [id])?;
        Ok(())
    }
}

fn connection(row: &Row<'_>) -> rusqlite::Result<Connection> {
    Ok(Connection {
        id: row.get(0)?,
        name: row.get(1)?,
        base_url: row.get(2)?,
        api_version: row.get(3)?,
        proxy: row.get(4)?,
        ca_pem: row.get(5)?,
        api_key_hint: row.get(6)?,
        api_key_fingerprint: row.get(7)?,
        secret_hint: row.get(8)?,
        secret_fingerprint: row.get(9)?,
        created_at_ms: row.get(10)?,
    })
}
