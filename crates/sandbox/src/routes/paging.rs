//! Query parameters of the lists: paging as everywhere in the API, and each list's own filters.

use axum::extract::Query;
use axum::http::Uri;
use serde_json::{Value, json};

use crate::refusal::Refusal;

/// Which part of a list is asked for.
#[derive(Debug, PartialEq)]
pub(super) struct Page {
    index: usize,
    size: usize,
    search: Option<String>,
    filters: Vec<(String, String)>,
}

/// The parameters in order, percent-decoded.
pub(super) fn pairs(uri: &Uri) -> Result<Vec<(String, String)>, Refusal> {
    Query::try_from_uri(uri)
        .map(|Query(pairs)| pairs)
        .map_err(|_| Refusal::new(400, "The query cannot be read"))
}

impl Page {
    /// Reads the parameters. `filters` may come besides the paging ones, `many` of them more
    /// than once.
    pub(super) fn read(uri: &Uri, filters: &[&str], many: &[&str]) -> Result<Self, Refusal> {
        let mut page = Self {
            index: 0,
            size: 10,
            search: None,
            filters: Vec::new(),
        };
        let (mut seen, mut faults) = (Vec::new(), Vec::new());
        for (name, value) in pairs(uri)? {
            if seen.contains(&name) && !many.contains(&name.as_str()) {
                faults.push(format!("{name} must be sent once"));
            }
            match name.as_str() {
                "pageIndex" => match value.parse() {
                    Ok(index) => page.index = index,
                    Err(_) => faults.push("pageIndex must be a number from 0".to_owned()),
                },
                "pageSize" => match value.parse() {
                    Ok(size) if size < 5 => {
                        faults.push("pageSize must not be less than 5".to_owned())
                    }
                    Ok(size) if size > 100 => {
                        faults.push("pageSize must not be greater than 100".to_owned());
                    }
                    Ok(size) => page.size = size,
                    Err(_) => faults.push("pageSize must be a number".to_owned()),
                },
                "search" if value.chars().count() > 100 => {
                    faults.push("search must be shorter than or equal to 100 characters".to_owned())
                }
                "search" => page.search = Some(value.to_lowercase()),
                known if filters.contains(&known) => page.filters.push((name.clone(), value)),
                other => {
                    let other: String = other.chars().take(80).collect();
                    faults.push(format!("property {other} should not exist"));
                }
            }
            seen.push(name);
        }
        if faults.is_empty() {
            Ok(page)
        } else {
            Err(Refusal::list(faults))
        }
    }

    /// Whether any of the texts contains the search words, whatever their case.
    pub(super) fn found_in<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> bool {
        self.search.as_ref().is_none_or(|search| {
            texts
                .into_iter()
                .any(|text| text.to_lowercase().contains(search.as_str()))
        })
    }

    /// Whether a filter is absent or one of its values holds.
    pub(super) fn passes(&self, filter: &str, holds: impl Fn(&str) -> bool) -> bool {
        let mut values = self
            .filters
            .iter()
            .filter(|(name, _)| name == filter)
            .peekable();
        values.peek().is_none() || values.any(|(_, value)| holds(value))
    }

    /// `{data, totalPages}` with this page's part of the matching entries.
    pub(super) fn cut<T>(&self, matching: &[T], render: impl Fn(&T) -> Value) -> Value {
        let data: Vec<Value> = matching
            .iter()
            .skip(self.index.saturating_mul(self.size))
            .take(self.size)
            .map(render)
            .collect();
        json!({"data": data, "totalPages": matching.len().div_ceil(self.size)})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<Page, Refusal> {
        let uri: Uri = format!("/request?{query}").parse().unwrap();
        Page::read(&uri, &["internalId", "securityLevel"], &["securityLevel"])
    }

    #[test]
    fn bounds_hold() {
        assert_eq!(read("").unwrap().size, 10);
        assert!(read("pageSize=5&pageIndex=3&search=a%20b").is_ok());
        let long = format!("search={}", "x".repeat(101));
        for bad in [
            "pageSize=4",
            "pageSize=101",
            "pageSize=x",
            "pageIndex=-1",
            "foo=1",
            &long,
        ] {
            assert_eq!(read(bad).unwrap_err().status(), 400, "{bad}");
        }
        assert!(read("internalId=a&internalId=b").is_err());
    }

    #[test]
    fn filters_repeat_where_they_may() {
        let page = read("securityLevel=A&securityLevel=B").unwrap();
        assert!(page.passes("securityLevel", |level| level == "B"));
        assert!(!page.passes("securityLevel", |level| level == "C"));
        assert!(
            page.passes("internalId", |_| false),
            "an absent filter lets all through"
        );
    }

    #[test]
    fn pages_are_cut() {
        let all: Vec<usize> = (0..12).collect();
        let page = read("pageSize=5&pageIndex=2").unwrap();
        assert_eq!(
            page.cut(&all, |n| json!(n)),
            json!({"data": [10, 11], "totalPages": 3})
        );
        let far = read(&format!("pageIndex={}", usize::MAX)).unwrap();
        assert_eq!(
            far.cut(&all, |n| json!(n)),
            json!({"data": [], "totalPages": 2})
        );
    }
}
