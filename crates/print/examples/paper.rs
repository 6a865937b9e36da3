//! How long a page takes and how large it is, ours beside Typst alone: `cargo run --release -p print
//! --example paper`. With a folder as argument it also writes the pages there.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use print::{Language, Page, Press};

const ROUNDS: u32 = 50;

fn main() {
    let start = Instant::now();
    let press = Press::new();
    println!("press: {:?}", start.elapsed());
    let folder = std::env::args().nth(1).map(PathBuf::from);
    for (name, page) in [
        ("one", common::page()),
        ("hostile", common::hostile()),
        ("hundred", common::many(100)),
        ("thousand", common::many(1000)),
    ] {
        let rounds = if page.people.len() > 500 { 5 } else { ROUNDS };
        let start = Instant::now();
        let pdf = press.set(&page, common::FILE, Language::English).unwrap();
        println!(
            "{name}: {} bytes, first page {:?}",
            pdf.len(),
            start.elapsed()
        );
        if let Some(folder) = &folder {
            for language in Language::ALL {
                let pdf = press.set(&page, common::FILE, language).unwrap();
                std::fs::write(folder.join(format!("{name}-{}.pdf", language.code())), pdf)
                    .unwrap();
            }
        }
        let ours = median(rounds, |round| {
            let page = other(&page, round);
            let start = Instant::now();
            press.set(&page, common::FILE, Language::English).unwrap();
            start.elapsed()
        });
        let bare = median(rounds, |round| {
            let page = other(&page, round);
            let sheet = press.sheet(&page, common::FILE, Language::English).unwrap();
            let start = Instant::now();
            press.bare(sheet).unwrap();
            start.elapsed()
        });
        let times = ours.as_secs_f64() / bare.as_secs_f64();
        println!("{name}: ours {ours:?}, Typst alone {bare:?}, {times:.2} times");
    }
}

/// The same page of another request: nothing that differs between two receipts is remembered.
fn other(page: &Page, round: u32) -> Page {
    let mut page = page.clone();
    page.request.id = format!("{round:08}-3c7c-4b8e-9a53-0d6d6a3c9f10");
    page.request.name = format!("Request {round}");
    page.exported_at_ms = page.exported_at_ms.saturating_add(i64::from(round) * 1_234);
    page.sent.body_sha256 = format!("{round:064x}");
    for (index, person) in page.people.iter_mut().enumerate() {
        *person = common::person(index + 10 * round as usize);
    }
    for attempt in &mut page.attempts {
        attempt.started_at_ms += i64::from(round) * 777;
    }
    for event in &mut page.events {
        event.at_ms = event.at_ms.saturating_add(i64::from(round) * 777);
        event.sequence += u64::from(round) * 10;
    }
    page
}

fn median(rounds: u32, take: impl Fn(u32) -> Duration) -> Duration {
    let mut times: Vec<_> = (0..rounds).map(take).collect();
    times.sort();
    times[times.len() / 2]
}
