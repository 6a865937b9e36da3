//! An embedded session: the person sits with the officer and answers in a window of this app. Its page is ours and
//! holds the person's link in a frame; all it can do is hand over the messages that come from there.

use std::borrow::Cow;
use std::sync::{Mutex, MutexGuard, PoisonError};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use callback::{Nonce, Query, Return};
use humanos::KeyPair;
use ledger::{EventKind, Ledger, RequestRecord};
use serde_json::json;
use tauri::http::header::{CONTENT_SECURITY_POLICY, HeaderValue};
use tauri::http::{Request, Response};
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager, Url, WebviewUrl, WebviewWindowBuilder};

use crate::adapters::clock::now_ms;
use crate::error::{Problem, ProblemCode};
use crate::returns::{self, Way};
use crate::state::App;

/// The window's name, which its capability goes by.
pub(crate) const LABEL: &str = "session";
/// As `tauri.conf.json` says it for all pages.
const NO_FRAMES: &str = "frame-src 'none'";
const WIDTH: f64 = 520.0;
const HEIGHT: f64 = 840.0;

/// What one session may hand over: whoever knows the key can seal as much as they like.
const MOST_MESSAGES: usize = 200;
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// Who sits here, if anybody does.
#[derive(Default)]
pub(crate) struct Seat(Mutex<Option<Session>>);

#[derive(Debug, Clone)]
pub(crate) struct Session {
    request: String,
    /// Where the link leads.
    link: Url,
    /// Where the person is sent afterwards.
    redirect: Option<Redirect>,
    /// Handed over so far.
    messages: usize,
    bytes: usize,
}

#[derive(Debug, Clone)]
struct Redirect {
    url: Url,
    /// If it leads back to this app.
    nonce: Option<Nonce>,
}

impl Seat {
    /// The session of the open window.
    fn taken(&self) -> Option<Session> {
        self.held().clone()
    }

    /// The request that a message of so many bytes belongs to; none when enough was handed over.
    pub(crate) fn hear(&self, bytes: usize) -> Option<String> {
        let mut held = self.held();
        let session = held.as_mut()?;
        let total = session.bytes.saturating_add(bytes);
        if session.messages >= MOST_MESSAGES || total > MOST_BYTES {
            return None;
        }
        session.messages += 1;
        session.bytes = total;
        Some(session.request.clone())
    }

    fn held(&self) -> MutexGuard<'_, Option<Session>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Opens the window for one person of a request.
pub(crate) fn open(handle: &AppHandle, request: &str, subject: usize) -> Result<(), Problem> {
    let app = handle.state::<App>();
    if let Some(window) = handle.get_webview_window(LABEL) {
        let _ = window.set_focus();
        return Err(Problem::new(
            ProblemCode::SessionOpen,
            "A session is open in another window already. Finish it or close that window first.",
        ));
    }
    let origin = origin(handle)?;
    let (page, session) = {
        let inner = app.held();
        begin(inner.ledger()?, request, subject, &origin)?
    };
    *app.session.held() = Some(session.clone());
    let shown = window(handle, &page, session);
    if shown.is_err() {
        *app.session.held() = None;
    }
    shown
}

/// Lets the session's page, and no other, hold a frame of the one origin that its link leads to. Windows share what
/// serves their pages on some systems, so every window must have this.
pub(crate) fn allow_frame(
    handle: &AppHandle,
    request: &Request<Vec<u8>>,
    response: &mut Response<Cow<'static, [u8]>>,
) {
    if request.uri().path() != "/session.html" {
        return;
    }
    if let Some(session) = handle.state::<App>().session.taken()
        && let Some(policy) = response.headers_mut().get_mut(CONTENT_SECURITY_POLICY)
        && let Ok(text) = policy.to_str()
        && let Ok(wider) = HeaderValue::from_str(&text.replace(NO_FRAMES, &self::policy(&session)))
    {
        *policy = wider;
    }
}

/// The window is gone.
pub(crate) fn closed(app: &App) {
    *app.session.held() = None;
}

/// Where this app's own pages come from, as a page there would say.
pub(crate) fn origin(handle: &AppHandle) -> Result<String, Problem> {
    let main = handle
        .get_webview_window("main")
        .ok_or_else(|| Problem::gone("window"))?;
    let url = main.url().map_err(|e| Problem::internal(e.to_string()))?;
    Ok(origin_of(&url))
}

fn begin(
    ledger: &Ledger,
    request: &str,
    subject: usize,
    origin: &str,
) -> Result<(String, Session), Problem> {
    let record = ledger
        .request(request)?
        .ok_or_else(|| Problem::gone("request"))?;
    let person = record
        .subjects
        .get(subject)
        .ok_or_else(|| Problem::gone("person"))?;
    let link = person
        .link
        .as_deref()
        .ok_or_else(|| Problem::gone("link"))?;
    let mut link = web_page(link)?;
    let pub_key = key(ledger, &record)?;
    link.query_pairs_mut()
        .append_pair("pubKey", &pub_key)
        .append_pair("postMessageOrigin", origin);
    let told = json!({
        "src": link.as_str(),
        "origin": origin_of(&link),
        "contact": person.contact,
        "lang": "en",
    });
    let page = format!("session.html#{}", URL_SAFE_NO_PAD.encode(told.to_string()));
    let detail = json!({ "subject": person.id }).to_string();
    ledger.record_event(Some(request), EventKind::SessionOpened, &detail, now_ms())?;
    let session = Session {
        redirect: redirect(ledger, &record)?,
        request: record.id,
        link,
        messages: 0,
        bytes: 0,
    };
    Ok((page, session))
}

/// The request's own key if its private half is here, or one made for its sessions.
fn key(ledger: &Ledger, record: &RequestRecord) -> Result<String, Problem> {
    if let Some(known) = ledger.keys_of(&record.id)?.into_iter().next() {
        return Ok(known.pub_key);
    }
    let pair = KeyPair::generate().map_err(|error| Problem::internal(error.to_string()))?;
    ledger.store_session_key(&record.id, &pair.pub_key, &pair.private_pkcs8, now_ms())?;
    Ok(pair.pub_key)
}

fn redirect(ledger: &Ledger, record: &RequestRecord) -> Result<Option<Redirect>, Problem> {
    let Some(url) = returns::redirect_of(&record.body) else {
        return Ok(None);
    };
    let nonce = ledger.return_nonce(&record.id)?;
    Ok(Some(Redirect {
        url,
        nonce: nonce.and_then(|nonce| Nonce::parse(&nonce).ok()),
    }))
}

/// The link is the server's word: it must be a page of the web, or of this computer.
fn web_page(link: &str) -> Result<Url, Problem> {
    let url = link.parse::<Url>().ok();
    url.filter(|url| {
        url.scheme() == "https" || (url.scheme() == "http" && url.host_str() == Some("127.0.0.1"))
    })
    .ok_or_else(|| Problem::internal("This link does not lead to a web page, so it is not opened."))
}

fn window(handle: &AppHandle, page: &str, session: Session) -> Result<(), Problem> {
    let (ear, frames) = (handle.clone(), handle.clone());
    WebviewWindowBuilder::new(handle, LABEL, WebviewUrl::App(page.into()))
        .title("Countersign session")
        .inner_size(WIDTH, HEIGHT)
        .min_inner_size(360.0, 480.0)
        .use_https_scheme(true)
        .on_web_resource_request(move |request, response| allow_frame(&frames, &request, response))
        .on_navigation(move |url| arrives(&ear, &session, url))
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()
        .map(drop)
        .map_err(|error| {
            Problem::internal(format!(
                "The window could not be opened: {error}. Use “Open in browser” instead."
            ))
        })
}

/// The sources of frames, in the place of the `'none'` that all pages come with: the link's page, and where it sends
/// people afterwards. What the policy forbids would never be asked of [`arrives`].
fn policy(session: &Session) -> String {
    let mut framed = format!("frame-src {}", origin_of(&session.link));
    if let Some(Redirect { url, .. }) = &session.redirect {
        framed.push(' ');
        framed.push_str(&match url.scheme() {
            "http" | "https" => origin_of(url),
            scheme => format!("{scheme}:"),
        });
    }
    framed
}

/// Whether the window or its frame may go there. Some systems ask for frames too, and a frame's own frames may be
/// anywhere on the web; what may be framed by our page is said by its policy.
fn arrives(handle: &AppHandle, session: &Session, url: &Url) -> bool {
    if let Some(redirect) = &session.redirect
        && leads_to(url, &redirect.url)
    {
        returned(handle, session, redirect, url);
        return false;
    }
    matches!(url.scheme(), "https" | "tauri" | "about" | "blob" | "data")
        || (url.scheme() == "http"
            && matches!(url.host_str(), Some("127.0.0.1" | "tauri.localhost")))
}

/// The redirect address with anything appended to it.
fn leads_to(url: &Url, redirect: &Url) -> bool {
    url.scheme() == redirect.scheme()
        && url.host_str() == redirect.host_str()
        && url.port_or_known_default() == redirect.port_or_known_default()
        && url.path() == redirect.path()
}

fn returned(handle: &AppHandle, session: &Session, redirect: &Redirect, url: &Url) {
    let (handle, request) = (handle.clone(), session.request.clone());
    let (nonce, query) = (
        redirect.nonce.clone(),
        Query::of(url.query().unwrap_or_default()),
    );
    // The web view waits for its answer on the main thread.
    std::thread::spawn(move || match nonce {
        Some(nonce) => returns::come(&handle, &Return { nonce, query }, Way::Session),
        None => returns::seen(&handle, &request, &query, Way::Session),
    });
}

fn origin_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let port = url
        .port()
        .map(|port| format!(":{port}"))
        .unwrap_or_default();
    format!("{}://{host}{port}", url.scheme())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    #[test]
    fn a_session_hands_over_so_much_and_no_more() {
        let seat = Seat::default();
        assert_eq!(seat.hear(1), None, "nobody sits here");
        let begin = || Session {
            request: "r".to_owned(),
            link: url("https://app.humanos.id/"),
            redirect: None,
            messages: 0,
            bytes: 0,
        };
        *seat.held() = Some(begin());
        let heard = (0..300).filter(|_| seat.hear(1).is_some()).count();
        assert_eq!(heard, MOST_MESSAGES);
        *seat.held() = Some(begin());
        assert!(seat.hear(MOST_BYTES).is_some());
        assert_eq!(seat.hear(1), None);
    }

    #[test]
    fn only_web_pages_are_opened() {
        assert!(web_page("https://app.humanos.id/x").is_ok());
        assert!(web_page("http://127.0.0.1:4000/link/1").is_ok());
        for bad in [
            "http://example.com/",
            "http://127.0.0.1.example.com/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "countersign://return/x",
            "tauri://localhost/",
            "",
        ] {
            assert!(web_page(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_redirect_is_known_with_anything_appended() {
        let redirect = url("http://127.0.0.1:4000/return/abc");
        for yes in [
            "http://127.0.0.1:4000/return/abc",
            "http://127.0.0.1:4000/return/abc?a=1#b",
        ] {
            assert!(leads_to(&url(yes), &redirect), "{yes}");
        }
        for no in [
            "https://127.0.0.1:4000/return/abc",
            "http://127.0.0.1:4001/return/abc",
            "http://127.0.0.1:4000/return/abd",
            "http://127.0.0.1:4000/return/abc/",
        ] {
            assert!(!leads_to(&url(no), &redirect), "{no}");
        }
        assert!(leads_to(
            &url("countersign://return/abc?x=1"),
            &url("countersign://return/abc")
        ));
    }

    #[test]
    fn the_link_is_framed_and_where_it_leads_afterwards() {
        let mut session = Session {
            request: "r".to_owned(),
            link: url("https://app.humanos.id/link/1?pubKey=a"),
            redirect: None,
            messages: 0,
            bytes: 0,
        };
        assert_eq!(policy(&session), "frame-src https://app.humanos.id");
        for (redirect, source) in [
            ("https://example.com/done", "https://example.com"),
            ("http://127.0.0.1:4000/return/abc", "http://127.0.0.1:4000"),
            ("countersign://return/abc", "countersign:"),
        ] {
            session.redirect = Some(Redirect {
                url: url(redirect),
                nonce: None,
            });
            let wanted = format!("frame-src https://app.humanos.id {source}");
            assert_eq!(policy(&session), wanted);
        }
    }
}
