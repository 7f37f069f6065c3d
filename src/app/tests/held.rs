//! A key that is held down comes thirty times a second, and asks the service once.

use super::*;

/// Time between two repeats of a key.
const REPEAT: Duration = Duration::from_millis(33);

/// The reviewer on a loaded list, with the full record of the first submission.
fn shown() -> Model {
    let (mut model, ticket) = opened();
    let settled = model.update(loaded(ticket, page(0..50, Some(50))));
    let effects = model.update(timer(&settled, Slot::Debounce).unwrap());
    answer(&mut model, effects);
    model
}

/// Answers what is asked for at once; gives how many requests that were.
fn answer(model: &mut Model, effects: Vec<Effect>) -> usize {
    let mut asked = 0;
    for effect in effects {
        let msg = match effect {
            Effect::FetchPage { ticket, cursor, .. } => {
                let first = cursor.map_or(0, |cursor| cursor.id.parse().unwrap());
                loaded(ticket, page(first..first + 50, Some(first + 50)))
            }
            Effect::FetchFullRecord { ticket, id, .. } => {
                Msg::FullRecordLoaded { ticket, result: Ok(RecordAnswer::Found(item(&id))), id, at: AT }
            }
            _ => continue,
        };
        let effects = model.update(msg);
        asked += 1 + answer(model, effects);
    }
    asked
}

/// Holds a key for a while, from a moment on, each request being answered before the next repeat.
fn hold(model: &mut Model, key: &str, from: Timestamp, repeats: u32) -> usize {
    let asked = (0..repeats).map(|repeat| {
        model.update(Msg::Clock(from + REPEAT * repeat));
        let effects = repeated(model, key);
        answer(model, effects)
    });
    asked.sum()
}

/// A key as it comes while it is held down.
fn repeated(model: &mut Model, key: &str) -> Vec<Effect> {
    let code = KeyCode::Char(key.chars().next().unwrap());
    model.update(Msg::Key(KeyEvent::new(code, KeyModifiers::NONE)))
}

#[test]
fn r_held_down_asks_for_the_page_and_the_full_record_once() {
    let mut model = shown();
    let from = AT + Duration::from_secs(5);
    assert_eq!(hold(&mut model, "r", from, 300), 2);
    let later = from + REPEAT * 300 + Duration::from_secs(1);
    assert_eq!(hold(&mut model, "r", later, 300), 2, "released and pressed again");
    assert_eq!(hold(&mut model, "1", later, 300), 0);
}

#[test]
fn what_is_under_way_is_joined_and_not_asked_for_again() {
    let mut model = shown();
    model.update(Msg::Clock(AT + Duration::from_secs(5)));
    let first = press(&mut model, "r");
    assert_eq!(asks(&first), 2);
    let page = page_ticket(&first);
    for seconds in [6, 7, 8] {
        model.update(Msg::Clock(AT + Duration::from_secs(seconds)));
        assert_eq!(asks(&repeated(&mut model, "r")), 0, "both are under way");
    }
    model.update(loaded(page, super::page(0..50, Some(50))));
    model.update(Msg::Clock(AT + Duration::from_secs(10)));
    let again = press(&mut model, "r");
    assert_eq!(asks(&again), 1, "the full record is still under way");
    assert!(
        !again.iter().any(|effect| matches!(effect, Effect::FetchFullRecord { .. } | Effect::Cancel(Slot::FullRecord)))
    );
}

#[test]
fn a_failure_is_not_asked_for_thirty_times_a_second() {
    let mut model = shown();
    let from = AT + Duration::from_secs(5);
    let mut asked = 0;
    for repeat in 0..100 {
        model.update(Msg::Clock(from + REPEAT * repeat));
        let effects = repeated(&mut model, "r");
        asked += asks(&effects);
        for effect in effects {
            if let Effect::FetchPage { ticket, .. } = effect {
                model.update(failed(ticket));
            }
        }
    }
    assert_eq!(asked, 2);
}

#[test]
fn a_cap_is_not_lifted_by_the_key_that_led_to_it() {
    let mut model = shown();
    let from = AT + Duration::from_secs(5);
    hold(&mut model, "L", from, 100);
    assert_eq!((listed(&model), end(&model)), (100, &End::Stopped(Stop::Cap(100))));
    hold(&mut model, "L", from + REPEAT * 200, 100);
    assert_eq!(listed(&model), 200, "released and pressed again");
}

#[test]
fn watching_begins_once_and_does_not_flicker() {
    let mut model = shown();
    hold(&mut model, "w", AT + Duration::from_secs(5), 30);
    assert!(model.is_watching());
    hold(&mut model, "w", AT + Duration::from_secs(9), 31);
    assert!(!model.is_watching());
}
