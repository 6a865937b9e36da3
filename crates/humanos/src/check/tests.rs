//! A draft with nothing wrong, and one change per rule.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::*;
use crate::draft::{
    Action, Credential, CredentialData, CredentialType, ExpectedDocId, Placement, PlacementType,
};
use crate::keys::KeyPair;

/// 2026-05-20T09:00:00Z.
const NOW_MS: i64 = 1_779_267_600_000;

fn draft() -> Draft {
    Draft {
        contacts: vec![
            "john.doe@example.com".to_owned(),
            "+351912345678".to_owned(),
        ],
        resources_ids: vec!["507f1f77bcf86cd799439012".to_owned()],
        ..Draft::default()
    }
}

fn pdf() -> Credential {
    Credential {
        name: "Contract".to_owned(),
        data: CredentialData::Document {
            file_name: "contract.pdf".to_owned(),
            base64: STANDARD.encode("%PDF-1.7\n"),
        },
        placements: vec![placement()],
        ..Credential::default()
    }
}

fn placement() -> Placement {
    Placement {
        contact: "+351912345678".to_owned(),
        x: 10.0,
        y: 80.0,
        width: 90.0,
        height: 20.0,
        ..Placement::default()
    }
}

fn consent(text: &str, url: &str) -> Credential {
    Credential {
        kind: CredentialType::Consent,
        name: "Terms".to_owned(),
        data: CredentialData::Consent {
            text: text.to_owned(),
            url: url.to_owned(),
        },
        ..Credential::default()
    }
}

fn json(text: &str) -> Credential {
    Credential {
        kind: CredentialType::Json,
        name: "Data".to_owned(),
        data: CredentialData::Json {
            text: text.to_owned(),
        },
        ..Credential::default()
    }
}

fn policy(id: &str, user_params: &str) -> Credential {
    Credential {
        kind: CredentialType::Policy,
        name: "Agent".to_owned(),
        action: Action {
            id: id.to_owned(),
            user_params: user_params.to_owned(),
        },
        ..Credential::default()
    }
}

fn with(credential: Credential) -> Draft {
    Draft {
        credentials: vec![credential],
        ..draft()
    }
}

/// Paths and codes of what `check` finds.
fn found(draft: &Draft) -> Vec<(String, IssueCode)> {
    check(draft, NOW_MS)
        .into_iter()
        .map(|issue| (issue.path, issue.code))
        .collect()
}

#[track_caller]
fn finds(draft: &Draft, path: &str, code: IssueCode) {
    assert_eq!(found(draft), [(path.to_owned(), code)]);
}

#[track_caller]
fn finds_in(credential: Credential, path: &str, code: IssueCode) {
    finds(&with(credential), &format!("credentials.0.{path}"), code);
}

#[test]
fn a_full_draft_passes_and_can_be_written() {
    let mut dated = consent("I agree", "https://example.com/terms");
    dated.valid_from = "2026-05-20T08:56+00:00".to_owned();
    dated.valid_until = "2027-05-20T09:00:00Z".to_owned();
    let full = Draft {
        credentials: vec![
            pdf(),
            dated,
            json("[1]"),
            policy("urn:via:action:0b8f7a52-9f0b-4a5e-8a57-6a3c7f0e6a11", "{}"),
        ],
        language: "ENG".to_owned(),
        redirect_url: "https://example.com/callback".to_owned(),
        internal_id: "order-123".to_owned(),
        pub_key: KeyPair::generate().unwrap().pub_key,
        authorized_dids: vec![
            "did:web:google.com".to_owned(),
            "did:web:google.pt".to_owned(),
        ],
        expected_doc_ids: vec![ExpectedDocId {
            contact: "john.doe@example.com".to_owned(),
            doc_id: "1234567890".to_owned(),
        }],
        ..draft()
    };
    assert_eq!(check(&full, NOW_MS), []);
    assert!(encode(&full, &ApiVersion::contacts_era()).is_ok());
    assert_eq!(found(&draft()), []);
}

#[test]
fn an_empty_draft_lacks_people_and_a_purpose() {
    assert_eq!(
        found(&Draft::default()),
        [
            ("contacts".to_owned(), IssueCode::Missing),
            ("resourcesIds".to_owned(), IssueCode::AtLeastOne)
        ]
    );
}

#[test]
fn contacts_are_looked_at_one_by_one() {
    let contacts = [
        "john.doe@example.com",
        "",
        "   ",
        "john",
        " +351912345678",
        "john.doe@example.com",
    ];
    let draft = Draft {
        contacts: contacts.map(str::to_owned).to_vec(),
        ..draft()
    };
    assert_eq!(
        found(&draft),
        [
            ("contacts.1".to_owned(), IssueCode::Blank),
            ("contacts.2".to_owned(), IssueCode::Blank),
            ("contacts.4".to_owned(), IssueCode::StrayCharacter),
            ("contacts.5".to_owned(), IssueCode::Duplicate),
            ("contacts.3".to_owned(), IssueCode::Contact),
        ]
    );
}

#[test]
fn lists_hold_no_blank_or_repeated_entry() {
    let list = |entries: [&str; 2]| entries.map(str::to_owned).to_vec();
    finds(
        &Draft {
            group_ids: list(["a", "a"]),
            ..draft()
        },
        "groupIds.1",
        IssueCode::Duplicate,
    );
    finds(
        &Draft {
            resources_ids: list(["a", ""]),
            ..draft()
        },
        "resourcesIds.1",
        IssueCode::Blank,
    );
    let dids = list(["did:web:a", "did:web:a"]);
    finds(
        &Draft {
            authorized_dids: dids,
            ..draft()
        },
        "authorizedDIDs.1",
        IssueCode::Duplicate,
    );
    let dids = list(["did:web:a", "did:web"]);
    finds(
        &Draft {
            authorized_dids: dids,
            ..draft()
        },
        "authorizedDIDs.1",
        IssueCode::Did,
    );
}

#[test]
fn single_fields() {
    let text = str::to_owned;
    finds(
        &Draft {
            name: text("  "),
            ..draft()
        },
        "name",
        IssueCode::Blank,
    );
    finds(
        &Draft {
            internal_id: text("a "),
            ..draft()
        },
        "internalId",
        IssueCode::StrayCharacter,
    );
    finds(
        &Draft {
            internal_id: text("a\u{0}b"),
            ..draft()
        },
        "internalId",
        IssueCode::StrayCharacter,
    );
    for language in ["E", "E1", "en-US", "ENGLISHENGLISHENG"] {
        finds(
            &Draft {
                language: text(language),
                ..draft()
            },
            "language",
            IssueCode::Language,
        );
    }
    for url in ["javascript:alert(1)", "example.com", "file:///x"] {
        finds(
            &Draft {
                redirect_url: text(url),
                ..draft()
            },
            "redirectUrl",
            IssueCode::Url,
        );
    }
    assert_eq!(
        found(&Draft {
            redirect_url: text("myapp://done"),
            ..draft()
        }),
        []
    );
    finds(
        &Draft {
            pub_key: text("MFkw"),
            ..draft()
        },
        "pubKey",
        IssueCode::PubKey,
    );
    let pem = text("-----BEGIN PUBLIC KEY-----");
    let issues = check(
        &Draft {
            pub_key: pem,
            ..draft()
        },
        NOW_MS,
    );
    assert!(issues[0].message.contains("PEM"), "{}", issues[0].message);
}

#[test]
fn expected_documents_belong_to_people_asked() {
    let expected = |rows: &[(&str, &str)]| Draft {
        expected_doc_ids: rows
            .iter()
            .map(|(contact, doc_id)| ExpectedDocId {
                contact: (*contact).to_owned(),
                doc_id: (*doc_id).to_owned(),
            })
            .collect(),
        ..draft()
    };
    let john = "john.doe@example.com";
    finds(
        &expected(&[(john, "1"), ("a@b", "2")]),
        "expectedDocIds.1.contact",
        IssueCode::NotInContacts,
    );
    finds(
        &expected(&[("", "2")]),
        "expectedDocIds.0.contact",
        IssueCode::Missing,
    );
    finds(
        &expected(&[(john, "1"), (john, "2")]),
        "expectedDocIds.1.contact",
        IssueCode::Duplicate,
    );
    finds(
        &expected(&[(john, "")]),
        "expectedDocIds.0.docId",
        IssueCode::Missing,
    );
    finds(
        &expected(&[(john, " ")]),
        "expectedDocIds.0.docId",
        IssueCode::Blank,
    );
}

#[test]
fn credentials_need_a_name_and_content() {
    finds_in(
        Credential {
            name: String::new(),
            ..pdf()
        },
        "name",
        IssueCode::Missing,
    );
    finds_in(
        Credential {
            name: " ".to_owned(),
            ..pdf()
        },
        "name",
        IssueCode::Blank,
    );
    finds_in(
        Credential {
            data: CredentialData::None,
            ..pdf()
        },
        "data",
        IssueCode::Missing,
    );
    finds_in(consent("", ""), "data.text", IssueCode::Missing);
    finds_in(
        consent("", "https://example.com"),
        "data.text",
        IssueCode::Missing,
    );
    finds_in(consent(" \n", ""), "data.text", IssueCode::Blank);
    finds_in(consent("I agree", "myapp://x"), "data.url", IssueCode::Url);
    finds_in(json(""), "data.text", IssueCode::Missing);
    finds_in(json("{"), "data.text", IssueCode::Json);
    let mismatch = Credential {
        data: consent("I agree", "").data,
        ..json("")
    };
    finds_in(mismatch, "data", IssueCode::NotAllowed);
}

#[test]
fn json_messages_say_where_and_what() {
    let issues = check(&with(json("{\"a\":1,\n\"a\":2}")), NOW_MS);
    assert_eq!(
        issues[0].message,
        "This is not JSON that can be sent, at line 2, column 1: a key that the object already has. Rename or remove one of the two."
    );
}

#[test]
fn documents_are_whole_pdfs_of_a_bounded_size() {
    let file = |base64: String| Credential {
        data: CredentialData::Document {
            file_name: String::new(),
            base64,
        },
        ..pdf()
    };
    finds_in(
        file(STANDARD.encode("PK\u{3}\u{4}")),
        "data",
        IssueCode::NotPdf,
    );
    let good = STANDARD.encode("%PDF-1.7\n");
    finds_in(file(good.replace('J', "J\n")), "data", IssueCode::Base64);
    finds_in(
        file(STANDARD.encode("%PDF-1.7").replace('=', "")),
        "data",
        IssueCode::Base64,
    );
    let mut large = b"%PDF-".to_vec();
    large.resize(MAX_DOCUMENT, 0);
    assert_eq!(
        found(&with(file(STANDARD.encode(&large)))),
        [],
        "exactly the limit passes"
    );
    large.push(0);
    finds_in(file(STANDARD.encode(&large)), "data", IssueCode::TooLarge);
    large.resize(2 * MAX_DOCUMENT, 0);
    finds_in(file(STANDARD.encode(&large)), "data", IssueCode::TooLarge);
}

#[test]
fn the_whole_body_is_bounded() {
    let mut large = b"%PDF-".to_vec();
    large.resize(MAX_DOCUMENT - 100, 0);
    let data = CredentialData::Document {
        file_name: String::new(),
        base64: STANDARD.encode(&large),
    };
    let credential = Credential { data, ..pdf() };
    let two = Draft {
        credentials: vec![credential; 2],
        ..draft()
    };
    assert_eq!(found(&two), []);
    let three = Draft {
        credentials: vec![two.credentials[0].clone(); 3],
        ..draft()
    };
    finds(&three, "credentials", IssueCode::TooLarge);
}

#[test]
fn dates_have_an_offset_and_an_order() {
    let dated = |from: &str, until: &str| Credential {
        valid_from: from.to_owned(),
        valid_until: until.to_owned(),
        ..pdf()
    };
    finds_in(
        dated("2026-05-21T09:00:00", ""),
        "validFrom",
        IssueCode::Date,
    );
    finds_in(
        dated("", "2026-02-30T09:00:00Z"),
        "validUntil",
        IssueCode::Date,
    );
    finds_in(
        dated("2026-05-20T08:54:59Z", ""),
        "validFrom",
        IssueCode::DatePast,
    );
    assert_eq!(
        found(&with(dated("2026-05-20T08:55:01Z", ""))),
        [],
        "typing takes a while"
    );
    finds_in(
        dated("", "2026-05-20T10:00:00+01:00"),
        "validUntil",
        IssueCode::DatePast,
    );
    assert_eq!(found(&with(dated("", "2026-05-20T10:00:01+01:00"))), []);
    let same = "2026-05-21T09:00:00Z";
    finds_in(dated(same, same), "validUntil", IssueCode::DateOrder);
}

#[test]
fn policies_carry_an_action_and_nothing_else() {
    let urn = "urn:via:action:1";
    assert_eq!(found(&with(policy(urn, " { } "))), []);
    finds_in(policy("", "{}"), "action.id", IssueCode::Missing);
    for bad in [
        "urn:via:action:",
        "urn:via:credential:1",
        "1",
        "urn:via:action:a b",
    ] {
        finds_in(policy(bad, "{}"), "action.id", IssueCode::ActionUrn);
    }
    finds_in(policy(urn, ""), "action.userParams", IssueCode::Missing);
    finds_in(policy(urn, "{"), "action.userParams", IssueCode::Json);
    finds_in(
        policy(urn, "[]"),
        "action.userParams",
        IssueCode::NotAnObject,
    );
    finds_in(
        Credential {
            data: pdf().data,
            ..policy(urn, "{}")
        },
        "data",
        IssueCode::NotAllowed,
    );
    let placed = Credential {
        placements: vec![placement()],
        ..policy(urn, "{}")
    };
    finds_in(placed, "placements", IssueCode::NotAllowed);
}

#[test]
fn placements_stay_on_the_page() {
    let placed = |placement: Placement| Credential {
        placements: vec![placement],
        ..pdf()
    };
    let at = |field: &str| format!("placements.0.{field}");
    let fine = placement;
    finds_in(
        placed(Placement {
            contact: "a@b".to_owned(),
            ..fine()
        }),
        &at("contact"),
        IssueCode::NotInContacts,
    );
    finds_in(
        placed(Placement { x: -1.0, ..fine() }),
        &at("x"),
        IssueCode::OutOfRange,
    );
    finds_in(
        placed(Placement {
            y: f64::NAN,
            ..fine()
        }),
        &at("y"),
        IssueCode::OutOfRange,
    );
    finds_in(
        placed(Placement {
            width: 0.0,
            ..fine()
        }),
        &at("width"),
        IssueCode::OutOfRange,
    );
    finds_in(
        placed(Placement {
            height: 101.0,
            ..fine()
        }),
        &at("height"),
        IssueCode::OutOfRange,
    );
    finds_in(
        placed(Placement { x: 11.0, ..fine() }),
        &at("width"),
        IssueCode::OffPage,
    );
    finds_in(
        placed(Placement { y: 80.5, ..fine() }),
        &at("height"),
        IssueCode::OffPage,
    );
    let identity = Placement {
        kind: PlacementType::IdentityField,
        ..fine()
    };
    finds_in(
        placed(identity.clone()),
        &at("identityType"),
        IssueCode::Missing,
    );
    let named = Placement {
        identity_type: "FULL_NAME".to_owned(),
        ..identity
    };
    assert_eq!(found(&with(placed(named))), []);
}

#[test]
fn codes_are_kebab_case_on_the_wire() {
    let issue = Issue {
        path: "resourcesIds".to_owned(),
        code: IssueCode::AtLeastOne,
        message: "x".to_owned(),
    };
    assert_eq!(
        serde_json::to_string(&issue).unwrap(),
        r#"{"path":"resourcesIds","code":"at-least-one","message":"x"}"#
    );
}
