//! Checking an evidence pack: its seal, its manifest, and every entry, without unpacking it anywhere.
//!
//! Nothing is believed: an entry is inflated no further than the manifest says it is long, and all
//! entries together no further than [`MAX_INFLATED`].

use std::collections::BTreeSet;
use std::io::{self, Read, Seek, SeekFrom};

use sha2::{Digest, Sha256};
use zip::ZipArchive;

use crate::bytes;
use crate::key::PublicKey;
use crate::pack::{Entry, FORMAT, KEY_JWK, MANIFEST, Manifest, RECEIPTS, VERSION, canonical};
use crate::pdf::{attached, verify_pdf};
use crate::report::{Code, Facts, Finding, Kind, MAX_FINDINGS, PackFacts, Report, Verdict};
use crate::seal;
use crate::verify::{MAX_RECEIPT_BYTES, Trust, receipt_file, verify_receipt};

/// The largest pack that is read, in bytes.
pub const MAX_PACK_BYTES: u64 = 2 * 1024 * 1024 * 1024;
/// As many bytes as are inflated in all.
const MAX_INFLATED: u64 = 2 * MAX_PACK_BYTES;
/// The largest manifest that is read, in bytes.
const MAX_MANIFEST: u64 = 64 * 1024 * 1024;

/// Checks a pack, reading it once for its seal and once for its entries.
///
/// # Errors
/// Only when the file cannot be read; what is wrong with a file that can be is in the report.
pub(crate) fn verify_pack<F: Read + Seek>(file: &mut F, trust: &Trust) -> io::Result<Report> {
    let length = file.seek(SeekFrom::End(0))?;
    if length > MAX_PACK_BYTES {
        let words = "the file is larger than any pack that is checked here";
        return Ok(Report::unreadable(
            Kind::Pack,
            Finding::new(Code::TooLarge, words),
        ));
    }
    let mut findings = Vec::new();
    let key = seal::judge(
        seal::of_zip(file)?,
        "the pack has no seal at its end",
        &mut findings,
    );
    file.seek(SeekFrom::Start(0))?;
    let mut unpacking = match ZipArchive::new(file) {
        Ok(zip) => Unpacking {
            zip,
            key,
            findings,
            left: MAX_INFLATED,
        },
        Err(error) => {
            let words = format!("the pack cannot be read as a ZIP: {error}");
            findings.push(Finding::new(Code::Zip, words));
            return Ok(Report::new(Kind::Pack, Verdict::Broken, findings, None));
        }
    };
    let facts = unpacking.check(trust);
    let Unpacking { key, findings, .. } = unpacking;
    let whole = key.map_or(Verdict::Broken, |key| trust.verdict(&key));
    Ok(Report::new(Kind::Pack, whole, findings, facts))
}

struct Unpacking<F> {
    zip: ZipArchive<F>,
    key: Option<PublicKey>,
    findings: Vec<Finding>,
    /// How many bytes may still be inflated.
    left: u64,
}

impl<F: Read + Seek> Unpacking<F> {
    fn tell(&mut self, code: Code, entry: &str, words: impl Into<String>) {
        let entry = Some(entry.to_owned());
        self.findings.push(Finding {
            entry,
            ..Finding::new(code, words)
        });
    }

    fn check(&mut self, trust: &Trust) -> Option<Facts> {
        self.check_names();
        let manifest = self.manifest()?;
        let mut named = BTreeSet::new();
        let mut receipts = 0;
        for entry in &manifest.entries {
            if !named.insert(entry.name.as_str()) {
                self.tell(
                    Code::EntryTwice,
                    &entry.name,
                    "the manifest names this entry twice",
                );
                continue;
            }
            receipts += u64::from(self.check_entry(entry, &manifest));
            // A file that is wrong all over need not be read to its end.
            if self.findings.len() > MAX_FINDINGS {
                break;
            }
        }
        let names = self.zip.file_names_raw();
        let extra = names.filter(|name| {
            let name = std::str::from_utf8(name).ok();
            !name.is_some_and(|name| name == MANIFEST || named.contains(name))
        });
        let extra: Vec<String> = extra
            .take(MAX_FINDINGS)
            .map(|name| String::from_utf8_lossy(name).into_owned())
            .collect();
        for name in extra {
            self.tell(Code::EntryExtra, &name, "this entry is not in the manifest");
        }
        let key = self.key.as_ref().map(|key| trust.facts(key));
        Some(Facts {
            app_version: manifest.app_version,
            officer: manifest.officer,
            organisation: manifest.organisation,
            exported_at: manifest.exported_at,
            key,
            head: Some(manifest.head),
            request: None,
            pack: Some(PackFacts {
                entries: manifest.entries.len() as u64,
                receipts,
                filter: manifest.filter,
            }),
            timestamp: None,
        })
    }

    fn check_names(&mut self) {
        if self.zip.has_duplicate_names() {
            let words = "two entries of the pack have one name";
            self.findings.push(Finding::new(Code::EntryTwice, words));
        }
        if self.zip.has_overlapping_entries().unwrap_or(true) {
            let words = "entries of the pack share bytes";
            self.findings.push(Finding::new(Code::Zip, words));
        }
        let names = self
            .zip
            .file_names_raw()
            .map(|name| String::from_utf8_lossy(name).into_owned());
        let unsafe_names: Vec<String> = names
            .filter(|name| leads_out(name))
            .take(MAX_FINDINGS)
            .collect();
        for name in unsafe_names {
            let words = "the name leads out of the folder that the pack is unpacked in";
            self.tell(Code::EntryName, &name, words);
        }
    }

    fn manifest(&mut self) -> Option<Manifest> {
        let read = self.inflate(MANIFEST, MAX_MANIFEST, true);
        let manifest = match read {
            Err(error) => Err(error),
            Ok(Inflated { kept, .. }) => serde_json::from_slice::<Manifest>(&kept)
                .map_err(|error| error.to_string())
                .and_then(|manifest| {
                    let same = canonical(&manifest).as_bytes() == kept.as_slice();
                    let known = manifest.format == FORMAT && manifest.version == VERSION;
                    match (same, known) {
                        (true, true) => Ok(manifest),
                        (false, _) => Err("it is not written in the one spelling".to_owned()),
                        (_, false) => Err("it is of another version: use a newer app".to_owned()),
                    }
                }),
        };
        let manifest = match manifest {
            Ok(manifest) => manifest,
            Err(error) => {
                let words = format!("the manifest cannot be read: {error}");
                self.tell(Code::Manifest, MANIFEST, words);
                return None;
            }
        };
        if self
            .key
            .as_ref()
            .is_some_and(|key| key.kid() != manifest.kid)
        {
            let words = "the manifest names another key than the one that sealed the pack";
            self.tell(Code::DeviceKey, MANIFEST, words);
        }
        if !manifest.exported_at.agrees() {
            self.tell(
                Code::Instant,
                MANIFEST,
                "the time of the export is written twice, differently",
            );
        }
        Some(manifest)
    }

    /// Whether the entry is a receipt.
    fn check_entry(&mut self, entry: &Entry, manifest: &Manifest) -> bool {
        let name = entry.name.as_str();
        let is = |end: &str| name.starts_with(RECEIPTS) && name.ends_with(end);
        let (receipt, pdf) = (is(".json"), is(".pdf"));
        let keep = receipt || pdf || name == KEY_JWK;
        let data = match self.inflate(name, entry.length, keep) {
            Ok(data) => data,
            Err(words) => {
                let missing = self.zip.index_for_name(name).is_none();
                let code = if missing {
                    Code::EntryMissing
                } else {
                    Code::EntryChanged
                };
                self.tell(code, name, words);
                return receipt;
            }
        };
        if data.sha256 != entry.sha256 || data.length != entry.length {
            self.tell(
                Code::EntryChanged,
                name,
                "the bytes are not those the manifest names",
            );
        }
        if receipt {
            self.check_receipt(name, &data.kept, manifest);
        } else if pdf {
            self.check_pdf(name, &data.kept);
        } else if name == KEY_JWK {
            let other = self
                .key
                .as_ref()
                .is_some_and(|k| k.to_jwk().as_bytes() != data.kept);
            if other {
                self.tell(
                    Code::EntryOther,
                    name,
                    "this is not the key that sealed the pack",
                );
            }
        }
        receipt
    }

    fn check_receipt(&mut self, name: &str, bytes: &[u8], manifest: &Manifest) {
        let report = verify_receipt(bytes, &Trust::anyone());
        for finding in report.findings {
            self.findings.push(Finding {
                entry: Some(name.to_owned()),
                ..finding
            });
        }
        if report.kind != Kind::Receipt {
            self.tell(Code::EntryOther, name, "this is not a signed receipt");
        }
        let Some(file) = receipt_file(bytes) else {
            return;
        };
        if self.key.as_ref().is_some_and(|key| key != file.key()) {
            self.tell(Code::EntryOther, name, "another key signed this receipt");
        }
        if file.receipt().head != manifest.head {
            let words = "this receipt was made of another state of the ledger than the pack";
            self.tell(Code::EntryOther, name, words);
        }
    }

    fn check_pdf(&mut self, name: &str, bytes: &[u8]) {
        let report = verify_pdf(bytes, &Trust::anyone());
        for finding in report.findings {
            self.findings.push(Finding {
                entry: Some(name.to_owned()),
                ..finding
            });
        }
        let inside = attached(bytes).unwrap_or_default();
        let json = format!("{}.json", name.trim_end_matches(".pdf"));
        let beside = self.inflate(&json, MAX_RECEIPT_BYTES as u64, true);
        if !beside.is_ok_and(|beside| beside.kept == inside) {
            let words = format!("the receipt inside is not {json}");
            self.tell(Code::EntryOther, name, words);
        }
    }

    /// Inflates an entry to its end, but no further than `most` bytes.
    fn inflate(&mut self, name: &str, most: u64, keep: bool) -> Result<Inflated, String> {
        let most = most.min(self.left);
        if keep && most > MAX_RECEIPT_BYTES as u64 {
            return Err("the entry is larger than is looked at".to_owned());
        }
        let entry = self.zip.by_name(name).map_err(|error| error.to_string())?;
        let mut data = entry.take(most + 1);
        let (mut hash, mut length, mut kept) = (Sha256::new(), 0_u64, Vec::new());
        let mut block = [0; 32 * 1024];
        loop {
            let read = data.read(&mut block).map_err(|error| error.to_string())?;
            if read == 0 {
                break;
            }
            hash.update(&block[..read]);
            length += read as u64;
            if keep {
                kept.extend_from_slice(&block[..read]);
            }
        }
        drop(data);
        self.left = self.left.saturating_sub(length);
        if length > most {
            return Err("the entry is longer than it may be".to_owned());
        }
        let sha256 = bytes::hex(&hash.finalize());
        Ok(Inflated {
            length,
            sha256,
            kept,
        })
    }
}

struct Inflated {
    length: u64,
    sha256: String,
    /// The bytes, if they were to be kept.
    kept: Vec<u8>,
}

/// Whether unpacking could write somewhere else, on any system.
fn leads_out(name: &str) -> bool {
    let parts = name.split(['/', '\\']);
    name.starts_with(['/', '\\'])
        || name.contains([':', '\0'])
        || name.is_empty()
        || parts.into_iter().any(|part| part == "..")
}
