//! The practice server inside the app, and the connection that leads to it. Its keys are made at each start and rest nowhere.

use std::sync::Arc;

use humanos::{ApiCredentials, ApiKey, ApiVersion, BaseUrl, Endpoint, Proxy, SignatureSecret};

use crate::adapters::clock::now_ms;
use crate::error::Problem;

/// The id of the practice connection.
pub(crate) const PRACTICE: &str = "practice";

/// A running practice server.
pub(crate) struct Practice {
    server: sandbox::Server,
    api_key: String,
    signature_secret: String,
}

impl Practice {
    pub(crate) async fn start() -> std::io::Result<Self> {
        let keys = sandbox::Practice::random();
        let (api_key, signature_secret) = (keys.api_key.clone(), keys.signature_secret.clone());
        let server = sandbox::Server::start(keys, Arc::new(now_ms)).await?;
        Ok(Self {
            server,
            api_key,
            signature_secret,
        })
    }

    #[cfg(test)]
    pub(crate) fn server(&self) -> &sandbox::Server {
        &self.server
    }

    pub(crate) fn base_url(&self) -> String {
        self.server.base_url()
    }

    pub(crate) fn endpoint(&self) -> Result<Endpoint, Problem> {
        let base_url = BaseUrl::parse(&self.base_url()).map_err(broken)?;
        Ok(Endpoint {
            base_url,
            version: ApiVersion::contacts_era(),
            proxy: Proxy::None,
            ca_pem: None,
        })
    }

    pub(crate) fn credentials(&self) -> Result<ApiCredentials, Problem> {
        Ok(ApiCredentials {
            api_key: ApiKey::parse(self.api_key.clone()).map_err(broken)?,
            signature_secret: SignatureSecret::parse(self.signature_secret.clone())
                .map_err(broken)?,
        })
    }
}

fn broken(error: impl std::fmt::Display) -> Problem {
    Problem::internal(format!(
        "The practice server cannot be used: {error}. Restart Countersign."
    ))
}
