//! What ends the reading of a workbook, in a closed set, so that it crosses from the reading process
//! as one number and never carries content of the file.

use crate::{FileError, Limits};

/// Why a workbook was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    Empty,
    Password,
    TooManyCells,
    TooLargeInside,
    TooMuchText,
    BrokeDown,
    Damaged(Damage),
}

/// What does not hold together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Damage {
    Container,
    TooManyParts,
    Part,
    MissingPart,
    Xml,
    Cell,
    CellOrder,
    SameName,
    TooManySheets,
    NoSheet,
    NoWorkbook,
    Encoding,
}

impl Damage {
    const ALL: [Self; 12] = [
        Self::Container,
        Self::TooManyParts,
        Self::Part,
        Self::MissingPart,
        Self::Xml,
        Self::Cell,
        Self::CellOrder,
        Self::SameName,
        Self::TooManySheets,
        Self::NoSheet,
        Self::NoWorkbook,
        Self::Encoding,
    ];

    const fn words(self) -> &'static str {
        match self {
            Self::Container => "there is no sound workbook in its container",
            Self::TooManyParts => "it has too many parts",
            Self::Part => "a part of it cannot be unpacked",
            Self::MissingPart => "a part of it is missing",
            Self::Xml => "a part of it is not sound XML",
            Self::Cell => "a cell cannot be read",
            Self::CellOrder => "its cells are not in order",
            Self::SameName => "two sheets have the same name",
            Self::TooManySheets => "it has more than 1,000 sheets",
            Self::NoSheet => "it has no sheet",
            Self::NoWorkbook => "there is no workbook in it",
            Self::Encoding => "its characters cannot be read",
        }
    }
}

impl Trouble {
    const WHOLE: [Self; 6] = [
        Self::Empty,
        Self::Password,
        Self::TooManyCells,
        Self::TooLargeInside,
        Self::TooMuchText,
        Self::BrokeDown,
    ];

    fn all() -> impl Iterator<Item = Self> {
        let damages = Damage::ALL.into_iter().map(Self::Damaged);
        Self::WHOLE.into_iter().chain(damages)
    }

    /// Its number between the two processes, which are always of the same build.
    pub(crate) fn number(self) -> u8 {
        let place = Self::all().position(|trouble| trouble == self);
        place
            .and_then(|at| u8::try_from(at).ok())
            .unwrap_or(u8::MAX)
    }

    pub(crate) fn from_number(number: u8) -> Option<Self> {
        Self::all().nth(usize::from(number))
    }

    /// The error to show, with the limit that was passed.
    pub(crate) fn into_error(self, limits: &Limits) -> FileError {
        match self {
            Self::Empty => FileError::Empty,
            Self::Password => FileError::Password,
            Self::TooManyCells => FileError::TooManyCells {
                limit: limits.cells,
            },
            Self::TooLargeInside => FileError::TooLargeInside {
                mebibytes: u32::try_from(limits.inflated_bytes.div_ceil(1024 * 1024))
                    .unwrap_or(u32::MAX),
            },
            Self::TooMuchText => FileError::TooMuchText,
            Self::BrokeDown => FileError::BrokeDown,
            Self::Damaged(damage) => FileError::Damaged {
                what: damage.words().to_owned(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trouble_has_a_number_of_its_own() {
        let mut said = std::collections::HashSet::new();
        for trouble in Trouble::all() {
            assert_eq!(Trouble::from_number(trouble.number()), Some(trouble));
            assert!(said.insert(trouble.into_error(&Limits::default()).to_string()));
        }
        assert_eq!(said.len(), 18);
        assert_eq!(Trouble::from_number(18), None);
        assert_eq!(Trouble::from_number(255), None);
    }
}
