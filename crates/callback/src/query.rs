//! What was added to the address on the way back. Nothing is known of it, so nothing is left out
//! for its name, and what is kept is bounded.

use url::form_urlencoded;

/// The most pairs kept of one query.
pub const MAX_PAIRS: usize = 32;
/// The most characters kept of a name.
pub const MAX_NAME_CHARS: usize = 100;
/// The most characters kept of a value.
pub const MAX_VALUE_CHARS: usize = 1_000;

/// The query of a return, read as browsers write forms: `+` is a space, `%` starts a byte.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Names and values in the order in which they came, those with equal names each for itself.
    /// Bytes that are no UTF-8, control characters and those that turn the direction of what stands
    /// beside them are shown as `U+FFFD`.
    pub pairs: Vec<(String, String)>,
    /// Something was left out: pairs after the first [`MAX_PAIRS`], or characters of a name or
    /// value beyond [`MAX_NAME_CHARS`] or [`MAX_VALUE_CHARS`].
    pub cut: bool,
}

impl Query {
    /// Reads what stands behind the `?` of an address, however long.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut found = form_urlencoded::parse(text.as_bytes());
        let mut cut = false;
        let pairs = found.by_ref().take(MAX_PAIRS);
        let pairs = pairs
            .map(|(name, value)| {
                (
                    bounded(&name, MAX_NAME_CHARS, &mut cut),
                    bounded(&value, MAX_VALUE_CHARS, &mut cut),
                )
            })
            .collect();
        cut |= found.next().is_some();
        Self { pairs, cut }
    }
}

fn bounded(text: &str, most: usize, cut: &mut bool) -> String {
    let mut chars = text.chars();
    let plain = |char| match can_be_shown(char) {
        true => char,
        false => char::REPLACEMENT_CHARACTER,
    };
    let kept = chars.by_ref().take(most).map(plain).collect();
    *cut |= chars.next().is_some();
    kept
}

fn can_be_shown(char: char) -> bool {
    let turns = matches!(
        char,
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
    );
    !char.is_control() && !turns
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pairs(text: &str) -> Vec<(String, String)> {
        let query = Query::of(text);
        assert!(!query.cut, "{text}");
        query.pairs
    }

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    proptest! {
        #[test]
        fn whatever_comes_is_bounded(text in "([a-c=&+%\\x07\u{202E}é]|%[0-9A-F]{2}){0,1000}") {
            let query = Query::of(&text);
            prop_assert!(query.pairs.len() <= MAX_PAIRS);
            for (name, value) in query.pairs {
                prop_assert!(name.chars().count() <= MAX_NAME_CHARS);
                prop_assert!(value.chars().count() <= MAX_VALUE_CHARS);
                prop_assert!(name.chars().chain(value.chars()).all(can_be_shown));
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn what_fits_comes_back(sent in prop::collection::vec(
            ("[^\\p{Cc}\\p{Bidi_C}]{0,100}", "[^\\p{Cc}\\p{Bidi_C}]{0,1000}"), 0..=MAX_PAIRS
        )) {
            let text = form_urlencoded::Serializer::new(String::new())
                .extend_pairs(&sent)
                .finish();
            prop_assert_eq!(Query::of(&text), Query { pairs: sent, cut: false });
        }
    }

    #[test]
    fn pairs_are_kept_as_they_come() {
        assert_eq!(pairs(""), []);
        assert_eq!(pairs("&&"), []);
        assert_eq!(pairs("a"), [pair("a", "")]);
        assert_eq!(pairs("=b"), [pair("", "b")]);
        assert_eq!(
            pairs("a=1&b=2&a=1&a=0"),
            [
                pair("a", "1"),
                pair("b", "2"),
                pair("a", "1"),
                pair("a", "0")
            ]
        );
        assert_eq!(
            pairs("na%20me=a+b%2Bc%3D%26d=e?f"),
            [pair("na me", "a b+c=&d=e?f")]
        );
        assert_eq!(
            pairs("ol%C3%A1=%E2%9C%93é"),
            [pair("olá", "✓é")],
            "percent-encoded or not, it is UTF-8"
        );
    }

    #[test]
    fn bytes_that_say_nothing_are_replaced() {
        assert_eq!(pairs("a=%FF%"), [pair("a", "\u{FFFD}%")]);
        assert_eq!(
            pairs("a%E2%80%AE=%D8%9C%E2%81%A6"),
            [pair("a\u{FFFD}", "\u{FFFD}\u{FFFD}")]
        );
        assert_eq!(
            pairs("a%00=%0D%0A%1B[1m%7F%C2%85"),
            [pair(
                "a\u{FFFD}",
                "\u{FFFD}\u{FFFD}\u{FFFD}[1m\u{FFFD}\u{FFFD}"
            )]
        );
    }

    #[test]
    fn what_is_left_out_is_said() {
        let many = |count: usize| vec!["a=b"; count].join("&");
        assert_eq!(pairs(&many(MAX_PAIRS)).len(), MAX_PAIRS);
        let query = Query::of(&many(MAX_PAIRS + 1));
        assert_eq!((query.pairs.len(), query.cut), (MAX_PAIRS, true));

        for (name, value, cut) in [
            (MAX_NAME_CHARS, MAX_VALUE_CHARS, false),
            (MAX_NAME_CHARS + 1, 1, true),
            (1, MAX_VALUE_CHARS + 1, true),
        ] {
            let query = Query::of(&format!("{}={}", "é".repeat(name), "é".repeat(value)));
            assert_eq!(query.cut, cut, "{name} {value}");
            let (kept_name, kept_value) = &query.pairs[0];
            assert_eq!(kept_name.chars().count(), name.min(MAX_NAME_CHARS));
            assert_eq!(kept_value.chars().count(), value.min(MAX_VALUE_CHARS));
        }
    }
}
