//! A registry file (`r`), actors of the user's own as CSV (`c`) and TOML (`t`).

use sayso_registry::own::read_actors;
use sayso_registry::{Builder, Registry};

use crate::seed;

const TOML: &str = "[[actor]]\nname = \"Dawn Front\"\nkind = \"rebels\"\ncountry = \"SYR;IRQ\"\n\
                    other_names = [\"DF\", \"جبهة الفجر\"]\nsince = \"2012-05\"\nuntil = \"2019\"\n\
                    id = \"own:dawn\"\n";

pub(crate) fn run(bytes: &[u8]) {
    let Some((tag, rest)) = bytes.split_first() else {
        return;
    };
    if *tag == b'r' {
        look_up(rest.to_vec());
        return;
    }
    let Ok(text) = std::str::from_utf8(rest) else {
        return;
    };
    let file = if *tag == b't' { "own.toml" } else { "own.csv" };
    match read_actors(file, text) {
        Ok(actors) => {
            let mut builder = Builder::new();
            for actor in actors {
                builder.add(actor);
            }
            match builder.finish("fuzz") {
                Ok(made) => look_up(made),
                Err(error) => panic!("actors that cannot be indexed: {error}"),
            }
        }
        Err(errors) => assert!(!errors.to_string().is_empty()),
    }
}

fn look_up(bytes: Vec<u8>) {
    let registry = match Registry::from_bytes(bytes) {
        Ok(registry) => registry,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return;
        }
    };
    let _ = (registry.edition(), registry.len(), registry.name_count());
    for name in [
        "Dawn Front",
        "the DF group",
        "جبهة الفجر",
        "Dawm Frunt",
        "\u{0}",
    ] {
        for found in registry.find(name).into_iter().take(20) {
            let entry = found.entry;
            let _ = (entry.id(), entry.name(), entry.kind(), entry.sector());
            let _ = (entry.aliases().count(), entry.start(), entry.end());
        }
    }
    let _ = registry.by_id("own:dawn").map(sayso_registry::Entry::name);
}

pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let mut builder = Builder::new();
    for actor in read_actors("own.toml", TOML).unwrap_or_default() {
        builder.add(actor);
    }
    vec![
        seed(b'r', builder.finish("fuzz").unwrap_or_default()),
        seed(b't', TOML),
        seed(
            b'c',
            "name,kind,country,other_names,sector,since,until,id\nDawn Front,rebels,SYR;IRQ,\
             DF;\"Dawn, the\",,2012-05-01,2019,own:dawn\nTarra Guard,militia,MLI,,,,,\n",
        ),
    ]
}
