//! Identifiers in the forms that Humanos uses, and instants as the API writes them.

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

/// 64 random lower-case hexadecimal digits (244 random bits).
pub(crate) fn token() -> String {
    format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple())
}

/// 24 hexadecimal digits with the creation second in front, as database ids have.
pub(crate) fn object_id(at_ms: i64) -> String {
    let seconds = u32::try_from(at_ms / 1000).unwrap_or(u32::MAX);
    format!("{seconds:08x}{}", &token()[..16])
}

/// 24 random hexadecimal digits, for links that nobody can guess.
pub(crate) fn link_id() -> String {
    token()[40..].to_owned()
}

/// Six random decimal digits.
pub(crate) fn code() -> String {
    let bits = Uuid::new_v4().as_u128() as u64 & 0x00ff_ffff_ffff_ffff;
    format!("{:06}", bits % 1_000_000)
}

/// `urn:via:credential:<uuid>`.
pub(crate) fn credential_urn() -> String {
    format!("urn:via:credential:{}", Uuid::new_v4())
}

/// `urn:via:decision:<uuid>`.
pub(crate) fn decision_urn(id: Uuid) -> String {
    format!("urn:via:decision:{id}")
}

/// `did:web:humanos.tech:user:<uuid>`, the same for one contact on one server: people keep their
/// id from request to request.
pub(crate) fn user_did(server_salt: &str, contact: &str) -> String {
    let digest = Sha256::new()
        .chain_update(server_salt)
        .chain_update([0])
        .chain_update(contact);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest.finalize()[..16]);
    format!(
        "did:web:humanos.tech:user:{}",
        Builder::from_random_bytes(bytes).into_uuid()
    )
}

/// Whether a text has the form of a database id: 24 hexadecimal digits.
pub(crate) fn is_object_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// `2026-05-20T00:00:00.000Z` for Unix milliseconds; out of range becomes the epoch.
pub(crate) fn date_time(at_ms: i64) -> String {
    format!("{:.3}", instant(at_ms))
}

/// `Wed, 20 May 2026 00:00:00 GMT` for Unix milliseconds, as HTTP headers write it.
pub(crate) fn http_date(at_ms: i64) -> String {
    instant(at_ms)
        .strftime("%a, %d %b %Y %H:%M:%S GMT")
        .to_string()
}

/// The UTC calendar day, `2026-05-20`, for Unix milliseconds.
pub(crate) fn day(at_ms: i64) -> String {
    instant(at_ms).strftime("%Y-%m-%d").to_string()
}

fn instant(at_ms: i64) -> Timestamp {
    Timestamp::from_millisecond(at_ms).unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_their_forms() {
        assert!(is_object_id(&object_id(1_780_000_000_000)) && is_object_id(&link_id()));
        assert!(object_id(1_780_000_000_000).starts_with("6a18a500"));
        assert!(
            object_id(i64::MAX).starts_with("ffffffff")
                && object_id(-1_000).starts_with("ffffffff")
        );
        assert!((0..200).all(|_| code().len() == 6));
        assert_eq!(user_did("s", "a@b.pt"), user_did("s", "a@b.pt"));
        assert_ne!(user_did("s", "a@b.pt"), user_did("t", "a@b.pt"));
    }

    #[test]
    fn instants_are_utc_with_milliseconds() {
        assert_eq!(date_time(1_779_235_200_007), "2026-05-20T00:00:00.007Z");
        assert_eq!(day(1_779_235_199_999), "2026-05-19");
        assert_eq!(date_time(i64::MAX), "1970-01-01T00:00:00.000Z");
        assert_eq!(
            http_date(1_779_235_200_007),
            "Wed, 20 May 2026 00:00:00 GMT"
        );
    }
}
