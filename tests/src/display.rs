//! What is on the display: windows as the window manager knows them, and pictures of all of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::desk::Desk;
use crate::wait::wait_for;

/// Saves the whole display, dialogs included; GTK is here for the drag source anyway.
const PICTURE: &str = "
import sys, gi
gi.require_version('Gdk', '3.0')
from gi.repository import Gdk
root = Gdk.get_default_root_window()
picture = Gdk.pixbuf_get_from_window(root, 0, 0, root.get_width(), root.get_height())
picture.savev(sys.argv[1], 'png', [], [])
";

/// A place on the display, in pixels from its top left corner.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot {
    pub(crate) x: i32,
    pub(crate) y: i32,
}

/// A window's place and size on the display.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    pub(crate) corner: Spot,
    pub(crate) width: i32,
    pub(crate) height: i32,
}

impl Desk {
    /// Takes a picture of the whole display, native dialogs included, as `NN-<name>.png`.
    pub fn picture(&self, name: &str) -> PathBuf {
        let path = self.next_picture(name);
        quiet(
            self.command("/usr/bin/python3")
                .args(["-c", PICTURE])
                .arg(&path),
        );
        path
    }

    /// The newest visible window that xdotool finds by these criteria.
    pub(crate) fn window(&self, criteria: &[&str]) -> Option<String> {
        let found = self
            .command("xdotool")
            .args(["search", "--onlyvisible"])
            .args(criteria)
            .stderr(Stdio::null())
            .output()
            .unwrap();
        String::from_utf8_lossy(&found.stdout)
            .lines()
            .last()
            .map(str::to_owned)
    }

    #[track_caller]
    pub(crate) fn wait_for_window(&self, what: &str, criteria: &[&str]) -> String {
        wait_for(what, || self.window(criteria))
    }

    #[track_caller]
    pub(crate) fn wait_until_gone(&self, what: &str, window: &str) {
        wait_for(&format!("{what} to close"), || {
            self.frame(window).is_none().then_some(())
        });
    }

    /// Where a window is, or nothing when there is no such window, or none that shows.
    pub(crate) fn frame(&self, window: &str) -> Option<Frame> {
        let told = self
            .command("xwininfo")
            .args(["-id", window])
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&told.stdout);
        let number = |label: &str| -> Option<i32> {
            told.lines()
                .find_map(|line| line.trim().strip_prefix(label)?.trim().parse().ok())
        };
        told.contains("Map State: IsViewable").then_some(())?;
        Some(Frame {
            corner: Spot {
                x: number("Absolute upper-left X:")?,
                y: number("Absolute upper-left Y:")?,
            },
            width: number("Width:")?,
            height: number("Height:")?,
        })
    }

    /// Types text into whichever window has the focus.
    pub(crate) fn type_on_display(&self, text: &str) {
        quiet(
            self.command("xdotool")
                .args(["type", "--clearmodifiers", "--delay", "4", text]),
        );
    }

    /// Presses keys in whichever window has the focus, as `ctrl+a` or `alt+F4`.
    pub(crate) fn press_on_display(&self, keys: &str) {
        quiet(
            self.command("xdotool")
                .args(["key", "--clearmodifiers", keys]),
        );
    }
}

/// Runs a command that must succeed.
#[track_caller]
pub(crate) fn quiet(command: &mut Command) -> Output {
    let output = command.stdin(Stdio::null()).output().unwrap();
    assert!(
        output.status.success(),
        "{} {:?} failed: {}",
        command.get_program().display(),
        command.get_args().collect::<Vec<_>>(),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

/// The last lines of a log.
pub(crate) fn tail(log: &Path) -> String {
    let content = fs::read(log).unwrap_or_default();
    let content = String::from_utf8_lossy(&content);
    let lines: Vec<&str> = content.lines().collect();
    lines[lines.len().saturating_sub(40)..].join("\n")
}
