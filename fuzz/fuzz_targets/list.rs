//! What an officer may do with a list, in any order: all holds after each step, and whatever is taken
//! back was as if it had never been.

#![no_main]

use contacts::{
    ContactList, Earlier, Field, Limits, ListAsk, Reading, ReasonCode, ReasonCount, Region, RowId,
    RowPage, Target, Unwatched,
};
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;

/// Fewer than can be taken back.
const STEPS: usize = 40;

const WORDS: [&str; 16] = [
    "ana@example.com",
    "ANA@example.com",
    "Ana@Example.com",
    "rui@gmial.com",
    "eva@gmial.com",
    "912345678",
    "+351 912 345 678",
    "+44 7400 123456",
    "351912345678",
    "0034612345678",
    "ana@example.com.",
    "a@b, c@d",
    "9.1E+08",
    "=\"912345678\"",
    "\u{200B}ana@example.com",
    "",
];
const FIELDS: [Field; 7] = [
    Field::Contact,
    Field::Name,
    Field::DocId,
    Field::Language,
    Field::InternalId,
    Field::SecondaryContact,
    Field::Country,
];
const TARGETS: [Target; 6] = [
    Target::Contact,
    Target::Email,
    Target::Phone,
    Target::DocId,
    Target::SecondaryContact,
    Target::Ignored,
];
const REGIONS: [&str; 4] = ["PT", "US", "GB", "BR"];

#[derive(Arbitrary, Debug)]
enum Text<'a> {
    Known(u8),
    Free(&'a str),
}

#[derive(Arbitrary, Debug)]
enum Step<'a> {
    Type(Vec<Text<'a>>),
    File(Vec<(Text<'a>, Text<'a>)>),
    Edit(u8, u8, Text<'a>),
    Remove(u8, u8),
    RemoveFound(&'a str),
    RemoveSource(u8),
    Clear,
    Accept(u8, u8, bool),
    Use(u8, [u8; 2]),
    Region(u8),
    Asked(u8),
    Undo,
    Keep,
}

impl<'a> Text<'a> {
    fn get(&self) -> &'a str {
        match self {
            Self::Known(at) => pick(&WORDS, *at),
            Self::Free(text) => text,
        }
    }
}

/// What is compared after a step was taken back. Sources stay once they were there.
type Look = (Region, u32, Vec<ReasonCount>, RowPage);

fn look(list: &ContactList) -> Look {
    let summary = list.summary();
    let page = list.rows(&ListAsk::default(), 0, 1_000);
    (summary.region, summary.all, summary.reasons, page)
}

fn pick<T: Copy>(of: &[T], at: u8) -> T {
    of[at as usize % of.len()]
}

fn row(list: &ContactList, at: u8) -> Option<RowId> {
    let page = list.rows(&ListAsk::default(), u32::from(at), 1);
    Some(page.rows.first()?.id)
}

/// Does a step; says whether it can be taken back.
fn take(list: &mut ContactList, step: &Step<'_>) -> bool {
    match step {
        Step::Type(texts) => {
            let lines: Vec<_> = texts.iter().map(Text::get).collect();
            list.add_text(&lines.join("\n"), &Limits::default()).is_ok()
        }
        Step::File(rows) => {
            let quoted = |text: &Text<'_>| format!("\"{}\"", text.get().replace('"', "\"\""));
            let line = |(a, b): &(Text<'_>, Text<'_>)| format!("{},{}\n", quoted(a), quoted(b));
            let file = format!(
                "Contact,Document\n{}",
                rows.iter().map(line).collect::<String>()
            );
            let read = fuzz::with_reader(|reader| {
                reader.file("list.csv", file.as_bytes(), &Reading::default())
            });
            let Ok(mut read) = read else { return false };
            let table = read.tables.pop().expect("one table");
            let judged = table
                .judge(list.region(), &Unwatched)
                .expect("nobody ends it");
            list.add(judged).is_ok()
        }
        Step::Edit(at, field, text) => row(list, *at)
            .is_some_and(|row| list.edit(row, pick(&FIELDS, *field), text.get()).is_ok()),
        Step::Remove(a, b) => {
            let rows: Vec<RowId> = [*a, *b]
                .into_iter()
                .filter_map(|at| row(list, at))
                .collect();
            list.remove(&rows) > 0
        }
        Step::RemoveFound(text) => {
            let ask = ListAsk {
                search: (*text).to_owned(),
                ..ListAsk::default()
            };
            list.remove_shown(&ask) > 0
        }
        Step::RemoveSource(at) => list.remove_source(u32::from(*at % 4)) > 0,
        Step::Clear => list.clear() > 0,
        Step::Accept(at, reason, alike) => {
            let page = list.rows(&ListAsk::default(), u32::from(*at), 1);
            let Some(row) = page.rows.first() else {
                return false;
            };
            let codes: Vec<ReasonCode> = row.reasons.iter().map(|reason| reason.code).collect();
            !codes.is_empty() && list.accept(row.id, pick(&codes, *reason), *alike).is_ok()
        }
        Step::Use(source, targets) => {
            let source = u32::from(*source % 4);
            let Ok(mut table) = list.table(source) else {
                return false;
            };
            table.set_targets(&targets.map(|target| pick(&TARGETS, target)));
            let judged = table
                .judge(list.region(), &Unwatched)
                .expect("nobody ends it");
            list.read_anew(source, judged).is_ok()
        }
        Step::Region(at) => {
            let region = Region::parse(pick(&REGIONS, *at)).expect("it has a plan");
            let judged = list.judged_for(region, &Unwatched).expect("nobody ends it");
            list.set_region(judged);
            true
        }
        Step::Asked(_) | Step::Undo | Step::Keep => false,
    }
}

fuzz_target!(|steps: Vec<Step<'_>>| {
    let mut list = ContactList::new(fuzz::portugal());
    let mut before: Vec<Option<Look>> = Vec::new();
    for step in steps.iter().take(STEPS) {
        match step {
            Step::Undo => {
                let undone = list.undo(&Unwatched).expect("nobody ends it");
                assert_eq!(undone, !before.is_empty());
                if let Some(Some(look_before)) = before.pop() {
                    assert!(look(&list) == look_before, "taken back, but not as it was");
                }
            }
            Step::Keep => fuzz::check_kept(&list),
            Step::Asked(at) => {
                let mut earlier = Earlier::default();
                earlier.note(pick(&WORDS, *at), "1".to_owned(), "“Q3”".to_owned());
                list.asked(earlier);
                // That is no step, and stays.
                before.iter_mut().for_each(|look| *look = None);
            }
            step => {
                let look_before = look(&list);
                if take(&mut list, step) {
                    before.push(Some(look_before));
                }
            }
        }
        fuzz::check(&list);
    }
    fuzz::check_export(&list);
});
