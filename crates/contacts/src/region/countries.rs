//! What countries are called: one table, for showing names and for finding a country by one.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::Region;
use crate::fold;

const TABLE: &str = include_str!("../../data/countries.tsv");
/// The longest name there is has fewer bytes; what is longer is not searched.
const MAX_BYTES: usize = 200;

static COUNTRIES: LazyLock<Countries> = LazyLock::new(Countries::read);

struct Countries {
    /// English names to show.
    shown: HashMap<Region, &'static str>,
    /// By alpha-2 and alpha-3, in upper case.
    codes: HashMap<&'static str, Region>,
    /// By folded name.
    names: HashMap<String, Region>,
}

/// The English name to show.
pub(super) fn name(region: Region) -> Option<&'static str> {
    COUNTRIES.shown.get(&region).copied()
}

/// The one country that a text names.
pub(super) fn find(text: &str) -> Option<Region> {
    if text.len() > MAX_BYTES {
        return None;
    }
    let text = text.trim();
    if let Some(region) = by_code_or_name(text) {
        return Some(region);
    }
    // `Portugal (+351)`, `PT – Portugal`: each part names a country and all the same.
    let parts = text.split(['(', ')', '[', ']', '/', ':', ',', ';', '-', '–', '—', '|']);
    let parts = parts.map(str::trim).filter(|part| !part.is_empty());
    let found: Option<HashSet<Region>> = parts.map(by_code_or_name).collect();
    let mut found = found?.into_iter();
    match (found.next(), found.next()) {
        (Some(region), None) => Some(region),
        _ => None,
    }
}

fn by_code_or_name(text: &str) -> Option<Region> {
    if text.starts_with(['+', '＋', '0']) {
        return by_calling_code(text);
    }
    if text.len() <= 3 && text.is_ascii() {
        let code = COUNTRIES.codes.get(text.to_ascii_uppercase().as_str());
        if let Some(region) = code {
            return Some(*region);
        }
    }
    COUNTRIES.names.get(&key(text)).copied()
}

/// `+351`, `00351`, `+1`: the main country of the code.
fn by_calling_code(text: &str) -> Option<Region> {
    let digits = text
        .strip_prefix(['+', '＋'])
        .or_else(|| text.strip_prefix("00"))?;
    let digits = digits.trim_start();
    let is_code = (1..=3).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !digits.starts_with('0');
    Region::of_calling_code(is_code.then(|| digits.parse().ok())??)
}

/// A name without what is written in many ways or left out: blanks, marks, articles, short saints.
fn key(name: &str) -> String {
    const LEFT_OUT: [&str; 25] = [
        "a", "and", "as", "d", "da", "das", "de", "del", "des", "do", "dos", "du", "e", "et", "l",
        "la", "las", "le", "les", "los", "o", "of", "os", "the", "y",
    ];
    let words = fold::words(name);
    let words = words.iter().map(String::as_str);
    let words = words.filter(|word| !LEFT_OUT.contains(word));
    words
        .map(|word| match word {
            "st" => "saint",
            "ste" => "sainte",
            "sta" => "santa",
            word => word,
        })
        .collect()
}

/// A country of the table with its codes and names.
fn entries() -> impl Iterator<Item = (Region, [&'static str; 2], Vec<&'static str>)> {
    TABLE.lines().skip(1).filter_map(|line| {
        let mut cells = line.split('\t');
        let codes = [cells.next()?, cells.next()?];
        let region = Region::parse(codes[0]).ok()?;
        let names = cells.flat_map(|cell| cell.split('|'));
        let names = names.filter(|name| !name.is_empty());
        Some((region, codes, names.collect()))
    })
}

impl Countries {
    fn read() -> Self {
        let mut countries = Self {
            shown: HashMap::new(),
            codes: HashMap::new(),
            names: HashMap::new(),
        };
        for (region, codes, names) in entries() {
            if let Some(english) = names.first() {
                countries.shown.insert(region, english);
            }
            countries.codes.extend(codes.map(|code| (code, region)));
            countries
                .names
                .extend(names.into_iter().map(|name| (key(name), region)));
        }
        countries
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_whole_and_sorted() {
        let codes: Vec<_> = TABLE.lines().skip(1).map(|line| &line[..2]).collect();
        assert!(codes.is_sorted_by(|a, b| a < b));
        assert_eq!(entries().count(), codes.len());
        assert!(TABLE.lines().all(|line| line.split('\t').count() == 8));
        let known: Vec<_> = super::super::regions()
            .iter()
            .map(|choice| choice.code.code())
            .collect();
        assert_eq!(known, codes);
    }

    #[test]
    fn every_code_and_name_finds_its_country() {
        let mut cases = 0;
        for (region, codes, names) in entries() {
            for text in codes.into_iter().chain(names) {
                for text in [text.to_owned(), text.to_lowercase(), text.to_uppercase()] {
                    assert_eq!(Region::find(&text), Some(region), "{text}");
                    assert_eq!(
                        Region::find(&format!("  {text}\u{A0}")),
                        Some(region),
                        "{text}"
                    );
                    cases += 1;
                }
            }
        }
        assert!(cases > 5_000, "{cases}");
    }

    #[test]
    fn no_name_belongs_to_two_countries() {
        let mut owners = HashMap::new();
        for (region, codes, names) in entries() {
            for owned in names
                .into_iter()
                .map(key)
                .chain(codes.map(str::to_lowercase))
            {
                assert!(!owned.is_empty(), "{region}");
                let owner = *owners.entry(owned.clone()).or_insert(region);
                assert_eq!(owner, region, "{owned}");
            }
        }
    }
}
