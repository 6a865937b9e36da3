//! Workbooks read in this process: what cells become, what is left out, what is refused.

use rust_xlsxwriter::{Chart, ExcelDateTime, Format, Formula, Workbook as Writer};
use zip::CompressionMethod;

use super::trouble::Damage;
use super::*;
use crate::MAX_FIELD_CHARS;
use crate::readers::Fault;

pub(crate) mod made;

use made::{TEXT, lying, ods, ods_of, table, wide, xlsb_of, xlsx_of, xlsx_packed, zipped};

fn take(bytes: &[u8]) -> Result<Workbook, Trouble> {
    read(bytes, &Limits::default(), &mut |_| ())
}

fn within(bytes: &[u8], change: impl FnOnce(&mut Limits)) -> Result<Workbook, Trouble> {
    let mut limits = Limits::default();
    change(&mut limits);
    read(bytes, &limits, &mut |_| ())
}

/// Line, fault and cells of each row; numbers are marked.
fn rows(sheet: &Sheet) -> Vec<(u32, Option<Fault>, String)> {
    (0..sheet.len())
        .map(|row| {
            let cells = sheet.cells(row).map(|cell| match cell.is_number {
                true => format!("={}", cell.text),
                false => cell.text.to_owned(),
            });
            let cells: Vec<_> = cells.collect();
            (sheet.line(row), sheet.fault(row), cells.join("|"))
        })
        .collect()
}

fn sound(line: u32, cells: &str) -> (u32, Option<Fault>, String) {
    (line, None, cells.to_owned())
}

#[test]
fn cells_are_what_a_person_would_type() {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    sheet.write(0, 0, "Nome").unwrap();
    sheet.write(0, 2, "Telemóvel").unwrap();
    sheet.write(2, 0, " Inês \n<b>").unwrap();
    sheet.write(2, 1, "").unwrap();
    sheet.write(2, 2, 912_345_678.0).unwrap();
    sheet.write(2, 3, 0.1).unwrap();
    let day = ExcelDateTime::from_ymd(2025, 10, 13).unwrap();
    sheet.write_with_format(3, 0, &day, &date).unwrap();
    let noon = day.and_hms(12, 0, 0).unwrap();
    sheet.write_with_format(3, 1, &noon, &date).unwrap();
    sheet.write(3, 2, true).unwrap();
    sheet
        .write(3, 3, Formula::new("=1/0").set_result("#DIV/0!"))
        .unwrap();
    sheet
        .write(3, 4, Formula::new("=1+1").set_result("2"))
        .unwrap();
    sheet
        .write(3, 5, Formula::new("=A1").set_result("a@example.com"))
        .unwrap();
    sheet.write(9, 0, "+351912345678").unwrap();
    sheet.write_blank(10, 0, &date).unwrap();
    sheet.write(11, 0, "").unwrap();
    let book = take(&writer.save_to_buffer().unwrap()).unwrap();
    assert_eq!(book.left_out, []);
    assert_eq!(book.sheets[0].name, "Sheet1");
    assert_eq!(
        rows(&book.sheets[0].sheet),
        [
            sound(1, "Nome||Telemóvel"),
            sound(3, " Inês \n<b>||=912345678|=0.1"),
            sound(
                4,
                "2025-10-13|2025-10-13T12:00:00|TRUE|#DIV/0!|=2|a@example.com"
            ),
            sound(10, "+351912345678"),
        ]
    );
}

#[test]
fn hidden_sheets_and_charts_are_left_out_and_named() {
    let mut writer = Writer::new();
    writer
        .add_worksheet()
        .set_name("Pessoas")
        .unwrap()
        .write(0, 0, "a")
        .unwrap();
    writer
        .add_worksheet()
        .set_name("Notas")
        .unwrap()
        .set_hidden(true);
    writer
        .add_worksheet()
        .set_name("Segredo")
        .unwrap()
        .set_very_hidden(true);
    writer.add_worksheet().set_name("Vazia").unwrap();
    let mut chart = Chart::new_column();
    chart.add_series().set_values("Pessoas!$A$1:$A$2");
    let graph = writer.add_chartsheet().set_name("Gráfico").unwrap();
    graph.insert_chart(0, 0, &chart).unwrap();
    let book = take(&writer.save_to_buffer().unwrap()).unwrap();
    let names: Vec<_> = book
        .sheets
        .iter()
        .map(|sheet| (&*sheet.name, sheet.sheet.len()))
        .collect();
    assert_eq!(names, [("Pessoas", 1), ("Vazia", 0)]);
    let left_out: Vec<_> = book
        .left_out
        .iter()
        .map(|sheet| (&*sheet.name, sheet.why))
        .collect();
    assert_eq!(
        left_out,
        [
            ("Notas", WhyLeftOut::Hidden),
            ("Segredo", WhyLeftOut::VeryHidden),
            ("Gráfico", WhyLeftOut::Chart),
        ]
    );
}

#[test]
fn an_old_workbook_is_read_like_a_new_one() {
    let book = take(include_bytes!("../../../tests/data/people.xls")).unwrap();
    assert_eq!(
        rows(&book.sheets[0].sheet),
        [
            sound(1, "Nome|Email|Telemóvel|Desde|Ativo"),
            sound(3, "Inês|ines@example.com|=912345678|2025-10-13|TRUE"),
        ]
    );
    assert_eq!(
        (&*book.left_out[0].name, book.left_out[0].why),
        ("Notas", WhyLeftOut::Hidden)
    );
}

#[test]
fn far_corners_cost_two_cells() {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet();
    sheet.write(0, 0, "a").unwrap();
    sheet.write(1_048_575, 16_383, "z").unwrap();
    sheet.write(0, 1_023, "b").unwrap();
    let book = take(&writer.save_to_buffer().unwrap()).unwrap();
    let sheet = &book.sheets[0].sheet;
    assert_eq!((sheet.cells(0).count(), sheet.fault(0)), (1_024, None));
    assert_eq!(
        rows(sheet)[1],
        (1_048_576, Some(Fault::TooManyColumns), String::new())
    );
}

#[test]
fn a_binary_workbook_is_read_like_any_other() {
    let row = |row: u32| (0x0000, [&row.to_le_bytes()[..], &[0; 21]].concat());
    let cell = |sort: u16, column: u32, value: Vec<u8>| {
        (sort, [&column.to_le_bytes()[..], &[0; 4], &value].concat())
    };
    let book = take(&xlsb_of(&[
        row(0),
        cell(0x0006, 0, wide("Inês")),
        cell(0x0005, 2, 912_345_678_f64.to_le_bytes().to_vec()),
        row(1_048_575),
        cell(0x0004, 1, vec![1]),
        cell(0x0003, 16_383, vec![0x2A]),
    ]))
    .unwrap();
    assert_eq!(book.sheets[0].name, "Folha");
    assert_eq!(
        rows(&book.sheets[0].sheet),
        [
            sound(1, "Inês||=912345678"),
            (1_048_576, Some(Fault::TooManyColumns), "|TRUE".to_owned()),
        ]
    );
}

#[test]
fn progress_is_told_while_cells_come() {
    let bytes = xlsx_of(&"<row><c><v>1</v></c><c><v>2</v></c></row>".repeat(10_000));
    let mut told = Vec::new();
    read(&bytes, &Limits::default(), &mut |done| told.push(done)).unwrap();
    assert_eq!(told.len(), 20_000 / 4_096);
    assert!(told.is_sorted() && told[0] > 0, "{told:?}");
}

#[test]
fn a_long_text_is_cut_and_its_row_is_at_fault() {
    let most = "é".repeat(MAX_FIELD_CHARS);
    let book = take(&xlsx_of(&format!(
        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{most}é</t></is></c><c r=\"B1\"><v>7</v></c></row>\
         <row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>{most}</t></is></c></row>"
    )))
    .unwrap();
    assert_eq!(
        rows(&book.sheets[0].sheet),
        [
            (1, Some(Fault::FieldTooLong), format!("{most}|=7")),
            sound(2, &most)
        ]
    );
}

#[test]
fn cells_are_counted_with_the_gaps_that_are_filled() {
    let bytes = xlsx_of(
        "<row r=\"1\"><c r=\"D1\"><v>1</v></c></row><row r=\"9\"><c r=\"BZZ9\"><v>1</v></c></row>",
    );
    assert_eq!(
        within(&bytes, |limits| limits.cells = 4),
        Err(Trouble::TooManyCells)
    );
    assert!(within(&bytes, |limits| limits.cells = 5).is_ok());
}

#[test]
fn one_text_in_many_cells_cannot_grow_without_end() {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet();
    for row in 0..1_000 {
        sheet.write(row, 0, "x".repeat(9_999)).unwrap();
    }
    let bytes = writer.save_to_buffer().unwrap();
    let most = |limits: &mut Limits| limits.inflated_bytes = 9_000_000;
    assert_eq!(within(&bytes, most), Err(Trouble::TooLargeInside));
    assert!(take(&bytes).is_ok());
}

#[test]
fn cells_that_go_back_are_refused_and_not_reordered() {
    for cells in [
        "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>",
        "<row r=\"1\"><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row>",
        "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>",
    ] {
        assert_eq!(
            take(&xlsx_of(cells)),
            Err(Trouble::Damaged(Damage::CellOrder))
        );
    }
}

#[test]
fn a_workbook_that_declares_too_much_is_not_unpacked() {
    let bytes = xlsx_of(&" ".repeat(3_000_000));
    assert!(bytes.len() < 100_000);
    let started = std::time::Instant::now();
    let most = |limits: &mut Limits| limits.inflated_bytes = 1_000_000;
    assert_eq!(within(&bytes, most), Err(Trouble::TooLargeInside));
    assert!(started.elapsed().as_millis() < 500);
}

#[test]
fn a_part_that_grows_past_its_declared_size_is_ended_there() {
    let bytes = lying(xlsx_of(&" ".repeat(3_000_000)));
    let declared = 4 * 5;
    let mut package = Package::open(&bytes, declared).unwrap();
    let mut unpacked = Vec::new();
    let mut part = package.part("xl/worksheets/sheet1.xml").unwrap();
    assert!(std::io::Read::read_to_end(&mut part, &mut unpacked).is_err());
    assert!(unpacked.len() < 10, "{}", unpacked.len());
    assert_eq!(take(&bytes), Err(Trouble::Damaged(Damage::Part)));
}

#[test]
fn repeated_cells_and_rows_are_laid_out_within_limits() {
    let empty = "<table:table-cell table:number-columns-repeated=\"16384\"/>";
    let twice = TEXT.replacen(' ', " table:number-columns-repeated=\"2\" ", 1);
    let book = take(&ods(&format!(
        "<table:table-row table:number-rows-repeated=\"2\">{twice}{empty}</table:table-row>\
         <table:table-row table:number-rows-repeated=\"5\">{empty}</table:table-row>\
         <table:table-row><table:table-cell/><table:table-cell office:value-type=\"float\" office:value=\"7\"/></table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048568\">{empty}</table:table-row>"
    )))
    .unwrap();
    assert_eq!(
        rows(&book.sheets[0].sheet),
        [sound(1, "x|x"), sound(2, "x|x"), sound(8, "|=7")]
    );
}

#[test]
fn giant_repeats_are_refused_before_they_are_laid_out() {
    let many = "1000000000";
    let wide = TEXT.replacen(
        ' ',
        &format!(" table:number-columns-repeated=\"{many}\" "),
        1,
    );
    let row = |repeats: &str, cells: &str| {
        format!(
            "<table:table-row table:number-rows-repeated=\"{repeats}\">{cells}</table:table-row>"
        )
    };
    for rows in [
        row(many, TEXT),
        row("1", &wide),
        row("18446744073709551615", &wide),
        row("1048577", TEXT),
        format!("{}{}{}", row("1", TEXT), row("2000000", ""), row("1", TEXT)),
        format!(
            "{}{}",
            row("200", &TEXT.repeat(2)),
            row(
                "9999",
                &format!("<table:table-cell table:number-columns-repeated=\"300\"/>{TEXT}")
            )
        ),
    ] {
        assert_eq!(take(&ods(&rows)), Err(Trouble::TooManyCells), "{rows:.200}");
    }
    let overflow = row("99999999999999999999", TEXT);
    assert_eq!(take(&ods(&overflow)), Err(Trouble::Damaged(Damage::Xml)));
}

#[test]
fn a_table_without_an_end_is_damaged_and_does_not_hang() {
    let content = "<table:table table:name=\"T\"><table:table-row>";
    for cut in [content, &content[..28]] {
        let bytes = zipped([
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            ("META-INF/manifest.xml", "<manifest:manifest/>"),
            ("content.xml", cut),
        ]);
        assert_eq!(take(&bytes), Err(Trouble::Damaged(Damage::Xml)));
    }
}

#[test]
fn namesakes_and_hidden_tables_of_opendocument_are_seen() {
    let row = format!("<table:table-row>{TEXT}</table:table-row>");
    let both = format!("{}{}", table(&row), table(&row));
    assert_eq!(
        take(&ods_of("<m/>", &both)),
        Err(Trouble::Damaged(Damage::SameName))
    );
    let hidden = table(&row).replacen("\"T\"", "\"H\" table:style-name=\"h\"", 1);
    let book = take(&ods_of("<m/>", &format!("{}{hidden}", table(&row)))).unwrap();
    assert_eq!(
        (book.sheets.len(), book.left_out[0].why),
        (1, WhyLeftOut::Hidden)
    );
}

#[test]
fn passwords_are_recognised() {
    let encrypted = include_bytes!("../../../tests/data/password.xlsx");
    assert_eq!(take(encrypted), Err(Trouble::Password));
    let manifest = "<manifest:manifest><manifest:file-entry manifest:full-path=\"content.xml\">\
                    <manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    assert_eq!(take(&ods_of(manifest, "garbage")), Err(Trouble::Password));
}

#[test]
fn what_is_no_workbook_is_damaged() {
    assert_eq!(take(b""), Err(Trouble::Empty));
    assert_eq!(
        take(b"PK\x03\x04 nothing"),
        Err(Trouble::Damaged(Damage::Container))
    );
    let archive = zipped([("readme.txt", "hello")]);
    assert_eq!(take(&archive), Err(Trouble::Damaged(Damage::NoWorkbook)));
    let ole = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 nothing";
    assert_eq!(take(ole), Err(Trouble::Damaged(Damage::Container)));
    for (cells, damage) in [
        ("<row><c r=\"A1\"><v>1", Damage::Xml),
        ("<row><c r=\"A1\" t=\"s\"><v>5</v></c></row>", Damage::Cell),
        ("<row><c r=\"1A\"><v>5</v></c></row>", Damage::Cell),
    ] {
        assert_eq!(
            take(&xlsx_of(cells)),
            Err(Trouble::Damaged(damage)),
            "{cells}"
        );
    }
}

#[test]
fn a_changed_byte_is_found_by_its_checksum() {
    let row = "<row r=\"1\"><c r=\"A1\"><v>912345678</v></c></row>";
    let mut bytes = xlsx_packed(CompressionMethod::Stored, row);
    assert!(take(&bytes).is_ok());
    let at = bytes
        .windows(9)
        .position(|part| part == b"912345678")
        .unwrap();
    bytes[at] = b'8';
    assert_eq!(take(&bytes), Err(Trouble::Damaged(Damage::Part)));
}

#[test]
fn a_truncated_workbook_is_damaged_wherever_it_is_cut() {
    let mut writer = Writer::new();
    writer
        .add_worksheet()
        .write(0, 0, "ana@example.com")
        .unwrap();
    let xlsx = writer.save_to_buffer().unwrap();
    let ods = ods(&format!("<table:table-row>{TEXT}</table:table-row>"));
    for bytes in [&xlsx[..], &ods] {
        for length in (1..bytes.len()).step_by(bytes.len() / 60) {
            assert!(
                matches!(take(&bytes[..length]), Err(Trouble::Damaged(_))),
                "{length}"
            );
        }
    }
}
