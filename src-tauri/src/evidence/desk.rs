//! Making receipts: who signs, and the ledger as it stands at one moment, checked.

use std::sync::LazyLock;

use ledger::{Ledger, LedgerError, RequestRecord, Still};
use print::Press;
use receipts::{About, DeviceKey, Field, Mask, SignedReceipt, Tree};

use super::watch::Watch;
use super::{stamp, walked};
use crate::adapters::clock::{now_ms, utc_offset_minutes};
use crate::commands::officer;
use crate::device_key;
use crate::error::{Problem, ProblemCode};
use crate::state::App;
use crate::wire::{Language, MaskField};

/// Sets receipts on paper. Its fonts are read once, by the first that is asked for.
static PRESS: LazyLock<Press> = LazyLock::new(Press::new);

/// Who makes receipts, of a ledger that was just checked.
pub(crate) struct Desk {
    pub(super) ledger: Ledger,
    pub(super) key: DeviceKey,
    pub(super) about: About,
    authority: String,
    /// How many places of the ledger are damaged.
    pub(crate) damages: u64,
}

/// A desk at one moment: all its receipts are of the same tree.
pub(crate) struct Moment<'a> {
    pub(super) desk: &'a Desk,
    _still: Still<'a>,
    pub(super) tree: Tree,
    about: About,
    /// Why there is no time stamp, where one was wanted.
    pub(crate) stamp_problem: Option<String>,
}

/// Why there is no receipt of a request.
pub(super) enum NoReceipt {
    /// What the ledger holds of it is damaged.
    Damaged(String),
    Problem(Problem),
}

impl Desk {
    /// Checks the ledger and takes out what receipts need.
    pub(crate) fn open(
        app: &App,
        mask: &[MaskField],
        watch: &mut Watch<'_>,
    ) -> Result<Self, Problem> {
        let key = device_key::in_use(app)?;
        let (ledger, officer, authority) = {
            let inner = app.held();
            let ledger = inner.ledger()?;
            let authority = stamp::authority(ledger)?;
            (ledger.another()?, officer::stored(&inner)?, authority)
        };
        let found = walked(&ledger, watch)?;
        let exported_at_ms = now_ms();
        let about = About {
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
            officer: officer.name,
            organisation: officer.organisation,
            exported_at_ms,
            utc_offset_minutes: utc_offset_minutes(exported_at_ms),
            device_key: key.public().clone(),
            mask: Mask::new(mask.iter().map(|field| field.field()), *key.mask_seed()),
            timestamp: None,
        };
        Ok(Self {
            ledger,
            key,
            about,
            authority,
            damages: found.damage_count,
        })
    }

    /// The ledger as it stands now, with a time stamp where the officer wants one.
    pub(crate) fn now(&self, watch: &mut Watch<'_>) -> Result<Moment<'_>, Problem> {
        let still = self.ledger.hold_still()?;
        let tree = Tree::new(self.ledger.leaves()?);
        let mut about = self.about.clone();
        let mut stamp_problem = None;
        if !self.authority.is_empty() {
            match stamp::ask(&self.authority, &tree.head(), watch) {
                Ok(token) => about.timestamp = Some(token),
                Err(problem) if problem.code == ProblemCode::Cancelled => return Err(problem),
                Err(problem) => stamp_problem = Some(problem.message),
            }
        }
        Ok(Moment {
            desk: self,
            _still: still,
            tree,
            about,
            stamp_problem,
        })
    }
}

impl Moment<'_> {
    /// The signed receipt of one request, and the record it was made from.
    pub(crate) fn receipt(&self, request: &str) -> Result<(SignedReceipt, RequestRecord), Problem> {
        self.try_receipt(request).map_err(|none| match none {
            NoReceipt::Problem(problem) => problem,
            NoReceipt::Damaged(why) => Problem::new(
                ProblemCode::Ledger,
                format!("No receipt can be made of this request: {why}. Under Evidence, check the ledger: it names the damaged places."),
            ),
        })
    }

    pub(super) fn try_receipt(
        &self,
        request: &str,
    ) -> Result<(SignedReceipt, RequestRecord), NoReceipt> {
        let record = match self.desk.ledger.request(request) {
            Ok(Some(record)) => record,
            Ok(None) => return Err(NoReceipt::Problem(Problem::gone("request"))),
            Err(LedgerError::Damaged(why)) => return Err(NoReceipt::Damaged(why.to_string())),
            Err(error) => return Err(NoReceipt::Problem(error.into())),
        };
        let made = receipts::receipt(&record, &self.tree, &self.about)
            .map_err(|error| NoReceipt::Damaged(error.to_string()))?;
        let signed = made
            .sign(&self.desk.key)
            .map_err(|error| NoReceipt::Problem(Problem::internal(error.to_string())))?;
        Ok((signed, record))
    }

    /// The receipt on paper, sealed.
    pub(crate) fn page(
        &self,
        receipt: &SignedReceipt,
        language: Language,
    ) -> Result<Vec<u8>, Problem> {
        let failed = |error: String| {
            Problem::internal(format!(
                "The receipt could not be set as a page: {error}. The signed JSON says the same."
            ))
        };
        let page = PRESS
            .page(receipt, language.printed())
            .map_err(|error| failed(error.to_string()))?;
        receipts::seal::pdf(&page, &self.desk.key).map_err(|error| failed(error.to_string()))
    }
}

impl Language {
    fn printed(self) -> print::Language {
        match self {
            Self::En => print::Language::English,
            Self::Pt => print::Language::Portuguese,
            Self::Es => print::Language::Spanish,
            Self::Fr => print::Language::French,
        }
    }
}

impl MaskField {
    fn field(self) -> Field {
        match self {
            Self::Contacts => Field::Contacts,
            Self::Names => Field::Names,
            Self::Links => Field::Links,
            Self::Replies => Field::Replies,
            Self::Body => Field::Body,
        }
    }
}
