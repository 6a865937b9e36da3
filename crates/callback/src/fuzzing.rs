//! For the fuzz targets alone.

use crate::call;

/// Judges a call as the listener does: lines of method, host, authority and target.
pub fn callback(data: &[u8]) {
    let mut lines = data.splitn(4, |byte| *byte == b'\n');
    let mut text = || String::from_utf8_lossy(lines.next().unwrap_or_default()).into_owned();
    let (method, host, authority, target) = (text(), text(), text(), text());
    let hosts = host.split('\r').map(str::as_bytes);
    let authority = (!authority.is_empty()).then_some(authority.as_str());
    if let Ok(returned) = call::judge(4000, &method, hosts, authority, &target) {
        bounded(&returned);
        assert_eq!(host, "127.0.0.1:4000");
        assert!(target.contains(returned.nonce.as_str()));
    }
}

/// Reads a deep link.
pub fn deep_link(data: &[u8]) {
    if let Ok(returned) = crate::read_deep_link(&String::from_utf8_lossy(data)) {
        bounded(&returned);
        let written = crate::deep_link(&returned.nonce);
        assert_eq!(
            crate::read_deep_link(&written).map(|read| read.nonce),
            Ok(returned.nonce)
        );
    }
}

fn bounded(returned: &crate::Return) {
    assert!(returned.query.pairs.len() <= 32);
    for (name, value) in &returned.query.pairs {
        assert!(name.chars().count() <= 100 && value.chars().count() <= 1_000);
        assert!(!name.chars().chain(value.chars()).any(char::is_control));
    }
}
