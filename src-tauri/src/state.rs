//! What the app holds while it runs: the open ledger, the safe, the list being worked on and the request under review.

use std::fs::File;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use contacts::Region;
use ledger::{Ledger, LedgerError, LedgerKey};
use tokio::runtime::Handle;
use zeroize::Zeroizing;

use crate::adapters::clock::now_ms;
use crate::adapters::data_dir::DataDir;
use crate::adapters::keyring::KeyringError;
use crate::adapters::safe::{Keep, Safe, SafeError};
use crate::adapters::vault::{Vault, VaultError};
use crate::error::{Problem, ProblemCode};
use crate::evidence::Ender;
use crate::lists::Lists;
use crate::practice::Practice;
use crate::returns::{Returns, WayBack};
use crate::review::Prepared;
use crate::sending::{Sending, Stopper};
use crate::session::Seat;
use crate::status::Asking;
use crate::wire::{DropPlace, LockReason, Stage};

const LEDGER_KEY: &str = "ledger-key";
/// The setting that holds the default region of phone numbers.
pub(crate) const REGION: &str = "default-region";

/// The app's state, one per process.
pub(crate) struct App {
    pub(crate) practice: Option<Practice>,
    /// Apart from the rest, so that long work on it holds nothing else up.
    pub(crate) lists: Arc<Lists>,
    /// Ends the writing down of a batch.
    pub(crate) writing: Stopper,
    /// Ends a check of the ledger or an export.
    pub(crate) exporting: Ender,
    /// Where batches are sent.
    pub(crate) runtime: Handle,
    /// From when the ledger opens.
    pub(crate) sending: OnceLock<Arc<Sending>>,
    pub(crate) returns: Returns,
    pub(crate) asking: Asking,
    pub(crate) session: Seat,
    /// Where files dropped on the window go.
    pub(crate) drops: Mutex<DropPlace>,
    inner: Mutex<Inner>,
}

/// Everything that changes; held under one lock, never across a network call. Who needs the list's lock
/// as well takes that one first.
pub(crate) struct Inner {
    dir: DataDir,
    taken: Option<File>,
    tried: bool,
    lock: Option<LockReason>,
    ledger: Option<Ledger>,
    safe: Option<Safe>,
    unconfirmed: Option<LedgerKey>,
    lists: Arc<Lists>,
    /// Batches that were being sent when the app closed the last time.
    cut_off: Vec<String>,
    pub(crate) prepared: Option<Arc<Prepared>>,
}

impl App {
    pub(crate) fn new(
        dir: DataDir,
        practice: Option<Practice>,
        region: Region,
        runtime: Handle,
    ) -> Self {
        let lists = Arc::new(Lists::new(region));
        Self {
            practice,
            lists: Arc::clone(&lists),
            writing: Stopper::default(),
            exporting: Ender::default(),
            runtime,
            sending: OnceLock::new(),
            returns: Returns::default(),
            asking: Asking::default(),
            session: Seat::default(),
            drops: Mutex::default(),
            inner: Mutex::new(Inner {
                dir,
                taken: None,
                tried: false,
                lock: None,
                ledger: None,
                safe: None,
                unconfirmed: None,
                lists,
                cut_off: Vec::new(),
                prepared: None,
            }),
        }
    }

    pub(crate) fn held(&self) -> MutexGuard<'_, Inner> {
        // A panic elsewhere must not take the officer's work with it.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How people asked through this connection find back.
    pub(crate) fn way_back(&self, connection: &str) -> Result<WayBack, Problem> {
        let route = self.returns.route();
        WayBack::new(self.held().ledger()?, route, connection)
    }

    /// Reads from the safe. The keyring may take seconds to answer, which nobody else should wait for.
    pub(crate) fn read_safe<T>(
        &self,
        read: impl Fn(&Safe) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        {
            let mut inner = self.held();
            let (_, safe) = inner.opened()?;
            if !matches!(safe, Safe::Keyring) {
                return read(safe);
            }
        }
        read(&Safe::Keyring)
    }

    /// What sends batches.
    pub(crate) fn sending(&self) -> Result<&Arc<Sending>, Problem> {
        self.sending.get().ok_or_else(closed)
    }
}

impl Inner {
    /// Opens the ledger if its key can be had without asking anybody. Only the first call does anything.
    pub(crate) fn open_once(&mut self) {
        if !self.tried {
            self.tried = true;
            self.lock = self.open_unasked().err();
        }
    }

    /// The same again, after the officer has done something about it.
    pub(crate) fn open_again(&mut self) {
        if self.ledger.is_none() {
            self.tried = false;
            self.open_once();
        }
    }

    pub(crate) fn stage(&self) -> Stage {
        if self.ledger.is_some() {
            Stage::Ready
        } else if self.dir.ledger().exists() {
            Stage::Locked
        } else {
            Stage::FirstStart
        }
    }

    pub(crate) fn lock(&self) -> Option<LockReason> {
        if self.stage() == Stage::Locked {
            self.lock
        } else {
            None
        }
    }

    pub(crate) fn keep(&self) -> Option<Keep> {
        self.safe
            .as_ref()
            .map(Safe::keep)
            .or_else(|| self.dir.keep())
    }

    pub(crate) fn ledger(&self) -> Result<&Ledger, Problem> {
        self.ledger.as_ref().ok_or_else(closed)
    }

    /// The review of this id, if it is still the newest.
    pub(crate) fn prepared(&self, review: &str) -> Result<Arc<Prepared>, Problem> {
        let prepared = self.prepared.as_ref().filter(|p| p.review.id == review);
        prepared.cloned().ok_or_else(out_of_date)
    }

    /// The same, for sending it once.
    pub(crate) fn take_prepared(&mut self, review: &str) -> Result<Arc<Prepared>, Problem> {
        let prepared = self.prepared.take_if(|p| p.review.id == review);
        prepared.ok_or_else(out_of_date)
    }

    /// Batches that were being sent when the app closed the last time; told once.
    pub(crate) fn take_cut_off(&mut self) -> Vec<String> {
        std::mem::take(&mut self.cut_off)
    }

    /// The open ledger and safe together.
    pub(crate) fn opened(&mut self) -> Result<(&Ledger, &mut Safe), Problem> {
        match (&self.ledger, &mut self.safe) {
            (Some(ledger), Some(safe)) => Ok((ledger, safe)),
            _ => Err(closed()),
        }
    }

    /// First start: makes a key and puts it in the safe. The ledger itself waits until the recovery key is confirmed,
    /// so that there is never a ledger whose recovery key nobody has seen.
    pub(crate) fn begin(
        &mut self,
        keep: Keep,
        passphrase: &str,
    ) -> Result<Zeroizing<String>, Problem> {
        if self.stage() != Stage::FirstStart {
            return Err(Problem::new(
                ProblemCode::Ledger,
                "There is already a ledger on this computer.",
            ));
        }
        self.take().map_err(|()| {
            Problem::new(
                ProblemCode::Ledger,
                "Countersign is already open. Use that window, or close it first.",
            )
        })?;
        let key = LedgerKey::generate().map_err(|error| Problem::internal(error.to_string()))?;
        self.safe = Some(self.store_key(&key, keep, passphrase)?);
        let text = key.recovery_text();
        self.unconfirmed = Some(key);
        Ok(text)
    }

    /// The officer shows that the recovery key was written down: all of it, or its last group.
    pub(crate) fn confirm(&mut self, typed: &str) -> Result<(), Problem> {
        let Some(key) = &self.unconfirmed else {
            return Err(Problem::new(
                ProblemCode::Ledger,
                "There is no recovery key to confirm.",
            ));
        };
        if !confirms(&key.recovery_text(), typed) {
            return Err(Problem::new(
                ProblemCode::RecoveryKeyWrong,
                "That is not the last group of the recovery key. Look at what you wrote down and type its last four characters.",
            ));
        }
        self.ledger = Some(Ledger::create(&self.dir.ledger(), key)?);
        self.unconfirmed = None;
        Ok(())
    }

    pub(crate) fn unlock(&mut self, passphrase: &str) -> Result<(), Problem> {
        let vault = Vault::open(&self.dir.vault(), passphrase)?;
        self.lock = self.open_with(Safe::Vault(vault)).err();
        Ok(())
    }

    /// Opens the ledger by its recovery key and stores that key anew.
    pub(crate) fn recover(
        &mut self,
        text: &str,
        keep: Keep,
        passphrase: &str,
    ) -> Result<(), Problem> {
        let key = LedgerKey::from_recovery_text(text).map_err(|error| {
            Problem::new(
                ProblemCode::RecoveryKeyWrong,
                format!("{}.", capitalised(&error.to_string())),
            )
        })?;
        let ledger = Ledger::open(&self.dir.ledger(), &key).map_err(|error| match error {
            LedgerError::WrongKey => Problem::new(
                ProblemCode::RecoveryKeyWrong,
                "This recovery key belongs to another ledger. Look for the one written down on this computer.",
            ),
            other => other.into(),
        })?;
        self.safe = Some(self.store_key(&key, keep, passphrase)?);
        self.adopt(ledger)
    }

    /// One process at a time: another one's running attempts must not be taken for lost ones.
    fn take(&mut self) -> Result<(), ()> {
        if self.taken.is_none() {
            self.taken = self.dir.take();
        }
        self.taken.as_ref().map(|_| ()).ok_or(())
    }

    fn store_key(&self, key: &LedgerKey, keep: Keep, passphrase: &str) -> Result<Safe, Problem> {
        let mut safe = match keep {
            Keep::Keyring => Safe::Keyring,
            Keep::Vault => Safe::Vault(Vault::create(&self.dir.vault(), passphrase)?),
            Keep::Session => Safe::Session(Default::default()),
        };
        safe.put(LEDGER_KEY, &Zeroizing::new(STANDARD.encode(key.as_bytes())))?;
        self.dir.set_keep(keep).map_err(|error| {
            Problem::new(
                ProblemCode::SaveFailed,
                format!("The app's folder cannot be written: {error}. Make room or mend its permissions."),
            )
        })?;
        Ok(safe)
    }

    fn open_unasked(&mut self) -> Result<(), LockReason> {
        if !self.dir.ledger().exists() {
            return Ok(());
        }
        self.take().map_err(|()| LockReason::LedgerBusy)?;
        match self.dir.keep() {
            Some(Keep::Keyring) | None => self.open_with(Safe::Keyring),
            Some(Keep::Vault) => Err(LockReason::Passphrase),
            Some(Keep::Session) => Err(LockReason::RecoveryKey),
        }
    }

    fn open_with(&mut self, safe: Safe) -> Result<(), LockReason> {
        let line = safe
            .get(LEDGER_KEY)
            .map_err(reason)?
            .ok_or(LockReason::KeyringEntryMissing)?;
        let bytes = STANDARD.decode(line.as_bytes()).map(Zeroizing::new);
        let key = bytes
            .ok()
            .and_then(|bytes| <[u8; 32]>::try_from(bytes.as_slice()).ok());
        let key = LedgerKey::from_bytes(key.ok_or(LockReason::RecoveryKey)?);
        let ledger = Ledger::open(&self.dir.ledger(), &key).map_err(|error| {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "the ledger did not open"
            );
            match error {
                LedgerError::Busy => LockReason::LedgerBusy,
                LedgerError::NewerVersion { .. } => LockReason::LedgerNewer,
                LedgerError::WrongKey => LockReason::RecoveryKey,
                _ => LockReason::LedgerDamaged,
            }
        })?;
        self.safe = Some(safe);
        self.adopt(ledger).map_err(|_| LockReason::LedgerDamaged)
    }

    fn adopt(&mut self, ledger: Ledger) -> Result<(), Problem> {
        self.cut_off = ledger.recover(now_ms())?.running;
        self.lists.load(&ledger)?;
        self.ledger = Some(ledger);
        self.lock = None;
        Ok(())
    }
}

impl From<SafeError> for Problem {
    fn from(error: SafeError) -> Self {
        match error {
            SafeError::Keyring(error) => error.into(),
            SafeError::Vault(error) => error.into(),
        }
    }
}

impl From<KeyringError> for Problem {
    fn from(error: KeyringError) -> Self {
        let (code, message) = match error {
            KeyringError::NoService => (
                ProblemCode::KeyringNoService,
                "This computer runs no keyring (Secret Service). Install or start one (GNOME Keyring, KWallet or KeePassXC), or keep keys another way.".to_owned(),
            ),
            KeyringError::Locked => (
                ProblemCode::KeyringLocked,
                "The keyring of this computer is locked. Unlock it, then try again.".to_owned(),
            ),
            KeyringError::NoAnswer => (
                ProblemCode::KeyringNoAnswer,
                "The keyring did not answer within 5 seconds. Look for a password dialog behind this window, then try again.".to_owned(),
            ),
            KeyringError::Refused(why) => {
                (ProblemCode::KeyringRefused, format!("The keyring refused: {why}."))
            }
        };
        Self::new(code, message)
    }
}

impl From<VaultError> for Problem {
    fn from(error: VaultError) -> Self {
        let code = match error {
            VaultError::TooShort => ProblemCode::PassphraseWeak,
            VaultError::WrongPassphrase => ProblemCode::PassphraseWrong,
            _ => ProblemCode::Ledger,
        };
        Self::new(code, format!("{}.", capitalised(&error.to_string())))
    }
}

fn closed() -> Problem {
    Problem::new(
        ProblemCode::LedgerLocked,
        "The ledger is closed. Unlock it first.",
    )
}

fn out_of_date() -> Problem {
    Problem::new(
        ProblemCode::ReviewGone,
        "This review is out of date. Go back to the form and review the request again.",
    )
}

fn reason(error: SafeError) -> LockReason {
    match error {
        SafeError::Keyring(KeyringError::NoService) => LockReason::KeyringNoService,
        SafeError::Keyring(KeyringError::Locked) => LockReason::KeyringLocked,
        SafeError::Keyring(_) => LockReason::KeyringNoAnswer,
        SafeError::Vault(_) => LockReason::Passphrase,
    }
}

fn confirms(recovery: &str, typed: &str) -> bool {
    let plain = |text: &str| {
        text.chars()
            .filter(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_uppercase()
    };
    let typed = plain(typed);
    let whole = plain(recovery);
    typed == whole || (typed.len() == 4 && whole.ends_with(&typed))
}

/// A sentence from an error's lower-case text.
pub(crate) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(dir: &std::path::Path) -> Inner {
        Inner {
            dir: DataDir::open(dir.to_owned()).unwrap(),
            taken: None,
            tried: false,
            lock: None,
            ledger: None,
            safe: None,
            unconfirmed: None,
            lists: Arc::new(Lists::new(Region::parse("PT").unwrap())),
            cut_off: Vec::new(),
            prepared: None,
        }
    }

    #[test]
    fn a_ledger_is_made_only_after_its_recovery_key_is_confirmed() {
        let dir = tempfile::tempdir().unwrap();
        let mut app = inner(dir.path());
        let text = app.begin(Keep::Session, "").unwrap();
        assert_eq!(app.stage(), Stage::FirstStart);
        assert_eq!(
            app.confirm("0000-").unwrap_err().code,
            ProblemCode::RecoveryKeyWrong
        );
        app.confirm(&text[text.len() - 4..].to_lowercase()).unwrap();
        assert_eq!(app.stage(), Stage::Ready);
    }

    #[test]
    fn keys_for_this_session_only_ask_for_the_recovery_key_next_time() {
        let dir = tempfile::tempdir().unwrap();
        let mut app = inner(dir.path());
        let text = app.begin(Keep::Session, "").unwrap();
        app.confirm(&text).unwrap();
        drop(app);

        let mut app = inner(dir.path());
        app.open_once();
        assert_eq!(
            (app.stage(), app.lock()),
            (Stage::Locked, Some(LockReason::RecoveryKey))
        );
        let other = LedgerKey::generate().unwrap().recovery_text();
        let wrong = app.recover(&other, Keep::Session, "").unwrap_err();
        assert_eq!(wrong.code, ProblemCode::RecoveryKeyWrong);
        app.recover(&text, Keep::Vault, "a long enough passphrase")
            .unwrap();
        assert_eq!(app.stage(), Stage::Ready);
        drop(app);

        let mut app = inner(dir.path());
        app.open_once();
        assert_eq!(app.lock(), Some(LockReason::Passphrase));
        assert_eq!(
            app.unlock("not this one either").unwrap_err().code,
            ProblemCode::PassphraseWrong
        );
        app.unlock("a long enough passphrase").unwrap();
        assert_eq!(app.stage(), Stage::Ready);
    }

    #[test]
    fn a_second_key_is_never_made_over_a_ledger() {
        let dir = tempfile::tempdir().unwrap();
        let mut app = inner(dir.path());
        let text = app.begin(Keep::Session, "").unwrap();
        app.confirm(&text).unwrap();
        drop(app);
        let mut app = inner(dir.path());
        app.open_once();
        assert_eq!(
            app.begin(Keep::Session, "").unwrap_err().code,
            ProblemCode::Ledger
        );
    }
}
