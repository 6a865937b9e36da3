//! The judge of one contact: what it is, how it is written, and whether it can be used. It knows
//! nothing of other rows; duplicates are `index.rs`'s affair.

use crate::reason::Finding;
use crate::{Kind, MAX_FIELD_CHARS, ReasonCode, Region, RowState};

mod clean;
mod domains;
mod email;
mod phone;
mod row;

pub(crate) use row::{Fields, Languages, RowVerdict, id, judge_next_row, judge_row, second};

/// What is to be said of one contact.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) kind: Option<Kind>,
    /// The contact as it will be sent; only where no finding is an error.
    pub(crate) contact: Option<String>,
    pub(crate) findings: Vec<Finding>,
}

impl Verdict {
    pub(crate) fn state(&self) -> RowState {
        let states = self.findings.iter().map(|finding| finding.code.state());
        states.max().unwrap_or(RowState::Ready)
    }

    pub(crate) fn refused(finding: Finding) -> Self {
        Self {
            findings: vec![finding],
            ..Self::default()
        }
    }
}

/// Judges a contact as found. Phone numbers without a country are taken to be of the region.
pub(crate) fn judge(found: &str, region: Region) -> Verdict {
    if found.len() > MAX_FIELD_CHARS && found.chars().count() > MAX_FIELD_CHARS {
        return Verdict::refused(Finding::new(ReasonCode::FieldTooLong));
    }
    let (visible, hidden) = clean::visible(found);
    let (text, name) = clean::peel(&visible);
    // Half of all contacts are such, and there is nothing else to be found about them.
    let simple = name.is_empty().then(|| email::simple(text)).flatten();
    let (kind, contact) = match simple {
        Some(address) => (Some(Kind::Email), Ok(address)),
        None => closely(text, name, region),
    };
    let mut verdict = match contact {
        Ok(contact) => Verdict {
            kind,
            contact: Some(contact),
            findings: Vec::new(),
        },
        Err(finding) => Verdict {
            kind,
            contact: None,
            findings: vec![finding],
        },
    };
    if let (Some(contact), Some(Kind::Email)) = (&verdict.contact, kind) {
        verdict.findings.extend(domains::hint(contact));
    }
    if hidden && !text.is_empty() {
        verdict
            .findings
            .push(Finding::new(ReasonCode::HiddenRemoved));
    }
    if !name.is_empty() && verdict.contact.is_some() {
        verdict.findings.push(name_left_out(name));
    }
    verdict
}

fn closely(text: &str, name: &str, region: Region) -> (Option<Kind>, Result<String, Finding>) {
    match refuse_others(text, name) {
        Some(finding) => (None, Err(finding)),
        None if text.contains('@') => (Some(Kind::Email), email::normalise(text)),
        None => match phone::normalise(text, region) {
            Err(finding) if finding.code == ReasonCode::NotAContact => (None, Err(finding)),
            phone => (Some(Kind::Phone), phone),
        },
    }
}

/// What a cell seems to be, at a glance: enough to tell columns apart.
pub(crate) fn looks_like(cell: &str) -> Option<Kind> {
    let cell = cell.trim();
    if let Some((local, domain)) = cell.split_once('@') {
        let local = local.rsplit('<').next().unwrap_or(local);
        let is_whole = !local.is_empty() && !local.contains([',', ';', '\t', '|', ' ']);
        return (is_whole && !domain.is_empty()).then_some(Kind::Email);
    }
    if cell.len() > 60 {
        return None;
    }
    let mut digits = 0;
    for c in cell.chars() {
        if c.is_numeric() {
            digits += 1;
        } else if !is_phone_mark(c) {
            return None;
        }
    }
    (7..=17).contains(&digits).then_some(Kind::Phone)
}

fn is_phone_mark(c: char) -> bool {
    matches!(c, '+' | '-' | '(' | ')' | '.' | '\'' | '"')
        || c.is_whitespace()
        || clean::is_hidden(c)
}

fn refuse_others(text: &str, name: &str) -> Option<Finding> {
    if text.is_empty() && name.is_empty() {
        return Some(Finding::new(ReasonCode::Empty));
    }
    if !text.is_ascii() && text.contains('\u{FFFD}') {
        return Some(Finding::words(
            ReasonCode::BadBytes,
            "Some characters could not be read; write the contact again",
        ));
    }
    if has_control(text) {
        return Some(Finding::new(ReasonCode::ControlCharacters));
    }
    formula(text)
        .or_else(|| spreadsheet_number(text))
        .or_else(|| several(text, name))
}

fn has_control(text: &str) -> bool {
    if text.is_ascii() {
        text.bytes().any(|b| b.is_ascii_control())
    } else {
        text.chars().any(char::is_control)
    }
}

fn formula(text: &str) -> Option<Finding> {
    if !text.starts_with(['#', '+', '-', '@', '=']) {
        return None;
    }
    const FAILED: [&str; 7] = [
        "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!",
    ];
    if FAILED.contains(&text) {
        return Some(Finding::words(
            ReasonCode::Formula,
            "The error of a formula, not a contact",
        ));
    }
    let calls = text.starts_with(['+', '-', '@'])
        && text[1..].starts_with(|c: char| c.is_ascii_alphabetic())
        && text.contains('(');
    if !calls && !text.starts_with('=') {
        return None;
    }
    let finding = Finding::new(ReasonCode::Formula);
    let quoted = text
        .strip_prefix("=\"")
        .and_then(|inside| inside.strip_suffix('"'));
    Some(match quoted.filter(|inside| looks_like(inside).is_some()) {
        Some(inside) => finding.suggest(inside),
        None => finding,
    })
}

/// `3.51912E+11` and `351912345678.0`: digits may be lost, so nothing is suggested.
fn spreadsheet_number(text: &str) -> Option<Finding> {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !unsigned.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let parts = |number: &str| match number.split_once(['.', ',']) {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(number),
    };
    let scientific = unsigned
        .split_once(['e', 'E'])
        .is_some_and(|(number, power)| {
            parts(number) && digits(power.strip_prefix(['+', '-']).unwrap_or(power))
        });
    let trailing = unsigned
        .split_once(['.', ','])
        .is_some_and(|(whole, fraction)| {
            digits(whole) && whole.len() >= 6 && matches!(fraction, "0" | "00")
        });
    (scientific || trailing).then(|| {
        Finding::words(
            ReasonCode::SpreadsheetNumber,
            "Turned into a number by the spreadsheet, so digits may be lost; write the phone again",
        )
    })
}

fn several(text: &str, name: &str) -> Option<Finding> {
    let other = name.contains('@') && !name.eq_ignore_ascii_case(text);
    let is_email = text.contains('@');
    let is_mark = |c: char| matches!(c, ',' | ';' | '/' | '|') || (is_email && c.is_whitespace());
    if !other && !text.contains(is_mark) {
        return None;
    }
    let parts = text
        .split(is_mark)
        .filter(|part| looks_like(part).is_some());
    let finding = Finding::words(
        ReasonCode::SeveralContacts,
        "More than one contact here; keep one and add the others as rows",
    );
    (other || parts.take(2).count() == 2).then_some(finding)
}

fn name_left_out(name: &str) -> Finding {
    let short: String = name.chars().take(80).collect();
    Finding::text(
        ReasonCode::NameLeftOut,
        format!("The name “{short}” was left out"),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn portugal() -> Region {
        Region::parse("PT").unwrap()
    }

    fn codes(found: &str) -> Vec<ReasonCode> {
        judge(found, portugal())
            .findings
            .iter()
            .map(|finding| finding.code)
            .collect()
    }

    fn contact(found: &str) -> Option<String> {
        judge(found, portugal()).contact
    }

    #[test]
    fn what_a_spreadsheet_changed_is_never_guessed() {
        for text in [
            "3.51912E+11",
            "3,51912E+11",
            "351912345678.0",
            "912345678,00",
            "9E8",
        ] {
            assert_eq!(codes(text), [ReasonCode::SpreadsheetNumber], "{text}");
        }
        assert_eq!(contact("912.345.678").as_deref(), Some("+351912345678"));
    }

    #[test]
    fn formulas_are_no_contacts() {
        for text in [
            "=A1",
            "=HYPERLINK(\"mailto:a@x.pt\")",
            "@SUM(A1)",
            "+SUM(A1)",
            "#N/A",
        ] {
            assert_eq!(codes(text), [ReasonCode::Formula], "{text}");
        }
        let verdict = judge("=\"912345678\"", portugal());
        let reason = verdict.findings[0].clone().about(crate::Field::Contact);
        assert_eq!(reason.suggestion.as_deref(), Some("912345678"));
    }

    #[test]
    fn names_and_wrappings_come_off() {
        for text in [
            "Ana Silva <ana@example.com>",
            "\"Silva, Ana\" <ana@example.com>",
            "<ana@example.com>",
            "mailto:ana@example.com",
            "'ana@example.com'",
            "\u{200B}ana@example.com\u{A0}",
        ] {
            assert_eq!(contact(text).as_deref(), Some("ana@example.com"), "{text}");
        }
        assert_eq!(
            codes("Ana Silva <ana@example.com>"),
            [ReasonCode::NameLeftOut]
        );
        assert_eq!(
            contact("'+351 912 345 678").as_deref(),
            Some("+351912345678")
        );
    }

    #[test]
    fn two_contacts_are_not_one() {
        for text in [
            "ana@example.com; rui@example.com",
            "ana@example.com rui@example.com",
            "912345678 / 913456789",
            "rui@example.com <ana@example.com>",
            "ana@example.com 912345678",
        ] {
            assert_eq!(codes(text), [ReasonCode::SeveralContacts], "{text}");
        }
    }

    #[test]
    fn what_is_not_a_contact_says_so() {
        assert_eq!(codes(""), [ReasonCode::Empty]);
        assert_eq!(codes(" \u{A0}\u{200B} "), [ReasonCode::Empty]);
        assert_eq!(codes("Ana Silva"), [ReasonCode::NotAContact]);
        assert_eq!(
            codes("ana\u{1}@example.com"),
            [ReasonCode::ControlCharacters]
        );
        assert_eq!(codes("jos\u{FFFD}@example.com"), [ReasonCode::BadBytes]);
        assert_eq!(
            codes(&"9".repeat(MAX_FIELD_CHARS + 1)),
            [ReasonCode::FieldTooLong]
        );
    }

    fn texts() -> impl Strategy<Value = String> {
        prop_oneof![
            "\\PC{0,40}",
            "[a-z0-9.<>'\"@+=]{0,12}@[A-Za-z0-9.-]{0,10}\\.(com|PT)",
            "[+0-9 ().-]{5,18}",
            "(\\+|00)[0-9]{6,14}",
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn to_normalise_twice_changes_nothing(text in texts()) {
            if let Some(once) = contact(&text) {
                prop_assert_eq!(contact(&once), Some(once.clone()), "{} from {}", once, text);
            }
        }

        #[test]
        fn an_address_taken_at_a_glance_would_be_taken_closely_too(
            text in "[aeE0-9.'+-]{1,8}@[a-c0-9.-]{0,9}\\.[a-z]{2,3}"
        ) {
            if let Some(address) = email::simple(&text) {
                let closely = closely(&text, "", portugal());
                prop_assert_eq!(closely, (Some(Kind::Email), Ok(address)), "{}", text);
            }
        }

        #[test]
        fn a_contact_stands_only_where_no_error_does(text in texts()) {
            let verdict = judge(&text, portugal());
            prop_assert_eq!(verdict.contact.is_some(), verdict.state() != RowState::Error);
        }
    }
}
