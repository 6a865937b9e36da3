//! Reads one spreadsheet for the app, in a process of its own that is ended when it takes too much
//! memory or time. It stands beside the app's program and knows nothing but the `contacts` crate.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::alloc::System;
use std::process::ExitCode;

use cap::Cap;

#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

fn main() -> ExitCode {
    contacts::confined::serve(|bytes| {
        let bytes = usize::try_from(bytes).unwrap_or(usize::MAX);
        if MEMORY.set_limit(bytes).is_err() {
            // More is in use already than is allowed.
            std::process::exit(1);
        }
    })
}
