//! The mouse on screens in memory: what a click and the wheel do, at the sizes that the reviewer promises.

use std::time::Duration;

use argos_review::app::{MouseInput, Msg, ReviewerConfig};
use argos_review::text::Mask;
use crossterm::event::{Event, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Size};

use crate::screen::{Answers, Screen};
use crate::servers::SwitchedDemo;
use crate::session::{Session, setting, text_of};

const SIZES: [(u16, u16); 2] = [(120, 40), (80, 24)];
const TABS: [&str; 8] = ["Summary", "Attempts", "OCR", "AML", "Timeline", "Signals", "Details", "JSON"];

fn with_mouse() -> ReviewerConfig {
    ReviewerConfig { mouse: true, ..setting() }
}

const fn event(kind: MouseEventKind, at: Position) -> MouseEvent {
    MouseEvent { kind, column: at.x, row: at.y, modifiers: KeyModifiers::NONE }
}

async fn send(screen: &mut Screen, kind: MouseEventKind, at: Position) {
    if let Some(input) = MouseInput::of(event(kind, at)) {
        screen.send(Msg::Mouse(input)).await;
    }
}

async fn click(screen: &mut Screen, at: Position) {
    send(screen, MouseEventKind::Down(MouseButton::Left), at).await;
    send(screen, MouseEventKind::Up(MouseButton::Left), at).await;
}

async fn right_click(screen: &mut Screen, at: Position) {
    send(screen, MouseEventKind::Down(MouseButton::Right), at).await;
}

async fn wheel(screen: &mut Screen, steps: usize, at: Position) {
    for _ in 0..steps {
        send(screen, MouseEventKind::ScrollDown, at).await;
    }
}

fn text(screen: &Screen) -> String {
    text_of(&screen.buffer())
}

/// The cell where a text begins, the first from above.
fn find(screen: &Screen, wanted: &str) -> Position {
    let buffer = screen.buffer();
    for y in 0..buffer.area.height {
        let (mut line, mut starts) = (String::new(), Vec::new());
        for x in 0..buffer.area.width {
            starts.push((line.len(), x));
            line.push_str(buffer[(x, y)].symbol());
        }
        if let Some(at) = line.find(wanted) {
            let (_, x) = starts.into_iter().rev().find(|(start, _)| *start <= at).expect("a cell");
            return Position { x, y };
        }
    }
    panic!("no {wanted} on the screen:\n{}", text_of(&buffer));
}

/// The reviewer with the demo's data, and the demo, which ends with its value.
async fn opened(width: u16, height: u16) -> (SwitchedDemo, Screen) {
    let demo = SwitchedDemo::start().await;
    let screen = Screen::open(with_mouse(), width, height, Answers::Demo(demo.client())).await;
    (demo, screen)
}

/// The cell of a row of the list: the rows are below header, filter, request line, border and headings.
const fn row(number: u16) -> Position {
    Position { x: 4, y: 4 + number }
}

#[tokio::test]
async fn a_click_selects_a_row_and_a_second_one_opens_it() {
    for (width, height) in SIZES {
        let (_demo, mut screen) = opened(width, height).await;
        click(&mut screen, row(5)).await;
        assert!(text(&screen).contains(" 5/50 "), "{}", text(&screen));
        click(&mut screen, row(5)).await;
        screen.press("j").await;
        assert!(text(&screen).contains(" 2/"), "the detail pane has the keys: {}", text(&screen));
        if width < 120 {
            assert!(!text(&screen).contains("/50 "), "it takes the whole screen");
            right_click(&mut screen, row(5)).await;
        } else {
            click(&mut screen, row(5)).await;
        }
        screen.press("j").await;
        assert!(text(&screen).contains(" 6/50 "), "the list has the keys again: {}", text(&screen));
        // The border, the headings and the rows below the last one select nothing.
        for at in [row(0), Position { x: 4, y: 3 }] {
            click(&mut screen, at).await;
            assert!(text(&screen).contains(" 6/50 "), "{}", text(&screen));
        }
    }
}

#[tokio::test]
async fn a_click_on_the_name_of_a_tab_opens_it_in_every_form_of_the_names() {
    for (width, height) in [(120, 40), (80, 24), (200, 60), (40, 12)] {
        let (_demo, mut screen) = opened(width, height).await;
        click(&mut screen, row(4)).await;
        click(&mut screen, row(4)).await;
        for (number, tab) in (1..).zip(TABS) {
            let shown = text(&screen);
            let name = if shown.contains(&format!("{number}:{tab}")) { format!("{number}:{tab}") } else { tab.into() };
            let name = if shown.contains(&name) { name } else { format!(" {number}") };
            let line = find(&screen, "]").y;
            let column = text(&screen).lines().nth(usize::from(line)).map(|line| line.find(&name));
            assert!(column.flatten().is_some(), "{width}: {name} in {}", text(&screen));
            let mut at = find_in_line(&screen, line, &name);
            at.x += u16::from(name.starts_with(' '));
            click(&mut screen, at).await;
            assert!(text(&screen).contains(&format!("{tab}]")), "{width}: {tab} in {}", text(&screen));
        }
    }
}

/// The last place of a text in a line, as a cell.
fn find_in_line(screen: &Screen, y: u16, wanted: &str) -> Position {
    let buffer = screen.buffer();
    let symbols: Vec<&str> = (0..buffer.area.width).map(|x| buffer[(x, y)].symbol()).collect();
    let fits = |x: &usize| symbols[*x..].concat().starts_with(wanted);
    let x = (0..symbols.len()).rev().find(fits).expect("a text of the line");
    Position { x: u16::try_from(x).expect("a column"), y }
}

#[tokio::test]
async fn a_click_selects_a_line_of_a_tab_and_a_second_one_follows_it() {
    for (width, height) in SIZES {
        let (_demo, mut screen) = opened(width, height).await;
        screen.press("jjj<enter>").await;
        let link = find(&screen, "→");
        click(&mut screen, link).await;
        assert!(text(&screen).contains("Summary]"), "{}", text(&screen));
        let selected = format!(" {}/", link.y - find(&screen, "Summary]").y - 1);
        assert!(text(&screen).contains(&selected), "{selected}: {}", text(&screen));
        click(&mut screen, link).await;
        assert!(!text(&screen).contains("Summary]"), "it leads elsewhere: {}", text(&screen));
    }
}

#[tokio::test]
async fn the_wheel_scrolls_what_is_under_the_pointer_and_leaves_the_focus() {
    let (_demo, mut screen) = opened(120, 40).await;
    wheel(&mut screen, 3, row(9)).await;
    assert!(text(&screen).contains(" 12/50 "), "the cursor stays in the window: {}", text(&screen));
    let list = text(&screen);
    let below = Position { x: 100, y: 20 };
    screen.press("8").await;
    wheel(&mut screen, 4, below).await;
    assert!(text(&screen).contains(" 15/"), "{}", text(&screen));
    screen.press("j").await;
    assert!(text(&screen).contains(" 13/50 "), "the list kept the keys: {}", text(&screen));
    assert!(list.contains(" 1/"), "{list}");
    let (_demo, mut screen) = opened(80, 24).await;
    wheel(&mut screen, 100, row(9)).await;
    assert!(!text(&screen).contains(" 50 loaded"), "the next page came: {}", text(&screen));
}

#[tokio::test]
async fn a_click_on_a_line_of_a_menu_runs_it_and_one_outside_closes_it() {
    for (width, height) in SIZES {
        let (_demo, mut screen) = opened(width, height).await;
        screen.press("s").await;
        let border = find(&screen, "╭ Sort by");
        click(&mut screen, border).await;
        assert!(text(&screen).contains("╭ Sort by"), "the border runs nothing: {}", text(&screen));
        let name = Position { x: border.x + 4, ..find_in_menu(&screen, border, "Name") };
        click(&mut screen, name).await;
        assert!(!text(&screen).contains("╭ Sort by") && text(&screen).contains("Name ↑"), "{}", text(&screen));
        screen.press("s").await;
        click(&mut screen, Position { x: 0, y: height - 1 }).await;
        assert!(!text(&screen).contains("╭ Sort by") && text(&screen).contains("Name ↑"), "{}", text(&screen));
        screen.press("?").await;
        wheel(&mut screen, 2, Position { x: width / 2, y: height / 2 }).await;
        assert!(text(&screen).contains(" 9/"), "{}", text(&screen));
        click(&mut screen, Position { x: width / 2, y: 5 }).await;
        assert!(text(&screen).contains("╭ Help"), "a page is no menu: {}", text(&screen));
        right_click(&mut screen, Position { x: 0, y: 0 }).await;
        assert!(!text(&screen).contains("╭ Help"), "{}", text(&screen));
    }
}

/// The line of a menu that begins with a word.
fn find_in_menu(screen: &Screen, border: Position, word: &str) -> Position {
    let buffer = screen.buffer();
    let inside = |y: u16| (border.x + 1..buffer.area.width).map(|x| buffer[(x, y)].symbol()).collect::<String>();
    let y = (border.y + 1..buffer.area.height).find(|y| inside(*y).trim_start().starts_with(word));
    Position { x: border.x + 1, y: y.expect("a line of the menu") }
}

#[tokio::test]
async fn a_click_on_the_filter_bar_edits_it_and_clicks_elsewhere_leave_what_is_typed() {
    for (width, height) in SIZES {
        let (_demo, mut screen) = opened(width, height).await;
        click(&mut screen, Position { x: 30, y: 1 }).await;
        screen.press("nat:kor").await;
        for at in [row(7), Position { x: 2, y: 1 }, Position { x: width - 3, y: height - 3 }] {
            click(&mut screen, at).await;
            wheel(&mut screen, 2, at).await;
        }
        assert!(text(&screen).contains("nat:kor"), "{}", text(&screen));
        right_click(&mut screen, row(7)).await;
        assert!(!text(&screen).contains("nat:kor") && text(&screen).contains(" 1/50 "), "{}", text(&screen));
    }
}

#[tokio::test]
async fn a_click_on_a_completion_puts_it_into_the_filter_and_the_menu_goes_on() {
    for (width, height) in SIZES {
        let (_demo, mut screen) = opened(width, height).await;
        screen.press("fnat:KOR sta").await;
        // The lines of the menu begin below its border.
        let column = find(&screen, "sta").x;
        let line = |number: u16| Position { x: column + 2, y: 5 + number };
        click(&mut screen, line(0)).await;
        assert!(text(&screen).contains("nat:KOR status:"), "{}", text(&screen));
        let rejected = Position { x: column + 9, ..line(1) };
        click(&mut screen, rejected).await;
        assert!(text(&screen).contains("nat:KOR status:rejected"), "{}", text(&screen));
        screen.press("<enter>").await;
        assert!(text(&screen).contains("nat:, status:"), "{}", text(&screen));
        // A menu that is too long says in its border how many lines it lacks: a click there takes none.
        screen.press("f<ctrl-u>").await;
        let more = find(&screen, "more below");
        click(&mut screen, more).await;
        assert!(text(&screen).lines().nth(1).is_some_and(|bar| bar.trim_end() == " Filter"), "{}", text(&screen));
        screen.press("<tab>").await;
        click(&mut screen, Position { x: more.x, y: more.y - 1 }).await;
        let bar = text(&screen).lines().nth(1).map(str::to_owned).unwrap_or_default();
        assert!(bar.contains(':'), "the line above is a completion: {bar}");
    }
}

#[tokio::test]
async fn a_click_wakes_the_blanked_screen_as_a_key_does_and_does_nothing_else() {
    for kind in [MouseEventKind::Down(MouseButton::Left), MouseEventKind::ScrollUp] {
        let demo = SwitchedDemo::start().await;
        let setting = ReviewerConfig { mask: Mask::None, blank_after: Some(Duration::from_secs(600)), ..with_mouse() };
        let mut screen = Screen::open(setting, 120, 40, Answers::Demo(demo.client())).await;
        screen.rest().await;
        for silent in [MouseEventKind::Moved, MouseEventKind::Drag(MouseButton::Left)] {
            send(&mut screen, silent, row(3)).await;
            assert!(text(&screen).contains("Hidden after idle time"));
        }
        send(&mut screen, kind, row(7)).await;
        let shown = text(&screen);
        assert!(shown.contains("masked: ID numbers") && shown.contains(" 1/50 "), "{shown}");
        screen.rest().await;
        assert!(text(&screen).contains("Hidden after idle time"), "the time begins again with the click");
    }
}

#[tokio::test]
async fn while_it_is_off_nothing_that_looks_like_a_click_does_anything() {
    let demo = SwitchedDemo::start().await;
    let mut screen = Screen::open(setting(), 120, 40, Answers::Demo(demo.client())).await;
    let before = text(&screen);
    for at in [row(5), row(5), Position { x: 30, y: 1 }] {
        click(&mut screen, at).await;
        wheel(&mut screen, 3, at).await;
        right_click(&mut screen, at).await;
    }
    assert_eq!(text(&screen), before);
}

#[tokio::test]
async fn a_click_on_any_cell_of_any_screen_is_harmless() {
    let body = r#"{"Items":[{"submission_id":"a","data":{"name":"Kim Sample"}},{"submission_id":"b"},7]}"#;
    for keys in ["", "<enter>", "?", "s", "y", "f", "<enter>/a"] {
        let mut screen = Screen::open(with_mouse(), 40, 12, Answers::Body(body.into())).await;
        for (x, y) in (0..42).step_by(5).flat_map(|x| (0..14).map(move |y| (x, y))) {
            screen.press(keys).await;
            click(&mut screen, Position { x, y }).await;
            wheel(&mut screen, 1, Position { x, y }).await;
            right_click(&mut screen, Position { x, y }).await;
            assert!(!text(&screen).is_empty());
        }
        screen.send(Msg::Resize(Size { width: 3, height: 3 })).await;
        click(&mut screen, Position { x: 1, y: 1 }).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn moves_and_drags_draw_no_frame_and_the_action_turns_the_terminal_on_and_off() {
    let demo = SwitchedDemo::start().await;
    let mut own = setting();
    let f9 = ["f9".parse().expect("a chord")];
    let change =
        argos_review::keys::Rebinding { action: "toggle_mouse".parse().expect("an action"), chords: f9.into() };
    own.keymap = own.keymap.with_changes(&[change]).unwrap_or_else(|(_, fault)| panic!("{fault}"));
    let mut session = Session::open(demo.client(), own, 120, 40);
    session.until_shows("50 loaded · more").await;
    session.until_shows("full record · fetched ").await;
    let f9 = Event::Key(crossterm::event::KeyEvent::new(crossterm::event::KeyCode::F(9), KeyModifiers::NONE));
    session.send(f9.clone());
    session.until_shows("Mouse on").await;
    assert!(session.mouse().await);
    for x in 0..500 {
        let at = Position { x: x % 120, y: 9 };
        for kind in [MouseEventKind::Moved, MouseEventKind::Drag(MouseButton::Left)] {
            session.send(Event::Mouse(event(kind, at)));
        }
    }
    session.press("j");
    let frames = session.frames_until(|text| text.contains(" 2/50 ")).await;
    assert_eq!(frames.len(), 1, "nothing was drawn before the key");
    session.send(f9);
    session.until_shows("Mouse off").await;
    assert!(!session.mouse().await);
}
