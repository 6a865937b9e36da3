//! The ledger as evidence: its check, receipts made from it, and receipts brought to be checked.
//!
//! A check reads the whole ledger, on a handle of its own so that nobody waits for it.

mod brought;
mod watch;

use std::sync::atomic::{AtomicBool, Ordering};

use ledger::{Evidence, Ledger};
use receipts::{About, DeviceKey, Field, Mask, SignedReceipt, Tree};
use tauri::AppHandle;

use crate::adapters::clock::{now_ms, utc_offset_minutes};
use crate::commands::officer;
use crate::device_key;
use crate::error::{Problem, ProblemCode};
use crate::state::App;
use crate::wire::{Damage, ExportStep, LedgerReport, MaskField};

pub(crate) use brought::{check_file, dropped};
use watch::Watch;

/// Ends an export or a check that is under way.
#[derive(Default)]
pub(crate) struct Ender(AtomicBool);

impl Ender {
    pub(crate) fn end(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn begin(&self) {
        self.0.store(false, Ordering::Relaxed);
    }

    fn is_ended(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What receipts are made from: a ledger that was just checked, and who signs.
pub(crate) struct Desk {
    ledger: Ledger,
    key: DeviceKey,
    about: About,
    /// How many places of the ledger are damaged.
    pub(crate) damages: u64,
}

impl Desk {
    /// Checks the ledger and takes out what receipts need.
    pub(crate) fn open(handle: &AppHandle, app: &App, mask: &[MaskField]) -> Result<Self, Problem> {
        let key = device_key::in_use(app)?;
        let (ledger, officer) = {
            let inner = app.held();
            (inner.ledger()?.another()?, officer::stored(&inner)?)
        };
        let found = walked(handle, app, &ledger)?;
        let exported_at_ms = now_ms();
        let about = About {
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
            officer: officer.name,
            organisation: officer.organisation,
            exported_at_ms,
            utc_offset_minutes: utc_offset_minutes(exported_at_ms),
            device_key: key.public().clone(),
            mask: Mask::new(mask.iter().map(|field| field.field()), *key.mask_seed()),
            timestamp: None,
        };
        Ok(Self {
            ledger,
            key,
            about,
            damages: found.damage_count,
        })
    }

    /// The signed receipt of one request, and the record it was made from.
    pub(crate) fn receipt(
        &self,
        request: &str,
    ) -> Result<(SignedReceipt, ledger::RequestRecord), Problem> {
        let record = self
            .ledger
            .request(request)?
            .ok_or_else(|| Problem::gone("request"))?;
        // After the record, so that the tree holds all its events.
        let tree = Tree::new(self.ledger.leaves()?);
        let made = receipts::receipt(&record, &tree, &self.about).map_err(|error| {
            Problem::new(
                ProblemCode::Ledger,
                format!("No receipt can be made of this request: {error}. Under Evidence, check the ledger: it names the damaged places."),
            )
        })?;
        let signed = made
            .sign(&self.key)
            .map_err(|error| Problem::internal(error.to_string()))?;
        Ok((signed, record))
    }
}

/// Checks the whole ledger and says what was found.
pub(crate) fn report(handle: &AppHandle, app: &App) -> Result<LedgerReport, Problem> {
    let ledger = app.held().ledger()?.another()?;
    let found = walked(handle, app, &ledger)?;
    let root = ledger.leaves().map(|leaves| Tree::new(leaves).head().root);
    Ok(LedgerReport {
        size: found.size,
        // Where hashes are gone there is nothing to name.
        root: root.unwrap_or_default(),
        checked_at_ms: now_ms(),
        damages: found
            .damages
            .iter()
            .map(|damage| told(&ledger, damage))
            .collect(),
        damage_count: found.damage_count,
    })
}

fn walked(handle: &AppHandle, app: &App, ledger: &Ledger) -> Result<Evidence, Problem> {
    let mut watch = Watch::new(handle, &app.exporting, ExportStep::Checking);
    let found = ledger.check_evidence(|done, total| watch.at(done, total))?;
    if found.checked < found.size {
        return Err(Problem::new(
            ProblemCode::Cancelled,
            "The check was ended before it had seen everything.",
        ));
    }
    Ok(found)
}

fn told(ledger: &Ledger, damage: &ledger::Damage) -> Damage {
    let (from, to) = match damage.events {
        Some((from, to)) => (Some(from), to),
        None => (None, None),
    };
    let name = |id: &String| Some(ledger.request(id).ok()??.name);
    Damage {
        code: format!("{:?}", damage.what).to_lowercase(),
        words: damage.to_string(),
        from,
        to,
        request_name: damage
            .request
            .as_ref()
            .and_then(name)
            .filter(|n| !n.is_empty()),
        request: damage.request.clone(),
    }
}

impl MaskField {
    fn field(self) -> Field {
        match self {
            Self::Contacts => Field::Contacts,
            Self::Names => Field::Names,
            Self::Links => Field::Links,
            Self::Replies => Field::Replies,
            Self::Body => Field::Body,
        }
    }
}
