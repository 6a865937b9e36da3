//! English.

use ledger::{AttemptResult, EventKind, State};
use receipts::Field;

use super::{DateOrder, Phrases};
use crate::page::ResourceKind;

pub(super) const PHRASES: Phrases = Phrases {
    date_order: DateOrder::Named,
    months: [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ],

    title: "Receipt of a request",
    interim: "Interim: the outcome is still open",
    practice: "Practice: nobody was asked",
    masked: "Masked on export: {fields}",
    clock: "Times are given twice: on the asker's clock, {zone}, as day month year, hours:minutes:seconds.milliseconds; and in UTC, as year-month-day.",
    page: "Page {n} of {m}",

    who_asked: "Who asked",
    officer: "Officer",
    organisation: "Organisation",
    connection: "Connection",
    receipt_made: "Receipt made",

    what_was_asked: "What was asked",
    name: "Name",
    level: "Security level",
    asked_to: "Asked for",
    unreadable: "masked, or not to be read",
    credentials: "Credentials made",
    outcome: "Outcome",
    planned: "Written down",
    request_id: "Request",
    humanos_id: "Id at Humanos",
    internal_id: "Own reference",
    endpoint: "Endpoint",
    api_version: "API version",
    idempotency_key: "Idempotency key",
    body: "Body, SHA-256",
    bytes: "{n} bytes",

    people_asked: "People asked",
    contact: "Contact",
    id: "Id",
    link: "Link",

    attempts: "Attempts and replies",
    local_time: "Asker's clock",
    server_clock: "Server's clock",
    reason: "No answer",
    server_request_id: "Server's id",
    said: "Humanos said",
    never_attempted: "No attempt was made.",

    events: "What happened",
    event: "Event",
    detail: "Detail",

    evidence: "Evidence",
    head: "Head of the ledger",
    head_over: "over {n} events",
    timestamped: "with a timestamp of an outside authority",
    not_timestamped: "without an outside timestamp",
    device_key: "Device key",
    key_fingerprint: "Its fingerprint",
    attached_file: "receipt.json, SHA-256",

    how_to_verify: "How to verify",
    verify_in_app: "In the app: drop this file on the window of Countersign.",
    verify_in_terminal: "In a terminal, without a network: countersign verify FILE",
    verify_without: "Without Countersign: save the attached receipt.json and follow docs/VERIFYING.md.",

    none: "none",
    more_characters: "… and {n} more characters",
    more_rows: "{n} more rows are in the attached receipt.json.",

    state,
    result,
    kind,
    resource,
    field,
};

fn state(state: State) -> &'static str {
    match state {
        State::Planned => "Not yet sent",
        State::Sending => "Being sent",
        State::Accepted => "Accepted: Humanos made the request",
        State::Refused => "Refused: Humanos did not make the request",
        State::Unknown => "Unknown: it may have arrived",
        State::NotSent => "Not sent: it certainly did not arrive",
        State::Cancelled => "Cancelled before it was sent",
    }
}

fn result(result: AttemptResult) -> &'static str {
    match result {
        AttemptResult::Running => "Under way",
        AttemptResult::Accepted => "Accepted",
        AttemptResult::Refused => "Refused",
        AttemptResult::Unknown => "Unknown",
        AttemptResult::NotSent => "Not sent",
    }
}

fn kind(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Planned => "Written down",
        EventKind::AttemptStarted => "Attempt started",
        EventKind::ReplyReceived => "Reply received",
        EventKind::NoReply => "No reply",
        EventKind::NotSent => "Not sent",
        EventKind::Recovered => "Found cut off",
        EventKind::Returned => "Person returned",
        EventKind::SessionOpened => "Person's page shown",
        EventKind::PayloadOpened => "Answer opened",
        EventKind::PayloadKept => "Answer not opened, kept",
        EventKind::Strayed => "Belongs to nothing here",
        EventKind::StatusSeen => "Status seen",
        EventKind::PutBack => "Sent again, same bytes",
        EventKind::Replaced => "Replaced by another",
        EventKind::Replaces => "Replaces another",
        EventKind::AllowedAgain => "Allowed again",
        EventKind::Cancelled => "Cancelled",
        EventKind::Resent => "Notified again",
        EventKind::CodeRevealed => "Code shown",
        EventKind::Exported => "Exported",
        EventKind::ConnectionSaved => "Connection saved",
        EventKind::ConnectionRemoved => "Connection removed",
        EventKind::Verified => "Receipt checked",
        EventKind::PackExported => "Exported with others",
        EventKind::DeviceKeyMade => "Device key made",
    }
}

fn resource(kind: ResourceKind) -> &'static str {
    match kind {
        ResourceKind::Resource => "resource",
        ResourceKind::Group => "workflow",
        ResourceKind::Credential => "credential",
    }
}

fn field(field: Field) -> &'static str {
    match field {
        Field::Body => "body",
        Field::Contacts => "contacts",
        Field::Links => "links",
        Field::Names => "names",
        Field::Replies => "replies",
    }
}
