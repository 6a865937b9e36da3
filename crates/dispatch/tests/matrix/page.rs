//! The table as a page for readers.

use crate::row::Row;

const HEAD: &str = "\
# Faults, and what becomes of a batch

Everything that can go wrong on the wire, one row each. `crates/dispatch/tests/matrix` lets a batch meet every one of
them: the real engine, client and encrypted ledger against the practice server over sockets. That test fails when a
batch ends otherwise than this page says, and writes the page (`UPDATE_DOCS=1 cargo test -p dispatch --test matrix`).

Each batch asks three people, one request each and one at a time. Unless a row says otherwise the fault strikes the
second request; where it strikes all there are, one person is asked. The test is more impatient than the app: a call may take 2 seconds (60 in the app), waits before the
next attempt are of some milliseconds, and the server may ask for at most 2 seconds of patience (120 in the app).

- **Batch**: where it stands when it does not go on by itself, with its requests. Under it the sentence that the
  officer reads of a paused batch.
- **Request**: where the struck request stands in the ledger, its attempts as kept there, and what the newest one says.
- **Asked**: how often the server asked each of the three, by its own books. Nobody is ever asked twice.
- **Afterwards**: the same once all is well again and the officer goes on. Empty where nothing is left to do.
";

pub(crate) fn write(rows: &[Row]) -> String {
    let mut page = HEAD.to_owned();
    let mut part = "";
    for row in rows {
        if row.part != part {
            part = row.part;
            page.push_str(&format!(
                "\n## {part}\n\n| Fault | Batch | Request | Asked | Afterwards |\n|---|---|---|---|---|\n"
            ));
        }
        let says = &row.says;
        let quoted = |said: &str| match said {
            "" => String::new(),
            said => format!("<br>“{}”", said.replace('|', "\\|")),
        };
        page.push_str(&format!(
            "| {} | {}{} | {}{} | {} | {} |\n",
            row.fault,
            says.batch,
            quoted(&says.why),
            says.request,
            quoted(&says.newest),
            says.asked,
            says.over
        ));
    }
    page
}
