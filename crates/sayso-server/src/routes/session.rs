//! Who is asking, signing in and out.

use std::time::Instant;

use axum::Json;
use axum::extract::{FromRequest as _, Query, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Refused;
use crate::asked::Body;
use crate::auth::{self, Gate, Reader, Role, Someone};
use crate::door;
use crate::events::Reading;
use crate::problem::Problem;
use crate::secret;
use crate::state::{Desk, Mode};
use crate::store::{User, UserError};

/// Whoever is asking, and what answers.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct SessionJson {
    /// Their name; `null` where nobody is signed in.
    user: Option<String>,
    /// What they may do.
    role: Option<Role>,
    /// What to send as `X-CSRF-Token` with whatever changes anything.
    csrf: Option<String>,
    /// `desk`: on one's own machine; `team`: users sign in.
    mode: String,
    /// Whether the ledger is the demo's and goes when the desk is closed.
    demo: bool,
    /// How far the ledger has been read, where the server has just begun; `null` where nobody is
    /// signed in.
    reading: Option<Reading>,
    /// What codes; `null` where nobody is signed in.
    version: Option<sayso_api::MadeBy>,
}

/// Who signs in.
#[derive(Deserialize, ToSchema)]
pub(crate) struct SignIn {
    /// Their name.
    #[schema(max_length = 200)]
    name: String,
    /// Their password.
    #[schema(max_length = 1000)]
    password: String,
}

fn session(desk: &Desk, who: Option<(&str, Role, Option<String>)>) -> SessionJson {
    let (mode, demo) = match &desk.0.mode {
        Mode::Own { demo, .. } => ("desk", *demo),
        Mode::Team { .. } => ("team", false),
    };
    SessionJson {
        reading: who.as_ref().and_then(|_| desk.0.archive.reading()),
        version: who.is_some().then(|| desk.0.coder.made_by().clone()),
        user: who.as_ref().map(|(name, ..)| (*name).to_owned()),
        role: who.as_ref().map(|(_, role, _)| *role),
        csrf: who.and_then(|(.., csrf)| csrf),
        mode: mode.to_owned(),
        demo,
    }
}

/// Who is asking. Needs no role.
#[utoipa::path(get, path = "/session", tag = "session", security(()),
    responses((status = 200, body = SessionJson), Refused))]
pub(crate) async fn get(State(desk): State<Desk>, Someone(who): Someone) -> Json<SessionJson> {
    let who = who.as_ref();
    Json(session(
        &desk,
        who.map(|who| (who.name.as_str(), who.role, who.csrf.clone())),
    ))
}

/// Signs in. Needs no role; a team's desk alone has it.
#[utoipa::path(post, path = "/session", tag = "session", security(()), request_body = SignIn,
    responses((status = 201, body = SessionJson), Refused))]
pub(crate) async fn sign_in(
    State(desk): State<Desk>,
    request: Request,
) -> Result<Response, Problem> {
    let address = door::address(&desk, &request);
    let Body(asked): Body<SignIn> = Body::from_request(request, &()).await?;
    if matches!(desk.0.gate, Gate::Own(_)) {
        let detail = "nobody signs in here: open the desk by the address that the command printed";
        return Err(Problem::conflict(detail));
    }
    // By a hash: names as long as a body are not remembered.
    let name = secret::hash(asked.name.trim());
    let now = Instant::now();
    let signing_in = &desk.0.signing_in;
    signing_in.take(&address, now).map_err(Problem::too_many)?;
    desk.0
        .guessing
        .take(&name, now)
        .map_err(Problem::too_many)?;
    let store = &desk.0.store;
    let Some(user) = store.sign_in(&asked.name, &asked.password).await? else {
        return Err(Problem::wrong_password());
    };
    begun(&desk, &user).await
}

/// A password and the one that takes its place.
#[derive(Deserialize, ToSchema)]
pub(crate) struct PasswordAsked {
    /// The one that holds.
    #[schema(max_length = 1000)]
    current: String,
    /// The new one, 10 to 200 characters.
    #[schema(min_length = 10, max_length = 200)]
    password: String,
}

/// Changes one's own password. Every other session of one's own ends, and this one gets new secrets;
/// one's tokens end.
#[utoipa::path(post, path = "/session/password", tag = "session", request_body = PasswordAsked,
    responses((status = 201, body = SessionJson), Refused))]
pub(crate) async fn password(
    State(desk): State<Desk>,
    Reader(who): Reader,
    Body(asked): Body<PasswordAsked>,
) -> Result<Response, Problem> {
    if matches!(desk.0.gate, Gate::Own(_)) {
        let detail = "this desk is for one person, and has no passwords";
        return Err(Problem::conflict(detail));
    }
    if who.session.is_none() {
        let detail = "a token changes no password: sign in for that";
        return Err(Problem::forbidden(detail));
    }
    // Whoever sits down at somebody else's desk guesses here as well.
    let tried = desk
        .0
        .signing_in
        .take(&format!("as {}", who.name), Instant::now());
    tried.map_err(Problem::too_many)?;
    let store = &desk.0.store;
    let Some(user) = store.sign_in(&who.name, &asked.current).await? else {
        let detail = "this is not your password";
        return Err(Problem::field("current", detail, None));
    };
    let change = (None, None, Some(asked.password.as_str()));
    let at = auth::written(jiff::Timestamp::now());
    let user = match store.change_user(&user.name, change, &at).await {
        Err(error @ UserError::Password) => {
            return Err(Problem::field("password", error.to_string(), None));
        }
        changed => changed?,
    };
    begun(&desk, &user).await
}

/// A session that begins, with its cookie.
async fn begun(desk: &Desk, user: &User) -> Result<Response, Problem> {
    let (secret, csrf) = auth::begin(&desk.0.store, &user.name).await?;
    let body = session(desk, Some((&user.name, user.role, Some(csrf))));
    let cookie = HeaderValue::from_str(&desk.0.gate.set_cookie(&secret));
    let cookie = cookie.map_err(|error| Problem::failed(&error))?;
    let headers = [(header::SET_COOKIE, cookie)];
    let signed_in = axum::Extension(door::SignedIn(user.name.clone()));
    Ok((StatusCode::CREATED, headers, signed_in, Json(body)).into_response())
}

/// Signs out.
#[utoipa::path(delete, path = "/session", tag = "session",
    responses((status = 204), Refused))]
pub(crate) async fn sign_out(
    State(desk): State<Desk>,
    Reader(who): Reader,
) -> Result<Response, Problem> {
    if let Some(session) = &who.session {
        desk.0.store.end_session(session).await?;
    }
    let cookie = HeaderValue::from_str(&desk.0.gate.set_cookie(""));
    let cookie = cookie.map_err(|error| Problem::failed(&error))?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

/// What opens a desk of one's own.
#[derive(Deserialize)]
pub(crate) struct Key {
    key: Option<String>,
}

/// Opens a desk of one's own: the address that the command prints.
pub(crate) async fn open(
    State(desk): State<Desk>,
    Query(Key { key }): Query<Key>,
    request: Request,
) -> Response {
    if let Err(problem) = door::is_for_us(&desk, &request) {
        return problem.into_response();
    }
    let Gate::Own(own) = &desk.0.gate else {
        return Redirect::to("/").into_response();
    };
    let key = key.unwrap_or_default();
    let cookie = own
        .open(&key)
        .and_then(|secret| HeaderValue::from_str(&desk.0.gate.set_cookie(secret)).ok());
    match cookie {
        Some(cookie) => ([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response(),
        None => Problem::forbidden(
            "this address has opened the desk before: use the one that the command printed",
        )
        .into_response(),
    }
}
