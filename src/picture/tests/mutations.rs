//! Files that chance has changed: each is a picture that can be drawn, or one sentence. The chance is always the same.

#![cfg(target_os = "linux")]

use argos_testkit::dice::Dice;
use argos_testkit::gzip::crc32;
use argos_testkit::long_run::cases;
use argos_testkit::own_process::run_alone;
use argos_testkit::pictures::{Outcome, PictureFile, files};
use ratatui::layout::Rect;

use super::drawing;
use super::memory::memory;
use crate::picture::{
    MAX_DECODE_MEMORY, MAX_ENCODED, Picture, PictureBytes, PictureNumber, PictureProtocol, PlacedPicture, QuarterTurn,
};
use std::sync::Arc;

/// Files of this size or more are changed elsewhere: they are about their size.
const LARGEST: usize = 64 << 10;
/// Numbers that a length, a width or a table's position may be changed to.
const NUMBERS: [u32; 10] = [0, 1, 2, 7, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fff_ffff, u32::MAX];

#[test]
fn changed_files_are_pictures_or_one_sentence() {
    run_alone("picture::tests::mutations::files_are_changed_and_decoded", &[]);
}

#[test]
#[ignore = "measures its own process"]
fn files_are_changed_and_decoded() {
    let files: Vec<_> = files().into_iter().filter(|(_, bytes, _)| bytes.len() < LARGEST).collect();
    let is_shown = |file: &&PictureFile| matches!(file.2, Outcome::Shown(..));
    let ordinary: Vec<_> = files.iter().filter(is_shown).cloned().collect();
    // The code of the decoders and the memory that the allocator keeps for them count from here.
    files.iter().for_each(|(_, bytes, _)| drop(Picture::decode(bytes)));
    let (before, mut pictures, mut refused) = (memory("VmRSS"), 0, 0);
    for seed in 0..cases(1_000, 100_000) {
        let mut dice = Dice::new(seed ^ 0x0070_6978);
        let from = if dice.percent(70) { &ordinary } else { &files };
        let (name, bytes, _) = dice.choose(from);
        let mut bytes = bytes.clone();
        for _ in 0..=dice.below(3) {
            change(&mut dice, &mut bytes, &files);
        }
        if bytes.starts_with(b"\x89PNG") && dice.percent(80) {
            // Otherwise the first wrong checksum would hide what is behind it.
            repair(&mut bytes);
        }
        match Picture::decode(&bytes) {
            Ok(picture) => {
                pictures += 1;
                drawn(&mut dice, &Arc::new(picture));
            }
            Err(fault) => {
                refused += 1;
                let said = fault.to_string();
                let is_sentence = said.ends_with('.') && !said.contains(". ") && !said.chars().any(char::is_control);
                assert!(is_sentence && !said.contains("PLANTED"), "{name}, seed {seed}: {said}");
            }
        }
    }
    let taken = memory("VmHWM").saturating_sub(before);
    assert!(taken <= MAX_DECODE_MEMORY, "{} MiB", taken >> 20);
    // Chance that changes nothing, or that breaks everything, would test nothing.
    assert!(pictures > 100 && refused > 400, "{pictures} pictures, {refused} refused");
}

/// Changes a file in one of the ways in which files break, or are broken on purpose.
fn change(dice: &mut Dice, bytes: &mut Vec<u8>, files: &[PictureFile]) {
    if bytes.is_empty() {
        return bytes.push(0xff);
    }
    // The headers are at the start.
    let end = if dice.percent(70) { bytes.len().min(64) } else { bytes.len() };
    let at = dice.below(end);
    let span = at..(at + 1 + dice.below(16)).min(bytes.len());
    match dice.below(8) {
        0 => bytes[at] ^= 1 << dice.below(8),
        1 => bytes[at] = *dice.choose(&[0, 1, 0x7f, 0x80, 0xfe, 0xff]),
        2 => drop(bytes.drain(span)),
        3 => {
            let copied = bytes[span].to_vec();
            bytes.splice(at..at, copied);
        }
        4 => bytes.truncate(at),
        5 => {
            let number = dice.choose(&NUMBERS);
            let number = if dice.percent(50) { number.to_be_bytes() } else { number.to_le_bytes() };
            let length = [2, 4][dice.below(2)].min(bytes.len() - at);
            bytes[at..at + length].copy_from_slice(&number[4 - length..]);
        }
        6 => {
            let (_, other, _) = dice.choose(files);
            let from = dice.below(other.len().max(1)).min(other.len());
            bytes.truncate(at);
            bytes.extend_from_slice(&other[from..]);
        }
        _ => bytes[span].fill(u8::try_from(dice.below(256)).unwrap()),
    }
}

/// Makes the checksums of the chunks of a PNG right again.
fn repair(bytes: &mut [u8]) {
    let mut at = 8;
    while let Some(length) = bytes.get(at..at + 4) {
        let length = usize::try_from(u32::from_be_bytes(length.try_into().unwrap())).unwrap();
        let Some(checked) = bytes.get(at + 4..(at + 8).saturating_add(length)) else { return };
        let (sum, end) = (crc32(checked).to_be_bytes(), at + 8 + length);
        let Some(place) = bytes.get_mut(end..end + 4) else { return };
        place.copy_from_slice(&sum);
        at = end + 4;
    }
}

/// Draws a picture in one of the protocols, in an area of chance.
fn drawn(dice: &mut Dice, picture: &Arc<Picture>) {
    use PictureProtocol::{HalfBlocks, Iterm2, Kitty, Sixel};
    let side = |dice: &mut Dice, most: usize| u16::try_from(1 + dice.below(most)).unwrap();
    let area = Rect::new(0, 0, side(dice, 20), side(dice, 10));
    let protocol = *dice.choose(&[HalfBlocks, Iterm2, Kitty, Sixel]);
    let placed = PlacedPicture::new(area, picture, picture.whole(QuarterTurn::Right), drawing(protocol));
    let mut bytes = PictureBytes::default();
    bytes.show(&placed, PictureNumber::all().next().unwrap(), Rect::new(0, 0, 40, 20));
    assert!(bytes.is_empty() == (protocol == HalfBlocks) && bytes.as_bytes().len() <= MAX_ENCODED + 128);
}
