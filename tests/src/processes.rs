//! Processes that cannot outlive their test, however it ends.

use std::fs::{File, OpenOptions};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;

/// A process group whose keeper kills all of it, itself included, once its standard input closes: when this value
/// is dropped, and also when the test is killed and nothing can be dropped.
pub(crate) struct Processes {
    keeper: Mutex<Child>,
    group: i32,
    children: Mutex<Vec<Child>>,
}

impl Processes {
    pub(crate) fn new() -> Self {
        let keeper = Command::new("sh")
            .args(["-c", "while read -r _; do :; done; kill -s KILL 0"])
            .stdin(Stdio::piped())
            .process_group(0)
            .spawn()
            .expect("sh starts");
        let group = i32::try_from(keeper.id()).unwrap();
        Self {
            keeper: Mutex::new(keeper),
            group,
            children: Mutex::new(Vec::new()),
        }
    }

    /// Starts a program in the group; what it says goes to `log`.
    pub(crate) fn start(&self, command: &mut Command, log: &Path) -> u32 {
        self.spawn(
            command.stdin(Stdio::null()).stdout(append(log)),
            log,
            |_| {},
        )
        .0
    }

    /// As [`start`](Self::start), with input and output as the caller set them; `greet` talks to the new child.
    pub(crate) fn spawn<T>(
        &self,
        command: &mut Command,
        log: &Path,
        greet: impl FnOnce(&mut Child) -> T,
    ) -> (u32, T) {
        let program = command.get_program().to_owned();
        let mut child = command
            .stderr(append(log))
            .process_group(self.group)
            .spawn()
            .unwrap_or_else(|why| {
                panic!(
                    "cannot start {}: {why}; `cargo xtask test` installs what is missing",
                    program.display()
                )
            });
        let greeting = greet(&mut child);
        let id = child.id();
        self.children.lock().unwrap().push(child);
        (id, greeting)
    }

    /// Ends one process of the group and waits until it is gone.
    pub(crate) fn end(&self, id: u32) {
        let mut children = self.children.lock().unwrap();
        if let Some(index) = children.iter().position(|child| child.id() == id) {
            let mut child = children.swap_remove(index);
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Drop for Processes {
    fn drop(&mut self) {
        if let Ok(keeper) = self.keeper.get_mut() {
            drop(keeper.stdin.take());
            let _ = keeper.wait();
        }
        if let Ok(children) = self.children.get_mut() {
            for child in children {
                let _ = child.wait();
            }
        }
    }
}

/// Opens a log at its end.
pub(crate) fn append(log: &Path) -> File {
    OpenOptions::new()
        .create(true)
        .append(true)
        .open(log)
        .unwrap_or_else(|why| panic!("cannot open {}: {why}", log.display()))
}
