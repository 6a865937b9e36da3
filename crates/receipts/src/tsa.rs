//! The certificate of a timestamping authority: its name, its key, and what it may sign.

use aws_lc_rs::{digest, signature};

use crate::der::{
    BIT_STRING, Der, GENERALIZED_TIME, INTEGER, OCTET_STRING, OID, SEQUENCE, SET, UTC_TIME, Value,
};

const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];
const ORGANISATION: &[u8] = &[0x55, 0x04, 0x0a];
const KEY_ID: &[u8] = &[0x55, 0x1d, 0x0e];
const KEY_USE: &[u8] = &[0x55, 0x1d, 0x25];
const FOR_TIMESTAMPS: &[u8] = &[0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x08];
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const RSA_WITH: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01];
const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
const ECDSA_WITH: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03];
const P_256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
const P_384: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x22];
const SHA_2: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02];

/// Longest name that is shown, in characters.
const MAX_NAME: usize = 200;

/// The hashes that are checked here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Digest {
    Sha256,
    Sha384,
    Sha512,
}

/// How a signature looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seen {
    Holds,
    Broken,
    /// Of a kind not checked here.
    Unknown,
}

/// A certificate taken apart as far as needed.
pub(crate) struct Certificate<'c> {
    pub(crate) whole: &'c [u8],
    serial: &'c [u8],
    issuer: &'c [u8],
    not_before: Value<'c>,
    not_after: Value<'c>,
    subject: Value<'c>,
    key: Value<'c>,
    /// Names and values of its extensions.
    extensions: Vec<(&'c [u8], &'c [u8])>,
}

impl Digest {
    pub(crate) fn named(oid: &[u8]) -> Option<Self> {
        match oid.strip_prefix(SHA_2)? {
            [1] => Some(Self::Sha256),
            [2] => Some(Self::Sha384),
            [3] => Some(Self::Sha512),
            _ => None,
        }
    }

    pub(crate) fn of(self, bytes: &[u8]) -> Vec<u8> {
        let algorithm = match self {
            Self::Sha256 => &digest::SHA256,
            Self::Sha384 => &digest::SHA384,
            Self::Sha512 => &digest::SHA512,
        };
        digest::digest(algorithm, bytes).as_ref().to_vec()
    }
}

/// Only to recognise a certificate that an older attribute names; no signature rests on it alone.
pub(crate) fn sha1(bytes: &[u8]) -> Vec<u8> {
    digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, bytes)
        .as_ref()
        .to_vec()
}

/// Whether the certificate's key signed the text.
pub(crate) fn seen(
    certificate: &Certificate<'_>,
    algorithm: &[u8],
    digest: Digest,
    text: &[u8],
    signed: &[u8],
) -> Seen {
    let Some((verifying, key)) = certificate.verifying(algorithm, digest) else {
        return Seen::Unknown;
    };
    match signature::UnparsedPublicKey::new(verifying, key).verify(text, signed) {
        Ok(()) => Seen::Holds,
        Err(_) => Seen::Broken,
    }
}

/// A time of a certificate or token in RFC 3339, UTC.
pub(crate) fn time(tag: u8, text: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(text).ok()?.strip_suffix('Z')?;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || fraction.len() > 9 {
        return None;
    }
    let whole = match (tag, whole.len()) {
        (GENERALIZED_TIME, 14) => whole.to_owned(),
        (UTC_TIME, 12) if whole < "50" => format!("20{whole}"),
        (UTC_TIME, 12) => format!("19{whole}"),
        _ => return None,
    };
    let (date, clock) = whole.split_at(8);
    let (year, month, day) = (&date[..4], &date[4..6], &date[6..]);
    let dot = if fraction.is_empty() { "" } else { "." };
    let (hour, minute, second) = (&clock[..2], &clock[2..4], &clock[4..]);
    let text = format!("{year}-{month}-{day}T{hour}:{minute}:{second}{dot}{fraction}Z");
    text.parse::<jiff::Timestamp>().is_ok().then_some(text)
}

impl<'c> Certificate<'c> {
    pub(crate) fn read(value: &Value<'c>) -> Option<Self> {
        let mut body = value.inside().take(SEQUENCE)?.inside();
        body.optional(0xa0);
        let serial = body.take(INTEGER)?.content;
        body.take(SEQUENCE)?;
        let issuer = body.take(SEQUENCE)?.whole;
        let mut validity = body.take(SEQUENCE)?.inside();
        let (not_before, not_after) = (validity.next()?, validity.next()?);
        let subject = body.take(SEQUENCE)?;
        let key = body.take(SEQUENCE)?;
        body.optional(0x81);
        body.optional(0x82);
        let extensions = match body.optional(0xa3) {
            Some(all) => all.inside().take(SEQUENCE)?.inside().all()?,
            None => Vec::new(),
        };
        let extension = |value: &Value<'c>| {
            let mut inside = value.inside();
            let name = inside.take(OID)?.content;
            inside.optional(crate::der::BOOLEAN);
            Some((name, inside.take(OCTET_STRING)?.content))
        };
        Some(Self {
            whole: value.whole,
            serial,
            issuer,
            not_before,
            not_after,
            subject,
            key,
            extensions: extensions.iter().map(extension).collect::<Option<_>>()?,
        })
    }

    /// Whether a signer's id in a CMS names this certificate.
    pub(crate) fn is(&self, signer: &Value<'_>) -> bool {
        match signer.tag {
            SEQUENCE => {
                let mut id = signer.inside();
                let issuer = id.take(SEQUENCE).map(|issuer| issuer.whole);
                let serial = id.take(INTEGER).map(|serial| serial.content);
                issuer == Some(self.issuer) && serial == Some(self.serial)
            }
            0x80 => {
                let id = self.extension(KEY_ID);
                let id = id.and_then(|id| Der(id).take(OCTET_STRING));
                id.is_some_and(|id| id.content == signer.content)
            }
            _ => false,
        }
    }

    fn extension(&self, name: &[u8]) -> Option<&'c [u8]> {
        let mut all = self.extensions.iter();
        all.find(|(found, _)| *found == name)
            .map(|(_, value)| *value)
    }

    pub(crate) fn is_for_timestamps(&self) -> bool {
        let uses = self
            .extension(KEY_USE)
            .and_then(|uses| Der(uses).take(SEQUENCE)?.inside().all());
        uses.is_some_and(|uses| uses.iter().any(|usage| usage.content == FOR_TIMESTAMPS))
    }

    /// Whether it was valid at a time, in RFC 3339 and UTC.
    pub(crate) fn was_valid(&self, at: &str) -> bool {
        let instant = |text: &str| text.parse::<jiff::Timestamp>().ok();
        let bound = |bound: &Value<'_>| instant(&time(bound.tag, bound.content)?);
        match (bound(&self.not_before), instant(at), bound(&self.not_after)) {
            (Some(from), Some(at), Some(to)) => from <= at && at <= to,
            _ => false,
        }
    }

    /// Its common name and organisation, as far as they can be read.
    pub(crate) fn name(&self) -> String {
        let part = |wanted: &[u8]| {
            let sets = self.subject.inside().all()?;
            let mut pairs = sets.iter().filter(|set| set.tag == SET).filter_map(|set| {
                let mut pair = set.inside().take(SEQUENCE)?.inside();
                Some((pair.take(OID)?.content, pair.next()?.content))
            });
            let (_, text) = pairs.find(|(name, _)| *name == wanted)?;
            Some(
                String::from_utf8_lossy(text)
                    .chars()
                    .take(MAX_NAME)
                    .collect::<String>(),
            )
        };
        let parts: Vec<String> = [COMMON_NAME, ORGANISATION]
            .into_iter()
            .filter_map(part)
            .collect();
        parts.join(", ")
    }

    /// How a signature by its key is checked, and the key.
    fn verifying(
        &self,
        algorithm: &[u8],
        digest: Digest,
    ) -> Option<(&'static dyn signature::VerificationAlgorithm, &'c [u8])> {
        let mut info = self.key.inside();
        let mut kind = info.take(SEQUENCE)?.inside();
        let of = kind.take(OID)?.content;
        let key = info.take(BIT_STRING)?.content.strip_prefix(&[0])?;
        let named = match (
            algorithm.strip_prefix(RSA_WITH),
            algorithm.strip_prefix(ECDSA_WITH),
        ) {
            (Some([1]), _) if of == RSA => digest,
            (Some([11]), _) if of == RSA => Digest::Sha256,
            (Some([12]), _) if of == RSA => Digest::Sha384,
            (Some([13]), _) if of == RSA => Digest::Sha512,
            (_, Some([2])) if of == EC => Digest::Sha256,
            (_, Some([3])) if of == EC => Digest::Sha384,
            (_, Some([4])) if of == EC => Digest::Sha512,
            _ => return None,
        };
        // The hash of the attributes is the one of the content (RFC 5652, 5.4).
        if named != digest {
            return None;
        }
        let verifying: &'static dyn signature::VerificationAlgorithm = if of == RSA {
            match digest {
                Digest::Sha256 => &signature::RSA_PKCS1_2048_8192_SHA256,
                Digest::Sha384 => &signature::RSA_PKCS1_2048_8192_SHA384,
                Digest::Sha512 => &signature::RSA_PKCS1_2048_8192_SHA512,
            }
        } else {
            match (kind.take(OID)?.content, digest) {
                (P_256, Digest::Sha256) => &signature::ECDSA_P256_SHA256_ASN1,
                (P_256, Digest::Sha384) => &signature::ECDSA_P256_SHA384_ASN1,
                (P_256, Digest::Sha512) => &signature::ECDSA_P256_SHA512_ASN1,
                (P_384, Digest::Sha256) => &signature::ECDSA_P384_SHA256_ASN1,
                (P_384, Digest::Sha384) => &signature::ECDSA_P384_SHA384_ASN1,
                (P_384, Digest::Sha512) => &signature::ECDSA_P384_SHA512_ASN1,
                _ => return None,
            }
        };
        Some((verifying, key))
    }
}
