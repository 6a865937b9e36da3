//! The API versions that the practice server speaks. Each has a module with its own schema and
//! rules; another date is added there and in [`Version`].

mod v2026_05_20;

use axum::http::HeaderMap;
use serde_json::Value;

use crate::auth::only;
use crate::ids;
use crate::refusal::Refusal;

/// A version spoken here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Version {
    /// Recipients are `contacts`.
    V2026_05_20,
}

/// What a checked body asks for, whatever version it was written in.
#[derive(Debug, PartialEq)]
pub(crate) struct Asked {
    pub(crate) name: Option<String>,
    pub(crate) security_level: String,
    pub(crate) language: Option<String>,
    pub(crate) redirect_url: Option<String>,
    pub(crate) internal_id: Option<String>,
    pub(crate) contacts: Vec<String>,
    pub(crate) credentials: Vec<AskedCredential>,
}

/// One credential to be made.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AskedCredential {
    pub(crate) name: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) internal_id: Option<String>,
    pub(crate) resource_type: String,
}

impl Version {
    /// Every version, oldest first.
    pub(crate) const ALL: &'static [Self] = &[Self::V2026_05_20];

    /// The version a call asks for; without `API-Version` the newest spoken.
    pub(crate) fn resolve(headers: &HeaderMap, now_ms: i64) -> Result<Self, Refusal> {
        const NAME: &str = "api-version";
        let bad = |message: String| Refusal::new(400, message);
        if !headers.contains_key(NAME) {
            return Ok(Self::V2026_05_20);
        }
        let date = only(headers, NAME)
            .filter(|date| is_date(date))
            .ok_or_else(|| bad("API-Version must be sent once, as a date YYYY-MM-DD".to_owned()))?;
        // Dates of this form sort as text.
        if date > ids::day(now_ms).as_str() {
            return Err(bad(format!("API-Version {date} is in the future")));
        }
        Self::ALL
            .iter()
            .copied()
            .find(|known| known.date() == date)
            .ok_or_else(|| {
                let spoken: Vec<_> = Self::ALL.iter().map(|known| known.date()).collect();
                let spoken = spoken.join(", ");
                bad(format!(
                    "API-Version {date} is not spoken by the practice server: use {spoken}"
                ))
            })
    }

    /// The header's value.
    pub(crate) fn date(self) -> &'static str {
        match self {
            Self::V2026_05_20 => "2026-05-20",
        }
    }

    /// What is wrong with the body of a create call; empty if nothing is.
    pub(crate) fn faults(self, body: &Value) -> Vec<String> {
        match self {
            Self::V2026_05_20 => v2026_05_20::faults(body),
        }
    }

    /// Reads a body without faults.
    pub(crate) fn read(self, body: &Value) -> Asked {
        match self {
            Self::V2026_05_20 => v2026_05_20::read(body),
        }
    }
}

fn is_date(text: &str) -> bool {
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    shaped && text.parse::<jiff::civil::Date>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_real_days() {
        assert!(is_date("2026-05-20") && is_date("2024-02-29"));
        for bad in [
            "2026-02-29",
            "2026-5-20",
            "2026-05-20T",
            "20260520",
            "2026-13-01",
            "",
        ] {
            assert!(!is_date(bad), "{bad}");
        }
    }
}
