/// Checks that a number is a multiple of another, both as the decimal numbers that people write.
pub fn multiple_of(value: impl fmt::Display, factor: &str) -> Result<(), Invalid> {
    let value = value.to_string();
    let is_multiple = match (decimal(&value), decimal(factor)) {
        (Some(value), Some(factor)) => leaves_nothing(value, factor),
        _ => {
            value.parse::<f64>().unwrap_or(f64::NAN) % factor.parse::<f64>().unwrap_or(f64::NAN)
                == 0.0
        }
    };
    if is_multiple {
        return Ok(());
    }
    Err(Invalid(format!("{value} is not a multiple of {factor}")))
}

/// The digits of a decimal number, without zeros at the end, and by how many places they are moved behind the point;
/// none if they are too many.
fn decimal(text: &str) -> Option<(i128, i32)> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{fraction}");
    let digits = all.trim_end_matches('0');
    if digits.trim_start_matches(['-', '+']).is_empty() {
        return Some((0, 0));
    }
    let zeros = i32::try_from(all.len() - digits.len()).ok()?;
    let places = i32::try_from(fraction.len()).ok()?;
    Some((digits.parse().ok()?, places - zeros - exponent))
}

/// Whether the one divided by the other leaves no rest. The numbers may be far apart, so that they are not brought to
/// one number of places, which no integer may hold.
fn leaves_nothing((value, value_places): (i128, i32), (factor, places): (i128, i32)) -> bool {
    if value_places > places {
        // A factor with fewer places is a greater one, beyond some point greater than the value.
        let missing = u32::try_from(value_places - places).ok();
        let power = missing.and_then(|missing| 10_i128.checked_pow(missing));
        let factor = power.and_then(|power| factor.checked_mul(power));
        return value == 0 || factor.is_some_and(|factor| value % factor == 0);
    }
    let mut rest = value % factor;
    for _ in value_places..places {
        if rest == 0 {
            break;
        }
        let Some(next) = rest.checked_mul(10) else {
            return false;
        };
        rest = next % factor;
    }
    rest == 0
}
