//! Palette, footer and help: what they offer is possible here and now, and works.

use super::drawn::drawn;
use super::*;
use crate::keys::{Action, Context};
use crate::overlays::{Overlay, PaletteCommand};

/// A loaded list on a screen of this size.
fn at(width: u16, height: u16) -> Model {
    let (mut model, ticket) = opened();
    model.update(Msg::Resize(Size { width, height }));
    model.update(loaded(ticket, page(0..50, Some(50))));
    model
}

fn footer(model: &Model) -> String {
    drawn(model).lines().last().unwrap_or_default().trim_end().to_owned()
}

/// Returns the entries of the open palette, as drawn.
fn entries(model: &Model) -> Vec<String> {
    let is_entry = |line: &&str| line.contains('│');
    let inside =
        |line: &str| line.split('│').find(|part| part.trim().len() > 3 && part.chars().count() > 60).map(str::to_owned);
    drawn(model).lines().filter(is_entry).filter_map(inside).collect()
}

/// Returns what the palette offers, in the order of its entries.
fn commands(model: &mut Model) -> Vec<PaletteCommand> {
    let mut commands = Vec::new();
    press(model, ":");
    while let Some(Overlay::Palette(menu)) = &model.overlay {
        let Some(command) = menu.chosen().filter(|command| !commands.contains(*command)) else { break };
        commands.push(command.clone());
        model.update(Msg::Key(KeyEvent::new(KeyCode::Down, KeyModifiers::NONE)));
    }
    press(model, "\u{1b}");
    commands
}

#[test]
fn help_and_quit_are_in_the_footer_on_every_tab_and_pane() {
    for (width, height) in [(80, 24), (120, 40), (200, 60)] {
        let mut model = at(width, height);
        assert!(footer(&model).ends_with("? help  : palette  q quit"), "{}", footer(&model));
        for tab in 1..=8 {
            press(&mut model, &tab.to_string());
            if model.prefs.focus == Focus::List {
                press(&mut model, "\t");
            }
            assert!(footer(&model).ends_with("? help  : palette  q quit"), "{tab}: {}", footer(&model));
        }
    }
    for keys in ["", "5\t"] {
        let mut model = at(40, 12);
        press(&mut model, keys);
        assert!(footer(&model).contains("? help"), "{}", footer(&model));
    }
}

#[test]
fn the_footer_begins_with_the_keys_of_the_tab_and_fills_the_width() {
    let mut model = at(120, 40);
    assert!(
        footer(&model).starts_with(" j/k move  Enter open  / add to filter  s sort  Space mark  c columns  "),
        "{}",
        footer(&model)
    );
    assert_eq!(footer(&model).matches("f filter").count(), 1, "each action is there once: {}", footer(&model));
    press(&mut model, "8\t");
    assert!(footer(&model).starts_with(" j/k move  - less detail  "), "{}", footer(&model));
    press(&mut model, "1");
    assert!(!footer(&model).contains("less detail"), "{}", footer(&model));
    model.update(Msg::Resize(Size { width: 200, height: 40 }));
    let longest = "next/previous row".len() + 6;
    assert!(
        footer(&model).chars().count() + longest > 200 || footer(&model).contains("show everything"),
        "{}",
        footer(&model)
    );
}

#[test]
fn the_keys_for_rows_say_where_they_lead() {
    let mut model = at(800, 40);
    assert!(!footer(&model).contains("next row"), "in the list, j does the same: {}", footer(&model));
    press(&mut model, "\t");
    assert!(footer(&model).contains("J next row"), "there is no row before the first: {}", footer(&model));
    press(&mut model, "J");
    assert!(footer(&model).contains("J/K next/previous row"), "{}", footer(&model));
}

#[test]
fn an_overlay_and_a_text_field_have_their_own_footer() {
    let mut model = at(80, 24);
    for (keys, wanted, other) in [
        ("s", "Enter reverse order", "filter"),
        ("sj", "Enter sort", "filter"),
        ("?", "/ search", "Enter "),
        (":", "Enter run", "/ search"),
        ("f", "Enter apply", "q quit"),
    ] {
        press(&mut model, keys);
        assert!(footer(&model).contains(wanted) && !footer(&model).contains(other), "{keys}: {}", footer(&model));
        press(&mut model, "\u{1b}");
    }
}

#[test]
fn what_has_no_effect_here_is_not_offered() {
    let mut model = at(120, 40);
    let offered = |model: &mut Model, action| commands(model).contains(&PaletteCommand::Act(action));
    for action in [Action::ShowNews, Action::NextGap, Action::Closer, Action::JumpBack, Action::PreviousSubmission] {
        assert!(!offered(&mut model, action), "{action}");
    }
    for action in [Action::Sort, Action::LoadAll, Action::Tab(5), Action::NextSubmission, Action::Refresh] {
        assert!(offered(&mut model, action), "{action}");
    }
    assert!(!offered(&mut model, Action::Tab(1)), "it is shown");
    press(&mut model, "j5\t");
    assert!(offered(&mut model, Action::PreviousSubmission) && offered(&mut model, Action::RelativeTimes));
    assert!(!offered(&mut model, Action::Sort), "that is for the list");
    let masks = |model: &mut Model| -> Vec<PaletteCommand> {
        commands(model).into_iter().filter(|command| matches!(command, PaletteCommand::SetMask(_))).collect()
    };
    assert_eq!(masks(&mut model), [PaletteCommand::SetMask(Mask::All), PaletteCommand::SetMask(Mask::None)]);
}

#[test]
fn the_palette_offers_every_possible_action_of_the_table() {
    for keys in ["", "\t", "5\t", "8\t", "m"] {
        let mut model = at(120, 40);
        press(&mut model, keys);
        let offered = commands(&mut model);
        let contexts = [model.prefs.focus.context(), Context::Everywhere];
        for binding in Keymap::built_in().unwrap().bindings() {
            let is_left_out = matches!(binding.action, Action::Palette | Action::Interrupt);
            let is_here = binding.is_valid(&contexts, model.detail.tab().number());
            let wanted = is_here && !is_left_out && model.is_possible_in_pane(binding.action);
            assert!(!wanted || offered.contains(&PaletteCommand::Act(binding.action)), "{keys:?}: {}", binding.action);
        }
    }
}

#[test]
fn every_entry_runs_and_closes_the_palette() {
    for keys in ["", "5\t", "8\t"] {
        let fresh = || {
            let mut model = at(120, 40);
            press(&mut model, keys);
            model
        };
        for (number, command) in commands(&mut fresh()).into_iter().enumerate() {
            let mut model = fresh();
            press(&mut model, ":");
            for _ in 0..number {
                model.update(Msg::Key(KeyEvent::new(KeyCode::Down, KeyModifiers::NONE)));
            }
            press(&mut model, "\n");
            assert!(!matches!(model.overlay, Some(Overlay::Palette(_))), "{command:?}");
        }
    }
}

#[test]
fn typing_finds_an_entry_and_enter_runs_it() {
    let mut model = at(120, 40);
    press(&mut model, ":ocr");
    assert!(entries(&model).iter().any(|line| line.contains("Tab 3: OCR")), "{}", drawn(&model));
    press(&mut model, "\n");
    assert_eq!(model.detail.tab().label(), "OCR");
    press(&mut model, ":mask all\n");
    assert_eq!(model.mask, Mask::All);
    press(&mut model, ":show everything\n");
    assert!(matches!(model.overlay, Some(Overlay::Unmask(_))), "it asks first");
    press(&mut model, "\u{1b}:zone local\n");
    assert_eq!(model.zone.label().as_str(), Zone::utc(TimeZone::UTC).next().label().as_str());
    press(&mut model, ":theme mono\n");
    assert!(model.config.theme.shown == Theme::named("mono").unwrap());
}

#[test]
fn the_palette_names_a_switch_and_choices_of_the_time_zone_and_no_choice_that_changes_nothing() {
    let zone = |name: &str| TimeZone::get(name).unwrap();
    let (seoul, utc) = (zone("Asia/Seoul"), zone("Etc/UTC"));
    let same = "Switch the time zone (no effect: local is UTC)";
    for (zone, switch, choices) in [
        (
            Zone::utc(seoul.clone()),
            "Switch the time zone: UTC → local Asia/Seoul",
            &["Time zone: this computer's (Asia/Seoul)"][..],
        ),
        (
            Zone::starting(seoul.clone(), seoul.clone()),
            "Switch the time zone: local Asia/Seoul → UTC",
            &["Time zone: UTC"],
        ),
        (Zone::utc(utc.clone()), same, &[]),
        (Zone::starting(utc.clone(), utc.clone()), same, &[]),
        (
            Zone::starting(seoul, utc),
            "Switch the time zone: Asia/Seoul → UTC",
            &["Time zone: UTC (this computer's too)"],
        ),
    ] {
        let (mut model, _) = Model::new(ReviewerConfig { zone, ..setting() }, Size { width: 120, height: 40 }, AT);
        press(&mut model, ":time zone");
        let screen = drawn(&model);
        assert!(screen.contains(&format!("{switch} ")), "{switch}: {screen}");
        for choice in choices {
            assert!(screen.contains(&format!("{choice} ")), "{choice}: {screen}");
        }
        assert_eq!(screen.matches("Time zone: ").count(), choices.len(), "{switch}: {screen}");
    }
}

#[test]
fn an_entry_that_is_cut_keeps_the_state_of_what_it_changes() {
    for width in [120, 80, 40] {
        let mut model = at(width, 24);
        press(&mut model, ":toggle mouse");
        assert!(drawn(&model).contains("Turn the mouse on or off (now off) "), "{}", drawn(&model));
        press(&mut model, "\n:toggle mouse");
        assert!(drawn(&model).contains("Turn the mouse on or off (now on) "), "{}", drawn(&model));
    }
}

#[test]
fn letters_are_text_in_the_palette_and_esc_leaves_it() {
    let mut model = at(120, 40);
    let effects = press(&mut model, ":qr?");
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Quit(_) | Effect::FetchPage { .. })));
    press(&mut model, "ㅂ");
    assert!(drawn(&model).contains("qr?ㅂ"), "letters of another layout too: {}", drawn(&model));
    press(&mut model, "\u{1b}");
    assert!(model.overlay.is_none() && model.mask == Mask::Ids);
    press(&mut model, ":zzzz\n");
    assert!(model.overlay.is_some(), "nothing matches, so nothing runs");
}

#[test]
fn the_help_begins_with_the_keys_of_the_place() {
    let first = |model: &Model| {
        let screen = drawn(model);
        let line = screen.lines().skip_while(|line| !line.contains(" Help ")).nth(1).unwrap_or_default().to_owned();
        line.split('│')
            .map(str::trim)
            .find(|part| ["List", "Tabs of a submission", "Timeline tab"].contains(part))
            .map(str::to_owned)
    };
    let mut model = at(120, 40);
    press(&mut model, "?");
    assert_eq!(first(&model).as_deref(), Some("List"));
    press(&mut model, "?\t?");
    assert_eq!(first(&model).as_deref(), Some("Tabs of a submission"));
    press(&mut model, "?5?");
    assert_eq!(first(&model).as_deref(), Some("Timeline tab"));
}

#[test]
fn a_page_scrolls_the_list_and_the_detail() {
    let mut model = at(120, 40);
    let page = |model: &mut Model, code| model.update(Msg::Key(KeyEvent::new(code, KeyModifiers::NONE)));
    let height = model.list_height();
    press(&mut model, "jj");
    page(&mut model, KeyCode::PageDown);
    let scroll = model.list.scroll();
    assert_eq!((scroll.at(), scroll.top()), (2 + height, (50 - height).min(height)));
    page(&mut model, KeyCode::PageUp);
    assert_eq!(model.list.scroll().top(), 0);
}

#[test]
fn a_theme_of_the_user_comes_back_by_the_palette() {
    let own = Theme::read("title = \"203 bold\"").unwrap();
    let config = ReviewerConfig { theme: ScreenTheme::new(own.clone()), ..setting() };
    let (mut model, _) = Model::new(config, Size { width: 120, height: 40 }, AT);
    press(&mut model, ":theme yours");
    assert!(!drawn(&model).contains("Theme: yours"), "it is used now");
    press(&mut model, "\u{1b}");
    press(&mut model, ":theme mono\n");
    assert!(model.config.theme.shown != own);
    press(&mut model, ":theme yours\n");
    assert!(model.config.theme.shown == own);
    let config = ReviewerConfig { theme: ScreenTheme::new(Theme::named("terminal").unwrap()), ..setting() };
    let (mut shipped, _) = Model::new(config, Size { width: 120, height: 40 }, AT);
    press(&mut shipped, ":theme mono\n");
    press(&mut shipped, ":theme yours");
    assert!(!drawn(&shipped).contains("Theme: yours"), "{}", drawn(&shipped));
}
