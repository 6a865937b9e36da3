//! Files that are no text, known by their first bytes, so that the message can name them.

use crate::{FileError, MAX_BYTES};

const AS_CSV: &str = "save it as CSV and add that file";
const NO_LIST: &str = "save the list as CSV or plain text and add that file";
const UNPACK: &str = "unpack it and add the files inside";

/// Refuses what is empty, too large or of a format known not to be text.
pub(crate) fn refuse_others(bytes: &[u8]) -> Result<(), FileError> {
    if bytes.len() > MAX_BYTES {
        let mebibytes = bytes.len().div_ceil(1024 * 1024);
        return Err(FileError::TooLarge {
            mebibytes: u32::try_from(mebibytes).unwrap_or(u32::MAX),
        });
    }
    if bytes.is_empty() {
        return Err(FileError::Empty);
    }
    match named(bytes) {
        Some((format, advice)) => Err(FileError::OtherFormat { format, advice }),
        None => Ok(()),
    }
}

fn named(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const MAGIC: &[(&[u8], &str, &str)] = &[
        (
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
            "an old or protected Office file",
            AS_CSV,
        ),
        (b"%PDF", "a PDF", NO_LIST),
        (b"{\\rtf", "a rich text document", NO_LIST),
        (b"\x89PNG\r\n", "a picture", NO_LIST),
        (b"\xFF\xD8\xFF", "a picture", NO_LIST),
        (b"GIF8", "a picture", NO_LIST),
        (b"\x1F\x8B", "a gzip archive", UNPACK),
        (b"7z\xBC\xAF\x27\x1C", "a 7z archive", UNPACK),
        (b"Rar!\x1A\x07", "a RAR archive", UNPACK),
        (b"SQLite format 3\0", "a database", NO_LIST),
        (b"\x7FELF", "a program", NO_LIST),
    ];
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Some(zip(bytes));
    }
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if text
        .get(..11)
        .is_some_and(|start| start.eq_ignore_ascii_case(b"BEGIN:VCARD"))
    {
        return Some(("a vCard file", NO_LIST));
    }
    let (_, format, advice) = MAGIC.iter().find(|(magic, ..)| text.starts_with(magic))?;
    Some((format, advice))
}

/// Office files are ZIP archives; their entries' names tell which.
fn zip(bytes: &[u8]) -> (&'static str, &'static str) {
    let head = &bytes[..bytes.len().min(64 * 1024)];
    let tail = &bytes[bytes.len().saturating_sub(64 * 1024)..];
    let holds = |name: &[u8]| {
        [head, tail]
            .iter()
            .any(|part| part.windows(name.len()).any(|window| window == name))
    };
    if holds(b"xl/workbook") || holds(b"xl/worksheets") {
        ("an Excel workbook", AS_CSV)
    } else if holds(b"application/vnd.oasis.opendocument.spreadsheet") {
        ("an OpenDocument spreadsheet", AS_CSV)
    } else if holds(b"Index/Document.iwa") || holds(b"Index/Tables/") {
        ("a Numbers spreadsheet", AS_CSV)
    } else if holds(b"word/document") || holds(b"application/vnd.oasis.opendocument.text") {
        ("a text document", NO_LIST)
    } else {
        ("a ZIP archive", UNPACK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_names_the_format_and_the_way_out() {
        let workbook = b"PK\x03\x04\x14\0\x06\0[Content_Types].xml....xl/workbook.xml";
        assert_eq!(
            refuse_others(workbook).unwrap_err().to_string(),
            "this is an Excel workbook; save it as CSV and add that file"
        );
        for (bytes, format) in [
            (&b"%PDF-1.7"[..], "a PDF"),
            (b"PK\x03\x04 anything", "a ZIP archive"),
            (
                b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 anything",
                "an old or protected Office file",
            ),
            (b"\xEF\xBB\xBFbegin:vcard\r\n", "a vCard file"),
        ] {
            let Err(FileError::OtherFormat { format: found, .. }) = refuse_others(bytes) else {
                panic!("{format} must be refused");
            };
            assert_eq!(found, format);
        }
    }

    #[test]
    fn sizes_have_limits() {
        assert_eq!(refuse_others(b""), Err(FileError::Empty));
        let large = vec![b'a'; MAX_BYTES + 1];
        assert_eq!(
            refuse_others(&large),
            Err(FileError::TooLarge { mebibytes: 26 })
        );
        assert_eq!(refuse_others(&large[1..]), Ok(()));
    }
}
