//! The people of the lists that are measured: made up, the same in every run, and as mixed and as
//! wrong as the people of real lists.

use std::fmt::Write as _;

/// The names of the columns.
pub(crate) const COLUMNS: [&str; 6] = ["Name", "Email", "Phone", "Document ID", "Language", "Note"];
/// The columns of contacts.
pub(crate) const EMAIL: usize = 1;
pub(crate) const PHONE: usize = 2;
/// The country of phones without one.
pub(crate) const REGION: &str = "PT";

const FIRST: [&str; 16] = [
    "Ana", "Rui", "Inês", "João", "Marta", "José", "Lucía", "Pierre", "Zoë", "Emma", "Noah",
    "Bruno", "Sofia", "Hugo", "Carla", "Duarte",
];
const LAST: [&str; 16] = [
    "Silva", "Santos", "Ferreira", "Muñoz", "García", "Dupont", "Smith", "Müller", "Costa",
    "Rossi", "Oliveira", "Sousa", "Martins", "Lefèvre", "Jones", "Almeida",
];
const DOMAINS: [&str; 12] = [
    "gmail.com",
    "example.com",
    "sapo.pt",
    "outlook.com",
    "empresa.com.br",
    "mail.example.org",
    "hotmail.com",
    "yahoo.es",
    "correo.es",
    "orange.fr",
    "Example.PT",
    "cliente-norte.pt",
];
const LANGUAGES: [&str; 8] = [
    "",
    "",
    "PT",
    "English",
    "español",
    "fr",
    "pt-BR",
    "Português",
];
const NOTES: [&str; 6] = [
    "",
    "",
    "",
    "renewal",
    "asked to be written to in the morning",
    "see \"file 12\", page 3",
];

/// An endless row of people, each as the cells of [`COLUMNS`].
pub(crate) struct People {
    seed: u64,
    /// The last contact that was right, to be met again.
    last: (usize, String),
}

impl People {
    pub(crate) fn new() -> Self {
        Self {
            seed: 0x00C0_FFEE,
            last: (EMAIL, "ana@example.com".to_owned()),
        }
    }

    /// A number below another, by splitmix64.
    fn below(&mut self, end: u64) -> u64 {
        self.seed = self.seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.seed;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % end
    }

    fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len() as u64) as usize]
    }

    fn email(&mut self) -> String {
        let plain = |name: &str| -> String {
            let letters = name.chars().filter(char::is_ascii_alphabetic);
            letters.map(|c| c.to_ascii_lowercase()).collect()
        };
        let (first, last) = (plain(self.one_of(&FIRST)), plain(self.one_of(&LAST)));
        let mark = self.one_of(&[".", "_", "", "-"]);
        let (number, domain) = (self.below(1_000_000), self.one_of(&DOMAINS));
        format!("{first}{mark}{last}{number}@{domain}")
    }

    /// Digits stand for themselves, `#` for any, all else for itself.
    fn phone(&mut self) -> String {
        let form = self.one_of(&[
            "91#######",
            "93# ### ###",
            "96#-###-###",
            "21 2## ## ##",
            "(+351) 91# ### ###",
            "00351 92#######",
            "+351 91# ### ###",
            "+34 6## ## ## ##",
            "+346########",
            "+33 6 2# ## ## ##",
            "0033 6 3# ## ## ##",
            "+44 7400 ######",
            "+447911######",
            "+55 11 9####-####",
            "+49 1512 #######",
            "+1 (201) 55#-####",
            "+39 34# #######",
        ]);
        let digits = form.chars();
        digits
            .map(|c| match c {
                '#' => char::from(b'0' + self.below(10) as u8),
                _ => c,
            })
            .collect()
    }

    /// A contact with something wrong about it, and its column.
    fn wrong(&mut self) -> (usize, String) {
        let kind = self.below(12);
        if kind == 0 {
            return self.last.clone();
        }
        let (email, phone) = (self.email(), self.phone());
        let (local, domain) = email.split_once('@').unwrap_or((&email, ""));
        match kind {
            1 => (EMAIL, format!("{local}@gmial.com")),
            2 => (EMAIL, format!("{local} @{domain}")),
            3 => (EMAIL, format!("{local}{domain}")),
            4 => (EMAIL, format!("{local}..x@{domain}")),
            5 => (EMAIL, format!("\u{200B}{email}\u{A0}")),
            6 => (EMAIL, format!("\"{email}\"")),
            7 => (EMAIL, format!("Ana Silva <{email}>")),
            8 => (PHONE, phone[..phone.len() / 2].to_owned()),
            9 => (PHONE, format!("{phone}7788")),
            10 => (PHONE, phone.replace(' ', "\u{202F}")),
            _ => (PHONE, "9.1E+08".to_owned()),
        }
    }
}

impl Iterator for People {
    type Item = [String; 6];

    fn next(&mut self) -> Option<Self::Item> {
        let (column, contact) = match self.below(100) {
            0..50 => (EMAIL, self.email()),
            50..95 => (PHONE, self.phone()),
            _ => self.wrong(),
        };
        let (first, last) = (self.one_of(&FIRST), self.one_of(&LAST));
        let mut cells = [const { String::new() }; 6];
        cells[0] = match self.below(10) {
            0 => format!("{last}, {first}"),
            _ => format!("{first} {last}"),
        };
        self.last = (column, contact.clone());
        cells[column] = contact;
        let _ = write!(cells[3], "{:08}", self.below(100_000_000));
        cells[4] = self.one_of(&LANGUAGES).to_owned();
        cells[5] = self.one_of(&NOTES).to_owned();
        Some(cells)
    }
}
