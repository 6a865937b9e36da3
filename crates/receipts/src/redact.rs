//! Cutting one-time codes out of replies, leaving every other byte as it was.
//!
//! Two rules, applied together. In a reply's JSON the value of every member named `code` or `otp`
//! goes, whatever it is. And in every text a known code goes where it stands by itself, not as part
//! of a longer number or word. The scan is of tokens, not of meaning: it works as well on JSON that
//! was cut short.

use std::borrow::Cow;

/// What stands where a code was.
pub const REDACTED: &str = "[redacted]";

/// Shorter ones are common numbers; they go only where they are named as codes.
const SHORTEST: usize = 4;

/// The known one-time codes of a request.
pub(crate) struct Codes(Vec<String>);

impl Codes {
    pub(crate) fn new<'a>(codes: impl Iterator<Item = &'a str>) -> Self {
        let mut codes: Vec<_> = codes
            .map(str::trim)
            .filter(|c| c.len() >= SHORTEST)
            .map(str::to_owned)
            .collect();
        // The longest first: one may be part of another.
        codes.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        codes.dedup();
        Self(codes)
    }

    /// A reply's body without values named as codes and without known codes.
    pub(crate) fn cut_from_reply(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(token) = Token::first(rest) {
            rest = &rest[token.text.len()..];
            out.push_str(&self.kept(&token));
            if !token.is_string
                || !rest.trim_start().starts_with(':')
                || !is_code_name(token.inner())
            {
                continue;
            }
            let colon = rest.len() - rest.trim_start().len() + 1;
            let value = colon + (rest[colon..].len() - rest[colon..].trim_start().len());
            out.push_str(&rest[..value]);
            rest = &rest[value..];
            let length = value_length(rest);
            let value = &rest[..length];
            out.push_str(if holds_nothing(value) {
                value
            } else {
                "\"[redacted]\""
            });
            rest = &rest[length..];
        }
        out
    }

    /// Plain words without known codes.
    pub(crate) fn cut_from_words(&self, words: &str) -> String {
        self.0
            .iter()
            .fold(words.to_owned(), |text, code| without(&text, code))
    }

    fn kept<'t>(&self, token: &Token<'t>) -> Cow<'t, str> {
        if token.is_string {
            let inner = token.inner();
            let plain = unescaped(inner);
            let cut = self.cut_from_words(&plain);
            if cut == plain {
                return Cow::Borrowed(token.text);
            }
            let quoted = serde_json::to_string(&cut).unwrap_or_else(|_| format!("\"{REDACTED}\""));
            return Cow::Owned(quoted);
        }
        if self.0.iter().any(|code| code == token.text) {
            return Cow::Owned(format!("\"{REDACTED}\""));
        }
        // Outside strings well-formed JSON has only numbers and marks, but a reply may be anything.
        Cow::Owned(self.cut_from_words(token.text))
    }
}

/// A piece of text: a quoted string with its quotes, a mark of JSON, or a run of anything else.
struct Token<'t> {
    text: &'t str,
    is_string: bool,
}

impl<'t> Token<'t> {
    fn first(text: &'t str) -> Option<Self> {
        let first = text.chars().next()?;
        if first == '"' {
            return Some(Self {
                text: &text[..string_length(text)],
                is_string: true,
            });
        }
        let end = match first {
            '{' | '}' | '[' | ']' | ',' | ':' => 1,
            c if is_space(c) => text.find(|c| !is_space(c)).unwrap_or(text.len()),
            _ => text
                .find(|c| is_space(c) || matches!(c, '"' | '{' | '}' | '[' | ']' | ',' | ':'))
                .unwrap_or(text.len()),
        };
        Some(Self {
            text: &text[..end],
            is_string: false,
        })
    }

    /// What is between the quotes; the last one is missing when the text was cut short.
    fn inner(&self) -> &'t str {
        let inner = self.text.strip_prefix('"').unwrap_or(self.text);
        if self.text.len() > 1 {
            inner.strip_suffix('"').unwrap_or(inner)
        } else {
            inner
        }
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of the value that begins the text: a whole object or array, a string, a word.
fn value_length(text: &str) -> usize {
    let (mut at, mut depth) = (0, 0_u32);
    while let Some(token) = Token::first(&text[at..]) {
        match token.text {
            "{" | "[" => depth += 1,
            "}" | "]" | "," if depth == 0 => return at,
            "}" | "]" => depth -= 1,
            _ => {}
        }
        at += token.text.len();
        if depth == 0 {
            break;
        }
    }
    at
}

fn holds_nothing(value: &str) -> bool {
    matches!(value, "" | "null" | "\"\"" | "true" | "false")
}

fn is_code_name(name: &str) -> bool {
    let name = unescaped(name);
    ["code", "otp", "otpCode"]
        .iter()
        .any(|n| name.eq_ignore_ascii_case(n))
}

fn unescaped(inner: &str) -> Cow<'_, str> {
    if !inner.contains('\\') {
        return Cow::Borrowed(inner);
    }
    match serde_json::from_str::<String>(&format!("\"{inner}\"")) {
        Ok(text) => Cow::Owned(text),
        Err(_) => Cow::Borrowed(inner),
    }
}

/// The text without a code where it stands by itself.
fn without(text: &str, code: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(code) {
        let end = at + code.len();
        let before = rest[..at]
            .chars()
            .next_back()
            .or_else(|| out.chars().next_back());
        let alone = !joins(before) && !joins(rest[end..].chars().next());
        out.push_str(&rest[..at]);
        out.push_str(if alone { REDACTED } else { code });
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

fn joins(neighbour: Option<char>) -> bool {
    neighbour.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes() -> Codes {
        Codes::new(["482913", "77", "A1B2C3"].into_iter())
    }

    #[test]
    fn named_values_go_and_every_other_byte_stays() {
        let cases = [
            (
                r#"{ "code" : "482913" , "x":1.50 }"#,
                r#"{ "code" : "[redacted]" , "x":1.50 }"#,
            ),
            (r#"{"code":482913}"#, r#"{"code":"[redacted]"}"#),
            (
                r#"{"code":{"v":[1,{"a":"}"}]},"b":2}"#,
                r#"{"code":"[redacted]","b":2}"#,
            ),
            (
                r#"{"code":null,"otp":"","Code":"9"}"#,
                r#"{"code":null,"otp":"","Code":"[redacted]"}"#,
            ),
            (r#"{"c\u006fde":"31"}"#, r#"{"c\u006fde":"[redacted]"}"#),
            (
                r#"{"a":"\"code\":5","b":["code"]}"#,
                r#"{"a":"\"code\":5","b":["code"]}"#,
            ),
            (
                r#"{"zipcode":"1000","statusCode":201}"#,
                r#"{"zipcode":"1000","statusCode":201}"#,
            ),
        ];
        for (before, after) in cases {
            assert_eq!(codes().cut_from_reply(before), after);
        }
    }

    #[test]
    fn known_codes_go_wherever_they_stand_alone() {
        let cases = [
            (r#"{"pin":"482913"}"#, r#"{"pin":"[redacted]"}"#),
            (r#"{"pin":482913}"#, r#"{"pin":"[redacted]"}"#),
            (r#"{"pin":"\u0034\u00382913"}"#, r#"{"pin":"[redacted]"}"#),
            (
                r#"{"say":"it is A1B2C3."}"#,
                r#"{"say":"it is [redacted]."}"#,
            ),
            (
                r#"{"id":"a482913","n":14829130}"#,
                r#"{"id":"a482913","n":14829130}"#,
            ),
            (r#"{"n":77}"#, r#"{"n":77}"#),
            ("<p>482913</p>", "<p>[redacted]</p>"),
        ];
        for (before, after) in cases {
            assert_eq!(codes().cut_from_reply(before), after);
        }
        assert_eq!(
            codes().cut_from_words("https://x/?code=482913"),
            "https://x/?code=[redacted]"
        );
    }

    #[test]
    fn text_cut_short_gives_nothing_away() {
        let whole = r#"{"subjects":[{"contact":"á@b.pt","code":"9876543","link":"l"}]}"#;
        for (end, _) in whole.char_indices() {
            let cut = codes().cut_from_reply(&whole[..end]);
            assert!(!cut.contains("98"), "{cut}");
        }
    }
}
