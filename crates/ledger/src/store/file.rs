//! The file itself: making, opening, checking it.
//!
//! The first 16 bytes of the file are in the clear. They hold the key's mark instead of a random
//! salt: the key is random already and used for one file, so the salt adds nothing, and the mark
//! tells a wrong key from a damaged file.

use std::fs::{self, File};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use zeroize::Zeroizing;

use super::migrations;
use crate::{LedgerError, LedgerKey};

const WAIT: Duration = Duration::from_secs(5);
const MARK: usize = 16;
/// The cipher's page size; the file is a whole number of pages.
const PAGE: u64 = 4096;

pub(super) fn create(path: &Path, key: &LedgerKey) -> Result<(), LedgerError> {
    let path = settled(path)?;
    let folder = path
        .parent()
        .ok_or_else(|| LedgerError::Disk("the path has no folder".into()))?;
    if fs::symlink_metadata(&path).is_ok() {
        return Err(LedgerError::AlreadyExists);
    }
    // Made whole under another name, then given its own, so that a crash on the way leaves no
    // half-made ledger behind. The temporary file is private to its owner from the start.
    let temporary = tempfile::Builder::new()
        .prefix(".ledger-")
        .tempfile_in(folder)
        .map_err(disk)?
        .into_temp_path();
    let link = connect(&temporary, key)?;
    settle(&link)?;
    migrations::run(&link)?;
    link.close()
        .map_err(|(_, error)| LedgerError::from(error))?;
    File::open(&temporary)
        .and_then(|f| f.sync_all())
        .map_err(disk)?;
    temporary
        .persist_noclobber(&path)
        .map_err(|e| match e.error.kind() {
            ErrorKind::AlreadyExists => LedgerError::AlreadyExists,
            _ => disk(e.error),
        })?;
    sync_folder(folder)
}

/// `path` is [`settled`].
pub(super) fn open(path: &Path, key: &LedgerKey) -> Result<Connection, LedgerError> {
    let found = fs::symlink_metadata(path)?;
    if !found.is_file() {
        return Err(LedgerError::Disk(
            "there is something other than a file at the path".into(),
        ));
    }
    if found.len() < PAGE {
        return Err(LedgerError::Damaged(
            "the file is too short to be a ledger".into(),
        ));
    }
    let link = connect(path, key)?;
    // Until the file is known to be ours and not newer, nothing of it may change.
    link.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    let version = match migrations::version(&link) {
        Err(LedgerError::Damaged(_)) if !has_mark(path, key)? => {
            return Err(LedgerError::WrongKey);
        }
        other => other?,
    };
    migrations::judge(&link, version)?;
    link.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    settle(&link)?;
    let mode: String = link.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    if mode != "wal" {
        return Err(LedgerError::Disk(
            "the folder does not allow a write-ahead log".into(),
        ));
    }
    if version < migrations::KNOWN {
        keep_copy(&link, path, version)?;
        migrations::run(&link)?;
    }
    Ok(link)
}

pub(super) fn check(link: &Connection) -> Result<(), LedgerError> {
    // The first reads every page against its keyed checksum, the others what the pages say.
    for question in [
        "PRAGMA cipher_integrity_check",
        "PRAGMA integrity_check(10)",
        "PRAGMA foreign_key_check",
    ] {
        let mut statement = link.prepare(question)?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            match row.get::<_, Option<String>>(0)? {
                Some(line) if line == "ok" => {}
                Some(line) if found.len() < 10 => found.push(line),
                _ => {}
            }
        }
        if !found.is_empty() {
            return Err(LedgerError::Damaged(found.join("; ").into()));
        }
    }
    Ok(())
}

/// Whether the engine has given up on the file: it does at the first page that fails its checksum.
pub(super) fn is_lame(link: &Connection) -> bool {
    let status: Result<String, _> = link.query_row("PRAGMA cipher_status", [], |row| row.get(0));
    !matches!(status.as_deref(), Ok("1"))
}

fn connect(path: &Path, key: &LedgerKey) -> Result<Connection, LedgerError> {
    let link = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_NOFOLLOW,
    )?;
    link.busy_timeout(WAIT)?;
    // The engine would write its complaints to standard error.
    link.execute_batch("PRAGMA cipher_log_level = NONE;")?;
    link.execute_batch(&key_statement(key))?;
    Ok(link)
}

/// How the engine is to work. Some of this reads the file, so it comes after the key was tried.
fn settle(link: &Connection) -> Result<(), LedgerError> {
    link.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    link.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    // Without this the engine makes a statement anew whenever a value bound to it might fit an index
    // better, which costs more than most statements here.
    link.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    link.set_prepared_statement_cache_capacity(64);
    link.execute_batch(
        "PRAGMA synchronous = FULL;
         PRAGMA fullfsync = ON;
         PRAGMA checkpoint_fullfsync = ON;
         PRAGMA foreign_keys = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA wal_autocheckpoint = 16000;
         PRAGMA cache_size = -65536;",
    )?;
    Ok(())
}

fn key_statement(key: &LedgerKey) -> Zeroizing<String> {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    // Sized so that it never grows: a grown string leaves its old copy behind.
    let mut text = Zeroizing::new(String::with_capacity(128));
    text.push_str("PRAGMA key = \"x'");
    for byte in key.as_bytes().iter().chain(&key.mark()) {
        text.push(char::from(HEX[usize::from(byte >> 4)]));
        text.push(char::from(HEX[usize::from(byte & 15)]));
    }
    text.push_str("'\";");
    text
}

fn has_mark(path: &Path, key: &LedgerKey) -> Result<bool, LedgerError> {
    let mut head = [0; MARK];
    File::open(path)
        .and_then(|mut f| f.read_exact(&mut head))
        .map_err(disk)?;
    Ok(head == key.mark())
}

/// Keeps the file as it was before a newer version of the app changes it.
fn keep_copy(link: &Connection, path: &Path, version: u32) -> Result<(), LedgerError> {
    // Everything still in the log goes into the file first.
    link.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".v{version}"));
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut copy = tempfile::Builder::new()
        .prefix(".ledger-")
        .tempfile_in(folder)
        .map_err(disk)?;
    let mut original = File::open(path).map_err(disk)?;
    original.seek(SeekFrom::Start(0)).map_err(disk)?;
    std::io::copy(&mut original, copy.as_file_mut()).map_err(disk)?;
    copy.as_file_mut().flush().map_err(disk)?;
    copy.as_file().sync_all().map_err(disk)?;
    copy.persist(folder.join(name)).map_err(|e| disk(e.error))?;
    sync_folder(folder)
}

/// The path with every link in its folders resolved, so that the engine may refuse any link: what
/// is left to refuse is one in the file's own place.
pub(super) fn settled(path: &Path) -> Result<PathBuf, LedgerError> {
    let path = std::path::absolute(path).map_err(disk)?;
    if cfg!(windows) {
        return Ok(path);
    }
    match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) => Ok(fs::canonicalize(folder)?.join(name)),
        _ => Err(LedgerError::Disk("the path names no file".into())),
    }
}

fn sync_folder(folder: &Path) -> Result<(), LedgerError> {
    // A new name is durable once its folder is; Windows has no such call and needs none.
    if cfg!(unix) {
        File::open(folder)
            .and_then(|f| f.sync_all())
            .map_err(disk)?;
    }
    Ok(())
}

fn disk(error: std::io::Error) -> LedgerError {
    LedgerError::Disk(error.into())
}

#[cfg(test)]
mod tests {
    use sha2::Digest;

    use super::*;

    fn made() -> (tempfile::TempDir, PathBuf, LedgerKey) {
        let folder = tempfile::tempdir().unwrap();
        let path = settled(&folder.path().join("ledger.db")).unwrap();
        let key = LedgerKey::from_bytes([9; 32]);
        create(&path, &key).unwrap();
        (folder, path, key)
    }

    #[test]
    fn the_engine_works_as_promised() {
        let (_folder, path, key) = made();
        let link = open(&path, &key).unwrap();
        let number = |name| link.query_row(&format!("PRAGMA {name}"), [], |r| r.get::<_, i64>(0));
        for (name, value) in [
            ("synchronous", 2),
            ("fullfsync", 1),
            ("checkpoint_fullfsync", 1),
            ("foreign_keys", 1),
            ("trusted_schema", 0),
            ("cell_size_check", 1),
            ("temp_store", 2),
            ("busy_timeout", 5000),
            ("application_id", 0x4353_474e),
            ("user_version", i64::from(migrations::KNOWN)),
        ] {
            assert_eq!(number(name).unwrap(), value, "{name}");
        }
        let mode: String = link
            .query_row("PRAGMA journal_mode", [], |r| r.get(0))
            .unwrap();
        assert_eq!(mode, "wal");
        for config in [
            DbConfig::SQLITE_DBCONFIG_DEFENSIVE,
            DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG,
        ] {
            assert!(link.db_config(config).unwrap());
        }
        assert!(
            !link
                .db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE)
                .unwrap()
        );
    }

    #[test]
    fn the_copy_kept_before_a_new_version_is_whole() {
        let (folder, path, key) = made();
        let link = open(&path, &key).unwrap();
        link.execute("INSERT INTO setting VALUES ('a', 'b')", [])
            .unwrap();
        keep_copy(&link, &path, 1).unwrap();
        let copy = open(&folder.path().join("ledger.db.v1"), &key).unwrap();
        check(&copy).unwrap();
        let kept: String = copy
            .query_row("SELECT value FROM setting WHERE name = 'a'", [], |r| {
                r.get(0)
            })
            .unwrap();
        assert_eq!(kept, "b");
    }

    #[test]
    fn an_older_ledger_is_chained_when_it_is_opened() {
        let (folder, path, key) = made();
        fs::remove_file(&path).unwrap();
        fs::write(&path, b"").unwrap();
        let link = connect(&path, &key).unwrap();
        settle(&link).unwrap();
        migrations::run_all(&link, &migrations::SCRIPTS[..7]).unwrap();
        let sha256 = crate::hex(&sha2::Sha256::digest("{}"));
        link.execute_batch(&format!(
            r#"INSERT INTO request (number, id, connection_id, connection_name, practice, url,
                 api_version, idempotency_key, body_sha256, name, internal_id, security_level,
                 pub_key, people, first_contact, created_at_ms)
             VALUES (7, 'r', 'c', '', 0, 'u', 'v', 'k', '{sha256}', '', '', '', '', 2, '', 11);
             INSERT INTO standing (request, people, state) VALUES (7, 2, 'planned');
             INSERT INTO body VALUES (7, CAST('{{}}' AS BLOB));
             INSERT INTO search VALUES (7, '');
             INSERT INTO event VALUES (1, 7, 'planned', '{{"apiVersion":"v","bodySha256":"{sha256}",'
                 || '"idempotencyKey":"k","people":2,"practice":false,"url":"u"}}', 11),
                 (2, 7, 'status-seen', '{{"atMs":12, "a":1}}', 12), (3, NULL, 'strayed', '{{}}', 13);"#
        ))
        .unwrap();
        drop(link);
        let ledger = crate::Ledger::open(&path, &key).unwrap();
        assert!(folder.path().join("ledger.db.v7").exists());
        let found = ledger
            .check_evidence(|_, _| std::ops::ControlFlow::Continue(()))
            .unwrap();
        assert!(found.is_sound(), "{found:?}");
        assert_eq!((found.size, ledger.leaves().unwrap().len()), (3, 3));
        let events = ledger.request("r").unwrap().unwrap().events;
        assert_eq!(events[1].detail_json, r#"{"a":1,"atMs":12}"#);
        assert_eq!(events[1].previous, events[0].hash);
        ledger
            .record_event(Some("r"), crate::EventKind::Exported, "{}", 14)
            .unwrap();
        assert_eq!(ledger.head_size().unwrap(), 4);
    }
}
