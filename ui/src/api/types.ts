// Made from the Rust types by `cargo xtask bindings`. Do not edit.

export type Problem = { code: ProblemCode, message: string, field: string | null, };

export type ProblemCode = "busy" | "cancelled" | "clipboard" | "connection-failed" | "draft-has-issues" | "duplicate-idempotency-key" | "file-unreadable" | "internal" | "invalid-field" | "keyring-locked" | "keyring-no-answer" | "keyring-no-service" | "keyring-refused" | "ledger" | "ledger-locked" | "list-refused" | "passphrase-weak" | "passphrase-wrong" | "recovery-key-wrong" | "review-gone" | "save-failed" | "secrets-missing" | "session-open" | "unknown-item";

export type KeyringState = "available" | "locked" | "no-service" | "no-answer";

export type Keep = "keyring" | "vault" | "session";

export type Stage = "first-start" | "locked" | "ready";

export type LockReason = "keyring-entry-missing" | "keyring-locked" | "keyring-no-answer" | "keyring-no-service" | "ledger-busy" | "ledger-damaged" | "ledger-newer" | "passphrase" | "recovery-key";

export type Status = { stage: Stage, lock: LockReason | null, keyring: KeyringState, keep: Keep | null, appVersion: string, };

export type RecoveryKey = { recoveryKey: string, };

export type SecurityLevel = "CONTACT" | "ORGANIZATION_KYC" | "HUMANOS_KYC" | "HUMANOS_REVALIDATION";

export type CredentialType = "DOCUMENT" | "CONSENT" | "JSON" | "POLICY";

export type CredentialData = { "kind": "none" } | { "kind": "document", 
/**
 * Shown to the officer only; never sent.
 */
fileName: string, 
/**
 * The file in standard base64.
 */
base64: string, } | { "kind": "consent", 
/**
 * What the subject agrees to.
 */
text: string, 
/**
 * Where the full text can be read.
 */
url: string, } | { "kind": "json", 
/**
 * Raw JSON text as typed.
 */
text: string, };

export type PlacementType = "SIGNATURE" | "INITIALS" | "IDENTITY_FIELD" | "OPEN_TEXT" | "NUMERIC" | "DATE" | "CHECKBOX";

export type Placement = { 
/**
 * One of the request's contacts.
 */
contact: string, 
/**
 * What goes into the field.
 */
type: PlacementType, 
/**
 * For [`PlacementType::IdentityField`] only, such as `FULL_NAME`.
 */
identityType: string, 
/**
 * Left edge, percent.
 */
x: number, 
/**
 * Top edge, percent.
 */
y: number, 
/**
 * Percent.
 */
width: number, 
/**
 * Percent.
 */
height: number, 
/**
 * Page, counted from 0.
 */
pageIndex: number, };

export type Action = { 
/**
 * URN of an action version, `urn:via:action:` and an id.
 */
id: string, 
/**
 * Raw text of a JSON object with the values that the action declares.
 */
userParams: string, };

export type Credential = { 
/**
 * What the subject is asked for.
 */
type: CredentialType, 
/**
 * Shown to the subject.
 */
name: string, 
/**
 * Context tag, such as `payments.hotel`.
 */
scope: string, 
/**
 * RFC 3339 date and time with an offset.
 */
validFrom: string, 
/**
 * RFC 3339 date and time with an offset.
 */
validUntil: string, 
/**
 * Longer text for the subject.
 */
description: string, 
/**
 * The officer's own id of the credential.
 */
internalId: string, 
/**
 * The content, in the form that `kind` asks for.
 */
data: CredentialData, 
/**
 * Fields on the pages of a document.
 */
placements: Array<Placement>, 
/**
 * The action that a policy grants.
 */
action: Action, };

export type ExpectedDocId = { 
/**
 * One of the request's contacts.
 */
contact: string, 
/**
 * The document's number.
 */
docId: string, };

export type Draft = { 
/**
 * E-mail addresses or phone numbers (`+` and digits), one per subject.
 */
contacts: Array<string>, 
/**
 * Label of the request.
 */
name: string, 
/**
 * How strictly subjects must identify themselves; `None` leaves the choice to Humanos.
 */
securityLevel: SecurityLevel | null, 
/**
 * Ids of workflows.
 */
groupIds: Array<string>, 
/**
 * Ids of approvals.
 */
resourcesIds: Array<string>, 
/**
 * Credentials written in the request itself.
 */
credentials: Array<Credential>, 
/**
 * Language of the notifications, such as `ENG`.
 */
language: string, 
/**
 * Where a subject is sent after the last step.
 */
redirectUrl: string, 
/**
 * The officer's own id of the request.
 */
internalId: string, 
/**
 * Base64 of a DER SPKI P-256 public key.
 */
pubKey: string, 
/**
 * DIDs that may read the request and verify its presentations.
 */
authorizedDIDs: Array<string>, 
/**
 * Document ids that subjects are expected to hold.
 */
expectedDocIds: Array<ExpectedDocId>, };

export type IssueCode = "missing" | "at-least-one" | "blank" | "stray-character" | "duplicate" | "contact" | "language" | "url" | "did" | "pub-key" | "date" | "date-past" | "date-order" | "not-in-contacts" | "base64" | "not-pdf" | "too-large" | "json" | "not-an-object" | "action-urn" | "not-allowed" | "out-of-range" | "off-page" | "idempotency-key" | "server";

export type Issue = { 
/**
 * Dotted path of the field with its wire name, lists counted from 0: `contacts`,
 * `contacts.3`, `credentials.0.name`, `credentials.0.data` (the file), `credentials.0.data.text`
 * (consent or JSON text), `credentials.0.action.userParams`, `expectedDocIds.1.docId`.
 */
path: string, 
/**
 * What kind of thing.
 */
code: IssueCode, 
/**
 * A sentence or two for the officer.
 */
message: string, };

export type ReturnTo = "none" | "web" | "app";

export type ReturnKind = "deep-link" | "loopback" | "unavailable";

export type ReturnWay = { kind: ReturnKind, 
/**
 * With an ellipsis in place of what differs from request to request.
 */
address: string, };

export type SendMode = "together" | "each" | "groups" | "column";

export type SendPlan = { sendMode: SendMode, groupSize: number, groupColumn: string, 
/**
 * Nothing stands where a person has no value; otherwise that is an issue.
 */
leaveEmpty: boolean, };

export type Form = { draft: Draft, idempotencyKey: string, pendingContacts: string, plan: SendPlan, returnTo: ReturnTo, };

export type FormCheck = { issues: Array<Issue>, requests: number, people: number, 
/**
 * How long sending takes at the connection's pace.
 */
seconds: number, 
/**
 * The columns of the list that texts may name in `{{ }}`.
 */
columns: Array<string>, };

export type FormView = { form: Form, savedAtMs: number | null, };

export type SavedAt = { savedAtMs: number, };

export type NewPubKey = { pubKey: string, };

export type ChosenDocument = { fileName: string, base64: string, size: number, };

export type Region = string;

export type RowId = number;

export type RowState = "ready" | "warning" | "error";

export type Show = "all" | "errors" | "warnings" | "ready";

export type SortBy = "state" | "file" | "contact" | "name" | "docId" | "language" | "internalId" | "secondaryContact" | "country";

export type Sort = { 
/**
 * By what.
 */
by: SortBy, 
/**
 * The last first.
 */
descending: boolean, };

export type ListAsk = { 
/**
 * Those of a state.
 */
show: Show, 
/**
 * Only those with this reason.
 */
reason: ReasonCode | null, 
/**
 * Only those that hold this text, in any cell; blank for any.
 */
search: string, 
/**
 * In which order.
 */
sort: Sort, };

export type Kind = "email" | "phone";

export type Field = "contact" | "name" | "docId" | "language" | "internalId" | "secondaryContact" | "country";

export type ReasonCode = "empty" | "notAContact" | "severalContacts" | "emailForm" | "phoneTooShort" | "phoneTooLong" | "phoneNotInUse" | "phoneCountryUnknown" | "phoneWithoutCountry" | "phoneExtension" | "spreadsheetNumber" | "formula" | "duplicate" | "strayQuote" | "unclosedQuote" | "damagedCard" | "badBytes" | "controlCharacters" | "fieldTooLong" | "lineTooLong" | "tooManyColumns" | "docIdNumber" | "docIdForm" | "internalIdForm" | "secondaryContact" | "askedBefore" | "emailTypo" | "languageUnknown" | "countryUnknown" | "secondarySame" | "hiddenRemoved" | "nameLeftOut";

export type Reason = { 
/**
 * What it is.
 */
code: ReasonCode, 
/**
 * It in words: what is wrong and, if not plain, what to do.
 */
message: string, 
/**
 * What the field probably should be. Never used without being accepted.
 */
suggestion: string | null, 
/**
 * What it is about.
 */
field: Field, 
/**
 * The column of the file that it is about, by name.
 */
column: string | null, 
/**
 * How many rows, this one included, have a suggestion of just this kind.
 */
alike: number, 
/**
 * The earlier request it speaks of, by id.
 */
request: string | null, };

export type Row = { 
/**
 * Its name in this list.
 */
id: RowId, 
/**
 * Which of [`crate::Summary::sources`] it came from.
 */
source: number, 
/**
 * The line of the file on which it starts, from 1; 0 when it was added by hand.
 */
line: number, 
/**
 * The contact as found, or the start of the line when that could not be read.
 */
text: string, 
/**
 * The contact as it will be sent: an address with its domain in lower case, or E.164.
 */
contact: string | null, 
/**
 * What the contact is; `None` when it is neither.
 */
kind: Kind | null, 
/**
 * Whether it can be used.
 */
state: RowState, 
/**
 * Why it is so, worst first; a ready row may have quiet ones.
 */
reasons: Array<Reason>, 
/**
 * The number of the identity document as found; `None` where its source has no such column, as
 * for the fields below.
 */
docId: string | null, 
/**
 * The language as found.
 */
language: string | null, 
/**
 * The officer's own name for the person.
 */
internalId: string | null, 
/**
 * The second contact as found.
 */
secondaryContact: string | null, 
/**
 * The person's name.
 */
name: string | null, 
/**
 * The country as found.
 */
country: string | null, };

export type RowPage = { 
/**
 * How many rows match in all.
 */
total: number, 
/**
 * Those from the offset on.
 */
rows: Array<Row>, };

export type Delimiter = "comma" | "semicolon" | "tab" | "pipe";

export type Format = "csv" | "text" | "workbook" | "vCard" | "json" | "pasted" | "byHand";

export type Target = "contact" | "email" | "phone" | "docId" | "language" | "internalId" | "secondaryContact" | "name" | "country" | "variable" | "ignored";

export type Column = { 
/**
 * Its name in the file, or `column 2`.
 */
name: string, 
/**
 * What it is used as.
 */
target: Target, 
/**
 * Up to three of its first values.
 */
samples: Array<string>, };

export type Source = { 
/**
 * The name of the file, or `Added by hand`.
 */
name: string, 
/**
 * The sheet of the workbook.
 */
sheet: string | null, 
/**
 * What kind of file it is.
 */
format: Format, 
/**
 * How many of its rows are in the list now.
 */
rows: number, 
/**
 * Lines and rows with nothing in them, which were left out.
 */
blank: number, 
/**
 * The encoding it was read in, such as `UTF-8`; `None` where the format has just one.
 */
encoding: string | null, 
/**
 * What separates its cells; `None` where nothing does.
 */
delimiter: Delimiter | null, 
/**
 * Whether a row was taken as column names.
 */
header: boolean, 
/**
 * Its columns and what they are used as.
 */
columns: Array<Column>, };

export type Reading = { 
/**
 * One of [`crate::encodings`].
 */
encoding: string | null, 
/**
 * What separates its cells.
 */
delimiter: Delimiter | null, 
/**
 * Whether its first row has the column names.
 */
header: boolean | null, };

export type Preview = { 
/**
 * Its columns.
 */
columns: Array<Column>, 
/**
 * The first rows under the names, cut where they are long.
 */
rows: Array<Array<string>>, 
/**
 * The encoding it is read in.
 */
encoding: string | null, 
/**
 * What separates its cells.
 */
delimiter: Delimiter | null, 
/**
 * Whether a row is taken as column names.
 */
header: boolean, 
/**
 * How many rows there are.
 */
count: number, 
/**
 * How many of them cannot be read so.
 */
unreadable: number, };

export type ReasonCount = { 
/**
 * The reason.
 */
code: ReasonCode, 
/**
 * How bad it is.
 */
state: RowState, 
/**
 * It in words, for many rows at once.
 */
message: string, 
/**
 * How many rows have it.
 */
count: number, };

export type Summary = { 
/**
 * All rows.
 */
all: number, 
/**
 * Rows that will be used.
 */
ready: number, 
/**
 * Rows that will be used but deserve a look.
 */
warnings: number, 
/**
 * Rows that will not be used.
 */
errors: number, 
/**
 * The country of phone numbers written without one.
 */
region: Region, 
/**
 * Where the rows came from, in the order they were added; emptied sources stay.
 */
sources: Array<Source>, 
/**
 * How often each reason occurs, worst first, then most frequent first.
 */
reasons: Array<ReasonCount>, 
/**
 * The fields beside the contact that any row has.
 */
fields: Array<Field>, 
/**
 * What the next undo takes back, in words.
 */
undo: string | null, };

export type RegionChoice = { 
/**
 * Its code, such as `PT`.
 */
code: Region, 
/**
 * Its name in English, such as `Portugal`.
 */
name: string, 
/**
 * Its calling code without the plus, such as `351`.
 */
callingCode: number, };

export type FileProblem = { name: string, message: string, };

export type FileNote = { name: string, message: string, };

export type ImportReport = { summary: Summary, added: number, ready: number, warnings: number, errors: number, problems: Array<FileProblem>, notes: Array<FileNote>, };

export type ListStep = "reading" | "judging";

export type ListProgress = { name: string, step: ListStep, done: number, 
/**
 * 0 where it is not known.
 */
all: number, };

export type ListSettings = { 
/**
 * The country of phones without one.
 */
region: Region, 
/**
 * The largest CSV, text, vCard or JSON file, in MiB.
 */
textMebibytes: number, };

export type Drag = { over: boolean, };

export type WebhookHints = { signatureSecret: string, encryptionSecret: string, encryptionSalt: string, };

export type WebhookForm = { signatureSecret: SecretText, encryptionSecret: SecretText, encryptionSalt: SecretText, };

export type ConnectionView = { id: string, name: string, baseUrl: string, apiVersion: string, proxy: string, hasCa: boolean, practice: boolean, apiKeyHint: string, apiKeyFingerprint: string, secretHint: string, secretFingerprint: string, kept: Keep | null, current: boolean, pace: Pace, webhook: WebhookHints | null, };

export type ConnectionForm = { id: string | null, name: string, baseUrl: string, apiVersion: string, apiKey: SecretText, signatureSecret: SecretText, proxy: string, 
/**
 * `null` keeps what is stored, an empty text removes it.
 */
caPem: string | null, };

export type SecretText = string;

export type ConnectionTest = { status: number, message: string, serverDate: string | null, clockSkewMs: number | null, };

export type PlanIssueView = { 
/**
 * The field, as in `Issue`; `sendMode` and `groupColumn` for the plan, `contacts` for the list.
 */
path: string, message: string, 
/**
 * The line of the file, if it is about one.
 */
row: number | null, 
/**
 * The file or paste the row came from.
 */
source: string | null, 
/**
 * The number of the request, if it is about one.
 */
request: number | null, };

export type PreparedReview = { review: Review | null, issues: Array<PlanIssueView>, issueCount: number, };

export type Review = { id: string, people: number, leftOut: number, requests: number, 
/**
 * Requests that exist only because people need different values of what a request has once.
 */
splitRequests: number, 
/**
 * How long the first attempts take at this pace.
 */
seconds: number, pace: Pace, 
/**
 * So many people that the officer is asked twice.
 */
asksAgain: boolean, connectionName: string, practice: boolean, warnings: Array<string>, 
/**
 * The first request.
 */
request: ReviewRequest, };

export type ReviewRequest = { 
/**
 * From 1.
 */
number: number, people: number, 
/**
 * The first of its contacts.
 */
contacts: Array<string>, method: string, url: string, headers: Array<[string, string]>, body: string, sha256: string, bytes: number, };

export type DryRun = { requests: number, people: number, bytes: number, largest: number, 
/**
 * What the connection answered to a call that changes nothing, if it was reached.
 */
connection: ConnectionTest | null, 
/**
 * Why it was not reached.
 */
unreached: string | null, };

export type Sent = { request: RequestDetail | null, batch: string | null, };

export type PlanProgress = { done: number, all: number, };

export type Pace = { perMinute: number, inFlight: number, };

export type BatchState = "running" | "paused" | "finished" | "stopped";

export type Turning = "pausing" | "stopping";

export type BatchCount = { requests: number, people: number, };

export type BatchCounts = { planned: BatchCount, sending: BatchCount, accepted: BatchCount, refused: BatchCount, unknown: BatchCount, notSent: BatchCount, cancelled: BatchCount, };

export type Slowed = { times: number, 
/**
 * The last time.
 */
atMs: number, };

export type BatchView = { id: string, 
/**
 * Grows with each look at any batch: of two views the one with the higher number is the later.
 */
revision: number, name: string, connectionId: string, connectionName: string, practice: boolean, createdAtMs: number, endedAtMs: number | null, requests: number, people: number, state: BatchState, turning: Turning | null, 
/**
 * Why it is paused, a sentence for the officer; may be empty.
 */
why: string, 
/**
 * When it goes on by itself, if it does.
 */
resumesAtMs: number | null, counts: BatchCounts, 
/**
 * Requests a minute as seen; none in the first second and when nothing is sent.
 */
perMinute: number | null, 
/**
 * What the pace allows now; less than `pace` after the server asked for less.
 */
allowedPerMinute: number, pace: Pace, slowed: Slowed | null, leftMs: number | null, };

export type FailureGroup = { state: RequestState, kind: FailureKind, status: number | null, 
/**
 * What the other side said, in the words of the first of them.
 */
said: string, requests: number, people: number, 
/**
 * The first of them.
 */
first: FailedRequest, 
/**
 * A contact that the words name, if they name one and it is among the people.
 */
contact: string | null, };

export type FailedRequest = { id: string, 
/**
 * Its number in the batch, from 1.
 */
number: number, people: number, };

export type Mended = { request: string, number: number, 
/**
 * As it was understood.
 */
contact: string, };

export type CloseAsked = { batches: number, peopleLeft: number, };

export type RequestState = "accepted" | "cancelled" | "not-sent" | "planned" | "refused" | "sending" | "unknown";

export type RequestList = { total: number, rows: Array<RequestListRow>, };

export type RequestListRow = { id: string, name: string, internalId: string, humanosId: string | null, people: number, firstContact: string, securityLevel: string, state: RequestState, createdAtMs: number, connectionName: string, practice: boolean, 
/**
 * In its batch, from 1.
 */
number: number | null, };

export type SubjectView = { index: number, id: string, contact: string, link: string | null, hasCode: boolean, };

export type CredentialView = { id: string, name: string | null, internalId: string | null, };

export type AttemptView = { number: number, startedAtMs: number, endedAtMs: number | null, result: string, status: number | null, serverDate: string | null, serverRequestId: string | null, };

export type EventView = { atMs: number, kind: string, text: string, };

export type FailureKind = "conflict" | "field-errors" | "malformed" | "network" | "payment" | "refused" | "server" | "too-many" | "unauthorized" | "unknown";

export type FailureView = { kind: FailureKind, status: number | null, 
/**
 * What the other side said, in its own words.
 */
said: Array<string>, 
/**
 * Those of its sentences that name a field of the form.
 */
fields: Array<Issue>, };

export type Standing = "cancelled" | "done" | "rejected" | "pending" | "closed" | "unclear";

export type StatusView = { atMs: number, standing: Standing, credentials: Array<StatusCredential>, subjects: Array<StatusSubject>, };

export type StatusCredential = { id: string, name: string | null, status: string, decisions: Array<StatusDecision>, };

export type StatusDecision = { contact: string | null, accepted: boolean | null, decidedAt: string | null, };

export type StatusSubject = { contact: string, identityStatus: string | null, kyc: string | null, };

export type AnswerWay = "brought" | "session" | "webhook";

export type Signature = "missing" | "right" | "unreadable" | "wrong";

export type FreshnessKind = "ahead" | "fresh" | "old" | "unknown";

export type FreshnessView = { kind: FreshnessKind, ms: number, };

export type AnswerView = { id: string, atMs: number, way: AnswerWay, opened: boolean, 
/**
 * What opened it; none for a webhook.
 */
profile: string | null, confirmed: boolean, signature: Signature | null, freshness: FreshnessView | null, request: string | null, requestName: string | null, 
/**
 * As it came, cut when it is long.
 */
raw: string, rawBytes: number, answer: Answer | null, };

export type Answer = { event: string | null, requestId: string | null, internalId: string | null, issuerDid: string | null, apiVersion: string | null, user: AnswerUser | null, content: AnswerContent, rest: Array<AnswerRest>, };

export type AnswerUser = { contact: string | null, id: string | null, internalId: string | null, };

export type AnswerContent = { "kind": "credential", id: string | null, name: string | null, internalId: string | null, resourceType: string | null, status: string | null, 
/**
 * `accepted`, `rejected` or what came.
 */
decision: string | null, decidedAt: string | null, decisions: Array<AnswerDecision>, } | { "kind": "identity", passed: boolean | null, fraud: boolean | null, riskScore: string | null, outcome: string | null, message: string | null, date: string | null, fields: Array<AnswerField>, } | { "kind": "otp-failed", code: string | null, message: string | null, resendEndpoint: string | null, } | { "kind": "test", message: string | null, } | { "kind": "unknown" };

export type AnswerDecision = { id: string | null, contact: string | null, accepted: boolean | null, decidedAt: string | null, };

export type AnswerField = { name: string, values: Array<string>, };

export type AnswerRest = { path: string, json: string, };

export type OpenOutcome = "bad-signature" | "kept" | "known" | "no-secrets" | "not-a-payload" | "opened" | "too-old";

export type OpenResult = { outcome: OpenOutcome, answer: AnswerView | null, freshness: FreshnessView | null, traces: Array<TraceView>, };

export type TraceView = { profile: string, opened: boolean, reached: string, };

export type PayloadFile = { fileName: string, text: string, };

export type DropPlace = "list" | "answers" | "check";

export type ProfilesView = { builtIn: Array<ProfileView>, own: Array<ProfileView>, 
/**
 * The file of one's own as it was saved.
 */
text: string, };

export type ProfileView = { name: string, note: string, confirmed: boolean, };

export type SessionOrigin = { origin: string, https: boolean, };

export type SessionOutcome = "kept" | "known" | "opened" | "refused";

export type SessionSaid = { outcome: SessionOutcome, answer: AnswerView | null, };

export type RequestDetail = { id: string, name: string, internalId: string, humanosId: string | null, state: RequestState, people: number, securityLevel: string, connectionName: string, practice: boolean, batchId: string | null, url: string, apiVersion: string, idempotencyKey: string, body: string, bodySha256: string, createdAtMs: number, failure: FailureView | null, returnTo: ReturnTo, status: StatusView | null, 
/**
 * Newest first.
 */
answers: Array<AnswerView>, subjects: Array<SubjectView>, credentials: Array<CredentialView>, attempts: Array<AttemptView>, events: Array<EventView>, };

export type Officer = { name: string, organisation: string, 
/**
 * Where test sends go.
 */
contact: string, };

export type Saved = { path: string, };

export type ReceiptFormat = "json" | "pdf";

export type Language = "en" | "pt" | "es" | "fr";

export type MaskField = "contacts" | "names" | "links" | "replies" | "body";

export type ReceiptAsk = { format: ReceiptFormat, language: Language, mask: Array<MaskField>, };

export type PackFormat = "pack" | "xlsx" | "csv-safe" | "csv-exact";

export type PackScope = { "kind": "batch", id: string, } | { "kind": "period", 
/**
 * Both ends are included.
 */
fromMs: number, toMs: number, } | { "kind": "search", search: string, } | { "kind": "requests", ids: Array<string>, };

export type PackAsk = { format: PackFormat, scope: PackScope, 
/**
 * Whether a pack holds each receipt on paper too.
 */
pdf: boolean, language: Language, mask: Array<MaskField>, };

export type Stamping = { 
/**
 * The address of the authority; blank where none is asked.
 */
url: string, };

export type ExportStep = "checking" | "stamping" | "receipts" | "writing";

export type ExportProgress = { step: ExportStep, done: number, 
/**
 * 0 where it is not known.
 */
total: number, };

export type Exported = { path: string, 
/**
 * How many requests are in it.
 */
requests: number, 
/**
 * Requests that were asked for and that no receipt can be made of.
 */
leftOut: number, 
/**
 * Why it holds no time stamp, where one was wanted.
 */
stampProblem: string | null, 
/**
 * How many places of the ledger are damaged.
 */
damageCount: number, };

export type Damage = { code: string, words: string, 
/**
 * The events, both ends included.
 */
from: number | null, to: number | null, request: string | null, requestName: string | null, };

export type LedgerReport = { size: number, root: string, checkedAtMs: number, 
/**
 * The first of them.
 */
damages: Array<Damage>, 
/**
 * All of them.
 */
damageCount: number, };

export type FormerKey = { kid: string, fingerprint: string, madeAtMs: number, retiredAtMs: number, };

export type DeviceKeyView = { kid: string, fingerprint: string, madeAtMs: number, former: Array<FormerKey>, };

export type CheckKind = "receipt" | "old-receipt" | "pdf" | "pack" | "unknown";

export type Verdict = "holds" | "holds-unknown-key" | "unsigned" | "broken" | "unreadable";

export type InLedger = "agrees" | "differs" | "not-here" | "closed";

export type CheckFinding = { code: string, words: string, 
/**
 * The member of the receipt, or the file in the pack.
 */
place: string | null, 
/**
 * The bytes of the file, from 0, both ends included.
 */
from: number | null, to: number | null, };

export type CheckFacts = { officer: string, organisation: string, requestName: string, requestId: string, people: number, state: string, exportedAtUtc: string, interim: boolean, practice: boolean, 
/**
 * Blank when it was not signed.
 */
kid: string, fingerprint: string, 
/**
 * Whether it is one of this computer's keys.
 */
keyKnown: boolean, headSize: number, headRoot: string, 
/**
 * Who else says when the ledger was so, and when; blank where nobody does.
 */
stampedBy: string, stampedAtUtc: string, 
/**
 * How many are in it.
 */
receipts: number, };

export type ReceiptCheck = { file: string, kind: CheckKind, verdict: Verdict, findings: Array<CheckFinding>, facts: CheckFacts | null, ledger: InLedger, };
