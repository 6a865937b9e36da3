//! Plain text with one or more contacts on a line, typed, pasted or from a file.

use crate::readers::csv::line_end;
use crate::readers::{Fault, ROWS_A_LOOK, cut};
use crate::sheet::Sheet;
use crate::{FileError, MAX_FIELD_CHARS, Progress, Step, Watch};

/// Reads one row for each contact, each with one cell. A line with nothing on it is a row without
/// cells.
///
/// Contacts stand between line ends, commas, semicolons and tabs, except inside `"…"`, and a comma
/// inside a name, as in `Silva, Ana <ana@example.com>`, parts nothing.
///
/// # Errors
/// [`FileError::TooMuchText`]; [`FileError::Cancelled`] when the watch ends it.
pub(crate) fn read(text: &str, watch: &dyn Watch) -> Result<Sheet, FileError> {
    let mut sheet = Sheet::with_capacity(text.len());
    let mut done = 0;
    for (number, line) in lines(text) {
        if line.trim().is_empty() {
            sheet.end_row(number);
        }
        for contact in contacts(line) {
            sheet.push(cut(contact), false)?;
            if contact.len() > MAX_FIELD_CHARS && contact.chars().nth(MAX_FIELD_CHARS).is_some() {
                sheet.end_bad_row(number, Fault::FieldTooLong);
            } else {
                sheet.end_row(number);
            }
        }
        done += line.len() + 1;
        if (number as usize).is_multiple_of(ROWS_A_LOOK) {
            let progress = Progress {
                step: Step::Reading,
                done: done as u64,
                all: text.len() as u64,
            };
            if watch.progress(progress).is_break() {
                return Err(FileError::Cancelled);
            }
        }
    }
    Ok(sheet)
}

fn lines(text: &str) -> impl Iterator<Item = (u32, &str)> {
    let mut at = 0;
    let mut number = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let length = rest.find(['\r', '\n']).unwrap_or(rest.len());
        at += length + line_end(rest.as_bytes(), length);
        number += 1;
        Some((number, &rest[..length]))
    })
}

fn contacts(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        loop {
            let start = rest.trim_start_matches([',', ';', '\t', ' ']);
            if start.is_empty() {
                return None;
            }
            let end = contact_end(start);
            let contact = start[..end].trim();
            rest = &start[end..];
            if !contact.is_empty() {
                return Some(contact);
            }
        }
    })
}

/// Where the contact at the start of a line ends.
fn contact_end(line: &str) -> usize {
    let quoted = line.strip_prefix('"').and_then(|inside| inside.find('"'));
    let from = quoted.map_or(0, |end| end + 2);
    let Some(end) = line[from..].find([',', ';', '\t']).map(|at| from + at) else {
        return line.len();
    };
    let is_surname = line.as_bytes()[end] == b',' && is_name(&line[..end]);
    match is_surname.then(|| name_end(&line[end + 1..])).flatten() {
        Some(length) => end + 1 + length,
        None => end,
    }
}

/// After `Silva,`: where ` Ana <ana@example.com>` ends, if that is what follows.
fn name_end(rest: &str) -> Option<usize> {
    let window = rest
        .char_indices()
        .nth(200)
        .map_or(rest, |(at, _)| &rest[..at]);
    let end = window.find([',', ';', '\t']).unwrap_or(window.len());
    let given = &window[..end];
    let bracket = given.find('<')?;
    (is_name(&given[..bracket]) && given.trim_end().ends_with('>')).then_some(end)
}

fn is_name(text: &str) -> bool {
    !text.trim().is_empty()
        && text.len() <= 200
        && !text.contains(['@', '<', '>'])
        && !text.contains(char::is_numeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Unwatched;

    fn found(text: &str) -> Vec<(u32, String)> {
        let sheet = read(text, &Unwatched).unwrap();
        (0..sheet.len())
            .filter_map(|row| Some((sheet.line(row), sheet.cell(row, 0)?.text.to_owned())))
            .collect()
    }

    fn at(line: u32, contact: &str) -> (u32, String) {
        (line, contact.to_owned())
    }

    #[test]
    fn contacts_stand_between_lines_commas_semicolons_and_tabs() {
        assert_eq!(
            found("a@x.pt, b@x.pt;c@x.pt\td@x.pt,,\r\n\r\n+351 912 345 678\re@x.pt"),
            [
                at(1, "a@x.pt"),
                at(1, "b@x.pt"),
                at(1, "c@x.pt"),
                at(1, "d@x.pt"),
                at(3, "+351 912 345 678"),
                at(4, "e@x.pt"),
            ]
        );
    }

    #[test]
    fn names_with_commas_stay_whole() {
        assert_eq!(
            found("Silva, Ana <a@x.pt>; \"Costa, Rui\" <r@x.pt>, b@x.pt, Zé <z@x.pt>"),
            [
                at(1, "Silva, Ana <a@x.pt>"),
                at(1, "\"Costa, Rui\" <r@x.pt>"),
                at(1, "b@x.pt"),
                at(1, "Zé <z@x.pt>"),
            ]
        );
        assert_eq!(found("Silva, Ana"), [at(1, "Silva"), at(1, "Ana")]);
    }

    #[test]
    fn an_unclosed_quote_parts_like_any_letter() {
        assert_eq!(
            found("\"a@x.pt, b@x.pt"),
            [at(1, "\"a@x.pt"), at(1, "b@x.pt")]
        );
    }

    #[test]
    fn long_lines_take_linear_time() {
        for text in [
            "a,".repeat(500_000),
            "\"a ".repeat(300_000),
            "Ana,\"".repeat(200_000),
        ] {
            let started = std::time::Instant::now();
            assert!(read(&text, &Unwatched).unwrap().len() > 0);
            assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
        }
    }
}
