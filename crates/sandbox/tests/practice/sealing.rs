//! The page's own script, run by Node as it was served: what it seals must open. Node is required:
//! without it these tests fail.

use std::path::Path;
use std::process::Command;

use humanos::KeyPair;
use humanos::envelope::{Answer, Content, PrivateKey, Profiles, explain, open};
use serde_json::{Value, json};

use crate::link::{answer, link, page};
use crate::support::{Bench, TERMS};

const TEST_PROFILES: &str = include_str!("../../../humanos/tests/vectors/profiles.json");
/// Node 20 takes no IV of less than 12 bytes; browsers do.
const NOT_IN_NODE: [&str; 1] = ["iv-8"];

/// Every profile of the built-in file and of the test vectors.
fn profiles() -> Vec<Value> {
    let files = [Profiles::built_in_file(), TEST_PROFILES];
    let all = files.iter().flat_map(|file| {
        let file: Value = serde_json::from_str(file).unwrap();
        file["profiles"].as_array().unwrap().clone()
    });
    all.collect()
}

/// What the page carries: the profile, and the script that seals.
async fn carried(bench: &Bench, link: &str) -> (Value, String) {
    let page = page(bench, link).await.text;
    let between = |start: &str, end: &str| {
        let rest = page.split(start).nth(1).unwrap();
        rest.split(end).next().unwrap().to_owned()
    };
    let profile = between("data-profile=\"", "\"")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    let script = between("<script>", "</script>");
    (serde_json::from_str(&profile).unwrap(), script)
}

/// Runs `code` behind the script, with `input`; gives what it returns.
fn run(name: &str, script: &str, code: &str, input: &Value) -> Value {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let text = format!(
        "{script}\n;(async input => {{ {code} }})({input})\
         .then(output => process.stdout.write(JSON.stringify(output)))"
    );
    std::fs::write(&file, text).unwrap();
    let output = Command::new("node")
        .arg(&file)
        .output()
        .expect("Node is required: install it and put `node` on the PATH");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[tokio::test]
async fn what_the_page_seals_opens_under_every_profile() {
    const SEAL: &str = "const output = []
        for (const { profile, pubKey, texts } of input) {
            const theirs = await sealing.publicKey(pubKey)
            output.push(await Promise.all(texts.map(text => sealing.seal(profile, theirs, text))))
        }
        return output";
    let bench = Bench::start().await;
    let pair = KeyPair::generate().unwrap();
    let key = PrivateKey::from_pkcs8(&pair.private_pkcs8).unwrap();
    let body = json!({"contacts": ["ana@example.pt"], "securityLevel": "HUMANOS_KYC",
        "credentials": [{"type": "JSON", "name": "Condições €", "data": 1}],
        "resourcesIds": [TERMS]});
    let mut input = Vec::new();
    let mut script = String::new();
    for profile in profiles() {
        if NOT_IN_NODE.contains(&profile["name"].as_str().unwrap()) {
            continue;
        }
        bench.server.set_envelope(&profile.to_string()).unwrap();
        let made = bench.create(&body).await;
        let path = link(&bench, &made, 0);
        let (carried, served) = carried(&bench, &path).await;
        assert_eq!(carried, profile);
        script = served;
        let given = json!({"accepted": [true, false], "identified": true});
        let texts = answer(&bench, &path, &given).await.json()["messages"].clone();
        input.push(json!({"profile": carried, "pubKey": pair.pub_key, "texts": texts}));
    }
    assert_eq!(input.len() + NOT_IN_NODE.len(), profiles().len());
    let sealed = run("seal.js", &script, SEAL, &json!(input));
    for (asked, messages) in input.iter().zip(sealed.as_array().unwrap()) {
        let file = json!({"format": "countersign-envelope-profiles", "version": 1,
            "profiles": [asked["profile"]]});
        let alone = Profiles::parse(&file.to_string()).unwrap();
        let (texts, messages) = (
            asked["texts"].as_array().unwrap(),
            messages.as_array().unwrap(),
        );
        assert_eq!(texts.len(), messages.len());
        for (text, message) in texts.iter().zip(messages) {
            let message = message.to_string();
            let keys = std::slice::from_ref(&key);
            let opened = open(message.as_bytes(), keys, &alone).unwrap_or_else(|_| {
                panic!("{:?}", explain(message.as_bytes(), keys, &alone).traces)
            });
            assert_eq!(opened.plaintext.expose(), text.as_str().unwrap().as_bytes());
            let answer = Answer::read(&opened.plaintext);
            assert!(matches!(
                answer.content,
                Content::Credential(_) | Content::Identity(_)
            ));
        }
    }
}

#[tokio::test]
async fn a_server_starts_with_the_best_guess_and_keeps_what_is_sound() {
    let bench = Bench::start().await;
    let made = bench.create(&crate::support::small()).await;
    let path = link(&bench, &made, 0);
    assert_eq!(carried(&bench, &path).await.0, profiles()[0]);
    let error = bench.server.set_envelope("{}").unwrap_err();
    assert!(error.to_string().starts_with("profiles[0]"), "{error}");
    assert_eq!(carried(&bench, &path).await.0["name"], "best-guess");
}

#[tokio::test]
async fn hostile_addresses_and_profiles_are_met() {
    const TRY: &str = "const refused = async made => {
            try { await made(); return null } catch (problem) { return problem.message }
        }
        const theirs = await sealing.publicKey(input.pubKey)
        const keys = await Promise.all(input.keys.map(text =>
            refused(() => sealing.publicKey(text))))
        const profiles = await Promise.all(input.profiles.map(profile =>
            refused(() => sealing.seal(profile, theirs, 'x'))))
        const message = await sealing.seal(input.proto, theirs, 'x')
        return {
            targets: input.targets.map(sealing.target), keys, profiles,
            message: JSON.stringify(message), clean: {}.iv === undefined,
        }";
    let bench = Bench::start().await;
    let made = bench.create(&crate::support::small()).await;
    let (profile, script) = carried(&bench, &link(&bench, &made, 0)).await;
    let pair = KeyPair::generate().unwrap();
    let targets = [
        ("tauri://localhost", Some("tauri://localhost")),
        ("https://tauri.localhost", Some("https://tauri.localhost")),
        ("HTTP://127.0.0.1:80", Some("http://127.0.0.1")),
        ("https://a.b:8443", Some("https://a.b:8443")),
        ("http://[::1]:1420", Some("http://[::1]:1420")),
        ("", None),
        ("*", None),
        ("/", None),
        ("null", None),
        ("https://a.b/", None),
        ("https://a.b?c", None),
        ("https://u@a.b", None),
        ("https://a b", None),
        ("https://a.b:99999", None),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc", None),
    ];
    let short = &pair.pub_key[..100];
    let long = "A".repeat(5_000);
    let spaced = pair.pub_key.replace('+', " ") + " ";
    let keys = [
        "",
        "*",
        short,
        &long,
        &spaced,
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE",
    ];
    let with = |pointer: &str, to: Value| {
        let mut changed = profile.clone();
        *changed.pointer_mut(pointer).unwrap() = to;
        changed
    };
    let in_the_way = with("/data/field", json!(["iv", "iv.data"]));
    let circular = with("/hkdf/salt", json!([{"field": ["data"]}]));
    let proto = with("/iv/field", json!(["__proto__.iv"]));
    let input = json!({
        "targets": targets.map(|(text, _)| text), "keys": keys, "pubKey": pair.pub_key,
        "profiles": [in_the_way, circular], "proto": proto,
    });
    let output = run("hostile.js", &script, TRY, &input);
    assert_eq!(output["targets"], json!(targets.map(|(_, target)| target)));
    for (text, refused) in keys.iter().zip(output["keys"].as_array().unwrap()) {
        assert!(refused.is_string(), "{text}");
    }
    assert_eq!(
        output["profiles"],
        json!([
            "no place is left for iv",
            "data is known only after sealing"
        ])
    );
    assert_eq!(output["clean"], true, "no object got the name of another");
    let key = PrivateKey::from_pkcs8(&pair.private_pkcs8).unwrap();
    let file = json!({"format": "countersign-envelope-profiles", "version": 1,
        "profiles": [proto]});
    let alone = Profiles::parse(&file.to_string()).unwrap();
    let message = output["message"].as_str().unwrap();
    assert!(
        open(message.as_bytes(), &[key], &alone).is_ok(),
        "{message}"
    );
}
