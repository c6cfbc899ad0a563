//! Weapons: `lexicon/weapons.tsv`.

use std::collections::BTreeMap;

use crate::{LexiconError, Table};

/// What a weapon does; decides between event types that differ by weapon only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WeaponClass {
    /// Flown by a crew: jets, helicopters, and what they drop.
    Aerial,
    /// Flown without one.
    Drone,
    /// Artillery, mortars, rockets, missiles.
    Heavy,
    /// Bombs, mines, improvised devices.
    Explosive,
    /// Worn or driven by somebody who dies with it.
    Suicide,
    /// Thrown by hand.
    Grenade,
    /// Chemical, biological, incendiary of the forbidden kind.
    Chemical,
    /// Small arms.
    Firearm,
    /// Blades, clubs, stones, fire.
    Primitive,
    /// Tear gas, water cannon, rubber bullets.
    CrowdControl,
    /// Any or unknown ("weapons").
    Other,
}

impl WeaponClass {
    /// The class as the file writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Aerial => "aerial",
            Self::Drone => "drone",
            Self::Heavy => "heavy",
            Self::Explosive => "explosive",
            Self::Suicide => "suicide",
            Self::Grenade => "grenade",
            Self::Chemical => "chemical",
            Self::Firearm => "firearm",
            Self::Primitive => "primitive",
            Self::CrowdControl => "crowd-control",
            Self::Other => "other",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [
            Self::Aerial,
            Self::Drone,
            Self::Heavy,
            Self::Explosive,
            Self::Suicide,
            Self::Grenade,
            Self::Chemical,
            Self::Firearm,
            Self::Primitive,
            Self::CrowdControl,
            Self::Other,
        ]
        .into_iter()
        .find(|class| class.as_str() == text)
    }
}

/// One weapon word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weapon {
    /// Its words, lemmas in lower case, the head last.
    pub words: Vec<String>,
    /// Class.
    pub class: WeaponClass,
    /// Whether its crew stands for a side ("warplanes bombed …").
    pub acts: bool,
}

/// All weapons by their head word.
#[derive(Clone, Debug, Default)]
pub struct Weapons {
    by_head: BTreeMap<String, Vec<Weapon>>,
}

impl Weapons {
    /// Parses the file (columns weapon, class, acts: `yes` or `-`).
    ///
    /// # Errors
    /// Those of [`Table::parse`], and an unknown class.
    pub fn parse(text: &str) -> Result<Self, LexiconError> {
        let table = Table::parse("weapons.tsv", text)?;
        let mut by_head: BTreeMap<String, Vec<Weapon>> = BTreeMap::new();
        for row in &table.rows {
            let class = WeaponClass::parse(row.get(1)).ok_or_else(|| LexiconError {
                file: table.file.to_owned(),
                line: row.line,
                value: row.get(1).to_owned(),
                allowed: "a weapon class".to_owned(),
            })?;
            let words: Vec<String> = row.get(0).split(' ').map(str::to_owned).collect();
            if let Some(head) = words.last().cloned() {
                by_head.entry(head).or_default().push(Weapon {
                    words,
                    class,
                    acts: row.get(2) == "yes",
                });
            }
        }
        for weapons in by_head.values_mut() {
            weapons.sort_by_key(|w| std::cmp::Reverse(w.words.len()));
        }
        Ok(Self { by_head })
    }

    /// The longest weapon whose head is `lemma` and whose other words stand before it, nearest
    /// last in `before`.
    pub fn find(&self, lemma: &str, before: &[&str]) -> Option<&Weapon> {
        self.by_head.get(lemma)?.iter().find(|weapon| {
            let rest = weapon.words.split_last().map_or(&[][..], |(_, r)| r);
            before.len() >= rest.len()
                && rest
                    .iter()
                    .zip(&before[before.len() - rest.len()..])
                    .all(|(want, got)| want == got)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_name_wins() {
        let weapons = Weapons::parse(include_str!("../../../lexicon/weapons.tsv")).unwrap();
        let found = weapons.find("bomb", &["suicide", "car"]).unwrap();
        assert_eq!(found.class, WeaponClass::Suicide);
        assert_eq!(
            weapons.find("bomb", &["a"]).unwrap().class,
            WeaponClass::Explosive
        );
        assert!(weapons.find("cake", &[]).is_none());
    }
}
