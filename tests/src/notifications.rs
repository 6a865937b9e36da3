//! What the system is told to show while nobody looks at the window.

use std::fs;
use std::path::PathBuf;

use crate::desk::Desk;
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
        self.keep_running("notifications.py", &file);
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
