//! What sending needs of the app around it.

use std::sync::Arc;

use humanos::Client;
use tauri::{AppHandle, Emitter, Manager};
use tauri_plugin_notification::NotificationExt;

use super::{Notice, Sending};
use crate::commands::connections;
use crate::error::Problem;
use crate::state::App;
use crate::wire::BatchView;

pub(crate) trait Around: Send + Sync + 'static {
    /// A client with the keys as they are now. May wait for the keyring.
    fn client(&self, connection: &str) -> Result<Client, Problem>;

    /// A batch stands elsewhere.
    fn changed(&self, view: &BatchView);

    /// Something the officer should know though the window may be out of sight.
    fn notify(&self, notice: Notice);
}

/// Begins to send once the ledger is open, and goes on with what was being sent when the app closed. Only the first
/// call does anything.
pub(crate) fn open(handle: &AppHandle) {
    let app = handle.state::<App>();
    let (sending, cut_off) = {
        let mut inner = app.held();
        let Ok(ledger) = inner.ledger() else { return };
        if app.sending.get().is_some() {
            return;
        }
        let sending = Sending::start(app.runtime.clone(), Box::new(handle.clone()), ledger);
        match sending {
            Ok(sending) => {
                let _ = app.sending.set(Arc::clone(&sending));
                (sending, inner.take_cut_off())
            }
            Err(problem) => {
                tracing::error!(%problem.message, "batches cannot be sent");
                return;
            }
        }
    };
    for id in cut_off {
        if let Err(problem) = sending.go_on(&id) {
            tracing::error!(%problem.message, "a batch did not go on");
        }
    }
}

impl Around for AppHandle {
    fn client(&self, connection: &str) -> Result<Client, Problem> {
        connections::client(&self.state::<App>(), connection)
    }

    fn changed(&self, view: &BatchView) {
        if let Err(error) = self.emit_to("main", "batch-changed", view) {
            tracing::error!(%error, "the window could not be told of a batch");
        }
    }

    fn notify(&self, notice: Notice) {
        let shown = self.notification().builder();
        let shown = shown.title(notice.title).body(notice.text).show();
        if let Err(error) = shown {
            tracing::warn!(%error, "the system showed no notification");
        }
    }
}
