//! Commands the window may call, by topic. Each decodes, calls a room and maps the error.

pub(crate) mod connections;
pub(crate) mod form;
pub(crate) mod list;
pub(crate) mod list_files;
pub(crate) mod officer;
pub(crate) mod requests;
pub(crate) mod review;
pub(crate) mod start;
