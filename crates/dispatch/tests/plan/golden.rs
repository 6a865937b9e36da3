//! The exact bytes.

use dispatch::{EmptyValues, Mode, Plan, Redirects};
use humanos::{
    Action, Credential, CredentialData, CredentialType, Draft, ExpectedDocId, Placement,
};

use crate::support::*;

fn list() -> Table {
    Table::new(
        &["Nome", "Nº Doc"],
        &[
            &["ana@example.com", "Ana \"Né\" \\", "AB 1"],
            &["+351912345678", "{{contact}}\n", "CD2"],
        ],
    )
}

#[test]
fn each_person_gets_a_request_with_their_own_values() {
    let json = CredentialData::Json {
        text: r#"{"n": "{{nome}}", "10": 1.0, "2": "x{{row}}"}"#.to_owned(),
    };
    let consent = CredentialData::Consent {
        text: "I, {{NOME}}, {{{{agree}}".to_owned(),
        url: "https://example.com/{{Nº Doc}}".to_owned(),
    };
    let draft = Draft {
        name: "Contract {{number}}".to_owned(),
        language: "PRT".to_owned(),
        redirect_url: "https://example.com/?n={{ nome }}".to_owned(),
        internal_id: "x-{{row}}".to_owned(),
        credentials: vec![
            credential(CredentialType::Json, json),
            credential(CredentialType::Consent, consent),
            Credential {
                name: "{{nome}}".to_owned(),
                action: Action {
                    id: "urn:via:action:1".to_owned(),
                    user_params: r#"{"who":"{{contact}}"}"#.to_owned(),
                },
                ..credential(CredentialType::Policy, CredentialData::None)
            },
        ],
        expected_doc_ids: vec![ExpectedDocId {
            contact: "{{contact}}".to_owned(),
            doc_id: "{{nº doc}}".to_owned(),
        }],
        ..Draft::default()
    };
    let plan = Plan::new(draft, list(), options(Mode::Each)).unwrap();
    assert_eq!(plan.check(NOW).issues, []);
    assert_eq!(
        bodies(&plan),
        [
            concat!(
                r#"{"contacts":["ana@example.com"],"name":"Contract 1","credentials":["#,
                r#"{"type":"JSON","name":"Contract","data":{"2":"x2","10":1,"n":"Ana \"Né\" \\"}},"#,
                r#"{"type":"CONSENT","name":"Contract","data":{"text":"I, Ana \"Né\" \\, {{agree}}","url":"https://example.com/AB%201"}},"#,
                r#"{"type":"POLICY","name":"Ana \"Né\" \\","action":{"id":"urn:via:action:1","userParams":{"who":"ana@example.com"}}}],"#,
                r#""language":"PRT","redirectUrl":"https://example.com/?n=Ana%20%22N%C3%A9%22%20%5C","internalId":"x-2","#,
                r#""expectedDocIds":[{"contact":"ana@example.com","docId":"AB 1"}]}"#,
            ),
            concat!(
                r#"{"contacts":["+351912345678"],"name":"Contract 2","credentials":["#,
                r#"{"type":"JSON","name":"Contract","data":{"2":"x3","10":1,"n":"{{contact}}"}},"#,
                r#"{"type":"CONSENT","name":"Contract","data":{"text":"I, {{contact}}, {{agree}}","url":"https://example.com/CD2"}},"#,
                r#"{"type":"POLICY","name":"{{contact}}","action":{"id":"urn:via:action:1","userParams":{"who":"+351912345678"}}}],"#,
                r#""language":"PRT","redirectUrl":"https://example.com/?n=%7B%7Bcontact%7D%7D","internalId":"x-3","#,
                r#""expectedDocIds":[{"contact":"+351912345678","docId":"CD2"}]}"#,
            ),
        ]
    );
}

#[test]
fn documents_and_placements_go_to_those_they_are_for() {
    let document = CredentialData::Document {
        file_name: "a.pdf".to_owned(),
        base64: "JVBERi0xLjcK".to_owned(),
    };
    let placement = |contact: &str| Placement {
        contact: contact.to_owned(),
        x: 10.5,
        y: 20.0,
        width: 30.0,
        height: 5.0,
        ..Placement::default()
    };
    let mut draft = Draft {
        credentials: vec![Credential {
            placements: vec![placement("ANA@example.com"), placement("{{contact}}")],
            ..credential(CredentialType::Document, document)
        }],
        expected_doc_ids: vec![ExpectedDocId {
            contact: "Ana@Example.com".to_owned(),
            doc_id: "typed".to_owned(),
        }],
        ..Draft::default()
    };
    let mut people = list();
    people.rows[0].doc_id = Some("listed".to_owned());
    people.rows[1].doc_id = Some("L2".to_owned());
    let at = |contact: &str| {
        format!(
            r#"{{"contact":"{contact}","type":"SIGNATURE","x":10.5,"y":20,"width":30,"height":5,"pageIndex":0}}"#
        )
    };
    let (ana, rui) = ("ana@example.com", "+351912345678");
    let start = r#""credentials":[{"type":"DOCUMENT","name":"Contract","data":"JVBERi0xLjcK","placements":["#;

    let plan = Plan::new(draft.clone(), &people, options(Mode::Together)).unwrap();
    assert_eq!(plan.check(NOW).issues, []);
    let both = format!("{},{},{}", at(ana), at(ana), at(rui));
    assert_eq!(
        bodies(&plan),
        [format!(
            r#"{{"contacts":["{ana}","{rui}"],{start}{both}]}}],"expectedDocIds":[{{"contact":"{ana}","docId":"typed"}},{{"contact":"{rui}","docId":"L2"}}]}}"#
        )]
    );

    let plan = Plan::new(draft.clone(), &people, options(Mode::Each)).unwrap();
    assert_eq!(plan.check(NOW).issues, []);
    let (hers, his) = (format!("{},{}", at(ana), at(ana)), at(rui));
    assert_eq!(
        bodies(&plan),
        [
            format!(
                r#"{{"contacts":["{ana}"],{start}{hers}]}}],"expectedDocIds":[{{"contact":"{ana}","docId":"typed"}}]}}"#
            ),
            format!(
                r#"{{"contacts":["{rui}"],{start}{his}]}}],"expectedDocIds":[{{"contact":"{rui}","docId":"L2"}}]}}"#
            ),
        ]
    );

    draft.expected_doc_ids[0] = ExpectedDocId {
        contact: "{{contact}}".to_owned(),
        doc_id: "{{Nº doc}}".to_owned(),
    };
    people.rows[1].values[1] = " ".to_owned();
    let mut choice = options(Mode::Together);
    choice.empty = EmptyValues::Leave;
    let plan = Plan::new(draft, &people, choice).unwrap();
    assert_eq!(plan.check(NOW).issues, []);
    assert!(bodies(&plan)[0].ends_with(&format!(
        r#""expectedDocIds":[{{"contact":"{ana}","docId":"AB 1"}}]}}"#
    )));
}

#[test]
fn shared_parts_stand_in_the_bytes_as_the_encoder_writes_them() {
    let long = "a \"long\" text\n".repeat(100);
    let text = CredentialData::Consent {
        text: long.clone(),
        url: String::new(),
    };
    let json = CredentialData::Json {
        text: r#"{ "b": [1.0, "é"], "1": null }"#.to_owned(),
    };
    let document = CredentialData::Document {
        file_name: String::new(),
        base64: "JVBERi0xLjcK".to_owned(),
    };
    let pair = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==";
    // Values that look like the marks of the parts, one for the first guess and one for the next.
    let people = Table::new(
        &["x"],
        &[
            &["a@b.co", "JVBERi0x0000000100000000"],
            &[
                "c@d.co",
                "JVBERi0x0000000200000001 \"JVBERi0x0000000200000000\"",
            ],
            &["e@f.co", "JVBERi0x0000000300000000"],
        ],
    );
    let draft = Draft {
        name: "{{x}}".to_owned(),
        pub_key: pair.to_owned(),
        credentials: vec![
            Credential {
                description: long,
                ..credential(CredentialType::Consent, text)
            },
            credential(CredentialType::Json, json),
            credential(CredentialType::Document, document),
            Credential {
                action: Action {
                    id: "urn:via:action:1".to_owned(),
                    user_params: r#"{"2": 1, "1": "{"}"#.to_owned(),
                },
                ..credential(CredentialType::Policy, CredentialData::None)
            },
        ],
        ..Draft::default()
    };
    for mode in [Mode::Each, Mode::Together] {
        let plan = Plan::new(draft.clone(), &people, options(mode)).unwrap();
        assert_eq!(plan.check(NOW).issues, []);
        for body in bodies(&plan) {
            assert!(body.contains(r#""data":{"1":null,"b":[1,"é"]}"#));
            assert!(body.contains(r#""userParams":{"1":"{","2":1}"#));
            assert!(body.contains(r#""data":"JVBERi0xLjcK""#));
        }
    }
}

#[test]
fn several_requests_may_be_numbered() {
    let mut choice = options(groups(1));
    choice.batch = Some("7f3a".to_owned());
    let plan = Plan::new(approval(), list(), choice.clone()).unwrap();
    assert!(plan.numbers_internal_ids());
    let ids: Vec<String> = all(&plan)
        .into_iter()
        .map(|made| made.internal_id)
        .collect();
    assert_eq!(ids, ["7f3a-1", "7f3a-2"]);
    assert_eq!(plan.check(NOW).warnings, []);
    bodies(&plan);

    choice.mode = Mode::Together;
    let plan = Plan::new(approval(), list(), choice.clone()).unwrap();
    assert!(!plan.numbers_internal_ids());
    assert_eq!(all(&plan)[0].internal_id, "");

    choice.mode = Mode::Each;
    let typed = Draft {
        internal_id: "mine-{{number}}".to_owned(),
        ..approval()
    };
    let plan = Plan::new(typed, list(), choice).unwrap();
    assert!(!plan.numbers_internal_ids());
    assert_eq!(all(&plan)[1].internal_id, "mine-2");
}

#[test]
fn each_request_may_have_a_redirect_address_of_its_own() {
    let mut choice = options(Mode::Each);
    choice.redirects = Some(Redirects::new(|number| {
        format!("http://127.0.0.1:4000/return/{number}")
    }));
    let typed = Draft {
        redirect_url: "https://example.com/?n={{nome}}".to_owned(),
        ..approval()
    };
    let plan = Plan::new(typed, list(), choice).unwrap();
    assert_eq!(plan.request_count(), 2);
    assert_eq!(plan.check(NOW).issues, []);
    let bodies = bodies(&plan);
    for (number, body) in (1..).zip(&bodies) {
        let address = format!(r#""redirectUrl":"http://127.0.0.1:4000/return/{number}""#);
        assert!(body.contains(&address), "{body}");
    }

    choice = options(Mode::Together);
    choice.redirects = Some(Redirects::new(|_| "no address".to_owned()));
    let plan = Plan::new(approval(), list(), choice).unwrap();
    assert_eq!(plan.check(NOW).issues[0].path, "redirectUrl");
}
