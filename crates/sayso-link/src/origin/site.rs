//! Outlets that are given by their sites: “www.reuters.com”, “https://en.sana.sy/rss”.

use sayso_lexicon::{Outlet, Registry};

/// The host that `name` is or is an address at, without “www.”; `None` for what is no address.
pub(super) fn host(name: &str) -> Option<String> {
    let low = name.trim().to_lowercase();
    let bare = low
        .strip_prefix("https://")
        .or_else(|| low.strip_prefix("http://"))
        .unwrap_or(&low);
    let host = bare.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let is_label = |label: &str| {
        let mut chars = label.chars();
        !label.is_empty() && chars.all(|c| c.is_alphanumeric() || c == '-')
    };
    let (_, top) = host.rsplit_once('.')?;
    // “A.P.”, “No. 5” and “v1.2” are no hosts.
    let is_host = host.split('.').all(is_label)
        && top.chars().count() > 1
        && top.chars().all(char::is_alphabetic);
    is_host.then(|| host.to_owned())
}

/// The outlet that has this host, or one that it is a part of, among its names.
pub(super) fn outlet_at<'l>(host: &str, outlets: &'l Registry<Outlet>) -> Option<&'l Outlet> {
    let mut rest = host;
    loop {
        if let Some(outlet) = outlets.get(rest) {
            return Some(outlet);
        }
        // “en.sana.sy” is of “sana.sy”; nobody is of “sy”.
        let (_, parent) = rest.split_once('.')?;
        if !parent.contains('.') {
            return None;
        }
        rest = parent;
    }
}

#[cfg(test)]
mod tests {
    use sayso_lexicon::Lexicon;

    use super::*;

    #[test]
    fn a_site_is_one_however_it_is_written() {
        for name in [
            "orlatimes.example",
            "www.orlatimes.example",
            "https://www.OrlaTimes.example/world?page=2",
            "http://orlatimes.example:8080",
        ] {
            assert_eq!(host(name).as_deref(), Some("orlatimes.example"), "{name}");
        }
        for name in [
            "A.P.",
            "Orla Times",
            "Radio 99.5",
            "v1.2",
            "...",
            "",
            "www.",
        ] {
            assert_eq!(host(name), None, "{name}");
        }
    }

    #[test]
    fn agencies_are_known_by_their_sites() {
        let lexicon = Lexicon::builtin().unwrap();
        let of = |host: &str| outlet_at(host, &lexicon.outlets).map(|o| o.name.as_str());
        assert_eq!(of("reuters.com"), Some("Reuters"));
        assert_eq!(of("uk.reuters.com"), Some("Reuters"));
        assert_eq!(of("afp.com"), Some("AFP"));
        assert_eq!(of("apnews.com"), Some("AP"));
        assert_eq!(of("aa.com.tr"), Some("Anadolu"));
        assert_eq!(of("notreuters.com"), None);
        assert_eq!(of("orlatimes.example"), None);
    }
}
