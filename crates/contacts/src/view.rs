//! The order in which rows are shown, and the counts: made once after each change, when asked for.

use crate::list::Held;
use crate::{ReasonCode, RowState, Show};

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
}

impl View {
    pub(crate) fn new(rows: &[Held], sources: usize) -> Self {
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
            let mut codes = row.codes();
            while codes != 0 {
                if let Some(count) = view.reasons.get_mut(codes.trailing_zeros() as usize) {
                    *count += 1;
                }
                codes &= codes - 1;
            }
        }
        view.errors = count(view.order.len());
        view.warnings = count(warnings.len());
        view.order.append(&mut warnings);
        view.order.append(&mut ready);
        view
    }

    /// The positions to show.
    pub(crate) fn shown(&self, show: Show) -> &[u32] {
        let (errors, warnings) = (self.errors as usize, self.warnings as usize);
        match show {
            Show::All => &self.order,
            Show::Errors => &self.order[..errors],
            Show::Warnings => &self.order[errors..errors + warnings],
            Show::Ready => &self.order[errors + warnings..],
        }
    }
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
        let is_number = |c: char| c.is_ascii_digit() || " +-().".contains(c);
        let digits: String = letters.chars().filter(char::is_ascii_digit).collect();
        let digits = (!digits.is_empty() && letters.chars().all(is_number)).then_some(digits);
        (!letters.is_empty()).then_some(Self { letters, digits })
    }

    pub(crate) fn finds(&self, text: &str, contact: Option<&str>) -> bool {
        let holds = |text: &str| text.to_lowercase().contains(&self.letters);
        let digits = || {
            self.digits
                .as_ref()
                .is_some_and(|digits| contact.is_some_and(|c| c.contains(digits)))
        };
        holds(text) || contact.is_some_and(holds) || digits()
    }
}
