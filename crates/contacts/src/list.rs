//! The contact list: rows as found, each judged on its own and against the others.

use std::collections::HashSet;
use std::fmt;
use std::sync::OnceLock;

use crate::index::{Place, Twins};
use crate::judge::{Verdict, judge};
use crate::readers::Fault;
use crate::reason::Finding;
use crate::stored::StoredRow;
use crate::view::{Search, View, count};
use crate::{
    Kind, MAX_FIELD_CHARS, MAX_ROWS, Reason, ReasonCode, ReasonCount, Region, Row, RowId, RowPage,
    RowState, Show, Source, Stored, Summary, UnknownRow,
};

mod add;

const BY_HAND: &str = "Added by hand";

/// A list of contacts.
///
/// Rows stay in the order in which they were added. Each knows its own verdict; what depends on
/// other rows (duplicates, counts, the order of showing) is kept up or made again when needed.
#[derive(Clone)]
pub struct ContactList {
    region: Region,
    sources: Vec<Source>,
    /// By rising id.
    rows: Vec<Held>,
    twins: Twins,
    next_id: u32,
    view: OnceLock<View>,
}

/// A row as held. Its reasons are found again when it is shown; only their codes are kept.
#[derive(Clone)]
pub(crate) struct Held {
    id: u32,
    pub(crate) source: u32,
    line: u32,
    text: Box<str>,
    fault: Option<Fault>,
    contact: Option<Box<str>>,
    kind: Option<Kind>,
    own_state: RowState,
    own_codes: u32,
    is_duplicate: bool,
}

impl ContactList {
    /// An empty list in which numbers without a country are of this region.
    #[must_use]
    pub fn new(region: Region) -> Self {
        Self {
            region,
            sources: Vec::new(),
            rows: Vec::new(),
            twins: Twins::default(),
            next_id: 0,
            view: OnceLock::new(),
        }
    }

    /// Writes a row anew and judges it, and with it only the rows that share its contact.
    ///
    /// # Errors
    /// [`UnknownRow`] when the row was removed.
    pub fn edit(&mut self, row: RowId, text: &str) -> Result<(), UnknownRow> {
        let at = self.position(row.0).ok_or(UnknownRow)?;
        self.leave(at);
        self.rows[at].rewrite(text, None, self.region);
        self.join(at);
        self.view.take();
        Ok(())
    }

    /// Removes rows and says how many there were. Duplicates of a removed row become usable.
    pub fn remove(&mut self, rows: &[RowId]) -> u32 {
        let gone: HashSet<u32> = rows.iter().map(|row| row.0).collect();
        let before = self.rows.len();
        for at in 0..before {
            if gone.contains(&self.rows[at].id) {
                self.leave(at);
            }
        }
        self.rows.retain(|row| !gone.contains(&row.id));
        self.view.take();
        count(before - self.rows.len())
    }

    /// Removes all rows and sources. The region stays.
    pub fn clear(&mut self) {
        let next_id = self.next_id;
        *self = Self {
            next_id,
            ..Self::new(self.region)
        };
    }

    /// Takes another region for numbers without a country, and judges every row again.
    pub fn set_region(&mut self, region: Region) {
        self.region = region;
        self.twins = Twins::default();
        for row in &mut self.rows {
            let (text, fault) = (std::mem::take(&mut row.text), row.fault);
            row.rewrite(&text, fault, region);
        }
        (0..self.rows.len()).for_each(|at| self.join(at));
        self.view.take();
    }

    /// The list in numbers.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let view = self.view();
        let all = count(self.rows.len());
        let sources = self.sources.iter().zip(&view.sources);
        let mut reasons: Vec<_> = ReasonCode::ALL
            .into_iter()
            .zip(view.reasons)
            .filter(|(_, count)| *count > 0)
            .map(|(code, count)| ReasonCount {
                code,
                state: code.state(),
                message: code.message().to_owned(),
                count,
            })
            .collect();
        reasons.sort_by_key(|reason| std::cmp::Reverse((reason.state, reason.count)));
        Summary {
            all,
            ready: all - view.errors - view.warnings,
            warnings: view.warnings,
            errors: view.errors,
            region: self.region,
            sources: sources
                .map(|(source, &rows)| Source {
                    rows,
                    ..source.clone()
                })
                .collect(),
            reasons,
        }
    }

    /// Some rows: those of a state whose text or contact holds the search, any if it is blank, at
    /// most `limit` of them from the `offset`th. Errors come first, then warnings, then ready rows,
    /// each in file order.
    #[must_use]
    pub fn rows(&self, show: Show, search: &str, offset: u32, limit: u32) -> RowPage {
        let shown = self.view().shown(show);
        let (offset, limit) = (offset as usize, limit as usize);
        let Some(search) = Search::new(search) else {
            let page = shown.iter().skip(offset).take(limit);
            return RowPage {
                total: count(shown.len()),
                rows: page.map(|&at| self.row(at)).collect(),
            };
        };
        let mut total = 0;
        let mut rows = Vec::new();
        for &at in shown {
            let held = &self.rows[at as usize];
            if search.finds(&held.text, held.contact.as_deref()) {
                if total >= offset && rows.len() < limit {
                    rows.push(self.row(at));
                }
                total += 1;
            }
        }
        RowPage {
            total: count(total),
            rows,
        }
    }

    /// The contacts to send to: those of ready rows and of rows with a warning, in file order.
    #[must_use]
    pub fn contacts(&self) -> Vec<String> {
        let usable = self
            .rows
            .iter()
            .filter(|row| row.state() != RowState::Error);
        usable
            .filter_map(|row| row.contact.as_deref().map(str::to_owned))
            .collect()
    }

    /// The list to save.
    #[must_use]
    pub fn to_stored(&self) -> Stored {
        let rows = self.rows.iter().map(|row| StoredRow {
            source: row.source,
            line: row.line,
            text: row.text.to_string(),
            fault: row.fault,
        });
        Stored {
            region: self.region,
            sources: self.summary().sources,
            rows: rows.collect(),
        }
    }

    /// The list that was saved, judged anew; its rows get new ids. Rows beyond
    /// [`MAX_ROWS`] are left out, and those of no source count as added by hand.
    #[must_use]
    pub fn from_stored(stored: Stored) -> Self {
        let mut list = Self::new(stored.region);
        list.sources = stored.sources;
        for row in stored.rows.into_iter().take(MAX_ROWS) {
            let is_known = (row.source as usize) < list.sources.len();
            let source = if is_known { row.source } else { list.by_hand() };
            list.push(source, row.line, &row.text, row.fault);
        }
        list
    }

    /// Adds a row. The caller sees to it that there is room.
    fn push(&mut self, source: u32, line: u32, text: &str, fault: Option<Fault>) {
        let mut held = Held {
            id: self.next_id,
            source,
            line,
            text: Box::default(),
            fault: None,
            contact: None,
            kind: None,
            own_state: RowState::Ready,
            own_codes: 0,
            is_duplicate: false,
        };
        held.rewrite(text, fault, self.region);
        self.next_id += 1;
        self.rows.push(held);
        self.join(self.rows.len() - 1);
        self.view.take();
    }

    fn by_hand(&mut self) -> u32 {
        let known = self
            .sources
            .iter()
            .position(|s| s.encoding.is_none() && s.name == BY_HAND);
        let at = known.unwrap_or_else(|| {
            self.sources.push(Source {
                name: BY_HAND.to_owned(),
                rows: 0,
                blank: 0,
                encoding: None,
                delimiter: None,
                header: false,
                column: None,
            });
            self.sources.len() - 1
        });
        count(at)
    }

    /// Counts a row among those that share its contact.
    fn join(&mut self, at: usize) {
        let row = &mut self.rows[at];
        row.is_duplicate = false;
        let Some(contact) = &row.contact else { return };
        match self.twins.add(contact, row.id) {
            Place::First => {}
            Place::Later => row.is_duplicate = true,
            Place::Before(other) => self.set_duplicate(other, true),
        }
    }

    fn leave(&mut self, at: usize) {
        let row = &mut self.rows[at];
        row.is_duplicate = false;
        let Some(contact) = &row.contact else { return };
        if let Some(next) = self.twins.remove(contact, row.id) {
            self.set_duplicate(next, false);
        }
    }

    fn set_duplicate(&mut self, id: u32, is_duplicate: bool) {
        if let Some(at) = self.position(id) {
            self.rows[at].is_duplicate = is_duplicate;
        }
    }

    fn position(&self, id: u32) -> Option<usize> {
        self.rows.binary_search_by_key(&id, |row| row.id).ok()
    }

    fn view(&self) -> &View {
        self.view
            .get_or_init(|| View::new(&self.rows, self.sources.len()))
    }

    fn row(&self, at: u32) -> Row {
        let held = &self.rows[at as usize];
        let mut reasons: Vec<_> = self.twin_reason(held).into_iter().collect();
        let verdict = verdict(&held.text, held.fault, self.region);
        reasons.extend(verdict.findings.into_iter().map(Finding::into_reason));
        Row {
            id: RowId(held.id),
            source: held.source,
            line: held.line,
            text: held.text.to_string(),
            contact: held.contact.as_deref().map(str::to_owned),
            kind: held.kind,
            state: held.state(),
            reasons,
        }
    }

    fn twin_reason(&self, held: &Held) -> Option<Reason> {
        let contact = held.contact.as_deref().filter(|_| held.is_duplicate)?;
        let twin = &self.rows[self.position(self.twins.first(contact)?)?];
        let file = self
            .sources
            .get(twin.source as usize)
            .map_or("", |source| &source.name);
        let words = match twin.line {
            0 => "Same as a contact added by hand".to_owned(),
            line => format!("Same as row {line} ({file})"),
        };
        Some(Finding::text(ReasonCode::Duplicate, words).into_reason())
    }
}

impl fmt::Debug for ContactList {
    /// Counts only: contacts are personal data and do not belong in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ContactList")
            .field("region", &self.region)
            .field("sources", &self.sources.len())
            .field("rows", &self.rows.len())
            .finish_non_exhaustive()
    }
}

impl Held {
    pub(crate) fn state(&self) -> RowState {
        if self.is_duplicate {
            RowState::Error
        } else {
            self.own_state
        }
    }

    /// The bits of its reasons.
    pub(crate) const fn codes(&self) -> u32 {
        let twin = if self.is_duplicate {
            ReasonCode::Duplicate.bit()
        } else {
            0
        };
        self.own_codes | twin
    }

    fn rewrite(&mut self, text: &str, fault: Option<Fault>, region: Region) {
        // One character over the limit is enough to know that it is over.
        let end = text
            .char_indices()
            .nth(MAX_FIELD_CHARS + 1)
            .map_or(text.len(), |(at, _)| at);
        let verdict = verdict(&text[..end], fault, region);
        self.own_state = verdict.state();
        self.own_codes = verdict
            .findings
            .iter()
            .fold(0, |bits, finding| bits | finding.code.bit());
        self.text = text[..end].into();
        self.fault = fault;
        self.contact = verdict.contact.map(String::into_boxed_str);
        self.kind = verdict.kind;
    }
}

fn verdict(text: &str, fault: Option<Fault>, region: Region) -> Verdict {
    match fault {
        Some(fault) => Verdict::refused(fault.finding()),
        None => judge(text, region),
    }
}
