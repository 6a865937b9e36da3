//! The app in its real window: start, use, end.

use std::fs;
use std::future::Future;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::Ordering;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::error::WebDriverResult;
use thirtyfour::{Capabilities, WebDriver};

use crate::desk::Desk;
use crate::display::{Frame, quiet, tail};
use crate::look::Look;
use crate::place;
use crate::processes::Processes;
use crate::wait::{PATIENCE, wait_for, within};

/// The running app. Dropped without [`quit`](Self::quit), it is killed.
pub struct App<'desk> {
    pub(crate) desk: &'desk Desk,
    pub(crate) driver: WebDriver,
    // Held for its end: dropping it kills the driver and the app.
    _processes: Processes,
    pub(crate) look: Look,
    log: PathBuf,
    id: u32,
}

impl Desk {
    /// Starts the app as built and waits for its first window.
    #[track_caller]
    pub fn start(&self) -> App<'_> {
        self.start_with(Look::default(), &[])
    }

    /// As [`start`](Self::start), with a look and more environment variables.
    #[track_caller]
    pub fn start_with(&self, look: Look, environment: &[(&str, &str)]) -> App<'_> {
        self.start_as(look, environment, None)
    }

    /// As [`start`](Self::start), by a link that the system hands over.
    #[track_caller]
    pub fn start_by_link(&self, link: &str) -> App<'_> {
        self.start_as(Look::default(), &[], Some(link))
    }

    #[track_caller]
    fn start_as(&self, look: Look, environment: &[(&str, &str)], link: Option<&str>) -> App<'_> {
        let number = self.starts.fetch_add(1, Ordering::Relaxed) + 1;
        let log = self.log(&format!("app-{number}"));
        let id_file = self
            .home()
            .parent()
            .unwrap()
            .join(format!("app-{number}.pid"));
        let start = id_file.with_extension("sh");
        fs::write(
            &start,
            start_script(&place::app(), environment, link, &id_file, &log),
        )
        .unwrap();
        fs::set_permissions(&start, fs::Permissions::from_mode(0o700)).unwrap();
        self.set_look(look);

        let processes = Processes::new();
        let (port, native_port) = free_ports();
        let mut command = self.command(&place::program("tauri-driver").display().to_string());
        command
            .arg(format!("--port={port}"))
            .arg(format!("--native-port={native_port}"));
        command
            .arg("--native-driver")
            .arg(place::program("WebKitWebDriver"));
        let driver_log = self.log(&format!("driver-{number}"));
        processes.start(command.stdin(Stdio::null()), &driver_log);
        for (name, port) in [("tauri-driver", port), ("WebKitWebDriver", native_port)] {
            wait_for(name, || TcpStream::connect(("127.0.0.1", port)).ok());
        }
        let driver = self.block_on(session(port, &start)).unwrap_or_else(|why| {
            let _ = catch_unwind(AssertUnwindSafe(|| self.picture("failure")));
            panic!(
                "the app does not come up: {why}\nits log:\n{}\ndriver:\n{}",
                tail(&log),
                tail(&driver_log)
            )
        });
        let id = wait_for("the app's process id", || {
            fs::read_to_string(&id_file).ok()?.trim().parse().ok()
        });
        App {
            desk: self,
            driver,
            _processes: processes,
            look,
            log,
            id,
        }
    }
}

impl App<'_> {
    /// What the app has written to its standard output and error so far.
    pub fn log(&self) -> String {
        String::from_utf8_lossy(&fs::read(&self.log).unwrap_or_default()).into_owned()
    }

    /// Takes a picture of the page, as `NN-<name>.png`; [`Desk::picture`] takes one of the whole display.
    #[track_caller]
    pub fn screenshot(&self, name: &str) -> PathBuf {
        let path = self.desk.next_picture(name);
        self.drive("a screenshot", self.driver.screenshot(&path));
        path
    }

    /// Runs JavaScript in the page: `return arguments[0] + 1`.
    #[track_caller]
    pub fn script<T: DeserializeOwned>(&self, script: &str, arguments: &[Value]) -> T {
        let returned = self.drive("a script", self.driver.execute(script, arguments.to_vec()));
        returned
            .convert()
            .unwrap_or_else(|why| panic!("the script returned {}: {why}", returned.json()))
    }

    /// Runs JavaScript whose result comes through a callback, the last of `arguments`.
    #[track_caller]
    pub fn script_async<T: DeserializeOwned>(&self, script: &str, arguments: &[Value]) -> T {
        let returned = self.drive(
            "a script",
            self.driver.execute_async(script, arguments.to_vec()),
        );
        returned
            .convert()
            .unwrap_or_else(|why| panic!("the script returned {}: {why}", returned.json()))
    }

    /// Waits until `so` holds.
    #[track_caller]
    pub fn wait_until(&self, what: &str, mut so: impl FnMut() -> bool) {
        wait_for(what, || {
            self.must_run(what);
            so().then_some(())
        });
    }

    /// How many windows the app has open.
    #[track_caller]
    pub fn windows(&self) -> usize {
        self.drive("the windows", self.driver.windows()).len()
    }

    /// Goes on in the window whose title contains `title`, once there is one.
    #[track_caller]
    pub fn switch_to_window(&self, title: &str) {
        wait_for(&format!("a window titled {title:?}"), || {
            for window in self.drive("the windows", self.driver.windows()) {
                self.drive("a window", self.driver.switch_to_window(window));
                if self.drive("a title", self.driver.title()).contains(title) {
                    return Some(());
                }
            }
            None
        });
    }

    /// Makes the window so large that the page has `width` × `height` CSS pixels at the usual scale.
    #[track_caller]
    pub fn resize(&self, width: i32, height: i32) {
        let window = self.window();
        quiet(self.desk.command("xdotool").args([
            "windowsize",
            &window,
            &width.to_string(),
            &height.to_string(),
        ]));
        self.wait_until(&format!("a page {width} pixels wide"), || {
            self.script::<i32>("return window.innerWidth", &[]) == width
        });
    }

    /// Closes the window as the officer does, with alt+F4, and waits until the app has ended.
    #[track_caller]
    pub fn quit(self) {
        // A key pressed while the window manager is still moving the focus goes nowhere: press again, as one would.
        wait_for("the app to end after its window was closed", || {
            self.activate();
            self.desk.press_on_display("alt+F4");
            within(Duration::from_secs(3), || (!self.runs()).then_some(()))
        });
    }

    /// Asks for the window to be closed, with alt+F4, until the app asks back with what carries this `data-testid`.
    #[track_caller]
    pub fn ask_to_close(&self, asks_back: &str) {
        wait_for("the app to ask before it closes", || {
            self.activate();
            self.desk.press_on_display("alt+F4");
            within(Duration::from_secs(3), || {
                self.by_testid(asks_back).is_shown().then_some(())
            })
        });
    }

    /// Waits until the app has ended by itself.
    #[track_caller]
    pub fn wait_end(self) {
        wait_for("the app to end", || (!self.runs()).then_some(()));
    }

    /// Kills the app with no chance to tidy up, as a power cut would.
    #[track_caller]
    pub fn kill9(self) {
        // The shell's own kill: the program of that name is not everywhere.
        quiet(
            self.desk
                .command("sh")
                .args(["-c", "kill -s KILL \"$0\"", &self.id.to_string()]),
        );
        wait_for("the app to be gone", || (!self.runs()).then_some(()));
    }

    /// The app's main window on the display, for xdotool.
    #[track_caller]
    pub(crate) fn window(&self) -> String {
        let id = self.id.to_string();
        self.desk.wait_for_window(
            "the app's window on the display",
            &["--pid", &id, "--name", "."],
        )
    }

    /// Brings the window to the front and gives it the keyboard.
    #[track_caller]
    pub(crate) fn activate(&self) {
        let window = self.window();
        quiet(
            self.desk
                .command("xdotool")
                .args(["windowactivate", "--sync", &window]),
        );
    }

    #[track_caller]
    pub(crate) fn frame(&self) -> Frame {
        let window = self.window();
        self.desk
            .frame(&window)
            .unwrap_or_else(|| panic!("the app's window is not on the display"))
    }

    /// Awaits an answer of the driver that must come.
    #[track_caller]
    pub(crate) fn drive<T>(
        &self,
        what: &str,
        answer: impl Future<Output = WebDriverResult<T>>,
    ) -> T {
        self.desk.block_on(answer).unwrap_or_else(|why| {
            self.must_run(what);
            panic!("no {what}: {why}")
        })
    }

    #[track_caller]
    pub(crate) fn must_run(&self, what: &str) {
        assert!(self.runs(), "the app has ended while waiting for {what}");
    }

    fn runs(&self) -> bool {
        // The third field is the state; a zombie has ended.
        fs::read_to_string(format!("/proc/{}/stat", self.id)).is_ok_and(|stat| {
            !stat
                .rsplit(')')
                .next()
                .is_some_and(|rest| rest.trim().starts_with('Z'))
        })
    }
}

impl Drop for App<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let _ = catch_unwind(AssertUnwindSafe(|| {
                let picture = self.desk.picture("failure");
                eprintln!("the display then: {}", picture.display());
            }));
            eprintln!("the end of {}:\n{}", self.log.display(), tail(&self.log));
        }
        // The session ends with its processes; asking a dead driver to end it would only take time.
        let _ = self.driver.clone().leak();
    }
}

async fn session(port: u16, application: &Path) -> WebDriverResult<WebDriver> {
    let mut wanted = Capabilities::new();
    wanted.set(
        "tauri:options",
        json!({ "application": application, "args": [] }),
    )?;
    let direct = reqwest::Client::builder()
        .no_proxy()
        .timeout(PATIENCE)
        .build()
        .expect("a client");
    let url = format!("http://127.0.0.1:{port}");
    WebDriver::builder(url, wanted)
        .client(direct)
        .request_timeout(PATIENCE)
        .connect()
        .await
}

/// Two ports that are free now.
fn free_ports() -> (u16, u16) {
    let bind = || TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let (one, other) = (bind(), bind());
    (
        one.local_addr().unwrap().port(),
        other.local_addr().unwrap().port(),
    )
}

/// The driver drops what the app says and does not tell its process id; this keeps both.
fn start_script(
    app: &Path,
    environment: &[(&str, &str)],
    link: Option<&str>,
    id_file: &Path,
    log: &Path,
) -> String {
    let mut script = String::from("#!/bin/sh\n");
    for (name, value) in environment {
        script += &format!("export {name}={}\n", quoted(value));
    }
    script += &format!("echo $$ > {}\n", quoted(&id_file.display().to_string()));
    script += &format!(
        "exec {} {} >> {} 2>&1\n",
        quoted(&app.display().to_string()),
        // A link is the only argument: the system starts the app with it and nothing else.
        link.map_or_else(|| "\"$@\"".to_owned(), quoted),
        quoted(&log.display().to_string())
    );
    script
}

fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}
