//! The UI's half: Node.js, its packages and the bundle; and the packages that tests in Rust need of Node.js.

use std::fs;
use std::process::Command;

use crate::Outcome;
use crate::step::{command, on_path, output, run, top};

/// The oldest Node.js that Vite runs on.
pub(crate) const OLDEST: (u32, u32) = (20, 19);

const UI: &str = "ui";
/// The JOSE library that receipts are checked with.
const JOSE: &str = "crates/receipts/tests/jose";

/// The version of the Node.js on PATH.
pub(crate) fn version() -> Option<(u32, u32)> {
    parse(&output(command("node").arg("--version"))?)
}

/// Reads `v20.19.4` or Debian's `20.19.2+dfsg-1`.
pub(crate) fn parse(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.trim().trim_start_matches('v').split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

/// An npm command in `ui/`.
pub(crate) fn npm() -> Command {
    npm_in(UI)
}

/// Installs the UI's packages.
pub(crate) fn packages() -> Outcome {
    install(UI)
}

/// Installs what tests in Rust start with Node.js.
pub(crate) fn test_packages() -> Outcome {
    install(JOSE)
}

/// Builds `ui/dist`.
pub(crate) fn bundle() -> Outcome {
    run(npm().args(["run", "build"]))
}

/// Fails with advice where Node.js or npm is missing or too old.
pub(crate) fn present() -> Outcome {
    let (major, minor) = OLDEST;
    let advice = format!(
        "install Node.js {major}.{minor} or newer, with npm, from https://nodejs.org/en/download and run this again"
    );
    match version() {
        None => Err(format!("Node.js is missing: {advice}")),
        Some(found) if found < OLDEST => Err(format!(
            "Node.js {}.{} is too old for the UI's tools: {advice}",
            found.0, found.1
        )),
        Some(_)
            if on_path(if cfg!(windows) { "npm.cmd" } else { "npm" }).is_none()
                && !cfg!(windows) =>
        {
            Err(format!("npm is missing: {advice}"))
        }
        Some(_) => Ok(()),
    }
}

fn npm_in(folder: &str) -> Command {
    let name = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let mut npm = command(name);
    npm.current_dir(top().join(folder));
    npm
}

/// Installs a folder's packages, unless those of this very `package-lock.json` are there already.
fn install(folder: &str) -> Outcome {
    let place = top().join(folder);
    let stamp = place.join("node_modules/.package-lock.installed");
    let lock = fs::read(place.join("package-lock.json"))
        .map_err(|why| format!("cannot read {folder}/package-lock.json: {why}"))?;
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        println!("{folder}/node_modules is up to date");
        return Ok(());
    }
    run(npm_in(folder).args(["ci", "--no-audit", "--no-fund"]))?;
    fs::write(&stamp, lock).map_err(|why| format!("cannot write {}: {why}", stamp.display()))
}

#[cfg(test)]
mod tests {
    use super::{OLDEST, parse};

    #[test]
    fn versions_are_compared_as_numbers() {
        assert_eq!(parse("v20.19.4\n"), Some((20, 19)));
        assert_eq!(parse("20.19.2+dfsg-1"), Some((20, 19)));
        assert!(
            parse("v20.9.0").is_some_and(|found| found < OLDEST),
            "9 is less than 19"
        );
        assert!(
            parse("v24.1.0").is_some_and(|found| found >= OLDEST),
            "24.1 is newer than 20.19"
        );
        assert_eq!(parse("not a version"), None);
    }
}
