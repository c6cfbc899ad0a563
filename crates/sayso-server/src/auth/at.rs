//! What a route asks of whoever calls it: the type of one of its parameters.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::{CSRF, Role, Who, only_reads};
use crate::problem::Problem;
use crate::secret;

/// Whoever is asking, or nobody.
pub(crate) struct Someone(pub(crate) Option<Arc<Who>>);

impl<S: Send + Sync> FromRequestParts<S> for Someone {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Ok(Self(parts.extensions.get::<Arc<Who>>().cloned()))
    }
}

/// Somebody who may do at least what `role` may. What changes anything needs the second secret too.
fn at_least(role: Role, parts: &Parts) -> Result<Arc<Who>, Problem> {
    let who = parts
        .extensions
        .get::<Arc<Who>>()
        .cloned()
        .ok_or_else(Problem::nobody)?;
    if let Some(csrf) = &who.csrf
        && !only_reads(&parts.method)
    {
        let sent = parts
            .headers
            .get(CSRF)
            .and_then(|value| value.to_str().ok());
        if !sent.is_some_and(|sent| secret::same(sent, csrf)) {
            return Err(Problem::forbidden(format!(
                "the header {CSRF} is missing or wrong: send the `csrf` of GET /api/v1/session"
            )));
        }
    }
    if who.role < role {
        return Err(Problem::forbidden(format!(
            "this needs the role {role}; yours is {}",
            who.role
        )));
    }
    Ok(who)
}

macro_rules! at {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        // Not every route asks who.
        #[allow(dead_code)]
        pub(crate) struct $name(pub(crate) Arc<Who>);

        impl<S: Send + Sync> FromRequestParts<S> for $name {
            type Rejection = Problem;

            async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
                at_least(Role::$name, parts).map(Self)
            }
        }
    )*};
}

at! {
    /// Somebody who may read.
    Reader
    /// Somebody who may add and review.
    Analyst
    /// Somebody who may decide on incidents and publish.
    Editor
    /// Somebody who may manage users.
    Admin
}
