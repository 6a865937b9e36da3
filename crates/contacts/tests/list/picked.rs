//! The people as they were picked: who, with which values, from where, whatever becomes of the list.

use contacts::{ContactList, Field, Picked, Place};

use crate::made::*;

/// Two files and what was typed: five people and two rows in error.
fn some() -> ContactList {
    let mut list = imported(
        "staff.csv",
        "Email, Plan ,Name\nana@x.pt,A,Ana\nana@,B,Bad\nrui@x.pt,,Rui\nzoe@x.pt,C\n",
    );
    import(
        &mut list,
        "guests.csv",
        "Plan;Phone;City\nD;912 345 678;Faro\nE;912345678;Twin\n",
    );
    type_in(&mut list, "eva@x.pt");
    list
}

fn values(picked: &Picked, at: usize) -> Vec<&str> {
    let columns = 0..picked.columns().len();
    columns.map(|column| picked.value(at, column)).collect()
}

#[test]
fn columns_of_all_sources_are_put_together_by_name() {
    let picked = some().picked();
    assert_eq!(
        picked.columns(),
        ["Email", "Plan", "Name", "Phone", "City", "Contact"]
    );
    let found: Vec<_> = (0..picked.len()).map(|at| values(&picked, at)).collect();
    assert_eq!(
        found,
        [
            ["ana@x.pt", "A", "Ana", "", "", ""],
            ["rui@x.pt", "", "Rui", "", "", ""],
            ["zoe@x.pt", "C", "", "", "", ""],
            ["", "D", "", "912 345 678", "Faro", ""],
            ["", "", "", "", "", "eva@x.pt"],
        ]
    );
    assert_eq!(picked.value(0, 6), "", "a column that is not there");
}

#[test]
fn people_stand_where_the_list_shows_them() {
    let list = some();
    let picked = list.picked();
    let usable = in_file_order(&list).into_iter();
    let usable = usable.filter(|row| row.state != contacts::RowState::Error);
    let sources = list.summary().sources;
    let mut people = 0;
    for (at, row) in usable.enumerate() {
        let place = Place {
            source: &sources[row.source as usize].name,
            line: row.line,
        };
        assert_eq!(picked.place(at), place);
        assert_eq!(Some(picked.contact(at)), row.contact.as_deref());
        people += 1;
    }
    assert_eq!((picked.len(), people), (5, 5));
    assert_eq!(picked.place(3).line, 2);
    assert_eq!(picked.place(4).line, 0, "by hand");
}

#[test]
fn what_was_typed_wins_over_the_cell() {
    let mut list = some();
    let rows: Vec<_> = in_file_order(&list).iter().map(|row| row.id).collect();
    list.edit(rows[0], Field::Contact, "new@x.pt").unwrap();
    list.edit(rows[0], Field::Name, "").unwrap();
    list.edit(rows[3], Field::Name, "Zoe").unwrap();
    list.edit(rows[3], Field::InternalId, "7").unwrap();
    list.edit(rows[4], Field::Contact, "+351 913 456 789")
        .unwrap();
    let picked = list.picked();
    assert_eq!(values(&picked, 0)[..3], ["new@x.pt", "A", ""]);
    assert_eq!(values(&picked, 2)[..3], ["zoe@x.pt", "C", "Zoe"]);
    assert_eq!(picked.person(2).internal_id.as_deref(), Some("7"));
    assert_eq!(picked.value(3, 3), "+351 913 456 789");
    assert_eq!(picked.contact(3), "+351913456789");
    assert_eq!(picked.contact(4), "+351912345678", "a twin no more");
}

#[test]
fn whatever_becomes_of_the_list_the_people_stay() {
    let mut list = some();
    let picked = list.picked();
    let said = |picked: &Picked| {
        let all = 0..picked.len();
        all.map(|at| {
            let values: Vec<_> = values(picked, at).into_iter().map(str::to_owned).collect();
            let place = picked.place(at);
            (
                picked.person(at),
                values,
                place.source.to_owned(),
                place.line,
            )
        })
        .collect::<Vec<_>>()
    };
    let before = said(&picked);
    let row = id(&list, 0);
    list.edit(row, Field::Contact, "new@x.pt").unwrap();
    type_in(&mut list, "later@x.pt");
    change_region(&mut list, "ES");
    list.remove_source(1);
    assert_ne!(said(&list.picked()), before);
    list.clear();
    assert_eq!(said(&picked), before);
    let none = list.picked();
    assert!(none.is_empty() && none.columns().is_empty());
}

#[test]
fn two_columns_of_one_file_are_never_one() {
    let mut list = imported("a.csv", "Email,Note,Note\na@x.pt,1,2\n");
    import(
        &mut list,
        "b.csv",
        "Note,Email,Other,Note,Note\n3,b@x.pt,o,4,5\n",
    );
    let picked = list.picked();
    assert_eq!(picked.columns(), ["Email", "Note", "Note", "Other", "Note"]);
    assert_eq!(values(&picked, 0), ["a@x.pt", "1", "2", "", ""]);
    assert_eq!(values(&picked, 1), ["b@x.pt", "3", "4", "o", "5"]);
}

#[test]
fn ignored_columns_can_be_named_too() {
    use contacts::Target::{Contact, Ignored, Variable};
    let mut list = imported("a.csv", "Email,Note,Other\na@x.pt,1,2\n");
    use_columns(&mut list, 0, &[Contact, Ignored, Variable]);
    let picked = list.picked();
    assert_eq!(picked.columns(), ["Email", "Note", "Other"]);
    assert_eq!(values(&picked, 0), ["a@x.pt", "1", "2"]);
}
