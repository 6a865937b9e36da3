//! The clipboard, filled by another program.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::desk::Desk;
use crate::place::repository;

impl Desk {
    /// Copies a text in another program, which holds it until the desk is gone.
    #[track_caller]
    pub fn copy(&self, text: &str) {
        let file = self.write(".clipboard", text);
        let mut command = self.command("/usr/bin/python3");
        command
            .arg(repository().join("tests/clipboard.py"))
            .arg(file)
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        let (_, said) = self
            .processes
            .spawn(&mut command, &self.log("clipboard"), |child| {
                let mut line = String::new();
                let output = child.stdout.take().unwrap();
                BufReader::new(output).read_line(&mut line).unwrap();
                line
            });
        assert_eq!(said.trim(), "ready", "the program with the clipboard");
    }
}
