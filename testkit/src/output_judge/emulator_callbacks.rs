//! A second check of the output: the callbacks of the terminal emulator.

/// Records everything that the terminal emulator reports in a callback: requests that do more than draw, and sequences
/// that it does not know.
#[derive(Default)]
pub struct EmulatorCallbacks {
    /// Descriptions of the reported requests and sequences, at most the first 20. A correct program causes none.
    pub seen: Vec<String>,
    /// If true, further reports are ignored. This is so after the emulator was replaced, since the output may then
    /// begin within a sequence.
    pub deaf: bool,
    /// If true, sequences that show pictures of iTerm2 are not recorded. The other checker,
    /// [`OutputJudge`](super::OutputJudge), checks them.
    pub pictures: bool,
}

impl EmulatorCallbacks {
    fn see(&mut self, what: String) {
        if !self.deaf && self.seen.len() < 20 {
            self.seen.push(what);
        }
    }
}

impl vt100::Callbacks for EmulatorCallbacks {
    fn visual_bell(&mut self, _: &mut vt100::Screen) {
        self.see("visual bell".to_owned());
    }

    fn resize(&mut self, _: &mut vt100::Screen, size: (u16, u16)) {
        self.see(format!("resize {size:?}"));
    }

    fn set_window_icon_name(&mut self, _: &mut vt100::Screen, _: &[u8]) {
        self.see("icon".to_owned());
    }

    fn set_window_title(&mut self, _: &mut vt100::Screen, _: &[u8]) {
        self.see("title".to_owned());
    }

    fn paste_from_clipboard(&mut self, _: &mut vt100::Screen, _: &[u8]) {
        self.see("paste".to_owned());
    }

    fn unhandled_char(&mut self, _: &mut vt100::Screen, c: char) {
        // Sent as such it is a character like any other; that bytes are UTF-8 is for the grammar to say.
        if c != '\u{fffd}' {
            self.see(format!("character U+{:04X}", u32::from(c)));
        }
    }

    fn unhandled_control(&mut self, _: &mut vt100::Screen, byte: u8) {
        self.see(format!("control {byte:#04x}"));
    }

    fn unhandled_escape(&mut self, _: &mut vt100::Screen, one: Option<u8>, two: Option<u8>, byte: u8) {
        // The end of the clipboard's command. Alone it is blamed by the grammar.
        if (one, two, byte) != (None, None, b'\\') {
            self.see(format!("escape {one:?} {two:?} {byte:#04x}"));
        }
    }

    fn unhandled_csi(
        &mut self,
        _: &mut vt100::Screen,
        one: Option<u8>,
        two: Option<u8>,
        parameters: &[&[u16]],
        last: char,
    ) {
        // The default colour of underlines, which the emulator does not know.
        if !(last == 'm' && parameters == [&[59]]) {
            self.see(format!("sequence {one:?} {two:?} {parameters:?} {last}"));
        }
    }

    fn unhandled_osc(&mut self, _: &mut vt100::Screen, parameters: &[&[u8]]) {
        if self.pictures && parameters.first() == Some(&&b"1337"[..]) {
            return;
        }
        self.see(format!("command {parameters:?}"));
    }
}
