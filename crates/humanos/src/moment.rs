//! Dates and times as officers and servers write them.

use jiff::Timestamp;

/// Reads RFC 3339 with an offset (seconds may be left out) into Unix milliseconds.
pub(crate) fn parse_ms(text: &str) -> Option<i64> {
    wire(text)?
        .parse::<Timestamp>()
        .ok()
        .map(Timestamp::as_millisecond)
}

/// The wire form of a date typed: seconds added where they are missing, the rest as typed.
/// `None` if the text is no RFC 3339 date and time with an offset.
pub(crate) fn wire(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let digits = |from: usize, to: usize| {
        bytes
            .get(from..to)
            .is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    let mark = |at: usize, byte: u8| bytes.get(at) == Some(&byte);
    let date = digits(0, 4) && mark(4, b'-') && digits(5, 7) && mark(7, b'-') && digits(8, 10);
    let time = mark(10, b'T') && digits(11, 13) && mark(13, b':') && digits(14, 16);
    if !date || !time {
        return None;
    }
    let mut out = text[..16].to_owned();
    let mut at = 16;
    if mark(at, b':') && digits(17, 19) {
        at = 19;
        if mark(at, b'.') {
            let count = bytes[20..]
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            if !(1..=9).contains(&count) {
                return None;
            }
            at += 1 + count;
        }
        out.push_str(&text[16..at]);
    } else {
        out.push_str(":00");
    }
    let offset = &text.get(at..)?;
    let numeric = offset.len() == 6
        && matches!(bytes[at], b'+' | b'-')
        && digits(at + 1, at + 3)
        && offset[1..3] <= *"23"
        && mark(at + 3, b':')
        && digits(at + 4, at + 6);
    if *offset != "Z" && !numeric {
        return None;
    }
    out.push_str(offset);
    // The calendar has the last word: 30 February, 25 o'clock and leap seconds go here.
    if text.get(17..19) == Some("60") && at > 16 {
        return None;
    }
    out.parse::<Timestamp>().ok().map(|_| out)
}

/// Reads an HTTP date (`Sun, 06 Nov 1994 08:49:37 GMT`) into Unix milliseconds.
pub(crate) fn http_date_ms(text: &str) -> Option<i64> {
    jiff::fmt::rfc2822::parse(text)
        .ok()
        .map(|zoned| zoned.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_rfc_3339_with_an_offset() {
        assert_eq!(parse_ms("2026-01-01T00:00:00Z"), Some(1_767_225_600_000));
        assert_eq!(
            parse_ms("2026-01-01T01:00:00.250+01:00"),
            Some(1_767_225_600_250)
        );
        assert_eq!(
            wire("2026-01-01T01:00+01:00").as_deref(),
            Some("2026-01-01T01:00:00+01:00")
        );
        assert_eq!(
            wire("2026-01-01T01:00Z").as_deref(),
            Some("2026-01-01T01:00:00Z")
        );
    }

    #[test]
    fn refuses_the_rest() {
        for bad in [
            "",
            "2026-01-01",
            "2026-01-01T00:00",
            "2026-01-01T00:00:00",
            "2026-02-30T00:00:00Z",
            "2026-01-01T25:00:00Z",
            "2026-01-01T00:00:60Z",
            "2026-01-01 00:00:00Z",
            "2026-01-01T00:00:00+25:00",
            "2026-01-01T00:00:00+0100",
            "2026-01-01T00:00:00.Z",
            "2026-01-01T00:00:00Z[UTC]",
            "2026-01-01T00:00:00z",
            "2026-01-01T00:00:00é",
            "2026-01-01T00:0é",
        ] {
            assert_eq!(wire(bad), None, "{bad}");
        }
    }

    #[test]
    fn reads_http_dates() {
        assert_eq!(
            http_date_ms("Sun, 06 Nov 1994 08:49:37 GMT"),
            Some(784_111_777_000)
        );
        assert_eq!(http_date_ms("soon"), None);
    }
}
