//! Prints the coreference chains of a report: `chains MODEL_DIR FILE`.

use std::{env, error::Error, fs, path::Path};

use sayso_core::{Knowledge, resolve};
use sayso_lexicon::Lexicon;
use sayso_model::Reader;
use sayso_place::{Builder, Gazetteer};
use sayso_text::Report;

#[allow(clippy::disallowed_methods, clippy::print_stdout)] // a shell around the core
fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(model), Some(file)) = (arguments.next(), arguments.next()) else {
        return Err("usage: chains MODEL_DIR FILE".into());
    };
    let reader = Reader::open(Path::new(&model))?;
    let reading = reader.annotate(sayso_text::read(Report::from_text(fs::read_to_string(
        file,
    )?)));
    let lexicon = Lexicon::builtin()?;
    let gazetteer = Gazetteer::from_bytes(Builder::new().finish("none")?)?;
    let knowledge = Knowledge {
        lexicon: &lexicon,
        gazetteer: &gazetteer,
        registry: &sayso_registry::Registry::default(),
        rules: sayso_core::Rules::all(),
    };
    let mentions = resolve(&reading, &knowledge);
    for entity in &mentions.entities {
        let words: Vec<String> = entity
            .mentions
            .iter()
            .filter_map(|&m| mentions.all.get(m))
            .map(|mention| reading.slice(mention.span).replace('\n', " "))
            .collect();
        let name = reading.slice(entity.name).replace('\n', " ");
        println!("{name} [{}]: {}", entity.kind.as_str(), words.join(" | "));
    }
    Ok(())
}
