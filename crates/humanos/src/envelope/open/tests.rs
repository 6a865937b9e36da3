use std::sync::LazyLock;
use std::time::{Duration, Instant};

use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::keys::KeyPair;

/// A message that `best-guess` opens, in its parts.
struct Message {
    epk: Vec<u8>,
    iv: Vec<u8>,
    data: Vec<u8>,
    tag: Vec<u8>,
}

const TEXT: &[u8] = br#"{"eventType":"test"}"#;

static KEY: LazyLock<PrivateKey> = LazyLock::new(fresh);

fn own() -> &'static [PrivateKey] {
    std::slice::from_ref(&KEY)
}

fn fresh() -> PrivateKey {
    PrivateKey::from_pkcs8(&KeyPair::generate().unwrap().private_pkcs8).unwrap()
}

fn spki(key: &PrivateKey) -> Vec<u8> {
    STANDARD.decode(key.pub_key()).unwrap()
}

fn sealed(to: &PrivateKey, text: &[u8]) -> Message {
    let theirs = fresh();
    let secret = theirs.agree(to.public());
    let mut key = [0; 32];
    assert!(cipher::derive(
        cipher::Hash::Sha256,
        &*secret,
        &[],
        &[],
        &mut key
    ));
    let iv = vec![7; 12];
    let nonce = Nonce::try_from(iv.as_slice()).unwrap();
    let cipher = Aes256Gcm::new_from_slice(&key).unwrap();
    let mut data = cipher.encrypt(&nonce, text).unwrap();
    let tag = data.split_off(text.len());
    let epk = spki(&theirs);
    Message { epk, iv, data, tag }
}

impl Message {
    fn value(&self) -> Value {
        json!({
            "epk": STANDARD.encode(&self.epk), "iv": STANDARD.encode(&self.iv),
            "data": STANDARD.encode(&self.data), "tag": STANDARD.encode(&self.tag),
        })
    }

    fn json(&self) -> String {
        self.value().to_string()
    }
}

fn tried(payload: &str, keys: &[PrivateKey]) -> Result<Opened, CouldNotOpen> {
    open(payload.as_bytes(), keys, &Profiles::built_in())
}

#[test]
fn the_right_key_is_found_among_many() {
    let mut keys: Vec<_> = (0..20).map(|_| fresh()).collect();
    keys.insert(13, KEY.clone());
    let opened = tried(&sealed(&KEY, TEXT).json(), &keys).unwrap();
    assert_eq!((opened.key, opened.profile.as_str()), (13, "best-guess"));
    assert!(!opened.confirmed);
    assert_eq!(opened.plaintext.expose(), TEXT);
    assert!(!format!("{opened:?}").contains("eventType"));
    // The identity of an empty text is its tag.
    let opened = tried(&sealed(&KEY, b"").json(), &keys).unwrap();
    assert_eq!(opened.plaintext.expose(), b"");
}

#[test]
fn hostile_messages_do_nothing() {
    let sound = sealed(&KEY, TEXT);
    let changed = |name: &str, to: Value| {
        let mut message = sound.value();
        message[name] = to;
        message.to_string()
    };
    let with_key = |key: &[u8]| changed("epk", json!(STANDARD.encode(key)));
    let mut off_curve = sound.epk.clone();
    *off_curve.last_mut().unwrap() ^= 1;
    let zero_point = [&sound.epk[..27], &[0; 64]].concat();
    let json = sound.json();
    let mut hostile = vec![
        String::new(),
        "null".to_owned(),
        "not JSON".to_owned(),
        "[".repeat(1_000_000),
        "{\"a\":".repeat(1_000_000),
        format!("{json}{json}"),
        format!("[{json}]"),
        format!("{{\"data\":\"{}\"}}", "A".repeat(50_000_000)),
        json.replace("\"iv\"", "\"iv\":\"\",\"iv\""),
        format!("{{\"__proto__\":{json}}}"),
        format!("{{\"constructor\":{{\"prototype\":{json}}}}}"),
        with_key(&[]),
        with_key(&[0]),
        with_key(&off_curve),
        with_key(&zero_point),
        with_key(&sound.epk[..90]),
        with_key(&[4; 65]),
        changed(
            "epk",
            json!({ "kty": "EC", "crv": "P-256", "x": "", "y": "" }),
        ),
        changed(
            "epk",
            json!({ "kty": "EC", "crv": "P-384", "x": "AA", "y": "AA" }),
        ),
        changed("epk", json!("{".repeat(100_000))),
        changed("epk", json!([1])),
        changed("iv", json!("")),
        changed("iv", json!(12)),
        changed("tag", json!("AAAA")),
        changed("data", json!("*")),
        changed("data", Value::Null),
    ];
    hostile.extend((0..json.len()).map(|end| json[..end].to_owned()));
    for message in &hostile {
        let shown: String = message.chars().take(100).collect();
        assert_eq!(tried(message, own()), Err(CouldNotOpen), "{shown}");
    }
    let profiles = Profiles::built_in();
    assert_eq!(open(&[0xff; 9], own(), &profiles), Err(CouldNotOpen));
    assert_eq!(tried(&json, &[]), Err(CouldNotOpen));
    assert_eq!(tried(&json, &[fresh()]), Err(CouldNotOpen));
    assert_eq!(CouldNotOpen.to_string(), "could not be opened");
    // And what may stand around it does no harm.
    let mut around = sound.value();
    around["__proto__"] = json!({ "iv": 1 });
    around["more"] = json!([[{ "a": "b" }]]);
    assert!(tried(&format!("\u{feff} {around}\n"), own()).is_ok());
}

#[test]
fn the_most_laborious_message_comes_to_an_end() {
    // Read as hex and as base64, under every profile and every key.
    let mut value = sealed(&fresh(), TEXT).value();
    value["data"] = json!("abcd".repeat(1024 * 1024));
    value["salt"] = json!("abcdabcd");
    value["info"] = json!("abcdabcd");
    let keys = vec![KEY.clone(); 50];
    let text = value.to_string();
    let root = message(text.as_bytes()).unwrap();
    // Less than there is, since nothing here is optimised.
    let budget = Budget::new(MAX_BYTES / 16);
    let mut work = Work::new(&keys, &budget);
    let start = Instant::now();
    for profile in &Profiles::built_in() {
        assert!(work.try_profile(profile, &root).is_err());
    }
    assert!(budget.0.get() < 8 * 1024 * 1024);
    let profiles = Profiles::built_in();
    let last = profiles.iter().last().unwrap();
    assert_eq!(work.try_profile(last, &root), Err(Reached::Ended));
    assert!(
        start.elapsed() < Duration::from_secs(60),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn exchanges_of_keys_are_counted() {
    let theirs: Vec<_> = (0..3).map(|_| *fresh().public()).collect();
    let budget = Budget::new(MAX_BYTES);
    let mut work = Work::new(own(), &budget);
    for key in 0..MAX_EXCHANGES - 1 {
        work.agreed.insert((9, key), Zeroizing::new([0; 32]));
    }
    assert!(work.agree(&theirs[0], 0, &KEY).is_ok());
    assert_eq!(work.agree(&theirs[1], 0, &KEY), Err(Reached::Ended));
    assert!(work.agree(&theirs[0], 0, &KEY).is_ok(), "known already");
}

#[test]
fn an_explanation_says_how_far_each_profile_came() {
    let reached = |payload: &str, keys: &[PrivateKey]| {
        let explained = explain(payload.as_bytes(), keys, &Profiles::built_in());
        assert_eq!(explained.traces[0].profile, "best-guess");
        explained.traces[0].reached.clone()
    };
    let sound = sealed(&KEY, TEXT);
    let without = |name: &str| {
        let mut message = sound.value();
        message.as_object_mut().unwrap().remove(name);
        reached(&message.to_string(), own()).to_string()
    };
    let with = |name: &str, to: Value| {
        let mut message = sound.value();
        message[name] = to;
        reached(&message.to_string(), own()).to_string()
    };
    let keys = [fresh(), KEY.clone()];
    assert_eq!(
        reached(&sound.json(), &keys).to_string(),
        "opened with key 2"
    );
    assert_eq!(
        reached(&sound.json(), &keys[..1]).to_string(),
        "everything is there, but it opened with none of the keys tried (1)"
    );
    assert_eq!(reached("", &keys), Reached::NotJson);
    assert_eq!(reached("[]", &keys), Reached::NoObject);
    assert_eq!(
        reached(&" ".repeat(MAX_PAYLOAD + 1), &keys),
        Reached::TooLong
    );
    assert_eq!(
        without("iv"),
        "the IV is missing; looked for iv, nonce, payload.iv, data.iv"
    );
    assert_eq!(
        without("tag"),
        "the tag is missing; looked for tag, authTag, payload.tag, data.tag"
    );
    assert_eq!(
        with("epk", json!("AAAA")),
        "the sender's public key is there as epk, but in another form"
    );
    assert_eq!(
        with("iv", json!("AAAA")),
        "the IV is there as iv, but in another form"
    );
    // Something else under the first name does not hide the second.
    let mut message = sound.value();
    message["nonce"] = message["iv"].clone();
    message["iv"] = json!("none");
    message["publicKey"] = message["epk"].clone();
    message["epk"] = json!({});
    assert!(tried(&message.to_string(), own()).is_ok());
    // The other profiles are explained too.
    let explained = explain(sound.json().as_bytes(), &keys, &Profiles::built_in());
    assert_eq!(explained.opened.unwrap().profile, "best-guess");
    let salt = explained.traces.iter().find(|it| it.profile == "salt-sent");
    assert!(matches!(
        salt.unwrap().reached,
        Reached::Missing {
            field: Field::Salt,
            ..
        }
    ));
}

#[test]
fn an_empty_salt_is_as_good_as_zeros() {
    let mut keys = [[0; 32]; 2];
    for (key, salt) in keys.iter_mut().zip([&[][..], &[0; 32]]) {
        assert!(cipher::derive(
            cipher::Hash::Sha256,
            b"secret",
            salt,
            b"",
            key
        ));
    }
    assert_eq!(keys[0], keys[1], "so no profile is needed for it");
}

#[test]
fn the_sign_of_a_compressed_point_is_not_covered() {
    // ECDH takes only x, which both points share. Only a profile with the key in info or AAD notices.
    let theirs = sealed(&KEY, TEXT);
    let x = &theirs.epk[27..59];
    let opened = [2, 3].map(|sign| {
        let mut message = theirs.value();
        message["epk"] = json!(STANDARD.encode([&[sign], x].concat()));
        tried(&message.to_string(), own()).unwrap().plaintext
    });
    assert_eq!(opened[0], opened[1]);
}

#[test]
fn no_flipped_bit_opens() {
    let sound = sealed(&KEY, TEXT);
    let profiles = Profiles::built_in();
    let shut = |payload: &[u8]| assert_eq!(open(payload, own(), &profiles), Err(CouldNotOpen));
    for part in 0..4 {
        let mut parts = [&sound.epk, &sound.iv, &sound.data, &sound.tag].map(Vec::clone);
        for bit in 0..parts[part].len() * 8 {
            parts[part][bit / 8] ^= 1 << (bit % 8);
            let [epk, iv, data, tag] = parts.clone();
            shut(Message { epk, iv, data, tag }.json().as_bytes());
            parts[part][bit / 8] ^= 1 << (bit % 8);
        }
    }
    let mut text = sound.json().into_bytes();
    for bit in 0..text.len() * 8 {
        text[bit / 8] ^= 1 << (bit % 8);
        shut(&text);
        text[bit / 8] ^= 1 << (bit % 8);
    }
}

proptest! {
    #[test]
    fn no_bytes_and_no_json_do_harm(bytes in any::<Vec<u8>>(), text in "\\PC*") {
        for payload in [&bytes, text.as_bytes()] {
            prop_assert_eq!(open(payload, &[], &Profiles::built_in()), Err(CouldNotOpen));
            let _ = Profiles::parse(&String::from_utf8_lossy(payload));
        }
    }
}
