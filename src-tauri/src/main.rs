//! Starts the app; everything is in the library so that tests can reach it.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() {
    countersign_lib::run();
}
