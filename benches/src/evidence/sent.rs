//! The ledger that receipts are made of: everybody was asked, and Humanos accepted.

use std::path::{Path, PathBuf};

use ledger::{
    CredentialRef, Entry, Finish, Ledger, LedgerKey, NewBatch, NewRequest, Outcome as Ended, Start,
    Subject, Verdict,
};

use crate::Outcome;
use crate::sending::{contact, planned};

/// Each is planned, attempted and answered: three events, 100,002 in all.
const REQUESTS: u32 = 33_334;
/// How many are written down in one step.
const STEP: usize = 1_000;
const BATCH: &str = "batch";
pub(super) const NOW_MS: i64 = 1_767_225_600_000;

pub(super) struct Sent {
    path: PathBuf,
    key: LedgerKey,
    /// The requests, in the order they were planned.
    pub(super) ids: Vec<String>,
    pub(super) events: u64,
}

impl Sent {
    pub(super) fn make(folder: &Path) -> Outcome<Self> {
        let (path, key) = (folder.join("ledger.db"), LedgerKey::generate()?);
        let ledger = Ledger::create(&path, &key)?;
        let requests = (0..REQUESTS)
            .map(|n| planned(n, "https://api.humanos.id"))
            .collect::<Outcome<Vec<NewRequest>>>()?;
        let ids: Vec<_> = requests.iter().map(|request| request.id.clone()).collect();
        let batch = NewBatch {
            id: BATCH.to_owned(),
            connection_id: "connection".to_owned(),
            connection_name: "Head office".to_owned(),
            name: "Everybody".to_owned(),
            practice: false,
            per_minute: 60,
            in_flight: 4,
            at_ms: NOW_MS,
        };
        ledger.plan_batch(&batch, requests)?;
        for (step, some) in (0_u32..).zip(ids.chunks(STEP)) {
            let numbers = step * STEP as u32..;
            let entries: Vec<_> = numbers.zip(some).flat_map(|(n, id)| sent(n, id)).collect();
            for written in ledger.write_attempts(&entries)? {
                written?;
            }
        }
        let events = ledger.head_size()?;
        Ok(Self {
            path,
            key,
            ids,
            events,
        })
    }

    /// The ledger, with nothing of it read yet.
    pub(super) fn open(&self) -> Outcome<Ledger> {
        Ok(Ledger::open(&self.path, &self.key)?)
    }
}

/// One attempt, and an answer as Humanos gives it: with a link and a one-time code.
fn sent(n: u32, id: &str) -> [Entry; 2] {
    let at_ms = NOW_MS + i64::from(n);
    let (contact, code) = (contact(n), format!("{:06}", 100_000 + n));
    let humanos_id = format!("65f0a1b2c3d4e5f6{n:08x}");
    let credential = format!("urn:via:credential:65f0a1b2c3d4e5f7{n:08x}");
    let subject = format!("did:web:humanos.tech:user:65f0a1b2c3d4e5f8{n:08x}");
    let link = format!("https://app.humanos.id/s/65f0a1b2c3d4e5f9{n:08x}");
    let reply_body = format!(
        r#"{{"id":"{humanos_id}","credentials":[{{"id":"{credential}","name":"Terms of service"}}],"subjects":[{{"id":"{subject}","contact":"{contact}","code":"{code}","link":"{link}"}}]}}"#
    );
    let start = Start {
        request: id.to_owned(),
        timestamp_ms: at_ms,
        at_ms,
    };
    let finish = Finish {
        request: id.to_owned(),
        attempt: 1,
        outcome: Ended::Accepted {
            status: 201,
            reply_body,
            server_date: Some("Thu, 01 Jan 2026 00:00:00 GMT".to_owned()),
            server_request_id: Some(format!("exchange-{n:08x}")),
            humanos_id,
            subjects: vec![Subject {
                id: subject,
                contact,
                link: Some(link),
                code: Some(code),
            }],
            credentials: vec![CredentialRef {
                id: credential,
                name: "Terms of service".to_owned(),
                internal_id: String::new(),
            }],
        },
        verdict: Verdict::Final,
        at_ms: at_ms + 250,
    };
    [Entry::Start(start), Entry::Finish(finish)]
}
