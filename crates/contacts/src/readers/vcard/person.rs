//! One card: whom it names, and the contacts in the order in which they should be used.

use calcard::vcard::{
    VCard, VCardEntry, VCardParameterName, VCardParameterValue, VCardProperty, VCardType,
    VCardValue,
};

use crate::readers::Fault;

/// The properties that are read; all others are left out before a card gets here.
pub(super) const PROPERTIES: [&str; 7] = ["VERSION", "FN", "N", "NICKNAME", "ORG", "EMAIL", "TEL"];

/// Set where an old card does not name its charset. The parser would take Latin-1, and such cards
/// are mostly UTF-8 by now; where that does not fit, Latin-1 it is.
pub(super) const GUESS: &str = ";Charset=UTF-8";

/// The cells of a card, given its kept lines: name, email, phone, organisation, and what further
/// addresses and phones it has.
pub(super) fn cells(kept: &str) -> Result<[String; 6], Fault> {
    if kept.is_empty() {
        return Ok(Default::default());
    }
    let cells = parsed(kept);
    let is_wrong = cells.as_ref().map_or(true, |cells| {
        cells.iter().any(|cell| cell.contains('\u{FFFD}'))
    });
    if is_wrong && kept.contains(GUESS) {
        return parsed(&kept.replace(GUESS, ""));
    }
    cells
}

fn parsed(kept: &str) -> Result<[String; 6], Fault> {
    let card = format!("BEGIN:VCARD\n{kept}END:VCARD\n");
    let card = VCard::parse(&card).map_err(|_| Fault::DamagedCard)?;
    let mut names = [None, None, None];
    let mut organisation = None;
    let mut emails = Vec::new();
    let mut phones = Vec::new();
    for entry in &card.entries {
        let slot = match entry.name {
            VCardProperty::Fn => &mut names[0],
            VCardProperty::N => &mut names[1],
            VCardProperty::Nickname => &mut names[2],
            VCardProperty::Org => &mut organisation,
            VCardProperty::Email => {
                emails.push((rank(entry), address(entry)?));
                continue;
            }
            VCardProperty::Tel => {
                phones.push((phone_rank(entry), number(entry)?));
                continue;
            }
            _ => continue,
        };
        let text = words(entry)?;
        if slot.is_none() && !text.is_empty() {
            *slot = Some(text);
        }
    }
    let (email, more_emails) = in_order(emails);
    let (phone, more_phones) = in_order(phones);
    let name = names.into_iter().flatten().next().unwrap_or_default();
    Ok([
        name,
        email,
        phone,
        organisation.unwrap_or_default(),
        more_emails,
        more_phones,
    ])
}

/// The first by rank, then by place, and the others in one text. What stands twice counts once.
fn in_order<R: Ord + Copy>(mut all: Vec<(R, String)>) -> (String, String) {
    all.retain(|(_, text)| !text.is_empty());
    all.sort_by_key(|(rank, _)| *rank);
    let mut seen = std::collections::HashSet::new();
    let texts = all.iter().map(|(_, text)| text.as_str());
    let mut texts = texts.filter(|text| seen.insert(*text));
    let first = texts.next().unwrap_or_default().to_owned();
    (first, texts.collect::<Vec<_>>().join("; "))
}

/// Mobiles first, then phones, then what nobody answers; then as preferred.
fn phone_rank(entry: &VCardEntry) -> (u8, u32) {
    let class = if is_of(entry, VCardType::Cell) {
        0
    } else if is_of(entry, VCardType::Fax) || is_of(entry, VCardType::Pager) {
        2
    } else {
        1
    };
    (class, rank(entry))
}

/// `PREF=1` to `PREF=100`, where 1 is best and `TYPE=PREF` of older versions is as good; 101 without.
fn rank(entry: &VCardEntry) -> u32 {
    let of = |(name, value): (&VCardParameterName, &VCardParameterValue)| match (name, value) {
        (VCardParameterName::Pref, VCardParameterValue::Integer(rank)) => {
            Some((*rank).clamp(1, 100))
        }
        (VCardParameterName::Pref, _) => Some(1),
        (VCardParameterName::Type, VCardParameterValue::Text(text))
            if text.eq_ignore_ascii_case("pref") =>
        {
            Some(1)
        }
        _ => None,
    };
    let ranks = entry.params.iter().map(|p| (&p.name, &p.value));
    ranks.filter_map(of).min().unwrap_or(101)
}

fn is_of(entry: &VCardEntry, wanted: VCardType) -> bool {
    entry
        .params
        .iter()
        .any(|p| matches!(&p.value, VCardParameterValue::Type(found) if *found == wanted))
}

fn address(entry: &VCardEntry) -> Result<String, Fault> {
    let text = contact(entry)?;
    let Some(link) = without(&text, "mailto:") else {
        return Ok(text);
    };
    Ok(link.split('?').next().unwrap_or(link).trim().to_owned())
}

fn number(entry: &VCardEntry) -> Result<String, Fault> {
    let text = contact(entry)?;
    let number = without(&text, "tel:").unwrap_or(&text);
    Ok(number.trim().to_owned())
}

fn without<'a>(text: &'a str, scheme: &str) -> Option<&'a str> {
    let start = text.get(..scheme.len())?;
    start
        .eq_ignore_ascii_case(scheme)
        .then(|| &text[scheme.len()..])
}

/// The one text of a property. Bytes, dates and such in the place of a contact are damage.
fn contact(entry: &VCardEntry) -> Result<String, Fault> {
    match entry.values.as_slice() {
        [] => Ok(String::new()),
        [VCardValue::Text(text)] => Ok(text.trim().to_owned()),
        _ => Err(Fault::DamagedCard),
    }
}

/// The texts of a property that has parts, in the order in which they are spoken.
fn words(entry: &VCardEntry) -> Result<String, Fault> {
    let mut parts = Vec::with_capacity(entry.values.len());
    for value in &entry.values {
        parts.push(match value {
            VCardValue::Text(text) => in_one_line(text),
            VCardValue::Component(texts) => in_one_line(&texts.join(" ")),
            _ => return Err(Fault::DamagedCard),
        });
    }
    // Family name, given name, further names, title, suffix.
    if entry.name == VCardProperty::N {
        let order = [3, 1, 2, 0, 4];
        parts = order
            .iter()
            .filter_map(|at| parts.get(*at).cloned())
            .collect();
    }
    parts.retain(|part| !part.is_empty());
    Ok(parts.join(if entry.name == VCardProperty::Org {
        ", "
    } else {
        " "
    }))
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
