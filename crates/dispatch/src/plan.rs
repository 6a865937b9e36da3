//! The plan of a batch: from one form and a list of people to many exact requests.
//!
//! Texts of the form may hold `{{column}}` variables, filled in from each person's row. A plan says
//! how many requests that makes and why, [checks](Plan::check) every one before anything is sent,
//! shows [any of them](Plan::request) without making the others, and [gives them all](Plan::requests)
//! in the order of the list. A request keeps no copy of a large document: all share one.
//!
//! Left out: sending, pace and retries; the clock and idempotency keys, which come from outside.

mod body;
mod check;
mod distinct;
mod fill;
mod form;
mod groups;
mod issue;
mod names;
mod people;
mod place;
mod redirects;
mod rows;
mod shared;
mod template;

use std::num::NonZeroU32;

use humanos::{ApiVersion, Body, Draft, EncodeError, IdempotencyKey};

use fill::Writer;
use form::Form;
use groups::{Grouping, Groups};
use names::Names;
use shared::Shared;

pub use body::PlannedBody;
pub use groups::Split;
pub use issue::{KEPT_ISSUES, PlanIssue, PlanIssueCode, PlanWarning, Report};
pub use people::{Asked, People};
pub use redirects::Redirects;

/// People in a request unless the officer chooses: the smallest limit that Humanos was seen to have.
pub const GROUP_SIZE: NonZeroU32 = NonZeroU32::new(20).unwrap();

/// Officers are asked again before more people than this are asked.
pub const ASK_AGAIN_ABOVE: u32 = 1000;

/// How people are put into requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mode {
    /// All in one.
    Together,
    /// One each.
    Each,
    /// As many at a time.
    Groups(NonZeroU32),
    /// One request for each value of the column with this name.
    ByColumn(String),
}

/// What happens where a person has no value for a variable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EmptyValues {
    /// It is an issue.
    #[default]
    Refuse,
    /// Nothing stands there; an expected document without a number is left out.
    Leave,
}

/// How a plan is made.
#[derive(Clone, Debug)]
pub struct Options {
    /// How people are put into requests.
    pub mode: Mode,
    /// What happens where a person has no value.
    pub empty: EmptyValues,
    /// Where the form leaves the internal id empty and there are several requests, each gets this,
    /// `-` and its number. `None` leaves them without.
    pub batch: Option<String>,
    /// Where each request sends people afterwards, instead of the form's `redirectUrl`.
    pub redirects: Option<Redirects>,
    /// The version to encode for.
    pub version: ApiVersion,
}

/// Which requests a batch makes.
pub struct Plan<P> {
    people: P,
    options: Options,
    names: Names,
    form: Form,
    /// The form without its large parts.
    draft: Draft,
    shared: Shared,
    grouping: Grouping,
    groups: Groups,
    issues: Vec<PlanIssue>,
}

/// One request as it will be sent; fields are named as in the ledger.
#[derive(Clone, Debug)]
pub struct PlannedRequest {
    /// From 1, in the order of the batch.
    pub number: u32,
    /// The same for every attempt.
    pub idempotency_key: IdempotencyKey,
    /// The label, or empty.
    pub name: String,
    /// The caller's own id, or empty.
    pub internal_id: String,
    /// The wire name of the security level, or empty.
    pub security_level: &'static str,
    /// The public key sent along, or empty.
    pub pub_key: String,
    /// The contacts asked, in the body's order.
    pub people: Vec<String>,
    /// Their rows in the list.
    pub rows: Vec<u64>,
    /// The exact bytes.
    pub body: PlannedBody,
}

/// One request to look at before anything is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// With everything filled in.
    pub draft: Draft,
    /// The exact bytes.
    pub body: Body,
    /// The rows of its people in the list.
    pub rows: Vec<u64>,
}

/// Why a plan, or a request of it, cannot be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// More people than can be counted.
    #[error("the list has more people than one batch can ask; send it in parts")]
    TooManyPeople,
    /// Variables of the form stand for nothing.
    #[error("the form has variables that cannot be filled in; check the plan and put them right")]
    Variables,
    /// A value is missing, or people of one request have different ones.
    #[error("request {0} cannot be filled in for all of its people; check the plan for the rows")]
    Values(u32),
    /// The plan has fewer requests.
    #[error("the plan has no request {0}")]
    NoSuchRequest(u32),
    /// It cannot be written.
    #[error("request {number} cannot be written")]
    Encode {
        /// From 1.
        number: u32,
        /// Why.
        source: EncodeError,
    },
}

impl<P: People> Plan<P> {
    /// Plans a batch. The draft's own contacts do not count: the list has those to ask. What is
    /// wrong with the form's variables is reported by [`check`](Self::check).
    ///
    /// # Errors
    /// [`PlanError::TooManyPeople`] for more than 2^32 - 2 people.
    pub fn new(mut draft: Draft, people: P, options: Options) -> Result<Self, PlanError> {
        if u32::try_from(people.len()).is_ok_and(|count| count < u32::MAX) {
            if options.redirects.is_some() {
                draft.redirect_url.clear();
            }
            let names = Names::new(people.columns());
            let (form, mut issues) = Form::read(&draft, &names);
            let grouping = match &options.mode {
                Mode::Together => Grouping::Together,
                Mode::Each => Grouping::Each,
                Mode::Groups(size) => Grouping::Groups(*size),
                Mode::ByColumn(name) => match names.column(name) {
                    Ok(column) => Grouping::Column(column),
                    Err(trouble) => {
                        let name = names::shortened(name.trim());
                        issues.push(PlanIssue::of_name("mode", &name, &trouble));
                        Grouping::Together
                    }
                },
            };
            draft.contacts.clear();
            let groups = Groups::new(&people, grouping, &form, draft.language.is_empty());
            Ok(Self {
                shared: Shared::take(&mut draft),
                people,
                options,
                names,
                form,
                draft,
                grouping,
                groups,
                issues,
            })
        } else {
            Err(PlanError::TooManyPeople)
        }
    }

    /// The people that the plan is about.
    #[must_use]
    pub fn people(&self) -> &P {
        &self.people
    }

    /// How many requests there are.
    #[must_use]
    pub fn request_count(&self) -> u32 {
        self.groups.len()
    }

    /// How many people are asked.
    #[must_use]
    pub fn people_count(&self) -> u32 {
        // `new` made sure that they fit.
        u32::try_from(self.people.len()).unwrap_or(u32::MAX)
    }

    /// Whether so many people are asked that the officer should say so twice.
    #[must_use]
    pub fn asks_again(&self) -> bool {
        self.people_count() > ASK_AGAIN_ABOVE
    }

    /// How long the first attempts take at so many requests a minute, in seconds.
    #[must_use]
    pub fn seconds(&self, per_minute: NonZeroU32) -> u64 {
        let waits = u64::from(self.request_count().saturating_sub(1));
        (waits * 60).div_ceil(u64::from(per_minute.get()))
    }

    /// The fields of which a request has one value only, while the people need several, such as
    /// 3 languages.
    #[must_use]
    pub fn splits(&self) -> &[Split] {
        &self.groups.splits
    }

    /// How many requests exist only because of [`splits`](Self::splits).
    #[must_use]
    pub fn split_requests(&self) -> u32 {
        self.groups.len().saturating_sub(self.groups.unsplit)
    }

    /// Whether requests are given an internal id made of the batch and their number.
    #[must_use]
    pub fn numbers_internal_ids(&self) -> bool {
        self.batch().is_some()
    }

    /// One request, from 1, with its exact bytes. The others are not made.
    ///
    /// # Errors
    /// [`PlanError`] if there is no such request or it cannot be made.
    pub fn request(&self, number: u32) -> Result<Preview, PlanError> {
        let planned = Writer::new(self)?.body(number)?;
        let mut draft = self.draft.clone();
        self.shared.restore(&mut draft);
        self.fill(&mut draft, number);
        Ok(Preview {
            draft,
            body: planned.to_body(),
            rows: self.rows_of(number),
        })
    }

    /// Every request in order. `key` gives the idempotency key of a request's number.
    ///
    /// # Errors
    /// An item is [`PlanError`] if its request cannot be made. A plan that [`check`](Self::check)
    /// calls clean gives none.
    pub fn requests<'a>(
        &'a self,
        mut key: impl FnMut(u32) -> IdempotencyKey + 'a,
    ) -> impl Iterator<Item = Result<PlannedRequest, PlanError>> + 'a {
        let (mut writer, refused) = match Writer::new(self) {
            Ok(writer) => (Some(writer), None),
            Err(error) => (None, Some(Err(error))),
        };
        let made = (1..=self.request_count()).map_while(move |number| {
            let writer = writer.as_mut()?;
            Some(writer.planned(number, &mut key))
        });
        refused.into_iter().chain(made)
    }

    /// The indices of a request's people; the number is from 1. None if there is no such request.
    #[must_use]
    pub fn people_of(&self, number: u32) -> &[u32] {
        match number.checked_sub(1) {
            Some(request) => self.groups.people(request),
            None => &[],
        }
    }

    /// The number, from 1, of the request that asks the person with this index.
    #[must_use]
    pub fn number_of(&self, person: u32) -> Option<u32> {
        self.groups.request_of(person).map(|request| request + 1)
    }

    fn rows_of(&self, number: u32) -> Vec<u64> {
        let people = self.people_of(number).iter();
        people
            .map(|person| self.people.person(*person as usize).row)
            .collect()
    }

    /// What internal ids begin with, if requests are numbered.
    fn batch(&self) -> Option<&str> {
        let several = self.groups.len() > 1 && self.draft.internal_id.is_empty();
        self.options.batch.as_deref().filter(|_| several)
    }
}
