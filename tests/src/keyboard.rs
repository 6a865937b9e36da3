//! The app used with the keyboard alone.

use std::time::Duration;

use crate::app::App;
use crate::wait::within;

/// Counts the keys that the page has seen let go of.
const SEEN: &str = "
  if (window.keysSeen === undefined) {
    window.keysSeen = 0;
    window.addEventListener('keyup', () => { window.keysSeen += 1; }, true);
  }
  return window.keysSeen;";

/// How long the page may take to see a key. A key that opens another window is let go of there.
const SIGHT: Duration = Duration::from_secs(1);

impl App<'_> {
    /// Presses a key on the real keyboard, in the names of X: `Tab`, `shift+Tab`, `Return`, `Escape`, `space`, `Down`.
    #[track_caller]
    pub fn press(&self, key: &str) {
        let before: u32 = self.script(SEEN, &[]);
        self.activate();
        self.desk.press_on_display(key);
        within(SIGHT, || {
            (self.script::<u32>(SEEN, &[]) > before).then_some(())
        });
    }

    /// Presses a key that ends the app: the page may be gone before it could be asked whether it saw it.
    #[track_caller]
    pub fn press_last(&self, key: &str) {
        self.activate();
        self.desk.press_on_display(key);
    }

    /// Types text into whatever has the focus.
    #[track_caller]
    pub fn type_text(&self, text: &str) {
        self.drive("typing", async {
            self.driver.active_element().await?.send_keys(text).await
        });
    }

    /// Presses Tab until the focus is on, or inside of, what carries this `data-testid`.
    ///
    /// # Panics
    ///
    /// With all that had the focus, when 300 presses do not lead there.
    #[track_caller]
    pub fn tab_to(&self, id: &str) {
        let mut way = Vec::new();
        for _ in 0..300 {
            let here = self.focused();
            if here.iter().any(|holder| holder == id) {
                return;
            }
            way.push(here.join(" < "));
            self.press("Tab");
        }
        panic!(
            "Tab does not lead to {id:?}; it led to:\n{}",
            way.join("\n")
        );
    }

    /// What has the focus: its `data-testid` and those around it, innermost first; without any, a description.
    #[track_caller]
    pub fn focused(&self) -> Vec<String> {
        self.script(
            "const names = [];
             for (let e = document.activeElement; e; e = e.parentElement)
               if (e.dataset && e.dataset.testid) names.push(e.dataset.testid);
             const e = document.activeElement;
             return names.length ? names : [e ? e.outerHTML.slice(0, 160) : 'nothing'];",
            &[],
        )
    }
}
