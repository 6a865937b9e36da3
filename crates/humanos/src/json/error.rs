//! What can be wrong with a JSON text, and where.

use std::fmt;

use super::{MAX_DEPTH, MAX_TEXT};

/// What is wrong with a JSON text, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsonError {
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
    /// What is wrong.
    pub kind: JsonErrorKind,
}

/// What is wrong with a JSON text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonErrorKind {
    /// Longer than [`MAX_TEXT`].
    TooLong,
    /// Nested deeper than [`MAX_DEPTH`].
    TooDeep,
    /// The text ends too early; an empty text too.
    UnexpectedEnd,
    /// A character that cannot stand here.
    Unexpected(char),
    /// Something follows the value.
    Trailing(char),
    /// The text starts with a byte order mark.
    ByteOrderMark,
    /// A number in a form that JSON does not know, such as `01` or `1.`.
    NumberForm,
    /// A number that JavaScript would turn into infinity.
    NumberTooLarge,
    /// A line break, tab or other control character inside a string.
    ControlInString(char),
    /// An escape that JSON does not know.
    Escape,
    /// Half of a surrogate pair, which UTF-8 cannot carry.
    LoneSurrogate,
    /// A key that the object already has.
    DuplicateKey,
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "line {}, column {}: {}",
            self.line, self.column, self.kind
        )
    }
}

impl std::error::Error for JsonError {}

impl fmt::Display for JsonErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => write!(f, "longer than {} MB", MAX_TEXT / 1024 / 1024),
            Self::TooDeep => write!(f, "nested deeper than {MAX_DEPTH} levels"),
            Self::UnexpectedEnd => f.write_str("the text ends too early"),
            Self::Unexpected(found) => write!(f, "{} cannot stand here", Shown(*found)),
            Self::Trailing(found) => write!(f, "{} follows the end", Shown(*found)),
            Self::ByteOrderMark => f.write_str("starts with a byte order mark"),
            Self::NumberForm => f.write_str("not a JSON number"),
            Self::NumberTooLarge => f.write_str("a number too large for JavaScript"),
            Self::ControlInString(found) => {
                write!(
                    f,
                    "{} inside a string must be written as an escape",
                    Shown(*found)
                )
            }
            Self::Escape => f.write_str("an escape that JSON does not know"),
            Self::LoneSurrogate => f.write_str("half of a surrogate pair"),
            Self::DuplicateKey => f.write_str("a key that the object already has"),
        }
    }
}

/// A character in an error text, with a name where it cannot be seen.
struct Shown(char);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            '\n' | '\r' => f.write_str("a line break"),
            '\t' => f.write_str("a tab"),
            found if found.is_control() || (found.is_whitespace() && found != ' ') => {
                write!(f, "U+{:04X}", u32::from(found))
            }
            found => write!(f, "“{found}”"),
        }
    }
}
