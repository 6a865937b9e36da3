//! No secret goes into what is exported: a request sent with a known API key and signature secret, and
//! answered with a known one-time code, then looked for in its receipt, its page and its pack.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

#[path = "../../receipts/tests/common/mod.rs"]
mod records;

use std::io::{Cursor, Read, Write};
use std::net::TcpListener;
use std::process::Command;
use std::sync::Arc;
use std::thread::JoinHandle;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use dispatch::pace::Rate;
use dispatch::{Desk, Gate, Terms, Writer};
use humanos::client::{BaseUrl, Client, Endpoint, Proxy};
use humanos::{ApiCredentials, ApiKey, ApiVersion, Draft, SecurityLevel, SignatureSecret, encode};
use ledger::{BatchState, EventKind, Ledger, LedgerKey, NewBatch, NewRequest, RequestRecord};
use print::{Language, Press};
use receipts::pack::{Pack, PackAbout};
use receipts::{About, Field, Kind, Mask, SignedReceipt, Tree, Trust, Verdict, seal, verify};
use records::{NOW, about, key};
use tokio::sync::{mpsc, watch};
use zip::ZipArchive;

const API_KEY: &str = "canary_key_6f1d2c9ab7e84353";
const SECRET: &str = "canary-secret-51c07be2d99a4f0e";
const CODE: &str = "CANARY7Q9ZX4";
const PERSON: &str = "ana@example.com";
const ID: &str = "7b0f4d1e-3c7c-4b8e-9a53-0d6d6a3c9f10";
const BATCH: &str = "batch";

/// An answer that gives the code away wherever there is room.
fn answer() -> String {
    format!(
        r#"{{"id":"65f0c0ffee65f0c0ffee0001","credentials":[{{"id":"urn:via:credential:1","name":"Terms"}}],"subjects":[{{"id":"s1","contact":"{PERSON}","code":"{CODE}","link":"https://app.humanos.id/s/1?code={CODE}"}}],"hint":"enter {CODE}"}}"#
    )
}

/// A server for one call: its address, and what it was asked.
fn server() -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let asked = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let (mut call, mut block) = (Vec::new(), [0; 4096]);
        // The body is JSON, and the last of it.
        while !call.ends_with(b"}") {
            let read = stream.read(&mut block).unwrap();
            assert!(read > 0, "the call ended early");
            call.extend_from_slice(&block[..read]);
        }
        let (answer, length) = (answer(), answer().len());
        write!(
            stream,
            "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\
             Connection: close\r\n\r\n{answer}"
        )
        .unwrap();
        String::from_utf8(call).unwrap()
    });
    (url, asked)
}

/// The record of the request once it was sent with the secrets, and the tree over its ledger.
fn sent() -> (RequestRecord, Tree) {
    let (url, asked) = server();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let ledger = Ledger::create(&path, &LedgerKey::generate().unwrap()).unwrap();
    let batch = NewBatch {
        id: BATCH.into(),
        connection_id: "connection".into(),
        connection_name: "Head office".into(),
        name: "Everybody".into(),
        practice: false,
        per_minute: 60,
        in_flight: 1,
        at_ms: NOW,
    };
    ledger.plan_batch(&batch, [request(&url)]).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let ledger = runtime.block_on(send(ledger, &url));
    ledger
        .record_event(
            Some(ID),
            EventKind::CodeRevealed,
            &format!(r#"{{"note":"read out {CODE} by phone"}}"#),
            NOW,
        )
        .unwrap();
    let asked = asked.join().unwrap();
    assert!(asked.contains(API_KEY), "the key was not used: {asked}");
    let record = ledger.request(ID).unwrap().unwrap();
    assert_eq!(record.subjects[0].code.as_deref(), Some(CODE));
    (record, Tree::new(ledger.leaves().unwrap()))
}

fn request(url: &str) -> NewRequest {
    let draft = Draft {
        contacts: vec![PERSON.into()],
        name: "Terms".into(),
        security_level: Some(SecurityLevel::Contact),
        resources_ids: vec!["507f1f77bcf86cd799439012".into()],
        ..Draft::default()
    };
    let body = encode(&draft, &ApiVersion::contacts_era()).unwrap();
    NewRequest {
        id: ID.into(),
        connection_id: "connection".into(),
        connection_name: "Head office".into(),
        practice: false,
        url: format!("{url}/request"),
        api_version: ApiVersion::CONTACTS_ERA.into(),
        idempotency_key: "f3b6d7a2-8f5b-4a57-9b5e-1f0c2d3e4a5b".into(),
        body_sha256: body.sha256_hex(),
        body: body.as_bytes().to_vec(),
        name: "Terms".into(),
        internal_id: String::new(),
        security_level: "CONTACT".into(),
        pub_key: String::new(),
        return_nonce: None,
        people: vec![PERSON.into()],
        at_ms: NOW,
    }
}

async fn send(ledger: Ledger, url: &str) -> Ledger {
    let client = Client::new(
        Endpoint {
            base_url: BaseUrl::parse(url).unwrap(),
            version: ApiVersion::contacts_era(),
            proxy: Proxy::None,
            ca_pem: None,
        },
        ApiCredentials {
            api_key: ApiKey::parse(API_KEY.into()).unwrap(),
            signature_secret: SignatureSecret::parse(SECRET.into()).unwrap(),
        },
    );
    let (writer, thread) = Writer::start(ledger).unwrap();
    let desk = Desk {
        api: Arc::new(client.unwrap()),
        writer,
        gate: Gate::new(Rate {
            per_minute: 6_000,
            in_flight: 1,
        }),
        clock: Arc::new(|| NOW),
        terms: Terms::default(),
    };
    let (commands, receiver) = mpsc::channel(1);
    drop(commands);
    let (status, _) = watch::channel(None);
    let state = dispatch::run(desk, NoChance, BATCH, receiver, status).await;
    assert_eq!(state.unwrap(), BatchState::Finished);
    thread.join().unwrap()
}

/// Nothing is tried twice.
struct NoChance;

impl dispatch::Chance for NoChance {
    fn below(&mut self, _bound: u64) -> u64 {
        0
    }
}

/// The secrets, each as it may have been written.
fn secrets() -> Vec<Vec<u8>> {
    let stored = key().to_stored();
    let plain = [
        API_KEY.as_bytes(),
        SECRET.as_bytes(),
        CODE.as_bytes(),
        &[7; 32],
    ];
    let mut forms = vec![stored.as_bytes().to_vec()];
    for secret in plain {
        forms.push(secret.to_vec());
        forms.push(records::hex(secret).into_bytes());
        forms.push(STANDARD.encode(secret).trim_end_matches('=').into());
    }
    forms
}

fn assert_none_in(what: &str, bytes: &[u8]) {
    for secret in secrets() {
        let found = bytes.windows(secret.len()).any(|window| window == secret);
        assert!(!found, "{} is in {what}", String::from_utf8_lossy(&secret));
    }
}

/// The page as its readers see it, and its streams unpacked.
fn assert_none_in_page(what: &str, pdf: &[u8]) {
    assert_none_in(what, pdf);
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(pdf).unwrap();
    let read = |program: &str, before: &[&str], after: &[&str]| {
        let output = Command::new(program)
            .args(before)
            .arg(file.path())
            .args(after)
            .output()
            .unwrap_or_else(|error| panic!("{program} is needed to read the page: {error}"));
        assert!(output.status.success(), "{output:?}");
        output.stdout
    };
    let text = read("pdftotext", &[], &["-"]);
    assert!(!text.is_empty());
    let joined: Vec<u8> = text
        .iter()
        .filter(|b| !b.is_ascii_whitespace())
        .copied()
        .collect();
    assert_none_in(what, &joined);
    let unpacked = read("qpdf", &["--qdf", "--object-streams=disable"], &["-"]);
    assert_none_in(what, &unpacked);
}

/// All entries of a ZIP; a workbook in it is one too. Gives how many there were.
fn assert_none_in_zip(bytes: &[u8]) -> usize {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    assert_none_in("the pack", zip.comment());
    let mut count = 0;
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        assert_none_in(&name, name.as_bytes());
        match name.rsplit('.').next() {
            Some("xlsx") => count += assert_none_in_zip(&bytes),
            Some("pdf") => assert_none_in_page(&name, &bytes),
            _ => assert_none_in(&name, &bytes),
        }
        count += 1;
    }
    count
}

fn pack(file: &SignedReceipt, page: &[u8], tree: &Tree) -> Vec<u8> {
    let about = PackAbout {
        app_version: "0.1.0".into(),
        officer: "Maria Silva".into(),
        organisation: "Exemplo, Lda.".into(),
        exported_at_ms: NOW,
        utc_offset_minutes: 60,
        head: tree.head(),
        filter: "everything".into(),
    };
    let key = key();
    let mut pack = Pack::begin(Cursor::new(Vec::new()), about, &key);
    pack.receipt(file, Some(page)).unwrap();
    pack.list("list.csv", PERSON.as_bytes()).unwrap();
    pack.finish().unwrap().into_inner()
}

#[test]
fn no_secret_is_in_what_is_exported() {
    let (record, tree) = sent();
    let reply = record.attempts[0].reply_body.as_deref().unwrap();
    assert_eq!(
        reply.matches(CODE).count(),
        3,
        "the code is there to be found"
    );
    let trust = Trust::only(vec![key().public().clone()]);
    let press = Press::new();
    let masks = [
        Mask::none(),
        Mask::new([Field::Contacts, Field::Links], *key().mask_seed()),
    ];
    for mask in masks {
        let about = About { mask, ..about() };
        let file = receipts::receipt(&record, &tree, &about)
            .unwrap()
            .sign(&key())
            .unwrap();
        let page = press.page(&file, Language::English).unwrap();
        let page = seal::pdf(&page, &key()).unwrap();
        let pack = pack(&file, &page, &tree);
        for (bytes, kind) in [
            (file.text().as_bytes(), Kind::Receipt),
            (&page, Kind::Pdf),
            (&pack, Kind::Pack),
        ] {
            let report = verify(bytes, &trust);
            assert_eq!(
                (report.kind, report.verdict),
                (kind, Verdict::Holds),
                "{report:?}"
            );
        }
        assert_none_in("the receipt", file.text().as_bytes());
        assert_none_in_page("the page", &page);
        assert!(
            assert_none_in_zip(&pack) > 15,
            "the workbook was not looked into"
        );
    }
}
