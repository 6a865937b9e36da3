//! Files brought to be checked: receipts, their PDFs, evidence packs, public keys. Nobody here has a
//! key to sign with, so none may hold but the one whole file that the corpus was made of.

#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use receipts::{Code, PublicKey, SignedReceipt, Trust, verify, verify_file};

fuzz_target!(|bytes: &[u8]| {
    let report = verify(bytes, &Trust::anyone());
    let harmless = |finding: &receipts::Finding| finding.code == Code::TimestampUnchecked;
    assert!(!report.holds() || report.findings.iter().all(harmless));
    assert!(
        report
            .findings
            .iter()
            .all(|finding| !finding.to_string().is_empty())
    );
    assert!(report.findings.len() <= receipts::MAX_FINDINGS);
    for finding in report
        .findings
        .iter()
        .filter(|finding| finding.entry.is_none())
    {
        let inside = |span: &std::ops::Range<u64>| span.end <= bytes.len() as u64 + 1;
        assert!(finding.bytes.as_ref().is_none_or(inside));
    }
    let file = verify_file(&mut Cursor::new(bytes), &Trust::anyone());
    assert_eq!(file.expect("memory is read"), report);
    if let Ok(receipt) = SignedReceipt::read(bytes) {
        assert_eq!(receipt.text().as_bytes(), bytes);
    }
    if let Ok(key) = PublicKey::parse(bytes) {
        assert_eq!(PublicKey::parse(key.to_jwk().as_bytes()), Ok(key.clone()));
        assert_eq!(PublicKey::parse(key.to_pem().as_bytes()), Ok(key));
    }
});
