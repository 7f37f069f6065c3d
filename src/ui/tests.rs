//! The contrast of themes, by the formula of WCAG 2, and lines that are cut.

use ratatui::style::{Color, Modifier};
use strum::VariantArray as _;

use super::{Line, Role, Theme};

/// The themes that promise a contrast: the name, the background of the terminal for which the theme is made, and the
/// smallest contrast of a text to its background.
const PROMISED: [(&str, Color, f64); 2] =
    [("light", Color::Rgb(0xff, 0xff, 0xff), 4.5), ("high-contrast", Color::Black, 7.0)];

/// The sixteen colours as xterm draws them by default, from black to white.
const XTERM: [u32; 16] = [
    0x00_00_00, 0xcd_00_00, 0x00_cd_00, 0xcd_cd_00, 0x00_00_ee, 0xcd_00_cd, 0x00_cd_cd, 0xe5_e5_e5, 0x7f_7f_7f,
    0xff_00_00, 0x00_ff_00, 0xff_ff_00, 0x5c_5c_ff, 0xff_00_ff, 0x00_ff_ff, 0xff_ff_ff,
];

/// Red, green and blue of a colour of the palette of xterm: sixteen colours, a cube of 216 colours, and 24 greys.
fn palette(index: u8) -> [u8; 3] {
    let step = |at: u8| if at == 0 { 0 } else { 55 + 40 * at };
    match index {
        0..16 => {
            let [_, red, green, blue] = XTERM[usize::from(index)].to_be_bytes();
            [red, green, blue]
        }
        16..232 => [(index - 16) / 36, (index - 16) / 6 % 6, (index - 16) % 6].map(step),
        232.. => [8 + 10 * (index - 232); 3],
    }
}

fn components(color: Color) -> [u8; 3] {
    let named = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    match color {
        Color::Rgb(red, green, blue) => [red, green, blue],
        Color::Indexed(index) => palette(index),
        Color::Reset => panic!("a colour that only the terminal knows"),
        named_color => palette((0..).zip(named).find(|(_, known)| *known == named_color).expect("a name").0),
    }
}

/// The relative luminance of a colour, from 0 for black to 1 for white.
fn luminance(color: Color) -> f64 {
    let linear = |component: u8| {
        let share = f64::from(component) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    let [red, green, blue] = components(color).map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// The contrast of two colours, from 1 for equal colours to 21 for black on white.
fn contrast(one: Color, other: Color) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn contrast_is_counted_as_wcag_does() {
    let rounded = |one, other| (contrast(one, other) * 100.0).round() / 100.0;
    assert_eq!(rounded(Color::Black, Color::White), 21.0);
    assert_eq!(rounded(Color::Rgb(0x77, 0x77, 0x77), Color::White), 4.48);
    assert_eq!(rounded(Color::Rgb(0xff, 0, 0), Color::Rgb(0xff, 0xff, 0xff)), 4.0);
    assert_eq!(rounded(Color::Indexed(203), Color::Rgb(0xff, 0x5f, 0x5f)), 1.0);
    assert_eq!(rounded(Color::Indexed(255), Color::Rgb(0xee, 0xee, 0xee)), 1.0);
    assert_eq!(rounded(Color::LightBlue, Color::Indexed(12)), 1.0);
}

#[test]
fn light_and_high_contrast_keep_the_contrast_that_they_promise() {
    for (name, terminal, least) in PROMISED {
        let theme = Theme::named(name).expect("a theme");
        for role in Role::VARIANTS {
            let style = theme.style(*role);
            let text = style.fg.unwrap_or_else(|| panic!("{name}: {role:?} leaves its colour to the terminal"));
            let unknown = Modifier::DIM | Modifier::REVERSED;
            assert!(!style.add_modifier.intersects(unknown), "{name}: {role:?} leaves its colours to the terminal");
            let contrast = contrast(text, style.bg.unwrap_or(terminal));
            assert!(contrast >= least, "{name}: {role:?} has the contrast {contrast:.2}, less than {least}");
        }
    }
}

/// Where a theme sets both colours, the terminal's own colours do not matter.
#[test]
fn text_on_a_coloured_ground_can_be_read_in_every_theme() {
    for name in Theme::names() {
        let theme = Theme::named(name).expect("a theme");
        for role in Role::VARIANTS {
            if let (Some(text), Some(ground)) = (theme.style(*role).fg, theme.style(*role).bg) {
                assert!(contrast(text, ground) >= 4.5, "{name}: {role:?}");
            }
        }
    }
}

#[test]
fn of_a_line_in_parts_those_that_fit_remain_and_warnings_always() {
    let line = || {
        Line::new()
            .word(" 4/50 ·", Role::Dim)
            .word(" a·b unknown ·", Role::Warn)
            .word(" 1 new ·", Role::Accent)
            .word(" loaded 12:00 ", Role::Dim)
    };
    let fitted = |columns| line().fit_parts(columns).text();
    assert_eq!(fitted(43), line().text(), "all of it fits");
    assert_eq!(fitted(34), " 4/50 · a·b unknown · 1 new ·…");
    assert_eq!(fitted(24), " 4/50 · a·b unknown ·…");
    assert_eq!(fitted(18), " 4/50 · a·b…", "a warning is cut, never left out");
    assert_eq!(fitted(4), " 4/…");
    for columns in 0..45 {
        assert!(line().fit_parts(columns).width() <= columns, "{columns}");
    }
    let long_first = Line::new()
        .word(" 2/3 ·", Role::Dim)
        .word(" status was pending, in a long sentence ·", Role::Accent)
        .word(" 1 new ", Role::Dim);
    assert_eq!(long_first.fit_parts(20).text(), " 2/3 · 1 new ·…", "a part after one that is too long");
}
