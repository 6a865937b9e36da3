//! Time stamps of others (RFC 3161): off until the officer names an authority. It is asked at each export, and is told
//! nothing but a hash of the ledger's head.

use std::time::Duration;

use ledger::Ledger;
use receipts::{Head, timestamp};
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use reqwest::redirect::Policy;
use reqwest::{Client, Url};

use super::{Watch, ended};
use crate::error::{Problem, ProblemCode};
use crate::state::App;
use crate::wire::{ExportStep, Stamping};

/// The setting that holds the address.
const AUTHORITY: &str = "timestamp-url";
const FIELD: &str = "timestampUrl";
const LONGEST_ADDRESS: usize = 2_000;
/// An authority that takes longer holds up an export for nothing.
const PATIENCE: Duration = Duration::from_secs(15);
const LOOK: Duration = Duration::from_millis(100);

/// Who is asked, as the window shows it.
pub(crate) fn stamping(app: &App) -> Result<Stamping, Problem> {
    let url = authority(app.held().ledger()?)?;
    Ok(Stamping { url })
}

/// Keeps the address of the authority; a blank one turns time stamps off.
pub(crate) fn save_authority(app: &App, typed: &str) -> Result<Stamping, Problem> {
    let url = parsed(typed)?;
    app.held().ledger()?.set_value(AUTHORITY, &url)?;
    Ok(Stamping { url })
}

/// The address of the authority; blank where none is asked.
pub(super) fn authority(ledger: &Ledger) -> Result<String, Problem> {
    Ok(ledger.value(AUTHORITY)?.unwrap_or_default())
}

/// The authority's token over a head.
pub(super) fn ask(authority: &str, head: &Head, watch: &mut Watch<'_>) -> Result<Vec<u8>, Problem> {
    watch.step(ExportStep::Stamping);
    let mut nonce = [0; 16];
    getrandom::fill(&mut nonce).map_err(|error| Problem::internal(error.to_string()))?;
    let question = timestamp::request(head, &nonce);
    let answer = tauri::async_runtime::block_on(async {
        tokio::select! {
            answer = fetched(authority, question) => answer.map_err(|why| none(authority, &why)),
            problem = ending(watch) => Err(problem),
        }
    })?;
    timestamp::token(&answer, head, &nonce).map_err(|error| none(authority, &error.to_string()))
}

/// Comes back when the officer has had enough.
async fn ending(watch: &mut Watch<'_>) -> Problem {
    let mut look = tokio::time::interval(LOOK);
    loop {
        look.tick().await;
        if watch.at(0, 0).is_break() {
            return ended();
        }
    }
}

async fn fetched(authority: &str, question: Vec<u8>) -> Result<Vec<u8>, String> {
    let client = Client::builder()
        .timeout(PATIENCE)
        // What was agreed is one address.
        .redirect(Policy::none())
        .build()
        .map_err(|error| in_words(&error))?;
    let mut reply = client
        .post(authority)
        .header(CONTENT_TYPE, "application/timestamp-query")
        .header(ACCEPT, "application/timestamp-reply")
        .body(question)
        .send()
        .await
        .map_err(|error| in_words(&error))?;
    if !reply.status().is_success() {
        return Err(format!("it answered {}", reply.status()));
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = reply.chunk().await.map_err(|error| in_words(&error))? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > timestamp::MAX_RESPONSE_BYTES {
            return Err("its answer is longer than a time stamp can be".to_owned());
        }
    }
    Ok(bytes)
}

fn in_words(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        format!("no answer came within {} seconds", PATIENCE.as_secs())
    } else if error.is_connect() {
        "it cannot be reached".to_owned()
    } else {
        "the call failed".to_owned()
    }
}

fn none(authority: &str, why: &str) -> Problem {
    let host = Url::parse(authority).ok();
    let host = host.as_ref().and_then(Url::host_str).unwrap_or(authority);
    Problem::new(
        ProblemCode::ConnectionFailed,
        format!(
            "The time stamp authority {host} gave none: {why}. Export again later, or change the authority under Evidence."
        ),
    )
}

fn parsed(typed: &str) -> Result<String, Problem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(String::new());
    }
    let odd = |why: &str| Problem::at(FIELD, why);
    if typed.len() > LONGEST_ADDRESS {
        return Err(odd("This address is too long. Enter the authority's own."));
    }
    let url = Url::parse(typed).map_err(|_| {
        odd("Enter the whole address of the authority, beginning with https:// or http://.")
    })?;
    // Answers are signed, so plain HTTP, which most authorities use, gives nothing away but the asking.
    if !matches!(url.scheme(), "https" | "http") || url.host_str().is_none() {
        return Err(odd(
            "Enter an address that begins with https:// or http://.",
        ));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(odd(
            "Enter the address without a name and a password: it is not kept as a secret.",
        ));
    }
    Ok(url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_whole_and_holds_no_secret() {
        assert_eq!(parsed("  ").unwrap(), "");
        assert_eq!(
            parsed(" http://tsa.example.com/tsr ").unwrap(),
            "http://tsa.example.com/tsr"
        );
        for odd in [
            "tsa.example.com",
            "ftp://tsa.example.com",
            "file:///etc/passwd",
            "https://",
            "https://me:secret@tsa.example.com/",
            &format!("https://tsa.example.com/{}", "x".repeat(3_000)),
        ] {
            let problem = parsed(odd).unwrap_err();
            assert_eq!(problem.field.as_deref(), Some(FIELD), "{odd}");
        }
    }
}
