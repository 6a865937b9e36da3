//! The dry run: every request is filled in, judged and written, and none is kept.

use std::collections::HashSet;

use humanos::{Draft, EncodeError, Issue, IssueCode};

use super::Plan;
use super::distinct::Distinct;
use super::fill::{Origins, Writer};
use super::form::{Whom, expected_path, placement_path};
use super::issue::{PlanIssue, PlanIssueCode, PlanWarning, Report};
use super::people::People;
use super::template::is_template;

impl<P: People> Plan<P> {
    /// Checks every request at `now_ms` (Unix milliseconds). What is the same in all of them is
    /// checked once. Nothing may be sent before this gives a clean report.
    #[must_use]
    pub fn check(&self, now_ms: i64) -> Report {
        let mut report = self.common(now_ms);
        let Ok(mut writer) = Writer::new(self) else {
            return report;
        };
        let common_holds = report.is_clean();
        self.check_twins(&mut report);
        let mut ids = InternalIds::default();
        for number in 1..=self.request_count() {
            let draft = self.check_request(number, &mut writer, common_holds, now_ms, &mut report);
            ids.note(&draft.internal_id, number, |number, out| {
                self.push_internal_id(number, out);
            });
        }
        self.warn(&ids, &mut report);
        report
    }

    /// What is wrong whoever is asked, and with the first request, at `now_ms`: quick enough to be
    /// asked for while somebody types. That nothing is found here allows nothing to be sent.
    #[must_use]
    pub fn glance(&self, now_ms: i64) -> Vec<PlanIssue> {
        let mut report = self.common(now_ms);
        if let Ok(mut writer) = Writer::new(self)
            && !self.people.is_empty()
        {
            let common_holds = report.is_clean();
            self.check_request(1, &mut writer, common_holds, now_ms, &mut report);
        }
        report.issues
    }

    /// What is not about single requests.
    fn common(&self, now_ms: i64) -> Report {
        let mut report = Report::default();
        self.issues
            .iter()
            .cloned()
            .for_each(|issue| report.add(issue));
        if self.people.is_empty() {
            report.add(PlanIssue::of_field(
                "contacts",
                PlanIssueCode::Nobody,
                "There is nobody to ask. Add a list of people.",
            ));
        }
        self.check_constants(now_ms, &mut report);
        self.check_named(&mut report);
        report
    }

    /// Fills a request in and adds what is wrong with it alone. It is written as well if all that
    /// is common to the requests holds.
    fn check_request<'w>(
        &self,
        number: u32,
        writer: &'w mut Writer<'_, P>,
        common_holds: bool,
        now_ms: i64,
        report: &mut Report,
    ) -> &'w Draft {
        let before = report.issue_count;
        let mut told = HashSet::new();
        self.row_issues(number, &mut |issue| {
            told.insert(issue.path.clone());
            report.add(issue);
        });
        let (draft, origins) = writer.fill(number);
        for issue in humanos::check(draft, now_ms) {
            if !told.contains(&issue.path) && self.differs_at(&issue.path) {
                self.add_located(issue, number, &origins, report);
            }
        }
        if common_holds
            && report.issue_count == before
            && let Err(error) = writer.write(number)
        {
            report.add(unwritable(number, &error));
        }
        writer.draft()
    }

    fn check_constants(&self, now_ms: i64, report: &mut Report) {
        let mut draft = self.draft.clone();
        self.shared.restore(&mut draft);
        for issue in humanos::check(&draft, now_ms) {
            // One entry that is wrong in the form is told as a variable already.
            let told = self.issues.iter().any(|known| known.path == issue.path);
            if !told && !self.differs_at(&issue.path) {
                let code = PlanIssueCode::Field(issue.code);
                report.add(PlanIssue::of_field(issue.path, code, issue.message));
            }
        }
    }

    /// Whether what stands at `path` can differ from request to request.
    fn differs_at(&self, path: &str) -> bool {
        self.form.differs_at(path) || (path == "redirectUrl" && self.options.redirects.is_some())
    }

    /// Nobody twice.
    fn check_twins(&self, report: &mut Report) {
        let mut contacts = Distinct::default();
        let mut lower = String::new();
        for person in 0..self.people_count() {
            lower.clear();
            self.push_lower(person, &mut lower);
            let earlier = contacts.insert(&lower, person, |other, out| self.push_lower(other, out));
            if let Some(earlier) = earlier {
                let row = |person: u32| self.people.person(person as usize).row;
                report.add(PlanIssue {
                    path: "contacts".to_owned(),
                    code: PlanIssueCode::AskedTwice,
                    row: Some(row(person)),
                    person: Some(person),
                    request: None,
                    message: format!(
                        "This person is already asked in row {}. Take one of the rows out.",
                        row(earlier)
                    ),
                });
            }
        }
    }

    fn push_lower(&self, person: u32, out: &mut String) {
        let start = out.len();
        out.push_str(&self.people.contact(person as usize));
        out[start..].make_ascii_lowercase();
    }

    /// Everybody whom the form names is there.
    fn check_named(&self, report: &mut Report) {
        let mut missing: HashSet<&str> = self.form.named.iter().map(String::as_str).collect();
        let mut lower = String::new();
        for person in 0..self.people_count() {
            if missing.is_empty() {
                break;
            }
            lower.clear();
            self.push_lower(person, &mut lower);
            missing.remove(lower.as_str());
        }
        let mut tell = |whom: &Whom, path: String| {
            if let Whom::Named(contact) = whom
                && missing.contains(contact.as_str())
            {
                let (code, message) = if contact.is_empty() {
                    (IssueCode::Missing, "Choose one of the people asked.")
                } else {
                    (
                        IssueCode::NotInContacts,
                        "This person is not in the list. Add them or choose another.",
                    )
                };
                report.add(PlanIssue::of_field(
                    path,
                    PlanIssueCode::Field(code),
                    message,
                ));
            }
        };
        for (credential, placements) in self.form.placements.iter().enumerate() {
            for (index, whom) in placements.iter().enumerate() {
                tell(whom, placement_path(credential, index));
            }
        }
        for (index, expected) in self.form.expected.iter().enumerate() {
            tell(&expected.whom, expected_path(index, "contact"));
        }
    }

    /// Finds the field of the form and the row of the list that an issue of a filled draft is about.
    fn add_located(&self, issue: Issue, number: u32, origins: &Origins, report: &mut Report) {
        let people = self.people_of(number);
        let (mut path, mut person) = (issue.path, people.first().copied());
        let parts: Vec<&str> = path.split('.').collect();
        let index = |at: usize| parts.get(at).and_then(|part| part.parse::<usize>().ok());
        let moved = match parts.first() {
            Some(&"contacts") => {
                // Told of the whole list already.
                if issue.code == IssueCode::Duplicate {
                    return;
                }
                person = index(1).and_then(|at| people.get(at)).copied();
                Some("contacts".to_owned())
            }
            Some(&"expectedDocIds") => {
                let origin = index(1).and_then(|at| origins.expected.get(at));
                person = origin.map(|(_, person)| *person);
                let field = parts.get(2).copied().unwrap_or_default();
                origin.map(|(form, _)| match form {
                    Some(form) => expected_path(*form, field),
                    None => "expectedDocIds".to_owned(),
                })
            }
            Some(&"credentials") if parts.get(2) == Some(&"placements") => {
                let credential = index(1).unwrap_or_default();
                let origin = origins.placements.get(credential);
                let origin = origin.zip(index(3)).and_then(|(all, at)| all.get(at));
                person = origin.map(|(_, person)| *person);
                origin.map(|(form, _)| placement_path(credential, *form))
            }
            _ => None,
        };
        if let Some(moved) = moved {
            path = moved;
        }
        report.add(PlanIssue {
            path,
            code: PlanIssueCode::Field(issue.code),
            row: person.map(|person| self.people.person(person as usize).row),
            person,
            request: Some(number),
            message: issue.message,
        });
    }

    /// As `fill` writes it.
    fn push_internal_id(&self, number: u32, out: &mut String) {
        let field = self.form.fields.iter();
        let field = field
            .filter(|field| field.path == "internalId")
            .zip(self.people_of(number).first());
        if let Some((field, first)) = field.into_iter().next() {
            field.template.fill(out, &self.values(*first, number));
        } else if let Some(batch) = self.batch() {
            out.push_str(&format!("{batch}-{number}"));
        } else {
            out.push_str(&self.draft.internal_id);
        }
    }

    fn warn(&self, ids: &InternalIds, report: &mut Report) {
        if let Some(first) = ids.first_repeated {
            let requests = ids.repeated;
            report
                .warnings
                .push(PlanWarning::RepeatedInternalId { requests, first });
        }
        if ids.missing > 0 && self.request_count() > 1 {
            let requests = ids.missing;
            report.warnings.push(PlanWarning::NoInternalId { requests });
        }
        let language = self.draft.language.as_str();
        let one_for_all = !language.is_empty() && !is_template(language);
        let (mut others, mut seconds, mut own) = (0, 0, 0);
        for person in 0..self.people_count() {
            let asked = self.people.person(person as usize);
            let theirs = asked
                .language
                .as_deref()
                .filter(|theirs| *theirs != language);
            others += u32::from(one_for_all && theirs.is_some());
            seconds += u32::from(asked.secondary_contact.is_some());
            own += u32::from(asked.internal_id.is_some());
        }
        if others > 0 {
            report
                .warnings
                .push(PlanWarning::OtherLanguage { people: others });
        }
        if seconds > 0 {
            report
                .warnings
                .push(PlanWarning::SecondContact { people: seconds });
        }
        if own > 0 && self.draft.internal_id.is_empty() {
            report
                .warnings
                .push(PlanWarning::OwnInternalId { people: own });
        }
    }
}

/// Which internal ids there were.
#[derive(Default)]
struct InternalIds {
    known: Distinct,
    missing: u32,
    repeated: u32,
    first_repeated: Option<u32>,
}

impl InternalIds {
    fn note(&mut self, id: &str, number: u32, tell: impl FnMut(u32, &mut String)) {
        if id.is_empty() {
            self.missing += 1;
        } else if self.known.insert(id, number, tell).is_some() {
            self.repeated += 1;
            self.first_repeated.get_or_insert(number);
        }
    }
}

fn unwritable(number: u32, error: &EncodeError) -> PlanIssue {
    let message = match error {
        EncodeError::TooLarge => {
            "This request is larger than the most that is sent at once. Use smaller files, ask for fewer documents, or put fewer people into a request.".to_owned()
        }
        EncodeError::UnsupportedVersion(version) => format!(
            "Requests cannot be written for API version {version}. Choose another in the connection."
        ),
        _ => "This request cannot be written. Check what the row puts into the form.".to_owned(),
    };
    PlanIssue {
        path: "credentials".to_owned(),
        code: PlanIssueCode::Unwritable,
        row: None,
        person: None,
        request: Some(number),
        message,
    }
}
