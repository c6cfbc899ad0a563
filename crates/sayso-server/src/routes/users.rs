//! Users, and who did what.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Refused;
use super::reviews::now;
use crate::asked::{Asked, Body, Named, Part};
use crate::auth::{Admin, Gate, Role, Who};
use crate::problem::Problem;
use crate::state::Desk;
use crate::store::{Deed, User, UserError};

/// A user to be.
#[derive(Deserialize, ToSchema)]
pub(crate) struct UserAsked {
    /// The name they sign in and decide under.
    name: String,
    /// What they may do.
    role: Role,
    /// Their password, 10 to 200 characters.
    #[schema(min_length = 10, max_length = 200)]
    password: String,
}

/// What to change of a user.
#[derive(Default, Deserialize, ToSchema)]
pub(crate) struct UserChange {
    /// What they may do.
    #[serde(default)]
    role: Option<Role>,
    /// Whether they may sign in.
    #[serde(default)]
    active: Option<bool>,
    /// Their password.
    #[serde(default)]
    #[schema(min_length = 10, max_length = 200)]
    password: Option<String>,
}

/// Users.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct UsersJson {
    /// The users, by name.
    items: Vec<User>,
    /// Always `null`.
    next: Option<String>,
    /// How many there are.
    total: usize,
}

/// Deeds.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct DeedsJson {
    /// What was done, the latest first.
    items: Vec<Deed>,
    /// What to send as `cursor` for the next part; `null` at the end.
    next: Option<String>,
    /// How many there are in all.
    total: i64,
}

/// Whose deeds.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Whose {
    /// Only what this user did.
    user: Option<String>,
}

impl From<UserError> for Problem {
    fn from(error: UserError) -> Self {
        let told = error.to_string();
        match error {
            UserError::Taken | UserError::LastAdmin => Self::conflict(told),
            UserError::Missing => Self::not_found(told),
            UserError::Name(_) => Self::field("name", told, None),
            UserError::Password => Self::field("password", told, None),
            UserError::Ledger(error) => error.into(),
        }
    }
}

/// Only a team's desk has users.
pub(crate) fn is_team(desk: &Desk) -> Result<(), Problem> {
    match desk.0.gate {
        Gate::Team { .. } => Ok(()),
        Gate::Own(_) => Err(Problem::conflict(
            "this desk is for one person: `sayso serve` is for a team",
        )),
    }
}

/// Whoever takes a token of an administrator makes no accounts that outlive it.
fn is_signed_in(who: &Who) -> Result<(), Problem> {
    if who.session.is_some() {
        return Ok(());
    }
    Err(Problem::forbidden(
        "a token makes and changes no users: sign in",
    ))
}

/// The users.
#[utoipa::path(get, path = "/users", tag = "users",
    responses((status = 200, body = UsersJson), Refused))]
pub(crate) async fn list(State(desk): State<Desk>, _: Admin) -> Result<Json<UsersJson>, Problem> {
    let items = desk.0.store.users().await?;
    Ok(Json(UsersJson {
        total: items.len(),
        items,
        next: None,
    }))
}

/// Makes a user; not by a token.
#[utoipa::path(post, path = "/users", tag = "users", request_body = UserAsked,
    responses((status = 201, body = User), Refused))]
pub(crate) async fn add(
    State(desk): State<Desk>,
    Admin(who): Admin,
    Body(asked): Body<UserAsked>,
) -> Result<(StatusCode, Json<User>), Problem> {
    is_team(&desk)?;
    is_signed_in(&who)?;
    let store = &desk.0.store;
    let at = now().to_string();
    let user = store
        .add_user(&asked.name, asked.role, &asked.password, &at)
        .await?;
    Ok((StatusCode::CREATED, Json(user)))
}

/// Changes a user, not by a token; all their sessions end. With a new password, or where they may
/// not sign in any more, their tokens end too; with a lower role, so is that of their tokens.
#[utoipa::path(patch, path = "/users/{name}", tag = "users", params(("name" = String, Path)),
    request_body = UserChange, responses((status = 200, body = User), Refused))]
pub(crate) async fn change(
    State(desk): State<Desk>,
    Admin(who): Admin,
    Named(name): Named<String>,
    Body(asked): Body<UserChange>,
) -> Result<Json<User>, Problem> {
    is_team(&desk)?;
    is_signed_in(&who)?;
    let store = &desk.0.store;
    let change = (asked.role, asked.active, asked.password.as_deref());
    let user = store.change_user(&name, change, &now().to_string()).await?;
    Ok(Json(user))
}

/// Who did what, the latest first.
#[utoipa::path(get, path = "/audit", tag = "users", params(Whose, Part),
    responses((status = 200, body = DeedsJson), Refused))]
pub(crate) async fn audit(
    State(desk): State<Desk>,
    _: Admin,
    Asked(whose): Asked<Whose>,
    Asked(part): Asked<Part>,
) -> Result<Json<DeedsJson>, Problem> {
    let limit = part.limit(100)?;
    let user = whose.user.unwrap_or_default();
    let cursor = part.cursor.unwrap_or_default();
    let store = &desk.0.store;
    let mut items = store
        .deeds(&user, &cursor, i64::try_from(limit).unwrap_or(1_000) + 1)
        .await?;
    let has_more = items.len() > limit;
    items.truncate(limit);
    Ok(Json(DeedsJson {
        next: items
            .last()
            .filter(|_| has_more)
            .map(|last| last.id.clone()),
        items,
        total: store.count_deeds(&user).await?,
    }))
}
