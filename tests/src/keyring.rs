//! The desk's keyring: gnome-keyring, the Secret Service that most Linux desktops have.

use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use crate::desk::Desk;
use crate::wait::wait_for;

/// What opens a locked keyring when it asks on the display.
pub const PASSWORD: &str = "desk-keyring";

/// The state in which the app finds the keyring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyring {
    /// As after a normal login.
    Unlocked,
    /// As after an automatic login: there, but it asks for its password first.
    Locked,
    /// No Secret Service on this bus at all.
    Absent,
}

impl Desk {
    /// Puts the keyring into this state; what it holds is kept.
    pub fn set_keyring(&self, state: Keyring) {
        let mut daemon = self.keyring.lock().unwrap();
        if let Some(id) = daemon.take() {
            self.processes.end(id);
            wait_for("the keyring to leave the bus", || {
                (!self.has_keyring()).then_some(())
            });
        }
        if state == Keyring::Absent {
            return;
        }
        // Only `--unlock` makes the keyring's file; a locked one must have been made before.
        let made = self.data_home().join("keyrings/login.keyring").exists();
        if state == Keyring::Locked && !made {
            let id = self.start_keyring(true);
            self.processes.end(id);
            wait_for("the keyring to leave the bus", || {
                (!self.has_keyring()).then_some(())
            });
        }
        *daemon = Some(self.start_keyring(state == Keyring::Unlocked));
    }

    fn start_keyring(&self, unlock: bool) -> u32 {
        let mut command = self.command("gnome-keyring-daemon");
        command
            .args(["--foreground", "--components=secrets"])
            .stdout(Stdio::null());
        if unlock {
            command.arg("--unlock").stdin(Stdio::piped());
        } else {
            command.stdin(Stdio::null());
        }
        let (id, ()) = self
            .processes
            .spawn(&mut command, &self.log("keyring"), |child| {
                if let Some(mut input) = child.stdin.take() {
                    input.write_all(PASSWORD.as_bytes()).unwrap();
                }
            });
        wait_for("the keyring to come to the bus", || {
            self.has_keyring().then_some(())
        });
        id
    }

    fn has_keyring(&self) -> bool {
        let asked = self
            .command("dbus-send")
            .args([
                "--session",
                "--print-reply=literal",
                "--dest=org.freedesktop.DBus",
                "/",
            ])
            .args([
                "org.freedesktop.DBus.NameHasOwner",
                "string:org.freedesktop.secrets",
            ])
            .output()
            .unwrap();
        assert!(asked.status.success(), "the session bus does not answer");
        String::from_utf8_lossy(&asked.stdout).contains("true")
    }

    /// Types the password into the keyring's own dialog and waits until the dialog is gone.
    pub fn answer_keyring_prompt(&self) {
        let dialog = self.wait_for_window("the keyring's dialog", &["--class", "gcr-prompter"]);
        self.type_on_display(PASSWORD);
        self.press_on_display("Return");
        self.wait_until_gone("the keyring's dialog", &dialog);
    }
}

/// Lets the bus start the one thing that keyrings need of it: the dialog that asks for the password.
pub(crate) fn offer_prompter(services: &Path) {
    const NAME: &str = "org.gnome.keyring.SystemPrompter.service";
    let installed = Path::new("/usr/share/dbus-1/services").join(NAME);
    if installed.exists() {
        std::fs::copy(installed, services.join(NAME)).unwrap();
    }
}
