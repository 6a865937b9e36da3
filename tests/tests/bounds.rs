//! What the page may not do, even if somebody got script into it, and that nobody gets any in.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::net::TcpListener;

use e2e::{App, Desk, Keyring, Look, TERMS};
use serde_json::json;

#[test]
fn the_page_has_no_files_no_network_no_programs_and_no_foreign_script() {
    let desk = Desk::open("bounds");
    let app = desk.start();
    app.first_start();
    for command in [
        "plugin:dialog|open",
        "plugin:dialog|save",
        "plugin:opener|open_url",
        "plugin:opener|open_path",
        "plugin:clipboard-manager|read_text",
        "plugin:fs|read_text_file",
        "plugin:window|close",
        "plugin:webview|create_webview_window",
    ] {
        let refused: String = app.script_async(
            "const [command, done] = arguments;
             window.__TAURI_INTERNALS__.invoke(command, { path: '/etc/hostname', url: 'https://example.com' })
               .then(() => done('let through'), (why) => done('refused: ' + why));",
            &[json!(command)],
        );
        assert!(refused.starts_with("refused"), "{command}: {refused}");
    }

    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let fetched: String = app.script_async(
        "const [url, done] = arguments;
         fetch(url, { mode: 'no-cors' }).then(() => done('let through'), () => done('refused'));",
        &[json!(address)],
    );
    assert_eq!(fetched, "refused", "the page has no network");
    assert!(listener.accept().is_err(), "nothing reached the port");

    app.script::<()>(
        "const script = document.createElement('script');
         script.textContent = 'window.hacked = 1';
         document.body.append(script);
         const image = document.createElement('div');
         image.innerHTML = '<img src=x onerror=\"window.hacked = 2\">';
         document.body.append(image);",
        &[],
    );
    std::thread::sleep(std::time::Duration::from_millis(300));
    let hacked: Option<u32> = app.script("return window.hacked ?? null", &[]);
    assert_eq!(hacked, None, "no script runs that is not the app's own");
    app.quit();
}

#[test]
fn markup_in_a_list_a_name_or_a_file_name_stays_text() {
    let desk = Desk::open("markup");
    let attack = "<img src=x onerror=window.hacked=1>";
    let list = desk.write("<b>bold.csv", format!("email\n{attack}\nana@example.com\n"));
    let app = desk.start();
    app.first_start();
    app.drop_files(&[&list]);
    app.by_testid("filter-ready").wait_text("1");
    app.by_testid("filter-errors").wait_text("1");
    app.by_testid("resourcesIds").fill(TERMS);
    app.by_testid("name").fill(attack);
    app.review();
    app.send();
    app.by_testid("outcome-state").wait_text("Accepted");
    app.text("<img src=x").wait_shown();
    let hacked: Option<u32> = app.script("return window.hacked ?? null", &[]);
    assert_eq!(hacked, None, "markup is shown, not obeyed");
    app.quit();
}

#[test]
fn a_second_start_brings_the_open_window_forward_and_ends() {
    let desk = Desk::open("second-start");
    let app = desk.start();
    app.first_start();
    desk.open_link("");
    assert_eq!(app.windows(), 1);
    app.by_testid("contacts").wait_shown();
    app.quit();
}

#[test]
fn a_second_app_that_cannot_see_the_first_waits_its_turn() {
    // Without a session bus, as over a remote shell, nothing tells the two of each other but the ledger.
    const ALONE: &[(&str, &str)] = &[("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")];
    const PASSPHRASE: &str = "a long enough passphrase";
    let desk = Desk::open_with("second-app", Keyring::Absent);
    let first = desk.start_with(Look::default(), ALONE);
    first.by_testid("keep-vault").focus();
    first.press("space");
    first.by_testid("passphrase").fill(PASSPHRASE);
    first.by_testid("passphrase-again").fill(PASSPHRASE);
    first.first_start();
    let second = desk.start_with(Look::default(), ALONE);
    let said = second.by_testid("lock-message").wait_text("");
    assert!(said.to_lowercase().contains("open"), "it says why: {said}");
    second.screenshot("second");
    accessible(&second);
    first.kill9();
    // The system takes a moment to let go of what a killed program held, so it is tried until it opens.
    second.wait_until(
        "the second to ask for the passphrase when it tries again",
        || {
            second.script::<()>(
                "document.querySelector('[data-testid=\"retry-keyring\"]')?.click()",
                &[],
            );
            second.by_testid("passphrase").is_shown()
        },
    );
    second.by_testid("passphrase").fill(PASSPHRASE);
    second.by_testid("unlock").click();
    second.by_testid("contacts").wait_shown();
    second.quit();
}

fn accessible(app: &App<'_>) {
    app.assert_accessible("a second app");
}
