//! Receipts brought to be checked: by a dialog, by a drag, or named in a terminal.

use std::path::{Path, PathBuf};

use receipts::{Kind, Report, Tree, Trust};
use tauri::{AppHandle, Emitter, Manager};

use crate::device_key;
use crate::error::Problem;
use crate::imports::{check_receipt, name_of};
use crate::state::App;
use crate::wire::{CheckFacts, CheckFinding, CheckKind, InLedger, ReceiptCheck, Verdict};

/// Checks what was dropped, one file after the other.
pub(crate) fn dropped(handle: &AppHandle, paths: &[PathBuf]) {
    for path in paths {
        // A pack may take a while.
        let _ = handle.emit_to("main", "receipt-checking", name_of(path));
        let checked = check_file(&handle.state::<App>(), path);
        let _ = match checked {
            Ok(check) => handle.emit_to("main", "receipt-dropped", check),
            Err(problem) => handle.emit_to("main", "receipt-problem", problem),
        };
    }
}

/// Checks a file, and what the ledger here says of it.
pub(crate) fn check_file(app: &App, path: &Path) -> Result<ReceiptCheck, Problem> {
    let keys = {
        let inner = app.held();
        let ledger = inner.ledger();
        ledger.and_then(device_key::all).unwrap_or_default()
    };
    let report = check_receipt(path, &Trust::only(keys))?;
    let ledger = in_ledger(app, &report);
    Ok(ReceiptCheck {
        file: name_of(path),
        kind: match report.kind {
            Kind::Receipt => CheckKind::Receipt,
            Kind::Unsigned => CheckKind::OldReceipt,
            Kind::Pdf => CheckKind::Pdf,
            Kind::Pack => CheckKind::Pack,
            Kind::Unknown => CheckKind::Unknown,
        },
        verdict: match report.verdict {
            receipts::Verdict::Holds => Verdict::Holds,
            receipts::Verdict::KeyUnknown | receipts::Verdict::OtherKey => Verdict::HoldsUnknownKey,
            receipts::Verdict::Unsigned => Verdict::Unsigned,
            receipts::Verdict::Broken => Verdict::Broken,
            receipts::Verdict::Unreadable => Verdict::Unreadable,
        },
        findings: report.findings.iter().map(finding).collect(),
        facts: report.facts.map(facts),
        ledger,
    })
}

/// Whether the ledger here is the one that the receipt came from, as far as it went then.
fn in_ledger(app: &App, report: &Report) -> InLedger {
    let Some(facts) = &report.facts else {
        return InLedger::NotHere;
    };
    let Ok(ledger) = app.held().ledger().and_then(|l| Ok(l.another()?)) else {
        return InLedger::Closed;
    };
    let (Some(head), true) = (&facts.head, facts.key.as_ref().is_some_and(|k| k.known)) else {
        return InLedger::NotHere;
    };
    // A ledger whose hashes cannot be read cannot agree.
    let root = ledger
        .leaves()
        .ok()
        .and_then(|leaves| Tree::new(leaves).root_of(head.size));
    if root.is_some() && root == head.root() {
        InLedger::Agrees
    } else {
        InLedger::Differs
    }
}

fn finding(finding: &receipts::Finding) -> CheckFinding {
    let code = serde_json::to_value(finding.code);
    let bytes = finding.bytes.as_ref().filter(|bytes| !bytes.is_empty());
    CheckFinding {
        code: code
            .ok()
            .and_then(|code| code.as_str().map(str::to_owned))
            .unwrap_or_default(),
        words: finding.words.clone(),
        place: match (&finding.entry, &finding.place) {
            (Some(entry), Some(place)) => Some(format!("{entry}: {place}")),
            (entry, place) => entry.clone().or_else(|| place.clone()),
        },
        from: bytes.map(|bytes| bytes.start),
        to: bytes.map(|bytes| bytes.end - 1),
    }
}

fn facts(facts: receipts::Facts) -> CheckFacts {
    let key = facts.key.map(|key| (key.kid, key.fingerprint, key.known));
    let (kid, fingerprint, key_known) = key.unwrap_or_default();
    let head = facts.head.map(|head| (head.size, head.root));
    let (head_size, head_root) = head.unwrap_or_default();
    let stamp = facts.timestamp.map(|stamp| (stamp.authority, stamp.at));
    let (stamped_by, stamped_at_utc) = stamp.unwrap_or_default();
    let told = CheckFacts {
        officer: facts.officer,
        organisation: facts.organisation,
        exported_at_utc: facts.exported_at.utc,
        kid,
        fingerprint,
        key_known,
        head_size,
        head_root,
        stamped_by,
        stamped_at_utc,
        receipts: facts
            .pack
            .map_or(1, |pack| u32::try_from(pack.receipts).unwrap_or(u32::MAX)),
        ..CheckFacts::default()
    };
    match facts.request {
        None => told,
        Some(request) => CheckFacts {
            request_name: request.name,
            request_id: request.id,
            people: request.people_count,
            state: request.state.to_string(),
            interim: request.interim,
            practice: request.practice,
            ..told
        },
    }
}
