use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn source<'a>(columns: Option<&[&'a str]>, rows: &[&[&'a str]]) -> UnusedSource<'a> {
    UnusedSource {
        name: "people.csv",
        columns: columns.map(<[_]>::to_vec),
        delimiter: Delimiter::Semicolon,
        rows: (2..)
            .zip(rows)
            .map(|(line, cells)| UnusedRow {
                line,
                cells: cells.to_vec(),
                reason: "Mend it".to_owned(),
            })
            .collect(),
    }
}

/// The sheets of a workbook, all of whose cells must be texts.
fn sheets(book: &[u8]) -> Vec<(String, Vec<Vec<String>>)> {
    use calamine::{Data, Reader, Xlsx};
    let mut book = Xlsx::new(std::io::Cursor::new(book)).unwrap();
    let sheets = book.worksheets().into_iter();
    let text = |cell: &Data| match cell {
        Data::String(text) => text.clone(),
        Data::Empty => String::new(),
        other => panic!("not a text: {other:?}"),
    };
    sheets
        .map(|(name, cells)| {
            let rows = cells.rows().map(|row| row.iter().map(text).collect());
            (name, rows.collect())
        })
        .collect()
}

#[test]
fn csv_keeps_the_columns_and_delimiter_and_says_what_to_mend() {
    let bytes = unused_csv(&source(
        Some(&["Nome", "Email"]),
        &[&["Silva; Ana", "ana@"], &["Rui"], &["a", "b", "c\"d"]],
    ));
    assert_eq!(
        String::from_utf8(bytes).unwrap(),
        "\u{FEFF}Nome;Email;;Countersign: what to mend\r\n\
         \"Silva; Ana\";ana@;;Mend it (line 2)\r\n\
         Rui;;;Mend it (line 3)\r\n\
         a;b;\"c\"\"d\";Mend it (line 4)\r\n"
    );
}

#[test]
fn without_a_header_the_reason_is_the_last_cell() {
    let mut one = source(None, &[&["ana@"]]);
    one.rows[0].line = 0;
    assert_eq!(unused_csv(&one), "\u{FEFF}ana@;Mend it\r\n".as_bytes());
    let none = source(None, &[]);
    assert_eq!(unused_csv(&none), "\u{FEFF}".as_bytes());
}

#[test]
fn what_a_spreadsheet_might_run_is_marked_as_text() {
    for risky in [
        "=1+1",
        " =1+1",
        "\u{A0}=1",
        "@SUM(A1)",
        "\tx",
        " \rx",
        "\nx",
        "+",
        "-",
        "+ 351",
        "-x",
        "+1+cmd|' /C calc'!A0",
        "+351 912=1",
        "-1*2",
        "＝1",
    ] {
        let written = unused_csv(&source(None, &[&[risky]]));
        let text = String::from_utf8(written).unwrap();
        assert!(text.contains(&format!("'{risky}")), "{text}");
    }
    for plain in [
        "+351 912 345 678",
        "+1 (212) 555-0100",
        "-5",
        "ana@x.pt",
        "1=1",
        "",
        "'=1",
    ] {
        let written = unused_csv(&source(None, &[&[plain]]));
        let text = String::from_utf8(written).unwrap();
        assert_eq!(text, format!("\u{FEFF}{plain};Mend it (line 2)\r\n"));
    }
}

#[test]
fn a_workbook_has_a_sheet_for_each_source_and_only_texts() {
    let first = source(
        Some(&["Nome", "Telefone"]),
        &[
            &["=1+1", "+351912345678"],
            &["", "007"],
            &["_x0041_\u{1}", "https://example.com"],
        ],
    );
    let second = source(None, &[&["ana@"]]);
    let book = unused_xlsx(&[first.clone(), second.clone()]).unwrap();
    let row = |cells: &[&str]| {
        cells
            .iter()
            .map(|cell| (*cell).to_owned())
            .collect::<Vec<_>>()
    };
    let read = sheets(&book);
    assert_eq!(read[0].0, "people.csv");
    assert_eq!(
        read[0].1[..3],
        [
            row(&["Nome", "Telefone", REASON_COLUMN]),
            row(&["=1+1", "+351912345678", "Mend it (line 2)"]),
            row(&["", "007", "Mend it (line 3)"]),
        ]
    );
    assert_eq!(read[0].1[3][1], "https://example.com");
    assert_eq!(
        read[1],
        (
            "people.csv (2)".to_owned(),
            vec![row(&["ana@", "Mend it (line 2)"])]
        )
    );
    assert_eq!(unused_xlsx(&[first, second]).unwrap(), book);
    assert!(unused_xlsx(&[]).is_ok());
}

#[test]
fn what_no_workbook_holds_is_refused_with_a_way_out() {
    let long = "x".repeat(40_000);
    let refused = unused_xlsx(&[source(None, &[&[&long]])]).unwrap_err();
    assert_eq!(refused, ExportError::TooLarge);
    assert!(refused.to_string().contains("CSV"));
    let wide = vec!["x"; 20_000];
    let refused = unused_xlsx(&[source(None, &[&wide])]);
    assert_eq!(refused, Err(ExportError::TooLarge));
}

#[test]
fn the_template_is_the_same_bytes_every_time_and_can_be_added() {
    assert_eq!(template_csv(), template_csv());
    let book = template_xlsx().unwrap();
    assert_eq!(template_xlsx().unwrap(), book);
    let rows = &sheets(&book)[0].1;
    assert_eq!(
        rows[0],
        [
            "Name",
            "Email",
            "Phone",
            "Document ID",
            "Language",
            "Internal ID"
        ]
    );
    assert_eq!(rows.len(), 3);
    let text = template_csv();
    let mut csv = csv::Reader::from_reader(&text[3..]);
    for (record, row) in csv.records().zip(&rows[1..]) {
        assert!(record.unwrap().iter().eq(row.iter()));
    }
    let region = crate::Region::parse("PT").unwrap();
    let watch = &crate::Unwatched;
    let reader = crate::Reader {
        program: &crate::confined::ReaderProgram::new("no such program".into()),
        limits: crate::Limits::default(),
        region,
        watch,
    };
    let read = reader.file("template.csv", &text, &crate::Reading::default());
    let table = read.unwrap().tables.remove(0);
    let mut list = crate::ContactList::new(region);
    let added = list.add(table.judge(region, watch).unwrap()).unwrap();
    assert_eq!((added.ready, added.errors), (2, 0));
}

fn cell() -> impl Strategy<Value = String> {
    "([a-z+=@;,|\"'\r\n\t 0-9é-]{0,6}|(?s).{0,6})"
}

proptest! {
    #[test]
    fn csv_comes_back_through_the_csv_crate(
        header in proptest::option::of(proptest::collection::vec(cell(), 0..4)),
        rows in proptest::collection::vec((0_u32..9, proptest::collection::vec(cell(), 0..4), cell()), 0..6),
        delimiter in proptest::sample::select(&Delimiter::ALL[..]),
    ) {
        let source = UnusedSource {
            name: "x",
            columns: header.as_ref().map(|names| names.iter().map(String::as_str).collect()),
            delimiter,
            rows: rows.iter().map(|(line, cells, reason)| UnusedRow {
                line: *line,
                cells: cells.iter().map(String::as_str).collect(),
                reason: reason.clone(),
            }).collect(),
        };
        let bytes = unused_csv(&source);
        prop_assert_eq!(&bytes[..3], "\u{FEFF}".as_bytes());
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter.byte()).has_headers(false).flexible(false).from_reader(bytes.as_slice());
        let read: Vec<_> = reader.records().map(Result::unwrap).collect();
        let wanted: Vec<_> = source.lines().collect();
        prop_assert_eq!(read.len(), wanted.len());
        for (read, wanted) in read.iter().zip(&wanted) {
            prop_assert_eq!(read.len(), wanted.len());
            for (read, wanted) in read.iter().zip(wanted) {
                // Nothing is lost but for the mark before what might be a formula.
                prop_assert!(read == wanted.as_ref() || read.strip_prefix('\'') == Some(wanted));
                prop_assert!(!read.trim_start_matches(' ').starts_with(['=', '@', '\t', '\r', '\n']));
            }
        }
    }
}

proptest! {
    // Each case packs a workbook.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_names_make_valid_sheets_that_all_differ(
        names in proptest::collection::vec("([aA'é:/ 😀-]{0,40}|(?i)history|(?s).{0,40})", 1..8)
    ) {
        let sources: Vec<_> = names.iter()
            .map(|name| UnusedSource { name, ..source(None, &[&["x"]]) }).collect();
        let book = unused_xlsx(&sources).unwrap();
        let read = sheets(&book);
        prop_assert_eq!(read.len(), names.len());
        let distinct: BTreeSet<_> = read.iter().map(|(name, _)| name.to_lowercase()).collect();
        prop_assert_eq!(distinct.len(), names.len());
    }
}
