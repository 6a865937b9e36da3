//! What an officer brings may be a body alone, or a whole call as a log or a proxy shows it: header lines, an empty
//! line, the body.

/// The headers and the body. Headers given apart count; otherwise those before the body, if there are any.
pub(crate) fn parts<'a>(headers: &'a str, text: &'a str) -> (&'a str, &'a str) {
    let text = text.trim_start_matches('\u{feff}').trim();
    let headers = headers.trim();
    if text.starts_with(['{', '[', '"']) {
        return (headers, text);
    }
    let split = ["\r\n\r\n", "\n\n"]
        .iter()
        .filter_map(|gap| text.split_once(gap))
        .min_by_key(|(head, _)| head.len());
    match split {
        Some((head, body)) if headers.is_empty() && is_head(head) => (head, body.trim()),
        Some((head, body)) if is_head(head) => (headers, body.trim()),
        _ => (headers, text),
    }
}

/// A line of the call and header lines, and nothing else.
fn is_head(head: &str) -> bool {
    let mut lines = head.lines();
    let first = lines.next().unwrap_or_default();
    (first.starts_with("POST ") || is_header(first)) && lines.all(is_header)
}

fn is_header(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, _)| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        !name.is_empty() && name.bytes().all(plain)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_alone_stays_a_body() {
        assert_eq!(parts("", " {\"a\": 1}\n"), ("", "{\"a\": 1}"));
        let given = "x-signature: ab\nx-timestamp: 1";
        assert_eq!(parts(given, "{}"), (given, "{}"));
        assert_eq!(parts("", "x-signature: ab"), ("", "x-signature: ab"));
    }

    #[test]
    fn a_whole_call_is_taken_apart() {
        for gap in ["\r\n", "\n"] {
            let call = [
                "POST /hook HTTP/1.1",
                "X-Signature: ab",
                "x-timestamp: 1",
                "",
                "{\"iv\":\"\"}\n",
            ];
            let text = call.join(gap);
            let (headers, body) = parts("", &text);
            assert!(headers.ends_with("x-timestamp: 1"), "{headers:?}");
            assert_eq!(body, "{\"iv\":\"\"}");
        }
        let odd = "not a header\n\n{}";
        assert_eq!(parts("", odd), ("", odd));
    }
}
