//! As much of DER as a timestamp needs: values one after the other, of definite length.

/// The tags met here.
pub(crate) const BOOLEAN: u8 = 0x01;
pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const BIT_STRING: u8 = 0x03;
pub(crate) const OCTET_STRING: u8 = 0x04;
pub(crate) const OID: u8 = 0x06;
pub(crate) const UTC_TIME: u8 = 0x17;
pub(crate) const GENERALIZED_TIME: u8 = 0x18;
pub(crate) const SEQUENCE: u8 = 0x30;
pub(crate) const SET: u8 = 0x31;

/// Bytes to be read value by value.
#[derive(Clone, Copy)]
pub(crate) struct Der<'d>(pub(crate) &'d [u8]);

/// One value.
#[derive(Clone, Copy)]
pub(crate) struct Value<'d> {
    pub(crate) tag: u8,
    pub(crate) content: &'d [u8],
    /// Tag, length and content.
    pub(crate) whole: &'d [u8],
}

impl<'d> Der<'d> {
    /// The next value; none at the end, or when what follows is not DER.
    pub(crate) fn next(&mut self) -> Option<Value<'d>> {
        let (&tag, rest) = self.0.split_first()?;
        let (&first, rest) = rest.split_first()?;
        let (length, rest) = match first {
            0..=0x7f => (usize::from(first), rest),
            0x81..=0x84 => {
                let (bytes, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
                let length = bytes
                    .iter()
                    .fold(0, |sum, byte| sum << 8 | usize::from(*byte));
                let shortest = length > 0x7f && bytes[0] != 0;
                (shortest.then_some(length)?, rest)
            }
            _ => return None,
        };
        // Tags of more than one byte are of no use here.
        if tag & 0x1f == 0x1f {
            return None;
        }
        let (content, after) = rest.split_at_checked(length)?;
        let whole = &self.0[..self.0.len() - after.len()];
        self.0 = after;
        Some(Value {
            tag,
            content,
            whole,
        })
    }

    /// The next value, which must have this tag.
    pub(crate) fn take(&mut self, tag: u8) -> Option<Value<'d>> {
        self.next().filter(|value| value.tag == tag)
    }

    /// The next value if it has this tag; otherwise nothing is read.
    pub(crate) fn optional(&mut self, tag: u8) -> Option<Value<'d>> {
        if self.0.first() == Some(&tag) {
            self.next()
        } else {
            None
        }
    }

    /// All values, if the bytes are values to their end.
    pub(crate) fn all(mut self) -> Option<Vec<Value<'d>>> {
        let mut values = Vec::new();
        while !self.0.is_empty() {
            values.push(self.next()?);
        }
        Some(values)
    }
}

impl<'d> Value<'d> {
    pub(crate) fn inside(&self) -> Der<'d> {
        Der(self.content)
    }
}

/// A value written.
pub(crate) fn value(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let mut out = vec![tag];
    if let Ok(short @ 0..=0x7f) = u8::try_from(length) {
        out.push(short);
    } else {
        let bytes = length.to_be_bytes();
        let bytes = &bytes[length.leading_zeros() as usize / 8..];
        // A length has at most eight bytes.
        out.push(0x80 | bytes.len() as u8);
        out.extend_from_slice(bytes);
    }
    out.extend_from_slice(content);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for length in [0, 1, 127, 128, 255, 256, 70_000] {
            let content = vec![7; length];
            let written = value(SEQUENCE, &content);
            let mut der = Der(&written);
            let read = der.take(SEQUENCE).unwrap();
            assert_eq!((read.content, read.whole), (&content[..], &written[..]));
            assert!(der.0.is_empty() && der.next().is_none());
            for end in 0..written.len().min(300) {
                assert!(Der(&written[..end]).next().is_none());
            }
        }
        for wrong in [
            &[0x30, 0x80, 0, 0][..],
            &[0x30, 0x81, 1, 0],
            &[0x1f, 0x81, 0],
            &[0x30, 0x85],
        ] {
            assert!(Der(wrong).next().is_none());
        }
    }
}
