//! Contact cards, as address books export them: vCard 2.1, 3.0 and 4.0.
//!
//! Cards are cut apart here, line by line, so that each has its line in the file and a damaged one
//! costs only itself. Of each card only the lines that name a person or a contact are parsed; a
//! picture of any size is stepped over. Left out: addresses, birthdays, notes, and cards inside
//! cards, which are somebody else's.

use std::ops::ControlFlow;

use crate::readers::csv::line_end;
use crate::readers::{Fault, excerpt};
use crate::sheet::Sheet;
use crate::{FileError, MAX_FIELD_CHARS, MAX_LINE_BYTES, MAX_ROWS, Progress, Step, Watch};

mod person;

const COLUMNS: [&str; 6] = [
    "Name",
    "Email",
    "Phone",
    "Organisation",
    "Email 2",
    "Phone 2",
];
const WATCH_EVERY: usize = 4_096;

/// The cards of a text, one row each, after a first row with the names of the columns.
///
/// A card that does not end, text outside of cards, and a line that may be the lost rest of a
/// contact make rows with [`Fault::DamagedCard`].
///
/// # Errors
/// [`FileError`] when there is no card, too many of them, or reading was ended from outside.
pub(crate) fn read(text: &str, watch: &dyn Watch) -> Result<Sheet, FileError> {
    if text.trim().is_empty() {
        return Err(FileError::Empty);
    }
    let mut cards = Cards {
        sheet: Sheet::with_capacity(text.len() / 4),
        open: None,
        any: false,
    };
    for name in COLUMNS {
        cards.sheet.push(name, false)?;
    }
    cards.sheet.end_row(0);
    for (at, (number, start, line)) in lines(text).enumerate() {
        if at % WATCH_EVERY == 0 {
            let progress = Progress {
                step: Step::Reading,
                done: start as u64,
                all: text.len() as u64,
            };
            if watch.progress(progress) == ControlFlow::Break(()) {
                return Err(FileError::Cancelled);
            }
        }
        cards.take(number, line)?;
    }
    cards.end(Some(Fault::DamagedCard))?;
    if !cards.any {
        return Err(FileError::Damaged {
            what: "no contact card begins in it".to_owned(),
        });
    }
    Ok(cards.sheet)
}

struct Cards<'a> {
    sheet: Sheet,
    open: Option<Open<'a>>,
    any: bool,
}

/// The card, or the text outside of cards, that is being read.
struct Open<'a> {
    line: u32,
    is_card: bool,
    /// What of it is worth parsing, with plain line ends.
    kept: String,
    /// Its first line that says something.
    start: &'a str,
    fault: Option<Fault>,
    last: Last,
    /// How many cards are open inside this one.
    inner: u32,
}

/// What the line before was part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// A property that is kept; the next line may go on with it.
    Kept { quoted_printable: bool },
    /// One that is left out.
    Skipped,
    /// `AGENT:` with nothing after it, which announces a card inside the card.
    Agent,
}

impl<'a> Cards<'a> {
    fn take(&mut self, number: u32, line: &'a str) -> Result<(), FileError> {
        let mark = mark(line);
        if let Some(open) = self.open.as_mut().filter(|open| open.inner > 0) {
            let last = std::mem::replace(&mut open.last, Last::Skipped);
            match mark {
                Some(Mark::Begin) if last == Last::Agent => open.inner += 1,
                // An inner card does not end; what follows is not lost with it.
                Some(Mark::Begin) => return self.begin(number),
                Some(Mark::End) => open.inner -= 1,
                None if announces_a_card(line) => open.last = Last::Agent,
                None => {}
            }
            return Ok(());
        }
        match (mark, &mut self.open) {
            (Some(Mark::Begin), Some(open)) if open.is_card && open.last == Last::Agent => {
                open.inner = 1;
                open.last = Last::Skipped;
            }
            (Some(Mark::Begin), _) => self.begin(number)?,
            (Some(Mark::End), Some(open)) if open.is_card => self.end(None)?,
            (Some(Mark::End), open) => {
                open.get_or_insert_with(|| Open::new(number, false, line));
                self.end(Some(Fault::DamagedCard))?;
            }
            (None, Some(open)) if open.is_card => open.take(line),
            (None, open) if !line.trim().is_empty() => {
                open.get_or_insert_with(|| Open::new(number, false, line));
            }
            (None, _) => {}
        }
        Ok(())
    }

    /// Begins a card. What is still open lacks its end.
    fn begin(&mut self, number: u32) -> Result<(), FileError> {
        self.end(Some(Fault::DamagedCard))?;
        self.any = true;
        self.open = Some(Open::new(number, true, ""));
        Ok(())
    }

    /// Makes a row of what is open.
    fn end(&mut self, fault: Option<Fault>) -> Result<(), FileError> {
        let Some(open) = self.open.take() else {
            return Ok(());
        };
        // The header is a row too.
        if self.sheet.len() > MAX_ROWS {
            return Err(FileError::TooManyRows);
        }
        let cells = match open.fault.or(fault) {
            Some(fault) => Err(fault),
            None => person::cells(&open.kept).and_then(|cells| {
                let is_long = |cell: &String| cell.chars().nth(MAX_FIELD_CHARS).is_some();
                match cells.iter().any(is_long) {
                    true => Err(Fault::FieldTooLong),
                    false => Ok(cells),
                }
            }),
        };
        match cells {
            Ok(cells) => {
                for cell in &cells {
                    self.sheet.push(cell, false)?;
                }
                self.sheet.end_row(open.line);
            }
            Err(fault) => {
                self.sheet.push(&excerpt(open.start), false)?;
                self.sheet.end_bad_row(open.line, fault);
            }
        }
        Ok(())
    }
}

impl<'a> Open<'a> {
    const fn new(line: u32, is_card: bool, start: &'a str) -> Self {
        Self {
            line,
            is_card,
            kept: String::new(),
            start,
            fault: None,
            last: Last::Skipped,
            inner: 0,
        }
    }

    fn take(&mut self, line: &'a str) {
        let is_blank = line.trim().is_empty();
        let goes_on = match self.last {
            Last::Kept { quoted_printable } => {
                line.starts_with([' ', '\t']) && !is_blank
                    || quoted_printable && self.kept.ends_with("=\n")
            }
            _ => line.starts_with([' ', '\t']),
        };
        match (goes_on, self.last) {
            (true, Last::Kept { .. }) => return self.keep(line),
            (true, _) => return,
            _ if is_blank => return,
            _ => {}
        }
        let Some(property) = Property::of(line) else {
            // A note is often broken without being folded. After a contact it may be its rest.
            if let Last::Kept { .. } = self.last {
                self.fault.get_or_insert(Fault::DamagedCard);
            }
            self.last = Last::Skipped;
            return;
        };
        if self.start.is_empty() && !property.is("VERSION") {
            self.start = line;
        }
        if person::PROPERTIES.iter().any(|name| property.is(name)) {
            let quoted_printable = property.has_parameter("QUOTED-PRINTABLE");
            if quoted_printable {
                self.keep_piece(&property.quoted_printable_head());
                self.keep(&line[property.head.len()..]);
            } else {
                self.keep(line);
            }
            self.last = Last::Kept { quoted_printable };
        } else if announces_a_card(line) {
            self.last = Last::Agent;
        } else {
            self.last = Last::Skipped;
        }
    }

    fn keep(&mut self, line: &str) {
        self.keep_piece(line);
        self.keep_piece("\n");
    }

    fn keep_piece(&mut self, piece: &str) {
        if self.kept.len() + piece.len() > MAX_LINE_BYTES {
            self.fault.get_or_insert(Fault::LineTooLong);
        } else {
            self.kept.push_str(piece);
        }
    }
}

/// The head of a line such as `item1.TEL;TYPE=CELL:+351…`.
struct Property<'a> {
    /// All before the colon.
    head: &'a str,
    name: &'a str,
}

impl<'a> Property<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let mut in_quotes = false;
        let end = line.bytes().position(|byte| {
            in_quotes ^= byte == b'"';
            byte == b':' && !in_quotes
        });
        let head = &line[..end.or_else(|| line.find(':'))?];
        let name = head.split(';').next().unwrap_or(head);
        let name = name.rsplit('.').next().unwrap_or(name).trim();
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        (!name.is_empty() && name.chars().all(is_name)).then_some(Self { head, name })
    }

    fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    fn has_parameter(&self, word: &str) -> bool {
        self.head
            .split([';', '=', ','])
            .skip(1)
            .any(|part| part.trim().eq_ignore_ascii_case(word))
    }

    /// The head as the parser knows it: with the name of the parameter, which version 2.1 may leave
    /// out, and a charset.
    fn quoted_printable_head(&self) -> String {
        let parts = self.head.split(';').map(|part| {
            if part.trim().eq_ignore_ascii_case("QUOTED-PRINTABLE") {
                "ENCODING=QUOTED-PRINTABLE"
            } else {
                part
            }
        });
        let head = parts.collect::<Vec<_>>().join(";");
        if self.has_parameter("CHARSET") {
            head
        } else {
            head + person::GUESS
        }
    }
}

/// Whether this is `AGENT:` with nothing after it.
fn announces_a_card(line: &str) -> bool {
    line.trim_end().ends_with(':') && Property::of(line).is_some_and(|found| found.is("AGENT"))
}

#[derive(Clone, Copy)]
enum Mark {
    Begin,
    End,
}

/// Whether the line begins or ends a card. A folded line, which starts with a blank, does not.
fn mark(line: &str) -> Option<Mark> {
    let line = line.strip_prefix('\u{FEFF}').unwrap_or(line);
    if line.len() > 100 {
        return None;
    }
    let (name, value) = line.split_once(':')?;
    let is = |text: &str, word: &str| text.trim_end().eq_ignore_ascii_case(word);
    if !is(value.trim_start(), "VCARD") {
        return None;
    }
    match name {
        name if is(name, "BEGIN") => Some(Mark::Begin),
        name if is(name, "END") => Some(Mark::End),
        _ => None,
    }
}

/// The lines of a text with their numbers and places, whichever way they end.
fn lines(text: &str) -> impl Iterator<Item = (u32, usize, &str)> {
    let mut at = 0;
    let mut number = 0;
    std::iter::from_fn(move || {
        let start = at;
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let length = rest.find(['\r', '\n']).unwrap_or(rest.len());
        at += length + line_end(rest.as_bytes(), length);
        number += 1;
        Some((number, start, &rest[..length]))
    })
}

#[cfg(test)]
mod tests;
