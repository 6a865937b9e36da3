//! Answers that say yes, and cannot be read.

use sandbox::{Calls, Fault};

use super::{FOUND, again, always, first, on};
use crate::row::Row;

pub(super) fn answers() -> Vec<Row> {
    let on = |fault, calls, what| on("Answers that cannot be read", fault, calls, what);
    let unread = "unknown 201";
    vec![
        again(
            on(
                "201 with something else than JSON, once",
                first(),
                Fault::MalformedJson,
            ),
            unread,
        ),
        on(
            "201 with something else than JSON, every time",
            always(),
            Fault::MalformedJson,
        )
        .request("accepted: 4 × unknown 201, then accepted 201")
        .newest(FOUND),
        again(
            on(
                "201 with half of the JSON, once",
                first(),
                Fault::TruncatedJson,
            ),
            unread,
        ),
        again(
            on("204, once", first(), Fault::accepted_but(204)),
            "unknown 204",
        ),
        again(
            on(
                "201 with more than is read of an answer, once",
                first(),
                Fault::OversizedReply(1 << 20),
            ),
            "unknown",
        ),
        on(
            "201 with the content type of a web page, once",
            first(),
            Fault::ContentType("text/html".to_owned()),
        )
        .request("accepted: accepted 201"),
        again(
            on(
                "200 with a web page, as of a network that wants people to sign in, once",
                first(),
                Fault::Portal,
            ),
            "unknown 200",
        ),
        on("The same for every call", Calls::all(), Fault::Portal)
            .alone()
            .batch("finished: 1 unknown")
            .request("unknown: 5 × unknown 200")
            .newest("the server accepted with a reply that cannot be read")
            .asked("0")
            .mended(),
        on(
            "Every header of an answer twice, with different values",
            Calls::all(),
            Fault::DuplicateHeaders,
        )
        .request("accepted: accepted 201"),
        again(
            on(
                "Something else than HTTP, once",
                first(),
                Fault::Raw(b"220 mail.example.com ESMTP\r\n".to_vec()),
            ),
            "unknown",
        ),
    ]
}
