//! The private halves of the key pairs made here, for payloads that come back encrypted.

use rusqlite::{Params, Row, params};
use zeroize::Zeroizing;

use super::{Ledger, number_of};
use crate::{LedgerError, OwnKey};

const STORE: &str = "INSERT INTO key_pair VALUES (?1, ?2, ?3) ON CONFLICT (public_key) DO NOTHING";

impl Ledger {
    /// Keeps a key pair under its public half (base64 SPKI). A pair already there stays as it is.
    pub fn store_key_pair(
        &self,
        pub_key: &str,
        private_pkcs8: &[u8],
        at_ms: i64,
    ) -> Result<(), LedgerError> {
        self.link
            .execute(STORE, params![pub_key, private_pkcs8, at_ms])?;
        Ok(())
    }

    /// Keeps a key pair that was made for the embedded sessions of a request.
    ///
    /// # Errors
    /// [`LedgerError::NoSuchRequest`].
    pub fn store_session_key(
        &self,
        request: &str,
        pub_key: &str,
        private_pkcs8: &[u8],
        at_ms: i64,
    ) -> Result<(), LedgerError> {
        let change = self.change()?;
        let number = number_of(&change, request)?;
        change.execute(STORE, params![pub_key, private_pkcs8, at_ms])?;
        change.execute(
            "INSERT INTO request_key VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            params![number, pub_key],
        )?;
        Ok(change.commit()?)
    }

    /// The keys of a request whose private half is here: the one it registered, then those of its
    /// sessions, the newest first.
    pub fn keys_of(&self, request: &str) -> Result<Vec<OwnKey>, LedgerError> {
        self.keys(
            "SELECT key_pair.public_key, private_pkcs8 FROM request
                 JOIN key_pair ON key_pair.public_key = request.pub_key
                     OR key_pair.public_key IN
                         (SELECT public_key FROM request_key WHERE request = request.number)
             WHERE request.id = ?1
             ORDER BY key_pair.public_key = request.pub_key DESC, key_pair.created_at_ms DESC",
            [request],
        )
    }

    /// All keys made here, the newest first.
    pub fn own_keys(&self, limit: u32) -> Result<Vec<OwnKey>, LedgerError> {
        self.keys(
            "SELECT public_key, private_pkcs8 FROM key_pair
             ORDER BY created_at_ms DESC, rowid DESC LIMIT ?1",
            [limit],
        )
    }

    /// The ids of requests that registered this public key, or had a session under it.
    pub fn requests_of_key(&self, pub_key: &str, limit: u32) -> Result<Vec<String>, LedgerError> {
        let mut statement = self.link.prepare_cached(
            "SELECT id FROM request WHERE pub_key = ?1 AND pub_key <> ''
             UNION
             SELECT id FROM request_key JOIN request ON request.number = request_key.request
             WHERE request_key.public_key = ?1
             LIMIT ?2",
        )?;
        let rows = statement.query_map(params![pub_key, limit], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn keys(&self, question: &str, given: impl Params) -> Result<Vec<OwnKey>, LedgerError> {
        let mut statement = self.link.prepare_cached(question)?;
        let rows = statement.query_map(given, key)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn key(row: &Row<'_>) -> rusqlite::Result<OwnKey> {
    Ok(OwnKey {
        pub_key: row.get(0)?,
        private_pkcs8: Zeroizing::new(row.get(1)?),
    })
}
