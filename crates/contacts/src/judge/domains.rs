//! Slips of the finger in the domains that most people use.

use crate::ReasonCode;
use crate::reason::Finding;

/// Domains worth a hint. Shorter names are left out: too many real domains are one letter away.
const COMMON: [(&str, &str); 28] = [
    ("gmail", "com"),
    ("googlemail", "com"),
    ("yahoo", "com"),
    ("yahoo", "com.br"),
    ("yahoo", "es"),
    ("yahoo", "fr"),
    ("yahoo", "co.uk"),
    ("hotmail", "com"),
    ("hotmail", "es"),
    ("hotmail", "fr"),
    ("hotmail", "co.uk"),
    ("outlook", "com"),
    ("outlook", "com.br"),
    ("outlook", "es"),
    ("outlook", "fr"),
    ("outlook", "pt"),
    ("icloud", "com"),
    ("protonmail", "com"),
    ("proton", "me"),
    ("live", "com.pt"),
    ("netcabo", "pt"),
    ("telefonica", "net"),
    ("wanadoo", "fr"),
    ("orange", "fr"),
    ("laposte", "net"),
    ("comcast", "net"),
    ("terra", "com.br"),
    ("fastmail", "com"),
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
    if COMMON.contains(&(name, ending)) || REAL.contains(&domain) {
        return None;
    }
    let (common, its_ending) = COMMON.iter().find(|(common, its_ending)| {
        (ending == *its_ending && common.len() > 4 && one_slip(name, common))
            || (*its_ending == "com" && name == *common && one_slip(ending, "com"))
    })?;
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
                .into_reason()
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
