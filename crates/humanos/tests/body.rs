//! The body of the create-request page, byte for byte.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use humanos::draft::{
    Action, Credential, CredentialData, CredentialType, Draft, ExpectedDocId, Placement,
    PlacementType, SecurityLevel,
};
use humanos::encode::{Body, EncodeError, encode};
use humanos::version::ApiVersion;

fn text(text: &str) -> String {
    text.to_owned()
}

fn texts(entries: &[&str]) -> Vec<String> {
    entries.iter().copied().map(str::to_owned).collect()
}

fn every_field() -> Draft {
    Draft {
        contacts: texts(&["john.doe@example.com", "+1234567890"]),
        name: text("Aprovação \"€ 5\"\n\u{1f}\u{2028}"),
        security_level: Some(SecurityLevel::OrganizationKyc),
        group_ids: texts(&["507f1f77bcf86cd799439011"]),
        resources_ids: texts(&["507f1f77bcf86cd799439012"]),
        credentials: vec![
            Credential {
                kind: CredentialType::Document,
                name: text("Contract"),
                scope: text("payments.hotel"),
                valid_from: text("2026-05-20T09:00+01:00"),
                valid_until: text("2027-05-20T09:00:00.5Z"),
                description: text("Please sign"),
                internal_id: text("c-1"),
                data: CredentialData::Document {
                    file_name: text("never-sent.pdf"),
                    base64: text("JVBERi0xLjcK"),
                },
                placements: vec![
                    Placement {
                        contact: text("+1234567890"),
                        kind: PlacementType::IdentityField,
                        identity_type: text("FULL_NAME"),
                        x: 10.0,
                        y: 33.3,
                        width: 0.1 + 0.2,
                        height: 1e-7,
                        page_index: 3,
                    },
                    Placement {
                        contact: text("+1234567890"),
                        identity_type: text("ignored: this is a signature"),
                        x: -0.0,
                        ..Placement::default()
                    },
                ],
                action: Action {
                    id: text("ignored: no policy"),
                    user_params: text("{"),
                },
            },
            Credential {
                kind: CredentialType::Consent,
                name: text("Terms"),
                data: CredentialData::Consent {
                    text: text("I agree"),
                    url: text("https://a.b/t"),
                },
                ..Credential::default()
            },
            Credential {
                kind: CredentialType::Json,
                name: text("Data"),
                data: CredentialData::Json {
                    text: text(r#" { "b" : 1.0, "2": 1e21, "1": "\u00e9\/" } "#),
                },
                ..Credential::default()
            },
            Credential {
                kind: CredentialType::Policy,
                name: text("Agent"),
                action: Action {
                    id: text("urn:via:action:1"),
                    user_params: text(r#"{"limit": 100.50}"#),
                },
                ..Credential::default()
            },
        ],
        language: text("ENG"),
        redirect_url: text("https://example.com/callback"),
        internal_id: text("order-123"),
        pub_key: text("MFkw"),
        authorized_dids: texts(&["did:web:google.com"]),
        expected_doc_ids: vec![ExpectedDocId {
            contact: text("john.doe@example.com"),
            doc_id: text("1234567890"),
        }],
    }
}

const EVERY_FIELD: &str = concat!(
    r#"{"contacts":["john.doe@example.com","+1234567890"],"#,
    r#""name":"Aprovação \"€ 5\"\n\u001f"#,
    "\u{2028}\",",
    r#""securityLevel":"ORGANIZATION_KYC","groupIds":["507f1f77bcf86cd799439011"],"#,
    r#""resourcesIds":["507f1f77bcf86cd799439012"],"credentials":["#,
    r#"{"type":"DOCUMENT","name":"Contract","scope":"payments.hotel","#,
    r#""description":"Please sign","internalId":"c-1","#,
    r#""validFrom":"2026-05-20T09:00:00+01:00","validUntil":"2027-05-20T09:00:00.5Z","#,
    r#""data":"JVBERi0xLjcK","placements":["#,
    r#"{"contact":"+1234567890","type":"IDENTITY_FIELD","identityType":"FULL_NAME","#,
    r#""x":10,"y":33.3,"width":0.30000000000000004,"height":1e-7,"pageIndex":3},"#,
    r#"{"contact":"+1234567890","type":"SIGNATURE","x":0,"y":0,"width":0,"height":0,"pageIndex":0}]},"#,
    r#"{"type":"CONSENT","name":"Terms","data":{"text":"I agree","url":"https://a.b/t"}},"#,
    r#"{"type":"JSON","name":"Data","data":{"1":"é/","2":1e+21,"b":1}},"#,
    r#"{"type":"POLICY","name":"Agent","action":{"id":"urn:via:action:1","userParams":{"limit":100.5}}}],"#,
    r#""language":"ENG","redirectUrl":"https://example.com/callback","internalId":"order-123","#,
    r#""pubKey":"MFkw","authorizedDIDs":["did:web:google.com"],"#,
    r#""expectedDocIds":[{"contact":"john.doe@example.com","docId":"1234567890"}]}"#,
);

fn written(draft: &Draft) -> Result<Body, EncodeError> {
    encode(draft, &ApiVersion::contacts_era())
}

#[test]
fn every_field_in_its_place() {
    let body = written(&every_field()).unwrap();
    assert_eq!(body.as_str(), EVERY_FIELD);
    assert_eq!(body.as_bytes(), EVERY_FIELD.as_bytes());
    assert_eq!(body.len(), EVERY_FIELD.len());
    assert_eq!(
        humanos::json::canonical(body.as_str()).unwrap(),
        EVERY_FIELD
    );
}

#[test]
fn what_is_not_given_is_left_out() {
    assert_eq!(
        written(&Draft::default()).unwrap().as_str(),
        r#"{"contacts":[]}"#
    );
    let sparse = Draft {
        contacts: texts(&["a@b.c"]),
        group_ids: texts(&["", ""]),
        credentials: vec![Credential::default()],
        ..Draft::default()
    };
    let expected = r#"{"contacts":["a@b.c"],"credentials":[{"type":"DOCUMENT","name":""}]}"#;
    assert_eq!(written(&sparse).unwrap().as_str(), expected);
}

#[test]
fn a_body_can_be_hashed_and_kept() {
    let body = written(&Draft::default()).unwrap();
    let again = Body::from_stored(body.as_bytes().to_vec()).unwrap();
    assert_eq!(again, body);
    // printf '{"contacts":[]}' | sha256sum
    assert_eq!(
        body.sha256_hex(),
        "a3b1b9ea89cc02d047379c46c8b76ccbc0b9d4f074dcb43179ed7355c285d6bd"
    );
    assert!(Body::from_stored(vec![0xff]).is_err());
    assert_eq!(
        format!("{:?}", written(&every_field()).unwrap()),
        format!("Body({} bytes)", EVERY_FIELD.len())
    );
}

#[test]
fn what_cannot_be_written_is_refused() {
    let later = ApiVersion::parse("2026-06-22").unwrap();
    assert!(matches!(
        encode(&Draft::default(), &later),
        Err(EncodeError::UnsupportedVersion(version)) if version == later
    ));
    let refused = |change: fn(&mut Credential)| {
        let mut credential = Credential {
            name: text("x"),
            ..Credential::default()
        };
        change(&mut credential);
        let draft = Draft {
            credentials: vec![credential],
            ..Draft::default()
        };
        written(&draft).unwrap_err().to_string()
    };
    assert_eq!(
        refused(|c| c.valid_from = text("2026-05-20T09:00")),
        "credentials.0.validFrom is not a date and time with an offset"
    );
    assert_eq!(
        refused(|c| c.data = CredentialData::Json { text: text("1") }),
        "credentials.0.data does not fit the type of the credential"
    );
    assert_eq!(
        refused(|c| {
            c.kind = CredentialType::Json;
            c.data = CredentialData::Json {
                text: text("1e999"),
            };
        }),
        "credentials.0.data.text is not usable JSON"
    );
    assert_eq!(
        refused(|c| {
            c.kind = CredentialType::Policy;
            c.action.user_params = text("[]");
        }),
        "credentials.0.action.userParams is not a JSON object"
    );
    assert_eq!(
        refused(|c| c.placements = vec![Placement {
            x: f64::INFINITY,
            ..Placement::default()
        }]),
        "credentials.0.placements.0.x is not a finite number"
    );
}

#[test]
fn drafts_keep_their_wire_names() {
    let draft = every_field();
    let json = serde_json::to_value(&draft).unwrap();
    assert_eq!(json["authorizedDIDs"][0], "did:web:google.com");
    assert_eq!(json["resourcesIds"][0], "507f1f77bcf86cd799439012");
    assert_eq!(json["expectedDocIds"][0]["docId"], "1234567890");
    assert_eq!(json["credentials"][0]["type"], "DOCUMENT");
    assert_eq!(json["credentials"][0]["data"]["kind"], "document");
    assert_eq!(json["credentials"][0]["data"]["fileName"], "never-sent.pdf");
    assert_eq!(json["credentials"][0]["placements"][0]["pageIndex"], 3);
    assert_eq!(serde_json::from_value::<Draft>(json).unwrap(), draft);
    assert_eq!(
        serde_json::from_str::<Draft>("{}").unwrap(),
        Draft::default()
    );
}

#[test]
fn a_contact_is_replaced_wherever_it_is_named_and_nothing_else() {
    let body = written(&every_field()).unwrap();
    let phone = body.with_contact("+1234567890", "rui \"r\" @b.c").unwrap();
    let expected = EVERY_FIELD
        .replace("\"+1234567890\"", r#""rui \"r\" @b.c""#)
        .into_bytes();
    assert_eq!(phone.as_bytes(), expected);
    let mail = body.with_contact("JOHN.DOE@Example.com", "a@b.c").unwrap();
    assert_eq!(
        mail.as_str(),
        EVERY_FIELD.replace("john.doe@example.com", "a@b.c")
    );
    assert_eq!(
        mail.with_contact("a@b.c", "john.doe@example.com").unwrap(),
        body
    );
    for nobody in ["1234567890", "john.doe@example.co", "", "Terms"] {
        assert_eq!(body.with_contact(nobody, "a@b.c"), None, "{nobody}");
    }
}

#[test]
fn only_the_places_of_contacts_are_looked_at() {
    let stored = |text: &str| Body::from_stored(text.as_bytes().to_vec()).unwrap();
    let text = concat!(
        r#"{"name":"a@b.c","contacts":["A\u0040b.c","a@b.c"],"internalId":"a@b.c","#,
        r#""credentials":[{"type":"JSON","name":"a@b.c","data":{"contacts":["a@b.c"],"x":1.10}}]}"#
    );
    let expected = concat!(
        r#"{"name":"a@b.c","contacts":["d@e.f","d@e.f"],"internalId":"a@b.c","#,
        r#""credentials":[{"type":"JSON","name":"a@b.c","data":{"contacts":["a@b.c"],"x":1.10}}]}"#
    );
    let changed = stored(text).with_contact("a@b.c", "d@e.f");
    assert_eq!(changed, Some(stored(expected)));
    for odd in [
        "",
        "{",
        "[]",
        r#"{"contacts":"a@b.c"}"#,
        r#"{"contacts":[["a@b.c"]]}"#,
        r#"{"contacts":["a@b.c"],"contacts":["a@b.c"]}"#,
        r#"{"contacts":["x"],"expectedDocIds":[{"contact":"a@b.c","docId":"1"}]}"#,
        &format!(r#"{{"contacts":["a@b.c"],"x":{}"#, "[".repeat(100_000)),
    ] {
        assert_eq!(stored(odd).with_contact("a@b.c", "d@e.f"), None);
    }
}
