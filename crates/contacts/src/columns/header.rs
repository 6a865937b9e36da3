//! Names of columns in English, Portuguese, Spanish and French.

use crate::Kind;

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Email,
    Phone,
    Either,
}

impl Target {
    pub(super) const fn kind(self) -> Option<Kind> {
        match self {
            Self::Email => Some(Kind::Email),
            Self::Phone => Some(Kind::Phone),
            Self::Either => None,
        }
    }
}

/// What a column name stands for, and whether it says just that and nothing more.
pub(super) fn kind(name: &str) -> Option<(Target, bool)> {
    if name.len() > 200 {
        return None;
    }
    let words = words(name);
    let joined = words.concat();
    let tables = [
        (Target::Email, EMAIL),
        (Target::Phone, PHONE),
        (Target::Either, EITHER),
    ];
    if let Some((target, _)) = tables
        .iter()
        .find(|(_, names)| names.contains(&joined.as_str()))
    {
        return Some((*target, true));
    }
    let holds = |names: &[&str]| words.iter().any(|word| names.contains(&word.as_str()));
    if holds(EMAIL) || joined.contains("email") {
        Some((Target::Email, false))
    } else if holds(PHONE) || joined.contains("phone") || joined.contains("telefon") {
        Some((Target::Phone, false))
    } else {
        None
    }
}

/// Whether a column is named as holding numbers that are no phones.
pub(super) fn is_other(name: &str) -> bool {
    name.len() <= 200
        && words(name)
            .iter()
            .any(|word| OTHER.contains(&word.as_str()))
}

const EMAIL: &[&str] = &[
    "email",
    "emails",
    "emailaddress",
    "mail",
    "mailaddress",
    "correo",
    "correoelectronico",
    "correos",
    "courriel",
    "courriels",
    "adresseemail",
    "adressemail",
    "adresseelectronique",
    "adressecourriel",
    "mel",
    "correio",
    "correioeletronico",
    "correioelectronico",
    "enderecodeemail",
    "enderecoemail",
    "enderecoeletronico",
    "direcciondecorreo",
    "direcciondeemail",
    "direccionemail",
];

const PHONE: &[&str] = &[
    "phone",
    "phones",
    "phonenumber",
    "phoneno",
    "telephone",
    "telephonenumber",
    "tel",
    "telno",
    "mobile",
    "mobilephone",
    "mobilenumber",
    "mobileno",
    "cell",
    "cellphone",
    "cellnumber",
    "msisdn",
    "sms",
    "whatsapp",
    "gsm",
    "telefone",
    "telefones",
    "telemovel",
    "telemoveis",
    "telm",
    "tlm",
    "tlf",
    "tlmv",
    "celular",
    "numerodetelefone",
    "numerodetelemovel",
    "ntelefone",
    "ntelemovel",
    "telefono",
    "telefonos",
    "movil",
    "moviles",
    "telefonomovil",
    "numerodetelefono",
    "numerotelefono",
    "numerodecelular",
    "portable",
    "telephoneportable",
    "telportable",
    "numerodetelephone",
    "numerodeportable",
    "telephonemobile",
    "contacttelefonico",
    "contactotelefonico",
    "contatotelefonico",
];

const EITHER: &[&str] = &[
    "contact",
    "contacts",
    "contacto",
    "contactos",
    "contato",
    "contatos",
    "emailorphone",
    "phoneoremail",
    "emailphone",
    "recipient",
    "recipients",
    "destinatario",
    "destinatarios",
    "destinataire",
    "destinataires",
];

const OTHER: &[&str] = &[
    "account",
    "bic",
    "birth",
    "cc",
    "cif",
    "cnpj",
    "codigo",
    "code",
    "codepostal",
    "compte",
    "conta",
    "cpf",
    "cuenta",
    "customer",
    "data",
    "date",
    "dni",
    "fecha",
    "iban",
    "id",
    "nascimento",
    "nie",
    "nif",
    "niss",
    "nipc",
    "nir",
    "passport",
    "postal",
    "ref",
    "reference",
    "referencia",
    "rg",
    "rut",
    "siren",
    "siret",
    "ssn",
    "tax",
    "tva",
    "utente",
    "vat",
    "zip",
];

/// Words in lower case without accents.
fn words(name: &str) -> Vec<String> {
    let plain: String = name.to_lowercase().chars().map(without_accent).collect();
    let plain = plain.replace("e-mail", "email").replace("e mail", "email");
    let words = plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

const fn without_accent(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ã' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_are_no_phones_are_known_by_name() {
        assert!(is_other("NIF") && is_other("Tax number") && is_other("Data de nascimento"));
        assert!(!is_other("Número") && !is_other("Write to"));
    }

    #[test]
    fn names_are_known_in_four_languages() {
        for (name, kind_of) in [
            ("E-Mail", Some((Target::Email, true))),
            ("Work email", Some((Target::Email, false))),
            ("Endereço de e-mail", Some((Target::Email, true))),
            ("Correo electrónico", Some((Target::Email, true))),
            ("Courriel", Some((Target::Email, true))),
            ("Telemóvel", Some((Target::Phone, true))),
            ("N.º telefone", Some((Target::Phone, false))),
            ("Teléfono móvil", Some((Target::Phone, true))),
            ("Tél. portable", Some((Target::Phone, true))),
            ("phone_number", Some((Target::Phone, true))),
            ("Contacto", Some((Target::Either, true))),
            ("Hotel", None),
            ("Mailing date", None),
            ("Name", None),
            ("", None),
        ] {
            assert_eq!(kind(name), kind_of, "{name}");
        }
    }
}
