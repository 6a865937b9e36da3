//! Frames and further windows of the app, and links that lead to it.

use std::fs;
use std::time::Duration;

use crate::app::App;
use crate::desk::Desk;
use crate::display::quiet;
use crate::place;
use crate::wait::{wait_for, within};

impl App<'_> {
    /// Goes on inside the first frame of the page, once it is there.
    #[track_caller]
    pub fn enter_frame(&self) {
        wait_for("a frame", || {
            self.must_run("a frame");
            self.desk.block_on(self.driver.enter_frame(0)).ok()
        });
    }

    /// Goes on in the page that holds the frame.
    #[track_caller]
    pub fn leave_frame(&self) {
        self.drive("the page", self.driver.enter_default_frame());
    }

    /// Closes the window of this title, as the officer does, and goes on in the one whose page is titled `back`.
    #[track_caller]
    pub fn close_window(&self, title: &str, back: &str) {
        let name = format!("^{title}$");
        let window = self
            .desk
            .wait_for_window("the window to be closed", &["--name", &name]);
        // A key pressed while the focus is still on its way goes nowhere: press again, as one would.
        wait_for("the window to be gone", || {
            let activate = ["windowactivate", "--sync", &window];
            let _ = self.desk.command("xdotool").args(activate).output();
            self.desk.press_on_display("alt+F4");
            within(Duration::from_secs(3), || {
                self.desk.frame(&window).is_none().then_some(())
            })
        });
        self.switch_to_window(back);
    }
}

impl Desk {
    /// Makes the system know the app, by the entry that its package brings.
    #[track_caller]
    pub fn install(&self) {
        let entries = self.data_home().join("applications");
        fs::create_dir_all(&entries).unwrap();
        let template =
            fs::read_to_string(place::repository().join("src-tauri/countersign.desktop"));
        let entry: String = template
            .unwrap()
            .lines()
            .filter(|line| !line.starts_with("{{#") && !line.starts_with("{{/"))
            .map(|line| line.to_owned() + "\n")
            .collect();
        let entry = entry
            .replace("{{exec}}", &place::app().display().to_string())
            .replace("{{name}}", "Countersign")
            .replace("{{mime_type}}", "x-scheme-handler/countersign")
            .replace("{{categories}}", "Office;")
            .replace("{{comment}}", "")
            .replace("{{icon}}", "countersign");
        fs::write(entries.join("Countersign.desktop"), entry).unwrap();
        quiet(self.command("xdg-mime").args([
            "default",
            "Countersign.desktop",
            "x-scheme-handler/countersign",
        ]));
    }

    /// Opens a link as the system does: by starting the app with it. That start must end by itself.
    #[track_caller]
    pub fn open_link(&self, link: &str) {
        quiet(self.command(&place::app().display().to_string()).arg(link));
    }
}
