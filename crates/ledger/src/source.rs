//! The lists a batch was made from.

/// A list as it was imported, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its place among the lists of its batch, from 0.
    pub position: u32,
    /// The file's name.
    pub name: String,
    /// SHA-256 of its bytes, lower-case hex.
    pub sha256: String,
    /// How many bytes it has.
    pub length: u64,
}
