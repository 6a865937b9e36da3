//! Which columns the elements of a list have, and what stands in them.

use std::borrow::Cow;

use indexmap::IndexSet;

use super::stream::{elements, members, unquoted};
use crate::MAX_COLUMNS;

/// The column of elements that are a text or a number and nothing more.
const BARE: &str = "Contact";

/// Arrays have the first columns, by place; keys and bare values the ones after, by name.
#[derive(Default)]
pub(super) struct Columns {
    names: IndexSet<String>,
    /// The names in the first array.
    header: Vec<String>,
    /// How many cells the widest array has.
    width: usize,
    is_empty: Option<bool>,
}

impl Columns {
    /// Takes note of what an element has, the first of which is number 1.
    pub(super) fn learn(&mut self, raw: &str, number: u32) -> Result<(), serde_json::Error> {
        self.is_empty = Some(false);
        match raw.as_bytes().first() {
            Some(b'{') => {
                let before = self.names.len();
                let mut width = 0;
                fields(raw, &mut |name, _| {
                    width += 1;
                    if self.names.len() < MAX_COLUMNS && !self.names.contains(name) {
                        self.names.insert(name.to_owned());
                    }
                })?;
                // What is too wide to be a row leaves the columns to the others.
                if width > MAX_COLUMNS {
                    self.names.truncate(before);
                }
                Ok(())
            }
            Some(b'[') => {
                let mut width = 0;
                let mut are_names = number == 1;
                elements(raw, &mut |value| {
                    width += 1;
                    are_names = are_names && width <= MAX_COLUMNS && looks_like_a_name(value);
                    if are_names {
                        self.header.push(decoded(value).into_owned());
                    }
                    true
                })?;
                if number == 1 && !are_names {
                    self.header.clear();
                }
                if width <= MAX_COLUMNS {
                    self.width = self.width.max(width);
                }
                Ok(())
            }
            _ => {
                self.names.insert(BARE.to_owned());
                Ok(())
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.is_empty.unwrap_or(true)
    }

    /// Whether the first element is no row but the names of the columns.
    pub(super) fn first_is_header(&self) -> bool {
        !self.header.is_empty()
    }

    /// All names, from the left.
    pub(super) fn names(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let by_place = (0..self.width).map(|at| match self.header.get(at) {
            Some(name) => Cow::Borrowed(name.as_str()),
            None => Cow::Owned(format!("column {}", at + 1)),
        });
        let by_name = self.names.iter().map(|name| Cow::Borrowed(name.as_str()));
        by_place.chain(by_name).take(MAX_COLUMNS)
    }

    /// Where the values of a key go; nowhere when there are too many keys.
    pub(super) fn at(&self, name: &str) -> Option<usize> {
        let at = self.width + self.names.get_index_of(name)?;
        (at < MAX_COLUMNS).then_some(at)
    }

    /// Where a value of an array goes.
    pub(super) fn at_place(&self, place: usize) -> Option<usize> {
        (place < MAX_COLUMNS).then_some(place)
    }

    /// Where a bare value goes.
    pub(super) fn bare(&self) -> Option<usize> {
        self.at(BARE)
    }
}

/// Goes through the members of an object and of the objects right inside it.
pub(super) fn fields<'a>(
    object: &'a str,
    take: &mut dyn FnMut(&str, &'a str),
) -> Result<(), serde_json::Error> {
    let mut inside = Ok(());
    members(object, &mut |name, value| {
        if !value.starts_with('{') || value[1..].trim_start().starts_with('}') {
            return take(&name, value);
        }
        let went = members(value, &mut |inner, value| {
            take(&format!("{name}.{inner}"), value);
        });
        if went.is_err() && inside.is_ok() {
            inside = went;
        }
    })?;
    inside
}

/// The text of a cell: a text without its marks, nothing for null and `{}`, else as it is written.
pub(super) fn decoded(value: &str) -> Cow<'_, str> {
    match value.as_bytes().first() {
        Some(b'"') => unquoted(value).unwrap_or(Cow::Borrowed(value)),
        Some(b'n') => Cow::Borrowed(""),
        Some(b'{') if value[1..].trim_start().starts_with('}') => Cow::Borrowed(""),
        _ => Cow::Borrowed(value),
    }
}

pub(super) fn is_number(value: &str) -> bool {
    value.starts_with(|c: char| c == '-' || c.is_ascii_digit())
}

/// A text that is neither empty nor anything like an address or a number.
fn looks_like_a_name(value: &str) -> bool {
    if !value.starts_with('"') || value.len() > 200 {
        return false;
    }
    let text = decoded(value);
    let digits = text.chars().filter(char::is_ascii_digit).count();
    !text.trim().is_empty() && !text.contains('@') && digits < 5
}
