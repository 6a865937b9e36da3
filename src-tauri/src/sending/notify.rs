//! What the system tells the officer of a batch.

use ledger::Batch;

use crate::review::grouped;

/// A notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Notice {
    pub(crate) title: String,
    pub(crate) text: String,
}

impl Notice {
    /// Nothing is left to send.
    pub(super) fn of_end(batch: &Batch) -> Self {
        let counts = &batch.counts;
        let need = counts.refused.people + counts.unknown.people + counts.not_sent.people;
        let asked = counts.accepted.people;
        let of = asked + need + counts.planned.people + counts.sending.people;
        let need = match need {
            0 => String::new(),
            1 => " 1 needs you.".to_owned(),
            need => format!(" {} need you.", grouped(need)),
        };
        let text = format!(
            "{}: {} of {} people asked.{need}",
            batch.name,
            grouped(asked),
            grouped(of)
        );
        Self::new(text)
    }

    /// It does not go on, and the officer did not ask for that.
    pub(super) fn of_pause(batch: &Batch) -> Self {
        let text = format!("{} is paused. {}", batch.name, batch.why);
        Self::new(text.trim_end().to_owned())
    }

    fn new(text: String) -> Self {
        Self {
            title: "Countersign".to_owned(),
            text,
        }
    }
}

#[cfg(test)]
mod tests {
    use ledger::{BatchCounts, BatchState, Count};

    use super::*;

    fn batch(name: &str, accepted: u64, refused: u64, unknown: u64) -> Batch {
        let count = |people| Count {
            requests: people,
            people,
        };
        Batch {
            id: String::new(),
            connection_id: String::new(),
            connection_name: String::new(),
            name: name.to_owned(),
            practice: true,
            created_at_ms: 0,
            people: 0,
            requests: 1_200,
            per_minute: 60,
            in_flight: 4,
            state: BatchState::Finished,
            why: "There is no connection.".to_owned(),
            ended_at_ms: None,
            counts: BatchCounts {
                accepted: count(accepted),
                refused: count(refused),
                unknown: count(unknown),
                // Taken back, so neither asked nor in need of anybody.
                cancelled: count(7),
                ..BatchCounts::default()
            },
        }
    }

    #[test]
    fn the_end_says_who_was_asked_and_who_needs_the_officer() {
        let said = |batch| Notice::of_end(&batch).text;
        assert_eq!(
            said(batch("Client onboarding", 1_188, 1, 1)),
            "Client onboarding: 1,188 of 1,190 people asked. 2 need you."
        );
        assert_eq!(said(batch("Terms", 2, 0, 0)), "Terms: 2 of 2 people asked.");
    }

    #[test]
    fn a_pause_says_why() {
        assert_eq!(
            Notice::of_pause(&batch("Terms", 0, 0, 0)).text,
            "Terms is paused. There is no connection."
        );
    }
}
