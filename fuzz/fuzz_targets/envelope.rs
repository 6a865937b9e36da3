//! Encrypted messages and webhooks, and the profiles that say how to open them. The first byte says which:
//! `m` a message, `c` changes to a sealed message, `p` a file of profiles, `w` a webhook, its headers first.

#![no_main]

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use humanos::envelope::webhook::{Age, Headers, Received, Refused, Signature, WebhookKey};
use humanos::envelope::{
    Answer, MAX_PROFILES, Plaintext, PrivateKey, Profiles, Reached, explain, open,
};
use humanos::{EncryptionSalt, EncryptionSecret, SignatureSecret, WebhookSignatureSecret, sign};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

const NOW_MS: i64 = 1_767_225_600_000;

/// Messages that were sealed for these keys.
struct Desk {
    keys: Vec<PrivateKey>,
    sealed: Vec<(Vec<u8>, Vec<u8>)>,
    profiles: Profiles,
    secret: String,
    webhook: WebhookKey,
}

static DESK: LazyLock<Desk> = LazyLock::new(|| {
    let file = include_str!("../../crates/humanos/tests/vectors/node.json");
    let file: Value = serde_json::from_str(file).expect("it is JSON");
    let list = |name: &str| file[name].as_array().expect("a list").clone();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let key = |value: &Value| {
        let der = STANDARD.decode(text(value)).expect("base64");
        PrivateKey::from_pkcs8(&der).expect("a key")
    };
    let sealed = |it: &Value| (text(&it["message"]).into(), text(&it["plaintext"]).into());
    let own = include_str!("../../crates/humanos/tests/vectors/profiles.json");
    let secret = EncryptionSecret::parse("AAECAwQFBgcICQoLDA0ODw==".to_owned());
    let salt = EncryptionSalt::parse("salt".to_owned());
    Desk {
        keys: list("keys").iter().map(key).collect(),
        sealed: list("payloads").iter().map(sealed).collect(),
        profiles: Profiles::parse(own)
            .expect("profiles")
            .followed_by(Profiles::built_in()),
        secret: "secret".to_owned(),
        webhook: WebhookKey::derive(&secret.expect("base64"), &salt.expect("a salt")),
    }
});

fuzz_target!(|bytes: &[u8]| {
    match bytes {
        [b'm', message @ ..] => drop(opened(message)),
        [b'c', which, changes @ ..] => changed(*which, changes),
        [b'p', file @ ..] => profiles(&String::from_utf8_lossy(file)),
        [b'w', call @ ..] => webhook(call),
        _ => {}
    }
});

/// Opening and explaining say the same, and whatever is inside can be read.
fn opened(message: &[u8]) -> Option<Plaintext> {
    let opened = open(message, &DESK.keys, &DESK.profiles).ok();
    let explained = explain(message, &DESK.keys, &DESK.profiles);
    assert_eq!(explained.opened, opened);
    assert_eq!(explained.traces.len(), DESK.profiles.iter().count());
    for trace in &explained.traces {
        assert!(!trace.reached.to_string().is_empty());
        assert!(opened.is_some() || !matches!(trace.reached, Reached::Opened { .. }));
    }
    let plaintext = opened?.plaintext;
    let _ = Answer::read(&plaintext);
    Some(plaintext)
}

/// A sealed message opens to what was sealed or not at all, whatever is done to it.
fn changed(which: u8, changes: &[u8]) {
    let (message, sealed) = &DESK.sealed[usize::from(which) % DESK.sealed.len()];
    let mut message = message.clone();
    for change in changes.chunks_exact(3) {
        let at = usize::from(u16::from_le_bytes([change[0], change[1]]));
        let length = message.len();
        message[at % length] ^= change[2];
    }
    if let Some(plaintext) = opened(&message) {
        assert_eq!(plaintext.expose(), sealed);
    }
}

fn profiles(file: &str) {
    match Profiles::parse(file) {
        Ok(profiles) => {
            assert!((1..=MAX_PROFILES).contains(&profiles.iter().count()));
            for (message, sealed) in DESK.sealed.iter().take(4) {
                if let Ok(opened) = open(message, &DESK.keys, &profiles) {
                    assert_eq!(opened.plaintext.expose(), sealed);
                }
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

fn webhook(call: &[u8]) {
    let end = call.iter().position(|byte| *byte == 0);
    let (headers, body) = call.split_at(end.unwrap_or_default());
    let headers = Headers::of_lines(&String::from_utf8_lossy(headers));
    let secret = WebhookSignatureSecret::parse(DESK.secret.clone()).expect("a secret");
    let received = Received::look(&secret, &headers, body, NOW_MS);
    assert_ne!(received.signature, Signature::Right, "nobody can sign");
    let refused = received.open(&DESK.webhook, Age::Any);
    assert_eq!(refused, Err(Refused::Signature));
    // Signed as it should be, it is taken apart.
    let signer = SignatureSecret::parse(DESK.secret.clone()).expect("a secret");
    let time = NOW_MS.to_string();
    let signature = sign(&signer, NOW_MS, body);
    let headers = Headers::of([("x-signature", &*signature), ("x-timestamp", &*time)]);
    let received = Received::look(&secret, &headers, body, NOW_MS);
    assert_eq!(received.signature, Signature::Right);
    if let Ok(plaintext) = received.open(&DESK.webhook, Age::Fresh) {
        let _ = Answer::read(&plaintext);
    }
}
