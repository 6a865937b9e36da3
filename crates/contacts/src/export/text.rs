//! CSV, as spreadsheets read it without asking: a byte order mark, CRLF, the delimiter of the source.

use std::borrow::Cow;

use super::UnusedSource;

/// The rows of one source that are not used, as CSV. What a spreadsheet might run is marked as text.
#[must_use]
pub fn unused_csv(source: &UnusedSource<'_>) -> Vec<u8> {
    written(source.delimiter.byte(), source.lines())
}

pub(super) fn written<'a>(
    delimiter: u8,
    lines: impl Iterator<Item = Vec<Cow<'a, str>>>,
) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer("\u{FEFF}".as_bytes().to_vec());
    let mut lines = lines;
    let written = lines.try_for_each(|line| {
        writer.write_record(line.iter().map(|cell| harmless(cell).into_owned()))
    });
    debug_assert!(written.is_ok(), "writing to memory cannot fail");
    writer.into_inner().unwrap_or_default()
}

/// A cell that no spreadsheet takes for a formula: with an apostrophe before what might be one.
///
/// A phone in international form stays as it is, although it starts with a plus: digits and the
/// marks between them can at worst be added up, and an apostrophe would have to be taken out of
/// every phone by whoever mends the file with another program. A plus followed by anything more
/// than that, such as a call of another program, is marked.
fn harmless(cell: &str) -> Cow<'_, str> {
    let is_blank = |c: char| {
        (c.is_whitespace() && !matches!(c, '\t' | '\r' | '\n'))
            || matches!(c, '\u{FEFF}' | '\u{200B}')
    };
    let start = cell.trim_start_matches(is_blank);
    let is_risky = match start.chars().next() {
        Some('=' | '@' | '\t' | '\r' | '\n' | '＝' | '＠' | '＋' | '－') => true,
        Some('+' | '-') => !is_number(&start[1..]),
        _ => false,
    };
    if is_risky {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

fn is_number(rest: &str) -> bool {
    rest.starts_with(|c: char| c.is_ascii_digit())
        && rest.chars().all(|c| {
            c.is_ascii_digit()
                || matches!(c, ' ' | '\u{A0}' | '\u{202F}' | '-' | '.' | '/' | '(' | ')')
        })
}
