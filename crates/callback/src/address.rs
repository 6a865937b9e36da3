//! The two forms of address, written and read.

use url::Url;

use crate::{Nonce, Query, Return};

/// The scheme of deep links.
pub const SCHEME: &str = "countersign";
/// Longest address that is looked at, in bytes.
pub const MAX_ADDRESS: usize = 8 * 1024;
/// What stands before the nonce in both forms.
pub(crate) const PLACE: &str = "return";

/// Why a link is no return.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotAReturn {
    /// More than [`MAX_ADDRESS`].
    #[error("the link is too long")]
    TooLong,
    /// No link, or one of another scheme.
    #[error("this is not a countersign: link")]
    NotOurs,
    /// A link of ours that leads elsewhere.
    #[error("the link is not of the form countersign://return/<nonce>")]
    NotHere,
    /// What stands in the nonce's place is none.
    #[error("the link has no nonce")]
    NoNonce,
}

/// The deep link of a nonce.
#[must_use]
pub fn deep_link(nonce: &Nonce) -> String {
    format!("{SCHEME}://{PLACE}/{}", nonce.as_str())
}

/// The address of a nonce at a listener of this computer.
#[must_use]
pub fn loopback(port: u16, nonce: &Nonce) -> String {
    format!("http://127.0.0.1:{port}/{PLACE}/{}", nonce.as_str())
}

/// Reads a link that the system opened the app with. A slash at the end, which some systems add, and a
/// fragment do not count.
///
/// # Errors
/// [`NotAReturn`] for anything but a return.
pub fn read_deep_link(link: &str) -> Result<Return, NotAReturn> {
    if link.len() > MAX_ADDRESS {
        return Err(NotAReturn::TooLong);
    }
    let url = Url::parse(link).map_err(|_| NotAReturn::NotOurs)?;
    if url.scheme() != SCHEME {
        return Err(NotAReturn::NotOurs);
    }
    let plain = url.username().is_empty() && url.password().is_none() && url.port().is_none();
    let here = url
        .host_str()
        .is_some_and(|host| host.eq_ignore_ascii_case(PLACE));
    if !plain || !here {
        return Err(NotAReturn::NotHere);
    }
    let path = url.path().strip_prefix('/').ok_or(NotAReturn::NotHere)?;
    let nonce = path.strip_suffix('/').unwrap_or(path);
    Ok(Return {
        nonce: Nonce::parse(nonce).map_err(|_| NotAReturn::NoNonce)?,
        query: Query::of(url.query().unwrap_or_default()),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn links_that_lead_here() {
        let nonce = Nonce::from_bytes([7; 32]);
        let link = deep_link(&nonce);
        for (written, pairs) in [
            (link.clone(), 0),
            (format!("{link}/"), 0),
            (format!("{link}?a=1&b=2"), 2),
            (format!("{link}/?a=1#b"), 1),
            (link.replace("countersign", "CounterSign"), 0),
            (link.replace("return", "RETURN"), 0),
        ] {
            let read = read_deep_link(&written).unwrap();
            assert_eq!(
                (read.nonce, read.query.pairs.len()),
                (nonce.clone(), pairs),
                "{written}"
            );
        }
    }

    #[test]
    fn links_that_do_not() {
        let nonce = Nonce::from_bytes([7; 32]);
        let link = deep_link(&nonce);
        let text = nonce.as_str();
        for (written, why) in [
            (String::new(), NotAReturn::NotOurs),
            ("not a link".to_owned(), NotAReturn::NotOurs),
            (loopback(4000, &nonce), NotAReturn::NotOurs),
            (format!("countersign://send/{text}"), NotAReturn::NotHere),
            (format!("countersign:return/{text}"), NotAReturn::NotHere),
            (
                format!("countersign://user@return/{text}"),
                NotAReturn::NotHere,
            ),
            (
                format!("countersign://return:80/{text}"),
                NotAReturn::NotHere,
            ),
            ("countersign://return".to_owned(), NotAReturn::NotHere),
            ("countersign://return/".to_owned(), NotAReturn::NoNonce),
            (
                format!("countersign://return/x/{text}"),
                NotAReturn::NoNonce,
            ),
            (
                format!("countersign://return/{text}//"),
                NotAReturn::NoNonce,
            ),
            (
                format!("countersign://return/%41{}", &text[1..]),
                NotAReturn::NoNonce,
            ),
            (
                format!("{link}?{}", "a".repeat(MAX_ADDRESS)),
                NotAReturn::TooLong,
            ),
        ] {
            assert_eq!(read_deep_link(&written), Err(why), "{written}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(bytes in any::<[u8; 32]>()) {
            let nonce = Nonce::from_bytes(bytes);
            prop_assert_eq!(read_deep_link(&deep_link(&nonce)).unwrap().nonce, nonce);
        }

        #[test]
        fn nothing_makes_it_panic(link in "(countersign://return/)?.{0,200}") {
            let _ = read_deep_link(&link);
        }
    }
}
