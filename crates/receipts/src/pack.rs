//! The evidence pack: one ZIP for an auditor, with receipts, lists as imported, tables, the public
//! key, what to do with it all, and a manifest of every byte. Its seal is the ZIP's comment.
//!
//! Entries are written as they come, so a pack of any length takes little memory beside its tables.
//! The same entries in the same order give the same bytes.

use std::collections::BTreeMap;
use std::io::{self, Read, Seek, Write};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::bytes;
use crate::file::SignedReceipt;
use crate::key::{DeviceKey, PublicKey};
use crate::readme::README;
use crate::seal::{self, SealError};
use crate::table::{self, Csv, Row, TableError};
use crate::{Head, Instant};

pub(crate) const MANIFEST: &str = "manifest.json";
pub(crate) const KEY_JWK: &str = "device-key.jwk.json";
pub(crate) const RECEIPTS: &str = "receipts/";
pub(crate) const FORMAT: &str = "countersign-pack";
pub(crate) const VERSION: u32 = 1;

/// What a pack says about its making.
#[derive(Debug, Clone)]
pub struct PackAbout {
    /// The app's version.
    pub app_version: String,
    /// The officer's name, or empty.
    pub officer: String,
    /// Their organisation, or empty.
    pub organisation: String,
    /// When the pack is made, Unix milliseconds.
    pub exported_at_ms: i64,
    /// The officer's clock, in minutes east of UTC.
    pub utc_offset_minutes: i32,
    /// What stood for the whole ledger: the head of the tree that the receipts are made with.
    pub head: Head,
    /// What was asked to be in it, in words, for example "planned 2026-01-01 to 2026-01-31".
    pub filter: String,
}

/// Why no pack was written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PackError {
    /// A receipt was signed by another key than the pack will be.
    #[error("the receipt of request {request} is signed by another key: make it anew")]
    OtherKey {
        /// The request it is about.
        request: String,
    },
    /// A receipt was made with another tree than the pack states.
    #[error(
        "the receipt of request {request} was made of another state of the ledger: make it anew"
    )]
    OtherHead {
        /// The request it is about.
        request: String,
    },
    /// A receipt is there already.
    #[error("{name} is in the pack already")]
    Twice {
        /// The entry's name.
        name: String,
    },
    /// A table cannot be made.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The ZIP cannot be written.
    #[error("the pack cannot be written")]
    Zip(#[from] zip::result::ZipError),
    /// The file cannot be read or written.
    #[error("the pack cannot be written")]
    Io(#[from] io::Error),
    /// It cannot be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
}

/// A pack being written.
pub struct Pack<'k, F: Write + Seek> {
    zip: ZipWriter<F>,
    key: &'k DeviceKey,
    about: PackAbout,
    exported_at: Instant,
    entries: BTreeMap<String, Entry>,
    rows: Vec<Row>,
    states: BTreeMap<String, u64>,
    receipts: u64,
    lists: u64,
}

/// An entry as the manifest names it; the order of the fields is that of canonical JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    pub(crate) length: u64,
    pub(crate) name: String,
    pub(crate) sha256: String,
}

/// The manifest; the order of the fields is that of canonical JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Manifest {
    pub(crate) app_version: String,
    /// In the order of their names.
    pub(crate) entries: Vec<Entry>,
    pub(crate) exported_at: Instant,
    pub(crate) filter: String,
    pub(crate) format: String,
    pub(crate) head: Head,
    pub(crate) kid: String,
    pub(crate) officer: String,
    pub(crate) organisation: String,
    pub(crate) version: u32,
}

/// What is in the pack, in numbers; the order of the fields is that of canonical JSON.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Summary<'p> {
    exported_at: &'p Instant,
    filter: &'p str,
    head: &'p Head,
    lists: u64,
    people: u64,
    receipts: u64,
    /// How many requests are in which state.
    states: &'p BTreeMap<String, u64>,
}

impl<'k, F: Read + Write + Seek> Pack<'k, F> {
    /// Begins a pack in an empty file.
    #[must_use]
    pub fn begin(file: F, about: PackAbout, key: &'k DeviceKey) -> Self {
        Self {
            zip: ZipWriter::new(file),
            key,
            exported_at: Instant::new(about.exported_at_ms, about.utc_offset_minutes),
            about,
            entries: BTreeMap::new(),
            rows: Vec::new(),
            states: BTreeMap::new(),
            receipts: 0,
            lists: 0,
        }
    }

    /// Adds a receipt and, if there is one, the sealed PDF of it.
    ///
    /// # Errors
    /// [`PackError`] when it is of another key or tree than the pack, there already, or cannot be
    /// written.
    pub fn receipt(&mut self, file: &SignedReceipt, pdf: Option<&[u8]>) -> Result<(), PackError> {
        let receipt = file.receipt();
        let request = receipt.request.id.clone();
        if file.key() != self.key.public() {
            return Err(PackError::OtherKey { request });
        }
        if receipt.head != self.about.head {
            return Err(PackError::OtherHead { request });
        }
        let name = format!("{RECEIPTS}{}", stem(&request));
        let json = format!("{name}.json");
        self.write(&json, file.text().as_bytes(), CompressionMethod::Deflated)?;
        if let Some(pdf) = pdf {
            self.write(&format!("{name}.pdf"), pdf, CompressionMethod::Stored)?;
        }
        self.rows.extend(table::rows(receipt, &json));
        *self
            .states
            .entry(receipt.request.state.to_string())
            .or_default() += 1;
        self.receipts += 1;
        Ok(())
    }

    /// Adds a list as it was imported. Its name is kept as far as it is safe in a ZIP.
    ///
    /// # Errors
    /// [`PackError`] when it cannot be written.
    pub fn list(&mut self, name: &str, bytes: &[u8]) -> Result<(), PackError> {
        self.lists += 1;
        let name = format!("lists/{}-{}", self.lists, safe_name(name));
        self.write(&name, bytes, CompressionMethod::Deflated)
    }

    /// Writes the tables, the key, the manifest and the seal, and gives the file back.
    ///
    /// # Errors
    /// [`PackError`] when something cannot be written.
    pub fn finish(mut self) -> Result<F, PackError> {
        let rows = std::mem::take(&mut self.rows);
        let summary = canonical(&Summary {
            exported_at: &self.exported_at,
            filter: &self.about.filter,
            head: &self.about.head,
            lists: self.lists,
            people: rows.len() as u64,
            receipts: self.receipts,
            states: &self.states,
        });
        let deflated = CompressionMethod::Deflated;
        self.write("summary.json", summary.as_bytes(), deflated)?;
        let mut csv = Vec::new();
        table::csv(&rows, Csv::Safe, &mut csv)?;
        self.write("summary.csv", &csv, deflated)?;
        if rows.len() <= table::MAX_SHEET_ROWS {
            let xlsx = table::xlsx(&rows, &self.exported_at)?;
            self.write("requests.xlsx", &xlsx, CompressionMethod::Stored)?;
        }
        let key: &PublicKey = self.key.public();
        self.write(KEY_JWK, key.to_jwk().as_bytes(), deflated)?;
        self.write("device-key.pem", key.to_pem().as_bytes(), deflated)?;
        let readme = README.replace("{fingerprint}", &key.fingerprint());
        self.write("README.txt", readme.as_bytes(), deflated)?;
        let manifest = canonical(&Manifest {
            app_version: self.about.app_version.clone(),
            entries: std::mem::take(&mut self.entries).into_values().collect(),
            exported_at: self.exported_at.clone(),
            filter: self.about.filter.clone(),
            format: FORMAT.to_owned(),
            head: self.about.head.clone(),
            kid: key.kid().to_owned(),
            officer: self.about.officer.clone(),
            organisation: self.about.organisation.clone(),
            version: VERSION,
        });
        self.write(MANIFEST, manifest.as_bytes(), deflated)?;
        let mut file = self.zip.finish()?;
        seal::zip(&mut file, self.key)?;
        file.flush()?;
        Ok(file)
    }

    fn write(&mut self, name: &str, data: &[u8], how: CompressionMethod) -> Result<(), PackError> {
        if self.entries.contains_key(name) {
            let name = name.to_owned();
            return Err(PackError::Twice { name });
        }
        let options = SimpleFileOptions::default()
            .compression_method(how)
            .compression_level((how == CompressionMethod::Deflated).then_some(6))
            .last_modified_time(dos_time(&self.exported_at))
            .unix_permissions(0o644)
            .large_file(data.len() as u64 >= u64::from(u32::MAX));
        self.zip.start_file(name, options)?;
        self.zip.write_all(data)?;
        let entry = Entry {
            length: data.len() as u64,
            name: name.to_owned(),
            sha256: bytes::hex(&Sha256::digest(data)),
        };
        self.entries.insert(name.to_owned(), entry);
        Ok(())
    }
}

pub(crate) fn canonical<T: Serialize>(value: &T) -> String {
    #[expect(
        clippy::expect_used,
        reason = "strings, numbers and lists of them are JSON"
    )]
    serde_json::to_string(value).expect("it is JSON")
}

/// A request's id as the name of a file.
fn stem(id: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if !id.is_empty() && id.len() <= 64 && id.chars().all(plain) {
        id.to_owned()
    } else {
        bytes::hex(&bytes::sha256(id.as_bytes()))
    }
}

/// The last part of a name without what file systems and shells trip over.
fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = |c: char| {
        if c.is_alphanumeric() || "-_. ".contains(c) {
            c
        } else {
            '_'
        }
    };
    let safe: String = last.chars().map(plain).take(80).collect();
    let safe = safe.trim_matches([' ', '.']);
    if safe.is_empty() { "list" } else { safe }.to_owned()
}

/// The time as a ZIP writes it, in UTC; years that it cannot write become its first.
fn dos_time(instant: &Instant) -> DateTime {
    let part = |range: std::ops::Range<usize>| instant.utc.get(range)?.parse::<u8>().ok();
    let time = || {
        let year = instant.utc.get(..4)?.parse::<u16>().ok()?;
        let (month, day) = (part(5..7)?, part(8..10)?);
        let (hour, minute, second) = (part(11..13)?, part(14..16)?, part(17..19)?);
        DateTime::from_date_and_time(year, month, day, hour, minute, second).ok()
    };
    time().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_in_a_zip() {
        for (name, safe) in [
            ("Lista de março.xlsx", "Lista de março.xlsx"),
            ("../../etc/passwd", "passwd"),
            ("C:\\x\\y.csv", "y.csv"),
            ("..", "list"),
            ("", "list"),
            ("a:b*?\u{0}\n.csv", "a_b____.csv"),
            (&"x".repeat(200), &"x".repeat(80)),
        ] {
            assert_eq!(safe_name(name), safe);
        }
        assert_eq!(stem("7b0f-1"), "7b0f-1");
        assert_eq!(stem("../x").len(), 64);
        assert_eq!(stem("").len(), 64);
    }
}
