//! How a file is laid out: what separates its cells, where its column names are, and what each column
//! is for.

use crate::judge::{judge, looks_like};
use crate::readers::csv;
use crate::sheet::{Sheet, is_blank};
use crate::{Delimiter, Kind, MAX_COLUMNS, Region, RowState};

mod header;
mod target;

pub use target::{Column, Target};

/// How many rows are looked at to find out.
const SAMPLE_ROWS: usize = 1_000;
const SAMPLE_BYTES: usize = 256 * 1024;
/// Column names may stand under a title, but not further down than this.
const TITLE_ROWS: usize = 10;
const SAMPLES: usize = 3;
const MAX_NAME_CHARS: usize = 60;

/// The layout of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Contacts one after the other, on lines or between marks.
    Text,
    /// Rows of cells.
    Table(Delimiter),
}

/// What the rows of a sheet seem to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Guess {
    /// How many rows come before the first person: a title, and the column names.
    pub(crate) skip: usize,
    /// Whether the last of these rows has the column names.
    pub(crate) header: bool,
    pub(crate) columns: Vec<Column>,
}

type Cells = Vec<String>;

/// Finds out the layout of a text. `declared` is a delimiter that the file itself names.
pub(crate) fn layout(text: &str, name: &str, declared: Option<Delimiter>) -> Layout {
    if let Some(delimiter) = declared {
        return Layout::Table(delimiter);
    }
    match delimiter(start_of(text)) {
        Some((delimiter, rows)) if !is_plain_list(&rows, name) => Layout::Table(delimiter),
        _ => Layout::Text,
    }
}

/// Whether a column name says that contacts are under it, and nothing else.
pub(crate) fn names_contacts(name: &str) -> bool {
    header::kind(name).is_some_and(|(_, exact)| exact)
}

/// Finds out what the columns of a sheet are for. `header` is the officer's word on whether its first
/// row has the column names.
pub(crate) fn guess(sheet: &Sheet, header: Option<bool>, region: Region) -> Guess {
    let (places, rows) = first_rows(sheet);
    let (above, used) = match header {
        Some(false) => (None, guess_body(&rows, region)),
        Some(true) => {
            let at = title_rows(&rows).unwrap_or(0);
            (
                Some(at),
                guess_under(rows.get(at..).unwrap_or_default(), region),
            )
        }
        None => match title_rows(&rows) {
            Some(at) => (Some(at), guess_under(&rows[at..], region)),
            None => guess_first(&rows, region),
        },
    };
    let names = above.and_then(|at| rows.get(at)).map(Vec::as_slice);
    let body = &rows[above.map_or(0, |at| at + 1).min(rows.len())..];
    Guess {
        skip: above.and_then(|at| places.get(at)).map_or(0, |row| row + 1),
        header: above.is_some(),
        columns: columns(names, body, &used),
    }
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

/// The first rows that have anything in them and could be read, and where they are.
fn first_rows(sheet: &Sheet) -> (Vec<usize>, Vec<Cells>) {
    let sound = |&row: &usize| sheet.fault(row).is_none() && !sheet.is_blank(row);
    (0..sheet.len())
        .filter(sound)
        .take(SAMPLE_ROWS)
        .map(|row| {
            let cells = sheet.cells(row).take(MAX_COLUMNS);
            (row, cells.map(|cell| cell.text.to_owned()).collect())
        })
        .unzip()
}

/// The delimiter that leaves the most contacts whole, and then the most even rows.
fn delimiter(sample: &str) -> Option<(Delimiter, Vec<Cells>)> {
    let candidates = Delimiter::ALL.into_iter().filter_map(|delimiter| {
        let (_, rows) = first_rows(&csv::sample(sample, delimiter, SAMPLE_ROWS));
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

/// Whether a row names several columns, one of them for contacts.
fn has_header(first: &[String]) -> bool {
    first.len() > 1
        && first.iter().all(|cell| looks_like(cell).is_none())
        && first.iter().any(|cell| header::kind(cell).is_some())
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

/// Where the column names are when something stands above them: the first row that has them, with no
/// contact before.
fn title_rows(rows: &[Cells]) -> Option<usize> {
    let before = rows.iter().take(TITLE_ROWS).take_while(|cells| {
        !has_header(cells) && cells.iter().all(|cell| looks_like(cell).is_none())
    });
    let at = before.count();
    (at > 0 && at < TITLE_ROWS && rows.get(at).is_some_and(|cells| has_header(cells))).then_some(at)
}

/// The contact columns, when the first row may or may not have names.
fn guess_first(rows: &[Cells], region: Region) -> (Option<usize>, Vec<usize>) {
    let first: &[String] = rows.first().map_or(&[], Vec::as_slice);
    let body = rows.get(1..).unwrap_or_default();
    let seems_header = first.iter().all(|cell| looks_like(cell).is_none());
    let named = seems_header && first.iter().any(|cell| header::kind(cell).is_some());
    let only_words = first
        .iter()
        .all(|cell| !cell.contains('@') && !cell.contains(char::is_numeric));
    let is_header = if first.len() > 1 {
        named || (seems_header && only_words && by_content(body, Some(first), region).is_some())
    } else {
        named && !body.is_empty()
    };
    if is_header {
        (Some(0), guess_under(rows, region))
    } else {
        (None, guess_body(rows, region))
    }
}

/// The contact columns, under a row of names.
fn guess_under(rows: &[Cells], region: Region) -> Vec<usize> {
    let names: &[String] = rows.first().map_or(&[], Vec::as_slice);
    let body = rows.get(1..).unwrap_or_default();
    by_header(names, body)
        .or_else(|| by_content(body, Some(names), region))
        .unwrap_or_else(|| vec![0])
}

/// The contact columns of rows without names.
fn guess_body(rows: &[Cells], region: Region) -> Vec<usize> {
    by_content(rows, None, region).unwrap_or_else(|| vec![most_filled(rows)])
}

fn columns(names: Option<&[String]>, body: &[Cells], used: &[usize]) -> Vec<Column> {
    let widths = body.iter().map(Vec::len).chain(names.map(<[_]>::len));
    let width = widths.max().unwrap_or(1).clamp(1, MAX_COLUMNS);
    let mut taken = Vec::new();
    (0..width)
        .map(|at| {
            let name = names.and_then(|names| names.get(at));
            let meant = name.and_then(|name| header::other(name));
            let target = match meant {
                _ if used.contains(&at) => contact_target(name, body, at),
                Some(Target::Ignored) => Target::Ignored,
                Some(target) if !taken.contains(&target) => {
                    taken.push(target);
                    target
                }
                _ => Target::Variable,
            };
            Column {
                name: shown(name, at),
                target,
                samples: samples(body, at),
            }
        })
        .collect()
}

fn contact_target(name: Option<&String>, body: &[Cells], at: usize) -> Target {
    let named = name
        .and_then(|name| header::kind(name))
        .map(|(target, _)| target);
    let (mut emails, mut phones) = (0_usize, 0_usize);
    for cell in body.iter().filter_map(|cells| cells.get(at)) {
        match looks_like(cell) {
            Some(Kind::Email) => emails += 1,
            Some(Kind::Phone) => phones += 1,
            None => {}
        }
    }
    match (emails, phones) {
        (0, 0) => named.unwrap_or(Target::Contact),
        (_, 0) => Target::Email,
        (0, _) => Target::Phone,
        (..) => named.unwrap_or(Target::Contact),
    }
}

fn samples(body: &[Cells], at: usize) -> Vec<String> {
    let filled = body.iter().filter_map(|cells| cells.get(at));
    filled
        .filter(|cell| !is_blank(cell))
        .take(SAMPLES)
        .map(|cell| cell.trim().chars().take(MAX_NAME_CHARS).collect())
        .collect()
}

fn shown(name: Option<&String>, at: usize) -> String {
    let plain = name.map(|name| name.trim()).unwrap_or_default();
    let short: String = plain
        .chars()
        .filter(|c| !c.is_control())
        .take(MAX_NAME_CHARS)
        .collect();
    if short.is_empty() {
        format!("column {}", at + 1)
    } else {
        short
    }
}

/// Columns by their names: an email column, then a phone column, then one for either. Of several
/// the one with contacts in it, then the one with the plainest name, then the leftmost.
fn by_header(names: &[String], body: &[Cells]) -> Option<Vec<usize>> {
    let kind_of = |target: Target| match target {
        Target::Email => Some(Kind::Email),
        Target::Phone => Some(Kind::Phone),
        _ => None,
    };
    let share = |at: usize, kind: Option<Kind>| {
        let cells = body
            .iter()
            .filter_map(|cells| cells.get(at))
            .filter_map(|cell| looks_like(cell));
        cells
            .filter(|found| kind.is_none_or(|kind| kind == *found))
            .count()
    };
    let best = |target: Target| {
        let columns = names.iter().enumerate().filter_map(|(at, name)| {
            let (found, exact) = header::kind(name)?;
            (found == target).then(|| (share(at, kind_of(target)), exact, at))
        });
        columns.max_by_key(|&(share, exact, at)| (share > 0, exact, share, std::cmp::Reverse(at)))
    };
    let found: Vec<_> = [Target::Email, Target::Phone, Target::Contact]
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Unwatched;

    fn region() -> Region {
        Region::parse("PT").unwrap()
    }

    fn table_of(text: &str) -> (Delimiter, Guess) {
        match layout(text, "list.csv", None) {
            Layout::Table(delimiter) => {
                let sheet = csv::read(text, delimiter, &Unwatched).unwrap();
                (delimiter, guess(&sheet, None, region()))
            }
            Layout::Text => panic!("{text:?} is a table"),
        }
    }

    /// The contact columns in the order in which they are used.
    fn contacts(guess: &Guess) -> Vec<usize> {
        let mut used: Vec<_> = (0..guess.columns.len())
            .filter(|&at| guess.columns[at].target.is_contact())
            .collect();
        used.sort_by_key(|&at| match guess.columns[at].target {
            Target::Email => 0,
            Target::Phone => 1,
            _ => 2,
        });
        used
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
            let (found, guess) = table_of(text);
            assert_eq!(
                (found, guess.header, guess.skip, contacts(&guess)),
                (delimiter, true, 1, vec![1]),
                "{text}"
            );
        }
    }

    #[test]
    fn columns_are_told_by_name_and_then_by_content() {
        for (text, columns) in [
            (
                "Telemóvel;E-mail;NIF\n912345678;ana@x.pt;234567890\n",
                vec![1, 0],
            ),
            ("Email opt-in,Email\nyes,ana@x.pt\n", vec![1]),
            ("Nombre,Correo electrónico\nAna,ana@x.pt\n", vec![1]),
            (
                "Nom,Courriel,Tél. portable\nAna,ana@x.pt,+33612345678\n",
                vec![1, 2],
            ),
            ("Contact,Ref\nana@x.pt,1\n912345678,2\n", vec![0]),
            ("Contact,Write to\nAna,ana@x.pt\nRui,rui@x.pt\n", vec![1]),
            ("Email;NIF\n;234567890\n", vec![0]),
            ("Nome;NIF;Nota\nAna;234567890;912345678\n", vec![2]),
            ("Ana,ana@x.pt,12\nRui,rui@x.pt,13\n", vec![1]),
            ("ana@x.pt,912345678\nrui@x.pt,913456789\n", vec![0, 1]),
        ] {
            let (_, guess) = table_of(text);
            assert_eq!(contacts(&guess), columns, "{text}");
        }
    }

    #[test]
    fn other_columns_are_told_by_name_and_each_purpose_is_given_once() {
        let (_, guess) = table_of(
            "Nome;E-mail;Nº documento;Documento;Idioma;País;Ref. interna;Saldo\n\
             Ana;ana@x.pt;0123;x;PT;Portugal;A-1;12\n",
        );
        let targets: Vec<_> = guess.columns.iter().map(|column| column.target).collect();
        use Target::{Country, DocId, Email, InternalId, Language, Name, Variable};
        assert_eq!(
            targets,
            [
                Name, Email, DocId, Variable, Language, Country, InternalId, Variable
            ]
        );
        assert_eq!(guess.columns[5].samples, ["Portugal"]);
    }

    #[test]
    fn a_title_may_stand_above_the_column_names() {
        let (_, guess) = table_of("Clients 2026;;\n;;\nNome;Email;NIF\nAna;ana@x.pt;1\n");
        assert_eq!((guess.skip, guess.header), (3, true));
        assert_eq!(guess.columns[1].name, "Email");
        let (_, guess) = table_of("ana@x.pt;1;2\nNome;Email;NIF\nRui;rui@x.pt;1\n");
        assert_eq!((guess.skip, guess.header), (0, false));
    }

    #[test]
    fn the_officers_word_on_the_header_counts() {
        let sheet = csv::read("Email,x\nana@x.pt,y\n", Delimiter::Comma, &Unwatched).unwrap();
        let without = guess(&sheet, Some(false), region());
        assert_eq!(
            (without.skip, without.columns[0].name.as_str()),
            (0, "column 1")
        );
        let sheet = csv::read("ana@x.pt,1\nrui@x.pt,2\n", Delimiter::Comma, &Unwatched).unwrap();
        let with = guess(&sheet, Some(true), region());
        assert_eq!((with.skip, with.columns[0].name.as_str()), (1, "ana@x.pt"));
        assert_eq!(with.columns[0].target, Target::Email);
    }

    #[test]
    fn a_list_of_contacts_is_no_table() {
        for text in [
            "ana@x.pt, rui@x.pt, zoe@x.pt",
            "ana@x.pt\nrui@x.pt\n",
            "Email\nrui@x.pt\n",
            "ana@x.pt\nSilva, Rui <rui@x.pt>\nSá, Zé <ze@x.pt>\nzoe@x.pt\n",
            "Ana\nrui@x.pt\n",
        ] {
            assert_eq!(layout(text, "list.txt", None), Layout::Text, "{text}");
        }
    }
}
