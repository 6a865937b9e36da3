//! A practice server, a ledger on the disk, and what the officer would have been told.

use std::sync::Mutex;
use std::time::Duration;

use contacts::{ContactList, Limits, Region};
use humanos::{BaseUrl, Client};
use ledger::LedgerKey;
use sandbox::{Calls, Fault, Faults};
use tempfile::TempDir;
use tokio::time::{Instant, sleep};

use crate::commands::connections::practice;
use crate::practice::{PRACTICE, Practice};
use crate::returns::{Route, WayBack};
use crate::review::{self, Prepared, Reviewed, Way};
use crate::sending::*;
use crate::wire::{BatchState, Form, PlanProgress, SendMode};

/// One resource that the practice server has.
const RESOURCE: &str = "507f1f77bcf86cd799439011";

pub(super) struct Office {
    pub(super) practice: Practice,
    pub(super) views: Mutex<Vec<BatchView>>,
    pub(super) notices: Mutex<Vec<String>>,
    /// The keys cannot be had.
    pub(super) no_keys: AtomicBool,
    /// Nothing listens at the address.
    pub(super) unplugged: AtomicBool,
}

impl Office {
    pub(super) async fn open() -> Arc<Self> {
        Arc::new(Self {
            practice: Practice::start().await.unwrap(),
            views: Mutex::default(),
            notices: Mutex::default(),
            no_keys: AtomicBool::new(false),
            unplugged: AtomicBool::new(false),
        })
    }
}

impl Around for Arc<Office> {
    fn client(&self, _: &str) -> Result<Client, Problem> {
        if self.no_keys.load(Ordering::Relaxed) {
            return Err(Problem::internal("The keyring is locked."));
        }
        let mut endpoint = self.practice.endpoint()?;
        if self.unplugged.load(Ordering::Relaxed) {
            endpoint.base_url = BaseUrl::parse("http://127.0.0.1:1").unwrap();
        }
        Client::new(endpoint, self.practice.credentials()?)
            .map_err(|error| Problem::internal(error.to_string()))
    }

    fn changed(&self, view: &BatchView) {
        self.views.lock().unwrap().push(view.clone());
    }

    fn notify(&self, notice: Notice) {
        self.notices.lock().unwrap().push(notice.text);
    }
}

pub(super) struct Desk {
    pub(super) _dir: TempDir,
    pub(super) ledger: Ledger,
    pub(super) office: Arc<Office>,
    pub(super) sending: Arc<Sending>,
}

impl Drop for Desk {
    /// The cipher's library is put away when the process ends. No thread may be using it then.
    fn drop(&mut self) {
        let left = Arc::clone(&self.sending).leave();
        tokio::task::block_in_place(|| Handle::current().block_on(left));
    }
}

impl Desk {
    pub(super) async fn open() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let key = LedgerKey::generate().unwrap();
        let ledger = Ledger::create(&dir.path().join("ledger.db"), &key).unwrap();
        pace::save(&ledger, PRACTICE, quick()).unwrap();
        let office = Office::open().await;
        let sending = start(&ledger, &office);
        Self {
            _dir: dir,
            ledger,
            office,
            sending,
        }
    }

    /// Writes a batch down and gives its id.
    pub(super) fn plan(&self, contacts: &str, form: &Form) -> String {
        let prepared = self.prepare(contacts, form);
        self.write(&prepared).unwrap();
        prepared.review.id
    }

    pub(super) fn prepare(&self, contacts: &str, form: &Form) -> Prepared {
        let mut list = ContactList::new(Region::parse("PT").unwrap());
        list.add_text(contacts, &Limits::default()).unwrap();
        let client = self.office.client(PRACTICE).unwrap();
        let way = Way {
            back: WayBack::made(Route::Unavailable),
            version: client.api_version().clone(),
            client,
            connection: practice(String::new(), quick()),
        };
        match review::prepare(list.picked(), 0, form, way).unwrap() {
            Reviewed::Ready(prepared) => *prepared,
            Reviewed::Issues(issues, _) => panic!("{issues:?}"),
        }
    }

    pub(super) fn write(&self, prepared: &Prepared) -> Result<(), Problem> {
        let stopper = Stopper::default();
        let told = Mutex::new(Vec::new());
        let writing = Writing::new(&stopper, prepared.review.requests, |progress| {
            told.lock().unwrap().push(progress);
        });
        let written = write_down(&self.ledger.another().unwrap(), prepared, quick(), &writing);
        drop(writing);
        let told: Vec<Option<PlanProgress>> = told.into_inner().unwrap();
        assert!(told.last().unwrap().is_none(), "the end is told");
        written
    }

    pub(super) fn faults(&self, faults: Faults) {
        self.office.practice.server().set_faults(faults);
    }

    /// Waits until a batch stands so and is run no more.
    pub(super) async fn until(&self, id: &str, state: BatchState) -> BatchView {
        self.see(id, |view, runs| view.state == state && !runs)
            .await
    }

    pub(super) async fn see(
        &self,
        id: &str,
        wanted: impl Fn(&BatchView, bool) -> bool,
    ) -> BatchView {
        let until = Instant::now() + Duration::from_secs(30);
        loop {
            let view = self.sending.view(id).unwrap();
            if wanted(&view, self.sending.runs().contains_key(id)) {
                return view;
            }
            assert!(Instant::now() < until, "it did not come to that: {view:?}");
            sleep(Duration::from_millis(10)).await;
        }
    }

    /// Waits until so many people were asked more than `before`. A view is up to a second behind.
    pub(super) async fn more(&self, before: usize, more: usize) {
        let until = Instant::now() + Duration::from_secs(30);
        while self.asked().len() < before + more {
            assert!(Instant::now() < until, "nothing gets on");
            sleep(Duration::from_millis(5)).await;
        }
    }

    /// The contacts that the server was asked to ask, in order.
    pub(super) fn asked(&self) -> Vec<String> {
        let books = self.office.practice.server().books();
        let mut asked: Vec<String> = books.into_iter().flat_map(|b| b.contacts).collect();
        asked.sort();
        asked
    }

    pub(super) fn notices(&self) -> Vec<String> {
        self.office.notices.lock().unwrap().clone()
    }
}

pub(super) fn start(ledger: &Ledger, office: &Arc<Office>) -> Arc<Sending> {
    let around = Box::new(Arc::clone(office));
    Sending::start(Handle::current(), around, ledger).unwrap()
}

pub(super) fn quick() -> Pace {
    Pace {
        per_minute: 6_000,
        in_flight: 8,
    }
}

pub(super) fn each(name: &str) -> Form {
    let mut form = Form::default();
    form.draft.name = name.to_owned();
    form.draft.resources_ids = vec![RESOURCE.to_owned()];
    form.plan.send_mode = SendMode::Each;
    form.idempotency_key = "key".to_owned();
    form
}

/// Calls that take a while.
pub(super) fn slow() -> Faults {
    Faults::none().on(Calls::creates(), Fault::slow(Duration::from_millis(50)))
}

pub(super) fn people(count: usize) -> String {
    (0..count)
        .map(|n| format!("p{n:03}@example.com\n"))
        .collect()
}
