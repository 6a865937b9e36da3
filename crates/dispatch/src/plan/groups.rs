//! Who goes into which request.

use std::num::NonZeroU32;

use super::distinct::Distinct;
use super::form::Form;
use super::people::{People, Values, Variable};
use super::place::Place;
use super::template::Template;

/// How people are put together, its column found.
#[derive(Clone, Copy, Debug)]
pub(super) enum Grouping {
    Together,
    Each,
    Groups(NonZeroU32),
    Column(usize),
}

/// The people of each request. Requests are in the order of their first person in the list, people
/// in the order of the list.
pub(super) struct Groups {
    order: Vec<u32>,
    /// Where in `order` each request starts, and the end of the last.
    starts: Vec<u32>,
    pub(super) splits: Vec<Split>,
    /// How many requests there would be if nothing parted people.
    pub(super) unsplit: u32,
}

/// A field of which a request has only one value, while people need several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split {
    /// `name`, `language`, `redirectUrl` or `internalId`.
    pub path: &'static str,
    /// How many different values there are; none at all counts as one.
    pub values: u32,
}

struct Open {
    first: u32,
    request: u32,
    people: u32,
}

/// What parts people.
struct Key<'a> {
    path: &'static str,
    text: KeyText<'a>,
}

enum KeyText<'a> {
    Filled(&'a Template),
    OwnLanguage,
    Column(usize),
}

impl Groups {
    /// `people` fit in a `u32`.
    pub(super) fn new<P: People + ?Sized>(
        people: &P,
        grouping: Grouping,
        form: &Form,
        own_language: bool,
    ) -> Self {
        let count = u32::try_from(people.len()).unwrap_or(u32::MAX);
        let limit = match grouping {
            Grouping::Each => {
                return Self {
                    order: (0..count).collect(),
                    starts: (0..=count).collect(),
                    splits: Vec::new(),
                    unsplit: count,
                };
            }
            Grouping::Groups(limit) => limit.get(),
            Grouping::Together | Grouping::Column(_) => u32::MAX,
        };
        let mut keys = splitting(form, own_language);
        if let Grouping::Column(column) = grouping {
            keys.push(Key {
                path: "mode",
                text: KeyText::Column(column),
            });
        }
        let mut values: Vec<Distinct> = keys.iter().map(|_| Distinct::default()).collect();
        let mut alike = Distinct::default();
        let mut open: Vec<Open> = Vec::new();
        let mut sizes: Vec<u32> = Vec::new();
        let mut request_of: Vec<u32> = Vec::with_capacity(people.len());
        let (mut text, mut part) = (String::new(), String::new());
        for person in 0..count {
            text.clear();
            push_keys(&keys, people, person, &mut text);
            // No more groups than people, which fit.
            let next = u32::try_from(open.len()).unwrap_or(u32::MAX);
            let tell = |group: u32, out: &mut String| {
                push_keys(&keys, people, open[group as usize].first, out);
            };
            let group = alike.insert(&text, next, tell).unwrap_or(next) as usize;
            if group == open.len() {
                open.push(Open {
                    first: person,
                    request: u32::MAX,
                    people: limit,
                });
                for (key, values) in keys.iter().zip(&mut values) {
                    part.clear();
                    push_key(key, people, person, &mut part);
                    values.insert(&part, person, |other, out| {
                        push_key(key, people, other, out)
                    });
                }
            }
            let group = &mut open[group];
            if group.people == limit {
                group.people = 0;
                group.request = u32::try_from(sizes.len()).unwrap_or(u32::MAX);
                sizes.push(0);
            }
            group.people += 1;
            sizes[group.request as usize] += 1;
            request_of.push(group.request);
        }
        let different = |at: usize| u32::try_from(values[at].len()).unwrap_or(u32::MAX);
        let unsplit = match grouping {
            Grouping::Column(_) => different(keys.len() - 1),
            _ => count.div_ceil(limit),
        };
        let splits = keys.iter().enumerate().map(|(at, key)| Split {
            path: key.path,
            values: different(at),
        });
        let splits = splits.filter(|split| split.values > 1 && split.path != "mode");
        let splits = splits.collect();
        let (order, starts) = sorted(&request_of, &sizes);
        Self {
            order,
            starts,
            splits,
            unsplit,
        }
    }

    pub(super) fn len(&self) -> u32 {
        // One start more than requests.
        u32::try_from(self.starts.len() - 1).unwrap_or(u32::MAX)
    }

    /// The people of a request, counted from 0; none if there is no such request.
    pub(super) fn people(&self, request: u32) -> &[u32] {
        let request = request as usize;
        match (self.starts.get(request), self.starts.get(request + 1)) {
            (Some(start), Some(end)) => &self.order[*start as usize..*end as usize],
            _ => &[],
        }
    }

    /// The request that a person is in, counted from 0.
    pub(super) fn request_of(&self, person: u32) -> Option<u32> {
        let at = self.order.iter().position(|other| *other == person)?;
        // Every request has people, so no two start at the same place.
        let starts = self.starts.partition_point(|start| *start as usize <= at);
        u32::try_from(starts.checked_sub(1)?).ok()
    }
}

fn splitting(form: &Form, own_language: bool) -> Vec<Key<'_>> {
    let mut keys = Vec::new();
    for field in &form.fields {
        let path = match field.place {
            Place::Name => "name",
            Place::Language => "language",
            Place::RedirectUrl => "redirectUrl",
            Place::InternalId => "internalId",
            Place::PubKey | Place::Credential(..) => continue,
        };
        if field.template.is_personal() {
            keys.push(Key {
                path,
                text: KeyText::Filled(&field.template),
            });
        }
    }
    if own_language {
        keys.push(Key {
            path: "language",
            text: KeyText::OwnLanguage,
        });
    }
    keys
}

/// All keys in one text, which can be told apart again from its end: each is followed by its length.
fn push_keys<P: People + ?Sized>(keys: &[Key<'_>], people: &P, person: u32, out: &mut String) {
    for key in keys {
        let start = out.len();
        push_key(key, people, person, out);
        let length = out.len() - start;
        out.push('\u{1}');
        out.push_str(&length.to_string());
    }
}

fn push_key<P: People + ?Sized>(key: &Key<'_>, people: &P, person: u32, out: &mut String) {
    let person = person as usize;
    let values = Values {
        people,
        person,
        number: None,
    };
    match key.text {
        KeyText::Filled(template) => template.fill(out, &values),
        KeyText::OwnLanguage => {
            out.push_str(
                people
                    .person(person)
                    .language
                    .as_deref()
                    .unwrap_or_default(),
            );
        }
        KeyText::Column(column) => out.push_str(&values.of(Variable::Column(column))),
    }
}

/// A counting sort of people by request.
fn sorted(request_of: &[u32], sizes: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let mut starts = Vec::with_capacity(sizes.len() + 1);
    let mut end = 0;
    starts.push(0);
    for size in sizes {
        end += size;
        starts.push(end);
    }
    let mut next = starts.clone();
    let mut order = vec![0; request_of.len()];
    for (person, request) in (0..).zip(request_of) {
        let at = &mut next[*request as usize];
        order[*at as usize] = person;
        *at += 1;
    }
    (order, starts)
}
