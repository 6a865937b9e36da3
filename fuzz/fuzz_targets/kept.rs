//! Cells as they are kept with a draft: whatever they became on the disk, they are refused or make a
//! list in which all holds. The first byte says which rows are in the list; the rest are the cells.

#![no_main]

use contacts::{ContactList, Unwatched};
use libfuzzer_sys::fuzz_target;
use serde_json::json;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, cells)) = bytes.split_first() else {
        return;
    };
    let (skip, from, length) = (first & 1, first >> 1 & 3, first >> 3);
    let rows = json!([[skip + from, length], [from, u32::MAX]]);
    let column = |target: &str| json!({ "name": target, "target": target, "samples": [] });
    let targets = [
        "contact",
        "docId",
        "language",
        "secondaryContact",
        "country",
    ];
    let changes = json!({
        "region": "PT",
        "sources": [{
            "about": {
                "name": "list.csv", "sheet": null, "format": "csv", "rows": 9, "blank": 0,
                "encoding": "UTF-8", "delimiter": "comma", "header": skip == 1,
                "columns": targets.map(column),
            },
            "skip": skip,
            "rows": if *first == 0 { json!([[0, u32::MAX]]) } else { rows },
        }],
        "typed": [[0, 1, [["contact", "ana@example.com"]]], [7, 9, [["name", "Ana"]]]],
    });
    let changes = serde_json::from_value(changes).expect("these are changes");
    if let Ok(list) = ContactList::restore(changes, |_| Some(cells.to_vec()), &Unwatched) {
        fuzz::check(&list);
        fuzz::check_export(&list);
        fuzz::check_kept(&list);
    }
});
