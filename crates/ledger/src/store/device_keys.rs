//! The public halves of the keys that receipts are signed with.

use rusqlite::{OptionalExtension, params};
use serde::Serialize;

use super::{Ledger, events};
use crate::{DeviceKey, EventKind, LedgerError, canonical};

#[derive(Serialize)]
struct MadeDetail<'a> {
    kid: &'a str,
    replaces: Option<&'a str>,
}

impl Ledger {
    /// Notes a new device key, which is in use from now on; the one before is retired. `jwk` is a
    /// JSON object in any form.
    ///
    /// # Errors
    /// [`LedgerError::DuplicateDeviceKey`], [`LedgerError::DeviceKey`] unless `jwk` is a plain JSON
    /// object.
    pub fn add_device_key(&self, kid: &str, jwk: &str, at_ms: i64) -> Result<(), LedgerError> {
        let jwk = canonical::object(jwk).map_err(|e| LedgerError::DeviceKey(e.into()))?;
        let change = self.change()?;
        let is_known: bool = change.query_row(
            "SELECT EXISTS (SELECT 1 FROM device_key WHERE kid = ?1)",
            [kid],
            |row| row.get(0),
        )?;
        if is_known {
            return Err(LedgerError::DuplicateDeviceKey);
        }
        let replaces: Option<String> = change
            .query_row(
                "SELECT kid FROM device_key WHERE retired_at_ms IS NULL",
                [],
                |row| row.get(0),
            )
            .optional()?;
        change.execute(
            "UPDATE device_key SET retired_at_ms = ?1 WHERE retired_at_ms IS NULL",
            [at_ms],
        )?;
        change.execute(
            "INSERT INTO device_key (kid, jwk, made_at_ms) VALUES (?1, ?2, ?3)",
            params![kid, jwk, at_ms],
        )?;
        let detail = MadeDetail {
            kid,
            replaces: replaces.as_deref(),
        };
        events::append(&change, None, EventKind::DeviceKeyMade, &detail, at_ms)?;
        change.commit()
    }

    /// Every device key there has been, newest first: the first is the one in use.
    pub fn device_keys(&self) -> Result<Vec<DeviceKey>, LedgerError> {
        let link = self.link();
        let mut statement = link.prepare_cached(
            "SELECT kid, jwk, made_at_ms, retired_at_ms FROM device_key ORDER BY number DESC",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(DeviceKey {
                kid: row.get(0)?,
                jwk: row.get(1)?,
                made_at_ms: row.get(2)?,
                retired_at_ms: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
