use super::*;

fn read(text: &str) -> Result<String, UrlFault> {
    BaseUrl::parse(text).map(|url| url.to_string())
}

fn plain(host: &str) -> UrlFault {
    UrlFault::PlainHttp { host: host.to_owned() }
}

#[test]
fn https_addresses_are_taken_with_or_without_slashes_at_the_end() {
    for (text, shown) in [
        (BaseUrl::DEFAULT, "https://rest-api.argosidentity.com/v3"),
        ("https://rest-api.argosidentity.com/v3/", "https://rest-api.argosidentity.com/v3"),
        ("https://rest-api.argosidentity.com/v3//", "https://rest-api.argosidentity.com/v3"),
        ("  https://api.example.com:8443/v3\r\n", "https://api.example.com:8443/v3"),
        ("HTTPS://API.Example.COM", "https://api.example.com"),
        ("https://api.example.com:443/", "https://api.example.com"),
        ("https://[2001:db8::1]/v3", "https://[2001:db8::1]/v3"),
        ("https://api.example.com/a@b", "https://api.example.com/a@b"),
    ] {
        assert_eq!(read(text).as_deref(), Ok(shown), "{text}");
    }
}

#[test]
fn what_leads_elsewhere_than_it_reads_is_refused_by_name() {
    for (text, odd) in [
        ("https://api.example.com/v3\u{200b}", "it contains U+200B, an invisible character: type it again"),
        ("https://a\u{202e}b.example", "it contains U+202E, an invisible character: type it again"),
        ("https://api\u{ad}.example.com/v3", "it contains U+00AD, an invisible character: type it again"),
        ("https://api．example.com/v3", "it contains ． (U+FF0E), which looks like .: type it again"),
        ("https://api.example.com／v3", "it contains ／ (U+FF0F), which looks like /: type it again"),
        ("https://rest-api.argosidentіty.com/v3", "it mixes Latin and Cyrillic letters, at і (U+0456): type it again"),
    ] {
        assert_eq!(read(text).unwrap_err().to_string(), odd, "{text}");
    }
    assert!(read("https://bücher.example/v3").is_ok());
}

#[test]
fn plain_http_is_for_loopback_hosts_only() {
    for text in [
        "http://localhost:8080/v3",
        "http://LOCALHOST",
        "http://127.0.0.1:1/v3",
        "http://127.1.2.3/v3",
        "http://127.255.255.254",
        "http://127.1",
        "http://[::1]:9000/v3",
        "http://[0:0:0:0:0:0:0:1]",
    ] {
        assert!(BaseUrl::parse(text).unwrap().is_loopback(), "{text}");
    }
    for (text, host) in [
        ("http://api.example.com/v3", "api.example.com"),
        ("HTTP://api.example.com/v3", "api.example.com"),
        ("http://localhost.evil.example/v3", "localhost.evil.example"),
        ("http://127.0.0.1.evil.example", "127.0.0.1.evil.example"),
        ("http://localhost./v3", "localhost."),
        ("http://evil-localhost", "evil-localhost"),
        ("http://192.0.2.7", "192.0.2.7"),
        ("http://128.0.0.1", "128.0.0.1"),
        ("http://0.0.0.0", "0.0.0.0"),
        ("http://[2001:db8::1]:80", "[2001:db8::1]"),
        ("http://[::]", "[::]"),
        ("http://[::ffff:7f00:1]", "[::ffff:7f00:1]"),
    ] {
        assert_eq!(read(text), Err(plain(host)), "{text}");
    }
    assert!(plain("api.example.com").to_string().contains("https://"));
}

#[test]
fn https_to_this_machine_is_loopback_and_to_another_is_not() {
    assert!(BaseUrl::parse("https://localhost:8443").unwrap().is_loopback());
    assert!(!BaseUrl::parse("https://localhost.example.com").unwrap().is_loopback());
    assert!(!BaseUrl::parse(BaseUrl::DEFAULT).unwrap().is_loopback());
}

#[test]
fn what_hides_the_true_host_or_breaks_the_query_is_refused() {
    use UrlFault::{NoHost, QueryOrFragment, Scheme, Unreadable, UserInfo};
    for (text, fault) in [
        ("", Unreadable),
        ("rest-api.argosidentity.com/v3", Unreadable),
        ("https:rest-api.argosidentity.com", Unreadable),
        ("https:/rest-api.argosidentity.com", Unreadable),
        (r"https:\\api.example.com", Unreadable),
        (r"https://api.example.com\@evil.example", Unreadable),
        ("https://api.exa\nmple.com", Unreadable),
        ("https://api.exa mple.com", Unreadable),
        ("https://api.example.com:99999", Unreadable),
        ("https://[::1", Unreadable),
        ("ftp://files.example.com", Scheme),
        ("file:///etc/passwd", Scheme),
        ("javascript://x", Scheme),
        ("https://", NoHost),
        ("https:///v3", NoHost),
        ("https://:8080/v3", NoHost),
        ("https://?x", NoHost),
        ("https://kim:secret@api.example.com", UserInfo),
        ("https://kim@api.example.com", UserInfo),
        ("https://@api.example.com", UserInfo),
        ("https://127.0.0.1@evil.example", UserInfo),
        ("https://api.example.com/v3?count=1", QueryOrFragment),
        ("https://api.example.com/v3?", QueryOrFragment),
        ("https://api.example.com/v3#top", QueryOrFragment),
    ] {
        assert_eq!(read(text), Err(fault), "{text:?}");
    }
}

#[test]
fn resource_lies_one_step_below_the_base() {
    for (base, submission) in [
        (BaseUrl::DEFAULT, "https://rest-api.argosidentity.com/v3/submission"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/submission"),
        ("https://api.example.com/a/b/", "https://api.example.com/a/b/submission"),
    ] {
        assert_eq!(BaseUrl::parse(base).unwrap().resource("submission").as_str(), submission);
    }
}
