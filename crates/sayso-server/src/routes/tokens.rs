//! Tokens for programs.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use sayso_ledger::LedgerError;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Refused;
use super::users::is_team;
use crate::asked::{Body, Named};
use crate::auth::{Reader, Role, written};
use crate::problem::Problem;
use crate::secret;
use crate::state::Desk;
use crate::store::Token;

/// A token to be.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct TokenAsked {
    /// What it is for.
    #[schema(min_length = 1, max_length = 100)]
    label: String,
    /// What it may do: no more than its owner.
    role: Role,
    /// After how many days it ends, 1 to 365.
    #[schema(minimum = 1, maximum = 365)]
    days: u16,
}

/// A token with its secret, which is shown this once.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct TokenMade {
    /// What to send: `Authorization: Bearer …`.
    secret: String,
    /// The token.
    token: Token,
}

/// Tokens.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct TokensJson {
    /// The tokens: one's own, or all for an administrator.
    items: Vec<Token>,
    /// Always `null`.
    next: Option<String>,
    /// How many there are.
    total: usize,
}

/// One's own tokens; an administrator sees all.
#[utoipa::path(get, path = "/tokens", tag = "users",
    responses((status = 200, body = TokensJson), Refused))]
pub(crate) async fn list(
    State(desk): State<Desk>,
    Reader(who): Reader,
) -> Result<Json<TokensJson>, Problem> {
    let of = if who.role == Role::Admin {
        ""
    } else {
        &who.name
    };
    let items = desk.0.store.tokens(of).await?;
    Ok(Json(TokensJson {
        total: items.len(),
        items,
        next: None,
    }))
}

/// Makes a token. A token makes no others.
#[utoipa::path(post, path = "/tokens", tag = "users", request_body = TokenAsked,
    responses((status = 201, body = TokenMade), Refused))]
pub(crate) async fn add(
    State(desk): State<Desk>,
    Reader(who): Reader,
    Body(asked): Body<TokenAsked>,
) -> Result<(StatusCode, Json<TokenMade>), Problem> {
    is_team(&desk)?;
    if who.session.is_none() {
        return Err(Problem::forbidden("a token makes no others: sign in"));
    }
    if asked.role > who.role {
        let detail = format!("yours is the role {}", who.role);
        let allowed = format!("no more than {}", who.role);
        return Err(Problem::field("role", detail, allowed));
    }
    if !(1..=365).contains(&asked.days) {
        let detail = format!("{} days are not allowed", asked.days);
        return Err(Problem::field("days", detail, "1 to 365".to_owned()));
    }
    let label = asked.label.trim();
    if label.is_empty() || label.chars().count() > 100 {
        let allowed = "1 to 100 characters".to_owned();
        return Err(Problem::field(
            "label",
            "the label is too short or too long",
            allowed,
        ));
    }
    let made = Timestamp::now();
    let secret = secret::fresh().map_err(LedgerError::Random)?;
    let token = Token {
        id: format!("t:{}", secret::short()),
        name: who.name.clone(),
        role: asked.role.to_string(),
        label: label.to_owned(),
        made: written(made),
        used: String::new(),
        ends: written(made + SignedDuration::from_hours(24 * i64::from(asked.days))),
    };
    desk.0
        .store
        .keep_token(&token, &secret::hash(&secret))
        .await?;
    Ok((StatusCode::CREATED, Json(TokenMade { secret, token })))
}

/// Ends a token: one's own, or anybody's for an administrator.
#[utoipa::path(delete, path = "/tokens/{id}", tag = "users", params(("id" = String, Path)),
    responses((status = 204), Refused))]
pub(crate) async fn end(
    State(desk): State<Desk>,
    Reader(who): Reader,
    Named(id): Named<String>,
) -> Result<StatusCode, Problem> {
    let of = if who.role == Role::Admin {
        ""
    } else {
        &who.name
    };
    if desk.0.store.end_token(&id, of).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Problem::not_found(format!("there is no token `{id}`")))
    }
}
