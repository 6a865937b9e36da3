//! The requests made and the idempotency keys used, in memory and bounded: the newest 10,000 of
//! each, within 256 MiB of each; and the books.

mod answers;
mod newest;

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;

pub(crate) use self::answers::{Answer, Decision};
use self::newest::Newest;
use crate::books::{Booked, Books};
use crate::idempotency::{Idempotency, InProgress, OtherBody};
use crate::ids;
use crate::refusal::Refusal;
use crate::versions::{Asked, AskedCredential};

const MAX_ENTRIES: usize = 10_000;
const MAX_BYTES: usize = 256 * 1024 * 1024;

/// A request as made. Documents and other credential data are not kept.
#[derive(Clone)]
pub(crate) struct Stored {
    pub(crate) id: String,
    pub(crate) name: Option<String>,
    pub(crate) security_level: String,
    pub(crate) language: Option<String>,
    pub(crate) redirect_url: Option<String>,
    pub(crate) internal_id: Option<String>,
    pub(crate) created_at_ms: i64,
    pub(crate) canceled_at_ms: Option<i64>,
    pub(crate) subjects: Vec<Subject>,
    pub(crate) credentials: Vec<Credential>,
}

/// A person asked.
#[derive(Clone)]
pub(crate) struct Subject {
    pub(crate) id: String,
    pub(crate) contact: String,
    pub(crate) code: String,
    pub(crate) link_id: String,
    /// When the link was sent again, in Unix milliseconds.
    pub(crate) resent_at_ms: Vec<i64>,
    /// What they answered, if they have.
    pub(crate) answer: Option<Answer>,
}

/// What the subjects are asked for.
#[derive(Clone)]
pub(crate) struct Credential {
    pub(crate) id: String,
    pub(crate) name: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) internal_id: Option<String>,
    pub(crate) resource_type: String,
}

/// An `Idempotency-Key` with the call it came on.
pub(crate) struct Once {
    /// Method, path and query.
    pub(crate) call: String,
    /// The header's value.
    pub(crate) key: String,
    /// SHA-256 of the exact body.
    pub(crate) body_sha256: [u8; 32],
    /// Now, in Unix milliseconds.
    pub(crate) at_ms: i64,
}

/// See the module.
pub(crate) struct Store {
    salt: String,
    inner: Arc<Mutex<Inner>>,
}

struct Inner {
    requests: Newest<Arc<Stored>>,
    answered: Newest<Answered>,
    running: HashSet<String>,
    idempotency: Option<Idempotency>,
    books: Books,
}

struct Answered {
    at_ms: i64,
    call: String,
    body_sha256: [u8; 32],
    reply: Bytes,
}

impl Default for Store {
    fn default() -> Self {
        let inner = Inner {
            requests: Newest::bounded(MAX_ENTRIES, MAX_BYTES),
            answered: Newest::bounded(MAX_ENTRIES, MAX_BYTES),
            running: HashSet::new(),
            idempotency: Some(Idempotency::default()),
            books: Books::default(),
        };
        Self {
            salt: ids::token(),
            inner: Arc::new(Mutex::new(inner)),
        }
    }
}

impl Store {
    /// Does `act` unless the idempotency key was used: then its reply is given again, or the
    /// call is refused with 409 if it is another one. Calls with keys wait for each other, so
    /// none is done twice. A refused call does not use its key up.
    pub(crate) fn once(
        &self,
        once: Option<&Once>,
        act: impl FnOnce(&mut Requests<'_>) -> Result<Bytes, Refusal>,
    ) -> Result<Bytes, Refusal> {
        let mut inner = self.lock();
        if let Some(reply) = replay(&inner, once)? {
            return Ok(reply);
        }
        let Inner {
            requests, books, ..
        } = &mut *inner;
        let reply = act(&mut Requests {
            salt: &self.salt,
            requests,
            books,
        })?;
        if let Some(Once {
            call,
            key,
            body_sha256,
            at_ms,
        }) = once
        {
            let answered = Answered {
                at_ms: *at_ms,
                call: call.clone(),
                body_sha256: *body_sha256,
                reply: reply.clone(),
            };
            inner
                .answered
                .insert(key.clone(), answered, reply.len() + call.len() + 512);
        }
        Ok(reply)
    }

    /// The reply that a key was given before, or the refusal of another call under it.
    pub(crate) fn replay(&self, once: Option<&Once>) -> Result<Option<Bytes>, Refusal> {
        replay(&self.lock(), once)
    }

    /// Says that a call under a key is being done, until the value is dropped; refuses with 409
    /// if one is already and [`InProgress::Refused`] is set.
    pub(crate) fn begin(&self, key: Option<&str>) -> Result<Option<Running>, Refusal> {
        let mut inner = self.lock();
        let refuses = inner
            .idempotency
            .is_some_and(|set| set.in_progress == InProgress::Refused);
        let (true, Some(key)) = (refuses, key) else {
            return Ok(None);
        };
        if !inner.running.insert(key.to_owned()) {
            return Err(Refusal::new(
                409,
                "A request with this Idempotency-Key is in progress",
            ));
        }
        Ok(Some(Running {
            inner: Arc::clone(&self.inner),
            key: key.to_owned(),
        }))
    }

    /// Sets how keys are treated; `None` for not at all.
    pub(crate) fn set_idempotency(&self, idempotency: Option<Idempotency>) {
        self.lock().idempotency = idempotency;
    }

    /// Every booking kept, oldest first.
    pub(crate) fn books(&self) -> Vec<Booked> {
        let kept = self.lock().books.all();
        kept.iter().map(|booked| Booked::clone(booked)).collect()
    }

    /// The request of an id.
    pub(crate) fn request(&self, id: &str) -> Option<Arc<Stored>> {
        self.lock().requests.at(id).cloned()
    }

    /// The request that a link belongs to, and the place of its subject.
    pub(crate) fn of_link(&self, link_id: &str) -> Option<(Arc<Stored>, usize)> {
        answers::of_link(self.lock().requests.newest_first(), link_id)
    }

    /// Every request kept, newest first.
    pub(crate) fn requests(&self) -> Vec<Arc<Stored>> {
        self.lock().requests.newest_first().cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The requests, while no other call can change them.
pub(crate) struct Requests<'s> {
    salt: &'s str,
    requests: &'s mut Newest<Arc<Stored>>,
    books: &'s mut Books,
}

impl Requests<'_> {
    /// Makes a request and books it.
    pub(crate) fn create(&mut self, asked: Asked, key: Option<&str>, at_ms: i64) -> Arc<Stored> {
        let subject = |contact: String| Subject {
            id: ids::user_did(self.salt, &contact),
            contact,
            code: ids::code(),
            link_id: ids::link_id(),
            resent_at_ms: Vec::new(),
            answer: None,
        };
        let stored = Arc::new(Stored {
            id: ids::object_id(at_ms),
            name: asked.name,
            security_level: asked.security_level,
            language: asked.language,
            redirect_url: asked.redirect_url,
            internal_id: asked.internal_id,
            created_at_ms: at_ms,
            canceled_at_ms: None,
            subjects: asked.contacts.into_iter().map(subject).collect(),
            credentials: asked.credentials.into_iter().map(Credential::new).collect(),
        });
        self.books.add(Booked {
            request_id: stored.id.clone(),
            key: key.map(str::to_owned),
            internal_id: stored.internal_id.clone(),
            contacts: stored
                .subjects
                .iter()
                .map(|subject| subject.contact.clone())
                .collect(),
            at_ms,
        });
        self.requests
            .insert(stored.id.clone(), Arc::clone(&stored), weight(&stored));
        stored
    }

    /// The request of an id, to change.
    pub(crate) fn change(&mut self, id: &str) -> Option<&mut Stored> {
        self.requests.at_mut(id).map(Arc::make_mut)
    }
}

/// A call under a key, being done.
pub(crate) struct Running {
    inner: Arc<Mutex<Inner>>,
    key: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.running.remove(&self.key);
    }
}

impl Credential {
    fn new(asked: AskedCredential) -> Self {
        let AskedCredential {
            name,
            description,
            internal_id,
            resource_type,
        } = asked;
        Self {
            id: ids::credential_urn(),
            name,
            description,
            internal_id,
            resource_type,
        }
    }
}

fn replay(inner: &Inner, once: Option<&Once>) -> Result<Option<Bytes>, Refusal> {
    let (Some(once), Some(set)) = (once, inner.idempotency) else {
        return Ok(None);
    };
    let known = inner.answered.at(&once.key).filter(|known| {
        let age = once.at_ms.saturating_sub(known.at_ms);
        set.forgets_after_ms.is_none_or(|most| age <= most)
    });
    match known {
        None => Ok(None),
        Some(known) if known.call == once.call && known.body_sha256 == once.body_sha256 => {
            Ok(Some(known.reply.clone()))
        }
        Some(_) => Err(Refusal::new(
            match set.other_body {
                OtherBody::Conflict => 409,
                OtherBody::Unprocessable => 422,
            },
            "Idempotency-Key was already used for a different request",
        )),
    }
}

fn weight(request: &Stored) -> usize {
    let text = |text: &Option<String>| text.as_ref().map_or(0, String::len);
    let header = [
        &request.name,
        &request.language,
        &request.redirect_url,
        &request.internal_id,
    ];
    let decisions = |subject: &Subject| match &subject.answer {
        Some(answer) => answer.decisions.len() * size_of::<Decision>(),
        None => 0,
    };
    let subjects = request
        .subjects
        .iter()
        .map(|subject| 360 + subject.contact.len() + decisions(subject));
    let credentials = request.credentials.iter().map(|credential| {
        256 + text(&credential.name) + text(&credential.description) + text(&credential.internal_id)
    });
    512 + header.map(text).iter().sum::<usize>()
        + subjects.sum::<usize>()
        + credentials.sum::<usize>()
}
