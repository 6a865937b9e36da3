//! Slips of the finger in the domains that most people use.

use crate::ReasonCode;
use crate::reason::Finding;

/// Domains worth a hint, by ending. Shorter names are left out: too many real domains are one letter
/// away.
const COMMON: [(&str, &[&str]); 9] = [
    (
        "com",
        &[
            "gmail",
            "googlemail",
            "yahoo",
            "hotmail",
            "outlook",
            "icloud",
            "protonmail",
            "fastmail",
        ],
    ),
    ("com.br", &["yahoo", "outlook", "terra"]),
    ("es", &["yahoo", "hotmail", "outlook"]),
    ("fr", &["yahoo", "hotmail", "outlook", "wanadoo", "orange"]),
    ("co.uk", &["yahoo", "hotmail"]),
    ("pt", &["outlook", "netcabo"]),
    ("me", &["proton"]),
    ("com.pt", &["live"]),
    ("net", &["telefonica", "laposte", "comcast"]),
];

/// Real domains that are one slip away from a common one.
const REAL: [&str; 10] = [
    "cloud.com",
    "email.com",
    "fmail.com",
    "hotmail.co",
    "mail.com",
    "photon.me",
    "protonmail.co",
    "xgmail.com",
    "ymail.com",
    "zmail.com",
];

/// A hint when the domain of an address is one slip away from a common one: one letter more, less
/// or other, or two swapped. National endings are never corrected: `yahoo.se` is not `yahoo.es`.
pub(super) fn hint(address: &str) -> Option<Finding> {
    let (local, domain) = address.rsplit_once('@')?;
    let (name, ending) = domain.split_once('.')?;
    let (common, its_ending) = match COMMON.iter().find(|(known, _)| *known == ending) {
        Some((_, names)) if names.contains(&name) => return None,
        Some((_, names)) => {
            let near = |common: &&&str| common.len() > 4 && one_slip(name, common);
            (names.iter().find(near)?, ending)
        }
        None if one_slip(ending, "com") => {
            let (com, names) = COMMON[0];
            (names.iter().find(|common| **common == name)?, com)
        }
        None => return None,
    };
    if REAL.contains(&domain) {
        return None;
    }
    let meant = format!("{common}.{its_ending}");
    let words = format!("Is {domain} meant to be {meant}?");
    Some(Finding::text(ReasonCode::EmailTypo, words).suggest(format!("{local}@{meant}")))
}

/// Whether two words are one insertion, deletion, substitution or swap of neighbours apart.
fn one_slip(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > 1 || a == b {
        return false;
    }
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same..], &b[same..]);
    match a.len().cmp(&b.len()) {
        std::cmp::Ordering::Less => a == &b[1..],
        std::cmp::Ordering::Greater => &a[1..] == b,
        std::cmp::Ordering::Equal => {
            a[1..] == b[1..] || (a.len() > 1 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(domain: &str) -> Option<String> {
        Some(
            hint(&format!("ana@{domain}"))?
                .about(crate::Field::Contact)
                .suggestion?
                .replace("ana@", ""),
        )
    }

    #[test]
    fn one_slip_is_hinted_at() {
        for (slip, domain) in [
            ("gmial.com", "gmail.com"),
            ("gmal.com", "gmail.com"),
            ("gmaill.com", "gmail.com"),
            ("gmail.con", "gmail.com"),
            ("gmail.co", "gmail.com"),
            ("gmail.comm", "gmail.com"),
            ("hotmial.fr", "hotmail.fr"),
            ("outlok.pt", "outlook.pt"),
            ("yaho.co.uk", "yahoo.co.uk"),
            ("iclould.com", "icloud.com"),
        ] {
            assert_eq!(meant(slip).as_deref(), Some(domain), "{slip}");
        }
    }

    #[test]
    fn real_domains_are_left_alone() {
        for domain in [
            "gmail.com",
            "mail.com",
            "ymail.com",
            "email.com",
            "yahoo.se",
            "yahoo.es",
            "hotmail.gr",
            "cloud.com",
            "live.com",
            "ge.com",
            "sapo.pt",
            "example.com",
            "outlook.it",
        ] {
            assert_eq!(meant(domain), None, "{domain}");
        }
    }
}
