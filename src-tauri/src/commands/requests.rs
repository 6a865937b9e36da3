//! Past requests: list, open, reveal a code, copy or open a link, export a receipt.

use jiff::{Timestamp, tz::TimeZone};
use ledger::{EventKind, RequestPage, RequestRecord};
use sha2::{Digest, Sha256};
use tauri::{AppHandle, Manager, State};
use tauri_plugin_clipboard_manager::ClipboardExt;
use tauri_plugin_dialog::DialogExt;
use tauri_plugin_opener::OpenerExt;

use super::blocking;
use crate::adapters::clock::now_ms;
use crate::adapters::data_dir::write_durably;
use crate::error::{Problem, ProblemCode};
use crate::evidence;
use crate::failure;
use crate::state::{App, Inner};
use crate::wire::{
    AttemptView, CredentialView, EventView, Exported, ReceiptAsk, ReceiptFormat, RequestDetail,
    RequestList, RequestListRow, SubjectView,
};
use crate::{answers, returns, status};

#[tauri::command(async)]
pub(crate) fn requests(
    app: State<'_, App>,
    search: &str,
    offset: u32,
    limit: u32,
) -> Result<RequestList, Problem> {
    let page = app
        .held()
        .ledger()?
        .requests(search, offset, limit.min(500))?;
    Ok(listed(page))
}

#[tauri::command(async)]
pub(crate) fn request(app: State<'_, App>, id: &str) -> Result<RequestDetail, Problem> {
    detail(&app.held(), id)
}

/// The one-time code of one person. Asking for it is an event.
#[tauri::command(async)]
pub(crate) fn reveal_code(
    app: State<'_, App>,
    request: &str,
    subject: usize,
) -> Result<String, Problem> {
    let inner = app.held();
    let person = person(&inner, request, subject)?;
    let code = person.code.ok_or_else(|| Problem::gone("code"))?;
    let detail = serde_json::json!({ "subject": person.id }).to_string();
    inner
        .ledger()?
        .record_event(Some(request), EventKind::CodeRevealed, &detail, now_ms())?;
    Ok(code)
}

#[tauri::command(async)]
pub(crate) fn copy_link(
    handle: AppHandle,
    app: State<'_, App>,
    request: &str,
    subject: usize,
) -> Result<(), Problem> {
    let link = link(&app.held(), request, subject)?;
    handle.clipboard().write_text(link).map_err(|error| {
        Problem::new(
            ProblemCode::Clipboard,
            format!("The clipboard refused: {error}. Select the link and copy it by hand."),
        )
    })
}

#[tauri::command(async)]
pub(crate) fn open_link(
    handle: AppHandle,
    app: State<'_, App>,
    request: &str,
    subject: usize,
) -> Result<(), Problem> {
    let link = link(&app.held(), request, subject)?;
    // The link is the server's word: anything but a web page would start another program.
    if !(link.starts_with("https://") || link.starts_with("http://127.0.0.1:")) {
        return Err(Problem::internal(
            "This link does not lead to a web page, so it is not opened.",
        ));
    }
    handle
        .opener()
        .open_url(link, None::<&str>)
        .map_err(|error| {
            Problem::internal(format!(
                "No browser could be opened: {error}. Copy the link instead."
            ))
        })
}

/// Writes the signed receipt where the officer says; `null` when the dialog was closed.
#[tauri::command]
pub(crate) async fn export_receipt(
    handle: AppHandle,
    request: String,
    ask: ReceiptAsk,
) -> Result<Option<Exported>, Problem> {
    blocking(move || exported(&handle, &request, &ask)).await
}

fn exported(
    handle: &AppHandle,
    request: &str,
    ask: &ReceiptAsk,
) -> Result<Option<Exported>, Problem> {
    let app = handle.state::<App>();
    let mut watch = evidence::Watch::begin(handle, &app.exporting)?;
    let desk = evidence::Desk::open(&app, &ask.mask, &mut watch)?;
    let moment = desk.now(&mut watch)?;
    let (receipt, record) = moment.receipt(request)?;
    let (bytes, kind, end) = match ask.format {
        ReceiptFormat::Json => (receipt.text().as_bytes().to_vec(), "Receipt (JSON)", "json"),
        ReceiptFormat::Pdf => (moment.page(&receipt, ask.language)?, "Receipt (PDF)", "pdf"),
    };
    let stamp_problem = moment.stamp_problem.clone();
    drop(moment);
    // The dialog may stay open for long.
    drop(watch);
    let chosen = handle
        .dialog()
        .file()
        .set_title("Save the receipt")
        .set_file_name(format!("{}.{end}", file_name(&record)))
        .add_filter(kind, &[end])
        .blocking_save_file();
    let Some(path) = chosen.and_then(|file| file.into_path().ok()) else {
        return Ok(None);
    };
    write_durably(&path, &bytes).map_err(|error| {
        Problem::new(
            ProblemCode::SaveFailed,
            format!("The receipt could not be written there: {error}. Choose another folder."),
        )
    })?;
    let sha256: String = Sha256::digest(&bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let noted = serde_json::json!({ "sha256": sha256 }).to_string();
    app.held()
        .ledger()?
        .record_event(Some(request), EventKind::Exported, &noted, now_ms())?;
    Ok(Some(Exported {
        path: path.display().to_string(),
        requests: 1,
        left_out: 0,
        stamp_problem,
        damage_count: desk.damages,
    }))
}

/// A page of requests as the window shows it.
pub(crate) fn listed(page: RequestPage) -> RequestList {
    let rows = page.rows.into_iter().map(|row| RequestListRow {
        number: row.position.map(number),
        id: row.id,
        name: row.name,
        internal_id: row.internal_id,
        humanos_id: some(row.humanos_id),
        people: row.people,
        first_contact: row.first_contact,
        security_level: row.security_level,
        state: row.state.into(),
        created_at_ms: row.created_at_ms,
        connection_name: row.connection_name,
        practice: row.practice,
    });
    RequestList {
        total: page.total,
        rows: rows.collect(),
    }
}

/// Of a place in a batch, from 0, the number that is shown.
pub(crate) fn number(position: u64) -> u32 {
    u32::try_from(position.saturating_add(1)).unwrap_or(u32::MAX)
}

/// A request as the window shows it.
pub(crate) fn detail(inner: &Inner, id: &str) -> Result<RequestDetail, Problem> {
    let record = record(inner, id)?;
    let ledger = inner.ledger()?;
    let failure = failure::of(&record);
    let answers = ledger.payloads(id)?.into_iter();
    Ok(RequestDetail {
        failure,
        return_to: returns::of(ledger, &record)?,
        status: status::last(&record),
        answers: answers
            .map(|payload| answers::view(payload, Some(record.name.clone())))
            .collect(),
        people: u32::try_from(record.people.len()).unwrap_or(u32::MAX),
        subjects: subjects(&record),
        attempts: attempts(&record),
        events: events(&record),
        credentials: record
            .credentials
            .into_iter()
            .map(|credential| CredentialView {
                id: credential.id,
                name: some(credential.name),
                internal_id: some(credential.internal_id),
            })
            .collect(),
        body: String::from_utf8_lossy(&record.body).into_owned(),
        id: record.id,
        batch_id: record.batch,
        name: record.name,
        internal_id: record.internal_id,
        humanos_id: some(record.humanos_id),
        state: record.state.into(),
        security_level: record.security_level,
        connection_name: record.connection_name,
        practice: record.practice,
        url: record.url,
        api_version: record.api_version,
        idempotency_key: record.idempotency_key,
        body_sha256: record.body_sha256,
        created_at_ms: record.created_at_ms,
    })
}

/// A moment in the officer's own time, for sentences.
pub(crate) fn spoken_time(at_ms: i64) -> String {
    let at = Timestamp::from_millisecond(at_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    let here = at.to_zoned_datetime(TimeZone::system());
    here.strftime("%e %B %Y at %H:%M")
        .to_string()
        .trim()
        .to_owned()
}

fn record(inner: &Inner, id: &str) -> Result<RequestRecord, Problem> {
    inner
        .ledger()?
        .request(id)?
        .ok_or_else(|| Problem::gone("request"))
}

fn person(inner: &Inner, request: &str, subject: usize) -> Result<ledger::Subject, Problem> {
    record(inner, request)?
        .subjects
        .into_iter()
        .nth(subject)
        .ok_or_else(|| Problem::gone("person"))
}

fn link(inner: &Inner, request: &str, subject: usize) -> Result<String, Problem> {
    person(inner, request, subject)?
        .link
        .ok_or_else(|| Problem::gone("link"))
}

fn subjects(record: &RequestRecord) -> Vec<SubjectView> {
    record
        .subjects
        .iter()
        .zip(0..)
        .map(|(subject, index)| SubjectView {
            index,
            id: subject.id.clone(),
            contact: subject.contact.clone(),
            link: subject.link.clone(),
            has_code: subject.code.is_some(),
        })
        .collect()
}

fn attempts(record: &RequestRecord) -> Vec<AttemptView> {
    record
        .attempts
        .iter()
        .map(|attempt| AttemptView {
            number: attempt.number,
            started_at_ms: attempt.started_at_ms,
            ended_at_ms: attempt.ended_at_ms,
            result: attempt.result.to_string(),
            status: attempt.status,
            server_date: attempt.server_date.clone(),
            server_request_id: attempt.server_request_id.clone(),
        })
        .collect()
}

fn events(record: &RequestRecord) -> Vec<EventView> {
    record
        .events
        .iter()
        .map(|event| EventView {
            at_ms: event.at_ms,
            kind: event.kind.to_string(),
            text: event.detail_json.clone(),
        })
        .collect()
}

fn file_name(record: &RequestRecord) -> String {
    let label = if record.internal_id.is_empty() {
        &record.name
    } else {
        &record.internal_id
    };
    let safe: String = label
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '-' {
                c
            } else {
                '-'
            }
        })
        .take(60)
        .collect();
    let id = record.id.get(..8).unwrap_or(&record.id);
    format!(
        "receipt-{}{id}",
        if safe.is_empty() {
            safe
        } else {
            format!("{safe}-")
        }
    )
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}
