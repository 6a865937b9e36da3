//! What an officer does again and again, as single calls.

use std::path::Path;
use std::time::Duration;

use crate::app::App;
use crate::wait::within;

/// The resource that the practice server knows as "Client onboarding terms".
pub const TERMS: &str = "507f1f77bcf86cd799439012";

/// What a person types into the form of a connection.
#[derive(Clone, Copy, Debug)]
pub struct NewConnection<'a> {
    /// Its name in lists.
    pub name: &'a str,
    /// Where requests go.
    pub base_url: &'a str,
    /// The API key.
    pub api_key: &'a str,
    /// The signature secret.
    pub signature_secret: &'a str,
}

impl App<'_> {
    /// First start with the choices as they are offered: writes the recovery key down, confirms it, and returns it.
    #[track_caller]
    pub fn first_start(&self) -> String {
        self.by_testid("start-app").click();
        let key = self.confirm_recovery_key();
        self.by_testid("contacts").wait_shown();
        key
    }

    /// Reads the recovery key, types its last group, and goes on.
    #[track_caller]
    pub fn confirm_recovery_key(&self) -> String {
        let key = self.by_testid("recovery-key").wait_text("-");
        let last = key.trim().rsplit('-').next().unwrap_or_default();
        self.by_testid("recovery-confirm").fill(last);
        self.by_testid("recovery-continue").click();
        key.trim().to_owned()
    }

    /// Adds a connection in Settings and makes it the one in use.
    #[track_caller]
    pub fn add_connection(&self, connection: NewConnection<'_>) {
        self.by_testid("nav-settings").click();
        self.by_testid("add-connection").click();
        self.by_testid("connection.name").fill(connection.name);
        self.by_testid("connection.baseUrl")
            .fill(connection.base_url);
        self.by_testid("connection.apiKey").fill(connection.api_key);
        self.by_testid("connection.signatureSecret")
            .fill(connection.signature_secret);
        self.by_testid("connection-save").click();
        self.by_testid("connection-save").wait_gone();
        self.connection_action(connection.name, "use").click();
        self.by_testid("connection-line").wait_text(connection.name);
    }

    /// A button of the connection with this name: `use`, `edit`, `test`, `remove`.
    pub fn connection_action(&self, name: &str, action: &str) -> crate::Find<'_> {
        let id: Option<String> = self.script(
            "const rows = [...document.querySelectorAll('[data-testid^=\"connection-\"]')];
             const row = rows.find((r) => /^connection-[0-9a-f-]{36}$/.test(r.dataset.testid)
               && r.textContent.includes(arguments[0]));
             return row ? row.dataset.testid : null;",
            &[serde_json::json!(name)],
        );
        self.by_testid(&format!(
            "{}-{action}",
            id.unwrap_or_else(|| format!("connection {name}"))
        ))
    }

    /// Types people into the list, and waits until they are in it. What is said at a field may come while
    /// the button is aimed at and move it away; then it is pressed again, as a person would.
    #[track_caller]
    pub fn add_people(&self, text: &str) {
        let added = || self.by_testid("contacts").value().is_empty();
        self.by_testid("contacts").fill(text);
        self.wait_until("what was typed to be added", || {
            self.by_testid("add-contacts").click();
            within(Duration::from_secs(10), || added().then_some(())).is_some()
        });
    }

    /// Sets a control to a value: picks the option of a select, types into anything else.
    #[track_caller]
    pub fn choose(&self, id: &str, value: &str) {
        self.by_testid(id).wait_shown();
        let picked: bool = self.script(
            "const control = document.querySelector(`[data-testid=\"${arguments[0]}\"]`);
             if (!(control instanceof HTMLSelectElement)) return false;
             const set = Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set;
             set.call(control, arguments[1]);
             control.dispatchEvent(new Event('change', { bubbles: true }));
             return true;",
            &[serde_json::json!(id), serde_json::json!(value)],
        );
        if !picked {
            self.by_testid(id).fill(value);
        }
    }

    /// Adds a credential of this type as number `index`, and waits until the form has led there.
    #[track_caller]
    pub fn add_credential(&self, index: usize, kind: &str) {
        let path = format!("credentials.{index}.type");
        let led = || self.focused().contains(&path).then_some(());
        self.wait_until("the focus to be at the new credential", || {
            // A list that is being shown moves the button away; then it is pressed again.
            if !self.by_testid(&path).is_shown() {
                self.by_testid("add-credential").click();
            }
            within(Duration::from_secs(5), led).is_some()
        });
        self.choose(&path, kind);
    }

    /// Goes to the review of what is in the form.
    #[track_caller]
    pub fn review(&self) {
        self.by_testid("review-button").click();
        self.by_testid("review-body").wait_shown();
    }

    /// Takes the second, deliberate step, and waits for the outcome.
    #[track_caller]
    pub fn send(&self) {
        self.by_testid("send-button").click();
        self.by_testid("confirm-send").click();
        self.by_testid("outcome-state").wait_shown();
    }

    /// Saves the receipt of the open request through the system's own dialog.
    #[track_caller]
    pub fn export_receipt(&self, path: &Path) {
        self.by_testid("export-receipt").click();
        self.by_testid("export-save").click();
        self.desk.save_as(path);
        self.by_testid("export-note").wait_shown();
    }

    /// The body under review, exactly.
    #[track_caller]
    pub fn reviewed_body(&self) -> String {
        self.script(
            "return document.querySelector('[data-testid=\"review-body\"]').textContent",
            &[],
        )
    }
}
