//! Edits and reading a source anew, with edits and removals in place.

use contacts::{Delimiter, Field, FileError, Reading, ReasonCode, RowState, Target, Unwatched};

use crate::made::*;

fn windows(text: &str) -> Vec<u8> {
    encoding_rs::WINDOWS_1252.encode(text).0.into_owned()
}

fn in_encoding(name: &str) -> Reading {
    Reading {
        encoding: Some(name.to_owned()),
        ..Reading::default()
    }
}

#[test]
fn every_field_can_be_written_and_is_judged() {
    let mut list = imported("a.csv", "Email,Phone\nana@,612 345 678\n,512 345 678\n");
    let row = id(&list, 1);
    for (field, text) in [
        (Field::Name, "Rui"),
        (Field::DocId, "007"),
        (Field::Language, "fr"),
        (Field::InternalId, "A-1"),
        (Field::SecondaryContact, "rui@x.pt"),
        (Field::Country, "Spain"),
        (Field::Contact, "612 345 678"),
    ] {
        list.edit(row, field, text).unwrap();
        check(&list);
    }
    let person = list.picked().person(0);
    assert_eq!(person.contact, "+34612345678");
    assert_eq!(person.doc_id.as_deref(), Some("007"));
    assert_eq!(person.internal_id.as_deref(), Some("A-1"));
    assert_eq!(person.secondary_contact.as_deref(), Some("rui@x.pt"));
    assert!(person.language.is_some());
    assert_eq!(list.summary().fields, FIELDS[1..]);
    let other = &in_file_order(&list)[0];
    assert_eq!((&other.name, &other.doc_id), (&None, &None));
    list.edit(row, Field::InternalId, "=1").unwrap();
    let bad = &in_file_order(&list)[1];
    assert_eq!(codes(bad), [ReasonCode::InternalIdForm]);
    assert_eq!(
        (bad.reasons[0].field, &bad.reasons[0].column),
        (Field::InternalId, &None)
    );
}

#[test]
fn a_text_without_end_is_an_error_and_not_kept_whole() {
    let mut list = imported("a.txt", "ana@x.pt\n");
    let row = id(&list, 0);
    list.edit(row, Field::Contact, &"é".repeat(1 << 20))
        .unwrap();
    let row = &in_file_order(&list)[0];
    assert_eq!(codes(row), [ReasonCode::FieldTooLong]);
    assert!(row.text.len() < 30_000);
    check(&list);
}

#[test]
fn a_contact_written_in_an_unreadable_row_makes_it_usable() {
    let mut list = imported("a.csv", "Name,Email\n\"Ana \"N\"\",a@x.pt\nRui,rui@x.pt\n");
    let row = id(&list, 0);
    list.edit(row, Field::Name, "Ana N").unwrap();
    assert_eq!(codes(&in_file_order(&list)[0]), [ReasonCode::StrayQuote]);
    list.edit(row, Field::Contact, "a@x.pt").unwrap();
    assert_eq!(contacts(&list), ["a@x.pt", "rui@x.pt"]);
    undo(&mut list);
    assert_eq!(codes(&in_file_order(&list)[0]), [ReasonCode::StrayQuote]);
}

#[test]
fn misspelt_domains_are_alike_by_domain() {
    let mut list = imported(
        "a.txt",
        "a@gmial.com\nb@gmial.com\nc@gmail.con\nd@hotmial.com\ne@GMIAL.com\n",
    );
    let alike: Vec<_> = in_file_order(&list)
        .iter()
        .map(|row| row.reasons[0].alike)
        .collect();
    assert_eq!(alike, [3, 3, 1, 1, 3]);
    let row = id(&list, 4);
    assert_eq!(list.accept(row, ReasonCode::EmailTypo, true), Ok(3));
    assert_eq!(list.summary().warnings, 2);
    assert_eq!(contacts(&list)[4], "e@gmail.com");
    undo(&mut list);
    assert_eq!(list.summary().warnings, 5);
}

#[test]
fn another_encoding_keeps_what_was_removed_and_typed_even_in_rows_with_accents() {
    let file =
        windows("Nome;Email\nJosé;jose@x.pt\nInês;ines@x.pt\nRui;rui@\nÂngela;angela@x.pt\n");
    let mut list = list();
    let wrong = read("a.csv", &file, &in_encoding("IBM866"))
        .unwrap()
        .tables
        .remove(0);
    add(&mut list, wrong);
    let garbled = in_file_order(&list)[0].name.clone();
    assert_ne!(garbled.as_deref(), Some("José"));
    let (ines, rui) = (id(&list, 1), id(&list, 2));
    list.remove(&[ines]);
    list.edit(rui, Field::Contact, "rui@x.pt").unwrap();
    let before = said(&list);
    read_anew(&mut list, "a.csv", &file, &in_encoding("windows-1252"));
    assert_eq!(in_file_order(&list)[0].name.as_deref(), Some("José"));
    assert_eq!(contacts(&list), ["jose@x.pt", "rui@x.pt", "angela@x.pt"]);
    check(&list);
    undo(&mut list);
    assert_eq!(said(&list), before);
    undo(&mut list);
    undo(&mut list);
    assert_eq!(list.summary().all, 4);
}

#[test]
fn another_delimiter_keeps_what_was_removed_and_typed() {
    let file = "Nome;Email\nAna;ana@x.pt\nRui;rui@\nZé;ze@x.pt\n".as_bytes();
    let with = |delimiter| Reading {
        delimiter: Some(delimiter),
        ..Reading::default()
    };
    let mut list = list();
    let wrong = read("a.csv", file, &with(Delimiter::Pipe))
        .unwrap()
        .tables
        .remove(0);
    add(&mut list, wrong);
    let rows = in_file_order(&list);
    let at = |text: &str| rows.iter().find(|row| row.text.contains(text)).unwrap().id;
    list.edit(at("rui"), Field::Contact, "rui@x.pt").unwrap();
    list.remove(&[at("ze@")]);
    let before = said(&list);
    read_anew(&mut list, "a.csv", file, &with(Delimiter::Semicolon));
    assert_eq!(contacts(&list), ["ana@x.pt", "rui@x.pt"]);
    assert_eq!(in_file_order(&list)[1].name.as_deref(), Some("Rui"));
    check(&list);
    undo(&mut list);
    assert_eq!(said(&list), before);
}

#[test]
fn names_taken_as_a_row_and_back_bring_no_removed_row_with_them() {
    let file = "Email,Name\nana@x.pt,Ana\nrui@x.pt,Rui\n".as_bytes();
    let header = |header| Reading {
        header: Some(header),
        ..Reading::default()
    };
    let mut list = imported("a.csv", file);
    let ana = id(&list, 0);
    list.remove(&[ana]);
    let before = said(&list);
    read_anew(&mut list, "a.csv", file, &header(false));
    assert_eq!(texts(&in_file_order(&list)), ["Email", "rui@x.pt"]);
    read_anew(&mut list, "a.csv", file, &header(true));
    assert_eq!(texts(&in_file_order(&list)), ["rui@x.pt"]);
    undo(&mut list);
    undo(&mut list);
    assert_eq!(said(&list), before);
}

#[test]
fn a_file_that_became_another_takes_over_nothing_from_the_old_one() {
    let mut list = imported("a.csv", "Email,Name\nana@x.pt,Ana\nrui@x.pt,Rui\n");
    let (ana, rui) = (id(&list, 0), id(&list, 1));
    list.edit(ana, Field::Contact, "typed@x.pt").unwrap();
    list.remove(&[rui]);
    let before = said(&list);
    let file = b"Email,Name\nzoe@x.pt,Zoe\neva@x.pt,Eva\nivo@x.pt,Ivo\n";
    read_anew(&mut list, "a.csv", file, &Reading::default());
    assert_eq!(contacts(&list), ["zoe@x.pt", "eva@x.pt", "ivo@x.pt"]);
    check(&list);
    undo(&mut list);
    assert_eq!(said(&list), before);
}

#[test]
fn what_is_typed_while_the_columns_of_hand_added_rows_change_is_not_lost() {
    let mut list = list();
    type_in(&mut list, "ana@x.pt");
    let judged = list
        .table(0)
        .unwrap()
        .judge(list.region(), &Unwatched)
        .unwrap();
    type_in(&mut list, "rui@x.pt");
    list.read_anew(0, judged).unwrap();
    assert_eq!(contacts(&list), ["ana@x.pt", "rui@x.pt"]);
    check(&list);
    let judged = list
        .table(0)
        .unwrap()
        .judge(list.region(), &Unwatched)
        .unwrap();
    assert_eq!(list.read_anew(9, judged), Err(FileError::UnknownSource));
}

#[test]
fn a_table_judged_for_another_region_is_read_anew_in_that_of_the_list() {
    let mut list = imported("a.csv", "Phone,Name\n912345678,Ana\n");
    let mut table = list.table(0).unwrap();
    table.set_targets(&[Target::Phone, Target::DocId]);
    let judged = table.judge(list.region(), &Unwatched).unwrap();
    change_region(&mut list, "ES");
    list.read_anew(0, judged).unwrap();
    assert_eq!(contacts(&list), ["+34912345678"]);
    assert_eq!(in_file_order(&list)[0].state, RowState::Ready);
}
