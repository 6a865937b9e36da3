//! What the practice server makes of `Idempotency-Key`. The API states none of this, so it is a
//! choice, and others can be set.

/// How keys are treated. The same key with the same body on the same call always gets the first
/// answer again, and nothing is booked; a refused call leaves its key free.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Idempotency {
    /// The same key with other bytes or on another call.
    pub other_body: OtherBody,
    /// The same key while the first call with it is still being done.
    pub in_progress: InProgress,
    /// Keys older than this, by the server's clock, are as good as new. Without it the newest
    /// 10,000 are known.
    pub forgets_after_ms: Option<i64>,
}

/// The answer to a key that came with other bytes before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OtherBody {
    /// 409.
    #[default]
    Conflict,
    /// 422.
    Unprocessable,
}

/// The answer to a key whose first call is still being done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InProgress {
    /// None of its own: whichever call is done first books, the other one gets the same answer.
    #[default]
    Joined,
    /// 409, saying that it is in progress.
    Refused,
}
