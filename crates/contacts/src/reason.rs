//! Why a row is as it is. Inside, a [`Finding`] holds the facts; it becomes words only for the rows
//! on screen, so that a million rows cost no million sentences.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Field, Region, RowState};

/// One remark about one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Reason {
    /// What it is.
    pub code: ReasonCode,
    /// It in words: what is wrong and, if not plain, what to do.
    pub message: String,
    /// What the field probably should be. Never used without being accepted.
    pub suggestion: Option<String>,
    /// What it is about.
    pub field: Field,
    /// The column of the file that it is about, by name.
    pub column: Option<String>,
    /// How many rows, this one included, have a suggestion of just this kind.
    pub alike: u32,
    /// The earlier request it speaks of, by id.
    pub request: Option<String>,
}

/// Every remark there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ReasonCode {
    /// Error: the row has no contact.
    Empty,
    /// Error: neither an email address nor a phone number.
    NotAContact,
    /// Error: more than one contact where one should be.
    SeveralContacts,
    /// Error: an email address that is not well formed.
    EmailForm,
    /// Error: too few digits for its country.
    PhoneTooShort,
    /// Error: too many digits for its country.
    PhoneTooLong,
    /// Error: a phone number that its country does not have.
    PhoneNotInUse,
    /// Error: a calling code that no country has.
    PhoneCountryUnknown,
    /// Error: complete but for the plus.
    PhoneWithoutCountry,
    /// Error: a number with an extension.
    PhoneExtension,
    /// Error: a spreadsheet turned the phone into a number and digits may be lost.
    SpreadsheetNumber,
    /// Error: a formula, or the error of one.
    Formula,
    /// Error: the same contact stands in an earlier row.
    Duplicate,
    /// Error: text after a closing quote.
    StrayQuote,
    /// Error: a quote that never closes.
    UnclosedQuote,
    /// Error: a contact card that is not whole.
    DamagedCard,
    /// Error: bytes that the encoding does not have.
    BadBytes,
    /// Error: control characters inside the contact.
    ControlCharacters,
    /// Error: a cell longer than [`crate::MAX_FIELD_CHARS`].
    FieldTooLong,
    /// Error: a row longer than [`crate::MAX_LINE_BYTES`].
    LineTooLong,
    /// Error: more cells than [`crate::MAX_COLUMNS`].
    TooManyColumns,
    /// Error: a spreadsheet turned the document number into a number.
    DocIdNumber,
    /// Error: something that no document number has.
    DocIdForm,
    /// Error: something that no internal id has.
    InternalIdForm,
    /// Error: the second contact cannot be used.
    SecondaryContact,
    /// Warning: the contact was asked in an earlier request.
    AskedBefore,
    /// Warning: a domain one slip away from a common one.
    EmailTypo,
    /// Warning: a language in which nobody is written to.
    LanguageUnknown,
    /// Warning: no country that is known.
    CountryUnknown,
    /// Warning: the second contact is the first once more.
    SecondarySame,
    /// Quiet: hidden characters were taken out.
    HiddenRemoved,
    /// Quiet: a name around the address was left out.
    NameLeftOut,
}

impl ReasonCode {
    /// All of them, in the order of their bits and of how bad they are.
    pub(crate) const ALL: [Self; 32] = [
        Self::Empty,
        Self::NotAContact,
        Self::SeveralContacts,
        Self::EmailForm,
        Self::PhoneTooShort,
        Self::PhoneTooLong,
        Self::PhoneNotInUse,
        Self::PhoneCountryUnknown,
        Self::PhoneWithoutCountry,
        Self::PhoneExtension,
        Self::SpreadsheetNumber,
        Self::Formula,
        Self::Duplicate,
        Self::StrayQuote,
        Self::UnclosedQuote,
        Self::DamagedCard,
        Self::BadBytes,
        Self::ControlCharacters,
        Self::FieldTooLong,
        Self::LineTooLong,
        Self::TooManyColumns,
        Self::DocIdNumber,
        Self::DocIdForm,
        Self::InternalIdForm,
        Self::SecondaryContact,
        Self::AskedBefore,
        Self::EmailTypo,
        Self::LanguageUnknown,
        Self::CountryUnknown,
        Self::SecondarySame,
        Self::HiddenRemoved,
        Self::NameLeftOut,
    ];

    /// How bad a row with this remark is at least.
    #[must_use]
    pub const fn state(self) -> RowState {
        match self {
            Self::AskedBefore
            | Self::EmailTypo
            | Self::LanguageUnknown
            | Self::CountryUnknown
            | Self::SecondarySame => RowState::Warning,
            Self::HiddenRemoved | Self::NameLeftOut => RowState::Ready,
            _ => RowState::Error,
        }
    }

    /// It in words for many rows at once.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Empty => "No email or phone number in the row",
            Self::NotAContact => "Not a phone number or email address",
            Self::SeveralContacts => "More than one contact in one row",
            Self::EmailForm => "Not a complete email address",
            Self::PhoneTooShort => "Too short for a phone",
            Self::PhoneTooLong => "Too long for a phone",
            Self::PhoneNotInUse => "Not a phone number of its country",
            Self::PhoneCountryUnknown => "No country has this calling code",
            Self::PhoneWithoutCountry => "Phone without a country code",
            Self::PhoneExtension => "Phone with an extension",
            Self::SpreadsheetNumber => "Turned into a number by the spreadsheet",
            Self::Formula => "A formula, not a contact",
            Self::Duplicate => "Same as an earlier row",
            Self::StrayQuote => "A quote in the wrong place",
            Self::UnclosedQuote => "A quote that never closes",
            Self::DamagedCard => "A contact card that is not whole",
            Self::BadBytes => "Characters that could not be read",
            Self::ControlCharacters => "Characters in the contact that cannot be seen",
            Self::FieldTooLong => "A cell over 10,000 characters",
            Self::LineTooLong => "A row over 1 MiB",
            Self::TooManyColumns => "A row of more than 1,024 cells",
            Self::DocIdNumber => "The document number was turned into a number by the spreadsheet",
            Self::DocIdForm => "Not a document number",
            Self::InternalIdForm => "Not an internal id",
            Self::SecondaryContact => "The second contact cannot be used",
            Self::AskedBefore => "Asked before",
            Self::EmailTypo => "The domain looks misspelt",
            Self::LanguageUnknown => "Not a language in which Humanos writes",
            Self::CountryUnknown => "Not a country that is known",
            Self::SecondarySame => "The second contact is the same as the first",
            Self::HiddenRemoved => "Hidden characters were removed",
            Self::NameLeftOut => "The name was left out",
        }
    }

    /// It in words for one row, with what to do where that is not plain.
    const fn in_one_row(self) -> &'static str {
        match self {
            Self::Empty => "No email or phone number in this row; write one or remove the row",
            Self::Formula => "A formula, not a contact; write the contact itself",
            Self::DamagedCard => "This contact card is not whole; write the contact here",
            Self::ControlCharacters => {
                "Characters that cannot be seen are inside this contact; write it again"
            }
            Self::FieldTooLong => {
                "This cell has more than 10,000 characters and was cut; shorten it in the file"
            }
            Self::LineTooLong => "This row has more than 1 MiB and was cut; shorten it in the file",
            Self::TooManyColumns => {
                "This row has more than 1,024 cells and was cut; shorten it in the file"
            }
            Self::PhoneCountryUnknown => {
                "No country has this calling code; check the digits after the plus"
            }
            Self::SecondarySame => {
                "The second contact is the same as the first; write another or leave it blank"
            }
            code => code.message(),
        }
    }

    pub(crate) const fn bit(self) -> u64 {
        1 << self as u64
    }
}

/// A remark as it is found, before it is put into words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) code: ReasonCode,
    detail: Detail,
    suggestion: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Detail {
    None,
    Text(String),
    Words(&'static str),
    Country(Option<Region>),
}

impl Finding {
    pub(crate) const fn new(code: ReasonCode) -> Self {
        Self {
            code,
            detail: Detail::None,
            suggestion: None,
        }
    }

    /// With words of its own instead of the code's.
    pub(crate) const fn words(code: ReasonCode, words: &'static str) -> Self {
        Self {
            code,
            detail: Detail::Words(words),
            suggestion: None,
        }
    }

    /// With words made for this row.
    pub(crate) fn text(code: ReasonCode, text: String) -> Self {
        Self {
            code,
            detail: Detail::Text(text),
            suggestion: None,
        }
    }

    /// About a phone of this country.
    pub(crate) const fn of(code: ReasonCode, country: Option<Region>) -> Self {
        Self {
            code,
            detail: Detail::Country(country),
            suggestion: None,
        }
    }

    pub(crate) fn suggest(mut self, suggestion: impl Into<String>) -> Self {
        self.suggestion = Some(suggestion.into());
        self
    }

    /// What the field probably should be.
    pub(crate) fn suggestion(&self) -> Option<&str> {
        self.suggestion.as_deref()
    }

    /// It in words, about a field of a row.
    pub(crate) fn about(self, field: Field) -> Reason {
        let message = match (self.detail, self.code) {
            (Detail::None, code) => code.in_one_row().to_owned(),
            (Detail::Text(text), _) => text,
            (Detail::Words(words), _) => words.to_owned(),
            (Detail::Country(country), code) => in_country(code, country),
        };
        Reason {
            code: self.code,
            message,
            suggestion: self.suggestion,
            field,
            column: None,
            alike: 0,
            request: None,
        }
    }
}

fn in_country(code: ReasonCode, country: Option<Region>) -> String {
    let Some(name) = country.map(Region::name) else {
        return code.message().to_owned();
    };
    match code {
        ReasonCode::PhoneTooShort => format!("Too short for a phone in {name}"),
        ReasonCode::PhoneTooLong => format!("Too long for a phone in {name}"),
        ReasonCode::PhoneNotInUse => format!("Not a phone number that {name} has"),
        code => code.message().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_distinct_and_in_order() {
        for (at, code) in ReasonCode::ALL.into_iter().enumerate() {
            assert_eq!(code.bit(), 1 << at);
        }
        assert!(ReasonCode::ALL.is_sorted_by_key(|code| std::cmp::Reverse(code.state())));
    }
}
