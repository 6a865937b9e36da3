//! Connections: where requests go and with which keys. Keys go to the safe and stay there.

use humanos::{
    ApiCredentials, ApiKey, ApiVersion, BaseUrl, Client, Endpoint, Failure, Proxy, SignatureSecret,
};
use ledger::Connection;
use tauri::State;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::adapters::clock::now_ms;
use crate::adapters::safe::Safe;
use crate::error::{Problem, ProblemCode};
use crate::pace;
use crate::practice::PRACTICE;
use crate::state::{App, capitalised};
use crate::webhooks;
use crate::wire::{ConnectionForm, ConnectionTest, ConnectionView, Pace};

const CURRENT: &str = "connection";

#[tauri::command(async)]
pub(crate) fn connections(app: State<'_, App>) -> Result<Vec<ConnectionView>, Problem> {
    all(&app)
}

#[tauri::command(async)]
pub(crate) fn save_connection(
    app: State<'_, App>,
    form: ConnectionForm,
) -> Result<ConnectionView, Problem> {
    let mut inner = app.held();
    let (ledger, safe) = inner.opened()?;
    let stored = match &form.id {
        Some(id) => Some(
            ledger
                .connection(id)?
                .ok_or_else(|| Problem::gone("connection"))?,
        ),
        None => None,
    };
    let (connection, keys) = parse(form, stored)?;
    // Keys first: a connection without its keys would look ready and not be.
    for (account, secret) in keys {
        safe.put(&account, &secret)?;
    }
    ledger.save_connection(&connection)?;
    let id = connection.id;
    drop(inner);
    all(&app)?
        .into_iter()
        .find(|view| view.id == id)
        .ok_or_else(|| Problem::gone("connection"))
}

#[tauri::command(async)]
pub(crate) fn remove_connection(app: State<'_, App>, id: &str) -> Result<(), Problem> {
    if app.sending()?.is_using(id) {
        return Err(Problem::new(
            ProblemCode::ConnectionFailed,
            "A batch is being sent through this connection. Stop it first.",
        ));
    }
    let mut inner = app.held();
    let (ledger, safe) = inner.opened()?;
    safe.remove(&api_key_account(id))?;
    safe.remove(&signature_secret_account(id))?;
    webhooks::remove(ledger, safe, id)?;
    ledger.remove_connection(id)?;
    if ledger.value(CURRENT)?.as_deref() == Some(id) {
        ledger.set_value(CURRENT, PRACTICE)?;
    }
    Ok(())
}

#[tauri::command(async)]
pub(crate) fn use_connection(app: State<'_, App>, id: &str) -> Result<(), Problem> {
    let inner = app.held();
    let ledger = inner.ledger()?;
    if id != PRACTICE && ledger.connection(id)?.is_none() {
        return Err(Problem::gone("connection"));
    }
    Ok(ledger.set_value(CURRENT, id)?)
}

/// A signed `GET /request`: proves address, keys and clock in one call, and changes nothing.
#[tauri::command]
pub(crate) async fn test_connection(
    app: State<'_, App>,
    id: String,
) -> Result<ConnectionTest, Problem> {
    tested(&client(&app, &id)?).await
}

#[tauri::command(async)]
pub(crate) fn save_pace(
    app: State<'_, App>,
    connection: &str,
    pace: Pace,
) -> Result<Pace, Problem> {
    let inner = app.held();
    let ledger = inner.ledger()?;
    if connection != PRACTICE && ledger.connection(connection)?.is_none() {
        return Err(Problem::gone("connection"));
    }
    pace::save(ledger, connection, pace)?;
    app.sending()?.set_pace(connection, pace);
    Ok(pace)
}

/// What a connection answers to a call that changes nothing.
pub(crate) async fn tested(client: &Client) -> Result<ConnectionTest, Problem> {
    let reply = match client.list(now_ms()).await {
        Ok(reply) => reply,
        Err(Failure::Refused {
            reply, messages, ..
        }) => {
            let said = if messages.is_empty() {
                String::new()
            } else {
                format!(" ({})", messages.join("; "))
            };
            let what = match reply.status {
                401 => {
                    "The server did not accept the keys or the clock. Check the API key, the signature secret and this computer's time."
                }
                403 => "The server does not allow this key to list requests.",
                404 => "Nothing answers at this address. Check the base URL.",
                429 => "The server asks to wait before the next call.",
                _ => "The server refused.",
            };
            return Ok(test_of(reply, format!("{what}{said}")));
        }
        Err(failure) => {
            return Err(Problem::new(
                ProblemCode::ConnectionFailed,
                format!("{}.", capitalised(&failure.to_string())),
            ));
        }
    };
    Ok(test_of(
        reply,
        "It works: the server accepted the keys and the signature.".to_owned(),
    ))
}

/// The connection that new requests use.
pub(crate) fn current(app: &App) -> Result<ConnectionView, Problem> {
    all(app)?
        .into_iter()
        .find(|view| view.current)
        .ok_or_else(|| {
            Problem::new(
                ProblemCode::UnknownItem,
                "Choose a connection in Settings first.",
            )
        })
}

/// The practice connection, as the one in use.
pub(crate) fn practice(base_url: String, pace: Pace) -> ConnectionView {
    ConnectionView {
        id: PRACTICE.to_owned(),
        name: "Practice".to_owned(),
        base_url,
        api_version: ApiVersion::CONTACTS_ERA.to_owned(),
        proxy: String::new(),
        has_ca: false,
        practice: true,
        api_key_hint: String::new(),
        api_key_fingerprint: String::new(),
        secret_hint: String::new(),
        secret_fingerprint: String::new(),
        kept: None,
        current: true,
        pace,
        webhook: None,
    }
}

/// A client for a connection, with its keys read from the safe at this moment.
pub(crate) fn client(app: &App, id: &str) -> Result<Client, Problem> {
    let (endpoint, credentials) = match (&app.practice, id) {
        (Some(practice), PRACTICE) => (practice.endpoint()?, practice.credentials()?),
        (None, PRACTICE) => return Err(no_practice()),
        _ => stored(app, id)?,
    };
    Client::new(endpoint, credentials).map_err(|error| {
        Problem::new(
            ProblemCode::ConnectionFailed,
            format!("{}.", capitalised(&error.to_string())),
        )
    })
}

/// The version of a stored connection.
pub(crate) fn version(text: &str) -> Result<ApiVersion, Problem> {
    ApiVersion::parse(text)
        .map_err(|error| Problem::at("connection.apiVersion", capitalised(&error.to_string())))
}

fn stored(app: &App, id: &str) -> Result<(Endpoint, ApiCredentials), Problem> {
    let connection = app
        .held()
        .ledger()?
        .connection(id)?
        .ok_or_else(|| Problem::gone("connection"))?;
    let credentials = app.read_safe(|safe| credentials(safe, id))?;
    Ok((endpoint(&connection)?, credentials))
}

fn credentials(safe: &Safe, id: &str) -> Result<ApiCredentials, Problem> {
    let api_key = secret(safe, &api_key_account(id))?;
    let signature_secret = secret(safe, &signature_secret_account(id))?;
    Ok(ApiCredentials {
        api_key: ApiKey::parse(api_key.to_string()).map_err(|_| missing())?,
        signature_secret: SignatureSecret::parse(signature_secret.to_string())
            .map_err(|_| missing())?,
    })
}

fn secret(safe: &Safe, account: &str) -> Result<Zeroizing<String>, Problem> {
    safe.get(account)?.ok_or_else(missing)
}

fn missing() -> Problem {
    Problem::new(
        ProblemCode::SecretsMissing,
        "The keys of this connection are not on this computer. Open Settings, edit the connection and enter them again.",
    )
}

fn no_practice() -> Problem {
    Problem::new(
        ProblemCode::ConnectionFailed,
        "The practice server did not start. Restart Countersign; if it happens again, another program may block local ports.",
    )
}

fn endpoint(connection: &Connection) -> Result<Endpoint, Problem> {
    let field = |name: &str, error: &dyn std::fmt::Display| {
        Problem::at(
            &format!("connection.{name}"),
            format!("{}.", capitalised(&error.to_string())),
        )
    };
    Ok(Endpoint {
        base_url: BaseUrl::parse(&connection.base_url).map_err(|e| field("baseUrl", &e))?,
        version: ApiVersion::parse(&connection.api_version).map_err(|e| field("apiVersion", &e))?,
        proxy: Proxy::parse(&connection.proxy).map_err(|e| field("proxy", &e))?,
        ca_pem: (!connection.ca_pem.is_empty()).then(|| connection.ca_pem.clone().into_bytes()),
    })
}

type Keys = Vec<(String, Zeroizing<String>)>;

fn parse(form: ConnectionForm, stored: Option<Connection>) -> Result<(Connection, Keys), Problem> {
    let name = form.name.trim();
    if name.is_empty() {
        return Err(Problem::at(
            "connection.name",
            "Give the connection a name.",
        ));
    }
    let fresh = stored.is_none();
    let mut connection = stored.unwrap_or_else(|| Connection {
        id: Uuid::new_v4().to_string(),
        name: String::new(),
        base_url: String::new(),
        api_version: String::new(),
        proxy: String::new(),
        ca_pem: String::new(),
        api_key_hint: String::new(),
        api_key_fingerprint: String::new(),
        secret_hint: String::new(),
        secret_fingerprint: String::new(),
        created_at_ms: now_ms(),
    });
    connection.name = name.to_owned();
    connection.base_url = form.base_url.trim().to_owned();
    connection.api_version = form.api_version.trim().to_owned();
    connection.proxy = form.proxy.trim().to_owned();
    if let Some(pem) = form.ca_pem {
        connection.ca_pem = pem.trim().to_owned();
    }
    let target = endpoint(&connection)?;
    if !target.version.is_supported() {
        return Err(Problem::at(
            "connection.apiVersion",
            format!(
                "This app speaks {}. Choose one of these.",
                ApiVersion::SUPPORTED.join(", ")
            ),
        ));
    }
    let mut keys = Keys::new();
    let given = form.api_key.as_str().trim();
    if fresh || !given.is_empty() {
        let key = ApiKey::parse(given.to_owned()).map_err(|e| {
            Problem::at(
                "connection.apiKey",
                format!("{}.", capitalised(&e.to_string())),
            )
        })?;
        connection.api_key_hint = key.hint();
        connection.api_key_fingerprint = key.fingerprint();
        keys.push((
            api_key_account(&connection.id),
            Zeroizing::new(key.expose().to_owned()),
        ));
    }
    let given = form.signature_secret.as_str().trim();
    if fresh || !given.is_empty() {
        let secret = SignatureSecret::parse(given.to_owned()).map_err(|e| {
            Problem::at(
                "connection.signatureSecret",
                format!("{}.", capitalised(&e.to_string())),
            )
        })?;
        connection.secret_hint = secret.hint();
        connection.secret_fingerprint = secret.fingerprint();
        keys.push((
            signature_secret_account(&connection.id),
            Zeroizing::new(secret.expose().to_owned()),
        ));
    }
    // Building the client finds a CA file that is none before the first call does.
    Ok((connection, keys))
}

/// All of them, practice first.
pub(crate) fn all(app: &App) -> Result<Vec<ConnectionView>, Problem> {
    let inner = app.held();
    let ledger = inner.ledger()?;
    let current = ledger
        .value(CURRENT)?
        .unwrap_or_else(|| PRACTICE.to_owned());
    let kept = inner.keep();
    let address = app
        .practice
        .as_ref()
        .map(crate::practice::Practice::base_url);
    let mut views = vec![ConnectionView {
        current: current == PRACTICE,
        ..practice(address.unwrap_or_default(), pace::of(ledger, PRACTICE)?)
    }];
    for connection in ledger.connections()? {
        views.push(ConnectionView {
            current: current == connection.id,
            pace: pace::of(ledger, &connection.id)?,
            webhook: webhooks::hints(ledger, &connection.id)?,
            id: connection.id,
            name: connection.name,
            base_url: connection.base_url,
            api_version: connection.api_version,
            proxy: connection.proxy,
            has_ca: !connection.ca_pem.is_empty(),
            practice: false,
            api_key_hint: connection.api_key_hint,
            api_key_fingerprint: connection.api_key_fingerprint,
            secret_hint: connection.secret_hint,
            secret_fingerprint: connection.secret_fingerprint,
            kept,
        });
    }
    Ok(views)
}

fn test_of(reply: humanos::Reply, message: String) -> ConnectionTest {
    let at = reply.server_date.as_deref().and_then(|date| {
        jiff::fmt::rfc2822::parse(date)
            .ok()
            .map(|at| at.timestamp().as_millisecond())
    });
    ConnectionTest {
        status: reply.status,
        message,
        server_date: reply.server_date,
        clock_skew_ms: at.map(|at| now_ms() - at),
    }
}

fn api_key_account(id: &str) -> String {
    format!("connection/{id}/api-key")
}

fn signature_secret_account(id: &str) -> String {
    format!("connection/{id}/signature-secret")
}
