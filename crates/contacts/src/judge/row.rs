//! The judge of a whole row: its contact, and the fields that go with it.

use super::{clean, has_control, judge};
use crate::readers::Fault;
use crate::reason::Finding;
use crate::sheet::{Cell, is_blank};
use crate::{Field, Kind, Language, ReasonCode, Region, RowState};

/// No identity document has a longer number, and no id of a person should.
const MAX_ID_CHARS: usize = 100;

/// The cells of a row by what they are used as; `None` where there is no such column.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Fields<'a> {
    pub(crate) contact: Option<Cell<'a>>,
    pub(crate) name: Option<Cell<'a>>,
    pub(crate) doc_id: Option<Cell<'a>>,
    pub(crate) language: Option<Cell<'a>>,
    pub(crate) internal_id: Option<Cell<'a>>,
    pub(crate) secondary_contact: Option<Cell<'a>>,
    pub(crate) country: Option<Cell<'a>>,
}

impl<'a> Fields<'a> {
    pub(crate) const fn of(&self, field: Field) -> Option<Cell<'a>> {
        match field {
            Field::Contact => self.contact,
            Field::Name => self.name,
            Field::DocId => self.doc_id,
            Field::Language => self.language,
            Field::InternalId => self.internal_id,
            Field::SecondaryContact => self.secondary_contact,
            Field::Country => self.country,
        }
    }

    pub(crate) const fn at_mut(&mut self, field: Field) -> &mut Option<Cell<'a>> {
        match field {
            Field::Contact => &mut self.contact,
            Field::Name => &mut self.name,
            Field::DocId => &mut self.doc_id,
            Field::Language => &mut self.language,
            Field::InternalId => &mut self.internal_id,
            Field::SecondaryContact => &mut self.secondary_contact,
            Field::Country => &mut self.country,
        }
    }

    fn filled(&self, field: Field) -> Option<Cell<'a>> {
        self.of(field).filter(|cell| !is_blank(cell.text))
    }
}

/// The last cells of a language column, and whether each names a language: there are few in a list.
#[derive(Debug, Default)]
pub(crate) struct Languages<'a> {
    cells: [(&'a str, bool); 8],
    next: usize,
}

impl<'a> Languages<'a> {
    fn has(&mut self, cell: &'a str) -> bool {
        if let Some((_, is_one)) = self.cells.iter().find(|(known, _)| *known == cell) {
            return *is_one;
        }
        let is_one = Language::find(cell).is_some();
        self.cells[self.next] = (cell, is_one);
        self.next = (self.next + 1) % self.cells.len();
        is_one
    }
}

/// What is to be said of one row.
#[derive(Debug, Default)]
pub(crate) struct RowVerdict {
    pub(crate) kind: Option<Kind>,
    /// The contact as it will be sent; only where its own findings are no errors.
    pub(crate) contact: Option<String>,
    pub(crate) findings: Vec<(Field, Finding)>,
}

impl RowVerdict {
    pub(crate) fn state(&self) -> RowState {
        let states = self
            .findings
            .iter()
            .map(|(_, finding)| finding.code.state());
        states.max().unwrap_or(RowState::Ready)
    }
}

/// Judges a row. Phones without a country are of the row's country, else of the region.
pub(crate) fn judge_row(fields: &Fields<'_>, fault: Option<Fault>, region: Region) -> RowVerdict {
    judge_next_row(fields, fault, region, &mut Languages::default())
}

/// Judges a row after others of its source.
pub(crate) fn judge_next_row<'a>(
    fields: &Fields<'a>,
    fault: Option<Fault>,
    region: Region,
    languages: &mut Languages<'a>,
) -> RowVerdict {
    if let Some(fault) = fault {
        return RowVerdict {
            findings: vec![(Field::Contact, fault.finding())],
            ..RowVerdict::default()
        };
    }
    let country = fields.filled(Field::Country);
    let own = country.and_then(|cell| Region::find(cell.text));
    let region = own.unwrap_or(region);
    let mut verdict = contact(fields.contact, region);
    let second_is_phone = || {
        let second = fields.filled(Field::SecondaryContact);
        second.is_some_and(|cell| super::looks_like(cell.text) == Some(Kind::Phone))
    };
    if let Some(cell) = country
        && own.is_none()
        && (verdict.kind == Some(Kind::Phone) || second_is_phone())
    {
        let finding = country_unknown(cell.text, region);
        verdict.findings.push((Field::Country, finding));
    }
    if let Some(cell) = fields.filled(Field::DocId) {
        let finding = doc_id(cell);
        verdict
            .findings
            .extend(finding.map(|finding| (Field::DocId, finding)));
    }
    if let Some(cell) = fields.filled(Field::InternalId)
        && let Some(words) = no_id(cell.text)
    {
        let finding = Finding::words(ReasonCode::InternalIdForm, words);
        verdict.findings.push((Field::InternalId, finding));
    }
    if let Some(cell) = fields.filled(Field::SecondaryContact)
        && let Some(finding) = secondary(cell, verdict.contact.as_deref(), region)
    {
        verdict.findings.push((Field::SecondaryContact, finding));
    }
    if let Some(cell) = fields.filled(Field::Language)
        && !languages.has(cell.text)
    {
        let finding = language_unknown(cell.text);
        verdict.findings.push((Field::Language, finding));
    }
    verdict
}

/// A document number, or an internal id, as it will be sent.
pub(crate) fn id(text: &str) -> String {
    plain_id(&clean::visible(text).0).to_owned()
}

fn plain_id(visible: &str) -> &str {
    visible.strip_prefix('\'').unwrap_or(visible).trim()
}

/// The second contact as it will be sent, if it can be.
pub(crate) fn second(text: &str, region: Region) -> Option<String> {
    judge(text, region).contact
}

fn contact(cell: Option<Cell<'_>>, region: Region) -> RowVerdict {
    let cell = cell.unwrap_or(Cell {
        text: "",
        is_number: false,
    });
    let verdict = judge(cell.text, region);
    let findings = verdict.findings.into_iter();
    let mut row = RowVerdict {
        kind: verdict.kind,
        contact: verdict.contact,
        findings: findings.map(|finding| (Field::Contact, finding)).collect(),
    };
    if cell.is_number
        && row.kind == Some(Kind::Phone)
        && let Some(contact) = row.contact.take()
    {
        let words = "Kept as a number by the spreadsheet, so a leading zero or plus may be gone; compare it with your records";
        let finding = Finding::words(ReasonCode::SpreadsheetNumber, words).suggest(contact);
        row.findings.insert(0, (Field::Contact, finding));
    }
    row
}

fn country_unknown(text: &str, region: Region) -> Finding {
    Finding::text(
        ReasonCode::CountryUnknown,
        format!(
            "“{}” is not a country that is known, so the phone was read as one from {}; write the country again",
            short(text),
            region.name()
        ),
    )
}

fn language_unknown(text: &str) -> Finding {
    Finding::text(
        ReasonCode::LanguageUnknown,
        format!(
            "Humanos writes in English, Portuguese, Spanish and French, not in “{}”; the language of the request will be used",
            short(text)
        ),
    )
}

fn doc_id(cell: Cell<'_>) -> Option<Finding> {
    let text = cell.text.trim();
    if is_scientific(text) {
        let words = "Turned into a number by the spreadsheet, so digits are lost; write it again";
        return Some(Finding::words(ReasonCode::DocIdNumber, words));
    }
    if cell.is_number {
        let words = "Kept as a number by the spreadsheet, so leading zeros may be gone; compare it with your records";
        return Some(Finding::words(ReasonCode::DocIdNumber, words).suggest(text));
    }
    no_id(text).map(|words| Finding::words(ReasonCode::DocIdForm, words))
}

fn no_id(text: &str) -> Option<&'static str> {
    let (visible, _) = clean::visible(text);
    let text = plain_id(&visible);
    if !text.is_ascii() && text.contains('\u{FFFD}') {
        Some("Some characters could not be read; write it again")
    } else if has_control(text) {
        Some("There are control characters or line ends in it; write it again")
    } else if text.starts_with('=') || text.starts_with('#') {
        Some("A formula or its error, not an id")
    } else if text.len() > MAX_ID_CHARS && text.chars().nth(MAX_ID_CHARS).is_some() {
        Some("Longer than 100 characters")
    } else {
        None
    }
}

/// `9.87654E+08`.
fn is_scientific(text: &str) -> bool {
    let Some((number, power)) = text.split_once(['e', 'E']) else {
        return false;
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    number.contains(['.', ','])
        && number.split(['.', ',']).all(digits)
        && digits(power.strip_prefix(['+', '-']).unwrap_or(power))
}

fn secondary(cell: Cell<'_>, first: Option<&str>, region: Region) -> Option<Finding> {
    let verdict = contact(Some(cell), region);
    if let Some(second) = &verdict.contact {
        let same = first.is_some_and(|first| first.eq_ignore_ascii_case(second));
        return same.then(|| Finding::new(ReasonCode::SecondarySame));
    }
    let (_, finding) = verdict.findings.into_iter().next()?;
    let suggestion = finding.suggestion().map(str::to_owned);
    let words = format!("Second contact: {}", finding.about(Field::Contact).message);
    let finding = Finding::text(ReasonCode::SecondaryContact, words);
    Some(match suggestion {
        Some(suggestion) => finding.suggest(suggestion),
        None => finding,
    })
}

fn short(text: &str) -> String {
    text.trim().chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Option<Cell<'_>> {
        Some(Cell {
            text,
            is_number: false,
        })
    }

    fn number(text: &str) -> Option<Cell<'_>> {
        Some(Cell {
            text,
            is_number: true,
        })
    }

    fn codes(fields: &Fields<'_>) -> Vec<(Field, ReasonCode)> {
        let verdict = judge_row(fields, None, Region::parse("PT").unwrap());
        let findings = verdict.findings.iter();
        findings
            .map(|(field, finding)| (*field, finding.code))
            .collect()
    }

    #[test]
    fn a_phone_kept_as_a_number_is_suggested_and_not_used() {
        let fields = Fields {
            contact: number("912345678"),
            ..Fields::default()
        };
        let verdict = judge_row(&fields, None, Region::parse("PT").unwrap());
        assert_eq!((verdict.state(), verdict.contact), (RowState::Error, None));
        assert_eq!(verdict.findings[0].1.suggestion(), Some("+351912345678"));
    }

    #[test]
    fn the_country_of_the_row_counts_for_its_phone() {
        let fields = |country| Fields {
            contact: text("612345678"),
            country: text(country),
            ..Fields::default()
        };
        let verdict = judge_row(&fields("Espanha"), None, Region::parse("PT").unwrap());
        assert_eq!(verdict.contact.as_deref(), Some("+34612345678"));
        assert_eq!(codes(&fields("Spain")), []);
        assert_eq!(
            codes(&fields(" ")),
            [(Field::Contact, ReasonCode::PhoneNotInUse)]
        );
        let unknown = codes(&fields("Atlantis"));
        assert_eq!(unknown[1], (Field::Country, ReasonCode::CountryUnknown));
        let second = Fields {
            contact: text("ana@x.pt"),
            secondary_contact: text("912345678"),
            country: text("Atlantis"),
            ..Fields::default()
        };
        assert_eq!(
            codes(&second),
            [(Field::Country, ReasonCode::CountryUnknown)]
        );
    }

    #[test]
    fn document_numbers_are_taken_as_they_are_or_flagged() {
        let fields = |doc_id| Fields {
            contact: text("ana@x.pt"),
            doc_id,
            ..Fields::default()
        };
        for good in ["123456789", "0012 345-X", "'00123", ""] {
            assert_eq!(codes(&fields(text(good))), [], "{good}");
        }
        assert_eq!(
            codes(&fields(number("123"))),
            [(Field::DocId, ReasonCode::DocIdNumber)]
        );
        assert_eq!(
            codes(&fields(text("9.87654E+08"))),
            [(Field::DocId, ReasonCode::DocIdNumber)]
        );
        assert_eq!(
            codes(&fields(text("12E5"))),
            [],
            "letters are part of many numbers"
        );
        assert_eq!(
            codes(&fields(text("1\u{7}2"))),
            [(Field::DocId, ReasonCode::DocIdForm)]
        );
        assert_eq!(
            codes(&fields(text("#N/A"))),
            [(Field::DocId, ReasonCode::DocIdForm)]
        );
        assert_eq!(id(" '00\u{200B}123 "), "00123");
    }

    #[test]
    fn a_second_contact_is_judged_like_the_first() {
        let fields = |second| Fields {
            contact: text("ana@x.pt"),
            secondary_contact: text(second),
            ..Fields::default()
        };
        assert_eq!(codes(&fields("912345678")), []);
        assert_eq!(
            codes(&fields("9123")),
            [(Field::SecondaryContact, ReasonCode::SecondaryContact)]
        );
        assert_eq!(
            codes(&fields("ANA@x.pt")),
            [(Field::SecondaryContact, ReasonCode::SecondarySame)]
        );
    }

    #[test]
    fn languages_that_humanos_does_not_write_are_warned_of() {
        let fields = |language| Fields {
            contact: text("ana@x.pt"),
            language: text(language),
            ..Fields::default()
        };
        assert_eq!(codes(&fields("português")), []);
        assert_eq!(
            codes(&fields("Deutsch")),
            [(Field::Language, ReasonCode::LanguageUnknown)]
        );
    }
}
