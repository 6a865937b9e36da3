//! The wall clock, read here and nowhere else.

use jiff::{Timestamp, tz::TimeZone};

/// Now, as Unix milliseconds.
pub(crate) fn now_ms() -> i64 {
    Timestamp::now().as_millisecond()
}

/// Minutes that local time is ahead of UTC at `at_ms`.
pub(crate) fn utc_offset_minutes(at_ms: i64) -> i32 {
    let at = Timestamp::from_millisecond(at_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    TimeZone::system().to_offset(at).seconds() / 60
}
