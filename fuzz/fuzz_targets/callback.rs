//! Calls of the listener for returns: method, host, authority and target, a line each.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| callback::fuzzing::callback(bytes));
