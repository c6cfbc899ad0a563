//! Who is asking, and what they may do.
//!
//! A person has a session: a cookie that no script and no other site can use, and a second secret
//! that the page sends along with whatever it changes. A program has a token. The desk on one's own
//! machine has one session, begun by the address that the command opens.

mod at;
mod desk;
pub(crate) mod password;
pub(crate) mod rate;
mod role;

use std::time::Duration;

use axum::http::{HeaderMap, Method, header};
use jiff::Timestamp;
use sayso_ledger::{LedgerError, Moment};

pub(crate) use at::{Admin, Analyst, Editor, Reader, Someone};
pub(crate) use desk::Own;
pub use role::Role;

use crate::secret;
use crate::store::Store;

/// Name of the header with the second secret.
pub(crate) const CSRF: &str = "x-csrf-token";

/// How long a session lasts at most, and how long without being used.
const LASTS: Duration = Duration::from_hours(12);
const IDLE: Duration = Duration::from_hours(2);

/// Use is noted this often.
const NOTED: Duration = Duration::from_mins(1);

/// Somebody who may do something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Who {
    /// The name that is recorded.
    pub(crate) name: String,
    /// What they may do.
    pub(crate) role: Role,
    /// The second secret of a session; `None` for a token.
    pub(crate) csrf: Option<String>,
    /// Hash of the session's secret.
    pub(crate) session: Option<String>,
}

/// Where people come in.
pub(crate) enum Gate {
    /// The desk on one's own machine.
    Own(Own),
    /// A team's server.
    Team {
        /// Whether browsers reach the server by TLS alone.
        secure: bool,
    },
}

impl Gate {
    /// Name of the cookie.
    pub(crate) fn cookie(&self) -> &str {
        match self {
            Self::Own(own) => &own.cookie,
            // A browser keeps a cookie of this name for this host and TLS alone.
            Self::Team { secure: true } => "__Host-sayso",
            Self::Team { secure: false } => "sayso",
        }
    }

    /// The cookie that carries `secret`; an empty one ends it.
    pub(crate) fn set_cookie(&self, value: &str) -> String {
        let name = self.cookie();
        let secure = match self {
            Self::Team { secure: true } => "; Secure",
            _ => "",
        };
        let ends = if value.is_empty() { "; Max-Age=0" } else { "" };
        format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict{secure}{ends}")
    }

    /// Who is asking; `None` where that cannot be told.
    pub(crate) async fn who(
        &self,
        store: &Store,
        headers: &HeaderMap,
    ) -> Result<Option<Who>, LedgerError> {
        if let Some(token) = bearer(headers) {
            return match self {
                Self::Own(own) => Ok(own.by_key(token)),
                Self::Team { .. } => by_token(store, token).await,
            };
        }
        let Some(secret) = cookie(headers, self.cookie()) else {
            return Ok(None);
        };
        match self {
            Self::Own(own) => Ok(own.by_cookie(secret)),
            Self::Team { .. } => by_session(store, secret).await,
        }
    }
}

/// Begins a session for a user; gives the secret for the cookie and the second one.
pub(crate) async fn begin(store: &Store, name: &str) -> Result<(String, String), LedgerError> {
    let secret = secret::fresh().map_err(LedgerError::Random)?;
    let csrf = secret::fresh().map_err(LedgerError::Random)?;
    let now = Timestamp::now();
    let ends = written(now + LASTS);
    let named = (secret::hash(&secret), name, csrf.as_str());
    store
        .begin_session((&named.0, named.1, named.2), (&written(now), &ends))
        .await?;
    Ok((secret, csrf))
}

async fn by_session(store: &Store, secret: &str) -> Result<Option<Who>, LedgerError> {
    let hash = secret::hash(secret);
    let now = Timestamp::now();
    let session = store
        .session(&hash, &written(now), &written(now - IDLE))
        .await?;
    let Some(session) = session else {
        return Ok(None);
    };
    if session.used < written(now - NOTED) {
        store.use_session(&hash, &written(now)).await?;
    }
    Ok(Some(Who {
        name: session.name,
        role: session.role.parse().unwrap_or(Role::Reader),
        csrf: Some(session.csrf),
        session: Some(hash),
    }))
}

async fn by_token(store: &Store, token: &str) -> Result<Option<Who>, LedgerError> {
    let now = Timestamp::now();
    let found = store.token(&secret::hash(token), &written(now)).await?;
    let Some((token, owner)) = found else {
        return Ok(None);
    };
    if token.used < written(now - NOTED) {
        store.use_token(&token.id, &written(now)).await?;
    }
    let own: Role = token.role.parse().unwrap_or(Role::Reader);
    let owner: Role = owner.parse().unwrap_or(Role::Reader);
    Ok(Some(Who {
        name: token.name,
        role: own.min(owner),
        csrf: None,
        session: None,
    }))
}

/// A moment as the desk's tables have it.
pub(crate) fn written(timestamp: Timestamp) -> String {
    Moment::new(timestamp).to_string()
}

/// Whether a method only reads.
pub(crate) fn only_reads(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(token.trim())
}

fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_cookie_is_found_among_others_and_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=1; sayso-x=2"));
        headers.append(header::COOKIE, HeaderValue::from_static("sayso=3"));
        assert_eq!(cookie(&headers, "sayso"), Some("3"));
        assert_eq!(cookie(&headers, "says"), None);
    }

    #[test]
    fn only_a_bearer_has_a_token() {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, HeaderValue::from_static("Basic abc"));
        assert_eq!(bearer(&headers), None);
        headers.insert(
            header::AUTHORIZATION,
            HeaderValue::from_static("bearer abc"),
        );
        assert_eq!(bearer(&headers), Some("abc"));
    }

    #[test]
    fn cookies_are_for_this_site_and_no_script() {
        let plain = Gate::Team { secure: false }.set_cookie("x");
        assert_eq!(plain, "sayso=x; Path=/; HttpOnly; SameSite=Strict");
        let secure = Gate::Team { secure: true }.set_cookie("");
        assert_eq!(
            secure,
            "__Host-sayso=; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=0"
        );
    }
}
