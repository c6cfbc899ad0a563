//! Whose an entry is: the id under which it is kept.
//!
//! Another content under a known id is taken for the outlet's newer version. So an id holds within
//! the server that gave the feed: whatever a feed says, it says nothing in another outlet's name.

use crate::address;

/// Longest id of a feed that is kept, in bytes.
const LONGEST: usize = 2000;

/// What tells a feed from others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Scope {
    /// The server that gave it; of a file, the one that the feed says it stands on.
    server: Option<String>,
    /// Its own id, within that server.
    feed: Option<String>,
}

impl Scope {
    /// The scope of a feed that was had from `address`, or out of a file, which says of itself
    /// what `names` are: its ids and addresses, the surest first, and at last its title.
    pub(super) fn new(address: Option<&str>, names: &[Option<&str>]) -> Self {
        let names = || {
            let names = names.iter().flatten().map(|name| name.trim());
            names.filter(|name| !name.is_empty() && name.len() <= LONGEST)
        };
        let server = match address {
            Some(address) => address::server(address),
            None => names().find_map(server),
        };
        let mut scope = Self { server, feed: None };
        scope.feed = match names().next() {
            Some(name) => Some(scope.within(name)),
            None => scope.server.clone(),
        };
        scope
    }

    /// The id of an entry that stays when the entry is changed: by its own, else by its address.
    /// `None` where nothing stays.
    ///
    /// An address, a `tag:` or a `urn:` is the only one of its kind on its server, so that an entry
    /// is the same in each of an outlet's feeds. Any other, such as `4711`, tells entries apart
    /// within one feed.
    pub(super) fn id(&self, own: Option<&str>, address: Option<&str>) -> Option<String> {
        let id = own.or(address)?;
        let is_unique = address::is_web(id)
            || ["tag:", "urn:"].iter().any(|scheme| {
                id.get(..scheme.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            });
        match &self.feed {
            Some(feed) if !is_unique || self.server.is_none() => Some(format!("{feed}#{id}")),
            Some(_) => Some(self.within(id)),
            // The feed tells nothing of itself, and might be anybody's.
            None => None,
        }
    }

    /// An id that the server gave: as it is where it names the server, else with that before it.
    fn within(&self, id: &str) -> String {
        match &self.server {
            Some(own) if server(id).as_ref() != Some(own) => format!("{own}#{id}"),
            _ => id.to_owned(),
        }
    }
}

/// The server that an address, or a `tag:` (RFC 4151), names.
fn server(id: &str) -> Option<String> {
    if address::is_web(id) {
        return address::server(id);
    }
    let (scheme, rest) = id.split_once(':')?;
    if !scheme.eq_ignore_ascii_case("tag") {
        return None;
    }
    let (authority, _) = rest.split_once(',')?;
    address::server(&format!("tag://{authority}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEED: &str = "https://www.tarra.example/rss";

    fn file() -> Scope {
        Scope::new(None, &[None, Some(FEED), Some("Tarra Post")])
    }

    fn id(scope: &Scope, own: &str) -> String {
        scope.id(Some(own), None).unwrap()
    }

    #[test]
    fn ids_of_the_feeds_own_server_stand_as_they_are() {
        let server = Scope::new(Some("https://tarra.example/region"), &[Some(FEED)]);
        for scope in [file(), server] {
            for own in [
                "https://tarra.example/a",
                "http://WWW.Tarra.example/?p=7",
                "tag:tarra.example,2025:a",
                "tag:desk@tarra.example,2025:a",
            ] {
                assert_eq!(id(&scope, own), own);
            }
            assert_eq!(id(&scope, "4711"), format!("{FEED}#4711"));
        }
    }

    #[test]
    fn no_feed_speaks_for_another_server() {
        let others = [
            "https://lake.example/9001",
            "https://tarra.example.lake.example/a",
            "https://tarra.example@lake.example/a",
            "tag:lake.example,2025:a",
            "urn:uuid:1",
            "URN:uuid:1",
        ];
        for own in others {
            assert_eq!(id(&file(), own), format!("tarra.example#{own}"));
        }
        let address = Some("https://lake.example/9001");
        assert_eq!(
            file().id(None, address).as_deref(),
            Some("tarra.example#https://lake.example/9001")
        );
        // What it says of itself counts for nothing beside where it was had from.
        let forged = Scope::new(Some("https://lake.example/rss"), &[Some(FEED)]);
        assert_eq!(
            id(&forged, "https://tarra.example/a"),
            "lake.example#https://tarra.example/a"
        );
        assert_eq!(id(&forged, "4711"), format!("lake.example#{FEED}#4711"));
    }

    #[test]
    fn feeds_that_hardly_say_who_they_are() {
        let named = Scope::new(None, &[None, Some("Tarra Post")]);
        assert_eq!(id(&named, "4711"), "Tarra Post#4711");
        assert_eq!(
            id(&named, "https://tarra.example/a"),
            "Tarra Post#https://tarra.example/a"
        );
        let silent = Scope::new(None, &[None, None]);
        assert_eq!(silent.id(Some("https://tarra.example/a"), None), None);
        let fetched = Scope::new(Some("https://tarra.example/rss"), &[None]);
        assert_eq!(id(&fetched, "4711"), "tarra.example#4711");
        assert_eq!(fetched.id(None, None), None);
        let long = "x".repeat(LONGEST + 1);
        assert_eq!(
            Scope::new(None, &[Some(long.as_str()), Some("Tarra Post")]),
            named
        );
    }
}
