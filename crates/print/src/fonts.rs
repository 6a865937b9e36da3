//! The fonts of the paper, in the order in which a letter is looked for. No font of the machine is used:
//! the page would differ from one machine to the next.

use typst::foundations::Bytes;
use typst::text::Font;

const FILES: [&[u8]; 15] = [
    include_bytes!("../fonts/NotoSans-Regular.ttf"),
    include_bytes!("../fonts/NotoSans-Bold.ttf"),
    include_bytes!("../fonts/NotoMono-Regular.ttf"),
    include_bytes!("../fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../fonts/NotoSansArmenian-Regular.ttf"),
    include_bytes!("../fonts/NotoSansBengali-Regular.ttf"),
    include_bytes!("../fonts/NotoSansDevanagari-Regular.ttf"),
    include_bytes!("../fonts/NotoSansGeorgian-Regular.ttf"),
    include_bytes!("../fonts/NotoSansHebrew-Regular.ttf"),
    include_bytes!("../fonts/NotoSansTamil-Regular.ttf"),
    include_bytes!("../fonts/NotoSansThai-Regular.ttf"),
    include_bytes!("../fonts/NotoSansMath-Regular.ttf"),
    include_bytes!("../fonts/NotoEmoji-Regular.ttf"),
    include_bytes!("../fonts/DroidSansFallbackFull.ttf"),
    include_bytes!("../fonts/NanumSquareR.ttf"),
];

/// All fonts; a file that is none is left out, and `tests` below notice.
pub(crate) fn load() -> Vec<Font> {
    FILES
        .iter()
        .filter_map(|file| Font::new(Bytes::new(*file), 0))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_font_and_together_they_are_small() {
        assert_eq!(load().len(), FILES.len());
        let size: usize = FILES.iter().map(|file| file.len()).sum();
        assert!(size < 9_000_000, "{size}");
    }

    #[test]
    fn the_template_names_them_all() {
        let template = include_str!("receipt.typ");
        for font in load() {
            let family = &font.info().family;
            assert!(template.contains(&format!("\"{family}\"")), "{family}");
        }
    }
}
