//! Which vocabulary an element of a feed belongs to.

/// The vocabularies that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vocabulary {
    /// RSS 2.0, RSS 1.0 and Atom: their element names do not clash.
    Feed,
    /// `content:encoded` [RSS 1.0 modules].
    Content,
    /// Dublin Core: `dc:creator`, `dcterms:modified`.
    Dublin,
    /// What FeedBurner adds.
    FeedBurner,
    /// Anything else.
    Other,
}

/// Vocabularies by a part of their address.
const ADDRESSES: &[(&str, Vocabulary)] = &[
    ("purl.org/rss/1.0/modules/content", Vocabulary::Content),
    ("purl.org/rss/1.0/modules", Vocabulary::Other),
    ("purl.org/dc/", Vocabulary::Dublin),
    ("w3.org/2005/Atom", Vocabulary::Feed),
    ("purl.org/atom/", Vocabulary::Feed),
    ("purl.org/rss/1.0", Vocabulary::Feed),
    ("my.netscape.com/rdf", Vocabulary::Feed),
    ("backend.userland.com", Vocabulary::Feed),
    ("blogs.law.harvard.edu/tech/rss", Vocabulary::Feed),
    ("feedburner", Vocabulary::FeedBurner),
];

/// Vocabularies by the prefix that everybody gives them, for feeds that do not declare it.
const PREFIXES: &[(&str, Vocabulary)] = &[
    ("content", Vocabulary::Content),
    ("dc", Vocabulary::Dublin),
    ("dcterms", Vocabulary::Dublin),
    ("atom", Vocabulary::Feed),
    ("a10", Vocabulary::Feed),
    ("rss", Vocabulary::Feed),
    ("feedburner", Vocabulary::FeedBurner),
];

/// The prefixes that a feed declares. There are few, so a list is searched.
#[derive(Clone, Debug, Default)]
pub(super) struct Namespaces {
    declared: Vec<(String, Vocabulary)>,
}

/// Most prefixes that are kept.
const MOST: usize = 64;
/// Longest prefix that is kept, in bytes: each entry gets them all.
const LONGEST: usize = 64;

impl Namespaces {
    /// Takes note of an attribute if it is a declaration (`xmlns:dc="…"`).
    pub(super) fn declare(&mut self, attribute: &str, value: &str) {
        let Some(prefix) = attribute.strip_prefix("xmlns:") else {
            return;
        };
        if self.declared.len() < MOST && prefix.len() <= LONGEST {
            let known = ADDRESSES.iter().find(|(part, _)| value.contains(part));
            let vocabulary = known.map_or(Vocabulary::Other, |(_, vocabulary)| *vocabulary);
            self.declared.push((prefix.to_owned(), vocabulary));
        }
    }

    /// The vocabulary of an element without prefix is the feed's own.
    pub(super) fn of(&self, prefix: Option<&str>) -> Vocabulary {
        let Some(prefix) = prefix else {
            return Vocabulary::Feed;
        };
        let declared = self.declared.iter().rev().find(|(name, _)| name == prefix);
        let usual = || PREFIXES.iter().find(|(name, _)| *name == prefix);
        match declared {
            Some((_, vocabulary)) => *vocabulary,
            None => usual().map_or(Vocabulary::Other, |(_, vocabulary)| *vocabulary),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declared_before_usual() {
        let mut namespaces = Namespaces::default();
        namespaces.declare("xmlns:c", "http://purl.org/rss/1.0/modules/content/");
        namespaces.declare("xmlns:dc", "https://tarra.example/districts");
        namespaces.declare("version", "2.0");
        assert_eq!(namespaces.of(Some("c")), Vocabulary::Content);
        assert_eq!(namespaces.of(Some("dc")), Vocabulary::Other);
        assert_eq!(namespaces.of(Some("content")), Vocabulary::Content);
        assert_eq!(namespaces.of(Some("media")), Vocabulary::Other);
        assert_eq!(namespaces.of(None), Vocabulary::Feed);
        let long = "c".repeat(LONGEST + 1);
        namespaces.declare(&format!("xmlns:{long}"), "http://purl.org/dc/terms/");
        assert_eq!(namespaces.of(Some(&long)), Vocabulary::Other);
    }
}
