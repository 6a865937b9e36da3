//! A TLS front for the practice server, right or wrong in the ways certificates are. It carries
//! what it decrypts to the server, and a reset there becomes a reset here.

use std::fmt;
use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd,
};
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::sleep;
use tokio_rustls::TlsAcceptor;

use crate::server::Server;

/// What is wrong with a TLS front.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TlsFault {
    /// Nothing.
    None,
    /// The certificate ended in 2020.
    Expired,
    /// The certificate begins in 2090.
    NotYetValid,
    /// The certificate is for another host.
    WrongHost,
    /// The certificate is by an authority other than [`TlsFront::ca_pem`].
    UnknownIssuer,
    /// The connection is reset after the first bytes of the handshake.
    ResetInHandshake,
    /// The handshake is never answered.
    Silence,
    /// The handshake is answered in plain HTTP.
    PlainHttp,
}

/// A running TLS front. Dropping it stops it.
pub struct TlsFront {
    port: u16,
    ca_pem: String,
    task: JoinHandle<()>,
}

impl TlsFront {
    /// Puts a front before a server, on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// What the operating system says when no port can be bound, or why no certificate could be
    /// made.
    pub async fn start(server: &Server, fault: TlsFault) -> io::Result<Self> {
        let (acceptor, ca_pem) = certify(fault).map_err(io::Error::other)?;
        let behind = server.port();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = listener.local_addr()?.port();
        let task = tokio::spawn(async move {
            loop {
                let Ok((caller, _)) = listener.accept().await else {
                    sleep(Duration::from_millis(50)).await;
                    continue;
                };
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    // Callers that refuse the certificate leave; that is what this is for.
                    let _ = serve(caller, acceptor, fault, behind).await;
                });
            }
        });
        Ok(Self { port, ca_pem, task })
    }

    /// `https://localhost:<port>`, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("https://localhost:{}", self.port)
    }

    /// The authority that callers should trust, as PEM.
    #[must_use]
    pub fn ca_pem(&self) -> &str {
        &self.ca_pem
    }
}

impl Drop for TlsFront {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl fmt::Debug for TlsFront {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TlsFront")
            .field("port", &self.port)
            .finish_non_exhaustive()
    }
}

async fn serve(
    mut caller: TcpStream,
    acceptor: TlsAcceptor,
    fault: TlsFault,
    behind: u16,
) -> io::Result<()> {
    match fault {
        TlsFault::ResetInHandshake => {
            caller.readable().await?;
            return caller.set_zero_linger();
        }
        TlsFault::Silence => return drain(&mut caller).await,
        TlsFault::PlainHttp => {
            caller.readable().await?;
            let answer = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
            caller.write_all(answer).await?;
            caller.shutdown().await?;
            // Closing with bytes unread would be a reset, which could overtake the answer.
            return drain(&mut caller).await;
        }
        _ => {}
    }
    let mut caller = acceptor.accept(caller).await?;
    let mut server = TcpStream::connect((Ipv4Addr::LOCALHOST, behind)).await?;
    server.set_nodelay(true)?;
    let carried = copy_bidirectional(&mut caller, &mut server).await;
    if carried.is_err() {
        caller.get_ref().0.set_zero_linger()?;
    }
    carried.map(|_| ())
}

/// Reads and forgets until the caller leaves.
async fn drain(caller: &mut TcpStream) -> io::Result<()> {
    let mut bytes = [0; 4096];
    while caller.read(&mut bytes).await? > 0 {}
    Ok(())
}

fn certify(
    fault: TlsFault,
) -> Result<(TlsAcceptor, String), Box<dyn std::error::Error + Send + Sync>> {
    let trusted = authority("Practice authority")?;
    let issuer = match fault {
        TlsFault::UnknownIssuer => &authority("Unknown authority")?,
        _ => &trusted,
    };
    let name = match fault {
        TlsFault::WrongHost => "api.example.com",
        _ => "localhost",
    };
    let mut wanted = CertificateParams::new(vec![name.to_owned()])?;
    match fault {
        TlsFault::Expired => {
            wanted.not_before = date_time_ymd(2019, 1, 1);
            wanted.not_after = date_time_ymd(2020, 1, 1);
        }
        TlsFault::NotYetValid => {
            wanted.not_before = date_time_ymd(2090, 1, 1);
            wanted.not_after = date_time_ymd(2099, 1, 1);
        }
        _ => {}
    }
    let key = KeyPair::generate()?;
    let certificate = wanted.signed_by(&key, issuer)?;
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivateKeyDer::Pkcs8(key.serialize_der().into()),
        )?;
    Ok((TlsAcceptor::from(Arc::new(config)), trusted.pem()))
}

fn authority(name: &str) -> Result<CertifiedIssuer<'static, KeyPair>, rcgen::Error> {
    let mut wanted = CertificateParams::default();
    wanted.distinguished_name.push(DnType::CommonName, name);
    wanted.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(wanted, KeyPair::generate()?)
}
