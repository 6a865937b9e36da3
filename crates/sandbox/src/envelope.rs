//! The form in which the Link page seals its messages: one envelope profile.
//!
//! The sealing is done by the page's script; here the profile is only checked and kept.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use humanos::envelope::{ProfileError, Profiles};
use serde_json::Value;

const BEST_GUESS: &str = include_str!("link_page/best_guess.json");

/// The profile in force, as JSON.
pub(crate) struct Envelope(Mutex<Arc<str>>);

impl Default for Envelope {
    fn default() -> Self {
        Self(Mutex::new(Arc::from(BEST_GUESS)))
    }
}

impl Envelope {
    /// Puts another profile in force.
    pub(crate) fn set(&self, profile_json: &str) -> Result<(), ProfileError> {
        *self.lock() = read(profile_json)?;
        Ok(())
    }

    /// The profile as JSON.
    pub(crate) fn json(&self) -> Arc<str> {
        Arc::clone(&self.lock())
    }

    fn lock(&self) -> MutexGuard<'_, Arc<str>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read(profile_json: &str) -> Result<Arc<str>, ProfileError> {
    Profiles::parse(&format!(
        r#"{{"format":"countersign-envelope-profiles","version":1,"profiles":[{profile_json}]}}"#
    ))?;
    // A text such as `{…},{…}` is fit for a list, but no profile.
    let profile: Value = serde_json::from_str(profile_json)
        .map_err(|error| ProfileError::Json(error.to_string()))?;
    Ok(Arc::from(profile.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built_in() -> Vec<Value> {
        let file: Value = serde_json::from_str(Profiles::built_in_file()).unwrap();
        file["profiles"].as_array().unwrap().clone()
    }

    #[test]
    fn the_best_guess_is_the_first_that_is_built_in() {
        let ours: Value = serde_json::from_str(&Envelope::default().json()).unwrap();
        assert_eq!(ours, built_in()[0]);
        assert_eq!(ours["name"], "best-guess");
    }

    #[test]
    fn one_sound_profile_is_taken_and_nothing_else() {
        let envelope = Envelope::default();
        let other = built_in()[1].to_string();
        envelope.set(&other).unwrap();
        let kept: Value = serde_json::from_str(&envelope.json()).unwrap();
        assert_eq!(kept, built_in()[1]);
        let two = format!("{},{}", built_in()[0], built_in()[2]);
        let wrong = other.replace("AES-GCM", "AES-CBC");
        for bad in ["", "[]", "{}", "{", &two, &wrong, Profiles::built_in_file()] {
            assert!(envelope.set(bad).is_err(), "{bad}");
        }
        assert_eq!(
            envelope.set(&wrong).unwrap_err().to_string(),
            "profiles[0].cipher.name: must be “AES-GCM”"
        );
        assert_eq!(kept.to_string(), *envelope.json(), "the one before stays");
    }
}
