//! Google's Wycheproof vectors through our own functions; `tests/vectors/reduce.py` made the file.
//!
//! All results must be as the vectors say. Exceptions: what they call acceptable may be refused, but if
//! it is taken, the result must be right; and what we do not do at all is named at each test.

use std::sync::LazyLock;

use hmac::Mac;
use p256::SecretKey;
use p256::pkcs8::EncodePrivateKey;
use serde::Deserialize;

use super::cipher::{self, Hash, IV_LENGTHS, Sealed};
use super::encoding::Encoding;
use super::exchange::{KeyForm, PrivateKey, from_bytes, from_jwk};
use super::tree;
use crate::sign;

#[derive(Deserialize)]
struct Vectors {
    ecdh_spki: Vec<Ecdh>,
    ecdh_point: Vec<Ecdh>,
    ecdh_jwk: Vec<EcdhJwk>,
    hkdf_sha256: Vec<Hkdf>,
    hkdf_sha384: Vec<Hkdf>,
    hkdf_sha512: Vec<Hkdf>,
    aes_gcm: Vec<Gcm>,
    hmac_sha256: Vec<Hmac>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Expected {
    Valid,
    Acceptable,
    Invalid,
}

#[derive(Deserialize)]
struct Ecdh {
    id: u32,
    result: Expected,
    flags: Vec<String>,
    public: String,
    private: String,
    shared: String,
}

#[derive(Deserialize)]
struct EcdhJwk {
    id: u32,
    result: Expected,
    public: serde_json::Value,
    private: serde_json::Value,
    shared: String,
}

#[derive(Deserialize)]
struct Hkdf {
    id: u32,
    result: Expected,
    ikm: String,
    salt: String,
    info: String,
    size: usize,
    okm: String,
}

#[derive(Deserialize)]
struct Gcm {
    id: u32,
    result: Expected,
    key: String,
    iv: String,
    aad: String,
    msg: String,
    ct: String,
    tag: String,
}

#[derive(Deserialize)]
struct Hmac {
    id: u32,
    result: Expected,
    key: String,
    msg: String,
    tag: String,
}

static VECTORS: LazyLock<Vectors> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../tests/vectors/wycheproof.json")).unwrap()
});

fn hex(text: &str) -> Vec<u8> {
    Encoding::Hex.read(text).unwrap()
}

/// A private key out of a number that may have fewer or more than 32 bytes.
fn private(number: &[u8]) -> PrivateKey {
    let first = number.iter().position(|byte| *byte != 0).unwrap();
    let mut bytes = [0; 32];
    bytes[32 - (number.len() - first)..].copy_from_slice(&number[first..]);
    let secret = SecretKey::from_slice(&bytes).unwrap();
    PrivateKey::from_pkcs8(secret.to_pkcs8_der().unwrap().as_bytes()).unwrap()
}

fn agree(test: &Ecdh, form: KeyForm) -> Option<Vec<u8>> {
    let public = from_bytes(form, &hex(&test.public))?;
    Some(private(&hex(&test.private)).agree(&public).to_vec())
}

#[test]
fn ecdh_with_spki() {
    let tests = &VECTORS.ecdh_spki;
    assert_eq!(tests.len(), 612);
    let mut refused = 0;
    for test in tests {
        match (test.result, agree(test, KeyForm::Spki)) {
            (Expected::Invalid, found) => assert_eq!(found, None, "{}", test.id),
            (_, Some(shared)) => assert_eq!(shared, hex(&test.shared), "{}", test.id),
            (Expected::Acceptable, None) => {
                // Odd DER and curves written out parameter by parameter.
                let odd = |flag: &String| flag == "InvalidAsn" || flag == "UnnamedCurve";
                assert!(test.flags.iter().any(odd), "{}", test.id);
                refused += 1;
            }
            (Expected::Valid, None) => panic!("{} was refused", test.id),
        }
    }
    assert!(refused > 200, "DER is read strictly: {refused}");
}

#[test]
fn ecdh_with_points() {
    let tests = &VECTORS.ecdh_point;
    assert_eq!(tests.len(), 355);
    for test in tests {
        let expected = (test.result != Expected::Invalid).then(|| hex(&test.shared));
        // A compressed point is acceptable to Wycheproof; we take it.
        assert_eq!(agree(test, KeyForm::Point), expected, "{}", test.id);
    }
}

#[test]
fn ecdh_with_jwk() {
    let tests = &VECTORS.ecdh_jwk;
    assert_eq!(tests.len(), 353);
    for test in tests {
        let public = test.public.to_string();
        let node = tree::read(&public).unwrap();
        let ours = Encoding::Base64Url.read(test.private["d"].as_str().unwrap());
        let ours = private(&ours.unwrap());
        let shared = from_jwk(node.object().unwrap()).map(|theirs| ours.agree(&theirs).to_vec());
        let expected = (test.result != Expected::Invalid).then(|| hex(&test.shared));
        assert_eq!(shared, expected, "{}", test.id);
    }
}

#[test]
fn hkdf() {
    for (hash, tests, count) in [
        (Hash::Sha256, &VECTORS.hkdf_sha256, 83),
        (Hash::Sha384, &VECTORS.hkdf_sha384, 80),
        (Hash::Sha512, &VECTORS.hkdf_sha512, 80),
    ] {
        assert_eq!(tests.len(), count);
        for test in tests {
            let mut made = vec![0; test.size];
            let [secret, salt, info] = [&test.ikm, &test.salt, &test.info].map(|it| hex(it));
            let fine = cipher::derive(hash, &secret, &salt, &info, &mut made);
            assert_eq!(fine, test.result == Expected::Valid, "{}", test.id);
            if fine {
                assert_eq!(made, hex(&test.okm), "{}", test.id);
            }
        }
    }
}

#[test]
fn aes_gcm() {
    let tests = &VECTORS.aes_gcm;
    assert_eq!(tests.len(), 316);
    let mut done = 0;
    for test in tests {
        let [key, iv, aad] = [&test.key, &test.iv, &test.aad].map(|it| hex(it));
        let [data, tag] = [&test.ct, &test.tag].map(|it| hex(it));
        let sealed = Sealed {
            iv: &iv,
            aad: &aad,
            data: &data,
            tag: tag.first_chunk().unwrap(),
        };
        let opened = cipher::open(&key, &sealed);
        // No browser has AES-192, and nobody makes IVs of odd lengths: both are refused.
        let known = key.len() != 24 && IV_LENGTHS.contains(&iv.len());
        let expected = known && test.result == Expected::Valid;
        let message = expected.then(|| hex(&test.msg));
        let opened = opened.map(|text| text.expose().to_vec());
        assert_eq!(opened, message, "{}", test.id);
        done += usize::from(known);
    }
    assert_eq!(done, 179);
}

#[test]
fn hmac_sha256() {
    let tests = &VECTORS.hmac_sha256;
    assert_eq!(tests.len(), 174);
    let mut whole = 0;
    for test in tests {
        let mut mac = sign::mac(&hex(&test.key));
        mac.update(&hex(&test.msg));
        let right = mac.verify_slice(&hex(&test.tag)).is_ok();
        // Half of a tag is none: a signature is taken whole.
        let expected = test.result == Expected::Valid && test.tag.len() == 64;
        assert_eq!(right, expected, "{}", test.id);
        whole += usize::from(expected);
    }
    assert_eq!(whole, 33);
}
