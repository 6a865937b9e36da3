//! Where data lives on this computer, and writing files so that a crash leaves the old one or the new one.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::safe::Keep;

/// The app's own folder, readable by this user alone.
#[derive(Debug, Clone)]
pub(crate) struct DataDir(PathBuf);

/// The one plain file: it says where the keys are kept, never a key.
#[derive(Debug, Serialize, Deserialize)]
struct KeepFile {
    version: u32,
    keep: Keep,
}

impl DataDir {
    /// Makes the folder if it is not there.
    pub(crate) fn open(path: PathBuf) -> io::Result<Self> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
            builder.mode(0o700).create(&path)?;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o700))?;
        }
        #[cfg(not(unix))]
        builder.create(&path)?;
        Ok(Self(path))
    }

    /// Takes the folder for this process alone; `None` while another one has it. Held as long as the file is.
    pub(crate) fn take(&self) -> Option<File> {
        let file = File::create(self.0.join("in-use.lock")).ok()?;
        file.try_lock().ok()?;
        Some(file)
    }

    pub(crate) fn ledger(&self) -> PathBuf {
        self.0.join("ledger.db")
    }

    pub(crate) fn vault(&self) -> PathBuf {
        self.0.join("vault.json")
    }

    pub(crate) fn keep(&self) -> Option<Keep> {
        let text = fs::read_to_string(self.0.join("keep.json")).ok()?;
        let file: KeepFile = serde_json::from_str(&text).ok()?;
        Some(file.keep)
    }

    pub(crate) fn set_keep(&self, keep: Keep) -> io::Result<()> {
        let text = serde_json::to_string(&KeepFile { version: 1, keep })?;
        write_durably(&self.0.join("keep.json"), text.as_bytes())
    }
}

/// Temp file beside the target, fsync, rename.
pub(crate) fn write_durably(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace_durably(path, |mut file| file.write_all(bytes).map(|()| file))
}

/// As [`write_durably`], for what is written little by little. Where `write` fails nothing is left of it.
pub(crate) fn replace_durably<E: From<io::Error>>(
    path: &Path,
    write: impl FnOnce(File) -> Result<File, E>,
) -> Result<(), E> {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.part", uuid::Uuid::new_v4().simple()));
    let part = path.with_file_name(name);
    let written = new_file(&part)
        .map_err(E::from)
        .and_then(write)
        .and_then(|file| Ok(file.sync_all()?))
        .and_then(|()| Ok(fs::rename(&part, path)?));
    if written.is_err() {
        let _ = fs::remove_file(&part);
    }
    written
}

fn new_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_no_part_is_left() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.json");
        write_durably(&path, b"one").unwrap();
        write_durably(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(
            fs::read_dir(dir.path()).unwrap().count(),
            1,
            "only the file itself is left"
        );
    }

    #[test]
    fn the_folder_is_one_process_s_at_a_time() {
        let dir = tempfile::tempdir().unwrap();
        let data = DataDir::open(dir.path().to_owned()).unwrap();
        let held = data.take();
        assert!(held.is_some());
        assert!(data.take().is_none(), "it is taken");
        drop(held);
        assert!(data.take().is_some(), "it is free again");
    }

    #[cfg(unix)]
    #[test]
    fn others_may_not_read_the_folder() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let data = DataDir::open(dir.path().join("data")).unwrap();
        data.set_keep(Keep::Session).unwrap();
        assert_eq!(data.keep(), Some(Keep::Session));
        let mode = fs::metadata(dir.path().join("data"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o700);
    }
}
