//! Writes JPEG files of one colour by hand, with any type of frame, any number of components and any size in the
//! header.

/// The marker of a baseline frame (all data in one pass).
pub const BASELINE: u8 = 0xc0;
/// The marker of a progressive frame (data in several passes).
pub const PROGRESSIVE: u8 = 0xc2;

/// Description of a JPEG file whose pixels all have the same colour.
pub struct Jpeg<'a> {
    /// Marker of the frame, such as [`BASELINE`].
    pub frame: u8,
    /// Width and height that the header names, in pixels.
    pub size: (u16, u16),
    /// Level of each component of the colour: one for grey, three for YCbCr, or four with [`adobe`](Self::adobe).
    pub levels: &'a [u8],
    /// Whether the file has a marker of Adobe, which says that the four components are CMYK.
    pub adobe: bool,
    /// Number of blocks of 8 × 8 pixels that are written; the others are left out.
    pub blocks: usize,
    /// Marker and content of each segment that is written before the frame.
    pub segments: Vec<(u8, Vec<u8>)>,
}

impl<'a> Jpeg<'a> {
    /// Describes a complete picture: all blocks, no Adobe marker, no further segments.
    pub fn new(frame: u8, size: (u16, u16), levels: &'a [u8]) -> Self {
        let blocks = usize::from(size.0.div_ceil(8)) * usize::from(size.1.div_ceil(8));
        Self { frame, size, levels, adobe: false, blocks, segments: Vec::new() }
    }

    /// Returns the bytes of the JPEG file.
    pub fn file(&self) -> Vec<u8> {
        let mut file = vec![0xff, 0xd8];
        for (marker, content) in &self.segments {
            segment(&mut file, *marker, content);
        }
        if self.adobe {
            segment(&mut file, 0xee, b"Adobe\0\x64\0\0\0\0\0");
        }
        // All steps of quantisation are 1.
        segment(&mut file, 0xdb, &[&[0][..], &[1; 64]].concat());
        let (width, height) = self.size;
        let count = u8::try_from(self.levels.len()).expect("a few components");
        let components = (1..=count).flat_map(|name| [name, 0x11, 0]);
        let frame = [8].into_iter().chain(height.to_be_bytes()).chain(width.to_be_bytes()).chain([count]);
        segment(&mut file, self.frame, &frame.chain(components).collect::<Vec<_>>());
        // Codes of the first coefficient: 0 for no difference, 10 for one of ten bits. Of the others: 0 for no more.
        segment(&mut file, 0xc4, &[&[0x00, 1, 1][..], &[0; 14], &[0, 10]].concat());
        segment(&mut file, 0xc4, &[&[0x10, 1][..], &[0; 15], &[0]].concat());
        let is_progressive = self.frame == PROGRESSIVE;
        let tables = (1..=count).flat_map(|name| [name, 0]);
        let last = if is_progressive { 0 } else { 63 };
        segment(&mut file, 0xda, &[count].into_iter().chain(tables).chain([0, last, 0]).collect::<Vec<_>>());
        file.extend(self.scan(is_progressive));
        file.extend([0xff, 0xd9]);
        file
    }

    fn scan(&self, is_progressive: bool) -> Vec<u8> {
        let mut bits = Vec::new();
        for block in 0..self.blocks {
            for level in self.levels {
                // From 512 to 1023 of either sign.
                let first = 8 * (i32::from(*level) - 128);
                if block > 0 || first == 0 {
                    bits.push(0);
                } else {
                    let first = if first < 0 { first + 1023 } else { first };
                    bits.extend([1, 0]);
                    bits.extend((0..10).rev().map(|at| first >> at & 1));
                }
                if !is_progressive {
                    bits.push(0);
                }
            }
        }
        let bytes =
            bits.chunks(8).map(|byte| (0..8).fold(0, |sum, at| sum << 1 | u8::from(*byte.get(at).unwrap_or(&1) == 1)));
        bytes.flat_map(|byte| if byte == 0xff { vec![0xff, 0] } else { vec![byte] }).collect()
    }
}

fn segment(file: &mut Vec<u8>, marker: u8, content: &[u8]) {
    file.extend([0xff, marker]);
    file.extend(u16::try_from(content.len() + 2).expect("a short segment").to_be_bytes());
    file.extend(content);
}

/// Returns the content of an EXIF segment that says how the picture must be turned. `orientation` is the EXIF value,
/// from 1 to 8.
pub fn exif(orientation: u16) -> Vec<u8> {
    [&b"Exif\0\0"[..], &tiff(orientation)].concat()
}

/// Returns the TIFF part of an EXIF segment with the given orientation, without the name `Exif` that JPEG puts before
/// it.
pub fn tiff(orientation: u16) -> Vec<u8> {
    let entry = [&[0x12, 1, 3, 0, 1, 0, 0, 0][..], &orientation.to_le_bytes(), &[0, 0]].concat();
    [&b"II*\0\x08\0\0\0\x01\0"[..], &entry, &[0; 4]].concat()
}
