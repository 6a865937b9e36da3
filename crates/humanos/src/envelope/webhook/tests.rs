use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use serde::Deserialize;

use super::*;

#[derive(Deserialize)]
struct Vectors {
    webhook: Vector,
}

#[derive(Deserialize)]
struct Vector {
    signature_secret: String,
    encryption_secret_b64: String,
    encryption_salt: String,
    derived_key_hex: String,
    timestamp_ms: i64,
    raw_body: String,
    x_signature: String,
    plaintext: String,
}

struct Desk {
    vector: Vector,
    secret: WebhookSignatureSecret,
    key: WebhookKey,
}

fn desk() -> Desk {
    let vectors: Vectors =
        serde_json::from_str(include_str!("../../../tests/data/vectors.json")).unwrap();
    let vector = vectors.webhook;
    let secret = EncryptionSecret::parse(vector.encryption_secret_b64.clone()).unwrap();
    let salt = EncryptionSalt::parse(vector.encryption_salt.clone()).unwrap();
    Desk {
        secret: WebhookSignatureSecret::parse(vector.signature_secret.clone()).unwrap(),
        key: WebhookKey::derive(&secret, &salt),
        vector,
    }
}

impl Desk {
    fn headers(&self) -> Headers {
        let time = self.vector.timestamp_ms.to_string();
        Headers::of([
            ("X-Signature", self.vector.x_signature.as_str()),
            ("X-TIMESTAMP", &time),
        ])
    }

    fn look<'b>(&self, headers: &Headers, body: &'b str, later_ms: i64) -> Received<'b> {
        let now_ms = self.vector.timestamp_ms + later_ms;
        Received::look(&self.secret, headers, body.as_bytes(), now_ms)
    }
}

#[test]
fn the_published_vector_opens() {
    let desk = desk();
    assert_eq!(crate::secret::hex(&desk.key.0), desk.vector.derived_key_hex);
    let received = desk.look(&desk.headers(), &desk.vector.raw_body, 1_000);
    assert_eq!(received.signature, Signature::Right);
    assert_eq!(received.freshness, Freshness::Fresh);
    let opened = received.open(&desk.key, Age::Fresh).unwrap();
    assert_eq!(opened.expose(), desk.vector.plaintext.as_bytes());
    assert!(!format!("{opened:?}{:?}", desk.key).contains("eventType"));
    let lines = format!(
        "POST /hook HTTP/1.1\nhost: a:80\nX-Signature:  {} \r\nx-timestamp: {}",
        desk.vector.x_signature, desk.vector.timestamp_ms
    );
    assert_eq!(Headers::of_lines(&lines), desk.headers());
}

#[test]
fn an_old_body_opens_only_knowingly() {
    let desk = desk();
    let headers = desk.headers();
    for (later_ms, freshness) in [
        (300_000, Freshness::Fresh),
        (300_001, Freshness::Old(300_001)),
        (-300_000, Freshness::Fresh),
        (-300_001, Freshness::Ahead(300_001)),
    ] {
        let received = desk.look(&headers, &desk.vector.raw_body, later_ms);
        assert_eq!(received.signature, Signature::Right);
        assert_eq!(received.freshness, freshness);
        let fresh = received.open(&desk.key, Age::Fresh);
        if freshness == Freshness::Fresh {
            assert!(fresh.is_ok());
        } else {
            assert_eq!(fresh, Err(Refused::Age));
        }
        assert!(received.open(&desk.key, Age::Any).is_ok());
    }
    let end = Received::look(&desk.secret, &headers, b"", i64::MIN);
    assert!(matches!(end.freshness, Freshness::Ahead(_)));
}

#[test]
fn without_a_right_signature_nothing_opens() {
    let desk = desk();
    let (signature, time) = (
        &desk.vector.x_signature,
        desk.vector.timestamp_ms.to_string(),
    );
    let later = (desk.vector.timestamp_ms + 1).to_string();
    let upper = signature.to_uppercase();
    let long = "1".repeat(1_000_000);
    for (headers, said) in [
        (vec![], Signature::Missing),
        (vec![("x-signature", signature)], Signature::Missing),
        (vec![("x-timestamp", &time)], Signature::Missing),
        (
            vec![("x-signature", signature), ("x-timestamp", &later)],
            Signature::Wrong,
        ),
        (
            vec![("x-signature", &upper), ("x-timestamp", &time)],
            Signature::Unreadable,
        ),
        (
            vec![("x-signature", &time), ("x-timestamp", &time)],
            Signature::Unreadable,
        ),
        (
            vec![("x-signature", signature), ("x-timestamp", signature)],
            Signature::Unreadable,
        ),
        (
            vec![("x-signature", signature), ("x-timestamp", &long)],
            Signature::Unreadable,
        ),
        (
            vec![
                ("x-signature", signature),
                ("x-timestamp", &time),
                ("x-timestamp", &later),
            ],
            Signature::Unreadable,
        ),
    ] {
        let headers = Headers::of(
            headers
                .into_iter()
                .map(|(name, value)| (name, value.as_str())),
        );
        let received = desk.look(&headers, &desk.vector.raw_body, 0);
        assert_eq!(received.signature, said, "{headers:?}");
        assert_eq!(received.open(&desk.key, Age::Any), Err(Refused::Signature));
    }
    let other = WebhookSignatureSecret::parse("other".to_owned()).unwrap();
    let body = desk.vector.raw_body.as_bytes();
    let received = Received::look(&other, &desk.headers(), body, 0);
    assert_eq!(received.signature, Signature::Wrong);
}

#[test]
fn bodies_of_another_form_say_nothing_of_themselves() {
    let desk = desk();
    let sealed: serde_json::Value = serde_json::from_str(&desk.vector.raw_body).unwrap();
    let (iv, data, tag) = (&sealed["iv"], &sealed["data"], &sealed["tag"]);
    let long = format!("\"{}\"", "A".repeat(50_000_000));
    for body in [
        String::new(),
        "[]".to_owned(),
        "{}".to_owned(),
        "[".repeat(1_000_000),
        long,
        format!(r#"{{"iv":{iv},"data":{data}}}"#),
        format!(r#"{{"iv":{iv},"data":{data},"tag":[1]}}"#),
        format!(r#"{{"iv":{iv},"data":{data},"tag":"AAAA"}}"#),
        format!(r#"{{"iv":"","data":{data},"tag":{tag}}}"#),
        format!(r#"{{"iv":{iv},"iv":{iv},"data":{data},"tag":{tag}}}"#),
        format!(r#"{{"__proto__":{{"iv":{iv}}},"data":{data},"tag":{tag}}}"#),
    ] {
        assert_eq!(desk.key.open(body.as_bytes()), Err(CouldNotOpen));
    }
    assert_eq!(desk.key.open(&[0xff; 100]), Err(CouldNotOpen));
    let more = format!(r#"{{"v":1,"tag":{tag},"data":{data},"iv":{iv}}}"#);
    assert!(desk.key.open(more.as_bytes()).is_ok());
}

proptest! {
    #[test]
    fn no_flipped_bit_opens(at in any::<prop::sample::Index>(), bit in 0..8_u8) {
        static DESK: LazyLock<Desk> = LazyLock::new(desk);
        let desk = &*DESK;
        let sealed: serde_json::Value = serde_json::from_str(&desk.vector.raw_body).unwrap();
        let mut parts =
            ["iv", "data", "tag"].map(|name| STANDARD.decode(sealed[name].as_str().unwrap()).unwrap());
        let all: usize = parts.iter().map(Vec::len).sum();
        let mut at = at.index(all);
        for part in &mut parts {
            match part.get_mut(at) {
                Some(byte) => {
                    *byte ^= 1_u8 << bit;
                    break;
                }
                None => at -= part.len(),
            }
        }
        let [iv, data, tag] = &parts;
        let body = serde_json::json!({
            "iv": STANDARD.encode(iv), "data": STANDARD.encode(data), "tag": STANDARD.encode(tag),
        });
        prop_assert_eq!(desk.key.open(body.to_string().as_bytes()), Err(CouldNotOpen));
        // The signature covers the text, every bit of it.
        let mut text = desk.vector.raw_body.clone().into_bytes();
        let place = at % text.len();
        text[place] ^= 1_u8 << bit;
        let received = Received::look(&desk.secret, &desk.headers(), &text, 0);
        prop_assert_eq!(received.signature, Signature::Wrong);
    }
}
