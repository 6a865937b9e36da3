//! What no import of these rows could do without, and nothing else.

use std::time::{Duration, Instant};

use email_address::EmailAddress;
use rayon::prelude::*;
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat, Region};

use crate::Outcome;
use crate::people::{EMAIL, PHONE, REGION};

/// Values handed to a thread at a time.
const CHUNK: usize = 8_192;

/// The contacts of a file by column.
pub(super) struct Contacts {
    emails: Vec<String>,
    phones: Vec<String>,
}

impl Contacts {
    pub(super) fn of(bytes: &[u8]) -> Outcome<Self> {
        let (mut emails, mut phones) = (Vec::new(), Vec::new());
        for record in csv::Reader::from_reader(bytes).into_records() {
            let record = record?;
            let filled = |column| record.get(column).filter(|cell| !cell.is_empty());
            emails.extend(filled(EMAIL).map(str::to_owned));
            phones.extend(filled(PHONE).map(str::to_owned));
        }
        Ok(Self { emails, phones })
    }
}

/// How long it takes.
pub(super) fn run(bytes: &[u8], contacts: &Contacts) -> Outcome<Duration> {
    let region = Region::from_code(REGION).map_err(|_| "no such region")?;
    let start = Instant::now();
    let mut reader = csv::Reader::from_reader(bytes);
    let mut record = csv::ByteRecord::new();
    let mut cells = 0;
    while reader.read_byte_record(&mut record)? {
        cells += record.len();
    }
    let right: usize = contacts
        .phones
        .par_chunks(CHUNK)
        .map(|phones| {
            phones
                .iter()
                .filter(|phone| is_phone(phone, region))
                .count()
        })
        .chain(
            contacts
                .emails
                .par_chunks(CHUNK)
                .map(|emails| emails.iter().filter(|email| is_email(email)).count()),
        )
        .sum();
    let time = start.elapsed();
    // Used, so that no part of the work is left out as useless.
    if right == 0 || cells == 0 {
        return Err("the floor found no contact".into());
    }
    Ok(time)
}

fn is_phone(text: &str, region: Region) -> bool {
    let Ok(number) = PHONE_NUMBER_UTIL.parse(text, Some(region)) else {
        return false;
    };
    PHONE_NUMBER_UTIL.is_valid_number(&number)
        && !PHONE_NUMBER_UTIL
            .format(&number, PhoneNumberFormat::E164)
            .is_empty()
}

fn is_email(text: &str) -> bool {
    text.parse::<EmailAddress>().is_ok()
}
