//! Changes in any order, each taken back.

use contacts::{ContactList, Reading, ReasonCode, Show, Target};
use proptest::prelude::*;

use crate::made::*;

const FILE: &str = "Email;Phone;Name;País\nana@x.pt;;Ána;PT\n;912345678;Rui;ES\nana@x.pt;;Zoe;\n\
    \"q\"x;;;\nb@gmial.com;1;Eva;PT\n\nc@gmial.com;;Ivo;Atlantis\n";

#[derive(Clone, Debug)]
enum Change {
    Type(String),
    Import,
    Edit(usize, usize, String),
    Accept(usize, bool),
    Remove(Vec<usize>),
    RemoveShown(Show),
    RemoveSource(u32),
    Region(bool),
    Use(Vec<Target>),
    Read(Option<bool>, bool),
    Undo,
}

fn changes() -> impl Strategy<Value = Change> {
    let target = prop_oneof![
        Just(Target::Email),
        Just(Target::Phone),
        Just(Target::DocId),
        Just(Target::Name),
        Just(Target::Country),
        Just(Target::Ignored),
    ];
    let text = || prop_oneof!["[ab]@(x|gmial)\\.(pt|com)", "9123456[67]8", "\\PC{0,4}"];
    prop_oneof![
        text().prop_map(Change::Type),
        Just(Change::Import),
        (0..12_usize, 0..7_usize, text())
            .prop_map(|(row, field, text)| Change::Edit(row, field, text)),
        (0..12_usize, any::<bool>()).prop_map(|(row, alike)| Change::Accept(row, alike)),
        proptest::collection::vec(0..12_usize, 0..3).prop_map(Change::Remove),
        prop_oneof![Just(Show::Errors), Just(Show::Warnings), Just(Show::Ready)]
            .prop_map(Change::RemoveShown),
        (0..4_u32).prop_map(Change::RemoveSource),
        any::<bool>().prop_map(Change::Region),
        proptest::collection::vec(target, 0..5).prop_map(Change::Use),
        (any::<Option<bool>>(), any::<bool>())
            .prop_map(|(header, comma)| Change::Read(header, comma)),
        Just(Change::Undo),
    ]
}

/// Makes a change and says whether it did anything that can be taken back.
fn make(list: &mut ContactList, change: &Change) -> bool {
    let ids: Vec<_> = in_file_order(list).iter().map(|row| row.id).collect();
    match change {
        Change::Type(text) => list.add_text(text, &contacts::Limits::default()).is_ok(),
        Change::Import => import(list, "b.csv", FILE).rows > 0,
        Change::Edit(row, field, text) => ids
            .get(*row)
            .is_some_and(|row| list.edit(*row, FIELDS[*field], text).is_ok()),
        Change::Accept(row, alike) => ids
            .get(*row)
            .is_some_and(|row| list.accept(*row, ReasonCode::EmailTypo, *alike).is_ok()),
        Change::Remove(rows) => {
            let rows: Vec<_> = rows.iter().filter_map(|at| ids.get(*at)).copied().collect();
            list.remove(&rows) > 0
        }
        Change::RemoveShown(show) => list.remove_shown(&showing(*show)) > 0,
        Change::RemoveSource(source) => list.remove_source(*source) > 0,
        Change::Region(spain) => {
            change_region(list, if *spain { "ES" } else { "PT" });
            true
        }
        Change::Use(targets) => {
            use_columns(list, 0, targets);
            true
        }
        Change::Read(header, comma) => {
            let reading = Reading {
                header: *header,
                delimiter: comma.then_some(contacts::Delimiter::Comma),
                ..Reading::default()
            };
            read_anew(list, "a.csv", FILE.as_bytes(), &reading);
            true
        }
        Change::Undo => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 256,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_changes_taken_back_lead_through_every_list_before(
        all in proptest::collection::vec(changes(), 1..14)
    ) {
        let mut list = imported("a.csv", FILE);
        let mut before = Vec::new();
        for change in &all {
            let now = said(&list);
            if matches!(change, Change::Undo) {
                if let Some(then) = before.pop() {
                    prop_assert!(undo(&mut list));
                    prop_assert_eq!(said(&list), then);
                }
            } else if make(&mut list, change) {
                before.push(now);
            } else {
                prop_assert_eq!(said(&list), now);
            }
            check(&list);
        }
        while let Some(then) = before.pop() {
            prop_assert!(undo(&mut list));
            prop_assert_eq!(said(&list), then);
        }
    }
}
