//! French.

use ledger::{AttemptResult, EventKind, State};
use receipts::Field;

use super::{DateOrder, Phrases};
use crate::page::ResourceKind;

pub(super) const PHRASES: Phrases = Phrases {
    date_order: DateOrder::Slashed,
    months: [
        "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
        "déc.",
    ],

    title: "Reçu d’une demande",
    interim: "Provisoire : l’issue est encore ouverte",
    practice: "Essai : personne n’a été sollicité",
    masked: "Masqué à l’export : {fields}",
    clock: "Les heures figurent deux fois : à l’horloge du demandeur, {zone}, en jour/mois/année heures:minutes:secondes,millisecondes ; et en UTC, en année-mois-jour.",
    page: "Page {n} sur {m}",

    who_asked: "Qui a demandé",
    officer: "Responsable",
    organisation: "Organisation",
    connection: "Connexion",
    receipt_made: "Reçu établi le",

    what_was_asked: "Ce qui a été demandé",
    name: "Nom",
    level: "Niveau de sécurité",
    asked_to: "Objet",
    unreadable: "masqué ou illisible",
    credentials: "Justificatifs créés",
    outcome: "Issue",
    planned: "Consignée le",
    request_id: "Demande",
    humanos_id: "Id chez Humanos",
    internal_id: "Référence propre",
    endpoint: "Adresse de l’API",
    api_version: "Version de l’API",
    idempotency_key: "Clé d’idempotence",
    body: "Corps, SHA-256",
    bytes: "{n} octets",

    people_asked: "Personnes sollicitées",
    contact: "Contact",
    id: "Id",
    link: "Lien",

    attempts: "Tentatives et réponses",
    local_time: "Horloge du demandeur",
    server_clock: "Horloge du serveur",
    reason: "Sans réponse",
    server_request_id: "Id du serveur",
    said: "Humanos a dit",
    never_attempted: "Aucune tentative n’a été faite.",

    events: "Ce qui s’est passé",
    event: "Événement",
    detail: "Détail",

    evidence: "Preuves",
    head: "Tête du registre",
    head_over: "sur {n} événements",
    timestamped: "avec l’horodatage d’une autorité externe",
    not_timestamped: "sans horodatage externe",
    device_key: "Clé de l’appareil",
    key_fingerprint: "Empreinte de la clé",
    attached_file: "receipt.json, SHA-256",

    how_to_verify: "Comment vérifier",
    verify_in_app: "Dans l’application : déposez ce fichier sur la fenêtre de Countersign.",
    verify_in_terminal: "Dans un terminal, sans réseau : countersign verify FICHIER",
    verify_without: "Sans Countersign : enregistrez la pièce jointe receipt.json et suivez docs/VERIFYING.md.",

    none: "aucun",
    more_characters: "… et {n} caractères de plus",
    more_rows: "{n} lignes de plus figurent dans la pièce jointe receipt.json.",

    state,
    result,
    kind,
    resource,
    field,
};

fn state(state: State) -> &'static str {
    match state {
        State::Planned => "Pas encore envoyée",
        State::Sending => "En cours d’envoi",
        State::Accepted => "Acceptée : Humanos a créé la demande",
        State::Refused => "Refusée : Humanos n’a pas créé la demande",
        State::Unknown => "Inconnue : elle a pu arriver",
        State::NotSent => "Non envoyée : elle n’est certainement pas arrivée",
        State::Cancelled => "Annulée avant l’envoi",
    }
}

fn result(result: AttemptResult) -> &'static str {
    match result {
        AttemptResult::Running => "En cours",
        AttemptResult::Accepted => "Acceptée",
        AttemptResult::Refused => "Refusée",
        AttemptResult::Unknown => "Inconnue",
        AttemptResult::NotSent => "Non envoyée",
    }
}

fn kind(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Planned => "Consignée",
        EventKind::AttemptStarted => "Tentative commencée",
        EventKind::ReplyReceived => "Réponse reçue",
        EventKind::NoReply => "Sans réponse",
        EventKind::NotSent => "Non envoyée",
        EventKind::Recovered => "Trouvée interrompue",
        EventKind::Returned => "La personne est revenue",
        EventKind::SessionOpened => "Page de la personne montrée",
        EventKind::PayloadOpened => "Réponse ouverte",
        EventKind::PayloadKept => "Réponse non ouverte, gardée",
        EventKind::Strayed => "N’appartient à rien ici",
        EventKind::StatusSeen => "État consulté",
        EventKind::PutBack => "Renvoyée, mêmes octets",
        EventKind::Replaced => "Remplacée par une autre",
        EventKind::Replaces => "En remplace une autre",
        EventKind::AllowedAgain => "Permise à nouveau",
        EventKind::Cancelled => "Annulée",
        EventKind::Resent => "Notifiée à nouveau",
        EventKind::CodeRevealed => "Code montré",
        EventKind::Exported => "Exportée",
        EventKind::ConnectionSaved => "Connexion enregistrée",
        EventKind::ConnectionRemoved => "Connexion supprimée",
        EventKind::Verified => "Reçu vérifié",
        EventKind::PackExported => "Exportée avec d’autres",
        EventKind::DeviceKeyMade => "Clé de l’appareil créée",
    }
}

fn resource(kind: ResourceKind) -> &'static str {
    match kind {
        ResourceKind::Resource => "ressource",
        ResourceKind::Group => "parcours",
        ResourceKind::Credential => "justificatif",
    }
}

fn field(field: Field) -> &'static str {
    match field {
        Field::Body => "corps",
        Field::Contacts => "contacts",
        Field::Links => "liens",
        Field::Names => "noms",
        Field::Replies => "réponses",
    }
}
