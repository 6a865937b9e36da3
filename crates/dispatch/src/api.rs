//! What the engine asks of a server.

use humanos::listed::ListedRequest;
use humanos::{Body, Client, Created, Failure, IdempotencyKey};

/// Sends one body under a key at a timestamp, once, and looks requests up.
pub trait Api: Send + Sync + 'static {
    /// Sends a request. `timestamp_ms` is what it is signed with.
    fn create(
        &self,
        body: &Body,
        key: &IdempotencyKey,
        timestamp_ms: i64,
    ) -> impl Future<Output = Result<Created, Failure>> + Send;

    /// The requests that the server has under an officer's own id.
    fn find(
        &self,
        internal_id: &str,
        timestamp_ms: i64,
    ) -> impl Future<Output = Result<Vec<ListedRequest>, Failure>> + Send;

    /// Where [`Self::create`] sends.
    fn url(&self) -> String;

    /// The `API-Version` it sends.
    fn version(&self) -> &str;
}

impl Api for Client {
    async fn create(
        &self,
        body: &Body,
        key: &IdempotencyKey,
        timestamp_ms: i64,
    ) -> Result<Created, Failure> {
        Self::create(self, body, key, timestamp_ms).await
    }

    async fn find(
        &self,
        internal_id: &str,
        timestamp_ms: i64,
    ) -> Result<Vec<ListedRequest>, Failure> {
        self.find_by_internal_id(internal_id, timestamp_ms).await
    }

    fn url(&self) -> String {
        self.create_url()
    }

    fn version(&self) -> &str {
        self.api_version().as_str()
    }
}
