//! Messages that others sealed: Node's WebCrypto and Python's `cryptography`, each reading the profiles
//! with code of its own. `tests/vectors/seal.mjs` and `seal.py` made them.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use humanos::envelope::{
    Answer, Content, CouldNotOpen, PrivateKey, Profiles, Reached, explain, open,
};
use serde::Deserialize;
use serde_json::{Value, json};

const TEST_PROFILES: &str = include_str!("vectors/profiles.json");

#[derive(Deserialize)]
struct Sealed {
    keys: Vec<String>,
    payloads: Vec<Payload>,
}

#[derive(Deserialize)]
struct Payload {
    profile: String,
    key: usize,
    message: String,
    plaintext: String,
}

#[test]
fn what_node_sealed_opens() {
    all_open(include_str!("vectors/node.json"), 207);
}

#[test]
fn what_python_sealed_opens() {
    all_open(include_str!("vectors/python.json"), 216);
}

fn all_open(file: &str, count: usize) {
    let sealed: Sealed = serde_json::from_str(file).unwrap();
    let keys: Vec<_> = sealed.keys.iter().map(|key| private(key)).collect();
    let all = Profiles::parse(TEST_PROFILES)
        .unwrap()
        .followed_by(Profiles::built_in());
    assert_eq!(sealed.payloads.len(), count);
    for payload in &sealed.payloads {
        let message = payload.message.as_bytes();
        let name = &payload.profile;
        let alone = only(name);
        let opened = open(message, &keys, &alone)
            .unwrap_or_else(|_| panic!("{:?}", explain(message, &keys, &alone).traces));
        assert_eq!(&opened.profile, name);
        assert_eq!(opened.key, payload.key, "{name}");
        assert_eq!(opened.plaintext.expose(), payload.plaintext.as_bytes());
        let answer = Answer::read(&opened.plaintext);
        assert!(matches!(answer.content, Content::Test { message: Some(_) }));

        let explained = explain(message, &keys, &all);
        let opened = explained.opened.unwrap();
        assert_eq!(opened.key, payload.key);
        assert_eq!(opened.plaintext.expose(), payload.plaintext.as_bytes());
        let trace = explained.traces.iter().find(|trace| trace.profile == *name);
        let key = payload.key;
        assert_eq!(trace.unwrap().reached, Reached::Opened { key }, "{name}");

        // With the other keys it stays shut, and that is all one learns.
        let mut others = keys.clone();
        others.remove(key);
        assert_eq!(open(message, &others, &alone), Err(CouldNotOpen), "{name}");
    }
}

fn private(pkcs8: &str) -> PrivateKey {
    PrivateKey::from_pkcs8(&STANDARD.decode(pkcs8).unwrap()).unwrap()
}

/// The profile of this name, from either file.
fn only(name: &str) -> Profiles {
    let files = [TEST_PROFILES, Profiles::built_in_file()];
    let profiles = files.iter().flat_map(|file| {
        let file: Value = serde_json::from_str(file).unwrap();
        file["profiles"].as_array().unwrap().clone()
    });
    let found: Vec<Value> = profiles.filter(|it| it["name"] == name).collect();
    let file = json!({
        "format": "countersign-envelope-profiles", "version": 1, "profiles": found,
    });
    Profiles::parse(&file.to_string()).unwrap()
}
