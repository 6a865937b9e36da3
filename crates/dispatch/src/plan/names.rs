//! The names that variables may have: those of the list's columns, and a few built in.

use icu_normalizer::DecomposingNormalizerBorrowed;

use super::people::Variable;

/// How alike two names must be for one to be offered for the other.
const ALIKE: f64 = 0.6;

/// Longest name that is compared or repeated in a message, in characters.
const MAX_CHARS: usize = 80;

/// Every name that can be used.
pub(super) struct Names {
    columns: Vec<Name>,
}

struct Name {
    written: String,
    folded: String,
}

/// Why a name stands for nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NameTrouble {
    /// No column has it; here is the one most like it.
    Unknown(Option<String>),
    /// Several columns have it.
    Several,
}

impl Names {
    pub(super) fn new(columns: &[String]) -> Self {
        let columns = columns.iter().map(|column| Name {
            written: column.trim().to_owned(),
            folded: fold(column),
        });
        Self {
            columns: columns.collect(),
        }
    }

    /// Case, accents and blanks around do not count. `contact` is always the one that is asked; a
    /// column called `row` or `number` comes before what is built in, as it is what officers see.
    pub(super) fn find(&self, name: &str) -> Result<Variable, NameTrouble> {
        let folded = fold(name);
        if folded == "contact" {
            return Ok(Variable::Contact);
        }
        match self.column(name) {
            Err(NameTrouble::Unknown(nearest)) => match folded.as_str() {
                "row" => Ok(Variable::Row),
                "number" => Ok(Variable::Number),
                _ => Err(NameTrouble::Unknown(nearest)),
            },
            found => found.map(Variable::Column),
        }
    }

    /// The column of a name.
    pub(super) fn column(&self, name: &str) -> Result<usize, NameTrouble> {
        let (name, folded) = (name.trim(), fold(name));
        let mut alike = (0..self.columns.len()).filter(|at| self.columns[*at].folded == folded);
        match (alike.next(), alike.next()) {
            (Some(only), None) if !folded.is_empty() => Ok(only),
            (Some(_), Some(_)) if !folded.is_empty() => {
                let mut same =
                    (0..self.columns.len()).filter(|at| self.columns[*at].written == name);
                match (same.next(), same.next()) {
                    (Some(only), None) => Ok(only),
                    _ => Err(NameTrouble::Several),
                }
            }
            _ => Err(NameTrouble::Unknown(self.nearest(&folded))),
        }
    }

    /// A column's name as the list writes it.
    pub(super) fn written(&self, column: usize) -> String {
        self.columns
            .get(column)
            .map(|name| shortened(&name.written))
            .unwrap_or_default()
    }

    fn nearest(&self, folded: &str) -> Option<String> {
        let asked: String = folded.chars().take(MAX_CHARS).collect();
        let columns = self.columns.iter();
        let names = columns
            .map(|name| (name.written.as_str(), name.folded.as_str()))
            .chain([("contact", "contact"), ("row", "row"), ("number", "number")]);
        let scored = names.filter(|(_, folded)| !folded.is_empty()).map(|named| {
            let other: String = named.1.chars().take(MAX_CHARS).collect();
            (
                strsim::normalized_damerau_levenshtein(&asked, &other),
                named.0,
            )
        });
        // The first of equals, so that the answer does not depend on anything but the list.
        scored
            .fold(None, |best: Option<(f64, &str)>, next| match best {
                Some(best) if best.0 >= next.0 => Some(best),
                _ => Some(next),
            })
            .filter(|(alike, _)| *alike >= ALIKE)
            .map(|(_, name)| shortened(name))
    }
}

/// A name short enough for a message.
pub(super) fn shortened(name: &str) -> String {
    let mut short: String = name.chars().take(MAX_CHARS).collect();
    if short.len() < name.len() {
        short.push('…');
    }
    short
}

fn fold(name: &str) -> String {
    let decomposed = DecomposingNormalizerBorrowed::new_nfkd().normalize(name);
    let plain: String = decomposed
        .chars()
        .filter(|c| !matches!(c, '\u{300}'..='\u{36F}' | '\u{AD}' | '\u{FEFF}'))
        .flat_map(char::to_lowercase)
        .filter(|c| !matches!(c, '\u{300}'..='\u{36F}'))
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(columns: &[&str]) -> Names {
        Names::new(
            &columns
                .iter()
                .map(|&name| name.to_owned())
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn case_accents_and_blanks_do_not_count() {
        let names = names(&["Número", "Data  de Início", "e-mail"]);
        assert_eq!(names.find(" NUMERO "), Ok(Variable::Column(0)));
        assert_eq!(names.find("data de inicio"), Ok(Variable::Column(1)));
        assert_eq!(names.find("E-Mail"), Ok(Variable::Column(2)));
    }

    #[test]
    fn a_wrong_name_is_answered_with_the_one_most_like_it() {
        let names = names(&["Nome", "Apelido", "Morada"]);
        let nearest = |name| names.find(name).unwrap_err();
        assert_eq!(
            nearest("nme"),
            NameTrouble::Unknown(Some("Nome".to_owned()))
        );
        assert_eq!(
            nearest("contct"),
            NameTrouble::Unknown(Some("contact".to_owned()))
        );
        assert_eq!(nearest("zzzzzzz"), NameTrouble::Unknown(None));
        assert_eq!(nearest(""), NameTrouble::Unknown(None));
    }

    #[test]
    fn of_columns_that_look_alike_only_the_exact_one_is_meant() {
        let names = names(&["nome", "Nome", "X", "X"]);
        assert_eq!(names.find("Nome"), Ok(Variable::Column(1)));
        assert_eq!(names.find("NOME"), Err(NameTrouble::Several));
        assert_eq!(names.find("X"), Err(NameTrouble::Several));
    }

    #[test]
    fn a_column_may_be_called_number_but_contact_is_always_the_one_asked() {
        let names = names(&["Number", "Contact"]);
        assert_eq!(names.find("number"), Ok(Variable::Column(0)));
        assert_eq!(names.find("Contact"), Ok(Variable::Contact));
        assert_eq!(names.find("row"), Ok(Variable::Row));
    }
}
