//! The private halves of the key pairs made here, for payloads that come back encrypted.

use rusqlite::{OptionalExtension, params};
use zeroize::Zeroizing;

use super::Ledger;
use crate::LedgerError;

impl Ledger {
    /// Keeps a key pair under its public half (base64 SPKI). A pair already there stays as it is.
    pub fn store_key_pair(
        &self,
        pub_key: &str,
        private_pkcs8: &[u8],
        at_ms: i64,
    ) -> Result<(), LedgerError> {
        self.link.execute(
            "INSERT INTO key_pair VALUES (?1, ?2, ?3) ON CONFLICT (public_key) DO NOTHING",
            params![pub_key, private_pkcs8, at_ms],
        )?;
        Ok(())
    }

    /// The private half (PKCS#8 DER) that belongs to a public one, if it was made here.
    pub fn private_key(&self, pub_key: &str) -> Result<Option<Zeroizing<Vec<u8>>>, LedgerError> {
        let key = self
            .link
            .query_row(
                "SELECT private_pkcs8 FROM key_pair WHERE public_key = ?1",
                [pub_key],
                |row| Ok(Zeroizing::new(row.get::<_, Vec<u8>>(0)?)),
            )
            .optional()?;
        Ok(key)
    }
}
