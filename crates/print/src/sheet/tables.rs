//! The tables of a sheet: people, attempts and events.

use ledger::{AttemptResult, EventKind};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error;
use serde_json::Value as Json;

use super::{Column, Row, SHORT_TEXT, Section, Table, Text, Writer, plain};
use crate::moment::utc;
use crate::page::{Attempt, Event, Page};

/// How many rows of each table are printed, and how many words of a row.
const PEOPLE: usize = 2_000;
const ATTEMPTS: usize = 200;
const EVENTS: usize = 500;
const MESSAGES: usize = 5;
const DETAILS: usize = 8;

/// Longer strings in an event's detail are ids, hashes and addresses that stand elsewhere on the page.
const SHORT_DETAIL: usize = 24;

const NUMBER: &str = "#";
const UTC: &str = "UTC";

impl Writer<'_> {
    pub(super) fn people(&self, page: &Page) -> Section {
        let p = self.phrases;
        let rows = page
            .people
            .iter()
            .take(PEOPLE)
            .enumerate()
            .map(|(index, person)| Row {
                cells: vec![
                    plain((index + 1).to_string()),
                    self.plain(&person.contact),
                    self.mono(&person.id),
                    self.mono(&person.link),
                ],
                notes: Vec::new(),
            });
        Section {
            table: Some(Table {
                columns: columns([(NUMBER, 0.9), (p.contact, 5.0), (p.id, 4.8), (p.link, 9.8)]),
                rows: rows.collect(),
            }),
            remark: self.more(page.people.len(), PEOPLE),
            ..Section::new(p.people_asked)
        }
    }

    pub(super) fn attempts(&self, attempts: &[Attempt]) -> Section {
        let p = self.phrases;
        if attempts.is_empty() {
            return Section {
                remark: Some(p.never_attempted.to_owned()),
                ..Section::new(p.attempts)
            };
        }
        let rows = attempts
            .iter()
            .take(ATTEMPTS)
            .map(|attempt| self.attempt(attempt));
        Section {
            table: Some(Table {
                columns: columns([
                    (NUMBER, 0.7),
                    (p.local_time, 4.6),
                    (UTC, 4.6),
                    (p.outcome, 4.6),
                    (p.server_clock, 5.5),
                ]),
                rows: rows.collect(),
            }),
            remark: self.more(attempts.len(), ATTEMPTS),
            ..Section::new(p.attempts)
        }
    }

    fn attempt(&self, attempt: &Attempt) -> Row {
        let p = self.phrases;
        let mut outcome = (p.result)(attempt.result).to_owned();
        if let Some(status) = attempt.status {
            outcome.push_str(&format!(" · {status}"));
        }
        if let Some(took) = attempt
            .ended_at_ms
            .and_then(|end| end.checked_sub(attempt.started_at_ms))
            .filter(|took| attempt.result != AttemptResult::Running && *took >= 0)
        {
            outcome.push_str(&format!(" · {took} ms"));
        }
        let mut notes = Vec::new();
        if let Some(reason) = &attempt.reason {
            notes.push((p.reason, self.plain(reason)));
        }
        if let Some(id) = &attempt.server_request_id {
            notes.push((p.server_request_id, self.mono(id)));
        }
        for message in attempt.messages.iter().take(MESSAGES) {
            notes.push((p.said, self.plain(message)));
        }
        if let Some(more) = self.more(attempt.messages.len(), MESSAGES) {
            notes.push((p.said, plain(more)));
        }
        Row {
            cells: vec![
                plain(attempt.number.to_string()),
                plain(self.clock.local(attempt.started_at_ms)),
                plain(utc(attempt.started_at_ms)),
                plain(outcome),
                self.text(
                    attempt.server_date.as_deref().unwrap_or_default(),
                    SHORT_TEXT,
                    false,
                ),
            ],
            notes,
        }
    }

    pub(super) fn events(&self, events: &[Event]) -> Section {
        let p = self.phrases;
        let rows = events.iter().take(EVENTS).map(|event| Row {
            cells: vec![
                plain(event.sequence.to_string()),
                plain(self.clock.local(event.at_ms)),
                plain(utc(event.at_ms)),
                self.kind(&event.kind),
                self.detail(&event.detail),
            ],
            notes: Vec::new(),
        });
        Section {
            table: Some(Table {
                columns: columns([
                    (NUMBER, 1.2),
                    (p.local_time, 4.4),
                    (UTC, 4.4),
                    (p.event, 4.4),
                    (p.detail, 5.6),
                ]),
                rows: rows.collect(),
            }),
            remark: self.more(events.len(), EVENTS),
            ..Section::new(p.events)
        }
    }

    fn kind(&self, kind: &str) -> Text {
        let known = EventKind::deserialize(kind.into_deserializer());
        match known.map_err(|_: Error| kind) {
            Ok(known) => plain((self.phrases.kind)(known)),
            Err(kind) => self.text(kind, SHORT_TEXT, false),
        }
    }

    /// The short members of a detail, under their own names.
    fn detail(&self, detail: &str) -> Text {
        let Ok(Json::Object(members)) = serde_json::from_str(detail) else {
            return self.text(detail, SHORT_TEXT, false);
        };
        let told: Vec<String> = members
            .iter()
            .filter_map(|(name, value)| match value {
                Json::Bool(_) | Json::Number(_) => Some(format!("{name} {value}")),
                Json::String(text) if text.chars().count() <= SHORT_DETAIL => {
                    Some(format!("{name} {text}"))
                }
                _ => None,
            })
            .take(DETAILS)
            .collect();
        let visible = self.letters.show(&told.join(" · "), SHORT_TEXT);
        self.joined(visible.pieces, visible.left_off, false)
    }
}

fn columns<const N: usize>(columns: [(&'static str, f32); N]) -> Vec<Column> {
    columns
        .into_iter()
        .map(|(title, share)| Column { title, share })
        .collect()
}
