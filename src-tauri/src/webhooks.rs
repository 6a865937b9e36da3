//! The three secrets of a connection's webhooks, and the opening of bodies with them. The secrets rest in the safe;
//! the ledger holds their last characters.

use humanos::envelope::webhook::{Age, Freshness, Headers, Received, Refused, WebhookKey};
use humanos::envelope::{Plaintext, webhook};
use humanos::{EncryptionSalt, EncryptionSecret, WebhookSignatureSecret};
use ledger::Ledger;
use zeroize::Zeroizing;

use crate::adapters::clock::now_ms;
use crate::adapters::safe::Safe;
use crate::error::{Problem, ProblemCode};
use crate::state::{App, Inner, capitalised};
use crate::wire::{FreshnessKind, FreshnessView, Signature, WebhookForm, WebhookHints};

/// A body that was looked at with the secrets of one connection, or of several.
pub(crate) struct Looked {
    pub(crate) signature: Signature,
    pub(crate) freshness: FreshnessView,
    pub(crate) opened: Result<Plaintext, Refused>,
}

/// What opens the bodies of one connection.
struct Secrets {
    signature: WebhookSignatureSecret,
    key: WebhookKey,
}

/// Stores what was given; a blank field keeps what is there.
pub(crate) fn save(inner: &mut Inner, connection: &str, form: &WebhookForm) -> Result<(), Problem> {
    let (ledger, safe) = inner.opened()?;
    let known = hints(ledger, connection)?;
    let mut hints = known.clone().unwrap_or(WebhookHints {
        signature_secret: String::new(),
        encryption_secret: String::new(),
        encryption_salt: String::new(),
    });
    let mut parts = Vec::new();
    let must = known.is_none();
    if let Some(text) = given(form.signature_secret.as_str(), must) {
        let secret =
            WebhookSignatureSecret::parse(text).map_err(|e| wrong("signatureSecret", &e))?;
        hints.signature_secret = secret.hint();
        parts.push((SIGNATURE, Zeroizing::new(secret.expose().to_owned())));
    }
    if let Some(text) = given(form.encryption_secret.as_str(), must) {
        let secret = EncryptionSecret::parse(text).map_err(|e| wrong("encryptionSecret", &e))?;
        hints.encryption_secret = secret.hint();
        parts.push((SECRET, Zeroizing::new(secret.expose().to_owned())));
    }
    if let Some(text) = given(form.encryption_salt.as_str(), must) {
        let secret = EncryptionSalt::parse(text).map_err(|e| wrong("encryptionSalt", &e))?;
        hints.encryption_salt = secret.hint();
        parts.push((SALT, Zeroizing::new(secret.expose().to_owned())));
    }
    // Secrets first: hints without them would promise too much.
    for (part, secret) in parts {
        safe.put(&account(connection, part), &secret)?;
    }
    let kept = serde_json::to_string(&hints).map_err(|e| Problem::internal(e.to_string()))?;
    Ok(ledger.set_value(&setting(connection), &kept)?)
}

/// Forgets the secrets of a connection.
pub(crate) fn remove(ledger: &Ledger, safe: &mut Safe, connection: &str) -> Result<(), Problem> {
    for part in [SIGNATURE, SECRET, SALT] {
        safe.remove(&account(connection, part))?;
    }
    Ok(ledger.set_value(&setting(connection), "")?)
}

/// The last characters of each, if they are stored.
pub(crate) fn hints(ledger: &Ledger, connection: &str) -> Result<Option<WebhookHints>, Problem> {
    let kept = ledger.value(&setting(connection))?;
    Ok(kept.and_then(|kept| serde_json::from_str(&kept).ok()))
}

/// Looks at a body with the secrets of every connection: the one whose signature is right opens it. `None` when no
/// connection has any.
pub(crate) fn open(
    app: &App,
    headers: &Headers,
    body: &[u8],
    age: Age,
) -> Result<Option<Looked>, Problem> {
    let mut best = None;
    for secrets in all(app)? {
        let received = Received::look(&secrets.signature, headers, body, now_ms());
        let looked = Looked {
            signature: match received.signature {
                webhook::Signature::Right => Signature::Right,
                webhook::Signature::Wrong => Signature::Wrong,
                webhook::Signature::Missing => Signature::Missing,
                webhook::Signature::Unreadable => Signature::Unreadable,
            },
            freshness: freshness(received.freshness),
            opened: received.open(&secrets.key, age),
        };
        if looked.signature == Signature::Right {
            return Ok(Some(looked));
        }
        best.get_or_insert(looked);
    }
    Ok(best)
}

const SIGNATURE: &str = "signature-secret";
const SECRET: &str = "encryption-secret";
const SALT: &str = "encryption-salt";

fn account(connection: &str, part: &str) -> String {
    format!("connection/{connection}/webhook/{part}")
}

fn setting(connection: &str) -> String {
    format!("webhook/{connection}")
}

fn given(text: &str, must: bool) -> Option<String> {
    let text = text.trim();
    (must || !text.is_empty()).then(|| text.to_owned())
}

fn wrong(field: &str, error: &dyn std::fmt::Display) -> Problem {
    Problem::at(
        &format!("webhook.{field}"),
        format!("{}.", capitalised(&error.to_string())),
    )
}

fn all(app: &App) -> Result<Vec<Secrets>, Problem> {
    let mut known = Vec::new();
    {
        let inner = app.held();
        let ledger = inner.ledger()?;
        for connection in ledger.connections()? {
            if hints(ledger, &connection.id)?.is_some() {
                known.push(connection.id);
            }
        }
    }
    known
        .iter()
        .map(|id| app.read_safe(|safe| secrets(safe, id)))
        .collect()
}

fn secrets(safe: &Safe, connection: &str) -> Result<Secrets, Problem> {
    let text = |part| match safe.get(&account(connection, part))? {
        Some(text) => Ok(text.to_string()),
        None => Err(Problem::new(
            ProblemCode::SecretsMissing,
            "The webhook secrets of a connection are not on this computer. Open Settings and enter them again.",
        )),
    };
    let broken = |e: &dyn std::fmt::Display| Problem::internal(e.to_string());
    let secret = EncryptionSecret::parse(text(SECRET)?).map_err(|e| broken(&e))?;
    let salt = EncryptionSalt::parse(text(SALT)?).map_err(|e| broken(&e))?;
    Ok(Secrets {
        signature: WebhookSignatureSecret::parse(text(SIGNATURE)?).map_err(|e| broken(&e))?,
        key: WebhookKey::derive(&secret, &salt),
    })
}

fn freshness(seen: Freshness) -> FreshnessView {
    let (kind, ms) = match seen {
        Freshness::Fresh => (FreshnessKind::Fresh, 0),
        Freshness::Old(ms) => (FreshnessKind::Old, ms),
        Freshness::Ahead(ms) => (FreshnessKind::Ahead, ms),
        Freshness::Unknown => (FreshnessKind::Unknown, 0),
    };
    FreshnessView { kind, ms }
}
