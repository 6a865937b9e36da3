//! Every change can be taken back, and the list is then just what it was.

use std::ops::ControlFlow;

use contacts::{
    ContactList, Field, FileError, Limits, Progress, ReasonCode, RowId, Show, Target, UnknownRow,
    Watch,
};

use crate::made::*;

const FILE: &str = "Email,Phone,Name\nana@x.pt,,Ana\n,912 345 678,Rui\nana@x.pt,,Zoe\n\
    eva@gmial.com,,Eva\nivo@gmial.com,,Ivo\n\"a\"b,,\n";

fn some() -> ContactList {
    let mut list = imported("a.csv", FILE);
    type_in(&mut list, "lia@x.pt\nana@x.pt");
    list
}

type Change = fn(&mut ContactList);

const CHANGES: [(&str, Change); 14] = [
    ("Edited a row", |list| {
        let row = id(list, 0);
        list.edit(row, Field::Contact, "eva@gmial.com").unwrap();
    }),
    ("Edited a row", |list| {
        let row = id(list, 5);
        list.edit(row, Field::DocId, "1").unwrap();
    }),
    ("Accepted one suggestion", |list| {
        let row = id(list, 3);
        assert_eq!(list.accept(row, ReasonCode::EmailTypo, false), Ok(1));
    }),
    ("Accepted 2 suggestions", |list| {
        let row = id(list, 3);
        assert_eq!(list.accept(row, ReasonCode::EmailTypo, true), Ok(2));
    }),
    ("Removed one row", |list| {
        let row = id(list, 0);
        assert_eq!(list.remove(&[row, row]), 1);
    }),
    ("Removed 3 rows", |list| {
        assert_eq!(list.remove_shown(&showing(Show::Errors)), 3);
    }),
    ("Removed 6 rows", |list| {
        assert_eq!(list.remove_source(0), 6);
    }),
    ("Removed 8 rows", |list| assert_eq!(list.clear(), 8)),
    ("Changed the country of phones to Spain", |list| {
        change_region(list, "ES");
    }),
    ("Added one row", |list| {
        type_in(list, "zoe@x.pt");
    }),
    ("Added b.csv", |list| {
        import(list, "b.csv", "Email\nana@x.pt\n");
    }),
    ("Changed how a.csv is read", |list| {
        use_columns(list, 0, &[Target::Ignored, Target::Phone, Target::Email]);
    }),
    ("Changed how a.csv is read", |list| {
        let reading = contacts::Reading {
            header: Some(false),
            ..Default::default()
        };
        read_anew(list, "a.csv", FILE.as_bytes(), &reading);
    }),
    ("Changed how Added by hand is read", |list| {
        use_columns(list, 1, &[Target::Ignored]);
    }),
];

#[test]
fn each_change_taken_back_leaves_the_list_as_it_was() {
    for (words, change) in CHANGES {
        let mut list = some();
        let before = said(&list);
        change(&mut list);
        assert_eq!(list.summary().undo.as_deref(), Some(words));
        assert_ne!(said(&list), before, "{words}");
        check(&list);
        assert!(undo(&mut list));
        assert_eq!(said(&list), before, "{words}");
        check(&list);
    }
}

#[test]
fn two_changes_taken_back_in_turn_leave_each_list_as_it_was() {
    for (_, first) in CHANGES {
        for (words, second) in &CHANGES[8..] {
            let mut list = some();
            let before = said(&list);
            first(&mut list);
            let between = said(&list);
            second(&mut list);
            assert!(undo(&mut list));
            assert_eq!(said(&list), between, "{words}");
            undo(&mut list);
            assert_eq!(said(&list), before, "{words}");
        }
    }
}

#[test]
fn a_removal_comes_back_after_the_region_changed_and_changed_back() {
    let mut list = some();
    let before = said(&list);
    list.remove_source(0);
    change_region(&mut list, "ES");
    change_region(&mut list, "PT");
    (0..3).for_each(|_| assert!(undo(&mut list)));
    assert_eq!(said(&list), before);
    // And in the region of the moment, where that is another.
    list.remove_source(0);
    change_region(&mut list, "ES");
    undo(&mut list);
    undo(&mut list);
    assert_eq!(said(&list), before);
}

#[test]
fn nothing_is_left_to_take_back_at_the_start_and_fifty_changes_are() {
    let mut list = list();
    assert!(!undo(&mut list));
    type_in(&mut list, "ana@x.pt");
    let row = id(&list, 0);
    for at in 0..60 {
        list.edit(row, Field::Name, &format!("Ana {at}")).unwrap();
    }
    assert_eq!((0..100).take_while(|_| undo(&mut list)).count(), 50);
    assert_eq!(in_file_order(&list)[0].name.as_deref(), Some("Ana 9"));
    assert_eq!(list.summary().undo, None);
}

#[test]
fn what_changes_nothing_leaves_nothing_to_take_back() {
    let mut list = some();
    let words = list.summary().undo;
    for hostile in [u64::MAX, 1 << 63, 7 << 32, 0xFFFF_FFFF, (1 << 32) + 2] {
        let row = RowId(hostile);
        assert_eq!(list.remove(&[row]), 0);
        for field in FIELDS {
            assert_eq!(list.edit(row, field, "x"), Err(UnknownRow));
        }
        let accepted = list.accept(row, ReasonCode::EmailTypo, true);
        assert_eq!(accepted, Err(UnknownRow));
    }
    let row = id(&list, 0);
    assert_eq!(
        list.accept(row, ReasonCode::EmailTypo, true),
        Err(UnknownRow)
    );
    assert_eq!(list.remove_shown(&searching("nobody")), 0);
    let nothing = list.add_text(" ,;\n", &Limits::default());
    assert_eq!(nothing, Err(FileError::Empty));
    assert_eq!(list.summary().undo, words);
    check(&list);
}

#[test]
fn what_was_typed_in_a_row_that_went_is_not_found_in_the_row_that_takes_its_place() {
    let mut list = list();
    type_in(&mut list, "ana@x.pt");
    type_in(&mut list, "rui@x.pt");
    let row = id(&list, 1);
    list.edit(row, Field::Name, "Rui").unwrap();
    undo(&mut list);
    undo(&mut list);
    type_in(&mut list, "zoe@x.pt");
    assert_eq!(in_file_order(&list)[1].name, None);
    assert_eq!(contacts(&list), ["ana@x.pt", "zoe@x.pt"]);
    import(&mut list, "a.txt", "a@x.pt");
    let row = id(&list, 2);
    list.edit(row, Field::Name, "A").unwrap();
    undo(&mut list);
    undo(&mut list);
    import(&mut list, "b.txt", "b@x.pt");
    assert_eq!(in_file_order(&list)[2].name, None);
    check(&list);
}

struct Ends;

impl Watch for Ends {
    fn progress(&self, _: Progress) -> ControlFlow<()> {
        ControlFlow::Break(())
    }
}

#[test]
fn long_work_that_is_stopped_changes_nothing() {
    let mut list = some();
    assert!(list.judged_for(region("ES"), &Ends).is_err());
    let stopped = table("b.csv", FILE).judge(region("PT"), &Ends);
    assert_eq!(stopped.err(), Some(FileError::Cancelled));
    change_region(&mut list, "ES");
    let before = said(&list);
    assert_eq!(list.undo(&Ends), Err(FileError::Cancelled));
    assert_eq!(said(&list), before);
    assert!(undo(&mut list), "it can be taken back later");
    assert_eq!(list.region(), region("PT"));
}

#[test]
fn verdicts_for_another_region_do_not_undo_what_changed_meanwhile() {
    let mut list = some();
    let judged = list.judged_for(region("ES"), &contacts::Unwatched).unwrap();
    let gone = id(&list, 0);
    list.remove(&[gone]);
    type_in(&mut list, "new@x.pt");
    list.set_region(judged);
    assert!(in_file_order(&list).iter().all(|row| row.id != gone));
    assert!(contacts(&list).contains(&"new@x.pt".to_owned()));
    check(&list);
}
