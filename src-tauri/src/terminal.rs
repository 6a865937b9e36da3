//! `countersign verify FILE…`: checks receipts in a terminal, with no window, no keyring, no ledger and no network.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;

use receipts::{Report, Trust, Verdict};

use crate::imports::{check_receipt, name_of, read_public_key};

const USAGE: &str = "usage: countersign verify [--key PUBLIC_KEY_FILE] FILE...

Says whether a receipt, a receipt as PDF or an evidence pack is as it was signed, and if not, what was changed.
With --key (a JWK or PEM file) it must be signed by that key; without, compare the fingerprint.
Ends with 0 when all hold, with 1 otherwise.
";

/// Does what the arguments after the program's name ask, if they ask for something of the terminal, and gives the
/// code to end with. Any other start opens the window.
pub fn terminal(arguments: impl IntoIterator<Item = OsString>) -> Option<u8> {
    let mut arguments = arguments.into_iter();
    match arguments.next()?.to_str()? {
        "verify" => {}
        "--help" | "-h" => return Some(u8::from(say(&mut io::stdout(), USAGE).is_err())),
        _ => return None,
    }
    Some(match asked(arguments) {
        Ok((trust, files)) => u8::from(!verify(&mut io::stdout(), &trust, &files)),
        Err(why) => {
            let _ = say(&mut io::stderr(), &format!("countersign: {why}\n\n{USAGE}"));
            1
        }
    })
}

fn asked(mut arguments: impl Iterator<Item = OsString>) -> Result<(Trust, Vec<OsString>), String> {
    let (mut keys, mut files) = (Vec::new(), Vec::new());
    let mut options = true;
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some("--") if options => options = false,
            Some("--key") if options => {
                let file = arguments.next().ok_or("--key needs a file after it")?;
                let key = read_public_key(Path::new(&file));
                keys.push(key.map_err(|problem| problem.message)?);
            }
            Some(other) if options && other.starts_with('-') => {
                return Err(format!("{other} is not known here"));
            }
            _ => files.push(argument),
        }
    }
    if files.is_empty() {
        return Err("which file?".to_owned());
    }
    Ok((Trust::only(keys), files))
}

fn verify(out: &mut impl Write, trust: &Trust, files: &[OsString]) -> bool {
    let mut all_hold = true;
    for file in files {
        let path = Path::new(file);
        let words = match check_receipt(path, trust) {
            Ok(report) => {
                all_hold &= report.holds();
                in_words(&name_of(path), &report)
            }
            Err(problem) => {
                all_hold = false;
                format!("{}\n", problem.message)
            }
        };
        // What nobody could be told does not count as checked.
        all_hold &= say(out, &words).is_ok();
    }
    all_hold
}

fn in_words(file: &str, report: &Report) -> String {
    let verdict = match report.verdict {
        Verdict::Holds => "HOLDS. Not a byte was changed, and it is signed by the key given.",
        Verdict::KeyUnknown => {
            "HOLDS. Not a byte was changed. Compare the key's fingerprint with the one you were given."
        }
        Verdict::OtherKey => {
            "DOES NOT HOLD. It is whole, but signed by another key than the one given."
        }
        Verdict::Unsigned => {
            "NOT SIGNED. It was made before receipts were signed; nothing in it contradicts the rest."
        }
        Verdict::Broken => "DOES NOT HOLD. It is not as it was signed.",
        Verdict::Unreadable => "CANNOT BE READ as a receipt.",
    };
    let mut lines = vec![format!("{}: {verdict}", printable(file))];
    // Findings name entries and members as the file does.
    let findings = report.findings.iter();
    lines.extend(findings.map(|finding| format!("  - {}", printable(&finding.to_string()))));
    if report.more > 0 {
        lines.push(format!("  - and {} more", report.more));
    }
    if let Some(facts) = &report.facts {
        let mut fact = |name: &str, value: &str| {
            if !value.is_empty() {
                lines.push(format!("  {name:<12} {}", printable(value)));
            }
        };
        if let Some(request) = &facts.request {
            let marks = match (request.practice, request.interim) {
                (true, true) => " (practice; interim: still open then)",
                (true, false) => " (practice: nobody was asked)",
                (false, true) => " (interim: still open then)",
                (false, false) => "",
            };
            fact("request", &format!("{} {}", request.id, request.name));
            fact("state", &format!("{}{marks}", request.state));
            fact("people", &request.people_count.to_string());
        }
        if let Some(pack) = &facts.pack {
            fact("receipts", &pack.receipts.to_string());
        }
        fact("asked by", &facts.officer);
        fact("of", &facts.organisation);
        fact("made", &facts.exported_at.utc);
        if let Some(key) = &facts.key {
            fact("key", &key.fingerprint);
        }
        if let Some(stamp) = &facts.timestamp {
            fact("stamped", &format!("{} by {}", stamp.at, stamp.authority));
        }
        if let Some(head) = &facts.head {
            fact(
                "ledger",
                &format!("{} events, root {}", head.size, head.root),
            );
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

/// A file may say anything, and a terminal obeys more than letters.
fn printable(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => {
                char::REPLACEMENT_CHARACTER
            }
            c if c.is_control() => char::REPLACEMENT_CHARACTER,
            c => c,
        })
        .collect()
}

fn say(out: &mut impl Write, words: &str) -> io::Result<()> {
    out.write_all(words.as_bytes())?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(words: &[&str]) -> Vec<OsString> {
        words.iter().map(OsString::from).collect()
    }

    #[test]
    fn only_what_is_of_the_terminal_stays_there() {
        assert_eq!(terminal(arguments(&[])), None);
        assert_eq!(terminal(arguments(&["countersign://return"])), None);
        assert_eq!(terminal(arguments(&["verify"])), Some(1));
        assert_eq!(terminal(arguments(&["verify", "--what"])), Some(1));
        assert_eq!(terminal(arguments(&["verify", "--key"])), Some(1));
        assert_eq!(terminal(arguments(&["verify", "/nowhere/at-all"])), Some(1));
    }

    #[test]
    fn a_file_moves_no_cursor() {
        assert_eq!(
            printable("a\u{1b}[2Jb\u{202e}c\n"),
            "a\u{fffd}[2Jb\u{fffd}c\u{fffd}"
        );
    }

    #[test]
    fn what_was_found_moves_no_cursor_either() {
        let mut report = receipts::verify(b"{", &Trust::anyone());
        report.findings[0].entry = Some("\u{1b}[2Jx".to_owned());
        let words = in_words("a\u{1b}[1A", &report);
        assert!(
            words.contains("[2Jx") && !words.contains('\u{1b}'),
            "{words:?}"
        );
    }
}
