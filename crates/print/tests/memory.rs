//! What is left of pages once they are printed: alone in its process, which is what it measures.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

mod common;

use common::{FILE, NOW, page};
use print::{Language, Press};

#[test]
fn memory_does_not_grow_with_the_pages() {
    let press = Press::new();
    let resident = || {
        let status = std::fs::read_to_string("/proc/self/statm").unwrap();
        let pages: usize = status.split(' ').nth(1).unwrap().parse().unwrap();
        pages * 4096
    };
    let print = |numbers: std::ops::Range<i64>| {
        for number in numbers {
            let mut page = page();
            page.request.id = format!("request-{number}");
            page.exported_at_ms = NOW + number;
            page.people[0].contact = format!("ana.{number}@example.com");
            for event in &mut page.events {
                event.at_ms += number;
            }
            press.set(&page, FILE, Language::English).unwrap();
        }
    };
    print(0..40);
    let before = resident();
    print(40..200);
    let grown = resident().saturating_sub(before);
    // All that Typst remembers of one page is about half a megabyte; 160 of them would show.
    assert!(grown < 24 << 20, "{grown} bytes more");
}
