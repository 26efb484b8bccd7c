//! Numbers of files, held exactly, so that no sum depends on the order of rows.

use super::account::Reason;

/// A number in whole billionths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Amount(i128);

/// Decimals that are held.
const PLACES: i32 = 9;
/// One.
const UNIT: i128 = 1_000_000_000;
/// Numbers beyond a thousand million million are refused, so that no sum can run over.
const MOST: i128 = 1_000_000_000_000_000 * UNIT;

impl Amount {
    pub(super) const ONE: Self = Self(UNIT);

    pub(super) fn add(&mut self, other: Self) {
        self.0 = self.0.saturating_add(other.0);
    }

    /// The number, where it is a whole one from 0 on.
    fn count(self) -> Result<Self, Reason> {
        match self.0 {
            ..0 => Err(Reason::Negative),
            number if number % UNIT != 0 => Err(Reason::NotWhole),
            _ => Ok(self),
        }
    }

    pub(super) fn is_percent(self) -> bool {
        (0..=100 * UNIT).contains(&self.0)
    }

    /// As short as it can be written.
    pub(super) fn text(self) -> String {
        let (whole, part) = (self.0.unsigned_abs() / UNIT.unsigned_abs(), self.0.unsigned_abs() % UNIT.unsigned_abs());
        let sign = if self.0 < 0 { "-" } else { "" };
        if part == 0 {
            return format!("{sign}{whole}");
        }
        let part = format!("{part:09}");
        format!("{sign}{whole}.{}", part.trim_end_matches('0'))
    }
}

/// Whether a field says that there is no value.
pub(super) fn is_missing(text: &[u8]) -> bool {
    const WORDS: [&[u8]; 6] = [b"", b"..", b"NA", b"N/A", b"null", b"NaN"];
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Reads a number: digits with a sign, decimals after a point, and an exponent; nothing parts thousands.
pub(super) fn amount(text: &[u8]) -> Result<Amount, Reason> {
    let text = text.trim_ascii();
    if is_missing(text) {
        return Err(Reason::NoValue);
    }
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let (mantissa, exponent) = match digits.iter().position(|b| matches!(b, b'e' | b'E')) {
        Some(at) => (&digits[..at], exponent(&digits[at + 1..]).ok_or(Reason::NotANumber)?),
        None => (digits, 0),
    };
    let (mut number, mut scale, mut seen, mut point) = (0_i128, 0_i32, false, false);
    for byte in mantissa {
        match byte {
            b'0'..=b'9' => {
                seen = true;
                if number > i128::MAX / 100 {
                    // More digits than any figure has: whether they are too many before the point or after it.
                    return Err(if point { Reason::TooPrecise } else { Reason::OutOfRange });
                }
                number = number * 10 + i128::from(byte - b'0');
                scale += i32::from(point);
            }
            b'.' if !point => point = true,
            _ => return Err(Reason::NotANumber),
        }
    }
    if !seen {
        return Err(Reason::NotANumber);
    }
    while number != 0 && number % 10 == 0 && scale - exponent > PLACES {
        number /= 10;
        scale -= 1;
    }
    let shift = PLACES - scale + exponent;
    let scaled = match shift {
        _ if number == 0 => 0,
        0..=38 => 10_i128.checked_pow(shift.unsigned_abs()).and_then(|power| number.checked_mul(power)).ok_or(Reason::OutOfRange)?,
        39.. => return Err(Reason::OutOfRange),
        _ => {
            let power = 10_i128.checked_pow(shift.unsigned_abs()).ok_or(Reason::TooPrecise)?;
            if number % power != 0 {
                return Err(Reason::TooPrecise);
            }
            number / power
        }
    };
    if scaled > MOST { Err(Reason::OutOfRange) } else { Ok(Amount(if negative { -scaled } else { scaled })) }
}

/// An exponent of at most three digits.
fn exponent(text: &[u8]) -> Option<i32> {
    let (sign, digits) = match text {
        [b'-', rest @ ..] => (-1, rest),
        [b'+', rest @ ..] => (1, rest),
        _ => (1, text),
    };
    let some = (1..=3).contains(&digits.len());
    let number = digits.iter().try_fold(0, |sum, b| b.is_ascii_digit().then(|| sum * 10 + i32::from(b - b'0')));
    number.filter(|_| some).map(|number| sign * number)
}

/// Reads a whole number of persons or events; `12.0` is 12.
pub(super) fn count(text: &[u8]) -> Result<Amount, Reason> {
    // Nearly all counts are one to four digits.
    if let 1..=4 = text.len()
        && let Some(number) = text.iter().try_fold(0_i128, |sum, b| b.is_ascii_digit().then(|| sum * 10 + i128::from(b - b'0')))
    {
        return Ok(Amount(number * UNIT));
    }
    amount(text)?.count()
}

/// A value as it is written in observations: as short as can be, or as it stands where it has more decimals than are
/// held; `7th` is 7.
pub(super) fn value(text: &[u8]) -> Result<(String, Option<Amount>), Reason> {
    let text = ordinal(text.trim_ascii());
    match amount(text) {
        Ok(amount) => Ok((amount.text(), Some(amount))),
        Err(Reason::TooPrecise) => {
            let text = text.strip_prefix(b"+").unwrap_or(text);
            let words = std::str::from_utf8(text).map_err(|_| Reason::NotANumber)?;
            if words.len() > 64 { Err(Reason::TooPrecise) } else { Ok((words.to_owned(), None)) }
        }
        Err(reason) => Err(reason),
    }
}

/// A rank without the letters that make it one.
fn ordinal(text: &[u8]) -> &[u8] {
    const ENDINGS: [&[u8]; 4] = [b"st", b"nd", b"rd", b"th"];
    if text.len() > 2 {
        let (number, ending) = text.split_at(text.len() - 2);
        if ENDINGS.iter().any(|e| e.eq_ignore_ascii_case(ending)) && number.iter().all(u8::is_ascii_digit) {
            return number;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, Reason> {
        amount(text.as_bytes()).map(Amount::text)
    }

    #[test]
    fn numbers_are_exact() {
        let pairs = [
            ("12", "12"),
            ("-0.50", "-0.5"),
            ("+3", "3"),
            ("250.0", "250"),
            ("1e3", "1000"),
            ("1.5E-3", "0.0015"),
            (".5", "0.5"),
            ("5.", "5"),
            ("0.123456789", "0.123456789"),
            ("1.000000000000", "1"),
            ("-0", "0"),
            ("000", "0"),
            ("0e999", "0"),
            ("1000e-3", "1"),
            ("1000000000000000", "1000000000000000"),
        ];
        for (text, told) in pairs {
            assert_eq!(read(text).as_deref(), Ok(told), "{text}");
        }
        let (mut a, mut b) = (Amount::default(), Amount::default());
        let parts: Vec<Amount> = ["0.1", "0.2", "-0.3", "1e15", "-1e15"].iter().filter_map(|t| amount(t.as_bytes()).ok()).collect();
        parts.iter().for_each(|x| a.add(*x));
        parts.iter().rev().for_each(|x| b.add(*x));
        assert_eq!((a, a.text().as_str()), (b, "0"));
    }

    #[test]
    fn what_is_no_number() {
        for text in ["1,234", "12a", "--1", "1.2.3", "e5", "1e", "=1+1", "1 000", "1e9999", "0x10", "inf"] {
            assert_eq!(read(text), Err(Reason::NotANumber), "{text}");
        }
        for text in ["", " ", "..", "NA", "n/a", "NULL", "nan"] {
            assert_eq!(read(text), Err(Reason::NoValue), "{text}");
        }
        assert_eq!(read("1e16"), Err(Reason::OutOfRange));
        assert_eq!(read("1e999"), Err(Reason::OutOfRange));
        assert_eq!(read(&"9".repeat(60)), Err(Reason::OutOfRange));
        assert_eq!(read("0.1234567891"), Err(Reason::TooPrecise));
        assert_eq!(read("1e-999"), Err(Reason::TooPrecise));
        assert_eq!(count(b"12.5"), Err(Reason::NotWhole));
        assert_eq!(count(b"-12"), Err(Reason::Negative));
        assert_eq!(count(b"12.0").map(Amount::text).as_deref(), Ok("12"));
    }

    #[test]
    fn values_keep_what_they_say() {
        let text = |text: &str| value(text.as_bytes()).map(|(text, _)| text);
        assert_eq!(text("7th").as_deref(), Ok("7"));
        assert_eq!(text("101st").as_deref(), Ok("101"));
        assert_eq!(text("-0.983245193958282").as_deref(), Ok("-0.983245193958282"));
        assert_eq!(text("+0.983245193958282").as_deref(), Ok("0.983245193958282"));
        assert_eq!(text("north"), Err(Reason::NotANumber));
        assert_eq!(text("th"), Err(Reason::NotANumber));
    }
}
