use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::{MAX_COLUMNS, Unwatched};

fn sheet(text: &str) -> Sheet {
    read(text, &Unwatched).unwrap()
}

fn texts(sheet: &Sheet, row: usize) -> Vec<&str> {
    sheet.cells(row).map(|cell| cell.text).collect()
}

fn table(text: &str) -> Vec<(u32, Vec<String>)> {
    let sheet = sheet(text);
    (0..sheet.len())
        .map(|row| {
            assert_eq!(sheet.fault(row), None);
            let cells = sheet.cells(row).map(|cell| cell.text.to_owned());
            (sheet.line(row), cells.collect())
        })
        .collect()
}

fn row(line: u32, cells: &[&str]) -> (u32, Vec<String>) {
    (line, cells.iter().map(|cell| (*cell).to_owned()).collect())
}

fn refused(text: &str) -> String {
    read(text, &Unwatched).unwrap_err().to_string()
}

#[test]
fn objects_have_their_keys_as_columns_wherever_the_list_is() {
    let list =
        r#"[{"name":"Ana","email":"a@example.com"},{"phone":351912345678,"name":"Rui","ok":true}]"#;
    let lines = "{\"name\":\"Ana\",\"email\":\"a@example.com\"}\r\n\n{\"phone\":351912345678,\"name\":\"Rui\",\"ok\":true}\n";
    let wanted = [
        row(0, &["name", "email", "phone", "ok"]),
        row(1, &["Ana", "a@example.com"]),
        row(2, &["Rui", "", "351912345678", "true"]),
    ];
    for text in [
        list.to_owned(),
        lines.to_owned(),
        format!("\u{FEFF} {list}\n"),
        format!("{{\"contacts\": {list}}}"),
        format!(
            "{{\"page\":1,\"none\":[],\"tags\":[\"x\"],\"users\":\n[ {}}}",
            &list[1..]
        ),
    ] {
        assert_eq!(table(&text), wanted, "{text}");
    }
    let sheet = sheet(list);
    assert!(sheet.cell(2, 2).unwrap().is_number);
    assert!(!sheet.cell(2, 3).unwrap().is_number);
}

#[test]
fn texts_and_bare_numbers_have_one_column() {
    let wanted = [
        row(0, &["Contact"]),
        row(1, &["a@example.com"]),
        row(2, &["é\"\n"]),
    ];
    for text in [
        r#"["a@example.com","\u00e9\"\n"]"#,
        "\"a@example.com\"\n\"é\\\"\\n\"",
        r#"{"emails":["a@example.com","\u00E9\"\n"]}"#,
    ] {
        assert_eq!(table(text), wanted);
    }
    let numbers = sheet("[912345678, null]");
    assert!(numbers.cell(1, 0).unwrap().is_number);
    assert_eq!(texts(&numbers, 2), [""]);
    assert_eq!(table("\"a@example.com\"").len(), 2);
}

#[test]
fn arrays_have_their_names_in_the_first_if_it_looks_like_it() {
    assert_eq!(
        table(r#"[["Nome","Telefone"],["Ana","912 345 678","x"]]"#),
        [
            row(1, &["Nome", "Telefone", "column 3"]),
            row(2, &["Ana", "912 345 678", "x"])
        ]
    );
    assert_eq!(
        table(r#"[["Ana",912345678],["Rui"]]"#),
        [
            row(0, &["column 1", "column 2"]),
            row(1, &["Ana", "912345678"]),
            row(2, &["Rui"])
        ]
    );
}

#[test]
fn all_kinds_of_elements_may_stand_in_one_list() {
    assert_eq!(
        table(r#"["a@example.com",["x","y"],{"name":"Ana"}]"#),
        [
            row(0, &["column 1", "column 2", "Contact", "name"]),
            row(1, &["", "", "a@example.com"]),
            row(2, &["x", "y"]),
            row(3, &["", "", "", "Ana"]),
        ]
    );
}

#[test]
fn one_level_inside_becomes_columns_and_the_rest_stays_text() {
    assert_eq!(
        table(r#"[{"a":{"b":"1","c":{"d":2}},"e":[1, "x"],"f":null,"g":{ }}]"#),
        [
            row(0, &["a.b", "a.c", "e", "f", "g"]),
            row(1, &["1", r#"{"d":2}"#, r#"[1, "x"]"#, "", ""]),
        ]
    );
    // One object with no list in it is one contact.
    assert_eq!(
        table(r#"{"name":"Ana","ids":[1]}"#),
        [row(0, &["name", "ids"]), row(1, &["Ana", "[1]"])]
    );
}

#[test]
fn a_key_that_stands_twice_is_a_fault_of_its_row() {
    let sheet = sheet(
        "[{\"email\":\"a@example.com\",\n\"email\":\"b@example.com\"},{\"a.b\":1,\"a\":{\"b\":2}},{\"a.b\":1}]",
    );
    assert_eq!(sheet.fault(1), Some(Fault::RepeatedKey));
    assert_eq!(
        texts(&sheet, 1),
        [r#"{"email":"a@example.com", "email":"b@example.com"}"#]
    );
    assert_eq!(
        (sheet.fault(2), sheet.fault(3)),
        (Some(Fault::RepeatedKey), None)
    );
}

#[test]
fn what_is_too_long_or_too_wide_costs_only_its_row() {
    let long = "x".repeat(MAX_FIELD_CHARS + 1);
    let huge = "x".repeat(MAX_LINE_BYTES);
    let wide = (0..=MAX_COLUMNS)
        .map(|n| format!("\"k{n}\":{n}"))
        .collect::<Vec<_>>()
        .join(",");
    let array = vec!["1"; MAX_COLUMNS + 1].join(",");
    let sheet = sheet(&format!(
        "[\"{long}\",\"{huge}\",{{{wide}}},[{array}],\"a@example.com\"]"
    ));
    let faults: Vec<_> = (1..6).map(|row| sheet.fault(row)).collect();
    assert_eq!(
        faults,
        [
            Some(Fault::FieldTooLong),
            Some(Fault::LineTooLong),
            Some(Fault::TooManyColumns),
            Some(Fault::TooManyColumns),
            None,
        ]
    );
    assert_eq!(texts(&sheet, 0), ["Contact"]);
    assert!((1..6).all(|row| sheet.cell(row, 0).unwrap().text.chars().count() <= 121));
}

#[test]
fn a_mistake_is_told_by_line_and_column_and_without_content() {
    for text in [
        "[\"secret@example.com\",\n  oops]",
        "{\"contacts\":[\"secret@example.com\",\n  oops]}",
        "\"secret@example.com\"\n  oops",
        "{\"a\":\"secret@example.com\"}\n{,}",
        "[\"secret@example.com\"",
        "[\"secret@example.com\"] ]",
        "[\"secret@example.com\n\"]",
        "[01]",
        "Name,Email\nsecret,secret@example.com",
    ] {
        let said = refused(text);
        assert!(
            said.contains("at line ") && said.contains(", column "),
            "{said}"
        );
        assert!(!said.contains("secret") && !said.contains("oops"), "{said}");
    }
    assert!(refused("[1,\n  oops]").contains("at line 2, column 3"));
    assert!(refused("\"a\"\n  oops").contains("at line 2, column 3"));
    for text in ["12", "true", "null"] {
        assert!(refused(text).contains("no list of contacts"));
    }
    for text in ["", " \n", "[]", "\u{FEFF}"] {
        assert_eq!(read(text, &Unwatched), Err(FileError::Empty), "{text}");
    }
}

#[test]
fn half_a_surrogate_pair_becomes_a_character_that_the_judge_refuses() {
    let sheet = sheet(r#"[{"e\ud800":"a\udc00@example.com"}]"#);
    assert!(sheet.cell(0, 0).unwrap().text.contains('\u{FFFD}'));
    assert!(sheet.cell(1, 0).unwrap().text.contains('\u{FFFD}'));
}

#[test]
fn depth_costs_no_stack() {
    let deep = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
    assert_eq!(sheet(&deep(3_000)).cells(1).count(), 1);
    let cut = "[".repeat(2_000_000);
    assert!(matches!(
        read(&cut, &Unwatched),
        Err(FileError::Damaged { .. })
    ));
    let keys = format!("{}1{}", "{\"a\":".repeat(200_000), "}".repeat(200_000));
    let sheet = sheet(&format!("[{keys},{}]", deep(200_000)));
    assert_eq!(sheet.fault(1), Some(Fault::LineTooLong));
    assert_eq!(sheet.fault(2), Some(Fault::FieldTooLong));
}

#[test]
fn rows_and_cells_are_bounded() {
    let many = format!("[{}1]", "1,".repeat(MAX_ROWS));
    assert_eq!(read(&many, &Unwatched), Err(FileError::TooManyRows));
    assert_eq!(sheet(&many[3..].replacen('1', "[1", 1)).len(), MAX_ROWS + 1);
    // Every row fills only the last of the columns.
    let keys = (0..MAX_COLUMNS)
        .map(|n| format!("\"k{n}\":1"))
        .collect::<Vec<_>>()
        .join(",");
    let last = format!(",{{\"k{}\":1}}", MAX_COLUMNS - 1).repeat(20_000);
    let sparse = read(&format!("[{{{keys}}}{last}]"), &Unwatched);
    assert_eq!(
        sparse,
        Err(FileError::TooManyCells {
            limit: MAX_CELLS as u64
        })
    );
}

#[test]
fn many_lines_take_linear_time() {
    let started = std::time::Instant::now();
    let lines = "{\"email\":\"a@example.com\"}\n".repeat(100_000);
    assert_eq!(sheet(&lines).len(), 100_001);
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

#[test]
fn reading_can_be_ended_from_outside_in_either_round() {
    struct After(usize, AtomicUsize);
    impl Watch for After {
        fn progress(&self, progress: Progress) -> ControlFlow<()> {
            assert!(progress.done <= progress.all);
            match self.1.fetch_add(1, Ordering::Relaxed) {
                calls if calls < self.0 => ControlFlow::Continue(()),
                _ => ControlFlow::Break(()),
            }
        }
    }
    let many = format!("[{}1]", "1,".repeat(WATCH_EVERY as usize));
    for calls in 0..4 {
        let after = After(calls, AtomicUsize::new(0));
        assert_eq!(read(&many, &after), Err(FileError::Cancelled));
    }
    assert!(read(&many, &After(4, AtomicUsize::new(0))).is_ok());
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 20, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map("[ab.]{0,2}", inner, 0..4)
                .prop_map(|map| map.into_iter().collect::<Value>()),
        ]
    })
}

proptest! {
    #[test]
    fn every_element_is_a_row(list in proptest::collection::vec(value(), 1..8)) {
        let array = Value::from(list.clone());
        for text in [array.to_string(), serde_json::to_string_pretty(&array).unwrap()] {
            let sheet = read(&text, &Unwatched).unwrap();
            // The first array may have become the names.
            let taken = usize::from(sheet.line(0) == 1);
            prop_assert_eq!(sheet.len() + taken, list.len() + 1);
            for row in 1..sheet.len() {
                prop_assert_eq!(sheet.line(row) as usize, row + taken);
                prop_assert!(sheet.cells(row).count() <= sheet.cells(0).count());
            }
        }
    }

    #[test]
    fn cells_stand_under_their_keys(
        list in proptest::collection::vec(
            proptest::collection::btree_map("[a-e]", ".{0,5}", 1..5), 1..8)
    ) {
        let lines: String = list.iter().map(|map| json!(map).to_string() + "\n").collect();
        for text in [json!(list).to_string(), lines] {
            let sheet = read(&text, &Unwatched).unwrap();
            for (at, map) in list.iter().enumerate() {
                for column in 0..sheet.cells(0).count() {
                    let found = sheet.cell(at + 1, column).map_or("", |cell| cell.text);
                    let key = sheet.cell(0, column).unwrap().text;
                    prop_assert_eq!(found, map.get(key).map_or("", String::as_str));
                }
            }
        }
    }

    #[test]
    fn no_text_makes_it_panic(
        text in proptest::collection::vec(
            "\\{|\\}|\\[|\\]|,|:|\"|\"a\"|\"b\":|null|true|-|1e9|0|\\\\u|\\\\|\n| |é|\\\\ud800|\u{0}", 0..30)
    ) {
        let _ = read(&text.concat(), &Unwatched);
        let _ = read(&format!("[{{{}}}]", text.concat()), &Unwatched);
    }
}
