//! The approvals and workflows that the practice organization has.

/// An approval or a workflow that is always there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PracticeItem {
    /// 24 hexadecimal digits.
    pub id: &'static str,
    /// Shown to subjects and officers.
    pub name: &'static str,
    /// One sentence.
    pub description: &'static str,
    /// `CONSENT`, `DOCUMENT`, `FORM`, `JSON` or `POLICY`; `GROUP` for a workflow.
    pub kind: &'static str,
    /// The caller's own id, if it has one.
    pub internal_id: Option<&'static str>,
    /// Only active ones can be requested.
    pub active: bool,
}

const TERMS: &str = "507f1f77bcf86cd799439012";
const PRIVACY: &str = "507f1f77bcf86cd799439013";

/// The approvals, for `resourcesIds`. Ids that are not listed are accepted too, so that officers
/// can train with their own.
pub const RESOURCES: &[PracticeItem] = &[
    PracticeItem {
        id: TERMS,
        name: "Client onboarding terms",
        description: "The terms a new client agrees to.",
        kind: "CONSENT",
        internal_id: Some("terms-2026"),
        active: true,
    },
    PracticeItem {
        id: PRIVACY,
        name: "Privacy notice",
        description: "How personal data is handled.",
        kind: "CONSENT",
        internal_id: Some("privacy-2026"),
        active: true,
    },
    PracticeItem {
        id: "507f1f77bcf86cd799439014",
        name: "Mandate for payments",
        description: "A document to sign.",
        kind: "DOCUMENT",
        internal_id: None,
        active: true,
    },
    PracticeItem {
        id: "507f1f77bcf86cd799439015",
        name: "Source of funds",
        description: "A form to fill in.",
        kind: "FORM",
        internal_id: None,
        active: true,
    },
    PracticeItem {
        id: "507f1f77bcf86cd799439016",
        name: "Client onboarding terms (2024)",
        description: "Replaced; kept for old records.",
        kind: "CONSENT",
        internal_id: Some("terms-2024"),
        active: false,
    },
];

/// The workflows, for `groupIds`. The first holds the first two approvals.
pub const WORKFLOWS: &[PracticeItem] = &[
    PracticeItem {
        id: "507f1f77bcf86cd799439011",
        name: "Client onboarding",
        description: "Terms and privacy notice in one go.",
        kind: "GROUP",
        internal_id: None,
        active: true,
    },
    PracticeItem {
        id: "507f1f77bcf86cd799439017",
        name: "Yearly review",
        description: "Privacy notice, asked again.",
        kind: "GROUP",
        internal_id: None,
        active: true,
    },
];

/// The approvals in a workflow.
pub(crate) fn members(workflow_id: &str) -> Vec<&'static PracticeItem> {
    let ids: &[&str] = match workflow_id {
        "507f1f77bcf86cd799439011" => &[TERMS, PRIVACY],
        "507f1f77bcf86cd799439017" => &[PRIVACY],
        _ => &[],
    };
    RESOURCES
        .iter()
        .filter(|item| ids.contains(&item.id))
        .collect()
}

/// The item of an id, if it is listed.
pub(crate) fn find(items: &'static [PracticeItem], id: &str) -> Option<&'static PracticeItem> {
    items.iter().find(|item| item.id.eq_ignore_ascii_case(id))
}
