//! A page put into a language: what the template gets, as JSON. Every text in it has been made visible and
//! bounded; the template only places it. The tables are in `tables`.

mod tables;

use serde::Serialize;

use crate::letters::Letters;
use crate::moment::{Clock, utc};
use crate::page::{Page, Resource, Timestamped};
use crate::phrases::{Language, Phrases};

/// How many characters of a text are printed, and how many rows: the rest is in the file attached, and
/// the page says so.
const TEXT: usize = 400;
const SHORT_TEXT: usize = 160;
const FOOTER: usize = 40;
const RESOURCES: usize = 40;

#[derive(Serialize)]
pub(crate) struct Sheet {
    language: &'static str,
    title: &'static str,
    document_title: String,
    subject: Text,
    marks: Vec<Text>,
    clock: String,
    sections: Vec<Section>,
    footer: Text,
    page: [&'static str; 3],
    attachment: Option<Attachment>,
}

#[derive(Serialize)]
struct Section {
    title: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pairs: Vec<(&'static str, Text)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<Table>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lines: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remark: Option<String>,
}

#[derive(Serialize)]
struct Table {
    columns: Vec<Column>,
    rows: Vec<Row>,
}

/// A column and its share of the width.
#[derive(Serialize)]
struct Column {
    title: &'static str,
    share: f32,
}

/// The cells of a row and lines under it that run across all columns.
#[derive(Serialize)]
struct Row {
    cells: Vec<Text>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<(&'static str, Text)>,
}

/// A text in pieces between which a line may end; `mono` for what is compared letter by letter.
#[derive(Serialize)]
struct Text {
    pieces: Vec<String>,
    mono: bool,
}

#[derive(Serialize)]
struct Attachment {
    description: &'static str,
}

/// The sheet for a page; `file_sha256` is of the receipt file, in lower-case hex.
pub(crate) fn sheet(
    page: &Page,
    file_sha256: &str,
    language: Language,
    letters: &Letters<'_>,
    attach: bool,
) -> Sheet {
    let phrases = language.phrases();
    let writer = Writer {
        phrases,
        letters,
        clock: Clock::new(page.utc_offset_minutes, phrases),
    };
    let id = writer.letters.show(&page.request.id, SHORT_TEXT);
    let title = format!("{} {}", phrases.title, id.pieces.concat());
    Sheet {
        language: language.code(),
        title: phrases.title,
        subject: writer.subject(page),
        marks: writer.marks(page),
        clock: phrases.clock.replace("{zone}", &writer.clock.zone()),
        sections: vec![
            writer.who(page),
            writer.what(page),
            writer.people(page),
            writer.attempts(&page.attempts),
            writer.events(&page.events),
            writer.evidence(page, file_sha256),
            Section {
                lines: vec![
                    phrases.verify_in_app,
                    phrases.verify_in_terminal,
                    phrases.verify_without,
                ],
                ..Section::new(phrases.how_to_verify)
            },
        ],
        footer: writer.text(&page.request.id, FOOTER, true),
        page: around_numbers(phrases.page),
        document_title: title,
        attachment: attach.then_some(Attachment {
            description: phrases.title,
        }),
    }
}

impl Section {
    fn new(title: &'static str) -> Self {
        Self {
            title,
            pairs: Vec::new(),
            table: None,
            lines: Vec::new(),
            remark: None,
        }
    }
}

struct Writer<'w> {
    phrases: &'static Phrases,
    letters: &'w Letters<'w>,
    clock: Clock,
}

impl Writer<'_> {
    /// What tells this receipt from others at a glance: its name, or else its id.
    fn subject(&self, page: &Page) -> Text {
        let named = [&page.request.name, &page.request.id];
        let subject = named.into_iter().find(|text| !text.is_empty());
        self.text(subject.map_or("", String::as_str), SHORT_TEXT, false)
    }

    fn marks(&self, page: &Page) -> Vec<Text> {
        let mut marks = Vec::new();
        if page.practice {
            marks.push(plain(self.phrases.practice));
        }
        if page.interim {
            marks.push(plain(self.phrases.interim));
        }
        if !page.masked.is_empty() {
            let fields: Vec<_> = page
                .masked
                .iter()
                .map(|f| (self.phrases.field)(*f))
                .collect();
            marks.push(plain(
                self.phrases.masked.replace("{fields}", &fields.join(", ")),
            ));
        }
        marks
    }

    fn who(&self, page: &Page) -> Section {
        let p = self.phrases;
        let made = format!(
            "{} = {} UTC · ",
            self.clock.local(page.exported_at_ms),
            utc(page.exported_at_ms)
        );
        let mut made = plain(made);
        made.pieces.extend(self.plain(&page.app).pieces);
        Section {
            pairs: vec![
                (p.officer, self.plain(&page.asker.officer)),
                (p.organisation, self.plain(&page.asker.organisation)),
                (p.connection, self.plain(&page.asker.connection)),
                (p.receipt_made, made),
            ],
            ..Section::new(p.who_asked)
        }
    }

    fn what(&self, page: &Page) -> Section {
        let p = self.phrases;
        let request = &page.request;
        let mut pairs = vec![
            (p.name, self.plain(&request.name)),
            (p.outcome, plain((p.state)(request.state))),
            (p.level, self.plain(&request.security_level)),
            (p.planned, plain(self.both(request.planned_at_ms))),
        ];
        match &request.resources {
            Some(resources) if resources.is_empty() => pairs.push((p.asked_to, plain(p.none))),
            Some(resources) => self.resources(p.asked_to, resources, &mut pairs),
            None => pairs.push((p.asked_to, plain(p.unreadable))),
        }
        self.resources(p.credentials, &request.credentials, &mut pairs);
        pairs.push((p.request_id, self.mono(&request.id)));
        pairs.push((p.humanos_id, self.mono(&request.humanos_id)));
        if !request.internal_id.is_empty() {
            pairs.push((p.internal_id, self.mono(&request.internal_id)));
        }
        let sent = &page.sent;
        pairs.push((
            p.endpoint,
            self.mono(&format!("{} {}", sent.method, sent.url)),
        ));
        pairs.push((p.api_version, self.mono(&sent.api_version)));
        pairs.push((p.idempotency_key, self.mono(&sent.idempotency_key)));
        let mut body = self.mono(&sent.body_sha256);
        let bytes = p.bytes.replace("{n}", &sent.body_length.to_string());
        body.pieces.push(format!(" ({bytes})"));
        pairs.push((p.body, body));
        Section {
            pairs,
            ..Section::new(p.what_was_asked)
        }
    }

    fn resources(
        &self,
        label: &'static str,
        resources: &[Resource],
        pairs: &mut Vec<(&'static str, Text)>,
    ) {
        let shown = resources.iter().take(RESOURCES);
        pairs.extend(shown.map(|resource| (label, self.resource(resource))));
        if let Some(more) = self.more(resources.len(), RESOURCES) {
            pairs.push((label, plain(more)));
        }
    }

    fn resource(&self, resource: &Resource) -> Text {
        let kind = (self.phrases.resource)(resource.kind);
        let mut pieces = vec![format!("{kind} ")];
        let named = [&resource.name, &resource.id];
        let named: Vec<_> = named.into_iter().filter(|text| !text.is_empty()).collect();
        for (index, text) in named.into_iter().enumerate() {
            if index > 0 {
                pieces.push(" · ".to_owned());
            }
            pieces.extend(self.text(text, SHORT_TEXT, false).pieces);
        }
        Text {
            pieces,
            mono: false,
        }
    }

    fn evidence(&self, page: &Page, file_sha256: &str) -> Section {
        let p = self.phrases;
        let mut root = self.mono(&page.head.root);
        let over = p.head_over.replace("{n}", &page.head.size.to_string());
        let seen = match page.head.timestamp {
            Timestamped::Yes => p.timestamped,
            Timestamped::No => p.not_timestamped,
        };
        root.pieces.push(format!(" ({over}, {seen})"));
        let key = &page.asker.device_key;
        let pairs = vec![
            (p.attached_file, self.mono(file_sha256)),
            (p.device_key, self.mono(&key.id)),
            (p.key_fingerprint, self.mono(&key.fingerprint)),
            (p.head, root),
        ];
        Section {
            pairs,
            ..Section::new(p.evidence)
        }
    }

    fn both(&self, ms: i64) -> String {
        format!("{} = {} UTC", self.clock.local(ms), utc(ms))
    }

    fn plain(&self, text: &str) -> Text {
        if text.is_empty() {
            return plain(self.phrases.none);
        }
        self.text(text, TEXT, false)
    }

    fn mono(&self, text: &str) -> Text {
        if text.is_empty() {
            return plain(self.phrases.none);
        }
        self.text(text, TEXT, true)
    }

    fn text(&self, text: &str, most: usize, mono: bool) -> Text {
        let visible = self.letters.show(text, most);
        self.joined(visible.pieces, visible.left_off, mono)
    }

    fn joined(&self, mut pieces: Vec<String>, left_off: usize, mono: bool) -> Text {
        if left_off > 0 {
            let more = self.phrases.more_characters;
            pieces.push(format!(" {}", more.replace("{n}", &left_off.to_string())));
        }
        Text { pieces, mono }
    }

    fn more(&self, there: usize, most: usize) -> Option<String> {
        let more = there.checked_sub(most).filter(|more| *more > 0)?;
        Some(self.phrases.more_rows.replace("{n}", &more.to_string()))
    }
}

fn plain(text: impl Into<String>) -> Text {
    Text {
        pieces: vec![text.into()],
        mono: false,
    }
}

/// A phrase with `{n}` and `{m}` as what stands before, between and after the two.
fn around_numbers(phrase: &'static str) -> [&'static str; 3] {
    let (before, rest) = phrase.split_once("{n}").unwrap_or((phrase, ""));
    let (between, after) = rest.split_once("{m}").unwrap_or((rest, ""));
    [before, between, after]
}
