//! A signed receipt as a file: five lines, of which the second is signed to the byte.
//!
//! ```text
//! {"format":"countersign-receipt","version":2,"receipt":
//! <the receipt: canonical JSON, one line>
//! ,"parts":
//! <the digest of each of its members: canonical JSON, one line>
//! ,"signature":"<compact JWS with the payload left out>"}
//! ```
//! The whole is one JSON text as well. The digests follow from the receipt and are not signed; they
//! are there to say which part was changed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::bytes;
use crate::document::Receipt;
use crate::jws::{Purpose, sign_detached};
use crate::key::{DeviceKey, PublicKey};
use crate::members::{Member, Members, members};
use crate::report::{Finding, Report};
use crate::verify::{Trust, verify};

pub(crate) const FIRST: &str = r#"{"format":"countersign-receipt","version":2,"receipt":"#;
pub(crate) const THIRD: &str = r#","parts":"#;
pub(crate) const FIFTH: &str = r#","signature":""#;
pub(crate) const END: &str = r#""}"#;

/// A receipt in its signed file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedReceipt {
    text: String,
    receipt: Receipt,
    key: PublicKey,
}

/// Why there is no signed receipt.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SignError {
    /// The receipt names another key.
    #[error("the receipt names the key {named}: make it anew with the key that signs it")]
    OtherKey {
        /// The id it names.
        named: String,
    },
    /// The file does not hold.
    #[error("the file is not a signed receipt that holds{}", first(.0))]
    Broken(Box<Report>),
}

fn first(report: &Report) -> String {
    report
        .findings
        .first()
        .map(|f: &Finding| format!(": {f}"))
        .unwrap_or_default()
}

impl Receipt {
    /// The receipt as one line of canonical JSON.
    #[must_use]
    pub fn text(&self) -> String {
        #[expect(
            clippy::expect_used,
            reason = "strings, numbers and lists of them are JSON"
        )]
        serde_json::to_string(self).expect("a receipt is JSON")
    }

    /// Signs the receipt. The same receipt and key give the same file.
    ///
    /// # Errors
    /// [`SignError::OtherKey`] when the receipt names another key.
    pub fn sign(self, key: &DeviceKey) -> Result<SignedReceipt, SignError> {
        if self.asker.device_key != key.public().kid() {
            let named = self.asker.device_key;
            return Err(SignError::OtherKey { named });
        }
        let line = self.text();
        let parts = Parts::of(line.as_bytes(), &members(line.as_bytes())).text();
        let signature = sign_detached(line.as_bytes(), Purpose::Receipt, key);
        let text = format!("{FIRST}\n{line}\n{THIRD}\n{parts}\n{FIFTH}{signature}{END}\n");
        let key = key.public().clone();
        Ok(SignedReceipt {
            text,
            receipt: self,
            key,
        })
    }
}

impl SignedReceipt {
    /// Reads a file that holds, whoever signed it.
    ///
    /// # Errors
    /// [`SignError::Broken`] with what [`verify`] says of the file.
    pub fn read(file: &[u8]) -> Result<Self, SignError> {
        let report = verify(file, &Trust::anyone());
        let read = crate::verify::receipt_file(file).filter(|_| report.holds());
        read.ok_or_else(|| SignError::Broken(Box::new(report)))
    }

    pub(crate) fn new(text: String, receipt: Receipt, key: PublicKey) -> Self {
        Self { text, receipt, key }
    }

    /// The file's text, to the byte.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The receipt in it.
    #[must_use]
    pub fn receipt(&self) -> &Receipt {
        &self.receipt
    }

    /// The key that signed it.
    #[must_use]
    pub fn key(&self) -> &PublicKey {
        &self.key
    }
}

/// The digest of each part of a receipt, base64url SHA-256.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Parts(pub(crate) BTreeMap<String, Digests>);

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Digests {
    One(String),
    Each(Vec<String>),
}

impl Parts {
    /// The digests of the members of a receipt's line.
    pub(crate) fn of(line: &[u8], members: &Members) -> Self {
        let digest =
            |range: &std::ops::Range<usize>| bytes::base64url(&bytes::sha256(&line[range.clone()]));
        let digests = |member: &Member| {
            let digests = match &member.elements {
                Some(elements) => Digests::Each(elements.iter().map(digest).collect()),
                None => Digests::One(digest(&member.value)),
            };
            (member.name.clone(), digests)
        };
        Self(members.found.iter().map(digests).collect())
    }

    pub(crate) fn text(&self) -> String {
        #[expect(clippy::expect_used, reason = "a map of strings is always JSON")]
        serde_json::to_string(self).expect("digests are JSON")
    }
}
