//! A way to a server that can be cut and led elsewhere, while its near end keeps its port.

use std::net::Ipv4Addr;
use std::time::Duration;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

pub(crate) struct Relay {
    port: u16,
    leads: watch::Sender<Option<u16>>,
    /// Where the way leads as far as it is done.
    done: watch::Receiver<Option<u16>>,
    task: JoinHandle<()>,
}

impl Relay {
    /// Leads to a port of this computer. Without one connections are refused.
    pub(crate) async fn start(to: Option<u16>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (leads, way) = watch::channel(to);
        let (tell, done) = watch::channel(Some(0));
        let task = tokio::spawn(carry(listener, port, way, tell));
        let relay = Self {
            port,
            leads,
            done,
            task,
        };
        relay.lead(to).await;
        relay
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Leads elsewhere from now on, and cuts all connections.
    pub(crate) async fn lead(&self, to: Option<u16>) {
        self.leads.send_replace(to);
        let mut done = self.done.clone();
        done.wait_for(|leads| *leads == to).await.unwrap();
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn carry(
    listener: TcpListener,
    port: u16,
    mut way: watch::Receiver<Option<u16>>,
    tell: watch::Sender<Option<u16>>,
) {
    let mut near = Some(listener);
    loop {
        let to = *way.borrow_and_update();
        let Some(to) = to else {
            near = None;
            tell.send_replace(None);
            if way.changed().await.is_err() {
                return;
            }
            continue;
        };
        let listener = match near.take() {
            Some(listener) => listener,
            None => bound(port).await,
        };
        tell.send_replace(Some(to));
        // Dropping them cuts the connections.
        let mut carried = JoinSet::new();
        loop {
            tokio::select! {
                changed = way.changed() => match changed {
                    Ok(()) => break,
                    Err(_) => return,
                },
                Ok((caller, _)) = listener.accept() => {
                    carried.spawn(one(caller, to));
                }
            }
        }
        near = Some(listener);
    }
}

async fn bound(port: u16) -> TcpListener {
    loop {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
            Ok(listener) => return listener,
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

async fn one(mut caller: TcpStream, to: u16) {
    let Ok(mut server) = TcpStream::connect((Ipv4Addr::LOCALHOST, to)).await else {
        return;
    };
    if copy_bidirectional(&mut caller, &mut server).await.is_err() {
        // A reset behind is a reset before.
        let _ = caller.set_zero_linger();
    }
}
