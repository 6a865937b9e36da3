//! Accessibility as axe-core judges it, in the real window.

use std::fs;

use serde::Deserialize;
use serde_json::json;

use crate::app::App;
use crate::place::repository;

/// A rule that the page breaks.
#[derive(Clone, Debug, Deserialize)]
pub struct Fault {
    /// axe-core's name of the rule.
    pub id: String,
    /// How bad: minor, moderate, serious or critical.
    pub impact: Option<String>,
    /// Where.
    pub nodes: Vec<FaultyNode>,
}

/// An element that breaks the rule.
#[derive(Clone, Debug, Deserialize)]
pub struct FaultyNode {
    /// The element.
    pub html: String,
    /// What would mend it.
    #[serde(rename = "failureSummary")]
    pub summary: Option<String>,
}

impl App<'_> {
    /// Every fault that axe-core finds on the page as it is now.
    #[track_caller]
    pub fn axe(&self) -> Vec<Fault> {
        if !self.script::<bool>("return 'axe' in window", &[]) {
            let path = repository().join("ui/node_modules/axe-core/axe.min.js");
            let source = fs::read_to_string(&path).unwrap_or_else(|why| {
                panic!("no axe-core at {}: {why}; `npm ci` in ui/", path.display())
            });
            self.script::<()>(&source, &[]);
        }
        let rules = [
            "wcag2a",
            "wcag2aa",
            "wcag21a",
            "wcag21aa",
            "wcag22aa",
            "best-practice",
        ];
        let found: Result<Vec<Fault>, String> = self.script_async(
            "const [rules, done] = arguments;
             axe.run(document, { runOnly: { type: 'tag', values: rules }, resultTypes: ['violations'] }).then(
               (found) => done({ Ok: found.violations.map(({ id, impact, nodes }) => ({ id, impact,
                 nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })) })) }),
               (error) => done({ Err: String(error) }));",
            &[json!(rules)],
        );
        found.unwrap_or_else(|why| panic!("axe-core failed: {why}"))
    }

    /// Fails if axe-core finds any fault on the page, and shows them.
    #[track_caller]
    pub fn assert_accessible(&self, screen: &str) {
        let faults = self.axe();
        assert!(faults.is_empty(), "axe-core on {screen}:\n{faults:#?}");
    }
}
