//! The program that reads spreadsheets, for this crate's own tests; the app has the same.

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
