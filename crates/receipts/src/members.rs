//! Where the parts of a receipt stand in its text: the members of the object, and the elements of
//! the members that are lists. It finds its way by the marks of JSON alone and takes any bytes.

use std::ops::Range;

/// The members whose elements are told apart.
pub(crate) const LISTS: [&str; 2] = ["attempts", "events"];

/// A member of an object, in compact JSON.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) name: String,
    /// Where its value stands.
    pub(crate) value: Range<usize>,
    /// Where the elements of its value stand, if it is one of [`LISTS`].
    pub(crate) elements: Option<Vec<Range<usize>>>,
}

/// The members of an object, as far as its text is compact JSON.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Members {
    pub(crate) found: Vec<Member>,
    /// Whether the text is an object to its end.
    pub(crate) complete: bool,
}

/// The members of the object that the text is.
pub(crate) fn members(text: &[u8]) -> Members {
    let mut members = Members::default();
    let (pieces, complete) = pieces(text, 0..text.len(), b'{', b'}');
    for piece in pieces {
        let Some(member) = member(text, piece) else {
            return members;
        };
        members.found.push(member);
    }
    Members {
        complete,
        ..members
    }
}

fn member(text: &[u8], piece: Range<usize>) -> Option<Member> {
    let key = string_end(text, piece.start)?;
    let name = std::str::from_utf8(&text[piece.start + 1..key - 1]).ok()?;
    let value = key + 1..piece.end;
    if text.get(key) != Some(&b':') || value.is_empty() {
        return None;
    }
    let elements = match LISTS.contains(&name) {
        true => {
            let (elements, complete) = pieces(text, value.clone(), b'[', b']');
            Some(elements).filter(|_| complete)
        }
        false => None,
    };
    let name = name.to_owned();
    Some(Member {
        name,
        value,
        elements,
    })
}

/// What stands between the commas of an object or a list that fills the range, and whether it does.
fn pieces(text: &[u8], all: Range<usize>, open: u8, close: u8) -> (Vec<Range<usize>>, bool) {
    let mut found = Vec::new();
    let (first, last) = (all.start, all.end.saturating_sub(1));
    if first >= last || text[first] != open {
        return (found, false);
    }
    let (mut at, mut start, mut depth) = (first + 1, first + 1, 0_usize);
    while at < last {
        match text[at] {
            b'"' => match string_end(text, at) {
                Some(end) => {
                    at = end;
                    continue;
                }
                None => return (found, false),
            },
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 0 => return (found, false),
            b'}' | b']' => depth -= 1,
            b',' if depth == 0 => {
                found.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    if depth != 0 || at != last || text[last] != close {
        return (found, false);
    }
    if start < last || !found.is_empty() {
        found.push(start..last);
    }
    (found, true)
}

/// One past the closing quote of the string that begins at `start`.
fn string_end(text: &[u8], start: usize) -> Option<usize> {
    if text.get(start) != Some(&b'"') {
        return None;
    }
    let mut at = start + 1;
    loop {
        match text.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_by_their_marks() {
        let text = br#"{"a":"},\"","attempts":[{"x":[1,2]},"]"],"b":{"c":[]},"events":[]}"#;
        let Members { found, complete } = members(text);
        assert!(complete);
        let shown = |range: &Range<usize>| std::str::from_utf8(&text[range.clone()]).unwrap();
        let values: Vec<_> = found
            .iter()
            .map(|m| (m.name.as_str(), shown(&m.value)))
            .collect();
        assert_eq!(
            values,
            [
                ("a", r#""},\"""#),
                ("attempts", r#"[{"x":[1,2]},"]"]"#),
                ("b", r#"{"c":[]}"#),
                ("events", "[]"),
            ]
        );
        let elements = found[1].elements.as_ref().unwrap();
        let elements: Vec<_> = elements.iter().map(shown).collect();
        assert_eq!(elements, [r#"{"x":[1,2]}"#, r#""]""#]);
        assert_eq!(found[3].elements, Some(vec![]));
        assert!(members(b"{}").complete);
        let cut = members(&text[..text.len() - 1]);
        assert_eq!((cut.found.len(), cut.complete), (3, false));
    }

    #[test]
    fn no_text_makes_it_fail() {
        let text = br#"{"a":"\"","attempts":[{"x":[1,2]},3]}"#;
        for at in 0..text.len() {
            members(&text[..at]);
            members(&text[at..]);
            for byte in 0..=255 {
                let mut changed = text.to_vec();
                changed[at] = byte;
                members(&changed);
            }
        }
    }
}
