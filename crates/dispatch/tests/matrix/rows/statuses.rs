//! Answers that say no.

use dispatch::Terms;
use sandbox::{Calls, Fault, RetryAfter};

use super::{FIRST_AND_DOUBT, FIRST_ONLY, FOUND, KEY, LEFT, PLAN, TOLD, again, always, first, on};
use crate::common::TERMS;
use crate::row::{Row, Strike};

pub(super) fn too_many() -> Vec<Row> {
    let on = |fault, calls, what| on("Too many requests", fault, calls, what);
    let mut rows = vec![again(
        on("429, once", first(), Fault::status(429)),
        "refused 429",
    )];
    for (fault, after) in [
        (
            "429 with `Retry-After` of 1 second, once",
            RetryAfter::Seconds(1),
        ),
        (
            "429 with `Retry-After` as a date in 2 seconds, once",
            RetryAfter::Date(2),
        ),
        (
            "429 with `Retry-After` as a date gone by, once",
            RetryAfter::Date(-60),
        ),
        (
            "429 with `Retry-After: soon`, once",
            RetryAfter::Text("soon".to_owned()),
        ),
    ] {
        let row = on(fault, first(), Fault::retry_after(429, after));
        rows.push(again(row, "refused 429"));
    }
    rows.extend([
        on("429, every time", always(), Fault::status(429))
            .batch("paused: 2 accepted, 1 not sent")
            .why(
                "The server keeps answering that there are too many requests. Choose a slower pace or resume later.",
            )
            .request("not-sent: 5 × refused 429")
            .newest(TOLD)
            .asked("1 0 1")
            .mended(),
        on(
            "429 with `Retry-After` of an hour, once",
            first(),
            Fault::retry_after(429, RetryAfter::Seconds(3_600)),
        )
        .batch(FIRST_ONLY)
        .why("The server asks to wait 60 minutes. Resume after that.")
        .request("not-sent: refused 429")
        .newest(TOLD)
        .asked("1 0 0")
        .mended(),
    ]);
    rows
}

pub(super) fn server_errors() -> Vec<Row> {
    let on = |fault, calls, what| on("Server errors", fault, calls, what);
    let mut rows = Vec::new();
    for (fault, status) in [
        ("500 twice for every request", 500),
        ("502 twice for every request", 502),
        ("503 twice for every request", 503),
        ("504 twice for every request", 504),
    ] {
        let row = on(fault, Calls::creates().per_key(2), Fault::status(status));
        rows.push(again(row, &format!("2 × unknown {status}")));
    }
    rows.extend([
        again(on("408, once", first(), Fault::status(408)), "unknown 408"),
        again(
            on(
                "503 with `Retry-After` of 1 second, once",
                first(),
                Fault::retry_after(503, RetryAfter::Seconds(1)),
            ),
            "unknown 503",
        ),
        on(
            "503 with `Retry-After` of an hour, once",
            first(),
            Fault::retry_after(503, RetryAfter::Seconds(3_600)),
        )
        .batch(FIRST_AND_DOUBT)
        .why("The server asks to wait 60 minutes. Resume after that.")
        .request("unknown: unknown 503")
        .newest(TOLD)
        .asked("1 0 0")
        .mended(),
        on("500, every time", always(), Fault::status(500))
            .batch(LEFT)
            .request("unknown: 5 × unknown 500")
            .newest(TOLD)
            .asked("1 0 1")
            .mended(),
        on("501, once", first(), Fault::status(501))
            .batch(LEFT)
            .request("unknown: unknown 501")
            .newest(TOLD)
            .asked("1 0 1")
            .mended(),
        again(
            on(
                "The request is accepted and answered with 500, once",
                first(),
                Fault::accepted_but(500),
            ),
            "unknown 500",
        ),
        on(
            "The request is accepted and answered with 500, every time",
            always(),
            Fault::accepted_but(500),
        )
        .request("accepted: 4 × unknown 500, then accepted 500")
        .newest(FOUND),
        Row {
            terms: Terms {
                spare_retries: 1,
                retries_per_hundred: 0,
                ..TERMS
            },
            ..on(
                "503 for every request, and the batch has one retry left",
                Calls::creates(),
                Fault::status(503),
            )
        }
        .batch("paused: 2 unknown, 1 planned")
        .why("Too many requests had to be tried again. Resume when the server is well.")
        .request("unknown: unknown 503")
        .newest(TOLD)
        .asked("0 0 0")
        .mended(),
    ]);
    rows
}

pub(super) fn redirects() -> Vec<Row> {
    let mut rows = Vec::new();
    for (fault, status) in [
        ("301 to another host", 301),
        ("302 to another host", 302),
        ("303 to another host", 303),
        ("307 to another host", 307),
        ("308 to another host", 308),
    ] {
        let redirect = Fault::Redirect {
            status,
            to: Some("https://login.example.com/?next=1".to_owned()),
        };
        let row = on("Redirects", fault, always(), redirect);
        let row = match status {
            302 | 303 => row.batch(FIRST_AND_DOUBT).request("unknown: unknown"),
            _ => row
                .batch(FIRST_ONLY)
                .request(&format!("not-sent: refused {status}")),
        };
        let newest = format!("the server redirected with status {status}");
        rows.push(
            row.why("The server points to login.example.com. This network may want you to sign in first; if not, check the connection's address. Then resume.")
                .newest(&newest)
                .asked("1 0 0")
                .mended(),
        );
    }
    rows
}

pub(super) fn refusals() -> Vec<Row> {
    let on = |fault, status| on("Refusals", fault, always(), Fault::status(status));
    let mut rows = Vec::new();
    for (fault, status) in [
        ("400", 400),
        ("403", 403),
        ("404", 404),
        ("409 on a key not used before", 409),
        ("413", 413),
        ("422", 422),
    ] {
        rows.push(
            on(fault, status)
                .batch("finished: 2 accepted, 1 refused")
                .request(&format!("refused: refused {status}"))
                .newest(TOLD)
                .asked("1 0 1"),
        );
    }
    for (fault, status, why) in [("401", 401, KEY), ("402", 402, PLAN)] {
        rows.push(
            on(fault, status)
                .batch(FIRST_ONLY)
                .why(why)
                .request(&format!("not-sent: refused {status}"))
                .newest(TOLD)
                .asked("1 0 0")
                .mended(),
        );
    }
    rows
}

pub(super) fn clocks() -> Vec<Row> {
    let part = "Clocks";
    let minute = 60_000;
    let skew = |fault, ms| on(part, fault, Calls::all(), Fault::ClockSkew(ms));
    let own = |fault, ms| Row::new(part, fault, Strike::Clock(ms));
    let told = |row: Row, wrong: &str| {
        row.alone()
            .batch("paused: 1 not sent")
            .why(&format!(
                "Humanos does not accept the API key, the signature or the time. This computer's clock is {wrong}. Set it right, then resume."
            ))
            .request("not-sent: refused 401")
            .newest("X-Timestamp is more than 5 minutes from the server's clock")
            .asked("0")
            .mended()
    };
    vec![
        skew("The server's clock is 4 minutes ahead", 4 * minute).request("accepted: accepted 201"),
        told(
            skew("The server's clock is 10 minutes ahead", 10 * minute),
            "10 minutes slow",
        ),
        told(
            own("This computer's clock is 10 minutes ahead", 10 * minute),
            "10 minutes fast",
        ),
        told(
            own("This computer's clock is a day behind", -24 * 60 * minute),
            "24 hours slow",
        ),
    ]
}
