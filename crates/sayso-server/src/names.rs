//! Names of parameters after the question mark: those that the document has, and no others. A filter
//! that is not understood and dropped would show more than was asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use axum::extract::{MatchedPath, Query, Request};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use utoipa::openapi::path::ParameterIn;

use crate::auth::Who;
use crate::problem::Problem;
use crate::routes;

/// Names that are longer are cut where they are told.
const TOLD: usize = 80;

/// Refuses a request with a parameter that its address does not have. Whoever needs a role and has none
/// is told that first.
pub(crate) async fn known(request: Request, next: Next) -> Response {
    let is_someone = request.extensions().get::<Arc<Who>>().is_some();
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or("", |path| path.as_str());
    let is_open = ["/api/v1/session", "/api/v1/published/{name}"].contains(&route);
    if (is_someone || is_open)
        && let Some(allowed) = names().get(&(method(request.method()), route.to_owned()))
        && let Err(problem) = fits(&request, allowed)
    {
        return problem.into_response();
    }
    next.run(request).await
}

fn fits(request: &Request, allowed: &BTreeSet<String>) -> Result<(), Problem> {
    let asked = Query::<Vec<(String, String)>>::try_from_uri(request.uri());
    let Query(asked) = asked.map_err(Problem::from)?;
    let Some((other, _)) = asked.iter().find(|(name, _)| !allowed.contains(name)) else {
        return Ok(());
    };
    let told: String = other.chars().take(TOLD).collect();
    let detail = format!("this address has no parameter `{told}`");
    let allowed: Vec<&str> = allowed.iter().map(String::as_str).collect();
    let allowed = match allowed[..] {
        [] => "no parameters".to_owned(),
        _ => allowed.join(", "),
    };
    Err(Problem::field(&told, detail, allowed))
}

/// What reads the head reads what would be got.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET | Method::HEAD => "get",
        Method::POST => "post",
        Method::PATCH => "patch",
        Method::DELETE => "delete",
        _ => "",
    }
}

/// The parameters of every operation, by method and path.
type Names = BTreeMap<(&'static str, String), BTreeSet<String>>;

fn names() -> &'static Names {
    static NAMES: OnceLock<Names> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut document = routes::document();
        let mut names = Names::new();
        for (path, item) in &mut document.paths.paths {
            for (method, operation) in routes::operations(item) {
                let parameters = operation.parameters.iter().flatten();
                let queries = parameters.filter(|one| one.parameter_in == ParameterIn::Query);
                let queries = queries.map(|one| one.name.clone()).collect();
                names.insert((method, path.clone()), queries);
            }
        }
        let document = ("get", "/api/v1/openapi.json".to_owned());
        names.insert(document, BTreeSet::new());
        names
    })
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn asked(uri: &str) -> Result<(), Problem> {
        let request = Request::builder().uri(uri).body(Body::empty()).unwrap();
        let allowed = &names()[&("get", "/api/v1/reports".to_owned())];
        fits(&request, allowed)
    }

    #[test]
    fn a_parameter_that_is_not_in_the_document_is_named() {
        assert!(asked("/x?as_of=2025-01-01&q=a&limit=5").is_ok());
        assert!(asked("/x").is_ok());
        let refused = asked("/x?q=a&asof=2025-01-01").unwrap_err();
        assert_eq!(refused.field.as_deref(), Some("asof"));
        assert!(refused.allowed.unwrap().contains("as_of"));
    }

    #[test]
    fn every_operation_of_the_document_is_looked_up() {
        assert!(names().len() > 30);
        assert!(names()[&("get", "/api/v1/published/{name}".to_owned())].is_empty());
        assert!(names()[&("post", "/api/v1/reports".to_owned())].contains("preview"));
    }
}
