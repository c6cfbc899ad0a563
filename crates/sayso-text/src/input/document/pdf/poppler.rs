//! Runs `pdftotext`, within limits.

use std::ffi::OsString;
use std::io::{self, Read, Write as _};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::super::DocumentError;

/// Names the program, where it is not on the path.
const PROGRAM: &str = "SAYSO_PDFTOTEXT";
/// Longest time for one document.
const LONGEST: Duration = Duration::from_mins(1);
/// Most that is read of what the program says: a box for each word, twenty times the text.
const LARGEST: u64 = 256_000_000;
/// Most memory that the program gets, in kilobytes, on systems that can keep it to that.
const MEMORY: u64 = 2_000_000;
/// Status of a shell that has not found the program.
const NOT_FOUND: i32 = 127;

/// The program and what it may cost.
#[derive(Clone, Debug)]
pub(super) struct Poppler {
    pub(super) program: OsString,
    pub(super) longest: Duration,
}

impl Poppler {
    /// The one on the path, or the one that the environment names.
    pub(super) fn installed() -> Self {
        Self {
            program: std::env::var_os(PROGRAM).unwrap_or_else(|| "pdftotext".into()),
            longest: LONGEST,
        }
    }

    /// What `pdftotext -bbox-layout` writes of a document. The document goes in by a pipe and is
    /// put in no file.
    ///
    /// # Errors
    /// [`DocumentError`], as the program's words and status say.
    pub(super) fn layout(&self, document: &[u8]) -> Result<String, DocumentError> {
        let mut child = match self.command().spawn() {
            Ok(child) => child,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(self.no_reader()),
            Err(error) => {
                return Err(DocumentError::Broken {
                    what: format!("pdftotext cannot be started ({error})"),
                });
            }
        };
        let told = self.told(&mut child, document);
        // Whatever happened, nothing is left running.
        let _ = child.kill();
        let status = child.wait();
        let (written, said) = told?;
        let status = status.ok().and_then(|status| status.code());
        if status == Some(0) {
            return Ok(String::from_utf8_lossy(&written).into_owned());
        }
        let said = String::from_utf8_lossy(&said);
        Err(match status {
            Some(NOT_FOUND) => self.no_reader(),
            _ if said.contains("Incorrect password") => DocumentError::Encrypted,
            // poppler's own status for documents that may not be copied from.
            Some(3) => DocumentError::Forbidden,
            // Other programs of this name do not know `-bbox-layout` and print how they are called.
            _ if said.contains("Usage:") => self.no_reader(),
            _ => DocumentError::Broken {
                what: match said.lines().next() {
                    Some(first) if !first.trim().is_empty() => {
                        format!("pdftotext says “{}”", first.trim())
                    }
                    _ => "pdftotext has given up on it".to_owned(),
                },
            },
        })
    }

    fn no_reader(&self) -> DocumentError {
        DocumentError::NoReader {
            program: self.program.to_string_lossy().into_owned(),
        }
    }

    fn command(&self) -> Command {
        let arguments = ["-bbox-layout", "-enc", "UTF-8", "-", "-"];
        let mut command = if cfg!(unix) {
            // The shell sets what `std` cannot: the memory and processor time that the program gets.
            let mut shell = Command::new("sh");
            let seconds = self.longest.as_secs().max(1);
            shell.arg("-c").arg(format!(
                "ulimit -v {MEMORY} 2>/dev/null; ulimit -t {seconds} 2>/dev/null; exec \"$@\""
            ));
            shell.arg("sh").arg(&self.program);
            shell
        } else {
            Command::new(&self.program)
        };
        command
            .args(arguments)
            .env("LC_ALL", "C")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Hands the document over and takes what comes back, until the program ends or is out of time.
    fn told(
        &self,
        child: &mut Child,
        document: &[u8],
    ) -> Result<(Vec<u8>, Vec<u8>), DocumentError> {
        let (Some(mut input), Some(output), Some(errors)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(DocumentError::Broken {
                what: "pdftotext has no pipes".to_owned(),
            });
        };
        let deadline = Instant::now() + self.longest;
        thread::scope(|scope| {
            // A program that has seen enough closes its end; what it then says counts.
            scope.spawn(move || drop(input.write_all(document)));
            let written = scope.spawn(move || bounded(output, LARGEST));
            let said = scope.spawn(move || bounded(errors, 1 << 16));
            while !written.is_finished() || !said.is_finished() {
                if Instant::now() >= deadline {
                    let _ = child.kill();
                    return Err(DocumentError::TooSlow {
                        limit: self.longest.as_secs(),
                    });
                }
                thread::sleep(Duration::from_millis(2));
            }
            let written = written.join().unwrap_or_default();
            let said = said.join().unwrap_or_default();
            if written.len() as u64 > LARGEST {
                return Err(DocumentError::TooLarge { limit: LARGEST });
            }
            Ok((written, said))
        })
    }
}

/// Reads at most one byte more than `limit`.
fn bounded(from: impl Read, limit: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What was read before a pipe broke is all there is.
    let _ = from.take(limit + 1).read_to_end(&mut bytes);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(program: &str, longest: Duration) -> Poppler {
        Poppler {
            program: program.into(),
            longest,
        }
    }

    #[test]
    fn a_program_that_is_not_there_is_named_with_what_to_install() {
        let poppler = with("pdftotext-of-nobody", LONGEST);
        let error = poppler.layout(b"%PDF-1.4").unwrap_err();
        assert_eq!(error, poppler.no_reader());
        assert!(error.to_string().contains("apt") || error.to_string().contains("poppler-utils"));
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_does_not_end_is_ended() {
        let folder = std::env::temp_dir().join(format!("sayso-slow-{}", std::process::id()));
        std::fs::write(&folder, "#!/bin/sh\nexec sleep 600\n").unwrap();
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(&folder, mode).unwrap();
        let start = Instant::now();
        let slow = with(&folder.display().to_string(), Duration::from_secs(1));
        let found = slow.layout(&vec![b'x'; 1 << 20]);
        std::fs::remove_file(&folder).unwrap();
        assert_eq!(found, Err(DocumentError::TooSlow { limit: 1 }));
        assert!(start.elapsed() < Duration::from_secs(30));
    }
}
