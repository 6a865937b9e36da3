//! Starting, stopping, and what must not stop it.

use std::io::ErrorKind;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use callback::Listener;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};

use crate::support::{Bench, MOMENT, answer, target};

#[tokio::test]
async fn one_who_panics_does_not_end_it() {
    let told = Arc::new(Mutex::new(0));
    let count = Arc::clone(&told);
    let hear = Arc::new(move |_| {
        // Let go before the panic, so that the lock stays good.
        *count.lock().unwrap() += 1;
        panic!("on purpose");
    });
    let bench = Bench {
        listener: Listener::start(0, hear).await.unwrap(),
        heard: Arc::default(),
    };
    for _ in 0..3 {
        bench.get(&target("")).await.is_the_page();
        assert_eq!(bench.get("/").await.status(), 404);
    }
    assert_eq!(*told.lock().unwrap(), 6);
}

#[tokio::test]
async fn a_port_that_is_asked_for() {
    // Free a moment ago, and then taken.
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = taken.local_addr().unwrap().port();
    let error = Listener::start(port, Arc::new(|_| {})).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AddrInUse);
    drop(taken);
    let listener = Listener::start(port, Arc::new(|_| {})).await.unwrap();
    assert_eq!(listener.port(), port);
    listener.stop().await;
    let listener = Listener::start(port, Arc::new(|_| {})).await.unwrap();
    assert_eq!(listener.port(), port, "at once again");
}

#[tokio::test]
async fn it_stops_when_told_and_when_dropped() {
    let bench = Bench::start().await;
    let address = (Ipv4Addr::LOCALHOST, bench.listener.port());
    let mut idle = bench.connect().await;
    sleep(MOMENT).await;
    timeout(Duration::from_secs(5), bench.listener.stop())
        .await
        .unwrap();
    assert!(TcpStream::connect(address).await.is_err());
    assert_eq!(answer(&mut idle).await.text, "");

    let bench = Bench::start().await;
    let address = (Ipv4Addr::LOCALHOST, bench.listener.port());
    drop(bench);
    sleep(MOMENT).await;
    assert!(TcpStream::connect(address).await.is_err());
}
