//! The tour of the demo: it goes on with what was done, and Esc ends it where it has nothing else to do.

use super::*;

fn touring() -> (Model, Ticket) {
    let config = ReviewerConfig { tour: true, ..setting() };
    let (model, begin) = Model::new(config, Size { width: 120, height: 40 }, AT);
    (model, page_ticket(&begin))
}

#[test]
fn the_tour_goes_on_with_what_was_done_in_its_order_only() {
    let (mut model, ticket) = touring();
    model.update(loaded(ticket, page(0..5, None)));
    assert_eq!(model.prefs.tour, Some(TourStep::Rejected));
    press(&mut model, "5");
    assert_eq!(model.prefs.tour, Some(TourStep::Rejected), "the timeline comes later");
    press(&mut model, "25");
    assert_eq!(model.prefs.tour, Some(TourStep::Timeline), "the key for the next error needs the focus");
    press(&mut model, "\n");
    assert_eq!(model.prefs.tour, Some(TourStep::Ocr));
    press(&mut model, "34");
    assert_eq!(model.prefs.tour, Some(TourStep::Filter));
    press(&mut model, "fstatus:pending");
    assert_eq!(model.prefs.tour, Some(TourStep::Filter), "not before Enter");
    press(&mut model, "\n?");
    assert_eq!(model.prefs.tour, None);
}

#[test]
fn esc_ends_the_tour_once_it_has_nothing_else_to_do() {
    let (mut model, ticket) = touring();
    model.update(loaded(ticket, page(0..5, None)));
    press(&mut model, "\t");
    press(&mut model, "\u{1b}");
    assert_eq!((model.prefs.focus, model.prefs.tour), (Focus::List, Some(TourStep::Rejected)));
    press(&mut model, "\u{1b}");
    assert_eq!(model.prefs.tour, None);
    assert_eq!(opened().0.prefs.tour, None, "only where it is wanted");
}
