//! A receipt on paper: a tagged PDF/A-3a and PDF/UA-1 document with the receipt file attached.
//!
//! A [`Press`] sets a [`Page`] with Typst and the fonts that come with the crate. The same page, file
//! and language give the same bytes. Nothing that came from outside is ever part of the Typst source:
//! it is data to it, bounded, and every letter that could hide, reorder or overprint is spelled out.
//!
//! Left out: seals over the finished file (`receipts`), and the wall clock.
#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod fonts;
mod letters;
mod moment;
mod page;
mod phrases;
mod press;
mod receipt;
mod sheet;

pub use page::{
    Asker, Attempt, Event, Head, Key, Page, Person, Request, Resource, ResourceKind, Sent,
    Timestamped,
};
pub use phrases::Language;
pub use press::{Press, PrintError};
