//! Text with variables: read once, filled in for each person in one pass, so that a value which
//! looks like a variable stays what it is.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::names::{NameTrouble, Names, shortened};
use super::people::{People, Values, Variable};

/// What a value is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// As it is.
    Plain,
    /// As a component of a link, percent-encoded. A value that is the whole link stays as it is,
    /// because encoded it could not be one.
    Link,
    /// Inside a JSON string.
    Json,
}

/// A text and the places of its variables.
#[derive(Clone, Debug)]
pub(super) struct Template {
    pieces: Vec<Piece>,
    style: Style,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Value(Variable),
}

/// What is wrong with a text's variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TemplateTrouble {
    /// `{{` without `}}`.
    Unclosed,
    /// A name that stands for nothing.
    Name(String, NameTrouble),
    /// In JSON, outside of a string, or in the middle of an escape.
    Unquoted(String),
}

/// Unreserved characters of RFC 3986 stay.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Whether a text has variables or braces written twice.
pub(super) fn is_template(text: &str) -> bool {
    text.contains("{{")
}

impl Template {
    /// Reads `text`. `{{{{` is a literal `{{`. Every trouble is reported, and the template leaves
    /// out what it is about.
    pub(super) fn parse(text: &str, style: Style, names: &Names) -> (Self, Vec<TemplateTrouble>) {
        let (mut pieces, mut troubles) = (Vec::new(), Vec::new());
        let mut json = JsonPosition::default();
        let mut literal = String::new();
        let mut rest = text;
        while let Some(at) = rest.find("{{") {
            let (before, from) = rest.split_at(at);
            literal.push_str(before);
            json.pass(before);
            if let Some(after) = from.strip_prefix("{{{{") {
                literal.push_str("{{");
                rest = after;
                continue;
            }
            let Some((written, after)) = from[2..].split_once("}}") else {
                troubles.push(TemplateTrouble::Unclosed);
                rest = "";
                break;
            };
            rest = after;
            let name = name_of(written, style);
            if style == Style::Json && *json.state() != JsonState::String {
                troubles.push(TemplateTrouble::Unquoted(shortened(name.trim())));
                continue;
            }
            match names.find(&name) {
                Ok(variable) => {
                    if !literal.is_empty() {
                        pieces.push(Piece::Text(std::mem::take(&mut literal)));
                    }
                    pieces.push(Piece::Value(variable));
                }
                Err(trouble) => {
                    troubles.push(TemplateTrouble::Name(shortened(name.trim()), trouble));
                }
            }
        }
        literal.push_str(rest);
        if !literal.is_empty() {
            pieces.push(Piece::Text(literal));
        }
        (Self { pieces, style }, troubles)
    }

    /// Appends the text with the person's values in it.
    pub(super) fn fill<P: People + ?Sized>(&self, out: &mut String, values: &Values<'_, P>) {
        let whole = self.pieces.len() == 1;
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Value(variable) => {
                    let value = values.of(*variable);
                    match self.style {
                        Style::Link if !whole => out.extend(utf8_percent_encode(&value, COMPONENT)),
                        Style::Json => push_escaped(out, &value),
                        Style::Plain | Style::Link => out.push_str(&value),
                    }
                }
            }
        }
    }

    /// The variables, in order.
    pub(super) fn variables(&self) -> impl Iterator<Item = Variable> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Value(variable) => Some(*variable),
            Piece::Text(_) => None,
        })
    }

    /// Whether two people may get different texts in the same request.
    pub(super) fn is_personal(&self) -> bool {
        self.variables()
            .any(|variable| variable != Variable::Number)
    }
}

/// A name inside JSON may be written with escapes.
fn name_of(written: &str, style: Style) -> Cow<'_, str> {
    if style == Style::Json && written.contains('\\') {
        let quoted = format!("\"{written}\"");
        if let Ok(name) = serde_json::from_str::<String>(&quoted) {
            return Cow::Owned(name);
        }
    }
    Cow::Borrowed(written)
}

/// The inside of a JSON string.
pub(super) fn push_escaped(out: &mut String, text: &str) {
    // Quotes around a text are the only thing a JSON string adds at its ends.
    let quoted = serde_json::Value::from(text).to_string();
    out.push_str(&quoted[1..quoted.len() - 1]);
}

/// Where in a JSON text a point lies.
#[derive(Default)]
struct JsonPosition(JsonState);

#[derive(Default, PartialEq, Eq)]
enum JsonState {
    #[default]
    Outside,
    String,
    /// Behind a backslash.
    Escape,
    /// Inside `\u`, so many digits to come.
    Digits(u8),
}

impl JsonPosition {
    fn pass(&mut self, text: &str) {
        for byte in text.bytes() {
            self.0 = match (&self.0, byte) {
                (JsonState::Outside, b'"') => JsonState::String,
                (JsonState::Outside, _) => JsonState::Outside,
                (JsonState::String, b'"') => JsonState::Outside,
                (JsonState::String, b'\\') => JsonState::Escape,
                (JsonState::Escape, b'u') => JsonState::Digits(4),
                (JsonState::Digits(left), _) if *left > 1 => JsonState::Digits(left - 1),
                (JsonState::String | JsonState::Escape | JsonState::Digits(_), _) => {
                    JsonState::String
                }
            };
        }
    }

    fn state(&self) -> &JsonState {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::super::people::Asked;
    use super::*;

    struct One(Vec<String>, Vec<&'static str>);

    impl People for One {
        fn len(&self) -> usize {
            1
        }
        fn columns(&self) -> &[String] {
            &self.0
        }
        fn person(&self, _: usize) -> Asked<'_> {
            Asked {
                row: 7,
                contact: "a@b.co".into(),
                ..Asked::default()
            }
        }
        fn value(&self, _: usize, column: usize) -> Cow<'_, str> {
            self.1[column].into()
        }
    }

    fn filled(
        text: &str,
        style: Style,
        value: &'static str,
    ) -> Result<String, Vec<TemplateTrouble>> {
        let people = One(
            vec!["Nome".to_owned(), "a\"b".to_owned()],
            vec![value, value],
        );
        let (template, troubles) = Template::parse(text, style, &Names::new(people.columns()));
        if !troubles.is_empty() {
            return Err(troubles);
        }
        let mut out = String::new();
        let values = Values {
            people: &people,
            person: 0,
            number: Some(3),
        };
        template.fill(&mut out, &values);
        Ok(out)
    }

    #[test]
    fn values_are_filled_in_once() {
        let plain = |text, value| filled(text, Style::Plain, value).unwrap();
        assert_eq!(plain("Olá {{ nome }}!", " Ana "), "Olá Ana!");
        assert_eq!(plain("{{nome}}{{nome}}", "{{nome}}"), "{{nome}}{{nome}}");
        assert_eq!(plain("{{contact}} {{row}} {{number}}", ""), "a@b.co 7 3");
        assert_eq!(plain("{{{{nome}} {{{{{{nome}}", "x"), "{{nome}} {{x");
        assert_eq!(plain("a }} b { c } {{nome}}}", "x"), "a }} b { c } x}");
    }

    #[test]
    fn a_link_takes_values_as_components_or_as_a_whole() {
        let link = |text, value| filled(text, Style::Link, value).unwrap();
        assert_eq!(
            link("https://x.co/?n={{nome}}&r={{row}}", "a&b=c/ç ~%"),
            "https://x.co/?n=a%26b%3Dc%2F%C3%A7%20~%25&r=7"
        );
        assert_eq!(link("{{nome}}", "https://x.co/a?b"), "https://x.co/a?b");
    }

    #[test]
    fn json_takes_values_inside_strings_only() {
        let json = |text, value| filled(text, Style::Json, value);
        assert_eq!(
            json(
                r#"{"a":"{{nome}}","{{nome}}":"x {{a\"b}} y"}"#,
                "\"\\\n\u{1}"
            ),
            Ok(r#"{"a":"\"\\\n\u0001","\"\\\n\u0001":"x \"\\\n\u0001 y"}"#.to_owned())
        );
        for (text, name) in [
            (r#"{"a":{{nome}}}"#, "nome"),
            (r#"{"a":"\{{nome}}"}"#, "nome"),
            (r#"{"a":"\u00{{nome}}"}"#, "nome"),
            (r#"{"a":"\\\"" {{nome}}}"#, "nome"),
        ] {
            let trouble = TemplateTrouble::Unquoted(name.to_owned());
            assert_eq!(json(text, "1"), Err(vec![trouble]), "{text}");
        }
        assert_eq!(
            json(r#"["\\{{nome}}\u0041{{nome}}"]"#, "x"),
            Ok(r#"["\\x\u0041x"]"#.to_owned())
        );
    }

    #[test]
    fn every_trouble_is_told() {
        let troubles = filled("{{x}} {{nmoe}} {{nome", Style::Plain, "").unwrap_err();
        let unknown = |name: &str, nearest: Option<&str>| {
            let trouble = NameTrouble::Unknown(nearest.map(str::to_owned));
            TemplateTrouble::Name(name.to_owned(), trouble)
        };
        assert_eq!(
            troubles,
            [
                unknown("x", None),
                unknown("nmoe", Some("Nome")),
                TemplateTrouble::Unclosed
            ]
        );
    }
}
