//! Writes gzip data by hand (RFC 1951, RFC 1952): small packed texts, and bombs (small data that unpacks to a huge
//! text).

const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];

/// Returns a gzip file that holds `bytes` without compression. There may be at most 65,535 bytes.
pub fn pack_stored(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).expect("one stored block");
    let mut packed = HEAD.to_vec();
    packed.push(1);
    packed.extend(length.to_le_bytes());
    packed.extend((!length).to_le_bytes());
    packed.extend(bytes);
    packed.extend(crc32(bytes).to_le_bytes());
    packed.extend(u32::from(length).to_le_bytes());
    packed
}

/// Returns an unfinished gzip stream that unpacks to one space and then `repeats` times 258 spaces. `repeats` must be a
/// multiple of 8. Each 258 spaces take 13 bits.
pub fn bomb(repeats: usize) -> Vec<u8> {
    let packed = short_bomb(16);
    let (start, end) = packed.split_at(BOMB_START);
    [start, &cycle(&packed).repeat((repeats / 8).saturating_sub(2)), end].concat()
}

/// Returns two byte strings: the start of a gzip bomb, and its continuation. The continuation may follow any number of
/// times; each time unpacks to about 20 MB of text.
pub fn endless_bomb() -> (Vec<u8>, Vec<u8>) {
    let packed = short_bomb(16);
    (packed.split_at(BOMB_START).0.to_vec(), cycle(&packed).repeat(10_000))
}

/// Number of bytes at the start of a bomb that do not belong to the repeated 13 bytes ([`cycle`]).
const BOMB_START: usize = HEAD.len() + 2;

/// Returns the 13 bytes of the bomb `packed` that can be repeated. They unpack to eight times 258 spaces.
fn cycle(packed: &[u8]) -> Vec<u8> {
    packed.get(BOMB_START..BOMB_START + 13).unwrap_or_default().to_vec()
}

fn short_bomb(repeats: usize) -> Vec<u8> {
    // The last block with fixed codes: a literal space (0x30 + 0x20), then "258 bytes, from one byte before".
    let start = [1, 1, 0].into_iter().chain(bits(0x50, 8));
    let repeat = || bits(0b1100_0101, 8).chain(bits(0, 5));
    let mut stream = start.chain((0..repeats).flat_map(|_| repeat()));
    let mut packed = HEAD.to_vec();
    loop {
        let byte: Vec<u8> = stream.by_ref().take(8).collect();
        if byte.is_empty() {
            return packed;
        }
        packed.push(byte.iter().rev().fold(0, |byte, bit| byte << 1 | bit));
    }
}

/// Returns the lowest `length` bits of a Huffman code, the highest of them first.
fn bits(code: u8, length: u8) -> impl Iterator<Item = u8> {
    (0..length).rev().map(move |at| code >> at & 1)
}

/// Returns the checksum CRC-32 of `bytes`, which gzip and PNG use.
pub fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| crc >> 1 ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 })
    })
}
