//! One connection, which is good for one call: reads its head within bounds, says what was heard,
//! answers, closes. A body is never read.

use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use hyper::body::Incoming;
use hyper::http::request::Parts;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::{Instant, timeout};

use crate::bucket::Bucket;
use crate::judge::{MAX_HEADER_BYTES, Verdict, Why, judge};
use crate::link::{MAX_LINK_BYTES, Return};
use crate::page;

/// How long the head of a call may take.
const HEAD_LIMIT: Duration = Duration::from_secs(5);
/// How long a connection may last, with an answer that nobody fetches.
const CALL_LIMIT: Duration = Duration::from_secs(10);
const MAX_HEADERS: usize = 64;
/// Past this a head is not even looked at; what is shorter is judged part by part.
const MAX_HEAD_BYTES: usize = MAX_LINK_BYTES + MAX_HEADER_BYTES + 1024;
/// So many calls are answered in a minute.
const CALLS: usize = 60;
/// So many refusals are told in a minute, floods apart.
const REFUSALS: usize = 10;

/// What a listener heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Somebody came back. Whether the nonce is known is for others to say.
    Return(Return),
    /// A call was refused. Not every one is told: at most ten in a minute, and one
    /// [`Why::Flood`].
    Refused(Why),
}

/// Takes what was heard to the one who wants to know, and keeps count.
pub(crate) struct Ear {
    port: u16,
    hear: Arc<dyn Fn(Heard) + Send + Sync>,
    limits: Mutex<Limits>,
}

struct Limits {
    calls: Bucket,
    refusals: Bucket,
    floods: Bucket,
}

impl Ear {
    pub(crate) fn new(port: u16, hear: Arc<dyn Fn(Heard) + Send + Sync>) -> Self {
        Self {
            port,
            hear,
            limits: Mutex::new(Limits {
                calls: Bucket::new(CALLS),
                refusals: Bucket::new(REFUSALS),
                floods: Bucket::new(1),
            }),
        }
    }

    /// Serves the one call of a connection.
    pub(crate) async fn serve<I: AsyncRead + AsyncWrite + Unpin>(&self, io: I) {
        let service = service_fn(|call: Request<Incoming>| {
            let answer = self.answer(&call.into_parts().0);
            async move { Ok::<_, Infallible>(answer) }
        });
        let mut connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_LIMIT)
            // A caller that has said all may close its half and wait for the answer.
            .half_close(true)
            .keep_alive(false)
            .max_buf_size(MAX_HEAD_BYTES)
            .max_header_size(MAX_HEAD_BYTES)
            .max_headers(MAX_HEADERS)
            .serve_connection(TokioIo::new(io), service);
        let Ok(Err(error)) = timeout(CALL_LIMIT, &mut connection).await else {
            return;
        };
        if error.is_parse_too_large() {
            self.unreadable(Why::TooLong);
        } else if error.is_parse() || error.is_incomplete_message() {
            self.unreadable(Why::Malformed);
        } else if error.is_timeout() && !connection.into_parts().read_buf.is_empty() {
            // Browsers open connections in advance; one that says nothing is no call.
            self.unreadable(Why::Malformed);
        }
    }

    /// Tells of a call that is refused, as far as there is a turn for it.
    pub(crate) fn refused(&self, why: Why) {
        let now = Instant::now();
        let told = match why {
            Why::Flood => self.limits().floods.take(now),
            _ => self.limits().refusals.take(now),
        };
        if told {
            self.tell(Heard::Refused(why));
        }
    }

    fn answer(&self, call: &Parts) -> Response<String> {
        if !self.admits() {
            self.refused(Why::Flood);
            return page::refusal(Why::Flood, StatusCode::TOO_MANY_REQUESTS);
        }
        match judge(call, self.port) {
            Verdict::Return(back) => {
                self.tell(Heard::Return(back));
                page::thanks()
            }
            Verdict::Refused(why, status) => {
                self.refused(why);
                page::refusal(why, status)
            }
            Verdict::Favicon => page::refusal(Why::NotHere, StatusCode::NOT_FOUND),
        }
    }

    /// A call that HTTP itself has refused, with a bare 4xx or none. It counts like any other.
    fn unreadable(&self, why: Why) {
        let why = if self.admits() { why } else { Why::Flood };
        self.refused(why);
    }

    fn admits(&self) -> bool {
        self.limits().calls.take(Instant::now())
    }

    /// The one who hears may panic; the caller gets an answer all the same.
    fn tell(&self, heard: Heard) {
        // The panic has been reported by its hook, and nothing of ours is left half done.
        let _ = catch_unwind(AssertUnwindSafe(|| (self.hear)(heard)));
    }

    fn limits(&self) -> MutexGuard<'_, Limits> {
        self.limits.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is answered to these bytes and no more, all there at once, and what is told of it.
    async fn answered(bytes: &str) -> (String, Vec<Heard>) {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ear = Arc::clone(&heard);
        let ear = Ear::new(1, Arc::new(move |what| ear.lock().unwrap().push(what)));
        let mut answer = Vec::new();
        ear.serve(tokio::io::join(bytes.as_bytes(), &mut answer))
            .await;
        let heard = heard.lock().unwrap().clone();
        (String::from_utf8(answer).unwrap(), heard)
    }

    #[tokio::test]
    async fn a_caller_that_says_no_more_is_answered() {
        let call = "GET / HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n";
        let (answer, heard) = answered(call).await;
        assert!(answer.starts_with("HTTP/1.1 404 "), "{answer}");
        assert_eq!(heard, [Heard::Refused(Why::NotHere)]);
    }

    #[tokio::test]
    async fn a_body_cut_off_is_not_told_of() {
        for body in [
            "Content-Length: 9\r\n\r\na",
            "Transfer-Encoding: chunked\r\n\r\n",
            "Transfer-Encoding: chunked\r\n\r\nx",
            "Expect: 100-continue\r\nContent-Length: 9\r\n\r\n",
        ] {
            let call = format!("POST / HTTP/1.1\r\nHost: 127.0.0.1:1\r\n{body}");
            let (answer, heard) = answered(&call).await;
            assert!(answer.starts_with("HTTP/1.1 405 "), "{answer}");
            assert_eq!(heard, [Heard::Refused(Why::NotGet)], "{body}");
        }
    }
}
