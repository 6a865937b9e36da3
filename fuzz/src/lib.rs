//! What must hold of every list and query, whatever it was made of. The targets bring the input.

use std::collections::HashSet;
use std::path::PathBuf;

use callback::{MAX_NAME_CHARS, MAX_PAIRS, MAX_VALUE_CHARS, Query};
use contacts::confined::ReaderProgram;
use contacts::{
    Changes, ContactList, FileRead, Limits, ListAsk, Reader, Reading, Region, RowState, Show,
    Summary, Unwatched, unused_csv, unused_xlsx,
};

/// Rows looked at one by one.
const SOME: u32 = 50;

/// The country of phones without one.
pub fn portugal() -> Region {
    Region::parse("PT").expect("Portugal has a telephone plan")
}

/// Reads files; there is no program for spreadsheets, so each of them is an error.
pub fn with_reader<T>(read: impl FnOnce(&Reader<'_>) -> T) -> T {
    let program = ReaderProgram::new(PathBuf::from("/nonexistent/list-reader"));
    read(&Reader {
        program: &program,
        limits: Limits::default(),
        region: portugal(),
        watch: &Unwatched,
    })
}

/// Takes bytes as a file of this name through all that a list can do with it.
pub fn file(name: &str, bytes: &[u8]) {
    match with_reader(|reader| reader.file(name, bytes, &Reading::default())) {
        Ok(read) => {
            let list = tables(read);
            // Packing takes a hundred times as long as all the rest.
            if bytes.len().is_multiple_of(32) {
                let _ = unused_xlsx(&list.unused());
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Judges and adds what was read, and checks the list.
pub fn tables(read: FileRead) -> ContactList {
    let mut list = ContactList::new(portugal());
    for table in read.tables {
        let preview = table.preview();
        assert!(preview.unreadable <= preview.count);
        assert!(preview.rows.len() <= preview.count as usize);
        let judged = table.judge(portugal(), &Unwatched).expect("nobody ends it");
        let added = list.add(judged).expect("there is room");
        assert_eq!(added.rows, preview.count);
        assert_eq!(added.rows, added.ready + added.warnings + added.errors);
    }
    check(&list);
    check_export(&list);
    check_kept(&list);
    list
}

/// Counts add up, and no contact is used twice.
pub fn check(list: &ContactList) {
    let summary = list.summary();
    let Summary {
        all,
        ready,
        warnings,
        errors,
        ..
    } = summary;
    assert_eq!(all, ready + warnings + errors);
    let of_sources: u32 = summary.sources.iter().map(|source| source.rows).sum();
    assert_eq!(all, of_sources);
    for reason in &summary.reasons {
        assert!((1..=all).contains(&reason.count));
    }
    for (show, count) in [
        (Show::All, all),
        (Show::Ready, ready),
        (Show::Warnings, warnings),
        (Show::Errors, errors),
    ] {
        let ask = ListAsk {
            show,
            ..ListAsk::default()
        };
        let page = list.rows(&ask, 0, SOME);
        assert_eq!(page.total, count);
        assert_eq!(page.rows.len() as u32, count.min(SOME));
        for row in page.rows {
            let worst = row.reasons.iter().map(|reason| reason.code.state()).max();
            assert_eq!(row.state, worst.unwrap_or(RowState::Ready));
            assert!(row.contact.is_some() || row.state == RowState::Error);
        }
    }
    let mut contacts = HashSet::new();
    for contact in list.contacts() {
        assert!(contacts.insert(contact.to_ascii_lowercase()), "used twice");
    }
    assert_eq!(contacts.len() as u32, ready + warnings);
    assert_eq!(list.picked().len() as u32, ready + warnings);
}

/// Every unused row is written, with a reason.
pub fn check_export(list: &ContactList) {
    let unused = list.unused();
    let rows: usize = unused.iter().map(|source| source.rows.len()).sum();
    assert_eq!(rows as u32, list.summary().errors);
    for row in unused.iter().flat_map(|source| &source.rows) {
        assert!(!row.reason.is_empty());
    }
    for source in &unused {
        let _ = unused_csv(source);
    }
}

/// The list comes back from what is kept of it.
pub fn check_kept(list: &ContactList) {
    let kept = serde_json::to_vec(&list.changes()).expect("changes can be written");
    let changes: Changes = serde_json::from_slice(&kept).expect("and read");
    let back = ContactList::restore(changes, |source| list.cells(source), &Unwatched)
        .expect("what was kept is whole");
    check(&back);
    let counts = |list: &ContactList| Summary {
        undo: None,
        ..list.summary()
    };
    assert_eq!(counts(&back), counts(list));
    let page = |list: &ContactList| list.rows(&ListAsk::default(), 0, SOME);
    assert_eq!(page(&back), page(list));
}

/// What is kept of a query is bounded and can be shown.
pub fn check_query(query: &Query) {
    assert!(query.pairs.len() <= MAX_PAIRS);
    for (name, value) in &query.pairs {
        assert!(name.chars().count() <= MAX_NAME_CHARS);
        assert!(value.chars().count() <= MAX_VALUE_CHARS);
        assert!(!name.chars().chain(value.chars()).any(char::is_control));
    }
}
