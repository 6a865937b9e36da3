//! What was measured, as a table for people and as JSON for programs.

use std::time::Duration;

use serde_json::json;

/// What a bench found.
pub(crate) struct Report {
    bench: &'static str,
    lines: Vec<(String, String)>,
    figures: Vec<Figure>,
}

struct Figure {
    name: &'static str,
    /// Nothing where it could not be measured.
    value: Option<f64>,
    goal: Goal,
    why: String,
}

/// What a figure must be.
#[derive(Clone, Copy)]
pub(crate) enum Goal {
    AtMost(f64),
    AtLeast(f64),
}

impl Report {
    pub(crate) const fn new(bench: &'static str) -> Self {
        Self {
            bench,
            lines: Vec::new(),
            figures: Vec::new(),
        }
    }

    /// Notes something that has no goal.
    pub(crate) fn say(&mut self, what: impl Into<String>, value: impl Into<String>) {
        self.lines.push((what.into(), value.into()));
    }

    /// Notes a figure that has one.
    pub(crate) fn figure(&mut self, name: &'static str, value: f64, goal: Goal) {
        self.add(name, Some(value), goal, String::new());
    }

    /// Notes a figure that could not be measured, and so does not hold.
    pub(crate) fn missing(&mut self, name: &'static str, goal: Goal, why: String) {
        self.add(name, None, goal, why);
    }

    fn add(&mut self, name: &'static str, value: Option<f64>, goal: Goal, why: String) {
        self.figures.push(Figure {
            name,
            value,
            goal,
            why,
        });
    }

    /// Prints all of it and says whether every goal holds.
    pub(crate) fn print(&self) -> bool {
        let what = self.lines.iter().map(|(what, _)| what.chars().count());
        let names = self.figures.iter().map(|figure| figure.name.len());
        let width = what.chain(names).max().unwrap_or_default();
        println!("\n{}", self.bench);
        for (what, value) in &self.lines {
            println!("  {what:<width$}  {value}");
        }
        println!();
        for figure in &self.figures {
            let value = figure.value.map_or_else(|| figure.why.clone(), rounded);
            let holds = if figure.holds() {
                "holds"
            } else {
                "DOES NOT HOLD"
            };
            let goal = figure.goal.in_words();
            println!("  {:<width$}  {value}  (goal: {goal}) {holds}", figure.name);
        }
        println!();
        for figure in &self.figures {
            let line = json!({
                "bench": self.bench,
                "figure": figure.name,
                "value": figure.value,
                "goal": figure.goal.in_words(),
                "holds": figure.holds(),
            });
            println!("{line}");
        }
        self.figures.iter().all(Figure::holds)
    }
}

impl Figure {
    fn holds(&self) -> bool {
        self.value.is_some_and(|value| match self.goal {
            Goal::AtMost(most) => value <= most,
            Goal::AtLeast(least) => value >= least,
        })
    }
}

impl Goal {
    fn in_words(self) -> String {
        match self {
            Self::AtMost(most) => format!("<= {most}"),
            Self::AtLeast(least) => format!(">= {least}"),
        }
    }
}

/// The middle one of several runs.
pub(crate) fn median(mut runs: Vec<Duration>) -> Duration {
    runs.sort_unstable();
    runs.get(runs.len() / 2).copied().unwrap_or_default()
}

/// How long many rows took, in words.
pub(crate) fn per_row(time: Duration, rows: usize) -> String {
    let seconds = time.as_secs_f64();
    let each = seconds * 1e6 / rows as f64;
    format!("{seconds:.3} s, {each:.3} µs a row")
}

fn rounded(value: f64) -> String {
    format!("{value:.2}")
}
