//! Sheets in, incidents out.

mod core;
mod title;
mod why;

use std::collections::BTreeMap;

use sayso_api::{INCIDENT_SCHEMA, IncidentJson, IncidentReportJson, SheetJson};
use sayso_lexicon::{Lexicon, LexiconError, LinkWeights, Rarity};

use crate::copies::{Copies, Signature};
use crate::finding::{Told, findings};
use crate::origin::{Attributions, Origin, Origins};
use crate::words::hash;
use crate::{Digest, Linker};
use core::Core;

/// What linking is given besides the sheets.
#[derive(Clone, Debug)]
pub struct LinkKnowledge {
    rarity: Rarity,
    weights: LinkWeights,
    lexicon: Lexicon,
}

impl LinkKnowledge {
    /// What is shipped.
    ///
    /// # Errors
    /// Never in a released program: a test loads it.
    pub fn builtin() -> Result<Self, LexiconError> {
        Ok(Self {
            rarity: Rarity::builtin()?,
            weights: LinkWeights::builtin()?,
            lexicon: Lexicon::builtin()?,
        })
    }

    /// How rare words are.
    pub fn rarity(&self) -> &Rarity {
        &self.rarity
    }
}

/// The incidents that `sheets` tell of, by their first reports. Of two sheets of one report the
/// first counts. The order of the sheets does not matter otherwise.
pub fn incidents(sheets: &[SheetJson<'_>], knowledge: &LinkKnowledge) -> Vec<IncidentJson> {
    let mut linker = Linker::new(&knowledge.weights);
    // Position in `sheets` of each report of the linker.
    let mut position = Vec::new();
    for (at, sheet) in sheets.iter().enumerate() {
        if linker.insert(Digest::of(sheet, &knowledge.rarity)) {
            position.push(at);
        }
    }
    let groups = linker.groups();
    let sheet = |report: u32| &sheets[position[report as usize]];
    let owns = own_words(&linker, &sheet, knowledge);
    let cores: Vec<Core> = groups
        .iter()
        .map(|group| Core::of(group.iter().map(|&report| sheet(report))))
        .collect();
    let recalled = recalled(&groups, &cores, &sheet);

    groups
        .iter()
        .zip(&cores)
        .enumerate()
        .map(|(number, (group, core))| {
            let told = |report: u32, events: Vec<usize>| Told {
                sheet: sheet(report),
                events,
                own: owns[report as usize].clone(),
            };
            let main: Vec<Told<'_>> = group
                .iter()
                .map(|&report| told(report, core.events_of(sheet(report))))
                .collect();
            let background: Vec<Told<'_>> = recalled
                .get(&number)
                .into_iter()
                .flatten()
                .map(|(report, events)| told(*report, events.clone()))
                .collect();
            incident(
                core,
                &main,
                &background,
                why::why(&linker, group),
                knowledge,
            )
        })
        .collect()
}

fn incident(
    core: &Core,
    main: &[Told<'_>],
    background: &[Told<'_>],
    why: Vec<String>,
    knowledge: &LinkKnowledge,
) -> IncidentJson {
    let mut origins = Origins::default();
    let mut all = main.to_vec();
    all.extend_from_slice(background);
    all.sort_by(|a, b| {
        let by = |told: &Told<'_>| {
            (
                told.published().map(str::to_owned),
                told.sheet.report.id.to_string(),
            )
        };
        by(a).cmp(&by(b))
    });
    let findings = findings(&all, Attributions::new(&knowledge.lexicon), &mut origins);
    let mut reports = Vec::new();
    for (told, role) in main
        .iter()
        .map(|told| (told, "main"))
        .chain(background.iter().map(|told| (told, "background")))
    {
        let report = &told.sheet.report;
        reports.push(IncidentReportJson {
            id: report.id.to_string(),
            outlet: report.outlet.as_deref().map(str::to_owned),
            published: report.published.as_deref().map(str::to_owned),
            origin: origins.meet(&told.own, &report.id),
            role: role.to_owned(),
            events: told.events().map(|event| event.id.to_string()).collect(),
        });
    }
    let first = main.first().map(|told| told.sheet);
    IncidentJson {
        schema: INCIDENT_SCHEMA.to_owned(),
        id: format!(
            "i:{:016x}",
            hash(first.map_or("", |sheet| &sheet.report.id))
        ),
        title: title::title(core, first),
        acled: core.acled.clone(),
        place: core.place.clone(),
        start: core.start.clone(),
        end: core.end.clone(),
        reports,
        origins: origins.into_json(),
        findings,
        why,
    }
}

/// For each report who its own words go back to: the prints of one text share theirs.
fn own_words<'s>(
    linker: &Linker,
    sheet: &impl Fn(u32) -> &'s SheetJson<'s>,
    knowledge: &LinkKnowledge,
) -> Vec<Origin> {
    let attributions = Attributions::new(&knowledge.lexicon);
    let digests = linker.digests();
    let mut first: Vec<u32> = (0..digests.len() as u32).collect();
    let mut copies = Copies::default();
    for (report, digest) in digests.iter().enumerate() {
        let signature = Signature::of(&sheet(report as u32).report.text);
        for copy in copies.insert(signature, digest.published) {
            let (a, b) = (
                root(&mut first, report as u32),
                root(&mut first, copy.report),
            );
            first[a.max(b) as usize] = a.min(b);
        }
    }
    let mut prints: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for report in 0..digests.len() as u32 {
        prints
            .entry(root(&mut first, report))
            .or_default()
            .push(report);
    }
    let mut owns: BTreeMap<u32, Origin> = BTreeMap::new();
    for mut reports in prints.into_values() {
        reports.sort_by_key(|&r| (digests[r as usize].published, &digests[r as usize].report));
        let sheets: Vec<&SheetJson<'_>> = reports.iter().map(|&report| sheet(report)).collect();
        let own = attributions.of_prints(&sheets);
        owns.extend(reports.into_iter().map(|report| (report, own.clone())));
    }
    owns.into_values().collect()
}

fn root(first: &mut [u32], mut at: u32) -> u32 {
    while first[at as usize] != at {
        first[at as usize] = first[first[at as usize] as usize];
        at = first[at as usize];
    }
    at
}

/// For each incident the reports that only recall it, with the events by which they do.
type Recalled = BTreeMap<usize, Vec<(u32, Vec<usize>)>>;

fn recalled<'s>(
    groups: &[Vec<u32>],
    cores: &[Core],
    sheet: &impl Fn(u32) -> &'s SheetJson<'s>,
) -> Recalled {
    let index = core::Index::of(cores);
    let mut recalled = Recalled::new();
    for (number, group) in groups.iter().enumerate() {
        for &report in group {
            let own = cores[number].events_of(sheet(report));
            for (at, event) in sheet(report).events.iter().enumerate() {
                if own.contains(&at) {
                    continue;
                }
                for other in index.same_as(event, cores) {
                    if other == number {
                        continue;
                    }
                    let reports = recalled.entry(other).or_default();
                    match reports.last_mut() {
                        Some((last, events)) if *last == report => events.push(at),
                        _ => reports.push((report, vec![at])),
                    }
                }
            }
        }
    }
    recalled
}
