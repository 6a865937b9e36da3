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
    };
    let json = serde_json::to_string(&officer).map_err(|e| Problem::internal(e.to_string()))?;
    Ok(app.held().ledger()?.set_value(OFFICER, &json)?)
}

/// The officer as saved, blank before that.
pub(crate) fn stored(inner: &Inner) -> Result<Officer, Problem> {
    let json = inner.ledger()?.value(OFFICER)?;
    Ok(json
        .and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_default())
}
