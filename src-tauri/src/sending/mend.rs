//! Putting one wrong contact right and sending its request again, as a new one.

use std::sync::Arc;

use contacts::{ContactList, Limits, ListAsk, Region};
use humanos::Body;
use ledger::{NewRequest, State};
use uuid::Uuid;

use super::Sending;
use crate::adapters::clock::now_ms;
use crate::commands::requests::number;
use crate::error::Problem;
use crate::wire::Mended;

const FIELD: &str = "contact";

impl Sending {
    /// The refused `request` without `contact`, and with `replacement` in its place.
    pub(crate) fn mend(
        self: &Arc<Self>,
        request: &str,
        contact: &str,
        replacement: &str,
        region: Region,
    ) -> Result<Mended, Problem> {
        let ledger = self.apart()?;
        let record = ledger
            .request(request)?
            .ok_or_else(|| Problem::gone("request"))?;
        let batch = record.batch.ok_or_else(|| Problem::gone("batch"))?;
        if record.state != State::Refused {
            return Err(Problem::at(
                FIELD,
                "Only a request that was refused can be sent again as another. Look at this one as it is now.",
            ));
        }
        let mended = judged(replacement, region)?;
        if record
            .people
            .iter()
            .any(|p| p.eq_ignore_ascii_case(&mended))
        {
            return Err(Problem::at(
                FIELD,
                "This request asks that contact already. Give another.",
            ));
        }
        let body = Body::from_stored(record.body).map_err(|e| Problem::internal(e.to_string()))?;
        let body = body
            .with_contact(contact, &mended)
            .ok_or_else(|| Problem::at(FIELD, format!("This request does not ask {contact}.")))?;
        let people = record.people.into_iter().map(|person| {
            if person.eq_ignore_ascii_case(contact) {
                mended.clone()
            } else {
                person
            }
        });
        let new = NewRequest {
            id: Uuid::new_v4().to_string(),
            connection_id: record.connection_id,
            connection_name: record.connection_name,
            practice: record.practice,
            url: record.url,
            api_version: record.api_version,
            idempotency_key: Uuid::new_v4().to_string(),
            body_sha256: body.sha256_hex(),
            body: body.as_bytes().to_vec(),
            name: record.name,
            internal_id: record.internal_id,
            security_level: record.security_level,
            pub_key: record.pub_key,
            // Its redirect address leads there from now on.
            return_nonce: ledger.return_nonce(request)?,
            people: people.collect(),
            at_ms: now_ms(),
        };
        let alone = self.is_idle(&batch)?;
        let position = ledger.replace_refused(request, &new, now_ms())?;
        self.send_again(&batch, alone)?;
        Ok(Mended {
            request: new.id,
            number: number(position),
            contact: mended,
        })
    }
}

/// A contact as it will be sent, judged as the rows of a list are.
pub(crate) fn judged(text: &str, region: Region) -> Result<String, Problem> {
    let mut list = ContactList::new(region);
    let added = list
        .add_text(text, &Limits::default())
        .map_err(|_| Problem::at(FIELD, "Give an email address or a phone number."))?;
    let picked = list.picked();
    if added.rows == 1 && picked.len() == 1 {
        return Ok(picked.contact(0).to_owned());
    }
    if added.rows > 1 {
        return Err(Problem::at(
            FIELD,
            "Give one email address or phone number.",
        ));
    }
    let rows = list.rows(&ListAsk::default(), 0, 1).rows;
    let reason = rows.iter().flat_map(|row| &row.reasons).next();
    let said = reason.map_or("This is no email address or phone number", |reason| {
        reason.message.as_str()
    });
    Err(Problem::at(
        FIELD,
        format!("{}.", said.trim_end_matches('.')),
    ))
}
