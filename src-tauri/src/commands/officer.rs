//! Who uses this computer.

use tauri::State;

use crate::error::Problem;
use crate::state::{App, Inner};
use crate::wire::Officer;

const OFFICER: &str = "officer";

#[tauri::command(async)]
pub(crate) fn officer(app: State<'_, App>) -> Result<Officer, Problem> {
    stored(&app.held())
}

#[tauri::command(async)]
pub(crate) fn save_officer(app: State<'_, App>, officer: Officer) -> Result<(), Problem> {
    let officer = Officer {
        name: officer.name.trim().to_owned(),
        organisation: officer.organisation.trim().to_owned(),
        contact: officer.contact.trim().to_owned(),
    };
    save(&app.held(), &officer)
}

/// The officer as saved, blank before that.
pub(crate) fn stored(inner: &Inner) -> Result<Officer, Problem> {
    let json = inner.ledger()?.value(OFFICER)?;
    Ok(json
        .and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_default())
}

/// Where the last test went is where the next one will.
pub(crate) fn remember_contact(inner: &Inner, contact: &str) -> Result<(), Problem> {
    let officer = Officer {
        contact: contact.to_owned(),
        ..stored(inner)?
    };
    save(inner, &officer)
}

fn save(inner: &Inner, officer: &Officer) -> Result<(), Problem> {
    let json = serde_json::to_string(officer).map_err(|e| Problem::internal(e.to_string()))?;
    Ok(inner.ledger()?.set_value(OFFICER, &json)?)
}
