//! Spanish.

use ledger::{AttemptResult, EventKind, State};
use receipts::Field;

use super::{DateOrder, Phrases};
use crate::page::ResourceKind;

pub(super) const PHRASES: Phrases = Phrases {
    date_order: DateOrder::Slashed,
    months: [
        "ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic",
    ],

    title: "Recibo de una solicitud",
    interim: "Provisional: el resultado sigue abierto",
    practice: "Ensayo: no se preguntó a nadie",
    masked: "Oculto en la exportación: {fields}",
    clock: "Las horas figuran dos veces: en el reloj del solicitante, {zone}, como día/mes/año horas:minutos:segundos,milisegundos; y en UTC, como año-mes-día.",
    page: "Página {n} de {m}",

    who_asked: "Quién preguntó",
    officer: "Responsable",
    organisation: "Organización",
    connection: "Conexión",
    receipt_made: "Recibo hecho el",

    what_was_asked: "Qué se pidió",
    name: "Nombre",
    level: "Nivel de seguridad",
    asked_to: "Se pidió",
    unreadable: "oculto o ilegible",
    credentials: "Credenciales creadas",
    outcome: "Resultado",
    planned: "Registrada el",
    request_id: "Solicitud",
    humanos_id: "Id en Humanos",
    internal_id: "Referencia propia",
    endpoint: "Dirección de la API",
    api_version: "Versión de la API",
    idempotency_key: "Clave de idempotencia",
    body: "Cuerpo, SHA-256",
    bytes: "{n} bytes",

    people_asked: "Personas consultadas",
    contact: "Contacto",
    id: "Id",
    link: "Enlace",

    attempts: "Intentos y respuestas",
    local_time: "Reloj del solicitante",
    server_clock: "Reloj del servidor",
    reason: "Sin respuesta",
    server_request_id: "Id del servidor",
    said: "Humanos dijo",
    never_attempted: "No se hizo ningún intento.",

    events: "Qué ocurrió",
    event: "Suceso",
    detail: "Detalle",

    evidence: "Pruebas",
    head: "Cabeza del registro",
    head_over: "sobre {n} sucesos",
    timestamped: "con sello de tiempo de una autoridad externa",
    not_timestamped: "sin sello de tiempo externo",
    device_key: "Clave del dispositivo",
    key_fingerprint: "Huella de la clave",
    attached_file: "receipt.json, SHA-256",

    how_to_verify: "Cómo verificar",
    verify_in_app: "En la aplicación: suelte este archivo en la ventana de Countersign.",
    verify_in_terminal: "En un terminal, sin red: countersign verify ARCHIVO",
    verify_without: "Sin Countersign: guarde el adjunto receipt.json y siga docs/VERIFYING.md.",

    none: "ninguno",
    more_characters: "… y {n} caracteres más",
    more_rows: "Hay {n} filas más en el adjunto receipt.json.",

    state,
    result,
    kind,
    resource,
    field,
};

fn state(state: State) -> &'static str {
    match state {
        State::Planned => "Aún no enviada",
        State::Sending => "Enviándose",
        State::Accepted => "Aceptada: Humanos creó la solicitud",
        State::Refused => "Rechazada: Humanos no creó la solicitud",
        State::Unknown => "Desconocido: puede haber llegado",
        State::NotSent => "No enviada: es seguro que no llegó",
        State::Cancelled => "Cancelada antes del envío",
    }
}

fn result(result: AttemptResult) -> &'static str {
    match result {
        AttemptResult::Running => "En curso",
        AttemptResult::Accepted => "Aceptado",
        AttemptResult::Refused => "Rechazado",
        AttemptResult::Unknown => "Desconocido",
        AttemptResult::NotSent => "No enviado",
    }
}

fn kind(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Planned => "Registrada",
        EventKind::AttemptStarted => "Intento iniciado",
        EventKind::ReplyReceived => "Respuesta recibida",
        EventKind::NoReply => "Sin respuesta",
        EventKind::NotSent => "No enviado",
        EventKind::Recovered => "Hallado interrumpido",
        EventKind::Returned => "La persona volvió",
        EventKind::SessionOpened => "Página de la persona mostrada",
        EventKind::PayloadOpened => "Respuesta abierta",
        EventKind::PayloadKept => "Respuesta no abierta, guardada",
        EventKind::Strayed => "No pertenece a nada aquí",
        EventKind::StatusSeen => "Estado consultado",
        EventKind::PutBack => "Reenviada, mismos bytes",
        EventKind::Replaced => "Sustituida por otra",
        EventKind::Replaces => "Sustituye a otra",
        EventKind::AllowedAgain => "Permitida de nuevo",
        EventKind::Cancelled => "Cancelada",
        EventKind::Resent => "Notificada de nuevo",
        EventKind::CodeRevealed => "Código mostrado",
        EventKind::Exported => "Exportada",
        EventKind::ConnectionSaved => "Conexión guardada",
        EventKind::ConnectionRemoved => "Conexión eliminada",
        EventKind::Verified => "Recibo verificado",
        EventKind::PackExported => "Exportada con otras",
        EventKind::DeviceKeyMade => "Clave del dispositivo creada",
    }
}

fn resource(kind: ResourceKind) -> &'static str {
    match kind {
        ResourceKind::Resource => "recurso",
        ResourceKind::Group => "flujo",
        ResourceKind::Credential => "credencial",
    }
}

fn field(field: Field) -> &'static str {
    match field {
        Field::Body => "cuerpo",
        Field::Contacts => "contactos",
        Field::Links => "enlaces",
        Field::Names => "nombres",
        Field::Replies => "respuestas",
    }
}
