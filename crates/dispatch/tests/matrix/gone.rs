//! The network goes away in the middle of a batch, and comes back.

use std::sync::Arc;
use std::time::Duration;

use dispatch::{Command, Status, Why};
use humanos::Client;
use ledger::{BatchState, Ledger, State};
use sandbox::{Calls, Fault, Faults, Practice, Server};

use crate::common::{House, Running, TERMS, client, now_ms, request_id, start};
use crate::meet::port;
use crate::relay::Relay;

const PEOPLE: u32 = 120;

struct Net {
    server: Server,
    relay: Relay,
    house: House,
    ours: Client,
    running: Running,
}

impl Net {
    /// A batch that is being sent to a server which takes its time.
    async fn start() -> Self {
        let practice = Practice::random();
        let server = Server::start(practice.clone(), Arc::new(now_ms))
            .await
            .unwrap();
        let (least, most) = (Duration::from_millis(1), Duration::from_millis(30));
        server.set_faults(Faults::none().on(Calls::all(), Fault::Slow(least, most)));
        let relay = Relay::start(Some(port(&server.base_url()))).await;
        let base_url = format!("http://127.0.0.1:{}", relay.port());
        let house = House::with_batch(&base_url, PEOPLE, |_, _| {});
        let ours = client(
            &base_url,
            "2026-05-20",
            &practice.api_key,
            &practice.signature_secret,
        );
        let running = start(&house.path, &house.key, ours.clone(), TERMS);
        Self {
            server,
            relay,
            house,
            ours,
            running,
        }
    }

    fn asked(&self) -> usize {
        self.server.books().len()
    }

    /// Waits until so many more have been asked, or the batch does not go on.
    async fn goes_on(&self, more: usize) {
        let wanted = self.asked() + more;
        while self.asked() < wanted && self.status().state == BatchState::Running {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    fn status(&self) -> Status {
        self.running.status.borrow().clone().unwrap()
    }

    async fn leads(&self, there: bool) {
        let port = port(&self.server.base_url());
        self.relay.lead(there.then_some(port)).await;
    }

    async fn resume(&mut self) {
        self.running.commands.send(Command::Resume).await.unwrap();
        self.running.until(|s| s.state != BatchState::Paused).await;
    }

    /// Everybody was asked once, and the ledger knows under which id.
    fn check(&self, ledger: &Ledger) {
        let books = self.server.books();
        assert_eq!(books.len(), PEOPLE as usize);
        for n in 0..PEOPLE {
            let contact = format!("person{n}@example.com");
            let mut asked = books
                .iter()
                .filter(|made| made.contacts == [contact.as_str()]);
            let made = asked.next().unwrap();
            assert!(asked.next().is_none(), "{contact} was asked twice");
            let record = ledger.request(&request_id(n)).unwrap().unwrap();
            assert_eq!(record.state, State::Accepted);
            assert_eq!(record.humanos_id, made.request_id);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_pauses_when_the_network_is_gone_and_goes_on_when_it_is_back() {
    let mut net = Net::start().await;
    net.running.until(|s| s.state == BatchState::Running).await;
    net.goes_on(30).await;
    net.leads(false).await;
    let paused = net.running.until(|s| s.state == BatchState::Paused).await;
    assert!(
        matches!(paused.why, Some(Why::NoConnection { .. })),
        "{:?}",
        paused.why
    );
    assert_eq!(paused.counts.sending.requests, 0);
    assert_eq!(paused.counts.refused.requests, 0);
    let asked = net.asked();
    assert!((30..PEOPLE as usize).contains(&asked), "{asked}");
    // Too early: it pauses again.
    net.resume().await;
    let paused = net.running.until(|s| s.state == BatchState::Paused).await;
    assert!(matches!(paused.why, Some(Why::NoConnection { .. })));
    assert_eq!(net.asked(), asked);

    net.leads(true).await;
    net.resume().await;
    net.running.until(|s| s.state == BatchState::Finished).await;
    net.check(&net.house.open());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_comes_and_goes_loses_nobody() {
    let mut net = Net::start().await;
    net.running.until(|s| s.state == BatchState::Running).await;
    for away_ms in [1, 5, 20, 60, 120, 5, 60, 20] {
        net.goes_on(8).await;
        net.leads(false).await;
        tokio::time::sleep(Duration::from_millis(away_ms)).await;
        net.leads(true).await;
        if net.status().state == BatchState::Paused {
            net.resume().await;
        }
    }
    loop {
        let stands = net.running.until(|s| s.state != BatchState::Running).await;
        if stands.state == BatchState::Finished {
            break;
        }
        net.resume().await;
    }
    // Whoever met the network five times when it was away is left unknown; the next run asks.
    net.running = start(&net.house.path, &net.house.key, net.ours.clone(), TERMS);
    net.running.until(|s| s.state == BatchState::Finished).await;
    net.check(&net.house.open());
}
