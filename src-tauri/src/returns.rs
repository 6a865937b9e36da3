//! Returns: a person's browser comes back to this computer after answering. A return is a hint and never more: it is
//! written down with all it said, and Humanos is asked where the request stands.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::time::{Duration, Instant};

use callback::{Heard, Listener, Query, Return};
use ledger::{EventKind, Homecoming, Ledger, RequestRecord, State};
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Emitter, Manager, Url};

use crate::adapters::clock::now_ms;
use crate::adapters::deep_links;
use crate::error::Problem;
use crate::state::App;
use crate::status;
use crate::wire::ReturnTo;

mod way_back;

pub(crate) use way_back::{Route, WayBack};

/// The setting with the port of the listener: addresses that were sent out stay good after a restart.
const PORT: &str = "return-port";
/// Later than this a return is written down and nothing is done about it.
const LATE_MS: i64 = 90 * 24 * 60 * 60 * 1000;
/// How many returns of one request are written down.
const MOST_RETURNS: u32 = 20;
/// How many returns that belong to nothing are written down in [`STRAY_SPAN`].
const MOST_STRAYS: usize = 10;
const STRAY_SPAN: Duration = Duration::from_secs(60);
/// How many returns wait for the ledger to open.
const MOST_WAITING: usize = 16;

/// By which way a return came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Way {
    DeepLink,
    Loopback,
    Session,
}

/// What hears returns.
pub(crate) struct Returns {
    inner: Mutex<Inner>,
}

struct Inner {
    listener: Option<Listener>,
    route: Option<Route>,
    waiting: Vec<(Return, Way)>,
    strays: VecDeque<Instant>,
}

/// What is written down of a return. Fields in alphabetical order.
#[derive(Serialize)]
struct Noted<'a> {
    cut: bool,
    late: bool,
    query: &'a [(String, String)],
    repeated: bool,
    way: Way,
}

/// Of what belongs to no request here.
#[derive(Serialize)]
struct Stray<'a> {
    cut: bool,
    query: &'a [(String, String)],
    way: Way,
    why: &'a str,
}

impl Default for Returns {
    fn default() -> Self {
        Self {
            inner: Mutex::new(Inner {
                listener: None,
                route: None,
                waiting: Vec::new(),
                strays: VecDeque::new(),
            }),
        }
    }
}

impl Returns {
    /// How a browser finds back, once the ledger is open.
    pub(crate) fn route(&self) -> Route {
        self.held().route.unwrap_or(Route::Unavailable)
    }

    fn held(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Begins to listen once the ledger is open, and takes what came before. Only the first call does anything.
pub(crate) fn open(handle: &AppHandle) {
    let app = handle.state::<App>();
    let wished = {
        let inner = app.held();
        let Ok(ledger) = inner.ledger() else { return };
        let mut returns = app.returns.held();
        if returns.route.is_some() {
            return;
        }
        // Taken at once, so that a second call does nothing.
        returns.route = Some(Route::Unavailable);
        port(ledger)
    };
    let (send, receive) = mpsc::channel();
    let ear = handle.clone();
    app.runtime.spawn(async move {
        let _ = send.send(listen(&ear, wished).await);
    });
    let listener = receive.recv().ok().flatten();
    let port = listener.as_ref().map(Listener::port);
    if let (Some(port), None) = (port, wished)
        && let Ok(ledger) = app.held().ledger()
        && let Err(error) = ledger.set_value(PORT, &port.to_string())
    {
        tracing::error!(%error, "the port of returns could not be kept");
    }
    let waiting = {
        let mut returns = app.returns.held();
        returns.listener = listener;
        returns.route = Some(match port {
            _ if deep_links::are_ours(handle) => Route::DeepLink,
            Some(port) => Route::Loopback(port),
            None => Route::Unavailable,
        });
        std::mem::take(&mut returns.waiting)
    };
    for (returned, way) in waiting {
        come(handle, &returned, way);
    }
}

/// Where a request sends people afterwards.
pub(crate) fn of(ledger: &Ledger, record: &RequestRecord) -> Result<ReturnTo, Problem> {
    Ok(if ledger.return_nonce(&record.id)?.is_some() {
        ReturnTo::App
    } else if redirect_of(&record.body).is_some() {
        ReturnTo::Web
    } else {
        ReturnTo::None
    })
}

/// The redirect address in a body.
pub(crate) fn redirect_of(body: &[u8]) -> Option<Url> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Afterwards {
        redirect_url: Option<String>,
    }
    let afterwards: Afterwards = serde_json::from_slice(body).ok()?;
    afterwards.redirect_url?.parse().ok()
}

/// Takes a link that the system opened this app with.
pub(crate) fn link(handle: &AppHandle, url: &str) {
    match callback::read_deep_link(url) {
        Ok(returned) => come(handle, &returned, Way::DeepLink),
        Err(why) => stray(handle, &Query::default(), Way::DeepLink, &why.to_string()),
    }
}

/// Takes a return. Only the first of a request does more than be written down.
pub(crate) fn come(handle: &AppHandle, returned: &Return, way: Way) {
    let app = handle.state::<App>();
    let noted = {
        let inner = app.held();
        let Ok(ledger) = inner.ledger() else {
            let mut returns = app.returns.held();
            if returns.waiting.len() < MOST_WAITING {
                returns.waiting.push((returned.clone(), way));
            }
            return;
        };
        ledger
            .request_of_nonce(returned.nonce.as_str())
            .map_err(Problem::from)
            .and_then(|home| match home {
                Some(home) => {
                    note(ledger, &home, &returned.query, way).map(|ask| Some((home, ask)))
                }
                None => Ok(None),
            })
    };
    match noted {
        Ok(Some((home, ask))) => noted_down(handle, &home.request, ask),
        Ok(None) => stray(handle, &returned.query, way, "no request has this nonce"),
        Err(problem) => tracing::error!(%problem.message, "a return was not written down"),
    }
}

/// Takes what was seen of a return whose address is not ours: a session's page was on its way there.
pub(crate) fn seen(handle: &AppHandle, request: &str, query: &Query, way: Way) {
    let app = handle.state::<App>();
    let noted = {
        let inner = app.held();
        inner.ledger().and_then(|ledger| {
            let record = ledger.request(request)?;
            let record = record.ok_or_else(|| Problem::gone("request"))?;
            let returns = record.events.iter();
            let returns = returns.filter(|event| event.kind == EventKind::Returned);
            let home = Homecoming {
                returns: u32::try_from(returns.count()).unwrap_or(u32::MAX),
                request: record.id,
                planned_at_ms: record.created_at_ms,
                state: record.state,
            };
            note(ledger, &home, query, way)
        })
    };
    match noted {
        Ok(ask) => noted_down(handle, request, ask),
        Err(problem) => tracing::error!(%problem.message, "a return was not written down"),
    }
}

fn noted_down(handle: &AppHandle, request: &str, ask: bool) {
    changed(handle, request);
    if ask {
        status::soon(handle, request);
    }
}

/// The window should read this request again.
pub(crate) fn changed(handle: &AppHandle, request: &str) {
    if let Err(error) = handle.emit_to("main", "request-changed", request) {
        tracing::error!(%error, "the window could not be told of a request");
    }
}

async fn listen(handle: &AppHandle, wished: Option<u16>) -> Option<Listener> {
    let ear = handle.clone();
    let hear = Arc::new(move |heard| match heard {
        Heard::Return(returned) => {
            let handle = ear.clone();
            // The ledger may be slow; the browser has its page by then.
            std::thread::spawn(move || come(&handle, &returned, Way::Loopback));
        }
        Heard::Refused(why) => {
            let handle = ear.clone();
            std::thread::spawn(move || {
                stray(&handle, &Query::default(), Way::Loopback, &why.to_string());
            });
        }
    });
    match Listener::start(wished.unwrap_or_default(), hear).await {
        Ok(listener) => Some(listener),
        Err(error) => {
            tracing::error!(%error, "nothing listens for returns: another program may have the port");
            None
        }
    }
}

fn port(ledger: &Ledger) -> Option<u16> {
    let kept = ledger.value(PORT).ok().flatten()?;
    kept.parse().ok().filter(|port| *port != 0)
}

/// Writes a return down, and says whether Humanos should be asked.
fn note(ledger: &Ledger, home: &Homecoming, query: &Query, way: Way) -> Result<bool, Problem> {
    let late = home.state == State::Cancelled || now_ms() - home.planned_at_ms > LATE_MS;
    let repeated = home.returns > 0;
    if home.returns >= MOST_RETURNS {
        tracing::warn!("a request came back too often; this return is not written down");
        return Ok(false);
    }
    let noted = Noted {
        cut: query.cut,
        late,
        query: &query.pairs,
        repeated,
        way,
    };
    let detail = serde_json::to_string(&noted).map_err(|e| Problem::internal(e.to_string()))?;
    ledger.record_event(Some(&home.request), EventKind::Returned, &detail, now_ms())?;
    Ok(!late && !repeated)
}

/// Writes down what belongs to nothing here, but not more of it than somebody would read.
fn stray(handle: &AppHandle, query: &Query, way: Way, why: &str) {
    let app = handle.state::<App>();
    {
        let mut returns = app.returns.held();
        let now = Instant::now();
        while returns
            .strays
            .front()
            .is_some_and(|at| now - *at > STRAY_SPAN)
        {
            returns.strays.pop_front();
        }
        if returns.strays.len() >= MOST_STRAYS {
            return;
        }
        returns.strays.push_back(now);
    }
    tracing::warn!(why, "a return belongs to nothing here");
    let stray = Stray {
        cut: query.cut,
        query: &query.pairs,
        way,
        why,
    };
    let Ok(detail) = serde_json::to_string(&stray) else {
        return;
    };
    let inner = app.held();
    if let Ok(ledger) = inner.ledger()
        && let Err(error) = ledger.record_event(None, EventKind::Strayed, &detail, now_ms())
    {
        tracing::error!(%error, "a stray return was not written down");
    }
}

#[cfg(test)]
mod tests {
    use ledger::{LedgerKey, NewRequest};

    use super::*;

    fn ledger(dir: &std::path::Path) -> Ledger {
        let ledger =
            Ledger::create(&dir.join("ledger.db"), &LedgerKey::generate().unwrap()).unwrap();
        ledger
            .plan(&NewRequest {
                id: "one".to_owned(),
                connection_id: "c".to_owned(),
                connection_name: "C".to_owned(),
                practice: true,
                url: "http://127.0.0.1:1/request".to_owned(),
                api_version: "2026-05-20".to_owned(),
                idempotency_key: "k".to_owned(),
                body: br#"{"redirectUrl":"https://example.com/done"}"#.to_vec(),
                body_sha256: String::new(),
                name: String::new(),
                internal_id: String::new(),
                security_level: "CONTACT".to_owned(),
                pub_key: String::new(),
                return_nonce: Some("nonce".to_owned()),
                people: vec!["ana@example.com".to_owned()],
                at_ms: now_ms(),
            })
            .unwrap();
        ledger
    }

    #[test]
    fn only_the_first_return_in_time_leads_to_a_question() {
        let dir = tempfile::tempdir().unwrap();
        let ledger = ledger(dir.path());
        let come = |query: &str| {
            let home = ledger.request_of_nonce("nonce").unwrap().unwrap();
            note(&ledger, &home, &Query::of(query), Way::Loopback).unwrap()
        };
        assert!(come("status=ok"));
        assert!(!come("status=ok"), "it is repeated");
        for _ in 0..30 {
            assert!(!come("a=b"));
        }
        let events = ledger.events("one").unwrap();
        let details: Vec<&str> = events
            .iter()
            .filter(|event| event.kind == EventKind::Returned)
            .map(|event| event.detail_json.as_str())
            .collect();
        assert_eq!(details.len(), MOST_RETURNS as usize, "and not more");
        assert_eq!(
            details[0],
            r#"{"cut":false,"late":false,"query":[["status","ok"]],"repeated":false,"way":"loopback"}"#
        );
        assert!(details[1].contains(r#""repeated":true"#));
    }

    #[test]
    fn a_return_that_is_late_is_written_down_and_nothing_more() {
        let dir = tempfile::tempdir().unwrap();
        let ledger = ledger(dir.path());
        let home = ledger.request_of_nonce("nonce").unwrap().unwrap();
        for late in [
            Homecoming {
                planned_at_ms: now_ms() - LATE_MS - 1,
                ..home.clone()
            },
            Homecoming {
                state: State::Cancelled,
                ..home
            },
        ] {
            assert!(!note(&ledger, &late, &Query::default(), Way::DeepLink).unwrap());
        }
        let last = ledger.events("one").unwrap().pop().unwrap();
        assert!(last.detail_json.contains(r#""late":true"#), "{last:?}");
    }

    #[test]
    fn where_people_go_is_read_from_what_was_sent() {
        let dir = tempfile::tempdir().unwrap();
        let ledger = ledger(dir.path());
        let record = ledger.request("one").unwrap().unwrap();
        assert_eq!(of(&ledger, &record).unwrap(), ReturnTo::App);
        assert_eq!(
            redirect_of(&record.body).map(String::from).as_deref(),
            Some("https://example.com/done")
        );
        for odd in [
            "{}",
            "[]",
            "",
            r#"{"redirectUrl":1}"#,
            r#"{"redirectUrl":"nowhere"}"#,
        ] {
            assert_eq!(redirect_of(odd.as_bytes()), None, "{odd}");
        }
    }
}
