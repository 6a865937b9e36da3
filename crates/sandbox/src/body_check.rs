//! JSON Schema faults in the words of the API: each starts with the dotted path on the wire.
//!
//! What is added to a path is what Humanos' framework says, so that the app meets here what it
//! will meet there. Values are never repeated; only names of unknown properties are.

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{JsonType, ValidationError, Validator};
use serde_json::Value;

use crate::refusal::MAX_MESSAGES;

/// Longest part of an unknown property's name that is repeated, in characters.
const MAX_NAME: usize = 80;

/// Compiles an embedded schema; nothing outside it is ever looked up.
#[expect(
    clippy::expect_used,
    reason = "the schemas are part of this crate and tests compile them"
)]
pub(crate) fn compile(schema: &str) -> Validator {
    let schema: Value = serde_json::from_str(schema).expect("an embedded schema is JSON");
    jsonschema::options()
        .offline()
        .should_validate_formats(true)
        .build(&schema)
        .expect("an embedded schema is a JSON Schema")
}

/// What the schema finds wrong, at most 100 messages.
pub(crate) fn messages(schema: &Validator, body: &Value) -> Vec<String> {
    let mut messages = Vec::new();
    for error in schema.iter_errors(body).take(MAX_MESSAGES) {
        describe(&error, &mut messages);
    }
    messages.dedup();
    messages.truncate(MAX_MESSAGES);
    messages
}

fn describe(error: &ValidationError<'_>, messages: &mut Vec<String>) {
    use ValidationErrorKind as Kind;
    let path = dotted(error.instance_path().as_str());
    let says = |text: &str| match path.as_str() {
        "" => format!("body {text}"),
        path => format!("{path} {text}"),
    };
    match error.kind() {
        Kind::Type { kind } => messages.push(says(&format!("must be {}", one_of(&types(kind))))),
        Kind::Required { property } => {
            let property = cut(property.as_str().unwrap_or_default());
            messages.push(format!("{} should not be empty", join(&path, &property)));
        }
        Kind::AdditionalProperties { unexpected } => {
            for name in unexpected.iter().take(MAX_MESSAGES) {
                let property = format!("property {} should not exist", cut(name));
                messages.push(join(&path, &property));
            }
        }
        Kind::FalseSchema => {
            let (parent, name) = path.rsplit_once('.').unwrap_or(("", path.as_str()));
            messages.push(join(parent, &format!("property {name} should not exist")));
        }
        Kind::Enum { options } => {
            let options: Vec<_> = options
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect();
            let options = options.join(", ");
            messages.push(says(&format!(
                "must be one of the following values: {options}"
            )));
        }
        Kind::Format { format } => messages.push(says(match format.as_str() {
            "uri" => "must be a URL address",
            "date-time" => "must be a valid ISO 8601 date string",
            _ => "has the wrong format",
        })),
        Kind::Minimum { limit } => messages.push(says(&format!("must not be less than {limit}"))),
        Kind::Maximum { limit } => {
            messages.push(says(&format!("must not be greater than {limit}")))
        }
        Kind::MinItems { .. } => messages.push(says("should not be empty")),
        Kind::AnyOf { context } => alternatives(error, context, messages),
        _ => messages.push(says("is not valid")),
    }
}

/// Speaks about the alternative that was meant: one whose type fits. If none does, all types.
fn alternatives(
    error: &ValidationError<'_>,
    context: &[Vec<ValidationError<'static>>],
    messages: &mut Vec<String>,
) {
    let wrong_type = |fault: &ValidationError<'_>| match fault.kind() {
        ValidationErrorKind::Type { kind }
            if fault.instance_path().as_str() == error.instance_path().as_str() =>
        {
            Some(types(kind))
        }
        _ => None,
    };
    let meant = context
        .iter()
        .filter(|faults| !faults.iter().any(|fault| wrong_type(fault).is_some()))
        .min_by_key(|faults| faults.len());
    if let Some(faults) = meant {
        for fault in faults.iter().take(MAX_MESSAGES) {
            describe(fault, messages);
        }
        return;
    }
    let types: Vec<_> = context
        .iter()
        .flatten()
        .filter_map(wrong_type)
        .flatten()
        .collect();
    let path = dotted(error.instance_path().as_str());
    messages.push(format!("{path} must be {}", one_of(&types)));
}

fn types(kind: &TypeKind) -> Vec<&'static str> {
    let word = |json_type: JsonType| match json_type {
        JsonType::Null => "null",
        JsonType::Boolean => "a boolean value",
        JsonType::Integer => "an integer number",
        JsonType::Number => "a number",
        JsonType::String => "a string",
        JsonType::Array => "an array",
        JsonType::Object => "an object",
    };
    match kind {
        TypeKind::Single(json_type) => vec![word(*json_type)],
        TypeKind::Multiple(set) => set.iter().map(word).collect(),
    }
}

fn one_of(words: &[&str]) -> String {
    words.join(" or ")
}

fn join(path: &str, rest: &str) -> String {
    if path.is_empty() {
        rest.to_owned()
    } else {
        format!("{path}.{rest}")
    }
}

/// `credentials.0.name` for the JSON pointer `/credentials/0/name`.
fn dotted(pointer: &str) -> String {
    let parts: Vec<_> = pointer
        .split('/')
        .skip(1)
        .map(|part| part.replace("~1", "/").replace("~0", "~"))
        .collect();
    parts.join(".")
}

fn cut(name: &str) -> String {
    name.chars()
        .filter(|char| !char.is_control())
        .take(MAX_NAME)
        .collect()
}
