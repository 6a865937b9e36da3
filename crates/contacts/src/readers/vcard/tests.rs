use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;

use super::*;
use crate::Unwatched;

fn sheet(text: &str) -> Sheet {
    read(text, &Unwatched).unwrap()
}

/// Line and cells of every row but the first.
fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
    let sheet = sheet(text);
    (1..sheet.len())
        .map(|row| {
            assert_eq!(sheet.fault(row), None, "{text}");
            let cells = sheet.cells(row).map(|cell| cell.text.to_owned());
            (sheet.line(row), cells.collect())
        })
        .collect()
}

fn faults(text: &str) -> Vec<(u32, Option<Fault>, String)> {
    let sheet = sheet(text);
    (1..sheet.len())
        .map(|row| {
            let first = sheet.cell(row, 0).unwrap().text.to_owned();
            (sheet.line(row), sheet.fault(row), first)
        })
        .collect()
}

fn card(lines: &str) -> Vec<String> {
    let mut rows = rows(&format!("BEGIN:VCARD\n{lines}\nEND:VCARD\n"));
    assert_eq!(rows.len(), 1);
    rows.remove(0).1
}

#[test]
fn the_first_row_names_the_columns() {
    let sheet = sheet("BEGIN:VCARD\nEND:VCARD");
    let names: Vec<_> = sheet.cells(0).map(|cell| cell.text).collect();
    assert_eq!(names, COLUMNS);
    assert_eq!(
        (sheet.line(0), sheet.len(), sheet.cells(1).count()),
        (0, 2, 6)
    );
}

#[test]
fn every_line_end_and_version_is_read() {
    for end in ["\n", "\r\n", "\r"] {
        let text = [
            "BEGIN:VCARD",
            "VERSION:2.1",
            "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Concei=C3=A7=C3=",
            "=A3o;Ana",
            "TEL;CELL;PREF:+351 912 345 678",
            "END:VCARD",
            "",
            "begin:vcard",
            "VERSION:4.0",
            "FN:Rui Silva\\, Dr.",
            "TEL;VALUE=uri;TYPE=\"voice,cell\":tel:+351-912-345-678",
            "EMAIL:mailto:rui@example",
            " .com?subject=x",
            "ORG:Sol\\; Lua;Vendas",
            "end:vcard",
        ]
        .join(end);
        assert_eq!(
            rows(&text),
            [
                (
                    1,
                    ["Ana Conceição", "", "+351 912 345 678", "", "", ""]
                        .map(str::to_owned)
                        .to_vec()
                ),
                (
                    8,
                    [
                        "Rui Silva, Dr.",
                        "rui@example.com",
                        "+351-912-345-678",
                        "Sol; Lua, Vendas",
                        "",
                        ""
                    ]
                    .map(str::to_owned)
                    .to_vec()
                ),
            ]
        );
    }
}

#[test]
fn preferred_comes_first_and_a_mobile_before_all_other_phones() {
    let cells = card(
        "VERSION:4.0\nEMAIL:a@example.com\nEMAIL;PREF=2:b@example.com\nEMAIL;PREF=1:c@example.com\n\
         EMAIL:a@example.com\nTEL;TYPE=fax;PREF=1:1\nTEL;TYPE=work;PREF=1:2\nTEL;TYPE=cell:3\nTEL:4",
    );
    assert_eq!(cells[1], "c@example.com");
    assert_eq!(cells[4], "b@example.com; a@example.com");
    assert_eq!((cells[2].as_str(), cells[5].as_str()), ("3", "2; 4; 1"));
    let old = card("VERSION:3.0\nEMAIL:a@example.com\nEMAIL;TYPE=INTERNET,pref:b@example.com");
    assert_eq!(old[1], "b@example.com");
}

#[test]
fn groups_of_apple_and_names_in_parts_are_read() {
    let cells = card(
        "N:Silva;Ana;Rita,Luz;Dr.;\nitem1.EMAIL;type=INTERNET:ana@example.com\n\
         item1.X-ABLabel:_$!<Other>!$_\nITEM2.tel:+351 912 345 678",
    );
    assert_eq!(
        cells[..3],
        [
            "Dr. Ana Rita Luz Silva",
            "ana@example.com",
            "+351 912 345 678"
        ]
    );
    assert_eq!(card("FN:\nN:;;;;\nNICKNAME:Nita")[0], "Nita");
}

#[test]
fn quoted_printable_without_a_charset_is_utf_8_or_else_latin_1() {
    for name in ["Jos=C3=A9", "Jos=E9"] {
        let cells = card(&format!("VERSION:2.1\nFN;ENCODING=QUOTED-PRINTABLE:{name}"));
        assert_eq!(cells[0], "José");
    }
    let named = card("VERSION:2.1\nFN;CHARSET=ISO-8859-1;QUOTED-PRINTABLE:Jos=E9");
    assert_eq!(named[0], "José");
}

#[test]
fn a_card_inside_a_card_is_stepped_over() {
    let text = "BEGIN:VCARD\nFN:Ana\nAGENT:\nBEGIN:VCARD\nFN:Rui\nEMAIL:rui@example.com\nAGENT:\n\
                BEGIN:VCARD\nEND:VCARD\nEND:VCARD\nEMAIL:ana@example.com\nEND:VCARD";
    let rows = rows(text);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].1[..2], ["Ana", "ana@example.com"]);
}

#[test]
fn an_inner_card_that_does_not_end_takes_no_other_with_it() {
    let text = "BEGIN:VCARD\nFN:Ana\nAGENT:\nBEGIN:VCARD\nFN:Rui\nEND:VCARD\n\
                BEGIN:VCARD\nFN:Eva\nAGENT:\nBEGIN:VCARD\nFN:Luz\n\
                BEGIN:VCARD\nFN:Zoe\nEND:VCARD";
    let damaged = Some(Fault::DamagedCard);
    assert_eq!(
        faults(text),
        [
            (1, damaged, "FN:Ana".to_owned()),
            (7, damaged, "FN:Eva".to_owned()),
            (12, None, "Zoe".to_owned()),
        ]
    );
}

#[test]
fn what_does_not_end_or_belongs_nowhere_costs_only_itself() {
    let damaged = Some(Fault::DamagedCard);
    let text = "hello\nthere\nBEGIN:VCARD\nVERSION:3.0\nFN:Ana\nBEGIN:VCARD\nFN:Rui\nEND:VCARD\n\
                END:VCARD\nFN:Eva\nEND:VCARD\n\nBEGIN:VCARD\nEMAIL:zoe@exam";
    assert_eq!(
        faults(text),
        [
            (1, damaged, "hello".to_owned()),
            (3, damaged, "FN:Ana".to_owned()),
            (6, None, "Rui".to_owned()),
            (9, damaged, "END:VCARD".to_owned()),
            (10, damaged, "FN:Eva".to_owned()),
            (13, damaged, "EMAIL:zoe@exam".to_owned()),
        ]
    );
}

#[test]
fn the_lost_rest_of_a_contact_is_damage_but_a_broken_note_is_not() {
    let cut = "BEGIN:VCARD\nEMAIL:ana@exam\nple.com\nEND:VCARD";
    assert_eq!(faults(cut)[0].1, Some(Fault::DamagedCard));
    let bytes = "BEGIN:VCARD\nEMAIL;ENCODING=BASE64://///w==\nEND:VCARD";
    assert_eq!(faults(bytes)[0].1, Some(Fault::DamagedCard));
    let date = "BEGIN:VCARD\nEMAIL;VALUE=boolean:ana@example.com\nEND:VCARD";
    assert_eq!(faults(date)[0].1, Some(Fault::DamagedCard));
    assert_eq!(
        card("EMAIL:ana@example.com\nNOTE:one\ntwo\n\nthree")[1],
        "ana@example.com"
    );
}

#[test]
fn a_picture_of_20_mb_is_stepped_over_and_a_long_contact_is_one_bad_row() {
    let folded = |lines: usize| format!("{}\n ", "A".repeat(75)).repeat(lines);
    let picture = folded(30_000);
    for photo in [
        folded(20 * 1024 * 1024 / 77),
        picture.replace("\n ", "\n"),
        picture.replace("\n ", ""),
    ] {
        let lines = format!("FN:Ana\nPHOTO;ENCODING=b;TYPE=JPEG:{photo}\n\nEMAIL:a@example.com");
        assert_eq!(card(&lines)[..2], ["Ana", "a@example.com"]);
    }
    let long = format!("BEGIN:VCARD\nFN:{picture}\nEND:VCARD\nBEGIN:VCARD\nFN:Rui\nEND:VCARD");
    let rows = faults(&long);
    assert_eq!(rows[0].1, Some(Fault::LineTooLong));
    assert_eq!((rows[1].1, rows[1].2.as_str()), (None, "Rui"));
    let name = "x".repeat(MAX_FIELD_CHARS + 1);
    let wide = faults(&format!("BEGIN:VCARD\nFN:{name}\nEND:VCARD"));
    assert_eq!(wide[0].1, Some(Fault::FieldTooLong));
}

#[test]
fn a_text_without_a_card_is_refused_and_so_are_too_many() {
    assert_eq!(read(" \r\n", &Unwatched), Err(FileError::Empty));
    let none = read("FN:Ana\nEND:VCARD", &Unwatched);
    assert!(matches!(none, Err(FileError::Damaged { .. })));
    let million = "BEGIN:VCARD\nEND:VCARD\n".repeat(MAX_ROWS);
    let started = std::time::Instant::now();
    assert_eq!(sheet(&million).len(), MAX_ROWS + 1);
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
    let more = read(&"END:VCARD\n".repeat(MAX_ROWS + 1), &Unwatched);
    assert_eq!(more, Err(FileError::TooManyRows));
}

#[test]
fn reading_can_be_ended_from_outside() {
    struct Once(AtomicUsize);
    impl Watch for Once {
        fn progress(&self, progress: Progress) -> ControlFlow<()> {
            assert!(progress.done <= progress.all);
            match self.0.fetch_add(1, Ordering::Relaxed) {
                0 => ControlFlow::Continue(()),
                _ => ControlFlow::Break(()),
            }
        }
    }
    let once = Once(AtomicUsize::new(0));
    let many = "BEGIN:VCARD\nEND:VCARD\n".repeat(WATCH_EVERY * 2);
    assert_eq!(read(&many, &once), Err(FileError::Cancelled));
    assert_eq!(once.0.load(Ordering::Relaxed), 2);
}

const PIECES: &str = "BEGIN:VCARD\n|END:VCARD\r\n|FN|N|TEL|EMAIL|ORG|AGENT:|:|;|;|,|=\n|\n|\n |\r|\t|\\\\|\"|\
    ;ENCODING=BASE64|;QUOTED-PRINTABLE|;CHARSET=x|;VALUE=uri|;PREF=|;TYPE=cell|=C3|é|data:|item1\\.|ana|912|\u{0}";

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in proptest::collection::vec(PIECES, 0..40)) {
        let _ = read(&text.concat(), &Unwatched);
        let _ = read(&format!("BEGIN:VCARD\n{}\nEND:VCARD", text.concat()), &Unwatched);
    }

    #[test]
    fn no_odd_text_makes_it_panic(text in "(?s).{0,60}") {
        let _ = read(&format!("BEGIN:VCARD\nFN:{text}\nTEL;{text}\nEND:VCARD"), &Unwatched);
    }

    #[test]
    fn every_card_is_a_row(
        cards in proptest::collection::vec(("[a-z]{1,8}", "[a-z]{1,8}@example\\.com", any::<bool>()), 1..20)
    ) {
        let mut text = String::new();
        for (name, email, whole) in &cards {
            text += &format!("BEGIN:VCARD\r\nFN:{name}\r\nEMAIL:{email}\r\n");
            text += if *whole { "END:VCARD\r\n" } else { "" };
        }
        let sheet = read(&text, &Unwatched).unwrap();
        prop_assert_eq!(sheet.len(), cards.len() + 1);
        for (at, (name, email, whole)) in cards.iter().enumerate() {
            prop_assert_eq!(sheet.fault(at + 1).is_none(), *whole);
            if *whole {
                prop_assert_eq!(sheet.cell(at + 1, 0).unwrap().text, name);
                prop_assert_eq!(sheet.cell(at + 1, 1).unwrap().text, email);
            }
        }
    }
}
