//! Tells Tauri which commands exist, so that each gets its own permission.

/// Every command of the app, kept beside `permissions/app.toml` which grants them to the window.
const COMMANDS: &[&str] = &[
    "app_status",
    "check_form",
    "choose_document",
    "confirm_recovery_key",
    "connections",
    "copy_link",
    "encodings",
    "export_receipt",
    "list_accept",
    "list_add",
    "list_cancel",
    "list_choose",
    "list_clear",
    "list_edit",
    "list_export_unused",
    "list_paste",
    "list_preview",
    "list_read",
    "list_region",
    "list_remove",
    "list_remove_shown",
    "list_remove_source",
    "list_rows",
    "list_settings",
    "list_summary",
    "list_template",
    "list_undo",
    "load_form",
    "make_key_pair",
    "officer",
    "open_link",
    "prepare_review",
    "recover",
    "regions",
    "remove_connection",
    "request",
    "requests",
    "reset_form",
    "retry",
    "retry_keyring",
    "reveal_code",
    "save_connection",
    "save_form",
    "save_list_settings",
    "save_officer",
    "send",
    "start_ledger",
    "test_connection",
    "unlock",
    "use_connection",
    "window_ready",
];

fn main() {
    let manifest = tauri_build::AppManifest::new()
        .commands(COMMANDS)
        .permissions_path_pattern("./src-tauri/permissions/*.toml");
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))
        .unwrap_or_else(|error| panic!("the Tauri build step failed: {error:#}"));
}
