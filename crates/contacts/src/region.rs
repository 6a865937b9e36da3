//! Countries with a telephone plan: the default for numbers written without one.

use std::fmt;

use rlibphonenumber::PHONE_NUMBER_UTIL;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use ts_rs::TS;

use crate::UnknownRegion;

mod countries;

/// A country, by its ISO 3166-1 alpha-2 code, of which the phone numbers are known.
/// Over the wire it is that code, such as `"PT"`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, TS)]
#[ts(type = "string")]
pub struct Region(rlibphonenumber::Region);

/// A country to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RegionChoice {
    /// Its code, such as `PT`.
    pub code: Region,
    /// Its name in English, such as `Portugal`.
    pub name: String,
    /// Its calling code without the plus, such as `351`.
    pub calling_code: u32,
}

/// Every country that can be chosen, by code.
#[must_use]
pub fn regions() -> Vec<RegionChoice> {
    let mut choices: Vec<_> = PHONE_NUMBER_UTIL
        .get_supported_regions()
        .map(Region)
        .map(|region| RegionChoice {
            code: region,
            name: region.name(),
            calling_code: region.calling_code(),
        })
        .collect();
    choices.sort_by_key(|choice| choice.code);
    choices
}

impl Region {
    /// Reads a code in either case, such as `PT` or `pt`.
    ///
    /// # Errors
    /// [`UnknownRegion`] when no country with a telephone plan has that code.
    pub fn parse(code: &str) -> Result<Self, UnknownRegion> {
        let unknown = || UnknownRegion(code.chars().take(16).collect());
        if code.len() != 2 {
            return Err(unknown());
        }
        let region = rlibphonenumber::Region::from_code(code).map_err(|_| unknown())?;
        match PHONE_NUMBER_UTIL.get_country_code_for_region(region) {
            Some(_) => Ok(Self(region)),
            None => Err(unknown()),
        }
    }

    /// Finds the country that a cell of a country column stands for: a two- or three-letter code in
    /// any case, a name in English, Portuguese, Spanish, French or its own language, common short
    /// forms such as `UK` and `EUA`, or a calling code such as `+351` or `00351`, for which the main
    /// country is taken. Accents do not count.
    ///
    /// `None` when it is not known, has no telephone plan, or could be more than one, as `Congo`.
    #[must_use]
    pub fn find(text: &str) -> Option<Self> {
        countries::find(text)
    }

    /// Its two-letter code in upper case.
    #[must_use]
    pub fn code(self) -> String {
        self.0.to_string()
    }

    /// Its name in English; its code for one too new to be named here.
    #[must_use]
    pub fn name(self) -> String {
        countries::name(self).map_or_else(|| self.code(), str::to_owned)
    }

    /// Its calling code without the plus.
    #[must_use]
    pub fn calling_code(self) -> u32 {
        PHONE_NUMBER_UTIL
            .get_country_code_for_region(self.0)
            .and_then(|code| u32::try_from(code).ok())
            .unwrap_or_default()
    }

    /// The main country of a calling code; `None` for satellite and other worldwide services.
    pub(crate) fn of_calling_code(code: i32) -> Option<Self> {
        let region = PHONE_NUMBER_UTIL.get_region_for_country_code(code)?;
        (region != rlibphonenumber::Region::World).then_some(Self(region))
    }

    pub(crate) const fn plan(self) -> rlibphonenumber::Region {
        self.0
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Region({})", self.0)
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Region {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Region {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::parse(&code).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_in_either_case_and_nothing_else_is() {
        assert_eq!(Region::parse("pt").unwrap().code(), "PT");
        for bad in ["", "P", "PRT", "ZZ", "001", "P1", "é", "12"] {
            assert!(Region::parse(bad).is_err(), "{bad} must be refused");
        }
    }

    #[test]
    fn a_country_is_found_as_lists_write_it() {
        for (text, code) in [
            ("PT", "PT"),
            ("prt", "PT"),
            (" pOrTuGaL ", "PT"),
            ("República Portuguesa", "PT"),
            ("+351", "PT"),
            ("00351", "PT"),
            ("001", "US"),
            ("00 351", "PT"),
            ("(+351)", "PT"),
            ("Portugal (+351)", "PT"),
            ("PT – Portugal", "PT"),
            ("UK", "GB"),
            ("U.K.", "GB"),
            ("the United Kingdom", "GB"),
            ("Great Britain", "GB"),
            ("England", "GB"),
            ("Inglaterra", "GB"),
            ("ROYAUME UNI", "GB"),
            ("+44", "GB"),
            ("USA", "US"),
            ("U.S.", "US"),
            ("u.s.a.", "US"),
            ("EUA", "US"),
            ("E.U.A.", "US"),
            ("EE. UU.", "US"),
            ("EE.UU.", "US"),
            ("Estados Unidos da América", "US"),
            ("États-Unis", "US"),
            ("etats unis", "US"),
            ("E\u{301}tats-Unis", "US"),
            ("+1", "US"),
            ("+7", "RU"),
            ("+39", "IT"),
            ("Holland", "NL"),
            ("The Netherlands", "NL"),
            ("Países Bajos", "NL"),
            ("Pays-Bas", "NL"),
            ("Brasil", "BR"),
            ("Brésil", "BR"),
            ("Deutschland", "DE"),
            ("Alemanha", "DE"),
            ("ALLEMAGNE", "DE"),
            ("España", "ES"),
            ("Espagne", "ES"),
            ("Česko", "CZ"),
            ("Czech Republic", "CZ"),
            ("Cabo Verde", "CV"),
            ("Cap-Vert", "CV"),
            ("São Tomé e Príncipe", "ST"),
            ("Sao Tome and Principe", "ST"),
            ("Saint Lucia", "LC"),
            ("Côte d'Ivoire", "CI"),
            ("Irão", "IR"),
            ("Irã", "IR"),
            ("Vietname", "VN"),
            ("Guinea-Bissau", "GW"),
            ("Guinea", "GN"),
            ("日本", "JP"),
            ("NA", "NA"),
        ] {
            let found = Region::find(text).map(Region::code);
            assert_eq!(found.as_deref(), Some(code), "{text}");
        }
    }

    #[test]
    fn a_country_is_not_guessed() {
        for text in [
            "",
            " ",
            "-",
            "()",
            "a",
            "N/A",
            "n.a.",
            "ZZ",
            "EU",
            "EN",
            "Congo",
            "Korea",
            "Coreia",
            "América",
            "Virgin Islands",
            "PT/ES",
            "Portugal (ES)",
            "PT-BR",
            "Lisboa",
            "AQ",
            "351",
            "620",
            "+",
            "+0",
            "00",
            "000",
            "+800",
            "+999",
            "+3515",
            "+351 912345678",
            "+-1",
            "+1 868",
            "0",
            "0351",
        ] {
            assert_eq!(Region::find(text), None, "{text}");
        }
        assert_eq!(Region::find(&"Portugal ".repeat(100_000)), None);
    }

    #[test]
    fn every_choice_has_a_name_and_a_calling_code_and_they_are_sorted() {
        let choices = regions();
        assert!(choices.len() > 240, "{}", choices.len());
        assert!(choices.is_sorted_by(|a, b| a.code < b.code));
        for choice in &choices {
            assert_ne!(
                choice.name,
                choice.code.code(),
                "{} lacks a name",
                choice.code
            );
            assert!(choice.calling_code > 0);
        }
        let portugal = choices
            .iter()
            .find(|choice| choice.code.code() == "PT")
            .unwrap();
        assert_eq!(
            (portugal.name.as_str(), portugal.calling_code),
            ("Portugal", 351)
        );
    }
}
