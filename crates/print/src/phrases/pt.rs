//! Portuguese, as in Portugal.

use ledger::{AttemptResult, EventKind, State};
use receipts::Field;

use super::{DateOrder, Phrases};
use crate::page::ResourceKind;

pub(super) const PHRASES: Phrases = Phrases {
    date_order: DateOrder::Slashed,
    months: [
        "jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez",
    ],

    title: "Recibo de um pedido",
    interim: "Provisório: o resultado ainda está em aberto",
    practice: "Ensaio: ninguém foi contactado",
    masked: "Ocultado na exportação: {fields}",
    clock: "As horas aparecem duas vezes: no relógio de quem pediu, {zone}, como dia/mês/ano horas:minutos:segundos,milissegundos; e em UTC, como ano-mês-dia.",
    page: "Página {n} de {m}",

    who_asked: "Quem pediu",
    officer: "Responsável",
    organisation: "Organização",
    connection: "Ligação",
    receipt_made: "Recibo feito em",

    what_was_asked: "O que foi pedido",
    name: "Nome",
    level: "Nível de segurança",
    asked_to: "Foi pedido",
    unreadable: "ocultado ou ilegível",
    credentials: "Credenciais criadas",
    outcome: "Resultado",
    planned: "Registado em",
    request_id: "Pedido",
    humanos_id: "Id na Humanos",
    internal_id: "Referência própria",
    endpoint: "Endereço da API",
    api_version: "Versão da API",
    idempotency_key: "Chave de idempotência",
    body: "Corpo, SHA-256",
    bytes: "{n} bytes",

    people_asked: "Pessoas contactadas",
    contact: "Contacto",
    id: "Id",
    link: "Ligação",

    attempts: "Tentativas e respostas",
    local_time: "Relógio de quem pediu",
    server_clock: "Relógio do servidor",
    reason: "Sem resposta",
    server_request_id: "Id do servidor",
    said: "A Humanos disse",
    never_attempted: "Não houve nenhuma tentativa.",

    events: "O que aconteceu",
    event: "Acontecimento",
    detail: "Pormenor",

    evidence: "Provas",
    head: "Topo do registo",
    head_over: "sobre {n} acontecimentos",
    timestamped: "com selo temporal de uma autoridade externa",
    not_timestamped: "sem selo temporal externo",
    device_key: "Chave do dispositivo",
    key_fingerprint: "Impressão da chave",
    attached_file: "receipt.json, SHA-256",

    how_to_verify: "Como verificar",
    verify_in_app: "Na aplicação: largue este ficheiro na janela do Countersign.",
    verify_in_terminal: "Num terminal, sem rede: countersign verify FICHEIRO",
    verify_without: "Sem o Countersign: guarde o anexo receipt.json e siga docs/VERIFYING.md.",

    none: "nenhum",
    more_characters: "… e mais {n} caracteres",
    more_rows: "Há mais {n} linhas no anexo receipt.json.",

    state,
    result,
    kind,
    resource,
    field,
};

fn state(state: State) -> &'static str {
    match state {
        State::Planned => "Ainda não enviado",
        State::Sending => "A ser enviado",
        State::Accepted => "Aceite: a Humanos criou o pedido",
        State::Refused => "Recusado: a Humanos não criou o pedido",
        State::Unknown => "Desconhecido: pode ter chegado",
        State::NotSent => "Não enviado: de certeza que não chegou",
        State::Cancelled => "Cancelado antes do envio",
    }
}

fn result(result: AttemptResult) -> &'static str {
    match result {
        AttemptResult::Running => "Em curso",
        AttemptResult::Accepted => "Aceite",
        AttemptResult::Refused => "Recusado",
        AttemptResult::Unknown => "Desconhecido",
        AttemptResult::NotSent => "Não enviado",
    }
}

fn kind(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Planned => "Registado",
        EventKind::AttemptStarted => "Tentativa iniciada",
        EventKind::ReplyReceived => "Resposta recebida",
        EventKind::NoReply => "Sem resposta",
        EventKind::NotSent => "Não enviado",
        EventKind::Recovered => "Encontrado interrompido",
        EventKind::Returned => "A pessoa voltou",
        EventKind::SessionOpened => "Página da pessoa mostrada",
        EventKind::PayloadOpened => "Resposta aberta",
        EventKind::PayloadKept => "Resposta não aberta, guardada",
        EventKind::Strayed => "Não pertence a nada aqui",
        EventKind::StatusSeen => "Estado consultado",
        EventKind::PutBack => "Reenviado, mesmos bytes",
        EventKind::Replaced => "Substituído por outro",
        EventKind::Replaces => "Substitui outro",
        EventKind::AllowedAgain => "Permitido de novo",
        EventKind::Cancelled => "Cancelado",
        EventKind::Resent => "Notificado de novo",
        EventKind::CodeRevealed => "Código mostrado",
        EventKind::Exported => "Exportado",
        EventKind::ConnectionSaved => "Ligação guardada",
        EventKind::ConnectionRemoved => "Ligação removida",
        EventKind::Verified => "Recibo verificado",
        EventKind::PackExported => "Exportado com outros",
        EventKind::DeviceKeyMade => "Chave do dispositivo criada",
    }
}

fn resource(kind: ResourceKind) -> &'static str {
    match kind {
        ResourceKind::Resource => "recurso",
        ResourceKind::Group => "fluxo",
        ResourceKind::Credential => "credencial",
    }
}

fn field(field: Field) -> &'static str {
    match field {
        Field::Body => "corpo",
        Field::Contacts => "contactos",
        Field::Links => "ligações",
        Field::Names => "nomes",
        Field::Replies => "respostas",
    }
}
