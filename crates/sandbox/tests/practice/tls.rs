//! The TLS front, right and wrong.

use std::time::Duration;

use reqwest::{Certificate, Client};
use sandbox::{Calls, Fault, Faults, Moment, TlsFault, TlsFront};

use crate::support::{Bench, small};

async fn call(bench: &Bench, front: &TlsFront, wait: Duration) -> Result<u16, reqwest::Error> {
    let authority = Certificate::from_pem(front.ca_pem().as_bytes()).unwrap();
    let client = Client::builder()
        .no_proxy()
        .tls_certs_only([authority])
        .timeout(wait)
        .build()
        .unwrap();
    let body = small().to_string().into_bytes();
    let mut call = client.post(format!("{}/request", front.base_url()));
    for (name, value) in bench.headers(&body) {
        call = call.header(name, value);
    }
    let reply = call.body(body).send().await?;
    Ok(reply.status().as_u16())
}

#[tokio::test]
async fn certificates_fail_as_they_say_before_anything_is_sent() {
    let bench = Bench::start().await;
    for (fault, said) in [
        (TlsFault::Expired, "Expired"),
        (TlsFault::NotYetValid, "NotValidYet"),
        (TlsFault::WrongHost, "NotValidForName"),
        (TlsFault::UnknownIssuer, "UnknownIssuer"),
        (TlsFault::ResetInHandshake, "ConnectionReset"),
        (TlsFault::PlainHttp, "InvalidMessage"),
    ] {
        let front = TlsFront::start(&bench.server, fault).await.unwrap();
        let failure = call(&bench, &front, Duration::from_secs(60))
            .await
            .unwrap_err();
        assert!(failure.is_connect(), "{fault:?}: {failure:?}");
        assert!(
            format!("{failure:?}").contains(said),
            "{fault:?}: {failure:?}"
        );
    }
    let front = TlsFront::start(&bench.server, TlsFault::Silence)
        .await
        .unwrap();
    let failure = call(&bench, &front, Duration::from_millis(300))
        .await
        .unwrap_err();
    assert!(failure.is_timeout(), "{failure:?}");
    assert!(bench.server.received().is_empty());
}

#[tokio::test]
async fn a_good_front_carries_calls_and_resets() {
    let bench = Bench::start().await;
    let front = TlsFront::start(&bench.server, TlsFault::None)
        .await
        .unwrap();
    let wait = Duration::from_secs(60);
    assert_eq!(call(&bench, &front, wait).await.unwrap(), 201);
    let plan = Faults::none().on(Calls::creates(), Fault::Reset(Moment::BeforeReply));
    bench.server.set_faults(plan);
    let failure = call(&bench, &front, wait).await.unwrap_err();
    assert!(
        !failure.is_connect() && !failure.is_timeout(),
        "{failure:?}"
    );
    assert!(
        format!("{failure:?}").contains("ConnectionReset"),
        "{failure:?}"
    );
    assert_eq!(bench.server.books().len(), 2);
}
