//! Addresses: the host to call and the proxy on the way.

use std::fmt::{self, Write};

use url::{Host, Url};

/// Longest id put into an address, in bytes; those of Humanos have 24 to some 60.
const MAX_ID: usize = 256;

/// The address under which the API lies: HTTPS anywhere, plain HTTP on this computer alone.
#[derive(Clone, PartialEq, Eq)]
pub struct BaseUrl(Url);

/// Why a text is not a base URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BaseUrlError {
    /// Not an absolute URL with a host.
    #[error("the address is not a URL such as https://api.example.com")]
    NotAUrl,
    /// Neither `https` nor `http`.
    #[error("the address must start with https://")]
    Scheme,
    /// Plain HTTP to another computer.
    #[error("the address must start with https://, plain http is for this computer alone")]
    PlainHttp,
    /// A user name or password in the address.
    #[error("the address must not contain a user name or password")]
    UserInfo,
    /// A `?` or `#` part.
    #[error("the address must not contain ? or #")]
    QueryOrFragment,
}

impl BaseUrl {
    /// Reads an address. A path is kept as the prefix of every call.
    ///
    /// # Errors
    /// [`BaseUrlError`] says which rule it breaks.
    pub fn parse(text: &str) -> Result<Self, BaseUrlError> {
        let mut url = Url::parse(text.trim()).map_err(|_| BaseUrlError::NotAUrl)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(BaseUrlError::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(BaseUrlError::UserInfo);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(BaseUrlError::QueryOrFragment);
        }
        let loopback = match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => return Err(BaseUrlError::NotAUrl),
        };
        if url.scheme() == "http" && !loopback {
            return Err(BaseUrlError::PlainHttp);
        }
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        Ok(Self(url))
    }

    /// The address of a call: `path` after the prefix.
    #[must_use]
    pub fn join(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        let prefix = self.0.path().trim_end_matches('/');
        url.set_path(&format!("{prefix}/{}", path.trim_start_matches('/')));
        url
    }

    /// The address of a call about one thing: its id after `path`, percent-encoded whole. `None`
    /// for an id that no address can carry as it is.
    pub(super) fn join_id(&self, path: &str, id: &str) -> Option<Url> {
        // URLs take dots alone as steps between folders, however they are written.
        if !(1..=MAX_ID).contains(&id.len()) || matches!(id, "." | "..") {
            return None;
        }
        let mut encoded = format!("{path}/");
        for byte in id.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    encoded.push(char::from(byte));
                }
                // Writing to a String cannot fail.
                _ => drop(write!(encoded, "%{byte:02X}")),
            }
        }
        Some(self.join(&encoded))
    }

    /// The address as text, without a slash at the end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// Whether calls go unencrypted, to this computer.
    #[must_use]
    pub fn is_plain_http(&self) -> bool {
        self.0.scheme() == "http"
    }

    /// The host that a `Location` header leads to.
    pub(super) fn host_of(&self, location: &str) -> Option<String> {
        self.0.join(location).ok()?.host_str().map(str::to_owned)
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BaseUrl({self})")
    }
}

/// The way out of the network.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Proxy {
    /// As the system or the environment says.
    #[default]
    System,
    /// Direct.
    None,
    /// Through this one. May hold a password.
    Url(Url),
}

/// A text that is no proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a proxy is “none” or a URL that starts with http://, https:// or socks5://")]
pub struct ProxyError;

impl Proxy {
    /// Reads a setting: empty for the system's, `none`, or a URL (`http`, `https`, `socks5`, `socks5h`).
    ///
    /// # Errors
    /// [`ProxyError`] for any other text.
    pub fn parse(text: &str) -> Result<Self, ProxyError> {
        match text.trim() {
            "" => Ok(Self::System),
            "none" => Ok(Self::None),
            text => {
                let url = Url::parse(text).map_err(|_| ProxyError)?;
                let known = matches!(url.scheme(), "http" | "https" | "socks5" | "socks5h");
                let bare = matches!(url.path(), "" | "/")
                    && url.query().is_none()
                    && url.fragment().is_none();
                let host = url.host_str().is_some_and(|host| !host.is_empty());
                if known && bare && host {
                    Ok(Self::Url(url))
                } else {
                    Err(ProxyError)
                }
            }
        }
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System => f.write_str("System"),
            Self::None => f.write_str("None"),
            Self::Url(url) => {
                write!(
                    f,
                    "Url({}://{})",
                    url.scheme(),
                    url.host_str().unwrap_or_default()
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_urls() {
        for (text, joined) in [
            ("https://api.humanos.id", "https://api.humanos.id/request"),
            (
                "https://api.humanos.id/v1/",
                "https://api.humanos.id/v1/request",
            ),
            (
                " https://api.humanos.id:8443 ",
                "https://api.humanos.id:8443/request",
            ),
            ("http://127.0.0.1:4000", "http://127.0.0.1:4000/request"),
            ("http://127.9.9.9/a/b", "http://127.9.9.9/a/b/request"),
            ("http://[::1]:80", "http://[::1]/request"),
            ("http://LOCALHOST:1", "http://localhost:1/request"),
        ] {
            assert_eq!(
                BaseUrl::parse(text).unwrap().join("/request").as_str(),
                joined
            );
        }
        assert_eq!(
            BaseUrl::parse("https://a.b/v1/").unwrap().as_str(),
            "https://a.b/v1"
        );
        assert_eq!(
            BaseUrl::parse("https://a.b/").unwrap().as_str(),
            "https://a.b"
        );
    }

    #[test]
    fn bad_base_urls() {
        use BaseUrlError as E;
        for (text, error) in [
            ("api.humanos.id", E::NotAUrl),
            ("https://", E::NotAUrl),
            ("ftp://api.humanos.id", E::Scheme),
            ("http://api.humanos.id", E::PlainHttp),
            ("http://localhost.example.com", E::PlainHttp),
            ("http://128.0.0.1", E::PlainHttp),
            ("http://[::ffff:127.0.0.1]", E::PlainHttp),
            ("http://0.0.0.0", E::PlainHttp),
            ("https://a:b@api.humanos.id", E::UserInfo),
            ("https://a@api.humanos.id", E::UserInfo),
            ("https://api.humanos.id?x=1", E::QueryOrFragment),
            ("https://api.humanos.id/?", E::QueryOrFragment),
            ("https://api.humanos.id/#", E::QueryOrFragment),
        ] {
            assert_eq!(BaseUrl::parse(text).unwrap_err(), error, "{text}");
        }
    }

    #[test]
    fn ids_are_encoded_whole() {
        let base = BaseUrl::parse("https://a.b/v1").unwrap();
        for (id, joined) in [
            ("507f1f77bcf86cd799439011", "507f1f77bcf86cd799439011"),
            ("urn:via:credential:1", "urn%3Avia%3Acredential%3A1"),
            ("a/../b?c#d%2e é", "a%2F..%2Fb%3Fc%23d%252e%20%C3%A9"),
            ("%2e%2e", "%252e%252e"),
            ("...", "..."),
        ] {
            let url = base.join_id("request", id).unwrap();
            assert_eq!(url.as_str(), format!("https://a.b/v1/request/{joined}"));
        }
        for bad in ["", ".", "..", &"a".repeat(MAX_ID + 1)] {
            assert_eq!(base.join_id("request", bad), None, "{bad}");
        }
    }

    #[test]
    fn proxies() {
        assert_eq!(Proxy::parse(""), Ok(Proxy::System));
        assert_eq!(Proxy::parse("none"), Ok(Proxy::None));
        for good in [
            "http://p:3128",
            "https://p",
            "socks5://127.0.0.1:1080",
            "socks5h://p:1/",
        ] {
            assert!(matches!(Proxy::parse(good), Ok(Proxy::Url(_))), "{good}");
        }
        for bad in [
            "p:3128",
            "ftp://p",
            "http://",
            "http://p/path",
            "http://p?x",
            "maybe",
        ] {
            assert_eq!(Proxy::parse(bad), Err(ProxyError), "{bad}");
        }
        let shown = format!("{:?}", Proxy::parse("http://user:hunter2@p:1").unwrap());
        assert!(!shown.contains("hunter2"), "{shown}");
    }
}
