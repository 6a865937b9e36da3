//! The server as a run sees it.

use dispatch::Api;
use humanos::listed::ListedRequest;
use humanos::{Body, Client, Created, Failure, IdempotencyKey};
use ledger::{Batch, Ledger, LedgerError};

/// A client, and the address its requests were planned for.
#[derive(Debug)]
pub(super) struct Line {
    client: Client,
    url: String,
}

impl Line {
    /// The practice server has another port at each start and is the same server all the same, so what was planned for
    /// it goes to it. `planned` is the address of one of the batch's requests.
    pub(super) fn new(client: Client, batch: &Batch, planned: Option<String>) -> Self {
        let url = planned
            .filter(|_| batch.practice)
            .unwrap_or_else(|| client.create_url());
        Self { client, url }
    }
}

/// The address that one of a batch's requests still to be sent was planned for.
pub(super) fn planned_url(ledger: &Ledger, batch: &str) -> Result<Option<String>, LedgerError> {
    let mut due = ledger.next_to_send(batch, None, 1)?;
    if due.is_empty() {
        due = ledger.next_unknown(batch, None, 1)?;
    }
    Ok(due.pop().map(|due| due.url))
}

impl Api for Line {
    async fn create(
        &self,
        body: &Body,
        key: &IdempotencyKey,
        timestamp_ms: i64,
    ) -> Result<Created, Failure> {
        self.client.create(body, key, timestamp_ms).await
    }

    async fn find(
        &self,
        internal_id: &str,
        timestamp_ms: i64,
    ) -> Result<Vec<ListedRequest>, Failure> {
        self.client
            .find_by_internal_id(internal_id, timestamp_ms)
            .await
    }

    fn url(&self) -> String {
        self.url.clone()
    }

    fn version(&self) -> &str {
        self.client.api_version().as_str()
    }
}
