//! What the machine must have before anything can be built: installed with apt-get where there is one,
//! named with its source elsewhere.

use std::process::Command;

use crate::Outcome;
use crate::node;
use crate::step::{command, on_path, output, run, succeeds};

/// A Debian or Ubuntu package and what it is for.
type Package = (&'static str, &'static str);

const BUILD: &[Package] = &[
    (
        "build-essential",
        "compiles the C parts (SQLCipher, OpenSSL)",
    ),
    ("librsvg2-dev", "icons"),
    ("libssl-dev", "Tauri's build"),
    ("libwebkit2gtk-4.1-dev", "the window"),
    ("libxdo-dev", "menus and shortcuts of the window"),
    ("perl", "builds OpenSSL"),
    ("pkg-config", "finds the libraries above"),
];

/// What a desk without a screen consists of; see `tests/src/lib.rs`.
const DESK: &[Package] = &[
    ("dbus", "a session bus of its own"),
    ("fonts-noto-core", "letters on the screenshots"),
    (
        "gir1.2-gtk-3.0",
        "the drag source and pictures of the display",
    ),
    ("gnome-keyring", "the keyring"),
    ("openbox", "places and closes windows"),
    ("python3-gi", "the drag source and pictures of the display"),
    ("webkit2gtk-driver", "drives the window"),
    ("x11-utils", "asks the display about its windows"),
    ("xdotool", "moves the pointer, types into file dialogs"),
    ("xvfb", "a display without a screen"),
];

const TEST: &[Package] = &[
    (
        "libsecret-tools",
        "looks into the keyring from outside the app",
    ),
    ("openssl", "checks receipts and stamps their time"),
    (
        "poppler-utils",
        "reads printed receipts from outside the app",
    ),
    ("python3-jwcrypto", "checks receipts"),
    ("qpdf", "checks printed receipts"),
    ("xdg-utils", "knows which app opens a link"),
];

/// What a piece of work needs of the machine.
#[derive(Clone, Copy)]
pub(crate) enum Work {
    /// Building the app.
    Build,
    /// Building it and using it on a display of its own.
    Demo,
    /// Everything.
    Test,
}

/// Makes sure that the machine has what the work needs, Node.js included.
pub(crate) fn meet(work: Work) -> Outcome {
    if !cfg!(target_os = "linux") {
        return elsewhere(work);
    }
    if on_path("apt-get").is_none() || on_path("dpkg-query").is_none() {
        return without_apt(work);
    }
    let lists: &[&[Package]] = match work {
        Work::Build => &[BUILD],
        Work::Demo => &[BUILD, DESK],
        Work::Test => &[BUILD, DESK, TEST],
    };
    let missing: Vec<Package> = lists
        .iter()
        .copied()
        .flatten()
        .copied()
        .filter(|(name, _)| !installed(name))
        .collect();
    let node_missing = node::version().is_none();
    if missing.is_empty() && !node_missing {
        return node::present();
    }
    if !missing.is_empty() {
        println!("Countersign needs some packages that are not installed:");
        for (name, why) in &missing {
            println!("  {name:<22} {why}");
        }
    }
    apt(&["update"])?;
    let mut names: Vec<&str> = missing.iter().map(|(name, _)| *name).collect();
    if node_missing && node_on_offer() {
        println!("Node.js is missing; it builds the UI: installing nodejs and npm as well");
        names.extend(["nodejs", "npm"]);
    }
    if !names.is_empty() {
        apt(&[
            &["install", "--yes", "--no-install-recommends"],
            names.as_slice(),
        ]
        .concat())?;
    }
    node::present()
}

fn installed(package: &str) -> bool {
    output(command("dpkg-query").args(["--show", "--showformat=${db:Status-Status}", package]))
        .is_some_and(|status| status == "installed")
}

/// Whether the distribution's own Node.js is new enough to be worth installing.
fn node_on_offer() -> bool {
    output(
        command("apt-cache")
            .args(["policy", "nodejs"])
            .env("LC_ALL", "C"),
    )
    .and_then(|text| {
        let line = text
            .lines()
            .find_map(|line| line.trim().strip_prefix("Candidate: "))?;
        node::parse(line)
    })
    .is_some_and(|candidate| candidate >= node::OLDEST)
}

fn apt(words: &[&str]) -> Outcome {
    let root = output(command("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    let mut apt = if root {
        command("env")
    } else if on_path("sudo").is_some() {
        let mut sudo = command("sudo");
        sudo.arg("env");
        sudo
    } else {
        return Err(format!(
            "no sudo here: run `apt-get {}` as root, then this again",
            words.join(" ")
        ));
    };
    run(apt
        .args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"])
        .args(words))
}

fn without_apt(work: Work) -> Outcome {
    let mut missing = Vec::new();
    for library in ["webkit2gtk-4.1", "librsvg-2.0"] {
        if !succeeds(Command::new("pkg-config").args(["--exists", library])) {
            missing.push(format!("the development files of {library}"));
        }
    }
    let build: &[&str] = &["cc", "make", "perl", "pkg-config"];
    let desk: &[&str] = &[
        "Xvfb",
        "WebKitWebDriver",
        "dbus-daemon",
        "gnome-keyring-daemon",
        "openbox",
        "xdotool",
    ];
    let test: &[&str] = &["openssl", "pdftotext", "qpdf", "secret-tool"];
    let lists: &[&[&str]] = match work {
        Work::Build => &[build],
        Work::Demo => &[build, desk],
        Work::Test => &[build, desk, test],
    };
    missing.extend(
        lists
            .iter()
            .copied()
            .flatten()
            .filter(|name| on_path(name).is_none())
            .map(|name| (*name).to_owned()),
    );
    if missing.is_empty() {
        return node::present();
    }
    Err(format!(
        "missing here: {}.\nInstall them with this system's package manager; the names on each system are at \
         https://v2.tauri.app/start/prerequisites/",
        missing.join(", ")
    ))
}

fn elsewhere(work: Work) -> Outcome {
    if !matches!(work, Work::Build) {
        return Err("the window is driven on Linux only: run this there, or `cargo nextest run --workspace \
                    --exclude e2e` here"
            .to_owned());
    }
    if cfg!(target_os = "macos") && !succeeds(command("xcode-select").arg("-p")) {
        return Err(
            "Apple's command line tools are missing: run `xcode-select --install`".to_owned(),
        );
    }
    if cfg!(windows) && on_path("perl").is_none() {
        return Err(
            "Perl is missing; it builds OpenSSL: install it from https://strawberryperl.com"
                .to_owned(),
        );
    }
    node::present()
}
