//! Phone numbers: taken only if they exist in their country's plan, and written as E.164.

use rlibphonenumber::{
    NumberLengthType, PHONE_NUMBER_UTIL, ParseError, PhoneNumber, PhoneNumberFormat,
    PhoneNumberUtil, ValidationError,
};

use crate::reason::Finding;
use crate::{ReasonCode, Region};

/// No number, however it is set out, is longer.
const MAX_CHARS: usize = 60;
/// With fewer digits a number lacking its plus is more likely a slip than a foreign number.
const MIN_INTERNATIONAL: usize = 11;

/// The number as E.164.
pub(super) fn normalise(text: &str, region: Region) -> Result<String, Finding> {
    let (mut digits, mut plain) = (0, true);
    for (at, c) in text.chars().enumerate() {
        if at == MAX_CHARS {
            return Err(Finding::new(ReasonCode::NotAContact));
        }
        if c.is_numeric() {
            digits += 1;
        } else {
            plain &= is_mark(c);
        }
    }
    if digits == 0 {
        return Err(Finding::new(ReasonCode::NotAContact));
    }
    let number = match plan(|plan| plan.parse(text, Some(region.plan()))) {
        Ok(number) if plain || has_extension(&number) => number,
        _ if !plain => return Err(Finding::new(ReasonCode::NotAContact)),
        Ok(_) | Err(_) if digits > 17 => return Err(too_long(text, region)),
        Ok(number) => number,
        Err(error) => return Err(unparsed(&error, text, region)),
    };
    if !plan(|plan| plan.is_valid_number(&number)) {
        return Err(invalid(&number, text, region));
    }
    let e164 = plan(|plan| plan.format(&number, PhoneNumberFormat::E164).into_owned());
    if has_extension(&number) {
        let words = "A number with an extension cannot be reached; write it without";
        return Err(Finding::words(ReasonCode::PhoneExtension, words).suggest(e164));
    }
    Ok(e164)
}

/// The numbering plans of the world. A regular expression keeps scratch space for the thread that used it
/// first, and others queue for theirs: so each thread that judges many rows has plans of its own.
fn plan<T>(ask: impl FnOnce(&PhoneNumberUtil) -> T) -> T {
    thread_local! {
        static OWN: Option<PhoneNumberUtil> = rayon::current_thread_index()
            .and_then(|_| PhoneNumberUtil::new().ok());
    }
    OWN.with(|own| ask(own.as_ref().unwrap_or(&PHONE_NUMBER_UTIL)))
}

fn has_extension(number: &PhoneNumber) -> bool {
    number
        .extension
        .as_ref()
        .is_some_and(|extension| !extension.is_empty())
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        ' ' | '+'
            | '-'
            | '('
            | ')'
            | '.'
            | '/'
            | '['
            | ']'
            | '~'
            | '＋'
            | '－'
            | '（'
            | '）'
            | '‐'
            | '‑'
            | '‒'
            | '–'
            | '—'
            | '―'
            | '−'
            | '·'
    ) || c.is_whitespace()
}

fn too_long(text: &str, region: Region) -> Finding {
    Finding::of(ReasonCode::PhoneTooLong, country_of(text, region))
}

fn unparsed(error: &ParseError, text: &str, region: Region) -> Finding {
    let country = country_of(text, region);
    match error {
        ParseError::InvalidCountryCode => without_plus(text).unwrap_or_else(|| {
            Finding::words(
                ReasonCode::PhoneCountryUnknown,
                "No country has this calling code",
            )
        }),
        ParseError::TooLongNsn => Finding::of(ReasonCode::PhoneTooLong, country),
        ParseError::TooShortAfterIdd | ParseError::TooShortNsn => {
            Finding::of(ReasonCode::PhoneTooShort, country)
        }
        ParseError::NotANumber(_) if text.chars().any(char::is_numeric) && text.len() < 4 => {
            Finding::of(ReasonCode::PhoneTooShort, country)
        }
        ParseError::NotANumber(_) => Finding::new(ReasonCode::NotAContact),
    }
}

fn invalid(number: &PhoneNumber, text: &str, region: Region) -> Finding {
    if let Some(finding) = without_plus(text) {
        return finding;
    }
    let code = number.country_code;
    let is_own = u32::try_from(code).is_ok_and(|code| code == region.calling_code());
    let country = if is_own {
        Some(region)
    } else {
        Region::of_calling_code(code)
    };
    let reason = match PHONE_NUMBER_UTIL.is_possible_number_with_reason(number) {
        Ok(NumberLengthType::IsPossibleLocalOnly) | Err(ValidationError::TooShort) => {
            ReasonCode::PhoneTooShort
        }
        Err(ValidationError::TooLong) => ReasonCode::PhoneTooLong,
        Err(ValidationError::InvalidCountryCode) => ReasonCode::PhoneCountryUnknown,
        Ok(NumberLengthType::IsPossible) | Err(ValidationError::InvalidLength) => {
            ReasonCode::PhoneNotInUse
        }
    };
    Finding::of(reason, country)
}

/// `351912345678` and `00351912345678` where the region does not read them so: right with a plus.
fn without_plus(text: &str) -> Option<Finding> {
    let text = text.trim_start();
    if text.starts_with(['+', '＋']) {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.strip_prefix("00").unwrap_or(&digits);
    if digits.len() < MIN_INTERNATIONAL {
        return None;
    }
    let number = PHONE_NUMBER_UTIL.parse(format!("+{digits}"), None).ok()?;
    PHONE_NUMBER_UTIL.is_valid_number(&number).then(|| {
        let e164 = PHONE_NUMBER_UTIL
            .format(&number, PhoneNumberFormat::E164)
            .into_owned();
        let words =
            format!("This looks like a phone number without a country code: write it as {e164}");
        Finding::text(ReasonCode::PhoneWithoutCountry, words).suggest(e164)
    })
}

/// The country a number that could not be parsed is meant for.
fn country_of(text: &str, region: Region) -> Option<Region> {
    let text = text.trim_start();
    let Some(rest) = text
        .strip_prefix(['+', '＋'])
        .or_else(|| text.strip_prefix("00"))
    else {
        return Some(region);
    };
    let digits: Vec<i32> = rest
        .chars()
        .filter_map(|c| c.to_digit(10)?.try_into().ok())
        .take(3)
        .collect();
    (1..=digits.len()).find_map(|length| {
        let code = digits[..length]
            .iter()
            .fold(0, |code, digit| code * 10 + digit);
        let is_own = i32::try_from(region.calling_code()) == Ok(code);
        if is_own {
            Some(region)
        } else {
            Region::of_calling_code(code)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(code: &str, text: &str) -> Result<String, crate::Reason> {
        normalise(text, Region::parse(code).unwrap())
            .map_err(|finding| finding.about(crate::Field::Contact))
    }

    #[test]
    fn numbers_become_e164_in_the_region() {
        for text in [
            "912345678",
            "912 345 678",
            "(+351) 912-345-678",
            "00351912345678",
            "351912345678",
            "+351912345678",
            "٩١٢٣٤٥٦٧٨",
        ] {
            assert_eq!(from("PT", text).as_deref(), Ok("+351912345678"), "{text}");
        }
        assert_eq!(from("GB", "07400 123456").as_deref(), Ok("+447400123456"));
        assert_eq!(
            from("PT", "+44 7400 123456").as_deref(),
            Ok("+447400123456")
        );
        assert_eq!(from("IT", "06 698 12345").as_deref(), Ok("+390669812345"));
    }

    #[test]
    fn what_is_wrong_is_said_with_the_country() {
        for (region, text, message) in [
            ("PT", "9123", "Too short for a phone in Portugal"),
            ("PT", "12", "Too short for a phone in Portugal"),
            ("PT", "+351 9123", "Too short for a phone in Portugal"),
            ("PT", "91234567890", "Too long for a phone in Portugal"),
            ("PT", "512345678", "Not a phone number that Portugal has"),
            ("PT", "+34 61", "Too short for a phone in Spain"),
            ("ES", "+44 7400", "Too short for a phone in United Kingdom"),
            ("PT", "+999 123456", "No country has this calling code"),
            ("PT", "Ana 2", "Not a phone number or email address"),
            ("PT", "0800 FLOWERS", "Not a phone number or email address"),
            (
                "PT",
                "1234567890123456789012",
                "Too long for a phone in Portugal",
            ),
        ] {
            assert_eq!(from(region, text).unwrap_err().message, message, "{text}");
        }
    }

    #[test]
    fn a_missing_plus_is_suggested_but_not_taken() {
        for text in ["351912345678", "00351912345678"] {
            let reason = from("US", text).unwrap_err();
            assert_eq!(reason.code, ReasonCode::PhoneWithoutCountry, "{text}");
            assert_eq!(reason.suggestion.as_deref(), Some("+351912345678"));
            assert!(
                reason.message.ends_with("write it as +351912345678"),
                "{}",
                reason.message
            );
        }
    }

    #[test]
    fn an_extension_is_no_part_of_a_contact() {
        let reason = from("US", "(201) 555-0123 ext. 45").unwrap_err();
        assert_eq!(reason.code, ReasonCode::PhoneExtension);
        assert_eq!(reason.suggestion.as_deref(), Some("+12015550123"));
    }
}
