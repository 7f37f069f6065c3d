//! Holds an answer back, so that the moment of what a test does is a request and not a time.

use std::sync::{Arc, Condvar, Mutex};

use crate::deadline::DEADLINE;

#[derive(Default)]
struct State {
    requests: usize,
    hold: Option<usize>,
    held: bool,
}

/// A gate that every answer of a test server passes, and at which one answer can be held back.
#[derive(Clone, Default)]
pub struct Gate(Arc<(Mutex<State>, Condvar)>);

impl Gate {
    /// Counts a request, and waits if its answer is to be held back.
    pub fn pass(&self) {
        let (state, changed) = &*self.0;
        let mut state = state.lock().expect("a gate");
        state.requests += 1;
        if state.hold == Some(state.requests) {
            state.held = true;
            changed.notify_all();
            drop(changed.wait_while(state, |state| state.hold.is_some()).expect("a gate"));
        }
    }

    /// Holds back the answer to the request with this number, counted from 1 and from now.
    pub fn hold(&self, request: usize) {
        *self.0.0.lock().expect("a gate") = State { requests: 0, hold: Some(request), held: false };
    }

    /// Waits until the held request has arrived.
    pub fn until_held(&self) {
        let (state, changed) = &*self.0;
        let state = state.lock().expect("a gate");
        let waited = changed.wait_timeout_while(state, DEADLINE, |state| !state.held).expect("a gate");
        assert!(!waited.1.timed_out(), "the request never came");
    }

    /// Lets the held answer and all later answers pass.
    pub fn release(&self) {
        let (state, changed) = &*self.0;
        *state.lock().expect("a gate") = State::default();
        changed.notify_all();
    }

    /// Returns the number of requests since the last call of `hold` or `release`.
    pub fn requests(&self) -> usize {
        self.0.0.lock().expect("a gate").requests
    }
}
