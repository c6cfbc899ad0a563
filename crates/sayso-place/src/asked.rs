//! A place that is asked for by a name, and what is there.

use std::collections::BTreeSet;

use crate::{Gazetteer, fold};

/// A place that is asked for by a name: any place that may be called so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The name, folded.
    name: String,
    /// Usual names, folded, of the places that may be called so: “North Darfur” is Northern Darfur.
    usual: BTreeSet<String>,
    /// Their GeoNames ids.
    known: BTreeSet<u32>,
}

impl Asked {
    /// What `name` may mean by the gazetteer; what it does not know is looked for by its name alone.
    pub fn of(name: &str, gazetteer: &Gazetteer) -> Self {
        let name = fold(name);
        let found = gazetteer.find_folded(&name);
        let known = found
            .iter()
            .filter_map(|found| gazetteer.entry(found.id)?.geonames);
        let usual = found.iter().map(|found| fold(&gazetteer.name(found.id)));
        Self {
            known: known.collect(),
            usual: usual.collect(),
            name,
        }
    }

    /// Whether it is meant by one of these names, which are folded ([`fold`]), be it as some words of
    /// a longer one, or by the place's GeoNames id.
    pub fn is<'n>(&self, names: impl IntoIterator<Item = &'n str>, geonames: Option<u32>) -> bool {
        let asked = format!(" {} ", self.name);
        let is_it = |name: &str| {
            self.usual.contains(name)
                || (!self.name.is_empty() && format!(" {name} ").contains(&asked))
        };
        geonames.is_some_and(|id| self.known.contains(&id)) || names.into_iter().any(is_it)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builder::tests::small;

    #[test]
    fn a_place_is_found_by_every_name_of_it() {
        let gazetteer = small();
        // Another spelling of the gazetteer's.
        let harim = Asked::of("Harem", &gazetteer);
        assert!(harim.is(["harim"], None));
        assert!(harim.is([], Some(169_866)));
        assert!(!harim.is(["idlib"], Some(1)));
        // What no gazetteer knows, by its words and never by a part of one.
        let narnia = Asked::of("Narnia", &gazetteer);
        assert!(narnia.is(["the town of narnia"], None));
        assert!(!narnia.is(["narniabad"], Some(169_866)));
        // No name at all is nowhere.
        assert!(!Asked::of("-", &gazetteer).is(["", "harim"], None));
    }
}
