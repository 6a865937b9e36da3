//! What is wrong with a plan, or worth knowing before it is sent.

use std::fmt;

use humanos::IssueCode;

use super::names::NameTrouble;
use super::template::TemplateTrouble;

/// How many issues a report keeps; the rest is counted.
pub const KEPT_ISSUES: usize = 100;

/// One thing to put right before anything is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanIssue {
    /// The field, as in [`humanos::Issue`]; `mode` for how people are put into requests, `contacts`
    /// for the list.
    pub path: String,
    /// What kind of thing.
    pub code: PlanIssueCode,
    /// The row of the list, as the officer counts it; none if it is about all.
    pub row: Option<u64>,
    /// The index of the person that it is about, as in [`super::People`].
    pub person: Option<u32>,
    /// The number of the request, from 1; none if it is about all.
    pub request: Option<u32>,
    /// A sentence or two for the officer.
    pub message: String,
}

/// The kinds of issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PlanIssueCode {
    /// What a single request would have as well.
    Field(IssueCode),
    /// A variable, or the column to group by, that the list does not have.
    UnknownColumn,
    /// Several columns have the name.
    SeveralColumns,
    /// `{{` without `}}`.
    Unclosed,
    /// A variable in JSON outside of quotes.
    Unquoted,
    /// A variable in a field that takes none.
    NoVariableHere,
    /// The person has no value for a variable.
    EmptyValue,
    /// The people of one request have different values for what it has once.
    Differs,
    /// The person is asked already.
    AskedTwice,
    /// There is nobody to ask.
    Nobody,
    /// The request cannot be written.
    Unwritable,
}

/// What checking every request of a plan found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The first [`KEPT_ISSUES`] issues: what is about all first, then in the order of the requests.
    pub issues: Vec<PlanIssue>,
    /// How many issues there are in all.
    pub issue_count: u64,
    /// What may be sent, but should be known.
    pub warnings: Vec<PlanWarning>,
}

/// What may be sent, but should be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanWarning {
    /// Requests share their internal id with an earlier one.
    RepeatedInternalId {
        /// How many repeat one.
        requests: u32,
        /// The first of them, from 1.
        first: u32,
    },
    /// Several requests, some of them without an internal id.
    NoInternalId {
        /// How many have none.
        requests: u32,
    },
    /// People whose row says another language than the form, which goes to everybody.
    OtherLanguage {
        /// How many.
        people: u32,
    },
    /// People with a second contact, which this API version cannot carry.
    SecondContact {
        /// How many.
        people: u32,
    },
    /// People with an internal id of their own, which no field asks for.
    OwnInternalId {
        /// How many.
        people: u32,
    },
}

impl Report {
    /// Whether the plan can be sent.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.issue_count == 0
    }

    pub(super) fn add(&mut self, issue: PlanIssue) {
        self.issue_count += 1;
        if self.issues.len() < KEPT_ISSUES {
            self.issues.push(issue);
        }
    }
}

impl PlanIssue {
    /// About a field, whoever is asked.
    pub(super) fn of_field(
        path: impl Into<String>,
        code: PlanIssueCode,
        message: impl Into<String>,
    ) -> Self {
        Self {
            path: path.into(),
            code,
            row: None,
            person: None,
            request: None,
            message: message.into(),
        }
    }

    pub(super) fn of_template(path: &str, trouble: &TemplateTrouble) -> Self {
        match trouble {
            TemplateTrouble::Unclosed => Self::of_field(
                path,
                PlanIssueCode::Unclosed,
                "A variable is not closed. Write }} after its name, or {{{{ where two braces are meant.",
            ),
            TemplateTrouble::Unquoted(name) => Self::of_field(
                path,
                PlanIssueCode::Unquoted,
                format!(
                    "Write {{{{{name}}}}} inside quotes: values of the list go into JSON as text."
                ),
            ),
            TemplateTrouble::Name(name, trouble) => Self::of_name(path, name, trouble),
        }
    }

    pub(super) fn of_name(path: &str, name: &str, trouble: &NameTrouble) -> Self {
        match trouble {
            NameTrouble::Unknown(nearest) => {
                let way_out = match nearest {
                    Some(nearest) => format!("Did you mean “{nearest}”?"),
                    None => "Choose one of the list's columns.".to_owned(),
                };
                let message = format!("The list has no column “{name}”. {way_out}");
                Self::of_field(path, PlanIssueCode::UnknownColumn, message)
            }
            NameTrouble::Several => Self::of_field(
                path,
                PlanIssueCode::SeveralColumns,
                format!("The list has several columns “{name}”. Rename one of them in the file."),
            ),
        }
    }
}

impl fmt::Display for PlanWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::RepeatedInternalId { requests, first } => write!(
                f,
                "{} the internal ID of an earlier one, first request {first}. If the answer to one is lost, it cannot be looked up by its ID. Put {{{{number}}}} or a column into the ID to tell them apart.",
                counted(requests, "request has", "requests have")
            ),
            Self::NoInternalId { requests } => write!(
                f,
                "{} no internal ID. If the answer to one is lost, it cannot be looked up.",
                counted(requests, "request has", "requests have")
            ),
            Self::OtherLanguage { people } => write!(
                f,
                "{} another language in the list. The form's language goes to everybody: leave it empty to write to each person in their own.",
                counted(people, "person has", "people have")
            ),
            Self::SecondContact { people } => write!(
                f,
                "{} a second contact in the list. This API version cannot carry it: only the first is asked.",
                counted(people, "person has", "people have")
            ),
            Self::OwnInternalId { people } => write!(
                f,
                "{} an internal ID in the list. It is sent only where a field names its column in {{{{ }}}}.",
                counted(people, "person has", "people have")
            ),
        }
    }
}

fn counted(count: u32, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
