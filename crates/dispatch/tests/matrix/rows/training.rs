//! What the practice server does for ids known beforehand.

use sandbox::TRAINING_IDS;

use super::{FIRST_AND_DOUBT, FIRST_ONLY, KEY, LEFT, PLAN, again};
use crate::row::{Row, Strike};

/// Every training id, so that a new one must have its row.
pub(super) fn training() -> Vec<Row> {
    let rows = TRAINING_IDS.iter().map(|training| {
        let row = Row::new(
            "Training ids of the practice server",
            training.says,
            Strike::Training(training.id),
        );
        let status = training.status;
        let paused = |row: Row, batch, why| {
            let request = match batch {
                FIRST_ONLY => format!("not-sent: refused {status}"),
                _ => format!("unknown: unknown {status}"),
            };
            row.batch(batch).why(why).request(&request).asked("1 0 0")
        };
        match &training.id[21..] {
            "201" | "444" => again(row, "unknown"),
            "520" => again(row, "unknown 201"),
            "400" => row
                .batch("finished: 2 accepted, 1 refused")
                .request("refused: refused 400")
                .newest("resourcesIds.0 Resource … does not exist")
                .asked("1 0 1"),
            "409" => row
                .batch("finished: 2 accepted, 1 refused")
                .request("refused: refused 409")
                .newest(training.says)
                .asked("1 0 1"),
            "401" => paused(row, FIRST_ONLY, KEY).newest(training.says),
            "402" => paused(row, FIRST_ONLY, PLAN).newest(training.says),
            "429" => paused(
                row,
                FIRST_ONLY,
                "The server asks to wait 30 seconds. Resume after that.",
            )
            .newest("ThrottlerException: Too Many Requests"),
            "500" => row
                .batch(LEFT)
                .request("unknown: 5 × unknown 500")
                .newest(training.says)
                .asked("1 0 1"),
            "503" => paused(
                row,
                FIRST_AND_DOUBT,
                "The server asks to wait 5 seconds. Resume after that.",
            )
            .newest(training.says),
            _ => row,
        }
    });
    rows.collect()
}
