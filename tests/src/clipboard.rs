//! The clipboard, filled by another program.

use crate::desk::Desk;

impl Desk {
    /// Copies a text in another program, which holds it until the desk is gone.
    #[track_caller]
    pub fn copy(&self, text: &str) {
        let file = self.write(".clipboard", text);
        self.keep_running("clipboard.py", &file);
    }
}
