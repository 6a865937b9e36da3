//! On the way: time, connections, certificates.

use sandbox::{Calls, Fault, Faults, InProgress, Moment, TlsFault};

use super::{FOUND, LEFT, LOST, again, always, first, ms, on};
use crate::row::{Row, Strike};

pub(super) fn latency() -> Vec<Row> {
    let on = |fault, calls, what| on("Latency", fault, calls, what);
    vec![
        on(
            "Every call takes 100 ms",
            Calls::all(),
            Fault::slow(ms(100)),
        )
        .request("accepted: accepted 201"),
        again(
            on(
                "The call is done after the time is up, once",
                first(),
                Fault::slow(ms(2_600)),
            ),
            "unknown",
        ),
        Row {
            in_progress: InProgress::Refused,
            lasts: ms(2_500),
            ..on(
                "The same, and until it is done its key is refused with 409",
                first(),
                Fault::slow(ms(4_000)),
            )
        }
        .batch(LEFT)
        .request("unknown: unknown, then 4 × unknown 409")
        .newest("A request with this Idempotency-Key is in progress")
        .asked("1 0 1")
        .mended(),
        again(
            on(
                "The call is done at once, its answer comes after the time is up, once",
                first(),
                Fault::late_reply(ms(4_000)),
            ),
            "unknown",
        ),
        again(
            on(
                "The answer drips, a byte every 20 ms, once",
                first(),
                Fault::Drip(ms(20)),
            ),
            "unknown",
        ),
        on(
            "The answer drips, every time",
            always(),
            Fault::Drip(ms(20)),
        )
        .request("accepted: 4 × unknown, then accepted")
        .newest(FOUND),
    ]
}

pub(super) fn broken() -> Vec<Row> {
    let part = "Broken connections";
    let on = |fault, calls, what| on(part, fault, calls, what);
    let mut rows = vec![again(
        on(
            "Reset before the request is read, once",
            Calls::creates().after(1).times(1),
            Fault::Reset(Moment::BeforeRequest),
        ),
        "unknown",
    )];
    for (fault, moment) in [
        (
            "Reset after the request is read, before it is done, once",
            Moment::AfterRequest,
        ),
        (
            "Reset after the request is done, before the answer, once",
            Moment::BeforeReply,
        ),
        (
            "Reset in the middle of the answer, once",
            Moment::DuringReply,
        ),
    ] {
        rows.push(again(on(fault, first(), Fault::Reset(moment)), "unknown"));
    }
    rows.extend([
        on(
            "Reset after the whole answer, once",
            first(),
            Fault::Reset(Moment::AfterReply),
        )
        .request("accepted: accepted 201"),
        on(
            "Reset before the request is done, every time",
            always(),
            Fault::Reset(Moment::AfterRequest),
        )
        .batch(LEFT)
        .request("unknown: 5 × unknown")
        .newest(LOST)
        .asked("1 0 1")
        .mended(),
        again(
            on(
                "The request is accepted and the answer is lost, once",
                first(),
                Fault::LostReply,
            ),
            "unknown",
        ),
        on(
            "The request is accepted and the answer is lost, every time",
            always(),
            Fault::LostReply,
        )
        .request("accepted: 4 × unknown, then accepted")
        .newest(FOUND),
        Row::new(
            part,
            "The same, and questions about it are answered with 503",
            Strike::Server(
                Faults::none()
                    .on(always(), Fault::LostReply)
                    .on(Calls::reads(), Fault::status(503)),
            ),
        )
        .batch(LEFT)
        .request("unknown: 5 × unknown")
        .newest(LOST)
        .mended(),
        Row::new(part, "Nobody is there", Strike::Gone)
            .alone()
            .batch("paused: 1 not sent")
            .why("There is no connection to the server. Resume when there is one.")
            .request("not-sent: 5 × not-sent")
            .newest("no connection to the server")
            .asked("0")
            .mended(),
    ]);
    rows
}

pub(super) fn security() -> Vec<Row> {
    let part = "Secure connections";
    let tls = |fault, what, reason: &str| {
        let newest = format!("no secure connection to the server: {reason}");
        Row::new(part, fault, Strike::Tls(what))
            .alone()
            .batch("paused: 1 not sent")
            .why(&format!(
                "There is {newest}. Nothing was sent. Check the connection's address and certificates, then resume."
            ))
            .request("not-sent: not-sent")
            .newest(&newest)
            .asked("0")
            .mended()
    };
    let silent = |fault, what, newest: &str| {
        Row::new(part, fault, Strike::Tls(what))
            .alone()
            .batch("paused: 1 not sent")
            .why(&format!("There is {newest}. Resume when there is one."))
            .request("not-sent: 5 × not-sent")
            .newest(newest)
            .asked("0")
            .mended()
    };
    vec![
        tls(
            "The certificate has expired",
            TlsFault::Expired,
            "invalid peer certificate: certificate expired: verification time … (UNIX), but certificate is not valid after … (… seconds ago)",
        ),
        tls(
            "The certificate is not valid yet",
            TlsFault::NotYetValid,
            "invalid peer certificate: certificate not valid yet: verification time … (UNIX), but certificate is not valid before … (… seconds in future)",
        ),
        tls(
            "The certificate is for another host",
            TlsFault::WrongHost,
            "invalid peer certificate: certificate not valid for name \"localhost\"; certificate is only valid for DnsName(\"api.example.com\")",
        ),
        tls(
            "The certificate's issuer is not known",
            TlsFault::UnknownIssuer,
            "invalid peer certificate: UnknownIssuer",
        ),
        tls(
            "The handshake is answered in plain HTTP",
            TlsFault::PlainHttp,
            "received corrupt message of type InvalidContentType",
        ),
        silent(
            "Reset in the handshake",
            TlsFault::ResetInHandshake,
            "no connection to the server",
        ),
        silent(
            "The handshake is not answered",
            TlsFault::Silence,
            "no connection in time",
        ),
        Row::new(part, "None", Strike::Tls(TlsFault::None)).request("accepted: accepted 201"),
    ]
}
