//! The key `D`: what is asked for, in which order answers come, and what stops it.

use super::*;
use crate::failure::Waiting;
use crate::overlays::Overlay;
use crate::query::RequestType;
use crate::submission::row::{Cell, Column};

/// What a message asks for: the part and the page key of a page, or the id of a full record, each with its ticket.
fn asked(effects: &[Effect]) -> Vec<(String, Ticket)> {
    let text = |effect: &Effect| match effect {
        Effect::FetchPage { slot: Slot::Part, ticket, params, cursor } => {
            let part = params.request_type.map_or("", RequestType::word);
            let key = cursor.as_ref().map_or(String::new(), |cursor| format!(" after {}", cursor.id));
            Some((format!("{part}{key}"), *ticket))
        }
        Effect::FetchFullRecord { slot: Slot::Record(_), ticket, id } => Some((id.to_string(), *ticket)),
        _ => None,
    };
    effects.iter().filter_map(text).collect()
}

fn words(effects: &[Effect]) -> Vec<String> {
    asked(effects).into_iter().map(|(text, _)| text).collect()
}

/// The only thing that is asked for.
fn ticket(effects: &[Effect]) -> Ticket {
    let [(_, ticket)] = asked(effects)[..] else { panic!("{:?}", words(effects)) };
    ticket
}

/// An answer with the AML part of some submissions: even ones are red flags.
fn aml(ids: std::ops::Range<usize>, next: Option<usize>) -> Page {
    let item = |id: usize| {
        let status = if id.is_multiple_of(2) { "Red Flag" } else { "Not Screened" };
        let raw =
            format!(r#"{{"submission_id":"s{id:04}","aml":{{"currentstatus":"{status}","risk_level_summary":""}}}}"#);
        Item::from_list(format!("s{id:04}").into(), Bytes::from(raw))
    };
    Page { items: ids.map(item).collect(), ..page(0..0, next) }
}

fn record(id: &str, kyc: &str) -> Item {
    let raw = format!(r#"{{"submission_id":"{id}","kyc":{{"result":"pending",{kyc}}}}}"#);
    Item::from_list(id.into(), Bytes::from(raw)).as_full_record()
}

fn came(ticket: Ticket, id: &str, kyc: &str) -> Msg {
    Msg::FullRecordLoaded { ticket, id: id.into(), result: Ok(RecordAnswer::Found(record(id, kyc))), at: AT }
}

/// A model of a list with `rows` rows, 50 a page, with a filter.
fn filtered(filter: &str, rows: usize) -> Model {
    let setting = ReviewerConfig { filter: filter.to_owned(), cap: 10_000, ..setting() };
    let (mut model, begin) = Model::new(setting, Size { width: 160, height: 40 }, AT);
    let mut ticket = page_ticket(&begin);
    press(&mut model, "L");
    for first in (0..rows).step_by(50) {
        let last = rows.min(first + 50);
        let effects = model.update(loaded(ticket, page(first..last, (last < rows).then_some(last))));
        ticket = if last < rows { page_ticket(&effects) } else { ticket };
    }
    assert_eq!((listed(&model), end(&model)), (rows, &End::Complete));
    model
}

fn shown(model: &Model) -> usize {
    model.rows.rows().len()
}

fn border(model: &Model) -> String {
    model.list_status(false, 200).text()
}

fn notice(model: &Model) -> String {
    model.notice.as_ref().map(|notice| notice.text.as_str().to_owned()).unwrap_or_default()
}

#[test]
fn the_same_query_is_walked_with_the_part_and_joined_until_the_term_is_decided() {
    let mut model = filtered("aml:red-flag", 120);
    assert!(
        border(&model).contains("120 rows hidden: unknown if they match · D fetches missing values (3 requests)"),
        "{}",
        border(&model)
    );
    let effects = press(&mut model, "D");
    assert_eq!(words(&effects), ["aml"]);
    assert!(border(&model).contains("fetching aml: 0 of 3 requests, Esc stops"), "{}", border(&model));
    let effects = model.update(loaded(ticket(&effects), aml(0..50, Some(50))));
    assert_eq!((words(&effects), shown(&model)), (vec!["aml after 50".to_owned()], 25), "the answer is shown at once");
    let effects = model.update(loaded(ticket(&effects), aml(50..100, Some(100))));
    let effects = model.update(loaded(ticket(&effects), aml(100..120, Some(120))));
    assert_eq!((asks(&effects), shown(&model)), (0, 60), "the walk ends once each row has the part");
    assert!(!border(&model).contains("not tested") && !border(&model).contains("fetch"), "{}", border(&model));
    assert_eq!(notice(&model), "Fetched: 3 requests");
    assert_eq!(listed(&model), 120, "a part adds no row");
}

#[test]
fn only_the_rows_that_the_other_terms_leave_count() {
    let mut model = filtered("status:rejected aml:red-flag", 120);
    assert!(model.fetch_offer().is_none(), "no row is left: {}", border(&model));
    let effects = press(&mut model, "D");
    assert_eq!(asks(&effects), 0);
    assert!(notice(&model).starts_with("Nothing is missing"), "{}", notice(&model));
}

#[test]
fn full_records_come_four_at_a_time_in_any_order() {
    for order in [[0, 1, 2, 3], [3, 2, 1, 0]] {
        let mut model = filtered("attempts>=1 aml:red-flag", 6);
        let ids: Vec<String> = (0..6).map(|id| format!("s{id:04}")).collect();
        for part in [RequestType::Kyc, RequestType::Aml] {
            let ids = ids.iter().map(String::as_str);
            model.listing.value_mut().unwrap().store.note_requested(part, ids);
        }
        model.update_derived_state();
        assert!(border(&model).contains("D fetches missing values (6 requests)"), "{}", border(&model));
        let effects = press(&mut model, "D");
        let first = asked(&effects);
        assert_eq!(words(&effects), &ids[..4], "four at a time");
        let mut rest = Vec::new();
        for at in order {
            let (id, ticket) = &first[at];
            let effects = model.update(came(*ticket, id, r#""attempts":[{}]"#));
            rest.extend(asked(&effects));
        }
        assert_eq!(rest.iter().map(|(id, _)| id).collect::<Vec<_>>(), [&ids[4], &ids[5]]);
        for (id, ticket) in rest {
            model.update(came(ticket, &id, r#""attempts":[{}]"#));
        }
        assert_eq!((shown(&model), model.rows.undecided()), (0, 0), "AML is empty in a full record");
        assert_eq!(notice(&model), "Fetched: 6 requests");
    }
}

#[test]
fn rows_that_the_list_of_a_part_omits_need_their_full_records() {
    let mut model = filtered("token:t-1", 10);
    let effects = press(&mut model, "D");
    assert_eq!(words(&effects), ["others"]);
    model.update(loaded(ticket(&effects), page(0..10, None)));
    assert_eq!(notice(&model), "Fetched: 1 request · 10 rows still hidden: unknown if they match");
    assert!(
        border(&model).contains("10 rows hidden: unknown if they match · D fetches missing values (10 requests)"),
        "{}",
        border(&model)
    );
    let effects = press(&mut model, "D");
    assert_eq!(asked(&effects).len(), 4);
    let (id, ticket) = asked(&effects).remove(0);
    let missing = Msg::FullRecordLoaded { ticket, id: id.into(), result: Ok(RecordAnswer::NotFound), at: AT };
    model.update(missing);
    press(&mut model, "\u{1b}");
    assert!(
        border(&model).contains("10 rows hidden: unknown if they match · D fetches missing values (9 requests)"),
        "it is gone: {}",
        border(&model)
    );
}

#[test]
fn esc_stops_and_keeps_what_came_and_a_late_answer_changes_nothing() {
    let mut model = filtered("aml:red-flag", 100);
    let effects = press(&mut model, "D");
    let effects = model.update(loaded(ticket(&effects), aml(0..50, Some(50))));
    let late = ticket(&effects);
    let effects = press(&mut model, "\u{1b}");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Cancel(Slot::Part))));
    model.update(loaded(late, aml(50..100, None)));
    assert_eq!((shown(&model), model.rows.undecided()), (25, 50));
    assert!(border(&model).contains("not everything fetched: cancelled"), "{}", border(&model));
    assert!(border(&model).contains("D fetches missing values (2 requests)"), "{}", border(&model));
    let effects = press(&mut model, "D");
    assert!(!border(&model).contains("cancelled ·"), "{}", border(&model));
    let effects = model.update(loaded(ticket(&effects), aml(0..50, Some(50))));
    model.update(loaded(ticket(&effects), aml(50..100, None)));
    assert_eq!((shown(&model), model.rows.undecided()), (50, 0));
}

#[test]
fn a_refresh_and_a_new_query_abort_it_whichever_answer_comes_first() {
    for (keys, part_first) in [("r", true), ("r", false), ("f from:-1d\n", true), ("f from:-1d\n", false)] {
        let mut model = filtered("aml:red-flag", 50);
        let late = ticket(&press(&mut model, "D"));
        let effects = press(&mut model, keys);
        assert!(effects.iter().any(|effect| matches!(effect, Effect::Cancel(Slot::Part))), "{keys}");
        let first = page_ticket(&effects);
        let answers: [Box<dyn Fn() -> Msg>; 2] =
            [Box::new(move || loaded(late, aml(0..50, None))), Box::new(move || loaded(first, page(0..50, None)))];
        let [one, other] = if part_first { [&answers[0], &answers[1]] } else { [&answers[1], &answers[0]] };
        model.update(one());
        model.update(other());
        let store = &model.listing.value().unwrap().store;
        assert!(store.row(0).cell(Column::Aml) == Cell::NotFetched, "{keys} {part_first}");
        assert!(!border(&model).contains("fetching") && !model.fetch.is_running(), "{}", border(&model));
    }
}

#[test]
fn newer_list_data_keeps_what_was_fetched() {
    let mut model = filtered("aml:red-flag", 50);
    let effects = press(&mut model, "D");
    model.update(loaded(ticket(&effects), aml(0..50, None)));
    let refresh = page_ticket(&press(&mut model, "r"));
    model.update(loaded(refresh, page(0..50, None)));
    assert_eq!((shown(&model), model.rows.undecided()), (25, 0));
}

#[test]
fn a_failure_stops_it_and_says_so_and_a_wait_counts_down() {
    let mut model = filtered("aml:red-flag", 100);
    let effects = press(&mut model, "D");
    let request = ticket(&effects);
    let waiting = Waiting { failure: failure(), time: Duration::from_secs(3), next: 1, most: 3 };
    let effects = model.update(Msg::Waiting { slot: Slot::Part, ticket: request, waiting, at: AT });
    assert!(timer(&effects, Slot::Countdown).is_some());
    assert!(border(&model).contains("requesting missing values in 3 s · service failed"), "{}", border(&model));
    model.update(failed(request));
    assert!(
        border(&model).contains("✗ not everything fetched: service failed · 100 rows hidden: unknown if they match"),
        "{}",
        border(&model)
    );
    assert_eq!(notice(&model), "It failed. Try again.");
    assert_eq!(model.rows.undecided(), 100, "nothing is decided by a failure");

    let effects = press(&mut model, "D");
    let waiting = Waiting { failure: failure(), time: Duration::from_secs(3), next: 1, most: 3 };
    model.update(Msg::Waiting { slot: Slot::Part, ticket: ticket(&effects), waiting, at: AT });
    press(&mut model, "\u{1b}");
    assert!(!model.fetch.is_running() && border(&model).contains("not everything fetched"), "{}", border(&model));
}

#[test]
fn three_failures_of_records_running_stop_and_fewer_go_on() {
    let mut model = filtered("token:t-1", 10);
    let effects = press(&mut model, "D");
    model.update(loaded(ticket(&effects), page(0..10, None)));
    let first = asked(&press(&mut model, "D"));
    let fails = |ticket| Msg::FullRecordLoaded { ticket, id: "x".into(), result: Err(failure()), at: AT };
    model.update(fails(first[0].1));
    model.update(fails(first[1].1));
    model.update(came(first[2].1, &first[2].0, r#""attempts":[]"#));
    let effects = model.update(fails(first[3].1));
    assert!(model.fetch.is_running());
    let more = asked(&effects);
    model.update(fails(more[0].1));
    assert!(model.fetch.is_running(), "two running");
    let effects = press(&mut model, "\u{1b}");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Cancel(Slot::Record(_)))));
    let first = asked(&press(&mut model, "D"));
    first.iter().take(3).for_each(|(_, ticket)| drop(model.update(fails(*ticket))));
    assert!(!model.fetch.is_running() && border(&model).contains("service failed"), "{}", border(&model));
}

#[test]
fn many_requests_are_asked_about_first() {
    let mut model = filtered("token:t-1", 250);
    let ids: Vec<String> = (0..250).map(|id| format!("s{id:04}")).collect();
    let store = &mut model.listing.value_mut().unwrap().store;
    store.note_requested(RequestType::Others, ids.iter().map(String::as_str));
    model.update_derived_state();
    assert_eq!(asks(&press(&mut model, "D")), 0);
    assert!(matches!(model.overlay, Some(Overlay::Fetch { requests: 250, .. })));
    assert_eq!(asks(&press(&mut model, "\n")), 0, "the first answer sends nothing");
    assert!(model.overlay.is_none() && !model.fetch.is_running());
    press(&mut model, "D");
    assert_eq!(asked(&press(&mut model, "j\n")).len(), 4);
}

#[test]
fn with_a_type_term_it_is_refused_and_an_id_needs_its_record() {
    let mut model = filtered("type:kyc aml:red-flag", 5);
    assert!(model.rows.undecided() == 5 && model.fetch_offer().is_none());
    assert_eq!(asked(&press(&mut model, "D")).len(), 0);
    assert!(notice(&model).contains("type:kyc"), "{}", notice(&model));
    let mut model = filtered("id:s0000 aml:red-flag", 1);
    assert_eq!(words(&press(&mut model, "D")), ["s0000"]);
}

#[test]
fn a_text_is_looked_for_further_and_the_visible_columns_come_last() {
    let mut model = filtered("zzz", 50);
    let sentences = model.no_match(50, &End::Complete);
    assert_eq!(
        sentences[0].as_str(),
        "No match in the list data of the 50 loaded submissions · D looks further (4 requests)."
    );
    let mut effects = press(&mut model, "D");
    let mut parts = Vec::new();
    while let [(part, ticket)] = &asked(&effects)[..] {
        parts.push(part.clone());
        let next = loaded(*ticket, aml(0..50, None));
        effects = model.update(next);
    }
    assert_eq!(parts, ["kyc", "aml", "data", "others"]);

    let mut model = filtered("", 50);
    assert!(model.fetch_offer().is_none() && !border(&model).contains("fetches"), "{}", border(&model));
    assert!(!asked(&press(&mut model, "D")).is_empty(), "no term is undecided, but columns are not fetched");
}

#[test]
fn no_more_requests_are_sent_than_were_offered() {
    let mut model = filtered("aml:red-flag", 4);
    let store = &mut model.listing.value_mut().unwrap().store;
    store.note_requested(RequestType::Aml, ["s0000", "s0001"].into_iter());
    model.update_derived_state();
    assert!(border(&model).contains("D fetches missing values (1 request)"), "{}", border(&model));
    let effects = press(&mut model, "D");
    assert_eq!(words(&effects), ["aml"]);
    let effects = model.update(loaded(ticket(&effects), page(0..4, None)));
    assert!(words(&effects).is_empty(), "full records are an offer of their own: {:?}", words(&effects));
    assert_eq!(notice(&model), "Fetched: 1 request · 4 rows still hidden: unknown if they match");
}
