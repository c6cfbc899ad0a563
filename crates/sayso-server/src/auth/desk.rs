//! The one session of the desk on one's own machine.
//!
//! Other users of the machine can reach its ports too. So the address that opens the desk carries a
//! key. The one that goes to the browser stands in the list of processes for a moment, where anybody
//! can read it: it opens the desk once, and within a minute.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::{Role, Who};
use crate::secret;

/// How long the key for the browser holds.
const HOLDS: Duration = Duration::from_mins(1);

/// The session.
pub(crate) struct Own {
    /// Name of the cookie: cookies are shared by all ports of a host.
    pub(crate) cookie: String,
    /// The name that is recorded.
    name: String,
    /// What the address carries that is printed.
    key: String,
    /// What the address carries that the browser is given.
    once: Mutex<Option<(String, Instant)>>,
    /// What the cookie carries.
    secret: String,
    csrf: String,
}

impl Own {
    /// A session for `name`, on `port`.
    ///
    /// # Errors
    /// Where the system gives no random bytes.
    pub(crate) fn new(name: &str, port: u16) -> Result<Self, getrandom::Error> {
        Ok(Self {
            cookie: format!("sayso-desk-{port}"),
            name: name.to_owned(),
            key: secret::fresh()?,
            once: Mutex::new(Some((secret::fresh()?, Instant::now()))),
            secret: secret::fresh()?,
            csrf: secret::fresh()?,
        })
    }

    /// The key to print.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    /// The key for the browser.
    pub(crate) fn once(&self) -> Option<String> {
        let once = self.once.lock().unwrap_or_else(PoisonError::into_inner);
        once.as_ref().map(|(key, _)| key.clone())
    }

    /// What the cookie has to carry, for whoever has a key.
    pub(crate) fn open(&self, key: &str) -> Option<&str> {
        if secret::same(key, &self.key) {
            return Some(&self.secret);
        }
        let mut once = self.once.lock().unwrap_or_else(PoisonError::into_inner);
        let fits = once
            .as_ref()
            .is_some_and(|(own, made)| made.elapsed() < HOLDS && secret::same(key, own));
        if !fits {
            return None;
        }
        *once = None;
        Some(&self.secret)
    }

    pub(crate) fn by_cookie(&self, secret: &str) -> Option<Who> {
        secret::same(secret, &self.secret).then(|| Who {
            csrf: Some(self.csrf.clone()),
            ..self.who()
        })
    }

    pub(crate) fn by_key(&self, key: &str) -> Option<Who> {
        secret::same(key, &self.key).then(|| self.who())
    }

    fn who(&self) -> Who {
        Who {
            name: self.name.clone(),
            role: Role::Admin,
            csrf: None,
            session: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_of_the_browser_opens_once() {
        let own = Own::new("R. Analyst", 4040).unwrap();
        let once = own.once().unwrap();
        let secret = own.open(&once).unwrap().to_owned();
        assert!(own.open(&once).is_none());
        assert_eq!(own.open(own.key()), Some(secret.as_str()));
        assert!(own.open("").is_none());
        assert!(own.by_cookie(own.key()).is_none());
        assert_eq!(own.by_cookie(&secret).unwrap().name, "R. Analyst");
    }
}
