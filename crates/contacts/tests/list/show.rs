//! Filter, search, order.

use contacts::{ContactList, Field, ListAsk, ReasonCode, RowState, Show, SortBy};

use crate::made::*;

fn found(list: &ContactList, search: &str) -> Vec<u32> {
    let ask = ListAsk {
        sort: sorted(SortBy::File, false).sort,
        ..searching(search)
    };
    rows(list, &ask).iter().map(|row| row.line).collect()
}

#[test]
fn a_filter_shows_rows_of_a_state_with_a_reason_and_a_text_together() {
    let list = imported(
        "a.csv",
        "Email,Name\nana@x.pt,Ana\nana@,Ana\nrui@gmial.com,Rui\nAna,Zoe\nana@x.pt,Zoe\n",
    );
    let lines = |ask: &ListAsk| rows(&list, ask).iter().map(|r| r.line).collect::<Vec<_>>();
    assert_eq!(lines(&showing(Show::Errors)), [3, 5, 6]);
    assert_eq!(lines(&showing(Show::Warnings)), [4]);
    assert_eq!(lines(&showing(Show::Ready)), [2]);
    assert_eq!(lines(&with_reason(ReasonCode::Duplicate)), [6]);
    let mut ask = with_reason(ReasonCode::EmailForm);
    ask.show = Show::Errors;
    ask.search = "ana".to_owned();
    assert_eq!(lines(&ask), [3]);
    ask.search = "zoe".to_owned();
    assert_eq!(lines(&ask), [] as [u32; 0]);
}

#[test]
fn a_search_looks_in_every_cell_and_finds_digits_however_they_are_set_out() {
    let list = imported(
        "a.csv",
        "Phone,Name,Note\n912 345 678,Élio,VIP\n(91) 234-56,Rui,\n'0012 34,Zoe,Rua 1 2 3\n",
    );
    for (search, lines) in [
        ("élio", &[2][..]),
        ("ÉLIO", &[2]),
        ("vip", &[2]),
        ("912345678", &[2]),
        ("912-345-678", &[2]),
        ("+351 912345678", &[2]),
        ("00351 912", &[2]),
        ("91.234.56", &[2, 3]),
        ("001234", &[4]),
        ("123", &[2, 3, 4]),
        ("rua 1 2", &[4]),
        ("12 3", &[2, 3, 4]),
        ("0 0 0", &[]),
        ("nobody", &[]),
        ("  ", &[2, 3, 4]),
    ] {
        assert_eq!(found(&list, search), lines, "{search:?}");
    }
}

#[test]
fn a_search_finds_what_was_typed_and_not_what_it_replaced() {
    let mut list = imported("a.csv", "Email,Name\nana@x.pt,Ana\nrui@x.pt,Rui\n");
    let row = id(&list, 0);
    list.edit(row, Field::Contact, "zoe@x.pt").unwrap();
    list.edit(row, Field::DocId, "Z9").unwrap();
    assert_eq!(found(&list, "zoe"), [2]);
    assert_eq!(found(&list, "z9"), [2]);
    assert_eq!(found(&list, "ana@"), [] as [u32; 0]);
    assert_eq!(found(&list, "ana"), [2], "by the name, which stays");
    undo(&mut list);
    undo(&mut list);
    assert_eq!(found(&list, "zoe"), [] as [u32; 0]);
    assert_eq!(found(&list, "ana@"), [2]);
}

#[test]
fn names_are_sorted_without_regard_to_case_and_accents_and_blanks_come_last() {
    let list = imported(
        "a.csv",
        "Email,Name\na@x.pt,zoe\nb@x.pt,\nc@x.pt,Élio\nd@x.pt,Eva\ne@x.pt,elio\nf@x.pt,Ärne\ng@x.pt, \n",
    );
    let names = |descending| {
        let rows = rows(&list, &sorted(SortBy::Name, descending));
        let name = |row: &contacts::Row| {
            let (first, _) = row.text.split_at(1);
            format!("{first} {}", row.name.as_deref().unwrap_or("-"))
        };
        rows.iter().map(name).collect::<Vec<_>>()
    };
    assert_eq!(
        names(false),
        ["f Ärne", "c Élio", "e elio", "d Eva", "a zoe", "b ", "g  "]
    );
    assert_eq!(
        names(true),
        ["a zoe", "d Eva", "c Élio", "e elio", "f Ärne", "b ", "g  "],
        "equals stay in file order, blanks stay last"
    );
}

#[test]
fn every_field_sorts_and_states_keep_the_order_of_the_file() {
    let list = imported(
        "a.csv",
        "Email,Name,Document ID,Language,Internal ID,Second contact,Country\n\
         b@x.pt,B,2,pt,2,912345678,PT\n\
         a@x.pt,A,1,en,1,612345678,ES\n\
         a@,C,3,xx,3,,\n",
    );
    let lines = |by, descending| {
        let rows = rows(&list, &sorted(by, descending));
        rows.iter().map(|row| row.line).collect::<Vec<_>>()
    };
    use SortBy::{
        Contact, Country, DocId, File, InternalId, Language, Name, SecondaryContact, State,
    };
    assert_eq!(
        (lines(File, false), lines(File, true)),
        (vec![2, 3, 4], vec![4, 3, 2])
    );
    assert_eq!(
        (lines(State, false), lines(State, true)),
        (vec![4, 2, 3], vec![2, 3, 4])
    );
    for by in [Name, DocId, InternalId] {
        assert_eq!(
            (lines(by, false), lines(by, true)),
            (vec![3, 2, 4], vec![4, 2, 3])
        );
    }
    assert_eq!(lines(Contact, false), [4, 3, 2]);
    assert_eq!(lines(Language, false), [3, 2, 4]);
    for by in [SecondaryContact, Country] {
        assert_eq!(lines(by, false), [3, 2, 4]);
        assert_eq!(lines(by, true), [2, 3, 4]);
    }
}

#[test]
fn pages_follow_each_change_at_once() {
    let mut list = imported("a.txt", "ana@x.pt\nAna\nrui@x.pt\n");
    let errors = showing(Show::Errors);
    assert_eq!(rows(&list, &errors).len(), 1);
    let bad = rows(&list, &errors)[0].id;
    list.edit(bad, Field::Contact, "zoe@x.pt").unwrap();
    assert_eq!(rows(&list, &errors).len(), 0);
    assert_eq!(list.remove_shown(&errors), 0);
    undo(&mut list);
    assert_eq!(rows(&list, &errors).len(), 1);
    change_region(&mut list, "ES");
    ask_earlier(&mut list, &["ana@x.pt"]);
    assert_eq!(rows(&list, &showing(Show::Warnings)).len(), 1);
    assert_eq!(list.remove_shown(&showing(Show::Warnings)), 1);
    let left = rows(&list, &ListAsk::default());
    assert_eq!((left.len(), left[0].state), (2, RowState::Error));
    assert_eq!(list.rows(&ListAsk::default(), u32::MAX, u32::MAX).rows, []);
    assert_eq!(list.rows(&ListAsk::default(), 1, 0).total, 2);
}
