//! What the program decides by: what `why` names.

use axum::Json;
use sayso_core::Rule;
use sayso_link::JudgingRule;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Refused;
use crate::auth::Reader;

/// A rule that decides something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct RuleJson {
    /// Its name, as `why` gives it.
    name: String,
    /// The phase it belongs to.
    phase: String,
    /// What it does and why, in one sentence.
    says: String,
    /// The codebook, guide or grammar that it follows, where there is one.
    basis: Option<String>,
}

/// Rules.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct RulesJson {
    /// The rules, phase by phase.
    items: Vec<RuleJson>,
    /// Always `null`.
    next: Option<String>,
    /// How many there are.
    total: usize,
}

/// What the program decides by, phase by phase; at last the rules by which findings are judged.
#[utoipa::path(get, path = "/rules", tag = "session",
    responses((status = 200, body = RulesJson), Refused))]
pub(crate) async fn list(_: Reader) -> Json<RulesJson> {
    let coding = Rule::all().map(|rule| RuleJson {
        name: rule.name().to_owned(),
        phase: rule.phase().to_owned(),
        says: rule.says().to_owned(),
        basis: Some(rule.basis().to_owned()),
    });
    let judging = JudgingRule::ALL.iter().map(|rule| RuleJson {
        name: rule.name().to_owned(),
        phase: "judging".to_owned(),
        says: rule.says().to_owned(),
        basis: None,
    });
    let items: Vec<RuleJson> = coding.chain(judging).collect();
    Json(RulesJson {
        total: items.len(),
        items,
        next: None,
    })
}
