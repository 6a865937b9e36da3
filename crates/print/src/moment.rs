//! Instants as the paper writes them: on the asker's clock in the way of the language, and in UTC.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

use crate::phrases::{DateOrder, Phrases};

/// The asker's clock and the language's way of writing.
pub(crate) struct Clock {
    offset: Offset,
    order: DateOrder,
    months: [&'static str; 12],
}

impl Clock {
    /// An impossible offset becomes zero.
    pub(crate) fn new(offset_minutes: i32, phrases: &Phrases) -> Self {
        let offset = offset_minutes
            .checked_mul(60)
            .and_then(|seconds| Offset::from_seconds(seconds).ok())
            .unwrap_or(Offset::UTC);
        Self {
            offset,
            order: phrases.date_order,
            months: phrases.months,
        }
    }

    /// The asker's offset, as in `UTC+01:00`.
    pub(crate) fn zone(&self) -> String {
        let minutes = self.offset.seconds() / 60;
        let sign = if minutes < 0 { '-' } else { '+' };
        let minutes = minutes.abs();
        format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }

    /// On the asker's clock.
    pub(crate) fn local(&self, ms: i64) -> String {
        let at = self.offset.to_datetime(instant(ms));
        let time = |separator| {
            format!(
                "{:02}:{:02}:{:02}{separator}{:03}",
                at.hour(),
                at.minute(),
                at.second(),
                at.millisecond()
            )
        };
        match self.order {
            DateOrder::Named => {
                let month = self.month(at);
                format!("{} {month} {}, {}", at.day(), at.year(), time('.'))
            }
            DateOrder::Slashed => format!(
                "{:02}/{:02}/{} {}",
                at.day(),
                at.month(),
                at.year(),
                time(',')
            ),
        }
    }

    fn month(&self, at: DateTime) -> &'static str {
        // A calendar's months are 1 to 12.
        let index = usize::try_from(at.month() - 1).unwrap_or_default();
        self.months.get(index).copied().unwrap_or_default()
    }
}

/// In UTC, the same in every language.
pub(crate) fn utc(ms: i64) -> String {
    let at = Offset::UTC.to_datetime(instant(ms));
    format!(
        "{:04}-{:02}-{:02} {:02}:{:02}:{:02}.{:03}",
        at.year(),
        at.month(),
        at.day(),
        at.hour(),
        at.minute(),
        at.second(),
        at.millisecond()
    )
}

/// What no calendar here can hold becomes its nearest end.
pub(crate) fn instant(ms: i64) -> Timestamp {
    let nearest = if ms < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    Timestamp::from_millisecond(ms).unwrap_or(nearest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;

    #[test]
    fn writes_as_each_language_does() {
        let ms = 1_767_225_600_007;
        let local = |language: Language, offset| Clock::new(offset, language.phrases()).local(ms);
        assert_eq!(local(Language::English, 60), "1 Jan 2026, 01:00:00.007");
        assert_eq!(local(Language::Portuguese, -210), "31/12/2025 20:30:00,007");
        assert_eq!(local(Language::French, 0), "01/01/2026 00:00:00,007");
        assert_eq!(utc(ms), "2026-01-01 00:00:00.007");
        let zone = |offset| Clock::new(offset, Language::Spanish.phrases()).zone();
        assert_eq!(zone(-210), "UTC-03:30");
        assert_eq!(zone(0), "UTC+00:00");
    }

    #[test]
    fn no_number_makes_it_fail() {
        for ms in [i64::MIN, i64::MAX, -1, 0] {
            for offset in [i32::MIN, i32::MAX, -1439, 1439] {
                assert!(
                    !Clock::new(offset, Language::English.phrases())
                        .local(ms)
                        .is_empty()
                );
                assert!(!utc(ms).is_empty());
            }
        }
    }
}
