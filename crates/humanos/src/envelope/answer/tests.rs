use zeroize::Zeroizing;

use super::*;

fn read(text: &str) -> Answer {
    Answer::read(&Plaintext(Zeroizing::new(text.as_bytes().to_vec())))
}

fn rest(answer: &Answer) -> Vec<(&str, &str)> {
    let each = answer.rest.iter();
    each.map(|rest| (rest.path.as_str(), rest.json.as_str()))
        .collect()
}

#[test]
fn a_decision_on_a_credential() {
    let answer = read(
        r#"{"eventType":"credential","requestId":"507f","internalId":null,"issuerDid":"did:web:o",
        "user":{"contact":"a@b.c","id":"did:web:u","internalId":"7"},"api_version":"2026-05-20",
        "credential":{"id":"urn:1","name":"Terms","resourceType":"CONSENT","status":"ACTIVE","tags":["x"],
            "w3cCredential":{"a":1.50},
            "decisions":[{"id":"urn:d","contact":"a@b.c","accepted":true,"decidedAt":"2026-01-01T00:00:00Z"},
                {"id":"urn:e","contact":"d@e.f","accepted":null}]},
        "decision":{"action":"accept","date":"2026-01-01T00:00:00.250Z","by":"app"}}"#,
    );
    assert_eq!(answer.request_id.as_deref(), Some("507f"));
    assert_eq!(answer.internal_id, None);
    let user = answer.user.clone().unwrap();
    assert_eq!(user.id.as_deref(), Some("did:web:u"));
    let Content::Credential(credential) = &answer.content else {
        panic!("{answer:?}")
    };
    assert_eq!(credential.id.as_deref(), Some("urn:1"));
    assert_eq!(credential.decision, Some(Decision::Accepted));
    assert_eq!(
        credential.decided_at.clone().unwrap().ms,
        Some(1_767_225_600_250)
    );
    assert_eq!(credential.decisions[0].accepted, Some(true));
    assert_eq!(credential.decisions[1].contact.as_deref(), Some("d@e.f"));
    assert_eq!(credential.decisions[1].accepted, None);
    assert_eq!(
        rest(&answer),
        [
            ("credential.tags", r#"["x"]"#),
            ("credential.w3cCredential", r#"{"a":1.5}"#),
            ("decision.by", r#""app""#),
        ]
    );
}

#[test]
fn older_versions_have_it_at_the_top() {
    let answer = read(
        r#"{"eventType":"credential","user":{"did":"did:web:u"},"action":"reject",
        "decisionDate":"yesterday","credential":{"id":"urn:1","decisions":[{"accepted":"perhaps"}]}}"#,
    );
    let Content::Credential(credential) = &answer.content else {
        panic!("{answer:?}")
    };
    assert_eq!(credential.decision, Some(Decision::Rejected));
    assert_eq!(credential.decided_at.as_ref().unwrap().text, "yesterday");
    assert_eq!(credential.decided_at.as_ref().unwrap().ms, None);
    assert_eq!(
        answer.user.as_ref().unwrap().id.as_deref(),
        Some("did:web:u")
    );
    let raw = r#"[{"accepted":"perhaps"}]"#;
    assert_eq!(rest(&answer), [("credential.decisions", raw)]);
}

#[test]
fn an_identity_check() {
    let answer = read(
        r#"{"eventType":"identity","decision":{"success":false,"isFraud":true,"riskScore":0.75,
            "outcome":"EXPIRED","message":"too old","date":"2026-01-01T00:00:00Z"},
        "identity":{"docId":"1","fullName":"Ana Sá","height":170,"weight":null,"shoeSize":38,
            "addresses":["Rua A","Rua B"],"birth":{"year":1990}}}"#,
    );
    let Content::Identity(identity) = &answer.content else {
        panic!("{answer:?}")
    };
    assert_eq!(identity.check.passed, Some(false));
    assert_eq!(identity.check.fraud, Some(true));
    assert_eq!(identity.check.risk_score.as_deref(), Some("0.75"));
    assert_eq!(identity.check.message.as_deref(), Some("too old"));
    let fields: Vec<_> = identity
        .fields
        .iter()
        .map(|field| (field.name, field.values.join("|")))
        .collect();
    assert_eq!(
        fields,
        [
            ("fullName", "Ana Sá".to_owned()),
            ("addresses", "Rua A|Rua B".to_owned()),
            ("docId", "1".to_owned()),
            ("height", "170".to_owned()),
        ]
    );
    assert_eq!(
        rest(&answer),
        [
            ("identity.shoeSize", "38"),
            ("identity.birth", r#"{"year":1990}"#)
        ]
    );
    assert!(!format!("{answer:?}").contains("Ana"), "not into a log");
    assert!(!format!("{answer:?}").contains("1990"), "not into a log");
}

#[test]
fn a_code_that_did_not_arrive_and_a_test() {
    let answer = read(
        r#"{"eventType":"otp.failed","otp":{"resendEndpoint":"/request/resend/1?contact=%2B1",
        "error":{"code":"UNDELIVERABLE","message":"no","more":1}}}"#,
    );
    let Content::OtpFailed(failure) = &answer.content else {
        panic!("{answer:?}")
    };
    assert_eq!(failure.code.as_deref(), Some("UNDELIVERABLE"));
    let endpoint = failure.resend_endpoint.as_deref();
    assert_eq!(endpoint, Some("/request/resend/1?contact=%2B1"));
    assert_eq!(rest(&answer), [("otp.error.more", "1")]);
    let answer = read(r#"{"eventType":"test","message":"hi"}"#);
    let message = Some("hi".to_owned());
    assert_eq!(answer.content, Content::Test { message });
    assert!(answer.rest.is_empty());
}

#[test]
fn everything_else_stays_raw() {
    for (text, kept) in [
        (
            r#"{"eventType":"new","a":{"__proto__":[1]}}"#,
            ("a", r#"{"__proto__":[1]}"#),
        ),
        (r#"[1, 2]"#, ("", "[1,2]")),
        ("not JSON", ("", "not JSON")),
        (r#"{"a":1,"a":2}"#, ("", r#"{"a":1,"a":2}"#)),
        (r#"{"user":7}"#, ("user", "7")),
    ] {
        let answer = read(text);
        assert_eq!(answer.content, Content::Unknown);
        assert_eq!(rest(&answer), [kept]);
    }
    let bytes = Plaintext(Zeroizing::new(vec![0xff, 0xfe]));
    assert_eq!(rest(&Answer::read(&bytes)), [("", "\u{fffd}\u{fffd}")]);
    let hostile = format!(
        "{{\"eventType\":\"credential\",\"x\":{}",
        "[".repeat(100_000)
    );
    assert_eq!(read(&hostile).content, Content::Unknown);
}
