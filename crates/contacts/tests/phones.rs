//! Phone numbers against libphonenumber: first the crate that we use, then what the list makes of
//! it. `tests/data/make_phones.py` makes the cases.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use contacts::{ContactList, Limits, Region};
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat};

const CASES: &str = include_str!("data/phones.tsv");

struct Case {
    region: &'static str,
    text: &'static str,
    /// Empty where libphonenumber finds no valid number.
    e164: &'static str,
}

fn cases() -> Vec<Case> {
    let case = |line: &'static str| {
        let [region, text, e164] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        Case { region, text, e164 }
    };
    CASES.lines().map(case).collect()
}

/// What the list takes a text for; nothing where it refuses it. A semicolon makes two rows of a text.
fn taken(region: &str, text: &str) -> Vec<String> {
    let mut list = ContactList::new(Region::parse(region).unwrap());
    list.add_text(text, &Limits::default()).unwrap();
    list.contacts().map(str::to_owned).collect()
}

#[test]
fn the_cases_are_many_and_sorted() {
    let cases = cases();
    assert!(cases.len() >= 12_419, "{}", cases.len());
    let in_order = |a: &Case, b: &Case| (a.region, a.text) < (b.region, b.text);
    assert!(cases.is_sorted_by(in_order));
    let valid = cases.iter().filter(|case| !case.e164.is_empty()).count();
    assert!(valid > 9_000 && cases.len() - valid > 3_000, "{valid}");
    let regions: Vec<_> = contacts::regions()
        .iter()
        .map(|choice| choice.code.code())
        .collect();
    let mut tested: Vec<_> = cases.iter().map(|case| case.region).collect();
    tested.dedup();
    assert_eq!(tested, regions);
}

#[test]
fn the_crate_agrees_with_libphonenumber() {
    let mut different = Vec::new();
    for case in cases() {
        let region = rlibphonenumber::Region::from_code(case.region).unwrap();
        let number = PHONE_NUMBER_UTIL.parse(case.text, Some(region)).ok();
        let number = number.filter(|number| PHONE_NUMBER_UTIL.is_valid_number(number));
        let e164 = number
            .map(|number| {
                PHONE_NUMBER_UTIL
                    .format(&number, PhoneNumberFormat::E164)
                    .into_owned()
            })
            .unwrap_or_default();
        if e164 != case.e164 {
            different.push(format!(
                "{} {:?}: {} not {e164}",
                case.region, case.text, case.e164
            ));
        }
    }
    assert!(
        different.is_empty(),
        "{}\n{}",
        different.len(),
        different.join("\n")
    );
}

#[test]
fn the_list_never_takes_a_number_for_another() {
    let mut refused: BTreeMap<Refused, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for case in cases() {
        match taken(case.region, case.text).as_slice() {
            [] if case.e164.is_empty() => {}
            [] => *refused.entry(Refused::of(&case)).or_default() += 1,
            [contact] if contact == case.e164 => {}
            other => wrong.push(format!(
                "{} {:?}: {} not {other:?}",
                case.region, case.text, case.e164
            )),
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
    let kinds = [(Refused::Extension, 3_400), (Refused::Letters, 651)];
    assert_eq!(refused, BTreeMap::from(kinds));
}

/// What the list refuses though libphonenumber takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Refused {
    /// An extension is no part of a contact; the number without it is suggested.
    Extension,
    /// `800 CALL`, `Tel: 800…`: letters are more often a name than digits.
    Letters,
}

impl Refused {
    fn of(case: &Case) -> Self {
        let has = |marks: &[&str]| marks.iter().any(|mark| case.text.contains(mark));
        if has(&["ext", "x", "int", "#"]) {
            Self::Extension
        } else if case.text.chars().any(char::is_alphabetic) {
            Self::Letters
        } else {
            panic!("{} {:?} was refused", case.region, case.text)
        }
    }
}
