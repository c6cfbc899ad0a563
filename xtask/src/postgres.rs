//! The PostgreSQL server that the ledger's tests start for themselves.

use std::path::Path;

use anyhow::{Result, bail};

use crate::system;

/// Installs PostgreSQL where it is missing and `apt-get` can: the tests of `crates/sayso-ledger`
/// run every behaviour over it, and fail without it.
pub(crate) fn install() -> Result<()> {
    if installed() {
        return Ok(());
    }
    if !system::answers("apt-get") {
        bail!(
            "the ledger's tests need PostgreSQL (`initdb` and `pg_ctl`, on the path or where the \
             system's packages put them): install it first, for instance with \
             `brew install postgresql`"
        );
    }
    system::install(&["postgresql"])
}

/// Whether a server is on the path or where Debian and Homebrew keep it.
fn installed() -> bool {
    let debian = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .any(|version| version.path().join("bin/initdb").exists());
    let homebrew = ["/opt/homebrew/bin/initdb", "/usr/local/bin/initdb"];
    debian || homebrew.iter().any(|path| Path::new(path).exists()) || system::answers("initdb")
}
