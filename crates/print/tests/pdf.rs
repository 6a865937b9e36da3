//! Pages as other programs read them: qpdf and poppler, which `cargo xtask test` installs.
#![allow(clippy::expect_used, clippy::print_stdout, clippy::unwrap_used)]

mod common;

use std::io::Write;
use std::process::{Command, Output};
use std::sync::LazyLock;

use common::{FILE, TRICKS, hostile, many, page};
use print::{Language, Page, Press};
use proptest::prelude::*;
use receipts::Field;
use sha2::{Digest, Sha256};

static PRESS: LazyLock<Press> = LazyLock::new(Press::new);

fn printed(page: &Page, language: Language) -> Vec<u8> {
    PRESS.set(page, FILE, language).unwrap()
}

/// What a program says about a PDF; its arguments name the file as `FILE`.
fn asked(program: &str, arguments: &[&str], pdf: &[u8]) -> Output {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(pdf).unwrap();
    let path = file.path().to_str().unwrap();
    Command::new(program)
        .args(
            arguments
                .iter()
                .map(|a| if *a == "FILE" { path } else { a }),
        )
        .output()
        .unwrap_or_else(|error| panic!("{program} is needed to read the page: {error}"))
}

/// The text of a page without spaces: lines end where they must.
fn text(pdf: &[u8]) -> String {
    let output = asked("pdftotext", &["FILE", "-"], pdf);
    assert!(output.status.success());
    squeezed(&String::from_utf8(output.stdout).unwrap())
}

/// Without white space, without the marks of direction that pdftotext puts around Arabic and Hebrew, and
/// without joiners, which have no width and so no place in its order.
fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .filter(|c| !matches!(c, '\u{200C}'..='\u{200D}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'))
        .collect()
}

fn pages(pdf: &[u8]) -> usize {
    let output = asked("pdfinfo", &["FILE"], pdf);
    let info = String::from_utf8(output.stdout).unwrap();
    let line = info
        .lines()
        .find(|line| line.starts_with("Pages:"))
        .unwrap();
    line["Pages:".len()..].trim().parse().unwrap()
}

fn holds(pdf: &[u8], marker: &str) -> bool {
    pdf.windows(marker.len()).any(|w| w == marker.as_bytes())
}

#[test]
fn says_of_itself_what_it_is() {
    for language in Language::ALL {
        let pdf = printed(&page(), language);
        for marker in [
            "/StructTreeRoot",
            "/MarkInfo<</Marked true",
            "<pdfaid:part>3</pdfaid:part>",
            "<pdfaid:conformance>A</pdfaid:conformance>",
            "<pdfuaid:part>1</pdfuaid:part>",
            "/AF[",
            "/AFRelationship/Source",
            "/S/TH",
            "/S/H1",
            "/DisplayDocTitle true",
            &format!("/Lang({})", language.code()),
        ] {
            assert!(holds(&pdf, marker), "{marker}");
        }
        assert!(pdf.ends_with(b"%%EOF"));
        assert!(!holds(&pdf, "/JavaScript") && !holds(&pdf, "/Encrypt"));
    }
}

#[test]
fn qpdf_finds_nothing_wrong() {
    for language in Language::ALL {
        for page in [page(), many(100), hostile()] {
            let output = asked("qpdf", &["--check", "FILE"], &printed(&page, language));
            let said = String::from_utf8_lossy(&output.stdout);
            assert!(output.status.success(), "{said}{output:?}");
            assert!(said.contains("No syntax or stream encoding errors found"));
        }
    }
}

#[test]
fn the_file_comes_out_as_it_went_in() {
    for file in [FILE.to_vec(), vec![0xFF; 3], random(200_000)] {
        let pdf = PRESS.set(&page(), &file, Language::English).unwrap();
        let listed = asked("pdfdetach", &["-list", "FILE"], &pdf);
        assert!(String::from_utf8_lossy(&listed.stdout).contains("1: receipt.json"));
        let shown = asked("qpdf", &["--show-attachment=receipt.json", "FILE"], &pdf);
        assert!(shown.stdout == file);
        let fingerprint: String = Sha256::digest(&file)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert!(text(&pdf).contains(&fingerprint));
    }
}

#[test]
fn one_person_is_one_page() {
    for language in Language::ALL {
        assert_eq!(pages(&printed(&page(), language)), 1, "{}", language.code());
    }
}

#[test]
fn many_people_are_a_table_with_its_header_on_each_page() {
    let pdf = printed(&many(100), Language::Portuguese);
    let count = pages(&pdf);
    assert!(count > 2);
    let text = text(&pdf);
    for number in 0..100 {
        assert!(text.contains(&format!("ana.{number}@example.com")));
    }
    for number in 1..=count {
        assert!(text.contains(&format!("Página{number}de{count}")));
    }
    let output = asked("pdftotext", &["-layout", "FILE", "-"], &pdf);
    let laid_out = String::from_utf8(output.stdout).unwrap();
    let headers = laid_out
        .lines()
        .filter(|line| line.contains("Contacto") && line.contains("Ligação"))
        .count();
    assert!(headers >= count - 1, "{laid_out}");
}

#[test]
fn what_is_open_or_practice_says_so() {
    let mut open = page();
    let marks = ["Interim:theoutcomeisstillopen", "Practice:nobodywasasked"];
    let plain = text(&printed(&open, Language::English));
    assert!(marks.iter().all(|mark| !plain.contains(mark)));
    open.interim = true;
    open.practice = true;
    open.masked = vec![Field::Contacts, Field::Names];
    let marked = text(&printed(&open, Language::English));
    assert!(marks.iter().all(|mark| marked.contains(mark)));
    assert!(marked.contains("Maskedonexport:contacts,names"));
}

#[test]
fn it_says_everything_that_was_asked() {
    let text = text(&printed(&page(), Language::Spanish));
    let page = page();
    for said in [
        "Recibo de una solicitud",
        "UTC+01:00",
        &page.asker.officer,
        &page.asker.organisation,
        &page.asker.device_key.id,
        &page.asker.device_key.fingerprint,
        &page.request.id,
        &page.request.name,
        &page.request.humanos_id,
        "507f1f77bcf86cd799439012",
        "Terms of the account",
        "POST https://api.humanos.id/request",
        &page.sent.body_sha256,
        "156 bytes",
        &page.sent.idempotency_key,
        "bad signature",
        "Thu, 01 Jan 2026 00:00:02 GMT",
        "01/01/2026 01:00:02,000",
        "2026-01-01 00:00:02.000",
        "2026-01-02 00:00:00.000 UTC",
        &page.head.root,
        "countersign verify ARCHIVO",
        "docs/VERIFYING.md",
    ] {
        assert!(text.contains(&squeezed(said)), "{said}");
    }
}

const NAMES: [&str; 16] = [
    "محمد علي",
    "می‌خواهم",
    "שרה כהן",
    "王小明",
    "佐藤さくら",
    "김민준",
    "प्रिया शर्मा",
    "สมชาย ใจดี",
    "அன்பு",
    "অনিতা",
    "Անի",
    "ნინო",
    "Ελένη",
    "Щербак",
    "Nguyễn Thị Ánh",
    "👩 😀 ✔",
];

#[test]
fn names_of_the_world_can_be_read_back() {
    for name in NAMES {
        let mut page = page();
        page.request.name = name.into();
        let text = text(&printed(&page, Language::English));
        assert!(text.contains(&squeezed(name)), "{name}: {text}");
    }
}

#[test]
fn tricks_are_seen_for_what_they_are() {
    for (trick, shown) in TRICKS {
        let mut page = page();
        page.asker.officer = trick.into();
        let text = text(&printed(&page, Language::English));
        assert!(text.contains(&squeezed(shown)), "{trick:?}: {text}");
    }
}

#[test]
fn a_name_stays_in_its_place() {
    let mut page = page();
    page.asker.officer = "علي".into();
    page.attempts[0].reason = Some("رفض 12 34".into());
    let output = asked(
        "pdftotext",
        &["-layout", "FILE", "-"],
        &printed(&page, Language::English),
    );
    let text = String::from_utf8(output.stdout).unwrap();
    let line = text.lines().find(|line| line.contains("علي")).unwrap();
    assert!(line.starts_with("Officer"), "{line}");
    let line = text.lines().find(|line| line.contains("رفض")).unwrap();
    assert!(line.trim_start().starts_with("No answer:"), "{line}");
}

#[test]
fn a_name_takes_no_number_to_its_other_side() {
    let mut page = page();
    page.request.credentials[0].name = "علي".into();
    page.request.credentials[0].id = "4711".into();
    let output = asked(
        "pdftotext",
        &["-bbox", "FILE", "-"],
        &printed(&page, Language::English),
    );
    let words = String::from_utf8(output.stdout).unwrap();
    let left = |is_it: &dyn Fn(&str) -> bool| -> f64 {
        let word = words.lines().find(|line| is_it(line)).unwrap();
        word.split('"').nth(1).unwrap().parse().unwrap()
    };
    let kind = left(&|word| word.contains(">credential<"));
    let name = left(&|word| word.contains('ع'));
    let id = left(&|word| word.contains(">4711<"));
    assert!(kind < name && name < id, "{kind} {name} {id}");
}

#[test]
fn what_does_not_fit_says_how_much_it_was() {
    let page = hostile();
    let text = text(&printed(&page, Language::English));
    assert!(text.contains("and4600morecharacters"));
    assert!(text.contains("45morerowsareintheattachedreceipt.json."));
    let pdf = printed(&many(2_003), Language::English);
    assert!(self::text(&pdf).contains("3morerowsareintheattachedreceipt.json."));
}

#[test]
fn nothing_runs_off_the_page() {
    let output = asked(
        "pdftotext",
        &["-bbox", "FILE", "-"],
        &printed(&hostile(), Language::French),
    );
    let boxes = String::from_utf8(output.stdout).unwrap();
    let right = |word: &str| {
        word.split("xMax=\"")
            .nth(1)?
            .split('"')
            .next()?
            .parse()
            .ok()
    };
    let words: Vec<(f64, &str)> = boxes
        .lines()
        .filter_map(|word| Some((right(word)?, word)))
        .collect();
    assert!(words.len() > 300);
    // The margin is 18 mm, 51 points.
    let outside: Vec<_> = words
        .iter()
        .filter(|(right, _)| *right > 595.3 - 50.0)
        .collect();
    assert!(outside.is_empty(), "{outside:?}");
}

#[test]
fn no_time_is_too_early_or_too_late() {
    for at in [i64::MIN, -62_135_596_800_001, -1, 0, i64::MAX] {
        let mut page = page();
        page.exported_at_ms = at;
        page.request.planned_at_ms = at;
        page.attempts[0].started_at_ms = at;
        page.attempts[0].ended_at_ms = Some(i64::MIN);
        assert!(PRESS.set(&page, FILE, Language::English).is_ok(), "{at}");
    }
}

#[test]
fn threads_share_a_press() {
    let pages: Vec<_> = (1..=4).map(many).collect();
    let alone: Vec<_> = pages
        .iter()
        .map(|page| printed(page, Language::English))
        .collect();
    let together: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = pages
            .iter()
            .map(|page| scope.spawn(|| printed(page, Language::English)))
            .collect();
        threads.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert!(alone == together);
}

const DIGEST: &str = "digest of the page: ";

/// In the other process of the next test it says what it printed.
#[test]
fn the_same_page_is_the_same_bytes() {
    let digests: Vec<String> = Language::ALL
        .iter()
        .flat_map(|language| [page(), hostile()].map(|page| printed(&page, *language)))
        .map(|pdf| format!("{:?}", Sha256::digest(&pdf)))
        .collect();
    println!("{DIGEST}{}", digests.join(" "));
    let distinct: std::collections::HashSet<_> = digests.iter().collect();
    assert_eq!(distinct.len(), digests.len());
}

#[test]
fn another_process_prints_the_same_bytes() {
    let digests = || {
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "the_same_page_is_the_same_bytes", "--nocapture"])
            .output()
            .unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        let at = said.find(DIGEST).expect("the other test ran");
        said[at..].lines().next().unwrap().to_owned()
    };
    assert_eq!(digests(), digests());
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_it_says_it_can_be_set(
        texts in prop::collection::vec(any::<String>(), 8),
        people in prop::collection::vec("\\PC{0,30}", 1..4),
        at in any::<i64>(),
    ) {
        let mut page = page();
        page.asker.officer = texts[0].clone();
        page.asker.organisation = texts[1].clone();
        page.request.name = texts[2].clone();
        page.request.id = texts[3].clone();
        page.sent.url = texts[4].clone();
        page.attempts[0].messages = vec![texts[5].clone()];
        page.attempts[0].started_at_ms = at;
        page.events[0].detail = texts[6].clone();
        page.events[0].kind = texts[7].clone();
        for contact in people {
            let mut person = common::person(1);
            person.contact = contact;
            page.people.push(person);
        }
        prop_assert!(PRESS.set(&page, FILE, Language::French).is_ok());
    }
}

/// Bytes that cannot be made smaller.
fn random(length: usize) -> Vec<u8> {
    (0_u64..)
        .flat_map(|block| Sha256::digest(block.to_le_bytes()))
        .take(length)
        .collect()
}
