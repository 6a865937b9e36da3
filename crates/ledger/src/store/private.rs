//! The private halves of the key pairs made here, for payloads that come back encrypted.

use rusqlite::{Connection, OptionalExtension, Row, params};
use zeroize::Zeroizing;

use super::{Ledger, listing::MOST_ROWS, number_of};
use crate::{LedgerError, OwnKey};

impl Ledger {
    /// Keeps a key pair under its public half (base64 SPKI). A pair already there stays as it is.
    pub fn store_key_pair(
        &self,
        pub_key: &str,
        private_pkcs8: &[u8],
        at_ms: i64,
    ) -> Result<(), LedgerError> {
        write(&self.link(), pub_key, private_pkcs8, at_ms)
    }

    /// Keeps a key pair made for a session of a request.
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
        let request = number_of(&change, request)?;
        write(&change, pub_key, private_pkcs8, at_ms)?;
        change
            .prepare_cached("INSERT INTO request_key VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
            .execute(params![request, pub_key])?;
        change.commit()
    }

    /// The key pairs that an answer to a request may be sealed to: the one it was sent with, if it
    /// was made here, then those of its sessions, newest first. None when there is no such request.
    pub fn keys_of(&self, request: &str) -> Result<Vec<OwnKey>, LedgerError> {
        let link = self.link();
        let mut statement = link.prepare_cached(
            "SELECT public_key, private_pkcs8 FROM key_pair WHERE public_key IN
                 (SELECT pub_key FROM request WHERE id = ?1
                  UNION SELECT request_key.public_key FROM request_key WHERE request_key.request =
                      (SELECT number FROM request WHERE id = ?1))
             ORDER BY public_key = (SELECT pub_key FROM request WHERE id = ?1) DESC, rowid DESC",
        )?;
        let rows = statement.query_map([request], own_key)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// All key pairs made here, newest first. At most 1000.
    pub fn own_keys(&self, limit: u32) -> Result<Vec<OwnKey>, LedgerError> {
        let link = self.link();
        let mut statement = link.prepare_cached(
            "SELECT public_key, private_pkcs8 FROM key_pair ORDER BY rowid DESC LIMIT ?1",
        )?;
        let rows = statement.query_map([limit.min(MOST_ROWS)], own_key)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The private half (PKCS#8 DER) that belongs to a public one, if it was made here.
    pub fn private_key(&self, pub_key: &str) -> Result<Option<Zeroizing<Vec<u8>>>, LedgerError> {
        let key = self
            .link()
            .query_row(
                "SELECT private_pkcs8 FROM key_pair WHERE public_key = ?1",
                [pub_key],
                |row| Ok(Zeroizing::new(row.get::<_, Vec<u8>>(0)?)),
            )
            .optional()?;
        Ok(key)
    }
}

fn write(
    link: &Connection,
    pub_key: &str,
    private_pkcs8: &[u8],
    at_ms: i64,
) -> Result<(), LedgerError> {
    link.prepare_cached(
        "INSERT INTO key_pair VALUES (?1, ?2, ?3) ON CONFLICT (public_key) DO NOTHING",
    )?
    .execute(params![pub_key, private_pkcs8, at_ms])?;
    Ok(())
}

fn own_key(row: &Row<'_>) -> rusqlite::Result<OwnKey> {
    Ok(OwnKey {
        pub_key: row.get(0)?,
        private_pkcs8: Zeroizing::new(row.get(1)?),
    })
}
