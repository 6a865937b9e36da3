//! The table, row by row: every status and every kind of failure.

use humanos::client::{Failure, Reply};
use humanos::reply::CreateReply;
use humanos::{Created, RetryAfter};
use proptest::prelude::*;

use super::*;

struct Least;
impl Chance for Least {
    fn below(&mut self, _: u64) -> u64 {
        0
    }
}
struct Most;
impl Chance for Most {
    fn below(&mut self, bound: u64) -> u64 {
        bound.saturating_sub(1)
    }
}

fn case(met: Met) -> Case {
    Case {
        met,
        tries: 1,
        sent_before: false,
        in_progress: false,
        retry_after_ms: None,
        ahead_ms: None,
        keyed: true,
        budget: true,
    }
}

fn decided(case: &Case) -> Decision {
    decide(case, &Terms::default(), &mut Least)
}

fn again(open: bool) -> Decision {
    Decision::Again { wait_ms: 0, open }
}

fn paused(why: Why, open: bool) -> Decision {
    Decision::Pause { why, open }
}

#[test]
fn every_status_has_its_row() {
    for status in 100..=999 {
        let keyed = decided(&case(Met::Status(status)));
        let unkeyed = decided(&Case {
            keyed: false,
            ..case(Met::Status(status))
        });
        let last = decided(&Case {
            tries: 5,
            ..case(Met::Status(status))
        });
        let unauthorized = || paused(Why::Unauthorized { ahead_ms: None }, false);
        let expected = match status {
            401 => [unauthorized(), unauthorized(), unauthorized()],
            402 => [(); 3].map(|()| paused(Why::Payment, false)),
            429 => [again(false), again(false), paused(Why::TooMany, false)],
            408 | 500 | 502 | 503 | 504 => [again(true), Decision::Unknown, Decision::Unknown],
            400..=499 => [Decision::Refused, Decision::Refused, Decision::Refused],
            _ => [Decision::Unknown, Decision::Unknown, Decision::Unknown],
        };
        assert_eq!([keyed, unkeyed, last], expected, "{status}");
        if status >= 500 {
            for tries in 1..8 {
                let end = decided(&Case {
                    tries,
                    ..case(Met::Status(status))
                });
                assert_ne!(end, Decision::Refused, "{status} may have been taken");
            }
        }
    }
}

#[test]
fn a_conflict_is_a_refusal_unless_the_key_was_there_before() {
    let conflict = case(Met::Status(409));
    assert_eq!(decided(&conflict), Decision::Refused);
    let before = Case {
        sent_before: true,
        ..conflict.clone()
    };
    assert_eq!(decided(&before), again(true));
    let in_progress = Case {
        in_progress: true,
        ..conflict.clone()
    };
    assert_eq!(decided(&in_progress), again(true));
    let last = Case { tries: 5, ..before };
    assert_eq!(decided(&last), Decision::Unknown);
}

#[test]
fn what_is_no_answer_has_its_row() {
    let said = || "no route".to_owned();
    let host = Some("elsewhere.example".to_owned());
    let unreachable = || Why::NoConnection { said: said() };
    let rows = [
        (
            Met::Acceptance,
            [Decision::Accepted, Decision::Accepted, Decision::Accepted],
        ),
        (
            Met::Unreadable,
            [again(true), Decision::Unknown, Decision::Unknown],
        ),
        (
            Met::Silence,
            [again(true), Decision::Unknown, Decision::Unknown],
        ),
        (
            Met::NoConnection(said()),
            [again(false), again(false), paused(unreachable(), false)],
        ),
        (
            Met::Untrusted(said()),
            [(); 3].map(|()| paused(Why::Untrusted { said: said() }, false)),
        ),
        (
            Met::Unsendable(said()),
            [(); 3].map(|()| paused(Why::Unsendable { said: said() }, false)),
        ),
        (
            Met::Redirect {
                acted: true,
                host: host.clone(),
            },
            [(); 3].map(|()| paused(Why::Elsewhere { host: host.clone() }, true)),
        ),
    ];
    for (met, expected) in rows {
        let first = case(met);
        let unkeyed = Case {
            keyed: false,
            ..first.clone()
        };
        let last = Case {
            tries: 5,
            ..first.clone()
        };
        let found = [decided(&first), decided(&unkeyed), decided(&last)];
        assert_eq!(found, expected, "{:?}", first.met);
    }
}

#[test]
fn the_server_is_waited_for_up_to_two_minutes() {
    let asked = |ms| {
        decided(&Case {
            retry_after_ms: Some(ms),
            ..case(Met::Status(429))
        })
    };
    let wait_ms = 120_000;
    assert_eq!(
        asked(wait_ms),
        Decision::Again {
            wait_ms,
            open: false
        }
    );
    assert_eq!(
        asked(120_001),
        paused(Why::AskedToWait { seconds: 121 }, false)
    );
    assert_eq!(
        asked(u64::MAX),
        paused(
            Why::AskedToWait {
                seconds: u64::MAX.div_ceil(1000)
            },
            false
        )
    );
}

#[test]
fn waits_double_up_to_the_cap_and_are_spread() {
    let terms = Terms {
        attempts: 100,
        ..Terms::default()
    };
    let wait = |tries, chance: &mut dyn FnMut(&Case) -> Decision| {
        let case = Case {
            tries,
            ..case(Met::Status(500))
        };
        match chance(&case) {
            Decision::Again { wait_ms, .. } => wait_ms,
            other => panic!("{other:?}"),
        }
    };
    for (tries, most) in [
        (1, 500),
        (2, 1_000),
        (3, 2_000),
        (6, 16_000),
        (7, 20_000),
        (60, 20_000),
    ] {
        assert_eq!(wait(tries, &mut |c| decide(c, &terms, &mut Most)), most);
        assert_eq!(wait(tries, &mut |c| decide(c, &terms, &mut Least)), 0);
    }
}

#[test]
fn a_batch_without_retries_left_is_paused() {
    let poor = |met| {
        decided(&Case {
            budget: false,
            ..case(met)
        })
    };
    assert_eq!(poor(Met::Status(503)), paused(Why::RetriesUsedUp, true));
    // What is known to be wrong is said.
    assert_eq!(poor(Met::Status(429)), paused(Why::TooMany, false));
    let said = "no route".to_owned();
    assert_eq!(
        poor(Met::NoConnection(said.clone())),
        paused(Why::NoConnection { said }, false)
    );
}

#[test]
fn only_two_statuses_ask_for_a_slower_pace() {
    let asking: Vec<u16> = (100..600)
        .filter(|status| asks_to_slow(&Met::Status(*status)))
        .collect();
    assert_eq!(asking, [429, 503]);
}

fn reply(status: u16) -> Reply {
    Reply {
        status,
        body: String::new(),
        server_date: None,
        server_request_id: None,
    }
}

fn http_error() -> reqwest::Error {
    reqwest::Client::builder()
        .tls_certs_only([])
        .build()
        .unwrap()
        .get("no address")
        .build()
        .unwrap_err()
}

#[test]
fn every_kind_of_failure_is_sorted() {
    let source = CreateReply::parse("").unwrap_err();
    let refused = |status| Failure::Refused {
        reply: reply(status),
        messages: Vec::new(),
        error: None,
        retry_after: Some(RetryAfter {
            text: "7".to_owned(),
            seconds: Some(7),
        }),
    };
    assert_eq!(refused(429).retry_after_ms(), Some(7_000));
    let redirected = |status| Failure::Redirected {
        status,
        location_host: None,
    };
    let interrupted = |status| Failure::Interrupted {
        status,
        source: http_error(),
    };
    let elsewhere = |acted| Met::Redirect { acted, host: None };
    let rows = [
        (refused(400), Met::Status(400)),
        (refused(503), Met::Status(503)),
        (
            Failure::Malformed {
                reply: reply(201),
                source,
            },
            Met::Unreadable,
        ),
        (
            Failure::Oversized {
                status: 201,
                limit: 1,
            },
            Met::Unreadable,
        ),
        (
            Failure::Oversized {
                status: 429,
                limit: 1,
            },
            Met::Status(429),
        ),
        (redirected(301), elsewhere(false)),
        (redirected(302), elsewhere(true)),
        (redirected(303), elsewhere(true)),
        (redirected(307), elsewhere(false)),
        (redirected(308), elsewhere(false)),
        (Failure::Timeout { sent: true }, Met::Silence),
        (
            Failure::Timeout { sent: false },
            Met::NoConnection("no connection in time".to_owned()),
        ),
        (
            Failure::Connect {
                source: http_error(),
            },
            Met::NoConnection("no connection to the server".to_owned()),
        ),
        (
            Failure::Tls {
                reason: "expired".to_owned(),
            },
            Met::Untrusted("no secure connection to the server: expired".to_owned()),
        ),
        (interrupted(None), Met::Silence),
        (interrupted(Some(201)), Met::Unreadable),
        (interrupted(Some(500)), Met::Status(500)),
        (
            Failure::Header { name: "X" },
            Met::Unsendable("the header X cannot be sent".to_owned()),
        ),
        (
            Failure::Build {
                source: http_error(),
            },
            Met::Unsendable("the request could not be built".to_owned()),
        ),
    ];
    for (failure, expected) in rows {
        let shown = failure.to_string();
        let may_have_arrived = failure.outcome_unknown();
        let found = met(&Err(failure));
        assert_eq!(found, expected, "{shown}");
        // Whatever may have arrived is nowhere refused, nor said not to have arrived.
        if may_have_arrived {
            for tries in [1, 5] {
                let decision = decided(&Case {
                    tries,
                    ..case(found.clone())
                });
                assert!(
                    matches!(
                        decision,
                        Decision::Unknown
                            | Decision::Again { open: true, .. }
                            | Decision::Pause { open: true, .. }
                    ),
                    "{shown}: {decision:?}"
                );
            }
        }
    }
    let created = CreateReply::parse(r#"{"id":"a","credentials":[],"subjects":[]}"#).unwrap();
    let accepted = Created {
        reply: reply(201),
        created,
    };
    assert_eq!(met(&Ok(accepted)), Met::Acceptance);
}

proptest! {
    #[test]
    fn without_keys_nothing_that_may_have_arrived_is_sent_again(
        status in 100_u16..999, tries in 1_u32..9, sent_before: bool, in_progress: bool,
        retry_after_ms in proptest::option::of(0_u64..1_000_000), budget: bool
    ) {
        let decision = decided(&Case {
            tries, sent_before, in_progress, retry_after_ms, budget, keyed: false,
            ..case(Met::Status(status))
        });
        let sent_again = matches!(decision, Decision::Again { open: true, .. });
        prop_assert!(!sent_again, "{:?}", decision);
    }

    #[test]
    fn nothing_is_tried_more_than_five_times_nor_after_more_than_the_longest_wait(
        status in 100_u16..999, tries in 1_u32..9,
        retry_after_ms in proptest::option::of(0_u64..1_000_000)
    ) {
        let decision = decide(
            &Case { tries, retry_after_ms, ..case(Met::Status(status)) },
            &Terms::default(),
            &mut Most,
        );
        if let Decision::Again { wait_ms, .. } = decision {
            prop_assert!(tries < 5);
            prop_assert!(wait_ms <= 140_000);
        }
    }
}
