//! The ZIP around a workbook: what sort of workbook it is, and whether it is a bomb.

use std::io::{Cursor, Read, Seek, copy, sink};

use zip::ZipArchive;
use zip::result::ZipError;

use super::trouble::{Damage, Trouble};

/// The most parts a workbook may have; large ones with many pictures have hundreds.
const MAX_PARTS: usize = 10_000;

/// An opened ZIP.
#[derive(Clone)]
pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
}

/// What sort of workbook is inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Xlsx,
    Xlsb,
    Ods,
}

impl<'a> Package<'a> {
    /// Reads the directory, and refuses what is declared to unpack to more than `most` bytes.
    pub(super) fn open(bytes: &'a [u8], most: u64) -> Result<Self, Trouble> {
        let zip =
            ZipArchive::new(Cursor::new(bytes)).map_err(|_| Trouble::Damaged(Damage::Container))?;
        if zip.len() > MAX_PARTS {
            return Err(Trouble::Damaged(Damage::TooManyParts));
        }
        let sizes = (0..zip.len()).filter_map(|part| zip.by_index_data(part).ok());
        let declared = sizes.fold(0_u64, |sum, part| sum.saturating_add(part.size()));
        if declared > most {
            return Err(Trouble::TooLargeInside);
        }
        Ok(Self { zip })
    }

    /// Tells the sort of workbook by the names of its parts.
    pub(super) fn sort(&self) -> Result<Sort, Trouble> {
        let holds = |wanted: &str| {
            let mut names = self.zip.file_names_raw();
            names.any(|name| name.eq_ignore_ascii_case(wanted.as_bytes()))
        };
        if holds("xl/workbook.bin") {
            Ok(Sort::Xlsb)
        } else if holds("mimetype") {
            Ok(Sort::Ods)
        } else if holds("_rels/.rels") {
            Ok(Sort::Xlsx)
        } else {
            Err(Trouble::Damaged(Damage::NoWorkbook))
        }
    }

    /// Unpacks every part to its end, because a reader may stop before the checksum and take changed
    /// bytes for content. `zip` ends a part at its declared size, so that none can grow past the sum
    /// that was checked; a test holds it to that. Parts packed in a way that nobody here can unpack
    /// are passed over: a reader that needs one fails by itself.
    pub(super) fn unpack(mut self) -> Result<(), Trouble> {
        for part in 0..self.zip.len() {
            let unpacked = match self.zip.by_index(part) {
                Ok(mut part) => copy(&mut part, &mut sink()).is_ok(),
                Err(ZipError::UnsupportedArchive(_)) => true,
                Err(_) => false,
            };
            if !unpacked {
                return Err(Trouble::Damaged(Damage::Part));
            }
        }
        Ok(())
    }

    /// A part by its name, to read from.
    pub(super) fn part(&mut self, name: &str) -> Result<impl Read, Trouble> {
        part(&mut self.zip, name)
    }
}

fn part<'a, R: Read + Seek>(
    zip: &'a mut ZipArchive<R>,
    name: &str,
) -> Result<impl Read + use<'a, R>, Trouble> {
    zip.by_name(name).map_err(|error| {
        Trouble::Damaged(match error {
            ZipError::FileNotFound => Damage::MissingPart,
            _ => Damage::Part,
        })
    })
}
