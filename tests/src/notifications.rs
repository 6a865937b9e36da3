//! What the system is told to show while nobody looks at the window.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::Stdio;

use crate::desk::Desk;
use crate::place::repository;
use crate::wait::wait_for;

/// The place where the desktop shows notifications.
pub struct Notifications {
    file: PathBuf,
}

impl Desk {
    /// Puts a program in the place of the desktop's notifications, for as long as the desk is there.
    #[track_caller]
    pub fn watch_notifications(&self) -> Notifications {
        let file = self.write(".notifications", "");
        let mut command = self.command("/usr/bin/python3");
        command
            .arg(repository().join("tests/notifications.py"))
            .arg(&file)
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        let (_, said) = self
            .processes
            .spawn(&mut command, &self.log("notifications"), |child| {
                let mut line = String::new();
                let output = child.stdout.take().unwrap();
                BufReader::new(output).read_line(&mut line).unwrap();
                line
            });
        assert_eq!(said.trim(), "ready", "the program that takes notifications");
        Notifications { file }
    }
}

impl Notifications {
    /// Title and text of each so far.
    pub fn shown(&self) -> Vec<(String, String)> {
        let text = fs::read_to_string(&self.file).unwrap();
        text.lines()
            .filter_map(|line| line.split_once('\t'))
            .map(|(title, text)| (title.to_owned(), text.to_owned()))
            .collect()
    }

    /// Waits for one whose title or text contains `words`.
    #[track_caller]
    pub fn wait_for(&self, words: &str) -> (String, String) {
        wait_for(&format!("a notification that says {words:?}"), || {
            let shown = self.shown().into_iter();
            let mut fitting =
                shown.filter(|(title, text)| format!("{title} {text}").contains(words));
            fitting.next()
        })
    }
}
