//! The keys that receipts were signed with on this computer; their private halves are elsewhere.

/// The public half of a device key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceKey {
    /// Its RFC 7638 thumbprint, as the caller writes it.
    pub kid: String,
    /// The key, canonical JSON.
    pub jwk: String,
    /// When it was made, Unix milliseconds.
    pub made_at_ms: i64,
    /// When another took its place, Unix milliseconds; none while it is in use.
    pub retired_at_ms: Option<i64>,
}
