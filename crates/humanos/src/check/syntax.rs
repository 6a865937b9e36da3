//! The syntax of single values: contacts, links, DIDs.

use url::Url;

use crate::keys::PubKeyError;

/// Which links a field takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Schemes {
    /// `http` and `https`.
    Web,
    /// Those, and the schemes of apps.
    WebAndApps,
}

/// Schemes that run code, read files or stay inside one browser.
const REFUSED: [&str; 9] = [
    "javascript",
    "data",
    "file",
    "vbscript",
    "blob",
    "about",
    "filesystem",
    "view-source",
    "jar",
];

/// A light look: the address has an `@` inside, or the number is `+` and 7 to 15 digits (E.164).
pub(super) fn is_contact(text: &str) -> bool {
    if let Some(digits) = text.strip_prefix('+') {
        return (7..=15).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && !digits.starts_with('0');
    }
    !text.contains(char::is_whitespace)
        && text
            .rsplit_once('@')
            .is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty())
}

/// `Err` with a message for the officer unless `text` is an absolute link (RFC 3986 characters).
pub(super) fn link(text: &str, schemes: Schemes) -> Result<(), String> {
    const START: &str = "Start with https://, as in https://example.com/done.";
    if text.contains(char::is_whitespace) {
        return Err("A link has no spaces. Remove them, or write %20.".to_owned());
    }
    if let Some(bad) = text.chars().find(|c| !is_uri_char(*c)) {
        return Err(format!(
            "“{}” cannot stand in a link. Copy the link from the browser, which writes such characters with %.",
            bad.escape_debug()
        ));
    }
    if !percent_signs_hold(text) {
        return Err("A % in a link must be followed by two hexadecimal digits.".to_owned());
    }
    let Ok(url) = Url::parse(text) else {
        return Err(START.to_owned());
    };
    if url.scheme() == "http" || url.scheme() == "https" {
        // The parser forgives "https:example.com"; others may not.
        let written = text
            .get(url.scheme().len()..)
            .is_some_and(|rest| rest.starts_with("://"));
        return if written && url.has_host() {
            Ok(())
        } else {
            Err(START.to_owned())
        };
    }
    if REFUSED.contains(&url.scheme()) {
        return Err(format!(
            "Links that start with {}: are not safe here. {START}",
            url.scheme()
        ));
    }
    let rest = &text[url.scheme().len() + 1..];
    // "localhost:3000" and "example.com:8080" look like schemes, but are hosts.
    let host_and_port = rest.starts_with(|c: char| c.is_ascii_digit());
    if schemes == Schemes::Web || host_and_port || rest.trim_start_matches('/').is_empty() {
        return Err(START.to_owned());
    }
    Ok(())
}

/// W3C DID Core 3.1: `did:` method `:` id, without path, query or fragment.
pub(super) fn is_did(text: &str) -> bool {
    let Some((method, id)) = text
        .strip_prefix("did:")
        .and_then(|rest| rest.split_once(':'))
    else {
        return false;
    };
    let method_fits = !method.is_empty()
        && method
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    let id_char =
        |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b':' | b'%');
    method_fits
        && !id.is_empty()
        && !id.ends_with(':')
        && id.bytes().all(id_char)
        && percent_signs_hold(id)
}

pub(super) fn pub_key_message(error: PubKeyError) -> String {
    match error {
        PubKeyError::Pem => {
            "This is PEM. Paste only the text between the BEGIN and END lines, in one line."
        }
        PubKeyError::Private => {
            "This is a private key. Keep it to yourself and paste the public key instead."
        }
        PubKeyError::Base64 => "This is not base64. Paste the key as one line, without spaces.",
        PubKeyError::TooLong => {
            "This is too long for a P-256 public key, which takes 124 characters."
        }
        PubKeyError::NotP256 => {
            "This is not a P-256 public key in SPKI form. Use “Make a key for me” if you have none."
        }
    }
    .to_owned()
}

fn is_uri_char(c: char) -> bool {
    c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')
}

fn percent_signs_hold(text: &str) -> bool {
    text.split('%').skip(1).all(|after| {
        after
            .as_bytes()
            .get(..2)
            .is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts() {
        for good in [
            "john.doe@example.com",
            "+351912345678",
            "o'neil@example.co",
            "a@b",
        ] {
            assert!(is_contact(good), "{good}");
        }
        for bad in [
            "john",
            "@example.com",
            "john@",
            "+",
            "+12",
            "+0123456789",
            "+1 234 567 890",
            "912345678",
            "a b@c.d",
            "+1234567890123456",
        ] {
            assert!(!is_contact(bad), "{bad}");
        }
    }

    #[test]
    fn links() {
        for good in [
            "https://example.com/callback",
            "http://localhost:3000/done?a=b%20c#x",
            "myapp://done",
            "com.example.app:/oauth",
            "HTTPS://EXAMPLE.COM",
            "https://[::1]/",
        ] {
            assert_eq!(link(good, Schemes::WebAndApps), Ok(()), "{good}");
        }
        for bad in [
            "example.com/callback",
            "/callback",
            "https:example.com",
            "https:/example.com",
            "https://",
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "https://exa mple.com",
            "https://example.com/ç",
            "https://example.com/%zz",
            "https://example.com/%2",
            "localhost:3000/x",
            "example.com:8080",
            "myapp:",
            "myapp://",
            "https://example.com\\x",
            "java\nscript:x",
        ] {
            assert!(link(bad, Schemes::WebAndApps).is_err(), "{bad}");
        }
        assert!(link("myapp://done", Schemes::Web).is_err());
    }

    #[test]
    fn dids() {
        for good in [
            "did:web:google.com",
            "did:web:humanos.tech:user:1-a_b",
            "did:key:z6Mk",
            "did:web:localhost%3A3000",
            "did:a:b::c",
        ] {
            assert!(is_did(good), "{good}");
        }
        for bad in [
            "",
            "did:",
            "did:web",
            "did:web:",
            "did:Web:x",
            "did:web:a:",
            "did:web:a/b",
            "did:web:a#b",
            "did:web:a?b",
            "did:web:a%3",
            "did:web:é",
            "DID:web:x",
            "did::x",
        ] {
            assert!(!is_did(bad), "{bad}");
        }
    }
}
