//! The shell: one window, its commands, and what only a desktop program may touch. Everything with rules of its own
//! lives in `crates/`.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

use std::time::Duration;

use contacts::Region;
use tauri::{DragDropEvent, Emitter, Manager, Window, WindowEvent};

use crate::adapters::data_dir::DataDir;
use crate::practice::Practice;
use crate::state::App;
use crate::wire::Drag;

mod adapters;
#[cfg(test)]
mod bindings;
mod commands;
mod error;
mod failure;
mod imports;
mod lists;
mod practice;
mod review;
mod state;
mod wire;

/// Until the ledger opens and says otherwise.
const FIRST_REGION: &str = "PT";
/// The window appears by itself if the page could not say that it is ready.
const SHOW_ANYWAY: Duration = Duration::from_secs(4);

/// Runs the app until its window is closed.
#[expect(
    clippy::expect_used,
    reason = "without a window or a data folder there is nothing to run"
)]
pub fn run() {
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::INFO)
        .with_writer(std::io::stderr)
        .init();
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .plugin(tauri_plugin_clipboard_manager::init())
        .setup(|app| {
            let dir = DataDir::open(app.path().app_data_dir()?)?;
            let practice = tauri::async_runtime::block_on(Practice::start())
                .inspect_err(|error| tracing::error!(%error, "the practice server did not start"))
                .ok();
            app.manage(App::new(dir, practice, Region::parse(FIRST_REGION)?));
            let handle = app.handle().clone();
            std::thread::spawn(move || {
                std::thread::sleep(SHOW_ANYWAY);
                if let Some(window) = handle.get_webview_window("main") {
                    let _ = window.show();
                }
            });
            Ok(())
        })
        .on_window_event(dragged)
        .invoke_handler(tauri::generate_handler![
            commands::connections::connections,
            commands::connections::remove_connection,
            commands::connections::save_connection,
            commands::connections::test_connection,
            commands::connections::use_connection,
            commands::form::check_form,
            commands::form::choose_document,
            commands::form::load_form,
            commands::form::make_key_pair,
            commands::form::reset_form,
            commands::form::save_form,
            commands::list::encodings,
            commands::list::list_accept,
            commands::list::list_add,
            commands::list::list_cancel,
            commands::list::list_choose,
            commands::list::list_clear,
            commands::list::list_edit,
            commands::list::list_paste,
            commands::list::list_region,
            commands::list::list_remove,
            commands::list::list_remove_shown,
            commands::list::list_remove_source,
            commands::list::list_rows,
            commands::list::list_settings,
            commands::list::list_summary,
            commands::list::list_undo,
            commands::list::regions,
            commands::list::save_list_settings,
            commands::list_files::list_export_unused,
            commands::list_files::list_preview,
            commands::list_files::list_read,
            commands::list_files::list_template,
            commands::officer::officer,
            commands::officer::save_officer,
            commands::requests::copy_link,
            commands::requests::export_receipt,
            commands::requests::open_link,
            commands::requests::request,
            commands::requests::requests,
            commands::requests::reveal_code,
            commands::review::prepare_review,
            commands::review::retry,
            commands::review::send,
            commands::start::app_status,
            commands::start::confirm_recovery_key,
            commands::start::recover,
            commands::start::retry_keyring,
            commands::start::start_ledger,
            commands::start::unlock,
            commands::start::window_ready,
        ])
        .run(tauri::generate_context!())
        .expect("Countersign could not start");
}

/// Files dragged onto the window are read here; the page learns only that something hovers and what came of it.
fn dragged(window: &Window, event: &WindowEvent) {
    let WindowEvent::DragDrop(drag) = event else {
        return;
    };
    let over = match drag {
        DragDropEvent::Enter { .. } => true,
        DragDropEvent::Drop { paths, .. } => {
            imports::dropped(window.app_handle(), paths.clone());
            false
        }
        DragDropEvent::Leave => false,
        _ => return,
    };
    let _ = window.emit_to("main", "drag", Drag { over });
}
