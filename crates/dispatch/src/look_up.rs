//! Telling which of the requests under an internal id is ours.

use std::collections::BTreeSet;

use humanos::listed::ListedRequest;
use ledger::{CredentialRef, Found, Subject};

/// How much earlier than our first attempt the server may say that it made the request: both
/// clocks may be off by what signatures allow.
const SLACK_MS: i64 = 10 * 60 * 1000;

/// The one request that asks the same people and was made since the first attempt. None if there
/// is no such request, and none if there are several: officers use internal ids more than once.
pub(crate) fn ours(
    listed: Vec<ListedRequest>,
    people: &[String],
    first_attempt_ms: Option<i64>,
) -> Option<Found> {
    let people = folded(people.iter().map(String::as_str));
    let since = first_attempt_ms?.saturating_sub(SLACK_MS);
    let mut fitting = listed.into_iter().filter(|request| {
        let asked = request.subjects.iter().map(|s| s.contact.as_str());
        request.created_at_ms().is_some_and(|at| at >= since) && folded(asked) == people
    });
    let one = fitting.next()?;
    fitting.next().is_none().then(|| Found {
        humanos_id: one.id,
        subjects: one
            .subjects
            .into_iter()
            .map(|subject| Subject {
                id: subject.id.unwrap_or_default(),
                contact: subject.contact,
                link: None,
                code: None,
            })
            .collect(),
        credentials: one
            .credentials
            .into_iter()
            .map(|credential| CredentialRef {
                id: credential.id,
                name: credential.name.unwrap_or_default(),
                internal_id: credential.internal_id.unwrap_or_default(),
            })
            .collect(),
    })
}

fn folded<'a>(contacts: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    contacts.map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use humanos::listed::Listed;

    /// 2026-01-01T00:00:00Z.
    const NOW: i64 = 1_767_225_600_000;

    fn one(id: &str, created_at: &str, contacts: [&str; 2]) -> String {
        let [a, b] = contacts;
        format!(
            r#"{{"id":"{id}","createdAt":"{created_at}","internalId":"case",
                "subjects":[{{"contact":"{a}"}},{{"contact":"{b}"}}],"credentials":[]}}"#
        )
    }

    fn found(requests: &[String]) -> Option<String> {
        let text = format!(r#"{{"data":[{}],"totalPages":1}}"#, requests.join(","));
        let people = ["Ana@example.com".to_owned(), "+351912345678".to_owned()];
        let listed = Listed::parse(&text).unwrap().data;
        ours(listed, &people, Some(NOW)).map(|found| found.humanos_id)
    }

    #[test]
    fn only_one_that_asks_the_same_people_since_then_is_ours() {
        let people = ["+351912345678", "ana@example.com"];
        let ours = one("ours", "2026-01-01T00:00:01Z", people);
        let earlier = one("earlier", "2025-12-31T23:00:00Z", people);
        let others = one(
            "others",
            "2026-01-01T00:00:01Z",
            ["ana@example.com", "b@c.d"],
        );
        let undated = one("undated", "yesterday", people);
        let all = [earlier, ours.clone(), others.clone(), undated];
        assert_eq!(found(&all).as_deref(), Some("ours"));
        assert_eq!(found(&[others]), None);
        let twin = one("twin", "2026-01-01T00:00:02Z", people);
        assert_eq!(found(&[ours, twin]), None, "which of them is unknown");
    }
}
