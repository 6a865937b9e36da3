//! What the tests of plans share.

use dispatch::{People, Plan, PlannedRequest};
use humanos::{ApiVersion, Draft};

pub(crate) use crate::people::*;

impl Table {
    /// Rows of a contact and the values of the columns; the officer counts from 2, below the header.
    pub(crate) fn new(columns: &[&str], rows: &[&[&str]]) -> Self {
        let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
        let rows = rows.iter().map(|row| Row {
            contact: row[0].to_owned(),
            values: owned(&row[1..]),
            ..Row::default()
        });
        Self {
            columns: owned(columns),
            rows: rows.collect(),
        }
    }
}

pub(crate) fn approval() -> Draft {
    Draft {
        resources_ids: vec!["507f1f77bcf86cd799439012".to_owned()],
        ..Draft::default()
    }
}

pub(crate) fn all<P: People>(plan: &Plan<P>) -> Vec<PlannedRequest> {
    plan.requests(key).map(|made| made.unwrap()).collect()
}

/// The bodies of all requests, each equal to its preview and to what the encoder writes.
pub(crate) fn bodies<P: People>(plan: &Plan<P>) -> Vec<String> {
    let requests = all(plan);
    assert_eq!(requests.len(), plan.request_count() as usize);
    let bodies = requests.iter().map(|request| {
        let preview = plan.request(request.number).unwrap();
        let written = humanos::encode(&preview.draft, &ApiVersion::contacts_era()).unwrap();
        assert_eq!(request.body.to_body(), written);
        assert_eq!(request.body.len(), written.len());
        assert_eq!(preview.body, written);
        assert_eq!(preview.draft.contacts, request.people);
        assert_eq!(preview.draft.name, request.name);
        assert_eq!(preview.draft.internal_id, request.internal_id);
        assert_eq!(preview.draft.pub_key, request.pub_key);
        assert_eq!(preview.rows, request.rows);
        assert_eq!(request.idempotency_key, key(request.number));
        written.as_str().to_owned()
    });
    bodies.collect()
}
