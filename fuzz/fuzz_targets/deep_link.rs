//! Links that the system opens the app with.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| callback::fuzzing::deep_link(bytes));
