//! Dragging files from another program onto the app.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use crate::app::App;
use crate::desk::Desk;
use crate::display::{Spot, quiet};
use crate::place::repository;
use crate::wait::PATIENCE;

/// Where the drag source shows itself; see `tests/drag_source.py` for its size.
const SOURCE: Spot = Spot { x: 8, y: 8 };

/// As long as a hand needs between two positions of the pointer; drag and drop is a talk between two programs,
/// and both must get a word in.
const MOVE: Duration = Duration::from_millis(40);

impl App<'_> {
    /// Drags files from another program onto the middle of the window and drops them there.
    #[track_caller]
    pub fn drop_files(&self, files: &[&Path]) {
        self.drag_files(files, |_| {});
    }

    /// As [`drop_files`](Self::drop_files); `look` may look at the app while the files hover over it.
    #[track_caller]
    pub fn drag_files(&self, files: &[&Path], look: impl FnOnce(&Self)) {
        self.activate();
        let frame = self.frame();
        let spot = Spot {
            x: frame.corner.x + frame.width / 2,
            y: frame.corner.y + frame.height / 2,
        };
        self.desk.drag(files, spot, || look(self));
    }
}

impl Desk {
    /// Drags files to any spot on the display.
    #[track_caller]
    pub(crate) fn drag(&self, files: &[&Path], spot: Spot, look: impl FnOnce()) {
        let mut command = self.command("/usr/bin/python3");
        command
            .arg(repository().join("tests/drag_source.py"))
            .args([SOURCE.x.to_string(), SOURCE.y.to_string()])
            .args(files)
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        let (id, said) = self
            .processes
            .spawn(&mut command, &self.log("drag"), |child| {
                let output = child.stdout.take().unwrap();
                let (tell, said) = channel();
                thread::spawn(move || {
                    for line in BufReader::new(output).lines().map_while(Result::ok) {
                        if tell.send(line).is_err() {
                            return;
                        }
                    }
                });
                said
            });
        expect(&said, "ready");
        let start = Spot {
            x: SOURCE.x + 40,
            y: SOURCE.y + 20,
        };
        self.point_at(start);
        self.mouse("mousedown");
        for step in 1..=4 {
            self.point_at(Spot {
                x: start.x + 6 * step,
                y: start.y + 2 * step,
            });
        }
        expect(&said, "begin");
        for step in 1..=12 {
            self.point_at(Spot {
                x: start.x + (spot.x - start.x) * step / 12,
                y: start.y + (spot.y - start.y) * step / 12,
            });
        }
        for wiggle in [3, -3, 0] {
            self.point_at(Spot {
                x: spot.x + wiggle,
                y: spot.y,
            });
        }
        look();
        self.mouse("mouseup");
        let end = listen(&said, "the drop");
        self.processes.end(id);
        assert_eq!(
            end, "dropped",
            "the program under the pointer did not take the files"
        );
    }

    fn point_at(&self, spot: Spot) {
        quiet(self.command("xdotool").args([
            "mousemove",
            &spot.x.to_string(),
            &spot.y.to_string(),
        ]));
        thread::sleep(MOVE);
    }

    fn mouse(&self, what: &str) {
        quiet(self.command("xdotool").args([what, "1"]));
        thread::sleep(MOVE);
    }
}

#[track_caller]
fn expect(said: &Receiver<String>, word: &str) {
    assert_eq!(listen(said, word), word, "the drag source");
}

#[track_caller]
fn listen(said: &Receiver<String>, what: &str) -> String {
    match said.recv_timeout(PATIENCE) {
        Ok(line) => line,
        Err(RecvTimeoutError::Timeout) => {
            panic!("waited in vain for the drag source to say: {what}")
        }
        Err(RecvTimeoutError::Disconnected) => {
            panic!("the drag source ended before it said: {what}")
        }
    }
}
