//! The client against a TLS server on loopback whose certificate no system trusts.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use humanos::client::{ApiCredentials, BaseUrl, Client, Endpoint, Failure, Proxy};
use humanos::secret::{ApiKey, SignatureSecret};
use humanos::version::ApiVersion;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

const NOW_MS: i64 = 1_767_225_600_000;

#[tokio::test]
async fn an_extra_certificate_is_trusted() {
    let server = Server::start("localhost");
    let reply = server
        .client(Some(&server.ca_pem))
        .list(NOW_MS)
        .await
        .unwrap();
    assert_eq!((reply.status, reply.body.as_str()), (200, "{}"));
    let call = server.calls.recv().unwrap();
    assert!(
        call.starts_with("GET /request?pageIndex=0&pageSize=5 HTTP/1.1\r\n"),
        "{call}"
    );
}

#[tokio::test]
async fn a_stranger_is_refused_before_anything_is_sent() {
    let server = Server::start("localhost");
    let other = Server::start("localhost");
    for ca_pem in [None, Some(&other.ca_pem)] {
        let failure = server.client(ca_pem).list(NOW_MS).await.unwrap_err();
        let Failure::Tls { reason } = &failure else {
            panic!("{failure:?}")
        };
        assert!(reason.contains("certificate"), "{reason}");
        assert!(!failure.outcome_unknown());
    }
    assert!(server.calls.try_recv().is_err(), "no call may arrive");
}

#[tokio::test]
async fn a_certificate_for_another_name_is_refused() {
    let server = Server::start("api.example.com");
    let failure = server
        .client(Some(&server.ca_pem))
        .list(NOW_MS)
        .await
        .unwrap_err();
    assert!(matches!(failure, Failure::Tls { .. }), "{failure:?}");
    assert!(server.calls.try_recv().is_err(), "no call may arrive");
}

/// Answers every call with an empty object, under a certificate of its own authority.
struct Server {
    port: u16,
    ca_pem: String,
    calls: Receiver<String>,
}

impl Server {
    fn start(name: &str) -> Self {
        let ca_key = KeyPair::generate().unwrap();
        let mut ca = CertificateParams::default();
        ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let ca_pem = ca.self_signed(&ca_key).unwrap().pem();
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new(vec![name.to_owned()])
            .unwrap()
            .signed_by(&key, &Issuer::new(ca, ca_key))
            .unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivateKeyDer::Pkcs8(key.serialize_der().into()),
            )
            .unwrap();
        let config = Arc::new(config);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (sender, calls) = channel();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
                let mut stream = StreamOwned::new(connection, stream.unwrap());
                let mut head = Vec::new();
                let mut byte = [0];
                while !head.ends_with(b"\r\n\r\n") && matches!(stream.read(&mut byte), Ok(1)) {
                    head.push(byte[0]);
                }
                // A client that refuses the certificate leaves nothing to read.
                if !head.is_empty() && sender.send(String::from_utf8(head).unwrap()).is_ok() {
                    stream
                        .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
                        .unwrap();
                }
            }
        });
        Self {
            port,
            ca_pem,
            calls,
        }
    }

    fn client(&self, ca_pem: Option<&String>) -> Client {
        let endpoint = Endpoint {
            base_url: BaseUrl::parse(&format!("https://localhost:{}", self.port)).unwrap(),
            version: ApiVersion::contacts_era(),
            proxy: Proxy::None,
            ca_pem: ca_pem.map(|pem| pem.clone().into_bytes()),
        };
        let credentials = ApiCredentials {
            api_key: ApiKey::parse("hk_test_0123456789ab7f2a".to_owned()).unwrap(),
            signature_secret: SignatureSecret::parse("test-signature-secret".to_owned()).unwrap(),
        };
        Client::new(endpoint, credentials).unwrap()
    }
}
