//! Everything that can go wrong on the wire, one row each: what the officer sees, what the ledger
//! says, and whom the server asked by its own books.
//!
//! Nothing stands in for anything: the engine, its client, real sockets of this computer, the
//! practice server and an encrypted ledger file. The table is also `docs/FAULTS.md`, which must
//! agree with it; `UPDATE_DOCS=1` writes it anew.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../common/mod.rs"]
mod common;

mod gone;
mod meet;
mod page;
mod relay;
mod row;
mod rows;

use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// Rows met at the same time; most of the time each of them waits.
const AT_ONCE: usize = 16;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_fault_ends_as_the_table_says() {
    let permits = Arc::new(Semaphore::new(AT_ONCE));
    let mut meeting = JoinSet::new();
    for row in rows::all() {
        let permits = Arc::clone(&permits);
        meeting.spawn(async move {
            let _permit = permits.acquire().await.unwrap();
            let found = meet::meet(&row).await;
            (row, found)
        });
    }
    let mut wrong = Vec::new();
    while let Some(met) = meeting.join_next().await {
        let (row, found) = met.unwrap();
        if found != row.says {
            wrong.push(format!(
                "{}\n  says  {:?}\n  found {:?}",
                row.fault, row.says, found
            ));
        }
    }
    wrong.sort();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_page_for_readers_agrees_with_the_table() {
    let page = page::write(&rows::all());
    let path = std::path::Path::new("../../docs/FAULTS.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, &page).unwrap();
    }
    let found = std::fs::read_to_string(path).unwrap_or_default();
    // Git on Windows may have given it other line ends.
    let found = found.replace("\r\n", "\n");
    assert!(
        found == page,
        "docs/FAULTS.md is another table: UPDATE_DOCS=1 cargo test -p dispatch --test matrix"
    );
}
