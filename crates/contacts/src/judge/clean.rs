//! What surrounds a contact without being part of it: hidden characters, quotes, brackets, a name.

use std::borrow::Cow;

/// The text without hidden characters, trimmed, and whether there were any.
///
/// Spaces that are not plain become plain, not nothing: `ana@x.pt`, a hard space and `Ana` must not
/// join into another address.
pub(super) fn visible(text: &str) -> (Cow<'_, str>, bool) {
    let is_odd_space = |c: char| c.is_whitespace() && !c.is_ascii() && c != '\u{85}';
    if text.is_ascii() || !text.contains(|c| is_hidden(c) || is_odd_space(c)) {
        return (Cow::Borrowed(text.trim()), false);
    }
    let plain: String = text
        .chars()
        .filter(|&c| !is_hidden(c))
        .map(|c| if is_odd_space(c) { ' ' } else { c })
        .collect();
    (Cow::Owned(plain.trim().to_owned()), true)
}

/// Characters with no width or look of their own: joiners, direction marks, soft hyphen, byte
/// order mark, fillers, variation selectors and tags.
pub(super) const fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'
            | '\u{34F}'
            | '\u{61C}'
            | '\u{115F}'..='\u{1160}'
            | '\u{17B4}'..='\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// The contact inside its wrappings, and the name beside it, which may be empty.
pub(super) fn peel(text: &str) -> (&str, &str) {
    let mut name = "";
    let mut inner = text;
    while let Some((next, beside)) = peel_once(inner) {
        inner = next;
        if !beside.is_empty() {
            name = beside;
        }
    }
    (inner, unquote(name).unwrap_or(name))
}

fn peel_once(text: &str) -> Option<(&str, &str)> {
    // Nearly every contact is bare, and shows it at both ends.
    let is_bare = |b: &u8| b.is_ascii_digit() || matches!(b, b'+' | b'(') || b.is_ascii_lowercase();
    let (first, last) = (text.as_bytes().first()?, text.as_bytes().last()?);
    if is_bare(first) && !matches!(first, b'm' | b't') && *last != b'>' {
        return None;
    }
    let schemes = ["mailto:", "tel:"];
    let scheme = schemes.iter().find(|scheme| {
        text.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    if let Some(scheme) = scheme {
        return Some((text[scheme.len()..].trim(), ""));
    }
    if let Some(inside) = unquote(text) {
        return Some((inside, ""));
    }
    // A spreadsheet's mark for "this is text".
    if let Some(rest) = text.strip_prefix('\'') {
        return Some((rest.trim(), ""));
    }
    let (beside, inside) = text.strip_suffix('>')?.rsplit_once('<')?;
    Some((inside.trim(), beside.trim()))
}

fn unquote(text: &str) -> Option<&str> {
    let pairs = [('"', '"'), ('\'', '\''), ('“', '”'), ('‘', '’'), ('«', '»')];
    pairs
        .iter()
        .find_map(|&(open, close)| Some(text.strip_prefix(open)?.strip_suffix(close)?.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_go_and_odd_spaces_become_plain() {
        assert_eq!(visible(" a b\t"), (Cow::Borrowed("a b"), false));
        assert_eq!(
            visible("\u{FEFF}a\u{200D}\u{AD}b\u{E0061}\u{A0}"),
            ("ab".into(), true)
        );
        assert_eq!(visible("12\u{202F}34"), ("12 34".into(), true));
        assert_eq!(visible("José"), (Cow::Borrowed("José"), false));
    }

    #[test]
    fn wrappings_come_off_to_the_last() {
        assert_eq!(
            peel("\"Silva, Ana\" <mailto:a@x.pt>"),
            ("a@x.pt", "Silva, Ana")
        );
        assert_eq!(peel("'''a@x.pt"), ("a@x.pt", ""));
        assert_eq!(peel("“a@x.pt”"), ("a@x.pt", ""));
        assert_eq!(peel("o'brien@x.pt"), ("o'brien@x.pt", ""));
        assert_eq!(peel("<>"), ("", ""));
    }
}
