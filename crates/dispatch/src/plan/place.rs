//! The fields of a form that take variables.

use humanos::{Credential, CredentialData, CredentialType, Draft};

use super::template::Style;

/// A field with a single text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Name,
    Language,
    RedirectUrl,
    InternalId,
    PubKey,
    Credential(usize, Part),
}

/// A field of a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Name,
    Scope,
    Description,
    InternalId,
    Document,
    Consent,
    ConsentUrl,
    Json,
    UserParams,
}

impl Place {
    /// Every field that the draft has and that goes out, in its order.
    pub(super) fn all(draft: &Draft) -> Vec<Self> {
        use Part::*;
        let mut places = vec![
            Self::Name,
            Self::Language,
            Self::RedirectUrl,
            Self::InternalId,
            Self::PubKey,
        ];
        for (index, credential) in draft.credentials.iter().enumerate() {
            let content: &[Part] = match (&credential.data, credential.kind) {
                (CredentialData::None, CredentialType::Policy) => &[UserParams],
                (CredentialData::None, _) => &[],
                (CredentialData::Document { .. }, _) => &[Document],
                (CredentialData::Consent { .. }, _) => &[Consent, ConsentUrl],
                (CredentialData::Json { .. }, _) => &[Json],
            };
            let parts = [Name, Scope, Description, InternalId];
            let parts = parts.iter().chain(content);
            places.extend(parts.map(|part| Self::Credential(index, *part)));
        }
        places
    }

    /// As in [`humanos::Issue`].
    pub(super) fn path(self) -> String {
        match self {
            Self::Name => "name".to_owned(),
            Self::Language => "language".to_owned(),
            Self::RedirectUrl => "redirectUrl".to_owned(),
            Self::InternalId => "internalId".to_owned(),
            Self::PubKey => "pubKey".to_owned(),
            Self::Credential(index, part) => {
                let name = match part {
                    Part::Name => "name",
                    Part::Scope => "scope",
                    Part::Description => "description",
                    Part::InternalId => "internalId",
                    Part::Document => "data",
                    Part::Consent | Part::Json => "data.text",
                    Part::ConsentUrl => "data.url",
                    Part::UserParams => "action.userParams",
                };
                format!("credentials.{index}.{name}")
            }
        }
    }

    pub(super) fn style(self) -> Style {
        match self {
            Self::RedirectUrl | Self::Credential(_, Part::ConsentUrl) => Style::Link,
            Self::Credential(_, Part::Json | Part::UserParams) => Style::Json,
            _ => Style::Plain,
        }
    }

    /// Whether variables may stand here.
    pub(super) fn takes_variables(self) -> bool {
        !matches!(self, Self::PubKey | Self::Credential(_, Part::Document))
    }

    /// Whether people with different values become different requests.
    pub(super) fn splits(self) -> bool {
        matches!(
            self,
            Self::Name | Self::Language | Self::RedirectUrl | Self::InternalId
        )
    }

    /// The text; empty if the draft has no such field.
    pub(super) fn text(self, draft: &Draft) -> &str {
        match self {
            Self::Name => &draft.name,
            Self::Language => &draft.language,
            Self::RedirectUrl => &draft.redirect_url,
            Self::InternalId => &draft.internal_id,
            Self::PubKey => &draft.pub_key,
            Self::Credential(index, part) => draft
                .credentials
                .get(index)
                .and_then(|credential| part_of(credential, part))
                .map_or("", String::as_str),
        }
    }

    /// The text, to be replaced.
    pub(super) fn text_mut(self, draft: &mut Draft) -> Option<&mut String> {
        match self {
            Self::Name => Some(&mut draft.name),
            Self::Language => Some(&mut draft.language),
            Self::RedirectUrl => Some(&mut draft.redirect_url),
            Self::InternalId => Some(&mut draft.internal_id),
            Self::PubKey => Some(&mut draft.pub_key),
            Self::Credential(index, part) => part_mut(draft.credentials.get_mut(index)?, part),
        }
    }
}

fn part_of(credential: &Credential, part: Part) -> Option<&String> {
    match (part, &credential.data) {
        (Part::Name, _) => Some(&credential.name),
        (Part::Scope, _) => Some(&credential.scope),
        (Part::Description, _) => Some(&credential.description),
        (Part::InternalId, _) => Some(&credential.internal_id),
        (Part::UserParams, _) => Some(&credential.action.user_params),
        (Part::Document, CredentialData::Document { base64, .. }) => Some(base64),
        (Part::Consent, CredentialData::Consent { text, .. }) => Some(text),
        (Part::ConsentUrl, CredentialData::Consent { url, .. }) => Some(url),
        (Part::Json, CredentialData::Json { text }) => Some(text),
        _ => None,
    }
}

fn part_mut(credential: &mut Credential, part: Part) -> Option<&mut String> {
    match (part, &mut credential.data) {
        (Part::Name, _) => Some(&mut credential.name),
        (Part::Scope, _) => Some(&mut credential.scope),
        (Part::Description, _) => Some(&mut credential.description),
        (Part::InternalId, _) => Some(&mut credential.internal_id),
        (Part::UserParams, _) => Some(&mut credential.action.user_params),
        (Part::Document, CredentialData::Document { base64, .. }) => Some(base64),
        (Part::Consent, CredentialData::Consent { text, .. }) => Some(text),
        (Part::ConsentUrl, CredentialData::Consent { url, .. }) => Some(url),
        (Part::Json, CredentialData::Json { text }) => Some(text),
        _ => None,
    }
}
