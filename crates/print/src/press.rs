//! The press: fonts and template, loaded once; a page comes out as PDF bytes.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::LazyLock;

use receipts::SignedReceipt;
use sha2::{Digest, Sha256};
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::ecow::EcoVec;
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::layout::{Frame, FrameItem};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::fonts;
use crate::letters::{Drawn, Letters};
use crate::moment;
use crate::page::Page;
use crate::phrases::Language;
use crate::sheet::sheet;

/// How many pages back Typst may look for work it has done before. Two receipts have little in common,
/// and looking costs more than it finds; one page, so that a thread does not lose what it has in hand when
/// another ends a page.
const REMEMBERED: usize = 1;

const YEAR_ONE_MS: i64 = -62_135_596_800_000;

/// Why there is no page. What a receipt says is never the reason.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// Typst refused the template or the standards: a fault of this crate.
    #[error("the page could not be set: {0}")]
    Set(String),
    /// The page could not be handed to the template.
    #[error("the page could not be written down")]
    Sheet(#[source] serde_json::Error),
}

/// Sets pages; made once, used from any thread.
pub struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
    drawn: Drawn,
}

impl Press {
    /// Loads the fonts and reads the template.
    #[must_use]
    pub fn new() -> Self {
        let fonts = fonts::load();
        let book = FontBook::from_fonts(&fonts);
        Self {
            library: LazyHash::new(
                Library::builder()
                    .with_features([Feature::A11yExtras].into_iter().collect())
                    .build(),
            ),
            drawn: Drawn::new(&book),
            book: LazyHash::new(book),
            fonts,
            template: Source::new(*TEMPLATE, include_str!("receipt.typ").to_owned()),
        }
    }

    /// The receipt as PDF/A-3a and PDF/UA-1, with its file attached byte for byte as `receipt.json`. The
    /// PDF is not sealed.
    ///
    /// # Errors
    /// See [`PrintError`]; whatever the receipt says, it can be set.
    pub fn page(&self, receipt: &SignedReceipt, language: Language) -> Result<Vec<u8>, PrintError> {
        self.set(&Page::from(receipt), receipt.text().as_bytes(), language)
    }

    /// The same from what is to be printed, with `file` as the receipt file.
    ///
    /// # Errors
    /// See [`PrintError`]; whatever the page says, it can be set.
    pub fn set(&self, page: &Page, file: &[u8], language: Language) -> Result<Vec<u8>, PrintError> {
        let fingerprint = fingerprint(file);
        let options = options(page, &fingerprint, language)?;
        let put = |letters: &Letters<'_>| {
            let sheet = sheet(page, &fingerprint, language, letters, true);
            let desk = Desk {
                press: self,
                sheet: Bytes::new(serde_json::to_vec(&sheet).map_err(PrintError::Sheet)?),
                file: Bytes::new(file.to_vec()),
            };
            let document = desk.set()?;
            let missing = missing(&document);
            if missing.is_empty() {
                export(&document, &options).map(Ok)
            } else {
                Ok(Err(missing))
            }
        };
        let all = Letters::new(&self.drawn);
        match put(&all) {
            Ok(Ok(pdf)) => return Ok(pdf),
            Ok(Err(missing)) => {
                if let Ok(Ok(pdf)) = put(&all.clone().and_without(missing)) {
                    return Ok(pdf);
                }
            }
            // A standard may ask more of a text than that it can be drawn.
            Err(_) => {}
        }
        put(&all.latin_only())?
            .map_err(|missing| PrintError::Set(format!("no font has {missing:?}")))
    }

    /// What [`Self::set`] hands to the template: JSON, here without the attachment. For [`Self::bare`].
    ///
    /// # Errors
    /// See [`PrintError`].
    pub fn sheet(
        &self,
        page: &Page,
        file: &[u8],
        language: Language,
    ) -> Result<Vec<u8>, PrintError> {
        let letters = Letters::new(&self.drawn);
        let sheet = sheet(page, &fingerprint(file), language, &letters, false);
        serde_json::to_vec(&sheet).map_err(PrintError::Sheet)
    }

    /// Typst's own work alone, to measure ours by: the same template over a sheet, as a plain tagged PDF
    /// without standards, attachment or checks.
    ///
    /// # Errors
    /// See [`PrintError`].
    pub fn bare(&self, sheet: Vec<u8>) -> Result<Vec<u8>, PrintError> {
        let desk = Desk {
            press: self,
            sheet: Bytes::new(sheet),
            file: Bytes::new(Vec::new()),
        };
        export(&desk.set()?, &PdfOptions::default())
    }
}

impl Default for Press {
    fn default() -> Self {
        Self::new()
    }
}

/// One page's world: the press, and the two files that differ from page to page.
struct Desk<'p> {
    press: &'p Press,
    sheet: Bytes,
    file: Bytes,
}

static TEMPLATE: LazyLock<FileId> = LazyLock::new(|| id("receipt.typ"));
static SHEET: LazyLock<FileId> = LazyLock::new(|| id("sheet.json"));
static RECEIPT: LazyLock<FileId> = LazyLock::new(|| id("receipt.json"));

#[expect(clippy::expect_used, reason = "the three names above are paths")]
fn id(name: &'static str) -> FileId {
    let path = VirtualPath::new(name).expect("a plain file name");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

impl Desk<'_> {
    fn set(&self) -> Result<PagedDocument, PrintError> {
        let document = typst::compile::<PagedDocument>(self).output;
        comemo::evict(REMEMBERED);
        document.map_err(refused)
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        *TEMPLATE
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == *TEMPLATE {
            Ok(self.press.template.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == *SHEET {
            Ok(self.sheet.clone())
        } else if id == *RECEIPT {
            Ok(self.file.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn options(page: &Page, fingerprint: &str, language: Language) -> Result<PdfOptions, PrintError> {
    // The archive standard wants a date, and a date has no year before the first.
    let at = moment::instant(page.exported_at_ms.max(YEAR_ONE_MS));
    let at = jiff::tz::Offset::UTC.to_datetime(at);
    let part = |number: i8| u8::try_from(number).unwrap_or_default();
    let made = Datetime::from_ymd_hms(
        i32::from(at.year()),
        part(at.month()),
        part(at.day()),
        part(at.hour()),
        part(at.minute()),
        part(at.second()),
    );
    let standards = PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1])
        .map_err(|error| PrintError::Set(error.message().to_string()))?;
    Ok(PdfOptions {
        ident: Smart::Custom(format!("{fingerprint} {}", language.code())),
        creator: Smart::Custom(Some("Countersign".to_owned())),
        timestamp: made.map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    })
}

fn export(document: &PagedDocument, options: &PdfOptions) -> Result<Vec<u8>, PrintError> {
    typst_pdf::pdf(document, options).map_err(refused)
}

fn refused(errors: EcoVec<SourceDiagnostic>) -> PrintError {
    let messages: Vec<_> = errors.iter().map(|error| error.message.as_str()).collect();
    PrintError::Set(messages.join("; "))
}

/// The characters that were set as an empty box.
fn missing(document: &PagedDocument) -> BTreeSet<char> {
    let mut missing = BTreeSet::new();
    for page in document.pages() {
        collect_missing(&page.frame, &mut missing);
    }
    missing
}

fn collect_missing(frame: &Frame, missing: &mut BTreeSet<char>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => collect_missing(&group.frame, missing),
            FrameItem::Text(text) => {
                for glyph in text.glyphs.iter().filter(|glyph| glyph.id == 0) {
                    let range = usize::from(glyph.range.start)..usize::from(glyph.range.end);
                    let cluster = text.text.get(range).unwrap_or_default();
                    // ASCII is always there; what was put on it is not.
                    missing.extend(cluster.chars().filter(|c| !c.is_ascii()));
                }
            }
            _ => {}
        }
    }
}

fn fingerprint(file: &[u8]) -> String {
    Sha256::digest(file)
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            // Writing to a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sheet of one text, as far as letters are concerned.
    fn missing_in(press: &Press, letters: &Letters<'_>, text: &str) -> BTreeSet<char> {
        let text = serde_json::json!({"pieces": letters.show(text, 100_000).pieces, "mono": false});
        let sheet = serde_json::json!({
            "language": "en", "title": "", "document_title": "", "subject": text, "marks": [],
            "clock": "", "sections": [], "footer": text, "page": ["", "", ""], "attachment": null,
        });
        let desk = Desk {
            press,
            sheet: Bytes::new(serde_json::to_vec(&sheet).unwrap()),
            file: Bytes::new(Vec::new()),
        };
        missing(&desk.set().unwrap())
    }

    #[test]
    fn what_is_shown_is_drawn() {
        let press = Press::new();
        let letters = Letters::new(&press.drawn);
        for mark in ["", "\u{301}"] {
            let all: String = (' '..=char::MAX)
                .filter(|c| !('\u{3500}'..'\u{9F00}').contains(c))
                .filter(|c| !('\u{AC80}'..'\u{D700}').contains(c))
                .filter(|c| letters.has(None, *c, None))
                .flat_map(|c| [c.to_string(), mark.to_owned(), " ".to_owned()])
                .collect();
            assert!(all.chars().count() > 15_000);
            assert_eq!(missing_in(&press, &letters, &all), BTreeSet::new());
        }
    }

    #[test]
    fn a_letter_that_cannot_be_drawn_after_all_is_found() {
        let mut press = Press::new();
        press.drawn = Drawn::everything();
        let letters = Letters::new(&press.drawn);
        let missing = missing_in(&press, &letters, "a ᚠ 王");
        assert_eq!(missing, BTreeSet::from(['ᚠ']));
        let without = letters.and_without(missing);
        assert_eq!(without.show("a ᚠ 王", 10).pieces.concat(), "a ⟨U+16A0⟩ 王");
        assert!(missing_in(&press, &without, "a ᚠ 王").is_empty());
    }
}
