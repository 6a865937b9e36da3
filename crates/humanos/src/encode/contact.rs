//! One contact in place of another, in a body that is already written.
//!
//! Works on the text, so that numbers and free-form JSON keep every byte.

use std::ops::Range;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::json;

/// The places of a body that name contacts; each is a part of its text.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Places<'a> {
    #[serde(borrow)]
    contacts: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    expected_doc_ids: Vec<Named<'a>>,
    #[serde(borrow, default)]
    credentials: Vec<Credential<'a>>,
}

#[derive(Deserialize)]
struct Credential<'a> {
    #[serde(borrow, default)]
    placements: Vec<Named<'a>>,
}

#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow)]
    contact: Option<&'a RawValue>,
}

pub(super) fn replaced(text: &str, from: &str, to: &str) -> Option<String> {
    let places: Places<'_> = serde_json::from_str(text).ok()?;
    let is_from = |raw: &&RawValue| {
        serde_json::from_str::<String>(raw.get()).is_ok_and(|it| it.eq_ignore_ascii_case(from))
    };
    if !places.contacts.iter().any(is_from) {
        return None;
    }
    let placed = places.credentials.into_iter().flat_map(|c| c.placements);
    let named = placed.chain(places.expected_doc_ids);
    let mut ranges: Vec<Range<usize>> = places
        .contacts
        .into_iter()
        .chain(named.filter_map(|it| it.contact))
        .filter(is_from)
        .map(|raw| range_in(text, raw.get()))
        .collect::<Option<_>>()?;
    ranges.sort_by_key(|range| range.start);
    let mut out = String::with_capacity(text.len() + ranges.len() * to.len());
    let mut copied = 0;
    for range in ranges {
        out.push_str(text.get(copied..range.start)?);
        json::write_string(&mut out, to);
        copied = range.end;
    }
    out.push_str(text.get(copied..)?);
    Some(out)
}

/// Where in a text a part of it lies.
fn range_in(text: &str, part: &str) -> Option<Range<usize>> {
    let start = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    let range = start..start.checked_add(part.len())?;
    (text.get(range.clone()) == Some(part)).then_some(range)
}
