//! JavaScript itself as the judge: thousands of random drafts and free-form JSON texts go through
//! one Node process. Node is required: without it this test fails.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use humanos::draft::{
    Action, Credential, CredentialData, CredentialType, Draft, ExpectedDocId, Placement,
    PlacementType, SecurityLevel,
};
use humanos::encode::encode;
use humanos::json::{JsonErrorKind, canonical};
use humanos::version::ApiVersion;

const DRAFTS: usize = 5_000;
const TEXTS: usize = 6_000;
const BROKEN: usize = 20_000;

#[test]
fn every_body_is_what_node_would_write() {
    let mut random = Random(1);
    let version = ApiVersion::contacts_era();
    let bodies: Vec<String> = (0..DRAFTS)
        .map(|_| {
            encode(&draft(&mut random), &version)
                .unwrap()
                .as_str()
                .to_owned()
        })
        .collect();
    for (body, node) in bodies.iter().zip(rewritten(&bodies)) {
        assert_eq!(Some(body), node.as_ref());
    }
}

#[test]
fn free_form_json_is_what_node_would_write() {
    let mut random = Random(2);
    let texts: Vec<String> = (0..TEXTS)
        .map(|_| {
            let mut text = String::new();
            json_text(&mut random, &mut text, 0);
            text
        })
        .collect();
    let mut changed = 0;
    for (text, node) in texts.iter().zip(rewritten(&texts)) {
        let ours = canonical(text).unwrap_or_else(|error| panic!("{error} in {text:?}"));
        assert_eq!(Some(&ours), node.as_ref(), "from {text:?}");
        changed += usize::from(ours != *text);
    }
    assert!(
        changed > TEXTS / 2,
        "the texts were too tame: {changed} changed"
    );
}

#[test]
fn broken_json_is_broken_for_node_too() {
    let mut random = Random(3);
    let texts: Vec<String> = (0..BROKEN)
        .map(|_| {
            let mut text = String::new();
            json_text(&mut random, &mut text, 2);
            damage(&mut random, &text)
        })
        .collect();
    let mut refused = 0;
    for (text, node) in texts.iter().zip(rewritten(&texts)) {
        match canonical(text) {
            Ok(ours) => assert_eq!(Some(ours), node, "from {text:?}"),
            Err(error) => {
                // What JavaScript would lose in silence, and our own bound.
                let stricter = matches!(
                    error.kind,
                    JsonErrorKind::DuplicateKey
                        | JsonErrorKind::LoneSurrogate
                        | JsonErrorKind::NumberTooLarge
                        | JsonErrorKind::TooDeep
                );
                assert!(stricter || node.is_none(), "{error} in {text:?}");
                refused += 1;
            }
        }
    }
    assert!(
        (BROKEN / 4..BROKEN).contains(&refused),
        "the damage was one-sided: {refused}"
    );
}

/// `JSON.stringify(JSON.parse(text))` of each text, `None` where Node throws.
fn rewritten(texts: &[String]) -> Vec<Option<String>> {
    const SCRIPT: &str = r"
        const lines = require('fs').readFileSync(0, 'latin1').split('\n').slice(0, -1);
        process.stdout.write(lines.map((line) => {
            let out;
            try { out = JSON.stringify(JSON.parse(Buffer.from(line, 'base64').toString('utf8'))); }
            catch { return '!\n'; }
            return Buffer.from(out, 'utf8').toString('base64') + '\n';
        }).join(''));
    ";
    let mut node = Command::new("node")
        .args(["-e", SCRIPT])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Node is required: install it and put `node` on the PATH");
    let mut input = String::new();
    for text in texts {
        input.push_str(&STANDARD.encode(text));
        input.push('\n');
    }
    // The script reads all of its input before it writes, so this cannot block both ends.
    node.stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    let output = node.wait_with_output().unwrap();
    assert!(output.status.success());
    let lines = String::from_utf8(output.stdout).unwrap();
    let answers: Vec<_> = lines
        .lines()
        .map(|line| {
            (line != "!").then(|| String::from_utf8(STANDARD.decode(line).unwrap()).unwrap())
        })
        .collect();
    assert_eq!(answers.len(), texts.len());
    answers
}

/// SplitMix64: the same texts on every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap()
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn many<T>(&mut self, most: usize, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.below(most + 1)).map(|_| make(self)).collect()
    }
}

fn any_char(random: &mut Random) -> char {
    const ODD: [char; 24] = [
        '"',
        '\\',
        '/',
        '\u{0}',
        '\u{8}',
        '\t',
        '\n',
        '\u{b}',
        '\u{c}',
        '\r',
        '\u{1f}',
        '\u{7f}',
        '\u{80}',
        '\u{a0}',
        'é',
        '€',
        '\u{2028}',
        '\u{2029}',
        '\u{d7ff}',
        '\u{e000}',
        '\u{feff}',
        '\u{ffff}',
        '😀',
        '\u{10ffff}',
    ];
    match random.below(4) {
        0 => random.pick(&ODD),
        1 => char::from_u32(u32::try_from(random.next() % 0x11_0000).unwrap()).unwrap_or('x'),
        _ => char::from(u8::try_from(32 + random.below(95)).unwrap()),
    }
}

fn any_text(random: &mut Random) -> String {
    if random.chance(20) {
        return String::new();
    }
    random.many(12, any_char).into_iter().collect()
}

fn any_number(random: &mut Random) -> f64 {
    match random.below(4) {
        0 => f64::from(u32::try_from(random.below(101)).unwrap()),
        1 => f64::from(u32::try_from(random.below(10_001)).unwrap()) / 100.0,
        2 => -0.0,
        _ => Some(f64::from_bits(random.next()))
            .filter(|x| x.is_finite())
            .unwrap_or(0.5),
    }
}

fn draft(random: &mut Random) -> Draft {
    Draft {
        contacts: random.many(4, any_text),
        name: any_text(random),
        security_level: random.chance(50).then(|| random.pick(&SecurityLevel::ALL)),
        group_ids: random.many(3, any_text),
        resources_ids: random.many(3, any_text),
        credentials: random.many(4, credential),
        language: any_text(random),
        redirect_url: any_text(random),
        internal_id: any_text(random),
        pub_key: any_text(random),
        authorized_dids: random.many(3, any_text),
        expected_doc_ids: random.many(3, |r| ExpectedDocId {
            contact: any_text(r),
            doc_id: any_text(r),
        }),
    }
}

fn credential(random: &mut Random) -> Credential {
    use CredentialType as Type;
    let kind = random.pick(&[Type::Document, Type::Consent, Type::Json, Type::Policy]);
    let mut free = String::new();
    json_text(random, &mut free, 0);
    let mut params = String::new();
    object_text(random, &mut params, 0);
    let data = match kind {
        Type::Document => CredentialData::Document {
            file_name: any_text(random),
            base64: any_text(random),
        },
        Type::Consent => CredentialData::Consent {
            text: any_text(random),
            url: any_text(random),
        },
        Type::Json => CredentialData::Json { text: free },
        Type::Policy => CredentialData::None,
    };
    let dates = ["", "2026-05-20T09:00Z", "2026-05-20T09:00:00.123+01:00"];
    Credential {
        kind,
        name: any_text(random),
        scope: any_text(random),
        valid_from: random.pick(&dates).to_owned(),
        valid_until: random.pick(&dates).to_owned(),
        description: any_text(random),
        internal_id: any_text(random),
        data,
        placements: random.many(3, placement),
        action: Action {
            id: any_text(random),
            user_params: params,
        },
    }
}

fn placement(random: &mut Random) -> Placement {
    use PlacementType as Type;
    Placement {
        contact: any_text(random),
        kind: random.pick(&[
            Type::Signature,
            Type::IdentityField,
            Type::OpenText,
            Type::Checkbox,
        ]),
        identity_type: any_text(random),
        x: any_number(random),
        y: any_number(random),
        width: any_number(random),
        height: any_number(random),
        page_index: u32::try_from(random.next() >> 32).unwrap(),
    }
}

/// JSON text as a person or program might write it: any spacing, number form and escape.
fn json_text(random: &mut Random, out: &mut String, depth: usize) {
    space(random, out);
    match random.below(if depth < 5 { 8 } else { 5 }) {
        0 => out.push_str(random.pick(&["true", "false", "null"])),
        1 | 2 => number_text(random, out),
        3 | 4 => {
            let text = any_text(random);
            string_text(random, out, &text);
        }
        5 => {
            out.push('[');
            for index in 0..random.below(5) {
                if index > 0 {
                    out.push(',');
                }
                json_text(random, out, depth + 1);
            }
            space(random, out);
            out.push(']');
        }
        _ => object_text(random, out, depth),
    }
    space(random, out);
}

fn object_text(random: &mut Random, out: &mut String, depth: usize) {
    let mut keys: Vec<String> = Vec::new();
    out.push('{');
    for _ in 0..random.below(8) {
        let key = key(random);
        if keys.contains(&key) {
            continue;
        }
        if !keys.is_empty() {
            out.push(',');
        }
        space(random, out);
        string_text(random, out, &key);
        space(random, out);
        out.push(':');
        json_text(random, out, depth + 1);
        keys.push(key);
    }
    space(random, out);
    out.push('}');
}

fn key(random: &mut Random) -> String {
    const ODD: [&str; 20] = [
        "__proto__",
        "constructor",
        "toJSON",
        "length",
        "",
        "0",
        "00",
        "01",
        "-0",
        "-1",
        "1.0",
        "1e3",
        "2147483647",
        "2147483648",
        "4294967294",
        "4294967295",
        "4294967296",
        "9007199254740993",
        "٣",
        " 1",
    ];
    match random.below(3) {
        0 => random.pick(&ODD).to_owned(),
        1 => random.below(1_000).to_string(),
        _ => any_text(random),
    }
}

fn string_text(random: &mut Random, out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        let must = matches!(c, '"' | '\\') || u32::from(c) < 32;
        let short = "\"\\/\u{8}\u{c}\n\r\t"
            .find(c)
            .filter(|_| random.chance(50));
        match short {
            Some(at) if must || c == '/' => {
                out.push('\\');
                out.push(char::from(b"\"\\/bfnrt"[at]));
            }
            _ if must || random.chance(15) => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    if random.chance(50) {
                        write!(out, "\\u{unit:04x}").unwrap();
                    } else {
                        write!(out, "\\u{unit:04X}").unwrap();
                    }
                }
            }
            _ => out.push(c),
        }
    }
    out.push('"');
}

fn number_text(random: &mut Random, out: &mut String) {
    const ODD: [&str; 16] = [
        "0",
        "-0",
        "-0.0",
        "0e5",
        "1.0",
        "1E5",
        "1e+21",
        "1e21",
        "999999999999999999999",
        "1e-6",
        "1e-7",
        "9007199254740993",
        "1.7976931348623157e308",
        "5e-324",
        "2e-324",
        "-1e-999",
    ];
    match random.below(5) {
        0 => out.push_str(random.pick(&ODD)),
        1 => {
            // More digits than a double holds.
            let digits = 1 + random.below(40);
            out.push(char::from(b'1' + u8::try_from(random.below(9)).unwrap()));
            for _ in 0..digits {
                out.push(char::from(b'0' + u8::try_from(random.below(10)).unwrap()));
            }
            if random.chance(50) {
                write!(out, ".{}", random.next()).unwrap();
            }
        }
        2 => write!(out, "{}", random.next() as i64).unwrap(),
        3 => write!(out, "{:e}", any_number(random)).unwrap(),
        _ => {
            let exponent = i64::try_from(random.below(600)).unwrap() - 330;
            write!(
                out,
                "{}.{:03}E{exponent}",
                random.below(10),
                random.below(1000)
            )
            .unwrap();
            if exponent > 300 {
                out.truncate(out.rfind('E').unwrap());
            }
        }
    }
}

fn space(random: &mut Random, out: &mut String) {
    if random.chance(20) {
        out.push_str(random.pick(&[" ", "\t", "\n", "\r\n", "  "]));
    }
}

/// One to three small changes, most of which break the text.
fn damage(random: &mut Random, text: &str) -> String {
    const BITS: [&str; 26] = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "\\udc00", "0", "-", "+", ".",
        "e", "1e400", "\u{0}", "\n", "\u{a0}", "\u{feff}", "\u{2028}", "//", "'", "NaN", "null",
    ];
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..=random.below(3) {
        let at = random.below(chars.len() + 1);
        match random.below(3) {
            0 if at < chars.len() => drop(chars.remove(at)),
            1 => chars.truncate(at.max(1)),
            _ => drop(chars.splice(at..at, random.pick(&BITS).chars())),
        }
    }
    chars.into_iter().collect()
}
