//! Requests that came to nothing, gathered by what was said of them.

use crate::State;

/// Characters read and kept of what was said: enough to tell one cause from another.
const MOST: usize = 500;

/// Words at least so long, with a digit in them, are ids.
const ID: usize = 16;

/// Requests of a batch in one state, of which the same was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailureGroup {
    /// Where they stand: refused, unknown or not sent.
    pub state: State,
    /// The HTTP status, if an answer came.
    pub status: Option<u16>,
    /// What was said of the first of them, word for word. Empty if nothing was, and where small
    /// groups are put together.
    pub said: String,
    /// How many.
    pub requests: u64,
    /// The people they ask.
    pub people: u64,
    /// The first of them in the batch.
    pub first: FailedRequest,
}

/// The request that stands for a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedRequest {
    /// The request's id.
    pub id: String,
    /// Its place in the batch, from 0.
    pub position: u64,
    /// How many people it asks.
    pub people: u32,
}

/// What was said, without what differs between requests of one cause: addresses become `@`, what is
/// in quotation marks `"…"`, numbers and long ids `0`.
pub(crate) fn alike(said: &str) -> String {
    let said: Vec<char> = said.chars().take(MOST).collect();
    let mut alike = String::new();
    let mut at = 0;
    while let Some(&c) = said.get(at) {
        let before = at.checked_sub(1).and_then(|at| said.get(at));
        if let Some(length) = quoted(before.copied(), &said[at..]) {
            alike.push_str("\"…\"");
            at += length;
        } else if c.is_whitespace() {
            alike.push(' ');
            at += 1;
        } else if !joins(c) {
            alike.push(c);
            at += 1;
        } else {
            let length = said[at..].iter().take_while(|c| joins(**c)).count();
            push_word(&mut alike, &said[at..at + length]);
            at += length;
        }
    }
    alike
}

/// How long the quotation is that begins here, if one does. An apostrophe inside a word begins none.
fn quoted(before: Option<char>, said: &[char]) -> Option<usize> {
    let (open, rest) = said.split_first()?;
    let close = match open {
        '"' | '`' => *open,
        '“' | '„' => '”',
        '«' => '»',
        '\'' if !before.is_some_and(char::is_alphanumeric) => '\'',
        _ => return None,
    };
    let length = rest.iter().position(|c| *c == close)?;
    Some(length + 2)
}

/// Whether a character belongs to a word, an address or a number.
fn joins(c: char) -> bool {
    c.is_alphanumeric() || "@.:/+-_%?&=#~'".contains(c)
}

fn push_word(alike: &mut String, word: &[char]) {
    let end = word
        .iter()
        .rposition(|c| !matches!(c, '.' | ':' | '?'))
        .map_or(0, |last| last + 1);
    let (word, stops) = word.split_at(end);
    let is_address = word.contains(&'@') || word.windows(3).any(|w| w == [':', '/', '/']);
    if is_address {
        alike.push('@');
    } else if word.len() >= ID && word.iter().any(char::is_ascii_digit) {
        alike.push('0');
    } else {
        for c in word {
            if !c.is_numeric() {
                alike.push(*c);
            } else if !alike.ends_with('0') {
                alike.push('0');
            }
        }
    }
    alike.extend(stops);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_from_request_to_request_is_made_equal() {
        for (one, other) in [
            (
                "ana@example.com is not known.",
                "j.o'neil+x@a.pt is not known.",
            ),
            ("+351912345678 cannot be called", "+49170 cannot be called"),
            (
                "contact \"ana\" is blocked",
                "contact “rui, the 2nd” is blocked",
            ),
            ("'x' isn't right, can't go", "'yy' isn't right, can't go"),
            (
                "contacts.0 must be an email",
                "contacts.17 must be an email",
            ),
            ("Row 9: no", "Row 10: no"),
            (
                "resource 507f1f77bcf86cd799439012 is gone",
                "resource 65f0a1b2c3d4e5f6a7b8c9d0 is gone",
            ),
            (
                "see 8c5cf0a2-3f0e-4d54-a0a7-6d4b0a4b1c11",
                "see 00000000-3f0e-4d54-a0a7-6d4b0a4b1c11",
            ),
            ("go to https://a.b/c?x=1&y#z", "go to http://localhost:1"),
        ] {
            assert_eq!(alike(one), alike(other));
        }
    }

    #[test]
    fn what_tells_causes_apart_stays() {
        for (one, other) in [
            ("isn't right, can't go", "isn't wrong, can't go"),
            ("Contact is blocked.", "Contact is unknown."),
            ("5\" wide", "5\" high"),
            ("", "."),
        ] {
            assert_ne!(alike(one), alike(other));
        }
        assert_eq!(alike("Blocked: ana@b.c.\nSee 12/7"), "Blocked: @. See 0/0");
    }

    #[test]
    fn any_text_is_read_to_a_bounded_end() {
        let long = "é\"'`“@1:/.".repeat(100_000);
        assert!(alike(&long).chars().count() <= 3 * MOST);
        for odd in ["\"", "'", "“", "@", "...", "://", "\u{0}\u{fffd}\u{202e}"] {
            let _ = alike(odd);
        }
    }
}
