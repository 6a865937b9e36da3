//! The same pages by WeasyPrint: what Typst's template is given, as HTML.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use crate::Outcome;

const STYLE: &str = include_str!("page.css");

/// WeasyPrint with pages to set.
pub(super) struct Peer {
    python: PathBuf,
    folder: TempDir,
    count: usize,
}

impl Peer {
    /// `sheets` are what the template gets.
    pub(super) fn new(python: &Path, sheets: &[Vec<u8>]) -> Outcome<Self> {
        let folder = tempfile::tempdir()?;
        for (number, sheet) in sheets.iter().enumerate() {
            let html = html(&serde_json::from_slice(sheet)?);
            std::fs::write(folder.path().join(format!("{number:04}.html")), html)?;
        }
        std::fs::write(folder.path().join("page.css"), STYLE)?;
        Ok(Self {
            python: python.to_owned(),
            folder,
            count: sheets.len(),
        })
    }

    /// How long each took, after one that does not count. Together they must have `pages`.
    pub(super) fn run(&self, pages: usize) -> Outcome<Vec<Duration>> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("python/page.py");
        let output = Command::new(&self.python)
            .arg(script)
            .arg(self.folder.path())
            .output()
            .map_err(|why| format!("Python cannot be started: {why}"))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            let last = said.lines().last().unwrap_or_default();
            return Err(format!("Python failed: {last}").into());
        }
        let told: Value = serde_json::from_slice(&output.stdout)?;
        if told["pages"].as_u64() != Some(pages as u64) {
            let theirs = &told["pages"];
            return Err(format!("it set {theirs} pages where we set {pages}").into());
        }
        let times: Vec<f64> = serde_json::from_value(told["seconds"].clone())?;
        if times.len() != self.count {
            return Err("it did not set every receipt".into());
        }
        let times = times.into_iter().map(Duration::try_from_secs_f64);
        Ok(times.collect::<Result<_, _>>()?)
    }
}

fn html(sheet: &Value) -> String {
    let mut out = String::new();
    let [before, between, after] = [0, 1, 2].map(|at| quoted(&sheet["page"][at]));
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "<!doctype html><html lang={}><head><meta charset=utf-8><title>{}</title>\
         <style>@page{{@bottom-right{{content:\"{before}\" counter(page) \"{between}\" \
         counter(pages) \"{after}\"}}}}</style></head><body><footer>{}</footer><h1>{}</h1>\
         <p class=subject>{}</p>",
        plain(&sheet["language"]),
        plain(&sheet["document_title"]),
        words(&sheet["footer"]),
        plain(&sheet["title"]),
        words(&sheet["subject"]),
    );
    for mark in list(&sheet["marks"]) {
        let _ = write!(out, "<p class=mark>{}</p>", words(mark));
    }
    let _ = write!(out, "<p class=clock>{}</p>", plain(&sheet["clock"]));
    list(&sheet["sections"]).for_each(|part| section(part, &mut out));
    out.push_str("</body></html>");
    out
}

fn section(section: &Value, out: &mut String) {
    let _ = write!(out, "<h2>{}</h2>", plain(&section["title"]));
    if section["pairs"].is_array() {
        out.push_str("<table class=pairs>");
        for pair in list(&section["pairs"]) {
            let (label, value) = (plain(&pair[0]), words(&pair[1]));
            let _ = write!(out, "<tr><th scope=row>{label}</th><td>{value}</td></tr>");
        }
        out.push_str("</table>");
    }
    if section["table"].is_object() {
        table(&section["table"], out);
    }
    if section["lines"].is_array() {
        out.push_str("<ul>");
        for line in list(&section["lines"]) {
            let _ = write!(out, "<li>{}</li>", plain(line));
        }
        out.push_str("</ul>");
    }
    if section["remark"].is_string() {
        let _ = write!(out, "<p>{}</p>", plain(&section["remark"]));
    }
}

fn table(table: &Value, out: &mut String) {
    let shares = || list(&table["columns"]).filter_map(|column| column["share"].as_f64());
    let all: f64 = shares().sum();
    out.push_str("<table class=rows>");
    for share in shares() {
        let _ = write!(out, "<col style=\"width:{:.2}%\">", share / all * 100.0);
    }
    out.push_str("<thead><tr>");
    for column in list(&table["columns"]) {
        let _ = write!(out, "<th scope=col>{}</th>", plain(&column["title"]));
    }
    out.push_str("</tr></thead><tbody>");
    let across = list(&table["columns"]).count().saturating_sub(1);
    for row in list(&table["rows"]) {
        out.push_str("<tr>");
        for cell in list(&row["cells"]) {
            let _ = write!(out, "<td>{}</td>", words(cell));
        }
        out.push_str("</tr>");
        for note in list(&row["notes"]) {
            let (label, value) = (plain(&note[0]), words(&note[1]));
            let _ = write!(
                out,
                "<tr class=note><td></td><td colspan={across}><span>{label}:</span> {value}</td></tr>"
            );
        }
    }
    out.push_str("</tbody></table>");
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// A text in pieces between which a line may end.
fn words(text: &Value) -> String {
    let pieces: Vec<_> = list(&text["pieces"]).map(plain).collect();
    let body = pieces.join("<wbr>");
    if text["mono"] == true {
        format!("<code>{body}</code>")
    } else {
        body
    }
}

fn plain(text: &Value) -> String {
    let text = text.as_str().unwrap_or_default();
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

/// For between the quotes of a style.
fn quoted(text: &Value) -> String {
    let text = text.as_str().unwrap_or_default();
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
