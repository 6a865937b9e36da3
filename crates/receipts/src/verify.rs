//! Checking a file: is it what was signed, does what it says fit, and if not, which bytes changed.
//!
//! Needs nothing but the file. Takes any bytes without failing: what cannot be read is a finding.

use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::ops::Range;

use ledger::AttemptResult;
use serde::Deserialize;

use crate::document::Receipt;
use crate::file::{Digests, END, FIFTH, FIRST, Parts, SignedReceipt, THIRD};
use crate::former::Former;
use crate::jws::{Jws, JwsError, Purpose};
use crate::key::PublicKey;
use crate::members::{Members, members};
use crate::pdf;
use crate::report::{
    Code, Facts, Finding, KeyFacts, Kind, Report, RequestFacts, TimestampFacts, Verdict,
};
use crate::timestamp;
use crate::unpack::verify_pack;

/// The largest receipt that is read, in bytes.
pub const MAX_RECEIPT_BYTES: usize = 64 * 1024 * 1024;

/// What every ZIP with an entry begins with.
const ZIP_START: &[u8] = b"PK\x03\x04";

/// Whose signatures are looked for.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    keys: Vec<PublicKey>,
}

impl Trust {
    /// Anyone's: the report gives the fingerprint to compare.
    #[must_use]
    pub fn anyone() -> Self {
        Self::default()
    }

    /// Only those of these keys. Of no keys, the same as [`anyone`](Self::anyone).
    #[must_use]
    pub fn only(keys: Vec<PublicKey>) -> Self {
        Self { keys }
    }

    pub(crate) fn verdict(&self, key: &PublicKey) -> Verdict {
        match self.keys.as_slice() {
            [] => Verdict::KeyUnknown,
            keys if keys.contains(key) => Verdict::Holds,
            _ => Verdict::OtherKey,
        }
    }

    pub(crate) fn facts(&self, key: &PublicKey) -> KeyFacts {
        KeyFacts {
            kid: key.kid().to_owned(),
            fingerprint: key.fingerprint(),
            known: self.keys.contains(key),
        }
    }
}

/// Checks the bytes of a file.
#[must_use]
pub fn verify(bytes: &[u8], trust: &Trust) -> Report {
    if bytes.starts_with(ZIP_START) {
        // Memory is always read.
        let report = verify_pack(&mut Cursor::new(bytes), trust);
        return report.unwrap_or_else(|error| unread(&error));
    }
    if bytes.len() > MAX_RECEIPT_BYTES {
        let words = "the file is larger than any receipt";
        return Report::unreadable(Kind::Unknown, Finding::new(Code::TooLarge, words));
    }
    if bytes.starts_with(pdf::START) {
        return pdf::verify_pdf(bytes, trust);
    }
    verify_receipt(bytes, trust)
}

/// Checks a file without holding a pack in memory.
///
/// # Errors
/// Only when the file cannot be read; what is wrong with a file that can be is in the report.
pub fn verify_file<F: Read + Seek>(file: &mut F, trust: &Trust) -> io::Result<Report> {
    let mut start = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.take(ZIP_START.len() as u64).read_to_end(&mut start)?;
    if start == ZIP_START {
        return verify_pack(file, trust);
    }
    file.seek(SeekFrom::Start(0))?;
    let mut bytes = Vec::new();
    file.take(MAX_RECEIPT_BYTES as u64 + 1)
        .read_to_end(&mut bytes)?;
    Ok(verify(&bytes, trust))
}

fn unread(error: &io::Error) -> Report {
    let words = format!("the file cannot be read: {error}");
    Report::unreadable(Kind::Pack, Finding::new(Code::Zip, words))
}

/// Checks what can only be a receipt: what is inside another file is not opened further.
pub(crate) fn verify_receipt(bytes: &[u8], trust: &Trust) -> Report {
    match Lines::of(bytes) {
        Some(lines) => lines.verify(bytes, trust),
        None => verify_former(bytes),
    }
}

/// The receipt in a file, without a look at its truth.
pub(crate) fn receipt_file(bytes: &[u8]) -> Option<SignedReceipt> {
    let lines = Lines::of(bytes)?;
    let receipt = serde_json::from_slice(lines.receipt.bytes).ok()?;
    let signature = std::str::from_utf8(lines.signature()?).ok()?;
    let key = Jws::parse(signature, Purpose::Receipt).ok()?.key;
    let text = String::from_utf8(bytes.to_vec()).ok()?;
    Some(SignedReceipt::new(text, receipt, key))
}

/// A line of a file, without its end.
#[derive(Clone, Copy)]
struct Line<'f> {
    start: usize,
    bytes: &'f [u8],
}

/// The five lines of a signed receipt.
struct Lines<'f> {
    first: Line<'f>,
    receipt: Line<'f>,
    third: Line<'f>,
    parts: Line<'f>,
    fifth: Line<'f>,
}

impl Line<'_> {
    fn span(&self) -> Range<usize> {
        self.start..self.start + self.bytes.len()
    }
}

impl<'f> Lines<'f> {
    /// The lines, if they are five and at least one says that this is a signed receipt.
    fn of(bytes: &'f [u8]) -> Option<Self> {
        let mut start = 0;
        let mut lines = bytes.split(|byte| *byte == b'\n').map(|bytes| {
            let line = Line { start, bytes };
            start += bytes.len() + 1;
            line
        });
        let mut next = || lines.next();
        let (first, receipt, third, parts, fifth, rest) =
            (next()?, next()?, next()?, next()?, next()?, next()?);
        let found = Self {
            first,
            receipt,
            third,
            parts,
            fifth,
        };
        let like = found.first.bytes == FIRST.as_bytes()
            || found.third.bytes == THIRD.as_bytes()
            || found.signature().is_some();
        (next().is_none() && rest.bytes.is_empty() && like).then_some(found)
    }

    fn signature(&self) -> Option<&'f [u8]> {
        let inner = self.fifth.bytes.strip_prefix(FIFTH.as_bytes())?;
        inner.strip_suffix(END.as_bytes())
    }

    fn verify(&self, file: &[u8], trust: &Trust) -> Report {
        let mut findings = Vec::new();
        for (line, wanted) in [(self.first, FIRST), (self.third, THIRD)] {
            if line.bytes != wanted.as_bytes() {
                let words = "this line is not as it was written";
                findings.push(Finding::new(Code::Layout, words).spanning(line.span()));
            }
        }
        if file.len() > MAX_RECEIPT_BYTES {
            let words = "the file is larger than any receipt";
            findings.push(Finding::new(Code::TooLarge, words));
        }
        let key = self.check_signature(&mut findings);
        let found = members(self.receipt.bytes);
        let signed = findings.iter().all(|f| f.code == Code::Layout);
        let same = self.check_parts(&found, signed, &mut findings);
        let receipt = self.read(same, &mut findings);
        let mut stamp = None;
        if let Some(receipt) = &receipt {
            let misfits = receipt.check().into_iter();
            findings.extend(misfits.map(|misfit| self.placed(misfit, &found)));
            if key
                .as_ref()
                .is_some_and(|key| key.kid() != receipt.asker.device_key)
            {
                let words = "the receipt names another key than the one that signed it";
                findings.push(Finding::new(Code::DeviceKey, words).at("asker.deviceKey"));
            }
            match receipt
                .timestamp
                .as_deref()
                .map(|t| timestamp::judge(t, &receipt.head))
            {
                Some(Ok(facts)) => stamp = Some(facts),
                Some(Err(finding)) => findings.push(self.placed(finding, &found)),
                None => {}
            }
        }
        let verdict = key
            .as_ref()
            .map_or(Verdict::Broken, |key| trust.verdict(key));
        let key = key.map(|key| trust.facts(&key));
        let facts = receipt.map(|receipt| facts(&receipt, key, stamp));
        Report::new(Kind::Receipt, verdict, findings, facts)
    }

    fn check_signature(&self, findings: &mut Vec<Finding>) -> Option<PublicKey> {
        let span = self.fifth.span();
        let mut tell = |code, error: JwsError| {
            findings.push(Finding::new(code, error.to_string()).spanning(span.clone()));
        };
        let text = self
            .signature()
            .and_then(|text| std::str::from_utf8(text).ok());
        let Some(text) = text else {
            tell(Code::SignatureForm, JwsError::Form);
            return None;
        };
        let jws = match Jws::parse(text, Purpose::Receipt) {
            Ok(jws) => jws,
            Err(error) => {
                tell(Code::SignatureForm, error);
                return None;
            }
        };
        match jws.check_detached(self.receipt.bytes) {
            Err(error @ JwsError::Form) => tell(Code::SignatureForm, error),
            Err(error) => tell(Code::Signature, error),
            Ok(()) => {}
        }
        Some(jws.key)
    }

    /// Names the parts that are not those the digests were made of. Gives how far into the receipt
    /// all parts are the same.
    fn check_parts(&self, found: &Members, signed: bool, findings: &mut Vec<Finding>) -> usize {
        let computed = Parts::of(self.receipt.bytes, found);
        let stated: Option<Parts> = serde_json::from_slice(self.parts.bytes).ok();
        let stated = stated.filter(|parts| parts.text().as_bytes() == self.parts.bytes);
        // Where the signature holds it is the digests that were changed.
        let Some(stated) = stated.filter(|stated| !signed || *stated == computed) else {
            let words = "the digests of the parts are not as they were written";
            findings.push(Finding::new(Code::Layout, words).spanning(self.parts.span()));
            return 0;
        };
        let mut tell = |place: String, span: &Range<usize>| {
            let words = "this part is not the one that the digest beside the receipt was made of";
            let span = self.receipt.start + span.start..self.receipt.start + span.end;
            findings.push(
                Finding::new(Code::PartChanged, words)
                    .at(place)
                    .spanning(span),
            );
        };
        let mut same = None;
        for member in &found.found {
            let name = &member.name;
            match (stated.0.get(name), computed.0.get(name), &member.elements) {
                (stated, computed, _) if stated == computed => continue,
                (Some(Digests::Each(stated)), Some(Digests::Each(computed)), Some(elements))
                    if stated.len() == computed.len() =>
                {
                    let each = elements.iter().zip(stated.iter().zip(computed));
                    for (at, (span, (stated, computed))) in each.enumerate() {
                        if stated != computed {
                            tell(format!("{name}[{at}]"), span);
                        }
                    }
                }
                (None, ..) => {
                    let start = member.value.start - name.len() - 3;
                    tell(name.clone(), &(start..member.value.end));
                }
                _ => tell(name.clone(), &member.value),
            }
            same.get_or_insert(member.value.start);
        }
        let gone = |name: &&String| found.complete && !computed.0.contains_key(*name);
        for name in stated.0.keys().filter(gone) {
            let words = "this part is gone from the receipt";
            findings.push(Finding::new(Code::PartChanged, words).at(name));
        }
        let end = found.found.last().map_or(0, |member| member.value.end);
        same.unwrap_or(end)
    }

    /// Reads the receipt, of which the first bytes are known to be the same.
    fn read(&self, same: usize, findings: &mut Vec<Finding>) -> Option<Receipt> {
        let line = self.receipt;
        let mut tell = |words: String, from: usize, to: usize| {
            let from = from.min(line.bytes.len());
            let span = line.start + from..line.start + to.clamp(from, line.bytes.len());
            findings.push(Finding::new(Code::Shape, words).spanning(span));
        };
        match serde_json::from_slice::<Receipt>(line.bytes) {
            Err(error) => {
                let words = format!("this is not a receipt of version 2: {error}");
                tell(words, same, error.column() + 1);
                None
            }
            Ok(receipt) => {
                let text = receipt.text();
                if text.as_bytes() != line.bytes {
                    let same = text
                        .bytes()
                        .zip(line.bytes)
                        .take_while(|(a, b)| a == *b)
                        .count();
                    let words = "this is not written in the one spelling there is";
                    tell(words.to_owned(), same, same + 1);
                }
                Some(receipt)
            }
        }
    }

    /// The finding with the bytes of the part it is in.
    fn placed(&self, finding: Finding, found: &Members) -> Finding {
        let Some(place) = finding.place.clone() else {
            return finding;
        };
        let name = place.split(['.', '[']).next().unwrap_or_default();
        let Some(member) = found.found.iter().find(|m| m.name == name) else {
            return finding;
        };
        let index = place[name.len()..]
            .strip_prefix('[')
            .and_then(|rest| rest.split(']').next());
        let element = index
            .and_then(|index| index.parse::<usize>().ok())
            .and_then(|index| member.elements.as_ref()?.get(index));
        let span = element.unwrap_or(&member.value);
        finding.spanning(self.receipt.start + span.start..self.receipt.start + span.end)
    }
}

fn facts(receipt: &Receipt, key: Option<KeyFacts>, timestamp: Option<TimestampFacts>) -> Facts {
    let request = &receipt.request;
    Facts {
        app_version: receipt.app.version.clone(),
        officer: receipt.asker.officer.clone(),
        organisation: receipt.asker.organisation.clone(),
        exported_at: receipt.exported_at.clone(),
        key,
        head: Some(receipt.head.clone()),
        request: Some(RequestFacts {
            id: request.id.clone(),
            humanos_id: request.humanos_id.clone(),
            name: request.name.shown().to_owned(),
            connection: receipt.asker.connection.clone(),
            state: request.state,
            interim: receipt.interim,
            practice: receipt.practice,
            planned_at: request.planned_at.clone(),
            people_count: request.people_count,
            attempts: count(&receipt.attempts),
            accepted_at: accepted_at(&receipt.attempts),
            events: count(&receipt.events),
            masked: receipt.masked.clone(),
        }),
        pack: None,
        timestamp,
    }
}

fn count<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

fn accepted_at(attempts: &[crate::Attempt]) -> Option<crate::Instant> {
    let accepted = attempts
        .iter()
        .find(|a| a.result == AttemptResult::Accepted);
    accepted.and_then(|attempt| attempt.ended_at.clone())
}

/// What every version before the signed ones has in common with them.
#[derive(Deserialize)]
struct Named {
    format: String,
    version: u64,
}

fn verify_former(bytes: &[u8]) -> Report {
    let no = |code, words: &str| Report::unreadable(Kind::Unknown, Finding::new(code, words));
    // Some editors put a mark before the text.
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let like = bytes
        .windows(FORMAT.len())
        .take(64)
        .any(|window| window == FORMAT.as_bytes());
    let named: Named = match serde_json::from_slice(text) {
        Ok(named) => named,
        Err(_) if like => {
            let words = "this was a receipt; its lines are not as they were written";
            let finding = Finding::new(Code::Layout, words).spanning(0..bytes.len());
            return Report::new(Kind::Receipt, Verdict::Broken, vec![finding], None);
        }
        Err(_) => return no(Code::NotReceipt, "the file is not a receipt"),
    };
    match named {
        Named { format, .. } if format != FORMAT => {
            no(Code::NotReceipt, "the file is not a receipt")
        }
        Named { version: 1, .. } => match serde_json::from_slice::<Former>(text) {
            Ok(former) => {
                let facts = former_facts(&former);
                Report::new(
                    Kind::Unsigned,
                    Verdict::Unsigned,
                    former.check(),
                    Some(facts),
                )
            }
            Err(error) => {
                let words = format!("this is not a whole receipt of version 1: {error}");
                let finding = Finding::new(Code::Shape, words);
                Report::new(Kind::Unsigned, Verdict::Broken, vec![finding], None)
            }
        },
        Named { version: 2, .. } => {
            let words = "the lines of the receipt are not as they were written: was it opened and \
                         saved by another program?";
            let finding = Finding::new(Code::Layout, words).spanning(0..bytes.len());
            Report::new(Kind::Receipt, Verdict::Broken, vec![finding], None)
        }
        Named { version, .. } => {
            let words = format!("the receipt is of version {version}: use a newer Countersign");
            no(Code::NewerVersion, &words)
        }
    }
}

/// What every receipt calls itself.
const FORMAT: &str = "countersign-receipt";

fn former_facts(former: &Former) -> Facts {
    let request = &former.request;
    Facts {
        app_version: former.app.version.clone(),
        officer: former.asker.officer.clone(),
        organisation: former.asker.organisation.clone(),
        exported_at: former.exported_at.clone(),
        key: None,
        head: None,
        request: Some(RequestFacts {
            id: request.id.clone(),
            humanos_id: request.humanos_id.clone(),
            name: request.name.shown().to_owned(),
            connection: former.asker.connection.clone(),
            state: request.state,
            interim: former.interim,
            practice: former.practice,
            planned_at: request.planned_at.clone(),
            people_count: request.people_count,
            attempts: count(&former.attempts),
            accepted_at: accepted_at(&former.attempts),
            events: count(&former.events),
            masked: Vec::new(),
        }),
        pack: None,
        timestamp: None,
    }
}
