//! A time stamp authority on this computer (RFC 3161): OpenSSL's, behind a socket.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use tempfile::TempDir;

const CONFIG: &str = "[tsa]
default_tsa = here
[here]
serial = serial
default_policy = 1.2.3.4.1
signer_digest = sha256
digests = sha256
ess_cert_id_chain = no
ess_cert_id_alg = sha256
";

/// Signs that it saw what it is sent, until it is dropped or told to fail.
pub struct Authority {
    folder: Arc<TempDir>,
    port: u16,
    asked: Arc<Mutex<Vec<Vec<u8>>>>,
    failing: Arc<AtomicBool>,
}

impl Authority {
    /// Makes a key and a certificate and listens on this computer alone.
    #[must_use]
    pub fn open() -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        std::fs::write(folder.path().join("tsa.cnf"), CONFIG).unwrap();
        std::fs::write(folder.path().join("serial"), "01").unwrap();
        let (subject, usage) = (
            "/O=Exemplo/CN=Local clock",
            "extendedKeyUsage=critical,timeStamping",
        );
        openssl(
            folder.path(),
            &format!(
                "req|-x509|-nodes|-days|30|-subj|{subject}|-addext|{usage}|-newkey|ec|-pkeyopt|\
                 ec_paramgen_curve:P-256|-keyout|key.pem|-out|cert.pem"
            ),
        );
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let authority = Self {
            folder,
            port: listener.local_addr().unwrap().port(),
            asked: Arc::default(),
            failing: Arc::default(),
        };
        let (folder, asked) = (Arc::clone(&authority.folder), Arc::clone(&authority.asked));
        let failing = Arc::clone(&authority.failing);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let question = question(&stream);
                let answer = if failing.load(Ordering::Relaxed) {
                    None
                } else {
                    Some(stamp(folder.path(), &question))
                };
                asked.lock().unwrap().push(question);
                reply(stream, answer);
            }
        });
        authority
    }

    /// Where it is asked.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/tsr", self.port)
    }

    /// All that it was sent.
    #[must_use]
    pub fn asked(&self) -> Vec<Vec<u8>> {
        self.asked.lock().unwrap().clone()
    }

    /// From here on it answers 503.
    pub fn fail(&self) {
        self.failing.store(true, Ordering::Relaxed);
    }
}

fn stamp(folder: &Path, question: &[u8]) -> Vec<u8> {
    std::fs::write(folder.join("question"), question).unwrap();
    openssl(
        folder,
        "ts|-reply|-config|tsa.cnf|-queryfile|question|-inkey|key.pem|-signer|cert.pem|-out|answer",
    );
    std::fs::read(folder.join("answer")).unwrap()
}

fn openssl(folder: &Path, arguments: &str) {
    let run = Command::new("openssl")
        .args(arguments.split('|'))
        .current_dir(folder)
        .output()
        .expect("OpenSSL is installed");
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "openssl: {said}");
}

/// The body of a call.
fn question(stream: &TcpStream) -> Vec<u8> {
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    let mut line = String::new();
    while reader.read_line(&mut line).unwrap_or(0) > 2 {
        let lower = line.to_lowercase();
        if let Some(stated) = lower.strip_prefix("content-length:") {
            length = stated.trim().parse().unwrap();
        }
        line.clear();
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    body
}

fn reply(mut stream: TcpStream, answer: Option<Vec<u8>>) {
    let (status, body) = match answer {
        Some(body) => ("200 OK", body),
        None => ("503 Service Unavailable", Vec::new()),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/timestamp-reply\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n",
        body.len()
    );
    // Whoever asked may be gone.
    let _ = stream.write_all(&[head.as_bytes(), &body].concat());
}
