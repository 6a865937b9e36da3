//! What a browser is shown: the same plain page whoever comes, since what a nonce is worth is not known here.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

const STYLE: &str = "body{font:1.125rem/1.6 system-ui,sans-serif;max-width:34rem;margin:0 auto;\
padding:3rem 1rem;color:#1a1a1a;background:#fff}\
@media(prefers-color-scheme:dark){body{color:#f2f2f2;background:#16181c}}";

/// The pages of the app itself on the three systems: there the person may have answered in a frame.
const FRAMES: &str = "tauri://localhost http://tauri.localhost https://tauri.localhost";

pub(crate) fn thanks() -> String {
    page("Thank you", "You may close this page.")
}

pub(crate) fn refused(why: &str) -> String {
    page(
        "Nothing to see here",
        &format!("Nothing was done: {why}. You may close this page."),
    )
}

/// The policy that all pages come with.
pub(crate) fn policy() -> String {
    let style = STANDARD.encode(Sha256::digest(STYLE));
    format!(
        "default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'; \
         frame-ancestors {FRAMES}"
    )
}

fn page(title: &str, text: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <title>Countersign</title><style>{STYLE}</style></head>\
         <body><main><h1>{title}</h1><p>{text}</p></main></body></html>"
    )
}
