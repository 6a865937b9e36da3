//! The contact list through its public face, as the app uses it: files in, changes, undo, files out.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod files;
mod kept;
mod large;
mod made;
mod mend;
mod mixed;
mod picked;
mod show;
mod twins;
mod undo;
mod unused;
