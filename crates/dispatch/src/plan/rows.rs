//! What the rows of one request lack: values that are missing, or that differ where they must not.

use super::form::{Whom, expected_path, placement_path};
use super::groups::Grouping;
use super::issue::{PlanIssue, PlanIssueCode};
use super::people::{People, Variable};
use super::template::Template;
use super::{EmptyValues, Mode, Plan};

impl<P: People> Plan<P> {
    /// Hands over every issue of a request's rows, in the order of the list.
    pub(super) fn row_issues(&self, number: u32, found: &mut impl FnMut(PlanIssue)) {
        if self.options.empty == EmptyValues::Refuse {
            for person in self.people_of(number) {
                self.empty_values(*person, number, found);
            }
        }
        self.different_values(number, found);
    }

    fn empty_values(&self, person: u32, number: u32, found: &mut impl FnMut(PlanIssue)) {
        if let Grouping::Column(column) = self.grouping {
            self.empty_value("mode", Variable::Column(column), person, number, found);
        }
        for field in &self.form.fields {
            self.empty_in(&field.path, &field.template, person, number, found);
        }
        for (credential, placements) in self.form.placements.iter().enumerate() {
            for (index, whom) in placements.iter().enumerate() {
                if let Whom::Each(contact) = whom {
                    let path = || placement_path(credential, index);
                    self.empty_behind(path, contact, person, number, found);
                }
            }
        }
        for (index, expected) in self.form.expected.iter().enumerate() {
            match &expected.whom {
                Whom::Each(contact) => {
                    let path = || expected_path(index, "contact");
                    self.empty_behind(path, contact, person, number, found);
                }
                Whom::Named(contact) => {
                    let asked = self.people.contact(person as usize);
                    if !asked.eq_ignore_ascii_case(contact) {
                        continue;
                    }
                }
            }
            let path = || expected_path(index, "docId");
            self.empty_behind(path, &expected.doc_id, person, number, found);
        }
    }

    /// The path is made only if it is needed.
    fn empty_behind(
        &self,
        path: impl Fn() -> String,
        template: &Template,
        person: u32,
        number: u32,
        found: &mut impl FnMut(PlanIssue),
    ) {
        let values = self.values(person, number);
        if template.variables().any(|held| values.of(held).is_empty()) {
            self.empty_in(&path(), template, person, number, found);
        }
    }

    fn empty_in(
        &self,
        path: &str,
        template: &Template,
        person: u32,
        number: u32,
        found: &mut impl FnMut(PlanIssue),
    ) {
        let mut told = Vec::new();
        for variable in template.variables() {
            if matches!(variable, Variable::Column(_)) && !told.contains(&variable) {
                told.push(variable);
                self.empty_value(path, variable, person, number, found);
            }
        }
    }

    fn empty_value(
        &self,
        path: &str,
        variable: Variable,
        person: u32,
        number: u32,
        found: &mut impl FnMut(PlanIssue),
    ) {
        if !self.values(person, number).of(variable).is_empty() {
            return;
        }
        let row = self.people.person(person as usize).row;
        found(PlanIssue {
            path: path.to_owned(),
            code: PlanIssueCode::EmptyValue,
            row: Some(row),
            person: Some(person),
            request: Some(number),
            message: format!(
                "Row {row} has nothing in “{}”. Fill it in, take the person out, or choose to leave empty values empty.",
                self.name_of(variable)
            ),
        });
    }

    /// A field that a request has once must be the same for all of its people.
    fn different_values(&self, number: u32, found: &mut impl FnMut(PlanIssue)) {
        let people = self.people_of(number);
        let Some((first, others)) = people.split_first() else {
            return;
        };
        if others.is_empty() {
            return;
        }
        let (mut wanted, mut text) = (String::new(), String::new());
        for field in self.form.common() {
            wanted.clear();
            field
                .template
                .fill(&mut wanted, &self.values(*first, number));
            let other = others.iter().find(|other| {
                text.clear();
                field
                    .template
                    .fill(&mut text, &self.values(**other, number));
                text != wanted
            });
            let Some(other) = other else { continue };
            let row = |person: u32| self.people.person(person as usize).row;
            let differing = field.template.variables().find(|variable| {
                self.values(*first, number).of(*variable)
                    != self.values(*other, number).of(*variable)
            });
            let name = differing.map_or_else(String::new, |variable| self.name_of(variable));
            let way_out = match differing {
                Some(Variable::Column(_)) if !matches!(self.options.mode, Mode::ByColumn(_)) => {
                    format!("Send one request each, or one for each value of “{name}”.")
                }
                _ => "Send one request each.".to_owned(),
            };
            found(PlanIssue {
                path: field.path.clone(),
                code: PlanIssueCode::Differs,
                row: Some(row(*other)),
                person: Some(*other),
                request: Some(number),
                message: format!(
                    "Rows {} and {} go into the same request, {number}, but differ in “{name}”, and the request says this once for all. {way_out}",
                    row(*first),
                    row(*other),
                ),
            });
        }
    }

    fn name_of(&self, variable: Variable) -> String {
        match variable {
            Variable::Column(column) => self.names.written(column),
            Variable::Contact => "contact".to_owned(),
            Variable::Row => "row".to_owned(),
            Variable::Number => "number".to_owned(),
        }
    }
}
