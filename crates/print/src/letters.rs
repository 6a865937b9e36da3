//! What of a text may go on the page as it is, and what is spelled out as `⟨U+XXXX⟩`.
//!
//! Spelled out are: what no font has; what cannot be seen; what turns the order of letters around; and
//! marks piled so high that they would run into the lines above.

use std::collections::BTreeSet;

use typst::text::FontBook;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// More marks than any script puts on one letter.
const MOST_MARKS: usize = 4;

/// Allows a line to end where the rules would not.
const BREAK: char = '\u{200B}';

const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_ISOLATE: char = '\u{2069}';

/// Longer words get places where a line may end, every [`PIECE`] characters or so.
const LONGEST_WORD: usize = 20;
const PIECE: usize = 8;

/// Every character that some font has, one bit each.
pub(crate) struct Drawn(Vec<u64>);

/// The letters at hand.
#[derive(Clone)]
pub(crate) struct Letters<'b> {
    drawn: &'b Drawn,
    without: BTreeSet<char>,
    latin_only: bool,
}

/// A text ready to be set, in pieces between which a line may end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Visible {
    pub(crate) pieces: Vec<String>,
    /// How many characters were left off the end.
    pub(crate) left_off: usize,
}

impl Drawn {
    pub(crate) fn new(book: &FontBook) -> Self {
        let mut bits = vec![0; (char::MAX as usize + 1) / 64];
        for info in (0..).map_while(|index| book.info(index)) {
            for c in info.coverage.iter() {
                if let Some(word) = bits.get_mut(c as usize / 64) {
                    *word |= 1 << (c % 64);
                }
            }
        }
        Self(bits)
    }

    /// As if there were a font for all.
    #[cfg(test)]
    pub(crate) fn everything() -> Self {
        Self(vec![u64::MAX; (char::MAX as usize + 1) / 64])
    }

    fn has(&self, c: char) -> bool {
        let c = c as usize;
        self.0
            .get(c / 64)
            .is_some_and(|word| word >> (c % 64) & 1 == 1)
    }
}

impl<'b> Letters<'b> {
    pub(crate) fn new(drawn: &'b Drawn) -> Self {
        Self {
            drawn,
            without: BTreeSet::new(),
            latin_only: false,
        }
    }

    /// The same without some that turned out not to be there: a font may have the letters of a cluster
    /// and still not be able to put them together.
    pub(crate) fn and_without(mut self, missing: impl IntoIterator<Item = char>) -> Self {
        self.without.extend(missing);
        self
    }

    /// Printable ASCII and the Latin letters, all else spelled out: what surely can be set.
    pub(crate) fn latin_only(mut self) -> Self {
        self.latin_only = true;
        self
    }

    /// The first `most` characters of a text, made visible.
    pub(crate) fn show(&self, text: &str, most: usize) -> Visible {
        let mut out = String::new();
        let (mut marks, mut count) = (0, 0);
        let mut before = None;
        let mut rest = text.chars();
        while count < most
            && let Some(c) = rest.next()
        {
            count += 1;
            let after = rest.clone().next();
            if c.general_category_group() == GeneralCategoryGroup::Mark {
                marks += 1;
            } else if !is_joiner(c) {
                marks = 0;
            }
            let bare_mark = marks > 0 && before.is_none_or(char::is_whitespace);
            if marks <= MOST_MARKS && !bare_mark && self.has(before, c, after) {
                out.push(c);
                before = Some(c);
            } else {
                out.push_str(&format!("⟨U+{:04X}⟩", c as u32));
                before = None;
            }
        }
        Visible {
            pieces: isolated(pieces(&out)),
            left_off: rest.count(),
        }
    }

    pub(crate) fn has(&self, before: Option<char>, c: char, after: Option<char>) -> bool {
        if matches!(c, ' '..='~') {
            return !self.without.contains(&c);
        }
        if self.without.contains(&c) || (self.latin_only && !matches!(c, '¡'..='¬' | '®'..='ſ'))
        {
            return false;
        }
        if is_joiner(c) {
            return match (before, after) {
                (Some(before), Some(after)) => joins(before, after),
                _ => false,
            };
        }
        if matches!(c, '\u{FE0E}' | '\u{FE0F}') {
            return before.is_some_and(is_picture) || after == Some('\u{20E3}');
        }
        !is_hidden(c) && self.drawn.has(c)
    }
}

/// A text that runs from right to left, kept from drawing what stands beside it into its order.
fn isolated(mut pieces: Vec<String>) -> Vec<String> {
    let turns = |c| {
        matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}'
            | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
    };
    if pieces.iter().any(|piece| piece.contains(turns)) {
        if let Some(first) = pieces.first_mut() {
            first.insert(0, FIRST_STRONG_ISOLATE);
        }
        if let Some(last) = pieces.last_mut() {
            last.push(POP_ISOLATE);
        }
    }
    pieces
}

/// Splits long words every few characters, between letters or digits where there are some: elsewhere the
/// rules of line breaking need a character to allow a break, which would be copied along.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for word in text.split_inclusive(' ') {
        let long = word.chars().count() > LONGEST_WORD;
        let (mut count, mut before) = (0, ' ');
        for c in word.chars() {
            let is_between_letters = before.is_alphanumeric() && c.is_alphanumeric();
            let may_end = count >= PIECE && is_between_letters || count >= 2 * PIECE;
            if long && may_end && begins(before, c) {
                if let Some(piece) = pieces.last_mut().filter(|_| !is_between_letters) {
                    piece.push(BREAK);
                }
                pieces.push(String::new());
                count = 0;
            }
            if let Some(piece) = pieces.last_mut() {
                piece.push(c);
            }
            count += 1;
            before = c;
        }
    }
    pieces
}

/// Whether a character after another is one of its own, not a part of the other.
fn begins(before: char, c: char) -> bool {
    c.general_category_group() != GeneralCategoryGroup::Mark
        && !is_joiner(c)
        && !is_joiner(before)
        && !matches!(c, ' ' | '\u{FE0E}' | '\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}')
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

/// Whether a joiner between these two does what it is for: it shapes Arabic and Indic letters and makes
/// one picture of several.
fn joins(before: char, after: char) -> bool {
    let shaped = |c| matches!(c, '\u{0620}'..='\u{077F}' | '\u{0900}'..='\u{0DFF}');
    let pictured = |c| is_picture(c) || c == '\u{FE0F}';
    (shaped(before) && shaped(after)) || (pictured(before) && pictured(after))
}

fn is_picture(c: char) -> bool {
    matches!(c, '\u{203C}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}')
}

/// Whether nobody would see the character, or see it as something else.
fn is_hidden(c: char) -> bool {
    use GeneralCategory::{
        Control, Format, LineSeparator, ParagraphSeparator, PrivateUse, SpaceSeparator, Unassigned,
    };
    matches!(
        c.general_category(),
        Control
            | Format
            | LineSeparator
            | ParagraphSeparator
            | PrivateUse
            | SpaceSeparator
            | Unassigned
    ) || matches!(
        c,
        // Letters and marks that are drawn as nothing.
        '\u{034F}'
            | '\u{115F}'..='\u{1160}'
            | '\u{17B4}'..='\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFF}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts;

    fn shown(text: &str) -> String {
        let drawn = Drawn::new(&FontBook::from_fonts(&fonts::load()));
        Letters::new(&drawn).show(text, 1000).pieces.concat()
    }

    #[test]
    fn names_of_the_world_stay_as_they_are() {
        for name in [
            "Ana Açãi O'Neill",
            "Zażółć gęślą",
            "Łukasz Ğüneş Ñandú",
            "Ελένη Κυριακού",
            "Анна Щербак",
            "محمد علي",
            "می‌خواهم",
            "שרה כהן",
            "王小明",
            "佐藤さくら",
            "김민준",
            "प्रिया शर्मा",
            "क्‍ष",
            "สมชาย ใจดี",
            "அன்பு",
            "অনিতা",
            "Նարե",
            "ნინო",
            "👩‍👧 ✔️ 1️⃣ 😀",
        ] {
            let inside = |c| matches!(c, FIRST_STRONG_ISOLATE | POP_ISOLATE);
            assert_eq!(shown(name).trim_matches(inside), name);
        }
    }

    #[test]
    fn what_hides_or_turns_around_is_spelled_out() {
        for (text, expected) in [
            ("a\u{202E}b", "a⟨U+202E⟩b"),
            ("a\u{2066}b\u{2069}", "a⟨U+2066⟩b⟨U+2069⟩"),
            ("a\0\n\t\u{7f}b", "a⟨U+0000⟩⟨U+000A⟩⟨U+0009⟩⟨U+007F⟩b"),
            ("a\u{200B}\u{FEFF}\u{AD}b", "a⟨U+200B⟩⟨U+FEFF⟩⟨U+00AD⟩b"),
            ("a\u{200D}b", "a⟨U+200D⟩b"),
            ("\u{3164}\u{A0}", "⟨U+3164⟩⟨U+00A0⟩"),
            ("a\u{FE0F}", "a⟨U+FE0F⟩"),
            ("\u{E000}\u{E0041}", "⟨U+E000⟩⟨U+E0041⟩"),
            ("ᚠ\u{13000}", "⟨U+16A0⟩⟨U+13000⟩"),
            ("\u{301}a", "⟨U+0301⟩a"),
        ] {
            assert_eq!(shown(text), expected);
        }
    }

    #[test]
    fn what_runs_the_other_way_keeps_to_itself() {
        assert_eq!(shown("علي 12"), "\u{2068}علي 12\u{2069}");
        assert_eq!(shown("א\u{202E}"), "\u{2068}א⟨U+202E⟩\u{2069}");
        assert_eq!(shown("Ali 12"), "Ali 12");
    }

    #[test]
    fn piled_marks_stop_piling() {
        let piled = format!("Z{}", "\u{301}".repeat(50));
        let shown = shown(&piled);
        assert!(shown.starts_with("Z\u{301}\u{301}\u{301}\u{301}⟨U+0301⟩"));
        assert_eq!(shown.matches('\u{301}').count(), MOST_MARKS);
    }

    #[test]
    fn long_words_may_break_and_long_texts_end() {
        let drawn = Drawn::new(&FontBook::from_fonts(&fonts::load()));
        let visible = Letters::new(&drawn).show(&"x".repeat(1000), 100);
        assert_eq!(visible.left_off, 900);
        assert_eq!(visible.pieces.concat(), "x".repeat(100));
        assert!(visible.pieces.iter().all(|piece| piece.len() <= PIECE));
        let visible = Letters::new(&drawn).show(&"[".repeat(40), 100);
        assert_eq!(visible.pieces.len(), 3);
        assert!(visible.pieces[0].ends_with(BREAK));
        let visible = Letters::new(&drawn).show("several short words in a row", 100);
        assert_eq!(visible.pieces.len(), 1);
    }

    #[test]
    fn only_latin_when_all_else_fails() {
        let drawn = Drawn::new(&FontBook::from_fonts(&fonts::load()));
        let letters = Letters::new(&drawn).latin_only();
        assert_eq!(letters.show("Zé 王", 10).pieces.concat(), "Zé ⟨U+738B⟩");
    }
}
