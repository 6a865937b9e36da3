//! The list in the ledger: each source's file and cells once, and after each change what was done with
//! them, so that a crash loses nothing.

use std::sync::{MutexGuard, PoisonError};

use contacts::{Changes, ContactList, Earlier, Target, Unwatched};
use ledger::Ledger;

use super::{Lists, Work};
use crate::adapters::clock::now_ms;
use crate::commands::requests::spoken_time;
use crate::error::Problem;

const CHANGES: &str = "list";
const PARTS: &str = "list/";

impl Work<'_> {
    /// Keeps what was done, and the cells of sources whose cells are not those in the ledger.
    pub(crate) fn keep(&self, ledger: &Ledger) -> Result<(), Problem> {
        let list = self.read();
        let mut kept = self.lists.kept();
        let sources = list.summary().sources.len();
        kept.resize(sources, None);
        for (source, kept) in (0_u32..).zip(kept.iter_mut()) {
            let stamp = list.cells_stamp(source);
            if *kept == stamp {
                continue;
            }
            if let Some(cells) = list.cells(source) {
                ledger.attach(&cells_name(source), &cells, now_ms())?;
            }
            *kept = stamp;
        }
        keep(&list, ledger)
    }

    /// Keeps the file that a new source came from, under the name that says whether it can be read in another way.
    pub(crate) fn keep_file(
        &self,
        ledger: &Ledger,
        source: u32,
        file: Original<'_>,
    ) -> Result<(), Problem> {
        // Those of a source that had this number before.
        ledger.detach(&file_name(source))?;
        ledger.detach(&book_name(source))?;
        match file {
            Original::Text(file) => ledger.attach(&file_name(source), file, now_ms())?,
            Original::Book(file) => ledger.attach(&book_name(source), file, now_ms())?,
            Original::None => {}
        }
        Ok(())
    }

    /// Looks for the new contacts among earlier requests.
    pub(crate) fn look_back(&self, ledger: &Ledger) -> Result<(), Problem> {
        let found = ledger.asked_before(self.read().unasked())?;
        let mut earlier = Earlier::default();
        for (contact, asked) in found {
            let when = spoken_time(asked.at_ms);
            let words = if asked.name.is_empty() {
                format!("a request of {when}")
            } else {
                format!("“{}” of {when}", asked.name)
            };
            earlier.note(&contact, asked.request, words);
        }
        self.write().asked(earlier);
        Ok(())
    }
}

impl Lists {
    /// An empty list, and nothing of the old one in the ledger. Who calls it is [`Self::alone`].
    pub(crate) fn start_over(&self, ledger: &Ledger) -> Result<(), Problem> {
        let region = self.read().region();
        let list = ContactList::new(region);
        keep(&list, ledger)?;
        ledger.detach(PARTS)?;
        self.kept().clear();
        self.replace(list);
        Ok(())
    }

    /// The list that was kept; called before anybody can work on a list. One that cannot be restored is
    /// left out, and said so in the log: its files are still where they were.
    pub(crate) fn load(&self, ledger: &Ledger) -> Result<(), Problem> {
        let Some(draft) = ledger.draft(CHANGES)? else {
            return Ok(());
        };
        let Ok(changes) = serde_json::from_str::<Changes>(&draft.json) else {
            tracing::error!("the list that was kept is of another form");
            return Ok(());
        };
        let cells = |source| ledger.attachment(&cells_name(source)).ok().flatten();
        match ContactList::restore(changes, cells, &Unwatched) {
            Ok(list) => {
                let sources = 0..list.summary().sources.len();
                let stamps = sources.map(|at| list.cells_stamp(u32::try_from(at).ok()?));
                *self.kept() = stamps.collect();
                self.replace(list);
            }
            Err(error) => tracing::error!(%error, "the list that was kept could not be restored"),
        }
        Ok(())
    }

    fn kept(&self) -> MutexGuard<'_, Vec<Option<u64>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The file that a source came from.
#[derive(Clone, Copy)]
pub(crate) enum Original<'a> {
    /// Text, which may be read in another encoding.
    Text(&'a [u8]),
    /// A workbook.
    Book(&'a [u8]),
    /// There is none, or another source has it.
    None,
}

/// A file of the list, as it was at one moment.
pub(crate) struct ListFile {
    source: u32,
    stamp: Option<u64>,
    name: String,
}

/// The files that the list is of now.
pub(crate) fn files(list: &ContactList) -> Vec<ListFile> {
    let sources = (0..).zip(list.summary().sources);
    let used = sources.filter(|(_, about)| about.rows > 0);
    used.map(|(source, about)| ListFile {
        source,
        stamp: list.cells_stamp(source),
        name: about.name,
    })
    .collect()
}

/// Keeps files of the list with the batch that was made of it, as they were imported. One that is no longer in the list
/// cannot be kept.
pub(crate) fn keep_with(
    lists: &Lists,
    ledger: &Ledger,
    batch: &str,
    files: &[ListFile],
) -> Result<(), Problem> {
    let mut kept = Vec::new();
    for file in files {
        if lists.read().cells_stamp(file.source) != file.stamp {
            continue;
        }
        let bytes = match ledger.attachment(&file_name(file.source))? {
            None => ledger.attachment(&book_name(file.source))?,
            text => text,
        };
        kept.extend(bytes.map(|bytes| (file.name.clone(), bytes)));
    }
    Ok(ledger.keep_sources(batch, kept)?)
}

/// The file a source came from, if it was kept and can be read in another way.
pub(crate) fn file_of(ledger: &Ledger, source: u32) -> Result<Option<Vec<u8>>, Problem> {
    Ok(ledger.attachment(&file_name(source))?)
}

/// What the officer used columns of these names as the last time.
pub(crate) fn remembered(ledger: &Ledger, columns: &[contacts::Column]) -> Option<Vec<Target>> {
    let json = ledger.value(&names_key(columns)).ok().flatten()?;
    let targets: Vec<Target> = serde_json::from_str(&json).ok()?;
    (targets.len() == columns.len()).then_some(targets)
}

/// Remembers what columns of these names are used as.
pub(crate) fn remember(
    ledger: &Ledger,
    columns: &[contacts::Column],
    targets: &[Target],
) -> Result<(), Problem> {
    let json =
        serde_json::to_string(targets).map_err(|error| Problem::internal(error.to_string()))?;
    Ok(ledger.set_value(&names_key(columns), &json)?)
}

fn keep(list: &ContactList, ledger: &Ledger) -> Result<(), Problem> {
    let json = serde_json::to_string(&list.changes())
        .map_err(|error| Problem::internal(error.to_string()))?;
    Ok(ledger.save_draft(CHANGES, &json, now_ms())?)
}

fn cells_name(source: u32) -> String {
    format!("{PARTS}{source}/cells")
}

fn file_name(source: u32) -> String {
    format!("{PARTS}{source}/file")
}

fn book_name(source: u32) -> String {
    format!("{PARTS}{source}/book")
}

/// Names alone, whatever their case, so that the same form of file is known again.
fn names_key(columns: &[contacts::Column]) -> String {
    let names = columns.iter().map(|column| column.name.to_lowercase());
    format!("columns:{}", names.collect::<Vec<_>>().join("\u{1F}"))
}
