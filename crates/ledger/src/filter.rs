//! Which requests are meant, for an export of many.

/// Requests, by where they belong and what is looked for in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Where they belong.
    pub within: Within,
    /// What they contain, as in [`Ledger::requests`](crate::Ledger::requests); empty for all.
    pub search: String,
}

/// Where requests belong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Within {
    /// The ledger.
    All,
    /// A batch, by its id.
    Batch(String),
    /// A period in which they were planned, Unix milliseconds.
    Period {
        /// The first instant of it.
        from_ms: i64,
        /// The first instant after it.
        to_ms: i64,
    },
    /// These, by their ids.
    Ids(Vec<String>),
}
