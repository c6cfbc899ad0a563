//! What is built for, and how a build is kept from writing down where it was made.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::{command, root};

/// The machine that runs this: nothing is built for another one.
#[derive(Debug)]
pub(crate) struct Target {
    /// As `rustc -vV` calls it.
    pub(crate) triple: String,
    /// Seconds since 1970: of the commit, or what `SOURCE_DATE_EPOCH` says
    /// (<https://reproducible-builds.org/specs/source-date-epoch/>).
    pub(crate) epoch: u64,
    /// Folders of this machine, with what stands for them in what is built; the longest last,
    /// since compilers take the last that fits.
    pub(crate) folders: Vec<(String, String)>,
}

impl Target {
    /// Asks the compiler and git.
    ///
    /// # Errors
    /// Where one of them does not answer as expected.
    pub(crate) fn of_this_machine() -> Result<Self> {
        let version = answer(&mut command("rustc", &["-vV"]))?;
        let field = |name: &str| {
            let line = version.lines().find_map(|line| line.strip_prefix(name));
            line.map(str::trim)
                .with_context(|| format!("rustc -vV does not say `{name}`"))
        };
        let epoch = match std::env::var("SOURCE_DATE_EPOCH") {
            Ok(set) => set,
            Err(_) => answer(&mut command("git", &["log", "-1", "--format=%ct"]))?,
        };
        let epoch = epoch.trim();
        let compiler = answer(&mut command("rustc", &["--print", "sysroot"]))?;
        let cargo = cargo_home()?;
        let mut folders = vec![
            (root(), "/sayso".to_owned()),
            (cargo.clone(), "/cargo".to_owned()),
            (
                PathBuf::from(compiler.trim()).join("lib/rustlib/src/rust"),
                format!("/rustc/{}", field("commit-hash:")?),
            ),
        ];
        // The name of a registry's folder depends on how cargo reaches it.
        for registry in std::fs::read_dir(cargo.join("registry/src"))
            .into_iter()
            .flatten()
        {
            folders.push((registry?.path(), "/cargo/crates".to_owned()));
        }
        let mut folders: Vec<(String, String)> = folders
            .into_iter()
            .map(|(from, to)| (from.display().to_string(), to))
            .collect();
        folders.sort_by_key(|(from, _)| from.len());
        if let Some((odd, _)) = folders
            .iter()
            .find(|(from, _)| from.contains(char::is_whitespace))
        {
            bail!("`{odd}` holds a space, which C compilers' options cannot: build elsewhere");
        }
        Ok(Self {
            triple: field("host:")?.to_owned(),
            epoch: epoch
                .parse()
                .with_context(|| format!("`{epoch}` is no time in seconds since 1970"))?,
            folders,
        })
    }

    /// Whether the program can be linked statically with the C library.
    pub(crate) fn is_linux(&self) -> bool {
        self.triple.ends_with("linux-gnu")
    }

    /// Sets what makes a build the same on every machine.
    pub(crate) fn prepare(&self, build: &mut Command) {
        let mut flags: Vec<String> = self
            .folders
            .iter()
            .map(|(from, to)| format!("--remap-path-prefix={from}={to}"))
            .collect();
        if self.triple.ends_with("windows-msvc") {
            // Microsoft's C library goes into program and wheel: not every machine has it.
            flags.push("-Ctarget-feature=+crt-static".to_owned());
            // No time and no path of the symbols in the file.
            flags.push("-Clink-arg=/Brepro".to_owned());
            flags.push("-Clink-arg=/PDBALTPATH:%_PDB%".to_owned());
        } else {
            // SQLite and ring are C.
            let name = format!("CFLAGS_{}", self.triple.replace('-', "_"));
            build.env(name, self.c_maps().join(" "));
        }
        build
            .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"))
            .env("CARGO_INCREMENTAL", "0")
            .env("SOURCE_DATE_EPOCH", self.epoch.to_string());
    }

    /// What GCC and Clang are told so that they write down no folder of this machine.
    pub(crate) fn c_maps(&self) -> Vec<String> {
        let folders = self.folders.iter();
        folders
            .map(|(from, to)| format!("-ffile-prefix-map={from}={to}"))
            .collect()
    }

    /// A text with what stands for the folders of this machine in their place.
    pub(crate) fn rewritten(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (from, to) in self.folders.iter().rev() {
            for from in written(from) {
                text = text.replace(&from, to);
            }
        }
        text
    }
}

/// How a folder may be written: as the system does, as JSON and Rust's strings do, and as addresses do.
/// They differ on Windows alone.
pub(crate) fn written(folder: &str) -> Vec<String> {
    let mut ways = vec![folder.to_owned()];
    for (from, to) in [("\\", "\\\\"), ("\\", "/")] {
        if folder.contains(from) {
            ways.push(folder.replace(from, to));
        }
    }
    ways
}

/// Where cargo keeps the sources of crates.
fn cargo_home() -> Result<PathBuf> {
    if let Some(set) = std::env::var_os("CARGO_HOME") {
        return Ok(PathBuf::from(set));
    }
    let home = std::env::home_dir().context("this user has no home, and CARGO_HOME is not set")?;
    Ok(Path::new(&home).join(".cargo"))
}

fn answer(asked: &mut Command) -> Result<String> {
    let name = asked.get_program().to_string_lossy().into_owned();
    let output = asked
        .output()
        .with_context(|| format!("cannot start `{name}`"))?;
    if !output.status.success() {
        bail!(
            "`{name}`: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(String::from_utf8(output.stdout)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(triple: &str) -> Target {
        let folder = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        Target {
            triple: triple.to_owned(),
            epoch: 86_400,
            folders: vec![
                folder("/build/c", "/cargo"),
                folder("/build/c/registry/src/x", "/cargo/crates"),
            ],
        }
    }

    fn set(build: &Command, name: &str) -> Option<String> {
        let value = build.get_envs().find(|(key, _)| *key == name)?.1?;
        Some(value.to_string_lossy().into_owned())
    }

    #[test]
    fn every_folder_is_mapped_in_rust_and_in_c() {
        let mut build = Command::new("cargo");
        target("x86_64-unknown-linux-gnu").prepare(&mut build);
        let rust = set(&build, "CARGO_ENCODED_RUSTFLAGS").unwrap();
        let c = set(&build, "CFLAGS_x86_64_unknown_linux_gnu").unwrap();
        for map in ["/build/c=/cargo", "/build/c/registry/src/x=/cargo/crates"] {
            assert!(
                rust.contains(&format!("--remap-path-prefix={map}")),
                "{rust}"
            );
            assert!(c.contains(&format!("-ffile-prefix-map={map}")), "{c}");
        }
        assert_eq!(set(&build, "SOURCE_DATE_EPOCH").unwrap(), "86400");
    }

    #[test]
    fn the_c_library_goes_into_everything_on_windows_alone() {
        for (triple, inside) in [
            ("x86_64-unknown-linux-gnu", false),
            ("x86_64-pc-windows-msvc", true),
        ] {
            let mut build = Command::new("maturin");
            target(triple).prepare(&mut build);
            let rust = set(&build, "CARGO_ENCODED_RUSTFLAGS").unwrap();
            assert_eq!(rust.contains("crt-static"), inside, "{rust}");
        }
    }

    #[test]
    fn the_longest_folder_is_written_over_first() {
        let target = target("aarch64-apple-darwin");
        let text = "/build/c/registry/src/x/serde-1.0 and /build/c/bin";
        assert_eq!(
            target.rewritten(text),
            "/cargo/crates/serde-1.0 and /cargo/bin"
        );
    }

    #[test]
    fn a_folder_of_windows_is_found_however_it_is_written() {
        let mut target = target("x86_64-pc-windows-msvc");
        target.folders = vec![("D:\\a\\sayso".to_owned(), "/sayso".to_owned())];
        let list = r#"{"path": "D:\\a\\sayso\\web", "ref": "path+file:///D:/a/sayso/crates"}"#;
        let expected = r#"{"path": "/sayso\\web", "ref": "path+file:////sayso/crates"}"#;
        assert_eq!(target.rewritten(list), expected);
        assert_eq!(target.rewritten("D:\\a\\sayso\\x"), "/sayso\\x");
        assert_eq!(written("/build/me"), ["/build/me"]);
    }

    #[test]
    fn this_machine_is_known() {
        let target = Target::of_this_machine().unwrap();
        assert!(target.triple.contains('-'), "{}", target.triple);
        let root = root().display().to_string();
        assert_eq!(target.rewritten(&format!("{root}/x")), "/sayso/x");
    }
}
