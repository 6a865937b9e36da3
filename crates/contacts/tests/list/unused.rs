//! Rows that are not used, saved, mended and added again.

use contacts::{
    ContactList, Field, Reading, ReasonCode, Show, Target, Unwatched, unused_csv, unused_xlsx,
};

use crate::made::*;

fn csvs(list: &ContactList) -> Vec<Vec<u8>> {
    list.unused().iter().map(unused_csv).collect()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn the_rows_in_error_come_out_by_source_with_what_is_wrong() {
    let mut list = imported(
        "a.csv",
        "Name;Email\nAna;ana@\nRui;rui@x.pt\nZoe;rui@x.pt\n",
    );
    type_in(&mut list, "9123");
    let csvs = csvs(&list);
    assert_eq!(csvs.len(), 2);
    assert_eq!(
        text(&csvs[0]),
        "\u{FEFF}Name;Email;Countersign: what to mend\r\n\
         Ana;ana@;There is nothing after the @ (line 2)\r\n\
         Zoe;rui@x.pt;Same as row 3 (a.csv) (line 4)\r\n"
    );
    assert!(
        text(&csvs[1]).starts_with("\u{FEFF}Contact,Countersign: what to mend\r\n9123,Too short")
    );
}

#[test]
fn a_mended_file_is_read_as_it_was_and_its_reasons_do_not_pile_up() {
    let file = "Name;Email;Document ID\nAna;ana@;=1\nRui;rui@;2\n";
    let list = imported("a.csv", file);
    let saved = text(&csvs(&list)[0]);
    let mended = saved.replace("rui@;", "rui@x.pt;");
    let again = imported("mend.csv", &mended);
    let columns = &again.summary().sources[0].columns;
    let targets: Vec<_> = columns.iter().map(|column| column.target).collect();
    assert_eq!(
        targets,
        [Target::Name, Target::Email, Target::DocId, Target::Ignored]
    );
    assert_eq!(contacts(&again), ["rui@x.pt"]);
    assert_eq!(again.picked().person(0).doc_id.as_deref(), Some("2"));
    let saved = text(&csvs(&again)[0]);
    assert_eq!(saved.matches("what to mend").count(), 1, "{saved}");
    assert!(saved.contains("\r\nAna;ana@;'"), "{saved}");
}

#[test]
fn the_first_row_of_a_file_without_names_is_not_taken_for_them_when_it_comes_back() {
    let mut list = list();
    type_in(&mut list, "Ana Silva\nRui\n9123");
    let saved = text(&csvs(&list)[0]).replace("Rui,", "rui@x.pt,");
    let again = imported("mend.csv", saved);
    assert_eq!(
        texts(&in_file_order(&again)),
        ["Ana Silva", "rui@x.pt", "9123"]
    );

    let mut list = imported("b.csv", "ana@,007,Ana\nrui@x.pt,008,Rui\nzoe@,009,Zoe\n");
    use_columns(&mut list, 0, &[Target::Email, Target::DocId, Target::Name]);
    let saved = text(&csvs(&list)[0]).replace("ana@,", "ana@x.pt,");
    let again = imported("mend.csv", saved);
    assert_eq!(again.picked().person(0).doc_id.as_deref(), Some("007"));
    assert_eq!(in_file_order(&again)[1].name.as_deref(), Some("Zoe"));
}

#[test]
fn what_was_typed_comes_out_in_its_column_or_in_one_more() {
    let mut list = imported("a.csv", "Email,Name\nana@,Ana\nrui@,Rui,too,many\n");
    let (ana, rui) = (id(&list, 0), id(&list, 1));
    list.edit(ana, Field::Name, "Ana S").unwrap();
    list.edit(ana, Field::DocId, "007").unwrap();
    list.edit(rui, Field::DocId, "008").unwrap();
    let saved = text(&csvs(&list)[0]);
    let mended = saved
        .replace("ana@,", "ana@x.pt,")
        .replace("rui@,", "rui@x.pt,");
    let again = imported("mend.csv", mended);
    let people = people(&again).into_iter();
    let people: Vec<_> = people.map(|person| person.doc_id.unwrap()).collect();
    assert_eq!(people, ["007", "008"], "{saved}");
    assert_eq!(in_file_order(&again)[0].name.as_deref(), Some("Ana S"));
}

#[test]
fn a_saved_workbook_is_mended_and_added_again() {
    let mut list = imported(
        "a.csv",
        "Name,Phone,Document ID\nAna,9123,007\nRui,912345678,1\n",
    );
    import(&mut list, "b.csv", "Email,Country\nzoe@,PT\n");
    let before = list.unused();
    let bytes = unused_xlsx(&before).unwrap();
    let read = read("mend.xlsx", &bytes, &Reading::default()).unwrap();
    assert_eq!(read.notes, [] as [String; 0]);
    let mut again = crate::made::list();
    for table in read.tables {
        let columns = table.columns();
        assert_eq!(columns.last().unwrap().target, Target::Ignored);
        add(&mut again, table);
    }
    let rows = in_file_order(&again);
    assert_eq!(texts(&rows), ["9123", "zoe@"]);
    assert_eq!(rows[0].doc_id.as_deref(), Some("007"));
    assert_eq!(codes(&rows[0]), [ReasonCode::PhoneTooShort]);
    assert_eq!(rows[1].country.as_deref(), Some("PT"));
}

#[test]
fn every_row_in_error_comes_back_whatever_is_in_it() {
    let file = "Name,Email\n=1+1,ana@\n\"Silva; \"\"Ana\"\"\",x\n\"two\nlines\",y@\n+351,'z@\n";
    let list = imported("a.csv", file);
    let errors = rows(&list, &showing(Show::Errors)).len();
    assert_eq!(errors, 4);
    let again = imported("mend.csv", &csvs(&list)[0]);
    assert_eq!(again.summary().errors as usize, errors);
    let table = again.table(0).unwrap();
    assert!(table.judge(again.region(), &Unwatched).is_ok());
    assert_eq!(
        csvs(&imported("b.csv", "Email\nana@x.pt\nrui@x.pt\n")),
        [] as [Vec<u8>; 0]
    );
}
