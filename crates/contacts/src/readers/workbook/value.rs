//! The value of a cell as text, the same for every format: what a person would type, not what a
//! number format shows.

use std::fmt::Write as _;

use calamine::{CellErrorType, Data, DataRef, ExcelDateTime};

/// Integers up to here are exact in a spreadsheet.
const EXACT: f64 = 1e15;
/// The first day number after those that a spreadsheet can show, 10000-01-01.
const DAYS: f64 = 2_958_466.0;

/// A filled cell.
#[derive(Clone, Copy, Debug)]
pub(super) enum Value<'a> {
    Text(&'a str),
    Number(f64),
    Whole(i64),
    Truth(bool),
    Moment(ExcelDateTime),
    Error(&'a CellErrorType),
}

impl<'a> Value<'a> {
    /// The value, unless the cell is empty.
    pub(super) fn of_ref(data: &'a DataRef<'_>) -> Option<Self> {
        Self::filled(match data {
            DataRef::Int(whole) => Self::Whole(*whole),
            DataRef::Float(number) => Self::Number(*number),
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                Self::Text(text)
            }
            DataRef::SharedString(text) => Self::Text(text),
            DataRef::Bool(truth) => Self::Truth(*truth),
            DataRef::DateTime(moment) => Self::Moment(*moment),
            DataRef::Error(error) => Self::Error(error),
            DataRef::Empty => return None,
        })
    }

    /// The value, unless the cell is empty.
    pub(super) fn of(data: &'a Data) -> Option<Self> {
        Self::filled(match data {
            Data::Int(whole) => Self::Whole(*whole),
            Data::Float(number) => Self::Number(*number),
            Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
                Self::Text(text)
            }
            Data::Bool(truth) => Self::Truth(*truth),
            Data::DateTime(moment) => Self::Moment(*moment),
            Data::Error(error) => Self::Error(error),
            Data::Empty => return None,
        })
    }

    fn filled(self) -> Option<Self> {
        (!matches!(self, Self::Text(""))).then_some(self)
    }

    /// Whether it is a number, whose leading zero or plus may be gone.
    pub(super) const fn is_number(self) -> bool {
        matches!(self, Self::Number(_) | Self::Whole(_))
    }

    /// Its text, written into `room` where it has none of its own.
    pub(super) fn text(self, room: &'a mut String) -> &'a str {
        room.clear();
        // Writing to memory cannot fail.
        let _ = match self {
            Self::Text(text) => return text,
            Self::Truth(truth) => return if truth { "TRUE" } else { "FALSE" },
            Self::Number(number) => write_number(room, number),
            Self::Whole(whole) => write!(room, "{whole}"),
            Self::Moment(moment) => write_moment(room, moment),
            Self::Error(error) => write!(room, "{error}"),
        };
        room
    }
}

/// The shortest decimal that is this number, without an exponent.
fn write_number(room: &mut String, number: f64) -> std::fmt::Result {
    if !number.is_finite() {
        write!(room, "{}", CellErrorType::Num)
    } else if number.fract() == 0.0 && number.abs() < EXACT {
        write!(room, "{}", number as i64)
    } else {
        write!(room, "{number}")
    }
}

/// ISO 8601: a date, a time of day where there is no date, both, or a duration. What no spreadsheet
/// could show as a date stays a number.
fn write_moment(room: &mut String, moment: ExcelDateTime) -> std::fmt::Result {
    let days = moment.as_f64();
    if moment.is_duration() && days.abs() < DAYS {
        return write_duration(room, days);
    }
    if !(0.0..DAYS).contains(&days) {
        return write_number(room, days);
    }
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let midnight = (hour, minute, second, milli) == (0, 0, 0, 0);
    if days >= 1.0 {
        write!(room, "{year:04}-{month:02}-{day:02}")?;
        if midnight {
            return Ok(());
        }
        room.push('T');
    }
    write!(room, "{hour:02}:{minute:02}:{second:02}")?;
    if milli > 0 {
        write!(room, ".{milli:03}")?;
    }
    Ok(())
}

fn write_duration(room: &mut String, days: f64) -> std::fmt::Result {
    let millis = (days.abs() * 86_400_000.0).round() as u64;
    let (seconds, milli) = (millis / 1000, millis % 1000);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let sign = if days < 0.0 && millis > 0 { "-" } else { "" };
    write!(room, "{sign}PT{hours}H{minutes:02}M{seconds:02}")?;
    if milli > 0 {
        write!(room, ".{milli:03}")?;
    }
    room.push('S');
    Ok(())
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType::{self, DateTime, TimeDelta};

    use super::*;

    #[test]
    fn numbers_are_plain_and_short() {
        for (number, text) in [
            (912_345_678.0, "912345678"),
            (3.519_123_456_78E11, "351912345678"),
            (999_999_999_999_999.0, "999999999999999"),
            (1e21, "1000000000000000000000"),
            (0.1, "0.1"),
            (1e-7, "0.0000001"),
            (-0.0, "0"),
            (-2.5, "-2.5"),
            (f64::NAN, "#NUM!"),
            (f64::INFINITY, "#NUM!"),
        ] {
            assert_eq!(Value::Number(number).text(&mut String::new()), text);
            assert!(Value::Number(number).is_number());
        }
        assert!(f64::MIN_POSITIVE.to_string().len() < crate::MAX_FIELD_CHARS);
    }

    #[test]
    fn dates_are_iso_8601() {
        let text = |days, sort: ExcelDateTimeType, from_1904| {
            let moment = ExcelDateTime::new(days, sort, from_1904);
            Value::Moment(moment).text(&mut String::new()).to_owned()
        };
        for (days, shown) in [
            (45_943.0, "2025-10-13"),
            (45_943.5, "2025-10-13T12:00:00"),
            (45_943.541, "2025-10-13T12:59:02.400"),
            (0.75, "18:00:00"),
            (0.0, "00:00:00"),
            (-1.0, "-1"),
            (912_345_678.0, "912345678"),
        ] {
            assert_eq!(text(days, DateTime, false), shown);
        }
        assert_eq!(text(44_481.0, DateTime, true), "2025-10-13");
        assert_eq!(text(1.5, TimeDelta, false), "PT36H00M00S");
        assert_eq!(text(-0.25, TimeDelta, false), "-PT6H00M00S");
        assert_eq!(text(1e300, TimeDelta, false).len(), 301);
    }
}
