//! Duplicates within a file, across files, and against earlier requests; each with its twin.

use contacts::{ContactList, Earlier, Field, ReasonCode, RowId, RowState};

use crate::made::*;

fn duplicates(list: &ContactList) -> Vec<(u32, String)> {
    let rows = in_file_order(list).into_iter();
    let twins = rows.filter(|row| codes(row).contains(&ReasonCode::Duplicate));
    twins
        .map(|row| (row.line, row.reasons[0].message.clone()))
        .collect()
}

fn three() -> ContactList {
    let mut list = imported("a.csv", "Email,Name\nana@x.pt,A\nAna@X.pt,B\nrui@x.pt,C\n");
    import(&mut list, "b.csv", "Email,Name\nANA@x.pt,D\n");
    type_in(&mut list, "rui@x.pt");
    list
}

fn same(line: u32, words: &str) -> (u32, String) {
    (line, words.to_owned())
}

#[test]
fn each_later_twin_names_the_first() {
    let list = three();
    assert_eq!(
        duplicates(&list),
        [
            same(3, "Same as row 2 (a.csv)"),
            same(2, "Same as row 2 (a.csv)"),
            same(0, "Same as row 4 (a.csv)"),
        ]
    );
    assert_eq!(contacts(&list), ["ana@x.pt", "rui@x.pt"]);
    let twin = &in_file_order(&list)[3];
    let reason = &twin.reasons[0];
    assert_eq!(
        (reason.field, reason.column.as_deref()),
        (Field::Contact, Some("Email"))
    );
    check(&list);
}

#[test]
fn the_next_twin_takes_the_place_of_the_first_when_it_goes_and_gives_it_back() {
    for go in [
        |list: &mut ContactList, first: RowId| assert_eq!(list.remove(&[first]), 1),
        |list: &mut ContactList, first: RowId| {
            list.edit(first, Field::Contact, "zoe@x.pt").unwrap();
        },
        |list: &mut ContactList, first: RowId| list.edit(first, Field::Contact, "").unwrap(),
        |list: &mut ContactList, _: RowId| {
            use_columns(
                list,
                0,
                &[contacts::Target::Ignored, contacts::Target::Email],
            );
        },
    ] {
        let mut list = three();
        let before = said(&list);
        let first = id(&list, 0);
        go(&mut list, first);
        assert!(
            contacts(&list)
                .iter()
                .any(|contact| contact.eq_ignore_ascii_case("ana@x.pt"))
        );
        check(&list);
        undo(&mut list);
        assert_eq!(said(&list), before);
    }
}

#[test]
fn a_source_that_goes_frees_the_twins_in_others() {
    let mut list = three();
    assert_eq!(list.remove_source(0), 3);
    assert_eq!(contacts(&list), ["ANA@x.pt", "rui@x.pt"]);
    assert_eq!(duplicates(&list), []);
    assert_eq!(list.remove_source(0), 0);
    assert_eq!(list.remove_source(u32::MAX), 0);
    undo(&mut list);
    assert_eq!(duplicates(&list).len(), 3);
}

#[test]
fn a_row_edited_into_an_earlier_place_makes_the_later_one_a_twin() {
    let mut list = imported("a.txt", "x@x.pt\nana@x.pt\n");
    let row = id(&list, 0);
    list.edit(row, Field::Contact, "ana@x.pt").unwrap();
    assert_eq!(duplicates(&list), [same(2, "Same as row 1 (a.txt)")]);
    undo(&mut list);
    assert_eq!(duplicates(&list), []);
}

#[test]
fn contacts_asked_before_are_warned_of_whenever_they_appear() {
    let mut list = imported("a.txt", "ana@x.pt\nrui@x.pt\n");
    let unasked: Vec<_> = list.unasked().map(str::to_owned).collect();
    assert_eq!(unasked, ["ana@x.pt", "rui@x.pt"]);
    ask_earlier(&mut list, &["ana@x.pt"]);
    assert_eq!(list.unasked().count(), 0);
    let row = &in_file_order(&list)[0];
    assert_eq!(
        (row.state, codes(row)),
        (RowState::Warning, vec![ReasonCode::AskedBefore])
    );
    assert_eq!(
        row.reasons[0].message,
        "Asked before in “Renewal” on 3 May 2026"
    );
    assert_eq!(row.reasons[0].request.as_deref(), Some("r1"));
    // Known contacts need no second look; new ones do.
    type_in(&mut list, "zoe@x.pt");
    assert_eq!(list.unasked().collect::<Vec<_>>(), ["zoe@x.pt"]);
    let last = id(&list, 2);
    list.edit(last, Field::Contact, "ANA@x.pt").unwrap();
    assert_eq!(
        codes(&in_file_order(&list)[2]),
        [ReasonCode::Duplicate, ReasonCode::AskedBefore]
    );
    list.edit(last, Field::Contact, "eva@x.pt").unwrap();
    assert_eq!(codes(&in_file_order(&list)[2]), []);
    list.remove(&[last]);
    assert_eq!(list.unasked().count(), 0, "removed rows are not looked for");
    undo(&mut list);
    assert!(list.unasked().any(|contact| contact == "eva@x.pt"));
    list.asked(Earlier::default());
    assert_eq!(list.summary().warnings, 1);
}

#[test]
fn changes_without_end_do_not_pile_up_contacts_to_look_for() {
    let mut list = imported("a.txt", "ana@x.pt\nrui@x.pt\n");
    let row = id(&list, 0);
    for at in 0..5_000 {
        list.edit(row, Field::Contact, &format!("p{at}@x.pt"))
            .unwrap();
    }
    assert!(list.unasked().count() < 2_000, "{}", list.unasked().count());
    assert!(list.unasked().any(|contact| contact == "p4999@x.pt"));
    assert!(list.unasked().any(|contact| contact == "rui@x.pt"));
}
