//! Languages in which a person can be written to, and how lists name them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::fold;

/// A language to write in. Over the wire it is a three-letter code, such as `"PRT"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "UPPERCASE")]
pub enum Language {
    /// English.
    Eng,
    /// Portuguese.
    Prt,
    /// Spanish.
    Spa,
    /// French.
    Fra,
}

/// The longest that any code or name can be, in bytes; what is longer is not searched.
const MAX_BYTES: usize = 100;

impl Language {
    /// Every language.
    pub const ALL: [Self; 4] = [Self::Eng, Self::Prt, Self::Spa, Self::Fra];

    /// Its code over the wire, such as `PRT`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Eng => "ENG",
            Self::Prt => "PRT",
            Self::Spa => "SPA",
            Self::Fra => "FRA",
        }
    }

    /// Finds the language that a cell of a language column stands for: its code over the wire or in
    /// ISO 639, a locale such as `pt-BR`, or its name in any of the four. Case and accents do not
    /// count, nor does what follows in brackets, as in `Português (Brasil)`.
    #[must_use]
    pub fn find(text: &str) -> Option<Self> {
        if text.len() > MAX_BYTES {
            return None;
        }
        let text = text.trim();
        let named = match text.split_once('(') {
            Some((name, rest)) if rest.ends_with(')') => name,
            _ => text,
        };
        let with_code = |code: &str| {
            let is_code = |known: &&str| known.eq_ignore_ascii_case(code);
            let has_code = |language: &Self| language.codes().iter().any(is_code);
            Self::ALL.into_iter().find(has_code)
        };
        code_of(named.trim()).and_then(with_code).or_else(|| {
            let name = fold::line(named);
            let is_named = |language: &Self| language.names().contains(&name.as_str());
            Self::ALL.into_iter().find(is_named)
        })
    }

    /// Its codes in lower case: over the wire, and in ISO 639-1, -2/B, -2/T and -3.
    const fn codes(self) -> &'static [&'static str] {
        match self {
            Self::Eng => &["en", "eng"],
            Self::Prt => &["prt", "pt", "por"],
            Self::Spa => &["spa", "es"],
            Self::Fra => &["fra", "fr", "fre"],
        }
    }

    /// Its names in the four languages, folded.
    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Eng => &["english", "ingles", "anglais"],
            Self::Prt => &[
                "portuguese",
                "portugues",
                "portugais",
                "brazilian portuguese",
                "european portuguese",
                "portugues brasileiro",
                "portugues europeu",
                "portugues do brasil",
                "portugues de portugal",
                "portugues brasileno",
                "portugues de brasil",
                "portugais bresilien",
                "portugais du bresil",
            ],
            Self::Spa => &[
                "spanish",
                "espanhol",
                "espanol",
                "espagnol",
                "castilian",
                "castelhano",
                "castellano",
                "castillan",
            ],
            Self::Fra => &["french", "frances", "francais"],
        }
    }
}

/// The language of a code or of a locale, such as `pt-BR`, `en_GB` or `es_ES.UTF-8`.
fn code_of(text: &str) -> Option<&str> {
    let locale = text.split(['.', '@']).next()?;
    let mut subtags = locale.split(['-', '_']);
    let language = subtags.next()?;
    let is_subtag = |part: &str| {
        (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    subtags.all(is_subtag).then_some(language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_found_as_lists_write_it() {
        let cases: [(Language, &[&str]); 4] = [
            (
                Language::Eng,
                &[
                    "ENG",
                    "en",
                    "EN",
                    "eng",
                    "en-GB",
                    "en_US",
                    "en_US.UTF-8",
                    "English",
                    "inglês",
                    "INGLÉS",
                    "anglais",
                    "Anglais ",
                    "English (UK)",
                ],
            ),
            (
                Language::Prt,
                &[
                    "PRT",
                    "pt",
                    "por",
                    "POR",
                    "pt-BR",
                    "pt_PT",
                    "PT-pt",
                    "pt-Latn-BR",
                    "Portuguese",
                    "português",
                    "Portugue\u{302}s",
                    "PORTUGUES",
                    "portugués",
                    "portugais",
                    "Português (Brasil)",
                    "Portuguese (Portugal)",
                    "Português do Brasil",
                ],
            ),
            (
                Language::Spa,
                &[
                    "SPA",
                    "es",
                    "spa",
                    "es-419",
                    "es_ES@euro",
                    "Spanish",
                    "espanhol",
                    "Español",
                    "espagnol",
                    "castellano",
                ],
            ),
            (
                Language::Fra,
                &[
                    "FRA",
                    "fr",
                    "fra",
                    "fre",
                    "FRE",
                    "fr-CA",
                    "fr_BE",
                    "French",
                    "francês",
                    "francés",
                    "Français",
                    "\u{A0}FRANÇAIS\u{A0}",
                ],
            ),
        ];
        for (language, texts) in cases {
            for text in texts {
                assert_eq!(Language::find(text), Some(language), "{text}");
            }
        }
    }

    #[test]
    fn a_language_is_not_guessed() {
        for text in [
            "",
            " ",
            "-",
            "de",
            "German",
            "Deutsch",
            "ptx",
            "p t",
            "english, french",
            "en/fr",
            "es or pt",
            "pt-",
            "pt--BR",
            "pt-é",
            "(en)",
            "en fr",
            "Portugal",
            "engl",
        ] {
            assert_eq!(Language::find(text), None, "{text}");
        }
        assert_eq!(Language::find(&"en ".repeat(100_000)), None);
    }

    #[test]
    fn the_code_over_the_wire_is_found_again() {
        for (language, code) in Language::ALL.into_iter().zip(["ENG", "PRT", "SPA", "FRA"]) {
            let wire = serde_json::to_string(&language).unwrap();
            assert_eq!(wire, format!("\"{code}\""));
            assert_eq!(serde_json::from_str::<Language>(&wire).unwrap(), language);
            assert_eq!(Language::find(code), Some(language));
        }
        assert!(serde_json::from_str::<Language>("\"eng\"").is_err());
    }

    #[test]
    fn no_code_or_name_belongs_to_two_languages() {
        let all = Language::ALL
            .map(|l| [l.codes(), l.names()].concat())
            .concat();
        let mut once = all.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), all.len());
        assert!(all.iter().all(|text| fold::words(text).join(" ") == *text));
    }
}
