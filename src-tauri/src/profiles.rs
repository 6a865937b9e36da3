//! Envelope profiles: those that come with the app, and a file of the officer's own, which is tried first.

use humanos::envelope::{Profile, Profiles};
use ledger::Ledger;

use crate::error::Problem;
use crate::state::capitalised;
use crate::wire::{ProfileView, ProfilesView};

/// The setting with the officer's own file.
const OWN: &str = "envelope-profiles";

/// All, in the order in which they are tried.
pub(crate) fn all(ledger: &Ledger) -> Result<Profiles, Problem> {
    Ok(match own(ledger)? {
        Some((_, own)) => own.followed_by(Profiles::built_in()),
        None => Profiles::built_in(),
    })
}

/// As settings show them.
pub(crate) fn view(ledger: &Ledger) -> Result<ProfilesView, Problem> {
    let (text, own) = match own(ledger)? {
        Some((text, own)) => (text, own.iter().map(shown).collect()),
        None => (String::new(), Vec::new()),
    };
    Ok(ProfilesView {
        built_in: Profiles::built_in().iter().map(shown).collect(),
        own,
        text,
    })
}

/// Saves the officer's own file; a blank one is none.
pub(crate) fn save(ledger: &Ledger, text: &str) -> Result<(), Problem> {
    let text = text.trim();
    if !text.is_empty() {
        Profiles::parse(text).map_err(|error| {
            Problem::at("profiles", format!("{}.", capitalised(&error.to_string())))
        })?;
    }
    Ok(ledger.set_value(OWN, text)?)
}

fn own(ledger: &Ledger) -> Result<Option<(String, Profiles)>, Problem> {
    let text = ledger.value(OWN)?.filter(|text| !text.is_empty());
    let read = text.map(|text| {
        let profiles = Profiles::parse(&text);
        profiles.map(|profiles| (text, profiles))
    });
    // It was read when it was saved; an older app may know less than the one that saved it.
    read.transpose().map_err(|error| {
        Problem::at(
            "profiles",
            format!("The profiles in Settings cannot be read: {error}. Put them right or empty the field."),
        )
    })
}

fn shown(profile: &Profile) -> ProfileView {
    ProfileView {
        name: profile.name.clone(),
        note: profile.note.clone(),
        confirmed: profile.confirmed,
    }
}
