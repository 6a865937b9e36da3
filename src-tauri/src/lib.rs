//! The shell: one window, its commands, and what only a desktop program may touch. Everything with rules of its own
//! lives in `crates/`.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

use std::time::Duration;

use contacts::Region;
use tauri::{
    AppHandle, DragDropEvent, Emitter, Manager, WebviewWindowBuilder, Window, WindowEvent,
};
use tauri_plugin_deep_link::DeepLinkExt;

use crate::adapters::data_dir::DataDir;
use crate::practice::Practice;
use crate::state::App;
use crate::wire::Drag;

mod adapters;
mod answers;
mod attempt;
#[cfg(test)]
mod bindings;
mod commands;
mod device_key;
mod error;
mod evidence;
mod failure;
mod imports;
mod lists;
mod pace;
mod practice;
mod profiles;
mod returns;
mod review;
mod sending;
mod session;
mod state;
mod status;
mod terminal;
mod webhooks;
mod wire;

/// Until the ledger opens and says otherwise.
const FIRST_REGION: &str = "PT";
/// The window appears by itself if the page could not say that it is ready.
const SHOW_ANYWAY: Duration = Duration::from_secs(4);

/// Sending has threads of its own: the window's commands may block theirs, for as long as a dialog is open.
const SENDING_THREADS: usize = 2;

pub use terminal::terminal;

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
    let sending = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(SENDING_THREADS)
        .thread_name("sending")
        .enable_all()
        .build()
        .expect("Countersign could not start a thread");
    let runtime = sending.handle().clone();
    tauri::Builder::default()
        // First: another start must end here, having handed over its link.
        .plugin(tauri_plugin_single_instance::init(|handle, _, _| {
            if let Some(window) = handle.get_webview_window("main") {
                let _ = window.unminimize();
                let _ = window.set_focus();
            }
        }))
        .plugin(tauri_plugin_deep_link::init())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_notification::init())
        .setup(move |app| {
            let dir = DataDir::open(app.path().app_data_dir()?)?;
            let practice = tauri::async_runtime::block_on(Practice::start())
                .inspect_err(|error| tracing::error!(%error, "the practice server did not start"))
                .ok();
            let region = Region::parse(FIRST_REGION)?;
            app.manage(App::new(dir, practice, region, runtime));
            hear_links(app.handle());
            open_main(app.handle())?;
            let handle = app.handle().clone();
            std::thread::spawn(move || {
                std::thread::sleep(SHOW_ANYWAY);
                if let Some(window) = handle.get_webview_window("main") {
                    let _ = window.show();
                }
            });
            Ok(())
        })
        .on_window_event(happened)
        .invoke_handler(tauri::generate_handler![
            commands::answers::choose_payload,
            commands::answers::choose_profiles,
            commands::answers::drops_go_to,
            commands::answers::loose_answers,
            commands::answers::open_payload,
            commands::answers::profiles,
            commands::answers::profiles_template,
            commands::answers::remove_webhook,
            commands::answers::retry_answer,
            commands::answers::save_profiles,
            commands::answers::save_webhook,
            commands::answers::try_payload,
            commands::connections::connections,
            commands::connections::remove_connection,
            commands::connections::save_connection,
            commands::connections::save_pace,
            commands::connections::test_connection,
            commands::connections::use_connection,
            commands::evidence::cancel_export,
            commands::evidence::check_ledger,
            commands::evidence::count_pack,
            commands::evidence::export_pack,
            commands::evidence::save_stamping,
            commands::evidence::stamping,
            commands::evidence::choose_receipt,
            commands::evidence::device_key,
            commands::evidence::export_device_key,
            commands::evidence::rotate_device_key,
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
            commands::returns::open_session,
            commands::returns::refresh_status,
            commands::returns::return_way,
            commands::returns::session_message,
            commands::returns::session_origin,
            commands::review::cancel_planning,
            commands::review::dry_run,
            commands::review::prepare_review,
            commands::review::retry,
            commands::review::review_find,
            commands::review::review_request,
            commands::review::send,
            commands::review::test_send,
            commands::sending::batch,
            commands::sending::batch_failures,
            commands::sending::batch_requests,
            commands::sending::batches,
            commands::sending::cancel_requests,
            commands::sending::leave_and_close,
            commands::sending::mend_contact,
            commands::sending::pause_batch,
            commands::sending::resend_refused,
            commands::sending::resend_unknown,
            commands::sending::resume_batch,
            commands::sending::stop_batch,
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

/// The window as `tauri.conf.json` describes it.
fn open_main(handle: &AppHandle) -> tauri::Result<()> {
    let windows = handle.config().app.windows.iter();
    for config in windows.filter(|config| config.label == "main") {
        let frames = handle.clone();
        WebviewWindowBuilder::from_config(handle, config)?
            .on_web_resource_request(move |request, response| {
                session::allow_frame(&frames, &request, response);
            })
            .build()?;
    }
    Ok(())
}

/// Links that the system opens this app with: the one it was started for, and all later ones.
fn hear_links(handle: &AppHandle) {
    let links = handle.deep_link();
    if let Ok(Some(urls)) = links.get_current() {
        urls.iter()
            .for_each(|url| returns::link(handle, url.as_str()));
    }
    let ear = handle.clone();
    links.on_open_url(move |event| {
        for url in event.urls() {
            let (handle, url) = (ear.clone(), url.to_string());
            std::thread::spawn(move || returns::link(&handle, &url));
        }
    });
}

fn happened(window: &Window, event: &WindowEvent) {
    if window.label() == session::LABEL {
        if matches!(event, WindowEvent::Destroyed) {
            session::closed(&window.state::<App>());
        }
        return;
    }
    match event {
        WindowEvent::DragDrop(drag) => dragged(window, drag),
        WindowEvent::CloseRequested { api, .. } => {
            let app = window.state::<App>();
            // Closing ends what is being sent, so the officer is asked first.
            if let Some(asked) = app.sending.get().and_then(|sending| sending.close_asked()) {
                api.prevent_close();
                let _ = window.emit_to("main", "close-asked", asked);
            }
        }
        _ => {}
    }
}

/// Files dragged onto the window are read here; the page learns only that something hovers and what came of it.
fn dragged(window: &Window, drag: &DragDropEvent) {
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
