//! The two addresses that lead back here, written and read.

use crate::nonce::{Nonce, NotANonce};
use crate::query::Query;

/// The scheme of links that the system hands to this app.
pub const SCHEME: &str = "countersign";
/// The longest link that is read, and the longest target of a call: 8 KiB.
pub const MAX_LINK_BYTES: usize = 8 * 1024;
/// What stands before the nonce, in links and in paths.
const RETURN: &str = "return/";

/// Somebody came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Return {
    /// Which request they say they come from.
    pub nonce: Nonce,
    /// What was added on the way.
    pub query: Query,
}

impl Return {
    /// Reads a path without its first slash. `None` is for a path to somewhere else.
    pub(crate) fn read(path: &str, query: &str) -> Option<Result<Self, NotANonce>> {
        let nonce = Nonce::parse(path.strip_prefix(RETURN)?);
        Some(nonce.map(|nonce| Self {
            nonce,
            query: Query::of(query),
        }))
    }
}

/// `countersign://return/<nonce>`.
#[must_use]
pub fn deep_link(nonce: &Nonce) -> String {
    format!("{SCHEME}://{}", path(nonce))
}

/// `http://127.0.0.1:<port>/return/<nonce>`.
#[must_use]
pub fn loopback(port: u16, nonce: &Nonce) -> String {
    format!("http://127.0.0.1:{port}/{}", path(nonce))
}

/// Reads `countersign://return/<nonce>`, with a query or without. The scheme may be in capitals and
/// a slash may follow the nonce, as some systems write it; a fragment is not looked at.
///
/// # Errors
/// [`NotAReturn`] for every other text.
pub fn read_deep_link(link: &str) -> Result<Return, NotAReturn> {
    if link.len() > MAX_LINK_BYTES {
        return Err(NotAReturn::TooLong);
    }
    // By hand, since a reader of all URLs mends what it reads: it skips white space and resolves dots.
    let rest = link
        .split_at_checked(SCHEME.len())
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case(SCHEME))
        .and_then(|(_, rest)| rest.strip_prefix("://"))
        .ok_or(NotAReturn::OtherScheme)?;
    let rest = rest.split_once('#').map_or(rest, |(rest, _)| rest);
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let place = place.strip_suffix('/').unwrap_or(place);
    Return::read(place, query)
        .ok_or(NotAReturn::OtherPlace)?
        .map_err(NotAReturn::Nonce)
}

/// Why a link does not lead back here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAReturn {
    /// It stands where the nonce should.
    #[error("the link names no request")]
    Nonce(#[source] NotANonce),
    /// Another host or path, or a user, password or port beside the host.
    #[error("the link leads to another place than {SCHEME}://{RETURN}")]
    OtherPlace,
    /// It does not begin with `countersign://`.
    #[error("the link does not begin with {SCHEME}://")]
    OtherScheme,
    /// More than [`MAX_LINK_BYTES`].
    #[error("the link is longer than {} KiB", MAX_LINK_BYTES / 1024)]
    TooLong,
}

fn path(nonce: &Nonce) -> String {
    format!("{RETURN}{nonce}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use url::Url;

    use super::*;

    const NONCE: Nonce = Nonce::from_bytes([0xA5; 32]);

    proptest! {
        #[test]
        fn what_is_written_is_read(bytes: [u8; 32], query in "[a-z0-9=&%+?/é-]{0,200}") {
            let nonce = Nonce::from_bytes(bytes);
            let plain = Return { nonce: nonce.clone(), query: Query::default() };
            prop_assert_eq!(read_deep_link(&deep_link(&nonce)), Ok(plain));

            let link = format!("{}?{query}", deep_link(&nonce));
            let read = read_deep_link(&link).unwrap();
            prop_assert_eq!(&read, &Return { nonce, query: Query::of(&query) });

            // A reader of all URLs sees the same parts.
            let url = Url::parse(&link).unwrap();
            prop_assert_eq!((url.scheme(), url.host_str()), (SCHEME, Some("return")));
            prop_assert_eq!(url.path(), format!("/{}", read.nonce));
            prop_assert_eq!(Query::of(url.query().unwrap()), read.query);
        }

        #[test]
        fn nothing_makes_it_panic(text in any::<String>(), place in "\\PC{0,60}") {
            prop_assert!(read_deep_link(&text).is_err());
            let link = format!("countersign://return/{place}");
            prop_assert!(read_deep_link(&link).is_err());
        }
    }

    #[test]
    fn links_as_systems_hand_them_over() {
        let n = NONCE.as_str();
        for (link, pairs) in [
            (format!("countersign://return/{n}"), 0),
            (format!("countersign://return/{n}/"), 0),
            (format!("countersign://return/{n}?"), 0),
            (format!("countersign://return/{n}?a=1&a=2"), 2),
            (format!("countersign://return/{n}/?a=1"), 1),
            (format!("countersign://return/{n}#a=1?b=2"), 0),
            (format!("countersign://return/{n}?a=1#b=2&c=3"), 1),
            (format!("CounterSign://return/{n}"), 0),
        ] {
            let read = read_deep_link(&link).unwrap();
            assert_eq!(read.nonce, NONCE, "{link}");
            assert_eq!(read.query.pairs.len(), pairs, "{link}");
        }
        let n = NONCE.as_str();
        assert_eq!(deep_link(&NONCE), format!("countersign://return/{n}"));
        assert_eq!(
            loopback(41_234, &NONCE),
            format!("http://127.0.0.1:41234/return/{n}")
        );
    }

    #[test]
    fn other_links() {
        use NotAReturn as E;
        let n = NONCE.as_str();
        for (link, error) in [
            (String::new(), E::OtherScheme),
            ("countersig".to_owned(), E::OtherScheme),
            ("countersigé://return/".to_owned(), E::OtherScheme),
            (format!("countersigned://return/{n}"), E::OtherScheme),
            (format!("countersign:return/{n}"), E::OtherScheme),
            (format!("countersign:/return/{n}"), E::OtherScheme),
            (format!(" countersign://return/{n}"), E::OtherScheme),
            (format!("https://return/{n}"), E::OtherScheme),
            ("countersign://".to_owned(), E::OtherPlace),
            ("countersign://return".to_owned(), E::OtherPlace),
            (format!("countersign:///return/{n}"), E::OtherPlace),
            (format!("countersign://returns/{n}"), E::OtherPlace),
            (format!("countersign://u@return/{n}"), E::OtherPlace),
            (format!("countersign://u:p@return/{n}"), E::OtherPlace),
            (format!("countersign://return:1/{n}"), E::OtherPlace),
            (format!("countersign://return:/{n}"), E::OtherPlace),
            (format!("countersign://re\nturn/{n}"), E::OtherPlace),
            (format!("countersign://?return/{n}"), E::OtherPlace),
            ("countersign://return/".to_owned(), E::OtherPlace),
            (format!("countersign://return//{n}"), E::Nonce(NotANonce)),
            (format!("countersign://return/./{n}"), E::Nonce(NotANonce)),
            (format!("countersign://return/{n}//"), E::Nonce(NotANonce)),
            (format!("countersign://return/{n}/x"), E::Nonce(NotANonce)),
            (format!("countersign://return/{n} "), E::Nonce(NotANonce)),
            (
                format!("countersign://return/%41{}", &n[1..]),
                E::Nonce(NotANonce),
            ),
        ] {
            assert_eq!(read_deep_link(&link), Err(error), "{link}");
        }
    }

    #[test]
    fn long_links() {
        let begin = format!("{}?a=", deep_link(&NONCE));
        let longest = format!("{begin}{}", "b".repeat(MAX_LINK_BYTES - begin.len()));
        assert!(read_deep_link(&longest).unwrap().query.cut);
        let longer = format!("{longest}b");
        assert_eq!(read_deep_link(&longer), Err(NotAReturn::TooLong));
    }
}
