//! From a list and a form to what is reviewed.

use contacts::confined::ReaderProgram;
use contacts::{ContactList, Limits, Reader, Reading, Region, Unwatched};
use humanos::{ApiCredentials, ApiKey, BaseUrl, Endpoint, ExpectedDocId, Proxy, SignatureSecret};

use super::*;
use crate::commands::connections::practice;
use crate::returns::Route;

const RESOURCE: &str = "507f1f77bcf86cd799439011";
const STAFF: &str =
    "Email;Plan;Language;Doc\nana@x.pt;A;PRT;1\nrui@x.pt;B;ENG;2\nzoe@x.pt;A;PRT;3\n";

fn list(csv: &str) -> ContactList {
    let region = Region::parse("PT").unwrap();
    let reader = Reader {
        program: &ReaderProgram::new("none".into()),
        limits: Limits::default(),
        region,
        watch: &Unwatched,
    };
    let mut list = ContactList::new(region);
    let read = reader.file("staff.csv", csv.as_bytes(), &Reading::default());
    for table in read.unwrap().tables {
        list.add(table.judge(region, &Unwatched).unwrap()).unwrap();
    }
    list
}

fn way() -> Way {
    let endpoint = Endpoint {
        base_url: BaseUrl::parse("https://api.example").unwrap(),
        version: ApiVersion::contacts_era(),
        proxy: Proxy::None,
        ca_pem: None,
    };
    let credentials = ApiCredentials {
        api_key: ApiKey::parse("a_key_of_some_length".to_owned()).unwrap(),
        signature_secret: SignatureSecret::parse("a secret".replace(' ', "-")).unwrap(),
    };
    Way {
        back: WayBack::made(Route::Loopback(4000)),
        client: Client::new(endpoint, credentials).unwrap(),
        version: ApiVersion::contacts_era(),
        connection: practice(String::new(), PACE),
    }
}

const PACE: Pace = Pace {
    per_minute: 60,
    in_flight: 4,
};

fn form(mode: SendMode) -> Form {
    let mut form = Form::default();
    form.draft.resources_ids = vec![RESOURCE.to_owned()];
    form.draft.language = "ENG".to_owned();
    form.plan.send_mode = mode;
    form.idempotency_key = "order-7".to_owned();
    form
}

fn reviewed(list: &ContactList, form: &Form) -> Reviewed {
    prepare(list.picked(), 2, form, way()).unwrap()
}

fn ready(list: &ContactList, form: &Form) -> Prepared {
    match reviewed(list, form) {
        Reviewed::Ready(prepared) => *prepared,
        Reviewed::Issues(issues, _) => panic!("{issues:?}"),
    }
}

fn issues(list: &ContactList, form: &Form) -> Vec<PlanIssueView> {
    match reviewed(list, form) {
        Reviewed::Ready(_) => Vec::new(),
        Reviewed::Issues(issues, _) => issues,
    }
}

fn checked(list: &ContactList, form: &Form) -> FormCheck {
    check(
        list.picked(),
        form,
        ApiVersion::contacts_era(),
        &way().back,
        PACE,
    )
    .unwrap()
}

fn paths(check: &FormCheck) -> Vec<&str> {
    check
        .issues
        .iter()
        .map(|issue| issue.path.as_str())
        .collect()
}

#[test]
fn the_form_says_what_it_would_make_of_the_list() {
    let list = list(STAFF);
    let check = checked(&list, &form(SendMode::Each));
    assert!(check.issues.is_empty(), "{:?}", check.issues);
    assert_eq!((check.requests, check.people, check.seconds), (3, 3, 2));
    assert_eq!(check.columns, ["Email", "Plan", "Language", "Doc"]);
    let by_plan = Form {
        plan: crate::wire::SendPlan {
            group_column: "plan".to_owned(),
            ..form(SendMode::Column).plan
        },
        ..form(SendMode::Column)
    };
    assert_eq!(checked(&list, &by_plan).requests, 2);
}

#[test]
fn each_issue_stands_at_its_field() {
    let list = list(STAFF);
    let mut wrong = form(SendMode::Column);
    wrong.idempotency_key = "a b".to_owned();
    wrong.draft.name = "{{Nothing}}".to_owned();
    assert_eq!(
        paths(&checked(&list, &wrong)),
        ["Idempotency-Key", "name", "groupColumn"]
    );
    let blank = &checked(&list, &form(SendMode::Column)).issues[0];
    assert!(blank.message.starts_with("Choose the column"));
    for (size, ok) in [(0, false), (1, true), (10_000, true), (10_001, false)] {
        let mut form = form(SendMode::Groups);
        form.plan.group_size = size;
        let found = checked(&list, &form);
        assert_eq!(paths(&found).is_empty(), ok, "{size}");
        assert!(ok || paths(&found) == ["groupSize"]);
    }
    let nobody = checked(&self::list("Email\nnobody\n"), &form(SendMode::Each));
    assert_eq!(paths(&nobody), ["contacts"]);
}

#[test]
fn an_issue_of_a_row_names_the_file_and_the_line() {
    let mut form = form(SendMode::Each);
    form.draft.name = "{{Plan}}".to_owned();
    let gap = "Email;Plan\nana@x.pt;A\nwrong;B\nrui@x.pt;\n";
    let found = issues(&list(gap), &form);
    assert_eq!(found.len(), 1);
    let issue = &found[0];
    assert_eq!(issue.path, "name");
    assert_eq!((issue.row, issue.request), (Some(4), Some(2)));
    assert_eq!(issue.source.as_deref(), Some("staff.csv"));
    form.plan.leave_empty = true;
    assert!(issues(&list(gap), &form).is_empty());
}

#[test]
fn only_the_first_issues_are_shown_and_all_are_counted() {
    let rows: String = (0..50).map(|n| format!("p{n}@x.pt;\n")).collect();
    let mut form = form(SendMode::Each);
    form.draft.name = "{{Plan}}".to_owned();
    let Reviewed::Issues(shown, count) = reviewed(&list(&format!("Email;Plan\n{rows}")), &form)
    else {
        panic!("rows without a plan");
    };
    assert_eq!((shown.len(), count), (20, 50));
}

#[test]
fn languages_part_requests_and_the_review_says_so() {
    let mut form = form(SendMode::Together);
    form.draft.language = String::new();
    let review = ready(&list(STAFF), &form).review;
    assert_eq!((review.requests, review.split_requests), (2, 1));
    assert_eq!(review.left_out, 2);
    assert_eq!(
        review.warnings,
        ["The list has 2 languages and a request has one: that makes 2 requests out of 1."]
    );
}

#[test]
fn what_is_reviewed_is_what_is_sent_whatever_becomes_of_the_list() {
    let mut list = list(STAFF);
    let mut form = form(SendMode::Each);
    form.draft.name = "Plan {{Plan}}".to_owned();
    let prepared = ready(&list, &form);
    let shown: Vec<_> = (1..=3).map(|n| prepared.request(n).unwrap()).collect();
    list.add_text("eva@x.pt", &Limits::default()).unwrap();
    let sent: Vec<_> = prepared.requests().map(Result::unwrap).collect();
    assert_eq!(sent.len(), 3);
    for (shown, sent) in shown.iter().zip(&sent) {
        assert_eq!(shown.body.as_bytes(), sent.body);
        assert_eq!(shown.sha256, sent.body_sha256);
        let key = ("Idempotency-Key".to_owned(), sent.idempotency_key.clone());
        assert!(shown.headers.contains(&key), "{:?}", shown.headers);
        assert_eq!(shown.contacts, sent.people);
    }
    let keys: Vec<_> = sent.iter().map(|r| r.idempotency_key.as_str()).collect();
    assert_eq!(keys, ["order-7-1", "order-7-2", "order-7-3"]);
    let ids: Vec<_> = sent.iter().map(|r| r.internal_id.as_str()).collect();
    assert_eq!(ids, ["order-7-1", "order-7-2", "order-7-3"]);
    assert_eq!(sent[1].name, "Plan B");
    assert!(prepared.request(4).is_err());
}

#[test]
fn a_single_request_has_the_key_of_the_form_and_the_id_of_its_review() {
    let prepared = ready(&list(STAFF), &form(SendMode::Together));
    let sent: Vec<_> = prepared.requests().map(Result::unwrap).collect();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].idempotency_key, "order-7");
    assert_eq!(sent[0].id, prepared.review.id);
    assert_eq!(sent[0].security_level, "CONTACT");
    assert!(sent[0].internal_id.is_empty());
    let again = single(list(STAFF).picked(), &form(SendMode::Together), &way().back).unwrap();
    assert_eq!(again.body.sha256_hex(), sent[0].body_sha256);
    assert!(single(list(STAFF).picked(), &form(SendMode::Each), &way().back).is_none());
}

#[test]
fn a_person_is_found_in_their_request() {
    let prepared = ready(&list(STAFF), &form(SendMode::Each));
    assert_eq!(prepared.find(" RUI@"), Some(2));
    assert_eq!(prepared.find("x.pt"), Some(1));
    assert_eq!(prepared.find("eva"), None);
    assert_eq!(prepared.find(" "), None);
}

#[test]
fn a_test_says_to_the_officer_what_the_first_person_would_read() {
    let mut form = form(SendMode::Groups);
    form.draft.name = "Onboarding".to_owned();
    form.draft.internal_id = "case".to_owned();
    form.draft.expected_doc_ids = vec![ExpectedDocId {
        contact: "{{contact}}".to_owned(),
        doc_id: "{{Doc}}".to_owned(),
    }];
    let prepared = ready(&list(STAFF), &form);
    let real = prepared.requests().next().unwrap().unwrap();
    let test = prepared.test_request(1, "me@x.pt").unwrap();
    assert_eq!(test.people, ["me@x.pt"]);
    assert_eq!(
        (test.name.as_str(), test.internal_id.as_str()),
        ("Onboarding", "case-test")
    );
    assert_ne!(test.idempotency_key, real.idempotency_key);
    let body = String::from_utf8(test.body).unwrap();
    assert!(
        body.contains(r#"{"contact":"me@x.pt","docId":"1"}"#),
        "{body}"
    );
    assert!(
        !body.contains("ana@x.pt") && !body.contains("rui@x.pt"),
        "{body}"
    );
}
