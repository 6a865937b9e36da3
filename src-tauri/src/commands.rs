//! Commands the window may call, by topic. Each decodes, calls a room and maps the error.

use crate::error::Problem;

pub(crate) mod answers;
pub(crate) mod connections;
pub(crate) mod evidence;
pub(crate) mod form;
pub(crate) mod list;
pub(crate) mod list_files;
pub(crate) mod officer;
pub(crate) mod requests;
pub(crate) mod returns;
pub(crate) mod review;
pub(crate) mod sending;
pub(crate) mod start;

/// Long work, where it holds no other command up.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    tauri::async_runtime::spawn_blocking(work)
        .await
        .map_err(|error| Problem::internal(error.to_string()))?
}
