//! Instants as a receipt writes them.

use jiff::Timestamp;
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};

/// One instant, written twice in RFC 3339 with milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Instant {
    /// On the asker's clock at the time of the export, with its offset.
    pub local: String,
    /// In UTC, ending in `Z`.
    pub utc: String,
}

impl Instant {
    /// The instant `ms` Unix milliseconds, seen also from `offset_minutes` east of UTC. What no
    /// calendar here can hold becomes its nearest end, an impossible offset becomes zero.
    #[must_use]
    pub fn new(ms: i64, offset_minutes: i32) -> Self {
        let nearest = if ms < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        };
        let instant = Timestamp::from_millisecond(ms).unwrap_or(nearest);
        let offset = offset_minutes
            .checked_mul(60)
            .and_then(|seconds| Offset::from_seconds(seconds).ok())
            .unwrap_or(Offset::UTC);
        Self {
            utc: format!("{instant:.3}"),
            local: format!("{:.3}", instant.display_with_offset(offset)),
        }
    }

    /// Whether both forms can be read and name the same instant.
    #[must_use]
    pub fn agrees(&self) -> bool {
        let read = |text: &str| text.parse::<Timestamp>().ok();
        read(&self.utc).is_some_and(|utc| read(&self.local) == Some(utc))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_one_instant_twice() {
        let instant = Instant::new(1_767_225_600_007, 60);
        assert_eq!(instant.utc, "2026-01-01T00:00:00.007Z");
        assert_eq!(instant.local, "2026-01-01T01:00:00.007+01:00");
        assert!(instant.agrees());
        let west = Instant::new(1_767_225_600_000, -210);
        assert_eq!(west.local, "2025-12-31T20:30:00.000-03:30");
        assert!(
            !Instant {
                utc: instant.utc,
                local: west.local
            }
            .agrees()
        );
    }

    #[test]
    fn no_number_makes_it_fail() {
        for ms in [i64::MIN, i64::MAX, -1, 0] {
            for offset in [i32::MIN, i32::MAX, -1439, 1439, 0] {
                let instant = Instant::new(ms, offset);
                assert!(instant.utc.ends_with('Z'));
            }
        }
    }
}
