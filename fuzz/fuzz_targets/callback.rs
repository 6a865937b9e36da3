//! A connection to the listener, from its first byte to the answer and what is told of it.

#![no_main]

use std::sync::{Arc, LazyLock, Mutex};

use callback::Heard;
use libfuzzer_sys::fuzz_target;
use tokio::runtime::{Builder, Runtime};

const PORT: u16 = 41_234;
const HOST: &[u8] = b"127.0.0.1:41234";

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    let runtime = Builder::new_current_thread().enable_time().build();
    runtime.expect("a runtime")
});

fuzz_target!(|bytes: &[u8]| {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let ear = Arc::clone(&heard);
    let hear = Arc::new(move |what| ear.lock().expect("nobody panics").push(what));
    let mut answer = Vec::new();
    let io = tokio::io::join(bytes, &mut answer);
    RUNTIME.block_on(callback::fuzzing::serve(io, PORT, hear));

    let answer = String::from_utf8(answer).expect("an answer is text");
    let status = answer.get(9..12).unwrap_or_default();
    assert!(answer.is_empty() || answer.starts_with("HTTP/1."));
    assert_eq!(
        answer.matches("HTTP/1.").count(),
        usize::from(!answer.is_empty())
    );
    assert_eq!(
        answer.contains("\r\nconnection: close\r\n"),
        !answer.is_empty()
    );

    let heard = heard.lock().expect("nobody panics");
    match &heard[..] {
        [Heard::Return(back)] => {
            assert_eq!(status, "200");
            let start = bytes.iter().position(|byte| !b"\r\n".contains(byte));
            assert!(bytes[start.unwrap_or_default()..].starts_with(b"GET "));
            assert!(holds(bytes, HOST) && holds(bytes, back.nonce.as_str().as_bytes()));
            fuzz::check_query(&back.query);
        }
        [Heard::Refused(why)] => {
            assert!(["", "400", "404", "405", "414", "421", "431"].contains(&status));
            assert!(!why.to_string().is_empty());
        }
        [] => assert!(["", "404"].contains(&status)),
        more => panic!("one call, told {} times", more.len()),
    }
});

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
