//! What a browser gets to see. One page for every return, since whether its nonce is known is not
//! for the one who calls to learn; a line of text for the rest. No script, nothing from elsewhere.

use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{Response, StatusCode};

use crate::judge::Why;

const PAGE: &str = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
    <meta name=\"color-scheme\" content=\"light dark\"><title>Countersign</title>\
    <style>body{font:1.125rem/1.6 system-ui,sans-serif;max-width:38rem;margin:0 auto;\
    padding:2rem 1rem;color:#1a1a1a;background:#fff}\
    @media(prefers-color-scheme:dark){body{color:#f2f2f2;background:#16181c}}</style></head>\
    <body><main><h1>Countersign</h1><p>Thank you. You may close this page.</p></main></body></html>";

/// Only the app itself may show an answer in a frame; its window has these origins, by system.
const POLICY: &str = "default-src 'none'; \
    style-src 'sha256-FJkDKpyHOKcygm+LAUu0lkbOu+myMA0za913upfDqX0='; base-uri 'none'; \
    form-action 'none'; \
    frame-ancestors tauri://localhost https://tauri.localhost http://tauri.localhost";

const HEADERS: [(HeaderName, &str); 6] = [
    (header::CACHE_CONTROL, "no-store"),
    // Every connection is good for one call.
    (header::CONNECTION, "close"),
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
];

/// The page of a return.
pub(crate) fn thanks() -> Response<String> {
    answer(StatusCode::OK, "text/html; charset=utf-8", PAGE.to_owned())
}

/// The answer to a call that is refused.
pub(crate) fn refusal(why: Why, status: StatusCode) -> Response<String> {
    let mut answer = answer(
        status,
        "text/plain; charset=utf-8",
        format!("Countersign: {why}.\n"),
    );
    let extra = match why {
        Why::Flood => Some((header::RETRY_AFTER, "60")),
        Why::NotGet => Some((header::ALLOW, "GET")),
        _ => None,
    };
    if let Some((name, value)) = extra {
        answer
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    answer
}

fn answer(status: StatusCode, kind: &'static str, body: String) -> Response<String> {
    let mut answer = Response::new(body);
    *answer.status_mut() = status;
    for (name, value) in HEADERS.into_iter().chain([(header::CONTENT_TYPE, kind)]) {
        answer
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    answer
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn the_policy_lets_the_style_through() {
        let (_, rest) = PAGE.split_once("<style>").unwrap();
        let (style, _) = rest.split_once("</style>").unwrap();
        let hash = STANDARD.encode(Sha256::digest(style));
        assert!(
            POLICY.contains(&format!("style-src 'sha256-{hash}';")),
            "{hash}"
        );
    }
}
