//! The words of the paper in each language. A phrase or a kind that one language lacks does not compile.

mod en;
mod es;
mod fr;
mod pt;

use ledger::{AttemptResult, EventKind, State};
use receipts::Field;

use crate::page::ResourceKind;

/// A language the paper can be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    English,
    /// Portuguese, as in Portugal.
    Portuguese,
    /// Spanish.
    Spanish,
    /// French.
    French,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 4] = [Self::English, Self::Portuguese, Self::Spanish, Self::French];

    /// Its ISO 639-1 code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Portuguese => "pt",
            Self::Spanish => "es",
            Self::French => "fr",
        }
    }

    /// The language of an ISO 639-1 code, if it is one of these.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == code)
    }

    pub(crate) fn phrases(self) -> &'static Phrases {
        match self {
            Self::English => &en::PHRASES,
            Self::Portuguese => &pt::PHRASES,
            Self::Spanish => &es::PHRASES,
            Self::French => &fr::PHRASES,
        }
    }
}

/// In which order a day is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateOrder {
    /// `2 Jan 2026, 01:00:00.000`
    Named,
    /// `02/01/2026 01:00:00,000`
    Slashed,
}

/// All words in one language. `{n}`, `{m}`, `{zone}` and `{fields}` stand for what is put in.
pub(crate) struct Phrases {
    pub(crate) date_order: DateOrder,
    pub(crate) months: [&'static str; 12],

    pub(crate) title: &'static str,
    pub(crate) interim: &'static str,
    pub(crate) practice: &'static str,
    pub(crate) masked: &'static str,
    pub(crate) clock: &'static str,
    pub(crate) page: &'static str,

    pub(crate) who_asked: &'static str,
    pub(crate) officer: &'static str,
    pub(crate) organisation: &'static str,
    pub(crate) connection: &'static str,
    pub(crate) receipt_made: &'static str,

    pub(crate) what_was_asked: &'static str,
    pub(crate) name: &'static str,
    pub(crate) level: &'static str,
    pub(crate) asked_to: &'static str,
    pub(crate) unreadable: &'static str,
    pub(crate) credentials: &'static str,
    pub(crate) outcome: &'static str,
    pub(crate) planned: &'static str,
    pub(crate) request_id: &'static str,
    pub(crate) humanos_id: &'static str,
    pub(crate) internal_id: &'static str,
    pub(crate) endpoint: &'static str,
    pub(crate) api_version: &'static str,
    pub(crate) idempotency_key: &'static str,
    pub(crate) body: &'static str,
    pub(crate) bytes: &'static str,

    pub(crate) people_asked: &'static str,
    pub(crate) contact: &'static str,
    pub(crate) id: &'static str,
    pub(crate) link: &'static str,

    pub(crate) attempts: &'static str,
    pub(crate) local_time: &'static str,
    pub(crate) server_clock: &'static str,
    pub(crate) reason: &'static str,
    pub(crate) server_request_id: &'static str,
    pub(crate) said: &'static str,
    pub(crate) never_attempted: &'static str,

    pub(crate) events: &'static str,
    pub(crate) event: &'static str,
    pub(crate) detail: &'static str,

    pub(crate) evidence: &'static str,
    pub(crate) head: &'static str,
    pub(crate) head_over: &'static str,
    pub(crate) timestamped: &'static str,
    pub(crate) not_timestamped: &'static str,
    pub(crate) device_key: &'static str,
    pub(crate) key_fingerprint: &'static str,
    pub(crate) attached_file: &'static str,

    pub(crate) how_to_verify: &'static str,
    pub(crate) verify_in_app: &'static str,
    pub(crate) verify_in_terminal: &'static str,
    pub(crate) verify_without: &'static str,

    pub(crate) none: &'static str,
    pub(crate) more_characters: &'static str,
    pub(crate) more_rows: &'static str,

    pub(crate) state: fn(State) -> &'static str,
    pub(crate) result: fn(AttemptResult) -> &'static str,
    pub(crate) kind: fn(EventKind) -> &'static str,
    pub(crate) resource: fn(ResourceKind) -> &'static str,
    pub(crate) field: fn(Field) -> &'static str,
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// Every phrase with its name, in the order of the struct.
    fn all(p: &Phrases) -> Vec<(&'static str, &'static str)> {
        macro_rules! fields {
            ($($name:ident),* $(,)?) => { vec![$((stringify!($name), p.$name)),*] };
        }
        let mut all = fields![
            title,
            interim,
            practice,
            masked,
            clock,
            page,
            who_asked,
            officer,
            organisation,
            connection,
            receipt_made,
            what_was_asked,
            name,
            level,
            asked_to,
            unreadable,
            credentials,
            outcome,
            planned,
            request_id,
            humanos_id,
            internal_id,
            endpoint,
            api_version,
            idempotency_key,
            body,
            bytes,
            people_asked,
            contact,
            id,
            link,
            attempts,
            local_time,
            server_clock,
            reason,
            server_request_id,
            said,
            never_attempted,
            events,
            event,
            detail,
            evidence,
            head,
            head_over,
            timestamped,
            not_timestamped,
            device_key,
            key_fingerprint,
            attached_file,
            how_to_verify,
            verify_in_app,
            verify_in_terminal,
            verify_without,
            none,
            more_characters,
            more_rows,
        ];
        all.extend(p.months.map(|month| ("month", month)));
        for state in [
            State::Planned,
            State::Sending,
            State::Accepted,
            State::Refused,
            State::Unknown,
            State::NotSent,
            State::Cancelled,
        ] {
            all.push(("state", (p.state)(state)));
        }
        for result in [
            AttemptResult::Running,
            AttemptResult::Accepted,
            AttemptResult::Refused,
            AttemptResult::Unknown,
            AttemptResult::NotSent,
        ] {
            all.push(("result", (p.result)(result)));
        }
        for kind in [
            EventKind::Planned,
            EventKind::AttemptStarted,
            EventKind::ReplyReceived,
            EventKind::NoReply,
            EventKind::NotSent,
            EventKind::Recovered,
            EventKind::Returned,
            EventKind::SessionOpened,
            EventKind::PayloadOpened,
            EventKind::PayloadKept,
            EventKind::Strayed,
            EventKind::StatusSeen,
            EventKind::PutBack,
            EventKind::Replaced,
            EventKind::Replaces,
            EventKind::AllowedAgain,
            EventKind::Cancelled,
            EventKind::Resent,
            EventKind::CodeRevealed,
            EventKind::Exported,
            EventKind::ConnectionSaved,
            EventKind::ConnectionRemoved,
            EventKind::Verified,
            EventKind::PackExported,
            EventKind::DeviceKeyMade,
        ] {
            all.push(("kind", (p.kind)(kind)));
        }
        for kind in [
            ResourceKind::Resource,
            ResourceKind::Group,
            ResourceKind::Credential,
        ] {
            all.push(("resource", (p.resource)(kind)));
        }
        for field in [
            Field::Body,
            Field::Contacts,
            Field::Links,
            Field::Names,
            Field::Replies,
        ] {
            all.push(("field", (p.field)(field)));
        }
        all
    }

    #[test]
    fn a_code_names_its_language() {
        for language in Language::ALL {
            assert_eq!(Language::from_code(language.code()), Some(language));
        }
        assert_eq!(Language::from_code("de"), None);
    }

    #[test]
    fn no_language_lacks_a_phrase() {
        let english = all(Language::English.phrases());
        for language in Language::ALL {
            for ((name, phrase), (_, original)) in all(language.phrases()).iter().zip(&english) {
                assert!(!phrase.trim().is_empty(), "{} {name}", language.code());
                for stand_in in ["{n}", "{m}", "{zone}", "{fields}", "countersign verify"] {
                    assert_eq!(
                        phrase.contains(stand_in),
                        original.contains(stand_in),
                        "{} {name}",
                        language.code()
                    );
                }
            }
        }
    }

    #[test]
    fn sentences_are_translated() {
        for language in &Language::ALL[1..] {
            let english = all(Language::English.phrases());
            for ((name, phrase), (_, original)) in all(language.phrases()).iter().zip(&english) {
                let is_sentence = original.split(' ').count() > 2;
                assert!(
                    !is_sentence || phrase != original,
                    "{} {name}",
                    language.code()
                );
            }
        }
    }

    #[test]
    fn kinds_are_told_apart() {
        for language in Language::ALL {
            for group in ["kind", "state", "result", "month", "field"] {
                let phrases: Vec<_> = all(language.phrases())
                    .into_iter()
                    .filter(|(name, _)| *name == group)
                    .collect();
                let distinct: HashSet<_> = phrases.iter().collect();
                assert_eq!(distinct.len(), phrases.len(), "{} {group}", language.code());
            }
        }
    }
}
