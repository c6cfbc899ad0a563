//! Why any route may refuse, for the document.

use utoipa::IntoResponses;

use crate::problem::Problem;

/// What any route may answer where it does not do what was asked.
#[derive(IntoResponses)]
#[allow(dead_code)]
pub(crate) enum Refused {
    /// The request cannot be read.
    #[response(status = 400, content_type = "application/problem+json")]
    Bad(Problem),
    /// Nobody is signed in.
    #[response(status = 401, content_type = "application/problem+json")]
    Nobody(Problem),
    /// Whoever is signed in may not do this; or the request came from another site.
    #[response(status = 403, content_type = "application/problem+json")]
    Forbidden(Problem),
    /// There is no such thing in this view.
    #[response(status = 404, content_type = "application/problem+json")]
    Missing(Problem),
    /// It contradicts what is there.
    #[response(status = 409, content_type = "application/problem+json")]
    Conflict(Problem),
    /// It was erased for good.
    #[response(status = 410, content_type = "application/problem+json")]
    Erased(Problem),
    /// Somebody else was first; `current` is what there is now.
    #[response(status = 412, content_type = "application/problem+json")]
    Stale(Problem),
    /// It is too large.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(Problem),
    /// The body is of another kind than the route takes.
    #[response(status = 415, content_type = "application/problem+json")]
    Kind(Problem),
    /// A value is not allowed.
    #[response(status = 422, content_type = "application/problem+json")]
    Value(Problem),
    /// If-Match is missing.
    #[response(status = 428, content_type = "application/problem+json")]
    NoPrecondition(Problem),
    /// Too many requests; Retry-After says when to ask again.
    #[response(status = 429, content_type = "application/problem+json")]
    TooMany(Problem),
    /// The server has just begun and reads its ledger, cannot reach it, or has too much to take in at
    /// once; Retry-After says when to ask again.
    #[response(status = 503, content_type = "application/problem+json")]
    Reading(Problem),
    /// The server failed.
    #[response(status = 500, content_type = "application/problem+json")]
    Failed(Problem),
}
