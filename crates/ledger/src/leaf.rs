//! The bytes an event is known by, and their hash.
//!
//! The leaf is canonical JSON (RFC 8785): the event's own words and the hash of the event before it.
//! Its hash is the leaf hash of RFC 9162, so that the link of the chain is the leaf of the tree.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// What stands for the event before the first.
pub(crate) const NOTHING: [u8; 32] = [0; 32];

/// An event as its hash sees it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Leaf<'a> {
    pub(crate) at_ms: i64,
    /// Canonical JSON.
    pub(crate) detail: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) previous: &'a [u8; 32],
    pub(crate) request: Option<&'a str>,
    pub(crate) sequence: u64,
}

impl Leaf<'_> {
    pub(crate) fn text(&self) -> String {
        let mut text = String::with_capacity(224 + self.detail.len());
        self.write(&mut text);
        text
    }

    /// `room` is written over: it is there to be used again.
    pub(crate) fn hash(&self, room: &mut String) -> [u8; 32] {
        room.clear();
        self.write(room);
        leaf_hash(room.as_bytes())
    }

    fn write(&self, text: &mut String) {
        text.push_str("{\"at\":");
        number(text, self.at_ms);
        text.push_str(",\"detail\":");
        text.push_str(self.detail);
        text.push_str(",\"kind\":");
        quoted(text, self.kind);
        text.push_str(",\"previous\":\"");
        text.push_str(&crate::hex(self.previous));
        text.push_str("\",\"request\":");
        match self.request {
            Some(id) => quoted(text, id),
            None => text.push_str("null"),
        }
        text.push_str(",\"sequence\":");
        number(text, self.sequence);
        text.push('}');
    }
}

/// The hash of a leaf: SHA-256 of a zero byte and the leaf's bytes (RFC 9162, 2.1.1).
#[must_use]
pub fn leaf_hash(leaf: &[u8]) -> [u8; 32] {
    Sha256::new()
        .chain_update([0])
        .chain_update(leaf)
        .finalize()
        .into()
}

fn number(text: &mut String, number: impl std::fmt::Display) {
    // Writing into a string cannot fail.
    let _ = write!(text, "{number}");
}

fn quoted(text: &mut String, words: &str) {
    if words
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    {
        text.push('"');
        text.push_str(words);
        text.push('"');
    } else {
        number(text, serde_json::Value::from(words));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hex;

    fn leaf() -> Leaf<'static> {
        Leaf {
            at_ms: 1_767_225_600_042,
            detail: r#"{"attempt":1,"timestamp":1767225600000}"#,
            kind: "attempt-started",
            previous: &[0xab; 32],
            request: Some("00000000-0000-4000-8000-000000000007"),
            sequence: 42,
        }
    }

    #[test]
    fn a_leaf_has_these_bytes_and_this_hash() {
        let text = leaf().text();
        assert_eq!(
            text,
            r#"{"at":1767225600042,"detail":{"attempt":1,"timestamp":1767225600000},"kind":"attempt-started","previous":"abababababababababababababababababababababababababababababababab","request":"00000000-0000-4000-8000-000000000007","sequence":42}"#
        );
        assert_eq!(
            hex(&leaf_hash(text.as_bytes())),
            "24e49e3fc0fd384e402fcc02cac831cf1d091cd34359d6eb675d72c35c2f4840"
        );
        assert_eq!(leaf().hash(&mut "old".into()), leaf_hash(text.as_bytes()));
        // RFC 9162 gives the hash of no leaf at all no value, but that of an empty one is this.
        assert_eq!(
            hex(&leaf_hash(b"")),
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
        );
    }

    #[test]
    fn a_leaf_is_canonical_whatever_the_id() {
        for id in ["", "a b", "\"\\\n\u{1}é\u{2028}", "😀"] {
            let text = Leaf {
                request: Some(id),
                ..leaf()
            }
            .text();
            assert!(crate::canonical::is_object(&text), "{text}");
            let read: serde_json::Value = serde_json::from_str(&text).unwrap();
            assert_eq!(read["request"], id);
        }
        let text = Leaf {
            request: None,
            ..leaf()
        }
        .text();
        assert!(crate::canonical::is_object(&text));
        assert!(text.contains(r#""request":null"#));
    }
}
