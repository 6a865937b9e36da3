//! Lists made for the tests, and what they say.

use contacts::confined::ReaderProgram;
use contacts::{
    ContactList, Earlier, Field, FileError, FileRead, Imported, Limits, ListAsk, Reader, Reading,
    ReasonCode, Region, Row, RowId, Show, Sort, SortBy, Summary, Table, Target, Unwatched,
};

pub(crate) fn region(code: &str) -> Region {
    Region::parse(code).unwrap()
}

pub(crate) fn list() -> ContactList {
    ContactList::new(region("PT"))
}

/// The example beside the test program: `target/<profile>/examples/list_reader`.
pub(crate) fn program() -> ReaderProgram {
    let tests = std::env::current_exe().unwrap();
    let profile = tests.parent().and_then(std::path::Path::parent).unwrap();
    let name = format!("list_reader{}", std::env::consts::EXE_SUFFIX);
    let program = profile.join("examples").join(name);
    assert!(
        program.exists(),
        "{} is missing; `cargo build -p contacts --examples` makes it",
        program.display()
    );
    ReaderProgram::new(program)
}

pub(crate) fn with_reader<T>(of: impl FnOnce(&Reader<'_>) -> T) -> T {
    of(&Reader {
        program: &program(),
        limits: Limits::default(),
        region: region("PT"),
        watch: &Unwatched,
    })
}

pub(crate) fn read(name: &str, bytes: &[u8], reading: &Reading) -> Result<FileRead, FileError> {
    with_reader(|reader| reader.file(name, bytes, reading))
}

pub(crate) fn table(name: &str, bytes: impl AsRef<[u8]>) -> Table {
    let mut read = read(name, bytes.as_ref(), &Reading::default()).unwrap();
    assert_eq!(read.tables.len(), 1);
    read.tables.remove(0)
}

pub(crate) fn add(list: &mut ContactList, table: Table) -> Imported {
    let judged = table.judge(list.region(), &Unwatched).unwrap();
    list.add(judged).unwrap()
}

pub(crate) fn import(list: &mut ContactList, name: &str, bytes: impl AsRef<[u8]>) -> Imported {
    add(list, table(name, bytes))
}

pub(crate) fn imported(name: &str, bytes: impl AsRef<[u8]>) -> ContactList {
    let mut list = list();
    import(&mut list, name, bytes);
    list
}

pub(crate) fn type_in(list: &mut ContactList, text: &str) -> Imported {
    list.add_text(text, &Limits::default()).unwrap()
}

/// Reads a source anew as another reading gives it.
pub(crate) fn read_anew(list: &mut ContactList, name: &str, bytes: &[u8], reading: &Reading) {
    let table = read(name, bytes, reading).unwrap().tables.remove(0);
    let judged = table.judge(list.region(), &Unwatched).unwrap();
    list.read_anew(0, judged).unwrap();
}

pub(crate) fn use_columns(list: &mut ContactList, source: u32, targets: &[Target]) {
    let mut table = list.table(source).unwrap();
    table.set_targets(targets);
    let judged = table.judge(list.region(), &Unwatched).unwrap();
    list.read_anew(source, judged).unwrap();
}

pub(crate) fn change_region(list: &mut ContactList, code: &str) {
    let judged = list.judged_for(region(code), &Unwatched).unwrap();
    list.set_region(judged);
}

pub(crate) fn undo(list: &mut ContactList) -> bool {
    list.undo(&Unwatched).unwrap()
}

pub(crate) fn sorted(by: SortBy, descending: bool) -> ListAsk {
    ListAsk {
        sort: Sort { by, descending },
        ..ListAsk::default()
    }
}

pub(crate) fn showing(show: Show) -> ListAsk {
    ListAsk {
        show,
        ..ListAsk::default()
    }
}

pub(crate) fn searching(search: &str) -> ListAsk {
    ListAsk {
        search: search.to_owned(),
        ..ListAsk::default()
    }
}

pub(crate) fn with_reason(code: ReasonCode) -> ListAsk {
    ListAsk {
        reason: Some(code),
        ..ListAsk::default()
    }
}

pub(crate) fn rows(list: &ContactList, ask: &ListAsk) -> Vec<Row> {
    let page = list.rows(ask, 0, u32::MAX);
    assert_eq!(page.total as usize, page.rows.len());
    page.rows
}

pub(crate) fn in_file_order(list: &ContactList) -> Vec<Row> {
    rows(list, &sorted(SortBy::File, false))
}

pub(crate) fn id(list: &ContactList, at: usize) -> RowId {
    in_file_order(list)[at].id
}

pub(crate) fn contacts(list: &ContactList) -> Vec<String> {
    list.contacts().map(str::to_owned).collect()
}

pub(crate) fn texts(rows: &[Row]) -> Vec<&str> {
    rows.iter().map(|row| row.text.as_str()).collect()
}

pub(crate) fn codes(row: &Row) -> Vec<ReasonCode> {
    row.reasons.iter().map(|reason| reason.code).collect()
}

pub(crate) fn messages(row: &Row) -> Vec<&str> {
    let reasons = row.reasons.iter();
    reasons.map(|reason| reason.message.as_str()).collect()
}

/// Tells the list that these contacts were asked in one earlier request.
pub(crate) fn ask_earlier(list: &mut ContactList, known: &[&str]) {
    let mut found = Earlier::default();
    for contact in list.unasked().filter(|contact| known.contains(contact)) {
        found.note(
            contact,
            "r1".to_owned(),
            "“Renewal” on 3 May 2026".to_owned(),
        );
    }
    list.asked(found);
}

/// Everything a list says, but for what can be undone.
#[derive(Debug, PartialEq)]
pub(crate) struct Said {
    summary: Summary,
    rows: Vec<Row>,
    contacts: Vec<String>,
    people: Vec<contacts::Person>,
    cells: Vec<Option<Vec<u8>>>,
}

/// Everybody to send to, with what their rows say, in file order.
pub(crate) fn people(list: &ContactList) -> Vec<contacts::Person> {
    let picked = list.picked();
    (0..picked.len()).map(|at| picked.person(at)).collect()
}

pub(crate) fn said(list: &ContactList) -> Said {
    let summary = Summary {
        undo: None,
        ..list.summary()
    };
    Said {
        rows: rows(list, &ListAsk::default()),
        contacts: contacts(list),
        people: people(list),
        cells: (0..count(summary.sources.len()))
            .map(|at| list.cells(at))
            .collect(),
        summary,
    }
}

pub(crate) fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap()
}

/// The list as it comes back after it was kept.
pub(crate) fn restored(list: &ContactList) -> ContactList {
    let json = serde_json::to_string(&list.changes()).unwrap();
    let changes = serde_json::from_str(&json).unwrap();
    ContactList::restore(changes, |source| list.cells(source), &Unwatched).unwrap()
}

/// What must hold of every list, whatever happened to it. Nothing may have been asked before.
pub(crate) fn check(list: &ContactList) {
    let said = said(list);
    let Summary {
        all,
        ready,
        warnings,
        errors,
        ..
    } = said.summary;
    assert_eq!(all as usize, said.rows.len());
    assert_eq!(all, ready + warnings + errors);
    assert_eq!(
        all,
        said.summary.sources.iter().map(|s| s.rows).sum::<u32>()
    );
    assert_eq!(said.contacts.len() as u32, ready + warnings);
    assert_eq!(said.people.len(), said.contacts.len());
    let picked = list.picked();
    let people = (0..picked.len()).map(|at| picked.person(at));
    assert!(people.eq(said.people.iter().cloned()));
    for row in &said.rows {
        let worst = row.reasons.iter().map(|reason| reason.code.state()).max();
        assert_eq!(Some(row.state), worst.or(Some(contacts::RowState::Ready)));
        for reason in row.reasons.iter().filter(|r| r.suggestion.is_some()) {
            assert!(reason.alike > 0, "{reason:?}");
        }
    }
    for reason in &said.summary.reasons {
        let found = rows(list, &with_reason(reason.code));
        assert_eq!(found.len() as u32, reason.count, "{reason:?}");
    }
    let mut unique: Vec<_> = said.contacts.iter().map(|c| c.to_lowercase()).collect();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), said.contacts.len());
    assert_eq!(self::said(&restored(list)), said);
}

pub(crate) const FIELDS: [Field; 7] = [
    Field::Contact,
    Field::Name,
    Field::DocId,
    Field::Language,
    Field::InternalId,
    Field::SecondaryContact,
    Field::Country,
];
