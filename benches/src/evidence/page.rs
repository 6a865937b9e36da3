//! The page of a receipt: set, attached and sealed by us; set alone by Typst; and by WeasyPrint.

use std::path::Path;
use std::time::{Duration, Instant};

use print::{Language, Page, Press};
use receipts::{SignedReceipt, Trust, seal, verify};

use super::Exporter;
use super::peer::Peer;
use crate::Outcome;
use crate::report::{Goal, Report, median};

/// How many receipts are printed in a run, each of its own request.
const PAGES: usize = 40;
/// Runs of each contestant, taking turns; the median page counts.
const RUNS: usize = 5;
const LANGUAGE: Language = Language::English;
const TO_TYPST: (&str, Goal) = ("pdf_to_bare_typst", Goal::AtMost(1.3));
const TO_PEER: (&str, Goal) = ("pdf_to_weasyprint", Goal::AtLeast(3.0));

pub(super) fn measure(
    report: &mut Report,
    mut files: Vec<SignedReceipt>,
    exporter: &Exporter,
    python: &Path,
) -> Outcome {
    files.truncate(PAGES);
    let press = Press::new();
    let sheets = files.iter().map(|file| {
        let sheet = press.sheet(&Page::from(file), file.text().as_bytes(), LANGUAGE);
        Ok(sheet?)
    });
    let sheets = sheets.collect::<Outcome<Vec<_>>>()?;
    let sample = printed(&press, &files[0], exporter)?;
    let trust = Trust::only(vec![exporter.key.public().clone()]);
    if !verify(&sample, &trust).holds() {
        return Err("a printed receipt does not hold".into());
    }
    press.bare(sheets[0].clone())?;

    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    let peer = Peer::new(python, &sheets)?;
    let mut theirs: Outcome<Vec<_>> = Ok(Vec::new());
    for _ in 0..RUNS {
        for file in &files {
            let start = Instant::now();
            printed(&press, file, exporter)?;
            ours.push(start.elapsed());
        }
        for sheet in &sheets {
            let sheet = sheet.clone();
            let start = Instant::now();
            press.bare(sheet)?;
            bare.push(start.elapsed());
        }
        // Without WeasyPrint the rest is still worth measuring.
        theirs = theirs.and_then(|mut times| {
            times.extend(peer.run(pages(&sample) * PAGES)?);
            Ok(times)
        });
    }
    let (ours, bare) = (median(ours), median(bare));
    report.say(
        "PDF",
        format!(
            "{PAGES} receipts, {} page and {} bytes each",
            pages(&sample),
            sample.len()
        ),
    );
    report.say("  set, attached and sealed", millis(ours));
    report.say("  Typst alone", millis(bare));
    let to = |other: Duration| other.as_secs_f64() / ours.as_secs_f64();
    let (name, goal) = TO_TYPST;
    report.figure(name, 1.0 / to(bare), goal);
    let (name, goal) = TO_PEER;
    match theirs {
        Ok(times) => {
            let theirs = median(times);
            report.say("  WeasyPrint, not tagged, not signed", millis(theirs));
            report.figure(name, to(theirs), goal);
        }
        Err(why) => report.missing(name, goal, format!("not measured: {why}")),
    }
    Ok(())
}

fn printed(press: &Press, file: &SignedReceipt, exporter: &Exporter) -> Outcome<Vec<u8>> {
    let page = press.page(file, LANGUAGE)?;
    Ok(seal::pdf(&page, &exporter.key)?)
}

/// How many pages a PDF of ours has: its objects stand in it unpacked.
fn pages(pdf: &[u8]) -> usize {
    let mark = b"/Type/Page/";
    pdf.windows(mark.len())
        .filter(|window| window == mark)
        .count()
}

fn millis(time: Duration) -> String {
    format!("{:.2} ms each", time.as_secs_f64() * 1e3)
}
