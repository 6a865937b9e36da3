//! How the desktop is set up to look; the app has to follow.

use std::fs;

use crate::desk::Desk;
use crate::display::quiet;

/// The desktop's appearance.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Dark instead of light.
    pub dark: bool,
    /// Whether things may move (`prefers-reduced-motion: no-preference`).
    pub motion: bool,
    /// The size of text, 100 being the usual. At any other size the driver's clicks would miss, so
    /// [`Find::click`](crate::Find::click) then clicks by script.
    pub text_percent: u32,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            dark: false,
            motion: false,
            text_percent: 100,
        }
    }
}

impl Desk {
    /// Sets the desktop up; programs started from now on follow.
    pub(crate) fn set_look(&self, look: Look) {
        let folder = self.config_home().join("gtk-3.0");
        fs::create_dir_all(&folder).unwrap();
        let settings = format!(
            "[Settings]\ngtk-theme-name=Adwaita\ngtk-application-prefer-dark-theme={}\ngtk-enable-animations={}\n",
            u8::from(look.dark),
            u8::from(look.motion),
        );
        fs::write(folder.join("settings.ini"), settings).unwrap();
        // Where the display knows a text size, GTK asks the display and not its settings.
        let resource = format!("Xft.dpi:\t{}\n", 96 * look.text_percent / 100);
        quiet(
            self.command("xprop")
                .args(["-root", "-f", "RESOURCE_MANAGER", "8s"])
                .args(["-set", "RESOURCE_MANAGER", &resource]),
        );
    }
}
