//! JSON, whole or by lines, from the bytes of a file to rows that were kept and came back.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::file("list.json", bytes));
