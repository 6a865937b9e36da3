//! The requests that are sent, and the pair they are signed with.

use humanos::{
    ApiCredentials, ApiKey, ApiVersion, Body, Draft, SecurityLevel, SignatureSecret, encode,
};

use crate::Outcome;

pub(super) const VERSION: &str = ApiVersion::CONTACTS_ERA;

pub(super) fn version() -> ApiVersion {
    ApiVersion::contacts_era()
}

pub(super) fn credentials() -> Outcome<ApiCredentials> {
    Ok(ApiCredentials {
        api_key: ApiKey::parse("bench_key_0123456789".to_owned())?,
        signature_secret: SignatureSecret::parse("bench-signature-secret".to_owned())?,
    })
}

pub(crate) fn contact(n: u32) -> String {
    format!("person.{n}@example.com")
}

pub(super) fn internal_id(n: u32) -> String {
    format!("case-{n}")
}

/// What the Python script sends as well.
pub(super) fn body(n: u32) -> Outcome<Body> {
    let draft = Draft {
        contacts: vec![contact(n)],
        name: "Terms of service".to_owned(),
        security_level: Some(SecurityLevel::Contact),
        resources_ids: vec!["507f1f77bcf86cd799439012".to_owned()],
        language: "ENG".to_owned(),
        internal_id: internal_id(n),
        ..Draft::default()
    };
    Ok(encode(&draft, &version())?)
}

/// A key as the app makes them.
pub(super) fn key() -> String {
    uuid::Uuid::new_v4().to_string()
}
