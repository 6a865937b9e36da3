//! What of a batch did not work, grouped by what the other side said.

use ledger::Ledger;

use super::Sending;
use crate::commands::requests::number;
use crate::error::Problem;
use crate::failure;
use crate::wire::{FailedRequest, FailureGroup};

/// How many characters of what was said are shown, and looked through for a contact.
const SHOWN: usize = 2_000;

impl Sending {
    pub(crate) fn failures(&self, id: &str) -> Result<Vec<FailureGroup>, Problem> {
        let ledger = self.apart()?;
        let groups = ledger.batch_failures(id)?;
        groups
            .into_iter()
            .map(|group| view(&ledger, group))
            .collect()
    }
}

fn view(ledger: &Ledger, mut group: ledger::FailureGroup) -> Result<FailureGroup, Problem> {
    let small = |number| u32::try_from(number).unwrap_or(u32::MAX);
    let first = group.first;
    cut(&mut group.said);
    let contact = if may_name(&group.said) {
        let record = ledger.request(&first.id)?;
        record.and_then(|record| named(&group.said, &record.people))
    } else {
        None
    };
    Ok(FailureGroup {
        state: group.state.into(),
        kind: failure::kind(
            group.state,
            group.status,
            failure::names_a_field(&group.said),
        ),
        status: group.status,
        said: group.said,
        requests: small(group.requests),
        people: small(group.people),
        first: FailedRequest {
            id: first.id,
            number: number(first.position),
            people: first.people,
        },
        contact,
    })
}

/// What a server says may be as long as an answer; all of it stands with the request itself.
fn cut(said: &mut String) {
    if let Some((end, _)) = said.char_indices().nth(SHOWN) {
        said.truncate(end);
        said.push('…');
    }
}

/// So that requests are not read whole for nothing.
fn may_name(said: &str) -> bool {
    said.contains("contact") || said.contains('@') || said.contains('+')
}

/// The one of the people whom a sentence names: by the contact itself, or by its place as in `contacts.3`.
fn named(said: &str, people: &[String]) -> Option<String> {
    let lower = said.to_lowercase();
    let written = people.iter().filter(|p| lower.contains(&p.to_lowercase()));
    // The longest: one contact may be part of another.
    if let Some(written) = written.max_by_key(|person| person.len()) {
        return Some(written.clone());
    }
    let (_, rest) = said.split_once("contacts.")?;
    let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    people.get(digits.parse::<usize>().ok()?).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_says_is_cut_at_a_character() {
        let mut long = "é".repeat(SHOWN + 1);
        cut(&mut long);
        assert_eq!(long, format!("{}…", "é".repeat(SHOWN)));
        let mut short = "é".repeat(SHOWN);
        cut(&mut short);
        assert_eq!(short.chars().count(), SHOWN);
    }

    #[test]
    fn a_contact_is_found_in_the_words() {
        let people = ["a@b.co", "ana@b.co", "+35191"].map(str::to_owned);
        let found = |said| named(said, &people);
        assert_eq!(
            found("contacts.2 must be a valid phone number").as_deref(),
            Some("+35191")
        );
        assert_eq!(
            found("no mailbox for ANA@b.co").as_deref(),
            Some("ana@b.co")
        );
        assert_eq!(found("contacts.7 must be a string"), None);
        assert_eq!(found("contacts should not be empty"), None);
        assert_eq!(found("resource does not exist"), None);
    }
}
