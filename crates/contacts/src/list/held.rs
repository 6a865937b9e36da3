//! A row as the list holds it: some forty bytes, however long its cells are.

use crate::judge::RowVerdict;
use crate::{Field, Kind, ReasonCode, RowId, RowState};

/// What was typed in place of cells, by field.
pub(crate) type Typed = Vec<(Field, Box<str>)>;

/// A row. Its reasons are found again when it is shown; only their codes are kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Held {
    pub(crate) source: u32,
    pub(crate) row: u32,
    pub(crate) contact: Option<Span>,
    pub(crate) kind: Option<Kind>,
    own_state: RowState,
    pub(crate) is_duplicate: bool,
    pub(crate) asked_before: bool,
    own_codes: u64,
    /// Those of its codes that come with a suggestion.
    pub(crate) suggests: u64,
}

/// Where a contact stands in the text of all contacts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    at: u32,
    length: u16,
}

impl Span {
    /// Puts a contact at the end of the text.
    pub(crate) fn push(text: &mut String, contact: Option<&str>) -> Option<Self> {
        let contact = contact?;
        let span = Self {
            at: u32::try_from(text.len()).ok()?,
            length: u16::try_from(contact.len()).ok()?,
        };
        text.push_str(contact);
        Some(span)
    }

    pub(crate) const fn len(self) -> usize {
        self.length as usize
    }

    pub(crate) fn of(self, text: &str) -> &str {
        let at = self.at as usize;
        text.get(at..at + self.length as usize).unwrap_or_default()
    }
}

impl Held {
    /// A row that is to be judged.
    pub(crate) const fn unjudged(source: u32, row: u32) -> Self {
        Self {
            source,
            row,
            contact: None,
            kind: None,
            own_state: RowState::Error,
            is_duplicate: false,
            asked_before: false,
            own_codes: 0,
            suggests: 0,
        }
    }

    pub(crate) fn new(source: u32, row: u32, verdict: &RowVerdict, contact: Option<Span>) -> Self {
        let mut held = Self {
            contact,
            kind: verdict.kind,
            own_state: verdict.state(),
            ..Self::unjudged(source, row)
        };
        for (_, finding) in &verdict.findings {
            held.own_codes |= finding.code.bit();
            if finding.suggestion().is_some() {
                held.suggests |= finding.code.bit();
            }
        }
        held
    }

    pub(crate) const fn id(&self) -> RowId {
        RowId::new(self.source, self.row)
    }

    pub(crate) fn state(&self) -> RowState {
        let twin = if self.is_duplicate {
            RowState::Error
        } else if self.asked_before {
            RowState::Warning
        } else {
            RowState::Ready
        };
        self.own_state.max(twin)
    }

    /// The bits of its reasons.
    pub(crate) const fn codes(&self) -> u64 {
        let mut codes = self.own_codes;
        if self.is_duplicate {
            codes |= ReasonCode::Duplicate.bit();
        }
        if self.asked_before {
            codes |= ReasonCode::AskedBefore.bit();
        }
        codes
    }

    /// The same row when the text of its contact stands further on.
    pub(crate) fn moved(mut self, offset: u32) -> Self {
        if let Some(span) = &mut self.contact {
            span.at = span.at.saturating_add(offset);
        }
        self
    }
}
