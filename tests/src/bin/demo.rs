//! The main job, done unattended on a display of its own: what `cargo xtask run` shows where there is no screen.
//!
//! Leaves the receipt and pictures of every step in `target/demo/`.

#![allow(clippy::print_stdout, reason = "it tells where the results are")]

use e2e::{Desk, Keyring, repository};

fn main() {
    let output = repository().join("target/demo");
    let desk = Desk::open_in(&output, Keyring::Unlocked);
    let app = desk.start();
    let picture = app.screenshot("first-window");
    println!("screenshot: {}", picture.display());
    app.quit();
    println!("everything is in {}", output.display());
}
