//! Whether a Linux program needs a loader, and with it the libraries of the system it runs on.

/// The type of a program header that names the loader [System V ABI, chapter 5: `PT_INTERP`].
const INTERPRETER: u32 = 3;

/// Whether a 64-bit little-endian ELF file names a loader; none for what is no such file.
pub(crate) fn loader(bytes: &[u8]) -> Option<bool> {
    if !bytes.starts_with(b"\x7fELF\x02\x01") {
        return None;
    }
    let number = |at: usize, size: usize| {
        let bytes = bytes.get(at..at.checked_add(size)?)?;
        Some(
            bytes
                .iter()
                .rev()
                .fold(0usize, |sum, byte| (sum << 8) | usize::from(*byte)),
        )
    };
    let (table, size, count) = (number(0x20, 8)?, number(0x36, 2)?, number(0x38, 2)?);
    for header in 0..count {
        let at = table.checked_add(header.checked_mul(size)?)?;
        if number(at, 4)? == INTERPRETER as usize {
            return Some(true);
        }
    }
    Some(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An ELF header and program headers of these types.
    fn elf(types: &[u32]) -> Vec<u8> {
        let mut bytes = vec![0; 64 + 56 * types.len()];
        bytes[..6].copy_from_slice(b"\x7fELF\x02\x01");
        bytes[0x20] = 64;
        bytes[0x36] = 56;
        bytes[0x38] = types.len() as u8;
        for (number, kind) in types.iter().enumerate() {
            bytes[64 + 56 * number..][..4].copy_from_slice(&kind.to_le_bytes());
        }
        bytes
    }

    #[test]
    fn a_loader_is_found_where_there_is_one() {
        assert_eq!(loader(&elf(&[6, INTERPRETER, 1])), Some(true));
        assert_eq!(loader(&elf(&[6, 1, 2])), Some(false));
        assert_eq!(loader(&elf(&[1])[..80]), Some(false));
        assert_eq!(loader(&elf(&[1, 3])[..80]), None, "cut off");
        assert_eq!(loader(b"MZ"), None);
    }

    #[test]
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    fn this_test_asks_for_a_loader() {
        let bytes = std::fs::read(std::env::current_exe().unwrap()).unwrap();
        assert_eq!(loader(&bytes), Some(true));
    }
}
