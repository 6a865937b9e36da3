//! From the form and the list to the exact requests. What is prepared here is what is sent, whatever becomes of the
//! form and the list meanwhile.

use std::num::NonZeroU32;

use contacts::Picked;
use dispatch::plan::{GROUP_SIZE, Preview};
use dispatch::{EmptyValues, Mode, Options, Plan, PlanError, PlannedRequest, Redirects};
use humanos::{ApiVersion, Client, IdempotencyKey, Issue, IssueCode, SecurityLevel};
use ledger::{NewBatch, NewRequest};
use uuid::Uuid;

use crate::adapters::clock::now_ms;
use crate::error::{Problem, ProblemCode};
use crate::lists::ListFile;
use crate::returns::WayBack;
use crate::state::capitalised;
use crate::wire::{
    ConnectionView, Form, FormCheck, Pace, PlanIssueView, ReturnTo, Review, ReviewRequest, SendMode,
};

mod issues;
mod keys;
mod people;
mod test;
mod words;

pub(crate) use keys::Keys;
pub(crate) use people::ListPeople;
pub(crate) use words::grouped;

/// The most people a request of a group may have.
const LARGEST_GROUP: u32 = 10_000;
/// How many issues the window is given; the rest is counted.
const SHOWN_ISSUES: usize = 20;
/// How many contacts of a request are shown.
const SHOWN_CONTACTS: usize = 10;
const KEY_HEADER: &str = "Idempotency-Key";

pub(crate) type ListPlan = Plan<ListPeople>;

/// Where the requests go, and by which addresses people come back.
pub(crate) struct Way {
    pub(crate) back: WayBack,
    pub(crate) connection: ConnectionView,
    pub(crate) client: Client,
    pub(crate) version: ApiVersion,
}

/// Checked requests, waiting for the officer's second step.
pub(crate) struct Prepared {
    pub(crate) review: Review,
    pub(crate) connection_id: String,
    pub(crate) plan: ListPlan,
    /// The files that its people are from.
    pub(crate) files: Vec<ListFile>,
    keys: Keys,
    back: Option<Back>,
    version: ApiVersion,
    name: String,
    url: String,
    headers: Vec<(String, String)>,
}

/// The way back of the requests of one form.
#[derive(Clone)]
struct Back {
    way: WayBack,
    form_key: String,
}

/// What came of preparing.
pub(crate) enum Reviewed {
    Ready(Box<Prepared>),
    /// The first issues, and how many there are.
    Issues(Vec<PlanIssueView>, u32),
}

/// What the form would make of the list. Cheap enough to be called while the officer types.
pub(crate) fn check(
    picked: Picked,
    form: &Form,
    version: ApiVersion,
    back: &WayBack,
    pace: Pace,
) -> Result<FormCheck, Problem> {
    let plan = plan(picked, form, version, back)?;
    let mut found = of_form(form, plan.request_count(), back);
    let of_plan = plan.glance(now_ms());
    found.extend(of_plan.into_iter().map(|issue| issues::issue(issue, form)));
    Ok(FormCheck {
        issues: found,
        requests: plan.request_count(),
        people: plan.people_count(),
        seconds: seconds(&plan, pace),
        columns: named(plan.people().0.columns()),
    })
}

/// Checks every request.
pub(crate) fn prepare(
    picked: Picked,
    left_out: u32,
    form: &Form,
    way: Way,
) -> Result<Reviewed, Problem> {
    let plan = plan(picked, form, way.version.clone(), &way.back)?;
    let of_form = of_form(form, plan.request_count(), &way.back);
    let report = plan.check(now_ms());
    let issue_count =
        count(of_form.len()).saturating_add(u32::try_from(report.issue_count).unwrap_or(u32::MAX));
    if issue_count > 0 {
        let of_plan = report.issues.into_iter();
        let of_plan = of_plan.map(|issue| issues::view(issue, form, plan.people()));
        let shown = of_form.into_iter().map(issues::of_form).chain(of_plan);
        return Ok(Reviewed::Issues(
            shown.take(SHOWN_ISSUES).collect(),
            issue_count,
        ));
    }
    let keys = keys_of(form, plan.request_count())?;
    let warnings = words::split(&plan);
    let warnings = warnings
        .into_iter()
        .chain(report.warnings.iter().map(ToString::to_string));
    let Way {
        back,
        connection,
        client,
        ..
    } = way;
    let mut prepared = Prepared {
        review: Review {
            id: Uuid::new_v4().to_string(),
            people: plan.people_count(),
            left_out,
            requests: plan.request_count(),
            split_requests: plan.split_requests(),
            seconds: seconds(&plan, connection.pace),
            pace: connection.pace,
            asks_again: plan.asks_again(),
            connection_name: connection.name,
            practice: connection.practice,
            warnings: warnings.collect(),
            request: ReviewRequest::default(),
        },
        connection_id: connection.id,
        name: form.draft.name.trim().to_owned(),
        url: client.create_url(),
        headers: client.header_preview(&keys.of(1)),
        version: way.version,
        back: back_of(form, &back),
        plan,
        files: Vec::new(),
        keys,
    };
    prepared.review.request = prepared.request(1)?;
    Ok(Reviewed::Ready(Box::new(prepared)))
}

/// The request that the form makes of the list, if it makes a single one that can be written.
pub(crate) fn single(picked: Picked, form: &Form, back: &WayBack) -> Option<Preview> {
    let plan = plan(picked, form, ApiVersion::contacts_era(), back).ok()?;
    let single = plan.request_count() == 1;
    single.then(|| plan.request(1).ok()).flatten()
}

impl Prepared {
    /// Any request of the review, with its exact bytes.
    pub(crate) fn request(&self, number: u32) -> Result<ReviewRequest, Problem> {
        let body = self.preview(number)?.body;
        let people = self.plan.people_of(number);
        let shown = people.iter().take(SHOWN_CONTACTS);
        let key = self.keys.of(number);
        let headers = self.headers.iter().map(|(name, value)| {
            let value = if name == KEY_HEADER {
                key.as_str()
            } else {
                value
            };
            (name.clone(), value.to_owned())
        });
        Ok(ReviewRequest {
            number,
            people: count(people.len()),
            contacts: shown
                .map(|person| self.contact(*person).to_owned())
                .collect(),
            method: "POST".to_owned(),
            url: self.url.clone(),
            headers: headers.collect(),
            sha256: body.sha256_hex(),
            bytes: count(body.len()),
            body: body.as_str().to_owned(),
        })
    }

    /// The first request that asks a contact with this text in it.
    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        let text = text.trim().to_lowercase();
        let asks = |number: &u32| {
            let mut people = self.plan.people_of(*number).iter();
            people.any(|person| self.contact(*person).to_lowercase().contains(&text))
        };
        (1..=self.plan.request_count())
            .filter(|_| !text.is_empty())
            .find(asks)
    }

    /// Every request, for the ledger.
    pub(crate) fn requests(&self) -> impl Iterator<Item = Result<NewRequest, PlanError>> {
        let at_ms = now_ms();
        let planned = self.plan.requests(|number| self.keys.of(number));
        planned.map(move |planned| Ok(self.planned(planned?, at_ms)))
    }

    /// The batch that they are.
    pub(crate) fn batch(&self, pace: Pace) -> NewBatch {
        let at_ms = now_ms();
        NewBatch {
            id: self.review.id.clone(),
            connection_id: self.connection_id.clone(),
            connection_name: self.review.connection_name.clone(),
            name: words::batch_name(&self.name, at_ms),
            practice: self.review.practice,
            per_minute: pace.per_minute,
            in_flight: pace.in_flight,
            at_ms,
        }
    }

    pub(crate) fn key(&self, number: u32) -> IdempotencyKey {
        self.keys.of(number)
    }

    fn preview(&self, number: u32) -> Result<Preview, Problem> {
        self.plan.request(number).map_err(Problem::from)
    }

    fn contact(&self, person: u32) -> &str {
        self.plan.people().0.contact(person as usize)
    }

    fn planned(&self, planned: PlannedRequest, at_ms: i64) -> NewRequest {
        let body = planned.body.to_body();
        NewRequest {
            // A single request is known by its review.
            id: if self.review.requests == 1 {
                self.review.id.clone()
            } else {
                Uuid::new_v4().to_string()
            },
            connection_id: self.connection_id.clone(),
            connection_name: self.review.connection_name.clone(),
            practice: self.review.practice,
            url: self.url.clone(),
            api_version: self.version.as_str().to_owned(),
            idempotency_key: planned.idempotency_key.as_str().to_owned(),
            body_sha256: body.sha256_hex(),
            body: body.as_bytes().to_vec(),
            name: planned.name.trim().to_owned(),
            internal_id: planned.internal_id.trim().to_owned(),
            security_level: level(planned.security_level).to_owned(),
            pub_key: planned.pub_key.trim().to_owned(),
            return_nonce: self.back.as_ref().map(|back| back.nonce(planned.number)),
            people: planned.people,
            at_ms,
        }
    }
}

impl Back {
    fn nonce(&self, number: u32) -> String {
        let nonce = self.way.nonce(&self.form_key, number);
        nonce.as_str().to_owned()
    }

    fn address(&self, number: u32) -> String {
        self.way.address(&self.form_key, number)
    }
}

impl From<PlanError> for Problem {
    fn from(error: PlanError) -> Self {
        Self::new(
            ProblemCode::DraftHasIssues,
            format!("{}.", capitalised(&error.to_string())),
        )
    }
}

fn plan(
    picked: Picked,
    form: &Form,
    version: ApiVersion,
    back: &WayBack,
) -> Result<ListPlan, Problem> {
    let mode = match form.plan.send_mode {
        SendMode::Together => Mode::Together,
        SendMode::Each => Mode::Each,
        SendMode::Groups => Mode::Groups(group_size(form).unwrap_or(GROUP_SIZE)),
        SendMode::Column => Mode::ByColumn(form.plan.group_column.clone()),
    };
    let options = Options {
        mode,
        empty: if form.plan.leave_empty {
            EmptyValues::Leave
        } else {
            EmptyValues::Refuse
        },
        batch: keys::prefix(&form.idempotency_key),
        redirects: back_of(form, back)
            .map(|back| Redirects::new(move |number| back.address(number))),
        version,
    };
    let mut draft = form.draft.clone();
    if form.return_to != ReturnTo::Web {
        draft.redirect_url.clear();
    }
    Ok(Plan::new(draft, ListPeople(picked), options)?)
}

fn back_of(form: &Form, way: &WayBack) -> Option<Back> {
    (form.return_to == ReturnTo::App && way.is_open()).then(|| Back {
        way: way.clone(),
        form_key: form.idempotency_key.clone(),
    })
}

fn group_size(form: &Form) -> Option<NonZeroU32> {
    NonZeroU32::new(form.plan.group_size).filter(|size| size.get() <= LARGEST_GROUP)
}

/// What is wrong with what is no part of a request.
fn of_form(form: &Form, requests: u32, back: &WayBack) -> Vec<Issue> {
    let mut found = Vec::new();
    if form.return_to == ReturnTo::App && !back.is_open() {
        found.push(Issue {
            path: "returnTo".to_owned(),
            code: IssueCode::Url,
            message: "Nobody can come back to this app now: another program may use its port. Restart Countersign, or choose a web page or nowhere.".to_owned(),
        });
    }
    if form.return_to == ReturnTo::Web {
        found.extend(of_web_page(&form.draft.redirect_url));
    }
    if form.plan.send_mode == SendMode::Groups && group_size(form).is_none() {
        found.push(Issue {
            path: "groupSize".to_owned(),
            code: IssueCode::OutOfRange,
            message: "Choose between 1 and 10,000 people a request.".to_owned(),
        });
    }
    if let Err(problem) = keys_of(form, requests) {
        found.push(Issue {
            path: KEY_HEADER.to_owned(),
            code: IssueCode::IdempotencyKey,
            message: problem.message,
        });
    }
    found
}

/// A page of the web is reached by https. What a variable makes of it is checked with each request.
fn of_web_page(url: &str) -> Option<Issue> {
    let url = url.trim_start();
    let (code, message) = if url.is_empty() {
        (
            IssueCode::Missing,
            "Write the address of the web page, or choose another way.",
        )
    } else if !url.starts_with("{{") && !url.to_ascii_lowercase().starts_with("https://") {
        (
            IssueCode::Url,
            "The address of a web page begins with https://.",
        )
    } else {
        return None;
    };
    Some(Issue {
        path: "redirectUrl".to_owned(),
        code,
        message: message.to_owned(),
    })
}

fn keys_of(form: &Form, requests: u32) -> Result<Keys, Problem> {
    Keys::new(&form.idempotency_key, requests).map_err(|error| {
        let said = capitalised(&error.to_string());
        let message = if IdempotencyKey::parse(form.idempotency_key.as_str()).is_ok() {
            format!(
                "This key has no room for the numbers of {requests} requests. Use a shorter one."
            )
        } else {
            said
        };
        Problem::at(KEY_HEADER, message)
    })
}

fn seconds(plan: &ListPlan, pace: Pace) -> u32 {
    let per_minute = NonZeroU32::new(pace.per_minute).unwrap_or(NonZeroU32::MIN);
    u32::try_from(plan.seconds(per_minute)).unwrap_or(u32::MAX)
}

/// Those that a text can name.
fn named(columns: &[String]) -> Vec<String> {
    let columns = columns.iter().filter(|name| !name.trim().is_empty());
    columns.cloned().collect()
}

fn level(planned: &'static str) -> &'static str {
    if planned.is_empty() {
        SecurityLevel::Contact.as_str()
    } else {
        planned
    }
}

fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
