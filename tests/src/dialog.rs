//! Native file dialogs, used with the keyboard.

use std::path::Path;
use std::time::Duration;

use crate::desk::Desk;
use crate::wait::{PATIENCE, wait_for, within};

impl Desk {
    /// Saves under this path in the file dialog that is open or about to open.
    #[track_caller]
    pub fn save_as(&self, path: &Path) {
        self.answer_file_dialog(path);
    }

    /// Opens this file in the file dialog that is open or about to open.
    #[track_caller]
    pub fn open_file(&self, path: &Path) {
        self.answer_file_dialog(path);
    }

    /// Closes the file dialog without choosing anything.
    #[track_caller]
    pub fn cancel_file_dialog(&self) {
        let dialog = self.file_dialog();
        self.press_on_display("Escape");
        self.wait_until_gone("the file dialog", &dialog);
    }

    fn file_dialog(&self) -> String {
        wait_for("a file dialog", || {
            let active = self
                .command("xdotool")
                .arg("getactivewindow")
                .output()
                .unwrap();
            let active = String::from_utf8_lossy(&active.stdout).trim().to_owned();
            let role = self
                .command("xprop")
                .args(["-id", &active, "WM_WINDOW_ROLE"])
                .output()
                .unwrap();
            String::from_utf8_lossy(&role.stdout)
                .contains("GtkFileChooserDialog")
                .then_some(active)
        })
    }

    #[track_caller]
    fn answer_file_dialog(&self, path: &Path) {
        let dialog = self.file_dialog();
        let path = path.to_str().expect("a path that can be typed");
        // A slash opens the place to type a path when opening, and is as good as any letter when saving.
        self.press_on_display("slash");
        self.press_on_display("ctrl+a");
        self.type_on_display(path);
        // The dialog looks the path up as it is typed and ignores Enter until it has: press again if it stays.
        let closed = within(PATIENCE, || {
            self.press_on_display("Return");
            within(Duration::from_secs(2), || {
                self.frame(&dialog).is_none().then_some(())
            })
        });
        assert!(
            closed.is_some(),
            "the file dialog stays open after {path} was typed"
        );
    }
}
