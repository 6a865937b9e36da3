//! Files of every format become rows, each with its verdict.

use contacts::{
    Delimiter, FileError, Format, Language, Limits, Reader, Reading, ReasonCode, RowState, Target,
    Unwatched,
};
use rust_xlsxwriter::Workbook;

use crate::made::*;

fn targets(table: &contacts::Table) -> Vec<Target> {
    table.columns().iter().map(|column| column.target).collect()
}

#[test]
fn columns_are_guessed_in_four_languages() {
    use Target::{Country, DocId, Email, InternalId, Language, Name, Phone, SecondaryContact};
    let wanted = [
        Name,
        Email,
        Phone,
        DocId,
        Language,
        InternalId,
        SecondaryContact,
        Country,
    ];
    for header in [
        "Name,Email,Phone,Document ID,Language,Internal ID,Second contact,Country",
        "Nome,E-mail,Telemóvel,N.º do documento,Idioma,Referência interna,Segundo contacto,País",
        "Nombre,Correo electrónico,Móvil,DNI,Idioma,Número de cliente,Otro contacto,País",
        "Nom,Courriel,Portable,Pièce d’identité,Langue,Numéro client,Autre contact,Pays",
    ] {
        let file = format!("{header}\nAna,ana@x.pt,912345678,001,pt,A-1,rui@x.pt,Portugal\n");
        assert_eq!(targets(&table("list.csv", file)), wanted, "{header}");
    }
}

#[test]
fn the_officer_changes_what_a_column_is_used_as() {
    let mut list = imported("a.csv", "Email,Code\nana@x.pt,007\nrui@x.pt,=1\n");
    assert_eq!(list.summary().fields, []);
    use_columns(&mut list, 0, &[Target::Email, Target::DocId]);
    let rows = in_file_order(&list);
    assert_eq!(rows[0].doc_id.as_deref(), Some("007"));
    assert_eq!(codes(&rows[1]), [ReasonCode::DocIdForm]);
    assert_eq!(rows[1].reasons[0].column.as_deref(), Some("Code"));
    use_columns(&mut list, 0, &[Target::Email, Target::Ignored]);
    assert_eq!(in_file_order(&list)[0].doc_id, None);
    check(&list);
}

#[test]
fn of_two_columns_for_one_thing_the_second_says_that_it_is_not_used() {
    let mut table = table("a.csv", "Email,A,B,C\nana@x.pt,1,2,3\n");
    table.set_targets(&[
        Target::Email,
        Target::DocId,
        Target::DocId,
        Target::Ignored,
        Target::Name,
    ]);
    assert_eq!(
        targets(&table),
        [
            Target::Email,
            Target::DocId,
            Target::Variable,
            Target::Ignored
        ]
    );
}

#[test]
fn numbers_of_a_spreadsheet_are_flagged_and_accepted_for_all_alike() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["Phone", "Document ID"]).unwrap();
    for row in 0..5_u32 {
        sheet.write(row + 1, 0, 912_345_670 + row).unwrap();
        sheet.write(row + 1, 1, 1_000 + row).unwrap();
    }
    let mut list = imported("people.xlsx", book.save_to_buffer().unwrap());
    let first = &in_file_order(&list)[0];
    assert_eq!(
        codes(first),
        [ReasonCode::SpreadsheetNumber, ReasonCode::DocIdNumber]
    );
    let reason = &first.reasons[0];
    assert_eq!(reason.suggestion.as_deref(), Some("+351912345670"));
    assert_eq!((reason.alike, reason.column.as_deref()), (5, Some("Phone")));
    assert_eq!(list.contacts().count(), 0);

    let id = first.id;
    assert_eq!(list.accept(id, ReasonCode::SpreadsheetNumber, false), Ok(1));
    assert!(
        list.accept(id, ReasonCode::SpreadsheetNumber, false)
            .is_err()
    );
    let other = in_file_order(&list)[1].id;
    assert_eq!(
        list.accept(other, ReasonCode::SpreadsheetNumber, true),
        Ok(4)
    );
    assert_eq!(list.accept(other, ReasonCode::DocIdNumber, true), Ok(5));
    let people = people(&list);
    assert_eq!(people[4].contact, "+351912345674");
    assert_eq!(people[4].doc_id.as_deref(), Some("1004"));
    check(&list);
    (0..3).for_each(|_| assert!(undo(&mut list)));
    assert_eq!(list.summary().errors, 5);
}

#[test]
fn a_workbook_gives_its_sheets_of_people_and_says_what_it_left_out() {
    let mut book = Workbook::new();
    let notes = book.add_worksheet();
    notes.set_name("Notes").unwrap();
    notes.write(0, 0, "Call Ana on Monday").unwrap();
    for (name, contact, hidden) in [
        ("Lisboa", "ana@x.pt", false),
        ("Old", "old@x.pt", true),
        ("Porto", "ana@x.pt", false),
    ] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap().set_hidden(hidden);
        sheet.write_row(0, 0, ["Email", "Name"]).unwrap();
        sheet.write_row(1, 0, [contact, "Ana"]).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let read = read("people.xlsx", &bytes, &Reading::default()).unwrap();
    let sheets: Vec<_> = read
        .tables
        .iter()
        .map(|t| t.source().sheet.as_deref())
        .collect();
    assert_eq!(sheets, [Some("Lisboa"), Some("Porto")]);
    assert_eq!(read.notes.len(), 2);
    assert!(
        read.notes[0].contains("“Old” is hidden"),
        "{:?}",
        read.notes
    );
    assert!(read.notes[1].contains("“Notes” has no contacts"));
    let mut list = list();
    for table in read.tables {
        add(&mut list, table);
    }
    let rows = in_file_order(&list);
    assert_eq!(messages(&rows[1]), ["Same as row 2 (people.xlsx, Lisboa)"]);
    assert_eq!(rows[1].reasons[0].column.as_deref(), Some("Email"));
}

#[test]
fn cards_and_json_are_files_like_any_other() {
    let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana Silva\r\nEMAIL:ana@x.pt\r\nEND:VCARD\r\n";
    let list = imported("people.vcf", card);
    assert_eq!(contacts(&list), ["ana@x.pt"]);
    assert_eq!(in_file_order(&list)[0].name.as_deref(), Some("Ana Silva"));
    assert_eq!(list.summary().sources[0].format, Format::VCard);
    for (name, json) in [
        (
            "a.json",
            "[{\"email\":\"ana@x.pt\",\"name\":\"Ana\"},{\"email\":\"x\"}]",
        ),
        (
            "a.jsonl",
            "{\"email\":\"ana@x.pt\",\"name\":\"Ana\"}\n{\"email\":\"x\"}\n",
        ),
    ] {
        let list = imported(name, json);
        assert_eq!(contacts(&list), ["ana@x.pt"], "{name}");
        assert_eq!((list.summary().all, list.summary().errors), (2, 1));
        assert_eq!(list.summary().sources[0].format, Format::Json);
        check(&list);
    }
}

#[test]
fn copied_cells_are_a_table_and_other_text_is_not() {
    let cells = |text: &str| with_reader(|reader| reader.cells(text)).unwrap();
    let table = cells("Name\tEmail\nAna\tana@x.pt\nRui\trui@x.pt\n").unwrap();
    assert_eq!(targets(&table), [Target::Name, Target::Email]);
    let mut list = list();
    assert_eq!(add(&mut list, table).ready, 2);
    assert_eq!(list.summary().sources[0].name, "Pasted cells");
    for text in ["ana@x.pt\nrui@x.pt", "ana@x.pt, rui@x.pt", "Ana", ""] {
        assert!(cells(text).is_none(), "{text:?}");
    }
}

#[test]
fn a_title_and_a_declared_delimiter_may_stand_above_the_names() {
    let file = "sep=;\r\nClients 2026;;\r\n;;\r\nNome;Email;NIF\r\nAna;ana@x.pt;1\r\n\r\n";
    let list = imported("list.csv", file);
    let source = &list.summary().sources[0];
    assert_eq!(source.delimiter, Some(Delimiter::Semicolon));
    assert_eq!(
        (source.header, source.columns[1].name.as_str()),
        (true, "Email")
    );
    let rows = in_file_order(&list);
    assert_eq!(
        (rows.len(), rows[0].line, rows[0].name.as_deref()),
        (1, 5, Some("Ana"))
    );
    // Names off and on again finds the names, not the title.
    let off = list.table(0).unwrap().with_header(false, list.region());
    assert_eq!(off.preview().count, 3);
    let on = off.with_header(true, list.region());
    assert_eq!(on.columns()[1].name, "Email");
    assert_eq!(on.preview().count, 1);
}

#[test]
fn a_preview_shows_the_first_rows_and_how_many_cannot_be_read() {
    let long = "x".repeat(200);
    let mut file = format!("Email,Note\nana@x.pt,{long}\n\"a\"b,c\n");
    (0..20).for_each(|at| file += &format!("p{at}@x.pt,n\n"));
    let preview = table("a.csv", file).preview();
    assert_eq!((preview.count, preview.unreadable), (22, 1));
    assert_eq!((preview.rows.len(), preview.rows[0][1].len()), (8, 80));
    assert_eq!(
        preview.columns[0].samples,
        ["ana@x.pt", "p0@x.pt", "p1@x.pt"]
    );
}

#[test]
fn the_country_column_counts_and_people_come_with_their_fields() {
    let file = "Name,Phone,Country,Document ID,Language,Internal ID,Second contact\n\
        Ana,612 345 678,Espanha,'007,português,A-1,ana@x.pt\n\
        Rui,912 345 678,,,,,\n\
        Zoe,912 345 670,Atlantis,,Klingon,,\n";
    let list = imported("a.csv", file);
    let people = people(&list);
    assert_eq!(people[0].contact, "+34612345678");
    assert_eq!(people[0].doc_id.as_deref(), Some("007"));
    assert_eq!(people[0].language, Language::find("pt"));
    assert_eq!(people[0].internal_id.as_deref(), Some("A-1"));
    assert_eq!(people[0].secondary_contact.as_deref(), Some("ana@x.pt"));
    assert_eq!(people[1].contact, "+351912345678");
    assert_eq!((&people[1].doc_id, &people[1].internal_id), (&None, &None));
    let zoe = &in_file_order(&list)[2];
    assert_eq!(
        codes(zoe),
        [ReasonCode::CountryUnknown, ReasonCode::LanguageUnknown]
    );
    let columns: Vec<_> = zoe.reasons.iter().map(|r| r.column.as_deref()).collect();
    assert_eq!(columns, [Some("Country"), Some("Language")]);
    assert_eq!((zoe.state, people.len()), (RowState::Warning, 3));
}

#[test]
fn what_is_beyond_a_limit_is_refused_with_the_way_out() {
    let mut list = list();
    type_in(&mut list, "ana@x.pt");
    let before = said(&list);
    let small = Limits {
        text_bytes: 10,
        ..Limits::default()
    };
    let refused = list.add_text("ana@example.com", &small).unwrap_err();
    assert_eq!(refused.code(), "tooLarge");
    let program = program();
    let reader = Reader {
        program: &program,
        limits: small,
        region: region("PT"),
        watch: &Unwatched,
    };
    let file = reader.file("a.csv", b"ana@example.com", &Reading::default());
    assert_eq!(file.unwrap_err().code(), "tooLarge");
    assert_eq!(
        reader.cells("a\tb\nc@x.pt\td").unwrap_err().code(),
        "tooLarge"
    );
    for (name, file) in [("a.csv", "Name,Email\n"), ("a.txt", " \n\n")] {
        let table = read(name, file.as_bytes(), &Reading::default());
        let judged =
            table.and_then(|mut read| read.tables.remove(0).judge(region("PT"), &Unwatched));
        assert_eq!(judged.err(), Some(FileError::Empty), "{name}");
    }
    assert_eq!(list.table(7).err(), Some(FileError::UnknownSource));
    assert_eq!(said(&list), before);
}

#[test]
fn a_list_takes_a_thousand_sources_and_a_million_rows_and_no_more() {
    let mut list = list();
    import(&mut list, "a.txt", "x\n".repeat(1_000_000));
    let one = || {
        table("b.txt", "a@x.pt")
            .judge(region("PT"), &Unwatched)
            .unwrap()
    };
    assert_eq!(list.add(one()).unwrap_err(), FileError::TooManyRows);
    let refused = list.add_text("a@x.pt", &Limits::default()).unwrap_err();
    assert_eq!(refused, FileError::TooManyRows);
    assert_eq!(
        (list.summary().all, list.summary().sources.len()),
        (1_000_000, 1)
    );
    list.clear();
    for _ in 1..1_000 {
        import(&mut list, "c.txt", "a@x.pt");
    }
    assert_eq!(list.add(one()).unwrap_err(), FileError::TooManySources);
    let refused = list.add_text("b@x.pt", &Limits::default()).unwrap_err();
    assert_eq!(refused, FileError::TooManySources);
}

#[test]
fn a_table_judged_for_another_region_is_judged_again() {
    let mut list = list();
    let judged = table("a.txt", "912345678\n")
        .judge(list.region(), &Unwatched)
        .unwrap();
    change_region(&mut list, "ES");
    list.add(judged).unwrap();
    assert_eq!(contacts(&list), ["+34912345678"]);
}
