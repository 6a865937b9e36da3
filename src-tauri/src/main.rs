//! Starts the app; everything is in the library so that tests can reach it.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    match countersign_lib::terminal(std::env::args_os().skip(1)) {
        Some(code) => ExitCode::from(code),
        None => {
            countersign_lib::run();
            ExitCode::SUCCESS
        }
    }
}
