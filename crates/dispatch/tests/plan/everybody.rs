//! Whatever the list and the mode: everybody exactly once, and values stay what they are.

use std::num::NonZeroU32;

use dispatch::{EmptyValues, Mode, People, Plan};
use humanos::{Credential, CredentialData, CredentialType, Draft, json};
use proptest::prelude::*;

use crate::support::*;

/// Text that means harm: quotes, escapes, control characters, braces, variables, marks.
fn hostile() -> impl Strategy<Value = String> {
    let bits = prop::sample::select(vec![
        "\"",
        "\\",
        "\\u0041",
        "\n",
        "\u{0}",
        "\u{1f}",
        "{{",
        "}}",
        "{{x}}",
        "{{contact}}",
        "{{{{",
        "é",
        "\u{2028}",
        "😀",
        "\u{feff}",
        "%7B",
        "&",
        "/",
        "JVBERi0x0000000000000000",
        "'",
        " ",
        "a",
        "0",
        "</script>",
    ]);
    prop::collection::vec(bits, 0..6).prop_map(|bits| bits.concat())
}

fn lists(most: usize) -> impl Strategy<Value = Table> {
    let language = prop::sample::select(vec![None, Some("PRT"), Some("ENG"), Some("FRA")]);
    let row = (
        language,
        hostile(),
        prop::sample::select(vec!["", "1", "2", "3"]),
    );
    prop::collection::vec(row, 0..most).prop_map(|rows| Table {
        columns: vec!["x".to_owned(), "few".to_owned()],
        rows: (0..)
            .zip(rows)
            .map(|(index, (language, x, few))| Row {
                contact: format!("p{index}@x.co"),
                language,
                values: vec![x, few.to_owned()],
                ..Row::default()
            })
            .collect(),
    })
}

fn modes() -> impl Strategy<Value = Mode> {
    prop_oneof![
        Just(Mode::Together),
        Just(Mode::Each),
        (1_u32..9).prop_map(|size| Mode::Groups(NonZeroU32::new(size).unwrap())),
        Just(Mode::ByColumn("few".to_owned())),
        Just(Mode::ByColumn("X".to_owned())),
    ]
}

fn leaving(mode: Mode) -> dispatch::Options {
    let mut options = options(mode);
    options.empty = EmptyValues::Leave;
    options
}

proptest! {
    #[test]
    fn everybody_is_in_exactly_one_request(
        people in lists(60),
        mode in modes(),
        name in prop::sample::select(vec!["", "{{few}}", "{{x}}", "{{few}} {{number}}", "{{row}}"]),
        language in prop::sample::select(vec!["", "ENG"]),
    ) {
        let draft = Draft {
            name: name.to_owned(),
            language: language.to_owned(),
            ..approval()
        };
        let plan = Plan::new(draft, &people, leaving(mode.clone())).unwrap();
        let requests = all(&plan);
        let mut rows: Vec<u64> = requests.iter().flat_map(|made| made.rows.clone()).collect();
        let firsts: Vec<u64> = requests.iter().map(|made| made.rows[0]).collect();
        prop_assert!(firsts.is_sorted());
        for request in &requests {
            prop_assert!(request.rows.is_sorted());
            if let Mode::Groups(size) = mode {
                prop_assert!(request.rows.len() <= size.get() as usize);
            }
            let language_of = |row: &u64| people.rows[*row as usize - 2].language;
            let first = language_of(&request.rows[0]);
            prop_assert!(!language.is_empty() || request.rows.iter().all(|row| language_of(row) == first));
        }
        for person in 0..plan.people_count() {
            let number = plan.number_of(person).unwrap();
            prop_assert!(plan.people_of(number).contains(&person));
            prop_assert_eq!(plan.people().rows[person as usize].contact.as_str(), plan.people().contact(person as usize));
        }
        prop_assert_eq!(plan.number_of(plan.people_count()), None);
        prop_assert!(plan.people_of(0).is_empty() && plan.people_of(plan.request_count() + 1).is_empty());
        rows.sort_unstable();
        prop_assert_eq!(rows, (2..people.rows.len() as u64 + 2).collect::<Vec<_>>());
        let asked: usize = requests.iter().map(|made| made.people.len()).sum();
        prop_assert_eq!(asked, people.rows.len());
        let again = Plan::new(
            plan.request(1).map(|preview| Draft { name: name.to_owned(), language: language.to_owned(), ..preview.draft })
                .unwrap_or_else(|_| Draft { name: name.to_owned(), language: language.to_owned(), ..approval() }),
            &people,
            leaving(mode),
        ).unwrap();
        prop_assert_eq!(bodies(&plan), bodies(&again));
    }

    #[test]
    fn hostile_values_stay_what_they_are(people in lists(8)) {
        let draft = Draft {
            name: "<{{x}}>".to_owned(),
            redirect_url: "https://x.co/?v={{X}}".to_owned(),
            credentials: vec![
                Credential {
                    description: "{{x}}{{x}}".to_owned(),
                    ..credential(CredentialType::Json, CredentialData::Json {
                        text: r#"{"k":["{{ x }}",{"s":"a{{x}}b"}]}"#.to_owned(),
                    })
                },
                credential(CredentialType::Document, CredentialData::Document {
                    file_name: String::new(),
                    base64: "JVBERi0xLjcK".to_owned(),
                }),
            ],
            ..Draft::default()
        };
        let plan = Plan::new(draft, &people, leaving(Mode::Each)).unwrap();
        let report = plan.check(NOW);
        for (body, row) in bodies(&plan).iter().zip(&people.rows) {
            prop_assert_eq!(&json::canonical(body).unwrap(), body);
            let read: serde_json::Value = serde_json::from_str(body).unwrap();
            let x = row.values[0].trim();
            prop_assert_eq!(read["name"].as_str().unwrap(), format!("<{x}>"));
            let credential = &read["credentials"][0];
            prop_assert_eq!(credential["description"].as_str().unwrap_or(""), format!("{x}{x}"));
            prop_assert_eq!(credential["data"]["k"][0].as_str().unwrap(), x);
            prop_assert_eq!(credential["data"]["k"][1]["s"].as_str().unwrap(), format!("a{x}b"));
            prop_assert_eq!(&read["credentials"][1]["data"], "JVBERi0xLjcK");
            let link = read["redirectUrl"].as_str().unwrap().strip_prefix("https://x.co/?v=").unwrap();
            prop_assert!(link.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)));
            let decoded = percent_encoding::percent_decode_str(link).decode_utf8().unwrap();
            prop_assert_eq!(decoded, x);
        }
        prop_assert_eq!(report.is_clean(), !people.rows.is_empty());
    }

    #[test]
    fn no_template_makes_a_plan_panic(
        name in hostile(), text in hostile(), link in hostile(), people in lists(4), mode in modes()
    ) {
        let draft = Draft {
            name: name.clone(),
            internal_id: link.clone(),
            redirect_url: link,
            credentials: vec![
                credential(CredentialType::Json, CredentialData::Json { text: format!("{{\"a\":\"{text}\",{text}}}") }),
                credential(CredentialType::Consent, CredentialData::Consent { text, url: name }),
            ],
            ..Draft::default()
        };
        let plan = Plan::new(draft, &people, leaving(mode)).unwrap();
        let report = plan.check(NOW);
        let clean = report.is_clean();
        let glance = plan.glance(NOW);
        prop_assert!(glance.iter().all(|issue| report.issues.contains(issue)), "{:?}", glance);
        let made = plan.requests(key).collect::<Result<Vec<_>, _>>();
        prop_assert!(!clean || made.is_ok());
    }
}
