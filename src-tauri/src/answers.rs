//! Answers: encrypted payloads that came back, from an embedded session or brought by hand. Each is kept as it came,
//! opened or not, and joined to its request if it surely belongs to one. What opened is shown; no state of a request
//! follows from it, since whoever has seen the public key can seal a message.

use humanos::envelope::webhook::{Age, Headers, Refused};
use humanos::envelope::{
    Answer, Explained, MAX_PAYLOAD, Opened, Plaintext, PrivateKey, Profiles, Reached, explain,
};
use ledger::{Kept, Ledger, NewPayload, Payload, Way};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::adapters::clock::now_ms;
use crate::error::{Problem, ProblemCode};
use crate::profiles;
use crate::state::App;
use crate::webhooks::{self, Looked};
use crate::wire::{
    AnswerView, FreshnessView, OpenOutcome, OpenResult, SessionOutcome, SessionSaid, Signature,
    TraceView,
};

mod capture;
mod view;

pub(crate) use view::view;

/// How many own keys are tried on a payload of unknown origin, the newest first.
const MOST_KEYS: u32 = 1_000;
/// How many payloads that did not open are kept for one request, and for none.
const MOST_UNOPENED: u32 = 50;

/// How a payload was opened, as it is kept beside it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct How {
    pub(crate) confirmed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) freshness: Option<FreshnessView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) profile: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) signature: Option<Signature>,
}

/// A payload that was tried, before it is kept.
struct Tried {
    request: Option<String>,
    opened: Option<Plaintext>,
    how: How,
}

/// A message of an embedded session of `request`.
pub(crate) fn message(app: &App, request: &str, text: &str) -> Result<SessionSaid, Problem> {
    let refused = SessionSaid {
        outcome: SessionOutcome::Refused,
        answer: None,
    };
    if text.len() > MAX_PAYLOAD {
        return Ok(refused);
    }
    let (keys, profiles) = keys_and_profiles(app, Some(request))?;
    let explained = explain(text.as_bytes(), &keys, &profiles);
    let tried = Tried {
        request: Some(request.to_owned()),
        ..tried(explained.opened)
    };
    let inner = app.held();
    let ledger = inner.ledger()?;
    if tried.opened.is_none() && ledger.unopened_count(Some(request))? >= MOST_UNOPENED {
        return Ok(refused);
    }
    let tried = Tried {
        // What names another request is kept apart from both.
        request: tried
            .request
            .filter(|request| agrees(ledger, request, &tried.opened)),
        ..tried
    };
    let opened = tried.opened.is_some();
    let (known, answer) = keep(ledger, Way::Session, "", text, tried)?;
    Ok(SessionSaid {
        outcome: match (known, opened) {
            (true, _) => SessionOutcome::Known,
            (false, true) => SessionOutcome::Opened,
            (false, false) => SessionOutcome::Kept,
        },
        answer: Some(answer),
    })
}

/// A payload that the officer brought: a message, or the body of a webhook with its headers.
pub(crate) fn brought(
    app: &App,
    text: &str,
    headers: &str,
    any_age: bool,
) -> Result<OpenResult, Problem> {
    let (headers, text) = capture::parts(headers, text);
    if text.len() > MAX_PAYLOAD {
        return Err(Problem::at(
            "payload",
            "This is longer than 8 MB, which no answer is. Look whether it is the right file.",
        ));
    }
    if serde_json::from_str::<serde::de::IgnoredAny>(text).is_err() {
        return Ok(bare(OpenOutcome::NotAPayload));
    }
    if Headers::of_lines(headers) == Headers::default() {
        with_keys(app, text)
    } else {
        signed(app, headers, text, any_age)
    }
}

/// Tries a payload that did not open once more: there may be new keys, profiles or secrets.
pub(crate) fn again(app: &App, id: &str) -> Result<OpenResult, Problem> {
    let payload = app
        .held()
        .ledger()?
        .payload(id)?
        .ok_or_else(|| Problem::gone("answer"))?;
    let (tried, traces) = if payload.way == Way::Webhook {
        let headers = Headers::of_lines(&payload.headers);
        match webhooks::open(app, &headers, &payload.raw, Age::Any)? {
            Some(looked) => (tried_signed(app, looked)?, Vec::new()),
            None => return Ok(bare(OpenOutcome::NoSecrets)),
        }
    } else if let Some(request) = &payload.request {
        // It came in this request's session: no other key opens it, and it must not be about another.
        let (keys, profiles) = keys_and_profiles(app, Some(request))?;
        let explained = explain(&payload.raw, &keys, &profiles);
        let traces = traces(&explained);
        let mut tried = tried(explained.opened);
        if !agrees(app.held().ledger()?, request, &tried.opened) {
            tried.opened = None;
        }
        (tried, traces)
    } else {
        let (keys, profiles) = keys_and_profiles(app, None)?;
        let explained = explain(&payload.raw, &keys, &profiles);
        let traces = traces(&explained);
        (joined(app, explained.opened, &keys)?, traces)
    };
    let inner = app.held();
    let ledger = inner.ledger()?;
    let outcome = match &tried.opened {
        Some(plaintext) if payload.opened.is_none() => {
            let how = json(&tried.how)?;
            let request = tried.request.as_deref();
            ledger.open_payload(id, request, plaintext.expose(), &how, now_ms())?;
            OpenOutcome::Opened
        }
        Some(_) => OpenOutcome::Known,
        None => OpenOutcome::Kept,
    };
    Ok(OpenResult {
        answer: shown(ledger, id)?,
        traces,
        ..bare(outcome)
    })
}

/// How far each profile follows a message. Nothing is kept.
pub(crate) fn follow(app: &App, text: &str) -> Result<Vec<TraceView>, Problem> {
    let (keys, profiles) = keys_and_profiles(app, None)?;
    let explained = explain(text.trim().as_bytes(), &keys, &profiles);
    Ok(traces(&explained))
}

fn with_keys(app: &App, text: &str) -> Result<OpenResult, Problem> {
    let (keys, profiles) = keys_and_profiles(app, None)?;
    let explained = explain(text.as_bytes(), &keys, &profiles);
    let traces = traces(&explained);
    let tried = joined(app, explained.opened, &keys)?;
    Ok(OpenResult {
        traces,
        ..kept(app, Way::Brought, "", text, tried)?
    })
}

fn signed(app: &App, headers: &str, text: &str, any_age: bool) -> Result<OpenResult, Problem> {
    let age = if any_age { Age::Any } else { Age::Fresh };
    let body = text.as_bytes();
    let Some(looked) = webhooks::open(app, &Headers::of_lines(headers), body, age)? else {
        return Ok(bare(OpenOutcome::NoSecrets));
    };
    let freshness = Some(looked.freshness);
    let outcome = match looked.opened {
        Err(Refused::Signature) => OpenOutcome::BadSignature,
        Err(Refused::Age) => OpenOutcome::TooOld,
        _ => {
            let tried = tried_signed(app, looked)?;
            return Ok(OpenResult {
                freshness,
                ..kept(app, Way::Webhook, headers, text, tried)?
            });
        }
    };
    Ok(OpenResult {
        freshness,
        ..bare(outcome)
    })
}

fn kept(
    app: &App,
    way: Way,
    headers: &str,
    text: &str,
    tried: Tried,
) -> Result<OpenResult, Problem> {
    let inner = app.held();
    let ledger = inner.ledger()?;
    if tried.opened.is_none() && ledger.unopened_count(None)? >= MOST_UNOPENED {
        return Err(Problem::new(
            ProblemCode::FileUnreadable,
            "It could not be opened, and 50 payloads that could not be opened are kept already, so this one is not. Look at those first.",
        ));
    }
    let opened = tried.opened.is_some();
    let (known, answer) = keep(ledger, way, headers, text, tried)?;
    let outcome = match (known, opened) {
        (true, _) => OpenOutcome::Known,
        (false, true) => OpenOutcome::Opened,
        (false, false) => OpenOutcome::Kept,
    };
    Ok(OpenResult {
        answer: Some(answer),
        ..bare(outcome)
    })
}

/// Whether it was here before, and what is kept of it.
fn keep(
    ledger: &Ledger,
    way: Way,
    headers: &str,
    text: &str,
    tried: Tried,
) -> Result<(bool, AnswerView), Problem> {
    let id = Uuid::new_v4().to_string();
    let kept = ledger.keep_payload(&NewPayload {
        id: id.clone(),
        request: tried.request,
        way,
        headers: headers.to_owned(),
        raw: text.as_bytes().to_vec(),
        opened: tried
            .opened
            .map(|plaintext| Zeroizing::new(plaintext.expose().to_vec())),
        how_json: json(&tried.how)?,
        at_ms: now_ms(),
    })?;
    let (known, id) = match kept {
        Kept::New => (false, id),
        Kept::Known { id } => (true, id),
    };
    let answer = shown(ledger, &id)?.ok_or_else(|| Problem::gone("answer"))?;
    Ok((known, answer))
}

fn shown(ledger: &Ledger, id: &str) -> Result<Option<AnswerView>, Problem> {
    let payload = ledger.payload(id)?;
    payload
        .map(|payload| named_view(ledger, payload))
        .transpose()
}

/// With the name of its request.
fn named_view(ledger: &Ledger, payload: Payload) -> Result<AnswerView, Problem> {
    let name = match &payload.request {
        Some(request) => ledger.request(request)?.map(|record| {
            let first = record.people.into_iter().next().unwrap_or_default();
            if record.name.is_empty() {
                first
            } else {
                record.name
            }
        }),
        None => None,
    };
    Ok(view(payload, name))
}

/// The keys of a request, or all of one's own; those that can be read.
fn keys_and_profiles(
    app: &App,
    request: Option<&str>,
) -> Result<(Vec<PrivateKey>, Profiles), Problem> {
    let (keys, profiles) = {
        let inner = app.held();
        let ledger = inner.ledger()?;
        let keys = match request {
            Some(request) => ledger.keys_of(request)?,
            None => ledger.own_keys(MOST_KEYS)?,
        };
        (keys, profiles::all(ledger)?)
    };
    let read = keys
        .iter()
        .map(|key| PrivateKey::from_pkcs8(&key.private_pkcs8));
    let read = read.filter_map(|key| {
        key.inspect_err(|error| tracing::error!(%error, "a stored key cannot be read"))
            .ok()
    });
    Ok((read.collect(), profiles))
}

fn tried(opened: Option<Opened>) -> Tried {
    match opened {
        Some(opened) => Tried {
            request: None,
            how: How {
                confirmed: opened.confirmed,
                profile: Some(opened.profile),
                ..How::default()
            },
            opened: Some(opened.plaintext),
        },
        None => Tried {
            request: None,
            opened: None,
            how: How::default(),
        },
    }
}

/// A webhook is signed, so the request that it names is the one it is about.
fn tried_signed(app: &App, looked: Looked) -> Result<Tried, Problem> {
    let opened = looked.opened.ok();
    let request = match &opened {
        Some(plaintext) => named(app.held().ledger()?, &Answer::read(plaintext))?,
        None => None,
    };
    Ok(Tried {
        request,
        opened,
        how: How {
            freshness: Some(looked.freshness),
            signature: Some(looked.signature),
            ..How::default()
        },
    })
}

/// Finds the request whose key opened it: the one it names, if that has the key, or the only one with the key.
fn joined(app: &App, opened: Option<Opened>, keys: &[PrivateKey]) -> Result<Tried, Problem> {
    let inner = app.held();
    let ledger = inner.ledger()?;
    let pub_key = opened
        .as_ref()
        .and_then(|opened| keys.get(opened.key).map(PrivateKey::pub_key));
    let mut tried = tried(opened);
    if let (Some(pub_key), Some(plaintext)) = (pub_key, &tried.opened) {
        let answer = Answer::read(plaintext);
        tried.request = match named(ledger, &answer)? {
            Some(request) => {
                let its = ledger.keys_of(&request)?;
                its.iter()
                    .any(|key| key.pub_key == pub_key)
                    .then_some(request)
            }
            None if answer.request_id.is_none() => {
                let mut with_key = ledger.requests_of_key(&pub_key, 2)?;
                (with_key.len() == 1).then(|| with_key.remove(0))
            }
            None => None,
        };
    }
    Ok(tried)
}

fn named(ledger: &Ledger, answer: &Answer) -> Result<Option<String>, Problem> {
    match &answer.request_id {
        Some(id) => Ok(ledger.request_of_humanos_id(id)?),
        None => Ok(None),
    }
}

/// Whether what opened in a request's session does not say that it is about another.
fn agrees(ledger: &Ledger, request: &str, opened: &Option<Plaintext>) -> bool {
    let named = opened
        .as_ref()
        .and_then(|plaintext| Answer::read(plaintext).request_id);
    let Some(named) = named else { return true };
    matches!(ledger.request(request), Ok(Some(record)) if record.humanos_id == named)
}

fn traces(explained: &Explained) -> Vec<TraceView> {
    let traces = explained.traces.iter().map(|trace| TraceView {
        profile: trace.profile.clone(),
        opened: matches!(trace.reached, Reached::Opened { .. }),
        reached: trace.reached.to_string(),
    });
    traces.collect()
}

fn json(how: &How) -> Result<String, Problem> {
    serde_json::to_string(how).map_err(|error| Problem::internal(error.to_string()))
}

const fn bare(outcome: OpenOutcome) -> OpenResult {
    OpenResult {
        outcome,
        answer: None,
        freshness: None,
        traces: Vec::new(),
    }
}
