//! A draft as typed, with its variables read.

use std::collections::HashSet;

use humanos::Draft;

use super::issue::{PlanIssue, PlanIssueCode};
use super::names::Names;
use super::place::Place;
use super::template::{Style, Template, is_template};

/// What differs between the requests of a batch.
pub(super) struct Form {
    /// Fields with variables, in the form's order.
    pub(super) fields: Vec<Field>,
    /// One for each of the draft's expected documents.
    pub(super) expected: Vec<Expected>,
    /// One list for each credential, one entry for each of its placements.
    pub(super) placements: Vec<Vec<Whom>>,
    /// Contacts that the form names, in lower case.
    pub(super) named: HashSet<String>,
}

/// A field with variables.
pub(super) struct Field {
    pub(super) place: Place,
    pub(super) path: String,
    pub(super) template: Template,
}

/// The document expected of somebody.
pub(super) struct Expected {
    pub(super) whom: Whom,
    pub(super) doc_id: Template,
}

/// Whom an expected document or a placement is about.
pub(super) enum Whom {
    /// The person with this contact, in lower case.
    Named(String),
    /// Each person of the request.
    Each(Template),
}

impl Form {
    /// Reads a draft. The issues are those of its variables.
    pub(super) fn read(draft: &Draft, names: &Names) -> (Self, Vec<PlanIssue>) {
        let mut reader = Reader {
            names,
            issues: Vec::new(),
            named: HashSet::new(),
        };
        let fields = reader.fields(draft);
        reader.constants(draft);
        let credentials = draft.credentials.iter().enumerate();
        let placements = credentials
            .map(|(credential, held)| {
                let placements = held.placements.iter().enumerate();
                placements
                    .map(|(index, placement)| {
                        let path = placement_path(credential, index);
                        reader.whom(&path, &placement.contact)
                    })
                    .collect()
            })
            .collect();
        let expected = draft.expected_doc_ids.iter().enumerate();
        let expected = expected
            .map(|(index, expected)| Expected {
                whom: reader.whom(&expected_path(index, "contact"), &expected.contact),
                doc_id: reader.template(
                    &expected_path(index, "docId"),
                    &expected.doc_id,
                    Style::Plain,
                ),
            })
            .collect();
        let form = Self {
            fields,
            expected,
            placements,
            named: reader.named,
        };
        (form, reader.issues)
    }

    /// Whether a variable makes what stands at `path` differ from request to request.
    pub(super) fn differs_at(&self, path: &str) -> bool {
        path.starts_with("contacts")
            || path.starts_with("expectedDocIds")
            || (path.contains(".placements.") && path.ends_with(".contact"))
            || self.fields.iter().any(|field| field.path == path)
    }

    /// Fields that a request has once and that do not part its people.
    pub(super) fn common(&self) -> impl Iterator<Item = &Field> {
        let fields = self.fields.iter();
        fields.filter(|field| !field.place.splits() && field.template.is_personal())
    }
}

pub(super) fn expected_path(index: usize, field: &str) -> String {
    format!("expectedDocIds.{index}.{field}")
}

pub(super) fn placement_path(credential: usize, index: usize) -> String {
    format!("credentials.{credential}.placements.{index}.contact")
}

struct Reader<'a> {
    names: &'a Names,
    issues: Vec<PlanIssue>,
    named: HashSet<String>,
}

impl Reader<'_> {
    fn fields(&mut self, draft: &Draft) -> Vec<Field> {
        let mut fields = Vec::new();
        for place in Place::all(draft) {
            let text = place.text(draft);
            if !is_template(text) {
                continue;
            }
            let path = place.path();
            if place.takes_variables() {
                fields.push(Field {
                    place,
                    template: self.template(&path, text, place.style()),
                    path,
                });
            } else {
                self.no_variable(path);
            }
        }
        fields
    }

    fn constants(&mut self, draft: &Draft) {
        for (name, list) in [
            ("groupIds", &draft.group_ids),
            ("resourcesIds", &draft.resources_ids),
            ("authorizedDIDs", &draft.authorized_dids),
        ] {
            for (index, entry) in list.iter().enumerate() {
                if is_template(entry) {
                    self.no_variable(format!("{name}.{index}"));
                }
            }
        }
        for (index, credential) in draft.credentials.iter().enumerate() {
            for (name, text) in [
                ("validFrom", &credential.valid_from),
                ("validUntil", &credential.valid_until),
                ("action.id", &credential.action.id),
            ] {
                if is_template(text) {
                    self.no_variable(format!("credentials.{index}.{name}"));
                }
            }
            for (at, placement) in credential.placements.iter().enumerate() {
                if is_template(&placement.identity_type) {
                    self.no_variable(format!("credentials.{index}.placements.{at}.identityType"));
                }
            }
        }
    }

    fn template(&mut self, path: &str, text: &str, style: Style) -> Template {
        let (template, troubles) = Template::parse(text, style, self.names);
        let issues = troubles.iter();
        self.issues
            .extend(issues.map(|trouble| PlanIssue::of_template(path, trouble)));
        template
    }

    fn whom(&mut self, path: &str, contact: &str) -> Whom {
        if is_template(contact) {
            return Whom::Each(self.template(path, contact, Style::Plain));
        }
        let contact = contact.to_ascii_lowercase();
        self.named.insert(contact.clone());
        Whom::Named(contact)
    }

    fn no_variable(&mut self, path: String) {
        self.issues.push(PlanIssue::of_field(
            path,
            PlanIssueCode::NoVariableHere,
            "This field is the same for everybody and takes no {{variable}}. Write the value itself.",
        ));
    }
}
