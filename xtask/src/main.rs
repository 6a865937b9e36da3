//! The project's own commands: `cargo xtask run | test | bench | fuzz | bindings`.
//!
//! Needs only the standard library, so that it builds in seconds on a fresh machine. It starts other tools and
//! stops at the first that fails; it does none of their work itself.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool speaks on its streams"
)]

mod bench;
mod cargo;
mod check;
mod fuzz;
mod launch;
mod needs;
mod node;
mod soak;
mod step;
mod tools;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask <command>

  run                 install what is missing, build, open the app;
                      without a display: do the main job unattended and say where the results are
  test                everything that must hold before a change is kept
  test --list         the names of its steps
  test --only <step>  one of them
  bench [name]        measure us and our peers on the same work: dispatch, envelope, import, receipts
  fuzz [target]       a minute of hostile input for each of: csv, json, kept, list, text, vcard, workbook
  soak [seed]         kill a batch at random moments a thousand times; takes a quarter of an hour
  bindings            write the TypeScript types of the commands again
";

/// Why a command stopped; one line for the person who ran it.
type Outcome<T = ()> = Result<T, String>;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["run"] => launch::run(),
        ["test"] => check::all(),
        ["test", "--list"] => {
            check::list();
            Ok(())
        }
        ["test", "--only", step] => check::only(step),
        ["bench"] => bench::all(),
        ["bench", name] => bench::only(name),
        ["fuzz"] => fuzz::all(),
        ["fuzz", target] => fuzz::only(target),
        ["soak"] => soak::kill(1),
        ["soak", seed] => match seed.parse() {
            Ok(seed) => soak::kill(seed),
            Err(_) => Err(format!("`{seed}` is no number to begin at")),
        },
        ["bindings"] => cargo::bindings(),
        ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            Ok(())
        }
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("\nxtask: {why}");
            ExitCode::FAILURE
        }
    }
}
