//! The order in which rows are shown, and the counts: made once after each change, when asked for.

use std::collections::HashMap;
use std::sync::Arc;

use crate::list::Held;
use crate::{ListAsk, ReasonCode, RowState, Show};

/// Positions of rows, errors first, and counts.
#[derive(Clone, Debug, Default)]
pub(crate) struct View {
    order: Vec<u32>,
    pub(crate) errors: u32,
    pub(crate) warnings: u32,
    /// Rows with each reason, in the order of [`ReasonCode::ALL`].
    pub(crate) reasons: [u32; ReasonCode::ALL.len()],
    /// Rows of each source.
    pub(crate) sources: Vec<u32>,
    /// Rows with a suggestion for a reason, and for misspelt domains by domain.
    alike: HashMap<(ReasonCode, Option<Box<str>>), u32>,
}

/// The rows that were found last, and what was asked for.
pub(crate) struct Found {
    pub(crate) ask: ListAsk,
    pub(crate) rows: Arc<[u32]>,
}

impl View {
    pub(crate) fn new(rows: &[Held], contacts: &str, sources: usize) -> Self {
        let mut view = Self {
            sources: vec![0; sources],
            ..Self::default()
        };
        view.order.reserve_exact(rows.len());
        let (mut warnings, mut ready) = (Vec::new(), Vec::new());
        for (position, row) in (0_u32..).zip(rows) {
            match row.state() {
                RowState::Error => view.order.push(position),
                RowState::Warning => warnings.push(position),
                RowState::Ready => ready.push(position),
            }
            if let Some(count) = view.sources.get_mut(row.source as usize) {
                *count += 1;
            }
            for code in codes(row.codes()) {
                view.reasons[code as usize] += 1;
            }
            for code in codes(row.suggests) {
                let key = alike_key(row, code, contacts).map(Box::from);
                *view.alike.entry((code, key)).or_default() += 1;
            }
        }
        view.errors = count(view.order.len());
        view.warnings = count(warnings.len());
        view.order.append(&mut warnings);
        view.order.append(&mut ready);
        view
    }

    /// The positions of rows of a state, errors first.
    pub(crate) fn shown(&self, show: Show) -> &[u32] {
        let (errors, warnings) = (self.errors as usize, self.warnings as usize);
        match show {
            Show::All => &self.order,
            Show::Errors => &self.order[..errors],
            Show::Warnings => &self.order[errors..errors + warnings],
            Show::Ready => &self.order[errors + warnings..],
        }
    }

    /// How many rows have a suggestion of the same kind as this row.
    pub(crate) fn alike(&self, row: &Held, code: ReasonCode, contacts: &str) -> u32 {
        let key = alike_key(row, code, contacts).map(Box::from);
        self.alike.get(&(code, key)).copied().unwrap_or_default()
    }
}

/// What suggestions for a reason must share to be alike: misspelt domains the domain, others nothing.
pub(crate) fn alike_key<'a>(row: &Held, code: ReasonCode, contacts: &'a str) -> Option<&'a str> {
    if code != ReasonCode::EmailTypo {
        return None;
    }
    let (_, domain) = row.contact?.of(contacts).rsplit_once('@')?;
    Some(domain)
}

fn codes(mut bits: u64) -> impl Iterator<Item = ReasonCode> {
    std::iter::from_fn(move || {
        let code = ReasonCode::ALL.get(bits.trailing_zeros() as usize)?;
        bits &= bits - 1;
        Some(*code)
    })
}

/// A length as a count; a list is never so long that it does not fit.
pub(crate) fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// What is looked for: letters in any case, or digits however they are set out.
pub(crate) struct Search {
    letters: String,
    digits: Option<String>,
}

impl Search {
    /// `None` when there is nothing to look for.
    pub(crate) fn new(text: &str) -> Option<Self> {
        let letters = text.trim().to_lowercase();
        let digits = digits_of(&letters).map(|digits| match digits.strip_prefix("00") {
            // Written in place of a plus, which is no digit either.
            Some(rest) if rest.len() >= 5 => rest.to_owned(),
            _ => digits,
        });
        (!letters.is_empty()).then_some(Self { letters, digits })
    }

    /// Whether any of the texts, or the contact as it is sent, holds it.
    pub(crate) fn finds<'a>(
        &self,
        mut texts: impl Iterator<Item = &'a str>,
        contact: Option<&'a str>,
    ) -> bool {
        let holds = |text: &str| self.holds(text) || self.holds_digits(text);
        texts.any(holds) || contact.is_some_and(holds)
    }

    fn holds_digits(&self, text: &str) -> bool {
        let Some(digits) = &self.digits else {
            return false;
        };
        digits_of(text).is_some_and(|of_text| of_text.contains(digits))
    }

    fn holds(&self, text: &str) -> bool {
        // Plain text needs no copy in lower case.
        if text.is_ascii() && self.letters.is_ascii() {
            let (letters, text) = (self.letters.as_bytes(), text.as_bytes());
            return text
                .windows(letters.len())
                .any(|window| window.eq_ignore_ascii_case(letters));
        }
        text.to_lowercase().contains(&self.letters)
    }
}

/// The digits of a number, however they are set out; `None` for any other text.
fn digits_of(text: &str) -> Option<String> {
    let is_mark = |c: char| c.is_whitespace() || "+-().'/".contains(c);
    let is_number = text.chars().all(|c| c.is_ascii_digit() || is_mark(c));
    let digits = || text.chars().filter(char::is_ascii_digit).collect();
    is_number
        .then(digits)
        .filter(|digits: &String| !digits.is_empty())
}
