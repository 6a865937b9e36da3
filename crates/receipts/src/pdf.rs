//! Checking a receipt that was printed as PDF: its seal, and the signed receipt attached to it.
//!
//! The PDF is not read as a PDF: only the one stream that holds an attachment is looked for, in the
//! form that the app's printer writes. A seal says who wrote the rest.

use std::io::Read;

use flate2::read::ZlibDecoder;

use crate::file::SignedReceipt;
use crate::report::{Code, Finding, Kind, Report, Verdict};
use crate::seal;
use crate::verify::{MAX_RECEIPT_BYTES, Trust, receipt_file, verify_receipt};

/// What every PDF begins with.
pub(crate) const START: &[u8] = b"%PDF-";

const TYPE: &[u8] = b"/EmbeddedFile";
/// Longest dictionary of a stream that is looked at.
const MAX_DICTIONARY: usize = 4096;

pub(crate) fn verify_pdf(file: &[u8], trust: &Trust) -> Report {
    let mut findings = Vec::new();
    let key = seal::judge(
        seal::of_pdf(file),
        "the PDF has no seal where it belongs",
        &mut findings,
    );
    let Some(receipt) = attached(file) else {
        let words = "there is no receipt attached to the PDF, or more than one";
        findings.push(Finding::new(Code::Attachment, words));
        return Report::new(Kind::Pdf, Verdict::Broken, findings, None);
    };
    let inner = verify_receipt(&receipt, trust);
    let within = |finding: Finding| Finding {
        entry: Some("receipt.json".to_owned()),
        ..finding
    };
    findings.extend(inner.findings.into_iter().map(within));
    if inner.kind != Kind::Receipt {
        let words = "what is attached to the PDF is not a signed receipt";
        findings.push(Finding::new(Code::Attachment, words));
    }
    let signer = receipt_file(&receipt).map(|file: SignedReceipt| file.key().clone());
    if key.is_some() && signer.is_some() && key != signer {
        let words = "the receipt inside is signed by another key than the PDF";
        findings.push(Finding::new(Code::AttachmentKey, words));
    }
    Report::new(Kind::Pdf, inner.verdict, findings, inner.facts)
}

/// The one file attached to a PDF.
pub(crate) fn attached(file: &[u8]) -> Option<Vec<u8>> {
    let (mut at, mut found) = (0, None);
    while let Some(next) = find(&file[at..], TYPE) {
        at += next + TYPE.len();
        if let Some((data, end)) = stream(file, at - TYPE.len()) {
            if found.replace(data).is_some() {
                return None;
            }
            at = end;
        }
    }
    found
}

/// The data of the stream in whose dictionary the place is, and where it ends.
fn stream(file: &[u8], at: usize) -> Option<(Vec<u8>, usize)> {
    if file
        .get(at + TYPE.len())
        .is_some_and(u8::is_ascii_alphanumeric)
    {
        return None;
    }
    let from = at.saturating_sub(MAX_DICTIONARY);
    let start = from + rfind(&file[from..at], b" obj")?;
    let rest = &file[at..file.len().min(at + MAX_DICTIONARY)];
    let end = at + find(rest, b"stream")?;
    let dictionary = std::str::from_utf8(&file[start..end]).ok()?;
    let data = end + b"stream".len();
    let data = match file.get(data..data + 2)? {
        b"\r\n" => data + 2,
        [b'\n', _] => data + 1,
        _ => return None,
    };
    let length = number(dictionary, "/Length")?;
    let end = data.checked_add(length)?;
    let raw = file.get(data..end)?;
    let rest = file[end..].trim_ascii_start();
    if length > MAX_RECEIPT_BYTES || !rest.starts_with(b"endstream") {
        return None;
    }
    Some((inflated(raw, dictionary)?, end))
}

fn inflated(raw: &[u8], dictionary: &str) -> Option<Vec<u8>> {
    let Some((_, filter)) = dictionary.split_once("/Filter") else {
        return Some(raw.to_vec());
    };
    let filter = filter.trim_start().trim_start_matches('[').trim_start();
    let rest = filter.strip_prefix("/FlateDecode")?.trim_start();
    if !rest.starts_with(['/', ']', '>']) || dictionary.contains("/DecodeParms") {
        return None;
    }
    let mut data = Vec::new();
    let most = MAX_RECEIPT_BYTES as u64 + 1;
    ZlibDecoder::new(raw)
        .take(most)
        .read_to_end(&mut data)
        .ok()?;
    (data.len() <= MAX_RECEIPT_BYTES).then_some(data)
}

/// The whole number that stands after a name.
fn number(dictionary: &str, name: &str) -> Option<usize> {
    let (_, rest) = dictionary.split_once(name)?;
    let rest = rest.strip_prefix(' ')?;
    let end = rest.find(|c: char| !c.is_ascii_digit())?;
    // A reference to a number elsewhere is `12 0 R`.
    let direct = rest[end..].trim_start().starts_with(['/', '>']);
    rest[..end].parse().ok().filter(|_| direct)
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, part)
}

fn rfind(bytes: &[u8], part: &[u8]) -> Option<usize> {
    memchr::memmem::rfind(bytes, part)
}
