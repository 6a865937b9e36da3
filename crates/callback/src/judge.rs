//! What a call is: a return, or something to refuse. Looks at method, target and headers only.

use std::fmt;

use hyper::http::request::Parts;
use hyper::http::uri::Scheme;
use hyper::{HeaderMap, Method, StatusCode, header};

use crate::link::{MAX_LINK_BYTES, Return};

/// The most bytes that names and values of a call's headers may have together: 16 KiB.
pub(crate) const MAX_HEADER_BYTES: usize = 16 * 1024;
/// What `: ` and the end of the line add to each header.
const AROUND_HEADER: usize = 4;

/// Why a call was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// More calls in a minute, or more connections at once, than a person makes.
    Flood,
    /// Not HTTP, or it ended too early.
    Malformed,
    /// The path is that of a return, with something else in place of the nonce.
    NoNonce,
    /// Another method than GET.
    NotGet,
    /// A path that is not known.
    NotHere,
    /// It was meant for another host, or came by another name, as a page elsewhere would do.
    OtherHost,
    /// The target or the headers are too long, or there are too many.
    TooLong,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Flood => "too many calls",
            Self::Malformed => "not a call that can be read",
            Self::NoNonce => "the address names no request",
            Self::NotGet => "another method than GET",
            Self::NotHere => "nothing is at this address",
            Self::OtherHost => "meant for another host",
            Self::TooLong => "too long",
        })
    }
}

/// What becomes of a call.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Return(Return),
    Refused(Why, StatusCode),
    /// Browsers look for a picture by themselves, which is not worth a word.
    Favicon,
}

/// Judges a call that came in at `port`.
pub(crate) fn judge(call: &Parts, port: u16) -> Verdict {
    let target = &call.uri;
    let path = target.path();
    let query = target.query();
    // A fragment is gone by now; browsers send none.
    if path.len() + query.map_or(0, |query| 1 + query.len()) > MAX_LINK_BYTES {
        return Verdict::Refused(Why::TooLong, StatusCode::URI_TOO_LONG);
    }
    if header_bytes(&call.headers) > MAX_HEADER_BYTES {
        let status = StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE;
        return Verdict::Refused(Why::TooLong, status);
    }
    // Before all else that could tell a page of another name that somebody is here.
    if !is_for_us(call, port) {
        return Verdict::Refused(Why::OtherHost, StatusCode::MISDIRECTED_REQUEST);
    }
    if call.method != Method::GET {
        return Verdict::Refused(Why::NotGet, StatusCode::METHOD_NOT_ALLOWED);
    }
    if path == "/favicon.ico" {
        return Verdict::Favicon;
    }
    let path = path.strip_prefix('/').unwrap_or_default();
    match Return::read(path, query.unwrap_or_default()) {
        Some(Ok(back)) => Verdict::Return(back),
        Some(Err(_)) => Verdict::Refused(Why::NoNonce, StatusCode::NOT_FOUND),
        None => Verdict::Refused(Why::NotHere, StatusCode::NOT_FOUND),
    }
}

fn header_bytes(headers: &HeaderMap) -> usize {
    let sizes = headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + AROUND_HEADER);
    sizes.sum()
}

/// By address and not by name: a name could have been made to lead here.
fn is_for_us(call: &Parts, port: u16) -> bool {
    let ours = |host: &[u8]| {
        host == format!("127.0.0.1:{port}").as_bytes()
            // Browsers leave the usual port out.
            || (port == 80 && host == b"127.0.0.1")
    };
    let mut hosts = call.headers.get_all(header::HOST).iter();
    let host = hosts.next().is_some_and(|host| ours(host.as_bytes())) && hosts.next().is_none();
    let scheme = call
        .uri
        .scheme()
        .is_none_or(|scheme| *scheme == Scheme::HTTP);
    let authority = call.uri.authority();
    host && scheme && authority.is_none_or(|name| ours(name.as_str().as_bytes()))
}

#[cfg(test)]
mod tests {
    use hyper::Request;

    use super::*;
    use crate::nonce::Nonce;

    const NONCE: Nonce = Nonce::from_bytes([0xA5; 32]);

    fn verdict(port: u16, host: &str, target: &str) -> Verdict {
        let call = Request::get(target).header(header::HOST, host).body(());
        judge(&call.unwrap().into_parts().0, port)
    }

    #[test]
    fn the_usual_port_may_be_left_out() {
        let target = format!("/return/{NONCE}");
        let is_return = |port, host| matches!(verdict(port, host, &target), Verdict::Return(_));
        assert!(is_return(80, "127.0.0.1"));
        assert!(is_return(80, "127.0.0.1:80"));
        assert!(is_return(8080, "127.0.0.1:8080"));
        assert!(!is_return(8080, "127.0.0.1"));
        assert!(!is_return(8080, "127.0.0.1:80"));
    }

    #[test]
    fn each_bound_is_at_its_place() {
        let begin = format!("/return/{NONCE}?");
        let longest = format!("{begin}{}", "a".repeat(MAX_LINK_BYTES - begin.len()));
        assert!(matches!(
            verdict(1, "127.0.0.1:1", &longest),
            Verdict::Return(_)
        ));
        let too_long = Verdict::Refused(Why::TooLong, StatusCode::URI_TOO_LONG);
        assert_eq!(verdict(1, "127.0.0.1:1", &format!("{longest}a")), too_long);

        // Host, with what is around it, has 19 bytes.
        for (bytes, fits) in [
            (MAX_HEADER_BYTES - 24, true),
            (MAX_HEADER_BYTES - 23, false),
        ] {
            let call = Request::get(&begin)
                .header(header::HOST, "127.0.0.1:1")
                .header("a", "b".repeat(bytes))
                .body(());
            let verdict = judge(&call.unwrap().into_parts().0, 1);
            assert_eq!(matches!(verdict, Verdict::Return(_)), fits, "{bytes}");
        }
    }
}
