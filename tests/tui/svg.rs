//! A screen as an SVG picture, for the README.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

const COLUMN: f32 = 8.4;
const ROW: f32 = 18.0;
const INK: &str = "#d8dee9";
const GROUND: &str = "#1b1f27";

/// Compares a picture with the committed one; with `UPDATE_PICTURES=1` writes it instead.
pub(crate) fn check(name: &str, buffer: &Buffer) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/screens").join(name);
    let drawn = draw(buffer);
    if std::env::var_os("UPDATE_PICTURES").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, &drawn).expect("a written picture");
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == drawn, "{name} is not what is drawn; UPDATE_PICTURES=1 cargo test --test tui pictures");
}

fn draw(buffer: &Buffer) -> String {
    let (columns, rows) = (f32::from(buffer.area.width), f32::from(buffer.area.height));
    let (width, height) = (columns * COLUMN + 16.0, rows * ROW + 16.0);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"monospace\" font-size=\"14\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"{GROUND}\"/>\n"
    );
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let style = buffer[(x, y)].style();
            let (start, mut text) = (x, String::new());
            while x < buffer.area.width && buffer[(x, y)].style() == style {
                let symbol = buffer[(x, y)].symbol();
                text.push_str(symbol);
                x += u16::try_from(symbol.width().max(1)).unwrap_or(1);
            }
            let has = |modifier| style.add_modifier.contains(modifier);
            let (mut ink, mut ground) = (color(style.fg, INK), color(style.bg, GROUND));
            if has(Modifier::REVERSED) {
                (ink, ground) = (ground, ink);
            }
            let (left, top) = (8.0 + f32::from(start) * COLUMN, 8.0 + f32::from(y) * ROW);
            let span = f32::from(x - start) * COLUMN;
            if ground != GROUND {
                let _ = writeln!(
                    svg,
                    "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{span:.1}\" height=\"{ROW}\" fill=\"{ground}\"/>"
                );
            }
            // Two halves without a gap, which a font does not promise.
            if text.starts_with('▀') {
                let half = ROW / 2.0;
                let _ = writeln!(
                    svg,
                    "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{span:.1}\" height=\"{half}\" fill=\"{ink}\"/>"
                );
                continue;
            }
            if text.trim().is_empty() {
                continue;
            }
            let mut extra = String::new();
            if has(Modifier::BOLD) {
                extra.push_str(" font-weight=\"bold\"");
            }
            if has(Modifier::DIM) {
                extra.push_str(" opacity=\"0.65\"");
            }
            if has(Modifier::UNDERLINED) {
                extra.push_str(" text-decoration=\"underline\"");
            }
            let _ = writeln!(
                svg,
                "<text x=\"{left:.1}\" y=\"{:.1}\" textLength=\"{span:.1}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{ink}\"{extra} \
                 xml:space=\"preserve\">{}</text>",
                top + 13.5,
                escape(&text)
            );
        }
    }
    svg.push_str("</svg>\n");
    svg
}

fn color(color: Option<Color>, otherwise: &'static str) -> Cow<'static, str> {
    Cow::Borrowed(match color {
        Some(Color::Rgb(red, green, blue)) => return Cow::Owned(format!("#{red:02x}{green:02x}{blue:02x}")),
        Some(Color::Red) => "#e06c75",
        Some(Color::Green) => "#98c379",
        Some(Color::Yellow) => "#e5c07b",
        Some(Color::Cyan) => "#56b6c2",
        Some(Color::Black) => "#14171d",
        _ => otherwise,
    })
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
