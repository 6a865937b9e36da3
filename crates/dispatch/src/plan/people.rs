//! The people of a batch, as a plan reads them: by index, as often as it likes, without a copy.

use std::borrow::Cow;
use std::sync::Arc;

/// Somebody to ask, with what their row of the list says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked<'a> {
    /// The row as the officer counts it.
    pub row: u64,
    /// E-mail address or phone number, normalised.
    pub contact: Cow<'a, str>,
    /// The number of the identity document the person is expected to have.
    pub doc_id: Option<Cow<'a, str>>,
    /// The language to write in, such as `PRT`.
    pub language: Option<Cow<'a, str>>,
    /// The officer's own name for the person. Goes out only where the form asks for its column.
    pub internal_id: Option<Cow<'a, str>>,
    /// A second contact.
    pub secondary_contact: Option<Cow<'a, str>>,
}

/// A list of people with the columns of their rows. The same index gives the same answer each time;
/// a plan asks only for people below [`len`](Self::len) and columns below that of the names.
pub trait People {
    /// How many people there are.
    fn len(&self) -> usize;

    /// The names of the columns, in order.
    fn columns(&self) -> &[String];

    /// One person.
    fn person(&self, person: usize) -> Asked<'_>;

    /// What stands in a column of the person's row; empty if nothing does.
    fn value(&self, person: usize, column: usize) -> Cow<'_, str>;

    /// The contact of a person, for lists that can give it without the rest.
    fn contact(&self, person: usize) -> Cow<'_, str> {
        self.person(person).contact
    }

    /// Whether there is nobody.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

macro_rules! through {
    ($pointer:ty) => {
        impl<P: People + ?Sized> People for $pointer {
            fn len(&self) -> usize {
                (**self).len()
            }

            fn columns(&self) -> &[String] {
                (**self).columns()
            }

            fn person(&self, person: usize) -> Asked<'_> {
                (**self).person(person)
            }

            fn value(&self, person: usize, column: usize) -> Cow<'_, str> {
                (**self).value(person, column)
            }

            fn contact(&self, person: usize) -> Cow<'_, str> {
                (**self).contact(person)
            }
        }
    };
}

through!(&P);
through!(Arc<P>);

/// One person's values, as variables take them.
pub(super) struct Values<'p, P: ?Sized> {
    pub(super) people: &'p P,
    pub(super) person: usize,
    /// The number of the request; none while it is still open which request that is.
    pub(super) number: Option<u32>,
}

/// What a variable stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Variable {
    Column(usize),
    Contact,
    Row,
    Number,
}

impl<'p, P: People + ?Sized> Values<'p, P> {
    /// Without the blanks around it, which spreadsheets are full of.
    pub(super) fn of(&self, variable: Variable) -> Cow<'p, str> {
        match variable {
            Variable::Column(column) => trimmed(self.people.value(self.person, column)),
            Variable::Contact => self.people.contact(self.person),
            Variable::Row => self.people.person(self.person).row.to_string().into(),
            Variable::Number => self
                .number
                .map_or(Cow::Borrowed(""), |number| number.to_string().into()),
        }
    }
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) if text.trim().len() == text.len() => Cow::Owned(text),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}
