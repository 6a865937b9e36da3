//! The recovery text: what is written is read, what is mistyped is noticed.
#![allow(clippy::unwrap_used)]

use ledger::{LedgerKey, RecoveryError};
use proptest::prelude::*;

const SYMBOLS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

proptest! {
    #[test]
    fn is_read_back_however_it_is_copied(bytes: [u8; 32], lower: bool, gap in "[ \t\n–-]{0,3}") {
        let text = LedgerKey::from_bytes(bytes).recovery_text();
        prop_assert_eq!(text.len(), 14 * 4 + 13);
        let mut copy = text.replace('-', &gap).replace('0', "O").replace('1', "l");
        if lower {
            copy = copy.to_lowercase();
        }
        let key = LedgerKey::from_recovery_text(&copy).unwrap();
        prop_assert_eq!(key.as_bytes(), &bytes);
    }

    #[test]
    fn every_single_wrong_character_is_noticed(bytes: [u8; 32]) {
        let text = LedgerKey::from_bytes(bytes).recovery_text();
        for (at, right) in text.char_indices().filter(|(_, c)| *c != '-') {
            for wrong in SYMBOLS.chars().filter(|c| *c != right) {
                let mut copy = text.to_string();
                copy.replace_range(at..=at, &wrong.to_string());
                let error = LedgerKey::from_recovery_text(&copy).unwrap_err();
                prop_assert_eq!(error, RecoveryError::Checksum);
            }
        }
    }

    #[test]
    fn every_swap_of_neighbours_is_noticed(bytes: [u8; 32]) {
        let text: Vec<_> =
            LedgerKey::from_bytes(bytes).recovery_text().chars().filter(|c| *c != '-').collect();
        for at in 1..text.len() {
            let mut copy = text.clone();
            copy.swap(at - 1, at);
            if copy != text {
                let copy: String = copy.into_iter().collect();
                prop_assert_eq!(
                    LedgerKey::from_recovery_text(&copy).unwrap_err(),
                    RecoveryError::Checksum
                );
            }
        }
    }

    #[test]
    fn no_text_makes_it_fail(text: String) {
        prop_assert!(LedgerKey::from_recovery_text(&text).is_err());
    }
}

#[test]
fn errors_say_where() {
    let text = LedgerKey::from_bytes([7; 32]).recovery_text();
    let short = &text[..text.len() - 1];
    assert_eq!(
        LedgerKey::from_recovery_text(short).unwrap_err(),
        RecoveryError::Length { found: 55 }
    );
    let long = format!("{}{}", *text, "A".repeat(10_000));
    assert_eq!(
        LedgerKey::from_recovery_text(&long).unwrap_err(),
        RecoveryError::Length { found: 10_056 }
    );
    let mut odd = text.to_string();
    odd.replace_range(6..=6, "U");
    let error = LedgerKey::from_recovery_text(&odd).unwrap_err();
    assert_eq!(error, RecoveryError::Character { position: 6 });
    assert_eq!((error.group(), error.place()), (2, 2));
    assert_eq!(
        error.to_string(),
        "character 2 of group 2 does not occur in a recovery key"
    );
}

#[test]
fn the_text_of_a_known_key_stays_the_same() {
    let mut bytes = [0; 32];
    for (n, byte) in (0..).zip(&mut bytes) {
        *byte = n;
    }
    let text = LedgerKey::from_bytes(bytes).recovery_text();
    assert_eq!(&text[..20], "000G-40R4-0M30-E209-");
}
