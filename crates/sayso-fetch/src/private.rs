//! Addresses that are not the public internet's.
//!
//! A feed, or a redirect, may name a machine of the user's own network or the metadata service of a
//! cloud: what is behind the firewall would be read and kept as a report. The check is made of the
//! addresses that a name leads to, and these very addresses are connected to, so that a name which
//! leads elsewhere a moment later gains nothing.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, ToSocketAddrs as _};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use url::{Host, Url};

/// A host that leads to an address that is not public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NotPublic {
    pub(crate) host: String,
    pub(crate) address: IpAddr,
    pub(crate) kind: &'static str,
}

impl fmt::Display for NotPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is {} ({})", self.host, self.address, self.kind)
    }
}

impl std::error::Error for NotPublic {}

/// Says of an address what it is of, where that is not the public internet.
pub(crate) type KindOf = fn(IpAddr) -> Option<&'static str>;

/// What an address is of, where that is not the public internet.
///
/// Source: IANA's special-purpose address registries (RFC 6890 and its updates).
pub(crate) fn kind(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(address) => kind_v4(address),
        IpAddr::V6(address) => kind_v6(address),
    }
}

fn kind_v4(address: Ipv4Addr) -> Option<&'static str> {
    let [a, b, c, _] = address.octets();
    match (a, b, c) {
        (127, ..) => Some("this machine"),
        (0, ..) => Some("this network"),
        (10, ..) | (172, 16..=31, _) | (192, 168, _) => Some("a private network"),
        (169, 254, _) => Some("link-local, where clouds keep their metadata"),
        (100, 64..=127, _) => Some("a provider's inner network"),
        (192, 0, 0) | (192, 88, 99) | (198, 18..=19, _) => Some("reserved"),
        (192, 0, 2) | (198, 51, 100) | (203, 0, 113) => Some("for documentation"),
        (224..=239, ..) => Some("multicast"),
        (240..=255, ..) => Some("reserved"),
        _ => None,
    }
}

fn kind_v6(address: Ipv6Addr) -> Option<&'static str> {
    // An address of the fourth version in the clothes of the sixth is what it holds: mapped and
    // compatible (RFC 4291), translated (::ffff:0:0:0/96 of RFC 2765, 64:ff9b::/96), 6to4 (2002::/16).
    let segments = address.segments();
    let inner = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        kind_v4(Ipv4Addr::new(a, b, c, d))
    };
    match segments {
        [0, 0, 0, 0, 0, 0, 0, 1] => Some("this machine"),
        [0, 0, 0, 0, 0, 0, 0, 0] => Some("this network"),
        [0, 0, 0, 0, 0, 0xffff | 0, high, low]
        | [0, 0, 0, 0, 0xffff, 0, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => inner(high, low),
        [0x64, 0xff9b, 1, ..] => Some("a private network"),
        [0x2002, high, low, ..] => inner(high, low),
        [0xfe80..=0xfebf, ..] => Some("link-local"),
        [0xfec0..=0xfeff, ..] => Some("site-local"),
        [0xfc00..=0xfdff, ..] => Some("a private network"),
        [0xff00..=0xffff, ..] => Some("multicast"),
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => Some("for documentation"),
        // Names of machines that are no places (ORCHID, both versions).
        [0x2001, 0x10..=0x2f, ..] => Some("reserved"),
        [0x5f00, ..] => Some("a provider's inner network"),
        [0x2001, 0, ..] | [0x100, 0, 0, 0, ..] => Some("reserved"),
        _ => None,
    }
}

/// Refuses a host that is not public before anything is asked: an address, a name that stands for
/// this machine, and behind a proxy, which finds addresses itself, any name that leads here to one.
pub(crate) fn check(url: &Url, behind_proxy: bool, kind: KindOf) -> Result<(), NotPublic> {
    let found = |address, kind| NotPublic {
        host: url.host_str().unwrap_or_default().to_owned(),
        address,
        kind,
    };
    let refused = |address: IpAddr| kind(address).map(|kind| found(address, kind));
    let refused = match url.host() {
        Some(Host::Ipv4(address)) => refused(address.into()),
        Some(Host::Ipv6(address)) => refused(address.into()),
        Some(Host::Domain(name)) => {
            let bare = name.trim_end_matches('.').to_ascii_lowercase();
            if bare == "localhost" || bare.ends_with(".localhost") {
                Some(found(Ipv4Addr::LOCALHOST.into(), "this machine"))
            } else if behind_proxy {
                // A name that only the proxy can look up is the proxy's to refuse.
                let addresses = (name, url.port_or_known_default().unwrap_or(80)).to_socket_addrs();
                addresses
                    .into_iter()
                    .flatten()
                    .find_map(|address| refused(address.ip()))
            } else {
                None
            }
        }
        None => None,
    };
    refused.map_or(Ok(()), Err)
}

/// Looks names up, and refuses what is not public.
#[derive(Debug)]
pub(crate) struct PublicOnly<R> {
    names: R,
    /// The host of the document; any other is a proxy's, which whoever set it may have at home.
    host: String,
    kind: KindOf,
}

impl PublicOnly<DefaultResolver> {
    /// For a document, with the names that this machine knows.
    pub(crate) fn for_url(url: &Url, kind: KindOf) -> Self {
        Self {
            names: DefaultResolver::default(),
            host: url.host_str().unwrap_or_default().to_owned(),
            kind,
        }
    }
}

impl<R: Resolver> Resolver for PublicOnly<R> {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.names.resolve(uri, config, timeout)?;
        if uri.host() != Some(self.host.as_str()) {
            return Ok(found);
        }
        let refused = found
            .iter()
            .find_map(|address| Some((address.ip(), (self.kind)(address.ip())?)));
        match refused {
            Some((address, kind)) => Err(ureq::Error::Other(Box::new(NotPublic {
                host: self.host.clone(),
                address,
                kind,
            }))),
            None => Ok(found),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use super::*;

    #[test]
    fn addresses_that_are_not_public() {
        for address in [
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "fe80::1",
            "fd00:ec2::254",
            "fc00::1",
            "fec0::1",
            "ff02::1",
            "::127.0.0.1",
            "::ffff:0:169.254.169.254",
            "::ffff:0:10.0.0.1",
            "3fff::1",
            "3fff:fff::1",
            "5f00::1",
            "2001:10::1",
            "2001:2f::1",
        ] {
            assert!(kind(address.parse().unwrap()).is_some(), "{address}");
        }
        for address in [
            "9.9.9.9",
            "172.32.0.1",
            "100.128.0.1",
            "192.167.1.1",
            "2a00:1450::1",
            "::ffff:9.9.9.9",
            "64:ff9b::909:909",
            "::ffff:0:9.9.9.9",
            "3fff:1000::1",
            "2001:30::1",
            "2001:4860::1",
        ] {
            assert_eq!(kind(address.parse().unwrap()), None, "{address}");
        }
    }

    #[test]
    fn hosts_that_are_refused_before_anything_is_asked() {
        for address in [
            "http://localhost/x",
            "http://LOCALHOST./x",
            "http://a.localhost/",
            "http://127.1/",
            "http://0x7f000001/",
            "http://2130706433/",
            "http://[::1]/",
            "http://[::ffff:a00:1]/",
            "http://169.254.169.254/latest/meta-data",
        ] {
            let url = Url::parse(address).unwrap();
            assert!(check(&url, false, kind).is_err(), "{address}");
        }
        let url = Url::parse("https://tarra.example/feed").unwrap();
        assert_eq!(check(&url, false, kind), Ok(()));
    }

    /// Knows one name.
    #[derive(Debug)]
    struct Knows(Vec<SocketAddr>);

    impl Resolver for Knows {
        fn resolve(
            &self,
            _: &Uri,
            _: &Config,
            _: NextTimeout,
        ) -> Result<ResolvedSocketAddrs, ureq::Error> {
            let mut found = self.empty();
            for address in &self.0 {
                found.push(*address);
            }
            Ok(found)
        }
    }

    /// What becomes of a host that leads to `addresses`, asked for by a document of `host`.
    fn led(host: &str, asked: &str, addresses: &[&str]) -> Result<usize, String> {
        let addresses = addresses
            .iter()
            .map(|address| SocketAddr::new(address.parse().unwrap(), 80));
        let resolver = PublicOnly {
            names: Knows(addresses.collect()),
            host: host.to_owned(),
            kind,
        };
        let uri = Uri::try_from(format!("http://{asked}/feed")).unwrap();
        let found = resolver.resolve(&uri, &Config::default(), NextTimeout::default());
        found
            .map(|found| found.len())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_name_that_leads_to_a_private_address_is_refused() {
        let host = "tarra.example";
        assert_eq!(led(host, host, &["9.9.9.9", "2a00:1450::1"]), Ok(2));
        // One is enough: which of them is asked is not ours to say.
        for private in ["10.0.0.5", "169.254.169.254", "::1", "fd00:ec2::254"] {
            let refused = led(host, host, &["9.9.9.9", private]).unwrap_err();
            assert!(
                refused.contains(&format!("{host} is {private}")),
                "{refused}"
            );
        }
        // A proxy's own name: it may be at home.
        assert_eq!(led(host, "proxy.example", &["10.0.0.5"]), Ok(1));
    }
}
