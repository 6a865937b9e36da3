//! Takes what is documented out of an object and keeps account of what is left.

use super::{Date, Decision, Detail, GrantorDecision, Rest};
use crate::envelope::tree::{Members, Node};
use crate::moment;

/// An object and which of its members were understood.
pub(super) struct Taken<'n, 'a> {
    path: String,
    members: &'n Members<'a>,
    known: Vec<&'n str>,
}

impl<'n, 'a> Taken<'n, 'a> {
    pub(super) fn new(path: &str, members: &'n Members<'a>) -> Self {
        Self {
            path: path.to_owned(),
            members,
            known: Vec::new(),
        }
    }

    /// What `read` makes of a member; if it makes nothing of it, the member stays raw.
    fn take<T>(&mut self, name: &str, read: impl FnOnce(&'n Node<'a>) -> Option<T>) -> Option<T> {
        let (key, node) = self.members.iter().find(|(key, _)| key == name)?;
        let value = read(node);
        // Nothing is lost with a null.
        if value.is_some() || *node == Node::Null {
            self.known.push(key);
        }
        value
    }

    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        self.take(name, |node| node.text().map(str::to_owned))
    }

    pub(super) fn truth(&mut self, name: &str) -> Option<bool> {
        self.take(name, |node| match node {
            Node::Bool(truth) => Some(*truth),
            _ => None,
        })
    }

    pub(super) fn number(&mut self, name: &str) -> Option<String> {
        self.take(name, |node| match node {
            Node::Number(number) => Some(number.to_string()),
            _ => None,
        })
    }

    pub(super) fn date(&mut self, name: &str) -> Option<Date> {
        self.take(name, date)
    }

    pub(super) fn decision(&mut self, name: &str) -> Option<Decision> {
        Some(match self.text(name)?.as_str() {
            "accept" => Decision::Accepted,
            "reject" => Decision::Rejected,
            other => Decision::Other(other.to_owned()),
        })
    }

    pub(super) fn detail(&mut self, known: &'static str) -> Option<Detail> {
        let values = self.take(known, |node| match node {
            Node::List(items) if known == "addresses" => items.iter().map(scalar).collect(),
            other => Some(vec![scalar(other)?]),
        })?;
        Some(Detail {
            name: known,
            values,
        })
    }

    /// What each of several people decided. A list with anything undocumented in it stays raw besides.
    pub(super) fn decisions(&mut self) -> Vec<GrantorDecision> {
        let mut decisions = Vec::new();
        self.take("decisions", |node| {
            let Node::List(items) = node else { return None };
            let mut raw = Vec::new();
            for item in items {
                let mut item = Taken::new("", item.object()?);
                decisions.push(GrantorDecision {
                    id: item.text("id"),
                    contact: item.text("contact"),
                    accepted: item.truth("accepted"),
                    decided_at: item.date("decidedAt"),
                });
                item.leave(&mut raw);
            }
            raw.is_empty().then_some(())
        });
        decisions
    }

    /// Reads a member that is an object; what is left of it goes to `rest`.
    pub(super) fn inside<T>(
        &mut self,
        name: &str,
        rest: &mut Vec<Rest>,
        read: impl FnOnce(&mut Self) -> T,
    ) -> Option<T> {
        let members = self.take(name, Node::object)?;
        let mut inside = Taken::new(&self.path_of(name), members);
        let value = read(&mut inside);
        inside.leave(rest);
        Some(value)
    }

    pub(super) fn leave(self, rest: &mut Vec<Rest>) {
        for (key, node) in self.members {
            if !self.known.contains(&key.as_ref()) {
                rest.push(Rest {
                    path: self.path_of(key),
                    json: node.json(),
                });
            }
        }
    }

    fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }
}

fn date(node: &Node<'_>) -> Option<Date> {
    let text = node.text()?.to_owned();
    let ms = moment::parse_ms(&text);
    Some(Date { text, ms })
}

fn scalar(node: &Node<'_>) -> Option<String> {
    match node {
        Node::Text(text) => Some(text.to_string()),
        Node::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
