//! Links of the form `countersign://…` that the system hands to this app, if it is installed.

use callback::SCHEME;
use tauri::AppHandle;
use tauri_plugin_deep_link::DeepLinkExt;

/// Whether the system opens our links with this app. Where it is not installed, nothing is registered.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub(crate) fn are_ours(handle: &AppHandle) -> bool {
    handle.deep_link().is_registered(SCHEME).unwrap_or(false)
}

/// On Linux packages bring a desktop entry under the app's name, which the plugin does not know of.
#[cfg(target_os = "linux")]
pub(crate) fn are_ours(handle: &AppHandle) -> bool {
    let asked = std::process::Command::new("xdg-mime")
        .args(["query", "default", &format!("x-scheme-handler/{SCHEME}")])
        .output();
    let entry = asked.map(|told| String::from_utf8_lossy(&told.stdout).trim().to_owned());
    entry.is_ok_and(|entry| entry == format!("{}.desktop", handle.package_info().name))
        || handle.deep_link().is_registered(SCHEME).unwrap_or(false)
}

/// On macOS an app in its bundle is known by the bundle's own list.
#[cfg(target_os = "macos")]
pub(crate) fn are_ours(_: &AppHandle) -> bool {
    std::env::current_exe().is_ok_and(|exe| exe.to_string_lossy().contains(".app/Contents/MacOS/"))
}
