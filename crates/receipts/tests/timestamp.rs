//! Timestamps by a local authority: OpenSSL's.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

mod common;

use std::path::Path;
use std::process::Command;

use common::{about, accepted, key, tree};
use receipts::timestamp::{TimestampError, check, request, token};
use receipts::{About, Code, Head, Trust, Verdict, receipt, verify};

const NONCE: [u8; 16] = [0, 0, 0x80, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/// How an authority signs.
struct Kind {
    key: &'static [&'static str],
    digest: &'static str,
    id: &'static str,
}

const RSA: &[&str] = &["-newkey", "rsa:2048"];
const P_256: &[&str] = &["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"];
const P_384: &[&str] = &["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384"];
const P_521: &[&str] = &["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-521"];

fn kind(key: &'static [&'static str], digest: &'static str, id: &'static str) -> Kind {
    Kind { key, digest, id }
}

fn openssl(folder: &Path, args: &[&str]) {
    let run = Command::new("openssl")
        .args(args)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
}

/// The answer of an authority of this kind to a request.
fn answer(kind: &Kind, query: &[u8]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let Kind { key, digest, id } = kind;
    let config = format!(
        "[tsa]\ndefault_tsa = t\n[t]\nserial = serial\ndefault_policy = 1.2.3.4.1\n\
         signer_digest = {digest}\ndigests = sha256\naccuracy = secs:1\nordering = yes\n\
         tsa_name = yes\ness_cert_id_chain = no\ness_cert_id_alg = {id}\n"
    );
    std::fs::write(folder.join("tsa.cnf"), config).unwrap();
    std::fs::write(folder.join("serial"), "01").unwrap();
    std::fs::write(folder.join("query"), query).unwrap();
    let args = [
        &[
            "req",
            "-x509",
            "-nodes",
            "-days",
            "30",
            "-subj",
            "/O=Exemplo/CN=Local clock",
        ][..],
        &["-addext", "extendedKeyUsage=critical,timeStamping"],
        &["-keyout", "key.pem", "-out", "cert.pem"],
        key,
    ];
    openssl(folder, &args.concat());
    let args = [
        "ts",
        "-reply",
        "-config",
        "tsa.cnf",
        "-queryfile",
        "query",
        "-inkey",
        "key.pem",
    ];
    openssl(
        folder,
        &[&args[..], &["-signer", "cert.pem", "-out", "answer"]].concat(),
    );
    std::fs::read(folder.join("answer")).unwrap()
}

fn head() -> Head {
    tree(&accepted()).head()
}

#[test]
fn each_kind_of_authority_is_understood() {
    let query = request(&head(), &NONCE);
    for kind in [
        kind(RSA, "sha256", "sha256"),
        kind(RSA, "sha512", "sha1"),
        kind(P_256, "sha256", "sha384"),
        kind(P_384, "sha384", "sha256"),
    ] {
        let token = token(&answer(&kind, &query), &head(), &NONCE).unwrap();
        let facts = check(&token, &head()).unwrap();
        assert_eq!(facts.authority, "Local clock, Exemplo");
        assert!(
            facts.at.ends_with('Z') && facts.at.as_str() > "2026-",
            "{}",
            facts.at
        );

        let about = About {
            timestamp: Some(token),
            ..about()
        };
        let receipt = receipt(&accepted(), &tree(&accepted()), &about).unwrap();
        let file = receipt.sign(&key()).unwrap();
        let report = verify(file.text().as_bytes(), &Trust::anyone());
        assert_eq!(
            (report.verdict, &report.findings[..]),
            (Verdict::KeyUnknown, &[][..])
        );
        assert_eq!(report.facts.unwrap().timestamp, Some(facts));
    }
}

#[test]
fn what_is_not_the_answer_is_refused() {
    let query = request(&head(), &NONCE);
    let ours = kind(P_256, "sha256", "sha256");
    let whole = answer(&ours, &query);
    let other = Head { size: 9, ..head() };
    assert_eq!(
        token(&whole, &other, &NONCE),
        Err(TimestampError::OtherHash)
    );
    assert_eq!(
        token(&whole, &head(), &[1; 16]),
        Err(TimestampError::OtherNonce)
    );
    // SHA-256 becomes SHA-512, which this authority does not take.
    let mut strange = query.clone();
    let at = strange
        .windows(2)
        .position(|window| window == [2, 1])
        .unwrap();
    strange[at + 1] = 3;
    let refused = token(&answer(&ours, &strange), &head(), &NONCE);
    assert_eq!(refused, Err(TimestampError::Refused { status: 2 }));
    for wrong in [&b""[..], b"<html>", &whole[..whole.len() - 1], &query] {
        assert_eq!(token(wrong, &head(), &NONCE), Err(TimestampError::Form));
    }
    let unknown = answer(&kind(P_521, "sha512", "sha256"), &query);
    let unknown = token(&unknown, &head(), &NONCE);
    assert!(
        matches!(unknown, Err(TimestampError::Unchecked { .. })),
        "{unknown:?}"
    );
}

#[test]
fn no_changed_token_says_something_else() {
    let query = request(&head(), &NONCE);
    let whole = answer(&kind(P_256, "sha256", "sha256"), &query);
    let token = token(&whole, &head(), &NONCE).unwrap();
    let facts = check(&token, &head()).unwrap();
    for at in 0..token.len() {
        for bit in 0..8 {
            let mut changed = token.clone();
            changed[at] ^= 1 << bit;
            // Some bytes of a CMS are under no signature; none of them is what is told.
            if let Ok(told) = check(&changed, &head()) {
                assert_eq!(told, facts, "bit {bit} of byte {at}");
            }
        }
        assert_eq!(check(&token[..at], &head()), Err(TimestampError::Form));
    }
    let about = About {
        timestamp: Some(token[..99].to_vec()),
        ..about()
    };
    let receipt = receipt(&accepted(), &tree(&accepted()), &about).unwrap();
    let file = receipt.sign(&key()).unwrap();
    let report = verify(file.text().as_bytes(), &Trust::anyone());
    assert_eq!(report.findings[0].code, Code::Timestamp);
    assert!(!report.holds());
}
