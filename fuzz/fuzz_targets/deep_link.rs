//! Links that the system hands over. What is taken for a return is one for a reader of all URLs too.

#![no_main]

use callback::{MAX_LINK_BYTES, deep_link, read_deep_link};
use libfuzzer_sys::fuzz_target;
use url::Url;

fuzz_target!(|bytes: &[u8]| {
    let link = String::from_utf8_lossy(bytes);
    let back = match read_deep_link(&link) {
        Ok(back) => back,
        Err(error) => return assert!(!error.to_string().is_empty()),
    };
    assert!(link.len() <= MAX_LINK_BYTES);
    fuzz::check_query(&back.query);
    let plain = read_deep_link(&deep_link(&back.nonce)).expect("it was written here");
    assert_eq!(plain.nonce, back.nonce);
    assert!(plain.query.pairs.is_empty() && !plain.query.cut);

    let url = Url::parse(&link).expect("a URL");
    assert_eq!(
        (url.scheme(), url.host_str()),
        ("countersign", Some("return"))
    );
    assert!(url.username().is_empty() && url.password().is_none() && url.port().is_none());
    assert_eq!(url.path().trim_matches('/'), back.nonce.as_str());
});
