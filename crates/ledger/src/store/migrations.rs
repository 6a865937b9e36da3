//! The forms the file has had, each brought about by one script in one transaction,
//! and where SQL does not reach far enough, by [`chaining`] in the same.
//!
//! `user_version` is the number of scripts run: an app that knows fewer refuses the file. The hash
//! of each script is kept, so that a file made by an edited script is noticed, not misread.

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use sha2::{Digest, Sha256};

use super::chaining;
use crate::{LedgerError, hex};

/// "CSGN": marks the file as a ledger of this app.
const APPLICATION_ID: i32 = 0x4353_474e;

pub(super) const SCRIPTS: [&str; 8] = [
    include_str!("../../migrations/0001_first.sql"),
    include_str!("../../migrations/0002_lists.sql"),
    include_str!("../../migrations/0003_batches.sql"),
    include_str!("../../migrations/0004_sending.sql"),
    include_str!("../../migrations/0005_answers.sql"),
    include_str!("../../migrations/0006_replies.sql"),
    include_str!("../../migrations/0007_standing.sql"),
    include_str!("../../migrations/0008_evidence.sql"),
];

/// The script after which the events of before are still to be given their hashes.
const CHAINED: u32 = 8;

/// The newest version this build reads and writes.
pub(super) const KNOWN: u32 = SCRIPTS.len() as u32;

/// The version in the file. Reads the first page, so it fails when the key does not fit.
pub(super) fn version(link: &Connection) -> Result<u32, LedgerError> {
    // A zero-length or foreign database has no application id of ours.
    let (id, version): (i32, u32) = link.query_row(
        "SELECT application_id, user_version FROM pragma_application_id, pragma_user_version",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    if id != APPLICATION_ID {
        return Err(LedgerError::Damaged(
            "the file does not carry the ledger's mark".into(),
        ));
    }
    Ok(version)
}

/// Refuses a newer file, and one whose scripts were not these.
pub(super) fn judge(link: &Connection, version: u32) -> Result<(), LedgerError> {
    judge_by(link, version, &SCRIPTS)
}

/// Runs the scripts the file has not seen.
pub(super) fn run(link: &Connection) -> Result<(), LedgerError> {
    run_all(link, &SCRIPTS)
}

fn judge_by(link: &Connection, version: u32, scripts: &[&str]) -> Result<(), LedgerError> {
    let known = u32::try_from(scripts.len()).unwrap_or(u32::MAX);
    if version > known {
        return Err(LedgerError::NewerVersion {
            found: version,
            known,
        });
    }
    for (number, script) in (1..=version).zip(scripts) {
        let kept: Option<String> = link
            .query_row(
                "SELECT sha256 FROM migration WHERE number = ?1",
                [number],
                |r| r.get(0),
            )
            .optional()?;
        if kept.as_deref() != Some(hash(script).as_str()) {
            let what = format!("the file was made by another form of migration {number}");
            return Err(LedgerError::Damaged(what.into()));
        }
    }
    Ok(())
}

pub(super) fn run_all(link: &Connection, scripts: &[&str]) -> Result<(), LedgerError> {
    for (number, script) in (1_u32..).zip(scripts) {
        let change = Transaction::new_unchecked(link, TransactionBehavior::Immediate)?;
        // Read again under the lock: another process may have been faster.
        let at: u32 = change.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if at >= number {
            continue;
        }
        change.execute_batch(
            "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, sha256 TEXT NOT NULL) STRICT;",
        )?;
        change.execute_batch(script)?;
        if number == CHAINED {
            chaining::chain_old_events(&change)?;
        }
        change.execute(
            "INSERT INTO migration VALUES (?1, ?2)",
            params![number, hash(script)],
        )?;
        change.pragma_update(None, "application_id", APPLICATION_ID)?;
        change.pragma_update(None, "user_version", number)?;
        change.commit()?;
    }
    Ok(())
}

fn hash(script: &str) -> String {
    // Line ends differ between checkouts.
    hex(&Sha256::digest(script.replace("\r\n", "\n")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory() -> Connection {
        Connection::open_in_memory().unwrap()
    }

    #[test]
    fn a_script_that_fails_leaves_the_version_before_it() {
        let link = memory();
        let scripts = [
            "CREATE TABLE a (x);",
            "CREATE TABLE b (x); CREATE TABLE a (x);",
        ];
        assert!(run_all(&link, &scripts).is_err());
        assert_eq!(version(&link).unwrap(), 1);
        assert!(link.prepare("SELECT * FROM a").is_ok());
        assert!(
            link.prepare("SELECT * FROM b").is_err(),
            "half a migration was kept"
        );
    }

    #[test]
    fn an_edited_script_is_noticed() {
        let link = memory();
        run_all(&link, &["CREATE TABLE a (x);"]).unwrap();
        assert!(judge_by(&link, 1, &["CREATE TABLE a (x);"]).is_ok());
        let error = judge_by(&link, 1, &["CREATE TABLE a (y);"]).unwrap_err();
        assert!(matches!(error, LedgerError::Damaged(_)));
    }

    #[test]
    fn scripts_run_once_each() {
        let link = memory();
        run_all(&link, &["CREATE TABLE a (x);"]).unwrap();
        run_all(&link, &["CREATE TABLE a (x);", "CREATE TABLE b (x);"]).unwrap();
        assert_eq!(version(&link).unwrap(), 2);
    }

    #[test]
    fn requests_of_older_ledgers_keep_their_answers_and_where_they_stand() {
        let link = memory();
        run_all(&link, &SCRIPTS[..5]).unwrap();
        link.execute_batch(
            "INSERT INTO request (number, id, connection_id, connection_name, practice, url,
                 api_version, idempotency_key, body_sha256, name, internal_id, security_level,
                 pub_key, people, first_contact, state, created_at_ms)
             VALUES (7, 'r', '', '', 0, '', '', '', '', '', '', '', '', 2, '', 'accepted', 0),
                 (8, 'found', '', '', 0, '', '', 'k', '', '', '', '', '', 1, '', 'accepted', 0);
             UPDATE request SET again = 1, humanos_id = 'h-1' WHERE number = 7;
             INSERT INTO attempt VALUES
                 (7, 1, 1, 2, NULL, 'unknown', NULL, NULL, NULL, NULL, NULL, NULL, '[]', 'cut off'),
                 (7, 2, 3, 4, 5, 'refused', 429, 'slow', 's1', 'c1', 'd1', 'i1', '[\"slow\"]', NULL),
                 (7, 3, 6, 7, 8, 'accepted', 201, 'made', 's2', 'c2', 'd2', NULL, '[]', NULL),
                 (8, 1, 9, 9, NULL, 'accepted', NULL, NULL, NULL, NULL, NULL, NULL, '[]', 'later');
             INSERT INTO subject VALUES (7, 1, 's-1', 'b@x', NULL, NULL),
                 (7, 0, 's-0', 'a@x', 'https://x', '12'), (8, 0, 's-2', 'c@x', NULL, NULL);
             INSERT INTO credential VALUES (7, 0, 'c-0', 'Terms \"1\"', 'own');",
        )
        .unwrap();
        run_all(&link, &SCRIPTS).unwrap();
        let rows: Vec<String> = link
            .prepare(
                "SELECT concat_ws('|', request, attempt.number, timestamp_ms, started_at_ms,
                     ended_at_ms, result, status, reason, body, salt, commitment, server_date,
                     server_request_id, messages, subjects, credentials)
                 FROM attempt LEFT JOIN reply ON reply.number = attempt.reply ORDER BY 1",
            )
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        assert_eq!(
            rows,
            [
                "7|1|1|2|unknown|cut off".to_owned(),
                r#"7|2|3|4|5|refused|429|slow|s1|c1|d1|i1|["slow"]|[]|[]"#.to_owned(),
                r#"7|3|6|7|8|accepted|201|made|s2|c2|d2|[]|"#.to_owned()
                    + r#"[{"id":"s-0","contact":"a@x","link":"https://x","code":"12"},"#
                    + r#"{"id":"s-1","contact":"b@x","link":null,"code":null}]|"#
                    + r#"[{"id":"c-0","name":"Terms \"1\"","internalId":"own"}]"#,
                r#"8|1|9|9|accepted|later|[]|"#.to_owned()
                    + r#"[{"id":"s-2","contact":"c@x","link":null,"code":null}]|[]"#,
            ]
        );
        let standing: Vec<String> = link
            .prepare(
                "SELECT concat_ws('|', request, people, state, again, humanos_id)
                 FROM standing ORDER BY request",
            )
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        assert_eq!(standing, ["7|2|accepted|1|h-1", "8|1|accepted|0|"]);
    }

    #[test]
    fn events_of_older_ledgers_are_chained_as_they_are() {
        let link = memory();
        run_all(&link, &SCRIPTS[..7]).unwrap();
        link.execute_batch(
            "INSERT INTO request (number, id, connection_id, connection_name, practice, url,
                 api_version, idempotency_key, body_sha256, name, internal_id, security_level,
                 pub_key, people, first_contact, created_at_ms)
             VALUES (7, 'r', '', '', 0, '', '', '', '', '', '', '', '', 2, '', 0);
             INSERT INTO event VALUES (1, 7, 'planned', '{\"a\":1,\"b\":\"é\"}', 11),
                 (2, 7, 'status-seen', '{ \"b\": [1, {\"d\":0,\"c\":0}], \"a\": null }', 12),
                 (3, NULL, 'strayed', 'not json \"é\"', 13),
                 (4, 7, 'exported', '{\"a\":1.50}', 14),
                 (5, 7, 'exported', '{}', 15);",
        )
        .unwrap();
        run_all(&link, &SCRIPTS).unwrap();
        let rows: Vec<(String, [u8; 32])> = link
            .prepare(
                "SELECT concat_ws('|', sequence, coalesce(request, '-'), kind, detail, at_ms), hash
                 FROM event ORDER BY sequence",
            )
            .unwrap()
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        let texts: Vec<&str> = rows.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(
            texts,
            [
                r#"1|7|planned|{"a":1,"b":"é"}|11"#,
                r#"2|7|status-seen|{"a":null,"b":[1,{"c":0,"d":0}]}|12"#,
                r#"3|-|strayed|{"carried":"not json \"é\""}|13"#,
                r#"4|7|exported|{"carried":"{\"a\":1.50}"}|14"#,
                r#"5|7|exported|{}|15"#,
            ]
        );
        let second = format!(
            r#"{{"at":12,"detail":{{"a":null,"b":[1,{{"c":0,"d":0}}]}},"kind":"status-seen","previous":"{}","request":"r","sequence":2}}"#,
            hex(&rows[0].1)
        );
        assert_eq!(rows[1].1, crate::leaf_hash(second.as_bytes()));
        let third = format!(
            r#"{{"at":13,"detail":{{"carried":"not json \"é\""}},"kind":"strayed","previous":"{}","request":null,"sequence":3}}"#,
            hex(&rows[1].1)
        );
        assert_eq!(rows[2].1, crate::leaf_hash(third.as_bytes()));
        for attack in ["DELETE FROM event", "UPDATE event SET hash = zeroblob(32)"] {
            assert!(link.execute_batch(attack).is_err(), "{attack} went through");
        }
        assert!(link.prepare("SELECT * FROM event_before").is_err());
    }
}
