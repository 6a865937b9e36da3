//! Names of columns in English, Portuguese, Spanish and French.

use super::Target;
use crate::fold;

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
        (Target::Contact, EITHER),
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

/// What a column that holds no contacts is for, by its name.
pub(super) fn other(name: &str) -> Option<Target> {
    if name.len() > 200 {
        return None;
    }
    let joined = words(name).concat();
    if joined == words(crate::export::REASON_COLUMN).concat() {
        return Some(Target::Ignored);
    }
    let tables = [
        (Target::DocId, DOC_ID),
        (Target::Language, LANGUAGE),
        (Target::InternalId, INTERNAL_ID),
        (Target::SecondaryContact, SECONDARY),
        (Target::Name, NAME),
        (Target::Country, COUNTRY),
    ];
    let found = tables
        .iter()
        .find(|(_, names)| names.contains(&joined.as_str()));
    found.map(|(target, _)| *target)
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

const DOC_ID: &[&str] = &[
    "bi",
    "cartaodecidadao",
    "cc",
    "cedula",
    "cni",
    "cpf",
    "dni",
    "dninie",
    "docid",
    "docnumber",
    "documentid",
    "documentno",
    "documentnumber",
    "documento",
    "documentodeidentidad",
    "documentodeidentidade",
    "documentodeidentificacao",
    "idcardnumber",
    "iddocument",
    "iddocumentnumber",
    "identitydocument",
    "identitynumber",
    "idnumber",
    "nationalid",
    "nationalidnumber",
    "ndedocumento",
    "ndodocumento",
    "nodocumento",
    "nododocumento",
    "ndocumento",
    "nie",
    "numerocni",
    "numerodedocument",
    "numerodedocumento",
    "numerodeidentidad",
    "numerodeidentificacao",
    "numerodelidentidad",
    "numerodepasaporte",
    "numerodepasseport",
    "numerodepiece",
    "numerodepiecedidentite",
    "numerodepieceidentite",
    "numerodocartaodecidadao",
    "numerododocumento",
    "numeropassaporte",
    "pasaporte",
    "passaporte",
    "passeport",
    "passport",
    "passportno",
    "passportnumber",
    "piecedidentite",
    "pieceidentite",
    "rg",
];

const LANGUAGE: &[&str] = &[
    "idioma",
    "idiomapreferido",
    "lang",
    "language",
    "langue",
    "languepreferee",
    "lingua",
    "linguagem",
    "linguapreferida",
    "locale",
    "notificationlanguage",
    "preferredlanguage",
];

const INTERNAL_ID: &[&str] = &[
    "clientid",
    "clientno",
    "clientnumber",
    "clientref",
    "codeclient",
    "codigocliente",
    "codigodecliente",
    "customerid",
    "customerno",
    "customernumber",
    "employeeid",
    "employeenumber",
    "externalid",
    "idclient",
    "idcliente",
    "idinterne",
    "idinterno",
    "internalid",
    "internalref",
    "internalreference",
    "memberid",
    "ncliente",
    "numeroclient",
    "numerocliente",
    "numerodeclient",
    "numerodecliente",
    "numerodefuncionario",
    "ref",
    "reference",
    "referenceinterne",
    "referencia",
    "referenciainterna",
    "refinterna",
    "refno",
    "userid",
];

const SECONDARY: &[&str] = &[
    "alternatecontact",
    "alternativecontact",
    "autrecontact",
    "backupcontact",
    "contact2",
    "contactoalternativo",
    "contactosecundario",
    "contactsecondaire",
    "contatoalternativo",
    "contatosecundario",
    "deuxiemecontact",
    "othercontact",
    "otrocontacto",
    "outrocontacto",
    "secondarycontact",
    "secondcontact",
    "secondcontacto",
    "segundocontacto",
    "segundocontato",
];

const NAME: &[&str] = &[
    "clientname",
    "contactname",
    "customername",
    "displayname",
    "fullname",
    "name",
    "nom",
    "nombre",
    "nombrecompleto",
    "nombredelcliente",
    "nombreyapellidos",
    "nomcomplet",
    "nomduclient",
    "nome",
    "nomecompleto",
    "nomedocliente",
    "nometprenom",
    "nomprenom",
    "personname",
    "prenometnom",
];

const COUNTRY: &[&str] = &[
    "codepays",
    "codigodepais",
    "codigodopais",
    "codigopais",
    "country",
    "countrycode",
    "isocountry",
    "pais",
    "paisdeltelefono",
    "paisdotelefone",
    "pays",
    "paysdutelephone",
    "phonecountry",
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

/// Words in lower case without accents, in which an e-mail is one word.
fn words(name: &str) -> Vec<String> {
    let plain = name.to_lowercase();
    fold::words(&plain.replace("e-mail", "email").replace("e mail", "email"))
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
    fn columns_beside_the_contact_are_known_in_four_languages() {
        for (name, target) in [
            ("Document ID", Some(Target::DocId)),
            ("N.º do documento", Some(Target::DocId)),
            ("Cartão de Cidadão", Some(Target::DocId)),
            ("DNI/NIE", Some(Target::DocId)),
            ("Pièce d’identité", Some(Target::DocId)),
            ("Idioma", Some(Target::Language)),
            ("Langue", Some(Target::Language)),
            ("Customer no.", Some(Target::InternalId)),
            ("Nome completo", Some(Target::Name)),
            ("País", Some(Target::Country)),
            ("Second contact", Some(Target::SecondaryContact)),
            ("Countersign: what to mend", Some(Target::Ignored)),
            ("Balance", None),
        ] {
            assert_eq!(other(name), target, "{name}");
        }
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
            ("Contacto", Some((Target::Contact, true))),
            ("Hotel", None),
            ("Mailing date", None),
            ("Name", None),
            ("", None),
        ] {
            assert_eq!(kind(name), kind_of, "{name}");
        }
    }
}
