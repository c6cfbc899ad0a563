//! Addresses on the web, as text.

/// Whether this is an address on the web (`https://…`).
pub(crate) fn is_web(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, _)| {
        ["https", "http"]
            .iter()
            .any(|web| scheme.eq_ignore_ascii_case(web))
    })
}

/// The server of an address, of whatever scheme: its name in lower case, and its port unless that
/// is the web's. `www.` in front tells no two servers apart and is left out.
pub(crate) fn server(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("://")?;
    let authority = rest.split(['/', '\\', '?', '#']).next()?;
    let server = authority.rsplit('@').next()?.trim().to_ascii_lowercase();
    let server = [":80", ":443", ":"]
        .iter()
        .find_map(|port| server.strip_suffix(port))
        .unwrap_or(&server);
    let server = server.strip_prefix("www.").unwrap_or(server);
    (!server.is_empty()).then(|| server.to_owned())
}

/// The server's name without its port, which stands for an outlet that does not name itself.
pub(crate) fn host(address: &str) -> Option<String> {
    let mut server = server(address)?;
    let port = server.rfind(':').filter(|at| {
        server
            .bytes()
            .skip(at + 1)
            .all(|byte| byte.is_ascii_digit())
    });
    if let Some(at) = port {
        server.truncate(at);
    }
    Some(server)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_on_the_web() {
        assert!(is_web("https://tarra.example/a"));
        assert!(is_web("HTTP://tarra.example"));
        for other in [
            "ftp://tarra.example",
            "tarra.example",
            "//tarra.example",
            "tag:tarra.example,2025:https://a",
        ] {
            assert!(!is_web(other), "{other}");
        }
    }

    #[test]
    fn servers_and_hosts() {
        for (address, name, bare) in [
            (
                "https://www.Tarra.example/a?b",
                "tarra.example",
                "tarra.example",
            ),
            ("http://tarra.example:80", "tarra.example", "tarra.example"),
            (
                "http://tarra.example:8080/x",
                "tarra.example:8080",
                "tarra.example",
            ),
            (
                "https://other.example@tarra.example/",
                "tarra.example",
                "tarra.example",
            ),
            (
                "https://tarra.example\\.other.example/",
                "tarra.example",
                "tarra.example",
            ),
            ("http://[::1]:4000/feed", "[::1]:4000", "[::1]"),
            ("http://[::1]/feed", "[::1]", "[::1]"),
        ] {
            assert_eq!(server(address).as_deref(), Some(name), "{address}");
            assert_eq!(host(address).as_deref(), Some(bare), "{address}");
        }
        for none in [
            "tarra.example",
            "https://",
            "https:///a",
            "mailto:desk@tarra.example",
        ] {
            assert_eq!(server(none), None, "{none}");
        }
    }
}
