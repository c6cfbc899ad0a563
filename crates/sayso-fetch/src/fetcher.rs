//! The client.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::io::Read as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sayso_text::input::{Fetch, Fetched};
use serde::{Deserialize, Serialize};
use ureq::http::{HeaderMap, StatusCode, header};
use ureq::tls::{Certificate, RootCerts, TlsConfig, TlsProvider};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::{Host, Url};

use crate::FetchError;
use crate::private::{self, KindOf, PublicOnly};

/// What a document may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest document in bytes, unpacked.
    pub bytes: u64,
    /// Longest time for a connection to be made.
    pub connect: Duration,
    /// Longest time for a document in all, redirects included.
    pub whole: Duration,
    /// Most redirects.
    pub redirects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 64_000_000,
            connect: Duration::from_secs(15),
            whole: Duration::from_mins(2),
            redirects: 5,
        }
    }
}

/// By what a server knows the version of a document that it gave before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// `ETag`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// `Last-Modified`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<String>,
}

/// Is told the version of a document, by its address.
type Told = Box<dyn FnMut(&str, Seen) + Send>;

/// Gets documents, one at a time.
pub struct Fetcher {
    limits: Limits,
    /// The certificates of authorities that this machine trusts, once they were needed.
    roots: Option<Arc<Vec<Certificate<'static>>>>,
    /// What was had before, by address: it is not asked for again while it stays the same.
    before: BTreeMap<String, Seen>,
    /// Told of each document that was had.
    told: Told,
    /// Whether addresses that are not public may be asked.
    allow_private: bool,
    /// Which addresses are not public.
    kind: KindOf,
}

impl Fetcher {
    /// A client that has had nothing before.
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            roots: None,
            before: BTreeMap::new(),
            told: Box::new(|_, _| {}),
            allow_private: false,
            kind: private::kind,
        }
    }

    /// A client that may ask this machine and private networks as well, such as for an outlet's feed
    /// that a server of one's own collects.
    #[must_use]
    pub fn allowing_private(mut self, allow: bool) -> Self {
        self.allow_private = allow;
        self
    }

    /// A client that asks for documents only where they have changed, and tells `told` of the
    /// version of each that it got.
    #[must_use]
    pub fn since(
        mut self,
        before: BTreeMap<String, Seen>,
        told: impl FnMut(&str, Seen) + Send + 'static,
    ) -> Self {
        self.before = before;
        self.told = Box::new(told);
        self
    }

    /// The document at `address`; `None` where it has not changed.
    ///
    /// # Errors
    /// [`FetchError`] says why it could not be had.
    pub fn get(&mut self, address: &str) -> Result<Option<Fetched>, FetchError> {
        let mut url = parsed(address)?;
        let start = Instant::now();
        let before = self.before.get(address).cloned().unwrap_or_default();
        for _ in 0..=self.limits.redirects {
            let left = self.limits.whole.saturating_sub(start.elapsed());
            if left.is_zero() {
                return Err(FetchError::TimedOut {
                    what: "redirects".to_owned(),
                });
            }
            let mut response = self.ask(&url, &before, left)?;
            let headers = response.headers().clone();
            match response.status() {
                StatusCode::NOT_MODIFIED => return Ok(None),
                StatusCode::OK => {
                    let bytes = self.body(response.body_mut())?;
                    let text = |name| text(&headers, name);
                    let seen = Seen {
                        etag: text(header::ETAG),
                        modified: text(header::LAST_MODIFIED),
                    };
                    (self.told)(address, seen);
                    return Ok(Some(Fetched {
                        bytes,
                        charset: response.body().charset().map(str::to_owned),
                    }));
                }
                status if status.is_redirection() => url = redirected(&url, &headers, status)?,
                status => {
                    return Err(FetchError::Status {
                        status: status.as_u16(),
                    });
                }
            }
        }
        Err(FetchError::TooManyRedirects {
            limit: self.limits.redirects,
        })
    }

    /// Asks for `url`, with `left` of the time that there is.
    fn ask(
        &mut self,
        url: &Url,
        before: &Seen,
        left: Duration,
    ) -> Result<ureq::http::Response<Body>, FetchError> {
        let agent = self.agent(url, left)?;
        let mut request = agent.get(url.as_str()).header(
            "Accept",
            "application/atom+xml, application/rss+xml, application/xml;q=0.9, \
                 text/html;q=0.8, */*;q=0.5",
        );
        if let Some(etag) = &before.etag {
            request = request.header("If-None-Match", etag);
        }
        if let Some(modified) = &before.modified {
            request = request.header("If-Modified-Since", modified);
        }
        Ok(request.call()?)
    }

    /// A client for `url` that has `left` of the time.
    fn agent(&mut self, url: &Url, left: Duration) -> Result<Agent, FetchError> {
        let tls = TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            .root_certs(RootCerts::Specific(self.roots(url)?))
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let mut config = Agent::config_builder()
            .tls_config(tls)
            // Redirects are followed here, by rules of our own; statuses have their own words.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .timeout_connect(Some(self.limits.connect.min(left)))
            .timeout_global(Some(left))
            .user_agent(concat!("sayso/", env!("CARGO_PKG_VERSION")));
        if is_this_machine(url) {
            config = config.proxy(None);
        }
        let config = config.build();
        if self.allow_private {
            return Ok(config.new_agent());
        }
        private::check(url, config.proxy().is_some(), self.kind)?;
        Ok(Agent::with_parts(
            config,
            DefaultConnector::default(),
            PublicOnly::for_url(url, self.kind),
        ))
    }

    /// The certificates; reading them costs time and is not needed without `https`.
    fn roots(&mut self, url: &Url) -> Result<Arc<Vec<Certificate<'static>>>, FetchError> {
        if url.scheme() != "https" {
            return Ok(Arc::default());
        }
        if let Some(roots) = &self.roots {
            return Ok(Arc::clone(roots));
        }
        let found = rustls_native_certs::load_native_certs();
        let roots: Vec<Certificate<'static>> = found
            .certs
            .iter()
            .map(|certificate| Certificate::from_der(certificate.as_ref()).to_owned())
            .collect();
        if roots.is_empty() {
            return Err(FetchError::NoCertificates);
        }
        let roots = Arc::new(roots);
        self.roots = Some(Arc::clone(&roots));
        Ok(roots)
    }

    fn body(&self, body: &mut Body) -> Result<Vec<u8>, FetchError> {
        let limit = self.limits.bytes;
        let mut bytes = Vec::new();
        let read = body
            .as_reader()
            .take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| FetchError::from(ureq::Error::from(error)));
        if bytes.len() as u64 > limit {
            return Err(FetchError::TooLarge { limit });
        }
        read.map(|_| bytes)
    }
}

impl Fetch for Fetcher {
    fn fetch(&mut self, address: &str) -> Result<Option<Fetched>, Box<dyn Error + Send + Sync>> {
        Ok(self.get(address)?)
    }
}

/// Whether the address is of this very machine, which no proxy can reach.
fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn parsed(address: &str) -> Result<Url, FetchError> {
    let url = Url::parse(address).map_err(|error| FetchError::BadAddress {
        why: error.to_string(),
    })?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(FetchError::BadAddress {
            why: format!("{} is not http or https", url.scheme()),
        });
    }
    if has_credentials(&url) {
        return Err(FetchError::BadAddress {
            why: "it holds a name or a password, which would be sent and kept".to_owned(),
        });
    }
    Ok(url)
}

/// Whether an address holds `name:password@`: what is sent to a server unasked, and what makes one
/// server look like another (`https://known.example@other.example`).
fn has_credentials(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

/// Where a redirect leads to.
fn redirected(from: &Url, headers: &HeaderMap, status: StatusCode) -> Result<Url, FetchError> {
    let Some(target) = headers.get(header::LOCATION).and_then(target) else {
        return Err(FetchError::Status {
            status: status.as_u16(),
        });
    };
    let refused = |why| FetchError::Redirect {
        to: target.clone(),
        why,
    };
    let url = from
        .join(&target)
        .map_err(|_| refused("this is no address"))?;
    if has_credentials(&url) {
        return Err(FetchError::Redirect {
            to: format!("an address at {}", url.host_str().unwrap_or("no host")),
            why: "it holds a name or a password",
        });
    }
    match (from.scheme(), url.scheme()) {
        ("https", "http") => Err(refused("it would leave the encrypted connection")),
        (_, "http" | "https") => Ok(url),
        _ => Err(refused("only http and https are followed")),
    }
}

/// What `Location` says. It should be ASCII; many servers write UTF-8 in it, and some an older
/// encoding, of which the bytes stand for themselves.
fn target(value: &header::HeaderValue) -> Option<String> {
    let bytes = value.as_bytes().trim_ascii();
    let target = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().fold(String::new(), |mut target, byte| {
            if byte.is_ascii() {
                target.push(char::from(*byte));
            } else {
                // Writing to a string does not fail.
                let _ = write!(target, "%{byte:02X}");
            }
            target
        }),
    };
    (!target.is_empty()).then_some(target)
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead as _, BufReader, Write as _};
    use std::net::{IpAddr, TcpListener};

    use super::*;

    fn to(from: &str, target: impl AsRef<[u8]>) -> Result<String, String> {
        let mut headers = HeaderMap::new();
        let target = header::HeaderValue::from_bytes(target.as_ref()).unwrap();
        headers.insert(header::LOCATION, target);
        redirected(&Url::parse(from).unwrap(), &headers, StatusCode::FOUND)
            .map(String::from)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn redirects_keep_to_the_web_and_to_encryption() {
        let from = "https://tarra.example/a/feed";
        assert_eq!(to(from, "../rss").unwrap(), "https://tarra.example/rss");
        assert!(
            to(from, "http://tarra.example/rss")
                .unwrap_err()
                .contains("encrypted")
        );
        assert!(
            to(from, "file:///etc/passwd")
                .unwrap_err()
                .contains("only http")
        );
        assert!(to("http://a.example/", "https://a.example/").is_ok());
    }

    #[test]
    fn redirects_in_any_encoding() {
        let from = "https://tarra.example/a/feed";
        let there = "https://tarra.example/caf%C3%A9";
        assert_eq!(to(from, "/caf\u{e9}").unwrap(), there);
        assert_eq!(to(from, " /caf%C3%A9 ").unwrap(), there);
        assert_eq!(
            to(from, b"/caf\xe9").unwrap(),
            "https://tarra.example/caf%E9"
        );
    }

    #[test]
    fn no_names_or_passwords() {
        for address in [
            "https://desk:secret@tarra.example/feed",
            "https://tarra.example@lake.example/feed",
            "https://:secret@tarra.example/",
        ] {
            let error = parsed(address).unwrap_err().to_string();
            assert!(
                error.contains("password") && !error.contains("secret"),
                "{error}"
            );
            let error = to("https://tarra.example/", address).unwrap_err();
            assert!(
                error.contains("password") && !error.contains("secret"),
                "{error}"
            );
        }
    }

    /// Of the addresses of this machine, one stands for the public internet.
    fn one_is_public(address: IpAddr) -> Option<&'static str> {
        (address != IpAddr::from([127, 0, 0, 1])).then_some("a private network")
    }

    #[test]
    fn a_redirect_from_a_public_to_a_private_address_is_refused() {
        let listener = TcpListener::bind("0.0.0.0:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let inside = [
            format!("http://127.0.0.2:{port}/"),
            format!("http://[::1]:{port}/"),
            "http://169.254.169.254/latest/meta-data".to_owned(),
            format!("http://localhost:{port}/"),
        ];
        let targets = inside.clone();
        let served = std::thread::spawn(move || {
            let mut asked = 0;
            for target in targets {
                let (mut stream, _) = listener.accept().unwrap();
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
                while lines.next().is_some_and(|line| !line.unwrap().is_empty()) {}
                let answer = format!(
                    "HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\
                     Connection: close\r\n\r\n"
                );
                stream.write_all(answer.as_bytes()).unwrap();
                asked += 1;
            }
            // Whoever follows one comes here.
            listener.set_nonblocking(true).unwrap();
            (asked, listener.accept().is_ok())
        });
        for target in &inside {
            let mut fetcher = Fetcher {
                kind: one_is_public,
                ..Fetcher::new(Limits::default())
            };
            let error = fetcher.get(&format!("http://127.0.0.1:{port}/feed"));
            let error = error.unwrap_err();
            assert!(
                matches!(error, FetchError::Private { .. }),
                "{target}: {error}"
            );
        }
        assert_eq!(served.join().unwrap(), (inside.len(), false));
    }

    #[test]
    fn addresses() {
        for address in ["feed", "ftp://tarra.example/feed", "https://"] {
            let error = parsed(address).unwrap_err().to_string();
            assert!(error.contains("https://outlet.example"), "{error}");
        }
    }
}
