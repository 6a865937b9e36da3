//! What an evidence pack tells its reader, in four languages.

/// `{fingerprint}` stands where the fingerprint of the key goes.
pub(crate) const README: &str = include_str!("readme.txt");
