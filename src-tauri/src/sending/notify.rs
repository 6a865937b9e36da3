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
            name(batch),
            grouped(asked),
            grouped(of)
        );
        Self::new(text)
    }

    /// It does not go on, and the officer did not ask for that.
    pub(super) fn of_pause(batch: &Batch) -> Self {
        let text = format!("{} is paused. {}", name(batch), batch.why);
        Self::new(text.trim_end().to_owned())
    }

    fn new(text: String) -> Self {
        Self {
            title: "Countersign".to_owned(),
            text,
        }
    }
}

fn name(batch: &Batch) -> String {
    if batch.name.is_empty() {
        format!("A batch of {} requests", grouped(batch.requests))
    } else {
        batch.name.clone()
    }
}
