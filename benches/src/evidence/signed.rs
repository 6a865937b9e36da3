//! Signed receipts, one after the other on one thread, from the ledger's file to the receipt's text.

use std::time::{Duration, Instant};

use ledger::Ledger;
use receipts::{SignedReceipt, Tree, Trust, receipt, verify};

use super::sent::Sent;
use super::{Exporter, RECEIPTS};
use crate::Outcome;
use crate::report::{Goal, Report, median};

const RUNS: usize = 3;
const GOAL: Goal = Goal::AtLeast(10_000.0);
/// One in so many is checked afterwards.
const CHECKED: usize = 100;

/// Gives the receipts of one more run.
pub(super) fn measure(
    report: &mut Report,
    sent: &Sent,
    exporter: &Exporter,
) -> Outcome<Vec<SignedReceipt>> {
    let ids = &sent.ids[..RECEIPTS];
    let (mut runs, mut bytes) = (Vec::new(), 0);
    for _ in 0..RUNS {
        let ledger = sent.open()?;
        let start = Instant::now();
        bytes = 0;
        each(&ledger, ids, exporter, |file| bytes += file.text().len())?;
        runs.push(start.elapsed());
    }
    let mut files = Vec::with_capacity(RECEIPTS);
    each(&sent.open()?, ids, exporter, |file| files.push(file))?;
    let trust = Trust::only(vec![exporter.key.public().clone()]);
    let mut checking = Duration::ZERO;
    for file in files.iter().step_by(CHECKED) {
        let start = Instant::now();
        let found = verify(file.text().as_bytes(), &trust);
        checking += start.elapsed();
        if !found.holds() {
            return Err(format!("a receipt does not hold: {:?}", found.findings.first()).into());
        }
    }
    let time = median(runs);
    let count = RECEIPTS as f64;
    let micros = time.as_secs_f64() * 1e6 / count;
    let checking = checking.as_secs_f64() * 1e6 / (count / CHECKED as f64);
    report.say(
        "signed receipts",
        format!("{RECEIPTS}, {:.0} bytes each", bytes as f64 / count),
    );
    report.say("  read, made and signed", format!("{micros:.0} µs each"));
    report.say("  checked", format!("{checking:.0} µs each"));
    let per_minute = 60.0 * count / time.as_secs_f64();
    report.figure("signed_receipts_per_minute", per_minute, GOAL);
    Ok(files)
}

/// Makes and signs all, as an export does: the tree once, then a record at a time.
fn each(
    ledger: &Ledger,
    ids: &[String],
    exporter: &Exporter,
    mut take: impl FnMut(SignedReceipt),
) -> Outcome {
    let tree = Tree::new(ledger.leaves()?);
    for id in ids {
        let record = ledger.request(id)?.ok_or("a request is gone")?;
        take(receipt(&record, &tree, &exporter.about)?.sign(&exporter.key)?);
    }
    Ok(())
}
