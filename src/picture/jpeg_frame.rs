//! Reads the size of a JPEG picture and its colour components, to compute the memory for decoding it.

use memchr::memmem;

use super::fault::PictureFault;
use super::geometry::PictureSize;

/// The size of a JPEG picture, and the memory that decoding it takes.
pub(super) struct JpegFrame {
    pub(super) size: PictureSize,
    /// Number of bytes of memory for each pixel when the picture is decoded: for the decoded pixel, and for the
    /// coefficients that the decoder may keep.
    pub(super) bytes_per_pixel: u64,
}

/// Reads the size of a JPEG picture and the memory for decoding it from the frame header of its file. `bytes` is the
/// content of the file.
///
/// # Errors
/// Returns an error if the file has no such header, or ends before the end of the picture.
pub(super) fn read(bytes: &[u8]) -> Result<JpegFrame, PictureFault> {
    let mut rest = bytes.get(2..).ok_or(PictureFault::CutOff)?;
    let mut frame = None;
    loop {
        // Each segment begins with 0xff, which may be repeated, and its marker.
        let [0xff, after @ ..] = rest else {
            return Err(if rest.is_empty() { PictureFault::CutOff } else { PictureFault::Damaged });
        };
        let Some((marker, after)) = after.split_first() else { return Err(PictureFault::CutOff) };
        if *marker == 0xff {
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        // Markers without a length.
        if matches!(marker, 0x01 | 0xd0..=0xd8) {
            rest = after;
            continue;
        }
        let Some((length, _)) = after.split_first_chunk::<2>() else { return Err(PictureFault::CutOff) };
        let length = usize::from(u16::from_be_bytes(*length));
        let (Some(segment), Some(next)) = (after.get(2..length), after.get(length..)) else {
            return Err(if length < 2 { PictureFault::Damaged } else { PictureFault::CutOff });
        };
        match marker {
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                frame = Some(header(segment).ok_or(PictureFault::Damaged)?);
            }
            // The pixels follow. Without the marker at their end, the rest of the picture would be invented.
            0xda => {
                memmem::find(next, &[0xff, 0xd9]).ok_or(PictureFault::CutOff)?;
                return frame.ok_or(PictureFault::Damaged);
            }
            0xd9 => return Err(PictureFault::Damaged),
            _ => {}
        }
        rest = next;
    }
}

/// Parses the header of a JPEG frame. `segment` holds the precision (bits per sample), the height, the width and the
/// number of colour components. Three bytes for each component follow: its id, its sampling factors and its
/// quantization table. Returns `None` if the header is not valid.
fn header(segment: &[u8]) -> Option<JpegFrame> {
    let [_, a, b, c, d, count, components @ ..] = segment else { return None };
    let size = PictureSize { width: u16::from_be_bytes([*c, *d]).into(), height: u16::from_be_bytes([*a, *b]).into() };
    let components: Vec<&[u8]> = components.chunks_exact(3).take(usize::from(*count)).collect();
    let samplings = components.iter().filter_map(|component| component.get(1));
    let samples = samplings.map(|sampling| u64::from(sampling >> 4) * u64::from(sampling & 15));
    let (sum, most) = samples.fold((0, 0), |(sum, most), samples| (sum + samples, samples.max(most)));
    if most == 0 {
        return None;
    }
    let decoded = if components.len() == 1 { 1 } else { 3 };
    // Two bytes for each coefficient, of which a component with fewer samples has fewer.
    Some(JpegFrame { size, bytes_per_pixel: decoded + (2 * sum).div_ceil(most) })
}
