//! What is kept of a connection and of an unfinished form.

/// A way to reach the API, without its secrets: those are in the keyring, under `id`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// The app's own id.
    pub id: String,
    /// What the officer calls it.
    pub name: String,
    /// Scheme, host and path prefix of the API.
    pub base_url: String,
    /// The `API-Version` date, `YYYY-MM-DD`.
    pub api_version: String,
    /// A proxy's address, or empty for the system's.
    pub proxy: String,
    /// Further certificate authorities as PEM, or empty.
    pub ca_pem: String,
    /// The last characters of the API key.
    pub api_key_hint: String,
    /// A fingerprint of the API key.
    pub api_key_fingerprint: String,
    /// The last characters of the signature secret.
    pub secret_hint: String,
    /// A fingerprint of the signature secret.
    pub secret_fingerprint: String,
    /// When it was first saved, Unix milliseconds; later saves leave it.
    pub created_at_ms: i64,
}

/// An unfinished form, as it was last saved.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredDraft {
    /// The form as JSON; the ledger does not look inside.
    pub json: String,
    /// When it was saved, Unix milliseconds.
    pub saved_at_ms: i64,
}

impl std::fmt::Debug for StoredDraft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoredDraft")
            .field("saved_at_ms", &self.saved_at_ms)
            .finish_non_exhaustive()
    }
}
