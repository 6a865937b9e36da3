//! What JavaScript writes, what it refuses, and what it would lose.

use proptest::prelude::*;

use super::*;

fn kind(text: &str) -> JsonErrorKind {
    canonical(text).unwrap_err().kind
}

#[test]
fn writes_what_javascript_writes() {
    for (text, expected) in [
        (" { \"a\" : [ 1 , 2 ] } ", r#"{"a":[1,2]}"#),
        ("1.0", "1"),
        ("-0", "0"),
        ("-0.0e5", "0"),
        ("1e21", "1e+21"),
        ("100000000000000000000", "100000000000000000000"),
        ("12345678901234567890", "12345678901234567000"),
        ("1E-7", "1e-7"),
        ("0.000001", "0.000001"),
        ("5e-324", "5e-324"),
        ("1e-400", "0"),
        (
            r#""\u00e9\/\u001F\u007f\ud83d\ude00""#,
            "\"é/\\u001f\u{7f}😀\"",
        ),
        ("\"\u{2028}\\u2029\"", "\"\u{2028}\u{2029}\""),
        (r#""\b\t\n\f\r\u000b\"\\""#, r#""\b\t\n\f\r\u000b\"\\""#),
        (
            r#"{"b":1,"10":2,"9":3,"01":4,"-1":5,"4294967295":6,"4294967294":7,"":8}"#,
            r#"{"9":3,"10":2,"4294967294":7,"b":1,"01":4,"-1":5,"4294967295":6,"":8}"#,
        ),
        (
            r#"{"__proto__":{"2":1,"1":2}}"#,
            r#"{"__proto__":{"1":2,"2":1}}"#,
        ),
        (r#"{"a":{},"b":[]}"#, r#"{"a":{},"b":[]}"#),
    ] {
        assert_eq!(canonical(text).as_deref(), Ok(expected), "{text}");
    }
}

#[test]
fn refuses_what_is_not_json() {
    use JsonErrorKind as K;
    for (text, expected) in [
        ("", K::UnexpectedEnd),
        ("{", K::UnexpectedEnd),
        ("{\"a\":1,}", K::Unexpected('}')),
        ("[1,]", K::Unexpected(']')),
        ("[1 2]", K::Unexpected('2')),
        ("{a:1}", K::Unexpected('a')),
        ("1 2", K::Trailing('2')),
        ("\u{feff}1", K::ByteOrderMark),
        ("\u{a0}1", K::Unexpected('\u{a0}')),
        ("01", K::NumberForm),
        ("-", K::NumberForm),
        ("1.", K::NumberForm),
        ("1.e5", K::NumberForm),
        ("1e", K::NumberForm),
        (".5", K::Unexpected('.')),
        ("NaN", K::Unexpected('N')),
        ("nul", K::Unexpected('n')),
        ("\"a\nb\"", K::ControlInString('\n')),
        (r#""\x41""#, K::Escape),
        (r#""\u12g4""#, K::Escape),
        (r#""\u+123""#, K::Escape),
        (r#""\u12"#, K::Escape),
        ("\"\\u12é\"", K::Escape),
        ("\"a", K::UnexpectedEnd),
        ("\"\\", K::UnexpectedEnd),
    ] {
        assert_eq!(kind(text), expected, "{text}");
    }
}

#[test]
fn refuses_what_javascript_would_lose() {
    use JsonErrorKind as K;
    assert_eq!(kind("1e999"), K::NumberTooLarge);
    assert_eq!(kind("-1e309"), K::NumberTooLarge);
    assert_eq!(kind(r#"{"a":1,"\u0061":2}"#), K::DuplicateKey);
    for lone in [
        r#""\ud800""#,
        r#""\udc00""#,
        r#""\ud800\u0041""#,
        r#""\ud800\ud800""#,
    ] {
        assert_eq!(kind(lone), K::LoneSurrogate, "{lone}");
    }
}

#[test]
fn depth_and_length_are_bounded() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert_eq!(canonical(&nested(MAX_DEPTH)), Ok(nested(MAX_DEPTH)));
    assert_eq!(kind(&nested(MAX_DEPTH + 1)), JsonErrorKind::TooDeep);
    assert_eq!(kind(&"{\"a\":".repeat(1_000_000)), JsonErrorKind::TooDeep);
    assert_eq!(kind(&" ".repeat(MAX_TEXT + 1)), JsonErrorKind::TooLong);
}

#[test]
fn says_where() {
    let error = canonical("{\n  \"é\": 01\n}").unwrap_err();
    assert_eq!((error.line, error.column), (2, 8));
    assert_eq!(error.to_string(), "line 2, column 8: not a JSON number");
}

proptest! {
    #[test]
    fn never_panics_and_is_idempotent(text in "[\\[\\]{}\",:0-9eE.+\\-\\\\u \ntrufalsnéd]{0,60}") {
        if let Ok(once) = canonical(&text) {
            prop_assert_eq!(canonical(&once), Ok(once.clone()));
            let ours: serde_json::Value = serde_json::from_str(&once).unwrap();
            let theirs: serde_json::Value = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(normal(ours), normal(theirs), "the meaning stays");
        }
    }

    #[test]
    fn strings_come_back(text in any::<String>()) {
        let mut written = String::new();
        write_string(&mut written, &text);
        prop_assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
        prop_assert_eq!(canonical(&written), Ok(written.clone()));
    }

    #[test]
    fn numbers_come_back(number in proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL) {
        let mut written = String::new();
        prop_assert!(write_number(&mut written, number));
        prop_assert_eq!(written.parse::<f64>().unwrap().to_bits(), number.to_bits());
        prop_assert_eq!(canonical(&written), Ok(written.clone()));
    }
}

/// Numbers as doubles, as JavaScript holds them.
fn normal(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::Number(number) => Value::from(number.as_f64().unwrap() + 0.0),
        Value::Array(items) => items.into_iter().map(normal).collect(),
        Value::Object(members) => members
            .into_iter()
            .map(|(key, value)| (key, normal(value)))
            .collect(),
        other => other,
    }
}
