//! Whole files, as officers have them, and whole lists under every change.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use contacts::confined::ReaderProgram;
use contacts::{
    Changes, ContactList, Delimiter, Field, FileError, Imported, Limits, ListAsk, Reader, Reading,
    ReasonCode, Region, Row, RowId, RowPage, RowState, Show, Target, UnknownRow, Unwatched,
};
use proptest::prelude::*;

fn list() -> ContactList {
    ContactList::new(Region::parse("PT").unwrap())
}

/// Reads a file, judges it and adds it.
fn import(list: &mut ContactList, name: &str, bytes: &[u8]) -> Result<Imported, FileError> {
    let reader = Reader {
        program: &ReaderProgram::new("no such program".into()),
        limits: Limits::default(),
        region: list.region(),
        watch: &Unwatched,
    };
    let mut read = reader.file(name, bytes, &Reading::default())?;
    assert_eq!(read.tables.len(), 1);
    list.add(read.tables.remove(0).judge(list.region(), &Unwatched)?)
}

fn type_in(list: &mut ContactList, text: &str) -> Result<Imported, FileError> {
    list.add_text(text, &Limits::default())
}

fn contacts(list: &ContactList) -> Vec<&str> {
    list.contacts().collect()
}

fn rows(list: &ContactList, show: Show, search: &str, offset: u32, limit: u32) -> RowPage {
    let ask = ListAsk {
        show,
        search: search.to_owned(),
        ..ListAsk::default()
    };
    list.rows(&ask, offset, limit)
}

fn imported(name: &str, bytes: impl AsRef<[u8]>) -> ContactList {
    let mut list = list();
    import(&mut list, name, bytes.as_ref()).unwrap();
    list
}

fn all(list: &ContactList) -> Vec<Row> {
    rows(list, Show::All, "", 0, u32::MAX).rows
}

fn in_file_order(list: &ContactList) -> Vec<Row> {
    let mut rows = all(list);
    rows.sort_by_key(|row| row.id);
    rows
}

fn codes(row: &Row) -> Vec<ReasonCode> {
    row.reasons.iter().map(|reason| reason.code).collect()
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn every_encoding_and_delimiter_gives_the_same_contacts() {
    let delimiters = [
        (",", Delimiter::Comma),
        (";", Delimiter::Semicolon),
        ("\t", Delimiter::Tab),
        ("|", Delimiter::Pipe),
    ];
    for (mark, delimiter) in delimiters {
        for end in ["\n", "\r\n", "\r"] {
            let lines = [
                "Nome,E-mail,Telemóvel",
                "José,jose@example.com,",
                "Inês,,912 345 678",
                "",
            ];
            let text = lines.join(end).replace(',', mark);
            let marked = format!("\u{FEFF}{text}");
            let (windows, _, lost) = encoding_rs::WINDOWS_1252.encode(&text);
            assert!(!lost);
            for (bytes, encoding) in [
                (text.clone().into_bytes(), "UTF-8"),
                (marked.clone().into_bytes(), "UTF-8 (BOM)"),
                (utf16(&text, u16::to_le_bytes), "UTF-16LE"),
                (utf16(&text, u16::to_be_bytes), "UTF-16BE"),
                (utf16(&marked, u16::to_le_bytes), "UTF-16LE (BOM)"),
                (utf16(&marked, u16::to_be_bytes), "UTF-16BE (BOM)"),
                (windows.into_owned(), "windows-1252"),
            ] {
                let list = imported("list.csv", bytes);
                let source = &list.summary().sources[0];
                assert_eq!(
                    source.encoding.as_deref(),
                    Some(encoding),
                    "{mark:?} {end:?}"
                );
                assert_eq!((source.delimiter, source.header), (Some(delimiter), true));
                let targets: Vec<_> = source.columns.iter().map(|column| column.target).collect();
                assert_eq!(targets, [Target::Name, Target::Email, Target::Phone]);
                assert_eq!(contacts(&list), ["jose@example.com", "+351912345678"]);
                let lines: Vec<_> = in_file_order(&list).iter().map(|row| row.line).collect();
                assert_eq!(lines, [2, 3]);
            }
        }
    }
}

#[test]
fn plain_text_has_a_contact_on_each_line_or_several() {
    let list = imported(
        "list.txt",
        "ana@example.com\r\n\r\nAna Silva\r\n912345678, rui@example.com\r\n",
    );
    assert_eq!(
        contacts(&list),
        ["ana@example.com", "+351912345678", "rui@example.com"]
    );
    let places: Vec<_> = in_file_order(&list)
        .iter()
        .map(|row| (row.line, row.state))
        .collect();
    use RowState::{Error, Ready};
    assert_eq!(places, [(1, Ready), (3, Error), (4, Ready), (4, Ready)]);
    let source = &list.summary().sources[0];
    assert_eq!(
        (source.blank, source.delimiter, source.header),
        (1, None, false)
    );
}

#[test]
fn a_declared_delimiter_is_obeyed_and_its_line_counted() {
    let list = imported("list.csv", "sep=;\r\nNome;Email\r\nAna;ana@example.com\r\n");
    assert_eq!(contacts(&list), ["ana@example.com"]);
    assert_eq!(all(&list)[0].line, 3);
}

#[test]
fn unreadable_rows_are_kept_with_their_line_and_the_rest_is_read() {
    let long = "x".repeat(10_001);
    let file = format!(
        "Nome;Email\n\"Ana \"Nita\"\";a@example.com\n{long};b@example.com\n\"Rui;r@example.com\nZé;z@example.com\n"
    );
    let list = imported("list.csv", file);
    assert_eq!(contacts(&list), ["z@example.com"]);
    let rows = in_file_order(&list);
    let found: Vec<_> = rows.iter().map(|row| (row.line, codes(row))).collect();
    assert_eq!(
        found,
        [
            (2, vec![ReasonCode::StrayQuote]),
            (3, vec![ReasonCode::FieldTooLong]),
            (4, vec![ReasonCode::UnclosedQuote]),
            (5, vec![]),
        ]
    );
    assert!(
        rows[2].reasons[0].message.contains("line 4"),
        "{}",
        rows[2].reasons[0].message
    );
    assert_eq!(
        (rows[2].text.as_str(), rows[2].name.as_deref()),
        ("r@example.com", Some("\"Rui"))
    );
}

#[test]
fn bytes_foreign_to_the_encoding_cost_only_their_own_row() {
    let mut file =
        "Nome,Email\nJosé,jose@example.com\nInês,ines@example.com\nJoão,joao@example.com\n\
                    Zoë,zoe@example.com\nJos"
            .as_bytes()
            .to_vec();
    file.extend(b"e,jos\xE9@example.com\n");
    let list = imported("list.csv", file);
    assert_eq!(list.summary().sources[0].encoding.as_deref(), Some("UTF-8"));
    assert_eq!(contacts(&list).len(), 4);
    let bad = &all(&list)[0];
    assert_eq!((bad.line, codes(bad)), (6, vec![ReasonCode::BadBytes]));
}

#[test]
fn a_file_that_cannot_be_used_changes_nothing() {
    let mut list = list();
    type_in(&mut list, "ana@example.com").unwrap();
    let before = list.summary();
    let many = "a\n".repeat(1_000_001);
    for (bytes, code) in [
        (&b""[..], "empty"),
        (b" \n\n", "empty"),
        (b"PK\x03\x04 xl/workbook.xml", "brokeDown"),
        (b"%PDF-1.7", "otherFormat"),
        (b"\0\x01\x02\x03\x04\xFF\xFE", "notText"),
        (&vec![b'a'; 25 * 1024 * 1024 + 1], "tooLarge"),
        (many.as_bytes(), "tooManyRows"),
    ] {
        assert_eq!(
            import(&mut list, "list.csv", bytes).unwrap_err().code(),
            code
        );
        assert_eq!(list.summary(), before);
    }
    assert_eq!(type_in(&mut list, " ,;\n"), Err(FileError::Empty));
}

#[test]
fn later_twins_are_errors_until_the_first_goes() {
    let mut list = imported("a.csv", "Email\nana@example.com\nrui@example.com\n");
    import(
        &mut list,
        "b.csv",
        b"Email\nAna@Example.com\nANA@example.com\n",
    )
    .unwrap();
    type_in(&mut list, "rui@example.com").unwrap();
    assert_eq!(contacts(&list), ["ana@example.com", "rui@example.com"]);
    let twin = &in_file_order(&list)[2];
    assert_eq!(
        (twin.state, twin.reasons[0].message.as_str()),
        (RowState::Error, "Same as row 2 (a.csv)")
    );

    let second = in_file_order(&list)[1].id;
    let first = in_file_order(&list)[0].id;
    assert_eq!(list.remove(&[first, RowId(u64::MAX)]), 1);
    assert_eq!(contacts(&list), ["rui@example.com", "Ana@example.com"]);
    list.edit(second, Field::Contact, "zoe@example.com")
        .unwrap();
    assert_eq!(
        contacts(&list),
        ["zoe@example.com", "Ana@example.com", "rui@example.com"]
    );
    list.edit(second, Field::Contact, "ana@example.com")
        .unwrap();
    assert_eq!(contacts(&list), ["ana@example.com", "rui@example.com"]);
    assert_eq!(list.summary().errors, 2);
    assert_eq!(list.edit(first, Field::Contact, "x"), Err(UnknownRow));
}

#[test]
fn pages_run_errors_first_and_can_be_searched() {
    let list = imported(
        "a.txt",
        "ana@example.com\nAna\nrui@gmial.com\n912345678\nAna B\n",
    );
    let states: Vec<_> = all(&list).iter().map(|row| (row.state, row.line)).collect();
    use RowState::{Error, Ready, Warning};
    assert_eq!(
        states,
        [(Error, 2), (Error, 5), (Warning, 3), (Ready, 1), (Ready, 4)]
    );
    let page = rows(&list, Show::All, "", 1, 2);
    assert_eq!((page.total, page.rows.len(), page.rows[0].line), (5, 2, 5));
    assert_eq!(
        rows(&list, Show::Warnings, "", 0, 9).rows[0].reasons[0]
            .suggestion
            .as_deref(),
        Some("rui@gmail.com")
    );
    assert_eq!(rows(&list, Show::All, "ANA", 0, 9).total, 3);
    assert_eq!(rows(&list, Show::Errors, "ana", 1, 9).rows.len(), 1);
    assert_eq!(rows(&list, Show::Ready, "+351 912", 0, 9).total, 1);
    assert_eq!(rows(&list, Show::All, "", u32::MAX, u32::MAX).rows, []);
    let reasons = list.summary().reasons;
    assert_eq!(
        (reasons[0].code, reasons[0].count),
        (ReasonCode::NotAContact, 2)
    );
}

#[test]
fn another_region_judges_every_row_again() {
    let mut list = list();
    type_in(&mut list, "912345678\n+351912345678").unwrap();
    assert_eq!(contacts(&list), ["+351912345678"]);
    let spain = Region::parse("ES").unwrap();
    let judged = list.judged_for(spain, &Unwatched).unwrap();
    list.set_region(judged);
    let rows = in_file_order(&list);
    assert_eq!(rows[0].contact.as_deref(), Some("+34912345678"));
    assert_eq!(contacts(&list), ["+34912345678", "+351912345678"]);
}

#[test]
fn typed_contacts_keep_their_name_as_a_note() {
    let mut list = list();
    let added = type_in(&mut list, "Ana Silva <ana@example.com>; rui@example.com").unwrap();
    assert_eq!((added.rows, added.ready), (2, 2));
    let row = &in_file_order(&list)[0];
    assert_eq!((row.line, codes(row)), (0, vec![ReasonCode::NameLeftOut]));
    list.clear();
    assert_eq!(list.summary().all, 0);
    assert!(list.summary().sources.iter().all(|source| source.rows == 0));
}

#[test]
fn hostile_stored_lists_are_judged_like_any_other() {
    let mut list = imported("a.csv", "Email\nana@example.com\nrui@example.com\n");
    type_in(&mut list, "zoe@example.com").unwrap();
    let cells = |at| list.cells(at);
    let changes = serde_json::to_string(&list.changes()).unwrap();
    let restored = |json: &str| {
        let changes: Changes = serde_json::from_str(json).unwrap();
        ContactList::restore(changes, cells, &Unwatched)
    };
    assert_eq!(contacts(&restored(&changes).unwrap()).len(), 3);
    let far = changes.replace("[[1,2]]", "[[4294967295,4294967295],[0,99],[1,1]]");
    assert_ne!(far, changes);
    assert_eq!(rows(&restored(&far).unwrap(), Show::All, "", 0, 9).total, 4);
    let changes: Changes = serde_json::from_str(&changes).unwrap();
    for broken in [None, Some(Vec::new()), Some(vec![0; 64])] {
        let refused = ContactList::restore(changes.clone(), |_| broken.clone(), &Unwatched);
        assert_eq!(refused.unwrap_err().code(), "damaged");
    }
}

/// Everything about a list but what can be undone.
fn said(list: &ContactList) -> (contacts::Summary, Vec<Row>) {
    let summary = contacts::Summary {
        undo: None,
        ..list.summary()
    };
    (summary, all(list))
}

fn sound(list: &ContactList) {
    let (summary, rows) = said(list);
    assert_eq!(summary.all as usize, rows.len());
    assert_eq!(
        summary.all,
        summary.ready + summary.warnings + summary.errors
    );
    assert_eq!(
        summary.all,
        summary
            .sources
            .iter()
            .map(|source| source.rows)
            .sum::<u32>()
    );
    assert_eq!(
        contacts(list).len(),
        (summary.ready + summary.warnings) as usize
    );
    let unique: std::collections::HashSet<_> = list.contacts().map(str::to_lowercase).collect();
    assert_eq!(
        unique.len(),
        contacts(list).len(),
        "no contact is used twice"
    );
    for row in &rows {
        let worst = row.reasons.iter().map(|reason| reason.code.state()).max();
        assert_eq!(row.state, worst.unwrap_or(RowState::Ready));
    }
    let json = serde_json::to_string(&list.changes()).unwrap();
    let changes = serde_json::from_str(&json).unwrap();
    let loaded = ContactList::restore(changes, |at| list.cells(at), &Unwatched).unwrap();
    assert_eq!(said(&loaded), said(list), "a saved list loads as it was");
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-c]@(x|gmial)\\.(pt|com)",
        "91234567[0-3]",
        "\\+35191234567[0-3]",
        "[ -~]{1,12}",
        "\\PC{1,8}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let mut list = list();
        if let Ok(Imported { rows, .. }) = import(&mut list, "x.csv", &bytes) {
            prop_assert_eq!(rows, list.summary().all);
        }
        sound(&list);
    }

    #[test]
    fn no_text_makes_it_panic(text in "(sep=)?([a-z@.\",;|\t\r\n0-9+= <>é]|\\PC){0,200}") {
        let mut list = list();
        let _ = import(&mut list, "x.txt", text.as_bytes());
        let _ = type_in(&mut list, &text);
        sound(&list);
    }

    #[test]
    fn every_row_of_a_table_is_in_the_list_at_its_line(
        cells in proptest::collection::vec((cell(), "[a-z \"\n]{0,6}"), 1..30)
    ) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["Email", "Note"]).unwrap();
        let mut line = 2;
        let mut lines = Vec::new();
        for (cell, note) in &cells {
            writer.write_record([cell, note]).unwrap();
            lines.push((line, cell.clone()));
            line += 1 + u32::try_from(note.matches('\n').count()).unwrap();
        }
        let list = imported("list.csv", writer.into_inner().unwrap());
        // Rows that show nothing at all are left out and counted.
        let summary = list.summary();
        prop_assert_eq!((summary.all + summary.sources[0].blank) as usize, cells.len());
        for row in in_file_order(&list) {
            prop_assert!(lines.contains(&(row.line, row.text.clone())), "{:?} not in {:?}", row, lines);
        }
        sound(&list);
    }

    #[test]
    fn changes_leave_the_list_as_if_it_had_been_read_so(
        cells in proptest::collection::vec(cell(), 1..20),
        changes in proptest::collection::vec((0_u64..24, proptest::option::of(cell())), 0..20)
    ) {
        let mut list = list();
        for cell in &cells {
            let _ = type_in(&mut list, cell);
        }
        for (row, text) in changes {
            match text {
                Some(text) => drop(list.edit(RowId(row), Field::Contact, &text)),
                None => { list.remove(&[RowId(row)]); },
            }
        }
        sound(&list);
    }
}
