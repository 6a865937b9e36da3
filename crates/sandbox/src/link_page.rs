//! The page behind a subject's link, on which an officer who trains answers in the subject's place.
//!
//! One form, with its style and scripts in the page and nothing from elsewhere. What is answered is
//! stored here; inside another page the scripts also seal messages for it. No code is asked for,
//! and nobody's identity is checked: the form asks how that would end.

use std::fmt::Write;
use std::sync::LazyLock;

use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::store::{Answer, Credential, Stored, Subject};

static STYLE: LazyLock<String> = LazyLock::new(|| text(include_str!("link_page/page.css")));
static SEAL: LazyLock<String> = LazyLock::new(|| text(include_str!("link_page/seal.js")));
static PAGE: LazyLock<String> = LazyLock::new(|| text(include_str!("link_page/page.js")));

/// Who may show the page in a frame: the app's own pages on each system, and pages of this computer.
const FRAMED_BY: &str =
    "tauri://localhost https://tauri.localhost http://tauri.localhost http://127.0.0.1:*";

static POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
    format!(
        "default-src 'none'; style-src {}; script-src {} {}; connect-src 'self'; base-uri 'none'; \
         form-action 'none'; frame-ancestors {FRAMED_BY}",
        hash(&STYLE),
        hash(&SEAL),
        hash(&PAGE),
    )
});

/// The page of the subject at a place: the form, or why it cannot be answered. `profile` is the
/// JSON that messages are sealed by.
pub(crate) fn page(request: &Stored, subject: usize, profile: &str) -> Response {
    let Some(subject) = request.subjects.get(subject) else {
        return unknown();
    };
    let contact = escaped(&subject.contact);
    let main = if let Some(answer) = &subject.answer {
        answered(request, &contact, answer)
    } else if request.canceled_at_ms.is_some() {
        format!(
            "<h1>Practice: {contact} can no longer answer</h1>\
             <p>This request has been cancelled.</p><p>You can close this page.</p>"
        )
    } else if request.is_too_large() {
        format!(
            "<h1>Practice: {contact} cannot answer here</h1>\
             <p>This request asks for more in all than the practice server keeps answers for. \
             Ask fewer people or for less at a time.</p>"
        )
    } else {
        form(request, subject, &contact, profile)
    };
    html(StatusCode::OK, &main)
}

/// The page of an unknown link.
pub(crate) fn unknown() -> Response {
    let main = "<h1>Practice: this link is not known</h1>\
        <p>Links end when the practice server stops. Send the practice request again to get a \
        new one.</p>";
    html(StatusCode::NOT_FOUND, main)
}

fn form(request: &Stored, subject: &Subject, contact: &str, profile: &str) -> String {
    let identify = match request.security_level.as_str() {
        "CONTACT" => "show that this contact is theirs with a one-time code",
        "ORGANIZATION_KYC" => "enter a one-time code and prove who they are to the organization",
        "HUMANOS_KYC" => "enter a one-time code and prove who they are to Humanos",
        _ => "enter a one-time code and prove again who they are to Humanos",
    };
    let mut main = format!(
        "<h1>Practice: answer in place of {contact}</h1>\
         <p class=\"practice\">Practice: nothing leaves this computer. Nothing was sent to \
         {contact} either.</p>\
         <p>With a real connection, {contact} would get this link, {identify}, and then be asked \
         for what is below. Choose what they would answer.</p>\
         <form autocomplete=\"off\" data-to=\"/link/{}/answer\" data-credentials=\"{}\" \
         data-profile=\"{}\">",
        escaped(&subject.link_id),
        request.credentials.len(),
        escaped(profile),
    );
    if request.asks_identity() {
        main.push_str("<fieldset><legend>Identity check</legend>");
        main.push_str(&radio("identity", "pass", "kyc-pass", "Passes", true));
        main.push_str(&radio("identity", "fail", "kyc-fail", "Fails", false));
        main.push_str("</fieldset>");
    }
    for (at, credential) in request.credentials.iter().enumerate() {
        let (name, accept, reject) = (
            format!("credential-{at}"),
            format!("accept-{at}"),
            format!("reject-{at}"),
        );
        // Writing to a String cannot fail.
        let _ = write!(main, "<fieldset><legend>{}</legend>", shown(credential));
        if let Some(description) = &credential.description {
            let _ = write!(main, "<p>{}</p>", escaped(description));
        }
        main.push_str(&radio(&name, "accept", &accept, "Accept", true));
        main.push_str(&radio(&name, "reject", &reject, "Reject", false));
        main.push_str("</fieldset>");
    }
    if let Some(url) = &request.redirect_url {
        let _ = write!(
            main,
            "<p>After the answer this page goes on to {}, as the request says. That address may be \
             outside this computer.</p>",
            escaped(url)
        );
    }
    main.push_str(
        "<p id=\"session\" data-testid=\"session\"></p>\
         <button type=\"submit\" data-testid=\"answer\">Send the answers</button></form>\
         <div id=\"said\" data-testid=\"said\" role=\"status\" tabindex=\"-1\"></div>",
    );
    let _ = write!(
        main,
        "<noscript><p>Answering needs JavaScript.</p></noscript>\
         <script>{}</script><script>{}</script>",
        *SEAL, *PAGE
    );
    main
}

fn radio(name: &str, value: &str, testid: &str, label: &str, chosen: bool) -> String {
    let checked = if chosen { " checked" } else { "" };
    format!(
        "<label><input type=\"radio\" name=\"{name}\" value=\"{value}\" \
         data-testid=\"{testid}\"{checked}> {label}</label>"
    )
}

fn answered(request: &Stored, contact: &str, answer: &Answer) -> String {
    let mut main = format!(
        "<h1>Practice: {contact} has answered</h1>\
         <p>A link can be answered once. These are the answers:</p><ul data-testid=\"answered\">"
    );
    match answer.identified {
        Some(true) => main.push_str("<li>Identity check: passed</li>"),
        Some(false) => main.push_str("<li>Identity check: failed</li>"),
        None => {}
    }
    for (credential, decision) in request.credentials.iter().zip(&answer.decisions) {
        let decided = if decision.accepted {
            "accepted"
        } else {
            "rejected"
        };
        // Writing to a String cannot fail.
        let _ = write!(main, "<li>{}: {decided}</li>", shown(credential));
    }
    main.push_str("</ul>");
    if request.canceled_at_ms.is_some() {
        main.push_str("<p>This request has been cancelled since.</p>");
    }
    main.push_str("<p>You can close this page.</p>");
    main
}

fn shown(credential: &Credential) -> String {
    let name = credential.name.as_deref();
    escaped(name.unwrap_or("An approval or workflow of your own"))
}

fn html(status: StatusCode, main: &str) -> Response {
    let page = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <title>Practice link</title><style>{}</style></head>\
         <body><main>{main}</main></body></html>",
        *STYLE
    );
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY.as_str()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // The answer needs its `Origin`; nobody else learns the link.
        (header::REFERRER_POLICY, "same-origin"),
    ];
    (status, headers, Html(page)).into_response()
}

/// A file with the line ends that browsers hash, whatever it was checked out with.
fn text(file: &str) -> String {
    file.replace("\r\n", "\n")
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
