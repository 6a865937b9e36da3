//! Many requests at once: an evidence pack, or a table.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::ops::ControlFlow;
use std::path::Path;

use ledger::{EventKind, Filter, Ledger, LedgerError, RequestRecord, Within};
use receipts::pack::{Pack, PackAbout, PackError};
use receipts::table::{self, Csv, Row, TableError};
use receipts::{Instant, SignedReceipt};
use sha2::{Digest, Sha256};

use super::desk::{Moment, NoReceipt};
use super::{Desk, Watch, ended};
use crate::adapters::clock::now_ms;
use crate::adapters::data_dir::replace_durably;
use crate::error::{Problem, ProblemCode};
use crate::wire::{ExportStep, Exported, PackAsk, PackFormat, PackScope};

/// How many requests are meant.
pub(crate) fn count(ledger: &Ledger, scope: PackScope) -> Result<u64, Problem> {
    let mut count = 0;
    for id in ledger.request_ids(filter(scope))? {
        id.map_err(unlisted)?;
        count += 1;
    }
    Ok(count)
}

/// Writes what was asked for to `path`, or nothing.
pub(crate) fn export(
    desk: &Desk,
    ask: &PackAsk,
    path: &Path,
    watch: &mut Watch<'_>,
) -> Result<Exported, Problem> {
    let moment = desk.now(watch)?;
    let mut many = Many {
        moment: &moment,
        ask,
        ids: desk
            .ledger
            .request_ids(filter(ask.scope.clone()))?
            .collect::<Result<_, _>>()
            .map_err(unlisted)?,
        exported: 0,
        left_out: 0,
    };
    if many.ids.is_empty() {
        return Err(Problem::gone("request"));
    }
    let mut sha256 = String::new();
    replace_durably(path, |file| {
        let mut file = match ask.format {
            PackFormat::Pack => many.pack(file, watch)?,
            PackFormat::Xlsx => many.xlsx(file, watch)?,
            PackFormat::CsvSafe => many.csv(file, Csv::Safe, watch)?,
            PackFormat::CsvExact => many.csv(file, Csv::Exact, watch)?,
        };
        sha256 = hash(&mut file)?;
        Ok::<_, Stop>(file)
    })?;
    let (requests, left_out) = (many.exported, many.left_out);
    let stamp_problem = moment.stamp_problem.clone();
    // From here on the handle reads what is now, and may write.
    drop(moment);
    let noted = serde_json::json!({
        "format": ask.format, "leftOut": left_out, "requests": requests, "sha256": sha256,
    });
    desk.ledger
        .record_event(None, EventKind::PackExported, &noted.to_string(), now_ms())?;
    Ok(Exported {
        path: path.display().to_string(),
        requests,
        left_out,
        stamp_problem,
        damage_count: desk.damages,
    })
}

/// Requests on their way into a file.
struct Many<'a> {
    moment: &'a Moment<'a>,
    ask: &'a PackAsk,
    ids: Vec<String>,
    exported: u64,
    left_out: u64,
}

/// Why nothing was written.
enum Stop {
    Problem(Problem),
    Io(io::Error),
    Pack(PackError),
    Table(TableError),
}

impl Many<'_> {
    fn pack(&mut self, file: File, watch: &mut Watch<'_>) -> Result<File, Stop> {
        let desk = self.moment.desk;
        let about = PackAbout {
            app_version: desk.about.app_version.clone(),
            officer: desk.about.officer.clone(),
            organisation: desk.about.organisation.clone(),
            exported_at_ms: desk.about.exported_at_ms,
            utc_offset_minutes: desk.about.utc_offset_minutes,
            head: self.moment.tree.head(),
            filter: self.in_words()?,
        };
        let mut pack = Pack::begin(file, about, &desk.key);
        let mut batches = Vec::new();
        let mut met = HashSet::new();
        let (moment, ask) = (self.moment, self.ask);
        self.each(watch, |receipt, record| {
            if let Some(batch) = record.batch.filter(|batch| met.insert(batch.clone())) {
                batches.push(batch);
            }
            let page = match ask.pdf {
                true => Some(moment.page(&receipt, ask.language)?),
                false => None,
            };
            Ok(pack.receipt(&receipt, page.as_deref())?)
        })?;
        // A list holds what the receipts are to hide.
        if ask.mask.is_empty() {
            self.lists(&batches, &mut pack)?;
        }
        watch.step(ExportStep::Writing);
        go_on(watch, 0, 0)?;
        Ok(pack.finish()?)
    }

    /// The lists that the batches were made from, each file once.
    fn lists(&self, batches: &[String], pack: &mut Pack<'_, File>) -> Result<(), Stop> {
        let ledger = &self.moment.desk.ledger;
        let mut met = HashSet::new();
        for batch in batches {
            for source in ledger.sources(batch)? {
                if met.insert(source.sha256)
                    && let Some(bytes) = ledger.source_bytes(batch, source.position)?
                {
                    pack.list(&source.name, &bytes)?;
                }
            }
        }
        Ok(())
    }

    fn xlsx(&mut self, mut file: File, watch: &mut Watch<'_>) -> Result<File, Stop> {
        let rows = self.rows(watch)?;
        let about = &self.moment.desk.about;
        let at = Instant::new(about.exported_at_ms, about.utc_offset_minutes);
        file.write_all(&table::xlsx(&rows, &at)?)?;
        Ok(file)
    }

    fn csv(&mut self, file: File, way: Csv, watch: &mut Watch<'_>) -> Result<File, Stop> {
        let rows = self.rows(watch)?;
        table::csv(&rows, way, &file)?;
        Ok(file)
    }

    fn rows(&mut self, watch: &mut Watch<'_>) -> Result<Vec<Row>, Stop> {
        let mut rows = Vec::new();
        self.each(watch, |receipt, _| {
            // In a table alone there is no file to name.
            rows.extend(table::rows(receipt.receipt(), ""));
            Ok(())
        })?;
        watch.step(ExportStep::Writing);
        go_on(watch, 0, 0)?;
        Ok(rows)
    }

    /// Makes the receipts one after the other. Those of damaged requests are counted and left out.
    fn each(
        &mut self,
        watch: &mut Watch<'_>,
        mut take: impl FnMut(SignedReceipt, RequestRecord) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        watch.step(ExportStep::Receipts);
        let all = self.ids.len() as u64;
        for (done, id) in (0..).zip(&self.ids) {
            go_on(watch, done, all)?;
            match self.moment.try_receipt(id) {
                Ok((receipt, record)) => {
                    take(receipt, record)?;
                    self.exported += 1;
                }
                Err(NoReceipt::Damaged(why)) => {
                    tracing::warn!(request = %id, %why, "no receipt can be made");
                    self.left_out += 1;
                }
                Err(NoReceipt::Problem(problem)) => return Err(problem.into()),
            }
        }
        if self.exported == 0 {
            return Err(Stop::Problem(Problem::new(
                ProblemCode::Ledger,
                "No receipt can be made of any of these requests. Under Evidence, check the ledger: it names the damaged places.",
            )));
        }
        Ok(())
    }

    /// What is in it, for the auditor. What was searched for may be what is hidden.
    fn in_words(&self) -> Result<String, Problem> {
        let hidden = !self.ask.mask.is_empty();
        Ok(match &self.ask.scope {
            PackScope::Batch { id } => {
                let batch = self.moment.desk.ledger.batch(id)?;
                match batch
                    .map(|batch| batch.name)
                    .filter(|name| !name.is_empty())
                {
                    Some(name) if !hidden => format!("the batch “{name}”"),
                    _ => format!("the batch {id}"),
                }
            }
            PackScope::Period { from_ms, to_ms } => format!(
                "planned from {} to {}",
                Instant::new(*from_ms, 0).utc,
                Instant::new(*to_ms, 0).utc
            ),
            PackScope::Search { search } if search.trim().is_empty() => "all requests".to_owned(),
            PackScope::Search { search } if !hidden => format!("a search for “{}”", search.trim()),
            PackScope::Search { .. } => "a search".to_owned(),
            PackScope::Requests { ids } => format!("{} requests chosen one by one", ids.len()),
        })
    }
}

fn filter(scope: PackScope) -> Filter {
    let all = |search: String| Filter {
        within: Within::All,
        search,
    };
    let within = |within| Filter {
        within,
        search: String::new(),
    };
    match scope {
        PackScope::Search { search } => all(search),
        PackScope::Batch { id } => within(Within::Batch(id)),
        PackScope::Requests { ids } => within(Within::Ids(ids)),
        PackScope::Period { from_ms, to_ms } => within(Within::Period {
            from_ms,
            // The ledger's end is not included.
            to_ms: to_ms.saturating_add(1),
        }),
    }
}

fn go_on(watch: &mut Watch<'_>, done: u64, all: u64) -> Result<(), Stop> {
    match watch.at(done, all) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Stop::Problem(ended())),
    }
}

fn hash(file: &mut File) -> io::Result<String> {
    file.rewind()?;
    let mut hash = Sha256::new();
    let mut part = vec![0; 64 * 1024];
    loop {
        match file.read(&mut part)? {
            0 => break,
            length => hash.update(&part[..length]),
        }
    }
    Ok(hash
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect())
}

fn unlisted(error: LedgerError) -> Problem {
    match error {
        LedgerError::Damaged(why) => Problem::new(
            ProblemCode::Ledger,
            format!(
                "Which requests are meant cannot be read: {why}. Under Evidence, check the ledger, or choose requests one by one."
            ),
        ),
        other => other.into(),
    }
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<PackError> for Stop {
    fn from(error: PackError) -> Self {
        Self::Pack(error)
    }
}

impl From<TableError> for Stop {
    fn from(error: TableError) -> Self {
        Self::Table(error)
    }
}

impl From<LedgerError> for Stop {
    fn from(error: LedgerError) -> Self {
        Self::Problem(error.into())
    }
}

impl From<Stop> for Problem {
    fn from(stop: Stop) -> Self {
        let unsaved = |why: String| {
            Self::new(
                ProblemCode::SaveFailed,
                format!("The file could not be written there: {why}. Choose another folder."),
            )
        };
        match stop {
            Stop::Problem(problem) => problem,
            Stop::Io(error) | Stop::Pack(PackError::Io(error)) => unsaved(error.to_string()),
            Stop::Pack(PackError::Zip(error)) => unsaved(error.to_string()),
            Stop::Pack(error) => Self::internal(error.to_string()),
            Stop::Table(error) => Self::internal(error.to_string()),
        }
    }
}
