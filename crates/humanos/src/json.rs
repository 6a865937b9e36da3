//! JSON text as JavaScript would write it again.
//!
//! Humanos is thought to sign what `JSON.stringify` makes of the parsed body, so free-form JSON is
//! rewritten to that form before it is signed and sent. [`canonical`] gives exactly what
//! `JSON.stringify(JSON.parse(text))` gives, in one pass and without a tree. Where JavaScript would
//! lose something in silence (duplicate keys, numbers beyond its range, half a surrogate pair),
//! it refuses. Rules: ECMA-262, `JSON.parse`, `JSON.stringify`, `OrdinaryOwnPropertyKeys`.

mod error;

use std::collections::HashSet;
use std::ops::Range;

pub use error::{JsonError, JsonErrorKind};

/// Longest text read, in bytes.
pub const MAX_TEXT: usize = 8 * 1024 * 1024;

/// Deepest nesting of arrays and objects.
pub const MAX_DEPTH: usize = 128;

/// Gives what `JSON.stringify(JSON.parse(text))` gives in JavaScript.
///
/// # Errors
/// [`JsonError`] if the text is not JSON, too long or too deep, or if JavaScript would change its
/// meaning: a number beyond the range of doubles, a duplicate key, a lone surrogate.
pub fn canonical(text: &str) -> Result<String, JsonError> {
    let mut reader = Reader {
        text,
        at: 0,
        out: String::new(),
    };
    if text.len() > MAX_TEXT {
        return Err(JsonError {
            line: 1,
            column: 1,
            kind: JsonErrorKind::TooLong,
        });
    }
    reader
        .document()
        .map_err(|(at, kind)| reader.locate(at, kind))?;
    Ok(reader.out)
}

/// Appends a string as `JSON.stringify` writes it.
pub(crate) fn write_string(out: &mut String, text: &str) {
    out.reserve(text.len() + 2);
    out.push('"');
    let mut copied = 0;
    for (at, byte) in text.bytes().enumerate() {
        let short = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            8 => "\\b",
            9 => "\\t",
            10 => "\\n",
            12 => "\\f",
            13 => "\\r",
            0..=31 => "",
            _ => continue,
        };
        out.push_str(&text[copied..at]);
        copied = at + 1;
        if short.is_empty() {
            out.push_str("\\u00");
            out.push_str(&crate::secret::hex(&[byte]));
        } else {
            out.push_str(short);
        }
    }
    out.push_str(&text[copied..]);
    out.push('"');
}

/// Appends a finite number as `JSON.stringify` writes it. `false` if it is not finite.
pub(crate) fn write_number(out: &mut String, number: f64) -> bool {
    if number.is_finite() {
        // ryu-js writes ECMAScript's Number::toString, -0 as 0 included.
        out.push_str(ryu_js::Buffer::new().format_finite(number));
    }
    number.is_finite()
}

type At<T> = Result<T, (usize, JsonErrorKind)>;

/// Reads `text` from `at` on and writes the canonical form to `out` as it goes.
struct Reader<'a> {
    text: &'a str,
    at: usize,
    out: String,
}

/// One member of an object, already written.
struct Member {
    /// The key as an array index, if it is one.
    index: Option<u32>,
    /// Where key, colon and value lie in the output.
    written: Range<usize>,
}

impl Reader<'_> {
    fn document(&mut self) -> At<()> {
        if self.text.starts_with('\u{feff}') {
            return Err((0, JsonErrorKind::ByteOrderMark));
        }
        self.value(0)?;
        self.space();
        match self.rest().chars().next() {
            Some(found) => Err((self.at, JsonErrorKind::Trailing(found))),
            None => Ok(()),
        }
    }

    fn value(&mut self, depth: usize) -> At<()> {
        self.space();
        match self.peek() {
            Some(b'{' | b'[') if depth == MAX_DEPTH => Err((self.at, JsonErrorKind::TooDeep)),
            Some(b'{') => self.object(depth + 1),
            Some(b'[') => self.array(depth + 1),
            Some(b'"') => {
                let text = self.string()?;
                write_string(&mut self.out, &text);
                Ok(())
            }
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true"),
            Some(b'f') => self.word("false"),
            Some(b'n') => self.word("null"),
            _ => Err(self.unexpected()),
        }
    }

    fn array(&mut self, depth: usize) -> At<()> {
        self.at += 1;
        self.out.push('[');
        self.space();
        if self.peek() == Some(b']') {
            self.at += 1;
            self.out.push(']');
            return Ok(());
        }
        loop {
            self.value(depth)?;
            self.space();
            match self.peek() {
                Some(b',') => self.out.push(','),
                Some(b']') => {
                    self.at += 1;
                    self.out.push(']');
                    return Ok(());
                }
                _ => return Err(self.unexpected()),
            }
            self.at += 1;
        }
    }

    fn object(&mut self, depth: usize) -> At<()> {
        self.at += 1;
        let start = self.out.len();
        self.out.push('{');
        self.space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            self.out.push('}');
            return Ok(());
        }
        let mut members: Vec<Member> = Vec::new();
        let mut seen = HashSet::new();
        loop {
            self.space();
            let key_at = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.unexpected());
            }
            let key = self.string()?;
            let from = self.out.len();
            write_string(&mut self.out, &key);
            let index = array_index(&key);
            if !seen.insert(key) {
                return Err((key_at, JsonErrorKind::DuplicateKey));
            }
            self.space();
            if self.peek() != Some(b':') {
                return Err(self.unexpected());
            }
            self.at += 1;
            self.out.push(':');
            self.value(depth)?;
            members.push(Member {
                index,
                written: from..self.out.len(),
            });
            self.space();
            match self.peek() {
                Some(b',') => self.out.push(','),
                Some(b'}') => break,
                _ => return Err(self.unexpected()),
            }
            self.at += 1;
        }
        self.at += 1;
        self.out.push('}');
        if members.iter().any(|member| member.index.is_some()) {
            self.reorder(start, members);
        }
        Ok(())
    }

    /// JavaScript lists array indices first, ascending, then the other keys as they came.
    fn reorder(&mut self, start: usize, mut members: Vec<Member>) {
        members.sort_by_key(|member| member.index.map_or(u64::MAX, u64::from));
        let mut ordered = String::with_capacity(self.out.len() - start);
        for member in members {
            ordered.push(if ordered.is_empty() { '{' } else { ',' });
            ordered.push_str(&self.out[member.written]);
        }
        ordered.push('}');
        self.out.replace_range(start.., &ordered);
    }

    fn string(&mut self) -> At<String> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let plain = self
                .rest()
                .bytes()
                .take_while(|b| !matches!(b, b'"' | b'\\' | 0..=31));
            let end = self.at + plain.count();
            text.push_str(&self.text[self.at..end]);
            self.at = end;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                Some(control) => {
                    return Err((self.at, JsonErrorKind::ControlInString(char::from(control))));
                }
                None => return Err((self.at, JsonErrorKind::UnexpectedEnd)),
            }
        }
    }

    fn escape(&mut self) -> At<char> {
        let start = self.at;
        self.at += 1;
        let Some(byte) = self.peek() else {
            return Err((self.at, JsonErrorKind::UnexpectedEnd));
        };
        self.at += 1;
        Ok(match byte {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode_escape(start),
            _ => return Err((start, JsonErrorKind::Escape)),
        })
    }

    fn unicode_escape(&mut self, start: usize) -> At<char> {
        let first = self.four_digits(start)?;
        let code = match first {
            0xd800..=0xdbff if self.rest().starts_with("\\u") => {
                self.at += 2;
                let second = self.four_digits(start)?;
                if !(0xdc00..=0xdfff).contains(&second) {
                    return Err((start, JsonErrorKind::LoneSurrogate));
                }
                0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)
            }
            code => code,
        };
        char::from_u32(code).ok_or((start, JsonErrorKind::LoneSurrogate))
    }

    fn four_digits(&mut self, start: usize) -> At<u32> {
        let Some(digits) = self.rest().as_bytes().get(..4) else {
            return Err((start, JsonErrorKind::Escape));
        };
        let mut code = 0;
        for digit in digits {
            let value = char::from(*digit)
                .to_digit(16)
                .ok_or((start, JsonErrorKind::Escape))?;
            code = code * 16 + value;
        }
        self.at += 4;
        Ok(code)
    }

    fn number(&mut self) -> At<()> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let whole = self.digits();
        let mut fine = whole == 1 || (whole > 1 && self.text.as_bytes()[self.at - whole] != b'0');
        if self.peek() == Some(b'.') {
            self.at += 1;
            fine &= self.digits() > 0;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            fine &= self.digits() > 0;
        }
        // Rust reads this grammar and rounds as ECMAScript does: to nearest, ties to even.
        match self.text[start..self.at].parse::<f64>() {
            Ok(number) if fine => {
                if write_number(&mut self.out, number) {
                    Ok(())
                } else {
                    Err((start, JsonErrorKind::NumberTooLarge))
                }
            }
            _ => Err((start, JsonErrorKind::NumberForm)),
        }
    }

    fn digits(&mut self) -> usize {
        let count = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        self.at += count;
        count
    }

    fn word(&mut self, word: &str) -> At<()> {
        if !self.rest().starts_with(word) {
            return Err(self.unexpected());
        }
        self.at += word.len();
        self.out.push_str(word);
        Ok(())
    }

    fn space(&mut self) {
        let space = |b: &u8| matches!(b, b' ' | b'\t' | b'\n' | b'\r');
        self.at += self.rest().bytes().take_while(space).count();
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn unexpected(&self) -> (usize, JsonErrorKind) {
        let kind = match self.rest().chars().next() {
            Some(found) => JsonErrorKind::Unexpected(found),
            None => JsonErrorKind::UnexpectedEnd,
        };
        (self.at, kind)
    }

    fn locate(&self, at: usize, kind: JsonErrorKind) -> JsonError {
        let before = &self.text[..at];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        JsonError {
            line: 1 + before.matches('\n').count(),
            column: 1 + before[line_start..].chars().count(),
            kind,
        }
    }
}

/// The key as an array index of ECMA-262: a whole number below 2^32 - 1 without leading zeros.
fn array_index(key: &str) -> Option<u32> {
    let plain = key.bytes().all(|b| b.is_ascii_digit()) && (key == "0" || !key.starts_with('0'));
    let index = key.parse::<u32>().ok()?;
    (plain && index < u32::MAX).then_some(index)
}

#[cfg(test)]
mod tests;
