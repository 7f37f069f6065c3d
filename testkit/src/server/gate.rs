//! Holds back an answer of a test server. A test can then act at a known moment: after the request arrived, and before
//! its answer.

use std::sync::{Arc, Condvar, Mutex};

use crate::deadline::DEADLINE;

#[derive(Default)]
struct State {
    requests: usize,
    hold: Option<usize>,
    held: bool,
}

/// A gate that every answer of a test server passes. A test can hold back one answer at the gate.
#[derive(Clone, Default)]
pub struct Gate(Arc<(Mutex<State>, Condvar)>);

impl Gate {
    /// Counts a request. Waits if the test holds back the answer to this request. The server calls this function before
    /// each answer.
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

    /// Holds back the answer to the request with the number `request`. The requests are counted from 1, starting with
    /// the next request.
    pub fn hold(&self, request: usize) {
        *self.0.0.lock().expect("a gate") = State { requests: 0, hold: Some(request), held: false };
    }

    /// Waits until the request whose answer is held back has arrived. Fails after the deadline.
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

    /// Returns the number of requests since the last call of [`Self::hold`] or [`Self::release`].
    pub fn requests(&self) -> usize {
        self.0.0.lock().expect("a gate").requests
    }
}
