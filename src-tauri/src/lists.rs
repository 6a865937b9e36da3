//! The contact list of the running app: shared by readers, changed by one piece of work at a time, which
//! shows how far it is, can be ended, and is kept in the ledger when it is done.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::{Duration, Instant};

use contacts::{ContactList, FileError, Progress, Region, Step, Watch};
use tauri::{AppHandle, Emitter};

use crate::error::{Problem, ProblemCode};
use crate::state::capitalised;
use crate::wire::{ListProgress, ListStep};

mod keep;

pub(crate) use keep::{ListFile, Original, file_of, files, keep_with, remember, remembered};

/// What is quicker than this shows no progress.
const QUIET: Duration = Duration::from_millis(300);
/// The least time between two reports of progress.
const PAUSE: Duration = Duration::from_millis(100);

/// The list and the work on it.
pub(crate) struct Lists {
    list: RwLock<ContactList>,
    /// The cells of each source as they are in the ledger, by their stamp.
    kept: Mutex<Vec<Option<u64>>>,
    /// Held by whoever changes the list, for as long as that takes.
    work: Mutex<()>,
    ended: AtomicBool,
}

impl Lists {
    pub(crate) fn new(region: Region) -> Self {
        Self {
            list: RwLock::new(ContactList::new(region)),
            kept: Mutex::default(),
            work: Mutex::new(()),
            ended: AtomicBool::new(false),
        }
    }

    /// The list to look at.
    pub(crate) fn read(&self) -> RwLockReadGuard<'_, ContactList> {
        self.list.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until nobody else changes the list. Only then may it be written.
    pub(crate) fn work<'a>(&'a self, handle: &'a AppHandle, name: &str) -> Work<'a> {
        let alone = self.alone();
        self.ended.store(false, Ordering::Relaxed);
        Work {
            lists: self,
            _alone: alone,
            handle,
            name: name.to_owned(),
            begun: Instant::now(),
            shown: Mutex::new(None),
        }
    }

    /// Ends the work that is going on.
    pub(crate) fn end(&self) {
        self.ended.store(true, Ordering::Relaxed);
    }

    /// Waits until nobody else changes the list, for a change that is over at once. Take this before the
    /// app's other lock, as all work on the list does.
    pub(crate) fn alone(&self) -> MutexGuard<'_, ()> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn replace(&self, list: ContactList) {
        *self.list.write().unwrap_or_else(PoisonError::into_inner) = list;
    }
}

/// A change of the list that is going on.
pub(crate) struct Work<'a> {
    lists: &'a Lists,
    _alone: MutexGuard<'a, ()>,
    handle: &'a AppHandle,
    name: String,
    begun: Instant,
    shown: Mutex<Option<Instant>>,
}

impl Work<'_> {
    pub(crate) fn read(&self) -> RwLockReadGuard<'_, ContactList> {
        self.lists.read()
    }

    /// The list to write. Keep it short: the window waits for its rows meanwhile.
    pub(crate) fn write(&self) -> RwLockWriteGuard<'_, ContactList> {
        self.lists
            .list
            .write()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Goes on with another file.
    pub(crate) fn rename(&mut self, name: &str) {
        name.clone_into(&mut self.name);
    }
}

impl Watch for Work<'_> {
    fn progress(&self, progress: Progress) -> ControlFlow<()> {
        if self.lists.ended.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
        }
        // Whoever finds it taken leaves the telling to the other.
        if self.begun.elapsed() >= QUIET
            && let Ok(mut shown) = self.shown.try_lock()
            && shown.is_none_or(|last| last.elapsed() >= PAUSE)
        {
            *shown = Some(Instant::now());
            let told = ListProgress {
                name: self.name.clone(),
                step: match progress.step {
                    Step::Reading => ListStep::Reading,
                    Step::Judging => ListStep::Judging,
                },
                done: progress.done,
                all: progress.all,
            };
            tell(self.handle, Some(told));
        }
        ControlFlow::Continue(())
    }
}

impl Drop for Work<'_> {
    fn drop(&mut self) {
        let shown = self.shown.get_mut().unwrap_or_else(PoisonError::into_inner);
        if shown.is_some() {
            tell(self.handle, None);
        }
    }
}

fn tell(handle: &AppHandle, progress: Option<ListProgress>) {
    if let Err(error) = handle.emit_to("main", "list-progress", progress) {
        tracing::error!(%error, "the window could not be told of progress");
    }
}

impl From<FileError> for Problem {
    fn from(error: FileError) -> Self {
        let code = match error {
            FileError::Cancelled => ProblemCode::Cancelled,
            FileError::UnknownSource => ProblemCode::UnknownItem,
            _ => ProblemCode::ListRefused,
        };
        Self::new(code, format!("{}.", capitalised(&error.to_string())))
    }
}
