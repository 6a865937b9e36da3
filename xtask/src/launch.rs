//! `cargo xtask run`: from a fresh clone to the open window, or to the demonstration where there is no display.

use std::path::PathBuf;

use crate::Outcome;
use crate::cargo::{FEATURES, cargo, fetch, target_dir};
use crate::needs::{self, Work};
use crate::node;
use crate::step;
use crate::tools::{self, TAURI_DRIVER};

/// Installs what is missing, builds, and opens the app; the second time nothing of it needs a network.
pub(crate) fn run() -> Outcome {
    let display = has_display();
    needs::meet(if display { Work::Build } else { Work::Demo })?;
    node::packages()?;
    node::bundle()?;
    fetch()?;
    step::run(cargo().args(["build", "--offline"]).args(FEATURES))?;
    if display {
        return step::run(&mut step::command(app()));
    }
    println!("\nNo display here: doing the main job unattended on a virtual one.");
    tools::ensure(&TAURI_DRIVER)?;
    step::run(
        cargo()
            .args(["run", "--offline", "--quiet", "-p", "e2e", "--bin", "demo"])
            .env("COUNTERSIGN_APP", app())
            .env("PATH", tools::path()?),
    )
}

/// The app as `cargo build` leaves it.
pub(crate) fn app() -> PathBuf {
    target_dir()
        .join("debug")
        .join(format!("countersign{}", std::env::consts::EXE_SUFFIX))
}

fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}
