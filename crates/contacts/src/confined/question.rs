//! What the reading process is asked: limits, then the bytes of one file. Numbers are little-endian.

use std::io::{self, Read, Write};

use crate::Limits;

/// Names the layout and, in the last byte, its version.
const MAGIC: [u8; 8] = *b"CSask\0\0\x01";

/// The limits that hold in the reading process, and the length of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) limits: Limits,
    length: u64,
}

pub(super) fn write(out: &mut impl Write, limits: &Limits, bytes: &[u8]) -> io::Result<()> {
    let numbers = [
        limits.inflated_bytes,
        limits.cells,
        limits.memory_bytes,
        bytes.len() as u64,
    ];
    out.write_all(&MAGIC)?;
    for number in numbers {
        out.write_all(&number.to_le_bytes())?;
    }
    out.write_all(bytes)
}

impl Head {
    pub(super) fn read(input: &mut impl Read) -> io::Result<Self> {
        let mut magic = [0; MAGIC.len()];
        input.read_exact(&mut magic)?;
        if magic != MAGIC {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut number = || {
            let mut bytes = [0; 8];
            input
                .read_exact(&mut bytes)
                .map(|()| u64::from_le_bytes(bytes))
        };
        let limits = Limits {
            inflated_bytes: number()?,
            cells: number()?,
            memory_bytes: number()?,
            ..Limits::default()
        };
        Ok(Self {
            limits,
            length: number()?,
        })
    }

    /// The file that follows, all of it.
    pub(super) fn file(&self, input: &mut impl Read) -> io::Result<Vec<u8>> {
        let length = usize::try_from(self.length).map_err(|_| io::ErrorKind::InvalidData)?;
        let mut bytes = Vec::new();
        bytes.try_reserve_exact(length)?;
        input.take(self.length).read_to_end(&mut bytes)?;
        if bytes.len() < length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(bytes)
    }
}
