//! How a static program looks up names: by itself, whatever the system it runs on has set up.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::target::Target;
use crate::run_to_end;

/// What it is told as it starts, and why.
const SOURCE: &str = include_str!("lookups.c");

/// Compiles into a folder what a static program is linked with; gives the path.
///
/// # Errors
/// Where there is no C compiler, or it fails.
pub(crate) fn object(folder: &Path, target: &Target) -> Result<PathBuf> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let source = folder.join("lookups.c");
    fs::write(&source, SOURCE).with_context(|| format!("cannot write {}", source.display()))?;
    let object = source.with_extension("o");
    let mut compile = Command::new("cc");
    compile.args(["-c", "-O2", "-fPIE"]).args(target.c_maps());
    compile.arg("-o").arg(&object).arg(&source);
    run_to_end(&mut compile).context("the program is linked with something in C")?;
    Ok(object)
}

#[cfg(all(test, target_os = "linux", target_env = "gnu"))]
mod tests {
    use super::*;
    use crate::system;
    use std::time::Duration;

    /// Looks up a host and a user, and says whether that has loaded a library.
    const ASKS: &str = r#"
#include <netdb.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
int main(void) {
    struct addrinfo *found;
    char line[4096];
    FILE *maps;
    getaddrinfo("sayso.invalid", "80", NULL, &found);
    getpwuid(4242);
    maps = fopen("/proc/self/maps", "r");
    while (maps && fgets(line, sizeof line, maps))
        if (strstr(line, ".so")) return puts("loaded"), 0;
    return puts("nothing"), 0;
}"#;

    /// A module of the C library's own: it is there wherever that is.
    const NAMES_A_MODULE: &str = "hosts: files hesiod\npasswd: files hesiod\n";

    #[test]
    fn a_static_program_loads_no_module_of_the_system() {
        let folder = std::env::temp_dir().join(format!("sayso-lookups-{}", std::process::id()));
        let object = object(&folder, &Target::of_this_machine().unwrap()).unwrap();
        let source = folder.join("asks.c");
        fs::write(&source, ASKS).unwrap();
        fs::write(folder.join("nsswitch.conf"), NAMES_A_MODULE).unwrap();
        let minute = Duration::from_mins(1);
        let says = |name: &str, objects: &[&Path]| {
            let mut link = Command::new("cc");
            link.args(["-static", "-w", "-o"]).arg(folder.join(name));
            let linked = system::within(link.arg(&source).args(objects), minute).unwrap();
            if !linked.success {
                return Err(linked.errors);
            }
            let run = format!("mount --bind nsswitch.conf /etc/nsswitch.conf && ./{name}");
            let mut own = Command::new("unshare");
            own.args(["--map-root-user", "--mount", "sh", "-c", &run]);
            match system::within(own.current_dir(&folder), minute) {
                Ok(ended) if ended.success => Ok(ended.output),
                Ok(ended) => Err(ended.errors),
                Err(error) => Err(error.to_string()),
            }
        };
        let (plain, own) = (says("plain", &[]), says("own", &[&object]));
        fs::remove_dir_all(&folder).unwrap();
        match plain {
            Ok(plain) => {
                assert_eq!(plain.trim(), "loaded");
                assert_eq!(own.unwrap().trim(), "nothing");
            }
            // Not every system has the C library to link with, and some containers let nobody have an
            // nsswitch.conf of their own.
            Err(why) => eprintln!("NOT RUN: what a static program loads: {why}"),
        }
    }
}
