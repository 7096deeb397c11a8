//! When a server that is busy is asked again.

use std::time::{Duration, SystemTime};

/// How often and after which time a call is made again that the server was too busy for (423, 429 and 503).
///
/// Such an answer says that nothing was done, so that it is safe to ask again. After a connection that broke off, or
/// a time-out, nobody knows that: such a call is never made again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retry {
    /// How often a call is made at most, the first time included.
    pub attempts: u32,
    /// The time before the second attempt. Before each later one it doubles.
    pub first_delay: Duration,
    /// The longest time that doubling leads to.
    pub longest_delay: Duration,
    /// The longest time that is waited because the server asks for it (`Retry-After`). If it asks for more, the call
    /// fails at once, with that time in the error.
    pub longest_retry_after: Duration,
}

impl Default for Retry {
    fn default() -> Self {
        Self {
            attempts: 5,
            first_delay: Duration::from_millis(500),
            longest_delay: Duration::from_secs(8),
            longest_retry_after: Duration::from_secs(60),
        }
    }
}

impl Retry {
    /// The time to wait after this attempt, counted from 1; none if there is to be no other attempt.
    pub(crate) fn delay(&self, attempt: u32, asked: Option<Duration>) -> Option<Duration> {
        if attempt >= self.attempts {
            return None;
        }
        match asked {
            Some(asked) => (asked <= self.longest_retry_after).then_some(asked),
            None => {
                let doubled = 2_u32.saturating_pow(attempt.saturating_sub(1));
                let delay = self.first_delay.saturating_mul(doubled);
                Some(delay.min(self.longest_delay))
            }
        }
    }
}

/// The time that a `Retry-After` asks for: seconds or a date. What is neither asks for nothing.
pub(crate) fn asked_delay(retry_after: &str, now: SystemTime) -> Option<Duration> {
    let text = retry_after.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_up_to_a_bound_and_end() {
        let retry = Retry {
            attempts: 5,
            first_delay: Duration::from_millis(100),
            longest_delay: Duration::from_millis(300),
            longest_retry_after: Duration::from_secs(9),
        };
        let delays: Vec<_> = (1..=5).map(|attempt| retry.delay(attempt, None)).collect();
        let expected = [Some(100), Some(200), Some(300), Some(300), None];
        assert_eq!(
            delays,
            expected.map(|delay| delay.map(Duration::from_millis))
        );
    }

    #[test]
    fn many_attempts_do_not_overflow() {
        let retry = Retry {
            attempts: u32::MAX,
            first_delay: Duration::MAX,
            ..Retry::default()
        };
        let delay = retry.delay(u32::MAX - 1, None);
        assert_eq!(delay, Some(retry.longest_delay));
    }

    #[test]
    fn the_server_is_heard_unless_it_asks_for_too_much() {
        let retry = Retry::default();
        let seconds = |count| Some(Duration::from_secs(count));
        assert_eq!(retry.delay(1, seconds(0)), seconds(0));
        assert_eq!(retry.delay(1, seconds(60)), seconds(60));
        assert_eq!(retry.delay(1, seconds(61)), None);
        assert_eq!(retry.delay(retry.attempts, seconds(1)), None);
    }

    #[test]
    fn a_delay_is_asked_for_in_seconds_or_by_a_date() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        let asked = |text: &str| asked_delay(text, now);
        assert_eq!(asked(" 7 "), Some(Duration::from_secs(7)));
        assert_eq!(
            asked("Sun, 09 Sep 2001 01:47:00 GMT"),
            Some(Duration::from_secs(20))
        );
        assert_eq!(asked("Sun, 09 Sep 2001 01:46:00 GMT"), Some(Duration::ZERO));
        assert_eq!(
            asked("99999999999999999999999"),
            Some(Duration::from_secs(u64::MAX))
        );
        for nothing in ["", "soon", "-1", "1.5", "0x10", "Sun, 99 Sep 2001"] {
            assert_eq!(asked(nothing), None, "{nothing}");
        }
    }
}
