//! How many requests, why, and how long they take.

use std::num::NonZeroU32;

use dispatch::plan::{PlanWarning, Report, Split};
use dispatch::{Mode, Plan, PlanError};
use humanos::Draft;

use crate::support::*;

/// Seven people in three languages, one of them with none.
fn list() -> Table {
    let mut table = Table::new(
        &["Team", "Team id"],
        &[
            &["a@x.co", "Blue", "1"],
            &["b@x.co", " Red ", "2"],
            &["c@x.co", "Blue", "1"],
            &["d@x.co", "Red", "2"],
            &["e@x.co", "Blue", "1"],
            &["f@x.co", "Red", "2"],
            &["g@x.co", "", "3"],
        ],
    );
    let languages = [
        Some("PRT"),
        Some("ENG"),
        Some("PRT"),
        Some("PRT"),
        None,
        None,
        Some("ENG"),
    ];
    for (row, language) in table.rows.iter_mut().zip(languages) {
        row.language = language;
    }
    table
}

fn rows(plan: &Plan<Table>) -> Vec<Vec<u64>> {
    all(plan).into_iter().map(|made| made.rows).collect()
}

#[test]
fn languages_part_people_and_the_plan_says_so() {
    let plan = Plan::new(approval(), list(), options(Mode::Together)).unwrap();
    assert_eq!(rows(&plan), [vec![2, 4, 5], vec![3, 8], vec![6, 7]]);
    let split = Split {
        path: "language",
        values: 3,
    };
    assert_eq!(plan.splits(), [split]);
    assert_eq!(plan.split_requests(), 2);
    let bodies = bodies(&plan);
    assert!(bodies[0].contains(r#""language":"PRT""#));
    assert!(!bodies[2].contains("language"));

    let plan = Plan::new(approval(), list(), options(groups(2))).unwrap();
    assert_eq!(rows(&plan), [vec![2, 4], vec![3, 8], vec![5], vec![6, 7]]);
    assert_eq!(plan.split_requests(), 0);

    let chosen = Draft {
        language: "ENG".to_owned(),
        ..approval()
    };
    let plan = Plan::new(chosen, list(), options(groups(3))).unwrap();
    assert_eq!(rows(&plan), [vec![2, 3, 4], vec![5, 6, 7], vec![8]]);
    assert_eq!(plan.splits(), []);
    let other = |report: Report| {
        let mut warnings = report.warnings.into_iter();
        warnings.find(|warning| matches!(warning, PlanWarning::OtherLanguage { .. }))
    };
    assert_eq!(
        other(plan.check(NOW)),
        Some(PlanWarning::OtherLanguage { people: 3 })
    );
}

#[test]
fn names_links_and_ids_part_people_as_well() {
    let draft = Draft {
        name: "{{team}} {{number}}".to_owned(),
        language: "ENG".to_owned(),
        redirect_url: "https://x.co/{{team id}}".to_owned(),
        internal_id: "{{team id}}".to_owned(),
        ..approval()
    };
    let plan = Plan::new(draft, list(), options(Mode::Together)).unwrap();
    let paths = plan.splits().iter().map(|split| (split.path, split.values));
    let paths: Vec<_> = paths.collect();
    assert_eq!(paths, [("name", 3), ("redirectUrl", 3), ("internalId", 3)]);
    assert_eq!(plan.request_count(), 3);
    assert_eq!(plan.split_requests(), 2);
    assert!(matches!(
        plan.requests(key).last(),
        Some(Err(PlanError::Values(3)))
    ));
}

#[test]
fn a_column_groups_by_its_values() {
    let chosen = Draft {
        language: "ENG".to_owned(),
        ..approval()
    };
    let mode = Mode::ByColumn(" TEAM ".to_owned());
    let mut choice = options(mode);
    choice.empty = dispatch::EmptyValues::Leave;
    let plan = Plan::new(chosen, list(), choice.clone()).unwrap();
    assert_eq!(rows(&plan), [vec![2, 4, 6], vec![3, 5, 7], vec![8]]);
    assert_eq!(plan.split_requests(), 0);

    let plan = Plan::new(approval(), list(), choice).unwrap();
    assert_eq!(
        rows(&plan),
        [vec![2, 4], vec![3], vec![5], vec![6], vec![7], vec![8]]
    );
    assert_eq!(plan.split_requests(), 3);
}

#[test]
fn a_plan_counts_people_and_time() {
    let plan = Plan::new(approval(), list(), options(Mode::Each)).unwrap();
    assert_eq!((plan.people_count(), plan.request_count()), (7, 7));
    let seconds = |pace| plan.seconds(NonZeroU32::new(pace).unwrap());
    assert_eq!((seconds(60), seconds(1), seconds(1000)), (6, 360, 1));
    assert!(!plan.asks_again());
    let many = Table {
        rows: vec![Default::default(); 1001],
        ..Table::default()
    };
    assert!(
        Plan::new(approval(), many, options(Mode::Each))
            .unwrap()
            .asks_again()
    );
}

#[test]
fn a_number_beyond_the_plan_is_refused() {
    let plan = Plan::new(approval(), list(), options(Mode::Each)).unwrap();
    for number in [0, 8, u32::MAX] {
        assert!(
            matches!(plan.request(number), Err(PlanError::NoSuchRequest(told)) if told == number)
        );
    }
    let nobody = Plan::new(approval(), Table::default(), options(Mode::Together)).unwrap();
    assert_eq!(nobody.request_count(), 0);
    assert_eq!(nobody.requests(key).count(), 0);
}
