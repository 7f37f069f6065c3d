//! Hours of use: memory, handles and threads must not grow.
//!
//! The service's data are as many at the end as at the start, so that whatever grows is a leak: a watched list that gets
//! new rows would rightly grow.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use crate::keys::{ESCAPE, fence};
use crate::planted::people;
use crate::service::Service;
use argos_testkit::coding::BodyCoding;
use argos_testkit::deadline::now;
use argos_testkit::dice::Dice;
use argos_testkit::pty::{Next, Program};

/// Until caches are full and everything was opened once.
const WARM_UP: f64 = 5.0 * 60.0;
/// Between two looks at the process, in seconds.
const EVERY: u64 = 5;
/// Of every minute, the seconds at which somebody types; in the rest only the watch is at work.
const TYPING: u64 = 40;
/// How much of a core an idle program may take.
const IDLE: f64 = 0.005;

/// What somebody may type: all of it leaves the program where the next can follow.
const KEYS: [&str; 44] = [
    "j",
    "k",
    "jjj",
    "J",
    "K",
    "JJ",
    "\r",
    "\t",
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "7",
    "8",
    "[",
    "]",
    "t",
    "m",
    "M",
    "z",
    "<",
    ">",
    "s\r",
    "G",
    "g",
    "y\u{1b}[27u",
    "yj\r",
    "?\u{1b}[27u",
    "L",
    "r",
    "/a\r",
    "n",
    "N",
    "f\u{15}status:pending\r",
    "f\u{15}\r",
    "v",
    "*",
    "_",
    "e",
    "+",
    "\u{1b}[27u",
    "\u{c}",
];

/// What the system says of a process.
#[derive(Clone, Copy, Debug)]
struct Sample {
    /// Since the start, in seconds.
    at: f64,
    /// In KiB.
    memory: f64,
    /// Handles of files; none where the system lets only the owner see them.
    files: f64,
    threads: f64,
    /// Hundredths of a second of work.
    work: f64,
    idle: bool,
}

fn sample(id: u32, at: Duration, idle: bool) -> Sample {
    let status = fs::read_to_string(format!("/proc/{id}/status")).expect("a running program");
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("a field");
        line.trim().trim_end_matches(" kB").parse::<f64>().expect("a number")
    };
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).expect("a running program");
    // User and system, counted behind the name, which may hold anything.
    let behind = stat.rsplit_once(')').map(|(_, behind)| behind).expect("a name");
    let work = behind.split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<f64>().expect("a number")).sum();
    let files = fs::read_dir(format!("/proc/{id}/fd")).map_or(0, Iterator::count);
    let files = f64::from(u32::try_from(files).expect("few"));
    Sample { at: at.as_secs_f64(), memory: field("VmRSS:"), files, threads: field("Threads:"), work, idle }
}

/// The slope by least squares, an hour.
fn slope(samples: &[Sample], value: impl Fn(&Sample) -> f64) -> f64 {
    let count = f64::from(u32::try_from(samples.len()).expect("few"));
    let mean = |of: &dyn Fn(&Sample) -> f64| samples.iter().map(of).sum::<f64>() / count;
    let (middle, level) = (mean(&|sample| sample.at), mean(&value));
    let over: f64 = samples.iter().map(|sample| (sample.at - middle) * (value(sample) - level)).sum();
    let under: f64 = samples.iter().map(|sample| (sample.at - middle).powi(2)).sum();
    over / under * 3_600.0
}

/// The share of a core that was taken between looks at which nobody had typed since the one before.
fn idle_work(samples: &[Sample]) -> f64 {
    let pairs = || samples.windows(2).filter(|pair| pair[0].idle && pair[1].idle);
    let work: f64 = pairs().map(|pair| (pair[1].work - pair[0].work) / 100.0).sum();
    let time: f64 = pairs().map(|pair| pair[1].at - pair[0].at).sum();
    work / time
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
#[ignore = "takes as many minutes as SOAK_MINUTES says"]
#[expect(clippy::print_stdout, reason = "the figures, shown with --nocapture")]
async fn hours_of_use_grow_nothing() {
    let minutes: f64 = std::env::var("SOAK_MINUTES").map_or(10.0, |text| text.parse().expect("minutes"));
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("config.toml");
    fs::write(&config, "watch_seconds = 10\nblank_minutes = 0\n").expect("a file");
    let mut desk = Service::new("CanaryKey7x", people(41, 60), BodyCoding::Plain, 1);
    // Failures and what follows from them, too.
    desk.refusing = 4;
    let server = Arc::new(desk).open().await;
    let (base, config) = (server.base(), config.display().to_string());
    let variables = [
        ("ARGOS_BASE_URL", &*base),
        ("ARGOS_API_KEY", "CanaryKey7x"),
        ("ARGOS_CONFIG", &config),
        ("HOME", "/nonexistent"),
    ];
    let mut program = Program::start(&[], &variables, 160, 50);
    program.allow_pictures();
    program.until("loaded · ");
    program.press("w");
    let (start, mut dice, mut samples) = (now(), Dice::new(3), Vec::new());
    for second in 1.. {
        while let Some(left) = Duration::from_secs(second).checked_sub(start.elapsed()) {
            assert_ne!(program.next(left), Next::End, "it goes on");
        }
        let typing = second % 60 < TYPING;
        if typing && second % 2 == 0 {
            for _ in 0..=dice.below(4) {
                assert!(program.send(dice.choose(&KEYS).as_bytes()));
            }
            if dice.percent(5) {
                program.resize(u16::try_from(60 + dice.below(140)).expect("few"), 40);
            }
        }
        if second % 60 == TYPING {
            // A refusal of the key ends the watching, and somebody begins it again.
            program.resize(160, 50);
            assert!(program.send(&ESCAPE.repeat(3)) && fence(&mut program, |_| {}), "it goes on");
            if !program.screen().contains("atching: ") {
                assert!(program.send(b"w"), "it goes on");
            }
        }
        if second % EVERY == 0 {
            let sample = sample(program.id(), start.elapsed(), !typing);
            println!("{sample:?}, {} requests", server.requests().len());
            samples.push(sample);
            program.assert_clean();
            program.forget();
        }
        if start.elapsed().as_secs_f64() >= minutes * 60.0 {
            break;
        }
    }
    let warm: Vec<Sample> = samples.iter().copied().filter(|sample| sample.at >= WARM_UP.min(minutes * 20.0)).collect();
    let most = |value: &dyn Fn(&Sample) -> f64| warm.iter().map(value).fold(0.0, f64::max);
    let memory = slope(&warm, |sample| sample.memory) / 1_024.0;
    let (files, threads) = (slope(&warm, |sample| sample.files), slope(&warm, |sample| sample.threads));
    println!("memory {memory:.3} MiB/h, at most {:.1} MiB", most(&|sample| sample.memory) / 1_024.0);
    println!("files {files:.2}/h, at most {}; threads {threads:.2}/h", most(&|sample| sample.files));
    println!("threads at most {}; idle {:.4} of a core", most(&|sample| sample.threads), idle_work(&warm));
    let requests = f64::from(u32::try_from(server.requests().len()).expect("few"));
    println!("{requests} requests in {minutes} minutes");
    // Of every minute the watch has twenty seconds for itself.
    assert!(requests >= minutes * 2.0, "the list was watched");
    // What a quarter of an hour can tell is no more than this; days tell more.
    assert!(memory < if minutes >= 24.0 * 60.0 { 0.5 } else { 6.0 }, "memory grows by {memory} MiB an hour");
    assert!(files * minutes / 60.0 < 2.0 && threads * minutes / 60.0 < 2.0, "{files} files, {threads} threads an hour");
    assert!(idle_work(&warm) < IDLE, "an idle program does nothing");
    program.press("\u{1b}[27u\u{1b}[27u\u{1b}[27u\u{3}\u{3}\u{3}");
    assert!(program.ended().is_some());
}
