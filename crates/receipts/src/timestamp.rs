//! Timestamps by others, RFC 3161: an authority signs that it saw the hash of a head at a time.
//!
//! Only a hash leaves the computer. Sending the request is the shell's. Whether to trust the
//! authority is the reader's: its certificate is read for its name and key, but no chain is followed.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::bytes;
use crate::der::{
    BOOLEAN, Der, GENERALIZED_TIME, INTEGER, OCTET_STRING, OID, SEQUENCE, SET, Value, value,
};
use crate::pack::canonical;
use crate::report::{Code, Finding, TimestampFacts};
use crate::tree::{Hash, Head};
use crate::tsa::{self, Certificate, Digest, Seen};

/// The longest answer that is read, in bytes.
pub const MAX_RESPONSE_BYTES: usize = 256 * 1024;

const SHA_256: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];
const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
const TST_INFO: &[u8] = &[
    0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x04,
];
const CONTENT_TYPE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x03];
const MESSAGE_DIGEST: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x04];
const SIGNING_CERTIFICATE: &[u8] = &[
    0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x02, 0x0c,
];
const SIGNING_CERTIFICATE_V2: &[u8] = &[
    0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x02, 0x2f,
];

/// Why an answer gives no timestamp, or a timestamp does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TimestampError {
    /// The answer or the token is not written as one.
    #[error("the timestamp cannot be read: try another authority")]
    Form,
    /// The authority refused.
    #[error("the authority gave no timestamp (status {status}): try again later or try another")]
    Refused {
        /// The status it gave.
        status: u64,
    },
    /// It is about another hash.
    #[error("the timestamp is about something else")]
    OtherHash,
    /// It answers another request.
    #[error("the timestamp answers another request: ask again")]
    OtherNonce,
    /// The signature does not hold.
    #[error("the timestamp's signature does not hold")]
    Signature,
    /// The certificate inside is not one for timestamps at that time.
    #[error("the timestamp's certificate is not one for timestamps at that time")]
    Certificate,
    /// It uses what cannot be checked here.
    #[error("the timestamp was not checked here: it uses {what}; openssl ts -verify may do it")]
    Unchecked {
        /// What it uses.
        what: &'static str,
    },
}

/// What is stamped: the SHA-256 of the head in canonical JSON.
#[must_use]
pub fn imprint(head: &Head) -> Hash {
    bytes::sha256(canonical(head).as_bytes())
}

/// The request for a timestamp over a head, to be sent as `application/timestamp-query`. The nonce is
/// random and to be kept until the answer is in.
#[must_use]
pub fn request(head: &Head, nonce: &[u8; 16]) -> Vec<u8> {
    let algorithm = value(SEQUENCE, &[value(OID, SHA_256), vec![0x05, 0x00]].concat());
    let hash = value(OCTET_STRING, &imprint(head));
    let body = [
        value(INTEGER, &[1]),
        value(SEQUENCE, &[algorithm, hash].concat()),
        value(INTEGER, &positive(nonce)),
        // The certificate is to come along.
        value(BOOLEAN, &[0xff]),
    ];
    value(SEQUENCE, &body.concat())
}

/// The token in an authority's answer to [`request`], for [`About::timestamp`](crate::About).
///
/// # Errors
/// [`TimestampError`] when it gives none, or one that is not about this head and request or does not
/// hold. A token that cannot be checked here is refused too.
pub fn token(answer: &[u8], head: &Head, nonce: &[u8; 16]) -> Result<Vec<u8>, TimestampError> {
    if answer.len() > MAX_RESPONSE_BYTES {
        return Err(TimestampError::Form);
    }
    let (status, token) = parts(answer).ok_or(TimestampError::Form)?;
    if status > 1 {
        return Err(TimestampError::Refused { status });
    }
    let token = token.ok_or(TimestampError::Form)?;
    let stamp = Stamp::read(token.whole).ok_or(TimestampError::Form)?;
    stamp.check(head)?;
    if stamp.info.nonce != Some(positive(nonce).as_slice()) {
        return Err(TimestampError::OtherNonce);
    }
    Ok(token.whole.to_vec())
}

/// Checks the token in a receipt.
///
/// # Errors
/// [`TimestampError`] when it does not hold, or cannot be checked here.
pub fn check(token: &[u8], head: &Head) -> Result<TimestampFacts, TimestampError> {
    let stamp = Stamp::read(token).ok_or(TimestampError::Form)?;
    stamp.check(head)
}

/// The same for the token as a receipt writes it, as a finding.
pub(crate) fn judge(text: &str, head: &Head) -> Result<TimestampFacts, Finding> {
    let token = STANDARD.decode(text).map_err(|_| TimestampError::Form);
    token
        .and_then(|token| check(&token, head))
        .map_err(|error| {
            let code = match error {
                TimestampError::Unchecked { .. } => Code::TimestampUnchecked,
                _ => Code::Timestamp,
            };
            Finding::new(code, error.to_string()).at("timestamp")
        })
}

/// The status in an answer, and the token if there is one.
fn parts(answer: &[u8]) -> Option<(u64, Option<Value<'_>>)> {
    let mut outer = Der(answer);
    let mut body = outer.take(SEQUENCE)?.inside();
    let status = body.take(SEQUENCE)?.inside().take(INTEGER)?;
    let status = match status.content {
        [status @ 0..=0x7f] => u64::from(*status),
        _ => return None,
    };
    let token = body.optional(SEQUENCE);
    (outer.0.is_empty() && body.0.is_empty()).then_some((status, token))
}

/// The shortest DER of a number that is not negative.
fn positive(number: &[u8]) -> Vec<u8> {
    let start = number
        .iter()
        .position(|byte| *byte != 0)
        .unwrap_or(number.len());
    let number = &number[start..];
    match number.first() {
        Some(0..=0x7f) => number.to_vec(),
        _ => [&[0], number].concat(),
    }
}

/// A token taken apart: the one signer of a CMS.
struct Stamp<'t> {
    content: &'t [u8],
    info: Info<'t>,
    certificates: Vec<Certificate<'t>>,
    signer: Value<'t>,
    digest: &'t [u8],
    /// The signed attributes as they are signed: a SET.
    signed: Vec<u8>,
    attributes: Vec<(&'t [u8], Value<'t>)>,
    algorithm: &'t [u8],
    signature: &'t [u8],
}

/// What an authority states.
struct Info<'t> {
    algorithm: &'t [u8],
    hash: &'t [u8],
    time: &'t [u8],
    nonce: Option<&'t [u8]>,
}

impl<'t> Stamp<'t> {
    fn read(token: &'t [u8]) -> Option<Self> {
        let mut outer = Der(token);
        let mut info = outer.take(SEQUENCE)?.inside();
        let is_signed = info.take(OID)?.content == SIGNED_DATA && outer.0.is_empty();
        let mut data = info.take(0xa0)?.inside().take(SEQUENCE)?.inside();
        data.take(INTEGER)?;
        data.take(SET)?;
        let mut inner = data.take(SEQUENCE)?.inside();
        let is_info = inner.take(OID)?.content == TST_INFO;
        let content = inner.take(0xa0)?.inside().take(OCTET_STRING)?.content;
        let certificates = match data.optional(0xa0) {
            Some(all) => all.inside().all()?,
            None => Vec::new(),
        };
        data.optional(0xa1);
        let mut signers = data.take(SET)?.inside();
        let mut signer = signers.take(SEQUENCE)?.inside();
        if !is_signed || !is_info || !signers.0.is_empty() {
            return None;
        }
        signer.take(INTEGER)?;
        let named = signer.next()?;
        let digest = signer.take(SEQUENCE)?.inside().take(OID)?.content;
        let attributes = signer.take(0xa0)?;
        let algorithm = signer.take(SEQUENCE)?.inside().take(OID)?.content;
        let signature = signer.take(OCTET_STRING)?.content;
        let attribute = |attribute: &Value<'t>| {
            let mut inside = attribute.inside();
            let name = inside.take(OID)?.content;
            Some((name, inside.take(SET)?))
        };
        Some(Self {
            content,
            info: Info::read(content)?,
            certificates: certificates.iter().filter_map(Certificate::read).collect(),
            signer: named,
            digest,
            signed: [&[SET], &attributes.whole[1..]].concat(),
            attributes: attributes
                .inside()
                .all()?
                .iter()
                .map(attribute)
                .collect::<Option<_>>()?,
            algorithm,
            signature,
        })
    }

    /// The one value of an attribute that must be there once.
    fn attribute(&self, name: &[u8]) -> Option<Value<'t>> {
        let mut all = self.attributes.iter().filter(|(found, _)| *found == name);
        let (Some((_, values)), None) = (all.next(), all.next()) else {
            return None;
        };
        let mut inside = values.inside();
        inside.next().filter(|_| inside.0.is_empty())
    }

    fn check(&self, head: &Head) -> Result<TimestampFacts, TimestampError> {
        if self.info.algorithm != SHA_256 || self.info.hash != imprint(head) {
            return Err(TimestampError::OtherHash);
        }
        let digest = Digest::named(self.digest).ok_or(TimestampError::Unchecked {
            what: "a hash not known here",
        })?;
        let stated = self.attribute(MESSAGE_DIGEST).map(|value| value.content);
        let kind = self.attribute(CONTENT_TYPE).map(|value| value.content);
        if stated != Some(digest.of(self.content).as_slice()) || kind != Some(TST_INFO) {
            return Err(TimestampError::Signature);
        }
        let mut certificates = self.certificates.iter();
        let certificate = certificates
            .find(|certificate| certificate.is(&self.signer))
            .ok_or(TimestampError::Unchecked {
                what: "a certificate that did not come along",
            })?;
        if !self.binds(certificate) {
            return Err(TimestampError::Certificate);
        }
        match tsa::seen(
            certificate,
            self.algorithm,
            digest,
            &self.signed,
            self.signature,
        ) {
            Seen::Holds => {}
            Seen::Broken => return Err(TimestampError::Signature),
            Seen::Unknown => {
                return Err(TimestampError::Unchecked {
                    what: "a signature not known here",
                });
            }
        }
        let at = tsa::time(GENERALIZED_TIME, self.info.time).ok_or(TimestampError::Form)?;
        if !certificate.is_for_timestamps() || !certificate.was_valid(&at) {
            return Err(TimestampError::Certificate);
        }
        let authority = certificate.name();
        Ok(TimestampFacts { at, authority })
    }

    /// Whether the signed attributes name this certificate, as RFC 3161 and RFC 5816 ask.
    fn binds(&self, certificate: &Certificate<'_>) -> bool {
        let first =
            |attribute: Value<'t>| attribute.inside().take(SEQUENCE)?.inside().take(SEQUENCE);
        let second = self
            .attribute(SIGNING_CERTIFICATE_V2)
            .and_then(first)
            .map(|id| {
                let mut id = id.inside();
                let digest = match id.optional(SEQUENCE) {
                    Some(named) => named
                        .inside()
                        .take(OID)
                        .and_then(|oid| Digest::named(oid.content)),
                    None => Some(Digest::Sha256),
                };
                let hash = id.take(OCTET_STRING).map(|hash| hash.content);
                digest.is_some_and(|digest| hash == Some(digest.of(certificate.whole).as_slice()))
            });
        let older = || {
            let id = self.attribute(SIGNING_CERTIFICATE).and_then(first)?;
            let hash = id.inside().take(OCTET_STRING)?.content;
            Some(hash == tsa::sha1(certificate.whole).as_slice())
        };
        second.or_else(older).unwrap_or(false)
    }
}

impl<'t> Info<'t> {
    fn read(content: &'t [u8]) -> Option<Self> {
        let mut outer = Der(content);
        let mut body = outer.take(SEQUENCE)?.inside();
        let version = body.take(INTEGER)?.content;
        body.take(OID)?;
        let mut imprint = body.take(SEQUENCE)?.inside();
        let algorithm = imprint.take(SEQUENCE)?.inside().take(OID)?.content;
        let hash = imprint.take(OCTET_STRING)?.content;
        body.take(INTEGER)?;
        let time = body.take(GENERALIZED_TIME)?.content;
        body.optional(SEQUENCE);
        body.optional(BOOLEAN);
        let nonce = body.optional(INTEGER).map(|nonce| nonce.content);
        (version == [1] && outer.0.is_empty()).then_some(Self {
            algorithm,
            hash,
            time,
            nonce,
        })
    }
}
