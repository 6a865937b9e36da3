//! Cargo's companions, built once into `<target dir>/tools` where the machine does not have them.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use crate::Outcome;
use crate::cargo::{cargo, target_dir};
use crate::step::{on_path, run};

/// A companion, at the version that is known to work.
pub(crate) struct Tool {
    name: &'static str,
    version: &'static str,
    /// Whether one on PATH will do. A tauri-driver does not tell its version, and its newest does not work with
    /// Tauri 2, so only our own is trusted.
    any: bool,
}

pub(crate) const CARGO_FUZZ: Tool = Tool {
    name: "cargo-fuzz",
    version: "0.13.2",
    any: true,
};
pub(crate) const NEXTEST: Tool = Tool {
    name: "cargo-nextest",
    version: "0.9.143",
    any: true,
};
pub(crate) const DENY: Tool = Tool {
    name: "cargo-deny",
    version: "0.20.2",
    any: true,
};
pub(crate) const MACHETE: Tool = Tool {
    name: "cargo-machete",
    version: "0.9.2",
    any: true,
};
pub(crate) const TAURI_DRIVER: Tool = Tool {
    name: "tauri-driver",
    version: "2.1.0",
    any: false,
};

/// Builds the tool unless it is there.
pub(crate) fn ensure(tool: &Tool) -> Outcome {
    if (tool.any && on_path(tool.name).is_some()) || ours(tool) {
        return Ok(());
    }
    let root = root();
    println!(
        "{} is missing: building {} into {}",
        tool.name,
        tool.version,
        root.display()
    );
    run(cargo()
        .args([
            "install",
            "--locked",
            "--quiet",
            tool.name,
            "--version",
            tool.version,
            "--root",
        ])
        .arg(&root)
        .env("CARGO_TARGET_DIR", target_dir().join("tools-build")))
}

/// PATH with our own tools first.
pub(crate) fn path() -> Outcome<OsString> {
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(
        std::iter::once(root().join("bin")).chain(std::env::split_paths(&inherited)),
    )
    .map_err(|why| format!("PATH cannot be extended: {why}"))
}

/// Whether cargo's own record of what it put there names this tool at this version.
fn ours(tool: &Tool) -> bool {
    fs::read_to_string(root().join(".crates.toml"))
        .is_ok_and(|record| record.contains(&format!("\"{} {} ", tool.name, tool.version)))
}

fn root() -> PathBuf {
    target_dir().join("tools")
}
