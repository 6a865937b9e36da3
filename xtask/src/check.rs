//! `cargo xtask test`: everything that must hold, in the order in which it is cheapest to learn of a failure.

use std::time::Instant;

use crate::Outcome;
use crate::cargo::{FEATURES, cargo};
use crate::launch::app;
use crate::needs::{self, Work};
use crate::node::{self, npm};
use crate::step::run;
use crate::tools::{self, DENY, MACHETE, NEXTEST, TAURI_DRIVER};

struct Step {
    name: &'static str,
    holds: &'static str,
    check: fn() -> Outcome,
}

/// nextest is last, so that its summary is what stays on the screen.
const STEPS: &[Step] = &[
    Step {
        name: "needs",
        holds: "the machine has what it needs",
        check: || needs::meet(Work::Test),
    },
    Step {
        name: "tools",
        holds: "cargo's companions are here",
        check: companions,
    },
    Step {
        name: "format",
        holds: "Rust is formatted",
        check: || run(cargo().args(["fmt", "--all", "--check"])),
    },
    Step {
        name: "packages",
        holds: "the packages of the UI and of tests are here",
        check: || node::packages().and_then(|()| node::test_packages()),
    },
    Step {
        name: "ui",
        holds: "the UI type-checks, lints and is formatted",
        check: || run(npm().args(["run", "check"])),
    },
    Step {
        name: "vitest",
        holds: "the UI's tests pass",
        check: || run(npm().arg("test")),
    },
    Step {
        name: "bundle",
        holds: "the UI builds",
        check: node::bundle,
    },
    Step {
        name: "clippy",
        holds: "no lint warns",
        check: clippy,
    },
    Step {
        name: "deny",
        holds: "licences and sources of all crates are allowed",
        check: deny,
    },
    Step {
        name: "machete",
        holds: "no dependency is unused",
        check: machete,
    },
    Step {
        name: "doc",
        holds: "the documentation builds, its links lead somewhere",
        check: doc,
    },
    Step {
        name: "app",
        holds: "the app builds",
        // With the features that the tests are built with: otherwise half of it would be built twice.
        check: || {
            run(cargo()
                .args(["build", "--workspace", "--all-targets"])
                .args(FEATURES))
        },
    },
    Step {
        name: "nextest",
        holds: "all Rust tests pass, those in the real window too",
        check: nextest,
    },
];

pub(crate) fn all() -> Outcome {
    STEPS.iter().enumerate().try_for_each(|(index, step)| {
        println!(
            "\n=== {}/{} {}: {}",
            index + 1,
            STEPS.len(),
            step.name,
            step.holds
        );
        perform(step, step.name != "nextest")
    })
}

pub(crate) fn only(name: &str) -> Outcome {
    let step = STEPS
        .iter()
        .find(|step| step.name == name)
        .ok_or_else(|| format!("no step `{name}`; see `cargo xtask test --list`"))?;
    perform(step, false)
}

pub(crate) fn list() {
    for step in STEPS {
        println!("{:<10}{}", step.name, step.holds);
    }
}

fn perform(step: &Step, timed: bool) -> Outcome {
    let start = Instant::now();
    (step.check)().map_err(|why| format!("step `{}` failed: {why}", step.name))?;
    if timed {
        println!(
            "=== {} holds ({:.1} s)",
            step.name,
            start.elapsed().as_secs_f32()
        );
    }
    Ok(())
}

fn companions() -> Outcome {
    [NEXTEST, DENY, MACHETE, TAURI_DRIVER]
        .iter()
        .try_for_each(tools::ensure)
}

fn clippy() -> Outcome {
    run(cargo()
        .args(["clippy", "--workspace", "--all-targets"])
        .args(FEATURES)
        .args(["--", "-D", "warnings"]))
}

fn deny() -> Outcome {
    run(cargo()
        .args([
            "deny",
            "--workspace",
            "check",
            "bans",
            "licenses",
            "sources",
        ])
        .env("PATH", tools::path()?))
}

fn machete() -> Outcome {
    run(cargo().arg("machete").env("PATH", tools::path()?))
}

fn doc() -> Outcome {
    run(cargo()
        .args(["doc", "--workspace", "--no-deps"])
        .args(FEATURES)
        .env("RUSTDOCFLAGS", "-D warnings"))
}

fn nextest() -> Outcome {
    run(cargo()
        .args(["nextest", "run", "--workspace", "--no-fail-fast"])
        .args(FEATURES)
        .env("PATH", tools::path()?)
        .env("COUNTERSIGN_APP", app()))
}
