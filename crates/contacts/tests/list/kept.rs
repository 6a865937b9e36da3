//! A list that is kept in pieces and restored.

use contacts::{Changes, ContactList, Field, Target, Unwatched};

use crate::made::*;

fn changed() -> ContactList {
    let mut list = imported(
        "a.csv",
        "Email,Name\nana@x.pt,Ana\nrui@,Rui\nzoe@x.pt,Zoe\n\n",
    );
    import(
        &mut list,
        "b.csv",
        "sep=;\nEmail;País\nana@x.pt;PT\neva@gmial.com;ES\n",
    );
    type_in(&mut list, "lia@x.pt, ivo@x.pt");
    let (rui, eva, ivo) = (id(&list, 1), id(&list, 4), id(&list, 6));
    list.edit(rui, Field::Contact, "rui@x.pt").unwrap();
    list.edit(ivo, Field::DocId, "1").unwrap();
    list.edit(eva, Field::Name, "Eva").unwrap();
    list.remove(&[eva]);
    use_columns(&mut list, 0, &[Target::Email, Target::InternalId]);
    change_region(&mut list, "ES");
    list
}

#[test]
fn a_list_comes_back_the_same_with_nothing_to_take_back() {
    let list = changed();
    let mut again = restored(&list);
    assert_eq!(said(&again), said(&list));
    assert_eq!(again.summary().undo, None);
    assert!(!undo(&mut again));
    assert_eq!(again.unasked().count(), again.contacts().count() + 1);
    // And goes on as the old one would.
    let mut list = list;
    for list in [&mut list, &mut again] {
        type_in(list, "new@x.pt\nana@x.pt");
        let row = id(list, 0);
        list.edit(row, Field::Contact, "x@x.pt").unwrap();
    }
    assert_eq!(said(&again), said(&list));
}

#[test]
fn fields_of_removed_rows_are_not_shown_before_or_after() {
    let mut list = imported("a.txt", "ana@x.pt\nrui@x.pt\n");
    let row = id(&list, 0);
    list.edit(row, Field::Name, "Ana").unwrap();
    assert_eq!(list.summary().fields, [Field::Name]);
    list.remove(&[row]);
    assert_eq!(list.summary().fields, []);
    check(&list);
    undo(&mut list);
    assert_eq!(list.summary().fields, [Field::Name]);
}

#[test]
fn a_stamp_changes_with_the_cells_and_comes_back_with_them() {
    let mut list = imported("a.csv", "Email,Name\nana@x.pt,Ana\n");
    let first = list.cells_stamp(0);
    let row = id(&list, 0);
    list.edit(row, Field::Name, "A").unwrap();
    use_columns(&mut list, 0, &[Target::Email, Target::Ignored]);
    assert_eq!(list.cells_stamp(0), first, "the cells are the same");
    let reading = contacts::Reading {
        header: Some(false),
        ..Default::default()
    };
    read_anew(&mut list, "a.csv", b"Email,Name\nana@x.pt,Ana\n", &reading);
    assert_ne!(list.cells_stamp(0), first);
    undo(&mut list);
    assert_eq!(list.cells_stamp(0), first);
    type_in(&mut list, "a@x.pt");
    let by_hand = list.cells_stamp(1);
    assert_eq!(list.by_hand_source(), Some(1));
    type_in(&mut list, "b@x.pt");
    assert_ne!(list.cells_stamp(1), by_hand);
    undo(&mut list);
    undo(&mut list);
    import(&mut list, "c.csv", "Email\nc@x.pt\n");
    assert_ne!(list.cells_stamp(1), by_hand, "another source in its place");
    assert_eq!((list.cells_stamp(9), list.cells(u32::MAX)), (None, None));
}

#[test]
fn changes_that_were_tampered_with_are_judged_and_break_nothing() {
    let list = imported("a.csv", "Email,Name\nana@x.pt,Ana\nrui@x.pt,Rui\n");
    let kept = serde_json::to_string(&list.changes()).unwrap();
    let long = format!(
        "\"typed\":[[0,1,[[\"contact\",\"x\"],[\"contact\",\"{}\"]]]]",
        "9".repeat(99_999)
    );
    for (from, to) in [
        ("\"skip\":1", "\"skip\":4294967295"),
        ("\"skip\":1", "\"skip\":0"),
        (
            "[[1,2]]",
            "[[4294967295,4294967295],[0,99],[1,1],[0,4294967295]]",
        ),
        ("[[1,2]]", "[]"),
        (
            "\"typed\":[]",
            "\"typed\":[[0,1,[]],[9,9,[[\"name\",\"x\"]]],[0,4294967295,[[\"name\",\"x\"]]]]",
        ),
        ("\"typed\":[]", &long),
        ("\"target\":\"email\"", "\"target\":\"country\""),
        ("\"target\":\"name\"", "\"target\":\"email\""),
    ] {
        let tampered = kept.replacen(from, to, 1);
        assert_ne!(tampered, kept, "{from}");
        let changes: Changes = serde_json::from_str(&tampered).unwrap();
        let mut list = ContactList::restore(changes, |at| list.cells(at), &Unwatched).unwrap();
        check(&list);
        let table = list.table(0).unwrap();
        let preview = table.preview();
        assert!(preview.count <= 3);
        if let Ok(judged) = table.judge(list.region(), &Unwatched) {
            list.read_anew(0, judged).unwrap();
        }
        if let Some(row) = in_file_order(&list).first() {
            list.edit(row.id, Field::Contact, "new@x.pt").unwrap();
            assert_eq!(in_file_order(&list)[0].contact.as_deref(), Some("new@x.pt"));
        }
        check(&list);
    }
}
