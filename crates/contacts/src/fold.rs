//! Text as it is compared with names of countries and languages: lower case, no accents, no marks.

use icu_normalizer::DecomposingNormalizerBorrowed;

/// The words of a text in lower case without accents. Dots and apostrophes vanish, so that `U.S.A.`
/// is one word; every other mark parts words.
pub(crate) fn words(text: &str) -> Vec<String> {
    let line = line(text);
    let words = line.split(' ').filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// The same words with one space between each two.
pub(crate) fn line(text: &str) -> String {
    let decomposed = DecomposingNormalizerBorrowed::new_nfkd().normalize(text);
    let mut line = String::with_capacity(decomposed.len());
    let mut parted = false;
    for c in decomposed.chars().flat_map(char::to_lowercase) {
        let letters = without_stroke(c);
        if letters.is_none() && !c.is_alphanumeric() {
            parted |= !is_nothing(c);
            continue;
        }
        if std::mem::take(&mut parted) && !line.is_empty() {
            line.push(' ');
        }
        match letters {
            Some(letters) => line.push_str(letters),
            None => line.push(c),
        }
    }
    line
}

/// The characters of a text in lower case without accents, to put texts in order. Plain text stays as it
/// is but for its case.
pub(crate) fn letters(text: &str) -> impl Iterator<Item = char> {
    let decomposed = DecomposingNormalizerBorrowed::new_nfkd().normalize_iter(text.chars());
    let lower = decomposed.flat_map(char::to_lowercase);
    let plain = lower.filter(|c| !matches!(c, '\u{300}'..='\u{36F}'));
    plain.flat_map(|c| {
        let letters = without_stroke(c).unwrap_or_default().chars();
        let itself = letters.as_str().is_empty().then_some(c);
        letters.chain(itself)
    })
}

/// Letters whose mark Unicode does not take for an accent, and the sigma that ends a word.
const fn without_stroke(c: char) -> Option<&'static str> {
    Some(match c {
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ı' => "i",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ς' => "σ",
        _ => return None,
    })
}

/// Accents, dots and apostrophes.
const fn is_nothing(c: char) -> bool {
    matches!(
        c,
        '\u{300}'
            ..='\u{36F}' | '.' | '\'' | '’' | '‘' | '`' | '´' | '\u{2BC}' | '\u{AD}' | '\u{FEFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_marks_do_not_count() {
        assert_eq!(words("  États-Unis "), ["etats", "unis"]);
        assert_eq!(words("E\u{301}tats\u{A0}Unis"), ["etats", "unis"]);
        assert_eq!(words("Côte d’Ivoire"), ["cote", "divoire"]);
        assert_eq!(words("U.S.A."), ["usa"]);
        assert_eq!(words("ＰＴ"), ["pt"]);
        assert_eq!(words("İstanbul ŁÓDŹ Åland"), ["istanbul", "lodz", "aland"]);
        assert!(words(" –./' ").is_empty());
    }

    #[test]
    fn letters_are_put_in_order_without_their_accents() {
        let letters = |text| letters(text).collect::<String>();
        assert_eq!(letters("Élio Sá"), "elio sa");
        assert_eq!(letters("E\u{301}lio ŁÓDŹ"), "elio lodz");
        assert_eq!(letters("a.b'C@X.pt"), "a.b'c@x.pt");
    }
}
