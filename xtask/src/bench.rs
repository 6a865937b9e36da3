//! `cargo xtask bench`: us and our peers on the same work, in a release build.

use std::path::PathBuf;

use crate::Outcome;
use crate::cargo::{cargo, target_dir};
use crate::step::{command, on_path, run, top};

struct Bench {
    name: &'static str,
    measure: fn() -> Outcome,
}

const BENCHES: &[Bench] = &[
    Bench {
        name: "dispatch",
        measure: dispatch,
    },
    Bench {
        name: "envelope",
        measure: envelope,
    },
    Bench {
        name: "import",
        measure: import,
    },
    Bench {
        name: "receipts",
        measure: receipts,
    },
];

pub(crate) fn all() -> Outcome {
    BENCHES.iter().try_for_each(|bench| (bench.measure)())
}

pub(crate) fn only(name: &str) -> Outcome {
    let names: Vec<_> = BENCHES.iter().map(|bench| bench.name).collect();
    let bench = BENCHES.iter().find(|bench| bench.name == name);
    let bench =
        bench.ok_or_else(|| format!("no bench `{name}`; there are: {}", names.join(", ")))?;
    (bench.measure)()
}

fn envelope() -> Outcome {
    release(&["--package", "benches"])?;
    let node = on_path("node").ok_or("there is no Node.js to measure against")?;
    let benches = format!("benches{}", std::env::consts::EXE_SUFFIX);
    run(command(target_dir().join("release").join(benches))
        .arg("envelope")
        .arg(node))
}

fn import() -> Outcome {
    release(&["--package", "benches"])?;
    // The app's own reader is built with all of Tauri; this one is the same few lines.
    release(&["--package", "contacts", "--example", "list_reader"])?;
    run(command(program("benches"))
        .arg("import")
        .arg(program("examples/list_reader"))
        .arg(python_or_none()))
}

fn dispatch() -> Outcome {
    release(&["--package", "benches"])?;
    // Ledgers are made where there is a disk under the files; a temporary folder may be memory.
    run(command(program("benches"))
        .arg("dispatch")
        .arg(target_dir().join("bench"))
        .arg(python_or_none()))
}

fn receipts() -> Outcome {
    release(&["--package", "benches"])?;
    run(command(program("benches"))
        .arg("receipts")
        .arg(target_dir().join("bench"))
        .arg(python_or_none()))
}

fn program(name: &str) -> PathBuf {
    let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    target_dir().join("release").join(name)
}

fn python_or_none() -> PathBuf {
    python().unwrap_or_else(|why| {
        println!("\nThe peer cannot be measured, so its figure will not hold: {why}");
        PathBuf::from("python-with-packages-is-missing")
    })
}

fn release(what: &[&str]) -> Outcome {
    run(cargo().args(["build", "--release"]).args(what))
}

/// A Python of our own with the packages of the peers, at the versions that are written down.
fn python() -> Outcome<PathBuf> {
    let folder = target_dir().join("bench").join("venv");
    let python = folder.join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    });
    if !python.exists() {
        let any = ["python3", "python"]
            .into_iter()
            .find_map(on_path)
            .ok_or("there is no python3")?;
        run(command(any).args(["-m", "venv"]).arg(&folder))?;
    }
    let packages = top().join("benches/python/requirements.txt");
    run(command(&python)
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ])
        .arg("--requirement")
        .arg(packages))?;
    Ok(python)
}
