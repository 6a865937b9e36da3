//! Measures us and our peers on the same work, in the same run. `cargo xtask bench` starts it with what
//! it needs; no test does, because a figure is worth something only on a machine with nothing else to do.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool speaks on its streams"
)]

mod envelope;
mod evidence;
mod import;
mod people;
mod report;
mod sending;

use std::process::ExitCode;

const USAGE: &str = "\
usage: benches import <list reader> <python>
       benches dispatch <folder on the disk to measure> <python>
       benches envelope <node>
       benches receipts <folder on the disk to measure> <python>";

/// Why a bench could not be run at all.
type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["envelope", node] => envelope::run(node),
        ["import", reader, python] => import::run(reader, python),
        // The bench starts itself so, to see what memory one import takes.
        [import::ALONE, file] => import::alone(file),
        ["receipts", folder, python] => evidence::run(folder, python),
        ["dispatch", folder, python] => sending::run(folder, python),
        // So that each is measured by itself.
        [sending::OURS, url, folder] => sending::ours(url, folder),
        [sending::BARE, url] => sending::bare(url),
        [sending::PRACTICE] => sending::practice(),
        [sending::RESPONDER] => sending::responder(),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("bench: {why}");
            ExitCode::FAILURE
        }
    }
}
