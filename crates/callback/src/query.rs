//! What an address says behind its `?`. Nothing of it is documented, so it is kept, within bounds.

use url::form_urlencoded;

/// Most pairs that are kept.
const MAX_PAIRS: usize = 32;
/// Longest name and value, in characters.
const MAX_NAME: usize = 100;
const MAX_VALUE: usize = 1_000;

/// Names and values in their order, decoded; what is not UTF-8 and what would not be seen is replaced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// A name may stand there several times.
    pub pairs: Vec<(String, String)>,
    /// Something was left out: there was too much of it.
    pub cut: bool,
}

impl Query {
    /// Reads what follows the `?` of an address.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut query = Self::default();
        for (name, value) in form_urlencoded::parse(text.as_bytes()) {
            if query.pairs.len() == MAX_PAIRS {
                query.cut = true;
                break;
            }
            let name = query.bounded(&name, MAX_NAME);
            let value = query.bounded(&value, MAX_VALUE);
            query.pairs.push((name, value));
        }
        query
    }

    fn bounded(&mut self, text: &str, most: usize) -> String {
        let mut chars = text.chars();
        let seen = chars.by_ref().take(most);
        let seen = seen.map(|char| if unseen(char) { '\u{fffd}' } else { char });
        let kept = seen.collect();
        self.cut |= chars.next().is_some();
        kept
    }
}

/// Control characters, and those that turn the direction of what stands beside them.
fn unseen(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_is_kept_in_order() {
        let query = Query::of("a=1&b=%C3%A9+x&a=2&c&=d&%00=%ff%e2%80%ae");
        let pairs: Vec<_> = query
            .pairs
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        assert_eq!(
            pairs,
            [
                ("a", "1"),
                ("b", "é x"),
                ("a", "2"),
                ("c", ""),
                ("", "d"),
                ("\u{fffd}", "\u{fffd}\u{fffd}")
            ]
        );
        assert!(!query.cut);
    }

    #[test]
    fn there_is_a_bound() {
        assert!(Query::of(&"a=1&".repeat(33)).cut);
        assert_eq!(Query::of(&"a=1&".repeat(33)).pairs.len(), MAX_PAIRS);
        let long = Query::of(&format!("a={}", "é".repeat(1_001)));
        assert!(long.cut);
        assert_eq!(long.pairs[0].1.chars().count(), MAX_VALUE);
        assert!(Query::of(&"n".repeat(101)).cut);
        assert_eq!(Query::of(""), Query::default());
    }
}
