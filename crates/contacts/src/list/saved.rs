//! The list as it is kept with a draft: the cells of each source as they were found, once, and what was
//! done with them since, which is small. Loading judges anew, so that a list that was tampered with can
//! claim nothing.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{ContactList, Held, HeldSource, judge_rows};
use crate::sheet::Sheet;
use crate::view::count;
use crate::{Field, FileError, Format, MAX_ROWS, Region, RowId, Source, Watch};

/// What was done with the sources of a list: which rows are in it, what was typed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Changes {
    region: Region,
    sources: Vec<SourceChanges>,
    /// By source and row.
    typed: Vec<(u32, u32, TypedFields)>,
}

type TypedFields = Vec<(Field, String)>;

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SourceChanges {
    about: Source,
    skip: u32,
    /// Runs of rows that are in the list: the first, and how many.
    rows: Vec<(u32, u32)>,
}

impl ContactList {
    /// What was done with the sources, to be kept after each change.
    #[must_use]
    pub fn changes(&self) -> Changes {
        let sources = (0_u32..).zip(&self.sources).map(|(at, source)| {
            let start = self.rows.partition_point(|row| row.source < at);
            let end = self.rows.partition_point(|row| row.source <= at);
            SourceChanges {
                about: source.about.clone(),
                skip: source.skip,
                rows: runs(&self.rows[start..end]),
            }
        });
        let here = |id: &RowId| super::position(&self.rows, *id).is_some();
        let typed = self.typed.iter().filter(|(id, _)| here(id));
        let mut typed: Vec<_> = typed
            .map(|(id, typed)| {
                let typed = typed.iter().map(|(field, text)| (*field, text.to_string()));
                (id.source(), id.row(), typed.collect())
            })
            .collect();
        typed.sort_unstable_by_key(|(source, row, _)| (*source, *row));
        Changes {
            region: self.region,
            sources: sources.collect(),
            typed,
        }
    }

    /// The cells of a source, to be kept when its [`Self::cells_stamp`] changes.
    #[must_use]
    pub fn cells(&self, source: u32) -> Option<Vec<u8>> {
        let source = self.sources.get(source as usize)?;
        Some(source.sheet.to_bytes())
    }

    /// A number that is another whenever the cells of a source may be others: when the source was read
    /// another way, or is another one, or grew; and that comes back when this is undone. Cells need to be
    /// kept again only then. Numbers of different runs of the program say nothing of each other.
    #[must_use]
    pub fn cells_stamp(&self, source: u32) -> Option<u64> {
        let source = self.sources.get(source as usize)?;
        Some(source.stamp)
    }

    /// The source that grows as contacts are typed.
    #[must_use]
    pub fn by_hand_source(&self) -> Option<u32> {
        let mut sources = self.sources.iter();
        let at = sources.position(|source| source.about.format == Format::ByHand);
        at.map(count)
    }

    /// The list that was kept, judged anew. `cells` gives the cells of a source. Rows that are not in
    /// the cells are left out; nothing can be undone.
    ///
    /// # Errors
    /// [`FileError::Damaged`] when cells are missing or are none, [`FileError::TooManyRows`],
    /// [`FileError::Cancelled`].
    pub fn restore(
        changes: Changes,
        mut cells: impl FnMut(u32) -> Option<Vec<u8>>,
        watch: &dyn Watch,
    ) -> Result<Self, FileError> {
        let mut list = Self::new(changes.region);
        for (source, row, typed) in changes.typed {
            for (field, text) in typed {
                list.put(RowId::new(source, row), field, &text);
            }
        }
        for (at, source) in (0_u32..).zip(changes.sources) {
            let damaged = || FileError::Damaged {
                what: "the cells that were kept of it are not whole".to_owned(),
            };
            let bytes = cells(at).ok_or_else(damaged)?;
            let sheet = Sheet::from_bytes(&bytes).map_err(|_| damaged())?;
            let rows = rows_of(&source.rows, count(sheet.len()));
            if list.rows.len() + rows.len() > MAX_ROWS {
                return Err(FileError::TooManyRows);
            }
            let skip = source.skip.min(count(sheet.len()));
            let held = HeldSource::new(source.about, Arc::new(sheet), skip);
            let judged = judge_rows(at, &held, &list.typed, &rows, list.region, watch)?;
            list.sources.push(held);
            list.take_judged(judged);
        }
        let sources: HashMap<u32, usize> = (0..)
            .zip(list.sources.iter().map(|s| s.sheet.len()))
            .collect();
        list.typed.retain(|id, _| {
            sources
                .get(&id.source())
                .is_some_and(|rows| (id.row() as usize) < *rows)
        });
        list.settle();
        list.forget_undo();
        Ok(list)
    }
}

fn runs(rows: &[Held]) -> Vec<(u32, u32)> {
    let next = |a: &Held, b: &Held| a.row + 1 == b.row;
    rows.chunk_by(next)
        .map(|run| (run[0].row, count(run.len())))
        .collect()
}

/// The rows of runs, rising and inside the sheet.
fn rows_of(runs: &[(u32, u32)], end: u32) -> Vec<u32> {
    let mut rows: Vec<u32> = Vec::new();
    for &(first, length) in runs {
        let start = first.max(rows.last().map_or(0, |last| last + 1));
        rows.extend(start..first.saturating_add(length).min(end));
    }
    rows
}
