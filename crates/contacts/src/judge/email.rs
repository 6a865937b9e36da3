//! Email addresses, strictly: what nearly every mail system takes, and no more.

use email_address::{EmailAddress, Options};
use memchr::memchr;

use crate::ReasonCode;
use crate::reason::Finding;

const MAX_LOCAL: usize = 64;
const MAX_ADDRESS: usize = 254;

/// The address with its domain in lower case. The part before the @ stays as written, since only
/// its own server knows whether case matters there.
pub(super) fn normalise(text: &str) -> Result<String, Finding> {
    match simple(text) {
        Some(address) => Ok(address),
        None => closely(text),
    }
}

fn closely(text: &str) -> Result<String, Finding> {
    let refuse = |words| Err(Finding::words(ReasonCode::EmailForm, words));
    let Some((local, domain)) = text.rsplit_once('@') else {
        return refuse("There is no @ in this address");
    };
    if text.contains(char::is_whitespace) {
        return Err(with_suggestion(
            "There is a space inside this address",
            &text.split_whitespace().collect::<String>(),
        ));
    }
    if local.is_empty() {
        return refuse("There is nothing before the @");
    }
    if domain.is_empty() {
        return refuse("There is nothing after the @");
    }
    if local.starts_with('"') {
        return refuse("An address with quotes before the @ cannot be used");
    }
    if local.contains('@') {
        return refuse("There is more than one @ in this address");
    }
    if let Some(letter) = text.chars().find(|c| !c.is_ascii()) {
        return Err(Finding::text(
            ReasonCode::EmailForm,
            format!("An address cannot have “{letter}”; only plain letters and digits"),
        ));
    }
    if text.contains("..") {
        return refuse("There are two dots in a row in this address");
    }
    if let Some(whole) = text.strip_suffix(['.', ',', ';', ':']) {
        return Err(with_suggestion(
            "There is a mark after the end of this address",
            whole,
        ));
    }
    if local.starts_with('.') || local.ends_with('.') || domain.starts_with('.') {
        return refuse("There is a dot next to the @ or at the start of this address");
    }
    if local.len() > MAX_LOCAL || text.len() > MAX_ADDRESS {
        return refuse("This address is too long: 64 characters before the @ and 254 in all");
    }
    if domain.starts_with('[') {
        return refuse("An address at a number instead of a domain cannot be used");
    }
    if domain.contains('_') {
        return refuse("The part after the @ cannot have an underscore");
    }
    let Some((_, ending)) = domain.rsplit_once('.') else {
        return refuse("The part after the @ needs a dot, as in example.com");
    };
    let is_name = |label: &str| {
        label
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let is_ending = ending.len() >= 2 && ending.bytes().any(|b| b.is_ascii_alphabetic());
    let options = Options::default()
        .with_required_tld()
        .without_display_text()
        .without_domain_literal();
    if !domain.split('.').all(is_name) || !is_ending {
        return refuse("The part after the @ is not a domain such as example.com");
    }
    match EmailAddress::parse_with_options(text, options) {
        Ok(_) => Ok(format!("{local}@{}", domain.to_ascii_lowercase())),
        Err(_) => {
            refuse("This address is not complete or has characters that addresses cannot have")
        }
    }
}

/// An address as nearly all are, which needs no closer look: letters, digits and the commonest marks.
/// Whatever it takes would be taken without it; tests hold it to that.
pub(super) fn simple(text: &str) -> Option<String> {
    let at = memchr(b'@', text.as_bytes())?;
    let (local, domain) = (&text[..at], &text[at + 1..]);
    let is_local =
        |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'+' | b'\'');
    let is_label = |label: &[u8]| {
        let has_edge = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
        label.len() <= 63
            && has_edge(label.first())
            && has_edge(label.last())
            && label
                .iter()
                .all(|b| b.is_ascii_alphanumeric() || *b == b'-')
    };
    let (last, labels) = (domain.len() - domain.rfind('.')?, domain.as_bytes());
    let ends_in_letters = labels[labels.len() - last + 1..]
        .iter()
        .all(u8::is_ascii_alphabetic);
    let parts_hold = local.len() <= MAX_LOCAL
        && text.len() <= MAX_ADDRESS
        && local.bytes().all(|b| is_local(&b))
        && local
            .as_bytes()
            .split(|b| *b == b'.')
            .all(|part| !part.is_empty())
        && labels.split(|b| *b == b'.').all(is_label);
    if !parts_hold || last < 3 || !ends_in_letters {
        return None;
    }
    let mut address = text.to_owned();
    address[at..].make_ascii_lowercase();
    Some(address)
}

fn with_suggestion(words: &'static str, suggestion: &str) -> Finding {
    let finding = Finding::words(ReasonCode::EmailForm, words);
    match normalise(suggestion) {
        Ok(address) => finding.suggest(address),
        Err(_) => finding,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        #[test]
        fn what_is_taken_at_a_glance_would_be_taken_closely_too(
            text in "[aZ9._+'-]{0,5}@([a-cX0-9-]{0,4}\\.){0,3}[a-cX0-9.-]{0,4}"
        ) {
            if let Some(address) = simple(&text) {
                let closely = closely(&text);
                prop_assert!(closely.is_ok_and(|same| same == address), "{text}");
            }
        }
    }

    #[test]
    fn simple_addresses_need_no_closer_look() {
        for (text, taken) in [
            ("Ana.Silva+x@Example.COM", true),
            ("o'brien@b-c.co.uk", true),
            ("ana@example.c", false),
            ("ana@example.c1", false),
            ("ana@-example.com", false),
            ("ana@@example.com", false),
            (".ana@example.com", false),
            ("ana@example", false),
            ("an a@example.com", false),
            ("", false),
        ] {
            assert_eq!(simple(text).is_some(), taken, "{text}");
        }
        for (local, label, taken) in [(64, 63, true), (65, 1, false), (1, 64, false)] {
            let text = format!("{}@{}.com", "a".repeat(local), "b".repeat(label));
            assert_eq!(simple(&text).is_some(), taken, "{text}");
            assert_eq!(closely(&text).is_ok(), taken, "{text}");
        }
    }

    #[test]
    fn only_the_domain_is_lowered() {
        assert_eq!(
            normalise("Ana.Silva+x@Example.COM").unwrap(),
            "Ana.Silva+x@example.com"
        );
        for good in [
            "o'brien@x.pt",
            "a_b@x.pt",
            "1@2.pt",
            "a@b-c.pt",
            "a@xn--mnchen-3ya.de",
        ] {
            assert_eq!(normalise(good).unwrap(), good);
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (bad, words) in [
            ("ana@", "nothing after"),
            ("@example.com", "nothing before"),
            ("ana@@example.com", "more than one @"),
            ("ana@example", "needs a dot"),
            ("ana@exam ple.com", "space"),
            ("ana..silva@example.com", "two dots"),
            ("ana@example..com", "two dots"),
            ("ana.@example.com", "dot next to"),
            (".ana@example.com", "dot next to"),
            ("ana@.example.com", "dot next to"),
            ("ana@example.com.", "after the end"),
            ("ana@ex_ample.com", "underscore"),
            ("\"ana silva\"@example.com", "space"),
            ("\"ana\"@example.com", "quotes"),
            ("ana@[127.0.0.1]", "number instead"),
            ("ana@127.0.0.1", "not a domain"),
            ("ana@example.c", "not a domain"),
            ("ana@-example.com", "not complete"),
            ("ana@example.com>", "not a domain"),
            ("an(a@example.com", "not complete"),
            ("josé@example.com", "“é”"),
        ] {
            let message = normalise(bad)
                .unwrap_err()
                .about(crate::Field::Contact)
                .message;
            assert!(message.contains(words), "{bad}: {message}");
        }
        let long = format!("{}@example.com", "a".repeat(65));
        assert!(
            normalise(&long)
                .unwrap_err()
                .about(crate::Field::Contact)
                .message
                .contains("too long")
        );
    }

    #[test]
    fn what_was_meant_is_suggested_but_not_taken() {
        for text in ["ana@exam ple.com", "ana@example.com.", "ana @ example.com"] {
            let reason = normalise(text).unwrap_err().about(crate::Field::Contact);
            assert_eq!(
                reason.suggestion.as_deref(),
                Some("ana@example.com"),
                "{text}"
            );
        }
    }
}
