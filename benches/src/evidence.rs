//! Receipts: made of a ledger and signed, printed, put into a sheet; and the ledger checked.
//!
//! Each against what it could not do without: the page against Typst alone over the same document, the
//! sheet against the bare library that writes it. The page also against Python's WeasyPrint, which sets
//! the same content as HTML, without tags, attachment or signature, and in fonts of its own choice.

use std::path::Path;

use receipts::{About, DeviceKey, Mask};

use crate::Outcome;
use crate::report::Report;

mod page;
mod peer;
mod sent;
mod sheet;
mod signed;
mod walk;

use sent::Sent;

/// How many receipts are made and put into a sheet.
const RECEIPTS: usize = 10_000;

/// Runs the bench; says whether all goals hold. The ledger is made in `folder`, whose disk counts;
/// `python` is an interpreter that has WeasyPrint.
pub(crate) fn run(folder: &str, python: &str) -> Outcome<bool> {
    let mut report = Report::new("receipts");
    std::fs::create_dir_all(folder)?;
    let folder = tempfile::tempdir_in(folder)?;
    let sent = Sent::make(folder.path())?;
    report.say(
        "ledger",
        format!("{} requests, {} events", sent.ids.len(), sent.events),
    );
    let exporter = Exporter::new()?;
    walk::measure(&mut report, &sent)?;
    let receipts = signed::measure(&mut report, &sent, &exporter)?;
    sheet::measure(&mut report, &receipts)?;
    page::measure(&mut report, receipts, &exporter, Path::new(python))?;
    Ok(report.print())
}

/// Who exports, and in whose name.
struct Exporter {
    key: DeviceKey,
    about: About,
}

impl Exporter {
    fn new() -> Outcome<Self> {
        let key = DeviceKey::from_random(&[7; 32])?;
        let about = About {
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
            officer: "Maria Silva".to_owned(),
            organisation: "Exemplo, Lda.".to_owned(),
            exported_at_ms: sent::NOW_MS + 86_400_000,
            utc_offset_minutes: 60,
            device_key: key.public().clone(),
            mask: Mask::none(),
            timestamp: None,
        };
        Ok(Self { key, about })
    }
}
