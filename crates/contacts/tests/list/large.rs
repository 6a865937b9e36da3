//! Long lists: everything is done in about the time that it takes to look at each row once. There is
//! no clock here; what grew with the square of the rows would not end.

use contacts::{Field, ReasonCode, Show, SortBy};

use crate::made::*;

const ROWS: u32 = 200_000;

fn file() -> String {
    let rows = (0..ROWS).map(|at| match at % 10 {
        0 => format!("p{at}@gmial.com,Ç{at},{at}\n"),
        1 => format!("p{}@x.pt,É{at},\n", at - 1),
        2 => "same@x.pt,Same,1\n".to_owned(),
        _ => format!("p{at}@x.pt,n{at},{at}\n"),
    });
    std::iter::once("Email,Name,Document ID\n".to_owned())
        .chain(rows)
        .collect()
}

#[test]
fn two_hundred_thousand_rows_are_added_found_sorted_mended_removed_and_taken_back() {
    let file = file();
    let mut list = list();
    let added = import(&mut list, "a.csv", &file);
    let twins = ROWS / 10 - 1;
    assert_eq!(
        (added.rows, added.warnings, added.errors),
        (ROWS, ROWS / 10, twins)
    );
    for by in [SortBy::Contact, SortBy::Name] {
        let page = list.rows(&sorted(by, true), ROWS / 2, 10);
        assert_eq!((page.total, page.rows.len()), (ROWS, 10));
    }
    assert_eq!(list.rows(&searching("ç1999"), 0, 1).total, 11);
    let typo = list.rows(&showing(Show::Warnings), 0, 1).rows[0].id;
    assert_eq!(
        list.accept(typo, ReasonCode::EmailTypo, true),
        Ok(ROWS as usize / 10)
    );
    assert_eq!(list.summary().warnings, 0);
    undo(&mut list);
    assert_eq!(list.summary().warnings, ROWS / 10);
    // The first of twenty thousand twins goes, and comes back.
    let first = list.rows(&sorted(SortBy::File, false), 2, 1).rows[0].id;
    for _ in 0..20 {
        list.edit(first, Field::Contact, "other@x.pt").unwrap();
        assert_eq!(list.summary().errors, twins - 1);
        undo(&mut list);
        assert_eq!(list.summary().errors, twins);
    }
    assert_eq!(list.remove_shown(&showing(Show::Errors)), twins as usize);
    assert_eq!(
        list.remove_shown(&showing(Show::Ready)),
        (ROWS - twins - ROWS / 10) as usize
    );
    assert_eq!(list.clear(), ROWS as usize / 10);
    (0..3).for_each(|_| assert!(undo(&mut list)));
    assert_eq!((list.summary().all, list.summary().errors), (ROWS, twins));
    change_region(&mut list, "ES");
    assert_eq!(list.unused().len(), 1);
    assert_eq!(list.unused()[0].rows.len(), twins as usize);
    let again = restored(&list);
    assert_eq!(again.summary().all, ROWS);
    assert_eq!(again.summary().errors, twins);
}

#[test]
fn twins_beyond_count_go_one_by_one() {
    let mut list = imported("a.txt", "same@x.pt\n".repeat(50_000));
    for at in 0..200 {
        let first = contacts::RowId(at);
        assert_eq!(list.remove(&[first]), 1);
        assert_eq!(list.contacts().count(), 1);
    }
    (0..50).for_each(|_| assert!(undo(&mut list)));
    assert_eq!(list.summary().errors, 50_000 - 151);
}
