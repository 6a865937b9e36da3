//! What a plan makes of a list, in sentences.

use dispatch::plan::Split;

use super::ListPlan;
use crate::commands::requests::spoken_time;

/// Why there are more requests than the officer chose, if there are.
pub(super) fn split(plan: &ListPlan) -> Option<String> {
    let more = plan.split_requests();
    (more > 0).then(|| sentence(plan.splits(), plan.request_count(), more))
}

/// What a batch is called: what the officer wrote, without what differs from request to request.
pub(super) fn batch_name(written: &str, at_ms: i64) -> String {
    let mut name = String::new();
    let mut rest = written.trim();
    while let Some((before, variable)) = rest.split_once("{{") {
        name.push_str(before);
        name.push('…');
        rest = variable.split_once("}}").map_or("", |(_, after)| after);
    }
    name.push_str(rest);
    if name.chars().any(char::is_alphanumeric) {
        name
    } else {
        format!("Requests of {}", spoken_time(at_ms))
    }
}

fn sentence(splits: &[Split], requests: u32, more: u32) -> String {
    let values: Vec<String> = splits
        .iter()
        .map(|split| format!("{} {}", grouped(split.values.into()), plural(split.path)))
        .collect();
    let has = if splits.len() > 1 {
        "has one of each"
    } else {
        "has one"
    };
    format!(
        "The list has {} and a request {has}: that makes {} requests out of {}.",
        values.join(", "),
        grouped(requests.into()),
        grouped(requests.saturating_sub(more).into())
    )
}

fn plural(path: &str) -> &str {
    match path {
        "name" => "names",
        "language" => "languages",
        "redirectUrl" => "redirect URLs",
        "internalId" => "internal IDs",
        other => other,
    }
}

/// With commas between the thousands.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_split_is_told_with_its_reason() {
        let split = |path, values| Split { path, values };
        assert_eq!(
            sentence(&[split("language", 3)], 62, 2),
            "The list has 3 languages and a request has one: that makes 62 requests out of 60."
        );
        assert_eq!(
            sentence(&[split("name", 1_200), split("language", 3)], 1_300, 1_299),
            "The list has 1,200 names, 3 languages and a request has one of each: that makes 1,300 requests out of 1."
        );
    }

    #[test]
    fn a_batch_has_a_name_whatever_was_written() {
        let name = |written| batch_name(written, 0);
        assert_eq!(name(" Client onboarding "), "Client onboarding");
        assert_eq!(
            name("Onboarding of {{name}}, {{city}}"),
            "Onboarding of …, …"
        );
        assert_eq!(name("Cut off {{na"), "Cut off …");
        assert!(name("").starts_with("Requests of "));
        assert!(name("{{name}}").starts_with("Requests of "));
    }

    #[test]
    fn thousands_are_told_apart() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (12_345, "12,345"),
            (1_000_000, "1,000,000"),
        ] {
            assert_eq!(grouped(number), text);
        }
    }
}
