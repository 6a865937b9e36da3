//! The desk: everything around the app.

use std::fs;
use std::future::Future;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::display::tail;
use crate::keyring::{Keyring, offer_prompter};
use crate::place::repository;
use crate::processes::Processes;
use crate::wait::wait_for;

/// A home, a display with a window manager, a session bus and a keyring, private to one test and gone after it.
///
/// Pictures and logs stay, in the folder given by [`output`](Self::output).
pub struct Desk {
    // Dropped first: nothing may write into the home while it is removed.
    pub(crate) processes: Processes,
    pub(crate) keyring: Mutex<Option<u32>>,
    pub(crate) starts: AtomicUsize,
    pub(crate) pictures: AtomicUsize,
    runtime: Runtime,
    display: String,
    bus: String,
    output: PathBuf,
    home: TempDir,
}

impl Desk {
    /// A desk with an unlocked keyring; its pictures and logs go to `target/e2e/<name>/` in the repository.
    pub fn open(name: &str) -> Self {
        Self::open_with(name, Keyring::Unlocked)
    }

    /// A desk whose keyring is in the given state.
    pub fn open_with(name: &str, keyring: Keyring) -> Self {
        Self::open_in(&repository().join("target/e2e").join(name), keyring)
    }

    /// A desk whose pictures and logs go to a folder of the caller's choice, which is emptied first.
    pub fn open_in(output: &Path, keyring: Keyring) -> Self {
        if output.exists() {
            fs::remove_dir_all(output).unwrap();
        }
        fs::create_dir_all(output).unwrap();
        let home = tempfile::Builder::new().prefix("desk-").tempdir().unwrap();
        for folder in ["home", "data", "config", "cache", "run", "services"] {
            fs::DirBuilder::new()
                .mode(0o700)
                .create(home.path().join(folder))
                .unwrap();
        }
        let mut desk = Self {
            processes: Processes::new(),
            keyring: Mutex::new(None),
            starts: AtomicUsize::new(0),
            pictures: AtomicUsize::new(0),
            runtime: tokio::runtime::Builder::new_multi_thread()
                .worker_threads(2)
                .enable_all()
                .build()
                .unwrap(),
            display: String::new(),
            bus: String::new(),
            output: output.canonicalize().unwrap(),
            home,
        };
        desk.start_display();
        desk.start_bus();
        desk.set_keyring(keyring);
        desk
    }

    /// Where pictures and logs of this desk are kept.
    pub fn output(&self) -> &Path {
        &self.output
    }

    /// The officer's home folder.
    pub fn home(&self) -> PathBuf {
        self.home.path().join("home")
    }

    /// `XDG_DATA_HOME`, under which the app keeps its ledger.
    pub fn data_home(&self) -> PathBuf {
        self.home.path().join("data")
    }

    /// `XDG_CONFIG_HOME`.
    pub fn config_home(&self) -> PathBuf {
        self.home.path().join("config")
    }

    /// Every file that the app and the desk have written so far: the whole home and all logs.
    ///
    /// Sockets are left out.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let mut folders = vec![self.home.path().to_owned(), self.output.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                match entry.file_type() {
                    Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                    Ok(kind) if kind.is_file() => files.push(entry.path()),
                    _ => {}
                }
            }
        }
        files
    }

    /// Writes a file into the officer's home and says where it is.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.home().join(name);
        fs::write(&path, content).unwrap();
        path
    }

    /// Runs a future to its end, for servers and clients that a test brings along; what it spawns goes on running.
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        self.runtime.block_on(future)
    }

    /// A program that will find itself on this desk, and nothing of the surrounding session.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .current_dir(self.home())
            .envs(self.environment());
        command
    }

    /// Starts one of the test folder's Python programs, which says "ready" and then stays until the desk is gone.
    #[track_caller]
    pub(crate) fn keep_running(&self, script: &str, file: &Path) {
        let mut command = self.command("/usr/bin/python3");
        command
            .arg(repository().join("tests").join(script))
            .arg(file)
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        let log = self.log(script.trim_end_matches(".py"));
        let (_, said) = self.processes.spawn(&mut command, &log, first_line);
        assert_eq!(said, "ready", "{script}:\n{}", tail(&log));
    }

    pub(crate) fn environment(&self) -> Vec<(String, String)> {
        let folder = |name: &str| self.home.path().join(name).display().to_string();
        let mut set: Vec<(String, String)> = [
            ("DBUS_SESSION_BUS_ADDRESS", self.bus.clone()),
            ("DISPLAY", self.display.clone()),
            ("GDK_BACKEND", "x11".to_owned()),
            ("GSETTINGS_BACKEND", "memory".to_owned()),
            ("GTK_USE_PORTAL", "0".to_owned()),
            ("HOME", folder("home")),
            ("LANG", "C.UTF-8".to_owned()),
            // The accessibility bus would have to be started by the session bus, which starts nothing here.
            ("NO_AT_BRIDGE", "1".to_owned()),
            ("XDG_CACHE_HOME", folder("cache")),
            ("XDG_CONFIG_HOME", folder("config")),
            ("XDG_DATA_HOME", folder("data")),
            ("XDG_RUNTIME_DIR", folder("run")),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
        for inherited in ["LD_LIBRARY_PATH", "PATH", "RUST_BACKTRACE", "TZ"] {
            if let Ok(value) = std::env::var(inherited) {
                set.push((inherited.to_owned(), value));
            }
        }
        set
    }

    /// The log of one of the desk's programs.
    pub(crate) fn log(&self, name: &str) -> PathBuf {
        self.output.join(format!("{name}.log"))
    }

    /// The path of the next picture.
    pub(crate) fn next_picture(&self, name: &str) -> PathBuf {
        let number = self.pictures.fetch_add(1, Ordering::Relaxed) + 1;
        self.output.join(format!("{number:02}-{name}.png"))
    }

    fn start_display(&mut self) {
        let log = self.log("display");
        let mut command = self.command("Xvfb");
        command
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1440x1000x24",
                "-nolisten",
                "tcp",
                // Else it starts anew when its first client leaves, under the feet of the second.
                "-noreset",
            ])
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        let (_, number) = self.processes.spawn(&mut command, &log, first_line);
        assert!(!number.is_empty(), "Xvfb says no display:\n{}", tail(&log));
        self.display = format!(":{number}");
        self.processes
            .start(&mut self.command("openbox"), &self.log("openbox"));
        wait_for("the window manager", || {
            let shown = self
                .command("xprop")
                .args(["-root", "_NET_SUPPORTING_WM_CHECK"])
                .output();
            String::from_utf8_lossy(&shown.unwrap().stdout)
                .contains("window id")
                .then_some(())
        });
    }

    fn start_bus(&mut self) {
        let services = self.home.path().join("services");
        offer_prompter(&services);
        let config = self.home.path().join("bus.conf");
        let socket = self.home.path().join("run/bus");
        fs::write(&config, bus_config(&socket, &services)).unwrap();
        let log = self.log("bus");
        self.bus = format!("unix:path={}", socket.display());
        let mut command = self.command("dbus-daemon");
        command
            .arg(format!("--config-file={}", config.display()))
            .args(["--nofork", "--print-address=1"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        let (_, address) = self.processes.spawn(&mut command, &log, first_line);
        assert!(!address.is_empty(), "no session bus:\n{}", tail(&log));
    }
}

fn first_line(child: &mut std::process::Child) -> String {
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    line.trim().to_owned()
}

/// A session bus that starts no program but those in `services`, whatever is installed on the machine.
fn bus_config(socket: &Path, services: &Path) -> String {
    format!(
        r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={}</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#,
        socket.display(),
        services.display()
    )
}
