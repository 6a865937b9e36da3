//! How fast each connection is sent through, as the officer set it.

use std::ops::RangeInclusive;

use dispatch::pace::Rate;
use ledger::Ledger;

use crate::error::Problem;
use crate::wire::Pace;

const PER_MINUTE: RangeInclusive<u32> = 1..=60_000;
const IN_FLIGHT: RangeInclusive<u32> = 1..=64;

/// What was saved for a connection, or the usual pace.
pub(crate) fn of(ledger: &Ledger, connection: &str) -> Result<Pace, Problem> {
    let saved = ledger.value(&setting(connection))?;
    let saved = saved.and_then(|json| serde_json::from_str::<Pace>(&json).ok());
    Ok(saved
        .filter(|pace| check(*pace).is_ok())
        .unwrap_or_else(|| Rate::default().into()))
}

pub(crate) fn save(ledger: &Ledger, connection: &str, pace: Pace) -> Result<(), Problem> {
    check(pace)?;
    let json = serde_json::to_string(&pace).map_err(|e| Problem::internal(e.to_string()))?;
    Ok(ledger.set_value(&setting(connection), &json)?)
}

impl From<Pace> for Rate {
    fn from(pace: Pace) -> Self {
        Self {
            per_minute: pace.per_minute,
            in_flight: pace.in_flight,
        }
    }
}

impl From<Rate> for Pace {
    fn from(rate: Rate) -> Self {
        Self {
            per_minute: rate.per_minute,
            in_flight: rate.in_flight,
        }
    }
}

fn check(pace: Pace) -> Result<(), Problem> {
    if !PER_MINUTE.contains(&pace.per_minute) {
        return Err(Problem::at(
            "perMinute",
            "Choose between 1 and 60,000 requests a minute.",
        ));
    }
    if !IN_FLIGHT.contains(&pace.in_flight) {
        return Err(Problem::at(
            "inFlight",
            "Choose between 1 and 64 requests at once.",
        ));
    }
    Ok(())
}

fn setting(connection: &str) -> String {
    format!("pace:{connection}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use ledger::LedgerKey;

    #[test]
    fn a_pace_is_kept_for_its_connection_and_bounded() {
        let dir = tempfile::tempdir().unwrap();
        let key = LedgerKey::generate().unwrap();
        let ledger = Ledger::create(&dir.path().join("l.db"), &key).unwrap();
        let pace = |per_minute, in_flight| Pace {
            per_minute,
            in_flight,
        };
        assert_eq!(of(&ledger, "a").unwrap(), pace(60, 4));
        save(&ledger, "a", pace(60_000, 64)).unwrap();
        assert_eq!(of(&ledger, "a").unwrap(), pace(60_000, 64));
        assert_eq!(of(&ledger, "b").unwrap(), pace(60, 4));
        for (wrong, field) in [
            (pace(0, 4), "perMinute"),
            (pace(60_001, 4), "perMinute"),
            (pace(60, 0), "inFlight"),
            (pace(60, 65), "inFlight"),
        ] {
            let problem = save(&ledger, "a", wrong).unwrap_err();
            assert_eq!(problem.field.as_deref(), Some(field));
        }
        assert_eq!(of(&ledger, "a").unwrap(), pace(60_000, 64));
    }
}
