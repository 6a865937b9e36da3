//! What is found before anything is sent.

use dispatch::plan::{KEPT_ISSUES, PlanIssue, PlanIssueCode, PlanWarning, Report};
use dispatch::{Mode, Plan, PlanError};
use humanos::{
    Credential, CredentialData, CredentialType, Draft, ExpectedDocId, IssueCode, Placement,
};

use crate::support::*;

fn list() -> Table {
    Table::new(
        &["Nome", "Cidade", "Link"],
        &[
            &["a@x.co", "Ana", "Porto", "https://x.co"],
            &["b@x.co", "Rui", "Lisboa", "javascript:x"],
            &["c@x.co", "Eva", "", "https://x.co"],
        ],
    )
}

fn consent(text: &str) -> Credential {
    let data = CredentialData::Consent {
        text: text.to_owned(),
        url: String::new(),
    };
    credential(CredentialType::Consent, data)
}

fn document() -> Credential {
    let data = CredentialData::Document {
        file_name: String::new(),
        base64: "JVBERi0xLjcK".to_owned(),
    };
    credential(CredentialType::Document, data)
}

fn placement(contact: &str) -> Placement {
    Placement {
        contact: contact.to_owned(),
        width: 1.0,
        height: 1.0,
        ..Placement::default()
    }
}

type Found = Vec<(String, PlanIssueCode, Option<u64>, Option<u32>)>;

fn found(report: &Report) -> Found {
    tuples(&report.issues)
}

fn tuples(issues: &[PlanIssue]) -> Found {
    // The officer counts from 2.
    for issue in issues {
        assert_eq!(issue.row, issue.person.map(|person| u64::from(person) + 2));
    }
    let issues = issues.iter();
    issues
        .map(|issue| (issue.path.clone(), issue.code, issue.row, issue.request))
        .collect()
}

fn at(path: &str, code: PlanIssueCode, row: Option<u64>, request: Option<u32>) -> Found {
    vec![(path.to_owned(), code, row, request)]
}

#[test]
fn variables_that_stand_for_nothing_are_told_with_the_nearest_name() {
    let draft = Draft {
        name: "{{Nmoe}}".to_owned(),
        group_ids: vec!["{{Nome}}".to_owned()],
        credentials: vec![consent("{{Cidade"), consent("{{qqqq}}")],
        ..approval()
    };
    let plan = Plan::new(draft, list(), options(Mode::ByColumn("Morada".to_owned()))).unwrap();
    let report = plan.check(NOW);
    assert_eq!(
        found(&report),
        [
            at("name", PlanIssueCode::UnknownColumn, None, None),
            at(
                "credentials.0.data.text",
                PlanIssueCode::Unclosed,
                None,
                None
            ),
            at(
                "credentials.1.data.text",
                PlanIssueCode::UnknownColumn,
                None,
                None
            ),
            at("groupIds.0", PlanIssueCode::NoVariableHere, None, None),
            at("mode", PlanIssueCode::UnknownColumn, None, None),
        ]
        .concat()
    );
    assert!(report.issues[0].message.contains("“Nome”"));
    assert!(matches!(plan.request(1), Err(PlanError::Variables)));
    let mut requests = plan.requests(key);
    assert!(matches!(requests.next(), Some(Err(PlanError::Variables))));
    assert!(requests.next().is_none());
}

#[test]
fn a_missing_value_names_its_row_unless_it_may_be_empty() {
    let draft = Draft {
        name: "{{cidade}} {{cidade}}".to_owned(),
        ..approval()
    };
    let plan = Plan::new(draft.clone(), list(), options(Mode::Each)).unwrap();
    assert_eq!(
        found(&plan.check(NOW)),
        at("name", PlanIssueCode::EmptyValue, Some(4), Some(3))
    );
    assert!(matches!(plan.request(3), Err(PlanError::Values(3))));
    assert!(plan.request(2).is_ok());

    let mut choice = options(Mode::Each);
    choice.empty = dispatch::EmptyValues::Leave;
    let draft = Draft {
        name: "{{cidade}}".to_owned(),
        ..draft
    };
    let plan = Plan::new(draft, list(), choice).unwrap();
    assert_eq!(plan.check(NOW).issue_count, 0);
    assert!(!bodies(&plan)[2].contains("name"));
}

#[test]
fn people_of_one_request_must_agree_on_what_it_says_once() {
    let draft = Draft {
        credentials: vec![consent("Dear {{nome}}")],
        ..Draft::default()
    };
    for mode in [Mode::Together, groups(2)] {
        let plan = Plan::new(draft.clone(), list(), options(mode)).unwrap();
        let report = plan.check(NOW);
        let path = "credentials.0.data.text";
        assert_eq!(
            found(&report),
            at(path, PlanIssueCode::Differs, Some(3), Some(1))
        );
        assert!(
            report.issues[0]
                .message
                .contains("one for each value of “Nome”")
        );
        assert!(matches!(plan.request(1), Err(PlanError::Values(1))));
    }
    for mode in [Mode::Each, Mode::ByColumn("nome".to_owned())] {
        let plan = Plan::new(draft.clone(), list(), options(mode)).unwrap();
        assert_eq!(plan.check(NOW).issue_count, 0);
        assert!(bodies(&plan)[1].contains("Dear Rui"));
    }
}

#[test]
fn what_a_value_makes_of_a_field_is_checked_for_each_and_the_rest_once() {
    let mut broken = consent("yes");
    broken.valid_until = "2001-01-01T00:00:00Z".to_owned();
    let draft = Draft {
        redirect_url: "{{link}}".to_owned(),
        credentials: vec![broken],
        pub_key: "no key".to_owned(),
        ..Draft::default()
    };
    let plan = Plan::new(draft, list(), options(Mode::Each)).unwrap();
    let field = PlanIssueCode::Field;
    assert_eq!(
        found(&plan.check(NOW)),
        [
            at(
                "credentials.0.validUntil",
                field(IssueCode::DatePast),
                None,
                None
            ),
            at("pubKey", field(IssueCode::PubKey), None, None),
            at("redirectUrl", field(IssueCode::Url), Some(3), Some(2)),
        ]
        .concat()
    );
}

#[test]
fn issues_of_people_name_their_row_and_the_forms_own_entry() {
    let mut people = list();
    people.rows[1].contact = "nonsense".to_owned();
    people.rows[2].contact = "A@x.co".to_owned();
    let draft = Draft {
        credentials: vec![Credential {
            placements: vec![placement("away@x.co"), placement("{{nome}}")],
            ..document()
        }],
        expected_doc_ids: vec![ExpectedDocId {
            contact: "a@x.co".to_owned(),
            doc_id: " 1".to_owned(),
        }],
        ..Draft::default()
    };
    let plan = Plan::new(draft, people, options(groups(2))).unwrap();
    let field = PlanIssueCode::Field;
    let unknown = field(IssueCode::NotInContacts);
    let second = "credentials.0.placements.1.contact";
    assert_eq!(
        found(&plan.check(NOW)),
        [
            at("credentials.0.placements.0.contact", unknown, None, None),
            at("contacts", PlanIssueCode::AskedTwice, Some(4), None),
            at("contacts", field(IssueCode::Contact), Some(3), Some(1)),
            at(second, unknown, Some(2), Some(1)),
            at(second, unknown, Some(3), Some(1)),
            at(
                "expectedDocIds.0.docId",
                field(IssueCode::StrayCharacter),
                Some(2),
                Some(1)
            ),
            at(second, unknown, Some(4), Some(2)),
            at(
                "expectedDocIds.0.docId",
                field(IssueCode::StrayCharacter),
                Some(4),
                Some(2)
            ),
        ]
        .concat()
    );
}

#[test]
fn the_first_issues_are_kept_and_the_rest_counted() {
    let mut people = Table {
        columns: vec!["x".to_owned()],
        ..Table::default()
    };
    people.rows = (0..1000)
        .map(|index| Row {
            contact: format!("p{index}@x.co"),
            ..Row::default()
        })
        .collect();
    let draft = Draft {
        name: "{{x}}".to_owned(),
        ..approval()
    };
    let report = Plan::new(draft, people, options(Mode::Each))
        .unwrap()
        .check(NOW);
    assert_eq!(report.issue_count, 1000);
    assert_eq!(report.issues.len(), KEPT_ISSUES);
    assert_eq!(report.issues[99].row, Some(101));
}

#[test]
fn a_glance_sees_what_is_common_and_the_first_request() {
    let draft = Draft {
        name: "{{cidade}}".to_owned(),
        redirect_url: "javascript:x".to_owned(),
        expected_doc_ids: vec![ExpectedDocId {
            contact: "z@x.co".to_owned(),
            doc_id: "1".to_owned(),
        }],
        credentials: vec![Credential {
            placements: vec![placement("B@x.co"), placement("y@x.co")],
            ..document()
        }],
        ..Draft::default()
    };
    let glance = |people: Table, empty| {
        let mut choice = options(Mode::Each);
        choice.empty = empty;
        let plan = Plan::new(draft.clone(), people, choice).unwrap();
        let (glance, whole) = (plan.glance(NOW), plan.check(NOW));
        assert!(glance.iter().all(|issue| whole.issues.contains(issue)));
        (tuples(&glance), whole.issue_count)
    };
    let missing = PlanIssueCode::Field(IssueCode::NotInContacts);
    let bad_link = PlanIssueCode::Field(IssueCode::Url);
    let common = [
        at("redirectUrl", bad_link, None, None),
        at("credentials.0.placements.1.contact", missing, None, None),
        at("expectedDocIds.0.contact", missing, None, None),
    ];
    let (seen, all) = glance(list(), dispatch::EmptyValues::Refuse);
    assert_eq!(seen, common.concat());
    assert!(all > 3, "the third row is not looked at");
    let mut last_first = list();
    last_first.rows.reverse();
    let (seen, _) = glance(last_first, dispatch::EmptyValues::Refuse);
    let empty = at("name", PlanIssueCode::EmptyValue, Some(2), Some(1));
    assert_eq!(seen, [common.concat(), empty].concat());
    let (seen, _) = glance(Table::default(), dispatch::EmptyValues::Leave);
    assert!(seen.contains(&("contacts".to_owned(), PlanIssueCode::Nobody, None, None)));
}

#[test]
fn nobody_to_ask_is_an_issue() {
    let plan = Plan::new(approval(), Table::default(), options(Mode::Each)).unwrap();
    let report = plan.check(NOW);
    assert_eq!(
        found(&report),
        at("contacts", PlanIssueCode::Nobody, None, None)
    );
    assert!(!report.is_clean());
}

#[test]
fn ids_that_do_not_tell_requests_apart_are_a_warning() {
    let mut people = list();
    people.rows[0].internal_id = Some("own".to_owned());
    people.rows[0].secondary_contact = Some("z@x.co".to_owned());
    let warnings = |internal_id: &str| {
        let draft = Draft {
            internal_id: internal_id.to_owned(),
            ..approval()
        };
        let plan = Plan::new(draft, &people, options(Mode::Each)).unwrap();
        let report = plan.check(NOW);
        assert_eq!(report.issue_count, 0);
        report.warnings
    };
    let second = PlanWarning::SecondContact { people: 1 };
    let repeated = PlanWarning::RepeatedInternalId {
        requests: 2,
        first: 2,
    };
    let missing = PlanWarning::NoInternalId { requests: 3 };
    let own = PlanWarning::OwnInternalId { people: 1 };
    assert_eq!(warnings("same"), [repeated, second]);
    assert_eq!(warnings("{{number}}"), [second]);
    assert_eq!(warnings(""), [missing, second, own]);
    for warning in [second, repeated, missing, own] {
        assert!(warning.to_string().ends_with('.'), "{warning}");
        assert!(!warning.to_string().contains("{{{"), "{warning}");
    }
}

#[test]
fn a_request_too_large_to_send_is_found() {
    let half = CredentialData::Json {
        text: format!("\"{}\"", "x".repeat(7 * 1024 * 1024)),
    };
    let draft = Draft {
        credentials: vec![credential(CredentialType::Json, half); 5],
        ..Draft::default()
    };
    let plan = Plan::new(draft, list(), options(groups(2))).unwrap();
    let report = plan.check(NOW);
    assert_eq!(
        found(&report),
        [
            at("credentials", PlanIssueCode::Unwritable, None, Some(1)),
            at("credentials", PlanIssueCode::Unwritable, None, Some(2)),
        ]
        .concat()
    );
    assert!(matches!(plan.request(1), Err(PlanError::Encode { .. })));
}
