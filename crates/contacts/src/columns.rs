//! How a file is laid out: what separates its cells, whether it has a header, which columns hold
//! the contacts.

use crate::judge::{judge, looks_like};
use crate::readers::csv::Rows;
use crate::{Delimiter, Kind, Region, RowState};

mod header;

/// How many rows are looked at to find out.
const SAMPLE_ROWS: usize = 1_000;
const SAMPLE_BYTES: usize = 256 * 1024;

/// The layout of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Contacts one after the other, on lines or between marks.
    Text {
        /// Whether its first line names what follows.
        header: bool,
    },
    /// Rows of cells.
    Table(Table),
}

/// The layout of a file with cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) delimiter: Delimiter,
    pub(crate) header: bool,
    /// The columns that hold contacts, from 0. The first one filled is used.
    pub(crate) columns: Vec<usize>,
    /// Their names for the officer.
    pub(crate) name: String,
}

type Cells = Vec<String>;

/// Finds out the layout of a text. `declared` is a delimiter that the file itself names.
pub(crate) fn layout(
    text: &str,
    name: &str,
    region: Region,
    declared: Option<Delimiter>,
) -> Layout {
    let sample = start_of(text);
    let best = match declared {
        Some(delimiter) => Some((delimiter, rows_of(sample, delimiter))),
        None => delimiter(sample),
    };
    let Some((delimiter, rows)) = best else {
        return Layout::Text {
            header: has_text_header(sample),
        };
    };
    if declared.is_none() && is_plain_list(&rows, name) {
        return Layout::Text {
            header: has_text_header(sample),
        };
    }
    Layout::Table(table(delimiter, &rows, region))
}

/// The contact of a row: the first of the columns that is filled.
pub(crate) fn pick(mut cells: Cells, columns: &[usize]) -> String {
    let filled = |&&at: &&usize| cells.get(at).is_some_and(|cell| !is_blank(cell));
    let at = columns.iter().find(filled).or(columns.first());
    at.and_then(|&at| cells.get_mut(at))
        .map(std::mem::take)
        .unwrap_or_default()
}

/// Nothing to see in it.
pub(crate) fn is_blank(cell: &str) -> bool {
    cell.chars()
        .all(|c| c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}'))
}

fn start_of(text: &str) -> &str {
    let mut end = text.len().min(SAMPLE_BYTES);
    if end < text.len() {
        let line = text.as_bytes()[..end]
            .iter()
            .rposition(|b| matches!(b, b'\r' | b'\n'));
        end = line.map_or_else(|| text.floor_char_boundary(end), |at| at + 1);
    }
    &text[..end]
}

fn rows_of(sample: &str, delimiter: Delimiter) -> Vec<Cells> {
    let rows = Rows::new(sample, delimiter).filter_map(|row| row.cells.ok());
    rows.filter(|cells| !cells.iter().all(|cell| is_blank(cell)))
        .take(SAMPLE_ROWS)
        .collect()
}

/// The delimiter that leaves the most contacts whole, and then the most even rows.
fn delimiter(sample: &str) -> Option<(Delimiter, Vec<Cells>)> {
    let candidates = Delimiter::ALL.into_iter().filter_map(|delimiter| {
        let rows = rows_of(sample, delimiter);
        let mut widths: Vec<_> = rows.iter().map(Vec::len).collect();
        widths.sort_unstable();
        let even = widths.chunk_by(|a, b| a == b).max_by_key(|run| run.len())?;
        let is_parted = even[0] > 1 || rows.first().is_some_and(|first| has_header(first));
        let whole = |cells: &&Cells| cells.iter().any(|cell| looks_like(cell).is_some());
        let contacts = rows.iter().filter(whole).count();
        is_parted.then_some(((contacts, even.len(), even[0]), delimiter, rows))
    });
    // Of equals the first, since a comma is likelier than a pipe.
    let best = candidates.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    Some((best.1, best.2))
}

/// Whether a first row names several columns, one of them for contacts.
fn has_header(first: &[String]) -> bool {
    first.len() > 1
        && first.iter().all(|cell| looks_like(cell).is_none())
        && first.iter().any(|cell| header::kind(cell).is_some())
}

fn has_text_header(sample: &str) -> bool {
    let mut lines = sample.split(['\r', '\n']).filter(|line| !is_blank(line));
    let first = lines.next().unwrap_or_default().trim().trim_matches('"');
    header::kind(first).is_some() && lines.next().is_some()
}

/// Whether the cells are no columns: contacts side by side, or names with commas in them.
fn is_plain_list(rows: &[Cells], name: &str) -> bool {
    let width = |cells: &Cells| cells.iter().filter(|cell| !is_blank(cell)).count();
    let ragged = rows.iter().any(|cells| width(cells) != width(&rows[0]));
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    let is_table = matches!(ending.as_deref(), Some("csv" | "tsv" | "tab"));
    if ragged && !is_table && !has_header(&rows[0]) {
        return true;
    }
    let mut filled = rows.iter().flatten().filter(|cell| !is_blank(cell));
    if !filled.all(|cell| looks_like(cell).is_some()) {
        return false;
    }
    let twice = rows.iter().any(|cells| {
        let emails = cells
            .iter()
            .filter(|cell| looks_like(cell) == Some(Kind::Email))
            .count();
        emails > 1 || (emails == 0 && width(cells) > 1)
    });
    twice && (ragged || rows.len() == 1 || !is_table)
}

fn table(delimiter: Delimiter, rows: &[Cells], region: Region) -> Table {
    let first: &[String] = rows.first().map_or(&[], Vec::as_slice);
    let body = rows.get(1..).unwrap_or_default();
    let seems_header = first.iter().all(|cell| looks_like(cell).is_none());
    let named = seems_header && first.iter().any(|cell| header::kind(cell).is_some());
    if named && let Some(columns) = by_header(first, body) {
        let name = label(&columns, Some(first));
        return Table {
            delimiter,
            header: true,
            columns,
            name,
        };
    }
    let only_words = first
        .iter()
        .all(|cell| !cell.contains('@') && !cell.contains(char::is_numeric));
    let columns = by_content(body, Some(first), region);
    if named || (seems_header && only_words && first.len() > 1 && columns.is_some()) {
        let columns = columns.unwrap_or_else(|| vec![0]);
        let name = label(&columns, Some(first));
        return Table {
            delimiter,
            header: true,
            columns,
            name,
        };
    }
    let columns = by_content(rows, None, region).unwrap_or_else(|| vec![most_filled(rows)]);
    Table {
        delimiter,
        header: false,
        name: label(&columns, None),
        columns,
    }
}

/// Columns by their names: an email column, then a phone column, then one for either. Of several
/// the one with contacts in it, then the one with the plainest name, then the leftmost.
fn by_header(names: &[String], body: &[Cells]) -> Option<Vec<usize>> {
    let share = |at: usize, kind: Option<Kind>| {
        let cells = body
            .iter()
            .filter_map(|cells| cells.get(at))
            .filter_map(|cell| looks_like(cell));
        cells
            .filter(|found| kind.is_none_or(|kind| kind == *found))
            .count()
    };
    let best = |target: header::Target| {
        let columns = names.iter().enumerate().filter_map(|(at, name)| {
            let (found, exact) = header::kind(name)?;
            (found == target).then(|| (share(at, target.kind()), exact, at))
        });
        columns.max_by_key(|&(share, exact, at)| (share > 0, exact, share, std::cmp::Reverse(at)))
    };
    let found: Vec<_> = [
        header::Target::Email,
        header::Target::Phone,
        header::Target::Either,
    ]
    .into_iter()
    .filter_map(best)
    .collect();
    let filled: Vec<_> = found
        .iter()
        .filter(|(share, ..)| *share > 0)
        .map(|&(.., at)| at)
        .collect();
    match (
        filled.is_empty(),
        body.iter().flatten().any(|cell| looks_like(cell).is_some()),
    ) {
        (false, _) => Some(filled),
        (true, true) => None,
        (true, false) => Some(found.first().map(|&(.., at)| vec![at])?),
    }
}

/// The column with most addresses, then one that is nearly all phone numbers. Where a header names
/// what its columns are, no other column is taken for phones: tax numbers look just like them.
fn by_content(rows: &[Cells], names: Option<&[String]>, region: Region) -> Option<Vec<usize>> {
    let named = names.is_some_and(|names| names.iter().any(|name| header::kind(name).is_some()));
    let name_of = |at: usize| names.and_then(|names| names.get(at));
    let is_other = |at: usize| name_of(at).is_some_and(|name| header::is_other(name));
    let width = rows.iter().map(Vec::len).max()?;
    let mut counts = vec![(0_usize, 0_usize, 0_usize); width];
    for (cell, at) in rows.iter().flat_map(|cells| cells.iter().zip(0..)) {
        let (emails, phones, filled) = &mut counts[at];
        *filled += usize::from(!is_blank(cell));
        match looks_like(cell) {
            Some(Kind::Email) => *emails += 1,
            Some(Kind::Phone) if named || is_other(at) => {}
            Some(Kind::Phone) => {
                *phones += usize::from(judge(cell, region).state() != RowState::Error)
            }
            None => {}
        }
    }
    let most = |of: fn(&(usize, usize, usize)) -> usize| {
        let columns = counts.iter().enumerate().filter(|(_, count)| of(count) > 0);
        columns
            .max_by_key(|(at, count)| (of(count), std::cmp::Reverse(*at)))
            .map(|(at, _)| at)
    };
    let email = most(|count| count.0);
    let phone = most(|count| count.1);
    match (email, phone) {
        (None, None) => None,
        (None, Some(phone)) => Some(vec![phone]),
        (Some(email), Some(phone)) if phone == email => Some(vec![email]),
        (Some(email), Some(phone)) if counts[email].0 * 4 < counts[phone].1 => Some(vec![phone]),
        (Some(email), Some(phone)) if counts[phone].1 * 10 >= counts[phone].2 * 9 => {
            Some(vec![email, phone])
        }
        (Some(email), _) => Some(vec![email]),
    }
}

fn most_filled(rows: &[Cells]) -> usize {
    let width = rows.iter().map(Vec::len).max().unwrap_or(1);
    let filled = |at: usize| {
        rows.iter()
            .filter(|cells| cells.get(at).is_some_and(|c| !is_blank(c)))
            .count()
    };
    (0..width.min(64))
        .max_by_key(|&at| (filled(at), std::cmp::Reverse(at)))
        .unwrap_or(0)
}

fn label(columns: &[usize], names: Option<&[String]>) -> String {
    let name = |&at: &usize| {
        let name = names
            .and_then(|names| names.get(at))
            .map(|name| name.trim())
            .unwrap_or_default();
        let short: String = name.chars().take(60).collect();
        if short.is_empty() {
            format!("column {}", at + 1)
        } else {
            short
        }
    };
    columns.iter().map(name).collect::<Vec<_>>().join(", else ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table_of(text: &str) -> Table {
        match layout(text, "list.csv", Region::parse("PT").unwrap(), None) {
            Layout::Table(table) => table,
            text => panic!("{text:?}"),
        }
    }

    #[test]
    fn delimiters_are_told_by_the_contacts_they_leave_whole() {
        for (text, delimiter) in [
            (
                "nome;email\n\"Silva, Ana\";ana@example.com\nCosta, Rui;rui@example.com\n",
                Delimiter::Semicolon,
            ),
            (
                "nome, apelido;email\nCosta, Rui;rui@example.com\nSá, Zé;ze@example.com\n",
                Delimiter::Semicolon,
            ),
            ("name,email\nAna,ana@example.com\n", Delimiter::Comma),
            ("name\temail\nSilva, Ana\tana@example.com\n", Delimiter::Tab),
            ("name|email\nAna|ana@example.com\n", Delimiter::Pipe),
        ] {
            let table = table_of(text);
            assert_eq!(
                (table.delimiter, table.header, table.columns),
                (delimiter, true, vec![1]),
                "{text}"
            );
        }
    }

    #[test]
    fn columns_are_told_by_name_and_then_by_content() {
        for (text, name, columns) in [
            (
                "Telemóvel;E-mail;NIF\n912345678;ana@x.pt;234567890\n",
                "E-mail, else Telemóvel",
                vec![1, 0],
            ),
            ("Email opt-in,Email\nyes,ana@x.pt\n", "Email", vec![1]),
            (
                "Nombre,Correo electrónico\nAna,ana@x.pt\n",
                "Correo electrónico",
                vec![1],
            ),
            (
                "Nom,Courriel,Tél. portable\nAna,ana@x.pt,+33612345678\n",
                "Courriel, else Tél. portable",
                vec![1, 2],
            ),
            ("Contact,Ref\nana@x.pt,1\n912345678,2\n", "Contact", vec![0]),
            (
                "Contact,Write to\nAna,ana@x.pt\nRui,rui@x.pt\n",
                "Write to",
                vec![1],
            ),
            ("Email;NIF\n;234567890\n", "Email", vec![0]),
            ("Nome;NIF;Nota\nAna;234567890;912345678\n", "Nota", vec![2]),
            ("Ana,ana@x.pt,12\nRui,rui@x.pt,13\n", "column 2", vec![1]),
            (
                "ana@x.pt,912345678\nrui@x.pt,913456789\n",
                "column 1, else column 2",
                vec![0, 1],
            ),
        ] {
            let table = table_of(text);
            assert_eq!(
                (table.name.as_str(), table.columns),
                (name, columns),
                "{text}"
            );
        }
    }

    #[test]
    fn a_list_of_contacts_is_no_table() {
        let region = Region::parse("PT").unwrap();
        let plain = |text| layout(text, "list.txt", region, None);
        assert_eq!(
            plain("ana@x.pt, rui@x.pt, zoe@x.pt"),
            Layout::Text { header: false }
        );
        assert_eq!(
            plain("ana@x.pt\nrui@x.pt\n"),
            Layout::Text { header: false }
        );
        assert_eq!(plain("Email\nrui@x.pt\n"), Layout::Text { header: true });
        let names = "ana@x.pt\nSilva, Rui <rui@x.pt>\nSá, Zé <ze@x.pt>\nzoe@x.pt\n";
        assert_eq!(plain(names), Layout::Text { header: false });
        assert_eq!(plain("Ana\nrui@x.pt\n"), Layout::Text { header: false });
    }
}
