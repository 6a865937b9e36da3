//! The page behind a subject's link: says in words what would happen there. No script, nothing
//! from elsewhere, and no answer can be given.

use std::fmt::Write;

use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::store::Stored;

const STYLE: &str = "body{font:1.125rem/1.6 system-ui,sans-serif;max-width:38rem;margin:0 auto;\
padding:2rem 1rem;color:#1a1a1a;background:#fff}strong{overflow-wrap:anywhere}\
@media(prefers-color-scheme:dark){body{color:#f2f2f2;background:#16181c}}";

/// The page of one subject of a request.
pub(crate) fn page(request: &Stored, contact: &str) -> Response {
    let identify = match request.security_level.as_str() {
        "CONTACT" => "show that this contact is theirs with a one-time code",
        "ORGANIZATION_KYC" => "enter a one-time code and prove who they are to the organization",
        "HUMANOS_KYC" => "enter a one-time code and prove who they are to Humanos",
        _ => "enter a one-time code and prove again who they are to Humanos",
    };
    let contact = escaped(contact);
    let mut main = format!(
        "<h1>Practice: this is where {contact} would answer</h1>\
         <p>Nothing was sent. With a real connection, <strong>{contact}</strong> would get this \
         link, {identify}, and then be asked for:</p><ul>"
    );
    for credential in &request.credentials {
        let name = credential
            .name
            .as_deref()
            .unwrap_or("An approval or workflow of your own");
        // Writing to a String cannot fail.
        let _ = write!(main, "<li>{}</li>", escaped(name));
    }
    main.push_str("</ul>");
    if request.canceled_at_ms.is_some() {
        main.push_str("<p>This request has been cancelled, so they could no longer answer.</p>");
    }
    main.push_str("<p>You can close this page.</p>");
    html(StatusCode::OK, &main)
}

/// The page of an unknown link.
pub(crate) fn unknown() -> Response {
    let main = "<h1>Practice: this link is not known</h1>\
        <p>Links end when the practice server stops. Send the practice request again to get a \
        new one.</p>";
    html(StatusCode::NOT_FOUND, main)
}

fn html(status: StatusCode, main: &str) -> Response {
    let style_hash = STANDARD.encode(Sha256::digest(STYLE));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{style_hash}'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'"
    );
    let page = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <title>Practice link</title><style>{STYLE}</style></head>\
         <body><main>{main}</main></body></html>"
    );
    let headers = [
        (header::CONTENT_SECURITY_POLICY, policy.as_str()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    (status, headers, Html(page)).into_response()
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(char),
        }
    }
    safe
}
