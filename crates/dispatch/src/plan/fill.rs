//! Fills in one request after the other and writes its bytes.

use std::collections::{HashMap, HashSet};

use humanos::encode::MAX_BODY;
use humanos::{Draft, EncodeError, ExpectedDocId, IdempotencyKey, encode};

use super::body::PlannedBody;
use super::form::Whom;
use super::people::{People, Values};
use super::{Plan, PlanError, PlannedRequest};

/// Where the entries of a filled draft come from, to name the right field and row in an issue.
#[derive(Default)]
pub(super) struct Origins {
    /// For each expected document: its place in the form, if it is not the list's, and the person.
    pub(super) expected: Vec<(Option<usize>, u32)>,
    /// For each credential and placement: its place in the form and the person.
    pub(super) placements: Vec<Vec<(usize, u32)>>,
}

/// Makes requests with a draft that is used again and again.
pub(super) struct Writer<'a, P> {
    plan: &'a Plan<P>,
    draft: Draft,
    salt: u32,
}

impl<'a, P: People> Writer<'a, P> {
    pub(super) fn new(plan: &'a Plan<P>) -> Result<Self, PlanError> {
        if plan.issues.is_empty() {
            Ok(Self::unguarded(plan))
        } else {
            Err(PlanError::Variables)
        }
    }

    fn unguarded(plan: &'a Plan<P>) -> Self {
        let mut draft = plan.draft.clone();
        plan.shared.mark(&mut draft, 0);
        Self {
            plan,
            draft,
            salt: 0,
        }
    }

    /// The request's draft, with marks for the shared parts.
    pub(super) fn fill(&mut self, number: u32) -> (&Draft, Origins) {
        let origins = self.plan.fill(&mut self.draft, number);
        (&self.draft, origins)
    }

    /// What was filled in last.
    pub(super) fn draft(&self) -> &Draft {
        &self.draft
    }

    /// Writes what was filled in last.
    pub(super) fn write(&mut self, number: u32) -> Result<PlannedBody, EncodeError> {
        loop {
            let body = encode(&self.draft, &self.plan.options.version)?;
            if let Some(body) = self.plan.shared.cut(body.as_str(), self.salt) {
                return if body.len() > MAX_BODY {
                    Err(EncodeError::TooLarge)
                } else {
                    Ok(body)
                };
            }
            // Some value looks like a mark. A body has room for few marks, so this ends soon.
            self.salt = self.salt.wrapping_add(1);
            self.draft = self.plan.draft.clone();
            self.plan.shared.mark(&mut self.draft, self.salt);
            self.plan.fill(&mut self.draft, number);
        }
    }

    pub(super) fn body(&mut self, number: u32) -> Result<PlannedBody, PlanError> {
        if self.plan.people_of(number).is_empty() {
            return Err(PlanError::NoSuchRequest(number));
        }
        let mut fits = true;
        self.plan.row_issues(number, &mut |_| fits = false);
        if !fits {
            return Err(PlanError::Values(number));
        }
        self.fill(number);
        self.write(number)
            .map_err(|source| PlanError::Encode { number, source })
    }

    pub(super) fn planned(
        &mut self,
        number: u32,
        key: &mut impl FnMut(u32) -> IdempotencyKey,
    ) -> Result<PlannedRequest, PlanError> {
        let body = self.body(number)?;
        Ok(PlannedRequest {
            number,
            idempotency_key: key(number),
            name: self.draft.name.clone(),
            internal_id: self.draft.internal_id.clone(),
            security_level: self
                .draft
                .security_level
                .map_or("", humanos::SecurityLevel::as_str),
            pub_key: self.plan.shared.pub_key().to_owned(),
            // Left empty in the draft; the next request fills it anew.
            people: std::mem::take(&mut self.draft.contacts),
            rows: self.plan.rows_of(number),
            body,
        })
    }
}

impl<P: People> Plan<P> {
    /// Fills in everything that differs between requests. `draft` is this plan's, however often
    /// filled in before.
    pub(super) fn fill(&self, draft: &mut Draft, number: u32) -> Origins {
        let people = self.people_of(number);
        let Some(&first) = people.first() else {
            return Origins::default();
        };
        let values = self.values(first, number);
        for field in &self.form.fields {
            if let Some(text) = field.place.text_mut(draft) {
                text.clear();
                field.template.fill(text, &values);
            }
        }
        if self.draft.language.is_empty() {
            let asked = self.people.person(first as usize);
            draft.language = asked.language.unwrap_or_default().into_owned();
        }
        if let Some(batch) = self.batch() {
            draft.internal_id = format!("{batch}-{number}");
        }
        if let Some(redirects) = &self.options.redirects {
            draft.redirect_url = redirects.of(number);
        }
        draft.contacts.clear();
        let mut named = HashMap::new();
        for person in people {
            let contact = self.people.contact(*person as usize).into_owned();
            if !self.form.named.is_empty() {
                let lower = contact.to_ascii_lowercase();
                if self.form.named.contains(&lower) {
                    named.entry(lower).or_insert((*person, contact.clone()));
                }
            }
            draft.contacts.push(contact);
        }
        Origins {
            expected: self.fill_expected(draft, number, &named),
            placements: self.fill_placements(draft, number, &named),
        }
    }

    fn fill_expected(
        &self,
        draft: &mut Draft,
        number: u32,
        named: &HashMap<String, (u32, String)>,
    ) -> Vec<(Option<usize>, u32)> {
        let people = self.people_of(number);
        let mut origins = Vec::new();
        let mut typed = HashSet::new();
        draft.expected_doc_ids.clear();
        for (index, expected) in self.form.expected.iter().enumerate() {
            let mut add = |person: u32, contact: String| {
                let mut doc_id = String::new();
                expected
                    .doc_id
                    .fill(&mut doc_id, &self.values(person, number));
                typed.insert(contact.to_ascii_lowercase());
                if !doc_id.is_empty() || expected.doc_id.variables().next().is_none() {
                    draft
                        .expected_doc_ids
                        .push(ExpectedDocId { contact, doc_id });
                    origins.push((Some(index), person));
                }
            };
            match &expected.whom {
                Whom::Named(contact) => {
                    if let Some((person, contact)) = named.get(contact) {
                        add(*person, contact.clone());
                    }
                }
                Whom::Each(template) => {
                    for person in people {
                        let mut contact = String::new();
                        template.fill(&mut contact, &self.values(*person, number));
                        add(*person, contact);
                    }
                }
            }
        }
        for person in people {
            let asked = self.people.person(*person as usize);
            let Some(doc_id) = asked.doc_id.filter(|doc_id| !doc_id.is_empty()) else {
                continue;
            };
            if typed.is_empty() || !typed.contains(&asked.contact.to_ascii_lowercase()) {
                draft.expected_doc_ids.push(ExpectedDocId {
                    contact: asked.contact.into_owned(),
                    doc_id: doc_id.into_owned(),
                });
                origins.push((None, *person));
            }
        }
        origins
    }

    fn fill_placements(
        &self,
        draft: &mut Draft,
        number: u32,
        named: &HashMap<String, (u32, String)>,
    ) -> Vec<Vec<(usize, u32)>> {
        let people = self.people_of(number);
        let mut all = Vec::with_capacity(self.form.placements.len());
        for (credential, form) in self.form.placements.iter().enumerate() {
            let mut origins = Vec::new();
            let mut placements = Vec::new();
            for (index, whom) in form.iter().enumerate() {
                let mut add = |person: u32, contact: String| {
                    let mut placement =
                        self.draft.credentials[credential].placements[index].clone();
                    placement.contact = contact;
                    placements.push(placement);
                    origins.push((index, person));
                };
                match whom {
                    Whom::Named(contact) => {
                        if let Some((person, contact)) = named.get(contact) {
                            add(*person, contact.clone());
                        }
                    }
                    Whom::Each(template) => {
                        let mut seen = HashSet::new();
                        for person in people {
                            let mut contact = String::new();
                            template.fill(&mut contact, &self.values(*person, number));
                            // One field for one person, however many rows name them.
                            if people.len() == 1 || seen.insert(contact.clone()) {
                                add(*person, contact);
                            }
                        }
                    }
                }
            }
            draft.credentials[credential].placements = placements;
            all.push(origins);
        }
        all
    }

    pub(super) fn values(&self, person: u32, number: u32) -> Values<'_, P> {
        Values {
            people: &self.people,
            person: person as usize,
            number: Some(number),
        }
    }
}
