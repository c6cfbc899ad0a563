//! Opens the user's browser.

use std::process::{Command, Stdio};

/// Asks the system to open an address. Where it cannot, the address has been printed.
pub(crate) fn open(address: &str) {
    let mut command = if cfg!(target_os = "macos") {
        let mut command = Command::new("open");
        command.arg(address);
        command
    } else if cfg!(windows) {
        let mut command = Command::new("rundll32");
        command.args(["url.dll,FileProtocolHandler", address]);
        command
    } else {
        let mut command = Command::new("xdg-open");
        command.arg(address);
        command
    };
    let quiet = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if quiet.spawn().is_err() {
        anstream::eprintln!("no browser could be opened: open the address yourself");
    }
}
