//! Writes PNG files by hand, with any header, any chunks and uncompressed pixels.

use crate::gzip::crc32;

/// The kinds of pixels, as the numbers that the PNG header has for them.
pub mod colour {
    /// Grey pixels without transparency.
    pub const GREY: u8 = 0;
    /// Pixels of red, green and blue.
    pub const RGB: u8 = 2;
    /// Pixels that are indexes into a palette of colours.
    pub const PALETTE: u8 = 3;
    /// Grey pixels with transparency.
    pub const GREY_ALPHA: u8 = 4;
    /// Pixels of red, green, blue and transparency.
    pub const RGBA: u8 = 6;
}

/// Description of a PNG file.
pub struct Png {
    /// Width and height that the header names, in pixels.
    pub size: (u32, u32),
    /// Number of bits of each channel, and the kind of pixels (see [`colour`]).
    pub depth: (u8, u8),
    /// Whether the pixels are interlaced, that is, written in seven passes.
    pub interlaced: bool,
    /// Name and content of each chunk that is written before the pixels.
    pub chunks: Vec<([u8; 4], Vec<u8>)>,
    /// The bytes of the pixels, line by line; each line starts with the number of its filter.
    pub lines: Vec<u8>,
}

impl Png {
    /// Describes a picture of the size `size` whose pixels are all the same. `depth` is as in [`Png::depth`]. `pixel`
    /// holds the bytes of one pixel, so pixels of fewer than eight bits need [`Self::file_of_lines`].
    pub fn plain(size: (u32, u32), depth: (u8, u8), pixel: &[u8]) -> Self {
        let line = [&[0][..], &pixel.repeat(usize::try_from(size.0).expect("a width"))].concat();
        let lines = line.repeat(usize::try_from(size.1).expect("a height"));
        Self { size, depth, interlaced: false, chunks: Vec::new(), lines }
    }

    /// Describes an interlaced picture. `depth` is as in [`Png::depth`]. `pixel` returns the bytes of the pixel at a
    /// column and a row.
    pub fn interlaced(size: (u32, u32), depth: (u8, u8), pixel: impl Fn(u32, u32) -> Vec<u8>) -> Self {
        let passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];
        let mut lines = Vec::new();
        for (left, top, right, down) in passes {
            for y in (top..size.1).step_by(down) {
                let line: Vec<u8> = (left..size.0).step_by(right).flat_map(|x| pixel(x, y)).collect();
                if !line.is_empty() {
                    lines.push(0);
                    lines.extend(line);
                }
            }
        }
        Self { size, depth, interlaced: true, chunks: Vec::new(), lines }
    }

    /// Adds a chunk with this name and content before the pixels.
    #[must_use]
    pub fn with(mut self, name: [u8; 4], content: Vec<u8>) -> Self {
        self.chunks.push((name, content));
        self
    }

    /// Returns the bytes of the PNG file, with `count` copies of `line` in place of its own lines.
    pub fn file_of_lines(mut self, line: &[u8], count: usize) -> Vec<u8> {
        self.lines = line.repeat(count);
        self.file()
    }

    /// Returns the bytes of the PNG file.
    pub fn file(&self) -> Vec<u8> {
        let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
        let (bits, colour) = self.depth;
        let sides = [self.size.0.to_be_bytes(), self.size.1.to_be_bytes()].concat();
        chunk(&mut file, *b"IHDR", &[&sides[..], &[bits, colour, 0, 0, self.interlaced.into()]].concat());
        for (name, content) in &self.chunks {
            chunk(&mut file, *name, content);
        }
        chunk(&mut file, *b"IDAT", &zlib(&self.lines));
        chunk(&mut file, *b"IEND", &[]);
        file
    }
}

fn chunk(file: &mut Vec<u8>, name: [u8; 4], content: &[u8]) {
    let named = [&name[..], content].concat();
    file.extend(u32::try_from(content.len()).expect("a chunk").to_be_bytes());
    file.extend(&named);
    file.extend(crc32(&named).to_be_bytes());
}

/// Returns a zlib stream that holds `bytes` without compression.
pub fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut packed = vec![0x78, 1];
    let mut blocks = bytes.chunks(0xffff).peekable();
    if bytes.is_empty() {
        packed.extend([1, 0, 0, 0xff, 0xff]);
    }
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).expect("one block");
        packed.push(u8::from(blocks.peek().is_none()));
        packed.extend(length.to_le_bytes());
        packed.extend((!length).to_le_bytes());
        packed.extend(block);
    }
    let (low, high) = bytes.iter().fold((1_u32, 0_u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    packed.extend((high << 16 | low).to_be_bytes());
    packed
}
