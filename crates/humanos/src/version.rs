//! API versions: real calendar dates, and which of them this crate can encode for.

use std::fmt;

/// The value of the `API-Version` header, `YYYY-MM-DD`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ApiVersion(String);

/// Why a text is not an API version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an API version is a calendar date written YYYY-MM-DD")]
pub struct VersionError;

impl ApiVersion {
    /// The release whose request body names `contacts`, the shape of the create-request page.
    pub const CONTACTS_ERA: &'static str = "2026-05-20";

    /// Versions that [`crate::encode::encode`] knows, oldest first.
    pub const SUPPORTED: &'static [&'static str] = &[Self::CONTACTS_ERA];

    /// Reads `YYYY-MM-DD`; the date must exist.
    ///
    /// # Errors
    /// [`VersionError`] for any other text.
    pub fn parse(text: &str) -> Result<Self, VersionError> {
        let bytes = text.as_bytes();
        let shaped = bytes.len() == 10
            && bytes.iter().enumerate().all(|(at, byte)| match at {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !shaped {
            return Err(VersionError);
        }
        text.parse::<jiff::civil::Date>()
            .map_err(|_| VersionError)?;
        Ok(Self(text.to_owned()))
    }

    /// The version that new connections start with.
    #[must_use]
    pub fn contacts_era() -> Self {
        Self(Self::CONTACTS_ERA.to_owned())
    }

    /// The date as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether [`crate::encode::encode`] knows this version.
    #[must_use]
    pub fn is_supported(&self) -> bool {
        Self::SUPPORTED.contains(&self.as_str())
    }
}

impl fmt::Display for ApiVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_real_dates_only() {
        assert_eq!(
            ApiVersion::parse("2026-05-20").unwrap().as_str(),
            ApiVersion::CONTACTS_ERA
        );
        assert!(ApiVersion::parse("2024-02-29").is_ok());
        for bad in [
            "",
            "2026-02-29",
            "2026-13-01",
            "2026-5-20",
            "20260520",
            " 2026-05-20",
            "2026-05-20T",
        ] {
            assert_eq!(ApiVersion::parse(bad), Err(VersionError), "{bad}");
        }
    }

    #[test]
    fn only_the_contacts_era_is_supported() {
        assert!(ApiVersion::contacts_era().is_supported());
        assert!(!ApiVersion::parse("2026-06-22").unwrap().is_supported());
    }
}
