//! Whether the bytes of a body are compact JSON as `JSON.stringify` writes it.
//!
//! Humanos seems to sign its own rendering of the parsed body, so other bytes would fail there.
//! White space and escapes are judged; the form of numbers and the order of keys are not.

/// Whether valid JSON has no white space between tokens and no escape that is not needed.
pub(crate) fn is_compact(json: &[u8]) -> bool {
    let mut bytes = json.iter().copied();
    let mut in_text = false;
    while let Some(byte) = bytes.next() {
        match (in_text, byte) {
            (_, b'"') => in_text = !in_text,
            (false, b' ' | b'\t' | b'\r' | b'\n') => return false,
            // The guard takes the escape's characters along.
            (true, b'\\') if !escape_needed(&mut bytes) => return false,
            _ => {}
        }
    }
    true
}

/// After a backslash: a short escape, or `\u` for a control character that has no short one.
fn escape_needed(bytes: &mut impl Iterator<Item = u8>) -> bool {
    match bytes.next() {
        Some(b'"' | b'\\' | b'b' | b'f' | b'n' | b'r' | b't') => true,
        Some(b'u') => {
            let digits: Vec<u8> = bytes.take(4).collect();
            let control = matches!(digits.as_slice(), [b'0', b'0', b'0' | b'1', low]
                if matches!(low, b'0'..=b'9' | b'a'..=b'f'));
            let short = matches!(
                digits.as_slice(),
                b"0008" | b"0009" | b"000a" | b"000c" | b"000d"
            );
            control && !short
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_stringify_writes() {
        for good in [
            r#"{"a":[1,"b c\n\"\\\u001f é"]}"#,
            "[]",
            r#""\u0000""#,
            r#""\\u00e9""#,
        ] {
            assert!(is_compact(good.as_bytes()), "{good}");
        }
    }

    #[test]
    fn refuses_other_renderings() {
        for bad in [
            r#"{"a": 1}"#,
            "[1,\n2]",
            "[] ",
            r#""caf\u00e9""#,
            r#""\/""#,
            r#""\u000a""#,
            r#""\u001F""#,
            r#""\u0022""#,
        ] {
            assert!(!is_compact(bad.as_bytes()), "{bad}");
        }
    }
}
