//! Issues of a plan in the terms of the window.

use dispatch::plan::{PlanIssue, PlanIssueCode};
use humanos::{Issue, IssueCode};

use super::ListPeople;
use crate::wire::{Form, PlanIssueView, SendMode};

/// For the form's own fields.
pub(super) fn issue(found: PlanIssue, form: &Form) -> Issue {
    let message = message(&found, form);
    Issue {
        path: path(found.path),
        code: code(found.code),
        message,
    }
}

/// With the row it is about.
pub(super) fn view(found: PlanIssue, form: &Form, people: &ListPeople) -> PlanIssueView {
    let message = message(&found, form);
    let place = found.person.map(|person| people.place(person));
    PlanIssueView {
        message,
        path: path(found.path),
        row: place.as_ref().and_then(|(_, line)| *line),
        source: place.map(|(source, _)| source),
        request: found.request,
    }
}

/// What the form says whoever is asked.
pub(super) fn of_form(issue: Issue) -> PlanIssueView {
    PlanIssueView {
        path: issue.path,
        message: issue.message,
        row: None,
        source: None,
        request: None,
    }
}

/// All that a plan says of its mode is about the column.
fn path(path: String) -> String {
    if path == "mode" {
        "groupColumn".to_owned()
    } else {
        path
    }
}

fn message(found: &PlanIssue, form: &Form) -> String {
    let is_blank = form.plan.send_mode == SendMode::Column
        && form.plan.group_column.trim().is_empty()
        && found.path == "mode";
    if is_blank {
        "Choose the column whose values make the requests.".to_owned()
    } else {
        found.message.clone()
    }
}

/// The nearest kind that a single request can have.
fn code(code: PlanIssueCode) -> IssueCode {
    match code {
        PlanIssueCode::Field(code) => code,
        PlanIssueCode::UnknownColumn | PlanIssueCode::EmptyValue | PlanIssueCode::Nobody => {
            IssueCode::Missing
        }
        PlanIssueCode::SeveralColumns | PlanIssueCode::AskedTwice => IssueCode::Duplicate,
        PlanIssueCode::Unclosed => IssueCode::StrayCharacter,
        PlanIssueCode::Unquoted => IssueCode::Json,
        PlanIssueCode::NoVariableHere | PlanIssueCode::Differs => IssueCode::NotAllowed,
        PlanIssueCode::Unwritable => IssueCode::TooLarge,
    }
}
