//! What a file is, by its first bytes; and files that hold no list, so that the message can name them.

use crate::FileError;

const AS_CSV: &str = "save it as CSV and add that file";
const NO_LIST: &str = "save the list as CSV or plain text and add that file";
const UNPACK: &str = "unpack it and add the files inside";

/// How the bytes of a file are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    /// As a spreadsheet.
    Workbook,
    /// As text of some kind.
    Text,
}

/// Tells spreadsheets from text, and refuses what is empty or of another format.
pub(crate) fn family(bytes: &[u8]) -> Result<Family, FileError> {
    if bytes.is_empty() {
        return Err(FileError::Empty);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Ok(Family::Workbook);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return match zip(bytes) {
            None => Ok(Family::Workbook),
            Some((format, advice)) => Err(FileError::OtherFormat { format, advice }),
        };
    }
    match named(bytes) {
        Some((format, advice)) => Err(FileError::OtherFormat { format, advice }),
        None => Ok(Family::Text),
    }
}

fn named(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const MAGIC: &[(&[u8], &str, &str)] = &[
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
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let (_, format, advice) = MAGIC.iter().find(|(magic, ..)| text.starts_with(magic))?;
    Some((format, advice))
}

/// Office files are ZIP archives; their entries' names tell which. `None` is a spreadsheet.
fn zip(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let head = &bytes[..bytes.len().min(64 * 1024)];
    let tail = &bytes[bytes.len().saturating_sub(64 * 1024)..];
    let holds = |name: &[u8]| {
        [head, tail]
            .iter()
            .any(|part| memchr::memmem::find(part, name).is_some())
    };
    if holds(b"xl/workbook")
        || holds(b"xl/worksheets")
        || holds(b"application/vnd.oasis.opendocument.spreadsheet")
    {
        None
    } else if holds(b"Index/Document.iwa") || holds(b"Index/Tables/") {
        Some(("a Numbers spreadsheet", AS_CSV))
    } else if holds(b"word/document") || holds(b"application/vnd.oasis.opendocument.text") {
        Some(("a text document", NO_LIST))
    } else {
        Some(("a ZIP archive", UNPACK))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spreadsheets_are_told_from_text() {
        for workbook in [
            &b"PK\x03\x04\x14\0\x06\0[Content_Types].xml....xl/workbook.xml"[..],
            b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 anything",
        ] {
            assert_eq!(family(workbook), Ok(Family::Workbook));
        }
        for text in [&b"a"[..], b"\xEF\xBB\xBFbegin:vcard\r\n", b"{}"] {
            assert_eq!(family(text), Ok(Family::Text));
        }
        assert_eq!(family(b""), Err(FileError::Empty));
    }

    #[test]
    fn the_message_names_the_format_and_the_way_out() {
        let numbers = b"PK\x03\x04 Index/Document.iwa";
        assert_eq!(
            family(numbers).unwrap_err().to_string(),
            "this is a Numbers spreadsheet; save it as CSV and add that file"
        );
        for (bytes, format) in [
            (&b"%PDF-1.7"[..], "a PDF"),
            (b"PK\x03\x04 word/document.xml", "a text document"),
            (b"PK\x05\x06 empty", "a ZIP archive"),
            (b"\x1F\x8B\x08", "a gzip archive"),
            (b"\xEF\xBB\xBF%PDF", "a PDF"),
        ] {
            let Err(FileError::OtherFormat { format: found, .. }) = family(bytes) else {
                panic!("{format} must be refused");
            };
            assert_eq!(found, format);
        }
    }
}
